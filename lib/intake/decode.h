/*
 * Text of an export in UTF-8: each field is read in one of the encodings that its profile names
 * (or in the one that the user gives), and a change from one to the other is noticed.
 */
#ifndef MP_INTAKE_DECODE_H
#define MP_INTAKE_DECODE_H

#include "intake/profile.h"
#include "io/encoding.h"

enum mp_decoded {
    MP_DECODED = 0,
    MP_DECODED_BAD = 1,       /* in none of the encodings: the text is not to be used */
    MP_DECODED_SWITCHED = 2,  /* in another encoding than the last field beyond ASCII */
    MP_DECODED_UNDEFINED = 4, /* has bytes without a meaning */
};

struct mp_decoder {
    bool utf8; /* UTF-8 is one of the encodings */
    bool has_other;
    struct mp_encoding other; /* the single-byte one */
    enum mp_text_kind last;   /* of the last field beyond ASCII; at first the expected one */
    struct mp_buf text;       /* of the fields of one row */
};

/* `given` overrides the profile where it is not NULL. `is_unicode`: the file has a byte-order
 * mark, so UTF-8 is expected. 0, or -1 with the error. */
int mp_decoder_open(struct mp_decoder *d, const struct mp_profile *p, const char *given,
                    bool is_unicode, struct mp_error *e);

/* Before the fields of a row of `bytes` raw bytes: makes room, so that the texts stay where they
 * are. False: out of memory. */
bool mp_decoder_begin(struct mp_decoder *d, size_t bytes);

/* The field in UTF-8: itself, or decoded into the decoder's memory (until the next begin).
 * *flags gets what was noticed. */
struct mp_str mp_decode(struct mp_decoder *d, struct mp_str raw, unsigned *flags);

void mp_decoder_close(struct mp_decoder *d);

#endif
