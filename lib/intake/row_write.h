/* The record's text, from the values that row.c has read. Only for row.c. */
#ifndef MP_INTAKE_ROW_WRITE_H
#define MP_INTAKE_ROW_WRITE_H

#include "intake/row.h"

/* The day on which the report was made, or else on which the youth left. */
static inline struct mp_time mp_row_day(const struct mp_row_writer *w)
{
    struct mp_time t = w->values[MP_F_REPORTED_AT].time;
    return t.known ? t : w->values[MP_F_MISSING_SINCE].time;
}

/* Lays out the records of a file. False: out of memory. */
bool mp_row_lay_out(struct mp_row_writer *w, struct mp_arena *a, struct mp_str file);

void mp_row_write_json(struct mp_row_writer *w, const struct mp_intake_row *row, struct mp_buf *b);

#endif
