/* Skimming: copying what is asked for out of a line of JSON. */
#include "io/skim.h"
#include "io/skim_find.h"
#include "io/skim_window.h"

struct walk {
    const struct mp_skim *skim;
    const char *end; /* of the line */
    struct mp_skim_window in;
    char *out;
};

/* Which block of the window p is in, and the bits from p's on. */
static inline size_t block_of(const struct walk *w, const char *p)
{
    return (size_t)(p - w->in.at) / MP_SKIM_BLOCK;
}

static inline uint64_t from_bit(const struct walk *w, const char *p)
{
    return ~UINT64_C(0) << ((size_t)(p - w->in.at) % MP_SKIM_BLOCK);
}

static inline const char *at_bit(const struct walk *w, size_t block, uint64_t bits)
{
    return w->in.at + block * MP_SKIM_BLOCK + __builtin_ctzll(bits);
}

/* Reads up to the window of p; false where that is the end. */
static inline bool reach(struct walk *w, const char *p)
{
    while (block_of(w, p) >= w->in.n)
        if (!mp_skim_window_next(&w->in))
            return false;
    return p < w->end;
}

/* Goes on to the next block; false behind the last one. */
static inline bool next_block(struct walk *w, size_t *block)
{
    if (++*block < w->in.n)
        return true;
    *block = 0;
    return mp_skim_window_next(&w->in);
}

static inline bool is_at(const struct walk *w, const char *p, char c)
{
    return p < w->end && *p == c;
}

static inline const char *behind_blanks(const struct walk *w, const char *p)
{
    while (is_at(w, p, ' '))
        p++;
    return p;
}

/* ---- values: each function gives what stands behind one, or NULL where the line is odd ---- */

static inline const char *behind_string(struct walk *w, const char *p)
{
    if (!reach(w, p))
        return NULL;
    size_t block = block_of(w, p);
    uint64_t left = w->in.quotes[block] & from_bit(w, p) << 1;
    for (; !left; left = w->in.quotes[block])
        if (!next_block(w, &block))
            return NULL;
    return at_bit(w, block, left) + 1;
}

/* Where the container ends in which p stands, inside `depth` objects and lists that are open. */
static const char *behind_open(struct walk *w, const char *p, unsigned depth)
{
    uint64_t braces = depth; /* which of those are objects: a stack of bits */
    if (!reach(w, p))
        return NULL;
    size_t block = block_of(w, p);
    uint64_t left = w->in.brackets[block] & from_bit(w, p);
    for (;; left = w->in.brackets[block]) {
        for (; left; left &= left - 1) {
            p = at_bit(w, block, left);
            unsigned c = (unsigned char)*p, brace = c >> 5 & 1, bracket = c & ~0x20u;
            if (bracket == '[' && depth++ < 64) {
                braces = braces << 1 | brace;
                continue;
            }
            if (bracket != ']' || (braces & 1) != brace)
                return NULL;
            braces >>= 1;
            if (--depth == 0)
                return p + 1;
        }
        if (!next_block(w, &block))
            return NULL;
    }
}

static inline const char *behind_container(struct walk *w, const char *p)
{
    return behind_open(w, p, 0);
}

static inline const char *behind_digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

static const char *behind_number(const char *p, const char *end)
{
    const char *digits = p + (p < end && *p == '-'), *q = behind_digits(digits, end);
    if (q == digits || (*digits == '0' && q > digits + 1))
        return NULL;
    if (q < end && *q == '.') {
        digits = q + 1;
        q = behind_digits(digits, end);
        if (q == digits)
            return NULL;
    }
    if (q < end && (*q | 0x20) == 'e') {
        digits = q + 1;
        digits += digits < end && (*digits == '+' || *digits == '-');
        q = behind_digits(digits, end);
        if (q == digits)
            return NULL;
    }
    return q;
}

