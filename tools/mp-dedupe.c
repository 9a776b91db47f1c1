/* mp-dedupe: joins the reports of one youth, and those of one absence into an episode. */
#include "cli/app.h"
#include "cli/schemas.h"
#include "link/cluster.h"
#include "link/lines.h"
#include "link/write.h"
#include <stdlib.h>

struct dedupe {
    struct mp_arena rules;
    struct mp_link_model model;
    struct mp_link_reports reports;
    struct mp_link_report **as_read; /* --annotate: the reports in the order of the input */
    struct mp_link_episodes episodes;
    struct mp_link_merger merger;
    bool annotate;
};

static int load(struct dedupe *d, const char *name, struct mp_error *e)
{
    struct mp_buf path = {0};
    int result = mp_schemas_path(&path, "linkage", name, e);
    if (!result)
        result = mp_link_model_read(&d->rules, path.data, &d->model, e);
    mp_buf_free(&path);
    d->reports.model = &d->model;
    return result;
}

static int gather(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct dedupe *d = ctx;
    struct mp_error e;
    return mp_link_add(&d->reports, rec, &e) < 0 ? mp_app_fail(app, &e) : 0;
}

static void say_apart(void *ctx, const struct mp_link_report *a, const struct mp_link_report *b,
                      const struct mp_link_rule *join, const struct mp_link_rule *apart)
{
    struct mp_error e;
    mp_error_set(&e, MP_KEPT_APART,
                 "kept apart from %s (%.*s, line %zu): one youth by rule '%s', but two by rule "
                 "'%s', which outranks it",
                 a->label.p, (int)a->file.n, a->file.p, a->number, join->name.p, apart->name.p);
    mp_error_at(&e, b->file, b->number, 1);
    mp_app_say(ctx, &e);
}

static int write_episodes(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    size_t n;
    struct mp_link_line *lines = mp_link_lines(&d->reports, &d->episodes, &n);
    int bad = lines ? 0 : mp_error_memory(&e);
    for (size_t i = 0; !bad && i < n; i++) {
        if (lines[i].episode) {
            bad = mp_link_add_episode(&d->merger, &d->model, lines[i].episode, &app->out.buf, &e);
            app->counts.joined += lines[i].episode->n;
            app->counts.written++;
        } else {
            mp_buf_addstr(&app->out.buf, lines[i].whole->line);
            mp_buf_addc(&app->out.buf, '\n');
            app->counts.out++;
        }
        if (!bad && mp_app_check(app) < 0)
            break;
    }
    free(lines);
    return bad ? mp_app_fail(app, &e) : 0;
}

static int write_annotated(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    for (size_t i = 0; i < d->reports.n; i++) {
        if (mp_link_add_annotated(&d->merger, &d->model, d->as_read[i], &app->out.buf, &e) < 0)
            return mp_app_fail(app, &e);
        app->counts.out++;
        if (mp_app_check(app) < 0)
            return -1;
    }
    return 0;
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

static int link_all(struct dedupe *d, struct mp_app *app)
{
    struct mp_error e;
    if (d->annotate && remember_order(d, &e) < 0)
        return mp_app_fail(app, &e);
    mp_link_sort(&d->reports);
    if (mp_link_cluster(&d->reports, say_apart, app, &e) < 0 ||
        mp_link_episodes(&d->reports, &d->episodes, &e) < 0)
        return mp_app_fail(app, &e);
    return d->annotate ? write_annotated(d, app) : write_episodes(d, app);
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
    struct dedupe d = {0};
    const char *model = "default";
    const struct mp_opt options[] = {
        {'m', "model", "NAME", MP_OPT_TEXT, &model, NULL,
         "link by this model, a name or a file (default: default)"},
        {'a', "annotate", NULL, MP_OPT_FLAG, &d.annotate, NULL,
         "write every report as it came, with the key link, and merge nothing"},
    };
    struct mp_app app = {
        .name = "mp-dedupe",
        .about = "joins the reports of one youth, and those of one absence into an episode",
        .usage = "[options] [FILE ...]",
        .options = options,
        .n_options = sizeof options / sizeof options[0],
        .scope = MP_IN_DEDUPE,
    };
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    struct mp_error e;
    app.written_name = d.annotate ? NULL : "episodes";
    if (load(&d, model, &e) < 0)
        mp_app_fail(&app, &e);
    else if (mp_app_open(&app) == 0 && mp_app_each_record(&app, MP_SCHEMA, gather, &d) == 0 &&
             link_all(&d, &app) == 0 && d.merger.left_triage)
        say_triage_left(&app);
    status = mp_app_end(&app);
    mp_link_merger_free(&d.merger);
    mp_link_episodes_free(&d.episodes);
    mp_link_reports_free(&d.reports);
    free(d.as_read);
    mp_arena_free(&d.rules);
    return status;
}
