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
    STOPS_MIN = 3,    /* so many full stops in words are no chance */
    POINTED_MAX = 12, /* words looked back at for whom "that one" is */
    RELATED_MAX = 4,  /* for whom "who" is */
    GOVERNED_MAX = 4, /* words that a preposition reaches over */
};

static const uint64_t finite = MP_MARK(MP_IS_PRESENT) | MP_MARK(MP_IS_PAST);
static const uint64_t must_begin = MP_MARK(MP_IS_AFRESH) | MP_MARK(MP_IS_START);
/* A clause may begin here if what follows has a verb. */
static const uint64_t may_begin =
    MP_MARK(MP_IS_APART) | MP_MARK(MP_IS_LINK) | MP_MARK(MP_IS_RELATIVE);
static const uint64_t time_begins = MP_MARK(MP_IS_TIME) | MP_MARK(MP_IS_NUMBER);
static const uint64_t some_person =
    MP_MARK(MP_IS_OTHER) | MP_MARK(MP_IS_YOUTH) | MP_MARK(MP_IS_PRONOUN);
static const uint64_t person = MP_MARK(MP_MEANS_YOUTH) | MP_MARK(MP_MEANS_OTHER);
static const uint64_t anybody =
    MP_MARK(MP_MEANS_YOUTH) | MP_MARK(MP_MEANS_OTHER) | MP_MARK(MP_MEANS_PRONOUN);

struct split {
    struct mp_text *text;
    const struct mp_token *token;
    uint64_t *marks;
    uint32_t n;
    struct mp_names names;
};

/* How a token is written. */
static uint64_t written(const struct mp_token *k)
{
    static const uint64_t behind[] = {
        [MP_BREAK_COMMA] = MP_MARK(MP_IS_APART),
        [MP_BREAK_PAREN] = MP_MARK(MP_IS_APART),
        [MP_BREAK_COLON] = MP_MARK(MP_IS_APART) | MP_MARK(MP_IS_AFRESH),
        [MP_BREAK_STOP] = MP_MARK(MP_IS_APART) | MP_MARK(MP_IS_AFRESH) | MP_MARK(MP_IS_FIRST),
        [MP_BREAK_SECTION] = MP_MARK(MP_IS_APART) | MP_MARK(MP_IS_AFRESH) | MP_MARK(MP_IS_FIRST),
    };
    static const uint64_t kinds[MP_N_TOKEN_KINDS] = {[MP_NUMBER] = MP_MARK(MP_IS_NUMBER)};
    return behind[k->before] | kinds[k->kind] | (uint64_t)k->capital << MP_IS_CAPITAL;
}

static void stop_at_words(struct mp_tokens *tokens, uint64_t *marks)
{
    uint32_t stops = 0, more = 0;
    for (size_t t = 0; t < tokens->n; t++)
        stops += marks[t] >> MP_IS_STOP & 1;
    if (stops < STOPS_MIN)
        return;
    for (size_t t = 0; t < tokens->n; t++) {
        struct mp_token *k = &tokens->at[t];
        if (t > 0 && marks[t - 1] & MP_MARK(MP_IS_STOP) && k->before < MP_BREAK_STOP) {
            k->before = MP_BREAK_STOP;
            marks[t] |= written(k);
            more++;
        }
        k->sentence += more;
    }
}

/* Marks the tokens from number `block` * MP_SET_BITS on. Returns what any of them is. */
static uint64_t mark_block(const struct mp_text *text, size_t block, uint64_t *marks,
                           uint64_t *sets)
{
    size_t from = block * MP_SET_BITS, n = text->tokens.n - from;
    uint64_t any = 0, times = 0, capitals = 0, people = 0, bit = 1;
    for (size_t t = from, end = from + (n < MP_SET_BITS ? n : MP_SET_BITS); t < end; t++) {
        const struct mp_token *k = &text->tokens.at[t];
        uint64_t mark = text->words[t]->marks[MP_MARKS_GRAMMAR] | written(k);
        any |= marks[t] = mark;
        times |= mark & time_begins ? bit : 0;
        capitals |= k->capital ? bit : 0;
        people |= mark & some_person ? bit : 0;
        bit <<= 1;
    }
    uint64_t end = n < MP_SET_BITS ? bit : 0;
    sets[MP_SET_TIMES] = times | end;
    sets[MP_SET_CAPITALS] = capitals | end;
    sets[MP_SET_PEOPLE] = people | end;
    sets[MP_SET_NAMES] = end;
    return any;
}

