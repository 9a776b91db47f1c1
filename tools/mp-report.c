/*
 * mp-report - makes a page for people out of rows of counts, or out of triaged episodes.
 *
 * Reads all rows or records, builds one model of the page, and has it written as text, Markdown or
 * HTML; or writes the rows or the cases as CSV.
 */
#include "cli/app.h"
#include "cli/now.h"
#include "cli/schemas.h"
#include "page/csv.h"
#include "page/dossier.h"
#include "page/page.h"
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct report {
    const char *format, *language, *title, *layout;
    const char *redact; /* level of detail */
    struct mp_app_file manifest;
    struct mp_opt_list tables; /* of the rows; none: all */
    bool ascii, worklist;
    bool in_words; /* a language was asked for */
    struct mp_rows rows;
    struct mp_build build;
    struct mp_case k;
    struct mp_when returned;
    struct mp_dossier dossier;
    struct mp_skim skim;
    struct mp_rec_reader whole; /* of records that were skimmed */
};

static const struct mp_str program = {"mp-report " MP_VERSION, sizeof "mp-report " MP_VERSION - 1};

static int read_words(struct mp_app *app, struct report *r)
{
    struct mp_error e;
    struct mp_buf path = {0};
    int bad = mp_schemas_find(&path, "labels", r->language, &e);
    if (!bad)
        bad = mp_words_load(&r->build.words, &r->build.arena, path.data, &e);
    mp_buf_free(&path);
    return bad ? mp_app_fail(app, &e) : 0;
}

/* Which table of a bulletin stands where. */
static int read_layout(struct mp_app *app, struct report *r)
{
    struct mp_error e;
    struct mp_buf path = {0};
    int bad = mp_schemas_find(&path, "pages", r->layout ? r->layout : "bulletin", &e) < 0 ||
              mp_layout_load(&r->build.layout, &r->build.arena, path.data, &e) < 0;
    mp_buf_free(&path);
    return bad ? mp_app_fail(app, &e) : 0;
}

static bool is_wanted(const struct report *r, yyjson_val *row)
{
    struct mp_str table = mp_rec_text(yyjson_obj_get(row, "table"));
    for (size_t i = 0; i < r->tables.n; i++)
        if (mp_str_is(table, r->tables.items[i]))
            return true;
    return r->tables.n == 0 || !table.p;
}

static int on_row(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct report *r = ctx;
    struct mp_error e;
    if (!is_wanted(r, rec->root)) {
        app->counts.dropped++;
        return 0;
    }
    if (mp_rows_add(&r->rows, rec->root, &e) == 0) {
        app->counts.joined++;
        return 0;
    }
    if (mp_code_info[e.code].level == MP_FATAL)
        return mp_app_fail(app, &e);
    mp_error_at(&e, rec->file, rec->number, 1);
    return mp_app_reject(app, &e, rec->line, rec->number, rec->offset, 0);
}

/* What says when a youth is back, and what is taken out of quotes. */
static int read_rules(struct mp_app *app, struct report *r)
{
    struct mp_error e;
    struct mp_buf path = {0};
    struct mp_yaml *root;
    struct mp_str label;
    struct mp_arena *arena = &r->build.arena;
    struct mp_dossier *d = &r->dossier;
    mp_case_make(&r->k, (struct mp_time){0});
    mp_case_judged(&r->k);
    struct mp_rules rules = {.arena = arena, .k = &r->k, .lang = "en"};
    int bad = mp_schemas_path(&path, NULL, "codes", &e) < 0 ||
              mp_rules_codes(&rules, path.data, &e) < 0 ||
              mp_schemas_path(&path, "case", "default", &e) < 0 ||
              mp_rules_load(&rules, path.data, "case", "returned risk institution_words", &root,
                            &label, &e) < 0 ||
              mp_rules_when(&rules, root, "returned", true, &r->returned, &e) < 0 ||
              mp_schemas_path(&path, "redact", "default", &e) < 0 ||
              mp_redact_load(&d->say.redact, arena, path.data, &e) < 0;
    mp_buf_free(&path);
    d->as_table = strcmp(r->format, "csv") == 0;
    d->say.b = &r->build;
    d->say.level = strcmp(r->redact, "full") == 0   ? MP_DETAIL_FULL
                   : strcmp(r->redact, "care") == 0 ? MP_DETAIL_CARE
                                                    : MP_DETAIL_STATISTICS;
    d->episode = (struct mp_episode){.k = &r->k, .returned = &r->returned};
    if (!bad && mp_dossier_skim(d, &r->skim))
        app->skim = &r->skim;
    return bad ? mp_app_fail(app, &e) : 0;
}

static void say_given(struct mp_app *app, struct report *r, struct mp_rec *rec)
{
    struct mp_error e;
    struct mp_buf text = {0};
    mp_dossier_note(&r->dossier, rec->root, program, &text);
    mp_error_set(&e, MP_GIVEN_OUT, "%.*s", (int)text.len, text.data ? text.data : "");
    mp_error_at(&e, rec->file, rec->number, 1);
    mp_buf_free(&text);
    mp_app_say(app, &e);
}

