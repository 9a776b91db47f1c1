/* The lines of the output in their order: new episodes, and episodes that came in as such. */
#ifndef MP_LINK_LINES_H
#define MP_LINK_LINES_H

#include "link/episode.h"

/* Exactly one of the two is set. */
struct mp_link_line {
    const struct mp_link_episode *episode;
    const struct mp_link_report *whole;
};

/* All of them by begin, then id; *n says how many. NULL if memory ran out; free() it. */
struct mp_link_line *mp_link_lines(const struct mp_link_reports *r,
                                   const struct mp_link_episodes *episodes, size_t *n);

#endif
