/*
 * Messages: one line each on standard error, `tool: file:line:col: level: text [code]`, or the
 * same as a JSON object. Counted by code, so that a program knows its exit status.
 */
#ifndef MP_CLI_DIAG_H
#define MP_CLI_DIAG_H

#include "base/buf.h"
#include "base/error.h"

struct mp_diag {
    const char *tool;
    bool json;  /* --errors-json */
    bool quiet; /* only what stops the run or rejects a record */
    bool colour;
    size_t count[MP_N_CODES];
    struct mp_buf text; /* private */
};

/* NO_COLOR unset and standard error is a terminal. */
bool mp_diag_wants_colour(void);

/* Prints and counts. */
void mp_diag_say(struct mp_diag *d, const struct mp_error *e);

/* Prints any text as a line of its own under the tool's name (the summary). */
void mp_diag_line(struct mp_diag *d, struct mp_str text);

void mp_diag_free(struct mp_diag *d);

#endif
