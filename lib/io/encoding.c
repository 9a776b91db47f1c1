/* Single-byte encodings, field by field. */
#include "io/encoding.h"
#include "base/utf8.h"
#include <errno.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <strings.h>

int mp_encoding_open(struct mp_encoding *enc, struct mp_str name, struct mp_error *e)
{
    *enc = (struct mp_encoding){0};
    snprintf(enc->name, sizeof enc->name, "%.*s", (int)name.n, name.p);
    if (strcasecmp(enc->name, "utf-8") == 0 || strcasecmp(enc->name, "utf8") == 0) {
        enc->utf8 = true;
        return 0;
    }
    errno = EINVAL; /* for the empty name, which would be the locale's encoding */
    iconv_t cd = name.n ? iconv_open("UTF-8", enc->name) : (iconv_t)-1;
    bool unknown = errno == EINVAL || errno == ENOENT; /* ENOENT: its table is not installed */
    if (cd == (iconv_t)-1 && !unknown)
        return mp_error_memory(e);
    if (cd == (iconv_t)-1)
        return mp_error_set(e, MP_USAGE, "unknown encoding '%s'", enc->name);
    bool ascii = true;
    for (int c = 0; c < 256; c++) {
        char byte = (char)c, *from = &byte, *to = enc->bytes[c];
        size_t n = 1, room = sizeof enc->bytes[c];
        iconv(cd, NULL, NULL, NULL, NULL);
        enc->defined[c] = iconv(cd, &from, &n, &to, &room) == 0 && n == 0;
        if (!enc->defined[c])
            memcpy(enc->bytes[c], (char[]){(char)(0xc0 | c >> 6), (char)(0x80 | (c & 0x3f)), 0, 0},
                   4);
        ascii = ascii && (c >= 0x80 || (enc->defined[c] && enc->bytes[c][0] == byte));
    }
    iconv_close(cd);
    if (!ascii)
        return mp_error_set(e, MP_USAGE, "'%s' is no single-byte encoding that contains ASCII",
                            enc->name);
    return 0;
}

void mp_encoding_add(const struct mp_encoding *enc, struct mp_buf *b, struct mp_str s,
                     size_t *undefined)
{
    *undefined = 0;
    for (size_t i = 0; i < s.n;) {
        size_t run = mp_utf8_ascii_run(s.p + i, s.n - i);
        mp_buf_add(b, s.p + i, run);
        if ((i += run) == s.n)
            break;
        unsigned char c = (unsigned char)s.p[i++];
        *undefined += !enc->defined[c];
        mp_buf_add(b, enc->bytes[c], strnlen(enc->bytes[c], 4));
    }
}

enum mp_text_kind mp_encoding_kind(struct mp_str s)
{
    size_t run = mp_utf8_ascii_run(s.p, s.n);
    if (run == s.n)
        return MP_TEXT_ASCII;
    return mp_utf8_valid((struct mp_str){s.p + run, s.n - run}) == s.n - run ? MP_TEXT_UTF8
                                                                             : MP_TEXT_OTHER;
}
