/* Looks up and tries the variants of patterns; joins parts. */
#include "text/match.h"
#include "text/fit.h"
#include <stdlib.h>

enum {
    NEAR = 14,            /* tokens around a part in which the anchors of others are looked for */
    SETS_BYTES = 1 << 15, /* of sets gathered before their variants are looked at */
    AHEAD = 64,           /* tokens of a sentence that are gathered before they are tried */
    TRIES = 128           /* variants gathered before they are tried */
};

struct run {
    const struct mp_index *x;
    struct mp_matcher *m;
    struct mp_text *text;
    struct mp_sentence at;
    struct {
        const struct mp_try *v;
        uint32_t token; /* at which it is to be tried */
    } tries[TRIES + 1];
};

static uint32_t is_in(const uint64_t *bits, uint32_t i)
{
    return (uint32_t)(bits[i / 64] >> i % 64 & 1);
}

/* Whether a word of the sentence meets the need. */
static bool is_met(const struct run *r, uint32_t need)
{
    return is_in(r->m->met, need);
}

static bool add_hit(struct run *r, uint32_t entry, const struct mp_span *at)
{
    struct mp_hit hit = {entry, at->first, at->last, at->mask};
    mp_buf_add(&r->text->hits, &hit, sizeof hit);
    return !r->text->hits.failed;
}

/* The union of two spans near each other, or false: too far apart, or a word that both take. */
static bool unite(struct mp_span *a, const struct mp_span *b)
{
    uint32_t first = a->first < b->first ? a->first : b->first;
    uint32_t last = a->last > b->last ? a->last : b->last;
    if (a->last + 1 + MP_GAP_JOIN < b->first || b->last + 1 + MP_GAP_JOIN < a->first ||
        last - first >= 64)
        return false;
    uint64_t mask_a = a->mask << (a->first - first), mask_b = b->mask << (b->first - first);
    if (mask_a & mask_b)
        return false;
    *a = (struct mp_span){first, last, mask_a | mask_b};
    return true;
}

/* The variants of a part whose words the sentence has; false if memory ran out. */
static bool find_candidates(const struct run *r, const struct mp_stretch *part)
{
    const struct mp_sought *s = &r->x->sought[part->first];
    r->m->candidates.len = 0;
    for (uint32_t i = 0; i < part->n; i++)
        if (is_met(r, s[i].need[0]) && is_met(r, s[i].need[1]) && is_met(r, s[i].need[2])) {
            const struct mp_try *v = mp_try_at(r->x, s[i].place);
            mp_buf_add(&r->m->candidates, &v, sizeof(struct mp_try *));
        }
    return !r->m->candidates.failed;
}

/* Unites `all` with a candidate that is anchored at the token. */
static bool unite_at(const struct run *r, struct mp_span *all, uint32_t t)
{
    const struct mp_try **v = MP_ITEMS(const struct mp_try *, r->m->candidates);
    struct mp_span at;
    for (size_t i = 0; i < MP_COUNT(struct mp_try *, r->m->candidates); i++)
        if (mp_word_in(r->at.word[t], v[i]->step[0].class) && mp_fit(&r->at, v[i], t, &at) &&
            unite(all, &at))
            return true;
    return false;
}

/* The candidate's nearest place that can be united with `all`, looked for outwards from it. */
static bool unite_nearest(const struct run *r, struct mp_span *all)
{
    struct mp_span from = *all;
    if (r->m->candidates.len == 0)
        return false;
    for (uint32_t t = from.first; t <= from.last; t++)
        if (unite_at(r, all, t))
            return true;
    for (uint32_t d = 1; d <= NEAR; d++) {
        if (from.first >= r->at.first + d && unite_at(r, all, from.first - d))
            return true;
        if (from.last + d <= r->at.last && unite_at(r, all, from.last + d))
            return true;
    }
    return false;
}

/* An entry of several parts, one of which is there: are the others near? */
static bool join(struct run *r, const struct mp_use *use, const struct mp_span *found)
{
    const struct mp_stretch *others = &r->x->others[use->others];
    struct mp_span all = *found;
    uint32_t missing = (1u << use->n_others) - 1;
    for (uint8_t pass = 0; missing && pass < use->n_others; pass++)
        for (uint8_t i = 0; i < use->n_others; i++) {
            if (!(missing >> i & 1))
                continue;
            if (!find_candidates(r, &others[i]))
                return false;
            if (unite_nearest(r, &all))
                missing &= ~(1u << i);
        }
    return missing || add_hit(r, use->entry, &all);
}

