/* Persons who are named as those with whom a youth was. */
#include "text/host_words.h"

enum {
    AGE_MIN = 10,
    AGE_MAX = 99,
    GROWN = 18,
    CALLED_WORDS = 5, /* from somebody to "by the name of" */
    FAMILY_WORDS = 3, /* that stand before a family name: van der */
};

/* What is said of one. */
struct person {
    uint32_t first, last; /* tokens that name him, with the word for him and his age */
    uint32_t name, family, family_last;
    int age; /* 0: not known */
};

static enum mp_break before(const struct mp_host_search *s, uint32_t t)
{
    return t <= s->last ? mp_host_token(s, t)->before : MP_BREAK_SECTION;
}

/* An age of two digits at token t; 0 if there is none. */
static int age_at(const struct mp_host_search *s, uint32_t t)
{
    if (t > s->last || mp_host_token(s, t)->kind != MP_NUMBER)
        return 0;
    struct mp_str n = mp_token_str(&s->text->tokens, t);
    int age = n.n == 2 ? (n.p[0] - '0') * 10 + n.p[1] - '0' : 0;
    return age >= AGE_MIN && age <= AGE_MAX && n.p[1] >= '0' && n.p[1] <= '9' ? age : 0;
}

/* "(29)", ", 29 years", "of 29": an age that stands behind token p->last. */
static void read_age(const struct mp_host_search *s, struct person *p)
{
    uint32_t t = p->last + 1, of = mp_host_is(s, t, MP_HOST_OF) && mp_host_follows(s, t);
    int age = age_at(s, t + of);
    if (!age || before(s, t) > MP_BREAK_PAREN)
        return;
    bool years = mp_host_is(s, t + of + 1, MP_HOST_YEARS) && mp_host_follows(s, t + of + 1);
    bool alone = before(s, t + of + 1) >= MP_BREAK_COMMA;
    bool set_off = before(s, t) >= MP_BREAK_COMMA;
    if (years || of || (set_off && alone)) {
        p->age = age;
        p->last = t + of + years;
    }
}

/* An initial or a family name behind the first name. */
static void read_family(const struct mp_host_search *s, struct person *p)
{
    uint32_t t = p->last + 1;
    for (unsigned n = 0; n < FAMILY_WORDS && mp_host_follows(s, t); n++, t++)
        if (!mp_host_is(s, t, MP_HOST_PARTICLE))
            break;
    if (!mp_host_follows(s, t) || mp_host_token(s, t)->kind != MP_WORD ||
        !mp_host_token(s, t)->capital || mp_host_is(s, t, MP_HOST_NOBODY))
        return;
    bool initial = mp_host_token(s, t)->len == 1;
    if (!initial && (!mp_host_may_name(s, t) || mp_is(s->text, t, MP_IS_TIME)))
        return;
    p->family = p->last + 1;
    p->family_last = p->last = t;
}

/* Whether the name is somewhere in the text that of a relative, a professional or another youth.
 * In a text that does not name the youth, the first name may seem to be hers. */
static bool is_known_otherwise(struct mp_host_search *s, const struct person *p)
{
    uint32_t name = p->name;
    bool sure = p->age >= GROWN || (name > s->first && mp_host_is(s, name - 1, MP_HOST_ONE));
    const struct mp_text *text = s->text;
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    size_t n = MP_COUNT(struct mp_mention, text->mentions), i = 0;
    if (!s->left)
        return true;
    s->left--;
    for (uint32_t t = 0; t < text->tokens.n; t++) {
        if (text->words[t] != text->words[name])
            continue;
        if ((mp_is(text, t, MP_MEANS_YOUTH) && !sure) ||
            (t > 0 && mp_host_is(s, t - 1, MP_HOST_NOBODY) &&
             mp_host_token(s, t)->before <= MP_BREAK_PAREN))
            return true;
        while (i < n && m[i].last < t)
            i++;
        for (size_t k = i; k < n && m[k].first <= t; k++)
            if (m[k].last >= t && m[k].status <= MP_PAST && m[k].code < s->w->n_codes &&
                s->w->codes[m[k].code] == MP_HOST_TOGETHER)
                return true;
    }
    return false;
}

