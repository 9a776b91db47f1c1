/* What stands out: weeks far above expectation, and runs of departures from one place. */
#include "page/bulletin.h"
#include <stdlib.h>

enum { LINES_MAX = 8 }; /* of the newest; all stand in the tables */

static bool is_alarm(const struct mp_rows_row *r)
{
    return r->observed.p || r->until.p;
}

/* Newest first, then by what it is about. */
static int newest_first(const void *x, const void *y, void *ctx)
{
    const struct mp_build *b = ctx;
    const struct mp_rows_row *p = *(const struct mp_rows_row *const *)x;
    const struct mp_rows_row *q = *(const struct mp_rows_row *const *)y;
    for (size_t i = 0; i < p->n_by && i < q->n_by; i++)
        for (size_t k = 0; k < q->n_by; k++)
            if (mp_layout_has(b->layout.times, p->by[i].dimension) &&
                mp_str_eq(p->by[i].dimension, q->by[k].dimension)) {
                int d = mp_rows_natural_cmp(q->by[k].value, p->by[i].value);
                if (d)
                    return d;
            }
    return (p > q) - (p < q);
}

/* When it was: a week with its first day, or another time as it stands. */
static struct mp_str time_name(struct mp_build *b, struct mp_by by)
{
    int year, week;
    struct mp_words *w = &b->words;
    if (!by.value.p || !mp_words_is_week(by.value, &year, &week))
        return mp_build_value(b, by.dimension, by.value);
    const struct mp_fill fills[] = {{"week", mp_build_value(b, by.dimension, by.value)},
                                    {"from", mp_words_date(w, mp_build_monday(year, week))}};
    return mp_words_fill(w, "alarms.week", fills, 2);
}

/* Where it was: all but the time; everywhere, if there is nothing else. */
static struct mp_str place_name(struct mp_build *b, const struct mp_rows_row *r)
{
    struct mp_buf text = {0};
    struct mp_words *w = &b->words;
    for (size_t i = 0; i < r->n_by; i++) {
        if (mp_layout_has(b->layout.times, r->by[i].dimension))
            continue;
        const struct mp_fill fills[] = {
            {"dimension", mp_build_small(b, mp_build_dimension(b, r->by[i].dimension))},
            {"value", mp_build_value(b, r->by[i].dimension, r->by[i].value)}};
        if (text.len > 0)
            mp_buf_adds(&text, ", ");
        mp_buf_addstr(&text, mp_words_fill(w, "alarms.place", fills, 2));
    }
    if (text.len == 0)
        mp_buf_addstr(&text, mp_words_get(w, "alarms.everywhere"));
    return mp_words_keep(w, &text);
}

static struct mp_str when(struct mp_build *b, const struct mp_rows_row *r)
{
    for (size_t i = 0; i < r->n_by; i++)
        if (mp_layout_has(b->layout.times, r->by[i].dimension))
            return time_name(b, r->by[i]);
    return mp_words_get(&b->words, "page.unknown");
}

static struct mp_page_line line_of(struct mp_build *b, const struct mp_rows_row *r)
{
    struct mp_words *w = &b->words;
    struct mp_page_cell value = mp_build_cell(b, r);
    const struct mp_fill fills[] = {{"when", when(b, r)},
                                    {"where", place_name(b, r)},
                                    {"units", mp_build_units(b, r->unit)},
                                    {"n", value.text},
                                    {"until", r->until.p ? mp_build_text(b, r->until) : MP_STR("")},
                                    {"observed", mp_words_number(w, r->observed)},
                                    {"expected", mp_words_number(w, r->expected)},
                                    {"measure", mp_words_name(w, "measures", r->measure, "name")}};
    size_t n = sizeof fills / sizeof *fills;
    struct mp_buf detail = {0};
    if (!r->until.p)
        mp_buf_addstr(&detail, mp_words_fill(w, "alarms.detail", fills, n));
    if (r->unsafe && detail.len > 0)
        mp_buf_adds(&detail, "; ");
    if (r->unsafe)
        mp_buf_addstr(&detail, mp_words_get(w, "page.state_internal"));
    return (struct mp_page_line){
        mp_words_fill(w, r->until.p ? "alarms.run" : "alarms.alarm", fills, n),
        mp_words_keep(w, &detail), true};
}

static const struct mp_rows_row **find(struct mp_build *b, struct mp_rows_range range, size_t *n)
{
    const struct mp_rows_row **rows = mp_build_alloc(b, range.end - range.from + 1, sizeof *rows);
    *n = 0;
    for (size_t i = range.from; i < range.end && rows; i++)
        if (is_alarm(b->rows->row + i))
            rows[(*n)++] = b->rows->row + i;
    if (*n)
        qsort_r(rows, *n, sizeof *rows, newest_first, b);
    return rows;
}

