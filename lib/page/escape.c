/* The one way by which a text gets onto a page. */
#include "page/escape.h"

enum { REPLACEMENT = 0xfffd };

/* What c may be shown as: itself, a blank, or the replacement character. */
static uint32_t harmless(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } bad[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},       {0x61c, 0x61c},   {0x180e, 0x180e},
        {0x200b, 0x200b}, {0x200e, 0x200f}, {0x202a, 0x202e},   {0x2060, 0x206f}, {0xfdd0, 0xfdef},
        {0xfeff, 0xfeff}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff},
    };
    if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
        return ' ';
    if ((c & 0xfffe) == 0xfffe)
        return REPLACEMENT;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (c >= bad[i].first && c <= bad[i].last)
            return REPLACEMENT;
    return c;
}

static void add_html(struct mp_buf *b, uint32_t c)
{
    switch (c) {
    case '&':
        mp_buf_adds(b, "&amp;");
        break;
    case '<':
        mp_buf_adds(b, "&lt;");
        break;
    case '>':
        mp_buf_adds(b, "&gt;");
        break;
    case '"':
        mp_buf_adds(b, "&quot;");
        break;
    case '\'':
        mp_buf_adds(b, "&#39;");
        break;
    default:
        mp_utf8_add(b, c);
    }
}

/* Capitals between U+00C0 and U+017F: below U+0100 in one row, then every second one. */
static bool is_capital(uint32_t c)
{
    if (c < 0x100)
        return c <= 0xde;
    bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    return c == 0x178 || (c & 1) == odd;
}

static void add_ascii(struct mp_buf *b, uint32_t c)
{
    static const struct {
        uint32_t c;
        const char *as;
    } signs[] = {{0xa0, " "},    {0xb7, "-"},    {0xd7, "x"},    {0x2010, "-"}, {0x2011, "-"},
                 {0x2013, "-"},  {0x2014, "-"},  {0x2018, "'"},  {0x2019, "'"}, {0x201c, "\""},
                 {0x201d, "\""}, {0x201e, "\""}, {0x2026, "..."}};
    if (c < 0x80) {
        mp_buf_addc(b, (char)c);
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].c == c) {
            mp_buf_adds(b, signs[i].as);
            return;
        }
    if (c >= 0x300 && c <= 0x36f)
        return;
    char room[4];
    struct mp_buf letter = {room, 0, sizeof room, false};
    mp_utf8_add(&letter, c);
    struct mp_str in = mp_buf_str(&letter);
    size_t start = b->len;
    mp_utf8_fold(b, in);
    if (b->failed)
        return;
    if (b->data[start] & 0x80) {
        b->len = start;
        mp_buf_addc(b, '?');
    } else if (is_capital(c)) {
        b->data[start] = (char)(b->data[start] - 'a' + 'A');
    }
}

void mp_escape(struct mp_buf *b, enum mp_place place, struct mp_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = harmless(mp_utf8_next(s, &at));
        if (place == MP_IN_HTML)
            add_html(b, c);
        else if (place == MP_IN_ASCII)
            add_ascii(b, c);
        else
            mp_utf8_add(b, c);
    }
}
