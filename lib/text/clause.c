/* Splits sentences into clauses and finds whom each is about. */
#include "text/clause.h"
#include "text/names.h"

enum {
    AT_ONCE = 16,     /* tokens of a clause put down together: most have no more */
    POINTED_MAX = 12, /* words looked back at for whom "that one" is */
    RELATED_MAX = 4,  /* for whom "who" is */
    GOVERNED_MAX = 4, /* words that a preposition reaches over */
};

static const uint64_t finite = MP_MARK(MP_IS_PRESENT) | MP_MARK(MP_IS_PAST);
static const uint64_t must_begin = MP_MARK(MP_IS_AFRESH) | MP_MARK(MP_IS_START);
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

/* A number, to be computed with. */
static unsigned is(uint64_t mark, uint64_t what)
{
    return (mark & what) != 0;
}

/* What stands from one place where a clause may begin to the next becomes a clause: on its own, or,
 * where one of the two has no verb, together with what stands before. */
static bool find_clauses(struct split *s)
{
    struct mp_text *text = s->text;
    const uint64_t *stretch = mp_sets(text, s->n / MP_SET_BITS + 1); /* they stand behind */
    if (!mp_buf_reserve(&text->clauses, (s->n + 1) * sizeof(struct mp_clause)))
        return false;
    struct mp_clause *begin = MP_ITEMS(struct mp_clause, text->clauses), *end = begin;
    uint64_t now = 0;
    for (uint32_t from = 0; from < s->n; from += MP_SET_BITS) {
        uint64_t left =
            mp_sets(text, from / MP_SET_BITS)[MP_SET_BORDERS] & mp_set_tokens(text, from);
        for (; left; left &= left - 1) {
            uint32_t first = from + (uint32_t)__builtin_ctzll(left);
            uint64_t mark = s->marks[first], any = *++stretch;
            /* "no particulars, has asthma" */
            unsigned begins = is(mark, finite) & (s->token[first].before == MP_BREAK_COMMA);
            /* no short circuits: which of these holds is hard to predict */
            uint64_t begun = is(mark, must_begin) | (is(any, finite) & (is(now, finite) | begins));
            now = (now & (begun - 1)) | any;
            end->first = first;
            end += begun; /* the first token begins a section, so there is one before it now */
            end[-1].any = now;
        }
    }
    end->first = s->n;
    text->clauses.len = (size_t)(end - begin) * sizeof *end;
    return true;
}

/* Which clause each token is in; many are put down at once, what is too much is mended by the next
 * clause. */
static void find_clause_of(struct split *s)
{
    struct mp_clause *c = MP_ITEMS(struct mp_clause, s->text->clauses);
    uint32_t n = (uint32_t)MP_COUNT(struct mp_clause, s->text->clauses);
    uint32_t *of = MP_ITEMS(uint32_t, s->text->clause_of);
    for (uint32_t i = 0; i < n; i++) {
        c[i].last = c[i + 1].first - 1;
        c[i].subject = MP_NO_SUBJECT;
        c[i].youth = c[i].object = false;
        for (uint32_t *to = of + c[i].first, *end = of + c[i].last; to <= end; to += AT_ONCE)
            for (int k = 0; k < AT_ONCE; k++)
                to[k] = i;
    }
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

/* A preposition stands soon before the token, with no verb and nobody between. From afar to near,
 * and where a clause has no more words its first again: what is told last counts. */
static unsigned is_governed(const uint64_t *m, uint32_t first, uint32_t t)
{
    uint32_t most = t - first;
    uint64_t told = 0;
#pragma GCC unroll 4
    for (uint32_t back = GOVERNED_MAX; back > 0; back--) {
        uint64_t at = m[t - (back < most ? back : most)];
        uint64_t tells = is(at, MP_MARK(MP_IS_PREPOSITION) | finite | anybody);
        told = (told & (tells - 1)) | (at & -tells);
    }
    return (most > 0) & is(told, MP_MARK(MP_IS_PREPOSITION));
}

/* Whether somebody that the token means is the subject of the clause: not who says it, "Father - he
 * ...". No branches here and where it is asked: who of the many is it, is hard to predict. */
static unsigned is_subject(const struct split *s, const struct mp_clause *c, uint32_t t,
                           uint64_t who)
{
    const uint64_t *m = s->marks;
    unsigned governed = is_governed(m, c->first, t) & !is(who, MP_MARK(MP_MEANS_PRONOUN));
    unsigned says = s->token[t].dash & is(m[t + 1], MP_MARK(MP_IS_PRONOUN));
    return (c->subject == MP_NO_SUBJECT) & (who != 0) & !is(m[t], MP_MARK(MP_IS_PREPOSITION)) &
           !governed & !says;
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
        uint64_t tokens = mp_set_tokens(s->text, from);
        uint64_t left = sets[MP_SET_PEOPLE] & tokens;
        if (s->names.letters)
            left |= find_named(s, from, sets[MP_SET_CAPITALS] & tokens & ~left);
        for (; left; left &= left - 1) {
            uint32_t t = from + (uint32_t)__builtin_ctzll(left);
            uint64_t who = who_is(m, t);
            struct mp_clause *c = &clauses[of[t]];
            m[t] |= who;
            c->youth |= is(who, MP_MARK(MP_MEANS_YOUTH)) & !is(m[t], MP_MARK(MP_IS_RELATIVE));
            unsigned subject = is_subject(s, c, t, who);
            c->subject &= t | (subject - 1); /* MP_NO_SUBJECT has all bits */
            c->any |= who & -(uint64_t)subject;
        }
    }
}

