/* Whether a cue reaches a mention. */
#include "text/cues.h"
#include "text/history.h"
#include "text/verdict.h"

enum {
    LIST_MAX = 12,    /* words looked at for the end of a list */
    SHORT_CLAUSE = 3, /* tokens of a clause that shares the negation at its end */
    HEDGED_MAX = 4,   /* clauses that go on with a hedge */
    ASIDE_MAX = 20,   /* words of a clause before a cue in it */
    NEGATED_MAX = 9,  /* words to what a negation denies in its clause */
    DENIED_MAX = 30   /* words to what the youth denies, in texts without full stops */
};

static uint32_t clause_of(const struct mp_text *text, uint32_t token)
{
    return MP_ITEMS(uint32_t, text->clause_of)[token];
}

static uint32_t sentence_of(const struct mp_text *text, uint32_t token)
{
    return text->tokens.at[token].sentence;
}

/* The bits of `mask`, which counts from token `from`, as they count from `to`. */
static uint64_t aligned(uint64_t mask, uint32_t from, uint32_t to)
{
    int64_t by = (int64_t)from - (int64_t)to;
    return by <= -64 || by >= 64 ? 0 : by >= 0 ? mask << by : mask >> -by;
}

/* Whether a cue that ends what `c` does stands between the tokens, behind it (step 1) or before. */
static bool ended(const struct mp_cues *x, const struct mp_cue *c, int step, uint32_t first,
                  uint32_t last)
{
    const struct mp_cue *o = x->at;
    if (!(x->ends >> c->effect & 1))
        return false;
    for (size_t i = (size_t)(c - o); i < x->n; i += (size_t)step) {
        if (step > 0 ? o[i].first > last : o[i].last < first)
            break;
        if (o[i].ends >> c->effect & 1 && o[i].first >= first && o[i].last <= last)
            return true;
    }
    return false;
}

/* Whether the cue stands in gaps of what has these words. */
static bool fills_gap(const struct mp_cues *x, const struct mp_cue *c, uint32_t first,
                      uint32_t last, uint64_t mask)
{
    const struct mp_hit *h = &MP_ITEMS(struct mp_hit, x->text->hits)[c->hit];
    return c->first > first && c->last < last && !(aligned(h->mask, c->first, first) & mask);
}

static bool ends_negation(const struct mp_cue *c)
{
    return c->ends >> MP_MAKES_ABSENT & 1;
}

/* Whether a word that ends a negation stands in a gap of the mention behind the token, so that one
 * before it does not reach the end: "never | drank tea, but drank coffee". */
static bool is_parted(const struct mp_cues *x, const struct mp_mention *m, uint32_t behind)
{
    if (!(x->ends >> MP_MAKES_ABSENT & 1) || !(m->mask & (m->mask + 1)))
        return false;
    for (size_t i = MP_FROM(struct mp_cue, x->text->cues, behind + 1);
         i < x->n && x->at[i].first < m->last; i++)
        if (ends_negation(&x->at[i]) && fills_gap(x, &x->at[i], m->first, m->last, m->mask))
            return true;
    return false;
}

/* Whether the cue takes the word that denies from what has these words, and so ends what that
 * denies: "not only | depressed". */
static bool takes_denial(const struct mp_cue *c, const struct mp_hit *h)
{
    uint64_t first = aligned(1, c->first, h->first), last = aligned(1, c->last, h->first);
    return ends_negation(c) && c->last > c->first && first & h->mask && last & ~h->mask;
}

bool mp_cue_parts(const struct mp_cues *x, const struct mp_hit *h)
{
    bool denied = false, parted = false;
    if (!(h->mask & (h->mask + 1)))
        return false;
    for (size_t i = MP_FROM(struct mp_cue, x->text->cues, h->first);
         i < x->n && x->at[i].first <= h->last; i++) {
        const struct mp_cue *c = &x->at[i];
        if (c->effect == MP_MAKES_ABSENT) {
            denied = true;
            parted = false; /* it is denied behind that: "there is one, but not to be had" */
        } else if ((denied && ends_negation(c) && fills_gap(x, c, h->first, h->last, h->mask)) ||
                   takes_denial(c, h)) {
            parted = true;
        }
    }
    return parted;
}

