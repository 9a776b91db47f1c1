/*
 * Memory of a limited size: what does not fit lies in a temporary file, mapped.
 *
 * Meant for few and large things: tens of arrays that grow by doubling, and many bytes that are
 * kept one behind the other. Where something lies changes nothing but the speed.
 *
 *     mp_store_open(&s, limit, NULL);
 *     struct item *wider = mp_store_grow(&s, items, size, 2 * size, true);
 *     if (!wider)
 *         s.error says why; items is as it was
 *
 * Of the limit an eighth is left to the pages of the file that are in use, and cold arrays get no
 * more than an eighth of it before they go to the file.
 *
 * All functions but mp_store_open and mp_store_free may be called by several threads, each for
 * arrays of its own. They wait for one another, so growing is for now and then.
 */
#ifndef MP_IO_STORE_H
#define MP_IO_STORE_H

#include "base/arena.h"
#include "base/error.h"
#include "io/spill.h"
#include <stdatomic.h>

/* An array, or a block of bytes that are kept. */
struct mp_store_piece {
    char *p;
    size_t room; /* bytes that are there */
    uint64_t at; /* in the file */
    enum { MP_STORE_HEAP, MP_STORE_MAPPED, MP_STORE_FILED } where;
    bool hot;
};

struct mp_store {          /* zeroed: no limit, no file: plain memory */
    size_t limit;          /* bytes; 0: none */
    size_t most;           /* of which hot arrays may take the process to; see mp_store_stretch */
    size_t used;           /* bytes of plain memory that are handed out */
    struct mp_error error; /* of the last function that failed */
    /* private */
    size_t cold;      /* of `used` */
    size_t hot_filed; /* bytes of hot pieces that lie in the file */
    struct mp_store_piece *pieces;
    size_t n, cap;
    struct mp_store_piece block; /* the last one of mp_store_keep */
    size_t kept, next;           /* bytes of it that are used; size of the next one */
    struct mp_spill file;
    int statm;
    atomic_size_t breaths;
};

/*
 * Makes the temporary file in `folder` (borrowed until mp_store_free; NULL: $TMPDIR, else
 * /var/tmp); to be called before the sandbox. limit: bytes of the process's memory, all of it; 0:
 * none. Where no file can be made the reason is kept, and told only when one is needed.
 */
void mp_store_open(struct mp_store *s, size_t limit, const char *folder);

/*
 * Lets hot arrays pass the limit where more of them than a quarter of it would lie in the file, up
 * to half of what the machine has free now (or its container in all): to look for much in the file
 * takes many times longer.
 */
void mp_store_stretch(struct mp_store *s);

/*
 * Like realloc for an array that the store owns: `size` bytes at `p` (NULL: none yet) become
 * `want`, of which new ones are zero. The array may move; it is aligned for any type. NULL if
 * memory or the disk ran out: the array is as it was. hot: it stays in plain memory until the
 * limit is used up (or what mp_store_stretch allowed); else it goes to the file as soon as it and
 * all other cold things are larger than an eighth of the limit. What it is first called with holds
 * for an array.
 */
void *mp_store_grow(struct mp_store *s, void *p, size_t size, size_t want, bool hot);

/* A hot array of so many bytes, zeroes. NULL as above. */
void *mp_store_new(struct mp_store *s, size_t size);

/* Room for one more item in a hot array that grows: mp_room (lib/base/room.h) for the store. */
bool mp_store_room(struct mp_store *s, void *items, size_t n, size_t *cap, size_t size);

/* Frees an array; p may be NULL. */
void mp_store_drop(struct mp_store *s, void *p);

/* `size` zeroed bytes that stay where they are until mp_store_free, unaligned, cold. NULL as
 * above. Of one large block after the other: a full one is given back from memory if it lies in
 * the file. */
char *mp_store_keep(struct mp_store *s, size_t size);

/* An arena that lies in the store and is freed with it. */
struct mp_arena mp_store_arena(struct mp_store *s, bool hot);

/* Says that an array will not be needed for some time: it is given back from memory if it lies in
 * the file. */
void mp_store_rest(struct mp_store *s, const void *p);

/*
 * To be called now and then (per report, per few hundred pairs): every 256th call looks at how
 * much memory the process has resident and, where that is over the limit, gives back the pages of
 * what lies in the file. Nothing is lost, they are read again when they are touched, also by
 * another thread at the same time. Between two looks the process may get over the limit: what is
 * read here and there in the file comes with its surroundings. The system can take these back.
 */
void mp_store_breathe(struct mp_store *s);

/* The same at once: for pieces of work that take milliseconds. */
void mp_store_look(struct mp_store *s);

/* Puts into e why the last function failed that did; e stays as it is if none did. For callers that
 * know only that they got no memory. */
void mp_store_why(struct mp_store *s, struct mp_error *e);

/* Frees all that was handed out. The struct is as if zeroed. */
void mp_store_free(struct mp_store *s);

#endif
