/* A page as plain text: for a terminal or a mail. */
#include "page/page.h"
#include "page/width.h"

enum { GAP = 2, LABEL_MAX = 34, HEAD_MAX = 18, NUMBER_MAX = 44 };

struct writer {
    struct mp_buf *b;
    enum mp_place place;
    size_t columns;
    struct mp_buf shown; /* scratch: a text as it will stand there */
};

/* The text as it will be shown; valid until the next call. */
static struct mp_str shown(struct writer *w, struct mp_str s)
{
    w->shown.len = 0;
    mp_escape(&w->shown, w->place, s);
    w->b->failed |= w->shown.failed;
    return mp_buf_str(&w->shown);
}

static size_t width_of(struct writer *w, struct mp_str s)
{
    return mp_width(shown(w, s));
}

static void blanks(struct writer *w, size_t n)
{
    while (n-- > 0)
        mp_buf_addc(w->b, ' ');
}

static void line(struct writer *w, const char *sign, const char *ascii, size_t n)
{
    while (n-- > 0)
        mp_buf_adds(w->b, w->place == MP_IN_ASCII ? ascii : sign);
}

static void end_line(struct writer *w)
{
    while (w->b->len > 0 && w->b->data && w->b->data[w->b->len - 1] == ' ')
        w->b->len--;
    mp_buf_addc(w->b, '\n');
}

/* The text in a field of `width` columns; what does not fit is cut and shown to be. */
static void field(struct writer *w, struct mp_str text, size_t width, bool right)
{
    struct mp_str s = shown(w, text);
    size_t has = mp_width(s);
    bool cut = has > width;
    if (cut) {
        s = mp_width_cut(s, width - 1);
        has = mp_width(s) + 1;
    }
    if (right)
        blanks(w, width - has);
    mp_buf_addstr(w->b, s);
    if (cut)
        mp_buf_adds(w->b, w->place == MP_IN_ASCII ? "~" : "\u2026");
    if (!right)
        blanks(w, width - has);
}

/* The text broken at blanks, every line behind `indent` blanks. */
static void paragraph(struct writer *w, struct mp_str text, size_t indent)
{
    struct mp_str s = shown(w, text);
    size_t room = w->columns - indent;
    while (s.n > 0) {
        struct mp_str part = mp_width_cut(s, room);
        size_t end = part.n;
        if (end == 0) /* a wide character in one column */
            end = s.n;
        while (end < s.n && end > 0 && s.p[end] != ' ')
            end--;
        if (end == 0)
            end = part.n;
        blanks(w, indent);
        mp_buf_add(w->b, s.p, end);
        end_line(w);
        while (end < s.n && s.p[end] == ' ')
            end++;
        s = (struct mp_str){s.p + end, s.n - end};
    }
}

static void heading(struct writer *w, struct mp_str text, const char *sign, const char *ascii)
{
    size_t width = width_of(w, text);
    paragraph(w, text, 0);
    line(w, sign, ascii, width < w->columns ? width : w->columns);
    mp_buf_adds(w->b, "\n\n");
}

static void headlines(struct writer *w, const struct mp_page *p)
{
    if (p->n_headlines == 0)
        return;
    heading(w, p->headlines_heading, "\u2500", "-");
    size_t number = 0, label = 0;
    for (size_t i = 0; i < p->n_headlines; i++) {
        size_t n = width_of(w, p->headlines[i].cell.text), l = width_of(w, p->headlines[i].label);
        number = n > number ? n : number;
        label = l > label ? l : label;
    }
    number = number < w->columns / 2 ? number : w->columns / 2;
    for (size_t i = 0; i < p->n_headlines; i++) {
        blanks(w, GAP);
        field(w, p->headlines[i].cell.text, number, true);
        blanks(w, GAP);
        field(w, p->headlines[i].label, label, false);
        end_line(w);
        paragraph(w, p->headlines[i].definition, number + 2 * GAP);
    }
    mp_buf_addc(w->b, '\n');
}

