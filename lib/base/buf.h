/*
 * A growing run of bytes.
 *
 * Failure is sticky: once memory ran out, every further append does nothing and `failed` stays
 * set, so a writer appends freely and asks once at the end. The owner frees it.
 */
#ifndef MP_BASE_BUF_H
#define MP_BASE_BUF_H

#include "base/str.h"
#include <stdint.h>

struct mp_buf {
    char *data; /* NULL until the first append */
    size_t len;
    size_t cap;
    bool failed;
};

void mp_buf_free(struct mp_buf *b);

/* Slow path of mp_buf_reserve. */
bool mp_buf_grow(struct mp_buf *b, size_t more);

/* Room for `more` bytes behind len; false (and `failed`) if memory ran out. */
static inline bool mp_buf_reserve(struct mp_buf *b, size_t more)
{
    return !b->failed && (b->cap - b->len >= more || mp_buf_grow(b, more));
}

static inline void mp_buf_add(struct mp_buf *b, const void *data, size_t n)
{
    if (n && mp_buf_reserve(b, n)) {
        memcpy(b->data + b->len, data, n);
        b->len += n;
    }
}

/* For pieces of text that are added again and again: readable for a block, or up to a multiple of
 * it. Most fit into one, and a call of memcpy costs as much as copying it. */
enum { MP_BUF_BLOCK = 32 };

static inline void mp_buf_add_blocks(struct mp_buf *b, struct mp_str text)
{
    if (!mp_buf_reserve(b, text.n + MP_BUF_BLOCK))
        return;
    char *to = b->data + b->len;
    memcpy(to, text.p, MP_BUF_BLOCK);
    for (size_t i = MP_BUF_BLOCK; i < text.n; i += MP_BUF_BLOCK)
        memcpy(to + i, text.p + i, MP_BUF_BLOCK);
    b->len += text.n;
}

static inline void mp_buf_addc(struct mp_buf *b, char c)
{
    if (mp_buf_reserve(b, 1))
        b->data[b->len++] = c;
}

static inline void mp_buf_adds(struct mp_buf *b, const char *text)
{
    mp_buf_add(b, text, strlen(text));
}

static inline void mp_buf_addstr(struct mp_buf *b, struct mp_str s)
{
    mp_buf_add(b, s.p, s.n);
}

static inline struct mp_str mp_buf_str(const struct mp_buf *b)
{
    return (struct mp_str){b->data ? b->data : "", b->len};
}

void mp_buf_addf(struct mp_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Decimal digits; the same bytes as printf("%ju"), without its cost. */
void mp_buf_addu(struct mp_buf *b, uint64_t value);

/* The text as a C string (a NUL is put behind len, not counted); NULL if memory ran out. */
const char *mp_buf_cstr(struct mp_buf *b);

#endif
