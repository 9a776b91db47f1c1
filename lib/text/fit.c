/* Tries the steps of a variant outwards from its anchor. */
#include "text/fit.h"

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

/* Where steps are tried. Tokens are known by their distance from the anchor, and sets of them as
 * bits by distance. */
struct way {
    const struct mp_sentence *s;
    uint32_t from;
};

static inline uint32_t token_at(const struct way *w, bool back, unsigned d)
{
    return w->from + (back ? 0 - d : d);
}

/* Tokens of the sentence in that direction. */
static inline uint32_t available(const struct way *w, bool back)
{
    uint32_t n = back ? w->from - w->s->first : w->s->last - w->from;
    return n < MP_FIT_SPAN ? n : MP_FIT_SPAN;
}

/* Distances that can follow those in `at` over a gap. */
static uint64_t window(uint64_t at, unsigned gap)
{
    uint64_t w = at << 1;
    if ((at & (at - 1)) == 0) /* one, as mostly: a run of bits behind it */
        return ((2ull << gap) - 1) * w;
    for (unsigned i = 0; i < gap; i++)
        w |= w << 1;
    return w;
}

/* Two words stand next to each other; a heading's colon does not part them. */
static bool touches(const struct way *w, bool back, unsigned d)
{
    enum mp_break before = w->s->token[token_at(w, back, d) + back].before;
    return before < MP_BREAK_COMMA || before == MP_BREAK_COLON;
}

/* Whether a gap before the token at distance d begins behind the nearest colon. */
static bool gap_holds(const struct way *w, const struct mp_try_step *step, uint64_t reached,
                      unsigned d)
{
    const struct mp_sentence *s = w->s;
    uint32_t t = token_at(w, step->back, d), bound = step->back ? s->to[t] : s->from[t];
    unsigned low = d > step->gap + 1u ? d - step->gap - 1 : 0;
    if (step->back ? bound < w->from - low : bound > w->from + low)
        low = step->back ? w->from - bound : bound - w->from;
    return low < d && (reached & ((1ull << d) - 1)) >> low;
}

/* Of n words from distance `near` on those that are of the step's class. They are asked without a
 * branch, as nobody could foretell it. */
static inline uint64_t of_class(const struct way *w, const struct mp_try_step *step, unsigned near,
                                unsigned n)
{
    const struct mp_word **word = &w->s->word[token_at(w, step->back, near + n - 1)];
    ptrdiff_t nearer = step->back ? 1 : -1;
    uint64_t hit = 0;
    for (; n > 0; n--, word += nearer)
        hit = hit << 1 | mp_word_in(*word, step->class);
    return hit << near;
}

/* Of those the ones at which the step may stand. */
static __attribute__((noinline)) uint64_t
standing(const struct way *w, const struct mp_try_step *step, uint64_t reached, uint64_t hit)
{
    for (uint64_t left = hit; left; left &= left - 1) {
        unsigned d = (unsigned)__builtin_ctzll(left);
        if (!has_place(w->s, step, token_at(w, step->back, d)) ||
            (step->gap == 0 ? !touches(w, step->back, d)
                            : w->s->from && !gap_holds(w, step, reached, d)))
            hit &= ~(1ull << d);
    }
    return hit;
}

/* Where the step is that follows the anchor. */
static inline uint64_t find_first(const struct way *w, const struct mp_try_step *step)
{
    uint32_t n = available(w, step->back);
    uint64_t hit = of_class(w, step, 1, step->gap < n ? step->gap + 1u : n);
    return (hit != 0) & (step->strict | (w->s->from != NULL)) ? standing(w, step, 1, hit) : hit;
}

/* Where the step is that follows one of those before. */
static uint64_t find_next(const struct way *w, const struct mp_try_step *step, uint64_t before)
{
    uint64_t in = window(before, step->gap) & ((2ull << available(w, step->back)) - 1);
    if (!in)
        return 0;
    unsigned near = (unsigned)__builtin_ctzll(in), far = 63u - (unsigned)__builtin_clzll(in);
    uint64_t hit = of_class(w, step, near, far - near + 1) & in;
    return (hit != 0) & (step->strict | (w->s->from != NULL)) ? standing(w, step, before, hit)
                                                              : hit;
}

/* All positions that steps can reach are kept as bits, by step, so the time is bounded however
 * many ways there are. */
struct found {
    uint64_t took[MP_PATTERN_LENGTH], reached[MP_PATTERN_LENGTH]; /* 0: the anchor */
};

/* What the steps before step k reached. */
static uint64_t reached_before(const struct mp_try *v, const struct found *f, unsigned k)
{
    return f->reached[v->step[k].turns ? 0 : k - 1];
}

static bool find_steps(const struct way *w, const struct mp_try *v, uint64_t first, struct found *f)
{
    f->reached[0] = 1;
    f->took[1] = first;
    f->reached[1] = first | v->step[1].optional;
    for (unsigned k = 2; k < v->n; k++) {
        const struct mp_try_step *step = &v->step[k];
        uint64_t before = reached_before(v, f, k);
        uint64_t hit = step->turns ? find_first(w, step) : find_next(w, step, before);
        f->took[k] = hit;
        f->reached[k] = hit | (before & -(uint64_t)step->optional);
        if (!f->reached[k])
            return false;
    }
    return true;
}

/* The nearest places of the steps of the direction whose last is step *k, as bits; *k becomes the
 * last of the direction before. */
static uint64_t choose(const struct mp_try *v, const struct found *f, unsigned *k)
{
    uint64_t mask = 0;
    unsigned d = (unsigned)__builtin_ctzll(f->took[*k] ? f->took[*k] : f->reached[*k]);
    for (bool turned = false; !turned; --*k) {
        turned = v->step[*k].turns;
        if (!(f->took[*k] >> d & 1))
            continue; /* an optional step that was left out */
        mask |= 1ull << d;
        d = 63u - (unsigned)__builtin_clzll(reached_before(v, f, *k) & ((1ull << d) - 1));
    }
    return mask;
}

/* The same when the step next to the anchor was found. */
static __attribute__((noinline)) bool fit_from(const struct way *w, const struct mp_try *v,
                                               uint64_t first, struct mp_span *out)
{
    struct found f;
    uint64_t mask[2] = {1, 0}; /* ahead, back */
    unsigned far[2] = {0, 0};
    if (!find_steps(w, v, first, &f))
        return false;
    for (unsigned k = v->n - 1u; k > 0;) {
        bool back = v->step[k].back;
        mask[back] |= choose(v, &f, &k);
        far[back] = mask[back] ? 63u - (unsigned)__builtin_clzll(mask[back]) : 0;
    }
    if (far[0] + far[1] >= 64)
        return false; /* a mask cannot hold more */
    *out = (struct mp_span){w->from - far[1], w->from + far[0], mask[0] << far[1]};
    for (; mask[1]; mask[1] &= mask[1] - 1)
        out->mask |= 1ull << (far[1] - (unsigned)__builtin_ctzll(mask[1]));
    return true;
}

bool mp_fit(const struct mp_sentence *s, const struct mp_try *v, uint32_t t, struct mp_span *out)
{
    struct way w = {s, t};
    if (!has_place(s, &v->step[0], t))
        return false;
    *out = (struct mp_span){t, t, 1};
    if (v->n == 1)
        return true;
    uint64_t first = find_first(&w, &v->step[1]); /* where most that do not fit fail */
    return (first || v->step[1].optional) && fit_from(&w, v, first, out);
}
