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
    size_t head = width_of(w, t->heads[column]), widest = 0;
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
        struct mp_str text = !row              ? t->heads[c]
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
            table_line(w, t, &l, from, end, t->rows + i);
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
        paragraph(&w, p->notices[i], 0);
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
        if (s->figure)
            figure(&w, s->figure);
        for (size_t k = 0; k < s->n_tables; k++)
            table(&w, s->tables + k);
    }
    if (p->n_legend > 0)
        heading(&w, p->legend_heading, "\u2500", "-");
    for (size_t i = 0; i < p->n_legend; i++)
        paragraph(&w, p->legend[i], 0);
    mp_buf_free(&w.shown);
}
