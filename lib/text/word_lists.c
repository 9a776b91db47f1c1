/* What is worked out for a word when it is met first: its lists, in one piece of memory. */
#include "text/word_lists.h"
#include "text/text.h"
#include <stdlib.h>

_Static_assert(MP_MARK_TABLES <= 4, "marks_before holds four");

enum {
    EIGHT = sizeof(mp_eight) / sizeof(uint64_t), /* of `lists` */
    FULL = 7                                     /* numbers of an eight at most, see mp_word_in */
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
    const struct mp_word_mark *const *marks; /* of its classes, in their order */
    size_t n_marks;
    struct mp_word size; /* how long they will be */
};

static uint16_t number_of(const struct lists *l, size_t i)
{
    const uint16_t *numbers = l->words->asks.number_of;
    return numbers ? numbers[l->found[i]] : (uint16_t)(l->found[i] + 1);
}

static bool find_marks(struct mp_word_cache *c, struct lists *l)
{
    const struct mp_words *w = l->words;
    c->marks.len = 0;
    for (size_t i = 0; i < l->n; i++) {
        size_t m = mp_items_from(w->marks, w->n_marks, sizeof *w->marks,
                                 offsetof(struct mp_word_mark, class), l->found[i]);
        for (; m < w->n_marks && w->marks[m].class == l->found[i]; m++) {
            const struct mp_word_mark *mark = &w->marks[m];
            mp_buf_add(&c->marks, &mark, sizeof(struct mp_word_mark *));
        }
    }
    l->marks = MP_ITEMS(const struct mp_word_mark *const, c->marks);
    l->n_marks = MP_COUNT(struct mp_word_mark *, c->marks);
    return !c->marks.failed;
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

/* Leads stand in pairs whose first needs are of one set; some are alone. */
static bool has_pair(const struct lists *l, size_t i)
{
    return i + 1 < l->n_leads && l->leads[i].need[0] / 64 == l->leads[i + 1].need[0] / 64;
}

static size_t in_fours(size_t n)
{
    return (n + 3) / 4;
}

/* Puts a need into the i-th set. */
static void add_need(struct mp_four *fours, size_t i, uint16_t need)
{
    fours[i / 4].at[i % 4] = need / 64;
    fours[i / 4].bits[i % 4] |= 1ull << need % 64;
}

/* How many eights the table of classes has: so many that none is full. */
static bool size_table(struct mp_word_cache *c, struct lists *l)
{
    for (size_t eights = 1; eights <= UINT16_MAX + 1u; eights *= 2) {
        size_t i = 0;
        c->sizes.len = 0;
        if (!mp_buf_reserve(&c->sizes, eights))
            return false;
        memset(c->sizes.data, 0, eights);
        l->size.mask = (uint16_t)(eights - 1);
        for (; i < l->n; i++)
            if (number_of(l, i) &&
                ++c->sizes.data[mp_word_slot(number_of(l, i), l->size.mask)] > FULL)
                break;
        if (i == l->n)
            return true;
    }
    return false;
}

/* How long the lists will be. False: longer than anything written by hand. */
static bool measure(struct lists *l)
{
    const uint32_t *say_at = l->words->asks.say_at;
    struct mp_word *k = &l->size;
    size_t says = 0, needs = 0, sets = 0;
    for (size_t i = 0; say_at && i < l->n; i++)
        says += say_at[l->found[i] + 1] - say_at[l->found[i]];
    for (size_t i = 0; i < l->n_needs; i++)
        needs += begins_set(l, i);
    for (size_t i = 0; i < l->n_leads; i += 1 + has_pair(l, i))
        sets++;
    needs = in_fours(needs);
    sets = in_fours(sets);
    size_t lists = (needs + sets) * sizeof(struct mp_four) + 2 * 4 * sets * sizeof *l->leads +
                   says * sizeof(uint32_t);
    size_t table = (lists + sizeof(mp_eight) - 1) / sizeof(mp_eight) * EIGHT;
    k->n_needs = (uint16_t)needs;
    k->n_sets = (uint16_t)sets;
    k->n_says = (uint16_t)says;
    k->table = (uint16_t)table;
    return table <= UINT16_MAX && says <= UINT16_MAX;
}

/* How many marks there are in the tables before each, 16 bits a table. */
static uint64_t *marks_before(const struct mp_word *w)
{
    return (uint64_t *)(uintptr_t)(w->lists + w->table + (w->mask + 1u) * EIGHT);
}

static const void **meanings(const struct mp_word *w)
{
    return (const void **)(void *)(marks_before(w) + 1);
}

static size_t bytes_of(const struct mp_word *w, size_t n_marked)
{
    return sizeof *w + (w->table + (w->mask + 1u) * EIGHT + 1u) * sizeof *w->lists +
           n_marked * sizeof(void *);
}

static void fill_needs(struct mp_word *k, const struct lists *l)
{
    struct mp_four *needs = (struct mp_four *)(uintptr_t)mp_word_needs(k);
    size_t set = 0;
    for (size_t i = 0; i < l->n_needs; i++) {
        set += i > 0 && begins_set(l, i);
        add_need(needs, set, l->needs[i]);
    }
}

static void fill_leads(struct mp_word *k, const struct lists *l)
{
    struct mp_four *sets = (struct mp_four *)(uintptr_t)mp_word_sets(k);
    struct mp_lead *lead = (struct mp_lead *)(uintptr_t)mp_word_leads(k);
    for (size_t i = 0, set = 0, pair; i < l->n_leads; i += 1 + pair, set++) {
        pair = has_pair(l, i);
        for (size_t j = 0; j <= pair; j++)
            add_need(sets, set, l->leads[i + j].need[0]);
        lead[2 * set] = l->leads[i];
        lead[2 * set + 1] = pair ? l->leads[i + 1] : (struct mp_lead){.need = {MP_NEED_IMPOSSIBLE}};
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
    mp_eight *table = (mp_eight *)(void *)(k->lists + k->table);
    for (size_t i = 0; i < l->n; i++) {
        uint16_t number = number_of(l, i);
        mp_eight *to = &table[mp_word_slot(number, k->mask)];
        unsigned at = 0;
        while ((*to)[at])
            at++;
        (*to)[at] = number;
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
    for (size_t i = 0; i < l->n_marks; i++)
        k->marks[l->marks[i]->table] |= 1ull << l->marks[i]->bit;
    for (unsigned table = 1; table < MP_MARK_TABLES; table++)
        *marks_before(k) +=
            (uint64_t)mp_bits(k->marks[table - 1]) * (~0ull << 16 * table & 0x0001000100010001);
    for (size_t i = l->n_marks; i-- > 0;) /* from the last on, as the first counts */
        meanings(k)[meaning_at(k, l->marks[i]->table, l->marks[i]->bit)] = l->marks[i]->what;
}

const void *mp_word_meant(const struct mp_word *w, unsigned table, unsigned bit)
{
    return meanings(w)[meaning_at(w, table, bit)];
}

struct mp_word *mp_word_work_out(const struct mp_words *w, struct mp_word_cache *c,
                                 struct mp_str word)
{
    c->found.len = 0;
    if (!mp_words_classes(w, &c->tries, word, &c->found))
        return NULL;
    struct lists l = {.words = w, .found = (const uint32_t *)(void *)c->found.data};
    l.n = c->found.len / sizeof *l.found;
    if (!find_needs(c, &l) || !find_leads(c, &l) || !find_marks(c, &l) || !measure(&l) ||
        !size_table(c, &l))
        return NULL;
    size_t size = bytes_of(&l.size, l.n_marks);
    struct mp_word *k = mp_arena_lines(&c->arena, size);
    if (!k)
        return NULL;
    c->bytes += size + MP_CACHE_LINE / 2;
    *k = l.size;
    k->gave_up = c->tries.gave_up;
    fill_needs(k, &l);
    fill_leads(k, &l);
    fill_says(k, &l);
    fill_classes(k, &l);
    fill_marks(k, &l);
    return k;
}
