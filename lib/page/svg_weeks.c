/* Bars that stand, one for each week. */
#include "page/svg.h"

/* In units. */
enum { HEIGHT = 282, TOP = 36, BOTTOM = 222 };
static const double LETTER = MP_SVG_LETTER, NARROW = MP_SVG_NARROW;

struct drawing {
    struct mp_buf *b;
    const struct mp_figure *f;
    double left, right, pitch; /* where bars begin and end; from bar to bar */
    double widest;             /* number above a bar, in letters */
};

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

static void grid_line(struct drawing *d, double y, const char *class, struct mp_str text)
{
    mp_buf_addf(d->b, "<path d=\"M%.1f %.1fH%.1f\" class=\"%s\"/>\n", d->left, y, d->right, class);
    mp_svg_text(d->b, d->left - 6, y + 4, "end", text);
}

/* The sign of an alarm stands above the bar, so that it does not hang on a colour. */
static void alarm(struct drawing *d, double x, double y)
{
    mp_buf_addf(d->b, "<path d=\"M%.1f %.1fl5 -9h-10z\" class=\"alarm\"/>\n", x, y);
}

static void bars(struct drawing *d)
{
    double width = d->pitch * 0.78;
    width = width > 48 ? 48 : width;
    for (size_t i = 0; i < d->f->n_bars; i++) {
        const struct mp_bar *bar = d->f->bars + i;
        double h = mp_svg_hidden(bar) ? 9 : height_of(d, &bar->cell);
        if (h > 0)
            mp_svg_bar(d->b, middle_of(d, i) - width / 2, BOTTOM - h, width, h, bar);
    }
}

static bool all_fit(const struct drawing *d, double letter)
{
    return d->widest * letter + 2 <= d->pitch;
}

/* Where the number of a bar stands: above it, and above its neighbours where it reaches over them.
 */
static double above(const struct drawing *d, size_t i, double half)
{
    double top = BOTTOM;
    for (size_t k = 0; k < d->f->n_bars; k++) {
        double off = middle_of(d, k) - middle_of(d, i), near = half + d->pitch / 2;
        const struct mp_bar *bar = d->f->bars + k;
        double y = BOTTOM - (mp_svg_hidden(bar) ? 9 : height_of(d, &bar->cell));
        if (off < near && -off < near && y < top)
            top = y;
    }
    return top - 5;
}

/* Numbers above bars: all where they fit, else those that the caption names. The last one then
 * stands behind its bar, where nothing is in its way. */
static void values(struct drawing *d)
{
    bool all = all_fit(d, LETTER), narrow = all_fit(d, NARROW);
    double taken = -MP_SVG_WIDTH; /* up to here, by a number that is always shown */
    for (size_t i = 0; i < d->f->n_bars; i++) {
        const struct mp_bar *bar = d->f->bars + i;
        double x = middle_of(d, i), half = mp_svg_width(bar->cell.text, NARROW) / 2;
        bool hidden = bar->cell.kind != MP_CELL_NUMBER, last = i + 1 == d->f->n_bars;
        double y = above(d, i, all ? 0 : half);
        if (bar->alarm && !hidden) {
            alarm(d, x, above(d, i, 0));
            y -= 12;
        }
        if (bar->cell.text.n > MP_SVG_TEXT_MAX || !(all || (bar->marked && !hidden)))
            continue;
        if (!all && last) {
            double top = BOTTOM - height_of(d, &bar->cell) + 9;
            mp_svg_text(d->b, d->right + 3, top < BOTTOM ? top : BOTTOM, "value first",
                        bar->cell.text);
            continue;
        }
        bool always = narrow || (bar->marked && x - half > taken);
        taken = always ? x + half : taken;
        mp_svg_text(d->b, x - half < 0 ? half : x, y, always ? "value" : "value wide",
                    bar->cell.text);
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
    double taken = -MP_SVG_WIDTH, years_end = 0;
    for (size_t i = 0; i < d->f->n_bars; i++) {
        const struct mp_bar *bar = d->f->bars + i;
        double x = middle_of(d, i);
        if ((size_t)(bar->number - 1) % step == 0 && x - taken > 2 * NARROW + 4) {
            mp_svg_text(d->b, x, BOTTOM + 18, "tick", bar->tick);
            taken = x;
        }
        if (i == 0 ? year_soon(d) : mp_str_eq(bar->group, bar[-1].group))
            continue;
        bool start = i == 0 && d->pitch < 5 * NARROW;
        bool end = x > MP_SVG_WIDTH - 2 * NARROW;
        mp_svg_text(d->b,
                    start ? x - d->pitch / 2
                    : end ? MP_SVG_WIDTH
                          : x,
                    BOTTOM + 38,
                    start ? "year first"
                    : end ? "year end"
                          : "year",
                    bar->group);
        years_end = x + 5 * NARROW;
    }
    if (years_end + mp_svg_width(d->f->axis, NARROW) < d->right)
        mp_svg_text(d->b, d->right, BOTTOM + 38, "end name axis-name", d->f->axis);
}

/* How much of the width the bars have: numbers stand left of them and may stand right. */
static void lay_out(struct drawing *d)
{
    const struct mp_figure *f = d->f;
    for (size_t i = 0; i < f->n_bars; i++) {
        double w =
            f->bars[i].cell.text.n > MP_SVG_TEXT_MAX ? 0 : mp_svg_width(f->bars[i].cell.text, 1);
        d->widest = w > d->widest ? w : d->widest;
    }
    d->left = 14 + mp_svg_width(f->top_text, NARROW);
    d->left = d->left > 200 ? 200 : d->left;
    d->right = MP_SVG_WIDTH - 8;
    d->pitch = (d->right - d->left) / (double)f->n_bars;
    if (all_fit(d, LETTER))
        return;
    double behind = mp_svg_width(f->bars[f->n_bars - 1].cell.text, NARROW) + 6;
    d->right = MP_SVG_WIDTH - (behind > 200 ? 200 : behind);
    d->pitch = (d->right - d->left) / (double)f->n_bars;
}

/* What the sign of an alarm means, below all else. */
static void key(struct drawing *d)
{
    if (d->f->alarms.n == 0)
        return;
    alarm(d, 8, HEIGHT + 16);
    mp_svg_text(d->b, 20, HEIGHT + 16, "first name", d->f->alarms);
}

void mp_svg_weeks(struct mp_buf *b, const struct mp_figure *f, unsigned id)
{
    struct drawing d = {.b = b, .f = f};
    lay_out(&d);
    mp_svg_open(b, f, f->alarms.n > 0 ? HEIGHT + 28 : HEIGHT, id);
    if (f->top > 0) {
        grid_line(&d, TOP, "grid", f->top_text);
        grid_line(&d, (TOP + BOTTOM) / 2.0, "grid", f->middle_text);
    }
    bars(&d);
    grid_line(&d, BOTTOM, "axis", f->top > 0 ? MP_STR("0") : MP_STR(""));
    values(&d);
    ticks(&d);
    key(&d);
}
