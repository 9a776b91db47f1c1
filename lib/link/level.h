/*
 * How alike two reports are in each comparison of the model.
 */
#ifndef MP_LINK_LEVEL_H
#define MP_LINK_LEVEL_H

#include "link/report.h"

/* Levels of all comparisons of two rows (mp_link_row), four bits each: 0 where one of the two
 * values is not known, else 1 + the place of the level; n_levels + 1 where none fits. */
uint64_t mp_link_levels(const struct mp_link_reports *r, const uint32_t *a, const uint32_t *b);

static inline unsigned mp_link_level_of(uint64_t levels, size_t comparison)
{
    return (unsigned)(levels >> 4 * comparison & 15);
}

/* True if two values of one field cannot be meant for the same name: neither is initials or part of
 * the other, they are more than one typing error apart, and less alike than `least`
 * (Jaro-Winkler). */
bool mp_link_unlike(struct mp_str a, struct mp_str b, double least);

/* Appends what a level is called, "same" or "same given_sound"; "none" for values that are not
 * alike. */
void mp_link_level_add_name(struct mp_buf *b, const struct mp_link_model *m, size_t comparison,
                            unsigned level);

#endif
