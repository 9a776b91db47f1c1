/* How the numbers came about: what was counted, what is hidden, what became of every row. */
#include "page/bulletin.h"
#include <stdlib.h>

struct census {
    size_t hidden, few, few_persons, small_base, others; /* cells that are hidden, and why */
    size_t internal, controlled, rounded;                /* rows */
    struct mp_str multiple;                              /* of which the rounded ones are */
    size_t place[MP_ROW_SAME + 1];
};

static struct census count(const struct mp_rows *rows)
{
    struct census c = {0};
    for (size_t i = 0; i < rows->n; i++) {
        const struct mp_rows_row *r = rows->row + i;
        c.place[r->place]++;
        if (r->suppressed.p) {
            c.hidden++;
            c.few += mp_str_is(r->reason, "few");
            c.few_persons += mp_str_is(r->reason, "few_persons");
            c.small_base += mp_str_is(r->reason, "small_base");
        }
        if (r->unsafe)
            c.internal++;
        else if (r->rounded.p) {
            c.rounded++;
            c.multiple = r->rounded;
        } else
            c.controlled++;
    }
    c.others = c.hidden - c.few - c.few_persons - c.small_base;
    return c;
}

static void notice(struct mp_page *p, struct mp_str text, bool warning)
{
    if (p->n_notices < sizeof p->notices / sizeof *p->notices)
        p->notices[p->n_notices++] = (struct mp_notice){text, warning};
}

static struct mp_str with_n(struct mp_build *b, const char *path, size_t n)
{
    return mp_words_fill(&b->words, path, (struct mp_fill[]){{"n", mp_words_count(&b->words, n)}},
                         1);
}

static struct mp_str rounded_text(struct mp_build *b, const struct census *c)
{
    return mp_words_fill(&b->words, "bulletin.rounded",
                         (struct mp_fill[]){{"n", mp_words_number(&b->words, c->multiple)}}, 1);
}

void mp_build_control(struct mp_build *b, struct mp_page *page)
{
    struct mp_words *w = &b->words;
    struct census c = count(b->rows);
    if (c.internal > 0)
        notice(page, mp_words_get(w, "bulletin.internal"), true);
    if (c.internal > 0 && c.internal < b->rows->n)
        notice(page, with_n(b, "bulletin.mixed", c.internal), true);
    long crossing = mp_rows_crossing(b->rows);
    b->failed |= crossing < 0;
    if (crossing > 0)
        notice(page, with_n(b, "bulletin.crossing", (size_t)crossing), true);
    if (c.rounded > 0)
        notice(page, rounded_text(b, &c), false);
    if (c.controlled > 0)
        notice(page, mp_words_get(w, "bulletin.controlled"), false);
}

struct writer {
    struct mp_build *b;
    struct mp_buf items; /* of struct mp_item */
};

static struct mp_page_line *lines(struct writer *w, size_t n)
{
    return mp_build_alloc(w->b, n, sizeof(struct mp_page_line));
}

static void item(struct writer *w, const char *term, struct mp_str text, struct mp_page_line *lines,
                 size_t n_lines)
{
    struct mp_item i = {mp_words_get(&w->b->words, term), text, lines, lines ? n_lines : 0};
    mp_buf_add(&w->items, &i, sizeof i);
}

/* What each unit is that occurs. */
static void say_units(struct writer *w)
{
    struct mp_words *words = &w->b->words;
    struct mp_page_line *all = lines(w, 16);
    struct mp_str unit;
    size_t n = 0;
    for (size_t i = 0; all && n < 16 && (unit = mp_words_key(words, "units", i)).p; i++) {
        bool occurs = false;
        for (size_t k = 0; k < w->b->rows->n && !occurs; k++)
            occurs = mp_str_eq(w->b->rows->row[k].unit, unit);
        if (occurs)
            all[n++] =
                (struct mp_page_line){mp_words_name(words, "units", unit, "many"),
                                      mp_words_find(words, "units", unit, "definition"), false};
    }
    item(w, "method.counted", mp_words_get(words, "method.counted_is"), all, n);
}

