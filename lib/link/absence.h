/*
 * Which reports of one youth are about one absence.
 *
 * Reports that state a departure come first, in its order; then those that do not find their place
 * by their number, by the return that they state, or by the time at which they were made. Returns
 * count from the start, whichever report states them: a departure behind one opens an episode. What
 * else opens one and what does not is said in schemas/linkage/default.yaml under `absence`.
 */
#ifndef MP_LINK_ABSENCE_H
#define MP_LINK_ABSENCE_H

#include "link/episode.h"

/*
 * Places all reports of one youth (in their own order) in episodes, which are put into the arena;
 * list receives pointers to them (struct mp_link_episode *). Sets episode and reason of each
 * report; an episode's reports are linked through next. `numbers` is scratch with an item for each
 * id of a report. False if memory ran out.
 */
bool mp_link_place(const struct mp_link_absence *rules, struct mp_link_report **reports, size_t n,
                   uint32_t *numbers, struct mp_arena *a, struct mp_buf *list);

#endif