/* What a variant says that stands there. */
static bool say(struct run *r, const struct mp_try *v, const struct mp_span *at)
{
    const struct mp_use *use = &r->x->uses[v->says];
    bool fine;
    if (v->alone)
        return add_hit(r, v->says, at);
    do
        fine = use->n_others ? join(r, use, at) : add_hit(r, use->entry, at);
    while (fine && !use++->last);
    return fine;
}

static bool try_all(struct run *r, uint32_t n)
{
    struct mp_span at;
    for (uint32_t i = 0; i < n; i++) {
        const struct mp_try *v = r->tries[i].v;
        uint32_t t = r->tries[i].token;
        if (mp_fit(&r->at, v, t, &at) && !say(r, v, &at))
            return false;
    }
    return true;
}

/* Tries what was gathered, but for variants that need a word which is nowhere in the sentence. They
 * are not tried as they are found: meanwhile memory hands them over. */
static bool try_sets(struct run *r)
{
    const uint64_t *met = r->m->met, *sets = MP_ITEMS(uint64_t, r->m->sets);
    const uint64_t *end = sets + MP_COUNT(uint64_t, r->m->sets);
    const uint32_t *tries = r->x->tries;
    uint32_t n = 0;
    for (; sets < end; sets++) {
        uint32_t t = (uint32_t)(*sets >> 32), set = (uint32_t)*sets;
        const struct mp_word *w = r->at.word[t];
        const uint16_t *start = mp_word_set_start(w);
        const uint16_t *first = mp_word_first_needs(w), *second = mp_word_second_needs(w);
        const uint32_t *place = mp_word_places(w);
        for (uint32_t j = start[set], last = start[set + 1]; j < last; j++) {
            const uint32_t *v = tries + place[j], one = first[j], two = second[j];
            __builtin_prefetch(v);
            r->tries[n].token = t;
            r->tries[n].v = (const struct mp_try *)(const void *)v;
            n += is_in(met, one) & is_in(met, two);
            if (n == TRIES && !try_all(r, n))
                return false;
            n = n == TRIES ? 0 : n;
        }
    }
    r->m->sets.len = 0;
    return try_all(r, n);
}

/* What the word alone says, and all variants that are looked up at it, but for those whose rarest
 * other word is nowhere in the sentence, as of most: without a branch, as no processor could
 * foretell it. */
static bool gather(struct run *r, uint32_t t)
{
    const struct mp_word *w = r->at.word[t];
    const uint64_t *met = r->m->met, *bits = mp_word_sets(w);
    const uint16_t *at = mp_word_set_at(w);
    for (uint32_t i = 0; i < w->n_says; i++)
        if (!add_hit(r, mp_word_says(w)[i], &(struct mp_span){t, t, 1}))
            return false;
    if (!mp_buf_reserve(&r->m->sets, (w->n_sets + 1u) * sizeof(uint64_t)))
        return false;
    uint64_t set = (uint64_t)t << 32,
             *to = MP_ITEMS(uint64_t, r->m->sets) + MP_COUNT(uint64_t, r->m->sets);
    for (uint32_t i = 0, n = w->n_sets; i < n; i++) {
        *to = set + i;
        to += (met[at[i]] & bits[i]) != 0;
    }
    r->m->sets.len = (size_t)((char *)to - r->m->sets.data);
    return (r->m->sets.len < SETS_BYTES && t % AHEAD != AHEAD - 1) || try_sets(r);
}

/* Hits are put in the order of their first tokens, and of entries there. */
static uint64_t rank(const struct mp_hit *h)
{
    return (uint64_t)h->first << 32 | h->entry;
}

static bool is_before(const struct mp_hit *a, const struct mp_hit *b)
{
    if (rank(a) != rank(b))
        return rank(a) < rank(b);
    return a->last != b->last ? a->last < b->last : a->mask < b->mask;
}

static bool is_same(const struct mp_hit *a, const struct mp_hit *b)
{
    return rank(a) == rank(b) && a->last == b->last && a->mask == b->mask;
}

/* Puts hits in order, each once: two variants of one pattern may say the same. They come nearly in
 * order, as no sentence is gathered for more than AHEAD tokens: insertion is linear here. */
