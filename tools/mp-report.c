/*
 * mp-report - makes a page for people out of rows of counts.
 *
 * Reads all rows, builds one model of the page, and has it written as text or HTML.
 */
#include "cli/app.h"
#include "cli/schemas.h"
#include "page/page.h"
#include <sys/ioctl.h>
#include <unistd.h>

struct report {
    const char *format, *language, *title;
    bool ascii;
    struct mp_rows rows;
    struct mp_build build;
};

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

static int on_row(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct report *r = ctx;
    struct mp_error e;
    if (mp_rows_add(&r->rows, rec->root, &e) == 0) {
        app->counts.joined++;
        return 0;
    }
    if (mp_code_info[e.code].level == MP_FATAL)
        return mp_app_fail(app, &e);
    mp_error_at(&e, rec->file, rec->number, 1);
    return mp_app_reject(app, &e, rec->line, rec->number, rec->offset, 0);
}

/* Of the terminal that the page goes to; 80 where it goes elsewhere. */
static size_t columns(const struct mp_app *app)
{
    struct winsize size;
    if (app->output || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
        return MP_PAGE_COLUMNS;
    return size.ws_col < 120 ? size.ws_col : 120;
}

static int write_page(struct mp_app *app, struct report *r)
{
    struct mp_error e;
    struct mp_page page;
    struct mp_str program = MP_STR("mp-report " MP_VERSION);
    r->build.rows = &r->rows;
    r->build.rejected = app->counts.rejected;
    if (mp_rows_sort(&r->rows, &e) < 0 ||
        mp_bulletin(&r->build, program, mp_str_of(r->title), &page, &e) < 0)
        return mp_app_fail(app, &e);
    if (strcmp(r->format, "html") == 0)
        mp_page_html(&app->out.buf, &page);
    else
        mp_page_text(&app->out.buf, &page, r->ascii ? MP_IN_ASCII : MP_IN_TEXT, columns(app));
    app->counts.written = 1;
    return mp_app_check(app);
}

/* What the name of the output says where the user does not. */
static const char *format_of(const char *output)
{
    const char *end = output ? strrchr(output, '.') : NULL;
    return end && (strcmp(end, ".html") == 0 || strcmp(end, ".htm") == 0) ? "html" : "text";
}

static void run(struct mp_app *app, struct report *r)
{
    struct mp_error e;
    if (!r->format)
        r->format = format_of(app->output);
    if (r->ascii && strcmp(r->format, "text") != 0) {
        mp_error_set(&e, MP_USAGE, "--ascii goes with --format=text only");
        mp_app_fail(app, &e);
        return;
    }
    if (read_words(app, r) == 0 && mp_app_open(app) == 0 &&
        mp_app_each_record(app, NULL, on_row, r) == 0)
        write_page(app, r);
}

int main(int argc, char **argv)
{
    struct report r = {.language = "nl"};
    const struct mp_opt options[] = {
        {'f', "format", "FORMAT", MP_OPT_CHOICE, &r.format, "text html",
         "write text or html (default: html into *.html, else text)"},
        {'l', "lang", "LANGUAGE|FILE", MP_OPT_TEXT, &r.language, NULL,
         "words of the page: nl (default), en, or a file of your own"},
        {'t', "title", "TEXT", MP_OPT_TEXT, &r.title, NULL, "title of the page"},
        {0, "ascii", NULL, MP_OPT_FLAG, &r.ascii, NULL, "text with nothing but ASCII"},
    };
    struct mp_app app = {
        .name = "mp-report",
        .about = "makes a weekly page, as text or HTML, out of rows of counts",
        .usage = "[OPTION]... [FILE]...",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .scope = MP_IN_REPORT,
        .written_name = "pages",
    };
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    run(&app, &r);
    status = mp_app_end(&app);
    mp_rows_free(&r.rows);
    mp_arena_free(&r.build.arena);
    return status;
}
