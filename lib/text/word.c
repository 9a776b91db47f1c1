/* The cache of words, and what is worked out for each. */
#include "text/word.h"
#include "text/text.h"
#include <endian.h>
#include <stdlib.h>

_Static_assert(MP_MARK_TABLES <= 4, "marks_before holds four");

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

/* The lists of a word while they are gathered. */
struct lists {
    const struct mp_words *words;
    const uint32_t *found; /* its classes */
    size_t n;
    const uint16_t *needs; /* in order */
    size_t n_needs;
    const struct mp_lead *leads; /* by their first needs */
    size_t n_leads;
    struct mp_word size; /* how long they will be */
};

static uint16_t number_of(const struct lists *l, size_t i)
{
    const uint16_t *numbers = l->words->asks.number_of;
    return numbers ? numbers[l->found[i]] : (uint16_t)(l->found[i] + 1);
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

/* The marks of its i-th class, from *m on; how many. */
static size_t marks_of(const struct lists *l, size_t i, size_t *m)
{
    size_t n = 0;
    *m = marks_from(l->words, l->found[i]);
    while (*m + n < l->words->n_marks && l->words->marks[*m + n].class == l->found[i])
        n++;
    return n;
}

static int by_number(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

/* The needs that the word meets, in order. */
static bool find_needs(struct mp_word_cache *c, struct lists *l)
{
    const uint16_t *need_of = l->words->asks.need_of;
    c->needs.len = 0;
    for (size_t i = 0; need_of && i < l->n; i++)
        if (need_of[l->found[i]])
            mp_buf_add(&c->needs, &need_of[l->found[i]], sizeof *need_of);
    l->n_needs = c->needs.len / sizeof *need_of;
    if (l->n_needs)
        qsort(c->needs.data, l->n_needs, sizeof *need_of, by_number);
    l->needs = (const uint16_t *)(void *)c->needs.data;
    return !c->needs.failed;
}

static int by_need(const void *a, const void *b)
{
    const struct mp_lead *x = a, *y = b;
    return x->need[0] != y->need[0] ? x->need[0] - y->need[0]
                                    : (x->place > y->place) - (x->place < y->place);
}

/* What is looked up at the word, in the order of first needs. */
static bool find_leads(struct mp_word_cache *c, struct lists *l)
{
    const struct mp_word_asks *a = &l->words->asks;
    c->leads.len = 0;
    for (size_t i = 0; a->lead_at && i < l->n; i++) {
        uint32_t first = a->lead_at[l->found[i]], end = a->lead_at[l->found[i] + 1];
        mp_buf_add(&c->leads, &a->leads[first], (end - first) * sizeof *a->leads);
    }
    l->n_leads = c->leads.len / sizeof *l->leads;
    if (l->n_leads)
        qsort(c->leads.data, l->n_leads, sizeof *l->leads, by_need);
    l->leads = (const struct mp_lead *)(void *)c->leads.data;
    return !c->leads.failed;
}

/* Whether the need begins another set of 64 than the one before. */
static bool begins_set(const struct lists *l, size_t i)
{
    return i == 0 || l->needs[i] / 64 != l->needs[i - 1] / 64;
}

static bool begins_lead_set(const struct lists *l, size_t i)
{
    return i == 0 || l->leads[i].need[0] / 64 != l->leads[i - 1].need[0] / 64;
}

/* How long the lists will be. False: longer than anything written by hand. */
static bool measure(struct lists *l)
{
    const uint32_t *say_at = l->words->asks.say_at;
    struct mp_word *k = &l->size;
    size_t numbers = 0, says = 0, needs = 0, sets = 0, buckets = 1;
    for (size_t i = 0; i < l->n; i++) {
        numbers += number_of(l, i) != 0;
        says += say_at ? say_at[l->found[i] + 1] - say_at[l->found[i]] : 0;
    }
    for (size_t i = 0; i < l->n_needs; i++)
        needs += begins_set(l, i);
    for (size_t i = 0; i < l->n_leads; i++)
        sets += begins_lead_set(l, i);
    needs += needs % 2;
    sets += sets % 2;
    while (2 * buckets <= numbers) /* half full at most: hardly ever are four full */
        buckets *= 2;
    size_t table = (needs * (sizeof(uint64_t) + sizeof(uint16_t)) +
                    sets * (sizeof(uint64_t) + 2 * sizeof(uint16_t)) + 2 * sizeof(uint16_t) +
                    l->n_leads * (2 * sizeof(uint16_t) + sizeof(uint32_t)) +
                    says * sizeof(uint32_t) + sizeof(uint64_t) - 1) /
                   sizeof(uint64_t);
    k->n_leads = (uint32_t)l->n_leads;
    k->n_needs = (uint16_t)needs;
    k->n_sets = (uint16_t)sets;
    k->n_says = (uint16_t)says;
    k->table = (uint16_t)table;
    k->mask = (uint16_t)(buckets - 1);
    return table <= UINT16_MAX && says <= UINT16_MAX && l->n_leads <= UINT16_MAX;
}

/* How many marks there are in the tables before each, 16 bits a table. */
static uint64_t *marks_before(const struct mp_word *w)
{
    return (uint64_t *)(uintptr_t)(w->lists + w->table + w->mask + 1);
}

static const void **meanings(const struct mp_word *w)
{
    return (const void **)(void *)(marks_before(w) + 1);
}

static size_t bytes_of(const struct mp_word *w, size_t n_marked)
{
    return sizeof *w + (w->table + w->mask + 2u) * sizeof *w->lists + n_marked * sizeof(void *);
}

static void fill_needs(struct mp_word *k, const struct lists *l)
{
    uint64_t *set = k->lists;
    uint16_t *at = (uint16_t *)(uintptr_t)mp_word_need_at(k);
    for (size_t i = 0; i < l->n_needs; i++) {
        set += i > 0 && begins_set(l, i);
        at += i > 0 && begins_set(l, i);
        *at = l->needs[i] / 64;
        *set |= 1ull << l->needs[i] % 64;
    }
}

static void fill_leads(struct mp_word *k, const struct lists *l)
{
    uint64_t *set = (uint64_t *)(uintptr_t)mp_word_sets(k);
    uint16_t *at = (uint16_t *)(uintptr_t)mp_word_set_at(k);
    uint16_t *end = (uint16_t *)(uintptr_t)mp_word_set_start(k) + 1;
    uint16_t *first = (uint16_t *)(uintptr_t)mp_word_first_needs(k);
    uint16_t *second = (uint16_t *)(uintptr_t)mp_word_second_needs(k);
    uint32_t *place = (uint32_t *)(uintptr_t)mp_word_places(k);
    for (size_t i = 0; i < l->n_leads; i++) {
        const struct mp_lead *lead = &l->leads[i];
        bool next = i > 0 && begins_lead_set(l, i);
        set += next;
        at += next;
        end += next;
        *set |= 1ull << lead->need[0] % 64;
        *at = lead->need[0] / 64;
        *end = (uint16_t)(i + 1);
        first[i] = lead->need[0];
        second[i] = lead->need[1];
        place[i] = lead->place;
    }
}

static void fill_says(struct mp_word *k, const struct lists *l)
{
    const struct mp_word_asks *a = &l->words->asks;
    uint32_t *says = (uint32_t *)(uintptr_t)mp_word_says(k);
    for (size_t i = 0; a->say_at && i < l->n; i++)
        for (uint32_t j = a->say_at[l->found[i]]; j < a->say_at[l->found[i] + 1]; j++)
            *says++ = a->says[j];
}

static void fill_classes(struct mp_word *k, const struct lists *l)
{
    uint64_t *table = k->lists + k->table;
    for (size_t i = 0; i < l->n; i++) {
        uint16_t number = number_of(l, i);
        uint32_t at = mp_word_slot(number, k->mask);
        while (number && table[at] >> 48)
            at = (at + 1) & k->mask;
        if (number)
            table[at] = table[at] << 16 | number;
    }
}

/* Where the meaning of a mark stands: there are as many before it as marks. */
static unsigned meaning_at(const struct mp_word *w, unsigned table, unsigned bit)
{
    return (*marks_before(w) >> 16 * table & UINT16_MAX) +
           mp_bits(w->marks[table] & ((1ull << bit) - 1));
}

static void fill_marks(struct mp_word *k, const struct lists *l)
{
    size_t m;
    for (size_t i = 0; i < l->n; i++)
        for (size_t n = marks_of(l, i, &m); n-- > 0; m++)
            k->marks[l->words->marks[m].table] |= 1ull << l->words->marks[m].bit;
    for (unsigned table = 1; table < MP_MARK_TABLES; table++)
        *marks_before(k) +=
            (uint64_t)mp_bits(k->marks[table - 1]) * (~0ull << 16 * table & 0x0001000100010001);
    for (size_t i = l->n; i-- > 0;) /* from the last on, as the first counts */
        for (size_t n = marks_of(l, i, &m); n-- > 0;) {
            const struct mp_word_mark *mark = &l->words->marks[m + n];
            meanings(k)[meaning_at(k, mark->table, mark->bit)] = mark->what;
        }
}

const void *mp_word_meant(const struct mp_word *w, unsigned table, unsigned bit)
{
    return meanings(w)[meaning_at(w, table, bit)];
}

static struct mp_word *work_out(const struct mp_words *w, struct mp_word_cache *c,
                                const struct key *key)
{
    c->found.len = 0;
    if (!mp_words_classes(w, &c->tries, (struct mp_str){key->text, key->len}, &c->found))
        return NULL;
    struct lists l = {.words = w, .found = (const uint32_t *)(void *)c->found.data};
    l.n = c->found.len / sizeof *l.found;
    if (!find_needs(c, &l) || !find_leads(c, &l) || !measure(&l))
        return NULL;
    size_t n_marked = 0, m;
    for (size_t i = 0; i < l.n; i++)
        n_marked += marks_of(&l, i, &m);
    size_t size = bytes_of(&l.size, n_marked);
    struct mp_word *k = mp_arena_lines(&c->arena, size);
    if (!k)
        return NULL;
    c->bytes += size + MP_CACHE_LINE / 2;
    *k = l.size;
    k->head = key->head;
    k->tail = key->tail;
    k->len = key->len;
    k->kind = key->kind;
    if (key->len > 2 * PIECE &&
        !(k->text = mp_arena_str(&c->arena, (struct mp_str){key->text, key->len}).p))
        return NULL;
    fill_needs(k, &l);
    fill_leads(k, &l);
    fill_says(k, &l);
    fill_classes(k, &l);
    fill_marks(k, &l);
    return k;
}

void mp_word_cache_free(struct mp_word_cache *c)
{
    mp_word_tries_free(&c->tries);
    mp_arena_free(&c->arena);
    mp_buf_free(&c->found);
    mp_buf_free(&c->needs);
    mp_buf_free(&c->leads);
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

/* The pieces of a long word between its first and last. */
static uint64_t hash_middle(const char *text, size_t n)
{
    uint64_t h = 0;
    for (size_t i = PIECE; i + PIECE < n; i += PIECE)
        h = (h ^ eight_at(text + i) ^ h >> 29) * 0x9e3779b97f4a7c15u;
    return h;
}

/* For the cache alone: no order depends on it. The high bits of a product depend on all bits of its
 * factors (Knuth, Sorting and Searching, 6.4). */
static inline uint64_t hash_of(uint64_t head, uint64_t tail, const char *text, uint8_t n,
                               uint8_t kind)
{
    uint64_t h = head * 0x9e3779b97f4a7c15u + (tail ^ kind) * 0xc2b2ae3d27d4eb4fu + n;
    if (n > 2 * PIECE)
        h += hash_middle(text, n);
    return (h ^ h >> 32) * 0x9e3779b97f4a7c15u;
}

static size_t slot_of(uint64_t hash, size_t cap)
{
    return hash >> 32 & (cap - 1);
}

static uint64_t hash_again(const struct mp_word *w)
{
    return hash_of(w->head, w->tail, w->text, w->len, w->kind);
}

static bool grow(struct mp_word_cache *c)
{
    size_t cap = c->cap ? c->cap * 2 : 1024;
    struct mp_word **slots = calloc(cap, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < c->cap; i++)
        if (c->slots[i]) {
            size_t at = slot_of(hash_again(c->slots[i]), cap);
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
static inline struct key key_of(const char *word, uint8_t n, uint8_t kind)
{
    uint64_t head = head_of(word, n), tail = n > PIECE ? eight_at(word + n - PIECE) : 0;
    return (struct key){word, head, tail, hash_of(head, tail, word, n, kind), n, kind};
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
    struct mp_word *k = work_out(w, c, key);
    if (k) {
        c->slots[slot] = k;
        c->n++;
    }
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
    struct key key = key_of(copy, (uint8_t)word.n, kind);
    return has_room(c, 1) ? find(w, c, &key) : NULL;
}

/* Words from the i-th on, in rounds: in each, memory is asked for what the next one reads. */
static bool find_some(const struct mp_words *w, struct mp_word_cache *c, const struct mp_tokens *t,
                      size_t i, size_t n, const struct mp_word **found)
{
    struct key key[AHEAD];
    for (size_t j = 0; j < n; j++) {
        struct mp_str word = mp_token_str(t, i + j);
        key[j] = key_of(word.p, (uint8_t)word.n, t->at[i + j].kind);
        __builtin_prefetch(&c->slots[slot_of(key[j].hash, c->cap)]);
    }
    for (size_t j = 0; j < n; j++) {
        const char *p = (const char *)c->slots[slot_of(key[j].hash, c->cap)];
        for (int line = 0; line < LINES; line++)
            __builtin_prefetch(p + line * MP_CACHE_LINE);
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
