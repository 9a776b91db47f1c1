/* How alike two reports are: the first level that fits, by comparison. */
#include "link/level.h"
#include "base/distance.h"
#include "base/similar.h"
#include "link/compare.h"

/* A value as tests see it. What its letters are is kept beside it (lib/base/similar.h). */
struct seen {
    struct mp_str text;
    mp_letters letters;
};

static struct seen value_of(const struct mp_link_reports *r, uint32_t value)
{
    const struct mp_map_entry *e = &r->values.entries[value - 1];
    return (struct seen){e->key, e->value};
}

/* Initials are exchanged in too many names. */
static bool is_swapped(const struct mp_link_reports *r, const struct mp_link_report *a,
                       const struct mp_link_report *b, size_t field, size_t with)
{
    return a->values[field] == b->values[with] && a->values[with] == b->values[field] &&
           value_of(r, a->values[field]).text.n > 2 && value_of(r, b->values[field]).text.n > 2;
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

enum { DATE = 8 };

/* Eight digits of a date, year first; false if it is none. */
static bool digits_of(struct mp_str date, char digits[static DATE])
{
    size_t n = 0;
    for (size_t i = 0; i < date.n; i++) {
        bool digit = date.p[i] >= '0' && date.p[i] <= '9';
        if ((!digit && date.p[i] != '-') || (digit && n == DATE))
            return false;
        if (digit)
            digits[n++] = date.p[i];
    }
    return n == DATE;
}

static bool is_day_month(struct mp_str a, struct mp_str b)
{
    char x[DATE], y[DATE];
    return digits_of(a, x) && digits_of(b, y) && memcmp(x, y, 4) == 0 &&
           memcmp(x + 4, y + 6, 2) == 0 && memcmp(x + 6, y + 4, 2) == 0;
}

static bool has_other_digits(struct mp_str a, struct mp_str b, size_t most)
{
    size_t other = 0;
    for (size_t i = 0; a.n == b.n && i < a.n; i++)
        other += a.p[i] != b.p[i];
    return a.n == b.n && other <= most;
}

static bool starts_alike(struct mp_str a, struct mp_str b, size_t n)
{
    return a.n >= n && b.n >= n && memcmp(a.p, b.p, n) == 0;
}

static bool is_near(struct mp_str a, struct mp_str b, size_t most)
{
    int64_t x, y;
    return mp_rec_int_of(a, &x) && mp_rec_int_of(b, &y) &&
           (x < y ? (uint64_t)y - (uint64_t)x : (uint64_t)x - (uint64_t)y) <= most;
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

/* Short words have too many neighbours. */
static bool is_edited(const struct seen *a, const struct seen *b, size_t most)
{
    size_t longer = a->text.n > b->text.n ? a->text.n : b->text.n;
    return a->text.n > 3 * most && b->text.n > 3 * most &&
           longer - mp_letters_shared(a->letters, b->letters) <= most &&
           mp_distance(a->text, b->text, false, (unsigned)most) <= most;
}

static bool is_similar(const struct seen *a, const struct seen *b, double least)
{
    unsigned shared = mp_letters_shared(a->letters, b->letters);
    return mp_jaro_winkler_most(a->text.n, b->text.n, shared) >= least &&
           mp_jaro_winkler(a->text, b->text) >= least;
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

static bool fits(const struct mp_link_level *l, const struct seen *x, const struct seen *y)
{
    struct mp_str a = x->text, b = y->text;
    switch (l->test) {
    case MP_LINK_INITIAL:
        return is_initial(a, b);
    case MP_LINK_PART:
        return is_part(a, b);
    case MP_LINK_SIMILAR:
        return is_similar(x, y, l->least);
    case MP_LINK_EDITS:
        return is_edited(x, y, l->most);
    case MP_LINK_DAY_MONTH:
        return is_day_month(a, b);
    case MP_LINK_DIGITS:
        return has_other_digits(a, b, l->most);
    case MP_LINK_START:
        return starts_alike(a, b, l->most);
    case MP_LINK_NEAR:
        return is_near(a, b, l->most);
    default:
        return false;
    }
}

static bool are_near(const struct mp_link_reports *r, uint32_t x, uint32_t y, size_t most)
{
    return x && y && (x == y || is_near(value_of(r, x).text, value_of(r, y).text, most));
}

static bool is_at(const struct mp_link_reports *r, const struct mp_link_level *l,
                  const struct mp_link_report *a, const struct mp_link_report *b)
{
    uint32_t x = a->values[l->of], y = b->values[l->of];
    if (!x || !y || (l->and &&!are_near(r, a->values[l->and -1], b->values[l->and -1], l->apart)))
        return false;
    if (l->test == MP_LINK_SAME_VALUE)
        return x == y;
    if (l->test == MP_LINK_SWAPPED)
        return is_swapped(r, a, b, l->of, l->with);
    struct seen p = value_of(r, x), q = value_of(r, y);
    return fits(l, &p, &q);
}

static unsigned level_of(const struct mp_link_reports *r, const struct mp_link_comparison *c,
                         const struct mp_link_report *a, const struct mp_link_report *b)
{
    if (!a->values[c->field] || !b->values[c->field])
        return 0;
    for (unsigned i = 0; i < c->n_levels; i++)
        if (is_at(r, &c->levels[i], a, b))
            return i + 1;
    return (unsigned)c->n_levels + 1;
}

uint64_t mp_link_levels(const struct mp_link_reports *r, const struct mp_link_report *a,
                        const struct mp_link_report *b)
{
    uint64_t levels = 0;
    for (size_t i = 0; i < r->model->n_comparisons; i++)
        levels |= (uint64_t)level_of(r, &r->model->comparisons[i], a, b) << 4 * i;
    for (size_t i = 0; i < r->model->n_comparisons; i++) {
        const struct mp_link_comparison *c = &r->model->comparisons[i];
        unsigned level = mp_link_level_of(levels, i);
        if (level > 0 && level <= c->n_levels && c->levels[level - 1].covers)
            levels &= ~(15ull << 4 * (c->levels[level - 1].covers - 1));
    }
    return levels;
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
    if (l->and) {
        mp_buf_addc(b, ' ');
        mp_buf_addstr(b, m->fields[l->and -1].name);
        mp_buf_addf(b, " %zu", l->apart);
    }
}
