/*
 * Lines that are made in several threads and passed on in their order.
 */
#ifndef MP_LINK_BATCH_H
#define MP_LINK_BATCH_H

#include "link/merge.h"

struct mp_link_batches {
    struct mp_store *store;
    size_t jobs;
    /* Appends line `i` to b. 0, or -1 with the error. */
    int (*make)(void *ctx, struct mp_link_merger *m, size_t i, struct mp_buf *b,
                struct mp_error *e);
    /* Takes lines [from, to), which stand in `text`; in the caller's thread. 0, or -1: enough. */
    int (*pass)(void *ctx, struct mp_str text, size_t from, size_t to);
    void *ctx;
    bool left_triage; /* set: see struct mp_link_merger */
};

/* Makes and passes on all n lines. 0; -1 with the error; or 1 because `pass` said so. */
int mp_link_batches_run(struct mp_link_batches *b, size_t n, struct mp_error *e);

#endif
