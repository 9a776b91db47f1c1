/* Skimming: copying what is asked for out of a line of JSON. */
#include "io/skim.h"
#include "base/utf8.h"
#include "io/skim_find.h"
#include "io/skim_scan.h"

/* ---- blocks ---- */

struct walk {
    const struct mp_skim *skim;
    const char *end;           /* of the line */
    const char *block;         /* the one that was read last */
    uint64_t quotes, brackets; /* its bits: of quotes that are not escaped, and outside strings */
    uint64_t inside;           /* all bits where it ends in a string */
    bool escaped;              /* its last byte escapes the next one */
    bool odd;                  /* the line must be parsed whole */
    const char *slash;         /* the last backslash up to its end */
    const char *utf8;          /* up to here it is */
    char *out;
};

/* Bit i is the exclusive or of the bits 0 to i. */
static inline uint64_t running_xor(uint64_t x)
{
    x ^= x << 1;
    x ^= x << 2;
    x ^= x << 4;
    x ^= x << 8;
    x ^= x << 16;
    return x ^ x << 32;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Of those that stand for a character by its number, surrogates are left to the parser. */
static bool is_escape(const char *p, const char *end)
{
    if (end - p < 2 || !memchr("\"\\/bfnrtu", p[1], 9))
        return false;
    if (p[1] != 'u')
        return true;
    if (end - p < 6 || ((p[2] | 0x20) == 'd' && p[3] > '7'))
        return false;
    return is_hex(p[2]) && is_hex(p[3]) && is_hex(p[4]) && is_hex(p[5]);
}

/* The bits of the bytes that are escaped. */
static uint64_t escapes(struct walk *w, uint64_t slashes)
{
    uint64_t escaped = w->escaped;
    w->escaped = false;
    for (uint64_t left = slashes & ~escaped; left;) {
        unsigned at = (unsigned)__builtin_ctzll(left);
        uint64_t next = UINT64_C(2) << at;
        w->slash = w->block + at;
        w->odd |= !is_escape(w->slash, w->end);
        w->escaped = next == 0;
        escaped |= next;
        left &= (left - 1) & ~next;
    }
    return escaped;
}

static void check_utf8(struct walk *w, uint64_t high)
{
    for (; high; high &= high - 1) {
        const char *p = w->block + __builtin_ctzll(high);
        if (p < w->utf8)
            continue;
        size_t n = mp_utf8_seq(p, (size_t)(w->end - p));
        w->odd |= n == 0;
        w->utf8 = p + n;
    }
}

/* p: the block's bytes. */
static inline void read_bytes(struct walk *w, const char *p)
{
    struct mp_skim_bits b = mp_skim_scan(p);
    if (b.slashes || w->escaped)
        b.quotes &= ~escapes(w, b.slashes);
    uint64_t strings = running_xor(b.quotes) ^ w->inside;
    w->inside = 0 - (strings >> 63);
    w->quotes = b.quotes;
    w->brackets = b.brackets & ~strings;
    w->odd |= b.controls || (b.slashes & ~strings);
    if (b.high)
        check_utf8(w, b.high);
}

/* What stands behind the line is not looked at. */
__attribute__((noinline)) static void read_last(struct walk *w)
{
    char last[MP_SKIM_BLOCK];
    memset(last, ' ', sizeof last);
    memcpy(last, w->block, (size_t)(w->end - w->block));
    read_bytes(w, last);
}

static void read_block(struct walk *w)
{
    if (w->end - w->block < MP_SKIM_BLOCK)
        read_last(w);
    else
        read_bytes(w, w->block);
}

static inline bool next_block(struct walk *w)
{
    if (w->end - w->block <= MP_SKIM_BLOCK)
        return false;
    w->block += MP_SKIM_BLOCK;
    read_block(w);
    return true;
}

/* Reads up to the block of p, where that is before the end. */
static inline void reach(struct walk *w, const char *p)
{
    while (p - w->block >= MP_SKIM_BLOCK && next_block(w))
        ;
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
    reach(w, p);
    uint64_t left = w->quotes & ~UINT64_C(1) << (p - w->block);
    for (; !left; left = w->quotes)
        if (!next_block(w))
            return NULL;
    return w->block + __builtin_ctzll(left) + 1;
}

/* Where the container ends in which p stands, inside `depth` objects and lists that are open. */
static const char *behind_open(struct walk *w, const char *p, unsigned depth)
{
    uint64_t braces = depth; /* which of those are objects: a stack of bits */
    reach(w, p);
    if (p == w->end)
        return NULL;
    uint64_t left = w->brackets & ~UINT64_C(0) << (p - w->block);
    for (;; left = w->brackets) {
        for (; left; left &= left - 1) {
            p = w->block + __builtin_ctzll(left);
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
        if (!next_block(w))
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
    if ((w->slash >= key && memchr(key, '\\', n)) || is_twice(seen, hash, key, n))
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
    if (k->below)
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
    if (!k->items && k->below && is_at(w, p, '{'))
        return copy_members(w, p, k);
    return copy_value(w, p);
}

size_t mp_skim_line(const struct mp_skim *s, struct mp_str line, char *out)
{
    if (line.n == 0)
        return 0;
    struct walk w = {.skim = s, .end = line.p + line.n, .block = line.p, .out = out};
    w.slash = w.utf8 = line.p;
    read_block(&w);
    const char *p = behind_blanks(&w, line.p);
    if (!is_at(&w, p, '{') || !(p = copy_members(&w, p, &s->keys[0])))
        return 0;
    if (behind_blanks(&w, p) < w.end)
        return 0;
    reach(&w, w.end);
    return w.odd ? 0 : (size_t)(w.out - out);
}
