/*
 * What an absence teaches about the next one: the signals of its reports, gathered under the keys
 * that the model gives (`lessons`). They are history: they never become signals of a later absence.
 */
#ifndef MP_LINK_LESSONS_H
#define MP_LINK_LESSONS_H

#include "link/episode.h"

/* Sets lessons of all episodes behind which the youth has another, and so_far of these. 0, or -1
 * with the error. */
int mp_link_lessons(const struct mp_link_reports *r, struct mp_link_episodes *episodes,
                    struct mp_error *e);

/* Appends `,"earlier":{key: {code: in how many of the youth's episodes before this one}}`; null
 * where there are none. */
void mp_link_add_earlier(struct mp_buf *b, const struct mp_link_lessons *lessons,
                         const struct mp_link_episode *episode);

#endif
