/* Exports in JSON Lines, and records that are already ours. */
#include "intake/session.h"
#include "io/record.h"
#include <inttypes.h>
#include <stdio.h>

struct json_rows {
    struct mp_session *s;
    struct mp_rec_reader reader;
    struct mp_rec rec;
    size_t part;
    struct mp_buf surplus, names; /* of keys that the profile does not name: cells and names */
};

typedef int line_fn(struct json_rows *r);

/* Every line of the input, parsed; what is no object is rejected. */
static int each_line(struct json_rows *r, line_fn *each)
{
    struct mp_session *s = r->s;
    struct mp_input *in = s->in;
    for (;; in->line += r->part == 0) {
        struct mp_error e;
        bool more;
        enum mp_line got =
            mp_input_line(in, (size_t)s->app->max_record, &r->rec.line, &r->rec.offset, &more, &e);
        if (got == MP_LINE_ERROR)
            return mp_app_fail(s->app, &e);
        if (got == MP_LINE_END)
            return 0;
        if (got == MP_LINE && r->part == 0 && mp_str_trim(r->rec.line).n == 0)
            continue;
        s->row.line = r->rec.number = in->line;
        s->row.offset = r->rec.offset;
        if (r->part == 0) {
            s->row.record++;
            s->app->counts.in++;
        }
        int bad;
        if (got == MP_LINE_TOO_LARGE || r->part > 0) {
            r->part++;
            bad = mp_session_reject(s, MP_TOO_LARGE, in->line, 1, r->rec.line, r->part,
                                    "the line is longer than --max-record");
            r->part = more ? r->part : 0;
        } else if (mp_rec_parse(&r->reader, &r->rec, &e) < 0) {
            if (mp_code_info[e.code].level == MP_FATAL)
                return mp_app_fail(s->app, &e);
            bad = mp_app_reject(s->app, &e, r->rec.line, s->row.record, r->rec.offset, 0);
        } else {
            bad = each(r);
        }
        if (bad < 0)
            return -1;
        if (s->app->counts.in % 256 == 0)
            mp_app_progress(s->app, in);
    }
}

/* ---- another format: keys are columns ---- */

/* The columns are those that the profile names; other keys of a line go to rest by their names. */
static int bind(struct json_rows *r)
{
    struct mp_session *s = r->s;
    size_t duplicate;
    return mp_session_begin(s, s->profile->columns, s->profile->n_columns, &duplicate);
}

static int export_line(struct json_rows *r)
{
    struct mp_session *s = r->s;
    memset(s->cells, 0, s->table.n_columns * sizeof *s->cells);
    r->surplus.len = r->names.len = 0;
    yyjson_obj_iter all = yyjson_obj_iter_with(r->rec.root);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&all));) {
        yyjson_val *value = yyjson_obj_iter_get_val(key);
        struct mp_str name = mp_rec_text(key);
        size_t c = 0;
        while (c < s->table.n_columns && !mp_str_eq(s->table.names[c], name))
            c++;
        if (yyjson_is_null(value))
            continue;
        struct mp_cell cell = {mp_rec_text(value), value};
        if (c < s->table.n_columns) {
            s->cells[c] = cell;
        } else {
            mp_buf_add(&r->surplus, &cell, sizeof cell);
            mp_buf_add(&r->names, &name, sizeof name);
        }
    }
    if (r->surplus.failed || r->names.failed) {
        struct mp_error e;
        mp_error_memory(&e);
        return mp_app_fail(s->app, &e);
    }
    s->row.surplus = (const struct mp_cell *)(const void *)r->surplus.data;
    s->row.surplus_names = (const struct mp_str *)(const void *)r->names.data;
    s->row.n_surplus = r->surplus.len / sizeof(struct mp_cell);
    return mp_session_row(s, r->rec.line);
}

int mp_intake_jsonl(struct mp_session *s)
{
    struct json_rows r = {.s = s, .rec.file = s->in->name};
    int result = bind(&r);
    if (result == 0)
        result = each_line(&r, export_line);
    mp_session_end(s);
    mp_rec_reader_free(&r.reader);
    mp_buf_free(&r.surplus);
    mp_buf_free(&r.names);
    return result;
}

/* ---- records that are already ours: checked, and passed on byte for byte ---- */

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

static int own_line(struct json_rows *r)
{
    struct mp_session *s = r->s;
    struct mp_buf *out = &s->app->out.buf;
    const char *key = misshapen(r->rec.root);
    if (key) {
        char text[120];
        snprintf(text, sizeof text, "no record: \"%s\" has not the value that a record has", key);
        return mp_session_reject(s, MP_NOT_A_RECORD, r->rec.number, 1, r->rec.line, 0, text);
    }
    if (s->k->no_text) {
        mp_rec_add_without(out, &r->rec, MP_STR("narrative"));
    } else {
        mp_buf_addstr(out, r->rec.line);
        mp_buf_addc(out, '\n');
    }
    s->app->counts.out++;
    return mp_app_check(s->app);
}

int mp_intake_records(struct mp_session *s)
{
    struct json_rows r = {.s = s, .rec.file = s->in->name};
    int result = each_line(&r, own_line);
    mp_rec_reader_free(&r.reader);
    return result;
}