/* A bar of `room` columns for the whole axis, in eighths of a column (in halves with ASCII). */
static void bar(struct writer *w, double share, size_t room)
{
    static const char *const part[] = {"",       "\u258f", "\u258e", "\u258d",
                                       "\u258c", "\u258b", "\u258a", "\u2589"};
    size_t eighths = (size_t)(share * (double)room * 8 + 0.5);
    if (eighths == 0 && share > 0)
        eighths = 1;
    if (w->place == MP_IN_ASCII) {
        line(w, "", "#", eighths / 8);
        line(w, "", "|", eighths % 8 >= 4 || eighths < 4);
        return;
    }
    line(w, "\u2588", "", eighths / 8);
    mp_buf_adds(w->b, part[eighths % 8]);
}

static void figure(struct writer *w, const struct mp_figure *f)
{
    size_t label = width_of(w, f->axis), number = 1;
    for (size_t i = 0; i < f->n_bars; i++) {
        size_t l = width_of(w, f->bars[i].label), n = width_of(w, f->bars[i].cell.text);
        label = l > label ? l : label;
        number = n > number ? n : number;
    }
    number = number < w->columns / 2 ? number : w->columns / 2;
    paragraph(w, f->title, 0);
    mp_buf_addc(w->b, '\n');
    size_t used = label + number + 3 * GAP;
    size_t room = w->columns > used + 4 ? w->columns - used : 4;
    for (size_t i = 0; i < f->n_bars; i++) {
        const struct mp_bar *r = f->bars + i;
        blanks(w, GAP);
        field(w, r->label, label, false);
        blanks(w, GAP);
        field(w, r->cell.text, number, true);
        blanks(w, GAP);
        if (f->top > 0 && r->cell.size > 0)
            bar(w, r->cell.size / f->top, room);
        end_line(w);
    }
    mp_buf_addc(w->b, '\n');
    paragraph(w, f->takeaway, 0);
    mp_buf_addc(w->b, '\n');
}

/* A heading and a label may be cut, a number only where it is longer than any count. */
static size_t column_width(struct writer *w, const struct mp_page_table *t, size_t column)
{
    bool is_label = column < t->n_labels;
    size_t head = width_of(w, t->heads[column].text), widest = 0;
    size_t head_max = is_label ? LABEL_MAX : HEAD_MAX, most = is_label ? LABEL_MAX : NUMBER_MAX;
    for (size_t i = 0; i < t->n_rows; i++) {
        size_t n = width_of(w, is_label ? t->rows[i].labels[column]
                                        : t->rows[i].cells[column - t->n_labels].text);
        widest = n > widest ? n : widest;
    }
    head = head < head_max ? head : head_max;
    widest = widest < most ? widest : most;
    return head > widest ? head : widest;
}

struct layout {
    size_t widths[64];
    size_t n; /* columns that are laid out; a table has no more */
};

static void table_line(struct writer *w, const struct mp_page_table *t, const struct layout *l,
                       size_t from, size_t end, const struct mp_page_row *row)
{
    for (size_t c = 0; c < end; c++) {
        if (c >= t->n_labels && c < from)
            continue;
        struct mp_str text = !row              ? t->heads[c].text
                             : c < t->n_labels ? row->labels[c]
                                               : row->cells[c - t->n_labels].text;
        blanks(w, GAP);
        field(w, text, l->widths[c], c >= t->n_labels);
    }
    end_line(w);
}

/* Widths of all columns; labels that would leave no room for a number are narrowed. */
static size_t lay_out(struct writer *w, const struct mp_page_table *t, struct layout *l)
{
    size_t labels = 0, fair = w->columns * 2 / 3 / t->n_labels;
    fair = fair > 4 + GAP ? fair - GAP : 4;
    for (size_t c = 0; c < l->n; c++)
        l->widths[c] = column_width(w, t, c);
    for (size_t c = 0; c < t->n_labels; c++)
        labels += l->widths[c] + GAP;
    if (labels + GAP + l->widths[t->n_labels] <= w->columns)
        return labels;
    labels = 0;
    for (size_t c = 0; c < t->n_labels; c++) {
        l->widths[c] = l->widths[c] > fair ? fair : l->widths[c];
        labels += l->widths[c] + GAP;
    }
    return labels;
}

