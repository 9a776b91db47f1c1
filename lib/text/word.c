/* The cache of words. */
#include "text/word_lists.h"
#include <endian.h>
#include <stdlib.h>

enum {
    CACHE_MAX = 1 << 16,
    CACHE_BYTES = 24 << 20,
    PIECE = 8,  /* bytes */
    AHEAD = 16, /* words that are looked up together */
    LINES = 4   /* of the cache, that what is read of most words takes */
};

/* A word as it is looked up. */
struct key {
    const char *text;
    uint64_t head, tail, hash;
    uint8_t len, kind;
};

void mp_word_cache_free(struct mp_word_cache *c)
{
    mp_word_tries_free(&c->tries);
    mp_arena_free(&c->arena);
    mp_buf_free(&c->found);
    mp_buf_free(&c->needs);
    mp_buf_free(&c->leads);
    mp_buf_free(&c->sizes);
    free(c->slots);
    *c = (struct mp_word_cache){0};
}

void mp_word_cache_trim(struct mp_word_cache *c)
{
    if (c->n < CACHE_MAX && c->bytes < CACHE_BYTES)
        return;
    mp_arena_free(&c->arena);
    memset(c->slots, 0, c->cap * sizeof(struct mp_word *));
    c->n = c->bytes = 0;
}

static uint64_t eight_at(const char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return eight;
}

/* The first eight bytes of a word, of which MP_WORD_LOAD can be read; of a shorter one all. */
static uint64_t head_of(const char *p, size_t n)
{
    return le64toh(eight_at(p)) & (n < PIECE ? (1ull << 8 * n) - 1 : UINT64_MAX);
}

/* Factors that depend on where the system put the cache, so that nobody can write words that all
 * have one place in it (Crosby and Wallach 2003). */
static void choose_factors(struct mp_word_cache *c, const void *memory)
{
    uint64_t h = (uintptr_t)memory ^ (uintptr_t)c << 24;
    for (unsigned i = 0; i < 2; i++) { /* the finaliser of MurmurHash3 */
        h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
        h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53u;
        h ^= h >> 33;
        c->factors[i] = h | 1;
    }
}

/* The pieces of a long word between its first and last. */
static uint64_t hash_middle(uint64_t factor, const char *text, size_t n)
{
    uint64_t h = 0;
    for (size_t i = PIECE; i + PIECE < n; i += PIECE)
        h = (h ^ eight_at(text + i) ^ h >> 29) * factor;
    return h;
}

/* For the cache alone: no order depends on it. The high bits of a product depend on all bits of its
 * factors (Knuth, Sorting and Searching, 6.4). */
static inline uint64_t hash_of(const uint64_t factors[2], uint64_t head, uint64_t tail,
                               const char *text, uint8_t n, uint8_t kind)
{
    uint64_t h = head * factors[0] + (tail ^ kind) * factors[1] + n;
    if (n > 2 * PIECE)
        h += hash_middle(factors[0], text, n);
    return (h ^ h >> 32) * factors[1];
}

static size_t slot_of(uint64_t hash, size_t cap)
{
    return hash >> 32 & (cap - 1);
}

static uint64_t hash_again(const struct mp_word_cache *c, const struct mp_word *w)
{
    return hash_of(c->factors, w->head, w->tail, w->text, w->len, w->kind);
}

static bool grow(struct mp_word_cache *c)
{
    size_t cap = c->cap ? c->cap * 2 : 1024;
    struct mp_word **slots = calloc(cap, sizeof *slots);
    if (!slots)
        return false;
    if (!c->cap)
        choose_factors(c, slots);
    for (size_t i = 0; i < c->cap; i++)
        if (c->slots[i]) {
            size_t at = slot_of(hash_again(c, c->slots[i]), cap);
            while (slots[at])
                at = (at + 1) & (cap - 1);
            slots[at] = c->slots[i];
        }
    free(c->slots);
    c->slots = slots;
    c->cap = cap;
    return true;
}

