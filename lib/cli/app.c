/* What every program of the toolkit has. */
#include "cli/app.h"
#include "cli/app_outputs.h"
#include "cli/docs.h"
#include "cli/reject.h"
#include "cli/sandbox.h"
#include "io/json.h"
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N_COMMON = 12, N_ABOUT_INPUT = 3, MAX_RECORD = 16 << 20 };

/* How many there are: those about input are not for every program. */
static size_t common_options(struct mp_app *a, struct mp_opt table[static N_COMMON])
{
    const struct mp_opt common[N_COMMON] = {
        {'o', "output", "FILE", MP_OPT_TEXT, &a->output, NULL,
         "write to FILE, which is replaced only when all went well"},
        {0, "reject", "FILE", MP_OPT_TEXT, &a->reject_file, NULL,
         "write what is rejected to FILE: raw bytes, place and reason"},
        {0, "max-rejects", "N", MP_OPT_COUNT, &a->max_rejects, NULL,
         "stop with status 2 at more than N rejects (default: no limit)"},
        {0, "max-record", "SIZE", MP_OPT_SIZE, &a->max_record, NULL,
         "reject larger records (default 16M)"},
        {0, "errors-json", NULL, MP_OPT_FLAG, &a->errors_json, NULL,
         "write messages as JSON, one object a line"},
        {0, "line-buffered", NULL, MP_OPT_FLAG, &a->line_buffered, NULL,
         "pass on each record at once (always so on a terminal)"},
        {0, "progress", "WHEN", MP_OPT_CHOICE, &a->progress_mode, "auto always never",
         "show how far a long run is: auto, always or never"},
        {'q', "quiet", NULL, MP_OPT_FLAG, &a->quiet, NULL, "no notes, warnings and summary"},
        {'h', "help", NULL, MP_OPT_FLAG, &a->help, NULL, "show this help"},
        {'V', "version", NULL, MP_OPT_FLAG, &a->version, NULL, "show the version"},
        {0, "build-info", NULL, MP_OPT_FLAG, &a->build_info, NULL,
         "show the libraries and their versions"},
        {0, "docs", "KIND", MP_OPT_CHOICE, &a->docs, "options diagnostics bash zsh", NULL},
    };
    memcpy(table, common, sizeof common);
    if (!a->no_input)
        return N_COMMON;
    memmove(table + 1, table + 1 + N_ABOUT_INPUT, (N_COMMON - 1 - N_ABOUT_INPUT) * sizeof *table);
    return N_COMMON - N_ABOUT_INPUT;
}

int mp_app_fail(struct mp_app *a, const struct mp_error *e)
{
    mp_progress_end(&a->progress);
    mp_diag_say(&a->diag, e);
    a->failed = true;
    return -1;
}

void mp_app_say(struct mp_app *a, const struct mp_error *e)
{
    mp_progress_end(&a->progress);
    mp_diag_say(&a->diag, e);
}

/* A closed descriptor 0, 1 or 2 would be given to the next file that is opened. In its place
 * comes one that can neither be read nor written, so that using it is an error. */
static void guard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/", O_PATH | O_DIRECTORY);
}

static int print_and_exit(struct mp_app *a, struct mp_buf *text)
{
    struct mp_error e;
    struct mp_output out;
    int bad = mp_output_open(&out, NULL, &e);
    mp_buf_addstr(&out.buf, mp_buf_str(text));
    out.buf.failed |= text->failed;
    mp_buf_free(text);
    if (bad || mp_output_commit(&out, &e) < 0) {
        mp_app_fail(a, &e);
        mp_output_abandon(&out);
        mp_diag_free(&a->diag);
        return 2;
    }
    return 0;
}

static int print_help(struct mp_app *a, const struct mp_opts *opts)
{
    struct mp_buf b = {0};
    mp_buf_addf(&b, "%s: %s\n\nusage: %s %s\n\n", a->name, a->about, a->name, a->usage);
    mp_opts_help(opts, &b);
    mp_buf_addf(&b, "\nExit status: 0 clean, 1 completed with rejects, 2 stopped. See man %s.\n",
                a->name);
    return print_and_exit(a, &b);
}