static void sort_hits(struct mp_text *text)
{
    struct mp_hit *h = MP_ITEMS(struct mp_hit, text->hits);
    size_t n = MP_COUNT(struct mp_hit, text->hits), kept = 0;
    for (size_t i = 1; i < n; i++) {
        struct mp_hit one = h[i];
        size_t j = i;
        for (; j > 0 && is_before(&one, &h[j - 1]); j--)
            h[j] = h[j - 1];
        h[j] = one;
    }
    for (size_t i = 0; i < n; i++) {
        h[kept] = h[i];
        kept += kept == 0 || !is_same(&h[kept - 1], &h[i]);
    }
    text->hits.len = kept * sizeof *h;
}

/* Which needs the words of the sentence meet. */
static void meet(struct run *r)
{
    uint64_t *met = r->m->met;
    memset(met, 0, r->m->n_met * sizeof *met);
    met[0] = 1; /* what needs nothing */
    for (uint32_t t = r->at.first; t <= r->at.last; t++) {
        const struct mp_word *w = r->at.word[t];
        const uint16_t *at = mp_word_need_at(w);
        for (size_t i = 0, n = w->n_needs; i < n; i += 2) { /* they are even */
            met[at[i]] |= w->lists[i];
            met[at[i + 1]] |= w->lists[i + 1];
        }
    }
}

/* Where the stretch without a colon of each token of the sentence begins and ends. */
static bool find_stretches(struct run *r)
{
    struct mp_buf *b = &r->m->stretches;
    b->len = 0;
    if (!mp_buf_reserve(b, 2 * (size_t)r->at.n * sizeof(uint32_t)))
        return false;
    uint32_t *from = MP_ITEMS(uint32_t, *b), *to = from + r->at.n;
    for (uint32_t t = r->at.first; t <= r->at.last; t++)
        from[t] = t == r->at.first || r->at.token[t].before >= MP_BREAK_COLON ? t : from[t - 1];
    for (uint32_t t = r->at.last + 1; t-- > r->at.first;)
        to[t] = t == r->at.last || from[t + 1] == t + 1 ? t : to[t + 1];
    r->at.from = from;
    r->at.to = to;
    return true;
}

/* The sentence that begins at the token. */
static bool enter_sentence(struct run *r, uint32_t first)
{
    bool colon = false;
    uint32_t t = first;
    while (++t < r->at.n && r->at.token[t].before < MP_BREAK_STOP)
        colon |= r->at.token[t].before == MP_BREAK_COLON;
    r->at.first = first;
    r->at.last = t - 1;
    r->at.from = r->at.to = NULL;
    meet(r);
    return !colon || find_stretches(r);
}

static bool read_sentence(struct run *r, uint32_t first)
{
    if (!enter_sentence(r, first))
        return false;
    for (uint32_t t = first; t <= r->at.last; t++)
        if (!gather(r, t))
            return false;
    return try_sets(r);
}

static bool prepare(const struct mp_index *x, struct mp_matcher *m)
{
    size_t n = (x->n_needs < UINT16_MAX ? x->n_needs : UINT16_MAX) / 64 + 1;
    if (m->n_met >= n)
        return true;
    uint64_t *met = calloc(n, sizeof *met);
    if (!met)
        return false;
    free(m->met);
    m->met = met;
    m->n_met = n;
    return true;
}

bool mp_match_look_up(const struct mp_lexicon *l, struct mp_matcher *m, struct mp_text *text)
{
    mp_word_cache_trim(&m->cache);
    if (text->cap_words < text->tokens.n + 1) {
        size_t cap = text->tokens.n * 2 + 64;
        const struct mp_word **more = realloc(text->words, cap * sizeof *more);
        if (!more)
            return false;
        text->words = more;
        text->cap_words = cap;
    }
    return mp_word_find_all(&l->words, &m->cache, &text->tokens, text->words);
}

bool mp_match(const struct mp_lexicon *l, struct mp_matcher *m, struct mp_text *text)
{
    struct run r;
    r.x = &l->index;
    r.m = m;
    r.text = text;
    m->sets.len = 0;
    r.at.token = text->tokens.at;
    r.at.n = (uint32_t)text->tokens.n;
    text->hits.len = 0;
    r.at.word = text->words;
    if (!prepare(r.x, m))
        return false;
    for (uint32_t t = 0; t < r.at.n; t = r.at.last + 1)
        if (!read_sentence(&r, t))
            return false;
    sort_hits(text);
    return true;
}

void mp_matcher_free(struct mp_matcher *m)
{
    mp_word_cache_free(&m->cache);
    mp_buf_free(&m->stretches);
    mp_buf_free(&m->candidates);
    mp_buf_free(&m->sets);
    free(m->met);
    *m = (struct mp_matcher){0};
}
