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
    NEAR_NAME = 3,   /* tokens between a noun and an age with a name before it */
    MIND = 6,        /* tokens between a word for the mind and an age */
    NEAR = 4,        /* tokens between a label and what it is about */
    FIRST_NOUN = 6,  /* extra weight of the first noun that is */
    STRONG = 3,      /* so strong */
    HALF_WEIGHT = 2, /* divides what clauses about others say */
};

struct person {
    const struct mp_fact_words *w;
    const struct mp_text *text;
};

static const struct mp_sense *sense(const struct person *r, size_t at, enum mp_fact_kind kind)
{
    return at < r->text->tokens.n ? mp_sense_of(&r->w->senses, r->text->words[at], kind) : NULL;
}

/* Whether the token has a sense of one of the kinds (bits): a quick look before others. */
static bool has_any(const struct person *r, size_t at, uint64_t kinds)
{
    return at < r->text->tokens.n && mp_sense_marks(&r->w->senses, r->text->words[at]) & kinds;
}

static enum mp_break before(const struct person *r, size_t at)
{
    return at < r->text->tokens.n ? r->text->tokens.at[at].before : MP_BREAK_SECTION;
}

static bool about_other(const struct person *r, size_t at)
{
    return mp_clause_at(r->text, (uint32_t)at)->about == MP_ABOUT_OTHER;
}

/* A whole number of at most three digits; -1 if the token is none. */
static int plain_number(const struct person *r, size_t at)
{
    if (at >= r->text->tokens.n || r->text->tokens.at[at].kind != MP_NUMBER)
        return -1;
    struct mp_str s = mp_token_str(&r->text->tokens, at);
    int value = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || i == 3)
            return -1;
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

static bool youth_noun(const struct person *r, size_t at)
{
    return sense(r, at, MP_FACT_FEMALE) || sense(r, at, MP_FACT_MALE) ||
           sense(r, at, MP_FACT_YOUTH);
}

static bool sex_letter(const struct person *r, size_t at)
{
    const struct mp_sense *f = sense(r, at, MP_FACT_FEMALE), *m = sense(r, at, MP_FACT_MALE);
    return (f && f->b) || (m && m->b);
}

/* A sign that ends a cell of a table stands between the token and the one before it. */
static bool next_cell(const struct person *r, size_t at)
{
    const struct mp_tokens *t = &r->text->tokens;
    if (at == 0 || at >= t->n || t->at[at].line)
        return false;
    char sign = t->text.p[t->at[at - 1].end];
    return sign == ';' || sign == '|';
}

/* A word for somebody else shortly before, in the same sentence: her sister (12), her sister Lisa
 * (12). "The mother of Lisa (12)" is about Lisa. */
static bool of_other(const struct person *r, size_t at)
{
    size_t reach = at && r->text->tokens.at[at - 1].capital ? NEAR_NAME : NEAR;
    if (at && youth_noun(r, at - 1))
        return false;
    for (size_t i = at, n = 0; i > 0 && n < reach; n++) {
        if (before(r, i) >= MP_BREAK_COLON ||
            (n > 0 && reach == NEAR && before(r, i) == MP_BREAK_COMMA))
            return false;
        i--;
        if (sense(r, i, MP_FACT_PERSON) && !youth_noun(r, i))
            return true;
        if (youth_noun(r, i) || sense(r, i, MP_FACT_AGE_LABEL) ||
            (reach == NEAR_NAME && sense(r, i, MP_FACT_OF)))
            return false;
    }
    return false;
}

/* "Age: 15", "age? 15", "age;15". */
static bool label_before(const struct person *r, size_t at, enum mp_fact_kind kind)
{
    bool colon = false;
    if (at && next_cell(r, at) && sense(r, at - 1, kind))
        return true;
    for (size_t i = at, n = 0; i > 0 && n < NEAR; n++) {
        enum mp_break sign = before(r, i);
        if (sign == MP_BREAK_STOP && r->text->tokens.at[i - 1].question &&
            !r->text->tokens.at[i].line)
            sign = MP_BREAK_COLON;
        if (sign >= MP_BREAK_STOP || (sign == MP_BREAK_COLON && colon))
            return false;
        colon |= sign == MP_BREAK_COLON;
        if (sense(r, --i, kind))
            return true;
    }
    return false;
}

