/*
 * The linkage model, a file of schemas/linkage in memory. What each part means is said in
 * schemas/linkage/default.yaml.
 */
#ifndef MP_LINK_MODEL_H
#define MP_LINK_MODEL_H

#include "io/record.h"
#include "io/yaml.h"

enum {
    MP_LINK_FIELDS = 48,
    MP_LINK_FROM = 4,
    MP_LINK_JOINTS = 4,
    MP_LINK_RULES = 32,
    MP_LINK_COMPARISONS = 16, /* and their levels: a nibble each, so that all fit a word */
    MP_LINK_LEVELS = 14,
    MP_LINK_SAME = 8,
    MP_LINK_DIFFER = 2,
    MP_LINK_KEYS = 4,
    MP_LINK_WINDOWS = 8,
    MP_LINK_FILLS = 32,
    MP_LINK_LESSONS = 12,
    MP_LINK_LESSON_CODES = 64, /* of all lessons together */
    MP_LINK_STATUSES = 8,
};

/* Folded words. */
struct mp_link_words {
    struct mp_str name;
    struct mp_str *items;
    size_t n;
};

/* Spellings that sound alike: each `from` becomes its `to`, in this order. */
struct mp_link_sounds {
    struct mp_str name;
    struct mp_str *from, *to;
    size_t n;
};

/* What of a value is compared. */
enum mp_link_as {
    MP_LINK_AS_TEXT,
    MP_LINK_AS_WORDS,  /* word by word */
    MP_LINK_AS_DAY,    /* of a time: the number of its day */
    MP_LINK_AS_YEAR,   /* of a time: its year */
    MP_LINK_AS_MINUTE, /* of a time with a clock: the minute of its day */
    MP_LINK_AS
};

struct mp_link_field {
    struct mp_str name;
    struct mp_path from[MP_LINK_FROM]; /* their texts one after the other, all known; as a day or
                                          year: the first that is known */
    size_t n_from;
    size_t source; /* place of the first field that is read from the same keys */
    enum mp_link_as as;
    struct mp_path less;                  /* as a year: a number to take away; n 0: none */
    const struct mp_link_words *off;      /* words taken away anywhere; NULL: none */
    const struct mp_link_words *ends_off; /* words taken away at both ends; NULL: none */
    const struct mp_link_sounds *sounds;  /* NULL: spelling counts */
    struct mp_str cut;                    /* folded; p NULL: none */
    size_t least, most;                   /* letters of the longest word; most 0: no limit */
    size_t start;                         /* bytes that count; 0: all */
    bool sorted;                          /* its letters and digits in their order */
};

static inline bool mp_link_is_number(const struct mp_link_field *f)
{
    return f->as == MP_LINK_AS_DAY || f->as == MP_LINK_AS_YEAR || f->as == MP_LINK_AS_MINUTE;
}

struct mp_link_rule {
    struct mp_str name;
    size_t same[MP_LINK_SAME]; /* places in fields */
    size_t n_same;
    bool alone;
    size_t most; /* of blocks: reports that may have the same values; 0: any number */
    size_t differ[MP_LINK_DIFFER]; /* places in fields; of two_youths only */
    size_t n_differ;
    double unlike;      /* below 1: they differ only if they are unlike (see mp_link_unlike) */
    struct mp_str text; /* "name: field, field" */
};

/* How two values of a field can be alike. */
enum mp_link_test {
    MP_LINK_SAME_VALUE,
    MP_LINK_SWAPPED,   /* each is the other's value of another field */
    MP_LINK_INITIAL,   /* one is the letter that the other begins with */
    MP_LINK_PART,      /* all words of one are words of the other */
    MP_LINK_SIMILAR,   /* by Jaro-Winkler, at least so much */
    MP_LINK_EDITS,     /* by Damerau-Levenshtein, at most so many; of words three times as long */
    MP_LINK_DAY_MONTH, /* of a date: exchanged */
    MP_LINK_DIGITS,    /* as long, at most so many letters or digits differ */
    MP_LINK_START,     /* begin with so many equal bytes */
    MP_LINK_NEAR,      /* numbers, at most so far apart */
    MP_LINK_TESTS
};

extern const char *const mp_link_test_names[MP_LINK_TESTS];