/* What was done about small numbers, and how many cells are hidden for which reason. */
static void say_control(struct writer *w)
{
    struct census c = count(w->b->rows);
    const struct {
        size_t n;
        const char *path;
    } all[] = {{c.controlled, "method.controlled"},   {c.rounded, "method.rounded"},
               {c.internal, "method.internal"},       {c.few, "method.few"},
               {c.few_persons, "method.few_persons"}, {c.small_base, "method.small_base"},
               {c.others, "method.secondary"}};
    size_t n = 0;
    struct mp_page_line *out = lines(w, sizeof all / sizeof *all);
    for (size_t i = 0; out && i < sizeof all / sizeof *all; i++)
        if (all[i].n > 0)
            out[n++] =
                (struct mp_page_line){with_n(w->b, all[i].path, all[i].n), MP_STR(""), false};
    item(w, "method.control", MP_STR(""), out, n);
}

/* What became of every line of the input; the numbers add up. */
static void say_rows(struct writer *w)
{
    struct census c = count(w->b->rows);
    size_t all = w->b->rows->n + w->b->rows->again + w->b->rejected;
    const struct {
        size_t n;
        const char *path;
    } parts[] = {{c.place[MP_ROW_SHOWN], "method.shown"}, {c.place[MP_ROW_FOLDED], "method.folded"},
                 {c.place[MP_ROW_SAME], "method.same"},   {c.place[MP_ROW_LEFT], "method.left"},
                 {w->b->rows->again, "method.again"},     {w->b->rejected, "method.rejected"}};
    size_t n = 0;
    struct mp_page_line *out = lines(w, sizeof parts / sizeof *parts);
    for (size_t i = 0; out && i < sizeof parts / sizeof *parts; i++)
        if (parts[i].n > 0 || i == 0)
            out[n++] =
                (struct mp_page_line){with_n(w->b, parts[i].path, parts[i].n), MP_STR(""), false};
    item(w, "method.rows", with_n(w->b, "method.rows_are", all), out, n);
}

/* The tables by the names under which the rules have them. */
static void say_tables(struct writer *w)
{
    struct mp_buf text = {0};
    const struct mp_rows *rows = w->b->rows;
    for (size_t i = 0; i < rows->n; i++) {
        if (i > 0 && mp_str_eq(rows->row[i].table, rows->row[i - 1].table))
            continue;
        if (text.len > 0)
            mp_buf_adds(&text, ", ");
        mp_buf_addstr(&text, mp_build_text(w->b, rows->row[i].table));
    }
    item(w, "method.tables", mp_words_keep(&w->b->words, &text), NULL, 0);
}

static void placed(struct mp_build *b, const struct mp_page_cell *c, bool folded)
{
    if (c->row)
        mp_rows_placed(b->rows, c->row, folded ? MP_ROW_FOLDED : MP_ROW_SHOWN);
}

static void place_tables(struct mp_build *b, const struct mp_block *block)
{
    for (size_t i = 0; i < block->n_tables; i++)
        for (size_t k = 0; k < block->tables[i].n_rows; k++)
            for (size_t j = 0; j < block->tables[i].n_cells; j++)
                placed(b, block->tables[i].rows[k].cells + j, block->tables[i].rows[k].folded);
    for (size_t i = 0; block->figure && i < block->figure->n_bars; i++)
        placed(b, &block->figure->bars[i].cell, false);
}

/* Which rows stand on the page, as the page itself has them. */
static void place_rows(struct mp_build *b, const struct mp_page *page)
{
    for (size_t i = 0; i < page->n_headlines; i++)
        placed(b, &page->headlines[i].cell, false);
    for (size_t i = 0; i < page->n_sections; i++) {
        const struct mp_section *s = page->sections + i;
        for (size_t k = 0; k < s->n_blocks; k++)
            place_tables(b, s->blocks + k);
        for (size_t k = 0; k < s->n_comparisons; k++)
            for (size_t j = 0; j < s->comparisons[k].n_computed; j++)
                placed(b, &s->comparisons[k].computed[j].cell, false);
    }
}

void mp_build_method(struct mp_build *b, const struct mp_page *page, struct mp_str program,
                     struct mp_section *s)
{
    struct writer w = {.b = b};
    place_rows(b, page);
    say_units(&w);
    if (b->rows->n > 0)
        say_control(&w);
    say_rows(&w);
    if (b->rows->n > 0)
        say_tables(&w);
    item(&w, "method.program",
         mp_words_fill(&b->words, "method.program_is",
                       (struct mp_fill[]){{"program", program}, {"layout", b->layout.label}}, 2),
         NULL, 0);
    s->items = mp_build_items(b, &w.items, sizeof *s->items, &s->n_items);
}
