/* mp-ingest: exports of registers and forms become records, one JSON object a line. */
#include "cli/schemas.h"
#include "intake/intake.h"
#include "io/encoding.h"

static const struct mp_profile *find_profile(const struct mp_profiles *all, const char *name)
{
    for (size_t i = 0; i < all->n; i++)
        if (mp_str_is(all->list[i].name, name))
            return &all->list[i];
    return NULL;
}

/* --profile NAME is one of those known; FILE.yaml is read alone. */
static int choose_profile(struct mp_app *app, struct mp_arena *rules, struct mp_intake *k,
                          const char *name, struct mp_profile *own)
{
    struct mp_error e;
    struct mp_buf path = {0};
    int bad = mp_schemas_dir(&path, &e);
    mp_buf_adds(&path, "/profiles");
    const char *folder = mp_buf_cstr(&path);
    if (!bad && !folder)
        bad = mp_error_memory(&e);
    if (!bad && name && (strchr(name, '/') || strstr(name, ".yaml"))) {
        bad = mp_profile_load(rules, name, own, &e);
        k->given = own;
    } else if (!bad) {
        bad = mp_profiles_load(rules, folder, &k->profiles, &e);
        k->given = !bad && name ? find_profile(&k->profiles, name) : NULL;
        if (!bad && name && !k->given)
            bad = mp_error_set(&e, MP_USAGE, "no profile '%s' in %s", name, folder);
    }
    if (bad)
        mp_app_fail(app, &e);
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
