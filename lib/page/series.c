/* Bars over weeks: every week from the first to the last, also those without a row. */
#include "page/build.h"
#include <stdio.h>
#include <stdlib.h>

enum { BARS_MAX = 160 }; /* about three years; older weeks stand in the table */

struct week {
    int32_t monday;
    const struct mp_rows_row *row;
};

int32_t mp_build_monday(int year, int week)
{
    int32_t day = mp_date_day(year, 1, 4); /* lies in week 1 */
    return day - (mp_date_weekday(day) - 1) + 7 * (week - 1);
}

static int by_monday(const void *a, const void *b)
{
    int32_t x = ((const struct week *)a)->monday, y = ((const struct week *)b)->monday;
    return (x > y) - (x < y);
}

/* The rows of table and unit that have a known week and nothing else. */
static struct week *find_weeks(struct mp_build *b, struct mp_str table, struct mp_str unit,
                               size_t *n)
{
    struct week *weeks = mp_build_alloc(b, b->rows->n + 1, sizeof *weeks);
    *n = 0;
    for (size_t i = 0; i < b->rows->n && weeks; i++) {
        const struct mp_rows_row *r = b->rows->row + i;
        int year, week;
        if (r->n_by == 1 && mp_str_eq(r->by[0].dimension, b->layout.week) && r->by[0].value.p &&
            mp_str_eq(r->table, table) && mp_str_eq(r->unit, unit) &&
            mp_str_is(r->measure, "count") && mp_words_is_week(r->by[0].value, &year, &week))
            weeks[(*n)++] = (struct week){mp_build_monday(year, week), r};
    }
    if (*n)
        qsort(weeks, *n, sizeof *weeks, by_monday);
    return weeks;
}

static struct mp_str keep_text(struct mp_build *b, const char *text)
{
    struct mp_str s = mp_arena_str(&b->arena, mp_str_of(text));
    b->failed |= !s.p;
    return s.p ? s : MP_STR("");
}

/* Sets the bar's texts from the Monday of its week. */
static void name_bar(struct mp_build *b, struct mp_bar *bar, int32_t monday)
{
    int year, week;
    char text[32];
    mp_date_iso_week(monday, &year, &week);
    snprintf(text, sizeof text, "%04d-W%02d", year, week);
    bar->label = mp_words_value(&b->words, b->layout.week, mp_str_of(text));
    snprintf(text, sizeof text, "%d", week);
    bar->tick = keep_text(b, text);
    snprintf(text, sizeof text, "%d", year);
    bar->group = keep_text(b, text);
    bar->monday = monday;
    bar->number = week;
}

double mp_build_top(double most)
{
    static const double small[] = {2, 4, 6, 8, 10}, round[] = {12, 16, 20, 30, 40, 50, 60, 80, 100};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (small[i] >= most)
            return small[i];
    for (double power = 1;; power *= 10)
        for (size_t i = 0; i < sizeof round / sizeof *round; i++)
            if (round[i] * power >= most)
                return round[i] * power;
}

static struct mp_str axis_text(struct mp_build *b, double value)
{
    char text[40];
    snprintf(text, sizeof text, value < 1e15 ? "%.0f" : "%.3g", value);
    return mp_words_number(&b->words, mp_str_of(text));
}

/* The week with the date on which it begins. */
static struct mp_str week_in_words(struct mp_build *b, const struct mp_bar *bar)
{
    return mp_words_fill(&b->words, "bulletin.week",
                         (struct mp_fill[]){{"number", bar->tick},
                                            {"year", bar->group},
                                            {"from", mp_words_date(&b->words, bar->monday)}},
                         3);
}

struct peak {
    struct mp_bar *bar, *last;     /* the last of the highest; the last with a number */
    size_t times, numbers, hidden; /* how many weeks */
};

static struct peak find_peak(struct mp_figure *f)
{
    struct peak p = {0};
    for (size_t i = 0; i < f->n_bars; i++) {
        struct mp_bar *bar = f->bars + i;
        p.hidden += bar->cell.kind == MP_CELL_HIDDEN;
        if (bar->cell.kind != MP_CELL_NUMBER)
            continue;
        p.numbers++;
        p.last = bar;
        if (p.bar && bar->cell.size < p.bar->cell.size)
            continue;
        p.times = p.bar && bar->cell.size == p.bar->cell.size ? p.times + 1 : 1;
        p.bar = bar;
    }
    return p;
}

/* One sentence on what the figure shows, chosen by its shape. */
static struct mp_str takeaway(struct mp_build *b, const struct peak *p, struct mp_str unit)
{
    struct mp_words *w = &b->words;
    if (!p->bar)
        return mp_words_get(w, "bulletin.takeaway_nothing");
    bool one = mp_str_is(p->bar->cell.text, "1");
    const struct mp_fill fills[] = {
        {"value", p->bar->cell.text},
        {"unit", mp_build_text(b, mp_words_name(w, "units", unit, one ? "one" : "many"))},
        {"units", mp_build_text(b, mp_words_name(w, "units", unit, "many"))},
        {"week", week_in_words(b, p->bar)},
        {"times", mp_words_count(w, p->times)},
        {"weeks", mp_words_count(w, p->numbers)},
        {"last", week_in_words(b, p->last)},
        {"last_value", p->last->cell.text},
    };
    const char *path = p->numbers == 1          ? "bulletin.takeaway_one"
                       : p->bar->cell.size <= 0 ? "bulletin.takeaway_zero"
                       : p->times == p->numbers ? "bulletin.takeaway_flat"
                       : p->times > 1           ? "bulletin.takeaway_ties"
                       : p->bar == p->last      ? "bulletin.takeaway_last"
                                                : "bulletin.takeaway_peak";
    return mp_words_fill(w, path, fills, sizeof fills / sizeof *fills);
}