bool mp_clause_mark(struct mp_text *text)
{
    size_t n = text->tokens.n, blocks = n / MP_SET_BITS + 1;
    size_t bytes = (n + 1 + blocks * MP_N_TOKEN_SETS) * sizeof(uint64_t);
    uint64_t any = 0;
    text->marks.len = 0;
    if (!mp_buf_reserve(&text->marks, bytes))
        return false;
    text->marks.len = bytes;
    uint64_t *marks = MP_ITEMS(uint64_t, text->marks), *sets = marks + n + 1;
    for (size_t b = 0; b < blocks; b++)
        any |= mark_block(text, b, marks, sets + b * MP_N_TOKEN_SETS);
    marks[n] = UINT64_MAX;
    if (any & MP_MARK(MP_IS_STOP))
        stop_at_words(&text->tokens, marks);
    return true;
}

/* A number, to be computed with. */
static unsigned is(uint64_t mark, uint64_t what)
{
    return (mark & what) != 0;
}

/* Tokens up to the next place where a clause may begin. */
struct stretch {
    uint64_t any; /* what any of them is */
    uint32_t first;
};

/* Puts the stretches down, and one of no tokens behind them. Returns how many there are. Where they
 * begin is hard to predict, so there is no branch on it. */
static size_t find_stretches(const struct split *s, struct stretch *to)
{
    struct stretch *begin = to, now = {s->marks[0], 0};
    *to = now;
    for (uint32_t t = 1; t < s->n; t++) {
        uint64_t mark = s->marks[t];
        bool begins = mark & (must_begin | may_begin);
        now.any = begins ? 0 : now.any;
        now.first = begins ? t : now.first;
        now.any |= mark;
        to += begins;
        *to = now;
    }
    *++to = (struct stretch){.first = s->n};
    return (size_t)(to - begin);
}

/* Stretches become clauses: on their own, or, where one of the two has no verb, together with the
 * one before. */
static bool find_clauses(struct split *s)
{
    struct mp_text *text = s->text;
    text->scratch.len = 0;
    if (!mp_buf_reserve(&text->scratch, (s->n + 2) * sizeof(struct stretch)))
        return false;
    struct stretch *stretch = MP_ITEMS(struct stretch, text->scratch);
    size_t n = s->n ? find_stretches(s, stretch) : 0;
    if (!mp_buf_reserve(&text->clauses, (n + 1) * sizeof(struct mp_clause)))
        return false;
    struct mp_clause *c = MP_ITEMS(struct mp_clause, text->clauses), *begin = c;
    struct stretch now = {0};
    for (size_t i = 0; i < n; i++) {
        uint32_t first = stretch[i].first;
        uint64_t any = stretch[i].any;
        /* "no particulars, has asthma" */
        unsigned begins = is(s->marks[first], finite) & (s->token[first].before == MP_BREAK_COMMA);
        /* no short circuits: which of these holds is hard to predict */
        uint64_t ends = (i > 0) & (is(s->marks[first], must_begin) |
                                   (is(any, finite) & (is(now.any, finite) | begins)));
        c += ends;
        now.first = ends ? first : now.first;
        now.any = (now.any & (ends - 1)) | any;
        *c = (struct mp_clause){.first = now.first,
                                .last = stretch[i + 1].first - 1,
                                .subject = MP_NO_SUBJECT,
                                .any = now.any};
    }
    text->clauses.len = n ? (size_t)(c + 1 - begin) * sizeof *c : 0;
    return true;
}

/* Whom the token means: one of MP_MEANS_*, or 0. Tables and masks, as no branch could be
 * predicted. */
static uint64_t who_is(const uint64_t *m, uint32_t t)
{
    enum { OTHER = 1, YOUTH = 2, PRONOUN = 4 };
    static const uint64_t means[] = {
        [YOUTH] = MP_MARK(MP_MEANS_YOUTH),
        [PRONOUN] = MP_MARK(MP_MEANS_PRONOUN),
        [PRONOUN | YOUTH] = MP_MARK(MP_MEANS_PRONOUN),
        [OTHER] = MP_MARK(MP_MEANS_OTHER),
        [OTHER | YOUTH] = MP_MARK(MP_MEANS_OTHER),
        [OTHER | PRONOUN] = MP_MARK(MP_MEANS_OTHER),
        [OTHER | PRONOUN | YOUTH] = MP_MARK(MP_MEANS_OTHER),
    };
    unsigned word = m[t] >> MP_IS_OTHER & 7;
    /* "the younger sister": its word for younger is one for the youth, too */
    uint64_t younger =
        ((word & (YOUTH | PRONOUN)) == YOUTH) &
        ((m[t + 1] & (MP_MARK(MP_IS_OTHER) | MP_MARK(MP_IS_APART))) == MP_MARK(MP_IS_OTHER));
    return (means[word] & (younger - 1)) | (m[t] & person); /* that is a name */
}

