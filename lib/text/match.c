/* Looks up and tries the variants of patterns; joins parts. */
#include "text/match.h"
#include "text/fit.h"
#include <stdlib.h>

enum {
    NEAR = 14,   /* tokens around a part in which the anchors of others are looked for */
    AHEAD = 64,  /* tokens of a sentence whose variants are tried together */
    MOST = 8,    /* fours that hardly any word has more of */
    FOURS = 128, /* gathered before they are looked at */
    LEADS = 256  /* gathered before they are tried */
};

struct run {
    const struct mp_index *x;
    struct mp_matcher *m;
    struct mp_text *text;
    struct mp_sentence at;
    const struct mp_four *fours[FOURS + MOST];
    uint32_t tokens[FOURS + MOST];     /* of the word that each of them is of */
    uint32_t sets[4 * (FOURS + MOST)]; /* found in them: four times the place of the four + set */
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
    struct mp_hit *hit = MP_NEW(struct mp_hit, r->text->hits);
    if (hit)
        *hit = (struct mp_hit){entry, at->first, at->last, at->mask};
    return hit;
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

/* Tries the variants of n sets that were found. Not one by one as they are found, but in rounds:
 * most drop out, and meanwhile memory hands over those that do not. */
static bool try_sets(struct run *r, size_t n)
{
    uint32_t leads = 0;
    for (const uint32_t *set = r->sets; set < r->sets + n; set++) {
        uint32_t t = r->tokens[*set / 4];
        const struct mp_word *w = r->at.word[t];
        ptrdiff_t four = r->fours[*set / 4] - mp_word_sets(w);
        const struct mp_lead *lead = mp_word_leads(w) + 2 * (4 * four + *set % 4);
        leads = keep_lead(r, leads, t, lead);
        leads = keep_lead(r, leads, t, lead + 1);
        if (leads >= LEADS) {
            if (!try_all(r, keep_beside(r, leads)))
                return false;
            leads = 0;
        }
    }
    return try_all(r, keep_beside(r, leads));
}

/* Appends fours to n others; returns how many there are. How many a word has nobody can foretell:
 * so as many are written as most have, and the next ones over those that are too many, which
 * nobody reads. */
static inline uint32_t list_fours(struct run *r, uint32_t n, const struct mp_four *four,
                                  uint32_t left)
{
#pragma GCC unroll 8
    for (uint32_t i = 0; i < MOST; i++)
        r->fours[n + i] = four + i;
    return n + (left < MOST ? left : MOST);
}

static inline uint32_t *keep_set(uint32_t *to, uint32_t set, uint64_t met)
{
    *to = set;
    return to + (met != 0);
}

/* Tries those of n fours of sets in which a need is met that the sentence meets. */
static bool try_fours(struct run *r, uint32_t n)
{
    const uint64_t *met = r->m->met;
    uint32_t *to = r->sets;
    for (uint32_t i = 0; i < n; i++) {
        const struct mp_four *four = r->fours[i];
        to = keep_set(to, 4 * i, met[four->at[0]] & four->bits[0]);
        to = keep_set(to, 4 * i + 1, met[four->at[1]] & four->bits[1]);
        to = keep_set(to, 4 * i + 2, met[four->at[2]] & four->bits[2]);
        to = keep_set(to, 4 * i + 3, met[four->at[3]] & four->bits[3]);
    }
    return try_sets(r, (size_t)(to - r->sets));
}

/* What words alone say, and all variants that are looked up at them, but for those whose rarest
 * other word is nowhere in the sentence, as of most. */
static bool look_up(struct run *r, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t t = first; t <= last; t++) {
        const struct mp_word *w = r->at.word[t];
        const struct mp_four *sets = mp_word_sets(w);
        uint32_t i = 0;
        for (uint32_t j = 0; j < w->n_says; j++)
            if (!add_hit(r, mp_word_says(w)[j], &(struct mp_span){t, t, 1}))
                return false;
        do {
#pragma GCC unroll 8
            for (uint32_t j = 0; j < MOST; j++)
                r->tokens[n + j] = t;
            n = list_fours(r, n, sets + i, w->n_sets - i);
            if (n >= FOURS) {
                if (!try_fours(r, n))
                    return false;
                n = 0;
            }
        } while ((i += MOST) < w->n_sets);
    }
    return try_fours(r, n);
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

static void meet_fours(struct run *r, uint32_t n)
{
    uint64_t *met = r->m->met;
    for (uint32_t i = 0; i < n; i++) {
        const struct mp_four *four = r->fours[i];
        met[four->at[0]] |= four->bits[0];
        met[four->at[1]] |= four->bits[1];
        met[four->at[2]] |= four->bits[2];
        met[four->at[3]] |= four->bits[3];
    }
}

/* Which needs the words of the sentence meet. */
static void meet(struct run *r)
{
    uint64_t *met = r->m->met;
    uint32_t n = 0;
    memset(met, 0, r->m->n_met * sizeof *met);
    met[0] = 1ull << MP_NEED_NOTHING;
    for (uint32_t t = r->at.first; t <= r->at.last; t++) {
        const struct mp_word *w = r->at.word[t];
        uint32_t i = 0;
        do {
            n = list_fours(r, n, mp_word_needs(w) + i, w->n_needs - i);
            if (n >= FOURS) {
                meet_fours(r, n);
                n = 0;
            }
        } while ((i += MOST) < w->n_needs);
    }
    meet_fours(r, n);
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
    for (uint32_t t = first, last; t <= r->at.last; t = last + 1) {
        last = r->at.last - t < AHEAD ? r->at.last : t + AHEAD - 1;
        if (!look_up(r, t, last))
            return false;
    }
    return true;
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
    free(m->met);
    *m = (struct mp_matcher){0};
}
