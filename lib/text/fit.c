/* Tries the steps of a variant outwards from its anchor. */
#include "text/fit.h"

/* Written once for both directions and compiled for each: the direction costs nothing then. */
#define EITHER_WAY static inline __attribute__((always_inline))

static bool begins_clause(const struct mp_sentence *s, uint32_t t)
{
    return s->token[t].before >= MP_BREAK_COMMA;
}

static bool ends_clause(const struct mp_sentence *s, uint32_t t)
{
    return t + 1 == s->n || s->token[t + 1].before >= MP_BREAK_COMMA;
}

static inline bool has_place(const struct mp_sentence *s, const struct mp_try_step *step,
                             uint32_t t)
{
    return (!step->first || begins_clause(s, t)) && (!step->last || ends_clause(s, t));
}

static inline bool fits(const struct mp_sentence *s, const struct mp_try_step *step, uint32_t t)
{
    return mp_word_in(s->word[t], step->class) && has_place(s, step, t);
}

/* The steps from an anchor into one direction. Tokens are known by their distance from it, and sets
 * of them as bits by distance. */
struct way {
    const struct mp_sentence *s;
    const struct mp_try_step *anchor;
    unsigned n;
    int dir; /* 1 or -1 */
    uint32_t from;
    uint64_t within; /* the sentence */
};

EITHER_WAY uint32_t token_at(const struct way *w, unsigned d)
{
    return w->dir > 0 ? w->from + d : w->from - d;
}

/* Distances that can follow those in `at` over a gap. */
static inline uint64_t window(uint64_t at, unsigned gap)
{
    uint64_t w = at << 1;
    if ((at & (at - 1)) == 0) /* one, as mostly: a run of bits behind it */
        return ((2ull << gap) - 1) * w;
    for (unsigned i = 0; i < gap; i++)
        w |= w << 1;
    return w;
}

/* Two words stand next to each other; a heading's colon does not part them. */
EITHER_WAY bool touches(const struct way *w, unsigned d)
{
    enum mp_break before = w->s->token[w->dir > 0 ? w->from + d : w->from - d + 1].before;
    return before < MP_BREAK_COMMA || before == MP_BREAK_COLON;
}

/* Whether a gap before the token at distance d begins behind the nearest colon. */
EITHER_WAY bool gap_holds(const struct way *w, uint64_t reached, unsigned gap, unsigned d)
{
    const struct mp_sentence *s = w->s;
    uint32_t t = token_at(w, d), bound = w->dir > 0 ? s->from[t] : s->to[t];
    unsigned low = d > gap + 1 ? d - gap - 1 : 0;
    if (w->dir > 0 ? bound > w->from + low : bound < w->from - low)
        low = w->dir > 0 ? bound - w->from : w->from - bound;
    return low < d && (reached & ((1ull << d) - 1)) >> low;
}

/* Distances at which the words are of the step's class. They are asked without a branch, as nobody
 * could foretell it. */
EITHER_WAY uint64_t of_class(const struct way *w, uint64_t in, uint16_t class)
{
    uint64_t hit = 0;
    unsigned d = (unsigned)__builtin_ctzll(in), far = 63u - (unsigned)__builtin_clzll(in);
    for (; d <= far; d++)
        hit |= (uint64_t)mp_word_in(w->s->word[token_at(w, d)], class) << d;
    return hit & in;
}

/* Of those the ones at which the step may stand. */
EITHER_WAY uint64_t standing(const struct way *w, const struct mp_try_step *step, unsigned gap,
                             uint64_t reached, uint64_t hit)
{
    for (uint64_t left = hit; left; left &= left - 1) {
        unsigned d = (unsigned)__builtin_ctzll(left);
        if (!has_place(w->s, step, token_at(w, d)) ||
            (gap == 0 ? !touches(w, d) : w->s->from && !gap_holds(w, reached, gap, d)))
            hit &= ~(1ull << d);
    }
    return hit;
}

/*
 * True if all steps fit: *mask gets bit d for each token at distance d that a step took, *far the
 * distance of the farthest. All positions that can be reached are kept as bits, so the time is
 * bounded however many ways there are.
 */
EITHER_WAY bool outwards(const struct way *w, uint64_t *mask, unsigned *far)
{
    uint64_t reached[MP_PATTERN_LENGTH + 1], took[MP_PATTERN_LENGTH + 1];
    unsigned carried = 0; /* backwards, the gap behind a word that may be missing */
    reached[0] = 1;
    for (unsigned k = 1; k <= w->n; k++) {
        const struct mp_try_step *step = w->dir > 0 ? &w->anchor[k] : &w->anchor[-(int)k];
        unsigned gap = w->dir > 0 ? step->gap : step[1].gap;
        if (carried > gap)
            gap = carried;
        carried = w->dir < 0 && step->optional ? gap : 0;
        uint64_t in = window(reached[k - 1], gap) & w->within;
        uint64_t hit = in ? of_class(w, in, step->class) : 0;
        if (hit && (gap == 0 || step->placed || w->s->from))
            hit = standing(w, step, gap, reached[k - 1], hit);
        took[k] = hit;
        reached[k] = step->optional ? hit | reached[k - 1] : hit;
        if (!reached[k])
            return false;
    }
    unsigned d = (unsigned)__builtin_ctzll(took[w->n] ? took[w->n] : reached[w->n]);
    *far = d;
    *mask = 1;
    for (unsigned k = w->n; k > 0; k--) {
        if (!(took[k] >> d & 1))
            continue; /* an optional step that was left out */
        *mask |= 1ull << d;
        d = 63u - (unsigned)__builtin_clzll(reached[k - 1] & ((1ull << d) - 1));
    }
    return true;
}

/* All steps from the anchor into one direction. */
EITHER_WAY bool fits_way(const struct mp_sentence *s, const struct mp_try_step *anchor, unsigned n,
                         int dir, uint32_t t, uint64_t *mask, unsigned *far)
{
    unsigned available = dir > 0 ? s->last - t : t - s->first;
    struct way w = {s, anchor, n, dir, t, 0};
    *mask = 1;
    *far = 0;
    w.within = (2ull << (available < MP_FIT_SPAN ? available : MP_FIT_SPAN)) - 1;
    return n == 0 || outwards(&w, mask, far);
}

bool mp_fit(const struct mp_sentence *s, const struct mp_try *v, uint32_t t, struct mp_span *out)
{
    const struct mp_try_step *anchor = &v->step[v->anchor];
    uint64_t ahead, back;
    unsigned far_ahead, far_back;
    if (!has_place(s, anchor, t))
        return false;
    *out = (struct mp_span){t, t, 1};
    if (v->n == 1)
        return true;
    if (!fits_way(s, anchor, v->n - v->anchor - 1u, 1, t, &ahead, &far_ahead) ||
        !fits_way(s, anchor, v->anchor, -1, t, &back, &far_back) || far_back + far_ahead >= 64)
        return false; /* a mask cannot hold more */
    *out = (struct mp_span){t - far_back, t + far_ahead, ahead << far_back};
    for (back &= ~1ull; back; back &= back - 1)
        out->mask |= 1ull << (far_back - (unsigned)__builtin_ctzll(back));
    return true;
}
