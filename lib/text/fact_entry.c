/*
 * Entries of a text that is kept as a journal: the time that heads one is that of the return which
 * it tells.
 */
#include "text/fact_words.h"

static uint32_t sentence(const struct mp_fact_clues *c, uint32_t token)
{
    return c->text->tokens.at[token].sentence;
}

/* An entry: what stands behind the time that heads it, up to the next of this kind. */
struct entry {
    const struct mp_when *stamp, *next;
    uint32_t end; /* token */
};

/* Whether the sentence has a time other than that of its entry. */
static bool has_time(const struct mp_fact_clues *c, const struct entry *e, uint32_t of)
{
    const struct mp_when *when = e->stamp + 1;
    while (when < e->next && sentence(c, when->first) < of)
        when++;
    for (; when < e->next && sentence(c, when->first) == of; when++)
        if (when->grain != MP_GRAIN_DAY || when->from.day != e->stamp->from.day)
            return true;
    return false;
}

/* What one sentence of an entry says of a return: its time is that of the entry (1), or the entry
 * is about something else (-1), or nothing is said (0). `*i` goes on to the mentions behind it. */
static int sentence_tells(const struct mp_fact_clues *c, const struct entry *e, size_t *i)
{
    uint32_t of = c->said[*i].sentence, all = 0, present = 0;
    for (; *i < c->n_said && c->said[*i].sentence == of && c->said[*i].m->first < e->end; ++*i) {
        const struct mp_mention *m = c->said[*i].m;
        uint32_t role = UINT32_C(1) << c->said[*i].as;
        /* what reaches to the time that heads the next entry is told there */
        bool within = m->first > e->stamp->last && m->last < e->end && !m->silent;
        all |= within ? role : 0;
        present |= within && m->status == MP_PRESENT ? role : 0;
    }
    bool left = (all & MP_ROLES_LEAVING) != 0;
    /* behind the report nobody leaves any more: what is said of leaving explains something */
    bool late = mp_time_cmp(e->stamp->from, c->text->reported_at) > 0;
    if (present & MP_ROLE_BIT(BACK) || (present & MP_ROLE_BIT(TOLD) && !left))
        return has_time(c, e, of) ? -1 : 1;
    return left && !late ? -1 : 0;
}

bool mp_fact_entry_tells(const struct mp_fact_clues *c, const struct mp_when *stamp, size_t low)
{
    const struct mp_when *whens = MP_ITEMS(struct mp_when, c->text->whens);
    const struct mp_when *end = whens + MP_COUNT(struct mp_when, c->text->whens);
    struct entry e = {.stamp = stamp, .next = stamp + 1, .end = UINT32_MAX};
    int tells = 0;
    if (!stamp->stamp || stamp->ahead || stamp->grain != MP_GRAIN_MINUTE ||
        mp_time_cmp(stamp->from, c->text->reported_at) == 0) /* it heads the report itself */
        return false;
    while (e.next < end && !e.next->stamp)
        e.next++;
    if (e.next < end)
        e.end = e.next->first;
    for (size_t i = low; !tells && i < c->n_said && c->said[i].m->first < e.end;)
        tells = sentence_tells(c, &e, &i);
    return tells > 0;
}
