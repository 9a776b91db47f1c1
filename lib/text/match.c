/* Looks up and tries the variants of patterns; joins parts. */
#include "text/match.h"
#include <stdlib.h>

enum {
    SPAN = 48,    /* tokens that a pattern reaches from its anchor */
    NEAR = 14,    /* tokens around a part in which the anchors of others are looked
                     for */
    SAME_MAX = 8, /* hits looked back at for one that is the same */
};

/* Tokens that a pattern or part of one takes: bit i of the mask is first + i.
 */
struct span {
    uint32_t first, last;
    uint64_t mask;
};

struct run {
    const struct mp_lexicon *l;
    struct mp_matcher *m;
    struct mp_text *text;
    const struct mp_token *token;
    const struct mp_word **word;
    const uint32_t *begin, *end;   /* by token: the sentence, which no pattern leaves */
    uint64_t there[MP_NEED_WORDS]; /* of the sentence: see mp_word.needed */
    const uint32_t *from, *to;     /* by token: the stretch without a colon, which no gap leaves */
    uint32_t n;
};

static bool begins_clause(const struct run *r, uint32_t t)
{
    return r->token[t].before >= MP_BREAK_COMMA;
}

static bool ends_clause(const struct run *r, uint32_t t)
{
    return t + 1 == r->n || r->token[t + 1].before >= MP_BREAK_COMMA;
}

static bool fits(const struct run *r, const struct mp_step *s, uint32_t t)
{
    return mp_word_in(r->word[t], s->class) && (!s->first || begins_clause(r, t)) &&
           (!s->last || ends_clause(r, t));
}

/* Positions, as distances from `from`, that can follow those in `at`. */
static uint64_t window(uint64_t at, unsigned gap, unsigned available)
{
    uint64_t w = at << 1;
    if ((at & (at - 1)) == 0) /* one position: a run of bits behind it */
        w = ((2ull << gap) - 1) * w;
    else
        for (unsigned i = 0; i < gap; i++)
            w |= w << 1;
    return w & ((2ull << available) - 1);
}

/* Two words stand next to each other; a heading's colon does not part them. */
static bool touches(const struct run *r, uint32_t second)
{
    return r->token[second].before < MP_BREAK_COMMA || r->token[second].before == MP_BREAK_COLON;
}

/* Whether a gap before the token at distance d begins behind the nearest colon.
 */
static bool gap_holds(const struct run *r, uint32_t from, int dir, uint64_t reached, unsigned gap,
                      unsigned d)
{
    uint32_t t = dir > 0 ? from + d : from - d;
    uint32_t bound = dir > 0 ? r->from[t] : r->to[t];
    unsigned low = d > gap + 1 ? d - gap - 1 : 0;
    if (dir > 0 ? bound > from + low : bound < from - low)
        low = dir > 0 ? bound - from : from - bound;
    return low < d && (reached & ((1ull << d) - 1)) >> low;
}

/*
 * Tries steps outwards from the token `from`: `dir` 1 the `n` steps s[1], s[2]
 * ..., -1 s[-1] and so on. True if all fit: *mask gets bit d for each token at
 * distance d that a step took, *far the distance of the farthest.
 */
static bool outwards(const struct run *r, const struct mp_step *s, unsigned n, int dir,
                     uint32_t from, uint64_t *mask, unsigned *far)
{
    uint64_t reached[MP_PATTERN_LENGTH + 1], took[MP_PATTERN_LENGTH + 1];
    *mask = 1;
    *far = 0;
    if (n == 0)
        return true;
    reached[0] = 1;
    unsigned available = dir > 0 ? r->end[from] - from : from - r->begin[from];
    if (available > SPAN)
        available = SPAN;
    unsigned carried = 0; /* backwards, the gap behind a word that may be missing */
    for (unsigned k = 1; k <= n; k++) {
        const struct mp_step *step = dir > 0 ? &s[k] : &s[-(int)k];
        unsigned gap = dir > 0 ? step->gap : step[1].gap;
        if (carried > gap)
            gap = carried;
        carried = dir < 0 && step->optional ? gap : 0;
        uint64_t try = window(reached[k - 1], gap, available), hit = 0;
        while (try) {
            unsigned d = (unsigned)__builtin_ctzll(try);
            try &= try - 1;
            uint32_t t = dir > 0 ? from + d : from - d;
            if (fits(r, step, t) && (gap == 0 ? touches(r, dir > 0 ? t : t + 1)
                                              : gap_holds(r, from, dir, reached[k - 1], gap, d)))
                hit |= 1ull << d;
        }
        took[k] = hit;
        reached[k] = step->optional ? hit | reached[k - 1] : hit;
        if (!reached[k])
            return false;
    }
    unsigned d = (unsigned)__builtin_ctzll(took[n] ? took[n] : reached[n]);
    *far = d;
    for (unsigned k = n; k >= 1; k--) {
        if (!(took[k] >> d & 1))
            continue; /* an optional step that was left out */
        *mask |= 1ull << d;
        uint64_t nearer = reached[k - 1] & ((1ull << d) - 1);
        d = 63u - (unsigned)__builtin_clzll(nearer);
    }
    return true;
}

