/* The status of each mention: which cues reach it and what they make of it together. */
#include "text/context.h"
#include "text/answer.h"
#include "text/cues.h"
#include "text/history.h"
#include "text/mentions.h"
#include "text/verdict.h"

enum {
    TELLS_WHEN = 6, /* first words of a sentence, which date it */
    TOLD_ON = 1     /* sentences that a tale goes on for */
};

static void add_effects(struct mp_effects *f, const struct mp_effects *more)
{
    for (int e = 0; e < MP_N_EFFECTS; e++)
        if (more->set >> e & 1 && (!(f->set >> e & 1) || more->distance[e] < f->distance[e])) {
            f->cue[e] = more->cue[e];
            f->distance[e] = more->distance[e];
        }
    f->set |= more->set;
}

/* Adds what the cue does, unless a nearer one does the same. Most cues are told by
 * their side and distance to do nothing. */
static void look_at(const struct mp_cues *x, const struct mp_cue *c, const struct mp_mention *m,
                    struct mp_effects *f)
{
    unsigned effect = c->effect, side = MP_BEFORE | MP_AFTER;
    uint32_t distance = 0;
    if (c->last < m->first) {
        distance = m->first - c->last;
        side = MP_BEFORE;
    } else if (c->first > m->last) {
        distance = c->first - m->last;
        side = MP_AFTER;
    }
    if (c->side & side && (c->reach < 0 || distance <= (uint32_t)c->reach + 1) &&
        effect < MP_N_EFFECTS && !(f->set >> effect & 1 && f->distance[effect] <= distance))
        mp_cue_act(x, c, m, distance, f);
}

/* A tale of an earlier time goes on in the past tense in the sentence behind the one whose first
 * words say when it was: "When she was twelve she lived there. Father beat her." */
static void tell_on(const struct mp_cues *x, size_t mid, const struct mp_mention *m,
                    struct mp_effects *f)
{
    const struct mp_cue *c = x->at;
    const struct mp_token *t = x->text->tokens.at;
    if (!(x->effects >> MP_MAKES_PAST & 1) || f->set >> MP_MAKES_PAST & 1 ||
        f->set >> MP_MAKES_NOW & 1)
        return;
    const struct mp_clause *at = mp_clause_at(x->text, m->first);
    if (!at->past || at->present)
        return;
    for (size_t i = mid; i-- > 0 && mid - i <= MP_CUES_MAX;) {
        uint32_t first = c[i].first, apart = t[m->first].sentence - c[i].sentence;
        if (apart > TOLD_ON || t[first].section != t[m->first].section)
            return;
        if (c[i].effect == MP_MAKES_NOW)
            return;
        if (c[i].effect != MP_MAKES_PAST || apart == 0 || c[i].reach > MP_REACH_SENTENCE ||
            !mp_clause_at(x->text, first)->past ||
            (first >= TELLS_WHEN && t[first - TELLS_WHEN].sentence == c[i].sentence))
            continue;
        if (mp_history_resumed(x->text, c[i].last, m->first))
            return;
        f->set |= 1u << MP_MAKES_PAST;
        f->cue[MP_MAKES_PAST] = c[i].hit;
        f->distance[MP_MAKES_PAST] = m->first - c[i].last;
        return;
    }
}

/* What the cues on both sides of place `mid`, where the mention stands among them, do to it: those
 * of its sentence, and those before and behind it that reach out of theirs. */
static void find_effects(const struct mp_cues *x, size_t mid, const struct mp_mention *m,
                         struct mp_effects *f)
{
    f->set = 0;
    if (!x->n)
        return;
    const struct mp_cue *at = x->at, *c = at + mid;
    const struct mp_cue *begin = mid > MP_CUES_MAX ? c - MP_CUES_MAX : at;
    const struct mp_cue *end = x->n - mid > MP_CUES_MAX ? c + MP_CUES_MAX : at + x->n;
    uint32_t sentence = x->text->tokens.at[m->first].sentence;
    while (c > begin && c[-1].sentence == sentence)
        look_at(x, --c, m, f);
    while (c > begin && (c = at + c[-1].on) > begin)
        look_at(x, --c, m, f);
    for (c = at + mid; c < end && c->sentence == sentence; c++)
        look_at(x, c, m, f);
    for (; c < end && (c = at + c->back) < end && c->sentence == sentence + 1; c++)
        look_at(x, c, m, f);
    tell_on(x, mid, m, f);
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
    find_effects(x, MP_FROM(struct mp_cue, text->cues, words), &answer, &more);
    add_effects(f, &more);
    if (mp_clause_at(text, words)->named && mp_verdict_about_other(text, &answer)) {
        f->set |= 1u << MP_MAKES_OTHER;
        f->cue[MP_MAKES_OTHER] = MP_NO_CUE;
    }
    return mp_history_distance(text, &answer);
}

static void add_mention(struct mp_text *text, const struct mp_hit *h, const struct mp_gist *gist)
{
    struct mp_mention *m = MP_NEW(struct mp_mention, text->mentions);
    if (m)
        *m = (struct mp_mention){
            .code = gist->code,
            .entry = h->entry,
            .first = h->first,
            .last = h->last,
            .mask = h->mask,
            .status = gist->status >= 0 ? (enum mp_status)gist->status : MP_PRESENT,
            .cue = MP_NO_CUE,
            .kind = gist->kind,
            .own = gist->status,
        };
}

/* Parts the hits into cues, answers and mentions. */
static bool part_hits(struct mp_cues *x)
{
    struct mp_text *text = x->text;
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, text->hits);
    size_t n = MP_COUNT(struct mp_hit, text->hits);
    text->cues.len = text->answers.len = text->mentions.len = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct mp_gist *gist = &x->l->gists[h[i].entry];
        if (gist->kind == MP_CUE)
            mp_cues_add(x, i, gist);
        else if (gist->kind == MP_ANSWER)
            mp_answer_add(text, &h[i], gist);
        else
            add_mention(text, &h[i], gist);
    }
    mp_cues_settle(x);
    return !text->cues.failed && !text->answers.failed && !text->mentions.failed &&
           mp_mentions_drop_covered(x->l, text);
}

bool mp_context_read(const struct mp_lexicon *l, struct mp_text *text)
{
    struct mp_cues x = {.l = l, .text = text};
    if (!part_hits(&x))
        return false;
    bool history = mp_history_find(text);
    struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    size_t n = MP_COUNT(struct mp_mention, text->mentions);
    size_t mid = 0; /* place among the cues */
    struct mp_signs signs = mp_answer_signs(text);
    for (size_t i = 0; i < n; i++) {
        uint32_t words = 0;
        struct mp_effects f;
        if (mp_answer_may_be(text, &m[i], &signs) &&
            mp_answer_read(l, text, &m[i], &words) == MP_ANSWER_GIVEN)
            continue;
        while (mid < x.n && x.at[mid].first < m[i].first)
            mid++;
        find_effects(&x, mid, &m[i], &f);
        uint32_t then = history && !words ? mp_history_distance(text, &m[i]) : MP_NO_HISTORY;
        if (words)
            then = add_answer(&x, words, &m[i], &f);
        mp_verdict(l, text, &m[i], &f, then);
    }
    return mp_mentions_finish(l, text);
}
