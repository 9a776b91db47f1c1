/* What the builders of a page share, and who builds what. Writers need page/model.h alone. */
#ifndef MP_PAGE_BUILD_H
#define MP_PAGE_BUILD_H

#include "page/model.h"

enum { MP_PAGE_TEXT_MAX = 100 }; /* characters of a text out of the data */

/* What the builders of a page share. */
struct mp_build {
    struct mp_arena arena; /* all that the page is made of */
    struct mp_words words;
    struct mp_rows *rows;
    size_t rejected; /* lines of the input that were no rows */
    struct {         /* what of the rows the bulletin is made of, as the words say */
        struct mp_str week, across, unit, sources;
    } from;
    bool seen[MP_CELL_CONFLICT + 1]; /* kinds of cells that occur */
    bool failed;                     /* memory ran out */
};

/* Zeroed memory for n items, or NULL (and b->failed). */
void *mp_build_alloc(struct mp_build *b, size_t n, size_t size);

/* A text out of the data, cut to what can be shown: to MP_PAGE_TEXT_MAX characters, or to `max`. */
struct mp_str mp_build_text(struct mp_build *b, struct mp_str s);
struct mp_str mp_build_cut(struct mp_build *b, struct mp_str s, size_t max);

/* A cell for a row; NULL: nothing counted. */
struct mp_page_cell mp_build_cell(struct mp_build *b, const struct mp_rows_row *row);

/* The page of a set of rows (page/bulletin.c). `program` is name and version for the provenance,
 * `title` replaces the page's own (p NULL: not). 0, or -1 with the error. */
int mp_bulletin(struct mp_build *b, struct mp_str program, struct mp_str title,
                struct mp_page *page, struct mp_error *e);

/*
 * Tables of any rows (page/table.c): those of one table name, rows[from] up to rows[end]. Each
 * (unit, measure) has a table of its own where there are two dimensions to read across; otherwise
 * every dimension has a column. `plain`: always so, and no totals but that of all. Appends to
 * `tables`, a buffer of struct mp_page_table. False if the rows make no table that could be read:
 * too many dimensions or units.
 */
bool mp_build_tables(struct mp_build *b, size_t from, size_t end, bool plain,
                     struct mp_buf *tables);

/* Bars over weeks (page/series.c): the counts of one table and unit that have no dimension but the
 * week. NULL if there are none. */
struct mp_figure *mp_build_weeks(struct mp_build *b, struct mp_str table, struct mp_str unit);

/* Whether a value of a dimension says that it is not known. */
bool mp_build_is_unknown(struct mp_str value);

/* Compares two values of a dimension: as the words list them, then by number and letter; not known
 * comes last. */
int mp_build_value_cmp(const struct mp_build *b, struct mp_str dimension, struct mp_str x,
                       struct mp_str y);

#endif
