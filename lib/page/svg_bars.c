/*
 * Bars that lie: the label above, the number behind. So a label has the whole width, on a telephone
 * too, and lines up with its bar without a look across.
 */
#include "page/svg.h"

/* In units: of a row its height, where its label and its bar stand, how thick the bar is; what the
 * name of a group, and that of a mark, take; the least part of the width that bars have. */
enum { ROW = 56, LABEL = 22, BAR = 28, THICK = 14, GROUP = 34, MARK = 30, TRACK_MIN = 300 };
enum { LABEL_MAX = 46 }; /* letters of a label, in a narrow place */

struct drawing {
    struct mp_buf *b;
    const struct mp_figure *f;
    double track, y; /* how long the longest bar can be; where the next row begins */
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

static double numbers_width(const struct mp_bar *bar)
{
    double n = bar->cell.text.n > MP_SVG_TEXT_MAX ? 0 : (double)mp_width(bar->cell.text);
    if (bar->beside.n > 0)
        n += 1 + (double)mp_width(bar->beside);
    return n * MP_SVG_NARROW;
}

/* The label, or its beginning where it is too long. */
static void label(struct drawing *d, struct mp_str text)
{
    if (mp_width(text) <= LABEL_MAX) {
        mp_svg_text(d->b, 0, d->y + LABEL, "first", text);
        return;
    }
    mp_buf_addf(d->b, "<text x=\"0\" y=\"%.1f\" class=\"first\">", d->y + LABEL);
    mp_escape(d->b, MP_IN_HTML, mp_width_cut(text, LABEL_MAX - 1));
    mp_buf_adds(d->b, "…</text>\n");
}

static void numbers(struct drawing *d, const struct mp_bar *bar, double x)
{
    double y = d->y + BAR + THICK;
    if (bar->cell.text.n > MP_SVG_TEXT_MAX)
        return;
    mp_buf_addf(d->b, "<text x=\"%.1f\" y=\"%.1f\" class=\"value first\">", x + 7, y);
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

static double height_of(const struct mp_figure *f)
{
    double height = 0;
    for (size_t i = 0; i < f->n_bars; i++)
        height += ROW + (new_group(f, i) ? GROUP : 0) + (f->bars[i].mark.n > 0 ? MARK : 0);
    return height;
}

void mp_svg_bars(struct mp_buf *b, const struct mp_figure *f, unsigned id)
{
    struct drawing d = {.b = b, .f = f};
    double behind = 0;
    for (size_t i = 0; i < f->n_bars; i++) {
        double w = numbers_width(f->bars + i);
        behind = w > behind ? w : behind;
    }
    d.track = MP_SVG_WIDTH - behind - 10;
    d.track = d.track < TRACK_MIN ? TRACK_MIN : d.track;
    mp_svg_open(b, f, height_of(f), id);
    for (size_t i = 0; i < f->n_bars; i++) {
        const struct mp_bar *bar = f->bars + i;
        if (new_group(f, i)) {
            d.y += GROUP;
            mp_svg_text(b, 0, d.y - 6, "first group", bar->group);
        }
        if (bar->mark.n > 0)
            mark(&d, bar->mark);
        double length = length_of(&d, bar);
        label(&d, bar->label);
        if (length > 0)
            mp_svg_bar(b, mp_svg_hidden(bar) ? 1 : 0, d.y + BAR, length, THICK, bar);
        numbers(&d, bar, length);
        d.y += ROW;
    }
}