struct mp_link_level {
    enum mp_link_test test;
    double least;
    size_t most, with, of; /* with, of: places in fields; of: the one that is compared */
    size_t also;           /* 1 + place of a field whose numbers must lie near, too; 0: none ... */
    size_t apart;          /* ... at most so far apart */
    size_t covers;  /* 1 + the comparison that it speaks for too, which then counts for nothing */
    bool frequency; /* weighs more the fewer have the value */
};

/* A field's levels, the first that fits counts; one more is added for values that are not alike. */
struct mp_link_comparison {
    struct mp_str name;
    size_t field;
    struct mp_link_level levels[MP_LINK_LEVELS];
    size_t n_levels; /* without the last */
};

/* Two comparisons whose values go together, as given and family names of one origin do: where both
 * are the same, it counts how common they are together. */
struct mp_link_together {
    size_t comparisons[2];
    size_t field; /* of both values */
};

/* Shares of pairs at each level: of pairs of one youth, of other pairs. */
struct mp_link_shares {
    double m[MP_LINK_LEVELS + 1], u[MP_LINK_LEVELS + 1];
};

struct mp_link_fill {
    struct mp_str key;
    struct mp_path path;
    const struct mp_link_field *like; /* NULL: compared as plain text */
    struct mp_path with;              /* n 0: none */
    size_t follows;      /* 1 + the fill of the key `with`, if that is chosen by `most`; else 0 */
    bool most;           /* what most reports state, not what the first does */
    struct mp_str doubt; /* key of facts_from: who differs from the own text in it, counts less */
    bool conflict;       /* differing values are worth a word */
};

/* What earlier absences teach: keys, each with the codes of the signals that belong to it. */
struct mp_link_lessons {
    struct mp_link_lesson {
        struct mp_str key;
        size_t first, n; /* of codes */
    } list[MP_LINK_LESSONS];
    size_t n;
    struct mp_str codes[MP_LINK_LESSON_CODES];
    size_t n_codes;
    struct mp_str statuses[MP_LINK_STATUSES]; /* that say it of that absence; the first wins */
    bool counted[MP_LINK_STATUSES];           /* that say that it was so */
    size_t n_statuses;
};

/* Tolerances in minutes. */
struct mp_link_absence {
    int64_t same_departure, early_report, late_report, unknown_end, registered_twice, same_return;
};

struct mp_link_model {
    struct mp_link_words *lists;
    size_t n_lists;
    struct mp_link_sounds *sounds;
    size_t n_sounds;
    struct mp_link_field fields[MP_LINK_FIELDS];
    size_t n_fields;
    struct mp_link_rule same[MP_LINK_RULES], two[MP_LINK_RULES];
    size_t n_same, n_two;
    struct mp_link_comparison comparisons[MP_LINK_COMPARISONS];
    size_t n_comparisons;
    struct mp_link_together together[MP_LINK_JOINTS];
    size_t n_together;
    struct mp_link_rule blocks[MP_LINK_RULES]; /* pairs that are equal in these are compared */
    size_t n_blocks;
    /* The prior is the share of all pairs that are of one youth. */
    struct mp_link_shares given[MP_LINK_COMPARISONS];
    double given_prior, given_reports;                 /* reports: out of how many; 0: not known */
    double link, review_from, review_to;               /* probabilities */
    double unlike[MP_LINK_COMPARISONS];                /* of one youth's pairs at most this share */
    double strength;                                   /* what is given counts as so many pairs */
    bool frozen;                                       /* it is final: nothing is estimated */
    struct mp_link_shares shares[MP_LINK_COMPARISONS]; /* set by mp_link_estimate */
    double prior;
    struct mp_str rules;              /* the file, without its weights */
    struct mp_path key[MP_LINK_KEYS]; /* what names a record that is no report */
    size_t n_key;
    bool persons; /* no `absence`: only persons are found, in records of any kind */
    struct mp_link_absence absence;
    int64_t windows[MP_LINK_WINDOWS];
    size_t n_windows;
    struct mp_link_fill fills[MP_LINK_FILLS];
    size_t n_fills;
    struct mp_link_lessons lessons; /* n 0: none */
};

/* Reads a file of rules; everything lives in the arena. 0, or -1 with the error. */
int mp_link_model_read(struct mp_arena *a, const char *path, struct mp_link_model *m,
                       struct mp_error *e);

/* Appends the file of rules that the model was read from, with the weights that were estimated from
 * n reports as its key `weights`: final, so that another run takes them as they are. */
void mp_link_model_add(struct mp_buf *b, const struct mp_link_model *m, size_t n);

#endif