static int turn_down(struct mp_app *app, const struct mp_rec *rec, struct mp_error *e)
{
    if (mp_code_info[e->code].level == MP_FATAL)
        return mp_app_fail(app, e);
    return mp_app_reject(app, e, rec->line, rec->number, rec->offset, 0);
}

static int on_episode(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct report *r = ctx;
    struct mp_error e;
    int shown = mp_dossier_look(&r->dossier, rec->root);
    if (shown < 0) {
        mp_error_set(&e, MP_NOT_A_RECORD, "the record was never triaged: run mp-triage first");
        mp_error_at(&e, rec->file, rec->number, 1);
        return turn_down(app, rec, &e);
    }
    if (shown && app->skim && mp_rec_parse(&r->whole, rec, &e) < 0)
        return turn_down(app, rec, &e);
    mp_dossier_add(&r->dossier, rec->root, shown);
    if (r->build.failed || r->build.words.failed || r->k.failed || r->dossier.say.redact.failed) {
        mp_error_memory(&e);
        return mp_app_fail(app, &e);
    }
    app->counts.joined += shown > 0;
    app->counts.dropped += !shown;
    if (shown && !r->manifest.path)
        say_given(app, r, rec);
    return 0;
}

/* Of the terminal that the page goes to; 80 where it goes elsewhere. */
static size_t columns(const struct mp_app *app)
{
    struct winsize size;
    if (app->output || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
        return MP_PAGE_COLUMNS;
    return size.ws_col < 120 ? size.ws_col : 120;
}

static bool of_cases(const struct report *r)
{
    return r->worklist || r->dossier.wanted;
}

static int make_page(struct report *r, struct mp_page *page, struct mp_error *e)
{
    struct mp_str title = mp_str_of(r->title);
    if (of_cases(r))
        return mp_dossier_page(&r->dossier, program, title, page, e);
    return mp_bulletin(&r->build, program, title, page, e);
}

/* Appends the page, or its rows, in the format that is asked for. */
static int write_format(struct mp_app *app, struct report *r, struct mp_error *e)
{
    struct mp_buf *b = &app->out.buf;
    struct mp_page page;
    r->build.rows = &r->rows;
    if (!of_cases(r) && mp_rows_sort(&r->rows, e) < 0)
        return -1;
    bool csv = strcmp(r->format, "csv") == 0;
    if (csv && !of_cases(r))
        return mp_csv_rows(b, &r->build, r->in_words, e);
    if (make_page(r, &page, e) < 0)
        return -1;
    if (csv)
        mp_csv_grid(b, mp_dossier_listing(&r->dossier));
    else if (strcmp(r->format, "html") == 0)
        mp_page_html(b, &page);
    else if (strcmp(r->format, "markdown") == 0)
        mp_page_markdown(b, &page);
    else
        mp_page_text(b, &page, r->ascii ? MP_IN_ASCII : MP_IN_TEXT, columns(app));
    return 0;
}

/* Before the page goes out: what cannot be logged is not given out. */
static int write_manifest(struct mp_app *app, struct report *r)
{
    struct mp_buf when = {0};
    struct mp_error e;
    if (!r->manifest.path)
        return 0;
    if (mp_now_add(&when, &e) < 0)
        return mp_app_fail(app, &e);
    const struct mp_given_out given = {mp_buf_str(&when), program, mp_str_of(r->format),
                                       mp_buf_str(&app->out.buf)};
    mp_dossier_manifest(&r->dossier, &given, &r->manifest.out.buf);
    r->manifest.out.line_buffered = true;
    r->manifest.out.buf.failed |= when.failed;
    mp_buf_free(&when);
    return mp_app_check_file(app, &r->manifest);
}

static int write_page(struct mp_app *app, struct report *r)
{
    struct mp_error e;
    r->build.rejected = app->counts.rejected;
    if (write_format(app, r, &e) < 0)
        return mp_app_fail(app, &e);
    if (app->out.buf.failed || write_manifest(app, r) < 0)
        return app->failed ? -1 : mp_app_check(app);
    app->counts.written = 1;
    return mp_app_check(app);
}

/* What the name of the output says where the user does not. */
static const char *format_of(const char *output)
{
    static const char *const ends[][2] = {
        {".html", "html"}, {".htm", "html"}, {".md", "markdown"}, {".csv", "csv"}};
    const char *end = output ? strrchr(output, '.') : NULL;
    for (size_t i = 0; end && i < sizeof ends / sizeof *ends; i++)
        if (strcasecmp(end, ends[i][0]) == 0)
            return ends[i][1];
    return "text";
}

/* Options that do not go together: what to say of it, or NULL. */
static const char *conflict(const struct report *r)
{
    if (r->ascii && strcmp(r->format, "text") != 0)
        return "--ascii goes with --format=text only";
    if (r->worklist && r->dossier.wanted)
        return "--worklist and --case are two pages";
    if (r->redact && !r->worklist && !r->dossier.wanted)
        return "--redact goes with --worklist or --case only";
    if (r->dossier.wanted && strcmp(r->format, "csv") == 0)
        return "--format=csv goes with rows or --worklist, not with --case";
    if (r->manifest.path && !of_cases(r))
        return "--manifest goes with --worklist or --case only";
    if (r->tables.n > 0 && of_cases(r))
        return "--table goes with rows only";
    if (r->layout && of_cases(r))
        return "--layout goes with rows only";
    if (r->layout && strcmp(r->format, "csv") == 0)
        return "--layout goes with a page, not with --format=csv";
    if (r->title && strcmp(r->format, "csv") == 0)
        return "--title goes with a page, not with --format=csv";
    return NULL;
}

static int read_input(struct mp_app *app, struct report *r)
{
    if (!of_cases(r))
        return mp_app_each_record(app, NULL, on_row, r);
    return mp_app_each_record(app, MP_SCHEMA, on_episode, r);
}

static void run(struct mp_app *app, struct report *r)
{
    struct mp_error e;
    if (!r->format)
        r->format = format_of(app->output);
    const char *wrong = conflict(r);
    if (wrong) {
        mp_error_set(&e, MP_USAGE, "%s", wrong);
        mp_app_fail(app, &e);
        return;
    }
    r->in_words = r->language != NULL;
    r->language = r->language ? r->language : "nl";
    r->redact = r->redact ? r->redact : "care";
    if (read_words(app, r) == 0 && (of_cases(r) ? read_rules(app, r) : read_layout(app, r)) == 0 &&
        mp_app_open(app) == 0 && read_input(app, r) == 0)
        write_page(app, r);
}

static bool has_table(const struct mp_rows *rows, struct mp_str name)
{
    for (size_t i = 0; i < rows->n; i++)
        if (mp_str_eq(rows->row[i].table, name))
            return true;
    return false;
}

/* Nothing found is an outcome that a caller wants to know. */
static int say_found(struct mp_app *app, const struct report *r)
{
    char room[200];
    struct mp_error e;
    int missed = 0;
    if (app->failed || app->stop)
        return 0;
    if (r->dossier.wanted && r->dossier.n_shown == 0) {
        mp_error_set(&e, MP_NO_CASE, "no case %s",
                     mp_error_quote(mp_str_of(r->dossier.wanted), room));
        mp_app_say(app, &e);
        missed = 1;
    }
    for (size_t i = 0; i < r->tables.n; i++)
        if (!has_table(&r->rows, mp_str_of(r->tables.items[i]))) {
            mp_error_set(&e, MP_NO_TABLE, "no row is of the table %s",
                         mp_error_quote(mp_str_of(r->tables.items[i]), room));
            mp_app_say(app, &e);
            missed = 1;
        }
    return missed;
}

int main(int argc, char **argv)
{
    struct report r = {.manifest = {.option = "manifest", .log = true}};
    const struct mp_opt options[] = {
        {0, "worklist", NULL, MP_OPT_FLAG, &r.worklist, NULL,
         "of triaged episodes, the cases that are open and the after-care that is due"},
        {0, "case", "ID", MP_OPT_TEXT, &r.dossier.wanted, NULL,
         "of triaged episodes, a sheet of this case: id of an episode, report or person"},
        {0, "redact", "LEVEL", MP_OPT_CHOICE, &r.redact, "full care statistics",
         "for whom these two are: full, care (default; no names) or statistics (no person)"},
        {0, "manifest", "FILE", MP_OPT_TEXT, &r.manifest.path, NULL,
         "add a line to FILE that tells what these two gave out, also with --quiet"},
        {'f', "format", "FORMAT", MP_OPT_CHOICE, &r.format, "text markdown html csv",
         "write text, markdown, html or csv (default: by the end of FILE's name, else text)"},
        {0, "layout", "NAME|FILE", MP_OPT_TEXT, &r.layout, NULL,
         "which table stands where, and what is drawn and said of it (default bulletin)"},
        {0, "table", "NAME", MP_OPT_LIST, &r.tables, NULL,
         "only this table of the rows (may be given again for another)"},
        {'l', "lang", "LANGUAGE|FILE", MP_OPT_TEXT, &r.language, NULL,
         "words of the page: nl (default), en, or a file of your own; csv without it has codes"},
        {'t', "title", "TEXT", MP_OPT_TEXT, &r.title, NULL, "title of the page"},
        {0, "ascii", NULL, MP_OPT_FLAG, &r.ascii, NULL, "text with nothing but ASCII"},
    };
    struct mp_app app = {
        .name = "mp-report",
        .about =
            "makes a page for people, or a table, out of rows of counts or out of triaged cases",
        .usage = "[OPTION]... [FILE]...",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .scope = MP_IN_REPORT,
        .written_name = "pages",
        .others = &r.manifest,
        .n_others = 1,
    };
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    run(&app, &r);
    int missed = say_found(&app, &r);
    status = mp_app_end(&app);
    mp_rows_free(&r.rows);
    mp_dossier_free(&r.dossier);
    mp_rec_reader_free(&r.whole);
    mp_build_free(&r.build);
    return status ? status : missed;
}