int mp_app_start(struct mp_app *a, int argc, char **argv)
{
    guard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    mp_output_clean_on_signal();
    a->max_rejects = -1;
    a->max_record = MAX_RECORD;
    a->progress_mode = "auto";
    a->diag = (struct mp_diag){.tool = a->name, .colour = mp_diag_wants_colour()};
    struct mp_opt common[N_COMMON];
    size_t n_common = common_options(a, common);
    struct mp_opts opts = {a->options, common, a->n_options, n_common, a->no_input};
    struct mp_error e;
    int bad = mp_opts_read(&opts, argc, argv, &a->n_files, &e);
    a->diag.json = a->errors_json;
    a->diag.quiet = a->quiet;
    if (bad) {
        mp_app_fail(a, &e);
        mp_diag_free(&a->diag);
        return 2;
    }
    struct mp_buf text = {0};
    if (a->help)
        return print_help(a, &opts);
    if (a->version)
        mp_buf_addf(&text, "%s %s\n", a->name, MP_VERSION);
    else if (a->build_info)
        mp_docs_build_info(a->name, &text);
    else if (a->docs)
        mp_docs(a->docs, a->name, a->scope, &opts, &text);
    if (text.len)
        return print_and_exit(a, &text);
    a->files = argv + 1;
    if (a->n_files == 0 && !a->no_input) {
        static char standard_input[] = "-";
        a->stdin_only[0] = standard_input;
        a->files = a->stdin_only;
        a->n_files = 1;
    }
    return MP_APP_GO;
}

/* Bytes of all inputs, 0 if one of them is no file. */
static uint64_t total_bytes(const struct mp_app *a)
{
    uint64_t total = 0;
    for (size_t i = 0; i < a->n_files; i++) {
        struct stat st;
        if (stat(a->files[i], &st) < 0 || !S_ISREG(st.st_mode))
            return 0;
        total += (uint64_t)st.st_size;
    }
    return total;
}

static void enter_sandbox(struct mp_app *a)
{
    const char *written[2 + MP_APP_FILES] = {a->out.path, a->rejects.path};
    for (size_t i = 0; i < a->n_others; i++)
        written[2 + i] = a->others[i].out.path;
    mp_sandbox_enter((const char *const *)a->files, a->n_files, written, 2 + a->n_others);
}

int mp_app_open(struct mp_app *a)
{
    if (mp_app_open_outputs(a) < 0)
        return -1;
    mp_progress_begin(&a->progress, a->name, a->quiet ? "never" : a->progress_mode, total_bytes(a));
    enter_sandbox(a);
    return 0;
}

void mp_app_place(struct mp_app *a, struct mp_str file, size_t line)
{
    if (a->stage)
        mp_stage_place(a->stage, file, line);
}

/* What there is to be said of lines that have passed the stage. */
static void say_notes(struct mp_app *a)
{
    struct mp_buf *notes = &a->stage->notes;
    const struct mp_error *e = (const struct mp_error *)(const void *)notes->data;
    for (size_t i = 0; i < notes->len / sizeof *e; i++)
        mp_app_say(a, &e[i]);
    notes->len = 0;
}

static int check_stage(struct mp_app *a, struct mp_error *e)
{
    int bad = mp_stage_check(a->stage, &a->out, e);
    say_notes(a);
    return bad;
}

static int drain_stage(struct mp_app *a, struct mp_error *e)
{
    if (!mp_stage_waits(a->stage, &a->out))
        return 0;
    int bad = mp_stage_drain(a->stage, &a->out, e);
    say_notes(a);
    return bad;
}

int mp_app_check(struct mp_app *a)
{
    struct mp_error e;
    int bad = a->stage ? check_stage(a, &e) : mp_output_check(&a->out, &e);
    if (bad)
        return mp_app_fail(a, &e);
    a->stop = a->out.closed_pipe;
    return a->stop ? -1 : 0;
}

static int check_beside(struct mp_app *a, struct mp_output *out, const char *what, const char *path)
{
    struct mp_error e;
    if (mp_output_check(out, &e) < 0)
        return mp_app_fail(a, &e);
    if (out->closed_pipe) { /* what nobody keeps is lost */
        mp_error_set(&e, MP_WRITE, "cannot write: nobody reads the %s", what);
        mp_error_at(&e, mp_str_of(path), 0, 0);
        return mp_app_fail(a, &e);
    }
    return 0;
}

