/* The cache of words, and what is worked out for each. */
#include "text/word.h"
#include <stdlib.h>

enum { CACHE_MAX = 1 << 16, CACHE_BYTES = 24 << 20 };

static void *room(struct mp_word_cache *c, size_t size)
{
    c->bytes += size;
    return mp_arena_alloc(&c->arena, size);
}

static uint16_t number_of(const struct mp_word_asks *a, uint32_t class)
{
    return a->number_of ? a->number_of[class] : (uint16_t)(class + 1);
}

/* The classes that are asked for, as a table at most half full. */
static bool add_classes(const struct mp_word_asks *a, struct mp_word_cache *c, struct mp_word *k,
                        const uint32_t *found)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < k->n; i++)
        n += number_of(a, found[i]) != 0;
    unsigned log = 1;
    while (1u << log < 2 * n)
        log++;
    uint16_t *slots = room(c, sizeof *slots << log);
    if (!slots)
        return false;
    k->shift = (uint8_t)(32 - log);
    k->classes = slots;
    for (uint32_t i = 0; i < k->n; i++) {
        uint16_t number = number_of(a, found[i]);
        uint32_t at = mp_word_slot(number, k->shift);
        if (!number)
            continue;
        while (slots[at])
            at = (at + 1) & ((1u << log) - 1);
        slots[at] = number;
    }
    return true;
}

static int by_number(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

/* The needs that the word meets. */
static bool add_needs(const struct mp_word_asks *a, struct mp_word_cache *c, struct mp_word *k,
                      const uint32_t *found)
{
    c->needs.len = 0;
    for (uint32_t i = 0; i < k->n; i++)
        if (a->need_of[found[i]])
            mp_buf_add(&c->needs, &a->need_of[found[i]], sizeof(uint16_t));
    uint16_t *needs = (uint16_t *)(void *)c->needs.data;
    size_t n = c->needs.len / sizeof *needs;
    if (n)
        qsort(needs, n, sizeof *needs, by_number);
    for (size_t i = 0; i < n; i++)
        k->n_needs += i == 0 || needs[i] / 64 != needs[i - 1] / 64;
    uint64_t *bits = room(c, k->n_needs * (sizeof *bits + sizeof(uint16_t)) + 1);
    if (!bits || c->needs.failed)
        return false;
    uint16_t *at = (uint16_t *)(void *)(bits + k->n_needs);
    k->needs = bits;
    for (size_t i = 0; i < n; i++) {
        bool next = i > 0 && needs[i] / 64 != needs[i - 1] / 64;
        bits += next;
        at += next;
        *at = needs[i] / 64;
        *bits |= 1ull << needs[i] % 64;
    }
    return true;
}

/* What is looked up at the word. */
static bool add_leads(const struct mp_word_asks *a, struct mp_word_cache *c, struct mp_word *k,
                      const uint32_t *found)
{
    for (uint32_t i = 0; i < k->n; i++)
        k->n_leads += a->row_at[found[i] + 1] - a->row_at[found[i]];
    uint16_t *first = room(c, k->n_leads * (2 * sizeof *first + sizeof(uint32_t)) + 1);
    if (!first)
        return false;
    k->leads = first;
    uint16_t *second = first + k->n_leads;
    uint32_t *row = (uint32_t *)(void *)(second + k->n_leads);
    for (uint32_t i = 0; i < k->n; i++)
        for (uint32_t j = a->row_at[found[i]]; j < a->row_at[found[i] + 1]; j++) {
            *first++ = a->needs[j][0];
            *second++ = a->needs[j][1];
            *row++ = j;
        }
    return true;
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

/* Of a word without classes. */
static const uint16_t no_numbers[2];
static const uint64_t no_bits[1];

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
    if (k->n == 0) { /* a word of no class, as most that are seen once: nothing of its own */
        k->shift = 31;
        k->classes = k->leads = no_numbers;
        k->needs = no_bits;
        return k->text.p ? k : NULL;
    }
    return k->text.p && add_classes(&w->asks, c, k, found) &&
                   (!w->asks.row_at ||
                    (add_leads(&w->asks, c, k, found) && add_needs(&w->asks, c, k, found))) &&
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

/* The first eight bytes, or all of a shorter word: with its length they tell it from any other. */
static uint64_t head_of(struct mp_str word)
{
    uint64_t head = 0;
    uint32_t four;
    uint16_t two;
    if (word.n >= sizeof head) {
        memcpy(&head, word.p, sizeof head);
        return head;
    }
    if (word.n & 1)
        head = (unsigned char)*word.p++;
    if (word.n & 2) {
        memcpy(&two, word.p, sizeof two);
        word.p += sizeof two;
        head = head << 16 | two;
    }
    if (word.n & 4) {
        memcpy(&four, word.p, sizeof four);
        head = head << 32 | four;
    }
    return head;
}

static uint64_t mix(uint64_t h, uint64_t piece)
{
    h = (h ^ piece) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

/* For the cache alone, where no order depends on it. */
static uint64_t hash_of(struct mp_str word, uint64_t head, uint8_t kind)
{
    uint64_t h = mix(word.n + ((uint64_t)kind << 32), head), piece;
    for (size_t i = sizeof piece; i < word.n; i += sizeof piece) {
        size_t at = i + sizeof piece <= word.n ? i : word.n - sizeof piece;
        memcpy(&piece, word.p + at, sizeof piece);
        h = mix(h, piece);
    }
    return mix(h, 0); /* so that the last bytes reach the low bits too */
}

static bool is_word(const struct mp_word *k, struct mp_str word, uint64_t head, uint8_t kind)
{
    return k->head == head && k->text.n == word.n && k->kind == kind &&
           (word.n <= sizeof head || memcmp(k->text.p, word.p, word.n) == 0);
}

const struct mp_word *mp_word_find(const struct mp_words *w, struct mp_word_cache *c,
                                   struct mp_str word, uint8_t kind)
{
    if (c->n * 2 >= c->cap && !grow(c))
        return NULL;
    uint64_t head = head_of(word), hash = hash_of(word, head, kind);
    size_t at = hash & (c->cap - 1);
    for (; c->slots[at]; at = (at + 1) & (c->cap - 1))
        if (is_word(c->slots[at], word, head, kind))
            return c->slots[at];
    struct mp_word *k = work_out(w, c, word, kind);
    if (k) {
        k->head = head;
        k->hash = (uint32_t)hash;
        c->slots[at] = k;
        c->n++;
    }
    return k;
}
