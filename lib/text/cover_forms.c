/* Forms that hold others. */
#include "text/cover_forms.h"

struct form {
    struct mp_str stem;
    bool front, behind; /* a star stands there */
    bool expression;
    bool errors; /* words with typing errors count as well */
};

/* Takes the first line off. */
static struct mp_str next_line(struct mp_str *lines)
{
    const char *end = memchr(lines->p, '\n', lines->n);
    struct mp_str line = {lines->p, end ? (size_t)(end - lines->p) : lines->n};
    lines->p += line.n + (end != NULL);
    lines->n -= line.n + (end != NULL);
    return line;
}

static bool has_digit(struct mp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return true;
    return false;
}

/* As mp_words_use takes it. */
static struct form parse(struct mp_str s)
{
    struct form f = {.stem = s};
    if (s.n > 2 && s.p[0] == '/' && s.p[s.n - 1] == '/') {
        f.expression = true;
        return f;
    }
    bool exact = s.p[0] == '=';
    s.p += exact, s.n -= exact;
    f.front = s.n > 1 && s.p[0] == '*';
    s.p += f.front, s.n -= f.front;
    f.behind = s.n > 1 && s.p[s.n - 1] == '*';
    s.n -= f.behind;
    f.stem = s;
    f.errors = !exact && !f.front && s.n >= MP_TYPO_ONE && !has_digit(s);
    return f;
}

/* Whether each word that `b` fits `a` fits, too, but for typing errors. */
static bool fits_all(const struct form *a, const struct form *b)
{
    struct mp_str x = a->stem, y = b->stem;
    if (a->expression || b->expression || x.n > y.n || (b->front && !a->front) ||
        (b->behind && !a->behind))
        return false;
    if (a->front && a->behind)
        return memmem(y.p, y.n, x.p, x.n) != NULL;
    if (a->front)
        return memcmp(x.p, y.p + y.n - x.n, x.n) == 0;
    return memcmp(x.p, y.p, x.n) == 0 && (a->behind || x.n == y.n);
}

/* Whether a form may fit words of others: most fit one alone. */
static bool is_wide(struct mp_str s)
{
    return s.p[0] == '*' || s.p[0] == '=' || s.p[s.n - 1] == '*';
}

/* Whether one of the other forms says all that `s` does, if no typing errors are looked for near
 * it: these stand near one form and not near another. */
static bool is_held(struct mp_str s, struct mp_str forms)
{
    struct form f = parse(s);
    bool held = false;
    while (!f.errors && !held && forms.n) {
        struct mp_str line = next_line(&forms);
        if (s.p[0] == '=' || is_wide(line)) {
            struct form other = parse(line);
            held = fits_all(&other, &f);
        }
    }
    return held;
}

bool mp_forms_within(struct mp_str narrow, struct mp_str wide)
{
    struct mp_str rest = wide, other = next_line(&rest);
    while (narrow.n) { /* both are in order */
        struct mp_str one = next_line(&narrow);
        int order;
        while ((order = mp_str_cmp(other, one)) < 0 && rest.n)
            other = next_line(&rest);
        if (order != 0 && !is_held(one, wide))
            return false;
    }
    return true;
}
