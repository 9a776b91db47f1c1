/* Splits sentences into clauses and finds whom each is about. */
#include "text/clause.h"
#include "text/names.h"

const char *const mp_grammar_lists[MP_N_GRAMMAR_LISTS] = {
    [MP_IS_START] = "clause_starts",
    [MP_IS_LINK] = "clause_links",
    [MP_IS_COMPLEMENT] = "clause_complements",
    [MP_IS_RELATIVE] = "relatives",
    [MP_IS_OTHER] = "other_person",
    [MP_IS_YOUTH] = "youth",
    [MP_IS_PRONOUN] = "pronouns",
    [MP_IS_OBJECT] = "youth_objects",
    [MP_IS_POSSESSIVE] = "possessives",
    [MP_IS_PREPOSITION] = "subject_prepositions",
    [MP_IS_SPEECH] = "speech_verbs",
    [MP_IS_COMPANY] = "company",
    [MP_IS_BOUND] = "time_bounds",
    [MP_IS_DEPENDENT] = "dependents",
    [MP_IS_NAME] = "first_names",
    [MP_IS_TITLE] = "name_titles",
    [MP_IS_AUXILIARY] = "auxiliaries",
    [MP_IS_NO_NAME] = "no_names",
    [MP_IS_KIN] = "own_stories",
    [MP_IS_STOP] = "full_stops",
};

enum {
    STOPS_MIN = 3,   /* so many full stops in words are no chance */
    POINTED_MAX = 12 /* words looked back at for whom "that one" is */
};

struct split {
    struct mp_text *text;
    const struct mp_token *token;
    uint32_t n;
    struct mp_names names;
};

static bool is(const struct split *s, uint32_t t, enum mp_grammar what)
{
    return mp_is(s->text, t, what);
}

/* A clause may begin here if what follows has a verb. */
static bool may_begin(const struct split *s, uint32_t t)
{
    return s->token[t].before >= MP_BREAK_COMMA || is(s, t, MP_IS_LINK) || is(s, t, MP_IS_RELATIVE);
}

static bool must_begin(const struct split *s, uint32_t t)
{
    return t == 0 || s->token[t].before >= MP_BREAK_COLON || is(s, t, MP_IS_START);
}

/* Stretches up to the next place where a clause may begin become clauses: on their own, or, where
 * one of the two has no verb, together with the one before. */
static bool find_clauses(struct split *s)
{
    struct mp_clause now = {0};
    struct mp_buf *out = &s->text->clauses;
    for (uint32_t t = 0; t < s->n;) {
        uint32_t first = t;
        bool must = must_begin(s, t), present = false, past = false;
        do {
            present |= is(s, t, MP_IS_PRESENT);
            past |= is(s, t, MP_IS_PAST);
        } while (++t < s->n && !must_begin(s, t) && !may_begin(s, t));
        bool verb = present || past;
        /* "no particulars, has asthma" */
        bool begins = s->token[first].before == MP_BREAK_COMMA &&
                      (is(s, first, MP_IS_PRESENT) || is(s, first, MP_IS_PAST));
        if (first > 0 && (must || begins || (verb && now.verb))) {
            mp_buf_add(out, &now, sizeof now);
            now = (struct mp_clause){.first = first};
        }
        now.last = t - 1;
        now.verb |= verb;
        now.present |= present;
        now.past |= past;
    }
    if (s->n)
        mp_buf_add(out, &now, sizeof now);
    return !out->failed;
}

/* Who is meant by a word that may be a subject. */
enum who { NOBODY, YOUTH, SOMEBODY_ELSE, PRONOUN };

