/* mp-dedupe: joins the reports of one youth, and those of one absence into an episode. */
#include "cli/app.h"
#include "cli/schemas.h"
#include "io/store.h"
#include "link/batch.h"
#include "link/cluster.h"
#include "link/history.h"
#include "link/hosts.h"
#include "link/lessons.h"
#include "link/lines.h"
#include "link/tell.h"
#include "link/write.h"
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PAIRS, REVIEW, TRAIN, CHANGES, FILES };

enum { MEMORY = 448 << 20 /* bytes; a million reports need no more */ };

struct dedupe {
    struct mp_arena rules;
    struct mp_link_model model;
    struct mp_link_reports reports;
    struct mp_link_report **as_read; /* --annotate: the reports in the order of the input */
    struct mp_link_episodes episodes;
    bool left_triage;
    struct mp_link_weighed weighed;
    struct mp_app_file files[FILES];
    struct mp_store store;
    int64_t memory; /* 0: not given */
    int64_t jobs;
    const char *explain; /* A,B: two reports, by number and document */
    const char *history;
    bool annotate;
};

static int load(struct dedupe *d, const char *name, struct mp_error *e)
{
    struct mp_buf path = {0};
    int result = mp_schemas_path(&path, "linkage", name, e);
    if (!result)
        result = mp_link_model_read(&d->rules, path.data, &d->model, e);
    mp_buf_free(&path);
    mp_link_reports_make(&d->reports, &d->model, &d->store);
    d->reports.jobs = (size_t)d->jobs;
    d->annotate |= d->model.persons;
    return result;
}

/* Linking knows that it got no memory; the store knows whether it was the disk that ran out. */
static int fail(struct dedupe *d, struct mp_app *app, struct mp_error *e)
{
    if (e->code == MP_MEMORY)
        mp_store_why(&d->store, e);
    return mp_app_fail(app, e);
}

static int gather(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct dedupe *d = ctx;
    struct mp_error e;
    return mp_link_add_new(&d->reports, rec, &e) < 0 ? fail(d, app, &e) : 0;
}

static int gather_old(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct dedupe *d = ctx;
    struct mp_error e;
    return mp_link_add_old(&d->reports, rec, &e) < 0 ? fail(d, app, &e) : 0;
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return a && b && stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) &&
           x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* The history may be replaced by what becomes of it, and by nothing else. */
static int check_options(const struct dedupe *d, const struct mp_app *app, struct mp_error *e)
{
    if (d->files[CHANGES].path && !d->history)
        return mp_error_set(e, MP_USAGE, "--changes: without --history there is nothing to tell");
    for (size_t i = 0; d->history && strcmp(d->history, "-") == 0 && i < app->n_files; i++)
        if (strcmp(app->files[i], "-") == 0)
            return mp_error_set(e, MP_USAGE,
                                "--history=-: name the new reports, standard input is taken");
    if (same_file(d->history, app->reject_file) || same_file(d->history, d->files[CHANGES].path) ||
        (!d->annotate && same_file(d->history, app->output)))
        return mp_error_set(e, MP_USAGE,
                            "%s is the history: only --output with --annotate may replace it",
                            d->history);
    return 0;
}

/* Reads the history, then the new reports. */
static int read_all(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    struct mp_input old;
    const char *schema = d->model.persons ? NULL : MP_SCHEMA;
    size_t n;
    int bad = check_options(d, app, &e);
    if (!bad && d->history)
        bad = mp_input_open(&old, d->history, &e);
    if (bad)
        return mp_app_fail(app, &e);
    d->reports.history = d->history != NULL;
    mp_store_open(&d->store, (size_t)(d->memory ? d->memory : MEMORY), NULL);
    if (d->memory == 0)
        mp_store_stretch(&d->store);
    bad = mp_app_open(app);
    if (!bad && d->history)
        bad = mp_app_records_of(app, &old, schema, gather_old, d);
    if (d->history)
        mp_input_close(&old);
    if (bad || mp_app_each_record(app, schema, gather, d) < 0)
        return -1;
    if (d->history && mp_link_settle(&d->reports, &n, &e) < 0)
        return mp_app_fail(app, &e);
    app->counts.dropped += d->history ? n : 0;
    return 0;
}

