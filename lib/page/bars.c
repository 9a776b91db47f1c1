/* Bars that lie: the numbers of one table by one dimension or two. */
#include "page/build.h"
#include <stdlib.h>

enum { BARS_MAX = 24, PAIRS_MAX = 40 }; /* of one dimension, of two: more are in the table alone */

/* What is not known has no bar where it is so much more than the highest of what is known. */
static const double DWARFS = 2;

static const struct mp_str COUNT = {"count", 5}, SHARE = {"share", 5};

struct chart {
    struct mp_build *b;
    const struct mp_drawing *drawing;
    struct mp_str table, unit, dims[2];
    size_t n_dims;
    const struct mp_rows_row **rows;
    size_t n;
    size_t left_out, hidden;
    bool percent; /* the axis ends at 100 */
};

static bool fits(const struct chart *c, const struct mp_rows_row *r)
{
    if (r->n_by != c->n_dims || !mp_str_eq(r->measure, c->drawing->measure))
        return false;
    for (size_t i = 0; i < c->n_dims; i++)
        if (!mp_rows_by(r, c->dims[i]))
            return false;
    return true;
}

/* The drawing's unit where it is counted, or else the first that the words list. */
static struct mp_str find_unit(const struct chart *c, struct mp_rows_range range)
{
    struct mp_str best = {0};
    size_t order = SIZE_MAX;
    for (size_t i = range.from; i < range.end; i++) {
        const struct mp_rows_row *r = c->b->rows->row + i;
        if (!fits(c, r))
            continue;
        if (mp_str_eq(r->unit, c->drawing->unit))
            return r->unit;
        size_t at = mp_words_order(&c->b->words, "units", r->unit, (struct mp_str){0});
        if (!best.p || at < order) {
            best = r->unit;
            order = at;
        }
    }
    return best;
}

static double size_of(const struct mp_rows_row *r)
{
    return r->value.p ? strtod(r->value.p, NULL) : -1;
}

static struct mp_str value_of(const struct chart *c, const struct mp_rows_row *r, size_t dimension)
{
    return mp_rows_by(r, c->dims[dimension])->value;
}

/* The first dimension in the order of the words, or highest first; what is not known last. */
static int row_cmp(const void *x, const void *y, void *ctx)
{
    const struct chart *c = ctx;
    const struct mp_rows_row *p = *(const struct mp_rows_row *const *)x;
    const struct mp_rows_row *q = *(const struct mp_rows_row *const *)y;
    struct mp_str a = value_of(c, p, 0), b = value_of(c, q, 0);
    bool ua = mp_build_is_unknown(a), ub = mp_build_is_unknown(b);
    bool by_size =
        c->n_dims == 1 && (c->drawing->by_size || !mp_words_listed(&c->b->words, c->dims[0]));
    if (by_size && ua == ub && size_of(p) != size_of(q))
        return size_of(p) > size_of(q) ? -1 : 1;
    int d = mp_build_value_cmp(c->b, c->dims[0], a, b);
    return d || c->n_dims == 1
               ? d
               : mp_build_value_cmp(c->b, c->dims[1], value_of(c, p, 1), value_of(c, q, 1));
}

static void find_rows(struct chart *c, struct mp_rows_range range)
{
    c->rows = mp_build_alloc(c->b, range.end - range.from + 1, sizeof *c->rows);
    for (size_t i = range.from; i < range.end && c->rows; i++) {
        const struct mp_rows_row *r = c->b->rows->row + i;
        if (fits(c, r) && mp_str_eq(r->unit, c->unit))
            c->rows[c->n++] = r;
    }
    if (c->n)
        qsort_r(c->rows, c->n, sizeof *c->rows, row_cmp, c);
    size_t most = c->n_dims == 1 ? BARS_MAX : PAIRS_MAX;
    c->left_out = c->n > most ? c->n - most : 0;
    c->n -= c->left_out;
}

/* The share of the same, where it was counted too. */
static struct mp_str share_of(struct chart *c, const struct mp_rows_row *r)
{
    if (!mp_str_eq(c->drawing->measure, COUNT))
        return MP_STR("");
    const struct mp_rows_row *s =
        mp_rows_find(c->b->rows, r->table, r->unit, SHARE, r->by, r->n_by);
    if (!s || s->conflict || s->suppressed.p || !s->value.p)
        return MP_STR("");
    return mp_form_text(&c->b->words, s->value,
                        mp_layout_form(&c->b->layout, s->table, s->measure));
}

