/* Texts of a table, one behind the other. */
#include "page/cells.h"

bool mp_cells_add(struct mp_cells *c, struct mp_str text)
{
    mp_buf_addstr(&c->text, text);
    mp_buf_add(&c->ends, &c->text.len, sizeof c->text.len);
    return !c->text.failed && !c->ends.failed;
}

size_t mp_cells_rows(const struct mp_cells *c)
{
    return MP_COUNT(size_t, c->ends) / c->n;
}

struct mp_str mp_cells_at(const struct mp_cells *c, size_t row, size_t column)
{
    const size_t *ends = MP_ITEMS(const size_t, c->ends);
    size_t at = row * c->n + column, from = at ? ends[at - 1] : 0;
    return (struct mp_str){mp_buf_str(&c->text).p + from, ends[at] - from};
}

void mp_cells_caption(struct mp_buf *b, struct mp_str word, unsigned number, struct mp_str text)
{
    if (number > 0 && word.n > 0) {
        mp_buf_addstr(b, word);
        mp_buf_addf(b, " %u. ", number);
    }
    mp_buf_addstr(b, text);
}

void mp_cells_free(struct mp_cells *c)
{
    mp_buf_free(&c->text);
    mp_buf_free(&c->ends);
}
