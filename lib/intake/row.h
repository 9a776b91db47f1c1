/*
 * One row of an export becomes one record: values are read as the profile says, checked against
 * each other, and written in the record's order. What does not fit becomes null, its text stays
 * in `rest`, and a message names the place.
 */
#ifndef MP_INTAKE_ROW_H
#define MP_INTAKE_ROW_H

#include "intake/table.h"
#include <yyjson.h>

struct mp_intake_cell {
    struct mp_str text; /* UTF-8; p NULL: there is nothing */
    yyjson_val *json;   /* of a JSON Lines export: the value itself, for `rest`; else NULL */
};

/* What the row is and where it stands. */
struct mp_intake_row {
    const struct mp_intake_cell *cells; /* one for each column of the table */
    size_t record, line;
    uint64_t offset;
    /* cells beyond the columns of the table, for rest: of ragged rows that are kept (no names),
     * or of keys that only some lines have */
    const struct mp_intake_cell *surplus;
    const struct mp_str *surplus_names; /* NULL: they have none */
    size_t n_surplus;
};

enum mp_row_verdict { MP_ROW_KEEP, MP_ROW_DROP, MP_ROW_UNKNOWN };

/* A warning about a cell (MP_COLUMN_NONE: about the row). */
typedef void mp_row_warn_fn(void *ctx, enum mp_code code, size_t column, const char *text);

struct mp_row_writer {
    const struct mp_table *table;
    bool no_text;
    mp_row_warn_fn *warn;
    void *ctx;
    /* private */
    struct mp_row_piece *pieces; /* what a record is made of, see row_write.h */
    size_t n_pieces;
    struct mp_buf folded, numbers, facts_text;
    uint32_t facts, facts_listed; /* the fields that are facts, and those that facts_text names */
    bool *spoilt;                 /* per column of the file: its text goes to rest */
    bool is_spoilt;               /* one of them is */
    struct mp_value {
        struct mp_str text;
        struct mp_time time;
    } values[MP_N_FIELDS];
    uint32_t from_column;          /* a bit for each field whose value stood in a column */
    size_t column_of[MP_N_FIELDS]; /* in which */
};

/* Prepares for a table and the file that it stands for; what is needed lies in the arena. */
int mp_row_writer_begin(struct mp_row_writer *w, struct mp_arena *a, const struct mp_table *t,
                        struct mp_str file, struct mp_error *e);

void mp_row_writer_free(struct mp_row_writer *w);

/* Whether the row counts, by the rules of the profile. *rule is the one that decides. */
enum mp_row_verdict mp_row_counts(struct mp_row_writer *w, const struct mp_intake_row *row,
                                  size_t *rule);

/* Appends the record and LF. Memory failures show in b->failed. */
void mp_row_write(struct mp_row_writer *w, const struct mp_intake_row *row, struct mp_buf *b);

#endif