/* The youth stands in a clause as the one it is done to: "father hit her". "her" before a noun is
 * whose something is. */
static void find_objects(struct split *s)
{
    const uint64_t no_noun = MP_MARK(MP_IS_VERB) | MP_MARK(MP_IS_PREPOSITION) |
                             MP_MARK(MP_IS_APART) | MP_MARK(MP_IS_NUMBER);
    struct mp_clause *clauses = MP_ITEMS(struct mp_clause, s->text->clauses);
    const uint32_t *of = MP_ITEMS(uint32_t, s->text->clause_of);
    const uint64_t *m = s->marks;
    for (uint32_t t = mp_set_next(s->text, MP_SET_OBJECTS, 0); t < s->n;
         t = mp_set_next(s->text, MP_SET_OBJECTS, t + 1)) {
        struct mp_clause *c = &clauses[of[t]];
        unsigned governed = (t > c->first) & is(m[t - (t > 0)], MP_MARK(MP_IS_PREPOSITION));
        unsigned alone =
            (t == c->last) | !is(m[t], MP_MARK(MP_IS_POSSESSIVE)) | is(m[t + 1], no_noun);
        c->object |= alone & !governed;
    }
}

/* The clause whose cues reach into clause i, which begins with a token of that mark; `before` is
 * that of the one before it. Masks, as no branch could be predicted. */
static uint32_t governor(uint64_t first, uint32_t i, uint32_t before)
{
    /* "that she smokes and that she drinks", "that she smokes and drinks" */
    uint32_t link = before + 1 != i ? before : i;
    uint32_t at = first & MP_MARK(MP_IS_LINK) ? link : i;
    at = first & MP_MARK(MP_IS_COMPLEMENT) ? i - 1 : at;
    return first & MP_MARK(MP_IS_AFRESH) ? i : at;
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

/* The person noun that a relative pronoun at t goes back to. "the tale of mother that she ..." has
 * a subject of its own: no relative clause. */
static uint64_t antecedent(const struct split *s, uint32_t t)
{
    const uint64_t *m = s->marks;
    if (m[t] & MP_MARK(MP_IS_COMPLEMENT) && m[t + 1] & MP_MARK(MP_IS_PRONOUN))
        return 0;
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

/* Whether its clause tells no more of its subject than how to reach them, or in a bracket:
 * "Mother (is at work): she ...", "Mother tel 0612345678: she ...". */
static unsigned only_names(const struct split *s, const struct mp_clause *c)
{
    bool named = c->subject != MP_NO_SUBJECT;
    uint32_t behind = named ? c->subject + 1 : c->first;
    if (behind >= c->last)
        return 0;
    return (named & (s->token[behind].before >= MP_BREAK_COMMA)) |
           is(s->marks[behind + 1], MP_MARK(MP_IS_NUMBER));
}

static void find_subjects(struct split *s)
{
    struct mp_clause *c = MP_ITEMS(struct mp_clause, s->text->clauses);
    uint32_t n = (uint32_t)MP_COUNT(struct mp_clause, s->text->clauses), governs = 0;
    uint64_t before = 0; /* what the clause before is */
    unsigned youth = 1;  /* whether it is about the youth */
    for (uint32_t i = 0; i < n; i++) {
        uint64_t first = s->marks[c[i].first];
        if (first & MP_MARK(MP_IS_RELATIVE) && i > 0)
            take_over(s, &c[i]);
        c[i].governor = governs = governor(first, i, governs);
        /* no branches: who says something is not whom it is about; what somebody says about "her"
         * is about the youth */
        uint64_t any = c[i].any;
        unsigned named = is(any, person);
        /* "Mother: she ..." */
        unsigned headed = is(first, MP_MARK(MP_IS_AFRESH)) & is(any, MP_MARK(MP_MEANS_PRONOUN));
        if (headed & is(before, finite) & (i > 0))
            headed = only_names(s, &c[i - 1]);
        youth |= is(first, MP_MARK(MP_IS_FIRST)) | is(before, MP_MARK(MP_IS_SPEECH)) | headed;
        youth &= named ^ 1;
        youth |= named & is(any, MP_MARK(MP_MEANS_YOUTH) | MP_MARK(MP_IS_SPEECH));
        c[i].about = youth ? MP_ABOUT_YOUTH : MP_ABOUT_OTHER;
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
    if (!mp_buf_reserve(&text->clause_of, (s.n + AT_ONCE) * sizeof(uint32_t)))
        return false;
    text->clause_of.len = s.n * sizeof(uint32_t);
    if (!find_clauses(&s))
        return false;
    mp_names_find(text, &s.names);
    find_clause_of(&s);
    find_people(&s);
    find_objects(&s);
    find_subjects(&s);
    return true;
}
