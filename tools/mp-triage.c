/* mp-triage: says how urgent each report is by protocols and why, what it lacks, what is to do. */
#include "cli/app.h"
#include "cli/schemas.h"
#include "rules/audit.h"
#include "rules/triage.h"
#include "rules/worklist.h"
#include <inttypes.h>

struct filter {
    struct mp_triage triage;
    struct mp_worklist list;
    struct mp_store store;
    struct mp_buf json, line;
    /* the command line's */
    struct mp_opt_list protocols;
    const char *lang, *risk, *stand, *completeness, *actions;
    struct mp_time as_of;
    int64_t memory;
    bool audit, worklist;
    uint64_t later; /* records that lie behind --as-of */
};

/* ---- records ---- */

/* The record with what was decided about it. */
static void add_record(struct mp_buf *b, struct filter *f, const struct mp_rec *rec)
{
    f->json.len = 0;
    mp_triage_add(&f->json, &f->triage);
    mp_rec_add_with(b, rec, MP_STR("triage"), mp_buf_str(&f->json));
    b->failed |= f->json.failed;
}

static int judge(struct mp_app *app, struct filter *f, const struct mp_rec *rec)
{
    struct mp_error e;
    mp_triage_read(&f->triage, rec->root);
    if (!mp_triage_failed(&f->triage))
        return 0;
    mp_error_memory(&e);
    return mp_app_fail(app, &e);
}

static int each(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct filter *f = ctx;
    if (judge(app, f, rec) < 0)
        return -1;
    add_record(&app->out.buf, f, rec);
    app->counts.out++;
    return 0;
}

static int each_audit(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct filter *f = ctx;
    if (judge(app, f, rec) < 0)
        return -1;
    bool has = mp_audit_has(&f->triage);
    if (has)
        mp_audit_add(&app->out.buf, &f->triage);
    app->counts.joined += has;
    app->counts.written += has;
    app->counts.dropped += !has;
    return 0;
}

static int each_work(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct filter *f = ctx;
    struct mp_error e;
    if (judge(app, f, rec) < 0)
        return -1;
    f->later += f->triage.k.is_open == MP_UNDECIDED;
    if (!mp_worklist_takes(&f->triage)) {
        app->counts.dropped++;
        return 0;
    }
    f->line.len = 0;
    add_record(&f->line, f, rec);
    if (f->line.failed)
        return mp_error_memory(&e), mp_app_fail(app, &e);
    if (mp_worklist_add(&f->list, &f->triage, mp_buf_str(&f->line), &e) < 0) {
        mp_store_why(&f->store, &e);
        return mp_app_fail(app, &e);
    }
    app->counts.out++;
    return 0;
}

static int write_worklist(struct filter *f, struct mp_app *app)
{
    struct mp_error e;
    if (f->later > 0) {
        mp_error_set(&e, MP_LATER, "records that lie behind --as-of and are left out: %" PRIu64,
                     f->later);
        mp_app_say(app, &e);
    }
    mp_worklist_sort(&f->list);
    for (size_t i = 0; i < f->list.n && !app->stop; i++) {
        mp_buf_addstr(&app->out.buf, mp_worklist_line(&f->list, i));
        if (mp_app_check(app) < 0)
            return -1;
        mp_store_breathe(&f->store);
    }
    return 0;
}

/* ---- assessments ---- */

static int each_assessment(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct filter *f = ctx;
    struct mp_error e;
    if (mp_risk_add(&f->triage.risk, rec, &e) == 0) {
        app->counts.joined++;
        return 0;
    }
    if (e.code != MP_NO_ASSESSMENT)
        return mp_app_fail(app, &e);
    mp_error_at(&e, rec->file, rec->number, 1);
    return mp_app_reject(app, &e, rec->line, rec->record, rec->offset, 1);
}

static int read_assessments(struct filter *f, struct mp_app *app)
{
    struct mp_error e;
    struct mp_input in;
    if (!f->risk)
        return mp_app_open(app);
    if (mp_input_open(&in, f->risk, &e) < 0)
        return mp_app_fail(app, &e);
    int result = mp_app_open(app);
    if (!result)
        result = mp_app_records_of(app, &in, MP_SCHEMA, each_assessment, f);
    mp_input_close(&in);
    if (result || f->triage.risk.n > 0 || app->counts.rejected == 0)
        return result;
    mp_error_set(&e, MP_USAGE,
                 "--risk=%s: no assessment is in it; mp-ingest makes records of an institution's "
                 "own list",
                 f->risk);
    return mp_app_fail(app, &e);
}

/* ---- rules ---- */

typedef int load_fn(struct mp_triage *t, const char *path, struct mp_error *e);

static int load_one(struct filter *f, const char *folder, const char *name, load_fn *load,
                    struct mp_error *e)
{
    struct mp_buf path = {0};
    int result = mp_schemas_find(&path, folder, name, e);
    if (!result)
        result = load(&f->triage, path.data, e);
    /* the error's place is borrowed from rules that live until the end */
    mp_buf_free(&path);
    return result;
}

