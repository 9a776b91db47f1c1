/* What the cues that reach a mention make of it together. */
#include "text/verdict.h"
#include "text/answer.h"
#include "text/history.h"

enum {
    BRIEF = 3,      /* words of a cue that says nothing else */
    ANTECEDENT = 4, /* words back to whom a relative pronoun means */
    OPENING = 2,    /* words before a subject that a clause begins with */
    LOOK = 60       /* words looked through: a bound for hostile texts */
};

struct reading {
    const struct mp_lexicon *l;
    const struct mp_text *text;
};

/* A pronoun may stand in any longer cue. */
bool mp_verdict_names_youth(const struct mp_text *text, const struct mp_hit *h)
{
    bool brief = h->last - h->first < BRIEF;
    for (uint32_t t = h->first; t <= h->last; t++)
        if (mp_is(text, t, MP_IS_PRONOUN)
                ? brief
                : mp_is(text, t, MP_IS_YOUTH) && (brief || !mp_is(text, t, MP_IS_RELATIVE)))
            return true;
    return false;
}

/* Whether the clause is about somebody else: its subject is not a word of the mention itself. */
static inline bool is_about_other(const struct mp_text *text, const struct mp_mention *m)
{
    const struct mp_clause *c = mp_clause_at(text, m->first);
    if (c->about != MP_ABOUT_OTHER)
        return false;
    uint32_t d = c->subject - m->first;
    return c->subject == MP_NO_SUBJECT || d >= 64 || !(m->mask >> d & 1);
}

bool mp_verdict_about_other(const struct mp_text *text, const struct mp_mention *m)
{
    return is_about_other(text, m);
}

/* Whether the mention or its clause says that it is done to the youth. */
static bool done_to_youth(const struct reading *x, const struct mp_mention *m)
{
    const struct mp_clause *c = mp_clause_at(x->text, m->first);
    if (c->object || mp_clause_at(x->text, m->last)->object)
        return true;
    for (uint32_t t = m->first; t <= m->last && t - m->first < 64; t++)
        if (m->mask >> (t - m->first) & 1 && mp_is(x->text, t, MP_IS_OBJECT) &&
            (t == m->last || !mp_is(x->text, t + 1, MP_IS_OTHER)))
            return true;
    return false;
}

static bool has(const struct mp_effects *f, enum mp_effect effect)
{
    return f->set >> effect & 1;
}

static void turn(struct mp_mention *m, const struct mp_effects *f, enum mp_effect why, int status)
{
    bool cue = has(f, why) && f->cue[why] != MP_NO_CUE;
    m->status = (enum mp_status)status;
    m->by = cue ? MP_BY_CUE : why == MP_MAKES_PAST ? MP_BY_TIME : MP_BY_SUBJECT;
    m->cue = cue ? f->cue[why] : m->first;
}

/* Whether the person at token t has a story of their own: relatives, peers and names do, passers-by
 * do not. A relative pronoun is who stands before it. */
static bool has_story(const struct mp_text *text, uint32_t t)
{
    if (mp_is(text, t, MP_IS_RELATIVE))
        for (uint32_t n = 0; n < ANTECEDENT && t > 0 && !mp_is(text, t, MP_IS_OTHER); n++)
            t--;
    return !mp_is(text, t, MP_IS_OTHER) || mp_is(text, t, MP_IS_KIN);
}

/* The youth as the one it is done to; "her sister" is not. */
static bool is_object(const struct mp_text *text, uint32_t t)
{
    return mp_is(text, t, MP_IS_OBJECT) &&
           !(mp_is(text, t, MP_IS_POSSESSIVE) && mp_is(text, t + 1, MP_IS_OTHER));
}

/* Whether the clause speaks of nobody but others: somebody else is its first word for a person,
 * and neither the youth nor a name stands in it. Nor is it the end of what somebody says. */
