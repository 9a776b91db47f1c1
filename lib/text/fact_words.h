/* What facts.yaml gives to the reading of facts. Included by text/fact*.c alone. */
#ifndef MP_TEXT_FACT_WORDS_H
#define MP_TEXT_FACT_WORDS_H

#include "text/facts.h"
#include "text/sense.h"

/* Kinds of words: the keys of `facts: words:`, in this order. */
enum mp_fact_kind {
    MP_FACT_YEARS,       /* behind an age */
    MP_FACT_AGE_LABEL,   /* before an age: lft */
    MP_FACT_BIRTH,       /* before a date of birth */
    MP_FACT_AGE_WORD,    /* an age in one word; its value */
    MP_FACT_NUMBER,      /* a number as a word; its value */
    MP_FACT_SPAN_BEFORE, /* makes "3 years" a span */
    MP_FACT_SPAN_BEHIND,
    MP_FACT_ABOUT,  /* about so many years: no age of the youth */
    MP_FACT_FEMALE, /* nouns and letters; value: weight */
    MP_FACT_MALE,
    MP_FACT_SHE, /* pronouns; value: weight */
    MP_FACT_HE,
    MP_FACT_YOUTH,   /* nouns for the youth that tell no sex */
    MP_FACT_GROWN,   /* numbers and words of a greater age */
    MP_FACT_OF_HAIR, /* before a pronoun that is also a noun */
    MP_FACT_PERSON,  /* other persons: a noun of theirs */
    MP_FACT_OF,      /* a boy OF 22, her sister IS 12 */
    MP_FACT_SEX_LABEL,
    MP_FACT_COLOUR, /* 1: red, 2: orange, 3: green */
    MP_FACT_COLOUR_LABEL,
    MP_FACT_MIND,    /* the LEVEL of a child of 8: no age */
    MP_FACT_SIGN,    /* a sign of a dictated text, written out */
    MP_FACT_BOUND,   /* place kept UNTIL Sunday, gone AS OF Sunday: no time of a return */
    MP_FACT_FROM,    /* FROM Friday until Sunday */
    MP_FACT_UNTIL,   /* from Friday UNTIL Sunday */
    MP_FACT_COMPANY, /* WITH a boy, BY a boy: not the youth */
    MP_FACT_SOME,    /* A boy, ANOTHER boy */
    MP_FACT_UNOWNED, /* beside a pronoun that is also a verb: it is the verb */
    MP_FACT_N_KINDS
};

_Static_assert(MP_FACT_N_KINDS <= 64, "they are bits of mp_word.marks");

/* What a mention says about a time near it: the keys of `facts: roles:`, in this order. */
enum mp_fact_role {
    MP_ROLE_LEFT,    /* left at that time */
    MP_ROLE_AGAIN,   /* left once more: what was before it is another episode */
    MP_ROLE_LATE,    /* came too late: missed, and back at that time */
    MP_ROLE_GONE,    /* is missing since then */
    MP_ROLE_DUE,     /* should have been back */
    MP_ROLE_MISSED,  /* did not come back */
    MP_ROLE_NOTICED, /* was found to be gone: tells the day only */
    MP_ROLE_SEEN,    /* was seen last */
    MP_ROLE_BACK,    /* came back or was found */
    MP_ROLE_PERHAPS, /* the same, of a word that may mean something else */
    MP_ROLE_TOLD,    /* the same, where an entry with a time of its own tells no more */
    MP_ROLE_AFTER,   /* what followed: handed over, brought home, talked with */
    MP_ROLE_ASIDE,   /* calls, sightings, decisions: another time */
    MP_ROLE_STAMP,   /* when something was written down */
    MP_ROLE_SINCE,   /* the word "since" */
    MP_N_ROLES,
    MP_ROLE_URGENT = MP_N_ROLES,
    MP_ROLE_OTHER,
    MP_ROLE_RED,
    MP_ROLE_ORANGE,
    MP_ROLE_GREEN,
    MP_ROLE_NEUTRAL, /* sex, said in so many words */
    MP_ROLE_GIRL,
    MP_ROLE_BOY,
    MP_ROLE_STILL,  /* is missing still */
    MP_ROLE_AGED,   /* holds the age */
    MP_ROLE_AGEING, /* holds the age to come */
    MP_ROLE_LEVEL,  /* may hold an age of the mind: thinks like a child of 8 */
    MP_ROLE_ALL
};