int mp_app_check_file(struct mp_app *a, struct mp_app_file *file)
{
    return check_beside(a, &file->out, file->option, file->path);
}

int mp_app_reject(struct mp_app *a, const struct mp_error *why, struct mp_str raw, size_t record,
                  uint64_t offset, size_t part)
{
    struct mp_error e;
    if (part <= 1) {
        a->counts.rejected++;
        mp_app_say(a, why);
    }
    if (a->reject_file) {
        mp_reject_add(&a->rejects.buf, &(struct mp_reject){why, raw, record, offset, part});
        if (check_beside(a, &a->rejects, "rejects", a->reject_file) < 0)
            return -1;
    }
    if (a->max_rejects >= 0 && a->counts.rejected > (uint64_t)a->max_rejects) {
        mp_error_set(&e, MP_TOO_MANY, "more rejects than --max-rejects=%" PRId64, a->max_rejects);
        return mp_app_fail(a, &e);
    }
    return 0;
}

void mp_app_progress(struct mp_app *a, const struct mp_input *in)
{
    mp_progress_show(&a->progress, a->bytes + in->offset, a->counts.in);
}

void mp_app_progress_step(struct mp_app *a, const char *what, uint64_t done, uint64_t total)
{
    mp_progress_step(&a->progress, what, done, total);
}

/* Writes the records that wait in memory. -1 with the error. */
static int flush_records(struct mp_app *a, struct mp_error *e)
{
    if (a->stage)
        return drain_stage(a, e);
    return a->out.buf.len > 0 ? mp_output_flush(&a->out, e) : 0;
}

/* What waits in memory leaves before the program waits for more. */
static void on_idle(void *ctx)
{
    struct mp_app *a = ctx;
    struct mp_error e;
    if (!a->failed && flush_records(a, &e) < 0)
        mp_app_fail(a, &e);
    if (!a->failed && a->rejects.buf.len > 0 && mp_output_flush(&a->rejects, &e) < 0)
        mp_app_fail(a, &e);
}

int mp_app_each_file(struct mp_app *a, mp_app_file_fn *each, void *ctx)
{
    for (size_t i = 0; i < a->n_files; i++) {
        struct mp_input in;
        struct mp_error e;
        if (mp_input_open(&in, a->files[i], &e) < 0)
            return mp_app_fail(a, &e);
        in.idle = on_idle;
        in.idle_ctx = a;
        int bad = each(a, &in, ctx);
        a->bytes += in.offset;
        mp_input_close(&in);
        if (bad || a->failed)
            return -1;
    }
    return 0;
}

/* What is done with the records of one input. */
struct record_loop {
    const char *schema;
    mp_app_record_fn *each;
    void *ctx;
    struct mp_rec_reader reader;
};

/* A line that is too large, piece by piece. */
static int reject_large(struct mp_app *a, const struct mp_rec *rec, size_t part)
{
    struct mp_error e;
    mp_error_set(&e, MP_TOO_LARGE, "the line is longer than %" PRId64 " bytes", a->max_record);
    mp_error_at(&e, rec->file, rec->number, 1);
    return mp_app_reject(a, &e, rec->line, rec->record, rec->offset, part);
}

static int one_record(struct mp_app *a, struct mp_rec *rec, struct record_loop *r)
{
    struct mp_error e;
    int bad = mp_rec_parse(&r->reader, rec, &e);
    if (!bad && r->schema && !yyjson_equals_str(yyjson_obj_get(rec->root, "schema"), r->schema)) {
        mp_error_set(&e, MP_NOT_A_RECORD, "its schema is not \"%s\"", r->schema);
        bad = mp_error_at(&e, rec->file, rec->number, 1);
    }
    if (bad && mp_code_info[e.code].level == MP_FATAL)
        return mp_app_fail(a, &e);
    if (bad)
        return mp_app_reject(a, &e, rec->line, rec->record, rec->offset, 0);
    return r->each(a, rec, r->ctx);
}

