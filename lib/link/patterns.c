/* How often pairs have which levels: an open table, at most half full. */
#include "link/patterns.h"
#include <stdlib.h>

static struct mp_link_pattern *slot_of(const struct mp_link_patterns *p, uint64_t levels)
{
    size_t i = (size_t)(levels * 0x9e3779b97f4a7c15u >> 20) & (p->cap - 1);
    while (p->slots[i].n > 0 && p->slots[i].levels != levels)
        i = (i + 1) & (p->cap - 1);
    return &p->slots[i];
}

static bool grow(struct mp_link_patterns *p)
{
    struct mp_link_patterns more = {.cap = p->cap ? p->cap * 2 : 1024, .n = p->n};
    more.slots = calloc(more.cap, sizeof *more.slots);
    if (!more.slots)
        return false;
    for (size_t i = 0; i < p->cap; i++)
        if (p->slots[i].n > 0)
            *slot_of(&more, p->slots[i].levels) = p->slots[i];
    free(p->slots);
    *p = more;
    return true;
}

bool mp_link_patterns_add(struct mp_link_patterns *p, uint64_t levels)
{
    if (p->n * 2 >= p->cap && !grow(p))
        return false;
    struct mp_link_pattern *slot = slot_of(p, levels);
    p->n += slot->n == 0;
    slot->levels = levels;
    slot->n++;
    return true;
}

static int by_levels(const void *a, const void *b)
{
    const struct mp_link_pattern *x = a, *y = b;
    return (x->levels > y->levels) - (x->levels < y->levels);
}

void mp_link_patterns_sort(struct mp_link_patterns *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->cap; i++)
        if (p->slots[i].n > 0)
            p->slots[n++] = p->slots[i];
    if (n)
        qsort(p->slots, n, sizeof *p->slots, by_levels);
    p->cap = n;
}

void mp_link_patterns_free(struct mp_link_patterns *p)
{
    free(p->slots);
    *p = (struct mp_link_patterns){0};
}
