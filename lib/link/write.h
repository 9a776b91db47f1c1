/* What mp-dedupe writes: episodes, and the `link` of reports and episodes. */
#ifndef MP_LINK_WRITE_H
#define MP_LINK_WRITE_H

#include "link/merge.h"

/* Appends {id, document, role, source, reported_at, narrative, probability, why}. */
void mp_link_add_report(struct mp_buf *b, const struct mp_link_report *one, yyjson_val *root);

/* Appends the line of an episode with LF. 0, or -1 with the error. */
int mp_link_add_episode(struct mp_link_merger *m, const struct mp_link_model *model,
                        const struct mp_link_episode *episode, struct mp_buf *b,
                        struct mp_error *e);

/* Appends a report's own line with LF and its `link`: {person_id, episode_id, episode_no, repeat,
 * role, probability, why, previous}. The line of an episode stays as it is. 0, or -1 with the
 * error. */
int mp_link_add_annotated(struct mp_link_merger *m, const struct mp_link_model *model,
                          const struct mp_link_report *one, struct mp_buf *b, struct mp_error *e);

/* Appends the line of what became of an id with LF: {kind, unit, old, new, report, why}. */
void mp_link_add_change(struct mp_buf *b, const struct mp_link_change *change);

#endif