/* Somebody within so many words before token t. */
static bool is_spoken_of(const struct mp_host_search *s, uint32_t t)
{
    for (uint32_t i = t, n = 0; i > s->first && n < CALLED_WORDS; n++)
        if (mp_host_is_somebody(s, --i))
            return true;
    return false;
}

/* "a man of 29, Milan", "29 year old Milan": the age before the name, and where it all begins. */
static bool aged_before(const struct mp_host_search *s, struct person *p)
{
    uint32_t t = p->name;
    if (t < s->first + 2)
        return false;
    bool years = mp_host_is(s, t - 1, MP_HOST_YEARS);
    uint32_t at = t - 1 - years;
    int age = age_at(s, at);
    bool of =
        at >= s->first + 2 && mp_host_is(s, at - 1, MP_HOST_OF) && mp_host_is_somebody(s, at - 2);
    if (age < GROWN || !(of || (years && before(s, t) <= MP_BREAK_BLANK)))
        return false;
    p->age = age;
    p->first = of ? at - 2 : at;
    return true;
}

/* Whether words before the name say that it is that of a host; `listed`: it is a first name. */
static bool is_introduced(const struct mp_host_search *s, struct person *p, bool listed)
{
    uint32_t t = p->name;
    if (t == s->first)
        return false;
    enum mp_break b = before(s, t);
    bool told = p->age || p->family;
    if (mp_host_is(s, t - 1, MP_HOST_ONE) && b <= MP_BREAK_COMMA)
        p->first = t - 1;
    else if (mp_host_is(s, t - 1, MP_HOST_CALLED) && b <= MP_BREAK_COLON && is_spoken_of(s, t - 1))
        p->first = t - 1;
    else if (mp_host_is_somebody(s, t - 1) && b <= MP_BREAK_PAREN &&
             (b <= MP_BREAK_BLANK ? listed || told : p->age > 0))
        p->first = t - 1;
    else if (mp_host_is(s, t - 1, MP_HOST_AT) && b <= MP_BREAK_BLANK && listed)
        p->first = t;
    else if (t > s->first + 1 && mp_host_is(s, t - 1, MP_HOST_OF) &&
             mp_host_is(s, t - 2, MP_HOST_PREMISES) && b <= MP_BREAK_BLANK && listed)
        p->first = t;
    else
        return aged_before(s, p);
    return true;
}

static void put(struct mp_host_search *s, const struct person *p)
{
    struct mp_buf *b = &s->out->values;
    struct mp_str text = s->text->tokens.text;
    size_t value = b->len;
    uint32_t start = mp_host_token(s, p->first)->start, end = mp_host_token(s, p->last)->end;
    mp_buf_addstr(b, mp_token_str(&s->text->tokens, p->name));
    for (uint32_t t = p->family; p->family && t <= p->family_last; t++) {
        mp_buf_addc(b, ' ');
        mp_buf_addstr(b, mp_token_str(&s->text->tokens, t));
    }
    if (p->age)
        mp_buf_addf(b, " %d", p->age);
    bool open = memchr(text.p + start, '(', end - start);
    end += open && end < text.n && text.p[end] == ')';
    mp_host_put(s, MP_HOST_PERSON, start, end, value);
}

uint32_t mp_host_person(struct mp_host_search *s, uint32_t t)
{
    if (!mp_host_token(s, t)->capital || !mp_host_may_name(s, t) ||
        mp_host_is(s, t, MP_HOST_NOBODY) || mp_host_is(s, t, MP_HOST_SOMEBODY))
        return t;
    struct person p = {.first = t, .last = t, .name = t};
    read_family(s, &p);
    read_age(s, &p);
    if (!is_introduced(s, &p, mp_is(s->text, t, MP_IS_NAME)) || is_known_otherwise(s, &p) ||
        !mp_host_counts(s, p.first, p.last))
        return t;
    put(s, &p);
    return p.last + 1;
}
