/* Records that are already ours: checked, and passed on byte for byte; and lines that are records
 * but for what this toolkit adds, the schema and where they come from. */
#include "intake/session.h"
#include "io/edit.h"
#include "io/json.h"

enum kind { TEXT, OBJECT, LIST };

static const struct {
    const char *path;
    enum kind kind;
} shape[] = {
    {"schema", TEXT},          {"id", TEXT},
    {"document", TEXT},        {"kind", TEXT},
    {"source", OBJECT},        {"reported_at", TEXT},
    {"person", OBJECT},        {"place", OBJECT},
    {"missing_since", TEXT},   {"returned_at", TEXT},
    {"narrative", TEXT},       {"police_category", TEXT},
    {"first_action_at", TEXT}, {"interview_at", TEXT},
    {"traffic_light", TEXT},   {"signals", LIST},
    {"facts_from", OBJECT},    {"rest", OBJECT},
    {"link", OBJECT},          {"triage", OBJECT},
};

/* The first key whose value is of another kind than a record has; NULL if all is well. */
static const char *misshapen(yyjson_val *root)
{
    yyjson_val *schema = yyjson_obj_get(root, "schema");
    if (schema && !yyjson_equals_str(schema, MP_SCHEMA))
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

/* The first key that a line without a schema needs and lacks; p NULL if it has all. */
static struct mp_str lacking(const struct mp_profile *p, yyjson_val *root)
{
    for (size_t i = 0; i < p->n_columns; i++)
        if (p->needed[i] && !mp_rec_member(root, p->columns[i]))
            return p->columns[i];
    return (struct mp_str){0};
}

struct own_records {
    const struct mp_session *s;
    struct mp_buf source, line;  /* of a record without a schema: what it gets, and all of it */
    struct mp_rec_reader reader; /* and once more as it will be */
};

static int fail_memory(struct mp_app *app)
{
    struct mp_error e;
    mp_error_memory(&e);
    return mp_app_fail(app, &e);
}

static int reject(struct mp_app *app, const struct mp_rec *rec, struct mp_str key, const char *what)
{
    struct mp_error e;
    mp_error_set(&e, MP_NOT_A_RECORD, "no record: \"%.*s\" %s", (int)key.n, key.p, what);
    mp_error_at(&e, rec->file, rec->number, 1);
    return mp_app_reject(app, &e, rec->line, rec->record, rec->offset, 0);
}

/* Gives it a schema, and a source if it has none. False if memory ran out. */
static bool complete(struct own_records *o, struct mp_rec *rec)
{
    struct mp_buf *b = &o->source;
    b->len = o->line.len = 0;
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "file", rec->file);
    mp_json_add_key(b, "record");
    mp_buf_addu(b, rec->record);
    mp_json_add_key(b, "line");
    mp_buf_addu(b, rec->number);
    mp_json_add_key(b, "offset");
    mp_buf_addu(b, rec->offset);
    mp_json_add_field(b, "profile", o->s->profile->name);
    mp_buf_addc(b, '}');
    struct mp_members members;
    struct mp_edits edits = {.set = 0};
    struct mp_error e;
    mp_members_find(&members, rec->line, mp_record_keys);
    mp_edits_set(&edits, MP_KEY_SCHEMA, MP_STR("\"" MP_SCHEMA "\""));
    if (!mp_members_get(&members, MP_KEY_SOURCE).p)
        mp_edits_set(&edits, MP_KEY_SOURCE, mp_buf_str(b));
    mp_edit_add(&o->line, &members, &edits);
    rec->line = mp_buf_str(&o->line);
    return !b->failed && !o->line.failed && mp_rec_parse(&o->reader, rec, &e) == 0;
}

static int one_line(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct own_records *o = ctx;
    const struct mp_intake *k = o->s->k;
    struct mp_buf *out = &app->out.buf;
    const char *key = misshapen(rec->root);
    if (key)
        return reject(app, rec, mp_str_of(key), "has not the value that a record has");
    if (!mp_rec_member(rec->root, MP_STR("schema"))) {
        struct mp_str lacks = lacking(o->s->profile, rec->root);
        if (lacks.p)
            return reject(app, rec, lacks, "is missing, and it has no schema");
        if (!complete(o, rec))
            return fail_memory(app);
    }
    if (k->no_text) {
        if (!k->add_without_text(k->without_text, rec, out))
            return fail_memory(app);
    } else {
        mp_buf_addstr(out, rec->line);
        mp_buf_addc(out, '\n');
    }
    mp_app_place(app, rec->file, rec->number);
    app->counts.out++;
    return 0;
}

int mp_intake_records(struct mp_session *s)
{
    struct own_records o = {.s = s};
    int result = mp_app_records_of(s->app, s->in, NULL, one_line, &o);
    mp_buf_free(&o.source);
    mp_buf_free(&o.line);
    mp_rec_reader_free(&o.reader);
    return result;
}
