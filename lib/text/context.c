/* The status of each mention: which cues reach it and what they make of it together. */
#include "text/context.h"
#include "text/answer.h"
#include "text/cues.h"
#include "text/history.h"
#include "text/mentions.h"
#include "text/verdict.h"

enum {
    TOLD_ON = 1, /* sentences that a tale goes on for */
    FAR = 0x7f   /* each byte of a distance farther than all */
};

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t max(size_t a, size_t b)
{
    return a > b ? a : b;
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

/* Tokens from the cue to the mention, 0 if they overlap. */
static uint32_t distance_of(const struct mp_cue *c, const struct mp_mention *m)
{
    int64_t before = (int64_t)m->first - c->last, after = (int64_t)c->first - m->last;
    int64_t distance = before > after ? before : after;
    return distance > 0 ? (uint32_t)distance : 0;
}

/* Whether the mention stands where the cue may act. No short circuits: nobody can foretell it. */
static inline bool in_range(const struct mp_cue *c, const struct mp_mention *m)
{
    return (m->last >= c->from) & (m->first <= c->to);
}

/* Adds what the cue does, unless one that is nearer does the same; `even`: unless it is nearer. */
static void look_at(const struct mp_cues *x, const struct mp_cue *c, const struct mp_mention *m,
                    bool even, struct mp_effects *f)
{
    uint32_t distance = distance_of(c, m);
    if (distance < f->distance[c->effect] + even && mp_cue_acts(x, c, m)) {
        f->set |= 1u << c->effect;
        f->cue[c->effect] = c->hit;
        f->distance[c->effect] = distance;
    }
}

/* A tale of an earlier time goes on in the past tense in the sentence behind the one that begins
 * it: "When she was twelve she lived there. Father beat her." */
static void tell_on(const struct mp_cues *x, const struct mp_mention *m, struct mp_effects *f)
{
    const struct mp_cue *c = x->at;
    const struct mp_token *t = x->text->tokens.at;
    const struct mp_clause *at = mp_clause_at(x->text, m->first);
    bool told = f->set & (1u << MP_MAKES_PAST | 1u << MP_MAKES_NOW);
    if (!mp_clause_is(at, MP_IS_PAST) || mp_clause_is(at, MP_IS_PRESENT) || told)
        return;
    size_t mid = MP_FROM(struct mp_cue, x->text->cues, m->first);
    for (size_t i = mid; i-- > 0 && mid - i <= MP_CUES_MAX;) {
        uint32_t first = c[i].first, apart = t[m->first].sentence - c[i].sentence;
        if (apart > TOLD_ON || t[first].section != t[m->first].section)
            return;
        if (c[i].effect == MP_MAKES_NOW)
            return;
        if (!c[i].tells || apart == 0)
            continue;
        if (mp_history_resumed(x->text, c[i].last, m->first))
            return;
        f->set |= 1u << MP_MAKES_PAST;
        f->cue[MP_MAKES_PAST] = c[i].hit;
        f->distance[MP_MAKES_PAST] = m->first - c[i].last;
        return;
    }
}

/* What cues do to the mention: those before it that reach out of their sentence, those of its own,
 * and those behind that reach back out of the next one. Of cues at one distance the last one before
 * the mention counts, or else the first one behind its beginning. */
static void find_effects(const struct mp_cues *x, const struct mp_mention *m, struct mp_effects *f)
{
    f->set = 0;
    memset(f->distance, FAR, sizeof f->distance);
    if (!x->n)
        return;
    const struct mp_cue *c = x->at;
    const uint32_t *from = x->from + x->text->tokens.at[m->first].sentence;
    size_t begin = 0, end = x->n, lo = from[0], hi = from[1], behind = from[2];
    if (end > MP_CUES_MAX) {
        size_t mid = MP_FROM(struct mp_cue, x->text->cues, m->first);
        begin = mid > MP_CUES_MAX ? mid - MP_CUES_MAX : 0;
        end = min(end, mid + MP_CUES_MAX);
    }
    for (size_t i = c[lo].on; i > begin; i = c[i - 1].on)
        if (in_range(&c[i - 1], m))
            look_at(x, &c[i - 1], m, false, f);
    size_t i = max(lo, begin), last = min(hi, end);
    do {
        unsigned near = 0;
        for (unsigned k = 0; k < MP_CUES_APIECE; k++)
            near |= (unsigned)(in_range(&c[i + k], m) & (i + k < last)) << k;
        for (; near; near &= near - 1) {
            const struct mp_cue *one = &c[i + (size_t)__builtin_ctz(near)];
            look_at(x, one, m, one->first < m->first, f);
        }
    } while ((i += MP_CUES_APIECE) < last);
    for (size_t k = c[hi].back, stop = min(behind, end); k < stop; k = c[k + 1].back)
        if (in_range(&c[k], m))
            look_at(x, &c[k], m, false, f);
    if (x->tells) /* few texts do */
        tell_on(x, m, f);
}

/* What turns the answer at token `words` to the mention, turns the mention. Returns the answer's
 * distance to a time of history. */
static uint32_t add_answer(const struct mp_cues *x, uint32_t words, const struct mp_mention *m,
                           struct mp_effects *f)
{
    struct mp_text *text = x->text;
    struct mp_mention answer = *m;
    struct mp_effects more;
    answer.first = answer.last = words;
    answer.mask = 0;
    find_effects(x, &answer, &more);
    add_effects(f, &more);
    if (mp_clause_is_named(mp_clause_at(text, words)) && mp_verdict_about_other(text, &answer)) {
        f->set |= 1u << MP_MAKES_OTHER;
        f->cue[MP_MAKES_OTHER] = MP_NO_CUE;
    }
    return mp_history_distance(text, &answer);
}

/* The distance to the time of history that governs the mention. A tale that has come back to now
 * is told no further: "Tried in 2014, stable now. Left with a friend." */
static uint32_t history_of(const struct mp_text *text, const struct mp_mention *m)
{
    uint32_t then = mp_history_distance(text, m);
    const struct mp_when *w = then == MP_NO_HISTORY ? NULL : mp_history_time(text, m);
    const struct mp_token *t = text->tokens.at;
    if (!w || t[w->first].line || t[w->first].sentence >= t[m->first].sentence)
        return then;
    const struct mp_cue *c = MP_ITEMS(struct mp_cue, text->cues);
    size_t mid = MP_FROM(struct mp_cue, text->cues, m->first);
    for (size_t i = mid; i-- > 0 && mid - i <= MP_CUES_MAX && c[i].first > w->last;)
        if (c[i].effect == MP_MAKES_NOW)
            return MP_NO_HISTORY;
    return then;
}

/* Leaves out, of n hits, those whose words do not belong together: what ends a negation stands
 * between those that say that it is not so, or an answer. Returns how many are left. */
static size_t drop_parted(const struct mp_cues *x, uint32_t *hits, size_t n)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, x->text->hits);
    size_t kept = 0;
    if (!(x->ends >> MP_MAKES_ABSENT & 1)) /* most texts */
        return n;
    for (size_t i = 0; i < n; i++) {
        const struct mp_gist *gist = &x->l->gists[h[hits[i]].entry];
        hits[kept] = hits[i];
        kept += gist->kind == MP_NOT ||
                !(gist->status == MP_ABSENT ? mp_cue_parts(x, &h[hits[i]])
                                            : mp_answer_parts(x->text, &h[hits[i]]));
    }
    return kept;
}

