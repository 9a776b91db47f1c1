/* How far a long run is: a line on the terminal, never in a file. */
#ifndef MP_CLI_PROGRESS_H
#define MP_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct mp_progress {
    bool on;
    const char *tool;
    uint64_t total;       /* bytes of all inputs; 0: not known */
    int64_t begun, shown; /* milliseconds of the monotonic clock */
    bool visible;
    const char *step; /* what mp_progress_step was last told, since when, and where it looked */
    int64_t step_begun;
    uint64_t step_seen;
};

/* mode: "auto" (standard error is a terminal), "always", "never". */
void mp_progress_begin(struct mp_progress *p, const char *tool, const char *mode, uint64_t total);

/* Shows the state, at most five times a second and not in the first second. */
void mp_progress_show(struct mp_progress *p, uint64_t bytes, uint64_t records);

/*
 * The same for work that is not reading: `what` is being done (a literal: another pointer is
 * another work, timed anew), `done` of `total` of whatever it counts; 0: not known. Cheap: the
 * clock is not asked before another thousandth is done, or, where `total` is not known, each time.
 * From one thread at a time.
 */
void mp_progress_step(struct mp_progress *p, const char *what, uint64_t done, uint64_t total);

/* Takes the line away again. */
void mp_progress_end(struct mp_progress *p);

#endif
