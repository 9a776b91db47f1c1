/* A growing run of bytes. */
#include "base/buf.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_SIZE = 256 };

void mp_buf_free(struct mp_buf *b)
{
    free(b->data);
    *b = (struct mp_buf){0};
}

bool mp_buf_grow(struct mp_buf *b, size_t more)
{
    if (b->failed)
        return false;
    size_t cap = b->cap ? b->cap : FIRST_SIZE;
    while (cap - b->len < more) {
        if (cap > SIZE_MAX / 2) {
            b->failed = true;
            return false;
        }
        cap *= 2;
    }
    char *data = realloc(b->data, cap);
    if (!data) {
        b->failed = true;
        return false;
    }
    b->data = data;
    b->cap = cap;
    return true;
}

void mp_buf_addf(struct mp_buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        b->failed = true;
    else if (mp_buf_reserve(b, (size_t)n + 1)) {
        vsnprintf(b->data + b->len, (size_t)n + 1, format, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

void mp_buf_addu(struct mp_buf *b, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    while (value > UINT32_MAX) {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    }
    uint32_t small = (uint32_t)value; /* cheaper to divide */
    do {
        digits[--at] = (char)('0' + small % 10);
        small /= 10;
    } while (small > 0);
    mp_buf_add(b, digits + at, sizeof digits - at);
}

const char *mp_buf_cstr(struct mp_buf *b)
{
    if (!mp_buf_reserve(b, 1))
        return NULL;
    b->data[b->len] = '\0';
    return b->data;
}