/* Parts the hits into cues, answers and mentions, each by a list of its own: of which kind the next
 * one is, nobody can foretell. */
static bool part_hits(struct mp_cues *x)
{
    enum { MENTIONS, CUES, ANSWERS, N_PARTS };
    static const uint8_t part_of[] = {[MP_CUE] = CUES, [MP_ANSWER] = ANSWERS};
    struct mp_text *text = x->text;
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, text->hits);
    const struct mp_gist *gists = x->l->gists;
    size_t n = MP_COUNT(struct mp_hit, text->hits);
    text->scratch.len = 0;
    if (!mp_buf_reserve(&text->scratch, (N_PARTS * n + 1) * sizeof(uint32_t)))
        return false;
    uint32_t *list[N_PARTS], *end[N_PARTS];
    for (int part = 0; part < N_PARTS; part++)
        list[part] = end[part] = MP_ITEMS(uint32_t, text->scratch) + (size_t)part * n;
    for (uint32_t i = 0; i < n; i++)
        *end[part_of[gists[h[i].entry].kind]]++ = i;
    if (!mp_cues_read(x, list[CUES], (size_t)(end[CUES] - list[CUES])) ||
        !mp_answers_read(x->l, text, list[ANSWERS], (size_t)(end[ANSWERS] - list[ANSWERS])))
        return false;
    n = drop_parted(x, list[MENTIONS], (size_t)(end[MENTIONS] - list[MENTIONS]));
    return mp_mentions_make(x->l, text, list[MENTIONS], n);
}

bool mp_context_read(const struct mp_lexicon *l, struct mp_text *text)
{
    struct mp_cues x = {.l = l, .text = text};
    if (!part_hits(&x))
        return false;
    struct mp_history history = mp_history_find(text);
    struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    size_t n = MP_COUNT(struct mp_mention, text->mentions);
    struct mp_signs signs = mp_answer_signs(text);
    for (size_t i = 0; i < n; i++) {
        uint32_t words = 0;
        struct mp_effects f;
        if (mp_answer_may_be(text, &m[i], &signs) &&
            mp_answer_read(l, text, &m[i], &words) == MP_ANSWER_GIVEN)
            continue;
        find_effects(&x, &m[i], &f);
        uint32_t then = MP_NO_HISTORY;
        if (words)
            then = add_answer(&x, words, &m[i], &f);
        else if (mp_history_may_be(text, &history, &m[i]))
            then = history_of(text, &m[i]);
        mp_verdict(l, text, &m[i], &f, then);
        if (words && m[i].by >= MP_BY_TIME)
            m[i].cue = words;
    }
    return mp_mentions_finish(l, text);
}
