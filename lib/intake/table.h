/*
 * The columns of one file, bound to a profile: which column each source reads, which go to
 * `rest`, and the names as JSON keys.
 */
#ifndef MP_INTAKE_TABLE_H
#define MP_INTAKE_TABLE_H

#include "base/hash.h"
#include "intake/profile.h"

struct mp_table {
    const struct mp_profile *profile;
    size_t n_columns;      /* of the file */
    size_t *file_column;   /* for each column of the profile: the file's, or MP_COLUMN_NONE */
    struct mp_str *keys;   /* for each column of the file: `"name":` in JSON */
    struct mp_str *names;  /* the same as text */
    struct mp_str *folded; /* for recognising and for a heading that is repeated */
    bool *to_rest;         /* no source reads it */
    size_t *rest, n_rest;  /* the columns of which that is true */
    /* for each field: the profile maps it, and not only to columns that may lack and do */
    bool gives[MP_N_FIELDS];
    /* these fields, in their order */
    struct mp_mapped_field {
        enum mp_field field;
        enum mp_field_type type;
        const struct mp_sources *sources;
        /* the file's column whose text is the value as it stands: most fields, and the quickest
         * way to them. MP_COLUMN_NONE: the sources have to be asked */
        size_t plain;
    } mapped[MP_N_FIELDS];
    size_t n_mapped;
};

/*
 * Binds the names of a heading (UTF-8, in their order) to the profile. Names are compared without
 * case, diacritics and outer blanks; a second column of the same name is called "name (2)", and
 * *duplicate is the place of the first such column, else n.
 */
int mp_table_bind(struct mp_arena *a, const struct mp_profile *p, const struct mp_str *names,
                  size_t n, struct mp_table *out, size_t *duplicate, struct mp_error *e);

/* Name of a column that the profile needs and the file lacks; p NULL if it has all. */
struct mp_str mp_table_lacks(const struct mp_table *t);

/* The column that a field would be read from and that the file lacks, if nothing else gives the
 * field a value; p NULL if all is well. */
struct mp_str mp_table_absent(const struct mp_table *t, enum mp_field f);

/* Whether these fields are the heading once more. `folded` is scratch; if it has failed then, the
 * answer is worth nothing. */
bool mp_table_is_heading(const struct mp_table *t, const struct mp_str *fields, size_t n,
                         struct mp_buf *folded);

#endif
