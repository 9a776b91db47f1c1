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

static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                            "25262728293031323334353637383940414243444546474849"
                            "50515253545556575859606162636465666768697071727374"
                            "75767778798081828384858687888990919293949596979899";

static char *put_large(char *to, uint64_t value)
{
    size_t n = 5;
    for (uint64_t limit = 100000; value >= limit && n < MP_DIGITS_MAX; n++)
        limit *= 10;
    char *end = to + n;
    for (to = end; value >= 100; value /= 100)
        memcpy(to -= 2, pairs + value % 100 * 2, 2);
    if (value >= 10)
        memcpy(to - 2, pairs + value * 2, 2);
    else
        to[-1] = (char)('0' + value);
    return end;
}

char *mp_put_u(char *to, uint64_t value)
{
    if (value >= 10000)
        return put_large(to, value);
    unsigned small = (unsigned)value; /* as most are: a zero that leads is overwritten */
    const char *high = pairs + small / 100 * 2, *low = pairs + small % 100 * 2;
    *to = high[0];
    *(to += small >= 1000) = high[1];
    *(to += small >= 100) = low[0];
    *(to += small >= 10) = low[1];
    return to + 1;
}

const char *mp_buf_cstr(struct mp_buf *b)
{
    if (!mp_buf_reserve(b, 1))
        return NULL;
    b->data[b->len] = '\0';
    return b->data;
}
