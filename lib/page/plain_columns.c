/* Texts set in columns. */
#include "page/plain.h"

enum {
    LABEL_LEAST = 10,
    LABEL_WORD = 24, /* longer words are broken where there is no room */
    LABEL_MAX = 40,
    HEAD_MAX = 18,   /* of a column of numbers: wider columns are hard to read across */
    NUMBER_MAX = 44, /* no count is longer */
    WORDS_LEAST = 8
};

struct column {
    size_t full;  /* width at which nothing is broken */
    size_t least; /* width below which it is not narrowed */
    size_t width;
};

void mp_columns_add(struct mp_columns *c, struct mp_plain *w, struct mp_str text,
                    const struct mp_refs *refs)
{
    w->b->failed |= !mp_cells_add(&c->cells, mp_plain_shown(w, text, refs));
}

static struct mp_str cell(const struct mp_columns *c, size_t row, size_t column)
{
    return mp_cells_at(&c->cells, row, column);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t longest_word(struct mp_str s)
{
    size_t widest = 0;
    while (s.n > 0) {
        const char *blank = memchr(s.p, ' ', s.n);
        size_t n = blank ? (size_t)(blank - s.p) : s.n;
        widest = larger(widest, mp_width((struct mp_str){s.p, n}));
        n += blank != NULL;
        s = (struct mp_str){s.p + n, s.n - n};
    }
    return widest;
}

static bool is_label(const struct mp_columns *c, size_t k)
{
    return k < c->n_labels;
}

static void measure(const struct mp_columns *c, size_t k, size_t line, struct column *to)
{
    size_t head = mp_width(cell(c, 0, k)), body = 0, word = longest_word(cell(c, 0, k));
    for (size_t r = 1; r < mp_cells_rows(&c->cells); r++) {
        body = larger(body, mp_width(cell(c, r, k)));
        if (is_label(c, k))
            word = larger(word, longest_word(cell(c, r, k)));
    }
    to->full = larger(head, body);
    if (c->words) {
        to->full = smaller(to->full, line);
        to->least = smaller(to->full, WORDS_LEAST);
    } else if (k < c->n_labels) {
        to->full = smaller(to->full, LABEL_MAX);
        to->least = smaller(to->full, larger(LABEL_LEAST, smaller(word, LABEL_WORD)));
    } else { /* a longer number is cut, a longer heading goes on below */
        to->least = larger(smaller(body, NUMBER_MAX), smaller(word, HEAD_MAX));
        to->full = larger(to->least, smaller(head, HEAD_MAX));
    }
}

static bool stands(const struct mp_columns *c, size_t k, size_t from)
{
    return is_label(c, k) || k >= from;
}

/* The widest column that can be narrowed, of labels or of the others; SIZE_MAX: none. */
static size_t widest(const struct mp_columns *c, const struct column *all, size_t from, size_t end,
                     bool labels)
{
    size_t found = SIZE_MAX;
    for (size_t k = 0; k < end; k++)
        if (stands(c, k, from) && is_label(c, k) == labels && all[k].width > all[k].least &&
            (found == SIZE_MAX || all[k].width > all[found].width))
            found = k;
    return found;
}

/* Columns from `from` to `end` are narrowed until they and the labels fit, then the labels: a
 * heading is broken once, a label in every row. */
static void fit(const struct mp_columns *c, struct column *all, size_t from, size_t end,
                size_t line)
{
    size_t sum = 0;
    for (size_t k = 0; k < end; k++)
        if (stands(c, k, from)) {
            all[k].width = all[k].full;
            sum += all[k].full + MP_PLAIN_GAP;
        }
    for (; sum > line; sum--) {
        size_t k = widest(c, all, from, end, false);
        k = k == SIZE_MAX ? widest(c, all, from, end, true) : k;
        if (k == SIZE_MAX)
            return;
        all[k].width--;
    }
}

/* Lines that a text takes in a column. */
static size_t height(struct mp_str s, size_t width)
{
    size_t n = 0;
    for (; s.n > 0; n++)
        mp_plain_piece(&s, width);
    return n;
}

/* One row: what does not fit goes on below; heads stand on the line below them. */
static void draw_row(const struct mp_columns *c, struct mp_plain *w, const struct column *all,
                     size_t from, size_t end, size_t row)
{
    struct mp_str left[MP_CELLS_COLUMNS];
    size_t wait[MP_CELLS_COLUMNS] = {0}, lines = 1;
    for (size_t k = 0; k < end; k++) {
        left[k] = cell(c, row, k);
        bool broken = row == 0 || c->words || is_label(c, k);
        if (broken && stands(c, k, from))
            lines = larger(lines, height(left[k], all[k].width));
    }
    for (size_t k = 0; k < end && row == 0; k++)
        wait[k] = lines - smaller(lines, height(left[k], all[k].width));
    for (size_t i = 0; i < lines; i++) {
        for (size_t k = 0; k < end; k++) {
            if (!stands(c, k, from))
                continue;
            struct mp_str s = {"", 0};
            if (row > 0 && !c->words && !is_label(c, k)) { /* numbers stay whole */
                s = left[k];
                left[k].n = 0;
            } else if (i >= wait[k]) {
                s = mp_plain_piece(&left[k], all[k].width);
            }
            mp_plain_blanks(w, MP_PLAIN_GAP);
            mp_plain_field(w, s, all[k].width, !c->words && !is_label(c, k));
        }
        mp_plain_end(w);
    }
}

static void draw_part(const struct mp_columns *c, struct mp_plain *w, struct column *all,
                      size_t from, size_t end)
{
    size_t width = 0;
    fit(c, all, from, end, w->columns);
    for (size_t k = 0; k < end; k++)
        if (stands(c, k, from))
            width += all[k].width + MP_PLAIN_GAP;
    draw_row(c, w, all, from, end, 0);
    mp_plain_blanks(w, MP_PLAIN_GAP);
    mp_plain_repeat(w, "\u2500", "-", width - MP_PLAIN_GAP);
    mp_buf_addc(w->b, '\n');
    for (size_t r = 1; r < mp_cells_rows(&c->cells); r++)
        draw_row(c, w, all, from, end, r);
    mp_buf_addc(w->b, '\n');
}

static void add_line(struct mp_plain *w, struct mp_str s, size_t indent)
{
    while (s.n > 0) {
        mp_plain_blanks(w, indent);
        mp_buf_addstr(w->b, mp_plain_piece(&s, w->columns - indent));
        mp_plain_end(w);
    }
}

/* No room for columns: text below text, the first of a row out to the left. */
static void stack(const struct mp_columns *c, struct mp_plain *w)
{
    for (size_t r = 1; r < mp_cells_rows(&c->cells); r++)
        for (size_t k = 0; k < c->cells.n; k++) {
            struct mp_str head = cell(c, 0, k), text = cell(c, r, k);
            w->shown.len = 0;
            mp_buf_addstr(&w->shown, head);
            mp_buf_adds(&w->shown, head.n && text.n ? ": " : "");
            mp_buf_addstr(&w->shown, text);
            w->b->failed |= w->shown.failed;
            add_line(w, mp_buf_str(&w->shown), k ? 2 * MP_PLAIN_GAP : MP_PLAIN_GAP);
        }
    mp_buf_addc(w->b, '\n');
}

/* Draws as many columns as fit, then the labels once more with the next ones. */
static void draw_parts(const struct mp_columns *c, struct mp_plain *w)
{
    struct column all[MP_CELLS_COLUMNS];
    size_t labels = 0, widest = 0;
    for (size_t k = 0; k < c->cells.n; k++) {
        measure(c, k, w->columns - MP_PLAIN_GAP, all + k);
        size_t takes = all[k].least + MP_PLAIN_GAP;
        if (is_label(c, k) || c->words)
            labels += takes;
        else
            widest = larger(widest, takes);
    }
    if (labels + widest > w->columns) {
        stack(c, w);
        return;
    }
    for (size_t from = c->n_labels, end = from; from < c->cells.n; from = end) {
        size_t width = labels;
        for (end = from; end < c->cells.n; end++) {
            width += c->words ? 0 : all[end].least + MP_PLAIN_GAP;
            if (end > from && width > w->columns)
                break;
        }
        draw_part(c, w, all, from, end);
    }
}

void mp_columns_draw(struct mp_columns *c, struct mp_plain *w)
{
    if (!w->b->failed && c->cells.n > 0 && c->cells.n <= MP_CELLS_COLUMNS)
        draw_parts(c, w);
    mp_cells_free(&c->cells);
}
