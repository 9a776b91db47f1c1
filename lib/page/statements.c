/* Sentences with a number out of the rows. */
#include "page/build.h"
#include <stdlib.h>

/* The row of a table at the values of a map; NULL map: the total. */
static const struct mp_rows_row *row_at(struct mp_build *b, struct mp_str table,
                                        const struct mp_statement *s, const struct mp_yaml *by)
{
    struct mp_by at[MP_ROW_DIMENSIONS];
    size_t n = by ? by->n : 0;
    if (n > MP_ROW_DIMENSIONS)
        return NULL;
    for (size_t i = 0; i < n; i++)
        at[i] = (struct mp_by){by->keys[i]->text, by->items[i]->text};
    return mp_rows_find(b->rows, table, s->unit, s->measure, at, n);
}

/* The highest total of all tables: a table can count a part of the records only. A total that is
 * not told could be it, and stands before all. */
static const struct mp_rows_row *widest_total(struct mp_build *b, const struct mp_statement *s)
{
    const struct mp_rows_row *best = NULL;
    double most = -1;
    for (size_t i = 0; i < b->rows->n_counts; i++) {
        const struct mp_rows_row *r = b->rows->row + i;
        if (r->n_by > 0 || !mp_str_eq(r->unit, s->unit) || !mp_str_eq(r->measure, s->measure) ||
            mp_str_eq(r->table, b->layout.sources))
            continue;
        if (r->suppressed.p || r->conflict)
            return r;
        double size = r->value.p ? strtod(r->value.p, NULL) : 0;
        if (size > most) {
            best = r;
            most = size;
        }
    }
    return best;
}

const struct mp_rows_row *mp_build_headline_row(struct mp_build *b, const struct mp_statement *s)
{
    const struct mp_rows_row *r = NULL;
    for (size_t i = 0; s->tables && i < s->tables->n && !r; i++)
        r = row_at(b, s->tables->items[i]->text, s, s->by);
    return r || s->by || !mp_str_is(s->measure, "count") ? r : widest_total(b, s);
}

/* The sentence, or p NULL where one of its numbers is not there or not shown. */
static struct mp_str sentence(struct mp_build *b, const struct mp_statement *s)
{
    for (size_t i = 0; s->tables && i < s->tables->n; i++) {
        struct mp_str table = s->tables->items[i]->text;
        const struct mp_rows_row *row = row_at(b, table, s, s->by);
        const struct mp_rows_row *all = s->all ? row_at(b, table, s, s->all) : row;
        if (!row || !all)
            continue;
        struct mp_page_cell n = mp_build_cell(b, row), whole = mp_build_cell(b, all);
        if (n.kind != MP_CELL_NUMBER || whole.kind != MP_CELL_NUMBER)
            return (struct mp_str){0};
        const struct mp_fill fills[] = {
            {"n", n.text},
            {"all", whole.text},
            {"unit", mp_words_name(&b->words, "units", s->unit, "one")},
            {"units", mp_words_name(&b->words, "units", s->unit, "many")}};
        return mp_words_say(&b->words, "statements", s->say, NULL, fills, 4);
    }
    return (struct mp_str){0};
}

void mp_build_statements(struct mp_build *b, const struct mp_statements *s, struct mp_buf *text)
{
    for (size_t i = 0; i < s->n; i++) {
        struct mp_str said = sentence(b, s->statement + i);
        if (said.n == 0)
            continue;
        if (text->len > 0)
            mp_buf_addc(text, ' ');
        mp_buf_addstr(text, said);
    }
}
