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
};

/* mode: "auto" (standard error is a terminal), "always", "never". */
void mp_progress_begin(struct mp_progress *p, const char *tool, const char *mode, uint64_t total);

/* Shows the state, at most five times a second and not in the first second. */
void mp_progress_show(struct mp_progress *p, uint64_t bytes, uint64_t records);

/* Takes the line away again. */
void mp_progress_end(struct mp_progress *p);

#endif