/* Whether a cue of the present stands behind the cue and before the token. */
static bool now_between(const struct mp_cues *x, const struct mp_cue *c, uint32_t token)
{
    const struct mp_cue *end = x->at + x->n;
    for (const struct mp_cue *o = c + 1; o < end && o - c <= MP_CUES_MAX && o->first < token; o++)
        if (o->effect == MP_MAKES_NOW)
            return true;
    return false;
}

/* Whether what stands at token `from` reaches the clause of `to` behind it: the same one, or one
 * that completes it. */
static bool reaches(const struct mp_text *text, uint32_t from, uint32_t to)
{
    const struct mp_clause *c = MP_ITEMS(struct mp_clause, text->clauses);
    uint32_t source = clause_of(text, from), at = clause_of(text, to);
    while (at > source && c[at].governor < at)
        at = c[at].governor;
    /* "not one who drinks" */
    if (at == source + 1 && mp_is(text, c[at].first, MP_IS_RELATIVE) &&
        c[at].first - from <= SHORT_CLAUSE)
        return true;
    return at == source;
}

/* Whether the clause at `at` tells more of what the one before it says: "perhaps ... and was
 * there", "perhaps ... because she ...", "perhaps with men who ...". */
static bool tells_more(const struct mp_text *text, const struct mp_clause *at)
{
    uint32_t t = at->first, next = t < at->last ? t + 1 : t;
    if (text->tokens.at[t].before >= MP_BREAK_COLON)
        return false;
    if (mp_is(text, t, MP_IS_RELATIVE)) /* "that one was there" stands for itself */
        return !mp_is(text, next, MP_IS_PRESENT) && !mp_is(text, next, MP_IS_PAST);
    if (mp_is(text, t, MP_IS_LINK)) /* "perhaps ..., and she ..." begins anew */
        return at->subject != next;
    return mp_is(text, t, MP_IS_DEPENDENT);
}

/* The same for hedges and somebody's word, which reach on into what is told more. */
static bool hedge_reaches(const struct mp_text *text, uint32_t from, uint32_t to)
{
    const struct mp_clause *c = MP_ITEMS(struct mp_clause, text->clauses);
    uint32_t source = clause_of(text, from), at = clause_of(text, to);
    for (uint32_t n = 0; at > source && n < HEDGED_MAX && tells_more(text, &c[at]); n++)
        at--;
    return at == source;
}

/* The same for a cue behind the mention: in its clause, or in one of a few words joined to it
 * ("drinks and smokes not"). */
static bool reaches_back(const struct mp_text *text, uint32_t from, uint32_t to)
{
    const struct mp_clause *c = MP_ITEMS(struct mp_clause, text->clauses);
    uint32_t source = clause_of(text, from), at = clause_of(text, to);
    return at == source || (at + 1 == source && c[source].last - c[source].first < SHORT_CLAUSE &&
                            text->tokens.at[c[source].first].before < MP_BREAK_COMMA);
}

/* Whether a comma between the tokens ends what a cue is about: it does not in a list that goes on
 * to "and" or "or" ("no asthma, diabetes or epilepsy") before a verb does. */
static bool leaves_list(const struct mp_text *text, uint32_t from, uint32_t to)
{
    const struct mp_token *t = text->tokens.at;
    uint32_t i = from;
    while (i <= to && t[i].before != MP_BREAK_COMMA)
        i++;
    if (i > to)
        return false;
    for (uint32_t n = 0; i < text->tokens.n && n < LIST_MAX && t[i].before < MP_BREAK_COLON;
         i++, n++)
        if (mp_is(text, i, MP_IS_LINK))
            return false;
        else if (mp_is(text, i, MP_IS_PRESENT) || mp_is(text, i, MP_IS_PAST))
            return true;
    return true;
}

/* Whether the cue is more than half of its sentence, which then has nothing else to speak of: "Not
 * confirmed." */
static bool is_a_sentence(const struct mp_text *text, const struct mp_cue *c)
{
    uint32_t n = c->last - c->first + 1, first = c->first, end = c->last + 1;
    uint32_t limit = 2 * n, sentence = c->sentence;
    while (first > 0 && end - first < limit && sentence_of(text, first - 1) == sentence)
        first--;
    while (end < text->tokens.n && end - first < limit && sentence_of(text, end) == sentence)
        end++;
    return end - first < limit;
}

