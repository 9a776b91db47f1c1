/*
 * Rows of values, one a record; made in a thread of their own while the next records are read.
 */
#ifndef MP_LINK_ROWS_H
#define MP_LINK_ROWS_H

#include "link/fields.h"

struct mp_link_rows { /* mp_link_rows_make makes, mp_link_rows_free frees */
    uint32_t *all;    /* of n records, model->n_fields each; once they are finished */
    size_t n;
    struct mp_link_values values;
    /* private */
    const struct mp_link_model *model;
    struct mp_store *store;
    struct mp_link_fields fields;
    size_t cap, n_gathered;
    struct mp_buf gathered; /* of the batch that is being filled */
    struct mp_link_rows_thread *thread;
    bool failed;
};

void mp_link_rows_make(struct mp_link_rows *rows, const struct mp_link_model *m,
                       struct mp_store *store);

/* Takes one record more; `threads`: another thread may make its row. False if memory ran out. */
bool mp_link_rows_add(struct mp_link_rows *rows, yyjson_val *root, bool threads);

/* Waits for all rows. False if memory ran out. */
bool mp_link_rows_finish(struct mp_link_rows *rows);

void mp_link_rows_free(struct mp_link_rows *rows);

#endif