static void say_apart(void *ctx, const struct mp_link_report *a, const struct mp_link_report *b,
                      const struct mp_link_rule *join, const struct mp_link_rule *apart)
{
    struct mp_error e;
    mp_error_set(&e, MP_KEPT_APART,
                 "kept apart from %s (%s, line %" PRIu64
                 "): one youth by rule '%s', but two by rule "
                 "'%s', which outranks it",
                 mp_link_label(a).p, a->file, a->number, join->name.p, apart->name.p);
    mp_error_at(&e, mp_str_of(b->file), b->number, 1);
    mp_app_say(ctx, &e);
}

/* What is being written. */
struct writing {
    struct dedupe *d;
    struct mp_app *app;
    struct mp_link_line *lines; /* of episodes; NULL: annotated reports */
    size_t n;
};

static int make_line(void *ctx, struct mp_link_merger *m, size_t i, struct mp_buf *b,
                     struct mp_error *e)
{
    const struct writing *w = ctx;
    if (!w->lines)
        return mp_link_add_annotated(m, &w->d->model, w->d->as_read[i], b, e);
    if (w->lines[i].episode)
        return mp_link_add_episode(m, &w->d->model, w->lines[i].episode, b, e);
    mp_buf_addstr(b, mp_link_line(w->lines[i].whole));
    mp_buf_addc(b, '\n');
    return 0;
}

static void say_progress(void *app, const char *what, uint64_t done, uint64_t total)
{
    mp_app_progress_step(app, what, done, total);
}

static int pass_lines(void *ctx, struct mp_str text, size_t from, size_t to)
{
    const struct writing *w = ctx;
    for (size_t i = from; i < to; i++) {
        const struct mp_link_episode *episode = w->lines ? w->lines[i].episode : NULL;
        w->app->counts.joined += episode ? episode->n : 0;
        w->app->counts.written += episode ? 1 : 0;
        w->app->counts.out += episode ? 0 : 1;
    }
    mp_buf_addstr(&w->app->out.buf, text);
    mp_link_progress(&w->d->reports, "writing", to, w->n);
    return mp_app_check(w->app);
}

static int write_lines(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    struct writing w = {.d = d, .app = app};
    struct mp_link_batches batches = {.store = &d->store,
                                      .jobs = d->reports.jobs,
                                      .make = make_line,
                                      .pass = pass_lines,
                                      .ctx = &w};
    size_t n = d->reports.n;
    if (!d->annotate && !(w.lines = mp_link_lines(&d->reports, &d->episodes, &n)))
        return mp_app_fail(app, (mp_error_memory(&e), &e));
    w.n = n;
    int result = mp_link_batches_run(&batches, n, &e);
    d->left_triage = batches.left_triage;
    free(w.lines);
    return result < 0 ? fail(d, app, &e) : -result;
}

/* mp_link_sort changes the order of reading. */
static int remember_order(struct dedupe *d, struct mp_error *e)
{
    size_t size = d->reports.n * sizeof(struct mp_link_report *);
    d->as_read = malloc(size + 1);
    if (!d->as_read)
        return mp_error_memory(e);
    if (size)
        memcpy(d->as_read, d->reports.all, size);
    return 0;
}

/* Pairs for --pairs and --review. */
static int write_marked(struct dedupe *d, struct mp_app *app, const bool *marks)
{
    const struct mp_link_pair *p = d->weighed.pairs;
    for (size_t i = 0; i < d->weighed.n; i++)
        for (size_t k = PAIRS; k <= REVIEW; k++) {
            struct mp_app_file *file = &d->files[k];
            if (!file->path || (k == REVIEW && !marks[i]))
                continue;
            mp_link_add_pair(&file->out.buf, &d->reports, &p[i]);
            if (mp_app_check_file(app, file) < 0)
                return -1;
        }
    return 0;
}

/* The pairs, and a note of how many somebody should look at. */
static int write_pairs(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    struct mp_buf marks = {0};
    size_t unsure;
    int bad = 0;
    if (!mp_link_mark_review(&d->reports, &d->weighed, &marks, &unsure))
        bad = mp_app_fail(app, (mp_error_memory(&e), &e));
    if (!bad)
        bad = write_marked(d, app, MP_ITEMS(bool, marks));
    if (!bad && unsure > 0) {
        mp_error_set(&e, MP_TO_REVIEW,
                     "%zu times reports are neither surely of one youth nor surely of two%s",
                     unsure, d->files[REVIEW].path ? "" : "; --review FILE lists them");
        mp_app_say(app, &e);
    }
    mp_buf_free(&marks);
    return bad;
}