/* Whether the cue's reach goes to the sentence beside its own: for what is somebody's word, and
 * for any doubt, denial or end that is a sentence of its own. */
static bool has_neighbours(const struct mp_cues *x, const struct mp_cue *c,
                           const struct mp_mention *m)
{
    static const unsigned alone = 1u << MP_MAKES_SUSPECTED | 1u << MP_MAKES_ABSENT |
                                  1u << MP_MAKES_OTHER | 1u << MP_MAKES_PAST | 1u << MP_ENDS;
    return x->l->codes[m->code].claimed >= 0 ||
           (alone >> c->effect & 1 && is_a_sentence(x->text, c));
}

/* Whether the cue reaches out of its sentence to the mention, in another one. */
static bool leaves_sentence(const struct mp_cues *x, const struct mp_cue *c,
                            const struct mp_mention *m, uint32_t sentence)
{
    const struct mp_token *t = x->text->tokens.at;
    if (c->sentence == sentence + 1 && c->goes_on)
        return true;
    if (c->reach > MP_REACH_SECTION || t[c->first].section != t[m->first].section)
        return false;
    return c->reach == MP_REACH_SECTION ||
           ((c->sentence + 1 == sentence || c->sentence == sentence + 1) &&
            has_neighbours(x, c, m));
}

static bool may_stand_aside(const struct mp_cue *c)
{
    return c->effect == MP_MAKES_PAST && c->reach <= MP_REACH_SENTENCE;
}

/* Whether a cue of the past stands in a clause that tells who somebody is, and the mention
 * does not: "the man who was there last year | hit her". */
static bool in_aside(const struct mp_text *text, const struct mp_cue *cue,
                     const struct mp_mention *m)
{
    const struct mp_clause *c = mp_clause_at(text, cue->first);
    for (uint32_t t = cue->first; t > 0 && t >= c->first && cue->first - t <= ASIDE_MAX; t--) {
        if (!mp_is(text, t, MP_IS_RELATIVE) || mp_is(text, t, MP_IS_COMPLEMENT) ||
            mp_is(text, t - 1, MP_IS_PREPOSITION) || text->tokens.at[t].before >= MP_BREAK_STOP)
            continue;
        return m->last < t ||
               (c != mp_clause_at(text, m->first) && c != mp_clause_at(text, m->last));
    }
    return false;
}

/* Whether the mention has the word that makes the cue what it is, another cue of its own: the "not"
 * of "is she not | back" is that of "not back". */
static bool takes_word(const struct mp_cues *x, const struct mp_cue *c, const struct mp_mention *m)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, x->text->hits);
    for (const struct mp_cue *o = c + 1; o < x->at + x->n && o->first <= c->last; o++)
        if (o->effect == c->effect && o->first >= m->first &&
            !(aligned(h[o->hit].mask, o->first, m->first) & ~m->mask) &&
            !(aligned(h[o->hit].mask, o->first, c->first) & ~h[c->hit].mask))
            return true;
    return false;
}

/* How many of the words, bits from token `from` on, say what happens: not to whom, nor alone who,
 * nor alone "is" or "has". */
static unsigned telling(const struct mp_text *text, uint32_t from, uint64_t words)
{
    unsigned n = 0;
    bool more = false;
    for (; words; words &= words - 1) {
        uint32_t t = from + (uint32_t)__builtin_ctzll(words);
        bool object = mp_is(text, t, MP_IS_OBJECT);
        n += !object;
        more |= !object && !mp_is(text, t, MP_IS_PRONOUN) && !mp_is(text, t, MP_IS_AUXILIARY);
    }
    return more ? n : 0;
}

/* Whether what makes the cue is the mention's own, and so says no more about it: the "not" of "did
 * not come back", but not the "she" of "should she | be found". */
static bool is_own(const struct mp_cues *x, const struct mp_cue *c, const struct mp_mention *m)
{
    uint64_t mask = MP_ITEMS(struct mp_hit, x->text->hits)[c->hit].mask;
    uint64_t shared = aligned(mask, c->first, m->first) & m->mask;
    return shared &&
           (telling(x->text, m->first, shared) * 2 >= mp_bits(mask) || takes_word(x, c, m));
}

