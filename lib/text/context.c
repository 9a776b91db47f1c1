/* The status of each mention: which cues reach it and what they make of it together. */
#include "text/context.h"
#include "text/answer.h"
#include "text/history.h"
#include "text/match.h"
#include "text/mentions.h"
#include "text/verdict.h"

enum {
    CUES_MAX = 40,    /* cues looked at on each side: a bound for hostile texts */
    OPENING = 2,      /* words that a clause may begin with before a cue */
    TELLS_WHEN = 6,   /* first words of a sentence, which date it */
    TOLD_ON = 1,      /* sentences that a tale goes on for */
    LIST_MAX = 12,    /* words looked at for the end of a list */
    SHORT_CLAUSE = 3, /* tokens of a clause that shares the negation at its end */
    HEDGED_MAX = 4,   /* clauses that go on with a hedge */
    ASIDE_MAX = 20,   /* words of a clause before a cue in it */
    NEGATED_MAX = 9,  /* words to what a negation denies in its clause */
    DENIED_MAX = 30   /* words to what the youth denies, in texts without full stops */
};

struct cue {
    uint32_t first, hit;
    const struct mp_hit *at;
    const struct mp_entry *entry;
};

struct context {
    const struct mp_lexicon *l;
    struct mp_text *text;
    struct mp_buf cues; /* struct cue, by first token; those within longer ones left out */
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

/* "Where: her brother thinks ...": what stands before a colon is no part of what follows. */
static bool spans_colon(const struct mp_text *text, const struct mp_hit *h)
{
    for (uint32_t t = h->first + 1; t <= h->last; t++)
        if (text->tokens.at[t].before == MP_BREAK_COLON)
            return true;
    return false;
}

/* Cues in order; of two that share a word the one with more words counts, then the earlier one. */
static bool collect_cues(struct context *x)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, x->text->hits);
    size_t n = MP_COUNT(struct mp_hit, x->text->hits);
    for (uint32_t i = 0; i < n; i++) {
        const struct mp_entry *entry = &x->l->entries[h[i].entry];
        if (entry->kind != MP_CUE || spans_colon(x->text, &h[i]))
            continue;
        struct cue *c = MP_ITEMS(struct cue, x->cues);
        size_t kept = MP_COUNT(struct cue, x->cues);
        bool beaten = false;
        for (size_t k = kept; k-- > 0 && kept - k <= 8 && !beaten;) {
            const struct mp_hit *o = c[k].at;
            if (!o || !(aligned(h[i].mask, h[i].first, o->first) & o->mask))
                continue;
            /* cues that do the same do not compete, nor do those of the very same words */
            if (c[k].entry->effect == entry->effect ||
                (o->mask == h[i].mask && o->first == h[i].first))
                continue;
            if (mp_hit_words(o->mask) >= mp_hit_words(h[i].mask))
                beaten = true;
            else
                c[k].at = NULL;
        }
        struct cue one = {h[i].first, i, &h[i], entry};
        if (!beaten)
            mp_buf_add(&x->cues, &one, sizeof one);
    }
    struct cue *c = MP_ITEMS(struct cue, x->cues);
    size_t kept = 0, all = MP_COUNT(struct cue, x->cues);
    for (size_t i = 0; i < all; i++)
        if (c[i].at && c[i].entry->effect != MP_TAKES_AWAY)
            c[kept++] = c[i];
    x->cues.len = kept * sizeof *c;
    return !x->cues.failed;
}

/* Whether a cue that ends `effect` stands between the tokens. `from` is the place of a cue. */
static bool ended(const struct context *x, size_t from, int step, enum mp_effect effect,
                  uint32_t first, uint32_t last)
{
    const struct cue *c = MP_ITEMS(struct cue, x->cues);
    size_t n = MP_COUNT(struct cue, x->cues);
    for (size_t i = from; i < n; i += (size_t)step) {
        if (c[i].at->first > last && step > 0)
            break;
        if (c[i].at->last < first && step < 0)
            break;
        if (c[i].at->first >= first && c[i].at->last <= last && c[i].entry->ends >> effect & 1)
            return true;
    }
    return false;
}

