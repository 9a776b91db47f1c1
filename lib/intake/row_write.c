/*
 * The record's text, from the values that row.c has read.
 *
 * All records of a file have the same keys in the same order, so what stands between the values
 * is put together once, as pieces: JSON text, and the value that comes behind it.
 */
#include "intake/row_write.h"
#include "io/json.h"
#include "io/record.h"

struct mp_row_piece {
    struct mp_str text;                                         /* as mp_buf_add_blocks wants it */
    enum { END, FIELD, PROSE, AGE, RECORD, LINE, OFFSET } what; /* that follows the text */
    const struct mp_value *value;                               /* of FIELD and PROSE */
};

enum { MOST_PIECES = MP_N_FIELDS + 5 };

/* ---- laying out ---- */

struct layout {
    struct mp_row_writer *w;
    struct mp_buf text; /* of all pieces */
    size_t begin;       /* of the text of the next one */
};

static void close_piece(struct layout *l, struct mp_row_piece piece)
{
    struct mp_row_writer *w = l->w;
    piece.text = (struct mp_str){NULL, l->text.len - l->begin};
    w->pieces[w->n_pieces++] = piece;
    l->begin = l->text.len;
}

static void add_number(struct layout *l, const char *key, struct mp_row_piece piece)
{
    mp_json_add_key(&l->text, key);
    close_piece(l, piece);
}

/* `,"key":`, without the comma right behind a brace. */
static void add_key(struct mp_buf *b, struct mp_str key)
{
    bool first = b->len > 0 && b->data[b->len - 1] == '{';
    mp_buf_add(b, key.p + first, key.n - first);
}

/* `"key":` and the value of every field from..to that the table gives; the age has its place
 * behind the sex. */
static void add_fields(struct layout *l, enum mp_field from, enum mp_field to)
{
    const bool *gives = l->w->table->gives;
    for (enum mp_field f = from; f <= to; f++) {
        if (gives[f]) {
            add_key(&l->text, mp_field_info[f].key);
            close_piece(l, (struct mp_row_piece){
                               .what = mp_field_info[f].type == MP_FIELD_PROSE ? PROSE : FIELD,
                               .value = &l->w->values[f]});
        }
        if (f == MP_F_SEX && gives[MP_F_BIRTH_DATE])
            add_number(l, "age", (struct mp_row_piece){.what = AGE});
    }
}

static void add_group(struct layout *l, const char *key, enum mp_field from, enum mp_field to)
{
    bool any = false;
    for (enum mp_field f = from; f <= to; f++)
        any |= l->w->table->gives[f];
    if (!any)
        return;
    mp_json_add_key(&l->text, key);
    mp_buf_addc(&l->text, '{');
    add_fields(l, from, to);
    mp_buf_addc(&l->text, '}');
}

static void add_source(struct layout *l, struct mp_str file)
{
    const struct mp_profile *p = l->w->table->profile;
    mp_json_add_key(&l->text, "source");
    mp_buf_addc(&l->text, '{');
    mp_json_add_field(&l->text, "file", file);
    add_number(l, "record", (struct mp_row_piece){.what = RECORD});
    add_number(l, "line", (struct mp_row_piece){.what = LINE});
    add_number(l, "offset", (struct mp_row_piece){.what = OFFSET});
    mp_json_add_field(&l->text, "profile", p->name);
    add_fields(l, MP_F_UNIT, MP_F_UNIT);
    mp_buf_addc(&l->text, '}');
}

bool mp_row_lay_out(struct mp_row_writer *w, struct mp_arena *a, struct mp_str file)
{
    struct layout l = {.w = w};
    for (enum mp_field f = 0; f < MP_N_FIELDS; f++)
        w->facts |= (uint32_t)mp_field_info[f].is_fact << f;
    w->n_pieces = 0;
    w->pieces = mp_arena_alloc(a, MOST_PIECES * sizeof *w->pieces);
    if (!w->pieces)
        return false;
    mp_buf_adds(&l.text, "{\"schema\":\"" MP_SCHEMA "\"");
    add_fields(&l, MP_F_ID, MP_F_KIND);
    add_source(&l, file);
    add_fields(&l, MP_F_REPORTED_AT, MP_F_REPORTED_AT);
    add_group(&l, "person", MP_F_GIVEN_NAME, MP_F_CLIENT_ID);
    add_group(&l, "place", MP_F_INSTITUTION, MP_F_PLACED_SINCE);
    add_fields(&l, MP_F_MISSING_SINCE, MP_F_TRAFFIC_LIGHT);
    if (!w->no_text)
        add_fields(&l, MP_F_NARRATIVE, MP_F_NARRATIVE);
    close_piece(&l, (struct mp_row_piece){.what = END});
    size_t n = l.text.len;
    char *text = l.text.failed ? NULL : mp_arena_alloc(a, n + MP_BLOCK);
    for (size_t i = 0, at = 0; text && i < w->n_pieces; at += w->pieces[i++].text.n)
        w->pieces[i].text.p = text + at;
    if (text)
        memcpy(text, l.text.data, n);
    mp_buf_free(&l.text);
    return text != NULL;
}

/* ---- writing ---- */

static void add_time(struct mp_buf *b, struct mp_time t)
{
    mp_buf_addc(b, '"');
    mp_time_add(b, t);
    mp_buf_addc(b, '"');
}