static int write_changes(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    struct mp_app_file *to = &d->files[CHANGES];
    const struct mp_link_change *c = MP_ITEMS(struct mp_link_change, d->episodes.changes);
    size_t n = MP_COUNT(struct mp_link_change, d->episodes.changes), moved = 0;
    for (size_t i = 0; i < n; i++) {
        moved += c[i].fate != MP_LINK_ADDED;
        if (to->path)
            mp_link_add_change(&to->out.buf, &c[i]);
        if (to->path && mp_output_check(&to->out, &e) < 0)
            return mp_app_fail(app, &e);
    }
    if (moved > 0) {
        mp_error_set(&e, MP_IDS_CHANGED, "ids of the history that were merged or split: %zu%s",
                     moved, to->path ? "" : "; --changes FILE lists them");
        mp_app_say(app, &e);
    }
    return 0;
}

/* The model as it was read, with the weights that were estimated. */
static int write_model(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    struct mp_buf *b = &d->files[TRAIN].out.buf;
    if (!d->files[TRAIN].path)
        return 0;
    if (d->model.n_comparisons == 0) {
        mp_error_set(&e, MP_USAGE, "--train: the model compares nothing, so it has no weights");
        return mp_app_fail(app, &e);
    }
    mp_link_model_add(b, &d->model, d->reports.n);
    return mp_app_check_file(app, &d->files[TRAIN]);
}

/* The report of this number and document (or number alone); n if there is none. */
static size_t report_named(const struct mp_link_reports *r, struct mp_str name)
{
    size_t i = 0;
    while (i < r->n && !mp_str_eq(mp_link_label(r->all[i]), name))
        i++;
    return i;
}

/* Two names with a comma between; said before anything is read. */
static int check_explain(const struct dedupe *d, struct mp_error *e)
{
    const char *comma = d->explain ? strchr(d->explain, ',') : NULL;
    if (d->explain && (!comma || comma == d->explain || !comma[1]))
        return mp_error_set(e, MP_USAGE,
                            "--explain=%s: two reports are wanted, NUMBER or NUMBER-DOCUMENT, with "
                            "a comma between",
                            d->explain);
    return 0;
}

static int check_jobs(const struct dedupe *d, struct mp_error *e)
{
    if (d->jobs < 1 || d->jobs > MP_STAGE_JOBS_MAX)
        return mp_error_set(e, MP_USAGE, "--jobs: a number from 1 to %d", MP_STAGE_JOBS_MAX);
    return 0;
}

static int explain(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    const char *comma = strchr(d->explain, ',');
    struct mp_str names[] = {{d->explain, (size_t)(comma - d->explain)}, mp_str_of(comma + 1)};
    size_t at[2];
    if (d->model.n_comparisons == 0) {
        mp_error_set(&e, MP_USAGE,
                     "--explain: the model compares nothing, so no pair weighs anything");
        return mp_app_fail(app, &e);
    }
    for (size_t i = 0; i < 2; i++) {
        at[i] = report_named(&d->reports, names[i]);
        if (at[i] == d->reports.n) {
            mp_error_set(&e, MP_USAGE,
                         "--explain: no report is called '%.*s' (NUMBER or NUMBER-DOCUMENT)",
                         (int)names[i].n, names[i].p);
            return mp_app_fail(app, &e);
        }
    }
    mp_link_add_explained(&app->out.buf, &d->reports, &d->weighed, (uint32_t)at[0],
                          (uint32_t)at[1]);
    app->counts.joined = app->counts.in - app->counts.rejected - app->counts.dropped;
    return mp_app_check(app);
}

/* Blocks of which not all pairs were compared. */
static void say_crowds(const struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    struct mp_buf fields = {0};
    for (size_t i = 0; i < d->model.n_blocks; i++) {
        const struct mp_link_crowd *crowd = &d->weighed.crowds[i];
        const struct mp_link_rule *block = &d->model.blocks[i];
        fields.len = 0;
        for (size_t k = 0; k < block->n_same; k++) {
            mp_buf_adds(&fields, k ? ", " : "");
            mp_buf_addstr(&fields, d->model.fields[block->same[k]].name);
        }
        if (crowd->values == 0 || fields.failed)
            continue;
        mp_error_set(
            &e, MP_LARGE_BLOCK,
            "block [%.*s]: values with more than %d reports each: %zu (reports: %zu, the "
            "most with one value: %zu); of these each was compared with the next %d alone; "
            "with one field more the block would be smaller",
            (int)fields.len, fields.data, MP_LINK_CROWD, crowd->values, crowd->reports,
            crowd->largest, MP_LINK_NEXT);
        mp_app_say(app, &e);
    }
    mp_buf_free(&fields);
}

