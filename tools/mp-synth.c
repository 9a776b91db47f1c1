/*
 * mp-synth - writes synthetic reports with their truth: a stream of any size, to test and measure
 * how reports are linked, or the exports of a country, to test all that comes after them.
 *
 * Reads no input: what the reports are like stands in a model or a scenario, the rest is chance by
 * seed.
 */
#include "cli/app.h"
#include "cli/schemas.h"
#include "synth/country.h"
#include "synth/write.h"
#include <stdlib.h>

enum { MP_SYNTH_REPORTS = 1000 };

struct synth {
    /* the command line's */
    const char *model_name;
    int64_t reports, seed;
    /* the run's */
    struct mp_arena arena;
    struct mp_synth_model model;
    struct mp_synth_stream stream;
    struct mp_synth_writer writer;
    struct mp_app_file files[1 + MP_SYNTH_EXPORTS]; /* the truth, then the exports */
    /* of a country */
    const char *scenario_name, *folder;
    struct mp_synth_scenario *scenario;
    struct mp_synth_country country;
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
    if (s->files[0].path) {
        mp_synth_add_truth(&s->writer, y, &s->files[0].out.buf);
        if (mp_app_check_file(app, &s->files[0]) < 0)
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

/* Where the exports go. */
static int name_exports(struct synth *s, struct mp_app *app, struct mp_error *e)
{
    struct mp_buf path = {0};
    for (size_t i = 0; i < s->scenario->n_exports; i++) {
        path.len = 0;
        mp_buf_addf(&path, "%s/%s", s->folder, s->scenario->exports[i].file.p);
        struct mp_str kept = mp_arena_str(&s->arena, mp_buf_str(&path));
        if (path.failed || !kept.p) {
            mp_buf_free(&path);
            return mp_error_memory(e);
        }
        s->files[1 + i] = (struct mp_app_file){.option = "exports", .path = kept.p};
    }
    app->n_others = 1 + s->scenario->n_exports;
    mp_buf_free(&path);
    return 0;
}

static int begin_country(struct synth *s, struct mp_app *app, struct mp_error *e)
{
    s->scenario = mp_arena_alloc(&s->arena, sizeof *s->scenario);
    if (!s->scenario)
        return mp_error_memory(e);
    if (!s->folder)
        return mp_error_set(e, MP_USAGE, "--scenario: the exports need a folder: --exports DIR");
    if (s->writer.no_narrative)
        return mp_error_set(e, MP_USAGE, "--no-narrative is for a stream, not for --scenario");
    if (app->output)
        return mp_error_set(e, MP_USAGE, "--output is for a stream: exports go to --exports");
    if (s->model_name)
        return mp_error_set(e, MP_USAGE, "--model is for a stream, not for --scenario");
    if (s->reports == 0)
        return mp_error_set(e, MP_USAGE, "--reports: a country has 1 or more");
    if (mp_synth_scenario_read(&s->arena, s->scenario_name, s->reports < 0 ? 0 : s->reports,
                               mp_schemas_find, s->scenario, e) < 0 ||
        mp_synth_settle(&s->country, s->scenario, (uint64_t)s->seed, e) < 0 ||
        mp_synth_compose(&s->country, e) < 0)
        return -1;
    return name_exports(s, app, e);
}

static void write_country(struct synth *s, struct mp_app *app)
{
    struct mp_error e;
    for (size_t i = 0; i < s->scenario->n_exports; i++) {
        mp_synth_export_rows(&s->country, i, &s->files[1 + i].out.buf, &app->counts.written);
        if (mp_app_check_file(app, &s->files[1 + i]) < 0)
            return;
    }
    if (!s->files[0].path)
        return;
    if (mp_synth_country_truth(&s->country, &s->files[0].out.buf, &e) < 0)
        mp_app_fail(app, &e);
    else
        mp_app_check_file(app, &s->files[0]);
}

static int begin_either(struct synth *s, struct mp_app *app, struct mp_error *e)
{
    if (s->scenario_name)
        return begin_country(s, app, e);
    if (s->folder)
        return mp_error_set(e, MP_USAGE, "--exports is for a country: --scenario NAME");
    if (s->reports < 0)
        s->reports = MP_SYNTH_REPORTS;
    if (!s->model_name)
        s->model_name = "default";
    return begin(s, e);
}

int main(int argc, char **argv)
{
    struct synth s = {.reports = -1, .seed = 1, .files = {{.option = "truth"}}};
    struct mp_app app = {
        .name = "mp-synth",
        .about = "writes synthetic reports with their truth, to test how reports are linked",
        .usage = "[options]",
        .scope = MP_IN_SYNTH,
        .no_input = true,
        .written_name = "reports",
        .others = s.files,
        .n_others = 1,
    };
    const struct mp_opt options[] = {
        {'n', "reports", "N", MP_OPT_COUNT, &s.reports, NULL,
         "write N reports (default 1000; of a country, scale it to about so many)"},
        {'s', "seed", "N", MP_OPT_COUNT, &s.seed, NULL,
         "another number gives other youths and reports (default 1)"},
        {'m', "model", "NAME", MP_OPT_TEXT, &s.model_name, NULL,
         "reports like those of this model, a name or a file (default: default)"},
        {'t', "truth", "FILE", MP_OPT_TEXT, &s.files[0].path, NULL,
         "write person, episode and role of each report to FILE"},
        {'S', "scenario", "NAME", MP_OPT_TEXT, &s.scenario_name, NULL,
         "a country, by a scenario's name or file, in place of a stream"},
        {'e', "exports", "DIR", MP_OPT_TEXT, &s.folder, NULL,
         "write the country's exports into this folder"},
        {0, "no-narrative", NULL, MP_OPT_FLAG, &s.writer.no_narrative, NULL,
         "leave the free text out"},
    };
    app.options = options;
    app.n_options = sizeof options / sizeof options[0];
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    struct mp_error e;
    if (begin_either(&s, &app, &e) < 0)
        mp_app_fail(&app, &e);
    else if (mp_app_open(&app) == 0 && s.scenario_name)
        write_country(&s, &app);
    else if (app.opened)
        write_all(&s, &app);
    status = mp_app_end(&app);
    mp_synth_country_free(&s.country);
    mp_synth_writer_free(&s.writer);
    mp_synth_stream_free(&s.stream);
    mp_arena_free(&s.arena);
    return status;
}
