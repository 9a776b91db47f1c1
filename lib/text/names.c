/* Finds the names of a text and whose they are. */
#include "text/names.h"
#include "base/distance.h"

enum {
    AGE_BEHIND = 4, /* words to an age */
    NAME_WORDS = 5, /* of a full name at most, before its last one */
    MISSPELT = 4,   /* letters from which a name with a slip is the same one */
    MISSPELT_2 = 7, /* with two */
};

static const struct mp_token *token(const struct mp_text *text, uint32_t t)
{
    return &text->tokens.at[t];
}

/* Whether the word at token t is one of the names, or its genitive. */
static bool has(const struct mp_text *text, const uint32_t *names, unsigned n, uint32_t t)
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

uint64_t mp_names_whose(const struct mp_text *text, const struct mp_names *names, uint32_t t)
{
    return has(text, names->youths, names->n_youths, t)   ? MP_MARK(MP_MEANS_YOUTH)
           : has(text, names->others, names->n_others, t) ? MP_MARK(MP_MEANS_OTHER)
                                                          : 0;
}

static void add(const struct mp_text *text, struct mp_names *names, uint32_t *to, unsigned *n,
                uint32_t t)
{
    if (*n == MP_NAMES_MAX || mp_names_mean(text, names, t))
        return;
    to[(*n)++] = t;
    names->letters |= mp_names_letter(text, t);
}

static void add_other(const struct mp_text *text, struct mp_names *names, uint32_t t)
{
    add(text, names, names->others, &names->n_others, t);
}

