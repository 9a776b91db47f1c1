/* The text of a report: one or two sentences out of templates. */
#include "synth/said.h"

/* Values are gathered in one buffer, which may move while it grows: places first, texts later. */
struct gathered {
    struct mp_buf *b;
    size_t n, ends[MP_SYNTH_N_SENTENCE];
};

static void end(struct gathered *g)
{
    g->ends[g->n++] = g->b->len;
}

static void add_spaced(struct mp_buf *b, const struct mp_buf *word, size_t start)
{
    if (b->len > start && word->len > 0)
        mp_buf_addc(b, ' ');
    mp_buf_addstr(b, mp_buf_str(word));
}

static void add_names(struct gathered *g, const struct mp_synth_said *said)
{
    struct mp_str nameless = said->m->narrative.nameless;
    mp_buf_addstr(g->b, said->name->given.len ? mp_buf_str(&said->name->given) : nameless);
    end(g);
    size_t start = g->b->len;
    add_spaced(g->b, &said->name->given, start);
    add_spaced(g->b, &said->name->prefix, start);
    add_spaced(g->b, &said->name->family, start);
    if (g->b->len == start)
        mp_buf_addstr(g->b, nameless);
    end(g);
}

static void add_clock(struct gathered *g, struct mp_time t)
{
    int y, m, d;
    mp_date_civil(t.day, &y, &m, &d);
    mp_buf_addf(g->b, "%02d.%02d", t.minute / 60, t.minute % 60);
    end(g);
    mp_buf_addf(g->b, "%02d-%02d-%04d", d, m, y);
    end(g);
}

void mp_synth_say(const struct mp_synth_said *said, struct mp_chance *c, struct mp_buf *scratch,
                  struct mp_buf *out)
{
    struct gathered g = {.b = scratch};
    scratch->len = 0;
    add_names(&g, said);
    mp_buf_addf(scratch, "%d", said->age);
    end(&g);
    mp_buf_addstr(scratch, said->institution);
    end(&g);
    add_clock(&g, said->since);
    add_clock(&g, said->back);
    out->failed |= scratch->failed;
    if (out->failed)
        return;
    struct mp_str values[MP_SYNTH_N_SENTENCE];
    for (size_t i = 0, start = 0; i < MP_SYNTH_N_SENTENCE; start = g.ends[i++])
        values[i] = (struct mp_str){scratch->data + start, g.ends[i] - start};
    const struct mp_synth_lists *lists = &said->m->narrative.lists;
    const struct mp_synth_sentences *first = said->sentences, *more = &said->m->narrative.more;
    mp_synth_fill(out, &first->list[mp_chance_below(c, (uint32_t)first->n)], values, lists,
                  said->girl, c);
    if (!mp_chance_hits(c, said->m->narrative.second))
        return;
    mp_buf_addc(out, ' ');
    mp_synth_fill(out, &more->list[mp_chance_below(c, (uint32_t)more->n)], values, lists,
                  said->girl, c);
}
