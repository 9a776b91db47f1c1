/* The record's text, from the values that row.c has read. */
#include "intake/row_write.h"
#include "io/json.h"
#include "io/record.h"

static inline void add(struct mp_buf *b, const char *literal)
{
    mp_buf_add(b, literal, strlen(literal));
}

/* `,"key":`, without the comma right behind a brace. */
static void add_key(struct mp_str key, struct mp_buf *b)
{
    bool first = b->len > 0 && b->data[b->len - 1] == '{';
    mp_buf_add(b, key.p + first, key.n - first);
}

static void add_value(const struct mp_row_writer *w, enum mp_field f, struct mp_buf *b)
{
    const struct mp_value *v = &w->values[f];
    if (v->time.known) {
        mp_buf_addc(b, '"');
        mp_time_add(b, v->time);
        mp_buf_addc(b, '"');
    } else if (!v->text.p) {
        add(b, "null");
    } else {
        mp_json_add_str(b, v->text);
    }
}

static void add_age(const struct mp_row_writer *w, struct mp_buf *b)
{
    struct mp_time day = mp_row_day(w), birth = w->values[MP_F_BIRTH_DATE].time;
    add_key(MP_STR(",\"age\":"), b);
    if (birth.known && day.known)
        mp_buf_addu(b,
                    (uint64_t)mp_date_age(birth.day, day.day)); /* a later birth was taken back */
    else
        add(b, "null");
}

/* `"key":value` for every field from..to that the profile maps; the age has its place behind the
 * sex. */
static void add_fields(const struct mp_row_writer *w, enum mp_field from, enum mp_field to,
                       struct mp_buf *b)
{
    const struct mp_sources *mapped = w->table->profile->fields;
    for (enum mp_field f = from; f <= to; f++) {
        if (mapped[f].n > 0) {
            add_key(mp_field_info[f].key, b);
            add_value(w, f, b);
        }
        if (f == MP_F_SEX && mapped[MP_F_BIRTH_DATE].n > 0)
            add_age(w, b);
    }
}

bool mp_row_source_text(struct mp_row_writer *w, struct mp_arena *a, struct mp_str file)
{
    const struct mp_profile *p = w->table->profile;
    struct mp_buf head = {0}, tail = {0};
    mp_buf_adds(&head, ",\"source\":{\"file\":");
    mp_json_add_str(&head, file);
    mp_buf_adds(&head, ",\"record\":");
    mp_buf_adds(&tail, ",\"profile\":");
    mp_json_add_str(&tail, p->name);
    if (p->unit.p) {
        mp_buf_adds(&tail, ",\"unit\":");
        mp_json_add_str(&tail, p->unit);
    }
    mp_buf_addc(&tail, '}');
    w->source_head = mp_arena_str(a, mp_buf_str(&head));
    w->source_tail = mp_arena_str(a, mp_buf_str(&tail));
    bool good = !head.failed && !tail.failed && w->source_head.p && w->source_tail.p;
    mp_buf_free(&head);
    mp_buf_free(&tail);
    return good;
}

static void add_source(const struct mp_row_writer *w, const struct mp_row *row, struct mp_buf *b)
{
    mp_buf_addstr(b, w->source_head);
    mp_buf_addu(b, row->record);
    add(b, ",\"line\":");
    mp_buf_addu(b, row->line);
    add(b, ",\"offset\":");
    mp_buf_addu(b, row->offset);
    mp_buf_addstr(b, w->source_tail);
}

/* Which facts stand in a column; those of the text are added when it is read. */
static void add_facts_from(const struct mp_row_writer *w, struct mp_buf *b)
{
    size_t start = b->len;
    add(b, ",\"facts_from\":{");
    size_t empty = b->len;
    if (w->values[MP_F_BIRTH_DATE].time.known && mp_row_day(w).known) {
        add_key(MP_STR(",\"age\":"), b);
        add(b, "\"column\"");
    }
    for (enum mp_field f = 0; f < MP_N_FIELDS; f++)
        if (mp_field_info[f].is_fact && w->values[f].from_column) {
            add_key(mp_field_info[f].key, b);
            add(b, "\"column\"");
        }
    if (b->len == empty)
        b->len = start;
    else
        mp_buf_addc(b, '}');
}

static void add_cell(const struct mp_cell *cell, struct mp_buf *b)
{
    if (cell->json)
        mp_rec_add_value(b, cell->json);
    else
        mp_json_add_str(b, cell->text);
}

static bool is_empty(const struct mp_cell *c)
{
    return !c->json && c->text.n == 0;
}

/* Columns that nobody reads, and texts that could not be read. */
static void add_rest(const struct mp_row_writer *w, const struct mp_row *row, struct mp_buf *b)
{
    const struct mp_table *t = w->table;
    size_t start = b->len;
    add(b, ",\"rest\":{");
    size_t empty = b->len;
    for (size_t c = 0; c < t->n_columns; c++) {
        if (!(t->to_rest[c] || w->spoilt[c]) || is_empty(&row->cells[c]))
            continue;
        if (b->len > empty)
            mp_buf_addc(b, ',');
        mp_buf_addstr(b, t->keys[c]);
        add_cell(&row->cells[c], b);
    }
    for (size_t i = 0; i < row->n_surplus; i++) {
        if (is_empty(&row->surplus[i]))
            continue;
        if (b->len > empty)
            mp_buf_addc(b, ',');
        if (row->surplus_names) {
            mp_json_add_str(b, row->surplus_names[i]);
            mp_buf_addc(b, ':');
        } else {
            mp_buf_addf(b, "\"(%zu)\":", t->n_columns + i + 1);
        }
        add_cell(&row->surplus[i], b);
    }
    if (b->len == empty)
        b->len = start;
    else
        mp_buf_addc(b, '}');
}

static void add_group(const struct mp_row_writer *w, const char *key, enum mp_field from,
                      enum mp_field to, struct mp_buf *b)
{
    bool any = false;
    for (enum mp_field f = from; f <= to; f++)
        any |= w->table->profile->fields[f].n > 0;
    if (!any)
        return;
    mp_json_add_key(b, key);
    mp_buf_addc(b, '{');
    add_fields(w, from, to, b);
    mp_buf_addc(b, '}');
}

void mp_row_write_json(const struct mp_row_writer *w, const struct mp_row *row, struct mp_buf *b)
{
    add(b, "{\"schema\":\"" MP_SCHEMA "\"");
    add_fields(w, MP_F_ID, MP_F_KIND, b);
    add_source(w, row, b);
    add_fields(w, MP_F_REPORTED_AT, MP_F_REPORTED_AT, b);
    add_group(w, "person", MP_F_GIVEN_NAME, MP_F_CLIENT_ID, b);
    add_group(w, "place", MP_F_INSTITUTION, MP_F_MUNICIPALITY, b);
    add_fields(w, MP_F_MISSING_SINCE, MP_F_TRAFFIC_LIGHT, b);
    if (w->table->profile->fields[MP_F_NARRATIVE].n > 0 && !w->no_text) {
        struct mp_str text = w->values[MP_F_NARRATIVE].text;
        add(b, ",\"narrative\":");
        if (text.p)
            mp_json_add_text(b, text);
        else
            add(b, "null");
    }
    add_facts_from(w, b);
    add_rest(w, row, b);
    add(b, "}\n");
}
