/* Tries the steps of a variant outwards from its anchor. */
#include "text/fit.h"

static bool begins_clause(const struct mp_sentence *s, uint32_t t)
{
    return t == s->n || s->token[t].before >= MP_BREAK_COMMA;
}

static struct mp_way reversed(const struct mp_way *w)
{
    return (struct mp_way){mp_bits_reversed(w->all),
                           mp_bits_reversed(w->begins),
                           mp_bits_reversed(w->ends),
                           {mp_bits_reversed(w->stop[0]), mp_bits_reversed(w->stop[1])}};
}

void mp_fit_look_from(struct mp_sentence *s, uint32_t base)
{
    uint32_t n = s->last - base < MP_FIT_WINDOW ? s->last - base + 1 : MP_FIT_WINDOW;
    uint64_t breaks = 0, colons = 0, one = 1;
    for (const struct mp_token *k = &s->token[base]; k < &s->token[base + n]; k++, one <<= 1) {
        breaks |= k->before >= MP_BREAK_COMMA ? one : 0;
        colons |= k->before == MP_BREAK_COLON ? one : 0;
    }
    uint64_t last = 1ull << (n - 1), all = last | (last - 1), beside = ~breaks | colons;
    uint64_t ends = breaks >> 1 | (begins_clause(s, base + n) ? last : 0);
    struct mp_way back = {all, breaks, ends, {~(beside >> 1), colons >> 1}};
    s->base = base;
    s->way[0] = (struct mp_way){all, breaks, ends, {~beside, colons}};
    s->way[1] = reversed(&back);
}

/* In a long sentence, those around the token t. */
static __attribute__((noinline)) void look_around(struct mp_sentence *s, uint32_t t)
{
    bool fine = (t >= s->base + MP_FIT_SPAN || s->base == s->first) &&
                (t + MP_FIT_SPAN < s->base + MP_FIT_WINDOW || s->base + MP_FIT_WINDOW > s->last) &&
                t >= s->base && t < s->base + MP_FIT_WINDOW;
    uint32_t base = t > s->first + MP_FIT_SPAN ? t - MP_FIT_SPAN : s->first;
    if (!fine)
        mp_fit_look_from(s, base < s->last - (MP_FIT_WINDOW - 1) ? base
                                                                 : s->last - (MP_FIT_WINDOW - 1));
}

/* What can follow those in `before` over a gap, or next to them. */
static inline uint64_t behind(const struct mp_way *w, uint64_t before, unsigned gap)
{
    uint64_t next = before << 1, stop = w->stop[gap > 0], end = stop | next << (gap + 1);
    if ((before & (before - 1)) == 0) /* one, as mostly: all from it to the next end, as a borrow */
        return (end - next) & ~end & w->all;
    for (next &= ~stop; gap > 0; gap--)
        next |= next << 1 & ~stop;
    return next & w->all;
}

/* Those in `in` that are of the class. Words are asked without a branch, as nobody could foretell
 * it. */
static inline uint64_t of_class(const struct mp_sentence *s, const struct mp_try_step *step,
                                uint64_t in)
{
    if (!in)
        return 0;
    unsigned near = (unsigned)__builtin_ctzll(in), far = 63u - (unsigned)__builtin_clzll(in);
    const struct mp_word **word = &s->word[s->base + (far ^ step->back * 63u)];
    ptrdiff_t nearer = step->back * 2 - 1;
    if (near == far)
        return in & -(uint64_t)mp_word_in(*word, step->class);
    uint64_t hit = 0;
    for (unsigned n = far - near + 1; n > 0; n--, word += nearer)
        hit = hit << 1 | mp_word_in(*word, step->class);
    return hit << near & in;
}

static uint64_t with_place(const struct mp_way *w, const struct mp_try_step *step, uint64_t hit)
{
    return hit & (step->first ? w->begins : ~0ull) & (step->last ? w->ends : ~0ull);
}

/* By step: what it took, and what was reached then, as it may be left out. All positions are kept,
 * so the time is bounded however many ways there are. */
struct found {
    uint64_t took[MP_PATTERN_LENGTH], reached[MP_PATTERN_LENGTH];
};

static inline uint64_t lowest(uint64_t bits)
{
    return bits & -bits;
}

static inline uint64_t highest(uint64_t bits)
{
    return bits ? 1ull << 63 >> __builtin_clzll(bits) : 0;
}

/* The nearest places of the steps of the direction whose last is step *k; *k becomes the last of
 * the direction before. */
static inline uint64_t choose(const struct mp_try *v, const struct found *f, uint64_t anchor,
                              unsigned *k)
{
    uint64_t mask = 0, at = lowest(f->took[*k] ? f->took[*k] : f->reached[*k]);
    for (bool turned = false; !turned; --*k) {
        turned = v->step[*k].turns;
        if (!(f->took[*k] & at))
            continue; /* it was left out */
        mask |= at;
        at = highest((turned ? anchor : f->reached[*k - 1]) & (at - 1));
    }
    return mask;
}

/* The anchor, as steps of that direction see it. */
static inline uint64_t anchor(unsigned at, bool back)
{
    return 1ull << (at ^ back * 63u);
}

static inline bool find(const struct mp_sentence *s, const struct mp_try *v, unsigned at,
                        struct found *f)
{
    uint64_t before = 0;
    for (unsigned k = 1, n = v->n; k < n; k++) {
        const struct mp_try_step *step = &v->step[k];
        const struct mp_way *w = &s->way[step->back];
        before = step->turns ? anchor(at, step->back) : before;
        uint64_t hit = of_class(s, step, behind(w, before, step->gap));
        if (step->placed)
            hit = with_place(w, step, hit);
        before = hit | (step->optional ? before : 0);
        if (!before)
            return false;
        f->took[k] = hit;
        f->reached[k] = before;
    }
    return true;
}

bool mp_fit(struct mp_sentence *s, const struct mp_try *v, uint32_t t, struct mp_span *out)
{
    struct found f;
    if (__builtin_expect(s->last - s->first >= MP_FIT_WINDOW, 0))
        look_around(s, t);
    const unsigned at = t - s->base;
    if ((v->step[0].placed && !with_place(&s->way[0], &v->step[0], 1ull << at)) ||
        !find(s, v, at, &f))
        return false;
    uint64_t mask[2] = {1ull << at, 0};
    for (unsigned k = v->n - 1u; k > 0;) {
        bool back = v->step[k].back;
        mask[back] |= choose(v, &f, anchor(at, back), &k);
    }
    uint64_t all = mask[0] | mp_bits_reversed(mask[1]);
    unsigned first = (unsigned)__builtin_ctzll(all), last = 63u - (unsigned)__builtin_clzll(all);
    *out = (struct mp_span){s->base + first, s->base + last, all >> first};
    return true;
}