/* Whether a cue of the present stands behind the cue at place `i` and before the token. */
static bool now_between(const struct context *x, size_t i, uint32_t token)
{
    const struct cue *c = MP_ITEMS(struct cue, x->cues);
    size_t n = MP_COUNT(struct cue, x->cues);
    for (size_t k = i + 1; k < n && k - i <= CUES_MAX && c[k].at->first < token; k++)
        if (c[k].entry->effect == MP_MAKES_NOW)
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
static bool leaves_list(const struct context *x, uint32_t from, uint32_t to)
{
    const struct mp_token *t = x->text->tokens.at;
    uint32_t i = from;
    while (i <= to && t[i].before != MP_BREAK_COMMA)
        i++;
    if (i > to)
        return false;
    for (uint32_t n = 0; i < x->text->tokens.n && n < LIST_MAX && t[i].before < MP_BREAK_COLON;
         i++, n++)
        if (mp_is(x->text, i, MP_IS_LINK))
            return false;
        else if (mp_is(x->text, i, MP_IS_PRESENT) || mp_is(x->text, i, MP_IS_PAST))
            return true;
    return true;
}

/* Whether the cue is more than half of its sentence, which then has nothing else to speak of: "Not
 * confirmed." */
static bool is_a_sentence(const struct mp_text *text, const struct mp_hit *h)
{
    uint32_t n = h->last - h->first + 1, first = h->first, end = h->last + 1;
    uint32_t limit = 2 * n, sentence = sentence_of(text, h->first);
    while (first > 0 && end - first < limit && sentence_of(text, first - 1) == sentence)
        first--;
    while (end < text->tokens.n && end - first < limit && sentence_of(text, end) == sentence)
        end++;
    return end - first < limit;
}

/* Whether the cue's reach goes to the sentence beside its own: for what is somebody's word, and
 * for any doubt, denial or end that is a sentence of its own. */
static bool has_neighbours(const struct context *x, const struct cue *c, const struct mp_mention *m)
{
    enum mp_effect e = c->entry->effect;
    return c->entry->reach == MP_REACH_NEIGHBOUR &&
           (x->l->codes[m->code].claimed >= 0 ||
            ((e == MP_MAKES_SUSPECTED || e == MP_MAKES_ABSENT || e == MP_MAKES_OTHER ||
              e == MP_MAKES_PAST || e == MP_ENDS) &&
             is_a_sentence(x->text, c->at)));
}

/* Whether the cue begins what goes on behind a semicolon, and so speaks of what stands before it:
 * "...; that is about her sister". */
static bool goes_on(const struct mp_text *text, const struct cue *c)
{
    const struct mp_token *k = text->tokens.at;
    uint32_t t = c->first;
    if (c->entry->reach != MP_REACH_SENTENCE || c->entry->effect == MP_MAKES_PAST)
        return false;
    while (t > 0 && c->first - t < OPENING && k[t].before < MP_BREAK_STOP)
        t--;
    if (t == 0 || k[t].before != MP_BREAK_STOP)
        return false;
    uint32_t from = k[t - 1].end;
    return memchr(text->tokens.text.p + from, ';', k[t].start - from) != NULL;
}

/* Whether the cue stands in a clause that tells who somebody is, and the mention does not: "the man
 * who was there last year | hit her". */
static bool in_aside(const struct mp_text *text, const struct mp_hit *h, const struct mp_mention *m)
{
    const struct mp_clause *c = mp_clause_at(text, h->first);
    for (uint32_t t = h->first; t > 0 && t >= c->first && h->first - t <= ASIDE_MAX; t--) {
        if (!mp_is(text, t, MP_IS_RELATIVE) || mp_is(text, t, MP_IS_COMPLEMENT) ||
            mp_is(text, t - 1, MP_IS_PREPOSITION) || text->tokens.at[t].before >= MP_BREAK_STOP)
            continue;
        return m->last < t ||
               (c != mp_clause_at(text, m->first) && c != mp_clause_at(text, m->last));
    }
    return false;
}

/* Whether the mention has the word that makes the cue at place `i` what it is, another cue of its
 * own: the "not" of "is she not | back" is that of "not back". */
static bool takes_word(const struct context *x, size_t i, const struct mp_mention *m)
{
    const struct cue *c = MP_ITEMS(struct cue, x->cues), *at = &c[i];
    size_t n = MP_COUNT(struct cue, x->cues);
    for (size_t k = i + 1; k < n && c[k].first <= at->at->last; k++)
        if (c[k].entry->effect == at->entry->effect && c[k].at->first >= m->first &&
            !(aligned(c[k].at->mask, c[k].first, m->first) & ~m->mask) &&
            !(aligned(c[k].at->mask, c[k].first, at->first) & ~at->at->mask))
            return true;
    return false;
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
static bool too_far(const struct context *x, const struct mp_entry *cue, bool before, uint32_t from,
                    uint32_t to)
{
    uint32_t between = to > from ? to - from : 0;
    if (cue->reach == MP_REACH_CLAUSE)
        return before && cue->effect == MP_MAKES_ABSENT && between > NEGATED_MAX;
    if (cue->reach < 0)
        return false;
    return between > (uint32_t)cue->reach ||
           (before && (leaves_list(x, from, to) || enters_bracket(x->text, from, to)));
}

/* Whether the cue at place `i` acts on the mention. */
static bool acts(const struct context *x, size_t i, const struct mp_mention *m)
{
    const struct cue *c = &MP_ITEMS(struct cue, x->cues)[i];
    const struct mp_entry *entry = c->entry;
    const struct mp_hit *h = c->at;
    const struct mp_text *text = x->text;
    uint32_t ms = sentence_of(text, m->first);
    if (entry->effect >= MP_N_EFFECTS)
        return false;
    /* words that are the mention's own say no more about it: the "not" of "did not come back" */
    unsigned shared = mp_hit_words(aligned(h->mask, h->first, m->first) & m->mask);
    if (shared * 2 >= mp_hit_words(h->mask) || (shared && takes_word(x, i, m)))
        return false;
    if (entry->effect == MP_MAKES_PAST && entry->reach <= MP_REACH_SENTENCE && in_aside(text, h, m))
        return false;
    if (h->first >= m->first && h->last <= m->last)
        return true; /* it fills a gap */
    uint32_t cs = sentence_of(text, h->first), apart = cs > ms ? cs - ms : ms - cs;
    if (cs == ms + 1 && goes_on(text, c))
        apart = 0;
    bool neighbour = has_neighbours(x, c, m);
    if (entry->reach == MP_REACH_SECTION || neighbour
            ? text->tokens.at[h->first].section != text->tokens.at[m->first].section ||
                  (neighbour && apart > 1)
            : apart > 0)
        return false;
    bool before = h->last < m->last && h->first < m->first;
    if (!(entry->side & (before ? MP_BEFORE : MP_AFTER)))
        return false;
    if (entry->reach == MP_REACH_SECTION && entry->effect == MP_MAKES_PAST &&
        (mp_history_resumed(text, h->last, m->first) || now_between(x, i, m->first)))
        return false;
    uint32_t from = before ? h->last + 1 : m->last + 1, to = before ? m->first : h->first;
    uint32_t between = to > from ? to - from : 0;
    if (entry->effect == MP_DENIES && between > DENIED_MAX)
        return false;
    /* "..., a report follows" plans something else */
    if (entry->effect == MP_MAKES_PLAN && !before && x->l->codes[m->code].plan < 0 &&
        leaves_list(x, from, to))
        return false;
    if (too_far(x, entry, before, from, to))
        return false;
    if (entry->reach >= MP_REACH_CLAUSE &&
        !(before ? reaches(text, h->last, m->first) : reaches_back(text, h->first, m->last)) &&
        !(before && (entry->effect == MP_MAKES_SUSPECTED || entry->effect == MP_CLAIMS) &&
          hedge_reaches(text, h->last, m->first)))
        return false;
    /* "her brother does, but she does not" */
    if (!before && entry->effect == MP_MAKES_ABSENT && mp_verdict_names_youth(text, h))
        return true;
    /* "..., but whether that is so remains to be seen" */
    if (!before && entry->effect == MP_MAKES_SUSPECTED && entry->reach <= MP_REACH_SENTENCE)
        return true;
    return !between || !ended(x, i, before ? 1 : -1, entry->effect, from, to - 1);
}

static void add_effects(struct mp_effects *f, const struct mp_effects *more)
{
    for (int e = 0; e < MP_N_EFFECTS; e++)
        if (more->set >> e & 1 && (!(f->set >> e & 1) || more->distance[e] < f->distance[e])) {
            f->cue[e] = more->cue[e];
            f->distance[e] = more->distance[e];
        }
    f->set |= more->set;
}

static void look_at(const struct context *x, size_t i, const struct mp_mention *m,
                    struct mp_effects *f)
{
    if (!acts(x, i, m))
        return;
    const struct cue *c = &MP_ITEMS(struct cue, x->cues)[i];
    enum mp_effect effect = c->entry->effect;
    uint32_t distance = c->at->last < m->first   ? m->first - c->at->last
                        : c->at->first > m->last ? c->at->first - m->last
                                                 : 0;
    if (f->set >> effect & 1 && f->distance[effect] <= distance)
        return;
    f->set |= 1u << effect;
    f->cue[effect] = c->hit;
    f->distance[effect] = distance;
}

/* A tale of an earlier time goes on in the past tense in the sentence behind the one whose first
 * words say when it was: "When she was twelve she lived there. Father beat her." */
static void tell_on(const struct context *x, size_t mid, const struct mp_mention *m,
                    struct mp_effects *f)
{
    const struct cue *c = MP_ITEMS(struct cue, x->cues);
    const struct mp_clause *at = mp_clause_at(x->text, m->first);
    const struct mp_token *t = x->text->tokens.at;
    if (f->set >> MP_MAKES_PAST & 1 || f->set >> MP_MAKES_NOW & 1 || !at->past || at->present)
        return;
    for (size_t i = mid; i-- > 0 && mid - i <= CUES_MAX;) {
        uint32_t first = c[i].first, apart = t[m->first].sentence - t[first].sentence;
        if (apart > TOLD_ON || t[first].section != t[m->first].section)
            return;
        if (c[i].entry->effect == MP_MAKES_NOW)
            return;
        if (c[i].entry->effect != MP_MAKES_PAST || apart == 0 ||
            c[i].entry->reach > MP_REACH_SENTENCE || !mp_clause_at(x->text, first)->past ||
            (first >= TELLS_WHEN && t[first - TELLS_WHEN].sentence == t[first].sentence))
            continue;
        if (mp_history_resumed(x->text, c[i].at->last, m->first))
            return;
        f->set |= 1u << MP_MAKES_PAST;
        f->cue[MP_MAKES_PAST] = c[i].hit;
        f->distance[MP_MAKES_PAST] = m->first - c[i].at->last;
        return;
    }
}

static struct mp_effects effects_on(const struct context *x, const struct mp_mention *m)
{
    struct mp_effects f = {0};
    const struct cue *c = MP_ITEMS(struct cue, x->cues);
    size_t n = MP_COUNT(struct cue, x->cues), mid = MP_FROM(struct cue, x->cues, m->first);
    uint32_t sentence = sentence_of(x->text, m->first);
    for (size_t i = mid; i-- > 0 && mid - i <= CUES_MAX;)
        if (sentence_of(x->text, c[i].at->first) == sentence ||
            c[i].entry->reach <= MP_REACH_SECTION)
            look_at(x, i, m, &f);
    for (size_t i = mid; i < n && i - mid < CUES_MAX; i++) {
        if (sentence_of(x->text, c[i].at->first) > sentence + 1)
            break;
        look_at(x, i, m, &f);
    }
    tell_on(x, mid, m, &f);
    return f;
}

bool mp_context_read(const struct mp_lexicon *l, struct mp_text *text)
{
    struct context x = {l, text, {0}};
    bool fine = collect_cues(&x) && mp_mentions_collect(l, text);
    struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    size_t n = fine ? MP_COUNT(struct mp_mention, text->mentions) : 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t words;
        if (mp_answer_read(l, text, &m[i], &words) == MP_ANSWER_GIVEN)
            continue;
        struct mp_effects f = effects_on(&x, &m[i]);
        uint32_t then = mp_history_distance(l, text, &m[i]);
        if (words) { /* what turns the answer, turns the heading */
            struct mp_mention answer = m[i];
            answer.first = answer.last = words;
            answer.mask = 0;
            struct mp_effects more = effects_on(&x, &answer);
            add_effects(&f, &more);
            if (mp_clause_at(text, words)->named && mp_verdict_about_other(text, &answer)) {
                f.set |= 1u << MP_MAKES_OTHER;
                f.cue[MP_MAKES_OTHER] = MP_NO_CUE;
            }
            then = mp_history_distance(l, text, &answer);
        }
        mp_verdict(l, text, &m[i], &f, then);
    }
    mp_buf_free(&x.cues);
    return fine && mp_mentions_finish(l, text);
}
