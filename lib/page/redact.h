/*
 * What is taken out of words before others read them, and for whom (Wpg articles 3 and 5: no more
 * than a reader needs).
 *
 * schemas/redact says what marks a telephone number, an address or a name. What the record itself
 * says of a person, of those at whom the youth stayed, and each name that its texts hold, is known
 * besides. What cannot be judged is taken out whole.
 */
#ifndef MP_PAGE_REDACT_H
#define MP_PAGE_REDACT_H

#include "base/arena.h"
#include "io/record.h"
#include "io/yaml.h"
#include "page/kept.h"

enum mp_level_of_detail {
    MP_DETAIL_FULL,       /* all that the record says */
    MP_DETAIL_CARE,       /* for who looks after the youth and knows whom the page is about */
    MP_DETAIL_STATISTICS, /* nobody can be told from it */
};

struct mp_redact_pattern;

struct mp_redact { /* zeroed: takes nothing out; mp_redact_free frees */
    struct mp_redact_pattern *patterns;
    size_t n_patterns;
    const struct mp_yaml *name_paths, *contact_paths;
    struct mp_kept kept;               /* words that are no names */
    yyjson_val *record;                /* whose names are still to be learnt, or NULL */
    struct mp_redact_pattern *own;     /* of the record's names, or NULL */
    struct mp_redact_pattern *strange; /* words that look like a name */
    bool too_many;                     /* names in the record: a text of it goes out whole */
    size_t taken;                      /* pieces so far */
    bool failed;                       /* memory ran out */
};

/* Reads the file into the arena. 0, or -1 with the error. */
int mp_redact_load(struct mp_redact *r, struct mp_arena *arena, const char *path,
                   struct mp_error *e);

/* The record that the next texts are of, borrowed until the next call; NULL: none. Its names are
 * learnt with the first text. */
void mp_redact_record(struct mp_redact *r, yyjson_val *root);

/* Appends the text with "[name]" and its like in place of what is taken out: `word` gives them, by
 * the kind that the file names. */
void mp_redact_add(struct mp_redact *r, struct mp_buf *b, struct mp_str text,
                   struct mp_str (*word)(void *ctx, struct mp_str kind), void *ctx);

/* The i-th path at which somebody who can be reached stands; p NULL behind the last. */
struct mp_str mp_redact_contact(const struct mp_redact *r, size_t i);

void mp_redact_free(struct mp_redact *r);

#endif
