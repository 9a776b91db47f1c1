/* Values made comparable. */
#include "link/compare.h"
#include "base/utf8.h"
#include <stdlib.h>

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

static void replace(struct mp_buf *b, size_t begin, struct mp_str from, struct mp_str to)
{
    struct mp_buf new = {0};
    size_t at = begin;
    for (const char *hit; (hit = memmem(b->data + at, b->len - at, from.p, from.n));
         at = (size_t)(hit - b->data) + from.n) {
        mp_buf_add(&new, b->data + at, (size_t)(hit - b->data) - at);
        mp_buf_addstr(&new, to);
    }
    if (at > begin) {
        mp_buf_add(&new, b->data + at, b->len - at);
        b->len = begin;
        mp_buf_addstr(b, mp_buf_str(&new));
    }
    b->failed |= new.failed;
    mp_buf_free(&new);
}

/* Spellings become what they sound like; of letters that come twice one is left. */
static void sound(struct mp_buf *b, size_t begin, const struct mp_link_sounds *sounds)
{
    for (size_t i = 0; i < sounds->n && !b->failed; i++)
        replace(b, begin, sounds->from[i], sounds->to[i]);
    size_t n = begin;
    for (size_t i = begin; i < b->len; i++)
        if (n == begin || b->data[n - 1] != b->data[i])
            b->data[n++] = b->data[i];
    b->len = n;
}

static int by_byte(const void *a, const void *b)
{
    return *(const unsigned char *)a - *(const unsigned char *)b;
}

/* The letters and digits in their order, without what stands between them. */
static void sort_letters(struct mp_buf *b, size_t begin)
{
    size_t n = begin;
    for (size_t i = begin; i < b->len; i++)
        if (in_word(b->data[i]))
            b->data[n++] = b->data[i];
    b->len = n;
    qsort(b->data + begin, n - begin, 1, by_byte);
}

void mp_link_comparable(const struct mp_link_field *f, struct mp_str text, struct mp_buf *b)
{
    struct mp_buf folded = {0};
    size_t begin = b->len;
    mp_utf8_fold(&folded, mp_str_trim(text));
    struct mp_str s = cut(f, mp_buf_str(&folded));
    if (f->as != MP_LINK_AS_WORDS)
        mp_buf_addstr(b, mp_str_trim(s));
    else
        add_words(f, s, false, b);
    if (f->as == MP_LINK_AS_WORDS && b->len == begin)
        add_words(f, s, true, b);
    b->failed |= folded.failed;
    mp_buf_free(&folded);
    size_t n = b->failed ? 0 : longest((struct mp_str){b->data + begin, b->len - begin});
    if (n < f->least || (f->most && n > f->most))
        b->len = begin;
    if (f->sounds && b->len > begin)
        sound(b, begin, f->sounds);
    if (f->sorted && b->len > begin)
        sort_letters(b, begin);
    if (f->start && b->len - begin > f->start)
        b->len = begin + f->start;
}

bool mp_link_is_letter(struct mp_str s)
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
    return !(mp_link_is_letter(a) && begins(b, a)) && !(mp_link_is_letter(b) && begins(a, b));
}