static void fill_bar(struct chart *c, struct mp_bar *bar, const struct mp_rows_row *r)
{
    size_t last = c->n_dims - 1;
    struct mp_str value = value_of(c, r, last), name = {0};
    const struct mp_yaml *marks = c->drawing->marks;
    bar->cell = mp_build_cell(c->b, r);
    bar->label = mp_build_value(c->b, c->dims[last], value);
    bar->group = last ? mp_build_value(c->b, c->dims[0], value_of(c, r, 0)) : MP_STR("");
    bar->beside = share_of(c, r);
    bar->soft = mp_build_is_unknown(value) || mp_build_is_unknown(value_of(c, r, 0));
    for (size_t i = 0; marks && value.p && i < marks->n; i++)
        if (mp_str_eq(marks->keys[i]->text, value))
            name = marks->items[i]->text;
    bar->mark = name.p ? mp_words_say(&c->b->words, "marks", name, NULL, NULL, 0) : MP_STR("");
    c->hidden += bar->cell.kind == MP_CELL_HIDDEN;
}

/* What is not known makes the axis longer, or has no bars at all: its numbers stand there. */
static void fit_unknown(struct mp_figure *f)
{
    double most = 0;
    for (size_t i = 0; i < f->n_bars; i++)
        if (f->bars[i].soft && f->bars[i].cell.size > most)
            most = f->bars[i].cell.size;
    bool dwarfs = most > f->top * DWARFS && f->top > 0;
    for (size_t i = 0; i < f->n_bars; i++)
        if (f->bars[i].soft && dwarfs)
            f->bars[i].cell.size = 0;
    if (!dwarfs && most > f->top)
        f->top = most;
}

static void place_bars(struct chart *c, struct mp_figure *f)
{
    f->bars = mp_build_alloc(c->b, c->n, sizeof *f->bars);
    f->n_bars = f->bars ? c->n : 0;
    for (size_t i = 0; i < f->n_bars; i++) {
        fill_bar(c, f->bars + i, c->rows[i]);
        if (!f->bars[i].soft && f->bars[i].cell.size > f->top)
            f->top = f->bars[i].cell.size;
    }
    fit_unknown(f);
    if (f->top > 0)
        f->top = c->percent && f->top <= 100 ? 100 : mp_build_top(f->top);
}

/* The highest bar of what is known, and how many more are as high; NULL: no number at all. */
static struct mp_bar *find_highest(struct mp_figure *f, size_t *ties)
{
    struct mp_bar *best = NULL;
    *ties = 0;
    for (size_t i = 0; i < f->n_bars; i++) {
        struct mp_bar *bar = f->bars + i;
        if (bar->cell.kind != MP_CELL_NUMBER || bar->soft)
            continue;
        if (!best || bar->cell.size > best->cell.size) {
            best = bar;
            *ties = 0;
        } else if (bar->cell.size == best->cell.size) {
            ++*ties;
        }
    }
    return best;
}

static struct mp_str bar_name(struct chart *c, const struct mp_bar *bar)
{
    if (c->n_dims == 1)
        return bar->label;
    return mp_words_fill(&c->b->words, "bulletin.bar_of",
                         (struct mp_fill[]){{"group", bar->group}, {"label", bar->label}}, 2);
}

static void say(struct mp_buf *text, struct mp_str sentence)
{
    if (text->len > 0 && sentence.n > 0)
        mp_buf_addc(text, ' ');
    mp_buf_addstr(text, sentence);
}

static void say_count(struct chart *c, struct mp_buf *text, const char *path, size_t n)
{
    struct mp_words *w = &c->b->words;
    if (n > 0)
        say(text, mp_words_fill(w, path, (struct mp_fill[]){{"n", mp_words_count(w, n)}}, 1));
}