static int check_options(const struct filter *f, const struct mp_app *app, struct mp_error *e)
{
    for (size_t i = 0; f->risk && strcmp(f->risk, "-") == 0 && i < app->n_files; i++)
        if (strcmp(app->files[i], "-") == 0)
            return mp_error_set(e, MP_USAGE, "--risk=-: name the records, standard input is taken");
    if (f->audit && f->worklist)
        return mp_error_set(e, MP_USAGE,
                            "--audit and --worklist write different things: one of them");
    return 0;
}

/* Beside the folders of rules. */
static int load_codes(struct filter *f, struct mp_error *e)
{
    struct mp_buf path = {0};
    int result = mp_schemas_path(&path, NULL, "codes", e);
    if (!result)
        result = mp_triage_codes(&f->triage, path.data, e);
    mp_buf_free(&path);
    return result;
}

static int load(struct filter *f, struct mp_error *e)
{
    if (load_codes(f, e) < 0)
        return -1;
    if (f->protocols.n == 0)
        f->protocols = (struct mp_opt_list){{"nl-2019"}, 1};
    for (size_t i = 0; i < f->protocols.n; i++)
        if (load_one(f, "protocols", f->protocols.items[i], mp_triage_protocol, e) < 0)
            return -1;
    if (load_one(f, "completeness", f->completeness, mp_triage_completeness, e) < 0 ||
        load_one(f, "actions", f->actions, mp_triage_actions, e) < 0)
        return -1;
    return load_one(f, "case", f->stand, mp_triage_case, e);
}

static void run(struct filter *f, struct mp_app *app)
{
    struct mp_error e;
    mp_triage_make(&f->triage, f->lang, f->as_of);
    mp_store_open(&f->store, (size_t)f->memory, NULL);
    mp_worklist_make(&f->list, &f->store);
    if (check_options(f, app, &e) < 0 || load(f, &e) < 0)
        mp_app_fail(app, &e);
    else if (read_assessments(f, app) == 0 &&
             mp_app_each_record(app, MP_SCHEMA,
                                f->audit      ? each_audit
                                : f->worklist ? each_work
                                              : each,
                                f) == 0 &&
             f->worklist)
        write_worklist(f, app);
}

int main(int argc, char **argv)
{
    struct filter f = {.lang = "nl",
                       .stand = "default",
                       .completeness = "nl-2019",
                       .actions = "nl-2019",
                       .memory = 448 << 20};
    const struct mp_opt options[] = {
        {'p', "protocol", "NAME", MP_OPT_LIST, &f.protocols, NULL,
         "judge by this protocol, a name or a file (default nl-2019); several stand side by side"},
        {'l', "lang", "LANG", MP_OPT_CHOICE, &f.lang, "nl en",
         "language of reasons, questions and actions: nl (default) or en"},
        {0, "as-of", "DATE", MP_OPT_DATE, &f.as_of, NULL,
         "tell what is due, and for how long the youth is missing, at this day or "
         "YYYY-MM-DDTHH:MM"},
        {0, "risk", "FILE", MP_OPT_TEXT, &f.risk, NULL,
         "risk assessments that institutions made beforehand: records, joined by client number"},
        {0, "completeness", "NAME", MP_OPT_TEXT, &f.completeness, NULL,
         "what a report ought to tell, a name or a file (default: nl-2019)"},
        {0, "actions", "NAME", MP_OPT_TEXT, &f.actions, NULL,
         "what is to be done by when, a name or a file (default: nl-2019)"},
        {0, "case", "NAME", MP_OPT_TEXT, &f.stand, NULL,
         "how a case stands (back, assessed), a name or a file (default: default)"},
        {0, "audit", NULL, MP_OPT_FLAG, &f.audit, NULL,
         "write only what is registered as less pressing than the protocol says, and why"},
        {0, "worklist", NULL, MP_OPT_FLAG, &f.worklist, NULL,
         "write only cases in which something is to be done, the most pressing first"},
        {0, "memory", "SIZE", MP_OPT_SIZE, &f.memory, NULL,
         "with --worklist: use at most so much memory, the rest lies in a temporary file in "
         "$TMPDIR (default: 448M)"},
    };
    struct mp_app app = {
        .name = "mp-triage",
        .about = "says how urgent each report is by protocols and why, what it lacks, what is due",
        .usage = "[options] [FILE ...]",
        .options = options,
        .n_options = sizeof options / sizeof options[0],
        .scope = MP_IN_TRIAGE,
    };
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    app.written_name = f.audit ? "findings" : NULL;
    run(&f, &app);
    status = mp_app_end(&app);
    mp_triage_free(&f.triage);
    mp_store_free(&f.store);
    mp_buf_free(&f.json);
    mp_buf_free(&f.line);
    return status;
}
