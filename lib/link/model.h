/*
 * The linkage model, a file of schemas/linkage in memory. What each part means is said in
 * schemas/linkage/default.yaml.
 */
#ifndef MP_LINK_MODEL_H
#define MP_LINK_MODEL_H

#include "io/record.h"
#include "io/yaml.h"

enum {
    MP_LINK_FIELDS = 32,
    MP_LINK_RULES = 32,
    MP_LINK_SAME = 8,
    MP_LINK_WINDOWS = 8,
    MP_LINK_FILLS = 32,
};

/* Folded words. */
struct mp_link_words {
    struct mp_str name;
    struct mp_str *items;
    size_t n;
};

struct mp_link_field {
    struct mp_str name;
    struct mp_path from;
    bool words;                           /* compared word by word */
    const struct mp_link_words *off;      /* words taken away anywhere; NULL: none */
    const struct mp_link_words *ends_off; /* words taken away at both ends; NULL: none */
    struct mp_str cut;                    /* folded; p NULL: none */
    size_t least, most;                   /* letters of the longest word; most 0: no limit */
};

struct mp_link_rule {
    struct mp_str name;
    size_t same[MP_LINK_SAME]; /* places in fields */
    size_t n_same;
    bool alone;
    size_t differ;      /* place in fields; of two_youths only */
    struct mp_str text; /* "name: field, field" */
};

struct mp_link_fill {
    struct mp_str key;
    struct mp_path path;
    const struct mp_link_field *like; /* NULL: compared as plain text */
    struct mp_path with;              /* n 0: none */
    bool conflict;                    /* differing values are worth a word */
};

/* Tolerances in minutes. */
struct mp_link_absence {
    int64_t same_departure, early_report, late_report, unknown_end, registered_twice, same_return;
};

struct mp_link_model {
    struct mp_link_words *lists;
    size_t n_lists;
    struct mp_link_field fields[MP_LINK_FIELDS];
    size_t n_fields;
    struct mp_link_rule same[MP_LINK_RULES], two[MP_LINK_RULES];
    size_t n_same, n_two;
    struct mp_link_absence absence;
    int64_t windows[MP_LINK_WINDOWS];
    size_t n_windows;
    struct mp_link_fill fills[MP_LINK_FILLS];
    size_t n_fills;
};

/* Reads a file of rules; everything lives in the arena. 0, or -1 with the error. */
int mp_link_model_read(struct mp_arena *a, const char *path, struct mp_link_model *m,
                       struct mp_error *e);

#endif
