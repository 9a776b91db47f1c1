/*
 * Clauses: how far a negation reaches, and whom a clause is about.
 *
 * A clause ends at the end of a sentence, at a conjunction that begins a new one, and at a comma
 * or "and" when what follows has a finite verb of its own.
 */
#ifndef MP_TEXT_CLAUSE_H
#define MP_TEXT_CLAUSE_H

#include "text/pattern.h"
#include "text/text.h"

enum mp_about { MP_ABOUT_YOUTH, MP_ABOUT_OTHER };

struct mp_clause {
    uint64_t any; /* bits of enum mp_grammar: what any of its tokens is, and whom its subject
                     means */
    uint32_t first, last; /* tokens */
    uint32_t subject;     /* the token that says whom it is about; MP_NO_SUBJECT */
    uint32_t governor;    /* the clause whose cues reach into this one ("suspects | that ..."), or
                             itself */
    uint8_t about;        /* enum mp_about: whom its subject names */
    bool youth;           /* a word or name for the youth stands in it; pronouns are none */
    bool object;          /* what somebody else does in it, is done to the youth */
};

enum { MP_NO_SUBJECT = UINT32_MAX };

/* Sets of tokens that are few and gone through: a bit each, as where the next one stands can not be
 * foretold and looking at each token would cost a wrong guess for each of the few. */
enum mp_token_set {
    MP_SET_TIMES, /* an expression of time may begin there (text/when.h) */
    MP_SET_CAPITALS,
    MP_SET_PEOPLE,  /* MP_IS_OTHER, MP_IS_YOUTH or MP_IS_PRONOUN */
    MP_SET_OBJECTS, /* MP_IS_OBJECT */
    MP_SET_BORDERS, /* a clause may begin there */
    MP_SET_SIGNS,   /* with a box, or a sign behind it that asks or announces (text/answer.h) */
    MP_N_MARKED_SETS,
    MP_SET_NAMES = MP_N_MARKED_SETS, /* may be somebody's; not before mp_names_find */
    MP_N_TOKEN_SETS
};

/* The bit of a mark that says that the token is in a set. They stand eight apart: marks of eight
 * tokens, each shifted by one more, make eight bits of each set (text/marks.c). */
enum { MP_SET_BIT = 23, MP_SET_APART = 8 };
#define MP_IS_IN(set) (MP_SET_BIT + MP_SET_APART * (set))

/* What a token can be in the grammar of a clause: bits of its mark in text->marks. */
enum mp_grammar {
    /* by the lists of the lexicon */
    MP_IS_START,      /* begins a clause */
    MP_IS_LINK,       /* and, or: begins a clause only before a finite verb */
    MP_IS_COMPLEMENT, /* begins a clause that completes the one before */
    MP_IS_RELATIVE,   /* who, which: takes over the person before it */
    MP_IS_OTHER,      /* somebody else than the youth */
    MP_IS_YOUTH,
    MP_IS_PRONOUN,     /* as subject */
    MP_IS_OBJECT,      /* the youth as object; her, also before a noun */
    MP_IS_POSSESSIVE,  /* an object that is also whose something is: her */
    MP_IS_PREPOSITION, /* a person behind it is no subject */
    MP_IS_SPEECH,      /* says, reports */
    MP_IS_COMPANY,     /* with: a name behind it is somebody else's */
    MP_IS_BOUND,       /* since, until, born: before a time that begins or ends something */
    MP_IS_DEPENDENT,   /* begins a clause that tells more of what the one before says */
    MP_IS_NAME,        /* a first name */
    MP_IS_TITLE,       /* a name behind it is a professional's, a house's or a street's */
    MP_IS_AUXILIARY,   /* makes a perfect tense with a participle: has, is */
    MP_IS_NO_NAME,     /* written with a capital, and nobody's name */
    MP_IS_KIN,         /* somebody else whose story is not the youth's: relatives, peers */
    MP_IS_STOP,        /* a full stop that was dictated or sent as a word */
    MP_N_GRAMMAR_LISTS,
    /* by the forms of its verbs */
    MP_IS_PRESENT = MP_N_GRAMMAR_LISTS, /* finite, by tense */
    MP_IS_PAST,
    MP_IS_VERB, /* any form */
    MP_N_GRAMMAR_WORDS,
    /* by other parts of the lexicon, or if it is a number */
    MP_IS_TIME = MP_IS_IN(MP_SET_TIMES),
    MP_IS_FACT, /* it is a word for facts (text/facts.h) */
    /* by how it is written */
    MP_IS_NUMBER,
    MP_IS_APART,                               /* behind a comma or a stronger sign */
    MP_IS_AFRESH,                              /* behind a colon or a stronger sign */
    MP_IS_FIRST,                               /* of a sentence */
    MP_IS_CAPITAL = MP_IS_IN(MP_SET_CAPITALS), /* begins with one */
    /* by what stands around it; not before mp_clause_split */
    MP_MEANS_YOUTH,
    MP_MEANS_OTHER,
    MP_MEANS_PRONOUN,
    MP_N_GRAMMAR,
};

