/* The record's text, from the values that row.c has read. Only for row.c. */
#ifndef MP_INTAKE_ROW_WRITE_H
#define MP_INTAKE_ROW_WRITE_H

#include "intake/row.h"

struct mp_time mp_row_day(const struct mp_row_writer *w);

/* Makes source_head and source_tail. False: out of memory. */
bool mp_row_source_text(struct mp_row_writer *w, struct mp_arena *a, struct mp_str file);

void mp_row_write_json(const struct mp_row_writer *w, const struct mp_row *row, struct mp_buf *b);

#endif
