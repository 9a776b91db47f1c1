/* Letters of names, in UTF-8: capitals and marks. */
#include "synth/letters.h"
#include "base/utf8.h"

/* In most of U+0100 to U+017F the capital is even; in these two stretches it is odd. */
static bool capital_is_odd(uint32_t c)
{
    return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
}

bool mp_letter_is_capital(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    if (c < 0x100)
        return c >= 0xc0 && c <= 0xde && c != 0xd7;
    if (c >= 0x180 || c == 0x138 || c == 0x149 || c == 0x17f)
        return false;
    return c == 0x178 || (capital_is_odd(c) ? c % 2 == 1 : c % 2 == 0);
}

uint32_t mp_letter_capital(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    if (c < 0x100)
        return c == 0xff ? 0x178 : c >= 0xe0 && c != 0xf7 ? c - 32 : c;
    if (c >= 0x180 || c == 0x138 || c == 0x149 || c == 0x17f || mp_letter_is_capital(c))
        return c;
    return c == 0x131 ? 'I' : c - 1;
}

static void replace(struct mp_buf *b, struct mp_buf *by)
{
    by->failed |= b->failed;
    mp_buf_free(b);
    *b = *by;
}

void mp_letters_to_capitals(struct mp_buf *b)
{
    struct mp_buf out = {0};
    struct mp_str s = mp_buf_str(b);
    for (size_t at = 0; at < s.n;)
        mp_utf8_add(&out, mp_letter_capital(mp_utf8_next(s, &at)));
    replace(b, &out);
}

void mp_letters_drop_marks(struct mp_buf *b)
{
    struct mp_buf out = {0};
    struct mp_str s = mp_buf_str(b);
    for (size_t at = 0; at < s.n;) {
        size_t from = at, start = out.len;
        bool capital = mp_letter_is_capital(mp_utf8_next(s, &at));
        mp_utf8_fold(&out, (struct mp_str){s.p + from, at - from});
        if (capital && !out.failed && out.len > start)
            out.data[start] = (char)mp_letter_capital((unsigned char)out.data[start]);
    }
    replace(b, &out);
}
