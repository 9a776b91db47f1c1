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
    uint32_t first, last; /* tokens */
    enum mp_about about;  /* whom its subject names */
    uint32_t subject;     /* the token that says so; MP_NO_SUBJECT */
    bool named;           /* the subject stands in this clause, it was not taken over */
    bool verb;            /* has a finite verb */
    bool present, past;   /* of which tense */
    bool object;          /* what somebody else does in it, is done to the youth */
    uint32_t governor;    /* the clause whose cues reach into this one ("vermoedt | dat ..."), or
                             itself */
};

enum { MP_NO_SUBJECT = UINT32_MAX };

/* Classes of the lists that the splitting needs. */
struct mp_clause_words {
    uint32_t starts;       /* conjunctions: clause_starts */
    uint32_t links;        /* and, or: begin a clause only before a finite verb */
    uint32_t relatives;    /* who, which: take over the subject before them */
    uint32_t complements;  /* begin a clause that completes the one before */
    uint32_t present, past; /* finite forms of all verbs, by tense */
    uint32_t finite;       /* both */
    uint32_t verbs;        /* all forms */
    uint32_t objects;      /* the youth as object; her, also before a noun */
    uint32_t other_person, youth, prepositions, speech, pronouns;
};

/* Fills in text->clauses and clause_of. Needs tokens and words. False if memory ran out. */
bool mp_clause_split(const struct mp_clause_words *w, struct mp_text *text);

static inline const struct mp_clause *mp_clause_at(const struct mp_text *text, uint32_t token)
{
    return &MP_ITEMS(struct mp_clause, text->clauses)[MP_ITEMS(uint32_t, text->clause_of)[token]];
}

#endif
