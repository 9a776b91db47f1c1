/*
 * Bars that lie: the label before, the number behind. Where a label is so long that a telephone has
 * no room for a bar beside it, the labels of the figure stand above their bars.
 */
#include "page/svg.h"

/* In letters: of labels that stand beside their bars, and of one above, where it is cut. */
enum { BESIDE_MAX = 20, LABEL_MAX = 42 };

/* In units: the height of a row, where its label stands, where its bar begins, how thick that is.
 */
static const struct layout {
    double row, label, bar, thick;
} beside = {32, 16, 7, 18}, above = {56, 20, 27, 15};

enum { GROUP = 32, MARK = 30 }; /* what the name of a group, and that of a mark, take */
enum { TRACK_MIN = 200 };       /* what the longest bar has at least */

struct drawing {
    struct mp_buf *b;
    const struct mp_figure *f;
    const struct layout *l;
    double left, track, y; /* where bars begin; how long they can be; where the next row begins */
};

static bool new_group(const struct mp_figure *f, size_t i)
{
    return f->bars[i].group.n > 0 && (i == 0 || !mp_str_eq(f->bars[i].group, f->bars[i - 1].group));
}

static double length_of(const struct drawing *d, const struct mp_bar *bar)
{
    if (mp_svg_hidden(bar))
        return 18;
    if (!(d->f->top > 0) || !(bar->cell.size > 0))
        return 0;
    double length = d->track * (bar->cell.size / d->f->top);
    return length < 1.5 ? 1.5 : length; /* what was counted can be seen */
}

static size_t letters_behind(const struct mp_bar *bar)
{
    size_t n = bar->cell.text.n > MP_SVG_TEXT_MAX ? 0 : mp_width(bar->cell.text);
    return bar->beside.n > 0 ? n + 1 + mp_width(bar->beside) : n;
}

/* A text from the left edge, or its beginning where it is too long. */
static void text_line(struct drawing *d, double y, const char *class, struct mp_str text)
{
    bool cut = mp_width(text) > LABEL_MAX;
    mp_buf_addf(d->b, "<text x=\"0\" y=\"%.1f\" class=\"%s\">", y, class);
    mp_escape(d->b, MP_IN_HTML, cut ? mp_width_cut(text, LABEL_MAX - 1) : text);
    mp_buf_adds(d->b, cut ? "…</text>\n" : "</text>\n");
}

static void numbers(struct drawing *d, const struct mp_bar *bar, double x)
{
    if (bar->cell.text.n > MP_SVG_TEXT_MAX)
        return;
    mp_buf_addf(d->b, "<text x=\"%.1f\" y=\"%.1f\" class=\"value first mid\">", x,
                d->y + d->l->bar + d->l->thick / 2);
    mp_escape(d->b, MP_IN_HTML, bar->cell.text);
    if (bar->beside.n > 0) {
        mp_buf_adds(d->b, " <tspan class=\"beside\">");
        mp_escape(d->b, MP_IN_HTML, bar->beside);
        mp_buf_adds(d->b, "</tspan>");
    }
    mp_buf_adds(d->b, "</text>\n");
}

static void mark(struct drawing *d, struct mp_str name)
{
    d->y += MARK;
    mp_buf_addf(d->b, "<path d=\"M0 %.1fH%d\" class=\"mark\"/>\n", d->y, MP_SVG_WIDTH);
    mp_svg_text(d->b, MP_SVG_WIDTH, d->y - 6, "end", name);
}

static double height_of(const struct drawing *d)
{
    double height = 0;
    for (size_t i = 0; i < d->f->n_bars; i++)
        height +=
            d->l->row + (new_group(d->f, i) ? GROUP : 0) + (d->f->bars[i].mark.n > 0 ? MARK : 0);
    return height;
}

/* How much of the width the labels, the bars and the numbers behind them have. */
static void lay_out(struct drawing *d)
{
    size_t before = 0, behind = 0;
    for (size_t i = 0; i < d->f->n_bars; i++) {
        size_t n = mp_width(d->f->bars[i].label), k = letters_behind(d->f->bars + i);
        before = n > before ? n : before;
        behind = k > behind ? k : behind;
    }
    d->l = before <= BESIDE_MAX ? &beside : &above;
    d->left = d->l == &beside ? (double)before * MP_SVG_NARROW + 9 : 0;
    d->track = MP_SVG_WIDTH - d->left - (double)behind * MP_SVG_NARROW - 10;
    d->track = d->track < TRACK_MIN ? TRACK_MIN : d->track;
}

void mp_svg_bars(struct mp_buf *b, const struct mp_figure *f, unsigned id)
{
    struct drawing d = {.b = b, .f = f};
    lay_out(&d);
    mp_svg_open(b, f, height_of(&d), id);
    for (size_t i = 0; i < f->n_bars; i++) {
        const struct mp_bar *bar = f->bars + i;
        if (new_group(f, i)) {
            d.y += GROUP;
            text_line(&d, d.y - 6, "first group", bar->group);
        }
        if (bar->mark.n > 0)
            mark(&d, bar->mark);
        double length = length_of(&d, bar);
        if (d.l == &beside)
            mp_svg_text(b, d.left - 9, d.y + d.l->label, "right mid", bar->label);
        else
            text_line(&d, d.y + d.l->label, "first", bar->label);
        if (length > 0)
            mp_svg_bar(b, d.left + mp_svg_hidden(bar), d.y + d.l->bar, length, d.l->thick, bar);
        numbers(&d, bar, d.left + (length > 0 ? length + 7 : 0));
        d.y += d.l->row;
    }
}