static enum who who_is(const struct split *s, uint32_t t)
{
    const struct mp_names *n = &s->names;
    /* "the younger sister": its word for younger is one for the youth, too */
    if (t + 1 < s->n && s->token[t + 1].before <= MP_BREAK_BLANK && is(s, t + 1, MP_IS_OTHER) &&
        is(s, t, MP_IS_YOUTH) && !is(s, t, MP_IS_PRONOUN))
        return NOBODY;
    return is(s, t, MP_IS_OTHER)                              ? SOMEBODY_ELSE
           : is(s, t, MP_IS_PRONOUN)                          ? PRONOUN
           : is(s, t, MP_IS_YOUTH)                            ? YOUTH
           : !s->token[t].capital                             ? NOBODY
           : mp_names_has(s->text, n->youths, n->n_youths, t) ? YOUTH
           : mp_names_has(s->text, n->others, n->n_others, t) ? SOMEBODY_ELSE
                                                              : NOBODY;
}

/* The youth stands in the clause as the one it is done to: "father hit her". "her"
 * before a noun is whose something is. */
static bool has_object(const struct split *s, const struct mp_clause *c)
{
    for (uint32_t t = c->first; t <= c->last; t++) {
        if (!is(s, t, MP_IS_OBJECT) || (t > c->first && is(s, t - 1, MP_IS_PREPOSITION)))
            continue;
        if (t == c->last || !is(s, t, MP_IS_POSSESSIVE) || is(s, t + 1, MP_IS_VERB) ||
            is(s, t + 1, MP_IS_PREPOSITION) || s->token[t + 1].before >= MP_BREAK_COMMA ||
            s->token[t + 1].kind == MP_NUMBER)
            return true;
    }
    return false;
}

/* The clause whose cues reach into clause i. */
static uint32_t governor(const struct split *s, const struct mp_clause *c, uint32_t i)
{
    uint32_t first = c[i].first;
    if (i == 0 || s->token[first].before >= MP_BREAK_COLON ||
        s->token[first].sentence != s->token[c[i - 1].first].sentence)
        return i;
    if (is(s, first, MP_IS_COMPLEMENT))
        return i - 1;
    /* "that she smokes and that she drinks", "that she smokes and drinks" */
    if (is(s, first, MP_IS_LINK) && c[i - 1].governor != i - 1)
        return c[i - 1].governor;
    return i;
}

/* Whom "that one is ..." at the start of a sentence goes back to: the last one that the sentence
 * before it named. */
static enum who pointed_at(const struct split *s, uint32_t t)
{
    if (t == 0 || t + 1 >= s->n || is(s, t, MP_IS_COMPLEMENT) ||
        !(is(s, t + 1, MP_IS_PRESENT) || is(s, t + 1, MP_IS_PAST)))
        return NOBODY;
    for (uint32_t i = t; i-- > 0 && t - i <= POINTED_MAX &&
                         s->token[i].sentence + 1 >= s->token[t].sentence &&
                         s->token[i].section == s->token[t].section;) {
        enum who who = who_is(s, i);
        if (who == YOUTH || who == SOMEBODY_ELSE)
            return who;
    }
    return NOBODY;
}

/* The person noun that a relative pronoun at t goes back to. */
static enum who antecedent(const struct split *s, uint32_t t)
{
    for (uint32_t i = t; i-- > 0 && t - i <= 4 && s->token[i].sentence == s->token[t].sentence;) {
        enum who who = who_is(s, i);
        if (is(s, i, MP_IS_SPEECH)) /* "said that he": no relative clause */
            return NOBODY;
        if (who == YOUTH || who == SOMEBODY_ELSE)
            return who;
    }
    return NOBODY;
}

/* The first person of the clause that no preposition stands before. */
static enum who subject(const struct split *s, const struct mp_clause *c, uint32_t *at)
{
    uint32_t behind = 0; /* tokens for which a preposition still counts */
    if (is(s, c->first, MP_IS_RELATIVE) && c->first > 0) {
        enum who who = s->token[c->first].before >= MP_BREAK_STOP ? pointed_at(s, c->first)
                                                                  : antecedent(s, c->first);
        *at = c->first;
        if (who != NOBODY)
            return who;
    }
    for (uint32_t t = c->first; t <= c->last; t++) {
        if (is(s, t, MP_IS_PREPOSITION)) {
            behind = 4;
            continue;
        }
        enum who who = who_is(s, t);
        if (who != NOBODY && (!behind || who == PRONOUN)) {
            *at = t;
            return who;
        }
        behind = who != NOBODY || is(s, t, MP_IS_PRESENT) || is(s, t, MP_IS_PAST)
                     ? 0
                     : behind - (behind > 0);
    }
    return NOBODY;
}

