/* The cache of words, and what is worked out for each. */
#include "text/word.h"
#include <stdlib.h>

enum { CACHE_MAX = 1 << 16, CACHE_BYTES = 24 << 20 };

static void *room(struct mp_word_cache *c, size_t size)
{
    c->bytes += size;
    return mp_arena_alloc(&c->arena, size);
}

/* The classes that are tested as a table at most half full. */
static bool add_classes(const struct mp_word_asks *a, struct mp_word_cache *c, struct mp_word *k,
                        const uint32_t *found)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < k->n; i++)
        n += !a->tested || a->tested[found[i]];
    unsigned log = 1;
    while (1u << log < 2 * n)
        log++;
    uint32_t *slots = room(c, sizeof *slots << log);
    if (!slots)
        return false;
    k->shift = (uint8_t)(32 - log);
    k->classes = slots;
    for (uint32_t i = 0; i < k->n; i++) {
        uint32_t at = mp_word_slot(found[i], k->shift);
        if (a->tested && !a->tested[found[i]])
            continue;
        while (slots[at])
            at = (at + 1) & ((1u << log) - 1);
        slots[at] = found[i] + 1;
    }
    return true;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The needs that the word meets, as bits. */
static bool add_needs(const struct mp_word_asks *a, struct mp_word_cache *c, struct mp_word *k,
                      const uint32_t *found)
{
    uint32_t *needs = mp_buf_reserve(&c->needs, (k->n + 1) * sizeof *needs)
                          ? (uint32_t *)(void *)c->needs.data
                          : NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; needs && i < k->n; i++)
        if (a->need_of[found[i]])
            needs[n++] = a->need_of[found[i]];
    if (n)
        qsort(needs, n, sizeof *needs, by_number);
    for (uint32_t i = 0; i < n; i++)
        k->n_needs += i == 0 || needs[i] / 64 != needs[i - 1] / 64;
    struct mp_word_bits *bits = room(c, (k->n_needs + 1) * sizeof *bits);
    k->needs = bits;
    for (uint32_t i = 0; bits && i < n; i++) {
        bits += i > 0 && needs[i] / 64 != needs[i - 1] / 64;
        bits->at = needs[i] / 64;
        bits->bits |= 1ull << needs[i] % 64;
    }
    return needs && bits;
}

/* What patterns ask of the word. */
static bool add_asks(const struct mp_word_asks *a, struct mp_word_cache *c, struct mp_word *k,
                     const uint32_t *found)
{
    if (!a->leads)
        return true;
    for (uint32_t i = 0; i < k->n; i++)
        k->n_leads += a->lead_at[found[i] + 1] - a->lead_at[found[i]];
    struct mp_word_lead *lead = room(c, (k->n_leads + 1) * sizeof *lead);
    k->leads = lead;
    for (uint32_t i = 0; lead && i < k->n; i++)
        for (uint32_t j = a->lead_at[found[i]]; j < a->lead_at[found[i] + 1]; j++)
            *lead++ = a->leads[j];
    return lead && add_needs(a, c, k, found);
}

/* First mark of a class, or where it would stand. */
static size_t marks_from(const struct mp_words *w, uint32_t class)
{
    size_t low = 0, high = w->n_marks;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (w->marks[mid].class < class)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool add_marks(const struct mp_words *w, struct mp_word_cache *c, struct mp_word *k,
                      const uint32_t *found)
{
    for (uint32_t i = 0; i < k->n; i++)
        for (size_t m = marks_from(w, found[i]); m < w->n_marks && w->marks[m].class == found[i];
             m++)
            k->n_marked++;
    struct mp_word_mark *marked = room(c, (k->n_marked + 1) * sizeof *marked);
    k->marked = marked;
    for (uint32_t i = 0; marked && i < k->n; i++)
        for (size_t m = marks_from(w, found[i]); m < w->n_marks && w->marks[m].class == found[i];
             m++) {
            *marked++ = w->marks[m];
            k->marks[w->marks[m].table] |= 1ull << w->marks[m].bit;
        }
    return marked;
}

static struct mp_word *work_out(const struct mp_words *w, struct mp_word_cache *c,
                                struct mp_str word, uint8_t kind)
{
    c->found.len = 0;
    struct mp_word *k = room(c, sizeof *k);
    if (!k || !mp_words_classes(w, &c->tries, word, &c->found))
        return NULL;
    const uint32_t *found = (uint32_t *)(void *)c->found.data;
    k->n = (uint32_t)(c->found.len / sizeof *found);
    k->kind = kind;
    k->text = mp_arena_str(&c->arena, word);
    return k->text.p && add_classes(&w->asks, c, k, found) && add_asks(&w->asks, c, k, found) &&
                   add_marks(w, c, k, found)
               ? k
               : NULL;
}

void mp_word_cache_free(struct mp_word_cache *c)
{
    mp_word_tries_free(&c->tries);
    mp_arena_free(&c->arena);
    mp_buf_free(&c->found);
    mp_buf_free(&c->needs);
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

static bool grow(struct mp_word_cache *c)
{
    size_t cap = c->cap ? c->cap * 2 : 1024;
    struct mp_word **slots = calloc(cap, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < c->cap; i++)
        if (c->slots[i]) {
            size_t at = c->slots[i]->hash & (cap - 1);
            while (slots[at])
                at = (at + 1) & (cap - 1);
            slots[at] = c->slots[i];
        }
    free(c->slots);
    c->slots = slots;
    c->cap = cap;
    return true;
}

/* Eight bytes a step; for the cache alone, where no order depends on it. */
static uint64_t hash_of(struct mp_str word, uint8_t kind)
{
    uint64_t h = word.n + ((uint64_t)kind << 32), piece;
    for (; word.n >= 8; word.p += 8, word.n -= 8) {
        memcpy(&piece, word.p, 8);
        h = (h ^ piece) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    uint32_t four = 0;
    uint16_t two = 0;
    piece = 0;
    if (word.n & 1)
        piece = (unsigned char)*word.p++;
    if (word.n & 2) {
        memcpy(&two, word.p, 2);
        word.p += 2;
        piece = piece << 16 | two;
    }
    if (word.n & 4) {
        memcpy(&four, word.p, 4);
        piece = piece << 32 | four;
    }
    h = (h ^ piece) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

const struct mp_word *mp_word_find(const struct mp_words *w, struct mp_word_cache *c,
                                   struct mp_str word, uint8_t kind)
{
    if (c->n * 2 >= c->cap && !grow(c))
        return NULL;
    uint64_t hash = hash_of(word, kind);
    size_t at = hash & (c->cap - 1);
    for (; c->slots[at]; at = (at + 1) & (c->cap - 1))
        if (c->slots[at]->hash == hash && c->slots[at]->kind == kind &&
            mp_str_eq(c->slots[at]->text, word))
            return c->slots[at];
    struct mp_word *k = work_out(w, c, word, kind);
    if (k) {
        k->hash = hash;
        c->slots[at] = k;
        c->n++;
    }
    return k;
}
