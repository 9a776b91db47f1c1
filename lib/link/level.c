/* How alike two reports are: the first level that fits, by comparison. */
#include "link/level.h"
#include "base/distance.h"
#include "base/similar.h"
#include "link/compare.h"

/* Two values of a field, and what was found out of them: several levels ask the same. Below 0: not
 * asked yet. */
struct both {
    const struct mp_link_term *x, *y;
    int shared;         /* letters that they may have in common */
    int other;          /* letters or digits that differ, of texts as long as each other */
    double most, alike; /* by Jaro-Winkler: at most, and really */
    int64_t gap;        /* between two numbers; GAP_NONE: they are none */
};

static const int64_t GAP_NONE = INT64_MAX;

static struct both both_of(const struct mp_link_reports *r, uint32_t x, uint32_t y)
{
    return (struct both){.x = mp_link_term_of(&r->rows.values, x),
                         .y = mp_link_term_of(&r->rows.values, y),
                         .shared = -1,
                         .other = -1,
                         .most = -1,
                         .alike = -1,
                         .gap = -1};
}

static struct mp_str text(const struct mp_link_term *v)
{
    return (struct mp_str){v->p, v->n};
}

/* Initials are exchanged in too many names. */
static bool is_swapped(const struct mp_link_reports *r, const uint32_t *a, const uint32_t *b,
                       size_t field, size_t with)
{
    return a[field] == b[with] && a[with] == b[field] &&
           mp_link_term_of(&r->rows.values, a[field])->n > 2 &&
           mp_link_term_of(&r->rows.values, b[field])->n > 2;
}

/* The next word of words parted by one blank; what is left of `text` begins behind it. */
static struct mp_str next_word(struct mp_str *text)
{
    const char *blank = memchr(text->p, ' ', text->n);
    struct mp_str word = {text->p, blank ? (size_t)(blank - text->p) : text->n};
    size_t used = word.n + (blank != NULL);
    *text = (struct mp_str){text->p + used, text->n - used};
    return word;
}

static bool has_word(struct mp_str text, struct mp_str word)
{
    while (text.n)
        if (mp_str_eq(next_word(&text), word))
            return true;
    return false;
}

static bool has_words(struct mp_str text, struct mp_str words)
{
    while (words.n)
        if (!has_word(text, next_word(&words)))
            return false;
    return true;
}

static bool is_day_month(const struct mp_link_term *x, const struct mp_link_term *y)
{
    uint32_t a = x->digits, b = y->digits;
    return x->date && y->date && a % 100 == b / 100 % 100 && a / 100 % 100 == b % 100 &&
           a / 10000 == b / 10000;
}

static bool has_other_digits(struct both *v, size_t most)
{
    if (v->x->n != v->y->n)
        return false;
    if (v->other < 0) {
        v->other = 0;
        for (size_t i = 0; i < v->x->n; i++)
            v->other += v->x->p[i] != v->y->p[i];
    }
    return (size_t)v->other <= most;
}

static bool starts_alike(struct mp_str a, struct mp_str b, size_t n)
{
    return a.n >= n && b.n >= n && memcmp(a.p, b.p, n) == 0;
}

static int64_t gap_of(const struct mp_link_term *a, const struct mp_link_term *b)
{
    int64_t x = a->digits, y = b->digits;
    bool numbers =
        (a->number || mp_rec_int_of(text(a), &x)) && (b->number || mp_rec_int_of(text(b), &y));
    return !numbers ? GAP_NONE : x < y ? y - x : x - y; /* they have 18 digits at most */
}

static bool is_near(struct both *v, size_t most)
{
    if (v->gap < 0)
        v->gap = gap_of(v->x, v->y);
    return v->gap != GAP_NONE && (uint64_t)v->gap <= most;
}

/* Word by word, one is the letter that the other begins with, or both are the same letter or word;
 * a name may go on. */
static bool is_initial(struct mp_str a, struct mp_str b)
{
    bool letter = false;
    if (a.n == 0 || b.n == 0 || a.p[0] != b.p[0])
        return false;
    while (a.n && b.n) {
        struct mp_str x = next_word(&a), y = next_word(&b);
        if (mp_link_differ(x, y))
            return false;
        letter |= mp_link_is_letter(x) || mp_link_is_letter(y);
    }
    return letter;
}

static unsigned shared(struct both *v)
{
    if (v->shared < 0)
        v->shared = (int)mp_letters_shared(v->x->letters, v->y->letters);
    return (unsigned)v->shared;
}

/* Short words have too many neighbours. */
static bool is_edited(struct both *v, size_t most)
{
    size_t longer = v->x->n > v->y->n ? v->x->n : v->y->n;
    return v->x->n > 3 * most && v->y->n > 3 * most && longer - shared(v) <= most &&
           mp_distance(text(v->x), text(v->y), false, (unsigned)most) <= most;
}