static bool speaks_of_others(const struct reading *x, const struct mp_mention *m)
{
    const struct mp_text *text = x->text;
    const struct mp_clause *c = mp_clause_at(text, m->first);
    if (!is_about_other(text, m))
        return false;
    /* "and must ..." has the subject of the clause before it */
    if (c->subject == MP_NO_SUBJECT && c->first > 0 && mp_is(text, c->first, MP_IS_LINK))
        c--;
    if (!mp_clause_is_named(c) || !mp_clause_has_verb(c) || c->subject >= m->first ||
        c->subject > c->first + OPENING || text->tokens.at[c->subject].quoted ||
        !has_story(text, c->subject))
        return false;
    uint32_t last = mp_clause_at(text, m->last)->last,
             sentence = text->tokens.at[c->first].sentence;
    if (last - c->first > LOOK)
        return false;
    for (uint32_t t = c->first; t > 0 && c->first - t < LOOK; t--)
        if (text->tokens.at[t - 1].sentence != sentence)
            break;
        else if (mp_is(text, t - 1, MP_IS_SPEECH))
            return false;
    for (uint32_t t = c->first; t <= last; t++) {
        const struct mp_token *k = &text->tokens.at[t];
        if (t == c->subject)
            continue;
        if (mp_is(text, t, MP_IS_YOUTH) || mp_is(text, t, MP_IS_PRONOUN) || is_object(text, t) ||
            mp_is(text, t, MP_IS_SPEECH) ||
            (t > c->subject + 1 && (mp_is(text, t, MP_IS_NAME) || (k->capital && k->len == 1))))
            return false;
    }
    return true;
}

/* Whether a cue for the whole sentence says that it is about somebody else: "that was her sister".
 */
static bool names_other(const struct reading *x, const struct mp_effects *f)
{
    if (!has(f, MP_MAKES_OTHER) || f->cue[MP_MAKES_OTHER] == MP_NO_CUE)
        return false;
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, x->text->hits);
    return x->l->gists[h[f->cue[MP_MAKES_OTHER]].entry].reach <= MP_REACH_SENTENCE;
}

/* Whether somebody else is the one it is said of. */
static bool is_others(const struct reading *x, const struct mp_mention *m,
                      const struct mp_effects *f)
{
    if (!has(f, MP_MAKES_OTHER) && !is_about_other(x->text, m))
        return false;
    const struct mp_lexicon_code *code = &x->l->codes[m->code];
    if (has(f, MP_MAKES_YOUTH) || (code->object && done_to_youth(x, m)))
        return false;
    if (code->anyone && (m->status == MP_ABSENT || !names_other(x, f)))
        return !code->lasting && speaks_of_others(x, m);
    return true;
}

/* Whether what is said of somebody else is denied of the youth behind it: "her mother drinks, she
 * does not", "... . For Kim that does not hold." */
static bool denied_of_youth(const struct reading *x, const struct mp_mention *m,
                            const struct mp_effects *f)
{
    if (!has(f, MP_MAKES_ABSENT))
        return false;
    const struct mp_hit *h = &MP_ITEMS(struct mp_hit, x->text->hits)[f->cue[MP_MAKES_ABSENT]];
    if (h->first <= m->last)
        return false;
    const struct mp_clause *c = mp_clause_at(x->text, h->first);
    return mp_verdict_names_youth(x->text, h) || (c->youth && c != mp_clause_at(x->text, m->last));
}

static bool denied_before(const struct reading *x, const struct mp_mention *m,
                          const struct mp_effects *f)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, x->text->hits);
    return h[f->cue[MP_MAKES_ABSENT]].last < m->first && f->distance[MP_MAKES_ABSENT] <= 1;
}

static bool denied_within(const struct reading *x, const struct mp_mention *m,
                          const struct mp_effects *f)
{
    const struct mp_hit *h = &MP_ITEMS(struct mp_hit, x->text->hits)[f->cue[MP_MAKES_ABSENT]];
    return h->first >= m->first && h->last <= m->last &&
           mp_clause_at(x->text, m->first) == mp_clause_at(x->text, m->last);
}

/* Whether the mention lies within a doubt: "whether she drinks | nobody knows". */
static bool doubted_around(const struct reading *x, const struct mp_mention *m,
                           const struct mp_effects *f)
{
    if (!has(f, MP_MAKES_SUSPECTED))
        return false;
    const struct mp_hit *h = &MP_ITEMS(struct mp_hit, x->text->hits)[f->cue[MP_MAKES_SUSPECTED]];
    return h->first < m->first && h->last >= m->last;
}

/* Whether doubt is nearer to the mention than the time of history at distance `then`, or stands in
 * its very clause: "was there last year. Might have met a man", "might at seven have been hit". */
