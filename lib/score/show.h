/* The table of scores, for people or as JSON Lines. */
#ifndef MP_SCORE_SHOW_H
#define MP_SCORE_SHOW_H

#include "score/score.h"

/* The table of scores: each code too where `codes` is set, facts where `facts` is. Returns the
 * number of rows; 0 if memory ran out. */
size_t mp_score_show(struct mp_buf *b, const struct mp_score *s, bool codes, bool facts, bool json);

#endif
