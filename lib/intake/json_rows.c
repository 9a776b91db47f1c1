/* Exports in JSON Lines: the keys of an object are its columns. */
#include "intake/session.h"
#include "io/record.h"

struct json_rows {
    struct mp_session *s;
    struct mp_buf surplus, names; /* of keys that the profile does not name: cells and names */
};

static void add_member(struct json_rows *r, struct mp_str name, yyjson_val *value)
{
    struct mp_session *s = r->s;
    struct mp_intake_cell cell = {mp_rec_text(value), value};
    size_t c = 0;
    while (c < s->table.n_columns && !mp_str_eq(s->table.names[c], name))
        c++;
    if (c < s->table.n_columns) {
        s->cells[c] = cell;
    } else {
        mp_buf_add(&r->surplus, &cell, sizeof cell);
        mp_buf_add(&r->names, &name, sizeof name);
    }
}

static int one_line(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct json_rows *r = ctx;
    struct mp_session *s = r->s;
    memset(s->cells, 0, s->table.n_columns * sizeof *s->cells);
    r->surplus.len = r->names.len = 0;
    yyjson_obj_iter all = yyjson_obj_iter_with(rec->root);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&all));) {
        yyjson_val *value = yyjson_obj_iter_get_val(key);
        if (!yyjson_is_null(value))
            add_member(r, mp_rec_text(key), value);
    }
    if (r->surplus.failed || r->names.failed) {
        struct mp_error e;
        mp_error_memory(&e);
        return mp_app_fail(app, &e);
    }
    s->row.record = rec->record;
    s->row.line = rec->number;
    s->row.offset = rec->offset;
    s->row.surplus = (const struct mp_intake_cell *)(const void *)r->surplus.data;
    s->row.surplus_names = (const struct mp_str *)(const void *)r->names.data;
    s->row.n_surplus = r->surplus.len / sizeof(struct mp_intake_cell);
    return mp_session_row(s, rec->line);
}

/* The columns are those that the profile names; other keys of a line go to rest by their names. */
int mp_intake_jsonl(struct mp_session *s)
{
    struct json_rows r = {.s = s};
    size_t duplicate;
    int result = mp_session_begin(s, s->profile->columns, s->profile->n_columns, &duplicate);
    if (result == 0)
        result = mp_app_records_of(s->app, s->in, NULL, one_line, &r);
    mp_session_end(s);
    mp_buf_free(&r.surplus);
    mp_buf_free(&r.names);
    return result;
}
