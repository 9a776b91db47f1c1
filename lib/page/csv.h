/*
 * Tables as CSV (RFC 4180: comma, quotes doubled, CRLF) in UTF-8 without a byte order mark, with a
 * row of heads, one record a line. Numbers stand as the rows have them. Fields are made harmless
 * for spreadsheets (page/escape.h).
 */
#ifndef MP_PAGE_CSV_H
#define MP_PAGE_CSV_H

#include "page/build.h"
#include "page/escape.h"

enum { MP_CSV_DIMENSIONS = 100 }; /* at most, of all rows together */

/*
 * Appends one line for each row, in their order: the table, a column for every dimension that
 * occurs (empty: the row is a total over it), unit, measure, the number, and what is said of it.
 * Columns that no row fills are left out, but for those up to "suppressed". `in_words`: tables,
 * dimensions and their values by their names, not their codes. 0, or -1 with the error: more than
 * MP_CSV_DIMENSIONS, or memory.
 */
int mp_csv_rows(struct mp_buf *b, struct mp_build *build, bool in_words, struct mp_error *e);

/* Appends a table of words; NULL: nothing. Failure is the buffer's. */
void mp_csv_grid(struct mp_buf *b, const struct mp_grid *grid);

#endif