static bool is_similar(struct both *v, double least)
{
    if (v->most < 0)
        v->most = mp_jaro_winkler_most(v->x->n, v->y->n, shared(v));
    if (v->most < least)
        return false;
    if (v->alike < 0)
        v->alike = mp_jaro_winkler(text(v->x), text(v->y));
    return v->alike >= least;
}

static bool has_blank(struct mp_str text)
{
    return memchr(text.p, ' ', text.n) != NULL;
}

static bool is_part(struct mp_str a, struct mp_str b)
{
    return (has_blank(a) || has_blank(b)) && (has_words(a, b) || has_words(b, a));
}

bool mp_link_unlike(struct mp_str a, struct mp_str b, double least)
{
    return !mp_str_eq(a, b) && !is_initial(a, b) && !is_part(a, b) &&
           mp_distance(a, b, false, 1) > 1 && mp_jaro_winkler(a, b) < least;
}

static bool fits(const struct mp_link_level *l, struct both *v)
{
    const struct mp_link_term *x = v->x, *y = v->y;
    switch (l->test) {
    case MP_LINK_INITIAL:
        return (x->letter || y->letter) && is_initial(text(x), text(y));
    case MP_LINK_PART:
        return (x->blank || y->blank) && is_part(text(x), text(y));
    case MP_LINK_SIMILAR:
        return is_similar(v, l->least);
    case MP_LINK_EDITS:
        return is_edited(v, l->most);
    case MP_LINK_DAY_MONTH:
        return is_day_month(x, y);
    case MP_LINK_DIGITS:
        return has_other_digits(v, l->most);
    case MP_LINK_START:
        return starts_alike(text(x), text(y), l->most);
    case MP_LINK_NEAR:
        return is_near(v, l->most);
    default:
        return false;
    }
}

/* Numbers of the other field that a level asks for lie near each other, too. */
static bool are_near(const struct mp_link_reports *r, uint32_t x, uint32_t y, size_t most)
{
    if (!x || !y || x == y)
        return x && y;
    struct both v = both_of(r, x, y);
    return is_near(&v, most);
}

static bool is_at(const struct mp_link_reports *r, const struct mp_link_comparison *c,
                  const struct mp_link_level *l, const uint32_t *a, const uint32_t *b,
                  struct both *own)
{
    uint32_t x = a[l->of], y = b[l->of];
    if (l->test == MP_LINK_SAME_VALUE)
        return x && x == y;
    if (!x || !y)
        return false;
    if (l->test == MP_LINK_SWAPPED)
        return is_swapped(r, a, b, l->of, l->with);
    if (l->of == c->field)
        return fits(l, own);
    struct both other = both_of(r, x, y);
    return fits(l, &other);
}

static unsigned level_of(const struct mp_link_reports *r, const struct mp_link_comparison *c,
                         const uint32_t *a, const uint32_t *b)
{
    uint32_t x = a[c->field], y = b[c->field];
    if (!x || !y)
        return 0;
    struct both own = both_of(r, x, y);
    for (unsigned i = 0; i < c->n_levels; i++) {
        const struct mp_link_level *l = &c->levels[i];
        if (is_at(r, c, l, a, b, &own) &&
            (!l->also || are_near(r, a[l->also - 1], b[l->also - 1], l->apart)))
            return i + 1;
    }
    return (unsigned)c->n_levels + 1;
}

uint64_t mp_link_levels(const struct mp_link_reports *r, const uint32_t *a, const uint32_t *b)
{
    uint64_t levels = 0, covered = 0;
    for (size_t i = 0; i < r->model->n_comparisons; i++) {
        const struct mp_link_comparison *c = &r->model->comparisons[i];
        if (covered >> 4 * i & 1)
            continue;
        unsigned level = level_of(r, c, a, b);
        levels |= (uint64_t)level << 4 * i;
        if (level > 0 && level <= c->n_levels && c->levels[level - 1].covers)
            covered |= 15ull << 4 * (c->levels[level - 1].covers - 1);
    }
    return levels & ~covered;
}

void mp_link_level_add_name(struct mp_buf *b, const struct mp_link_model *m, size_t k,
                            unsigned level)
{
    const struct mp_link_comparison *c = &m->comparisons[k];
    if (level == 0 || level > c->n_levels) {
        mp_buf_adds(b, level ? "none" : "unknown");
        return;
    }
    const struct mp_link_level *l = &c->levels[level - 1];
    mp_buf_adds(b, mp_link_test_names[l->test]);
    if (l->of != c->field) {
        mp_buf_addc(b, ' ');
        mp_buf_addstr(b, m->fields[l->of].name);
    }
    if (l->test == MP_LINK_SIMILAR)
        mp_buf_addf(b, " %.3g", l->least);
    if (l->most)
        mp_buf_addf(b, " %zu", l->most);
    if (l->also) {
        mp_buf_addc(b, ' ');
        mp_buf_addstr(b, m->fields[l->also - 1].name);
        mp_buf_addf(b, " %zu", l->apart);
    }
}
