/* Where a table is read: in its section, or in the appendix; and how much of it. */
#include "page/build.h"
#include <stdlib.h>

/* A row as it stood, with what it is sorted by. */
struct sized {
    struct mp_page_row row;
    double size;
    size_t place;
    bool last; /* what is not known, and totals */
};

static int by_size(const void *x, const void *y)
{
    const struct sized *a = x, *b = y;
    if (a->last != b->last)
        return a->last - b->last;
    if (!a->last && a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* The number that tells how much a row matters: its total, or else its first; -1 if it has none. */
static double size_of(const struct mp_page_table *t, const struct mp_page_row *row)
{
    const struct mp_page_cell *c = row->cells + (t->total_column ? t->n_cells - 1 : 0);
    return t->n_cells > 0 && c->kind == MP_CELL_NUMBER ? c->size : -1;
}

/* Of values that no words list the highest are shown, highest first. */
static void highest(struct mp_build *b, struct mp_page_table *t)
{
    struct mp_words *w = &b->words;
    struct mp_str unknown = mp_words_get(w, "page.unknown");
    struct sized *rows = mp_build_alloc(b, t->n_rows, sizeof *rows);
    size_t most = (size_t)b->layout.most, shown = 0, folded = 0;
    for (size_t i = 0; i < t->n_rows && rows; i++) {
        struct mp_page_row *row = t->rows + i;
        bool last = row->total || mp_str_eq(row->labels[0], unknown);
        rows[i] = (struct sized){*row, size_of(t, row), i, last};
    }
    if (!rows)
        return;
    qsort(rows, t->n_rows, sizeof *rows, by_size);
    for (size_t i = 0; i < t->n_rows; i++) {
        t->rows[i] = rows[i].row;
        if (rows[i].last)
            continue;
        t->rows[i].folded = shown == most;
        folded += shown == most;
        shown += shown < most;
    }
    if (folded > 0)
        t->remark = mp_words_fill(w, "page.folded",
                                  (struct mp_fill[]){{"shown", mp_words_count(w, shown)},
                                                     {"n", mp_words_count(w, folded)}},
                                  2);
}

/* The last rows of a table by time, without its total, which is of all rows. */
static struct mp_page_table latest(struct mp_build *b, const struct mp_page_table *t)
{
    struct mp_words *w = &b->words;
    struct mp_page_table part = *t;
    struct mp_str unknown = mp_words_get(w, "page.unknown");
    size_t end = t->n_rows, recent = (size_t)b->layout.recent;
    while (end > 0 && (t->rows[end - 1].total || mp_str_eq(t->rows[end - 1].labels[0], unknown)))
        end--;
    part.n_rows = end < recent ? end : recent;
    part.rows = t->rows + (end - part.n_rows);
    part.remark = mp_words_fill(
        w, "page.recent",
        (struct mp_fill[]){{"n", mp_words_count(w, part.n_rows)}, {"all", mp_words_count(w, end)}},
        2);
    return part;
}

/* Whether any of the tables counts what sections show. */
static bool any_main(const struct mp_build *b, const struct mp_made_table *made, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!made[i].unit.p || mp_layout_has(b->layout.units, made[i].unit))
            return true;
    return false;
}

void mp_build_fold(struct mp_build *b, struct mp_buf *made, struct mp_buf *body,
                   struct mp_buf *appendix)
{
    struct mp_made_table *all = (struct mp_made_table *)(void *)made->data;
    size_t n = made->len / sizeof *all;
    bool some = any_main(b, all, n);
    for (size_t i = 0; i < n; i++) {
        struct mp_page_table *t = &all[i].table;
        bool time = all[i].down.p && mp_layout_has(b->layout.times, all[i].down);
        bool aside = some && all[i].unit.p && !mp_layout_has(b->layout.units, all[i].unit);
        if (all[i].down.p && !time && !mp_words_listed(&b->words, all[i].down))
            highest(b, t);
        bool cut = time && t->n_rows > (size_t)b->layout.recent + 1;
        if (cut && !aside && (!all[i].unit.p || mp_str_eq(all[i].unit, b->layout.unit) || n == 1)) {
            struct mp_page_table part = latest(b, t);
            part.whole = (unsigned)(appendix->len / sizeof *t) + 1;
            mp_buf_add(body, &part, sizeof part);
        }
        mp_buf_add(cut || aside ? appendix : body, t, sizeof *t);
    }
    b->failed |= made->failed || body->failed || appendix->failed;
    mp_buf_free(made);
}
