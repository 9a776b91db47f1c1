/* The cues of a text: those that count. */
#include "text/cues.h"

enum {
    RIVALS = 8,    /* cues before one that may share a word with it: a bound for hostile texts */
    OPENING = 2,   /* words that a clause may begin with before a cue */
    TELLS_WHEN = 6 /* first words of a sentence, which date it */
};

/* "Where: her brother thinks ...": what stands before a colon is no part of what follows. A colon
 * ends a clause, and few cues stand in more than one. */
static bool spans_colon(const struct mp_text *text, const struct mp_hit *h)
{
    const uint32_t *clause = MP_ITEMS(uint32_t, text->clause_of);
    if (clause[h->first] == clause[h->last])
        return false;
    for (uint32_t t = h->first + 1; t <= h->last; t++)
        if (text->tokens.at[t].before == MP_BREAK_COLON)
            return true;
    return false;
}

/* Whether one of the n cues before it counts more than the hit; those that count less no longer do:
 * of two that share a word the one with more words counts, then the earlier one. */
static bool is_beaten(const struct mp_text *text, struct mp_cue *c, size_t n,
                      const struct mp_hit *h, enum mp_effect effect)
{
    const struct mp_hit *hits = MP_ITEMS(struct mp_hit, text->hits);
    for (size_t k = n; k-- > 0 && n - k <= RIVALS && c[k].up_to >= h->first;) {
        const struct mp_hit *o = &hits[c[k].hit];
        /* cues that do the same do not compete */
        if (!(!c[k].beaten & (c[k].last >= h->first) & (c[k].effect != effect)) ||
            !(o->mask >> (h->first - o->first) & h->mask))
            continue;
        if (o->mask == h->mask && o->first == h->first) /* nor do those of the very same words */
            continue;
        if (mp_bits(o->mask) >= mp_bits(h->mask))
            return true;
        c[k].beaten = true;
    }
    return false;
}

static uint32_t min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The tokens that a cue may act on; masks, as no branch could be predicted. */
static void find_range(struct mp_cue *c)
{
    uint32_t words = ((uint32_t)c->reach + 1) | -(uint32_t)(c->reach < 0);
    uint32_t back = words & -(uint32_t)((c->side & MP_AFTER) != 0),
             on = words & -(uint32_t)((c->side & MP_BEFORE) != 0);
    c->from = (c->first - min(back, c->first)) | -(uint32_t)(c->side == 0);
    c->to = c->last + min(on, UINT32_MAX - c->last);
}

/* Puts down the cues of the hits, but for those that are beaten at once. Returns how many. */
static size_t add_all(const struct mp_cues *x, struct mp_cue *c, const uint32_t *hits, size_t n)
{
    const struct mp_text *text = x->text;
    uint32_t up_to = 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct mp_hit *h = &MP_ITEMS(struct mp_hit, text->hits)[hits[i]];
        const struct mp_gist *gist = &x->l->gists[h->entry];
        if (spans_colon(text, h) ||
            (h->first <= up_to && is_beaten(text, c, kept, h, gist->effect)))
            continue;
        up_to = h->last > up_to ? h->last : up_to;
        c[kept++] = (struct mp_cue){
            .first = h->first,
            .last = h->last,
            .up_to = up_to,
            .hit = hits[i],
            .sentence = text->tokens.at[h->first].sentence,
            .reach = gist->reach,
            .ends = gist->ends,
            .effect = gist->effect,
            .side = gist->effect < MP_N_EFFECTS ? gist->side : 0,
        };
    }
    return kept;
}

/* Whether the cue begins what goes on behind a semicolon, and so speaks of what stands before it:
 * "...; that is about her sister". */