static bool has_speech(const struct split *s, const struct mp_clause *c)
{
    for (uint32_t t = c->first; t <= c->last; t++)
        if (is(s, t, MP_IS_SPEECH))
            return true;
    return false;
}

/* Whether the clause speaks of the youth: "for Kim that is not so". */
static bool has_youth(const struct split *s, const struct mp_clause *c)
{
    for (uint32_t t = c->first; t <= c->last; t++)
        if (!is(s, t, MP_IS_RELATIVE) && who_is(s, t) == YOUTH)
            return true;
    return false;
}

static void find_subjects(struct split *s)
{
    struct mp_clause *c = MP_ITEMS(struct mp_clause, s->text->clauses);
    size_t n = MP_COUNT(struct mp_clause, s->text->clauses);
    for (size_t i = 0; i < n; i++) {
        bool same = i > 0 && s->token[c[i].first].sentence == s->token[c[i - 1].first].sentence;
        uint32_t at = MP_NO_SUBJECT;
        enum who who = subject(s, &c[i], &at);
        enum mp_about before = same ? c[i - 1].about : MP_ABOUT_YOUTH;
        /* what somebody says about "her" is about the youth */
        if (same && before == MP_ABOUT_OTHER && has_speech(s, &c[i - 1]))
            before = MP_ABOUT_YOUTH;
        c[i].governor = governor(s, c, (uint32_t)i);
        c[i].object = has_object(s, &c[i]);
        c[i].subject = at;
        c[i].youth = has_youth(s, &c[i]);
        c[i].named = who == YOUTH || who == SOMEBODY_ELSE;
        /* who says something is not whom it is about */
        c[i].about = who == YOUTH || (who == SOMEBODY_ELSE && has_speech(s, &c[i])) ? MP_ABOUT_YOUTH
                     : who == SOMEBODY_ELSE                                         ? MP_ABOUT_OTHER
                                                                                    : before;
    }
}

void mp_clause_stop_at_words(struct mp_text *text)
{
    uint32_t stops = 0, more = 0;
    for (uint32_t t = 0; t < text->tokens.n; t++)
        stops += mp_is(text, t, MP_IS_STOP);
    if (stops < STOPS_MIN)
        return;
    for (uint32_t t = 0; t < text->tokens.n; t++) {
        struct mp_token *k = &text->tokens.at[t];
        if (t > 0 && mp_is(text, t - 1, MP_IS_STOP) && k->before < MP_BREAK_STOP) {
            k->before = MP_BREAK_STOP;
            more++;
        }
        k->sentence += more;
    }
}

bool mp_clause_split(struct mp_text *text)
{
    struct split s = {.text = text, .token = text->tokens.at};
    s.n = (uint32_t)text->tokens.n;
    text->clauses.len = 0;
    text->clause_of.len = 0;
    if (!find_clauses(&s) || !mp_buf_reserve(&text->clause_of, (s.n + 1) * sizeof(uint32_t)))
        return false;
    text->clause_of.len = s.n * sizeof(uint32_t);
    const struct mp_clause *c = MP_ITEMS(struct mp_clause, text->clauses);
    uint32_t *of = MP_ITEMS(uint32_t, text->clause_of);
    for (uint32_t i = 0; i < MP_COUNT(struct mp_clause, text->clauses); i++)
        for (uint32_t t = c[i].first; t <= c[i].last; t++)
            of[t] = i;
    mp_names_find(text, &s.names);
    find_subjects(&s);
    return true;
}
