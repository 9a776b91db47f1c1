/* What the builders of a page share. */
#include "page/build.h"
#include "page/width.h"
#include <stdlib.h>

void *mp_build_alloc(struct mp_build *b, size_t n, size_t size)
{
    void *p = b->failed || n > SIZE_MAX / 2 / size ? NULL : mp_arena_alloc(&b->arena, n * size);
    b->failed |= !p;
    return p;
}

struct mp_str mp_build_cut(struct mp_build *b, struct mp_str s, size_t max)
{
    size_t at = 0, characters = 0, cut = 0;
    for (; at < s.n && characters < max; characters++) {
        cut = characters + 1 < max ? at : cut;
        mp_utf8_next(s, &at);
    }
    if (at >= s.n)
        return s;
    struct mp_buf text = {0};
    mp_buf_add(&text, s.p, cut);
    mp_utf8_add(&text, 0x2026); /* … */
    return mp_words_keep(&b->words, &text);
}

struct mp_str mp_build_text(struct mp_build *b, struct mp_str s)
{
    return mp_build_cut(b, s, MP_PAGE_TEXT_MAX);
}

struct mp_page_cell mp_build_cell(struct mp_build *b, const struct mp_rows_row *row)
{
    static const char *const signs[] = {NULL, "page.none", "page.hidden", "page.conflict"};
    struct mp_page_cell c = {.kind = !row                ? MP_CELL_NONE
                                     : row->conflict     ? MP_CELL_CONFLICT
                                     : row->suppressed.p ? MP_CELL_HIDDEN
                                     : row->value.p      ? MP_CELL_NUMBER
                                                         : MP_CELL_NONE,
                             .row = row};
    b->seen[c.kind] = true;
    if (c.kind != MP_CELL_NUMBER) {
        c.text = mp_words_get(&b->words, signs[c.kind]);
        return c;
    }
    c.text = mp_build_text(b, mp_words_number(&b->words, row->value));
    c.size = strtod(row->value.p, NULL); /* the arena put a NUL behind it */
    if (!(c.size > 0))
        c.size = 0;
    if (c.size > 1e300)
        c.size = 1e300;
    return c;
}

/* Runs of digits as numbers, the rest by byte: "9" before "10", "2018-W09" before "2018-W10". */
static int natural_cmp(struct mp_str x, struct mp_str y)
{
    size_t i = 0, k = 0;
    while (i < x.n && k < y.n) {
        size_t zi = i, zk = k;
        while (zi < x.n && x.p[zi] >= '0' && x.p[zi] <= '9')
            zi++;
        while (zk < y.n && y.p[zk] >= '0' && y.p[zk] <= '9')
            zk++;
        if (zi == i || zk == k) {
            if (x.p[i] != y.p[k])
                return (unsigned char)x.p[i] < (unsigned char)y.p[k] ? -1 : 1;
            i++;
            k++;
            continue;
        }
        while (i + 1 < zi && x.p[i] == '0')
            i++;
        while (k + 1 < zk && y.p[k] == '0')
            k++;
        int d = zi - i != zk - k ? (zi - i < zk - k ? -1 : 1) : memcmp(x.p + i, y.p + k, zi - i);
        if (d)
            return d;
        i = zi;
        k = zk;
    }
    return mp_str_cmp(x, y);
}

bool mp_build_is_unknown(struct mp_str value)
{
    return !value.p || mp_str_is(value, "unknown");
}

int mp_build_value_cmp(const struct mp_build *b, struct mp_str dimension, struct mp_str x,
                       struct mp_str y)
{
    bool ux = mp_build_is_unknown(x), uy = mp_build_is_unknown(y);
    if (ux || uy)
        return ux != uy ? ux - uy : !x.p - !y.p;
    size_t px = mp_words_order(&b->words, "dimensions", dimension, x);
    size_t py = mp_words_order(&b->words, "dimensions", dimension, y);
    return px != py ? (px < py ? -1 : 1) : natural_cmp(x, y);
}
