/*
 * The comparable values of a record's fields: what they are read from is gathered first, so that
 * another thread can make values of it.
 *
 * Most texts are read again and again: of those that came lately the values are kept.
 */
#ifndef MP_LINK_FIELDS_H
#define MP_LINK_FIELDS_H

#include "link/model.h"
#include "link/values.h"

struct mp_link_lately;

struct mp_link_fields { /* zeroed: ready; mp_link_fields_free frees */
    struct mp_link_lately *lately;
    struct mp_buf comparable;
};

/* Appends what all fields of a record are read from, for mp_link_fields_read. */
void mp_link_fields_gather(const struct mp_link_model *m, yyjson_val *root, struct mp_buf *b);

/* Sets values[i] to the number of the value of field i (0: not known), for one record that was
 * gathered at *at, which is moved behind it. False if memory ran out. */
bool mp_link_fields_read(struct mp_link_fields *f, const struct mp_link_model *m,
                         struct mp_link_values *all, const char **at, uint32_t *values);

void mp_link_fields_free(struct mp_link_fields *f);

#endif