struct mp_fact_words {
    struct mp_senses senses;
    uint8_t *roles; /* by code: role + 1; 0: none. One for all codes from n_codes on stands last */
    size_t n_codes;
};

/* A mention that has a role. */
struct mp_fact_said {
    const struct mp_mention *m;
    uint32_t sentence; /* that it begins in */
    uint8_t role;      /* enum mp_fact_role */
    uint8_t as;        /* the role in which it speaks of times; MP_N_ROLES: it does not */
    bool held;         /* one before it may hold it */
};

/* What a text holds for the facts, looked up once for all of them. Most texts lack most kinds and
 * roles, so that one bit spares a search. */
struct mp_fact_clues {
    const struct mp_fact_words *w;
    const struct mp_text *text;
    uint64_t kinds;            /* bits: of its words that are MP_FACT_ASKED */
    uint32_t roles;            /* bits: of its mentions */
    struct mp_fact_said *said; /* in the order of the mentions */
    size_t n_said;
    const uint32_t *tokens; /* MP_FACT_ASKED, and numbers */
    const uint32_t *ages;   /* of these, numbers and MP_FACT_AGE_WORDS */
    const uint32_t *sexes;  /* and MP_FACT_SEX_WORDS */
    size_t n_tokens, n_ages, n_sexes;
};

#define MP_FACT_BIT(kind) (UINT64_C(1) << MP_FACT_##kind)
#define MP_ROLE_BIT(role) (UINT32_C(1) << MP_ROLE_##role)

/* Those that tell how the youth went missing. */
#define MP_ROLES_LEAVING                                                                           \
    (MP_ROLE_BIT(MISSED) | MP_ROLE_BIT(LEFT) | MP_ROLE_BIT(GONE) | MP_ROLE_BIT(DUE) |              \
     MP_ROLE_BIT(AGAIN))

_Static_assert(MP_ROLE_ALL < 32, "they are bits of mp_fact_clues.roles");

#define MP_FACT_SEX_WORDS                                                                          \
    (MP_FACT_BIT(FEMALE) | MP_FACT_BIT(MALE) | MP_FACT_BIT(SHE) | MP_FACT_BIT(HE))
#define MP_FACT_AGE_WORDS (MP_FACT_BIT(AGE_WORD) | MP_FACT_BIT(NUMBER))
/* Words that the reading of a fact begins with, or that a text is asked for as a whole: those for
 * which text->marks has MP_IS_FACT. The others are looked for beside these. */
#define MP_FACT_ASKED                                                                              \
    (MP_FACT_SEX_WORDS | MP_FACT_AGE_WORDS | MP_FACT_BIT(PERSON) | MP_FACT_BIT(AGE_LABEL) |        \
     MP_FACT_BIT(SEX_LABEL) | MP_FACT_BIT(MIND) | MP_FACT_BIT(BIRTH) | MP_FACT_BIT(COLOUR) |       \
     MP_FACT_BIT(COLOUR_LABEL))

/* The kinds of a token, as bits; of a place outside of the text: none. */
static inline uint64_t mp_fact_kinds(const struct mp_fact_clues *c, size_t token)
{
    return token < c->text->tokens.n ? mp_sense_marks(&c->w->senses, c->text->words[token]) : 0;
}

static inline const struct mp_sense *mp_fact_sense(const struct mp_fact_clues *c, size_t token,
                                                   enum mp_fact_kind kind)
{
    return mp_sense_of(&c->w->senses, c->text->words[token], kind);
}

void mp_fact_times(const struct mp_fact_clues *c, struct mp_fact_value *since,
                   struct mp_fact_value *back);

/* Whether a time heads an entry (mp_when.stamp) that tells a return, and tells it without another
 * time. The entry goes up to the next such time. Needs the roles in which mentions speak of times;
 * `low`: no mention before it belongs to the entry. */
bool mp_fact_entry_tells(const struct mp_fact_clues *c, const struct mp_when *stamp, size_t low);

void mp_fact_person(const struct mp_fact_clues *c, struct mp_fact_value *age,
                    struct mp_fact_value *sex);

#endif