static bool goes_on(const struct mp_text *text, const struct mp_cue *c)
{
    const struct mp_token *k = text->tokens.at;
    uint32_t t = c->first;
    if (c->reach != MP_REACH_SENTENCE || c->effect == MP_MAKES_PAST)
        return false;
    while (t > 0 && c->first - t < OPENING && k[t].before < MP_BREAK_STOP)
        t--;
    if (t == 0 || k[t].before != MP_BREAK_STOP)
        return false;
    uint32_t from = k[t - 1].end;
    return memchr(text->tokens.text.p + from, ';', k[t].start - from) != NULL;
}

/* Whether the cue, in the past tense, says with the first words of its sentence when that was:
 * "When she was twelve ..." */
static bool tells(const struct mp_text *text, const struct mp_cue *c)
{
    const struct mp_token *k = text->tokens.at;
    return c->effect == MP_MAKES_PAST && c->reach <= MP_REACH_SENTENCE &&
           mp_clause_is(mp_clause_at(text, c->first), MP_IS_PAST) &&
           !(c->first >= TELLS_WHEN && k[c->first - TELLS_WHEN].sentence == c->sentence);
}

/* Where the cues of each sentence begin: they are counted in the place behind it, then added up. */
static bool find_sentences(struct mp_cues *x)
{
    struct mp_text *text = x->text;
    const struct mp_token *end = text->tokens.at + text->tokens.n;
    size_t n = text->tokens.n ? end[-1].sentence + 3 : 2;
    text->cues_from.len = 0;
    if (!mp_buf_reserve(&text->cues_from, n * sizeof(uint32_t)))
        return false;
    uint32_t *from = MP_ITEMS(uint32_t, text->cues_from);
    memset(from, 0, n * sizeof *from);
    for (size_t i = 0; i < x->n; i++)
        from[x->at[i].sentence + 1]++;
    for (size_t s = 1; s < n; s++)
        from[s] += from[s - 1];
    x->from = from;
    return true;
}

/* Leaves those of the n cues that count, and finds how far they reach. */
static bool settle(struct mp_cues *x, struct mp_cue *c, size_t n)
{
    size_t kept = 0;
    uint32_t on = 0;
    for (size_t i = 0; i < n; i++) {
        if (c[i].beaten | (c[i].effect == MP_TAKES_AWAY))
            continue;
        struct mp_cue *one = &c[kept++];
        *one = c[i];
        one->on = on;
        on = one->reach <= MP_REACH_SECTION ? (uint32_t)kept : on;
        one->goes_on = goes_on(x->text, one);
        find_range(one);
        one->tells = tells(x->text, one);
        x->ends |= one->ends;
        x->tells |= one->tells;
    }
    uint32_t back = (uint32_t)kept;
    c[kept] = (struct mp_cue){.on = on, .back = back};
    for (size_t i = kept; i-- > 0; c[i].back = back)
        back = c[i].reach <= MP_REACH_SECTION || c[i].goes_on ? (uint32_t)i : back;
    x->at = c;
    x->n = kept;
    x->text->cues.len = kept * sizeof *c;
    return find_sentences(x);
}

const struct mp_cue *mp_cue_of(const struct mp_text *text, uint32_t hit)
{
    const struct mp_cue *c = MP_ITEMS(struct mp_cue, text->cues);
    size_t n = MP_COUNT(struct mp_cue, text->cues);
    uint32_t first = MP_ITEMS(struct mp_hit, text->hits)[hit].first;
    for (size_t i = MP_FROM(struct mp_cue, text->cues, first); i < n && c[i].first == first; i++)
        if (c[i].hit == hit)
            return &c[i];
    return NULL;
}

bool mp_cues_read(struct mp_cues *x, const uint32_t *hits, size_t n)
{
    x->text->cues.len = 0;
    if (!mp_buf_reserve(&x->text->cues, (n + MP_CUES_APIECE) * sizeof(struct mp_cue)))
        return false;
    struct mp_cue *c = MP_ITEMS(struct mp_cue, x->text->cues);
    return settle(x, c, add_all(x, c, hits, n));
}
