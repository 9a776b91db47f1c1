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

static inline bool has_place(const struct mp_sentence *s, const struct mp_step *step, uint32_t t)
{
    return (!step->first || begins_clause(s, t)) && (!step->last || ends_clause(s, t));
}

static inline bool fits(const struct mp_sentence *s, const struct mp_step *step, uint32_t t)
{
    return mp_word_in(s->word[t], step->class) && has_place(s, step, t);
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
static bool touches(const struct mp_sentence *s, uint32_t second)
{
    return s->token[second].before < MP_BREAK_COMMA || s->token[second].before == MP_BREAK_COLON;
}

/* The steps from an anchor into one direction: step(k) is the k-th, gap(k) the words that may
 * stand between it and the one before. */
struct way {
    const struct mp_sentence *s;
    const struct mp_step *anchor;
    unsigned n;
    int dir; /* 1 or -1 */
    uint32_t from;
    unsigned available; /* tokens */
};

EITHER_WAY const struct mp_step *step_at(const struct way *w, unsigned k)
{
    return w->dir > 0 ? &w->anchor[k] : &w->anchor[-(int)k];
}

EITHER_WAY unsigned gap_at(const struct way *w, unsigned k)
{
    return w->dir > 0 ? w->anchor[k].gap : w->anchor[1 - (int)k].gap;
}

EITHER_WAY uint32_t token_at(const struct way *w, unsigned d)
{
    return w->dir > 0 ? w->from + d : w->from - d;
}

/* Whether a gap before the token at distance d begins behind the nearest colon. */
EITHER_WAY bool gap_holds(const struct way *w, uint64_t reached, unsigned gap, unsigned d)
{
    const struct mp_sentence *s = w->s;
    if (!s->from)
        return true;
    uint32_t t = token_at(w, d), bound = w->dir > 0 ? s->from[t] : s->to[t];
    unsigned low = d > gap + 1 ? d - gap - 1 : 0;
    if (w->dir > 0 ? bound > w->from + low : bound < w->from - low)
        low = w->dir > 0 ? bound - w->from : w->from - bound;
    return low < d && (reached & ((1ull << d) - 1)) >> low;
}

/* Whether a word that fits the step at distance d may stand there. */
EITHER_WAY bool may_stand(const struct way *w, const struct mp_step *step, unsigned d, unsigned gap,
                          uint64_t reached)
{
    uint32_t t = token_at(w, d);
    return has_place(w->s, step, t) &&
           (gap == 0 ? touches(w->s, w->dir > 0 ? t : t + 1) : gap_holds(w, reached, gap, d));
}

/* Steps that stand next to each other, as most do: how many fit, or n + 1 if one does not. */
EITHER_WAY unsigned next_to(const struct way *w)
{
    unsigned k = 1;
    for (; k <= w->n && gap_at(w, k) == 0 && !step_at(w, k)->optional; k++) {
        uint32_t t = token_at(w, k);
        if (k > w->available || !fits(w->s, step_at(w, k), t) ||
            !touches(w->s, w->dir > 0 ? t : t + 1))
            return w->n + 1;
    }
    return k - 1;
}

/*
 * True if all steps fit: *mask gets bit d for each token at distance d that a step took, *far the
 * distance of the farthest. All positions that can be reached are kept as bits, so the time is
 * bounded however many ways there are.
 */
EITHER_WAY bool outwards(const struct way *w, uint64_t *mask, unsigned *far)
{
    uint64_t reached[MP_PATTERN_LENGTH + 1], took[MP_PATTERN_LENGTH + 1];
    unsigned done = next_to(w),
             carried = 0; /* backwards, the gap behind a word that may be missing */
    if (done > w->n)
        return false;
    *mask = (2ull << done) - 1;
    *far = done;
    if (done == w->n)
        return true;
    reached[done] = 1ull << done;
    for (unsigned k = done + 1; k <= w->n; k++) {
        const struct mp_step *step = step_at(w, k);
        unsigned gap = gap_at(w, k);
        if (carried > gap)
            gap = carried;
        carried = w->dir < 0 && step->optional ? gap : 0;
        uint64_t hit = 0;
        for (uint64_t try = window(reached[k - 1], gap, w->available); try; try &= try - 1) {
            unsigned d = (unsigned)__builtin_ctzll(try);
            if (mp_word_in(w->s->word[token_at(w, d)], step->class) &&
                may_stand(w, step, d, gap, reached[k - 1]))
                hit |= 1ull << d;
        }
        took[k] = hit;
        reached[k] = step->optional ? hit | reached[k - 1] : hit;
        if (!reached[k])
            return false;
    }
    unsigned d = (unsigned)__builtin_ctzll(took[w->n] ? took[w->n] : reached[w->n]);
    *far = d;
    for (unsigned k = w->n; k > done; k--) {
        if (!(took[k] >> d & 1))
            continue; /* an optional step that was left out */
        *mask |= 1ull << d;
        uint64_t nearer = reached[k - 1] & ((1ull << d) - 1);
        d = 63u - (unsigned)__builtin_clzll(nearer);
    }
    return true;
}

/* All steps from the anchor into one direction. */
EITHER_WAY bool fits_way(const struct mp_sentence *s, const struct mp_step *anchor, unsigned n,
                         int dir, uint32_t t, uint64_t *mask, unsigned *far)
{
    struct way w = {s, anchor, n, dir, t, dir > 0 ? s->last - t : t - s->first};
    *mask = 1;
    *far = 0;
    if (n == 0)
        return true;
    if (w.available > MP_FIT_SPAN)
        w.available = MP_FIT_SPAN;
    return outwards(&w, mask, far);
}

bool mp_fit(const struct mp_sentence *s, const struct mp_step *steps, unsigned n, unsigned anchor,
            uint32_t t, struct mp_span *out)
{
    uint64_t ahead, back;
    unsigned far_ahead, far_back;
    *out = (struct mp_span){t, t, 1};
    if (n == 1)
        return has_place(s, steps, t);
    if (!has_place(s, &steps[anchor], t) ||
        !fits_way(s, &steps[anchor], n - anchor - 1, 1, t, &ahead, &far_ahead) ||
        !fits_way(s, &steps[anchor], anchor, -1, t, &back, &far_back) || far_back + far_ahead >= 64)
        return false; /* a mask cannot hold more */
    *out = (struct mp_span){t - far_back, t + far_ahead, ahead << far_back};
    for (unsigned d = 1; d <= far_back; d++)
        if (back >> d & 1)
            out->mask |= 1ull << (far_back - d);
    return true;
}
