/* mp-triage: says how urgent each report is by a protocol, and why. */
#include "cli/app.h"
#include "cli/schemas.h"
#include "rules/verdict.h"

struct triage {
    struct mp_protocol protocol;
    struct mp_verdict verdict;
    struct mp_as_of as_of;
    struct mp_buf json;
};

static int each(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct triage *t = ctx;
    t->json.len = 0;
    mp_verdict_of(&t->verdict, &t->protocol, rec->root);
    mp_verdict_add(&t->json, &t->verdict, &t->protocol, &t->as_of);
    app->out.buf.failed |= t->json.failed;
    mp_rec_add_with(&app->out.buf, rec, MP_STR("triage"), mp_buf_str(&t->json));
    app->counts.out++;
    return 0;
}

static int load(struct triage *t, const char *name, const char *lang, struct mp_error *e)
{
    struct mp_buf path = {0};
    int result = mp_schemas_path(&path, "protocols", name, e);
    if (!result)
        result = mp_protocol_load(&t->protocol, path.data, lang, e);
    /* the error's place is borrowed from rules that live until the end */
    mp_buf_free(&path);
    return result;
}

int main(int argc, char **argv)
{
    struct triage t = {0};
    const char *protocol = "nl-2019", *lang = "nl";
    struct mp_time as_of = {0};
    const struct mp_opt options[] = {
        {'p', "protocol", "NAME", MP_OPT_TEXT, &protocol, NULL,
         "judge by this protocol, a name or a file (default nl-2019)"},
        {'l', "lang", "LANG", MP_OPT_CHOICE, &lang, "nl en",
         "language of the reasons: nl (default) or en"},
        {0, "as-of", "DATE", MP_OPT_DATE, &as_of, NULL,
         "also say how long the youth was missing at this moment"},
    };
    struct mp_app app = {
        .name = "mp-triage",
        .about = "says how urgent each report is by a protocol, and why",
        .usage = "[options] [FILE ...]",
        .options = options,
        .n_options = sizeof options / sizeof options[0],
        .scope = MP_IN_TRIAGE,
    };
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    mp_as_of_set(&t.as_of, as_of);
    struct mp_error e;
    if (load(&t, protocol, lang, &e) < 0)
        mp_app_fail(&app, &e);
    else if (mp_app_open(&app) == 0)
        mp_app_each_record(&app, MP_SCHEMA, each, &t);
    status = mp_app_end(&app);
    mp_protocol_free(&t.protocol);
    mp_buf_free(&t.verdict.reasons);
    mp_buf_free(&t.as_of.json);
    mp_buf_free(&t.json);
    return status;
}
