/* Rows: one number each, as a line of JSON. */
#ifndef MP_COUNT_ROW_H
#define MP_COUNT_ROW_H

#include "count/listing.h"
#include "count/measure.h"

struct mp_row {
    const struct mp_listing *list;
    const struct mp_listing_place *place;
    enum mp_count_unit unit; /* MP_N_UNITS: a figure that no record can tell */
    enum mp_measure measure;
    struct mp_measured value;
    const char *suppressed; /* NULL: not */
    const char *reason;     /* NULL: none */
    bool unsafe;            /* no disclosure control */
    uint64_t rounded;       /* to multiples of this; 0: not */
    struct mp_str tail;     /* more keys, each with a comma before it; may be empty */
};

/* Appends {"DIMENSION":"VALUE",...}, the coordinates that a key tells. */
void mp_row_add_by(struct mp_buf *b, const struct mp_crosstab *t, uint64_t key);

/* Appends the line. */
void mp_row_add(struct mp_buf *b, const struct mp_row *row);

#endif
