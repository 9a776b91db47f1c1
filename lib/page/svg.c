/* A figure as an SVG element. Colours and type sizes are the style sheet's: on a narrow screen the
 * type grows against the drawing, and labels of class "wide" are left away. */
#include "page/page.h"
#include "page/width.h"

/* In units of the viewBox. LETTER is the widest digit on a wide screen, NARROW on a narrow one. */
enum { WIDTH = 640, HEIGHT = 270, TOP = 26, BOTTOM = 222, RIGHT = 624 };
static const double LETTER = 7.5, NARROW = 13;

struct drawing {
    struct mp_buf *b;
    const struct mp_figure *f;
    double left, pitch; /* of the first bar; from bar to bar */
};

static double width_in(struct mp_str text, double letter)
{
    return (double)mp_width(text) * letter;
}

static double middle_of(const struct drawing *d, size_t i)
{
    return d->left + d->pitch * ((double)i + 0.5);
}

static double height_of(const struct drawing *d, const struct mp_cell *c)
{
    if (!(d->f->top > 0) || !(c->size > 0))
        return 0;
    double h = (BOTTOM - TOP) * (c->size / d->f->top);
    return h < 1.5 ? 1.5 : h; /* what was counted can be seen */
}

static void text_at(struct drawing *d, double x, double y, const char *class, struct mp_str text)
{
    mp_buf_addf(d->b, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, class);
    mp_escape(d->b, MP_IN_HTML, text);
    mp_buf_adds(d->b, "</text>\n");
}

static void grid_line(struct drawing *d, double y, const char *class, struct mp_str text)
{
    mp_buf_addf(d->b, "<path d=\"M%.1f %.1fH%d\" class=\"%s\"/>\n", d->left, y, RIGHT, class);
    text_at(d, d->left - 6, y + 4, "end", text);
}

static void bars(struct drawing *d)
{
    double width = d->pitch * 0.78;
    width = width > 48 ? 48 : width;
    for (size_t i = 0; i < d->f->n_bars; i++) {
        const struct mp_bar *bar = d->f->bars + i;
        bool hidden = bar->cell.kind == MP_CELL_HIDDEN || bar->cell.kind == MP_CELL_CONFLICT;
        double h = hidden ? 9 : height_of(d, &bar->cell);
        if (h <= 0)
            continue;
        mp_buf_addf(d->b,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\">",
                    middle_of(d, i) - width / 2, BOTTOM - h, width, h, hidden ? "hidden" : "bar");
        mp_buf_adds(d->b, "<title>");
        mp_escape(d->b, MP_IN_HTML, bar->label);
        mp_buf_adds(d->b, ": ");
        mp_escape(d->b, MP_IN_HTML, bar->cell.text);
        mp_buf_adds(d->b, "</title></rect>\n");
    }
}

/* Numbers above bars: all where they fit, else those that the caption names, none over another. */
static void values(struct drawing *d)
{
    double widest = 0;
    for (size_t i = 0; i < d->f->n_bars; i++) {
        double w = width_in(d->f->bars[i].cell.text, 1);
        widest = w > widest ? w : widest;
    }
    bool all = widest * LETTER + 2 <= d->pitch, narrow = widest * NARROW + 2 <= d->pitch;
    double taken = -WIDTH;
    for (size_t i = 0; i < d->f->n_bars; i++) {
        const struct mp_bar *bar = d->f->bars + i;
        double half = width_in(bar->cell.text, NARROW) / 2, x = middle_of(d, i);
        bool clear = bar->marked && x - half > taken;
        bool sign = bar->cell.kind != MP_CELL_NUMBER;
        if (bar->cell.text.n > 24 || !(all || clear) || (sign && !all))
            continue;
        taken = clear ? x + half : taken;
        x = x + half > WIDTH ? WIDTH - half : x;
        double h = bar->cell.kind == MP_CELL_HIDDEN ? 9 : height_of(d, &bar->cell);
        text_at(d, x, BOTTOM - h - 5, narrow || clear ? "value" : "value wide", bar->cell.text);
    }
}

/* Every so many weeks that the ticks do not touch on a narrow screen either. */
static size_t tick_step(const struct drawing *d)
{
    static const size_t steps[] = {1, 2, 4, 8, 13, 26, 52};
    size_t k = 0;
    while (k + 1 < sizeof steps / sizeof *steps && d->pitch * (double)steps[k] < 2 * NARROW + 8)
        k++;
    return steps[k];
}

/* Ticks count from the beginning of their year, so that the same weeks are named in each. */
static void ticks(struct drawing *d)
{
    size_t step = tick_step(d), in_group = 0;
    double taken = -WIDTH, room = 5 * NARROW;
    for (size_t i = 0; i < d->f->n_bars; i++) {
        const struct mp_bar *bar = d->f->bars + i;
        bool begins = i == 0 || !mp_str_eq(bar->group, bar[-1].group);
        unsigned long week = 0;
        for (size_t k = 0; k < bar->tick.n; k++)
            week = week * 10 + (unsigned long)(bar->tick.p[k] - '0');
        in_group = week ? week - 1 : i;
        if (in_group % step == 0 && middle_of(d, i) - taken > NARROW + 8) {
            text_at(d, middle_of(d, i), BOTTOM + 18, "tick", bar->tick);
            taken = middle_of(d, i);
        }
        bool soon = false; /* the first year is but a few weeks long: name the next one only */
        for (size_t k = i + 1; i == 0 && k < d->f->n_bars && d->pitch * (double)k < room; k++)
            soon |= !mp_str_eq(bar->group, d->f->bars[k].group);
        if (begins && !soon)
            text_at(d, middle_of(d, i), BOTTOM + 38, i == 0 ? "year first" : "year", bar->group);
    }
}

static void opening(struct mp_buf *b, const struct mp_figure *f, unsigned id)
{
    mp_buf_addf(b,
                "<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-labelledby=\"ft%u\" "
                "aria-describedby=\"fd%u\">\n<title id=\"ft%u\">",
                WIDTH, HEIGHT, id, id, id);
    mp_escape(b, MP_IN_HTML, f->title);
    mp_buf_addf(b, "</title>\n<desc id=\"fd%u\">", id);
    mp_escape(b, MP_IN_HTML, f->description);
    mp_buf_adds(b, "</desc>\n");
}

void mp_page_svg(struct mp_buf *b, const struct mp_figure *f, unsigned id)
{
    double left = 14 + width_in(f->top_text, NARROW);
    struct drawing d = {.b = b, .f = f, .left = left > 200 ? 200 : left};
    d.pitch = (RIGHT - d.left) / (double)(f->n_bars ? f->n_bars : 1);
    opening(b, f, id);
    if (f->top > 0) {
        grid_line(&d, TOP, "grid", f->top_text);
        grid_line(&d, (TOP + BOTTOM) / 2.0, "grid", f->middle_text);
    }
    bars(&d);
    grid_line(&d, BOTTOM, "axis", f->top > 0 ? MP_STR("0") : MP_STR(""));
    values(&d);
    ticks(&d);
    text_at(&d, RIGHT, BOTTOM + 38, "end", f->axis);
    mp_buf_adds(b, "</svg>\n");
}
