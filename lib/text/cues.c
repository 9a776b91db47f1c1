/* The cues of a text: those that count. */
#include "text/cues.h"

enum {
    RIVALS = 8, /* cues before one that may share a word with it: a bound for hostile texts */
    SHORT = 3,  /* words of a cue behind its first one */
    OPENING = 2 /* words that a clause may begin with before a cue */
};

/* "Where: her brother thinks ...": what stands before a colon is no part of what follows. How long
 * a cue is, nobody can foretell: of short ones all words are looked at at once. */
static bool spans_colon(const struct mp_text *text, const struct mp_hit *h)
{
    const uint64_t *marks = mp_marks(text);
    uint32_t more = h->last - h->first, second = h->first + (more > 0);
    uint64_t any = marks[second] | marks[second + (more > 1)] | marks[h->last];
    if (more <= SHORT && !((more > 0) & any >> MP_IS_AFRESH))
        return false;
    for (uint32_t t = h->first + 1; t <= h->last; t++)
        if (text->tokens.at[t].before == MP_BREAK_COLON)
            return true;
    return false;
}

/* Whether a cue before it counts more than the hit; those that count less no longer do. */
static bool is_beaten(const struct mp_cues *x, const struct mp_hit *h, const struct mp_gist *gist)
{
    const struct mp_hit *hits = MP_ITEMS(struct mp_hit, x->text->hits);
    struct mp_cue *c = MP_ITEMS(struct mp_cue, x->text->cues);
    size_t n = MP_COUNT(struct mp_cue, x->text->cues);
    uint32_t sentence = x->text->tokens.at[h->first].sentence;
    for (size_t k = n; k-- > 0 && n - k <= RIVALS && c[k].sentence == sentence;) {
        const struct mp_hit *o = &hits[c[k].hit];
        /* cues that do the same do not compete */
        if (!((c[k].words > 0) & (c[k].last >= h->first) & (c[k].effect != gist->effect)) ||
            !(o->mask >> (h->first - o->first) & h->mask))
            continue;
        if (o->mask == h->mask && o->first == h->first) /* nor do those of the very same words */
            continue;
        if (c[k].words >= mp_bits(h->mask))
            return true;
        c[k].words = 0;
    }
    return false;
}

void mp_cues_add(struct mp_cues *x, uint32_t hit, const struct mp_gist *gist)
{
    struct mp_text *text = x->text;
    const struct mp_hit *h = &MP_ITEMS(struct mp_hit, text->hits)[hit];
    if (spans_colon(text, h))
        return;
    if (text->cues.len && h->first <= x->up_to && is_beaten(x, h, gist))
        return;
    if (!text->cues.len || h->last > x->up_to)
        x->up_to = h->last;
    struct mp_cue *one = MP_NEW(struct mp_cue, text->cues);
    if (!one)
        return;
    *one = (struct mp_cue){
        .first = h->first,
        .last = h->last,
        .hit = hit,
        .sentence = text->tokens.at[h->first].sentence,
        .reach = gist->reach,
        .ends = gist->ends,
        .effect = gist->effect,
        .side = gist->effect < MP_N_EFFECTS ? gist->side : 0,
        .words = (uint8_t)mp_bits(h->mask),
    };
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

bool mp_cues_settle(struct mp_cues *x)
{
    if (!mp_buf_reserve(&x->text->cues, sizeof(struct mp_cue)))
        return false;
    struct mp_cue *c = MP_ITEMS(struct mp_cue, x->text->cues);
    size_t n = MP_COUNT(struct mp_cue, x->text->cues), kept = 0;
    uint32_t on = 0;
    for (size_t i = 0; i < n; i++) {
        if (!c[i].words || c[i].effect == MP_TAKES_AWAY)
            continue;
        struct mp_cue *one = &c[kept++];
        *one = c[i];
        one->on = on;
        if (one->reach <= MP_REACH_SECTION)
            on = (uint32_t)kept;
        one->goes_on = goes_on(x->text, one);
        x->effects |= 1u << one->effect;
        x->ends |= one->ends;
    }
    uint32_t back = (uint32_t)kept;
    c[kept] = (struct mp_cue){.on = on, .back = back};
    for (size_t i = kept; i-- > 0; c[i].back = back)
        if (c[i].reach <= MP_REACH_SECTION || c[i].goes_on)
            back = (uint32_t)i;
    x->text->cues.len = kept * sizeof *c;
    x->at = c;
    x->n = kept;
    return find_sentences(x);
}