void mp_build_alarm_lines(struct mp_build *b, struct mp_section *s)
{
    size_t n;
    const struct mp_rows_row **rows = find(b, (struct mp_rows_range){0, b->rows->n_counts}, &n);
    size_t shown = n < LINES_MAX ? n : LINES_MAX;
    s->lines = mp_build_alloc(b, shown + 1, sizeof *s->lines);
    for (size_t i = 0; i < shown && s->lines; i++)
        s->lines[s->n_lines++] = line_of(b, rows[i]);
    if (s->lines && n > shown)
        s->lines[s->n_lines++].text =
            mp_words_fill(&b->words, "alarms.more",
                          (struct mp_fill[]){{"n", mp_words_count(&b->words, n - shown)}}, 1);
}

static void head(struct mp_build *b, struct mp_page_table *t, size_t at, const char *path)
{
    t->heads[at].text = mp_words_get(&b->words, path);
}

/* Labels of a row: what it is broken down by, or that it is of all; and of a run its last day. */
static void fill(struct mp_build *b, struct mp_page_table *t, size_t at,
                 const struct mp_rows_row *r, bool runs)
{
    struct mp_page_row *row = t->rows + at;
    for (size_t i = 0; i < r->n_by && i < t->n_labels; i++)
        row->labels[i] = mp_build_value(b, r->by[i].dimension, r->by[i].value);
    if (r->n_by == 0)
        row->labels[0] = mp_words_get(&b->words, "page.total");
    if (runs) {
        row->labels[t->n_labels - 1] = mp_build_text(b, r->until);
        row->cells[1] = mp_build_number(b, r, r->departures, MP_FORM_PLAIN);
        row->cells[0] = mp_build_cell(b, r);
        return;
    }
    row->cells[0] = mp_build_number(b, r, r->observed, MP_FORM_PLAIN);
    row->cells[1] = mp_build_number(b, r, r->expected, MP_FORM_PLAIN);
    row->cells[2] = mp_build_cell(b, r);
}

/* One measure of a table: its dimensions, what was observed and expected, the statistic. */
static void make(struct mp_build *b, const struct mp_rows_row **rows, size_t n,
                 struct mp_buf *tables)
{
    bool runs = rows[0]->until.p;
    struct mp_page_table t = {.name = rows[0]->table,
                              .n_labels = (rows[0]->n_by ? rows[0]->n_by : 1) + runs,
                              .n_cells = runs ? 2 : 3,
                              .n_rows = n};
    if (!mp_build_shape(b, &t))
        return;
    t.caption = mp_words_fill(&b->words, "page.caption",
                              (struct mp_fill[]){{"table", mp_build_table_name(b, t.name)},
                                                 {"unit", mp_build_units(b, rows[0]->unit)}},
                              2);
    mp_build_state(b, rows, n, &t);
    mp_build_refer(b, &t.refs, "tables", t.name);
    for (size_t i = 0; i < rows[0]->n_by; i++) {
        t.heads[i].text = mp_build_dimension(b, rows[0]->by[i].dimension);
        mp_build_refer(b, &t.heads[i].refs, "dimensions", rows[0]->by[i].dimension);
    }
    if (runs)
        head(b, &t, t.n_labels - 1, "alarms.until");
    head(b, &t, t.n_labels, runs ? "alarms.persons" : "alarms.observed");
    head(b, &t, t.n_labels + 1, runs ? "alarms.departures" : "alarms.expected");
    struct mp_head *last = t.heads + t.n_labels + (runs ? 0 : 2);
    if (!runs)
        last->text = mp_words_name(&b->words, "measures", rows[0]->measure, "name");
    mp_build_refer_pair(b, &last->refs, rows[0]->unit, rows[0]->measure);
    for (size_t i = 0; i < n; i++)
        fill(b, &t, i, rows[i], runs);
    mp_buf_add(tables, &t, sizeof t);
}

/* Whether rows stand under the same heads: one unit and measure, by the same dimensions, and all of
 * runs or all of weeks. */
static bool same_heads(const struct mp_rows_row *x, const struct mp_rows_row *y)
{
    bool same = mp_str_eq(x->unit, y->unit) && mp_str_eq(x->measure, y->measure) &&
                x->n_by == y->n_by && !x->until.p == !y->until.p;
    for (size_t i = 0; i < x->n_by && same; i++)
        same = mp_str_eq(x->by[i].dimension, y->by[i].dimension);
    return same;
}

bool mp_build_alarm_tables(struct mp_build *b, struct mp_rows_range range, struct mp_buf *tables)
{
    size_t n = 0;
    const struct mp_rows_row **rows = find(b, range, &n);
    if (n < range.end - range.from) /* other rows, too: a table as any other */
        return false;
    for (size_t i = range.from, end; i < range.end && rows; i = end) {
        for (end = i + 1; end < range.end && same_heads(b->rows->row + i, b->rows->row + end);)
            end++;
        rows = find(b, (struct mp_rows_range){i, end}, &n);
        if (rows)
            make(b, rows, n, tables);
    }
    b->failed |= tables->failed;
    return true;
}
