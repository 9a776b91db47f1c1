/* The one way by which a text gets onto a page. */
#include "page/escape.h"
#include <strings.h>

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

/* Whether an extension makes a link of what begins here, of s at `at`: "www.", "://", "a@b". */
static bool begins_link(struct mp_str s, size_t at, char c)
{
    struct mp_str rest = {s.p + at, s.n - at};
    if (c == ':')
        return rest.n >= 2 && rest.p[0] == '/' && rest.p[1] == '/';
    return c == '.' && at >= 4 && strncasecmp(s.p + at - 4, "www", 3) == 0;
}

/* A number with a point or bracket at the start begins a list: behind its digits, or 0. */
static size_t list_number(struct mp_str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n > 0 && n < s.n && (s.p[n] == '.' || s.p[n] == ')') ? n : 0;
}

static void escape_markdown(struct mp_buf *b, struct mp_str s)
{
    static const char always[] = "\\`*_{}[]#|~$", first[] = "-+=:.)";
    size_t at = 0;
    while (at < s.n && strchr(" \t\r\n", s.p[at]) && s.p[at])
        at++;
    s = (struct mp_str){s.p + at, s.n - at};
    size_t number = list_number(s);
    for (at = 0; at < s.n;) {
        size_t here = at;
        uint32_t c = harmless(mp_utf8_next(s, &at));
        bool sign = c > 0 && c < 0x80 && strchr(always, (int)c);
        bool starts =
            c < 0x80 && (here == 0 || (number && here == number)) && c > 0 && strchr(first, (int)c);
        if (c == '&' || c == '<' || c == '>') { /* not every reader knows these behind a \ */
            add_html(b, c);
            continue;
        }
        if (sign || starts || (c < 0x80 && begins_link(s, at, (char)c)))
            mp_buf_addc(b, '\\');
        mp_utf8_add(b, c);
        /* of addresses links are made when all else is read: only an empty comment parts them */
        if (c == '@' && at < s.n && s.p[at] != ' ')
            mp_buf_adds(b, "<!-- -->");
    }
}

/* The field as a spreadsheet may read it: no formula, wherever it sees a field begin. */
static void add_unarmed(struct mp_buf *b, struct mp_str s)
{
    bool begins = true;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = harmless(mp_utf8_next(s, &at));
        bool formula = c == '=' || c == '+' || c == '-' || c == '@' || c == 0xff1d || c == 0xff0b ||
                       c == 0xff0d || c == 0xff20;
        if (begins && formula)
            mp_buf_addc(b, '\'');
        begins = c == ';' || (begins && (c == ' ' || c == '"' || c == 0xa0 || c == REPLACEMENT));
        mp_utf8_add(b, c);
        if (c == '"')
            mp_buf_addc(b, '"');
    }
}

static void escape_csv(struct mp_buf *b, struct mp_str s)
{
    size_t start = b->len;
    mp_buf_addc(b, '"');
    add_unarmed(b, s);
    if (b->failed)
        return;
    struct mp_str field = {b->data + start + 1, b->len - start - 1};
    bool quoted = field.n > 0 && (field.p[0] == ' ' || field.p[field.n - 1] == ' ');
    for (size_t i = 0; i < field.n && !quoted; i++)
        quoted = field.p[i] == '"' || field.p[i] == ',' || field.p[i] == ';';
    if (quoted) {
        mp_buf_addc(b, '"');
        return;
    }
    memmove(b->data + start, b->data + start + 1, field.n);
    b->len--;
}

static void escape_text(struct mp_buf *b, enum mp_place place, struct mp_str s)
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

void mp_escape(struct mp_buf *b, enum mp_place place, struct mp_str s)
{
    if (place == MP_IN_MARKDOWN)
        escape_markdown(b, s);
    else if (place == MP_IN_CSV)
        escape_csv(b, s);
    else
        escape_text(b, place, s);
}