_Static_assert(MP_IS_IN(MP_N_MARKED_SETS - 1) == 63, "the sets' bits are the last of each byte");
_Static_assert(MP_N_GRAMMAR_WORDS <= MP_IS_TIME && MP_IS_FIRST < MP_IS_CAPITAL &&
                   MP_N_GRAMMAR <= MP_IS_IN(MP_SET_PEOPLE),
               "each bit says one thing");
_Static_assert(MP_IS_YOUTH == MP_IS_OTHER + 1 && MP_IS_PRONOUN == MP_IS_OTHER + 2,
               "text/clause.c looks them up together");

#define MP_MARK(what) (UINT64_C(1) << (what))

/* Names of their lists in the lexicon. */
extern const char *const mp_grammar_lists[MP_N_GRAMMAR_LISTS];

/* The set that words of a list are in, MP_N_TOKEN_SETS: none. */
enum mp_token_set mp_grammar_set(enum mp_grammar list);

/* The marks of all tokens, in one run: who looks at many need not look up their words. */
static inline const uint64_t *mp_marks(const struct mp_text *text)
{
    return MP_ITEMS(const uint64_t, text->marks);
}

static inline bool mp_is(const struct mp_text *text, uint32_t token, enum mp_grammar what)
{
    return mp_marks(text)[token] >> what & 1;
}

/* Bits of a set together. */
enum { MP_SET_BITS = 64 };

/* Which of the tokens from number `block` * MP_SET_BITS on are in which set; the number of tokens
 * itself is in each. They stand behind the marks. */
static inline const uint64_t *mp_sets(const struct mp_text *text, size_t block)
{
    return mp_marks(text) + text->tokens.n + 1 + block * MP_N_TOKEN_SETS;
}

/* The bits of the tokens from number `from` on, the first of a block: all but those behind the
 * last. */
static inline uint64_t mp_set_tokens(const struct mp_text *text, size_t from)
{
    size_t n = text->tokens.n - from;
    return n < MP_SET_BITS ? (1ull << n) - 1 : UINT64_MAX;
}

/* The first token from t on that is in the set; the number of tokens if there is none. Whether it
 * is in the block of t or in the next, nobody can foretell: no branch. The number of tokens is in
 * the last block, so there is a next where none is left. */
static inline uint32_t mp_set_next(const struct mp_text *text, enum mp_token_set set, size_t t)
{
    const uint64_t *bits = mp_sets(text, t / MP_SET_BITS) + set;
    uint64_t left = *bits >> t % MP_SET_BITS << t % MP_SET_BITS, next = left == 0;
    bits += MP_N_TOKEN_SETS & -next;
    left |= *bits & -next;
    for (t = t / MP_SET_BITS * MP_SET_BITS + next * MP_SET_BITS; !left; t += MP_SET_BITS)
        left = *(bits += MP_N_TOKEN_SETS);
    return (uint32_t)t + (uint32_t)__builtin_ctzll(left);
}

/* Fills in text->marks, the sets behind them, and behind those what any token is from one of
 * MP_SET_BORDERS to the next (uint64_t, from the second on). Ends sentences of a text whose full
 * stops are words: "not back from leave stop phone off stop". Needs tokens and words; to be called
 * before anything is looked for in sentences. False if memory ran out. */
bool mp_clause_mark(struct mp_text *text);

/* Fills in text->clauses and clause_of. Needs what mp_clause_mark has left. False if memory ran
 * out. */
bool mp_clause_split(struct mp_text *text);

/* Whether any token of the clause is that, or its subject means it. */
static inline bool mp_clause_is(const struct mp_clause *c, enum mp_grammar what)
{
    return c->any >> what & 1;
}

/* Whether it has a finite verb. */
static inline bool mp_clause_has_verb(const struct mp_clause *c)
{
    return c->any & (MP_MARK(MP_IS_PRESENT) | MP_MARK(MP_IS_PAST));
}

/* Whether its subject stands in it, and was not taken over. */
static inline bool mp_clause_is_named(const struct mp_clause *c)
{
    return c->any & (MP_MARK(MP_MEANS_YOUTH) | MP_MARK(MP_MEANS_OTHER));
}

static inline const struct mp_clause *mp_clause_at(const struct mp_text *text, uint32_t token)
{
    return &MP_ITEMS(struct mp_clause, text->clauses)[MP_ITEMS(uint32_t, text->clause_of)[token]];
}

#endif
