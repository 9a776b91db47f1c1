/*
 * Single-byte encodings, field by field.
 *
 * The C library's iconv says what each byte means; the 256 answers are kept, so that a field costs
 * no call. A byte without a meaning becomes the control character of the same number, which loses
 * nothing. Which encoding a field is in, is told by its own bytes: text that holds well-formed
 * UTF-8 beyond ASCII is UTF-8, for that does not come about by chance.
 */
#ifndef MP_IO_ENCODING_H
#define MP_IO_ENCODING_H

#include "base/buf.h"
#include "base/error.h"

struct mp_encoding {
    char name[32];
    bool utf8; /* no table: the text is UTF-8 or wrong */
    bool defined[256];
    char bytes[256][4]; /* UTF-8 of each byte, NUL-padded */
};

/* 0; -1 with the error if the C library does not know the name or it is no single-byte encoding
 * that contains ASCII. */
int mp_encoding_open(struct mp_encoding *enc, struct mp_str name, struct mp_error *e);

/* Appends s in UTF-8; *undefined counts bytes that have no meaning. Not for utf8. */
void mp_encoding_add(const struct mp_encoding *enc, struct mp_buf *b, struct mp_str s,
                     size_t *undefined);

enum mp_text_kind { MP_TEXT_ASCII, MP_TEXT_UTF8, MP_TEXT_OTHER };

/* What the bytes are, by themselves. */
enum mp_text_kind mp_encoding_kind(struct mp_str s);

#endif
