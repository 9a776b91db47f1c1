/* mp-ingest: exports of registers and forms become records, one JSON object a line. */
#include "cli/schemas.h"
#include "intake/intake.h"
#include "io/encoding.h"
#include "text/record.h"
#include <stdlib.h>
#include <unistd.h>

/* How the narratives are read. */
struct reading {
    bool off, explain, no_text; /* --no-signals, --explain, --no-text */
    const char *over;           /* --lexicon */
    int64_t jobs;               /* --jobs */
    struct mp_lexicon lexicon;
    struct mp_buf folder;
    struct mp_text_recorder *recorders; /* one a thread */
    struct mp_stage stage;
};

/* Says which profiles there are. */
static int fail_unknown(struct mp_app *app, const char *folder, const char *name)
{
    struct mp_error e;
    struct mp_buf names = {0};
    if (mp_profiles_names(folder, &names, &e) == 0)
        mp_error_set(&e, MP_USAGE, "no profile '%s'; there are: %s", name, mp_buf_cstr(&names));
    mp_buf_free(&names);
    return mp_app_fail(app, &e);
}

/* A profile that is named is read alone; else all are read, to be recognised. */
static int choose_profile(struct mp_app *app, struct mp_arena *rules, struct mp_intake *k,
                          const char *name, struct mp_profile *given)
{
    struct mp_error e;
    struct mp_buf folder = {0}, path = {0};
    int bad = mp_schemas_dir(&folder, &e);
    mp_buf_adds(&folder, "/profiles");
    if (!bad && !mp_buf_cstr(&folder))
        bad = mp_error_memory(&e);
    if (!bad && name)
        bad = mp_schemas_path(&path, "profiles", name, &e);
    if (bad) {
        mp_app_fail(app, &e);
    } else if (name && access(path.data, F_OK) != 0 && !strchr(name, '/')) {
        bad = fail_unknown(app, folder.data, name);
    } else if ((name ? mp_profile_load(rules, path.data, given, &e)
                     : mp_profiles_load(rules, folder.data, &k->profiles, &e)) < 0) {
        bad = mp_app_fail(app, &e);
    } else {
        k->given = name ? given : NULL;
    }
    mp_buf_free(&folder);
    mp_buf_free(&path);
    return bad;
}

/* An encoding that nobody knows is a mistake on the command line, not in a file. */
static int check_encoding(struct mp_app *app, const char *name)
{
    struct mp_encoding enc;
    struct mp_error e;
    if (!name || mp_encoding_open(&enc, mp_str_of(name), &e) == 0)
        return 0;
    return mp_app_fail(app, &e);
}

static int fail_usage(struct mp_app *app, const char *text)
{
    struct mp_error e;
    mp_error_set(&e, MP_USAGE, "%s", text);
    return mp_app_fail(app, &e);
}

static int check_reading(struct mp_app *app, const struct reading *r)
{
    if (r->off && r->explain)
        return fail_usage(app, "--explain: with --no-signals there is nothing to explain");
    if (r->off && r->over)
        return fail_usage(app, "--lexicon: with --no-signals no lexicon is read");
    if (r->jobs < 1 || r->jobs > MP_STAGE_JOBS_MAX)
        return fail_usage(app, "--jobs: a number from 1 to 256");
    return 0;
}

static int load_lexicon(struct mp_app *app, struct reading *r)
{
    struct mp_error e;
    int bad = mp_schemas_dir(&r->folder, &e);
    mp_buf_adds(&r->folder, "/lexicon");
    if (!bad && !mp_buf_cstr(&r->folder))
        bad = mp_error_memory(&e);
    if (!bad)
        bad = mp_lexicon_load(&r->lexicon, r->folder.data, r->over, &e);
    return bad ? mp_app_fail(app, &e) : 0;
}