/* 15 years: an age and no span of time. */
static bool years_of_age(const struct person *r, size_t at, size_t behind)
{
    if (at && before(r, at) < MP_BREAK_COLON &&
        (sense(r, at - 1, MP_FACT_SPAN_BEFORE) || sense(r, at - 1, MP_FACT_ABOUT)))
        return false;
    return !(sense(r, behind, MP_FACT_SPAN_BEHIND) && before(r, behind) <= MP_BREAK_BLANK);
}

/* The level at which the youth thinks or acts: no age. */
static bool of_mind(const struct person *r, size_t at)
{
    for (size_t i = at, n = 0; i > 0 && n < MIND && before(r, i) <= MP_BREAK_BLANK; n++)
        if (sense(r, --i, MP_FACT_MIND))
            return true;
    return false;
}

/* A number that stands alone in its place: "15;f", ". 16, small", and the signs written out. */
static int lone_age(const struct person *r, size_t at)
{
    enum mp_break behind = before(r, at + 1);
    if ((at && next_cell(r, at) && sex_letter(r, at - 1)) ||
        (next_cell(r, at + 1) && sex_letter(r, at + 1)))
        return 25;
    if (at && sense(r, at - 1, MP_FACT_SIGN) && sense(r, at + 1, MP_FACT_SIGN))
        return 25;
    return before(r, at) >= MP_BREAK_STOP && behind == MP_BREAK_COMMA &&
                   plain_number(r, at + 1) < 0 && !sense(r, at + 1, MP_FACT_SPAN_BEHIND)
               ? 15
               : 0;
}

/* A number that has neither label nor unit: what stands around it. */
static int bare_age(const struct person *r, size_t at, int n)
{
    enum mp_break front = before(r, at), behind = before(r, at + 1);
    bool alone = behind >= MP_BREAK_COMMA;
    int lone = n > TEENS ? lone_age(r, at) : 0;
    if (lone)
        return lone;
    if (!at || front >= MP_BREAK_STOP || sense(r, at - 1, MP_FACT_ABOUT) ||
        (behind <= MP_BREAK_BLANK && sense(r, at + 1, MP_FACT_SPAN_BEHIND)))
        return 0;
    bool name = r->text->tokens.at[at - 1].capital, noun = youth_noun(r, at - 1);
    if (sense(r, at - 1, MP_FACT_OF)) {
        bool pronoun = at > 1 && (sense(r, at - 2, MP_FACT_SHE) || sense(r, at - 2, MP_FACT_HE));
        if (at > 1 && youth_noun(r, at - 2))
            return 55;
        if (n < TEENS)
            return 0;
        return pronoun || (at > 1 && r->text->tokens.at[at - 2].capital) ? 45 : alone ? 30 : 0;
    }
    if (n < TEENS)
        return 0;
    if (noun)
        return alone ? 50 : 45;
    if (front == MP_BREAK_PAREN && alone)
        return name ? 50 : 25;
    if (front == MP_BREAK_COMMA && alone)
        return name || youth_noun(r, at + 1) ? 40 : 18;
    if (alone && youth_noun(r, at + 1))
        return 40;
    if (front == MP_BREAK_BLANK && at > 1 && n > TEENS && before(r, at - 1) == MP_BREAK_BLANK &&
        youth_noun(r, at - 2) && !has_any(r, at - 1, 1ull << MP_FACT_SPAN_BEFORE))
        return 15;
    return name && front == MP_BREAK_BLANK ? (alone ? 20 : 13) : 0;
}