static void add_youth(const struct mp_text *text, struct mp_names *names, uint32_t t)
{
    add(text, names, names->youths, &names->n_youths, t);
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

/* Written with a capital, and neither a verb nor a word for somebody. */
static bool may_be_name(uint64_t mark)
{
    return (mark & (MP_MARK(MP_IS_CAPITAL) | MP_MARK(MP_IS_VERB) | MP_MARK(MP_IS_OTHER) |
                    MP_MARK(MP_IS_YOUTH))) == MP_MARK(MP_IS_CAPITAL);
}

/* The mark of what the token stands close behind. */
static uint64_t mark_before(const struct mp_text *text, uint32_t t)
{
    uint64_t close = (t > 0) & (token(text, t)->before == MP_BREAK_BLANK);
    return mp_marks(text)[t - close] & -close;
}

/* Puts down which tokens may be names, and what any of them stands behind in *before. False if
 * nothing may, or if the text is written in capitals. */
static bool find_candidates(struct mp_text *text, uint64_t *before)
{
    const uint64_t introduces =
        MP_MARK(MP_IS_OTHER) | MP_MARK(MP_IS_YOUTH) | MP_MARK(MP_IS_COMPANY);
    uint64_t *m = MP_ITEMS(uint64_t, text->marks), *sets = m + text->tokens.n + 1;
    uint32_t n = (uint32_t)text->tokens.n, capitals = 0;
    bool found = false;
    *before = 0;
    for (uint32_t from = 0; from < n; from += MP_SET_BITS, sets += MP_N_TOKEN_SETS) {
        uint64_t left = sets[MP_SET_CAPITALS] & mp_set_tokens(text, from), names = 0;
        for (; left; left &= left - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(left);
            const uint64_t *at = &m[from + bit];
            /* no short circuits: which of these holds is hard to predict */
            uint64_t behind = from + bit > 0, last = at[-(ptrdiff_t)behind] & -behind;
            uint64_t is = may_be_name(*at) & (((*at & MP_MARK(MP_IS_NAME)) | (last & introduces) |
                                               (at[1] & MP_MARK(MP_IS_NUMBER))) != 0);
            names |= is << bit;
            *before |= last & -is;
            capitals++;
        }
        sets[MP_SET_NAMES] |= names;
        found |= names != 0;
    }
    return found && capitals * 2 <= n;
}

/* The first candidate from token t on. */
static uint32_t next(const struct mp_text *text, uint32_t t)
{
    return mp_set_next(text, MP_SET_NAMES, t);
}

/* The token of the age of the youth that is given without a name before token t, or 0. `from` is
 * where to go on looking. */
static uint32_t age_told(const struct mp_text *text, uint32_t *from, uint32_t t)
{
    const uint64_t what = MP_MARK(MP_IS_YOUTH) | MP_MARK(MP_IS_PRONOUN);
    uint32_t told = 0;
    while (!told && (*from = mp_set_next(text, MP_SET_PEOPLE, *from)) < t) {
        if ((mp_marks(text)[*from] & what) == MP_MARK(MP_IS_YOUTH))
            told = age_behind(text, *from);
        *from += !told;
    }
    return told;
}

/* "Noor and Kim (15)": the name before "and", or the token itself. */
static uint32_t first_of_two(const struct mp_text *text, const struct mp_names *names, uint32_t t)
{
    bool linked = t >= 2 && mp_is(text, t - 1, MP_IS_LINK) && mp_is(text, t - 2, MP_IS_NAME) &&
                  may_be_name(mp_marks(text)[t - 2]) &&
                  token(text, t - 1)->before == MP_BREAK_BLANK &&
                  !mp_names_mean(text, names, t - 2);
    return linked ? t - 2 : t;
}

/* "Noor van der Berg (15)": the first name that the name at token t, which an age stands behind, is
 * the end of, or the token itself. Words that are no name's end the search. *youths: one of its
 * words is known to be the youth's name. */
static uint32_t first_of_full(const struct mp_text *text, const struct mp_names *names, uint32_t t,
                              bool *youths)
{
    const uint64_t no_part = MP_MARK(MP_IS_VERB) | MP_MARK(MP_IS_OTHER) | MP_MARK(MP_IS_YOUTH) |
                             MP_MARK(MP_IS_LINK) | MP_MARK(MP_IS_START) | MP_MARK(MP_IS_COMPANY) |
                             MP_MARK(MP_IS_NUMBER);
    uint32_t first = t;
    *youths = false;
    for (uint32_t i = t, n = 0; i > 0 && n < NAME_WORDS; n++) {
        if (token(text, i)->before > MP_BREAK_BLANK || mp_marks(text)[--i] & no_part)
            break;
        *youths |= (mp_names_mean(text, names, i) & MP_MARK(MP_MEANS_YOUTH)) != 0;
        if (mp_is(text, i, MP_IS_NAME) && may_be_name(mp_marks(text)[i]))
            first = i;
    }
    return first;
}

/* The name at token t, with the age of a minor behind it. Of several youths with their ages the
 * report is about the first. *looked: where to go on looking for an age without a name. */
static void add_aged(const struct mp_text *text, struct mp_names *names, uint32_t t,
                     uint32_t *looked)
{
    bool initial = token(text, t)->len == 1 && may_be_name(mark_before(text, t)), youths;
    uint32_t name = initial ? t - 1 : t, told;
    uint32_t first = first_of_full(text, names, name, &youths);
    if (youths) {
        add_youth(text, names, name);
    } else if (names->n_youths || ((told = age_told(text, looked, t)) != 0 &&
                                   text->words[told] != text->words[t + 1])) {
        add_other(text, names, name);
    } else {
        if (first != name)
            add_youth(text, names, first);
        add_youth(text, names, first == name ? first_of_two(text, names, name) : name);
        add_other(text, names, name); /* unless it is the youth's now */
    }
}

/* Names with words that say whose they are. */
static void find_introduced(const struct mp_text *text, struct mp_names *names)
{
    uint32_t looked = 0;
    for (uint32_t t = next(text, 0); t < text->tokens.n; t = next(text, t + 1)) {
        uint64_t before = mark_before(text, t);
        if (before & MP_MARK(MP_IS_OTHER))
            add_other(text, names, t);
        else if (before & MP_MARK(MP_IS_YOUTH) && !(before & MP_MARK(MP_IS_PRONOUN)))
            add_youth(text, names, t);
        else if (has_age(text, t))
            add_aged(text, names, t, &looked);
    }
}

/* The name itself. */
static bool is_same(struct mp_str word, struct mp_str name)
{
    return name.n > 1 && mp_str_eq(word, name);
}

/* The name with a slip of the pen, or the name that an initial stands for. */
static bool is_like(struct mp_str word, struct mp_str name)
{
    if (name.n == 1)
        return word.n > 1 && word.p[0] == name.p[0];
    size_t n = word.n < name.n ? word.n : name.n;
    unsigned slips = n < MISSPELT ? 0 : n < MISSPELT_2 ? 1 : 2;
    return slips && mp_distance(name, word, false, slips) <= slips;
}

/* Whether the word at token t is a given name that the record gives the youth. */
static bool is_given(const struct mp_text *text, uint32_t t,
                     bool (*fits)(struct mp_str word, struct mp_str name))
{
    struct mp_str word = mp_token_str(&text->tokens, t), all = mp_buf_str(&text->given);
    for (size_t i = 0; i < all.n;) {
        const char *blank = memchr(all.p + i, ' ', all.n - i);
        struct mp_str name = {all.p + i, (size_t)(blank - (all.p + i))};
        if (fits(word, name))
            return true;
        i += name.n + 1;
    }
    return false;
}

/* Whether the word at token t is like a name that the youth goes by. */
static bool is_youths(const struct mp_text *text, const struct mp_names *names, uint32_t t)
{
    struct mp_str word = mp_token_str(&text->tokens, t);
    for (unsigned i = 0; i < names->n_youths; i++)
        if (is_like(word, mp_token_str(&text->tokens, names->youths[i])))
            return true;
    return is_given(text, t, is_like);
}

/* Names that nobody else goes by in the text, and that the record gives the youth. */
static void find_given(const struct mp_text *text, struct mp_names *names)
{
    if (!text->given.len)
        return;
    for (uint32_t t = next(text, 0); t < text->tokens.n; t = next(text, t + 1))
        if (is_given(text, t, is_same))
            add_youth(text, names, t);
}

/* "Noor Lotte", where Noor is the name that the youth goes by: her second one. */
static bool is_second(const struct mp_text *text, const struct mp_names *names, uint32_t t)
{
    return t > 0 && token(text, t)->before == MP_BREAK_BLANK &&
           text->words[t - 1] == text->words[names->youths[0]];
}

/* Names that stand behind a title are nobody's in the story: "group Amber ... Amber calls". */
static unsigned find_titled(const struct mp_text *text, uint32_t *titled)
{
    unsigned n = 0;
    for (uint32_t t = next(text, 0); t < text->tokens.n && n < MP_NAMES_MAX; t = next(text, t + 1))
        if (mp_is(text, t, MP_IS_NAME) && mark_before(text, t) & MP_MARK(MP_IS_TITLE) &&
            !has(text, titled, n, t))
            titled[n++] = t;
    return n;
}

/* Names that only stand there: the first one as a subject is the youth's, unless that is known; so
 * is one that is like it, for the police and the group spell names as they hear them.
 * `behind` is what any of them stands behind. */
static void find_others(const struct mp_text *text, struct mp_names *names, uint64_t behind)
{
    uint32_t titled[MP_NAMES_MAX];
    unsigned n = behind & MP_MARK(MP_IS_TITLE) ? find_titled(text, titled) : 0;
    for (uint32_t t = next(text, 0); t < text->tokens.n; t = next(text, t + 1)) {
        uint64_t before = mark_before(text, t);
        if (names->n_others == MP_NAMES_MAX)
            return;
        if (before & MP_MARK(MP_IS_COMPANY) && token(text, t)->len > 1 &&
            !mp_is(text, t, MP_IS_NO_NAME) && !is_youths(text, names, t))
            add_other(text, names, t);
        else if (!mp_is(text, t, MP_IS_NAME) || before & MP_MARK(MP_IS_PREPOSITION) ||
                 has(text, titled, n, t))
            continue;
        else if (names->n_youths && !is_youths(text, names, t) && !is_second(text, names, t))
            add_other(text, names, t);
        else
            add_youth(text, names, t);
    }
}

void mp_names_find(struct mp_text *text, struct mp_names *names)
{
    uint64_t before;
    names->n_others = names->n_youths = names->letters = 0;
    if (!find_candidates(text, &before))
        return;
    find_introduced(text, names);
    find_given(text, names);
    find_others(text, names, before);
}
