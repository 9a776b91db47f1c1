/* Records that are already ours: checked, and passed on byte for byte. */
#include "intake/session.h"
#include "io/record.h"

enum kind { TEXT, OBJECT, LIST };

static const struct {
    const char *path;
    enum kind kind;
} shape[] = {
    {"schema", TEXT},        {"id", TEXT},        {"document", TEXT},
    {"kind", TEXT},          {"source", OBJECT},  {"reported_at", TEXT},
    {"person", OBJECT},      {"place", OBJECT},   {"missing_since", TEXT},
    {"returned_at", TEXT},   {"narrative", TEXT}, {"police_category", TEXT},
    {"traffic_light", TEXT}, {"signals", LIST},   {"facts_from", OBJECT},
    {"rest", OBJECT},        {"link", OBJECT},    {"triage", OBJECT},
};

/* The first key whose value is of another kind than a record has; NULL if all is well. */
static const char *misshapen(yyjson_val *root)
{
    if (!yyjson_equals_str(yyjson_obj_get(root, "schema"), MP_SCHEMA))
        return "schema";
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) {
        yyjson_val *v = yyjson_obj_get(root, shape[i].path);
        bool good = !v || yyjson_is_null(v) ||
                    (shape[i].kind == TEXT     ? yyjson_is_str(v)
                     : shape[i].kind == OBJECT ? yyjson_is_obj(v)
                                               : yyjson_is_arr(v));
        if (!good)
            return shape[i].path;
    }
    return NULL;
}

static int one_line(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    const struct mp_session *s = ctx;
    struct mp_buf *out = &app->out.buf;
    const char *key = misshapen(rec->root);
    if (key) {
        struct mp_error e;
        mp_error_set(&e, MP_NOT_A_RECORD, "no record: \"%s\" has not the value that a record has",
                     key);
        mp_error_at(&e, rec->file, rec->number, 1);
        return mp_app_reject(app, &e, rec->line, rec->record, rec->offset, 0);
    }
    if (s->k->no_text) {
        mp_rec_add_without(out, rec, MP_STR("narrative"));
    } else {
        mp_buf_addstr(out, rec->line);
        mp_buf_addc(out, '\n');
    }
    app->counts.out++;
    return 0;
}

int mp_intake_records(struct mp_session *s)
{
    return mp_app_records_of(s->app, s->in, NULL, one_line, s);
}
