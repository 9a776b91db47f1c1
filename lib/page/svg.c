/* A figure as an SVG element. Colours and type sizes are the style sheet's: on a narrow screen the
 * type grows against the drawing, and labels of class "wide" are left away. */
#include "page/page.h"
#include "page/width.h"

/* In units of the viewBox. LETTER is the widest digit on a wide screen, NARROW on a narrow one. */
enum { WIDTH = 640, HEIGHT = 276, TOP = 26, BOTTOM = 222 };
enum { TEXT_MAX = 24 }; /* longer numbers stand in the table alone */
static const double LETTER = 7.5, NARROW = 13;

struct drawing {
    struct mp_buf *b;
    const struct mp_figure *f;
    double left, right, pitch; /* where bars begin and end; from bar to bar */
    double widest;             /* number above a bar, in letters */
};

static double width_in(struct mp_str text, double letter)
{
    return (double)mp_width(text) * letter;
}

static double middle_of(const struct drawing *d, size_t i)
{
    return d->left + d->pitch * ((double)i + 0.5);
}

static double height_of(const struct drawing *d, const struct mp_page_cell *c)
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
    mp_buf_addf(d->b, "<path d=\"M%.1f %.1fH%.1f\" class=\"%s\"/>\n", d->left, y, d->right, class);
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

static bool all_fit(const struct drawing *d, double letter)
{
    return d->widest * letter + 2 <= d->pitch;
}

/* Numbers above bars: all where they fit, else those that the caption names. The last one then
 * stands behind its bar, where nothing is in its way. */
static void values(struct drawing *d)
{
    bool all = all_fit(d, LETTER), narrow = all_fit(d, NARROW);
    double taken = -WIDTH; /* up to here, by a number that is always shown */
    for (size_t i = 0; i < d->f->n_bars; i++) {
        const struct mp_bar *bar = d->f->bars + i;
        double x = middle_of(d, i), half = width_in(bar->cell.text, NARROW) / 2;
        bool hidden = bar->cell.kind != MP_CELL_NUMBER, last = i + 1 == d->f->n_bars;
        double y = BOTTOM - (hidden ? 9 : height_of(d, &bar->cell)) - 5;
        if (bar->cell.text.n > TEXT_MAX || !(all || (bar->marked && !hidden)))
            continue;
        if (!all && last) {
            text_at(d, d->right + 3, y + 14 < BOTTOM ? y + 14 : BOTTOM, "value first",
                    bar->cell.text);
            continue;
        }
        bool always = narrow || (bar->marked && x - half > taken);
        taken = always ? x + half : taken;
        text_at(d, x - half < 0 ? half : x, y, always ? "value" : "value wide", bar->cell.text);
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

/* True if another year begins so soon behind the first bar that there is room for one name. */
static bool year_soon(const struct drawing *d)
{
    for (size_t i = 1; i < d->f->n_bars && d->pitch * (double)i < 5 * NARROW; i++)
        if (!mp_str_eq(d->f->bars[0].group, d->f->bars[i].group))
            return true;
    return false;
}

/* Ticks count from the beginning of their year, so that the same weeks are named in each; below
 * them the years, and what the ticks are if there is room. */
static void ticks(struct drawing *d)
{
    size_t step = tick_step(d);
    double taken = -WIDTH, years_end = 0;
    for (size_t i = 0; i < d->f->n_bars; i++) {
        const struct mp_bar *bar = d->f->bars + i;
        double x = middle_of(d, i);
        if ((size_t)(bar->number - 1) % step == 0 && x - taken > 2 * NARROW + 4) {
            text_at(d, x, BOTTOM + 18, "tick", bar->tick);
            taken = x;
        }
        if (i == 0 ? year_soon(d) : mp_str_eq(bar->group, bar[-1].group))
            continue;
        bool start = i == 0 && d->pitch < 5 * NARROW;
        text_at(d, start ? x - d->pitch / 2 : x, BOTTOM + 38, start ? "year first" : "year",
                bar->group);
        years_end = x + 5 * NARROW;
    }
    if (years_end + width_in(d->f->axis, NARROW) < d->right)
        text_at(d, d->right, BOTTOM + 38, "end name", d->f->axis);
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

/* How much of the width the bars have: numbers stand left of them and may stand right. */
static void lay_out(struct drawing *d)
{
    const struct mp_figure *f = d->f;
    for (size_t i = 0; i < f->n_bars; i++) {
        double w = f->bars[i].cell.text.n > TEXT_MAX ? 0 : width_in(f->bars[i].cell.text, 1);
        d->widest = w > d->widest ? w : d->widest;
    }
    d->left = 14 + width_in(f->top_text, NARROW);
    d->left = d->left > 200 ? 200 : d->left;
    d->right = WIDTH - 8;
    d->pitch = (d->right - d->left) / (double)f->n_bars;
    if (all_fit(d, LETTER))
        return;
    double behind = width_in(f->bars[f->n_bars - 1].cell.text, NARROW) + 6;
    d->right = WIDTH - (behind > 200 ? 200 : behind);
    d->pitch = (d->right - d->left) / (double)f->n_bars;
}

void mp_page_svg(struct mp_buf *b, const struct mp_figure *f, unsigned id)
{
    struct drawing d = {.b = b, .f = f};
    lay_out(&d);
    opening(b, f, id);
    if (f->top > 0) {
        grid_line(&d, TOP, "grid", f->top_text);
        grid_line(&d, (TOP + BOTTOM) / 2.0, "grid", f->middle_text);
    }
    bars(&d);
    grid_line(&d, BOTTOM, "axis", f->top > 0 ? MP_STR("0") : MP_STR(""));
    values(&d);
    ticks(&d);
    mp_buf_adds(b, "</svg>\n");
}
