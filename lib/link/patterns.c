/* How often pairs have which levels: an open table, at most half full. */
#include "link/patterns.h"
#include "base/room.h"
#include <stdlib.h>

/* The slot of the levels, or the free one where they belong. Slots hold place + 1, 0 is free. */
static size_t slot_of(const struct mp_link_patterns *p, uint64_t levels)
{
    size_t i = (size_t)(levels * 0x9e3779b97f4a7c15u >> 20) & (p->n_slots - 1);
    while (p->slots[i] && p->all[p->slots[i] - 1].levels != levels)
        i = (i + 1) & (p->n_slots - 1);
    return i;
}

static bool widen(struct mp_link_patterns *p)
{
    if (p->n_slots >= 2 * (p->n + 1))
        return true;
    size_t n_slots = p->n_slots ? p->n_slots * 2 : 1024;
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    if (!slots)
        return false;
    free(p->slots);
    p->slots = slots;
    p->n_slots = n_slots;
    for (size_t i = 0; i < p->n; i++)
        slots[slot_of(p, p->all[i].levels)] = (uint32_t)i + 1;
    return true;
}

struct mp_link_pattern *mp_link_patterns_put(struct mp_link_patterns *p, uint64_t levels)
{
    if (!widen(p) || p->n >= UINT32_MAX / 2 || !mp_room(&p->all, p->n, &p->cap, sizeof *p->all))
        return NULL;
    size_t at = slot_of(p, levels);
    if (!p->slots[at]) {
        p->all[p->n++] = (struct mp_link_pattern){.levels = levels};
        p->slots[at] = (uint32_t)p->n;
    }
    return &p->all[p->slots[at] - 1];
}

static int by_levels(const void *a, const void *b)
{
    const struct mp_link_pattern *x = a, *y = b;
    return (x->levels > y->levels) - (x->levels < y->levels);
}

bool mp_link_patterns_add_up(struct mp_link_patterns *sum,
                             const struct mp_link_patterns *const *parts, size_t n_parts)
{
    for (size_t i = 0; i < n_parts; i++)
        for (size_t k = 0; k < parts[i]->n; k++) {
            const struct mp_link_pattern *part = &parts[i]->all[k];
            struct mp_link_pattern *to = mp_link_patterns_put(sum, part->levels);
            if (!to)
                return false;
            to->n += part->n;
            to->same += part->same;
            to->apart += part->apart;
        }
    if (sum->n)
        qsort(sum->all, sum->n, sizeof *sum->all, by_levels);
    free(sum->slots);
    sum->slots = NULL;
    sum->n_slots = 0;
    return true;
}

uint32_t mp_link_patterns_find(const struct mp_link_patterns *sum, uint64_t levels)
{
    struct mp_link_pattern key = {.levels = levels};
    const struct mp_link_pattern *hit =
        bsearch(&key, sum->all, sum->n, sizeof *sum->all, by_levels);
    return hit ? (uint32_t)(hit - sum->all) : 0;
}

void mp_link_patterns_free(struct mp_link_patterns *p)
{
    free(p->all);
    free(p->slots);
    *p = (struct mp_link_patterns){0};
}