static int run_loop(struct mp_app *a, struct mp_input *in, struct record_loop *r)
{
    struct mp_rec rec = {.file = in->name};
    size_t part = 0; /* of a line that comes in pieces */
    for (;; in->line += part == 0) {
        bool more;
        struct mp_error e;
        enum mp_line got =
            mp_input_line(in, (size_t)a->max_record, &rec.line, &rec.offset, &more, &e);
        if (got == MP_LINE_ERROR)
            return mp_app_fail(a, &e);
        if (got == MP_LINE_END)
            return 0;
        bool piece = got == MP_LINE_TOO_LARGE || part > 0; /* the last one may be a short line */
        if (!piece && mp_str_trim(rec.line).n == 0)
            continue;
        rec.number = in->line;
        if (part == 0) {
            rec.record++;
            a->counts.in++;
        }
        if (piece) {
            if (reject_large(a, &rec, ++part) < 0)
                return -1;
            part = more ? part : 0;
        } else if (one_record(a, &rec, r) < 0 || mp_app_check(a) < 0) {
            return -1;
        }
        if (a->counts.in % 256 == 0)
            mp_app_progress(a, in);
    }
}

int mp_app_records_of(struct mp_app *a, struct mp_input *in, const char *schema,
                      mp_app_record_fn *each, void *ctx)
{
    struct record_loop r = {.schema = schema, .each = each, .ctx = ctx, .reader.skim = a->skim};
    int result = run_loop(a, in, &r);
    mp_rec_reader_free(&r.reader);
    return result;
}

static int loop_of_file(struct mp_app *a, struct mp_input *in, void *ctx)
{
    return run_loop(a, in, ctx);
}

int mp_app_each_record(struct mp_app *a, const char *schema, mp_app_record_fn *each, void *ctx)
{
    struct record_loop r = {.schema = schema, .each = each, .ctx = ctx, .reader.skim = a->skim};
    int result = mp_app_each_file(a, loop_of_file, &r);
    mp_rec_reader_free(&r.reader);
    return result;
}

static uint64_t count_warnings(const struct mp_app *a)
{
    uint64_t n = 0;
    for (size_t i = 0; i < MP_N_CODES; i++)
        n += mp_code_info[i].level == MP_WARN ? a->diag.count[i] : 0;
    return n;
}

static void say_summary(struct mp_app *a)
{
    const struct mp_counts *c = &a->counts;
    uint64_t warnings = count_warnings(a);
    const struct part {
        const char *name; /* NULL: the program does not do that */
        uint64_t value;
    } parts[] = {{a->no_input ? NULL : "in", c->in},
                 {a->no_input ? NULL : "out", c->out},
                 {!a->no_input && (a->written_name || c->joined) ? "joined" : NULL, c->joined},
                 {a->no_input ? NULL : "rejected", c->rejected},
                 {a->no_input ? NULL : "dropped", c->dropped},
                 {a->written_name, c->written},
                 {warnings ? "warnings" : NULL, warnings}};
    struct mp_buf b = {0};
    if (a->errors_json) {
        mp_buf_addf(&b, "{\"tool\":\"%s\",\"level\":\"summary\"", a->name);
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            if (parts[i].name)
                mp_buf_addf(&b, ",\"%s\":%" PRIu64, parts[i].name, parts[i].value);
        mp_buf_addc(&b, '}');
    } else {
        mp_buf_adds(&b, "summary:");
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            if (parts[i].name)
                mp_buf_addf(&b, " %s=%" PRIu64, parts[i].name, parts[i].value);
    }
    mp_diag_line(&a->diag, mp_buf_str(&b));
    mp_buf_free(&b);
}

/* The last records pass the stage. */
static void finish_stage(struct mp_app *a)
{
    struct mp_error e;
    if (!a->stage || !a->opened || a->failed || a->stop)
        return;
    if (flush_records(a, &e) < 0)
        mp_app_fail(a, &e);
}

int mp_app_end(struct mp_app *a)
{
    const struct mp_counts *c = &a->counts;
    mp_progress_end(&a->progress);
    if (!a->failed && !a->stop && c->in != c->out + c->joined + c->rejected + c->dropped) {
        struct mp_error e;
        mp_error_set(&e, MP_WRITE, "records were lost: %" PRIu64 " came in; please report this",
                     c->in);
        mp_app_fail(a, &e);
    }
    finish_stage(a);
    mp_app_finish_outputs(a);
    if (!a->failed && !a->stop && !a->quiet)
        say_summary(a);
    mp_diag_free(&a->diag);
    return a->failed ? 2 : c->rejected > 0 ? 1 : 0;
}
