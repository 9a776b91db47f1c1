/* Values made comparable. */
#include "link/compare.h"
#include "base/utf8.h"

static bool in_list(const struct mp_link_words *list, struct mp_str word)
{
    for (size_t i = 0; list && i < list->n; i++)
        if (mp_str_eq(list->items[i], word))
            return true;
    return false;
}

/* Letters and digits of ASCII; what folding left above it belongs to words too. */
static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The next word at or behind *at, which is moved behind it; p NULL at the end. */
static struct mp_str next_word(struct mp_str text, size_t *at)
{
    while (*at < text.n && !in_word(text.p[*at]))
        ++*at;
    size_t from = *at;
    while (*at < text.n && in_word(text.p[*at]))
        ++*at;
    return from < *at ? (struct mp_str){text.p + from, *at - from} : (struct mp_str){0};
}

static struct mp_str cut(const struct mp_link_field *f, struct mp_str text)
{
    const char *at = f->cut.n ? memmem(text.p, text.n, f->cut.p, f->cut.n) : NULL;
    return (struct mp_str){text.p, at ? (size_t)(at - text.p) : text.n};
}

/* Appends the words that count. `keep`: all of them. */
static void add_words(const struct mp_link_field *f, struct mp_str text, bool keep,
                      struct mp_buf *b)
{
    size_t begin = b->len, end = b->len; /* end: behind the last word that is no prefix */
    size_t at = 0;
    for (struct mp_str w; (w = next_word(text, &at)).p;) {
        bool weak = !keep && in_list(f->ends_off, w);
        if (!keep && (in_list(f->off, w) || (weak && b->len == begin)))
            continue;
        if (b->len > begin)
            mp_buf_addc(b, ' ');
        mp_buf_addstr(b, w);
        if (!weak)
            end = b->len;
    }
    b->len = end;
}

/* Letters of the longest word. */
static size_t longest(struct mp_str text)
{
    size_t n = 0, most = 0;
    for (size_t at = 0; at<text.n; most = n> most ? n : most)
        n = mp_utf8_next(text, &at) == ' ' ? 0 : n + 1;
    return most;
}

void mp_link_comparable(const struct mp_link_field *f, struct mp_str text, struct mp_buf *b)
{
    struct mp_buf folded = {0};
    size_t begin = b->len;
    mp_utf8_fold(&folded, mp_str_trim(text));
    struct mp_str s = cut(f, mp_buf_str(&folded));
    if (!f->words)
        mp_buf_addstr(b, mp_str_trim(s));
    else
        add_words(f, s, false, b);
    if (f->words && b->len == begin)
        add_words(f, s, true, b);
    b->failed |= folded.failed;
    mp_buf_free(&folded);
    size_t n = b->failed ? 0 : longest((struct mp_str){b->data + begin, b->len - begin});
    if (n < f->least || (f->most && n > f->most))
        b->len = begin;
}

/* One letter, which may have several bytes. */
static bool lone(struct mp_str s)
{
    size_t at = 0;
    return s.n > 0 && (mp_utf8_next(s, &at), at == s.n);
}

static bool begins(struct mp_str s, struct mp_str with)
{
    return s.n >= with.n && memcmp(s.p, with.p, with.n) == 0;
}

bool mp_link_differ(struct mp_str a, struct mp_str b)
{
    if (mp_str_eq(a, b))
        return false;
    return !(lone(a) && begins(b, a)) && !(lone(b) && begins(a, b));
}