static int link_all(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    d->reports.progress = say_progress;
    d->reports.progress_ctx = app;
    if (d->annotate && remember_order(d, &e) < 0)
        return mp_app_fail(app, &e);
    if (mp_link_sort(&d->reports, &e) < 0 ||
        mp_link_cluster(&d->reports, say_apart, app, &d->weighed, &e) < 0)
        return fail(d, app, &e);
    say_crowds(d, app);
    if (write_pairs(d, app) < 0 || write_model(d, app) < 0)
        return -1;
    if (d->explain)
        return explain(d, app);
    mp_link_weighed_free(&d->weighed); /* room for what follows */
    mp_link_rows_free(&d->reports.rows);
    if (mp_link_episodes(&d->reports, &d->episodes, &e) < 0 ||
        mp_link_lessons(&d->reports, &d->episodes, &e) < 0 ||
        mp_link_hosts(&d->reports, &d->episodes, &e) < 0)
        return fail(d, app, &e);
    if (write_changes(d, app) < 0)
        return -1;
    return write_lines(d, app);
}

static void say_triage_left(struct mp_app *app)
{
    struct mp_error e;
    mp_error_set(&e, MP_TRIAGE_LEFT,
                 "the triage of single reports is left out of their episodes; run mp-triage after "
                 "mp-dedupe");
    mp_app_say(app, &e);
}

int main(int argc, char **argv)
{
    struct dedupe d = {.jobs = (int64_t)mp_stage_processors(),
                       .files = {[PAIRS] = {.option = "pairs"},
                                 [REVIEW] = {.option = "review"},
                                 [TRAIN] = {.option = "train"},
                                 [CHANGES] = {.option = "changes"}}};
    const char *model = "default";
    const struct mp_opt options[] = {
        {'m', "model", "NAME", MP_OPT_TEXT, &model, NULL,
         "link by this model, a name or a file (default: default)"},
        {'a', "annotate", NULL, MP_OPT_FLAG, &d.annotate, NULL,
         "write every report as it came, with the key link, and merge nothing"},
        {0, "history", "FILE", MP_OPT_TEXT, &d.history, NULL,
         "add to the reports of FILE, which --annotate wrote, and keep their ids"},
        {0, "changes", "FILE", MP_OPT_TEXT, &d.files[CHANGES].path, NULL,
         "write to FILE which ids were added, merged or split since the history"},
        {0, "pairs", "FILE", MP_OPT_TEXT, &d.files[PAIRS].path, NULL,
         "write the pairs that were weighed to FILE, the heaviest first"},
        {0, "review", "FILE", MP_OPT_TEXT, &d.files[REVIEW].path, NULL,
         "write the pairs that somebody should look at to FILE"},
        {0, "train", "FILE", MP_OPT_TEXT, &d.files[TRAIN].path, NULL,
         "write the model with the weights that the data gave to FILE, for --model"},
        {0, "explain", "A,B", MP_OPT_TEXT, &d.explain, NULL,
         "write what two reports weigh, field by field, and nothing else"},
        {0, "memory", "SIZE", MP_OPT_SIZE, &d.memory, NULL,
         "use at most so much memory, the rest lies in a temporary file in $TMPDIR (default: "
         "448M, and more for what is needed all the time, up to half of what is free)"},
        {'j', "jobs", "N", MP_OPT_COUNT, &d.jobs, NULL,
         "work in N threads (default: as many as there are processors)"},
    };
    struct mp_app app = {
        .name = "mp-dedupe",
        .about = "joins the reports of one youth, and those of one absence into an episode",
        .usage = "[options] [FILE ...]",
        .options = options,
        .n_options = sizeof options / sizeof options[0],
        .scope = MP_IN_DEDUPE,
        .others = d.files,
        .n_others = FILES,
    };
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    struct mp_error e;
    int bad = check_explain(&d, &e) < 0 || check_jobs(&d, &e) < 0 || load(&d, model, &e) < 0;
    app.written_name = d.annotate ? NULL : "episodes";
    if (bad)
        mp_app_fail(&app, &e);
    else if (read_all(&d, &app) == 0 && link_all(&d, &app) == 0 && d.left_triage)
        say_triage_left(&app);
    status = mp_app_end(&app);
    mp_link_episodes_free(&d.episodes);
    mp_link_weighed_free(&d.weighed);
    mp_link_reports_free(&d.reports);
    free(d.as_read);
    mp_store_free(&d.store);
    mp_arena_free(&d.rules);
    return status;
}
