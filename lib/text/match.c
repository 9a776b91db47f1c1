/* Looks up and tries the variants of patterns; joins parts. */
#include "text/match.h"
#include "text/fit.h"
#include <stdlib.h>

enum {
    NEAR = 14,    /* tokens around a part in which the anchors of others are looked for */
    SAME_MAX = 8, /* hits looked back at for one that is the same */
};

struct run {
    const struct mp_lexicon *l;
    struct mp_matcher *m;
    struct mp_text *text;
    struct mp_sentence at;
};

static bool is_in(const uint64_t *bits, uint32_t i)
{
    return bits[i / 64] >> i % 64 & 1;
}

/* Whether a word of the sentence meets the need. */
static bool is_met(const struct run *r, uint32_t need)
{
    return is_in(r->m->met, need);
}

static bool fits_at(const struct run *r, const struct mp_try *v, uint32_t t, struct mp_span *out)
{
    return mp_fit(&r->at, &r->l->steps[v->step], v->n, v->anchor, t, out);
}

/* Two variants of one pattern may say the same. */
static bool is_known(const struct run *r, uint32_t entry, const struct mp_span *at)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, r->text->hits);
    size_t n = MP_COUNT(struct mp_hit, r->text->hits);
    for (size_t i = n; i-- > 0 && n - i <= SAME_MAX;)
        if (h[i].entry == entry && h[i].first == at->first && h[i].last == at->last &&
            h[i].mask == at->mask)
            return true;
    return false;
}

static bool add_hit(struct run *r, uint32_t entry, const struct mp_span *at)
{
    struct mp_hit hit = {entry, at->first, at->last, at->mask};
    if (!is_known(r, entry, at))
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
static bool find_candidates(const struct run *r, uint32_t part)
{
    const struct mp_lexicon *l = r->l;
    r->m->candidates.len = 0;
    for (uint32_t i = l->part_at[part]; i < l->part_at[part + 1]; i++) {
        const struct mp_try *v = &l->tries[l->part_rows[i]];
        if (is_met(r, l->anchor_need[l->part_rows[i]]) && is_met(r, l->needs[l->part_rows[i]][0]) &&
            is_met(r, l->needs[l->part_rows[i]][1]))
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
        if (mp_word_in(r->at.word[t], r->l->steps[v[i]->step + v[i]->anchor].class) &&
            fits_at(r, v[i], t, &at) && unite(all, &at))
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
    const struct mp_pattern *p = &r->l->entries[use->entry].pattern;
    struct mp_span all = *found;
    uint32_t missing = ((1u << p->n) - 1) & ~(1u << use->part);
    for (uint8_t pass = 1; missing && pass < p->n; pass++)
        for (uint8_t i = 0; i < p->n; i++) {
            if (!(missing >> i & 1))
                continue;
            if (!find_candidates(r, p->parts[i]))
                return false;
            if (unite_nearest(r, &all))
                missing &= ~(1u << i);
        }
    return missing || add_hit(r, use->entry, &all);
}

static bool add_part(struct run *r, uint32_t part, const struct mp_span *at)
{
    const struct mp_lexicon *l = r->l;
    for (uint32_t i = l->use_at[part]; i < l->use_at[part + 1]; i++) {
        const struct mp_use *use = &l->uses[i];
        if (!(use->whole ? add_hit(r, use->entry, at) : join(r, use, at)))
            return false;
    }
    return true;
}

/* Whether the word that must stand beside the anchor does. */
static bool is_beside(const struct run *r, const struct mp_try *v, uint32_t t)
{
    if (v->beside == 0)
        return true;
    if (t == (v->before ? r->at.first : r->at.last))
        return false;
    return mp_word_in(r->at.word[v->before ? t - 1 : t + 1], v->beside);
}

/* All variants that are looked up at the word. Most fail because their rarest other word is
 * nowhere in the sentence. */
static bool try_word(struct run *r, uint32_t t)
{
    const struct mp_word *w = r->at.word[t];
    const uint64_t *met = r->m->met;
    const uint16_t *first = w->leads, *second = mp_word_second(w);
    struct mp_span at;
    for (size_t i = 0, n = w->n_leads; i < n; i++) {
        if (!is_in(met, first[i]) || !is_in(met, second[i]))
            continue;
        const struct mp_try *v = &r->l->tries[mp_word_rows(w)[i]];
        if (is_beside(r, v, t) && fits_at(r, v, t, &at) && !add_part(r, v->part, &at))
            return false;
    }
    return true;
}

/* Hits come nearly in order, a few tokens apart at most: insertion is linear here. */
static void sort_hits(struct mp_text *text)
{
    struct mp_hit *h = MP_ITEMS(struct mp_hit, text->hits);
    size_t n = MP_COUNT(struct mp_hit, text->hits);
    for (size_t i = 1; i < n; i++) {
        struct mp_hit one = h[i];
        size_t j = i;
        while (j > 0 && (h[j - 1].first > one.first ||
                         (h[j - 1].first == one.first && h[j - 1].entry > one.entry))) {
            h[j] = h[j - 1];
            j--;
        }
        h[j] = one;
    }
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
        const uint64_t *bits = w->needs;
        for (size_t i = 0, n = w->n_needs; i < n; i++)
            met[at[i]] |= bits[i];
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

static bool prepare(const struct mp_lexicon *l, struct mp_matcher *m)
{
    size_t n = (l->n_needs < UINT16_MAX ? l->n_needs : UINT16_MAX) / 64 + 1;
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
    for (size_t i = 0; i < text->tokens.n; i++) {
        const struct mp_word *w = mp_word_find(&l->words, &m->cache, mp_token_str(&text->tokens, i),
                                               text->tokens.at[i].kind);
        text->words[i] = w;
        if (!w)
            return false;
        __builtin_prefetch(w->leads); /* needed soon, and seldom near */
        __builtin_prefetch(w->needs);
        __builtin_prefetch(w->classes);
    }
    return true;
}

bool mp_match(const struct mp_lexicon *l, struct mp_matcher *m, struct mp_text *text)
{
    struct run r = {.l = l, .m = m, .text = text};
    r.at.token = text->tokens.at;
    r.at.n = (uint32_t)text->tokens.n;
    text->hits.len = 0;
    r.at.word = text->words;
    if (!prepare(l, m))
        return false;
    for (uint32_t t = 0; t < r.at.n; t++)
        if (((t == 0 || t > r.at.last) && !enter_sentence(&r, t)) || !try_word(&r, t))
            return false;
    sort_hits(text);
    return true;
}

void mp_matcher_free(struct mp_matcher *m)
{
    mp_word_cache_free(&m->cache);
    mp_buf_free(&m->stretches);
    mp_buf_free(&m->candidates);
    free(m->met);
    *m = (struct mp_matcher){0};
}
