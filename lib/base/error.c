/* What can go wrong, in one ordered table, and the struct that carries it up. */
#include "base/error.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>

const struct mp_code_info mp_code_info[MP_N_CODES] = {
#define X(id, level, scope, code, text) {level, scope, code, text},
    MP_CODES(X)
#undef X
};

int mp_error_set(struct mp_error *e, enum mp_code code, const char *format, ...)
{
    *e = (struct mp_error){.code = code};
    va_list args;
    va_start(args, format);
    int n = vsnprintf(e->text, sizeof e->text, format, args);
    va_end(args);
    if (n < 0)
        e->text[0] = '\0';
    size_t len = strlen(e->text), at = 0;
    bool cut = n >= (int)sizeof e->text;
    while ((at += mp_utf8_valid((struct mp_str){e->text + at, len - at})) < len)
        e->text[at] = cut && len - at < 4 ? '\0' : '?';
    return -1;
}

int mp_error_memory(struct mp_error *e)
{
    return mp_error_set(e, MP_MEMORY, "out of memory");
}

int mp_error_at(struct mp_error *e, struct mp_str file, size_t line, size_t col)
{
    e->file = file;
    e->line = line;
    e->col = col;
    return -1;
}

const char *mp_error_quote(struct mp_str value, char room[static 200])
{
    enum { SHOWN = 40 };
    size_t n = 0, chars = 0, at = 0;
    while (at < value.n && chars < SHOWN) {
        size_t start = at;
        uint32_t c = mp_utf8_next(value, &at);
        bool bad = c == 0xfffd || c < 0x20 || (c >= 0x7f && c < 0xa0);
        if (bad) {
            room[n++] = '?';
        } else {
            memcpy(room + n, value.p + start, at - start);
            n += at - start;
        }
        chars++;
    }
    memcpy(room + n, at < value.n ? "..." : "", at < value.n ? 4 : 1);
    return room;
}
