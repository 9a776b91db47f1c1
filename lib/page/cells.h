/* Texts of a table, row after row, as they will be shown: the first row is the heads; and of its
 * caption. For formats without markup of their own for them. */
#ifndef MP_PAGE_CELLS_H
#define MP_PAGE_CELLS_H

#include "base/buf.h"

enum { MP_CELLS_COLUMNS = 64 }; /* at most: no table of a page has more */

struct mp_cells { /* zeroed but for n: empty; mp_cells_free frees */
    size_t n;     /* columns */
    struct mp_buf text, ends;
};

/* Appends the next cell. False if memory ran out. */
bool mp_cells_add(struct mp_cells *c, struct mp_str text);

/* Full rows, the heads among them. */
size_t mp_cells_rows(const struct mp_cells *c);

/* Valid until the next mp_cells_add. */
struct mp_str mp_cells_at(const struct mp_cells *c, size_t row, size_t column);

/* Appends "Table 3. " and the text; the text alone where there is no number or no word for it. */
void mp_cells_caption(struct mp_buf *b, struct mp_str word, unsigned number, struct mp_str text);

void mp_cells_free(struct mp_cells *c);

#endif