/* The records pass through threads that read their narratives. */
static int prepare_reading(struct mp_app *app, struct reading *r)
{
    size_t n = (size_t)r->jobs;
    if (load_lexicon(app, r) < 0)
        return -1;
    r->recorders = calloc(n, sizeof *r->recorders);
    r->stage = (struct mp_stage){.work = mp_text_lines, .jobs = n};
    r->stage.workers = calloc(n, sizeof *r->stage.workers);
    if (!r->recorders || !r->stage.workers) {
        struct mp_error e;
        mp_error_memory(&e);
        return mp_app_fail(app, &e);
    }
    for (size_t i = 0; i < n; i++) {
        r->recorders[i] = (struct mp_text_recorder){.lexicon = &r->lexicon,
                                                    .folder = mp_buf_str(&r->folder),
                                                    .explain = r->explain,
                                                    .no_text = r->no_text};
        r->stage.workers[i] = &r->recorders[i];
    }
    app->stage = &r->stage;
    return 0;
}

static void free_reading(struct reading *r)
{
    void **workers = r->stage.workers;
    mp_stage_free(&r->stage);
    for (size_t i = 0; r->recorders && i < (size_t)r->jobs; i++)
        mp_text_recorder_free(&r->recorders[i]);
    free(workers);
    free(r->recorders);
    mp_lexicon_free(&r->lexicon);
    mp_buf_free(&r->folder);
}

static bool add_without_text(void *recorder, const struct mp_rec *rec, struct mp_buf *out)
{
    return mp_text_record(recorder, rec, out, NULL); /* without a lexicon there are no notes */
}

int main(int argc, char **argv)
{
    const char *profile = NULL, *ragged = "reject";
    struct mp_intake k = {0};
    struct reading r = {.jobs = (int64_t)mp_stage_processors()};
    struct mp_text_recorder hider = {.no_text = true};
    struct mp_arena rules = {0};
    struct mp_profile own;
    const struct mp_opt options[] = {
        {'p', "profile", "NAME", MP_OPT_TEXT, &profile, NULL,
         "columns mean what this profile says (a name or a YAML file; default: by the heading)"},
        {'e', "encoding", "NAME", MP_OPT_TEXT, &k.encoding, NULL,
         "text is in this encoding (default: those of the profile)"},
        {0, "ragged", "HOW", MP_OPT_CHOICE, &ragged, "reject fill",
         "rows with too few or too many fields: reject (default) or fill"},
        {0, "lexicon", "PATH", MP_OPT_TEXT, &r.over, NULL,
         "a lexicon (folder or YAML file) that is laid over the toolkit's own"},
        {0, "explain", NULL, MP_OPT_FLAG, &r.explain, NULL,
         "tell for each signal which entries of the lexicon made it"},
        {0, "no-signals", NULL, MP_OPT_FLAG, &r.off, NULL, "do not read the narrative"},
        {0, "no-text", NULL, MP_OPT_FLAG, &r.no_text, NULL,
         "leave the narrative and all quotes of it out (it is read before)"},
        {'j', "jobs", "N", MP_OPT_COUNT, &r.jobs, NULL,
         "read narratives in N threads (default: as many as there are processors)"},
    };
    struct mp_app app = {
        .name = "mp-ingest",
        .about = "exports of registers and forms become records",
        .usage = "[options] [FILE ...]",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .scope = MP_IN_INGEST,
    };
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    k.fill_ragged = strcmp(ragged, "fill") == 0;
    k.no_text = r.off && r.no_text;
    k.add_without_text = add_without_text;
    k.without_text = &hider;
    if (check_reading(&app, &r) == 0 && choose_profile(&app, &rules, &k, profile, &own) == 0 &&
        check_encoding(&app, k.encoding) == 0 && (r.off || prepare_reading(&app, &r) == 0) &&
        mp_app_open(&app) == 0)
        mp_app_each_file(&app, mp_intake_file, &k);
    status = mp_app_end(&app);
    free_reading(&r);
    mp_text_recorder_free(&hider);
    mp_arena_free(&rules);
    mp_arena_free(&k.arena);
    return status;
}
