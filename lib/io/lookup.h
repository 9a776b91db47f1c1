/*
 * Many paths looked up in one record together, and the codes and statuses of its signals: one pass
 * over its top-level keys, whatever the number of rules that ask.
 *
 * Plain data without memory of its own; zeroed it is empty.
 */
#ifndef MP_IO_LOOKUP_H
#define MP_IO_LOOKUP_H

#include "io/codes.h"
#include "io/record.h"

enum { MP_LOOKUP_MAX = 64, MP_LOOKUP_NONE = MP_LOOKUP_MAX };

enum { MP_LOOKUP_HINTS = 32 };

/* A number that is known only from the least to the most that it can be. */
struct mp_range {
    int64_t least, most;
};

struct mp_lookup {
    yyjson_val *values[MP_LOOKUP_MAX]; /* by place: as mp_rec_get would give them */
    size_t n;
    const struct mp_range *ranges; /* of the first places, where `ranged` has their bits; the
                                      owner's, set anew for each record */
    uint64_t ranged;
    bool *failed;          /* set where memory did not suffice for a condition; NULL: nobody asks */
    struct mp_codes codes; /* of the record's signals, where somebody asks for them */
    struct mp_path paths[MP_LOOKUP_MAX]; /* by place */
    size_t signals;                      /* place of the signals, where somebody asks for them */
    bool codes_only; /* of them nobody asks for more than codes, their statuses and quotes */
    /* private */
    struct mp_lookup_group { /* the places whose path begins with one key */
        struct mp_str key;
        unsigned char places[MP_LOOKUP_MAX];
        size_t n;
    } groups[MP_LOOKUP_MAX];
    size_t n_groups;
    uint64_t marks;                       /* of the groups' keys */
    unsigned char hints[MP_LOOKUP_HINTS]; /* group at each place of the last record */
};

/* The place of a path, new or not; MP_LOOKUP_NONE when there are too many. The path's texts must
 * outlive the lookup. */
size_t mp_lookup_add(struct mp_lookup *l, const struct mp_path *path);

/* Looks all paths up in an object without duplicate keys. Returns the places where something
 * stands, place i as bit i. */
uint64_t mp_lookup_read(struct mp_lookup *l, yyjson_val *root);

/* The place of the key that holds the signals; only with it are their codes read. */
size_t mp_lookup_add_signals(struct mp_lookup *l);

#endif