static const char *behind_word(const char *p, const char *end)
{
    static const struct mp_str words[] = {{"null", 4}, {"true", 4}, {"false", 5}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if ((size_t)(end - p) >= words[i].n && memcmp(p, words[i].p, words[i].n) == 0)
            return p + words[i].n;
    return NULL;
}

static inline const char *behind_value(struct walk *w, const char *p)
{
    if (p == w->end)
        return NULL;
    if (*p == '"')
        return behind_string(w, p);
    if (*p == '{' || *p == '[')
        return behind_container(w, p);
    return *p <= '9' ? behind_number(p, w->end) : behind_word(p, w->end);
}

static inline const char *copy(struct walk *w, const char *from, const char *to)
{
    if (!to)
        return NULL;
    memcpy(w->out, from, (size_t)(to - from));
    w->out += to - from;
    return to;
}

static inline const char *copy_value(struct walk *w, const char *p)
{
    return copy(w, p, behind_value(w, p));
}

/* Behind what parts one value from the next; *more is false where it is `close`, the end. */
static inline const char *behind_part(struct walk *w, const char *p, char close, bool *more)
{
    p = behind_blanks(w, p);
    *more = is_at(w, p, ',');
    if (!*more && !is_at(w, p, close))
        return NULL;
    return *more ? behind_blanks(w, p + 1) : p + 1;
}

/* ---- members ---- */

enum { KEYS = 64 };

/* The keys of one object. */
struct seen {
    struct mp_str keys[KEYS];
    size_t n;
    uint64_t marks[4];
};

/* Whether it is there already, or they are too many to tell. */
static inline bool is_twice(struct seen *s, unsigned hash, const char *key, size_t n)
{
    uint64_t bit = mp_skim_bit(hash), *word = &s->marks[hash >> 6];
    if (s->n == KEYS)
        return true;
    if (*word & bit)
        for (size_t i = 0; i < s->n; i++)
            if (s->keys[i].n == n && memcmp(s->keys[i].p, key, n) == 0)
                return true;
    *word |= bit;
    s->keys[s->n++] = (struct mp_str){key, n};
    return false;
}

/* Whether there is a backslash in the n bytes at p, which are read. */
static inline bool has_slash(const struct walk *w, const char *p, size_t n)
{
    bool any = p < w->in.at;
    for (size_t i = any ? 0 : block_of(w, p); !any && i <= block_of(w, p + n); i++)
        any = w->in.slashes[i] != 0;
    return any && memchr(p, '\\', n);
}

static const char *copy_asked(struct walk *w, const char *p, const struct mp_skim_key *k);

/* One member, behind whose key's quote p is. */
static inline const char *copy_member(struct walk *w, const char *p,
                                      const struct mp_skim_key *above, struct seen *seen)
{
    const char *key = p, *q = behind_string(w, p - 1);
    if (!q)
        return NULL;
    size_t n = (size_t)(q - key) - 1;
    unsigned hash = mp_skim_hash(key, n);
    if (has_slash(w, key, n) || is_twice(seen, hash, key, n))
        return NULL;
    p = behind_blanks(w, q);
    if (!is_at(w, p, ':'))
        return NULL;
    p = behind_blanks(w, p + 1);
    const struct mp_skim_key *k = mp_skim_find(w->skim, above, hash, key, n);
    if (!k)
        return behind_value(w, p);
    if (w->out[-1] != '{')
        *w->out++ = ',';
    copy(w, key - 1, q);
    *w->out++ = ':';
    return copy_asked(w, p, k);
}

/* The object at p. The depth of calls is that of what is asked for, not of the text. */
static const char *copy_members(struct walk *w, const char *p, const struct mp_skim_key *above)
{
    struct seen seen;
    seen.n = 0;
    memset(seen.marks, 0, sizeof seen.marks);
    *w->out++ = '{';
    p = behind_blanks(w, p + 1);
    bool more = !is_at(w, p, '}');
    p += !more;
    while (more)
        if (!is_at(w, p, '"') || !(p = copy_member(w, p + 1, above, &seen)) ||
            !(p = behind_part(w, p, '}', &more)))
            return NULL;
    *w->out++ = '}';
    return p;
}

static const char *copy_item(struct walk *w, const char *p, const struct mp_skim_key *k)
{
    if (!is_at(w, p, '{'))
        return copy_value(w, p);
    if (k->marks)
        return copy_members(w, p, k);
    *w->out++ = '{';
    *w->out++ = '}';
    return behind_container(w, p);
}

/* An item of a list of which only some codes count: one of another code is passed over as soon as
 * that is known. */
static const char *copy_coded(struct walk *w, const char *p, const struct mp_skim_key *k)
{
    static const struct mp_str opening = {"{\"code\":\"", 9};
    size_t left = (size_t)(w->end - p);
    if (left < opening.n || memcmp(p, opening.p, opening.n) != 0)
        return copy_item(w, p, k);
    const char *code = p + opening.n, *q = memchr(code, '"', left - opening.n);
    struct mp_str name = {code, q ? (size_t)(q - code) : 0};
    if (!q || memchr(name.p, '\\', name.n) || mp_codes_asks(k->codes, name))
        return copy_item(w, p, k);
    w->out -= w->out[-1] == ',';
    return behind_open(w, q + 1, 1);
}

static const char *copy_items(struct walk *w, const char *p, const struct mp_skim_key *k)
{
    *w->out++ = '[';
    p = behind_blanks(w, p + 1);
    bool more = !is_at(w, p, ']');
    p += !more;
    while (more) {
        if (w->out[-1] != '[')
            *w->out++ = ',';
        p = k->codes ? copy_coded(w, p, k) : copy_item(w, p, k);
        if (!p || !(p = behind_part(w, p, ']', &more)))
            return NULL;
    }
    *w->out++ = ']';
    return p;
}

static const char *copy_asked(struct walk *w, const char *p, const struct mp_skim_key *k)
{
    if (k->items && !k->asked && is_at(w, p, '['))
        return copy_items(w, p, k);
    if (!k->items && k->marks && is_at(w, p, '{'))
        return copy_members(w, p, k);
    return copy_value(w, p);
}

size_t mp_skim_line(const struct mp_skim *s, struct mp_str line, char *out)
{
    if (line.n == 0)
        return 0;
    struct walk w;
    w.skim = s;
    w.end = line.p + line.n;
    w.out = out;
    mp_skim_window_begin(&w.in, line);
    const char *p = behind_blanks(&w, line.p);
    if (!is_at(&w, p, '{') || !(p = copy_members(&w, p, &s->keys[0])))
        return 0;
    if (behind_blanks(&w, p) < w.end)
        return 0;
    while (mp_skim_window_next(&w.in))
        ;
    return w.in.odd ? 0 : (size_t)(w.out - out);
}