/* How sure the number at a token is the youth's age: 0 not at all. */
static int age_strength(const struct person *r, size_t at, int *years)
{
    const struct mp_sense *word = sense(r, at, MP_FACT_AGE_WORD);
    if (word) {
        *years = word->a;
        return years_of_age(r, at, at + 1) && !of_mind(r, at) ? 60 : 0;
    }
    int n = plain_number(r, at);
    const struct mp_sense *number = sense(r, at, MP_FACT_NUMBER);
    if (n < 0 && number)
        n = number->a;
    *years = n;
    if (n < YOUNGEST || n > OLDEST || of_mind(r, at))
        return 0;
    if (sense(r, at + 1, MP_FACT_YEARS) && before(r, at + 1) <= MP_BREAK_BLANK)
        return !years_of_age(r, at, at + 2) ? 0 : n < TEENS ? 40 : 60;
    if (label_before(r, at, MP_FACT_AGE_LABEL))
        return 70;
    return bare_age(r, at, n);
}

/* Age from a date of birth behind "born". */
static bool age_of_birth(const struct person *r, const struct mp_when *when, int *years)
{
    const struct mp_time report = r->text->reported_at;
    size_t at = when->first;
    if (when->grain != MP_GRAIN_DAY || !report.known)
        return false;
    for (size_t n = 0; n < NEAR; n++) {
        if (sense(r, at, MP_FACT_BIRTH)) {
            *years = mp_date_age(when->from.day, report.day);
            return *years >= 0 && *years <= OLDEST + 3;
        }
        if (at == 0 || before(r, at) >= MP_BREAK_SECTION)
            return false;
        at--;
    }
    return false;
}

/* An age in a mention that says one: "is said to be 16", "turns 17 next week". */
static void said_age(const struct person *r, struct mp_fact_value *age, int *best)
{
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, r->text->mentions);
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, r->text->mentions); i++) {
        int role = mp_fact_role(r->w, &m[i]);
        if ((role != MP_ROLE_AGED && role != MP_ROLE_AGEING) || m[i].silent)
            continue;
        for (uint32_t at = m[i].first; at <= m[i].last; at++) {
            const struct mp_sense *number = sense(r, at, MP_FACT_NUMBER);
            int years = number ? number->a : plain_number(r, at);
            int strength = of_other(r, m[i].first) ? SAID / OF_OTHER : SAID;
            if (years <= TEENS || years > OLDEST + (role == MP_ROLE_AGEING) ||
                strength <= *best + (*best ? 15 : 0))
                continue;
            *best = strength;
            *age = (struct mp_fact_value){.known = true,
                                          .age = years - (role == MP_ROLE_AGEING),
                                          .first = m[i].first,
                                          .last = m[i].last};
        }
    }
}

static void read_age(const struct person *r, struct mp_fact_value *age)
{
    int best = 0, years;
    for (size_t i = 0; i < r->text->tokens.n; i++) {
        if (r->text->tokens.at[i].kind != MP_NUMBER &&
            !has_any(r, i, 1ull << MP_FACT_AGE_WORD | 1ull << MP_FACT_NUMBER))
            continue;
        int strength = age_strength(r, i, &years);
        if (strength && of_other(r, i))
            strength /= OF_OTHER;
        if (strength > best + (best ? 15 : 0)) {
            best = strength;
            *age = (struct mp_fact_value){
                .known = true, .age = years, .first = (uint32_t)i, .last = (uint32_t)i};
        }
    }
    said_age(r, age, &best);
    const struct mp_when *whens = MP_ITEMS(struct mp_when, r->text->whens);
    for (size_t i = 0; i < MP_COUNT(struct mp_when, r->text->whens) && best < 70; i++)
        if (age_of_birth(r, &whens[i], &years)) {
            best = 70;
            *age = (struct mp_fact_value){
                .known = true, .age = years, .first = whens[i].first, .last = whens[i].last};
        }
    if (best < LEAST)
        *age = (struct mp_fact_value){0};
}

