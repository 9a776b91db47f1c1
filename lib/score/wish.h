/* What the command line asks of scores: which codes, and how high. */
#ifndef MP_SCORE_WISH_H
#define MP_SCORE_WISH_H

#include "base/error.h"
#include "score/score.h"

enum { MP_SCORE_CODES_MAX = 64 };

/* Splits "CODE,CODE..." and adds the patterns, which stay borrowed, to the first *n of `patterns`.
 * 0, or -1 with a USAGE error. */
int mp_score_codes_read(const char *text, struct mp_str patterns[static MP_SCORE_CODES_MAX],
                        size_t *n, struct mp_error *e);

/* A floor: F1 of code+status, code or positive must not be lower. */
struct mp_score_floor {
    struct mp_str name; /* borrowed */
    double f1;          /* 0 to 1 */
};

/* Reads "F1" (of code+status) or "SCORE=F1". 0, or -1 with a USAGE error. */
int mp_score_floor_read(const char *text, struct mp_score_floor *floor, struct mp_error *e);

/* The F1 that the floor is about. */
double mp_score_floor_f1(const struct mp_score_floor *floor, const struct mp_score *s);

#endif
