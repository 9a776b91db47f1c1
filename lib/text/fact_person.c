/* Age and sex of the youth. */
#include "text/clause.h"
#include "text/fact_words.h"

enum {
    YOUNGEST = 3,
    OLDEST = 18,
    TEENS = 10,      /* smaller numbers are no age without more */
    LEAST = 9,       /* strength that is enough */
    OF_OTHER = 3,    /* divides the strength of somebody else's age */
    SAID = 60,       /* strength of an age that a mention says */
    BORN = 70,       /* of a date of birth */
    NEAR_NAME = 3,   /* tokens between a noun and an age with a name before it */
    MIND = 6,        /* tokens between a word for the mind and an age */
    NEAR = 4,        /* tokens between a label and what it is about */
    BESIDE = 4,      /* tokens from a noun back to its article */
    AROUND = 8,      /* tokens from a noun to a pronoun that outranks it */
    FIRST_NOUN = 6,  /* extra weight of the first noun that is */
    STRONG = 3,      /* so strong */
    HALF_WEIGHT = 2, /* divides what clauses about others say */
};

#define YOUTH_NOUN (MP_FACT_BIT(FEMALE) | MP_FACT_BIT(MALE) | MP_FACT_BIT(YOUTH))

/* Whether the token is a word of one of the kinds, which are bits. */
static bool has(const struct mp_fact_clues *c, size_t at, uint64_t kinds)
{
    return mp_fact_kinds(c, at) & kinds;
}

static enum mp_break before(const struct mp_fact_clues *c, size_t at)
{
    return at < c->text->tokens.n ? c->text->tokens.at[at].before : MP_BREAK_SECTION;
}

static bool about_other(const struct mp_fact_clues *c, size_t at)
{
    return mp_clause_at(c->text, (uint32_t)at)->about == MP_ABOUT_OTHER;
}