/* V of "M/V: V", "(v, 15)", "(v/15)", ", m,": a letter that stands for a sex. */
static bool letter_counts(const struct person *r, size_t at)
{
    if ((before(r, at) == MP_BREAK_TOUCH && at && sex_letter(r, at - 1)) ||
        (before(r, at + 1) == MP_BREAK_TOUCH && sex_letter(r, at + 1)))
        return false;
    int age = plain_number(r, at + 1);
    bool teen = age >= TEENS && age <= OLDEST;
    return label_before(r, at, MP_FACT_SEX_LABEL) || (teen && at && youth_noun(r, at - 1)) ||
           (before(r, at) >= MP_BREAK_COMMA && (before(r, at + 1) >= MP_BREAK_COMMA || teen));
}

/* A man of 30: too old to be the youth. */
static bool grown(const struct person *r, size_t at)
{
    return sense(r, at + 1, MP_FACT_OF) &&
           (plain_number(r, at + 2) > OLDEST || sense(r, at + 2, MP_FACT_GROWN));
}

/* What one token says of the sex: its weight, above 0 for a girl; *noun if it is a noun. */
static int sex_weight(const struct person *r, size_t at, bool *noun)
{
    static const enum mp_fact_kind order[] = {MP_FACT_FEMALE, MP_FACT_MALE, MP_FACT_SHE,
                                              MP_FACT_HE};
    const struct mp_token *t = &r->text->tokens.at[at];
    for (size_t i = 0; i < 4; i++) {
        const struct mp_sense *s = sense(r, at, order[i]);
        if (!s)
            continue;
        *noun = i < 2;
        if (!*noun && t->capital && t->len == 1)
            return 0; /* somebody's initial */
        if (*noun ? (s->b && !letter_counts(r, at)) || grown(r, at)
                  : at && sense(r, at - 1, MP_FACT_OF_HAIR))
            return 0;
        return i % 2 ? -s->a : s->a;
    }
    return 0;
}

static void set_sex(struct mp_fact_value *v, const char *word, size_t at)
{
    *v = (struct mp_fact_value){
        .known = true, .word = mp_str_of(word), .first = (uint32_t)at, .last = (uint32_t)at};
}

/* Said in so many words: neither, or trans. */
static bool named_sex(const struct person *r, struct mp_fact_value *sex)
{
    static const char *const words[] = {"x", "f", "m"};
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, r->text->mentions);
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, r->text->mentions); i++) {
        int role = mp_fact_role(r->w, &m[i]);
        if (role < MP_ROLE_NEUTRAL || role > MP_ROLE_BOY || m[i].silent ||
            m[i].status > MP_SUSPECTED)
            continue;
        set_sex(sex, words[role - MP_ROLE_NEUTRAL], m[i].first);
        sex->last = m[i].last;
        return true;
    }
    return false;
}

static void read_sex(const struct person *r, struct mp_fact_value *sex)
{
    int64_t sum = 0;
    bool any = false;
    if (named_sex(r, sex))
        return;
    for (size_t i = 0; i < r->text->tokens.n; i++) {
        if (!has_any(r, i,
                     1ull << MP_FACT_FEMALE | 1ull << MP_FACT_MALE | 1ull << MP_FACT_SHE |
                         1ull << MP_FACT_HE))
            continue;
        bool noun = false;
        int weight = sex_weight(r, i, &noun) * HALF_WEIGHT;
        if (!weight)
            continue;
        if (about_other(r, i))
            weight /= HALF_WEIGHT;
        bool strong = noun && (weight >= STRONG || weight <= -STRONG);
        if (strong && !any)
            weight += weight > 0 ? FIRST_NOUN : -FIRST_NOUN;
        any |= strong;
        if ((sum <= 0 && weight + sum > 0) || (sum >= 0 && weight + sum < 0))
            set_sex(sex, weight > 0 ? "f" : "m", i);
        sum += weight;
        if (sum == 0)
            *sex = (struct mp_fact_value){0};
    }
}

void mp_fact_person(const struct mp_fact_words *w, const struct mp_text *text,
                    struct mp_fact_value *age, struct mp_fact_value *sex)
{
    const struct person r = {w, text};
    read_age(&r, age);
    read_sex(&r, sex);
}