/* What else must be said: weeks that are hidden, left out, or not known. */
static struct mp_str remarks(struct mp_build *b, struct mp_str first, const struct peak *p,
                             bool cut, size_t n_bars, const struct mp_rows_row *unknown)
{
    struct mp_buf text = {0};
    struct mp_words *w = &b->words;
    mp_buf_addstr(&text, first);
    const struct {
        bool say;
        const char *path;
        struct mp_str n;
    } more[] = {
        {p->hidden > 0, "bulletin.weeks_hidden", mp_words_count(w, p->hidden)},
        {cut, "bulletin.weeks_cut", mp_words_count(w, n_bars)},
        {unknown != NULL, "bulletin.weeks_unknown",
         unknown ? mp_build_cell(b, unknown).text : MP_STR("")},
    };
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (more[i].say) {
            mp_buf_addc(&text, ' ');
            mp_buf_addstr(&text,
                          mp_words_fill(w, more[i].path, (struct mp_fill[]){{"n", more[i].n}}, 1));
        }
    return mp_words_keep(w, &text);
}

/* Puts a bar for each week from `first` on. */
static void place_bars(struct mp_build *b, struct mp_figure *f, int32_t first,
                       const struct week *weeks, size_t n)
{
    f->bars = mp_build_alloc(b, f->n_bars, sizeof *f->bars);
    for (size_t i = 0, k = 0; i < f->n_bars && f->bars; i++) {
        int32_t monday = first + 7 * (int32_t)i;
        while (k < n && weeks[k].monday < monday)
            k++;
        const struct mp_rows_row *row = k < n && weeks[k].monday == monday ? weeks[k].row : NULL;
        f->bars[i].cell = mp_build_cell(b, row);
        name_bar(b, f->bars + i, monday);
    }
}

static const struct mp_rows_row *unknown_week(struct mp_build *b, struct mp_str table,
                                              struct mp_str unit)
{
    struct mp_by by = {b->layout.week, MP_STR("unknown")};
    const struct mp_rows_row *r = mp_rows_find(b->rows, table, unit, MP_STR("count"), &by, 1);
    by.value = (struct mp_str){0};
    return r ? r : mp_rows_find(b->rows, table, unit, MP_STR("count"), &by, 1);
}

/* Marks the weeks that lie far above expectation, of all places together. */
static void find_alarms(struct mp_build *b, struct mp_figure *f, struct mp_str unit)
{
    for (size_t i = 0; i < b->rows->n_counts; i++) {
        const struct mp_rows_row *r = b->rows->row + i;
        int year, week;
        if (r->n_by != 1 || !r->observed.p || r->conflict || !mp_str_eq(r->unit, unit) ||
            !mp_str_eq(r->by[0].dimension, b->layout.week) || !r->by[0].value.p ||
            !mp_words_is_week(r->by[0].value, &year, &week))
            continue;
        for (size_t k = 0; k < f->n_bars; k++)
            if (f->bars[k].monday == mp_build_monday(year, week)) {
                f->bars[k].alarm = true;
                f->alarms = mp_words_get(&b->words, "bulletin.alarm_sign");
            }
    }
}

struct mp_figure *mp_build_weeks(struct mp_build *b, struct mp_str table, struct mp_str unit)
{
    size_t n;
    struct week *weeks = find_weeks(b, table, unit, &n);
    struct mp_figure *f = n ? mp_build_alloc(b, 1, sizeof *f) : NULL;
    if (!f)
        return NULL;
    size_t all = (size_t)(weeks[n - 1].monday - weeks[0].monday) / 7 + 1;
    f->n_bars = all < BARS_MAX ? all : BARS_MAX;
    place_bars(b, f, weeks[n - 1].monday - 7 * (int32_t)(f->n_bars - 1), weeks, n);
    if (b->failed)
        return NULL;
    struct peak p = find_peak(f);
    double most = p.bar ? p.bar->cell.size : 0;
    if (most > 0) {
        f->top = mp_build_top(most);
        f->top_text = axis_text(b, f->top);
        f->middle_text = axis_text(b, f->top / 2);
    }
    if (p.bar)
        p.bar->marked = p.last->marked = true;
    struct mp_words *w = &b->words;
    const struct mp_fill fills[] = {
        {"units", mp_build_text(b, mp_words_name(w, "units", unit, "many"))},
        {"first", f->bars[0].label},
        {"last", f->bars[f->n_bars - 1].label},
        {"weeks", mp_words_count(w, f->n_bars)}};
    f->title = mp_words_fill(w, "bulletin.figure_title", fills, 4);
    f->description = mp_words_fill(w, "bulletin.figure_description", fills, 4);
    f->axis = mp_words_name(w, "dimensions", b->layout.week, "name");
    const struct mp_rows_row *unknown = unknown_week(b, table, unit);
    f->takeaway = remarks(b, takeaway(b, &p, unit), &p, all > f->n_bars, f->n_bars, unknown);
    mp_build_refer_pair(b, &f->refs, unit, MP_STR("count"));
    find_alarms(b, f, unit);
    f->first_day = weeks[0].monday;
    f->last_day = weeks[n - 1].monday + 6;
    return f;
}