/* Marks the names among the tokens from `from` on, of which `capitals` begin with one. Returns
 * which they are. */
static uint64_t find_named(struct split *s, uint32_t from, uint64_t capitals)
{
    uint64_t named = 0;
    for (; capitals; capitals &= capitals - 1) {
        unsigned i = (unsigned)__builtin_ctzll(capitals);
        uint64_t who = mp_names_mean(s->text, &s->names, from + i);
        s->marks[from + i] |= who;
        named |= (uint64_t)(who != 0) << i;
    }
    return named;
}

/* A preposition stands soon before the token, with no verb and nobody between. */
static bool is_governed(const uint64_t *m, uint32_t first, uint32_t t)
{
    for (uint32_t i = t; i > first && t - i < GOVERNED_MAX;) {
        i--;
        if (m[i] & (MP_MARK(MP_IS_PREPOSITION) | finite | anybody))
            return m[i] & MP_MARK(MP_IS_PREPOSITION);
    }
    return false;
}

/* Whether somebody that the token means is the subject of the clause, which has none yet. */
static bool is_subject(const uint64_t *m, const struct mp_clause *c, uint32_t t, uint64_t who)
{
    return !(m[t] & MP_MARK(MP_IS_PREPOSITION)) &&
           (who & MP_MARK(MP_MEANS_PRONOUN) || !is_governed(m, c->first, t));
}

/* Marks whom tokens mean. The subject of a clause is its first person that no preposition stands
 * before. */
static void find_people(struct split *s)
{
    struct mp_clause *clauses = MP_ITEMS(struct mp_clause, s->text->clauses);
    const uint32_t *of = MP_ITEMS(uint32_t, s->text->clause_of);
    uint64_t *m = s->marks;
    for (uint32_t from = 0; from < s->n; from += MP_SET_BITS) {
        const uint64_t *sets = mp_sets(s->text, from / MP_SET_BITS);
        uint64_t tokens = s->n - from < MP_SET_BITS ? (1ull << (s->n - from)) - 1 : UINT64_MAX;
        uint64_t left = sets[MP_SET_PEOPLE] & tokens;
        if (s->names.letters)
            left |= find_named(s, from, sets[MP_SET_CAPITALS] & tokens & ~left);
        for (; left; left &= left - 1) {
            uint32_t t = from + (uint32_t)__builtin_ctzll(left);
            uint64_t who = who_is(m, t);
            struct mp_clause *c = &clauses[of[t]];
            m[t] |= who;
            c->youth |= is(who, MP_MARK(MP_MEANS_YOUTH)) & !is(m[t], MP_MARK(MP_IS_RELATIVE));
            if (who && c->subject == MP_NO_SUBJECT && is_subject(m, c, t, who)) {
                c->subject = t;
                c->any |= who;
            }
        }
    }
}

/* Numbers the clauses: the first token of each but the first one counts on. */
static void find_clause_of(struct split *s)
{
    const struct mp_clause *c = MP_ITEMS(struct mp_clause, s->text->clauses);
    size_t n = MP_COUNT(struct mp_clause, s->text->clauses);
    uint32_t *of = MP_ITEMS(uint32_t, s->text->clause_of), number = 0;
    memset(of, 0, s->n * sizeof *of);
    for (size_t i = 1; i < n; i++)
        of[c[i].first] = 1;
    for (uint32_t t = 0; t < s->n; t++)
        of[t] = number += of[t];
}

/* The youth stands in the clause as the one it is done to: "father hit her". "her"
 * before a noun is whose something is. */
static bool has_object(const uint64_t *m, const struct mp_clause *c)
{
    const uint64_t no_noun = MP_MARK(MP_IS_VERB) | MP_MARK(MP_IS_PREPOSITION) |
                             MP_MARK(MP_IS_APART) | MP_MARK(MP_IS_NUMBER);
    if (c->any & MP_MARK(MP_IS_OBJECT))
        for (uint32_t t = c->first; t <= c->last; t++)
            if (m[t] & MP_MARK(MP_IS_OBJECT) &&
                !(t > c->first && m[t - 1] & MP_MARK(MP_IS_PREPOSITION)) &&
                (t == c->last || !(m[t] & MP_MARK(MP_IS_POSSESSIVE)) || m[t + 1] & no_noun))
                return true;
    return false;
}