/* Tries a variant whose anchor is the token t. */
static bool fits_at(const struct run *r, const struct mp_variant *v, uint32_t t, struct span *out)
{
    const struct mp_step *anchor = &r->l->patterns.steps[v->step + v->anchor];
    uint64_t ahead, back;
    unsigned far_ahead, far_back;
    if ((anchor->first && !begins_clause(r, t)) || (anchor->last && !ends_clause(r, t)) ||
        !outwards(r, anchor, v->n - v->anchor - 1u, 1, t, &ahead, &far_ahead) ||
        !outwards(r, anchor, v->anchor, -1, t, &back, &far_back))
        return false;
    if (far_back + far_ahead >= 64)
        return false; /* a mask cannot hold it */
    *out = (struct span){t - far_back, t + far_ahead, ahead << far_back};
    for (unsigned d = 0; d <= far_back; d++)
        if (back >> d & 1)
            out->mask |= 1ull << (far_back - d);
    return true;
}

/* What the sentence offers rules out most variants before anything is tried. */
static bool may_fit(const struct run *r, uint32_t class)
{
    return r->there[class >> 6 & (MP_NEED_WORDS - 1)] >> (class & 63) & 1;
}

static bool probe(const struct run *r, const struct mp_probe *p, uint32_t t)
{
    return may_fit(r, p->need) &&
           (!p->behind || (t != r->end[t] && mp_word_in(r->word[t + 1], p->behind - 1))) &&
           (!p->before || (t != r->begin[t] && mp_word_in(r->word[t - 1], p->before - 1)));
}

/* Two variants of one pattern may say the same. */
static bool is_known(const struct run *r, uint32_t entry, const struct span *at)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, r->text->hits);
    size_t n = MP_COUNT(struct mp_hit, r->text->hits);
    for (size_t i = n; i-- > 0 && n - i <= SAME_MAX;)
        if (h[i].entry == entry && h[i].first == at->first && h[i].last == at->last &&
            h[i].mask == at->mask)
            return true;
    return false;
}

static bool add_hit(struct run *r, uint32_t entry, const struct span *at)
{
    struct mp_hit hit = {entry, at->first, at->last, at->mask};
    if (!is_known(r, entry, at))
        mp_buf_add(&r->text->hits, &hit, sizeof hit);
    return !r->text->hits.failed;
}

/* The union of two spans near each other, or false: too far apart, or a word
 * that both take. */
static bool unite(struct span *a, const struct span *b)
{
    uint32_t first = a->first < b->first ? a->first : b->first;
    uint32_t last = a->last > b->last ? a->last : b->last;
    if (a->last + 1 + MP_GAP_JOIN < b->first || b->last + 1 + MP_GAP_JOIN < a->first ||
        last - first >= 64)
        return false;
    uint64_t mask_a = a->mask << (a->first - first), mask_b = b->mask << (b->first - first);
    if (mask_a & mask_b)
        return false;
    *a = (struct span){first, last, mask_a | mask_b};
    return true;
}

/* Unites `all` with a place of the part whose variants are anchored at the
 * token. */
static bool unite_at(const struct run *r, struct span *all, uint32_t part, uint32_t t)
{
    const struct mp_lexicon *l = r->l;
    for (uint32_t i = l->part_at[part]; i < l->part_at[part + 1]; i++) {
        const struct mp_variant *v = &l->patterns.variants[l->part_rows[i]];
        struct span at;
        if (mp_word_in(r->word[t], l->patterns.steps[v->step + v->anchor].class) &&
            probe(r, &v->probe, t) && fits_at(r, v, t, &at) && unite(all, &at))
            return true;
    }
    return false;
}

/* Whether a word of the sentence may begin the part's look-up. */
static bool part_may_fit(const struct run *r, uint32_t part)
{
    const struct mp_lexicon *l = r->l;
    for (uint32_t i = l->part_at[part]; i < l->part_at[part + 1]; i++) {
        const struct mp_variant *v = &l->patterns.variants[l->part_rows[i]];
        if (may_fit(r, l->patterns.steps[v->step + v->anchor].class))
            return true;
    }
    return false;
}

/* The nearest place of a part that can be united with `all`, looked for
 * outwards from it. */
static bool unite_part(const struct run *r, struct span *all, uint32_t part)
{
    uint32_t begin = r->begin[all->first], end = r->end[all->first];
    if (!part_may_fit(r, part))
        return false;
    struct span from = *all;
    for (uint32_t t = from.first; t <= from.last; t++)
        if (unite_at(r, all, part, t))
            return true;
    for (uint32_t d = 1; d <= NEAR; d++) {
        if (from.first >= begin + d && unite_at(r, all, part, from.first - d))
            return true;
        if (from.last + d <= end && unite_at(r, all, part, from.last + d))
            return true;
    }
    return false;
}

