/* The cache of words. */
#include "text/word_lists.h"
#include <endian.h>
#include <stdlib.h>

enum {
    CACHE_MAX = 1 << 16,
    CACHE_BYTES = 24 << 20,
    PIECE = 8,   /* bytes */
    AHEAD = 128, /* words that are looked up together: all of most texts */
    LINES = 4    /* of the cache, that what is read of most words takes */
};

/* What a word is told apart by. A short one: its bytes, zeros and its kind. A LONG one: its first
 * bytes, and the hash of the rest. */
struct key {
    uint64_t head, tail;
    size_t slot; /* where it is looked for first */
};

#define LONG (1ull << 63) /* in tail */

enum { SHORT = 2 * PIECE - 1 }; /* bytes; the last one of the key is for the kind */

_Static_assert(MP_WORD_LOAD == 2 * PIECE, "all of a key is read at once");
_Static_assert(MP_N_TOKEN_KINDS <= 128, "a kind leaves the bit of LONG free");

void mp_word_cache_free(struct mp_word_cache *c)
{
    mp_word_tries_free(&c->tries);
    mp_arena_free(&c->arena);
    mp_buf_free(&c->found);
    mp_buf_free(&c->needs);
    mp_buf_free(&c->leads);
    mp_buf_free(&c->marks);
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
    c->n = c->bytes = c->n_gave_up = 0;
}

static inline uint64_t eight_at(const void *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return le64toh(eight);
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

/* All of a long word but its first piece. The last piece may overlap with the one before. */
static __attribute__((noinline)) uint64_t hash_rest(uint64_t factor, struct mp_str word,
                                                    uint8_t kind)
{
    uint64_t h = word.n << 8 | kind;
    for (size_t i = PIECE; i < word.n; i += PIECE) {
        size_t at = i < word.n - PIECE ? i : word.n - PIECE;
        h = (h ^ eight_at(word.p + at) ^ h >> 29) * factor;
    }
    return h | LONG;
}

/* For the cache alone: no order depends on it. The high bits of such a sum of products depend on
 * all bits of its factors (Dietzfelbinger 1996). */
static inline size_t slot_of(const struct mp_word_cache *c, uint64_t head, uint64_t tail)
{
    return (head * c->factors[0] + tail * c->factors[1]) >> c->shift;
}

static bool grow(struct mp_word_cache *c)
{
    size_t cap = c->cap ? c->cap * 2 : 1024;
    struct mp_word **slots = calloc(cap, sizeof *slots);
    if (!slots)
        return false;
    if (!c->cap)
        choose_factors(c, slots);
    c->shift = 64 - (unsigned)__builtin_ctzll(cap);
    for (size_t i = 0; i < c->cap; i++)
        if (c->slots[i]) {
            size_t at = slot_of(c, c->slots[i]->head, c->slots[i]->tail);
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
static inline struct key key_of(const struct mp_word_cache *c, struct mp_str word, uint8_t kind)
{
    static const unsigned char within[SHORT + 2 * PIECE] = {[0 ... SHORT - 1] = 0xff};
    uint64_t head, tail;
    if (word.n <= SHORT) {
        const unsigned char *mask = within + SHORT - word.n;
        head = eight_at(word.p) & eight_at(mask);
        tail = (eight_at(word.p + PIECE) & eight_at(mask + PIECE)) | (uint64_t)kind << 56;
    } else {
        head = eight_at(word.p);
        tail = hash_rest(c->factors[0], word, kind);
    }
    return (struct key){head, tail, slot_of(c, head, tail)};
}

/* Whether a word has this key, which tells all of a short one. */
static inline bool has_key(const struct mp_word *k, struct key key)
{
    return !((k->head ^ key.head) | (k->tail ^ key.tail)); /* one branch */
}

static bool is_word(const struct mp_word *k, struct key key, struct mp_str word, uint8_t kind)
{
    return has_key(k, key) &&
           (!(key.tail & LONG) ||
            (k->kind == kind && mp_str_eq((struct mp_str){k->text, k->len}, word)));
}

static const struct mp_word *add_word(const struct mp_words *w, struct mp_word_cache *c,
                                      struct key key, struct mp_str word, uint8_t kind, size_t slot)
{
    struct mp_word *k = mp_word_work_out(w, c, word);
    if (!k || ((key.tail & LONG) && !(k->text = mp_arena_str(&c->arena, word).p)))
        return NULL;
    k->head = key.head;
    k->tail = key.tail;
    k->len = (uint8_t)word.n;
    k->kind = kind;
    c->slots[slot] = k;
    c->n++;
    c->n_gave_up += k->gave_up;
    c->bytes += k->text ? k->len : 0;
    return k;
}

/* Not in line: nearly all words are where they are looked for first. */
static __attribute__((noinline)) const struct mp_word *find(const struct mp_words *w,
                                                            struct mp_word_cache *c, struct key key,
                                                            struct mp_str word, uint8_t kind)
{
    size_t at = key.slot;
    for (; c->slots[at]; at = (at + 1) & (c->cap - 1))
        if (is_word(c->slots[at], key, word, kind))
            return c->slots[at];
    return add_word(w, c, key, word, kind, at);
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
    struct mp_str whole = {copy, word.n};
    struct key key = key_of(c, whole, kind);
    return find(w, c, key, whole, kind);
}

/* Words from the i-th on, in rounds: in each, memory is asked for what the next one reads. */
static bool find_some(const struct mp_words *w, struct mp_word_cache *c, const struct mp_tokens *t,
                      size_t i, size_t n, const struct mp_word **found)
{
    static const struct mp_word none = {.tail = LONG}; /* no short word's */
    struct key key[AHEAD];
    uint8_t others[AHEAD];
    size_t n_others = 0;
    for (size_t j = 0; j < n; j++) {
        key[j] = key_of(c, mp_token_str(t, i + j), t->at[i + j].kind);
        __builtin_prefetch(&c->slots[key[j].slot]);
    }
    for (size_t j = 0; j < n; j++) {
        const struct mp_word *k = c->slots[key[j].slot]; /* nearly always the one */
        k = k ? k : &none;
        found[i + j] = k;
        for (unsigned line = 0; line < LINES; line++)
            __builtin_prefetch((const void *)((uintptr_t)k + line * MP_CACHE_LINE));
    }
    for (size_t j = 0; j < n; j++) { /* no branch: nobody can foretell which are others */
        bool other = !has_key(found[i + j], key[j]) | (key[j].tail >= LONG);
        others[n_others] = (uint8_t)j;
        n_others += other;
    }
    for (size_t o = 0; o < n_others; o++) {
        size_t j = others[o];
        found[i + j] = find(w, c, key[j], mp_token_str(t, i + j), t->at[i + j].kind);
        if (!found[i + j])
            return false;
    }
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

bool mp_word_gave_up(const struct mp_word_cache *c, const struct mp_word *const *found, size_t n)
{
    for (size_t i = 0; c->n_gave_up && i < n; i++)
        if (found[i]->gave_up)
            return true;
    return false;
}
