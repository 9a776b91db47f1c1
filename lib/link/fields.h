/*
 * The comparable values of a record's fields.
 *
 * Most texts are read again and again: of those that came lately the values are kept, by what they
 * were read from.
 */
#ifndef MP_LINK_FIELDS_H
#define MP_LINK_FIELDS_H

#include "link/model.h"
#include "link/values.h"

struct mp_link_lately;

struct mp_link_fields { /* zeroed: ready; mp_link_fields_free frees */
    struct mp_link_lately *lately;
    struct mp_buf text, comparable;
};

/* Sets values[i] to the number of the value of field i; 0: not known. False if memory ran out. */
bool mp_link_fields_read(struct mp_link_fields *f, const struct mp_link_model *m,
                         struct mp_link_values *all, yyjson_val *root, uint32_t *values);

void mp_link_fields_free(struct mp_link_fields *f);

#endif
