/*
 * Which codes a record's signals have, and with which status: as bits, so that many rules ask
 * without searching the list again.
 *
 * Codes and statuses are known by the numbers they were asked for first. Zeroed it is empty.
 */
#ifndef MP_IO_CODES_H
#define MP_IO_CODES_H

#include "base/str.h"
#include <stdint.h>
#include <yyjson.h>

enum { MP_CODES_MAX = 128, MP_STATUSES_MAX = 8, MP_CODES_WORDS = MP_CODES_MAX / 64 };

struct mp_code_set {
    uint64_t bits[MP_CODES_WORDS];
};

struct mp_codes {
    size_t n;
    /* private */
    struct mp_str names[MP_CODES_MAX], statuses[MP_STATUSES_MAX];
    size_t n_statuses;
    unsigned char slots[2 * MP_CODES_MAX];        /* number + 1 of a code by its hash; 0: free */
    struct mp_code_set seen[MP_STATUSES_MAX + 1]; /* by status; last: with any */
};

/* Adds a code to the set. False if there are too many. The text must outlive the codes. */
bool mp_codes_add(struct mp_codes *c, struct mp_str code, struct mp_code_set *set);

/* The bit of a status; 0 if there are too many. */
unsigned mp_codes_status(struct mp_codes *c, struct mp_str status);

/* Whether somebody asks for a code. */
bool mp_codes_asks(const struct mp_codes *c, struct mp_str code);

/* Reads a record's list of signals; anything else counts as an empty one. */
void mp_codes_read(struct mp_codes *c, yyjson_val *signals);

/* Whether a signal of the last record has a code of the set with a status of `statuses` (bits; 0:
 * any), those of `without` left out of account. */
bool mp_codes_any(const struct mp_codes *c, const struct mp_code_set *set, unsigned statuses,
                  unsigned without);

#endif