/* The clause whose cues reach into clause i. */
static uint32_t governor(const uint64_t *m, const struct mp_clause *c, uint32_t i)
{
    uint64_t first = m[c[i].first];
    if (!(first & (MP_MARK(MP_IS_COMPLEMENT) | MP_MARK(MP_IS_LINK))) || i == 0 ||
        first & MP_MARK(MP_IS_AFRESH))
        return i;
    if (first & MP_MARK(MP_IS_COMPLEMENT))
        return i - 1;
    /* "that she smokes and that she drinks", "that she smokes and drinks" */
    return c[i - 1].governor != i - 1 ? c[i - 1].governor : i;
}

/* Whom "that one is ..." at the start of a sentence goes back to: the last one that the sentence
 * before it named. */
static uint64_t pointed_at(const struct split *s, uint32_t t)
{
    const uint64_t *m = s->marks;
    if (m[t] & MP_MARK(MP_IS_COMPLEMENT) || t + 1 >= s->n || !(m[t + 1] & finite))
        return 0;
    for (uint32_t i = t; i-- > 0 && t - i <= POINTED_MAX &&
                         s->token[i].sentence + 1 >= s->token[t].sentence &&
                         s->token[i].section == s->token[t].section;) {
        uint64_t who = m[i] & person;
        if (who)
            return who;
    }
    return 0;
}

/* The person noun that a relative pronoun at t goes back to. */
static uint64_t antecedent(const struct split *s, uint32_t t)
{
    const uint64_t *m = s->marks;
    for (uint32_t i = t;
         i-- > 0 && t - i <= RELATED_MAX && s->token[i].sentence == s->token[t].sentence;)
        if (m[i] & (MP_MARK(MP_IS_SPEECH) | person)) /* "said that he": no relative clause */
            return m[i] & MP_MARK(MP_IS_SPEECH) ? 0 : m[i] & person;
    return 0;
}

/* A relative pronoun that begins a clause takes over the one before it. */
static void take_over(const struct split *s, struct mp_clause *c)
{
    uint32_t first = c->first;
    uint64_t who =
        s->marks[first] & MP_MARK(MP_IS_FIRST) ? pointed_at(s, first) : antecedent(s, first);
    if (who || c->subject == MP_NO_SUBJECT) {
        c->subject = first;
        c->any = (c->any & ~anybody) | who;
    }
}

static void find_subjects(struct split *s)
{
    struct mp_clause *c = MP_ITEMS(struct mp_clause, s->text->clauses);
    size_t n = MP_COUNT(struct mp_clause, s->text->clauses);
    uint64_t before = 0; /* what the clause before is */
    enum mp_about about = MP_ABOUT_YOUTH;
    for (size_t i = 0; i < n; i++) {
        uint64_t first = s->marks[c[i].first];
        if (first & MP_MARK(MP_IS_RELATIVE) && i > 0)
            take_over(s, &c[i]);
        uint64_t any = c[i].any;
        c[i].present = any & MP_MARK(MP_IS_PRESENT);
        c[i].past = any & MP_MARK(MP_IS_PAST);
        c[i].verb = any & finite;
        c[i].governor = governor(s->marks, c, (uint32_t)i);
        c[i].object = has_object(s->marks, &c[i]);
        c[i].named = any & person;
        /* no branches: who says something is not whom it is about; what somebody says about "her"
         * is about the youth */
        bool youth = c[i].named ? is(any, MP_MARK(MP_MEANS_YOUTH) | MP_MARK(MP_IS_SPEECH))
                                : is(first, MP_MARK(MP_IS_FIRST)) |
                                      is(before, MP_MARK(MP_IS_SPEECH)) | (about == MP_ABOUT_YOUTH);
        c[i].about = about = youth ? MP_ABOUT_YOUTH : MP_ABOUT_OTHER;
        before = any;
    }
}

bool mp_clause_split(struct mp_text *text)
{
    struct split s = {.text = text,
                      .token = text->tokens.at,
                      .marks = MP_ITEMS(uint64_t, text->marks),
                      .n = (uint32_t)text->tokens.n};
    text->clauses.len = 0;
    text->clause_of.len = 0;
    if (!mp_buf_reserve(&text->clause_of, (s.n + 1) * sizeof(uint32_t)))
        return false;
    text->clause_of.len = s.n * sizeof(uint32_t);
    if (!find_clauses(&s))
        return false;
    mp_names_find(text, &s.names);
    find_clause_of(&s);
    find_people(&s);
    find_subjects(&s);
    return true;
}
