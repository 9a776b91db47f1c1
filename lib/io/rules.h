/* Reading what all files of rules have: a name and a version, texts in two languages, conditions
 * bound to the case. */
#ifndef MP_IO_RULES_H
#define MP_IO_RULES_H

#include "base/arena.h"
#include "io/case.h"

/* Where rules are read to; all is borrowed. */
struct mp_rules {
    struct mp_arena *arena;      /* keeps what is read */
    struct mp_case *k;           /* to which conditions are bound */
    const char *lang;            /* nl or en: which of two texts is taken */
    bool early;                  /* nothing has been judged yet: no triage.* can be asked for */
    const struct mp_yaml *codes; /* list of those that signals can have; NULL: any */
};

/* A condition and what it gives where nothing stands at any of its paths. */
struct mp_when {
    const struct mp_condition *condition;
    uint64_t places; /* in the lookup, of all paths that it asks for */
    enum mp_truth blank;
    uint64_t blank_missing; /* places that are missing then */
};

/* Reads a file whose top-level keys are `kind`, version, title and those of the blank-separated
 * list `keys`. *label becomes "NAME/VERSION". 0, or -1 with the error, as for all that follow. */
int mp_rules_load(const struct mp_rules *r, const char *path, const char *kind, const char *keys,
                  struct mp_yaml **root, struct mp_str *label, struct mp_error *e);

/* Reads the list of codes that signals can have: from then on conditions are held against it. */
int mp_rules_codes(struct mp_rules *r, const char *path, struct mp_error *e);

/* Whether signals can have it: true of any where no list was read. */
bool mp_rules_has_code(const struct mp_rules *r, struct mp_str code);

/* The value of a key in the wanted language; both must be there. */
int mp_rules_text(const struct mp_rules *r, struct mp_yaml *map, const char *key,
                  struct mp_str *out, struct mp_error *e);

/* The condition behind a key. Where the key may be left out (must false) and is: condition NULL. */
int mp_rules_when(const struct mp_rules *r, struct mp_yaml *map, const char *key, bool must,
                  struct mp_when *out, struct mp_error *e);

/* The list behind a key, or no items where there is none; a mistake if something else is there. */
int mp_rules_list(struct mp_yaml *map, const char *key, size_t *n, struct mp_error *e);

/* Whether it is there and true in the record that the case has read. */
bool mp_when_holds(const struct mp_when *w, const struct mp_case *k);

/* Its truth in the record that the case has read. *trace may be NULL, else all of it but `failed`
 * is emptied first. */
enum mp_truth mp_when_eval(const struct mp_when *w, const struct mp_case *k,
                           struct mp_trace *trace);

#endif
