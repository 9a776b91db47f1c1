/* Published figures beside the same from the input: side by side, never mixed. */
#include "page/bulletin.h"

enum { LONG = 2000 }; /* characters of a definition or a caveat */

/* A text of a figure: sentences, longer than a name. */
static struct mp_str figure_text(struct mp_build *b, struct mp_str s)
{
    return s.p ? mp_build_cut(b, s, LONG) : MP_STR("");
}

/* "at least 90 girls"; a range; or that nothing was published. */
static struct mp_str published(struct mp_build *b, const struct mp_published *f)
{
    static const char *const bounds[] = {"exact", "lower", "about", "upper"};
    static const char *const paths[] = {"figures.exact", "figures.lower", "figures.about",
                                        "figures.upper"};
    struct mp_words *w = &b->words;
    struct mp_str number = {0};
    if (f->low.p && f->high.p)
        number = mp_words_fill(w, "figures.range",
                               (struct mp_fill[]){{"low", mp_words_number(w, f->low)},
                                                  {"high", mp_words_number(w, f->high)}},
                               2);
    else if (f->value.p)
        number = mp_words_number(w, f->value);
    else
        return mp_words_get(w, "figures.none");
    size_t bound = 0;
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        if (mp_str_is(f->bound, bounds[i]))
            bound = i;
    const struct mp_fill fills[] = {{"n", mp_build_text(b, number)},
                                    {"unit", f->unit.p ? mp_build_text(b, f->unit) : MP_STR("")}};
    return mp_words_fill(w, paths[bound], fills, 2);
}

static bool same_figure(const struct mp_rows_row *x, const struct mp_rows_row *y)
{
    return mp_str_eq(x->table, y->table) && mp_str_eq(x->figure->name, y->figure->name) &&
           mp_str_eq(x->figure->label, y->figure->label);
}

/* The total of a figure, and its parts by one dimension of time: the others are long, and stand in
 * a table. */
static bool stands_out(const struct mp_build *b, const struct mp_rows_row *r)
{
    return r->n_by == 0 || (r->n_by == 1 && mp_layout_has(b->layout.times, r->by[0].dimension));
}

/* True of a total that its only period says already. */
static bool said_by_period(const struct mp_build *b, struct mp_rows_range range,
                           const struct mp_rows_row *total)
{
    const struct mp_rows_row *period = NULL;
    for (size_t i = range.from; i < range.end; i++) {
        const struct mp_rows_row *r = b->rows->row + i;
        if (r->n_by != 1 || !mp_layout_has(b->layout.periods, r->by[0].dimension))
            continue;
        if (period)
            return false;
        period = r;
    }
    return total->n_by == 0 && period && !mp_build_is_unknown(period->by[0].value) &&
           mp_str_eq(period->unit, total->unit) && mp_str_eq(period->measure, total->measure) &&
           total->value.p && period->value.p && mp_str_eq(total->value, period->value);
}

static void computed(struct mp_build *b, struct mp_comparison *c, const struct mp_rows_row *r)
{
    struct mp_computed *v = c->computed + c->n_computed++;
    *v = (struct mp_computed){.cell = mp_build_cell(b, r)};
    bool one = mp_str_is(v->cell.text, "1") && mp_str_is(r->measure, "count");
    v->of = r->n_by ? mp_build_value(b, r->by[0].dimension, r->by[0].value) : MP_STR("");
    v->unit = one ? mp_build_text(b, mp_words_name(&b->words, "units", r->unit, "one"))
                  : mp_build_pair(b, r->unit, r->measure);
    mp_build_refer_pair(b, &c->refs, r->unit, r->measure);
}

/* The rows of a figure by its dimensions: a table of its own. */
static void parts(struct mp_build *b, struct mp_comparison *c, struct mp_rows_range range,
                  struct mp_buf *appendix)
{
    struct mp_buf made = {0};
    if (!mp_build_tables(b, range, false, &made))
        return;
    struct mp_made_table *all = (struct mp_made_table *)(void *)made.data;
    for (size_t i = 0; i < made.len / sizeof *all && !b->failed; i++) {
        struct mp_page_table *t = &all[i].table;
        t->caption = mp_words_fill(
            &b->words, "page.caption",
            (struct mp_fill[]){{"table", c->name},
                               {"unit", mp_build_pair(b, b->rows->row[range.from].unit,
                                                      b->rows->row[range.from].measure)}},
            2);
        mp_buf_add(appendix, t, sizeof *t);
        c->whole = c->whole ? c->whole : (unsigned)(appendix->len / sizeof *t);
    }
    mp_buf_free(&made);
}

static struct mp_comparison compare(struct mp_build *b, struct mp_rows_range range,
                                    struct mp_buf *appendix)
{
    const struct mp_rows_row *rows = b->rows->row;
    const struct mp_published *f = rows[range.from].figure;
    struct mp_comparison c = {.name = mp_build_text(b, f->name),
                              .label = figure_text(b, f->label),
                              .definition = figure_text(b, f->definition),
                              .published = published(b, f),
                              .period = figure_text(b, f->period),
                              .source = figure_text(b, f->source),
                              .caveat = figure_text(b, f->caveat),
                              .not_countable = figure_text(b, f->not_countable)};
    bool all = true;
    c.computed = mp_build_alloc(b, range.end - range.from, sizeof *c.computed);
    for (size_t i = range.from; i < range.end && c.computed; i++) {
        if (c.not_countable.n > 0)
            mp_rows_placed(b->rows, rows + i, MP_ROW_SHOWN);
        else if (said_by_period(b, range, rows + i))
            mp_rows_placed(b->rows, rows + i, MP_ROW_SAME);
        else if (stands_out(b, rows + i))
            computed(b, &c, rows + i);
        else
            all = false;
    }
    if (!all)
        parts(b, &c, range, appendix);
    return c;
}

void mp_build_comparisons(struct mp_build *b, struct mp_section *s, struct mp_buf *appendix)
{
    const struct mp_rows *rows = b->rows;
    struct mp_buf all = {0};
    for (size_t i = rows->n_counts, end; i < rows->n; i = end) {
        end = i + 1;
        while (end < rows->n && same_figure(rows->row + i, rows->row + end))
            end++;
        struct mp_comparison c = compare(b, (struct mp_rows_range){i, end}, appendix);
        mp_buf_add(&all, &c, sizeof c);
    }
    s->comparisons = mp_build_items(b, &all, sizeof *s->comparisons, &s->n_comparisons);
}
