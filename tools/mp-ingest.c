/* mp-ingest: exports of registers and forms become records, one JSON object a line. */
#include "cli/schemas.h"
#include "intake/intake.h"
#include "io/encoding.h"
#include <unistd.h>

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

int main(int argc, char **argv)
{
    const char *profile = NULL, *ragged = "reject";
    struct mp_intake k = {0};
    struct mp_arena rules = {0};
    struct mp_profile own;
    const struct mp_opt options[] = {
        {'p', "profile", "NAME", MP_OPT_TEXT, &profile, NULL,
         "columns mean what this profile says (a name or a YAML file; default: by the heading)"},
        {'e', "encoding", "NAME", MP_OPT_TEXT, &k.encoding, NULL,
         "text is in this encoding (default: those of the profile)"},
        {0, "ragged", "HOW", MP_OPT_CHOICE, &ragged, "reject fill",
         "rows with too few or too many fields: reject (default) or fill"},
        {0, "no-text", NULL, MP_OPT_FLAG, &k.no_text, NULL, "leave the narrative out"},
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
    if (choose_profile(&app, &rules, &k, profile, &own) == 0 &&
        check_encoding(&app, k.encoding) == 0 && mp_app_open(&app) == 0)
        mp_app_each_file(&app, mp_intake_file, &k);
    status = mp_app_end(&app);
    mp_arena_free(&rules);
    mp_arena_free(&k.arena);
    return status;
}