/* Whether a bracket opens between the tokens: "mother may not (a guardian decides)". */
static bool enters_bracket(const struct mp_text *text, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t <= to; t++)
        if (text->tokens.at[t].before == MP_BREAK_PAREN)
            return true;
    return false;
}

/* Whether too many words stand between cue and mention, at tokens from to to - 1, or something that
 * ends what the cue is about. */
static bool too_far(const struct mp_text *text, const struct mp_cue *cue, bool before,
                    uint32_t from, uint32_t to)
{
    uint32_t between = to > from ? to - from : 0;
    if (cue->effect == MP_DENIES && between > DENIED_MAX)
        return true;
    if (cue->reach == MP_REACH_CLAUSE)
        return before && cue->effect == MP_MAKES_ABSENT && between > NEGATED_MAX;
    if (cue->reach < 0)
        return false;
    return between > (uint32_t)cue->reach ||
           (before && (leaves_list(text, from, to) || enters_bracket(text, from, to)));
}

/* Whether the clause of the cue is that of the mention, or cues in it reach into that. */
static bool shares_clause(const struct mp_text *text, const struct mp_cue *c, bool before,
                          const struct mp_mention *m)
{
    if (!before)
        return reaches_back(text, c->first, m->last);
    return reaches(text, c->last, m->first) ||
           ((c->effect == MP_MAKES_SUSPECTED || c->effect == MP_CLAIMS) &&
            hedge_reaches(text, c->last, m->first));
}

/* Whether a cue that does not stand within the mention reaches it. */
static bool reaches_out(const struct mp_cues *x, const struct mp_cue *c, const struct mp_mention *m,
                        bool before)
{
    const struct mp_text *text = x->text;
    uint32_t sentence = sentence_of(text, m->first);
    uint32_t from = before ? c->last + 1 : m->last + 1, to = before ? m->first : c->first;
    /* what costs least and says most is asked first */
    if (c->sentence != sentence && !leaves_sentence(x, c, m, sentence))
        return false;
    if (c->reach >= MP_REACH_CLAUSE && clause_of(text, from - 1) != clause_of(text, to) &&
        !shares_clause(text, c, before, m))
        return false;
    if (too_far(text, c, before, from, to))
        return false;
    if (c->effect == MP_MAKES_PAST) {
        if (c->reach == MP_REACH_SECTION &&
            (mp_history_resumed(text, c->last, m->first) || now_between(x, c, m->first)))
            return false;
        if (may_stand_aside(c) && in_aside(text, c, m))
            return false;
    }
    if (!before) {
        /* "..., a report follows" plans something else */
        if (c->effect == MP_MAKES_PLAN && x->l->codes[m->code].plan < 0 &&
            leaves_list(text, from, to))
            return false;
        /* "her brother does, but she does not" */
        if (c->effect == MP_MAKES_ABSENT &&
            mp_verdict_names_youth(text, &MP_ITEMS(struct mp_hit, text->hits)[c->hit]))
            return true;
        /* "..., but whether that is so remains to be seen" */
        if (c->effect == MP_MAKES_SUSPECTED && c->reach <= MP_REACH_SENTENCE)
            return true;
    }
    if (before && c->effect == MP_MAKES_ABSENT && is_parted(x, m, m->first))
        return false;
    return to <= from || !ended(x, c, before ? 1 : -1, from, to - 1);
}

bool mp_cue_acts(const struct mp_cues *x, const struct mp_cue *c, const struct mp_mention *m)
{
    bool before = (c->last < m->last) & (c->first < m->first);
    if (c->first <= m->last && c->last >= m->first) {
        if (is_own(x, c, m))
            return false;
        if (c->first >= m->first && c->last <= m->last)
            return !(may_stand_aside(c) && in_aside(x->text, c, m)) && /* it fills a gap */
                   !(c->effect == MP_MAKES_ABSENT && c->side & MP_BEFORE &&
                     is_parted(x, m, c->last));
        if (!(c->side & (before ? MP_BEFORE : MP_AFTER)))
            return false;
    }
    return reaches_out(x, c, m, before);
}