/* As many columns as fit, then the labels once more with the next ones. */
static void table(struct writer *w, const struct mp_page_table *t)
{
    struct layout l = {.n = t->n_labels + t->n_cells};
    if (l.n > sizeof l.widths / sizeof *l.widths)
        return; /* page/table.c makes none */
    size_t labels = lay_out(w, t, &l);
    paragraph(w, t->caption, 0);
    mp_buf_addc(w->b, '\n');
    for (size_t from = t->n_labels, end = from; from < l.n; from = end) {
        size_t width = labels;
        for (end = from; end < l.n; end++) {
            if (end > from && width + l.widths[end] + GAP > w->columns)
                break;
            width += l.widths[end] + GAP;
        }
        table_line(w, t, &l, from, end, NULL);
        blanks(w, GAP);
        line(w, "\u2500", "-", width - GAP);
        mp_buf_addc(w->b, '\n');
        for (size_t i = 0; i < t->n_rows; i++)
            if (!t->rows[i].folded)
                table_line(w, t, &l, from, end, t->rows + i);
        mp_buf_addc(w->b, '\n');
    }
}

/* Columns of a grid: as wide as their longest text, the widest narrowed until all fit. */
static bool grid_widths(struct writer *w, const struct mp_grid *g, size_t *widths)
{
    enum { LEAST = 8 };
    size_t room = w->columns - GAP * g->n_columns, all = 0;
    if (g->n_columns * (GAP + LEAST) > w->columns)
        return false;
    for (size_t c = 0; c < g->n_columns; c++) {
        widths[c] = width_of(w, g->heads[c]);
        for (size_t r = 0; r < g->n_rows; r++) {
            size_t n = width_of(w, g->cells[r * g->n_columns + c]);
            widths[c] = n > widths[c] ? n : widths[c];
        }
        widths[c] = widths[c] < w->columns ? widths[c] : w->columns;
        all += widths[c];
    }
    while (all > room) {
        size_t widest = 0;
        for (size_t c = 1; c < g->n_columns; c++)
            widest = widths[c] > widths[widest] ? c : widest;
        widths[widest]--;
        all--;
    }
    return true;
}

/* The next piece of a text, at most `room` wide and broken at a blank where there is one; *rest
 * becomes what is left. */
static struct mp_str piece(struct mp_str *rest, size_t room)
{
    struct mp_str s = *rest, part = mp_width_cut(s, room);
    size_t end = part.n ? part.n : s.n;
    while (end < s.n && end > 0 && s.p[end] != ' ')
        end--;
    if (end == 0)
        end = part.n;
    part.n = end;
    while (end < s.n && s.p[end] == ' ')
        end++;
    *rest = (struct mp_str){s.p + end, s.n - end};
    return part;
}

/* A row of a grid: what does not fit goes on below. `left`: scratch for the columns. */
static void grid_row(struct writer *w, const struct mp_str *cells, const size_t *widths, size_t n)
{
    struct mp_buf shown_at[MP_GRID_COLUMNS] = {0};
    struct mp_str left[MP_GRID_COLUMNS];
    size_t more = 0;
    for (size_t c = 0; c < n; c++) {
        mp_escape(&shown_at[c], w->place, cells[c]);
        w->b->failed |= shown_at[c].failed;
        left[c] = mp_buf_str(&shown_at[c]);
        more += left[c].n;
    }
    while (more > 0 && !w->b->failed) {
        more = 0;
        for (size_t c = 0; c < n; c++) {
            struct mp_str s = piece(&left[c], widths[c]);
            blanks(w, GAP);
            mp_buf_addstr(w->b, s);
            size_t has = mp_width(s);
            blanks(w, has < widths[c] ? widths[c] - has : 0);
            more += left[c].n;
        }
        end_line(w);
    }
    for (size_t c = 0; c < n; c++)
        mp_buf_free(&shown_at[c]);
}

