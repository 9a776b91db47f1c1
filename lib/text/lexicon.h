/*
 * The lexicon: codes, the ways of saying them, and the words that change what is said; read from a
 * folder of YAML (its form: schemas/lexicon/README.md).
 */
#ifndef MP_TEXT_LEXICON_H
#define MP_TEXT_LEXICON_H

#include "text/clause.h"
#include "text/facts.h"
#include "text/hosts.h"
#include "text/index.h"
#include "text/pattern.h"
#include "text/when.h"

enum mp_entry_kind {
    MP_MENTION, /* says the code */
    MP_HEADING, /* says it if an answer follows */
    MP_ITEM,    /* says it if there are enough of its kind */
    MP_NOT,     /* looks like it and does not */
    MP_CUE,     /* changes the status of mentions */
    MP_ANSWER,  /* answers a heading */
};

/* What a cue does. The first five are those of enum mp_status. */
enum mp_effect {
    MP_MAKES_PRESENT,
    MP_MAKES_SUSPECTED,
    MP_MAKES_PAST,
    MP_MAKES_ABSENT,
    MP_MAKES_OTHER,
    MP_MAKES_SILENT,
    MP_MAKES_PLAN,
    MP_DENIES,
    MP_MAKES_NOW,
    MP_MAKES_YOUTH,
    MP_CLAIMS,
    MP_ENDS,       /* it is over: past even where an earlier time would still hold */
    MP_REVERSES,   /* it is untrue: so is the denial of it */
    MP_TAKES_AWAY, /* `nothing`: cues that lie within it do not count */
    MP_N_EFFECTS,
    /* of MP_ANSWER */
    MP_SAYS_YES,
    MP_SAYS_NO,
    MP_SAYS_UNKNOWN,
};

enum mp_side { MP_BEFORE = 1, MP_AFTER = 2 };

/* NEIGHBOUR: also the sentence next to it, for codes whose allegations stand on somebody's word. */
enum {
    MP_REACH_CLAUSE = -1,
    MP_REACH_SENTENCE = -2,
    MP_REACH_SECTION = -3,
    MP_REACH_NEIGHBOUR = -4
};

struct mp_entry {
    enum mp_entry_kind kind;
    uint32_t code;         /* all but CUE, ANSWER */
    int status;            /* MENTION: enum mp_status, or -1: the context decides */
    uint32_t item;         /* ITEM: which of the code's kinds */
    enum mp_effect effect; /* CUE, ANSWER */
    uint16_t ends;         /* CUE: bit per enum mp_effect whose scopes it ends */
    unsigned side;         /* CUE: enum mp_side */
    int reach;             /* CUE: words, or MP_REACH_* */
    struct mp_pattern pattern;
    const struct mp_yaml *at; /* the pattern as written, and where */
};

/* What contexts ask of an entry (struct mp_entry): 8 bytes, as the hits of a text name entries from
 * all over the lexicon. */
struct mp_gist {
    uint8_t kind, effect, side;
    int8_t status;
    union {
        uint16_t code;
        uint16_t ends; /* CUE */
    };
    union {
        int16_t item;
        int16_t reach; /* CUE */
    };
};

struct mp_example {
    int status; /* enum mp_status, or -1: none */
    const struct mp_yaml *at;
};

/* A sentence, and the words that name who says what it mentions. */
struct mp_said_example {
    struct mp_str who; /* p NULL: nobody does */
    const struct mp_yaml *at;
};

struct mp_lexicon_code {
    struct mp_str name;
    bool lasting; /* past is present */
    bool anyone;  /* the subject does not matter */
    bool object;  /* nor does it where the youth is the object */
    bool hidden;  /* fact.*: no signal, read by text/facts.h */
    int plan;     /* status of a plan, or -1: silence */
    int claimed; /* status of what is only the word of the youth or of a relative, or -1: its own */
    int past_means;         /* code that is present when this one is past, or -1 */
    int64_t enough;         /* items that make it present; 0: it has none */
    struct mp_buf examples; /* struct mp_example */
    struct mp_map drop;     /* patterns that no longer count */
};

struct mp_lexicon { /* zeroed; mp_lexicon_free frees */
    struct mp_arena arena;
    struct mp_arena arenas[2]; /* of the files, which are read in so many threads */
    struct mp_words words;
    struct mp_patterns patterns;
    struct mp_map code_names; /* name -> number */
    struct mp_lexicon_code *codes;
    size_t n_codes, cap_codes;
    struct mp_entry *entries;
    size_t n_entries, cap_entries;
    struct mp_gist *gists;       /* by entry */
    struct mp_buf said_examples; /* struct mp_said_example */
    struct mp_index index;
    const struct mp_when_words *when;
    const struct mp_fact_words *facts;
    struct mp_host_words *hosts;
    struct mp_map abbreviations;
    /* Their last letters by length and first letter, as bits: a quick look before others. */
    uint32_t abbreviation_ends[16][32];
};

/* Reads all *.yaml of `folder`, then of `over` (a folder or file; NULL: none). 0, or -1 with the
 * error (RULES at the mistake's place, OPEN, READ or MEMORY). */
int mp_lexicon_load(struct mp_lexicon *l, const char *folder, const char *over, struct mp_error *e);

void mp_lexicon_free(struct mp_lexicon *l);

/* Number of a code, or -1. */
int mp_lexicon_code(const struct mp_lexicon *l, struct mp_str name);

extern const char *const mp_status_names[MP_N_STATUS];

#endif
