/* Finds the names of a text and whose they are. */
#include "text/names.h"

enum { AGE_BEHIND = 4 }; /* words to an age */

static const struct mp_token *token(const struct mp_text *text, uint32_t t)
{
    return &text->tokens.at[t];
}

bool mp_names_has(const struct mp_text *text, const uint32_t *names, unsigned n, uint32_t t)
{
    struct mp_str word = mp_token_str(&text->tokens, t);
    for (unsigned i = 0; i < n; i++) {
        struct mp_str name = mp_token_str(&text->tokens, names[i]);
        if (text->words[t] == text->words[names[i]] ||
            (word.n == name.n + 1 && word.p[name.n] == 's' && !memcmp(word.p, name.p, name.n)))
            return true;
    }
    return false;
}

static bool known(const struct mp_text *text, const struct mp_names *names, uint32_t t)
{
    return mp_names_has(text, names->others, names->n_others, t) ||
           mp_names_has(text, names->youths, names->n_youths, t);
}

static void add_other(const struct mp_text *text, struct mp_names *names, uint32_t t)
{
    if (names->n_others < MP_NAMES_MAX && !known(text, names, t))
        names->others[names->n_others++] = t;
}

static void add_youth(const struct mp_text *text, struct mp_names *names, uint32_t t)
{
    if (names->n_youths < MP_NAMES_MAX && !known(text, names, t))
        names->youths[names->n_youths++] = t;
}

static bool is_minor(const struct mp_text *text, uint32_t t)
{
    struct mp_str age = mp_token_str(&text->tokens, t);
    return age.n == 2 ? age.p[0] == '1' : age.n == 1 && age.p[0] >= '6';
}

/* "Noor (15)", "Noor, 15": a name with the age of a minor behind it. */
static bool has_age(const struct mp_text *text, uint32_t t)
{
    if (t + 1 >= text->tokens.n)
        return false;
    const struct mp_token *k = token(text, t + 1);
    return k->kind == MP_NUMBER && k->before >= MP_BREAK_COMMA && k->before <= MP_BREAK_PAREN &&
           is_minor(text, t + 1);
}

/* "girl of 15", "subject (f, 17)": the token of a minor's age soon behind the word with no name
 * between, or 0. */
static uint32_t age_behind(const struct mp_text *text, uint32_t t)
{
    for (uint32_t i = t + 1; i < text->tokens.n && i <= t + AGE_BEHIND; i++) {
        const struct mp_token *k = token(text, i);
        if (k->before >= MP_BREAK_STOP || (k->capital && k->len > 1))
            return 0;
        if (k->kind == MP_NUMBER)
            return is_minor(text, i) ? i : 0;
    }
    return 0;
}

static bool may_be_name(const struct mp_text *text, uint32_t t)
{
    const struct mp_token *k = token(text, t);
    return k->capital && k->kind == MP_WORD && !mp_is(text, t, MP_IS_VERB) &&
           !mp_is(text, t, MP_IS_OTHER) && !mp_is(text, t, MP_IS_YOUTH);
}

static bool is_behind(const struct mp_text *text, uint32_t t, enum mp_grammar what)
{
    return t > 0 && token(text, t)->before == MP_BREAK_BLANK && mp_is(text, t - 1, what);
}

/* Names with words that say whose they are. Of several youths with their ages the report is about
 * the first. */
static void find_introduced(const struct mp_text *text, struct mp_names *names)
{
    uint32_t told = 0; /* the age of the youth, given without a name */
    for (uint32_t t = 0; t < text->tokens.n; t++) {
        if (!told && mp_is(text, t, MP_IS_YOUTH) && !mp_is(text, t, MP_IS_PRONOUN))
            told = age_behind(text, t);
        if (!may_be_name(text, t))
            continue;
        bool initial = token(text, t)->len == 1 && t > 0 && may_be_name(text, t - 1);
        uint32_t name = initial && token(text, t)->before == MP_BREAK_BLANK ? t - 1 : t;
        if (is_behind(text, t, MP_IS_OTHER))
            add_other(text, names, t);
        else if (is_behind(text, t, MP_IS_YOUTH) && !mp_is(text, t - 1, MP_IS_PRONOUN))
            add_youth(text, names, t);
        else if (has_age(text, t) &&
                 (names->n_youths || (told && text->words[told] != text->words[t + 1])))
            add_other(text, names, name);
        else if (has_age(text, t))
            add_youth(text, names, name);
    }
}

static bool is_first_name(const struct mp_text *text, uint32_t t)
{
    return mp_is(text, t, MP_IS_NAME) && may_be_name(text, t);
}

/* Names that stand behind a title are nobody's in the story: "group Amber ... Amber calls". */
static unsigned find_titled(const struct mp_text *text, uint32_t *titled)
{
    unsigned n = 0;
    for (uint32_t t = 1; t < text->tokens.n && n < MP_NAMES_MAX; t++)
        if (is_first_name(text, t) && is_behind(text, t, MP_IS_TITLE) &&
            !mp_names_has(text, titled, n, t))
            titled[n++] = t;
    return n;
}

/* Names that only stand there: the first one as a subject is the youth's, unless that is known. */
static void find_others(const struct mp_text *text, struct mp_names *names)
{
    uint32_t titled[MP_NAMES_MAX];
    unsigned n = find_titled(text, titled);
    for (uint32_t t = 0; t < text->tokens.n && names->n_others < MP_NAMES_MAX; t++) {
        if (!may_be_name(text, t))
            continue;
        if (token(text, t)->len > 1 && !mp_is(text, t, MP_IS_NO_NAME) &&
            is_behind(text, t, MP_IS_COMPANY))
            add_other(text, names, t);
        else if (!is_first_name(text, t) || is_behind(text, t, MP_IS_PREPOSITION) ||
                 mp_names_has(text, titled, n, t))
            continue;
        else if (names->n_youths)
            add_other(text, names, t);
        else
            add_youth(text, names, t);
    }
}

void mp_names_find(const struct mp_text *text, struct mp_names *names)
{
    uint32_t capitals = 0;
    *names = (struct mp_names){0};
    for (uint32_t t = 0; t < text->tokens.n; t++)
        capitals += token(text, t)->capital;
    if (capitals * 2 > text->tokens.n)
        return;
    find_introduced(text, names);
    find_others(text, names);
}
