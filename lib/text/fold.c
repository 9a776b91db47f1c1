/* Folding for comparison. */
#include "text/fold.h"
#include "base/utf8.h"

/* Windows-1252's bytes 0x80 to 0x9f, by the character that they are there. */
static const uint16_t cp1252[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
};

/* The byte that Windows-1252 reads as this character; 0 where there is none. */
static unsigned char as_1252(uint32_t c)
{
    if (c >= 0xa0 && c <= 0xff)
        return (unsigned char)c;
    for (unsigned i = 0; c >= 0x80 && i < 32; i++)
        if (cp1252[i] == c)
            return (unsigned char)(0x80 + i);
    return 0;
}

uint32_t mp_fold_next(struct mp_str s, size_t *at)
{
    uint32_t c = mp_utf8_next(s, at);
    unsigned char lead = as_1252(c);
    if (lead < 0xc2 || lead > 0xef)
        return c;
    char raw[3] = {(char)lead};
    size_t need = lead >= 0xe0 ? 3 : 2, behind = *at;
    for (size_t i = 1; i < need; i++) {
        unsigned char more = behind < s.n ? as_1252(mp_utf8_next(s, &behind)) : 0;
        if (more < 0x80 || more > 0xbf)
            return c;
        raw[i] = (char)more;
    }
    if (mp_utf8_seq(raw, need) != need)
        return c;
    size_t in_raw = 0;
    *at = behind;
    return mp_utf8_next((struct mp_str){raw, need}, &in_raw);
}

bool mp_fold_is_letter(uint32_t c)
{
    return c >= 0xc0 && c != 0xd7 && c != 0xf7 && c != 0xfffd && (c < 0x2000 || c > 0x2bff) &&
           (c < 0x3000 || c > 0x303f) && (c < 0xe000 || c > 0xf8ff);
}

void mp_fold_add(struct mp_buf *b, uint32_t c)
{
    char raw[4];
    struct mp_buf one = {raw, 0, sizeof raw, false};
    mp_utf8_add(&one, c);
    mp_utf8_fold(b, mp_buf_str(&one));
}

void mp_fold_word(struct mp_buf *b, struct mp_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = mp_fold_next(s, &at);
        bool between = at < s.n && at > 1 && s.p[at] >= '0' && s.p[at] <= '9' &&
                       s.p[at - 2] >= '0' && s.p[at - 2] <= '9'; /* the dot of a clock stays */
        if (c == '\'' || c == '`' || c == 0x2019 || c == 0x2018 || (c == '.' && !between))
            continue;
        mp_fold_add(b, c);
    }
}
