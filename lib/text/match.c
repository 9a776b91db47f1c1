/* Looks up and tries the variants of patterns; joins parts. */
#include "text/match.h"
#include "text/fit.h"
#include <stdlib.h>

enum {
    NEAR = 14,            /* tokens around a part in which the anchors of others are looked for */
    SETS_BYTES = 1 << 15, /* of sets gathered before their variants are looked at */
    AHEAD = 64,           /* tokens of a sentence that are gathered before they are tried */
    LEADS = 256           /* variants gathered before they are tried */
};

struct run {
    const struct mp_index *x;
    struct mp_matcher *m;
    struct mp_text *text;
    struct mp_sentence at;
    struct {
        const struct mp_lead *lead;
        uint32_t token; /* at which it is looked up */
    } leads[LEADS + 2];
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
static bool unite_at(struct run *r, struct mp_span *all, uint32_t t)
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
static bool unite_nearest(struct run *r, struct mp_span *all)
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
        const struct mp_try *v = mp_try_at(r->x, r->leads[i].lead->place);
        if (mp_fit(&r->at, v, r->leads[i].token, &at) && !say(r, v, &at))
            return false;
    }
    return true;
}

/* Keeps a lead if the sentence meets its needs: without a branch, as nobody could foretell it. */
static inline uint32_t keep_lead(struct run *r, uint32_t n, uint32_t t, const struct mp_lead *lead)
{
    const uint64_t *met = r->m->met;
    r->leads[n].token = t;
    r->leads[n].lead = lead;
    return n + (is_in(met, lead->need[0]) & is_in(met, lead->need[1]));
}

/* Of the leads that were found, those with the right word next to them. Memory is asked for their
 * variants. */
static uint32_t keep_beside(struct run *r, uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct mp_lead *lead = r->leads[i].lead;
        uint32_t t = r->leads[i].token, beside = (uint32_t)((int64_t)t + lead->beside_at);
        __builtin_prefetch(mp_try_at(r->x, lead->place));
        r->leads[kept] = r->leads[i];
        kept += mp_word_in(r->at.word[beside < r->at.n ? beside : t], lead->beside);
    }
    return kept;
}

/* Tries the variants of the sets that were gathered. Not one by one as they are found, but in
 * rounds: most drop out, and meanwhile memory hands over those that do not. */
static bool try_sets(struct run *r)
{
    const uint64_t *set = MP_ITEMS(uint64_t, r->m->sets);
    const uint64_t *end = set + MP_COUNT(uint64_t, r->m->sets);
    uint32_t n = 0;
    for (; set < end; set++) {
        uint32_t t = (uint32_t)(*set >> 32);
        const struct mp_lead *lead = mp_word_leads(r->at.word[t]) + 2 * (size_t)(uint32_t)*set;
        n = keep_lead(r, n, t, lead);
        n = keep_lead(r, n, t, lead + 1);
        if (n >= LEADS) {
            if (!try_all(r, keep_beside(r, n)))
                return false;
            n = 0;
        }
    }
    r->m->sets.len = 0;
    return try_all(r, keep_beside(r, n));
}

static inline uint64_t *keep_set(uint64_t *to, uint64_t set, uint64_t met)
{
    *to = set;
    return to + (met != 0);
}

/* What the word alone says, and all variants that are looked up at it, but for those whose rarest
 * other word is nowhere in the sentence, as of most. */
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
    for (const uint64_t *end = bits + w->n_sets; bits < end; bits += 4, at += 4, set += 4) {
        to = keep_set(to, set, met[at[0]] & bits[0]);
        to = keep_set(to, set + 1, met[at[1]] & bits[1]);
        to = keep_set(to, set + 2, met[at[2]] & bits[2]);
        to = keep_set(to, set + 3, met[at[3]] & bits[3]);
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
    met[0] = 1ull << MP_NEED_NOTHING;
    for (uint32_t t = r->at.first; t <= r->at.last; t++) {
        const struct mp_word *w = r->at.word[t];
        const uint16_t *at = mp_word_need_at(w);
        const uint64_t *bits = w->lists;
        for (const uint64_t *end = bits + w->n_needs; bits < end; bits += 4, at += 4) {
            met[at[0]] |= bits[0];
            met[at[1]] |= bits[1];
            met[at[2]] |= bits[2];
            met[at[3]] |= bits[3];
        }
    }
}

/* The sentence that begins at the token. */
static void enter_sentence(struct run *r, uint32_t first)
{
    uint32_t t = first + 1;
    while (t < r->at.n && r->at.token[t].before < MP_BREAK_STOP)
        t++;
    r->at.first = first;
    r->at.last = t - 1;
    mp_fit_look_from(&r->at, first);
    meet(r);
}

static bool read_sentence(struct run *r, uint32_t first)
{
    enter_sentence(r, first);
    for (uint32_t t = first; t <= r->at.last; t++)
        if (!gather(r, t))
            return false;
    return try_sets(r);
}

static bool prepare(const struct mp_index *x, struct mp_matcher *m)
{
    size_t n =
        (x->n_needs + MP_NEED_FIRST < UINT16_MAX ? x->n_needs + MP_NEED_FIRST : UINT16_MAX) / 64 +
        1;
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
    mp_buf_free(&m->candidates);
    mp_buf_free(&m->sets);
    free(m->met);
    *m = (struct mp_matcher){0};
}