static bool doubted_rather(const struct reading *x, const struct mp_mention *m,
                           const struct mp_effects *f, uint32_t then)
{
    if (!has(f, MP_MAKES_SUSPECTED))
        return false;
    uint32_t cue = f->cue[MP_MAKES_SUSPECTED];
    return f->distance[MP_MAKES_SUSPECTED] < then ||
           mp_clause_at(x->text, MP_ITEMS(struct mp_hit, x->text->hits)[cue].first) ==
               mp_clause_at(x->text, m->first);
}

/* "It is not so that she never drinks": who denies a denial says that it is so. */
static void reverse(struct mp_mention *m, const struct mp_effects *f)
{
    bool denied = m->own >= 0 ? m->own == MP_ABSENT : has(f, MP_MAKES_ABSENT);
    turn(m, f, MP_REVERSES, denied ? MP_PRESENT : MP_ABSENT);
}

/* What all cues together make of the mention; `then` is the distance to a time of history. */
static void decide(const struct reading *x, struct mp_mention *m, const struct mp_effects *f,
                   uint32_t then)
{
    const struct mp_lexicon_code *code = &x->l->codes[m->code];
    bool own = m->own >= 0; /* says itself whether it is so */
    if (has(f, MP_MAKES_SILENT) && !own && mp_answer_reported(x->text, m))
        return;
    if ((has(f, MP_MAKES_SILENT) || (has(f, MP_MAKES_PLAN) && code->plan < 0)) && !own) {
        m->silent = true;
        return;
    }
    if (m->status == MP_OTHER) {
        if (denied_of_youth(x, m, f))
            turn(m, f, MP_MAKES_ABSENT, MP_ABSENT);
        return;
    }
    if (is_others(x, m, f)) {
        if (denied_of_youth(x, m, f))
            turn(m, f, MP_MAKES_ABSENT, MP_ABSENT);
        else
            turn(m, f, MP_MAKES_OTHER, MP_OTHER);
        return;
    }
    if (has(f, MP_REVERSES)) {
        reverse(m, f);
        return;
    }
    if (own) {
        /* "never smoked, tests clean": what says that it is past does not, with a negation right
         * before it; "smelled not of drink" */
        if (has(f, MP_MAKES_ABSENT) && ((m->status == MP_PAST && denied_before(x, m, f)) ||
                                        (m->status == MP_SUSPECTED && denied_within(x, m, f))))
            turn(m, f, MP_MAKES_ABSENT, MP_ABSENT);
        else if (m->status == MP_ABSENT && doubted_around(x, m, f))
            turn(m, f, MP_MAKES_SUSPECTED, MP_SUSPECTED);
        return;
    }
    /* the nearer of "then" and "now" counts */
    if (has(f, MP_MAKES_PAST) && f->distance[MP_MAKES_PAST] < then)
        then = f->distance[MP_MAKES_PAST];
    bool past =
        then != MP_NO_HISTORY && !(has(f, MP_MAKES_NOW) && f->distance[MP_MAKES_NOW] <= then);
    if (!f->set && !past)
        return;
    if (has(f, MP_MAKES_ABSENT) && !has(f, MP_DENIES)) {
        turn(m, f, MP_MAKES_ABSENT, MP_ABSENT);
    } else if (has(f, MP_ENDS)) {
        turn(m, f, MP_ENDS, MP_PAST);
    } else if (past && !code->lasting && doubted_rather(x, m, f, then)) {
        turn(m, f, MP_MAKES_SUSPECTED, MP_SUSPECTED);
    } else if (past && !code->lasting) {
        turn(m, f, MP_MAKES_PAST, MP_PAST);
    } else if (m->status == MP_PRESENT) {
        if (has(f, MP_DENIES))
            turn(m, f, MP_DENIES, MP_SUSPECTED);
        else if (has(f, MP_MAKES_PLAN))
            turn(m, f, MP_MAKES_PLAN, code->plan);
        else if (has(f, MP_MAKES_SUSPECTED))
            turn(m, f, MP_MAKES_SUSPECTED, MP_SUSPECTED);
        else if (has(f, MP_CLAIMS) && code->claimed >= 0)
            turn(m, f, MP_CLAIMS, code->claimed);
    }
}

void mp_verdict(const struct mp_lexicon *l, const struct mp_text *text, struct mp_mention *m,
                const struct mp_effects *f, uint32_t then)
{
    struct reading x = {l, text};
    if (!f->set && then == MP_NO_HISTORY && !is_about_other(text, m))
        return; /* most mentions: it stands as it is */
    decide(&x, m, f, then);
}
