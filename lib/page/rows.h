/*
 * Rows of counts, as mp-stats writes them: gathered, put into one order whatever order they came
 * in, and found again. The page adds nothing up: a total stands in the rows or is not shown.
 */
#ifndef MP_PAGE_ROWS_H
#define MP_PAGE_ROWS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "io/record.h"

enum { MP_ROW_DIMENSIONS = 8 };

struct mp_by {
    struct mp_str dimension, value; /* value.p NULL: not known, also where it was "unknown" */
};

/* What a row says about a published figure. Texts may be empty (p NULL). */
struct mp_published {
    struct mp_str name, label, definition, period, source, caveat, not_countable;
    struct mp_str value; /* a number as it was written; p NULL: none was published, or a range */
    struct mp_str low, high; /* of a range */
    struct mp_str unit, bound;
};

struct mp_rows_row {
    struct mp_str table, unit,
        measure;                       /* unit and measure p NULL: a figure that no data can give */
    const struct mp_published *figure; /* NULL: a row of a table */
    struct mp_by by[MP_ROW_DIMENSIONS]; /* in byte order of the dimensions */
    size_t n_by;
    struct mp_str value;              /* a number as it was written; p NULL: none */
    struct mp_str suppressed;         /* "primary", "secondary"; p NULL: not suppressed */
    struct mp_str reason;             /* why exactly; p NULL: not said */
    struct mp_str observed, expected; /* of an alarm; numbers as they were written, or p NULL */
    struct mp_str until, departures;  /* of a run; p NULL: none */
    struct mp_str rounded; /* to multiples of this number, as it was written; p NULL: not */
    bool unsafe;           /* told without disclosure control, or not said to be under it */
    bool conflict;         /* the same cell came twice, and differs: no number stays */
    enum {
        MP_ROW_LEFT,
        MP_ROW_SHOWN,
        MP_ROW_FOLDED,
        MP_ROW_SAME,
        MP_ROW_EMPTY
    } place; /* what became of it */
};

struct mp_rows { /* zeroed: empty; mp_rows_free frees */
    struct mp_arena arena;
    struct mp_buf buf; /* of struct mp_rows_row */
    struct mp_rows_row *row;
    size_t n, n_counts;  /* all; those of tables, which stand before those of figures */
    size_t again;        /* rows that came more than once, without the first time */
    struct mp_map cells; /* which row is which cell */
    struct mp_buf key;
};

void mp_rows_free(struct mp_rows *r);

/*
 * Takes a row over (copied). The same cell twice is one cell. 0, or -1 with the error: NOT_A_RECORD
 * (its text says why) or MEMORY.
 */
int mp_rows_add(struct mp_rows *r, yyjson_val *root, struct mp_error *e);

/* Sorts the rows by table, those of figures behind all others; to be called once, before
 * mp_rows_find. 0 or -1 (MEMORY). */
int mp_rows_sort(struct mp_rows *r, struct mp_error *e);

/* The cell of a table with exactly these dimensions (in any order), or NULL. */
const struct mp_rows_row *mp_rows_find(struct mp_rows *r, struct mp_str table, struct mp_str unit,
                                       struct mp_str measure, const struct mp_by *by, size_t n);

/* The same of a figure; NULL: of a table. */
const struct mp_rows_row *mp_rows_find_of(struct mp_rows *r, const struct mp_published *figure,
                                          struct mp_str table, struct mp_str unit,
                                          struct mp_str measure, const struct mp_by *by, size_t n);

/*
 * How many counts one table hides and another tells: tables of the same records (their totals are
 * the same) that were not put under disclosure control together. -1: memory ran out.
 */
long mp_rows_crossing(struct mp_rows *r);

/* Says what became of a row; nothing takes back that it is shown. */
void mp_rows_placed(struct mp_rows *r, const struct mp_rows_row *row, int place);

/* Runs of digits as numbers, the rest by byte: "9" before "10", "2018-W09" before "2018-W10". */
int mp_rows_natural_cmp(struct mp_str x, struct mp_str y);

/* The row's value of a dimension, NULL if the row is a total over it. */
const struct mp_by *mp_rows_by(const struct mp_rows_row *row, struct mp_str dimension);

#endif