/* A whole number of at most three digits; -1 if the token is none. */
static int plain_number(const struct mp_fact_clues *c, size_t at)
{
    if (at >= c->text->tokens.n || c->text->tokens.at[at].kind != MP_NUMBER)
        return -1;
    struct mp_str s = mp_token_str(&c->text->tokens, at);
    int value = 0;
    if (s.n > 3)
        return -1;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

/* A letter that stands for a sex: its meaning's second value says so. */
static bool sex_letter(const struct mp_fact_clues *c, size_t at)
{
    uint64_t kinds = mp_fact_kinds(c, at);
    return (kinds & MP_FACT_BIT(FEMALE) && mp_fact_sense(c, at, MP_FACT_FEMALE)->b) ||
           (kinds & MP_FACT_BIT(MALE) && mp_fact_sense(c, at, MP_FACT_MALE)->b);
}

/* A sign that ends a cell of a table stands between the token and the one before it. */
static bool next_cell(const struct mp_fact_clues *c, size_t at)
{
    const struct mp_tokens *t = &c->text->tokens;
    if (at == 0 || at >= t->n || t->at[at].line)
        return false;
    char sign = t->text.p[t->at[at - 1].end];
    return sign == ';' || sign == '|';
}

/* A word for somebody else shortly before, in the same sentence: her sister (12), her sister Lisa
 * (12). "The mother of Lisa (12)" is about Lisa. */
static bool of_other(const struct mp_fact_clues *c, size_t at)
{
    size_t reach = at && c->text->tokens.at[at - 1].capital ? NEAR_NAME : NEAR;
    if (!(c->kinds & MP_FACT_BIT(PERSON)) || (at && has(c, at - 1, YOUTH_NOUN)))
        return false;
    for (size_t i = at, n = 0; i > 0 && n < reach; n++) {
        if (before(c, i) >= MP_BREAK_COLON ||
            (n > 0 && reach == NEAR && before(c, i) == MP_BREAK_COMMA))
            return false;
        uint64_t kinds = mp_fact_kinds(c, --i);
        if (kinds & YOUTH_NOUN)
            return false;
        if (kinds & MP_FACT_BIT(PERSON))
            return true;
        if (kinds & MP_FACT_BIT(AGE_LABEL) || (reach == NEAR_NAME && kinds & MP_FACT_BIT(OF)))
            return false;
    }
    return false;
}

/* A pronoun for the youth: as subject, or as object and no son of hers. */
static bool is_youth_here(const struct mp_fact_clues *c, size_t at, bool may_act)
{
    return mp_is(c->text, (uint32_t)at, MP_IS_PRONOUN)
               ? may_act
               : mp_is(c->text, (uint32_t)at, MP_IS_OBJECT) && !has(c, at + 1, YOUTH_NOUN);
}

/* She went to a boy, a boy took her with him: the youth is of the other sex. Who says that a boy is
 * gone, may be. */
static bool is_outranked(const struct mp_fact_clues *c, size_t noun)
{
    uint64_t kinds = mp_fact_kinds(c, noun), other = 0;
    const struct mp_clause *clause = mp_clause_at(c->text, (uint32_t)noun);
    if (mp_clause_is(clause, MP_IS_SPEECH))
        return false;
    if (kinds & MP_FACT_BIT(MALE))
        other = MP_FACT_BIT(SHE);
    else if (kinds & MP_FACT_BIT(FEMALE))
        other = MP_FACT_BIT(HE);
    size_t first = noun > clause->first + AROUND ? noun - AROUND : clause->first;
    for (size_t i = first; i <= clause->last && i <= noun + AROUND; i++)
        if (has(c, i, other) && is_youth_here(c, i, i < noun))
            return true;
    return false;
}

/* "The boy with whom she stays": who is known by what the youth does is not the youth. */
static bool is_known_by(const struct mp_fact_clues *c, size_t noun)
{
    size_t who = noun + 1 + has(c, noun + 1, MP_FACT_BIT(COMPANY));
    if (who + 1 >= c->text->tokens.n || !has(c, who + 1, MP_FACT_BIT(SHE) | MP_FACT_BIT(HE)))
        return false;
    return mp_is(c->text, (uint32_t)who, MP_IS_RELATIVE) &&
           !mp_is(c->text, (uint32_t)who, MP_IS_COMPLEMENT);
}

/* Whether the noun is for somebody whom the youth met: with a boy, by another boy, the boy next
 * door. */
static bool is_met(const struct mp_fact_clues *c, size_t noun)
{
    if (is_known_by(c, noun))
        return true;
    size_t some = noun; /* its article */
    for (size_t i = noun, n = 0; i > 0 && n < BESIDE && before(c, i) <= MP_BREAK_BLANK; n++) {
        bool is = has(c, --i, MP_FACT_BIT(SOME));
        if ((some < noun && !is) || has(c, i, MP_FACT_BIT(OF)))
            break;
        some = is ? i : some;
    }
    if (some == noun)
        return mp_is(c->text, (uint32_t)noun, MP_IS_OTHER) && !has(c, noun, MP_FACT_BIT(PERSON));
    bool company =
        some && before(c, some) <= MP_BREAK_BLANK && has(c, some - 1, MP_FACT_BIT(COMPANY));
    return company || is_outranked(c, noun);
}

/* Of a boy who is met, of 17; (17); a 17 year old boy. */
static bool of_met(const struct mp_fact_clues *c, size_t at)
{
    size_t noun = at + 1 + has(c, at + 1, MP_FACT_BIT(YEARS));
    if (!has(c, noun, YOUTH_NOUN)) {
        size_t back = at && has(c, at - 1, MP_FACT_BIT(OF)) ? 2 : 1;
        if (at < back || !has(c, at - back, YOUTH_NOUN))
            return false;
        noun = at - back;
    }
    return is_met(c, noun);
}

/* "Age: 15", "age? 15", "age;15". */
static bool label_before(const struct mp_fact_clues *c, size_t at, uint64_t kind)
{
    bool colon = false;
    if (!(c->kinds & kind))
        return false;
    if (at && next_cell(c, at) && has(c, at - 1, kind))
        return true;
    for (size_t i = at, n = 0; i > 0 && n < NEAR; n++) {
        enum mp_break sign = before(c, i);
        if (sign == MP_BREAK_STOP && c->text->tokens.at[i - 1].question &&
            !c->text->tokens.at[i].line)
            sign = MP_BREAK_COLON;
        if (sign >= MP_BREAK_STOP || (sign == MP_BREAK_COLON && colon))
            return false;
        colon |= sign == MP_BREAK_COLON;
        if (has(c, --i, kind))
            return true;
    }
    return false;
}

/* 15 years: an age and no span of time. */
static bool years_of_age(const struct mp_fact_clues *c, size_t at, size_t behind)
{
    if (at && before(c, at) < MP_BREAK_COLON &&
        has(c, at - 1, MP_FACT_BIT(SPAN_BEFORE) | MP_FACT_BIT(ABOUT)))
        return false;
    return !(has(c, behind, MP_FACT_BIT(SPAN_BEHIND)) && before(c, behind) <= MP_BREAK_BLANK);
}

/* The number is a word of a mention that says at which level the youth thinks. */
static bool of_level(const struct mp_fact_clues *c, size_t at)
{
    if (!(c->roles & MP_ROLE_BIT(LEVEL)))
        return false;
    for (size_t i = 0; i < c->n_said; i++) {
        const struct mp_mention *m = c->said[i].m;
        if (c->said[i].role == MP_ROLE_LEVEL && at >= m->first && at <= m->last &&
            m->mask >> (at - m->first) & 1)
            return true;
    }
    return false;
}

/* The level at which the youth thinks or acts: no age. */
static bool of_mind(const struct mp_fact_clues *c, size_t at)
{
    if (of_level(c, at))
        return true;
    if (!(c->kinds & MP_FACT_BIT(MIND)))
        return false;
    for (size_t i = at, n = 0; i > 0 && n < MIND && before(c, i) <= MP_BREAK_BLANK; n++)
        if (has(c, --i, MP_FACT_BIT(MIND)))
            return true;
    return false;
}

/* A number that stands alone in its place: "15;f", ". 16, small", and the signs written out. */
static int lone_age(const struct mp_fact_clues *c, size_t at)
{
    enum mp_break behind = before(c, at + 1);
    if ((at && next_cell(c, at) && sex_letter(c, at - 1)) ||
        (next_cell(c, at + 1) && sex_letter(c, at + 1)))
        return 25;
    if (at && has(c, at - 1, MP_FACT_BIT(SIGN)) && has(c, at + 1, MP_FACT_BIT(SIGN)))
        return 25;
    return before(c, at) >= MP_BREAK_STOP && behind == MP_BREAK_COMMA &&
                   plain_number(c, at + 1) < 0 && !has(c, at + 1, MP_FACT_BIT(SPAN_BEHIND))
               ? 15
               : 0;
}

/* A number that has neither label nor unit: what stands around it. */
static int bare_age(const struct mp_fact_clues *c, size_t at, int n)
{
    enum mp_break front = before(c, at), behind = before(c, at + 1);
    bool alone = behind >= MP_BREAK_COMMA;
    int lone = n > TEENS ? lone_age(c, at) : 0;
    if (lone)
        return lone;
    if (!at || front >= MP_BREAK_STOP || has(c, at - 1, MP_FACT_BIT(ABOUT)) ||
        (behind <= MP_BREAK_BLANK && has(c, at + 1, MP_FACT_BIT(SPAN_BEHIND))))
        return 0;
    bool name = c->text->tokens.at[at - 1].capital, noun = has(c, at - 1, YOUTH_NOUN);
    if (has(c, at - 1, MP_FACT_BIT(OF))) {
        bool pronoun = at > 1 && has(c, at - 2, MP_FACT_BIT(SHE) | MP_FACT_BIT(HE));
        if (at > 1 && has(c, at - 2, YOUTH_NOUN))
            return 55;
        if (n < TEENS)
            return 0;
        if (pronoun || (at > 1 && c->text->tokens.at[at - 2].capital))
            return 45;
        /* a letter that may be "of", too: "f/15/thin" */
        bool joined = front == MP_BREAK_TOUCH && sex_letter(c, at - 1);
        return alone || joined ? 30 : 0;
    }
    if (n < TEENS)
        return 0;
    if (noun)
        return alone ? 50 : 45;
    if (front == MP_BREAK_PAREN && alone)
        return name ? 50 : 25;
    if (front == MP_BREAK_COMMA && alone)
        return name || has(c, at + 1, YOUTH_NOUN) ? 40 : 18;
    if (alone && has(c, at + 1, YOUTH_NOUN))
        return 40;
    if (front == MP_BREAK_BLANK && at > 1 && n > TEENS && before(c, at - 1) == MP_BREAK_BLANK &&
        has(c, at - 2, YOUTH_NOUN) && !has(c, at - 1, MP_FACT_BIT(SPAN_BEFORE)))
        return 15;
    return name && front == MP_BREAK_BLANK ? (alone ? 20 : 13) : 0;
}

/* How sure the number at a token is the youth's age: 0 not at all. */
static int age_strength(const struct mp_fact_clues *c, size_t at, int *years)
{
    uint64_t kinds = mp_fact_kinds(c, at);
    if (kinds & MP_FACT_BIT(AGE_WORD)) {
        *years = mp_fact_sense(c, at, MP_FACT_AGE_WORD)->a;
        return years_of_age(c, at, at + 1) && !of_mind(c, at) ? 60 : 0;
    }
    int n = plain_number(c, at);
    if (n < 0 && kinds & MP_FACT_BIT(NUMBER))
        n = mp_fact_sense(c, at, MP_FACT_NUMBER)->a;
    *years = n;
    if (n < YOUNGEST || n > OLDEST || of_mind(c, at))
        return 0;
    if (has(c, at + 1, MP_FACT_BIT(YEARS)) && before(c, at + 1) <= MP_BREAK_BLANK)
        return !years_of_age(c, at, at + 2) ? 0 : n < TEENS ? 40 : 60;
    if (label_before(c, at, MP_FACT_BIT(AGE_LABEL)))
        return 70;
    return bare_age(c, at, n);
}

/* Whether the date is one of birth, behind "born", and how old that makes the youth. */
static bool age_of_birth(const struct mp_fact_clues *c, const struct mp_when *when, int *years)
{
    const struct mp_time report = c->text->reported_at;
    size_t at = when->first;
    if (when->grain != MP_GRAIN_DAY || !report.known)
        return false;
    for (size_t n = 0; n < NEAR; n++) {
        if (has(c, at, MP_FACT_BIT(BIRTH))) {
            *years = mp_date_age(when->from.day, report.day);
            return *years >= 0 && *years <= OLDEST + 3;
        }
        if (at == 0 || before(c, at) >= MP_BREAK_SECTION)
            return false;
        at--;
    }
    return false;
}

static void born_age(const struct mp_fact_clues *c, struct mp_fact_value *age, int *best)
{
    const struct mp_when *whens = MP_ITEMS(struct mp_when, c->text->whens);
    int years;
    for (size_t i = 0; i < MP_COUNT(struct mp_when, c->text->whens) && *best < BORN; i++)
        if (age_of_birth(c, &whens[i], &years)) {
            *best = BORN;
            *age = (struct mp_fact_value){
                .known = true, .age = years, .first = whens[i].first, .last = whens[i].last};
        }
}

/* An age in a mention that says one: "is said to be 16", "turns 17 next week". */
static void said_age(const struct mp_fact_clues *c, struct mp_fact_value *age, int *best)
{
    if (!(c->roles & (MP_ROLE_BIT(AGED) | MP_ROLE_BIT(AGEING))))
        return;
    for (size_t i = 0; i < c->n_said; i++) {
        const struct mp_mention *m = c->said[i].m;
        bool to_come = c->said[i].role == MP_ROLE_AGEING;
        if ((c->said[i].role != MP_ROLE_AGED && !to_come) || m->silent)
            continue;
        for (uint32_t at = m->first; at <= m->last; at++) {
            int years = has(c, at, MP_FACT_BIT(NUMBER)) ? mp_fact_sense(c, at, MP_FACT_NUMBER)->a
                                                        : plain_number(c, at);
            int strength = of_other(c, m->first) ? SAID / OF_OTHER : SAID;
            if (years <= TEENS || years > OLDEST + to_come || strength <= *best + (*best ? 15 : 0))
                continue;
            *best = strength;
            *age = (struct mp_fact_value){
                .known = true, .age = years - to_come, .first = m->first, .last = m->last};
        }
    }
}

static void read_age(const struct mp_fact_clues *c, struct mp_fact_value *age)
{
    int best = 0, years;
    for (size_t i = 0; i < c->n_ages; i++) {
        uint32_t at = c->ages[i];
        int strength = age_strength(c, at, &years);
        if (strength && of_met(c, at))
            strength = 0;
        if (strength && of_other(c, at))
            strength /= OF_OTHER;
        if (strength > best + (best ? 15 : 0)) {
            best = strength;
            *age = (struct mp_fact_value){.known = true, .age = years, .first = at, .last = at};
        }
    }
    said_age(c, age, &best);
    if (c->kinds & MP_FACT_BIT(BIRTH) && best < BORN)
        born_age(c, age, &best);
    if (best < LEAST)
        *age = (struct mp_fact_value){0};
}

/* V of "M/V: V", "(v, 15)", "(v/15)", ", m,": a letter that stands for a sex. */
static bool letter_counts(const struct mp_fact_clues *c, size_t at)
{
    if ((before(c, at) == MP_BREAK_TOUCH && at && sex_letter(c, at - 1)) ||
        (before(c, at + 1) == MP_BREAK_TOUCH && sex_letter(c, at + 1)))
        return false;
    int age = plain_number(c, at + 1);
    bool teen = age >= TEENS && age <= OLDEST;
    return label_before(c, at, MP_FACT_BIT(SEX_LABEL)) ||
           (teen && at && has(c, at - 1, YOUTH_NOUN)) ||
           (before(c, at) >= MP_BREAK_COMMA && (before(c, at + 1) >= MP_BREAK_COMMA || teen));
}

/* A man of 30, a 30 year old man: too old to be the youth. */
static bool grown(const struct mp_fact_clues *c, size_t at)
{
    if (at > 1 && has(c, at - 1, MP_FACT_BIT(YEARS)) && plain_number(c, at - 2) > OLDEST)
        return true;
    return has(c, at + 1, MP_FACT_BIT(OF)) &&
           (plain_number(c, at + 2) > OLDEST || has(c, at + 2, MP_FACT_BIT(GROWN)));
}

/* A pronoun that is also a verb, and a verb here: no noun that it could be said of stands behind
 * it, or its subject stands before it. */
static bool is_verb(const struct mp_fact_clues *c, size_t at)
{
    const uint64_t no_noun =
        MP_MARK(MP_IS_PREPOSITION) | MP_MARK(MP_IS_VERB) | MP_MARK(MP_IS_NUMBER);
    const uint64_t *m = mp_marks(c->text);
    bool close = at && before(c, at) <= MP_BREAK_BLANK;
    if (close && (m[at - 1] & MP_MARK(MP_IS_PREPOSITION)))
        return false;
    return before(c, at + 1) >= MP_BREAK_COMMA || m[at + 1] & no_noun ||
           has(c, at + 1, MP_FACT_BIT(UNOWNED)) || (close && has(c, at - 1, MP_FACT_BIT(UNOWNED)));
}

/* What one token says of the sex: its weight, above 0 for a girl; *noun if it is a noun. */
static int sex_weight(const struct mp_fact_clues *c, size_t at, bool *noun)
{
    static const enum mp_fact_kind order[] = {MP_FACT_FEMALE, MP_FACT_MALE, MP_FACT_SHE,
                                              MP_FACT_HE};
    const struct mp_token *t = &c->text->tokens.at[at];
    uint64_t kinds = mp_fact_kinds(c, at);
    size_t i = 0;
    while (!(kinds >> order[i] & 1))
        i++; /* it is one of them */
    *noun = i < 2;
    if (!*noun && t->capital && t->len == 1)
        return 0; /* somebody's initial */
    const struct mp_sense *s = mp_fact_sense(c, at, order[i]);
    if (*noun ? (s->b && !letter_counts(c, at)) || grown(c, at) || is_met(c, at)
              : (at && has(c, at - 1, MP_FACT_BIT(OF_HAIR))) || (s->b && is_verb(c, at)))
        return 0;
    return i % 2 ? -s->a : s->a;
}

static void set_sex(struct mp_fact_value *v, const char *word, uint32_t first, uint32_t last)
{
    *v = (struct mp_fact_value){
        .known = true, .word = mp_str_of(word), .first = first, .last = last};
}

/* Said in so many words: neither, or trans. */
static bool named_sex(const struct mp_fact_clues *c, struct mp_fact_value *sex)
{
    static const char *const words[] = {"x", "f", "m"};
    if (!(c->roles & (MP_ROLE_BIT(NEUTRAL) | MP_ROLE_BIT(GIRL) | MP_ROLE_BIT(BOY))))
        return false;
    for (size_t i = 0; i < c->n_said; i++) {
        const struct mp_mention *m = c->said[i].m;
        enum mp_fact_role role = c->said[i].role;
        if (role < MP_ROLE_NEUTRAL || role > MP_ROLE_BOY || m->silent || m->status > MP_SUSPECTED)
            continue;
        set_sex(sex, words[role - MP_ROLE_NEUTRAL], m->first, m->last);
        return true;
    }
    return false;
}

static void read_sex(const struct mp_fact_clues *c, struct mp_fact_value *sex)
{
    int64_t sum = 0;
    bool any = false;
    if (named_sex(c, sex) || !(c->kinds & MP_FACT_SEX_WORDS))
        return;
    for (size_t i = 0; i < c->n_sexes; i++) {
        uint32_t at = c->sexes[i];
        bool noun = false;
        int weight = sex_weight(c, at, &noun) * HALF_WEIGHT;
        if (!weight)
            continue;
        if (about_other(c, at))
            weight /= HALF_WEIGHT;
        bool strong = noun && (weight >= STRONG || weight <= -STRONG);
        if (strong && !any)
            weight += weight > 0 ? FIRST_NOUN : -FIRST_NOUN;
        any |= strong;
        if ((sum <= 0 && weight + sum > 0) || (sum >= 0 && weight + sum < 0))
            set_sex(sex, weight > 0 ? "f" : "m", at, at);
        sum += weight;
        if (sum == 0)
            *sex = (struct mp_fact_value){0};
    }
}

void mp_fact_person(const struct mp_fact_clues *c, struct mp_fact_value *age,
                    struct mp_fact_value *sex)
{
    read_age(c, age);
    read_sex(c, sex);
}
