/* Text of an export in UTF-8. */
#include "intake/decode.h"

static int add_encoding(struct mp_decoder *d, struct mp_str name, struct mp_error *e)
{
    struct mp_encoding enc;
    if (mp_encoding_open(&enc, name, e) < 0)
        return -1;
    if (enc.utf8) {
        d->utf8 = true;
    } else {
        d->other = enc;
        d->has_other = true;
    }
    return 0;
}

int mp_decoder_open(struct mp_decoder *d, const struct mp_profile *p, const char *given,
                    bool is_unicode, struct mp_error *e)
{
    *d = (struct mp_decoder){0};
    if (given) {
        if (add_encoding(d, mp_str_of(given), e) < 0)
            return -1;
        d->last = d->utf8 ? MP_TEXT_UTF8 : MP_TEXT_OTHER;
        return 0;
    }
    for (size_t i = 0; i < p->n_encodings; i++) {
        if (add_encoding(d, p->encodings[i], e) < 0)
            return -1;
        if (i == 0)
            d->last = d->utf8 || is_unicode ? MP_TEXT_UTF8 : MP_TEXT_OTHER;
    }
    d->utf8 |= is_unicode;
    return 0;
}

bool mp_decoder_begin(struct mp_decoder *d, size_t bytes)
{
    d->text.len = 0;
    return !d->has_other || mp_buf_reserve(&d->text, bytes * 3); /* most bytes become two */
}

struct mp_str mp_decode(struct mp_decoder *d, struct mp_str raw, unsigned *flags)
{
    enum mp_text_kind kind = mp_encoding_kind(raw);
    if (kind == MP_TEXT_ASCII)
        return raw;
    if (!d->utf8)
        kind = MP_TEXT_OTHER;
    if (kind == MP_TEXT_OTHER && !d->has_other) {
        *flags |= MP_DECODED_BAD;
        return raw;
    }
    if (kind != d->last)
        *flags |= MP_DECODED_SWITCHED;
    d->last = kind;
    if (kind == MP_TEXT_UTF8)
        return raw;
    size_t start = d->text.len, undefined;
    mp_encoding_add(&d->other, &d->text, raw, &undefined);
    if (undefined)
        *flags |= MP_DECODED_UNDEFINED;
    return (struct mp_str){d->text.data + start, d->text.len - start};
}

void mp_decoder_close(struct mp_decoder *d)
{
    mp_buf_free(&d->text);
}