static struct mp_str takeaway(struct chart *c, struct mp_figure *f, struct mp_str what)
{
    struct mp_words *w = &c->b->words;
    struct mp_buf text = {0};
    size_t ties;
    struct mp_bar *best = find_highest(f, &ties);
    if (best && best->cell.size > 0) {
        const struct mp_fill fills[] = {{"label", bar_name(c, best)},
                                        {"value", best->cell.text},
                                        {"what", what},
                                        {"times", mp_words_count(w, ties + 1)}};
        best->marked = true;
        say(&text,
            mp_words_fill(w, ties ? "bulletin.bars_ties" : "bulletin.bars_highest", fills, 4));
    } else {
        say(&text, mp_words_get(w, best ? "bulletin.bars_zero" : "bulletin.bars_nothing"));
    }
    mp_build_statements(c->b, &c->drawing->say, &text);
    if (c->n_dims == 1 && f->bars[f->n_bars - 1].soft &&
        f->bars[f->n_bars - 1].cell.kind == MP_CELL_NUMBER)
        say(&text, mp_words_fill(w, "bulletin.bars_unknown",
                                 (struct mp_fill[]){{"n", f->bars[f->n_bars - 1].cell.text}}, 1));
    say_count(c, &text, "bulletin.bars_hidden", c->hidden);
    say_count(c, &text, "bulletin.bars_left_out", c->left_out);
    return mp_words_keep(w, &text);
}

/* The dimensions and what is counted: title, description, references. */
static void name_figure(struct chart *c, struct mp_figure *f)
{
    struct mp_words *w = &c->b->words;
    struct mp_str first = mp_build_dimension(c->b, c->dims[0]);
    f->axis = mp_build_dimension(c->b, c->dims[c->n_dims - 1]);
    const struct mp_fill fills[] = {{"what", mp_build_pair(c->b, c->unit, c->drawing->measure)},
                                    {"by", first},
                                    {"table", mp_build_table_name(c->b, c->table)},
                                    {"and", mp_build_small(c->b, f->axis)},
                                    {"n", mp_words_count(w, f->n_bars)}};
    const char *title = !mp_str_eq(c->drawing->measure, COUNT) ? "bulletin.bars_title_measure"
                        : c->n_dims == 1                       ? "bulletin.bars_title"
                                                               : "bulletin.bars_title_two";
    f->title = mp_words_fill(w, title, fills, 5);
    f->description = mp_words_fill(w, "bulletin.bars_description", fills, 5);
    mp_build_refer_pair(c->b, &f->refs, c->unit, c->drawing->measure);
    for (size_t i = 0; i < c->n_dims; i++)
        mp_build_refer(c->b, &f->refs, "dimensions", c->dims[i]);
    f->takeaway = takeaway(c, f, fills[0].value);
}

/* True if more is hidden than shown. */
static bool mostly_hidden(const struct chart *c)
{
    size_t hidden = 0;
    for (size_t i = 0; i < c->n; i++)
        hidden += c->rows[i]->suppressed.p != NULL;
    return 2 * hidden > c->n;
}

static struct mp_figure *bars_of(struct mp_build *b, struct mp_rows_range range,
                                 const struct mp_drawing *drawing, size_t n_dims)
{
    struct chart c = {.b = b, .drawing = drawing, .n_dims = n_dims};
    for (size_t i = 0; i < c.n_dims; i++)
        c.dims[i] = drawing->by->items[i]->text;
    if (range.from == range.end || !(c.unit = find_unit(&c, range)).p)
        return NULL;
    c.table = b->rows->row[range.from].table;
    c.percent = mp_layout_form(&b->layout, c.table, drawing->measure) == MP_FORM_PERCENT;
    find_rows(&c, range);
    if (n_dims > 1 && mostly_hidden(&c))
        return NULL;
    struct mp_figure *f = c.n > 1 ? mp_build_alloc(b, 1, sizeof *f) : NULL;
    if (!f)
        return NULL;
    f->kind = MP_FIGURE_BARS;
    place_bars(&c, f);
    if (f->n_bars == 0)
        return NULL;
    name_figure(&c, f);
    return f;
}

struct mp_figure *mp_build_bars(struct mp_build *b, struct mp_rows_range range,
                                const struct mp_drawing *drawing)
{
    struct mp_figure *f = bars_of(b, range, drawing, drawing->by->n);
    return f || drawing->by->n == 1 ? f : bars_of(b, range, drawing, 1);
}
