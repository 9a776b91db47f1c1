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

/* For pieces of text that are written again and again: readable for a block, or up to a multiple of
 * it; as many bytes are written. Most fit into one, and a call of memcpy costs as much as copying
 * it. Behind what is written. */
enum { MP_BLOCK = 32 };

static inline char *mp_put_blocks(char *to, struct mp_str text)
{
    memcpy(to, text.p, MP_BLOCK);
    for (size_t i = MP_BLOCK; i < text.n; i += MP_BLOCK)
        memcpy(to + i, text.p + i, MP_BLOCK);
    return to + text.n;
}

static inline void mp_buf_add_blocks(struct mp_buf *b, struct mp_str text)
{
    if (mp_buf_reserve(b, text.n + MP_BLOCK))
        b->len = (size_t)(mp_put_blocks(b->data + b->len, text) - b->data);
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

/* Writes decimal digits, at most MP_DIGITS_MAX, where there is room for them; behind the last. */
enum { MP_DIGITS_MAX = 20 };
char *mp_put_u(char *to, uint64_t value);

static inline void mp_buf_addu(struct mp_buf *b, uint64_t value)
{
    if (mp_buf_reserve(b, MP_DIGITS_MAX))
        b->len = (size_t)(mp_put_u(b->data + b->len, value) - b->data);
}

/* Of a run that holds things of one type: them, and how many there are. */
#define MP_ITEMS(type, buf) ((type *)(void *)(buf).data)
#define MP_COUNT(type, buf) ((buf).len / sizeof(type))

/* The text as a C string (a NUL is put behind len, not counted); NULL if memory ran out. */
const char *mp_buf_cstr(struct mp_buf *b);

#endif
