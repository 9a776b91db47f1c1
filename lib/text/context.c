/* The status of each mention: which cues reach it and what they make of it together. */
#include "text/context.h"
#include "text/answer.h"
#include "text/history.h"
#include "text/match.h"
#include "text/mentions.h"

enum {
    CUES_MAX = 40,   /* cues looked at on each side: a bound for hostile texts */
    LIST_MAX = 12,   /* words looked at for the end of a list */
    SHORT_CLAUSE = 3 /* tokens of a clause that shares the negation at its end */
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

/* Cues in order; of two that share a word the one with more words counts, then the earlier one. */
static bool collect_cues(struct context *x)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, x->text->hits);
    size_t n = MP_COUNT(struct mp_hit, x->text->hits);
    for (uint32_t i = 0; i < n; i++) {
        const struct mp_entry *entry = &x->l->entries[h[i].entry];
        if (entry->kind != MP_CUE)
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
 * to "and" or "or" ("no asthma, diabetes or epilepsy"). */
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
    return true;
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
    if (shared * 2 >= mp_hit_words(h->mask))
        return false;
    if (h->first >= m->first && h->last <= m->last)
        return true; /* it fills a gap */
    uint32_t cs = sentence_of(text, h->first), apart = cs > ms ? cs - ms : ms - cs;
    bool neighbour = entry->reach == MP_REACH_NEIGHBOUR && x->l->codes[m->code].claimed >= 0;
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
    if (entry->reach >= 0 &&
        (between > (uint32_t)entry->reach || (before && leaves_list(x, from, to))))
        return false;
    if (entry->reach >= MP_REACH_CLAUSE &&
        !(before ? reaches(text, h->last, m->first) : reaches_back(text, h->first, m->last)))
        return false;
    return !between || !ended(x, i, before ? 1 : -1, entry->effect, from, to - 1);
}

struct effects {
    uint32_t set; /* bit per enum mp_effect */
    uint32_t cue[MP_N_EFFECTS];
    uint32_t distance[MP_N_EFFECTS]; /* tokens from the nearest cue to the mention */
};

static void add_effects(struct effects *f, const struct effects *more)
{
    for (int e = 0; e < MP_N_EFFECTS; e++)
        if (more->set >> e & 1 && (!(f->set >> e & 1) || more->distance[e] < f->distance[e])) {
            f->cue[e] = more->cue[e];
            f->distance[e] = more->distance[e];
        }
    f->set |= more->set;
}

static void look_at(const struct context *x, size_t i, const struct mp_mention *m,
                    struct effects *f)
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

static struct effects effects_on(const struct context *x, const struct mp_mention *m)
{
    struct effects f = {0};
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
    return f;
}

/* Whether the clause is about somebody else: its subject is not a word of the mention itself. */
static bool about_other(const struct context *x, const struct mp_mention *m)
{
    const struct mp_clause *c = mp_clause_at(x->text, m->first);
    if (c->about != MP_ABOUT_OTHER)
        return false;
    uint32_t d = c->subject - m->first;
    return c->subject == MP_NO_SUBJECT || d >= 64 || !(m->mask >> d & 1);
}

/* Whether the mention or its clause says that it is done to the youth. */
static bool done_to_youth(const struct context *x, const struct mp_mention *m)
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

static bool has(const struct effects *f, enum mp_effect effect)
{
    return f->set >> effect & 1;
}

static void turn(struct mp_mention *m, const struct effects *f, enum mp_effect why, int status)
{
    m->status = (enum mp_status)status;
    m->cue = has(f, why) ? f->cue[why] : MP_NO_CUE;
}

/* What all cues together make of the mention; `then` is the distance to a time of history. */
static void decide(const struct context *x, struct mp_mention *m, const struct effects *f,
                   uint32_t then)
{
    const struct mp_lexicon_code *code = &x->l->codes[m->code];
    /* the nearer of "then" and "now" counts */
    if (has(f, MP_MAKES_PAST) && f->distance[MP_MAKES_PAST] < then)
        then = f->distance[MP_MAKES_PAST];
    bool past =
        then != MP_NO_HISTORY && !(has(f, MP_MAKES_NOW) && f->distance[MP_MAKES_NOW] <= then);
    bool own = x->l->entries[m->entry].status >= 0; /* says itself whether it is so */
    if (!own && (has(f, MP_MAKES_SILENT) || (has(f, MP_MAKES_PLAN) && code->plan < 0))) {
        m->silent = true;
        m->cue = f->cue[has(f, MP_MAKES_SILENT) ? MP_MAKES_SILENT : MP_MAKES_PLAN];
        return;
    }
    if (m->status == MP_OTHER)
        return;
    if (!code->anyone && !has(f, MP_MAKES_YOUTH) && (has(f, MP_MAKES_OTHER) || about_other(x, m)) &&
        !(code->object && done_to_youth(x, m))) {
        turn(m, f, MP_MAKES_OTHER, MP_OTHER);
        return;
    }
    if (own)
        return;
    if (has(f, MP_MAKES_ABSENT) && !has(f, MP_DENIES)) {
        turn(m, f, MP_MAKES_ABSENT, MP_ABSENT);
    } else if (has(f, MP_ENDS)) {
        turn(m, f, MP_ENDS, MP_PAST);
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
        struct effects f = effects_on(&x, &m[i]);
        uint32_t then = mp_history_distance(l, text, &m[i]);
        if (words) { /* what turns the answer, turns the heading */
            struct mp_mention answer = m[i];
            answer.first = answer.last = words;
            answer.mask = 0;
            struct effects more = effects_on(&x, &answer);
            add_effects(&f, &more);
            if (mp_clause_at(text, words)->named && about_other(&x, &answer)) {
                f.set |= 1u << MP_MAKES_OTHER;
                f.cue[MP_MAKES_OTHER] = MP_NO_CUE;
            }
            then = mp_history_distance(l, text, &answer);
        }
        decide(&x, &m[i], &f, then);
    }
    mp_buf_free(&x.cues);
    return fine && mp_mentions_finish(l, text);
}