/* An entry of several parts, one of which is there: are the others near? */
static bool join(struct run *r, const struct mp_use *use, const struct span *found)
{
    const struct mp_pattern *p = &r->l->entries[use->entry].pattern;
    struct span all = *found;
    uint32_t missing = ((1u << p->n) - 1) & ~(1u << use->part);
    for (uint8_t pass = 1; missing && pass < p->n; pass++)
        for (uint8_t i = 0; i < p->n; i++)
            if (missing >> i & 1 && unite_part(r, &all, p->parts[i]))
                missing &= ~(1u << i);
    return missing || add_hit(r, use->entry, &all);
}

static bool add_part(struct run *r, uint32_t part, const struct span *at)
{
    const struct mp_lexicon *l = r->l;
    for (uint32_t i = l->use_at[part]; i < l->use_at[part + 1]; i++) {
        const struct mp_use *use = &l->uses[i];
        bool whole = l->entries[use->entry].pattern.n == 1;
        if (!(whole ? add_hit(r, use->entry, at) : join(r, use, at)))
            return false;
    }
    return true;
}

/* All variants that are looked up at the class. Most fail because their rarest
 * other word is nowhere in the sentence, or at a word beside it. */
static bool try_class(struct run *r, uint32_t class, uint32_t t)
{
    const struct mp_lexicon *l = r->l;
    struct span at;
    for (uint32_t i = l->variant_at[class]; i < l->variant_at[class + 1]; i++)
        if (probe(r, &l->probes[i], t) && fits_at(r, &l->variants[i], t, &at) &&
            !add_part(r, l->variants[i].part, &at))
            return false;
    return true;
}

/* Hits come nearly in order, a few tokens apart at most: insertion is linear
 * here. */
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

static bool look_up_words(struct run *r)
{
    struct mp_text *text = r->text;
    if (text->cap_words < text->tokens.n + 1) {
        size_t cap = text->tokens.n * 2 + 64;
        const struct mp_word **more = realloc(text->words, cap * sizeof *more);
        if (!more)
            return false;
        text->words = more;
        text->cap_words = cap;
    }
    for (uint32_t i = 0; i < r->n; i++) {
        text->words[i] = mp_word_find(&r->l->words, &r->m->cache, mp_token_str(&text->tokens, i),
                                      r->token[i].kind);
        if (!text->words[i])
            return false;
    }
    r->word = text->words;
    return true;
}

/* What the words of a sentence offer to patterns, all together. */
static void gather(struct run *r, uint32_t first, uint32_t last)
{
    uint64_t there[MP_NEED_WORDS] = {0}; /* a local one, for the compiler to work in blocks */
    for (uint32_t t = first; t <= last; t++) {
        const uint64_t *needed = r->word[t]->needed;
        for (unsigned i = 0; i < MP_NEED_WORDS; i++)
            there[i] |= needed[i];
    }
    memcpy(r->there, there, sizeof there);
}

/* Where the sentence, or the stretch without a colon, of each token begins and
 * ends. */
static void find_reach(const struct run *r, enum mp_break stop, uint32_t *begin, uint32_t *end)
{
    for (uint32_t i = 0; i < r->n; i++)
        begin[i] = i == 0 || r->token[i].before >= stop ? i : begin[i - 1];
    for (uint32_t i = r->n; i-- > 0;)
        end[i] = i + 1 == r->n || begin[i + 1] == i + 1 ? i : end[i + 1];
}

static bool find_reaches(struct run *r)
{
    struct mp_buf *b = &r->m->reaches;
    b->len = 0;
    if (!mp_buf_reserve(b, (4 * (size_t)r->n + 1) * sizeof(uint32_t)))
        return false;
    uint32_t *at = MP_ITEMS(uint32_t, *b);
    find_reach(r, MP_BREAK_STOP, at, at + r->n);
    find_reach(r, MP_BREAK_COLON, at + 2 * (size_t)r->n, at + 3 * (size_t)r->n);
    r->begin = at;
    r->end = at + r->n;
    r->from = at + 2 * (size_t)r->n;
    r->to = at + 3 * (size_t)r->n;
    return true;
}

bool mp_match(const struct mp_lexicon *l, struct mp_matcher *m, struct mp_text *text)
{
    struct run r = {.l = l, .m = m, .text = text, .token = text->tokens.at};
    r.n = (uint32_t)text->tokens.n;
    text->hits.len = 0;
    mp_word_cache_trim(&m->cache);
    if (!look_up_words(&r) || !find_reaches(&r))
        return false;
    for (uint32_t t = 0; t < r.n; t++) {
        const struct mp_word *w = r.word[t];
        if (t == r.begin[t])
            gather(&r, t, r.end[t]);
        for (uint32_t c = 0; c < w->n_indexed; c++)
            if (!try_class(&r, w->indexed[c], t))
                return false;
    }
    sort_hits(text);
    return true;
}

void mp_matcher_free(struct mp_matcher *m)
{
    mp_word_cache_free(&m->cache);
    mp_buf_free(&m->reaches);
    *m = (struct mp_matcher){0};
}