static bool knows_age(const struct mp_row_writer *w)
{
    return w->values[MP_F_BIRTH_DATE].time.known && mp_row_day(w).known;
}

static void add_age(const struct mp_row_writer *w, struct mp_buf *b)
{
    if (knows_age(w)) /* a birth behind the report was taken back */
        mp_buf_addu(b,
                    (uint64_t)mp_date_age(w->values[MP_F_BIRTH_DATE].time.day, mp_row_day(w).day));
    else
        mp_buf_add(b, "null", 4);
}

static void add_piece(const struct mp_row_writer *w, const struct mp_intake_row *row,
                      const struct mp_row_piece *piece, struct mp_buf *b)
{
    const struct mp_value *v = piece->value;
    mp_buf_add_blocks(b, piece->text);
    switch (piece->what) {
    case FIELD:
        if (v->text.p)
            mp_json_add_str(b, v->text);
        else if (v->time.known)
            add_time(b, v->time);
        else
            mp_buf_add(b, "null", 4);
        break;
    case PROSE:
        if (v->text.p)
            mp_json_add_text(b, v->text);
        else
            mp_buf_add(b, "null", 4);
        break;
    case AGE:
        add_age(w, b);
        break;
    case RECORD:
        mp_buf_addu(b, row->record);
        break;
    case LINE:
        mp_buf_addu(b, row->line);
        break;
    case OFFSET:
        mp_buf_addu(b, row->offset);
        break;
    case END:
        break;
    }
}

enum { AGE_KNOWN = MP_N_FIELDS }; /* a bit behind those of the fields */

static void list_facts(struct mp_buf *b, uint32_t from)
{
    b->len = 0;
    mp_buf_adds(b, ",\"facts_from\":{");
    if (from >> AGE_KNOWN)
        mp_buf_adds(b, "\"age\":\"column\"");
    for (enum mp_field f = 0; f < MP_N_FIELDS; f++)
        if (from >> f & 1) {
            add_key(b, mp_field_info[f].key);
            mp_buf_adds(b, "\"column\"");
        }
    mp_buf_addc(b, '}');
}

/* Which facts stand in a column; those of the text are added when it is read. They are the same in
 * nearly every row, so the text is kept for the next one. */
static void add_facts_from(struct mp_row_writer *w, struct mp_buf *b)
{
    uint32_t from = (w->from_column & w->facts) | (uint32_t)knows_age(w) << AGE_KNOWN;
    if (!from)
        return;
    if (from != w->facts_listed) {
        list_facts(&w->facts_text, from);
        w->facts_listed = from;
    }
    mp_buf_addstr(b, mp_buf_str(&w->facts_text));
}

static void add_cell(const struct mp_intake_cell *cell, struct mp_buf *b)
{
    if (cell->json)
        mp_rec_add_value(b, cell->json);
    else
        mp_json_add_str(b, cell->text);
}

static bool is_empty(const struct mp_intake_cell *c)
{
    return !c->json && c->text.n == 0;
}

static void add_comma(struct mp_buf *b)
{
    if (b->len > 0 && b->data[b->len - 1] != '{')
        mp_buf_addc(b, ',');
}

static void add_column(const struct mp_row_writer *w, const struct mp_intake_row *row, size_t c,
                       struct mp_buf *b)
{
    if (is_empty(&row->cells[c]))
        return;
    add_comma(b);
    mp_buf_addstr(b, w->table->keys[c]);
    add_cell(&row->cells[c], b);
}

static void add_surplus(const struct mp_row_writer *w, const struct mp_intake_row *row,
                        struct mp_buf *b)
{
    for (size_t i = 0; i < row->n_surplus; i++) {
        if (is_empty(&row->surplus[i]))
            continue;
        add_comma(b);
        if (row->surplus_names) {
            mp_json_add_str(b, row->surplus_names[i]);
            mp_buf_addc(b, ':');
        } else {
            mp_buf_addf(b, "\"(%zu)\":", w->table->n_columns + i + 1);
        }
        add_cell(&row->surplus[i], b);
    }
}

/* Columns that nobody reads, and texts that could not be read. */
static void add_rest(const struct mp_row_writer *w, const struct mp_intake_row *row,
                     struct mp_buf *b)
{
    const struct mp_table *t = w->table;
    size_t start = b->len;
    mp_buf_adds(b, ",\"rest\":{");
    size_t open = b->len;
    if (w->is_spoilt) {
        for (size_t c = 0; c < t->n_columns; c++)
            if (t->to_rest[c] || w->spoilt[c])
                add_column(w, row, c, b);
    } else {
        for (size_t i = 0; i < t->n_rest; i++)
            add_column(w, row, t->rest[i], b);
    }
    add_surplus(w, row, b);
    if (b->len == open)
        b->len = start;
    else
        mp_buf_addc(b, '}');
}

void mp_row_write_json(struct mp_row_writer *w, const struct mp_intake_row *row, struct mp_buf *b)
{
    for (size_t i = 0; i < w->n_pieces; i++)
        add_piece(w, row, &w->pieces[i], b);
    add_facts_from(w, b);
    add_rest(w, row, b);
    mp_buf_add(b, "}\n", 2);
}