/* The key of a word of which MP_WORD_LOAD bytes can be read, however short it is. */
static inline struct key key_of(const struct mp_word_cache *c, const char *word, uint8_t n,
                                uint8_t kind)
{
    uint64_t head = head_of(word, n), tail = n > PIECE ? eight_at(word + n - PIECE) : 0;
    return (struct key){word, head, tail, hash_of(c->factors, head, tail, word, n, kind), n, kind};
}

static inline bool is_word(const struct mp_word *w, const struct key *k)
{
    return w->head == k->head && w->tail == k->tail && w->len == k->len && w->kind == k->kind &&
           (!w->text || memcmp(w->text, k->text, k->len) == 0);
}

/* Not in line: hardly ever called, and long. */
static __attribute__((noinline)) const struct mp_word *
add_word(const struct mp_words *w, struct mp_word_cache *c, const struct key *key, size_t slot)
{
    struct mp_str text = {key->text, key->len};
    struct mp_word *k = mp_word_work_out(w, c, text);
    if (!k || (key->len > 2 * PIECE && !(k->text = mp_arena_str(&c->arena, text).p)))
        return NULL;
    k->head = key->head;
    k->tail = key->tail;
    k->len = key->len;
    k->kind = key->kind;
    c->slots[slot] = k;
    c->n++;
    c->bytes += k->text ? k->len : 0;
    return k;
}

static inline const struct mp_word *find(const struct mp_words *w, struct mp_word_cache *c,
                                         const struct key *key)
{
    size_t at = slot_of(key->hash, c->cap);
    for (; c->slots[at]; at = (at + 1) & (c->cap - 1))
        if (is_word(c->slots[at], key))
            return c->slots[at];
    return add_word(w, c, key, at);
}

/* Room for so many more words. */
static bool has_room(struct mp_word_cache *c, size_t more)
{
    while ((c->n + more) * 2 >= c->cap)
        if (!grow(c))
            return false;
    return true;
}

const struct mp_word *mp_word_find(const struct mp_words *w, struct mp_word_cache *c,
                                   struct mp_str word, uint8_t kind)
{
    char copy[MP_WORD_MAX + MP_WORD_LOAD] = {0};
    memcpy(copy, word.p, word.n);
    if (!has_room(c, 1))
        return NULL;
    struct key key = key_of(c, copy, (uint8_t)word.n, kind);
    return find(w, c, &key);
}

/* Words from the i-th on, in rounds: in each, memory is asked for what the next one reads. */
static bool find_some(const struct mp_words *w, struct mp_word_cache *c, const struct mp_tokens *t,
                      size_t i, size_t n, const struct mp_word **found)
{
    struct key key[AHEAD];
    for (size_t j = 0; j < n; j++) {
        struct mp_str word = mp_token_str(t, i + j);
        key[j] = key_of(c, word.p, (uint8_t)word.n, t->at[i + j].kind);
        __builtin_prefetch(&c->slots[slot_of(key[j].hash, c->cap)]);
    }
    for (size_t j = 0; j < n; j++) {
        uintptr_t at =
            (uintptr_t)c->slots[slot_of(key[j].hash, c->cap)]; /* may be none: no matter */
        for (unsigned line = 0; line < LINES; line++)
            __builtin_prefetch((const void *)(at + line * MP_CACHE_LINE));
    }
    for (size_t j = 0; j < n; j++)
        if (!(found[i + j] = find(w, c, &key[j])))
            return false;
    return true;
}

bool mp_word_find_all(const struct mp_words *w, struct mp_word_cache *c, const struct mp_tokens *t,
                      const struct mp_word **found)
{
    for (size_t i = 0; i < t->n; i += AHEAD)
        if (!has_room(c, AHEAD) ||
            !find_some(w, c, t, i, t->n - i < AHEAD ? t->n - i : AHEAD, found))
            return false;
    return true;
}
