/*
 * mp-synth - writes synthetic reports with their truth, at any size, to test and measure how
 * reports are linked.
 *
 * Reads no input: what the reports are like stands in a model, the rest is chance by seed.
 */
#include "cli/app.h"
#include "cli/schemas.h"
#include "synth/write.h"

struct synth {
    /* the command line's */
    const char *model_name;
    int64_t reports, seed;
    /* the run's */
    struct mp_arena arena;
    struct mp_synth_model model;
    struct mp_synth_stream stream;
    struct mp_synth_writer writer;
    struct mp_app_file truth;
};

static int begin(struct synth *s, struct mp_error *e)
{
    struct mp_buf path = {0};
    int bad = mp_schemas_find(&path, "synth", s->model_name, e);
    if (!bad)
        bad = mp_synth_model_read(&s->arena, path.data, &s->model, e);
    mp_buf_free(&path);
    if (bad)
        return -1;
    return mp_synth_begin(&s->stream, &s->arena, &s->model, (uint64_t)s->seed, (uint64_t)s->reports,
                          e);
}

/* One report and its truth; `offset` is where the next one begins. */
static int write_report(struct synth *s, struct mp_app *app, uint64_t *offset)
{
    struct mp_error e;
    struct mp_buf *out = &app->out.buf;
    size_t start = out->len;
    const struct mp_synth_youth *y = mp_synth_next(&s->stream);
    if (!y) {
        mp_error_memory(&e);
        return mp_app_fail(app, &e);
    }
    mp_synth_add_record(&s->writer, &s->stream, y, app->counts.written + 1, *offset, out);
    *offset += out->len - start;
    if (s->truth.path) {
        mp_synth_add_truth(&s->writer, y, &s->truth.out.buf);
        if (mp_app_check_file(app, &s->truth) < 0)
            return -1;
    }
    mp_synth_done(&s->stream);
    app->counts.written++;
    return mp_app_check(app);
}

static void write_all(struct synth *s, struct mp_app *app)
{
    uint64_t offset = 0;
    for (int64_t i = 0; i < s->reports; i++) {
        if (write_report(s, app, &offset) < 0)
            return;
        if (i % 256 == 0)
            mp_progress_show(&app->progress, offset, app->counts.written);
    }
}

int main(int argc, char **argv)
{
    struct synth s = {
        .model_name = "default", .reports = 1000, .seed = 1, .truth = {.option = "truth"}};
    struct mp_app app = {
        .name = "mp-synth",
        .about = "writes synthetic reports with their truth, to test how reports are linked",
        .usage = "[options]",
        .scope = MP_IN_SYNTH,
        .no_input = true,
        .written_name = "reports",
        .others = &s.truth,
        .n_others = 1,
    };
    const struct mp_opt options[] = {
        {'n', "reports", "N", MP_OPT_COUNT, &s.reports, NULL, "write N reports (default 1000)"},
        {'s', "seed", "N", MP_OPT_COUNT, &s.seed, NULL,
         "another number gives other youths and reports (default 1)"},
        {'m', "model", "NAME", MP_OPT_TEXT, &s.model_name, NULL,
         "reports like those of this model, a name or a file (default: default)"},
        {'t', "truth", "FILE", MP_OPT_TEXT, &s.truth.path, NULL,
         "write person, episode and role of each report to FILE"},
        {0, "no-narrative", NULL, MP_OPT_FLAG, &s.writer.no_narrative, NULL,
         "leave the free text out"},
    };
    app.options = options;
    app.n_options = sizeof options / sizeof options[0];
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    struct mp_error e;
    if (begin(&s, &e) < 0)
        mp_app_fail(&app, &e);
    else if (mp_app_open(&app) == 0)
        write_all(&s, &app);
    status = mp_app_end(&app);
    mp_synth_writer_free(&s.writer);
    mp_synth_stream_free(&s.stream);
    mp_arena_free(&s.arena);
    return status;
}
