/* The figures and tables of one section. */
#include "page/bulletin.h"

struct maker {
    struct mp_build *b;
    struct mp_part_of *parts;
    size_t n;
    struct mp_buf blocks; /* of struct mp_block */
    struct mp_buf *appendix;
    size_t left_out;
};

/* The tables of a part in the buffer, or in the appendix; nothing if it stands somewhere already.
 */
static void take(struct maker *m, struct mp_part_of *part, bool plain, struct mp_buf *body)
{
    struct mp_buf made = {0};
    if (part->taken)
        return;
    part->taken = true;
    if (mp_build_alarm_tables(m->b, part->range, body))
        return;
    if (mp_build_tables(m->b, part->range, plain, &made))
        mp_build_fold(m->b, &made, body, m->appendix);
    else
        m->left_out++;
}

static void add_block(struct maker *m, struct mp_figure *figure, struct mp_buf *body)
{
    struct mp_block block = {.figure = figure};
    block.tables = mp_build_items(m->b, body, sizeof *block.tables, &block.n_tables);
    if (figure || block.n_tables > 0)
        mp_buf_add(&m->blocks, &block, sizeof block);
}

static struct mp_part_of *part_of(struct maker *m, struct mp_str table)
{
    for (size_t i = 0; i < m->n; i++)
        if (mp_str_eq(m->parts[i].table, table))
            return m->parts + i;
    return NULL;
}

/* A figure with its tables; false if there is none. The table of a figure can stand in another
 * section. */
static bool draw(struct maker *m, const struct mp_drawing *d, size_t plan, struct mp_figure **weeks)
{
    struct mp_figure *figure = NULL;
    struct mp_part_of *part = NULL;
    struct mp_buf body = {0};
    struct mp_str unit;
    if (d->weeks) {
        part = mp_build_find_weeks(m->b, m->parts, m->n, &unit);
        *weeks = figure = part ? mp_build_weeks(m->b, part->table, unit) : NULL;
    }
    for (size_t i = 0; !d->weeks && i < d->tables->n && !figure; i++) {
        part = part_of(m, d->tables->items[i]->text);
        figure = part ? mp_build_bars(m->b, part->range, d) : NULL;
    }
    if (!figure)
        return false;
    if (part->plan == plan)
        take(m, part, false, &body);
    add_block(m, figure, &body);
    return true;
}

size_t mp_build_section(struct mp_build *b, const struct mp_plan *plan, struct mp_part_of *parts,
                        size_t n, struct mp_section *s, struct mp_buf *appendix,
                        struct mp_figure **weeks)
{
    struct maker m = {.b = b, .parts = parts, .n = n, .appendix = appendix};
    struct mp_buf body = {0};
    size_t number = (size_t)(plan - b->layout.plans);
    bool drawn = false;
    for (size_t i = 0; i < plan->n_drawings; i++)
        if (!drawn || !plan->drawings[i].instead)
            drawn = draw(&m, plan->drawings + i, number, weeks);
    for (size_t i = 0; i < n; i++)
        if (parts[i].plan == number)
            take(&m, parts + i, plan->holds == MP_HOLDS_METHOD, &body);
    add_block(&m, NULL, &body);
    s->blocks = mp_build_items(b, &m.blocks, sizeof *s->blocks, &s->n_blocks);
    return m.left_out;
}
