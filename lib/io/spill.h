/*
 * A temporary file that takes the place of memory. It has no name, so nobody else can open it and
 * nothing is left of it however the program ends. Pieces of it are mapped, one behind the other;
 * room on the disk is made before they are, so that a full disk is an error and never a signal.
 *
 * All sizes are multiples of MP_SPILL_GRAIN. Not for several threads at once (lib/io/store.c sees
 * to that).
 */
#ifndef MP_IO_SPILL_H
#define MP_IO_SPILL_H

#include "base/error.h"
#include <stdint.h>

enum { MP_SPILL_GRAIN = 64 << 10 }; /* whole pages on every machine */

struct mp_spill {       /* private */
    const char *folder; /* NULL: not opened */
    int fd;             /* -1: no file */
    int why;            /* errno of that */
    uint64_t end;       /* behind the last piece */
};

/* Makes the file in `folder` (borrowed), NULL: $TMPDIR, else /var/tmp. That it cannot be made is
 * told by mp_spill_map. */
void mp_spill_open(struct mp_spill *f, const char *folder);

/* A new piece, zeroes, and its place in the file; NULL with the error. */
char *mp_spill_map(struct mp_spill *f, size_t size, uint64_t *at, struct mp_error *e);

/* Whether a piece is the last one. */
static inline bool mp_spill_is_last(const struct mp_spill *f, size_t size, uint64_t at)
{
    return at + size == f->end;
}

/* Makes a piece shorter or, if it is the last one, longer; it may move in memory. NULL with the
 * error: the piece is as it was. */
char *mp_spill_resize(struct mp_spill *f, char *p, size_t size, size_t want, uint64_t at,
                      struct mp_error *e);

/* Gives a piece back to the disk. */
void mp_spill_drop(struct mp_spill *f, char *p, size_t size, uint64_t at);

void mp_spill_close(struct mp_spill *f);

#endif