static void grid(struct writer *w, const struct mp_grid *g)
{
    size_t widths[MP_GRID_COLUMNS], all = 0;
    paragraph(w, g->caption, 0);
    mp_buf_addc(w->b, '\n');
    if (!grid_widths(w, g, widths)) { /* too narrow for columns: cell below cell */
        for (size_t i = 0; i < g->n_rows * g->n_columns; i++)
            paragraph(w, g->cells[i], i % g->n_columns ? 2 * GAP : GAP);
        mp_buf_addc(w->b, '\n');
        return;
    }
    for (size_t c = 0; c < g->n_columns; c++)
        all += widths[c] + GAP;
    grid_row(w, g->heads, widths, g->n_columns);
    blanks(w, GAP);
    line(w, "\u2500", "-", all - GAP);
    mp_buf_addc(w->b, '\n');
    for (size_t r = 0; r < g->n_rows; r++)
        grid_row(w, g->cells + r * g->n_columns, widths, g->n_columns);
    mp_buf_addc(w->b, '\n');
}

/* The text behind a sign, its further lines as far in as the first. */
static void hanging(struct writer *w, const char *sign, struct mp_str text, size_t indent)
{
    size_t start = w->b->len;
    paragraph(w, text, indent + GAP);
    if (w->b->len > start + indent && !w->b->failed)
        memcpy(w->b->data + start + indent, sign, 1);
}

static void item(struct writer *w, const struct mp_item *i)
{
    struct mp_buf both = {0};
    mp_buf_addstr(&both, i->term);
    if (i->term.n > 0 && i->text.n > 0)
        mp_buf_adds(&both, ": ");
    mp_buf_addstr(&both, i->text);
    w->b->failed |= both.failed;
    paragraph(w, mp_buf_str(&both), GAP);
    mp_buf_free(&both);
    for (size_t k = 0; k < i->n_lines; k++) {
        const struct mp_page_line *l = i->lines + k;
        hanging(w, l->marked ? "!" : "-", l->text, 2 * GAP);
        paragraph(w, l->detail, 3 * GAP);
    }
}

static void sheet(struct writer *w, const struct mp_sheet *s)
{
    heading(w, s->heading, "\u2500", "-");
    if (s->lead.n > 0) {
        paragraph(w, s->lead, 0);
        mp_buf_addc(w->b, '\n');
    }
    if (s->grid)
        grid(w, s->grid);
    for (size_t i = 0; i < s->n_parts; i++) {
        const struct mp_part *p = s->parts + i;
        paragraph(w, p->heading, 0);
        paragraph(w, p->lead, GAP);
        if (p->heading.n + p->lead.n > 0)
            mp_buf_addc(w->b, '\n');
        if (p->grid)
            grid(w, p->grid);
        for (size_t k = 0; k < p->n_items; k++)
            item(w, p->items + k);
        if (p->n_items > 0)
            mp_buf_addc(w->b, '\n');
    }
}

void mp_page_text(struct mp_buf *b, const struct mp_page *p, enum mp_place place, size_t columns)
{
    struct writer w = {.b = b, .place = place, .columns = columns < 20 ? 20 : columns};
    heading(&w, p->title, "\u2550", "=");
    if (p->period.n > 0) {
        paragraph(&w, p->period, 0);
        mp_buf_addc(b, '\n');
    }
    for (size_t i = 0; i < p->n_notices; i++) {
        paragraph(&w, p->notices[i].text, 0);
        mp_buf_addc(b, '\n');
    }
    headlines(&w, p);
    for (size_t i = 0; i < p->n_sections; i++) {
        const struct mp_section *s = p->sections + i;
        heading(&w, s->heading, "\u2500", "-");
        if (s->lead.n > 0) {
            paragraph(&w, s->lead, 0);
            mp_buf_addc(b, '\n');
        }
        for (size_t k = 0; k < s->n_blocks; k++) {
            if (s->blocks[k].figure)
                figure(&w, s->blocks[k].figure);
            for (size_t j = 0; j < s->blocks[k].n_tables; j++)
                table(&w, s->blocks[k].tables + j);
        }
    }
    for (size_t i = 0; i < p->n_sheets; i++)
        sheet(&w, p->sheets + i);
    if (p->foot)
        sheet(&w, p->foot);
    if (p->n_legend > 0)
        heading(&w, p->legend_heading, "\u2500", "-");
    for (size_t i = 0; i < p->n_legend; i++)
        paragraph(&w, p->legend[i], 0);
    mp_buf_free(&w.shown);
}
