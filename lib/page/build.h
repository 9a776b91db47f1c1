/* What the builders of a page share, and who builds what. Writers need page/model.h alone. */
#ifndef MP_PAGE_BUILD_H
#define MP_PAGE_BUILD_H

#include "page/form.h"
#include "page/layout.h"
#include "page/model.h"

enum { MP_PAGE_TEXT_MAX = 100 }; /* characters of a text out of the data */

struct mp_build {
    struct mp_arena arena; /* all that the page is made of */
    struct mp_words words;
    struct mp_layout layout; /* of a bulletin */
    struct mp_rows *rows;
    size_t rejected;             /* lines of the input that were no rows */
    size_t empty;                /* tables of a bulletin that count nothing: left out */
    struct mp_buf notes;         /* so far: of struct mp_note, and what each is about */
    bool seen[MP_CELL_OPEN + 1]; /* kinds of cells that occur */
    bool failed;                 /* memory ran out */
};

/* Frees what is not in the arena. */
void mp_build_free(struct mp_build *b);

/* Zeroed memory for n items, or NULL (and b->failed). */
void *mp_build_alloc(struct mp_build *b, size_t n, size_t size);

/* The items of a buffer in the arena; the buffer is freed. NULL, and *n 0, if there are none or
 * memory ran out. */
void *mp_build_items(struct mp_build *b, struct mp_buf *items, size_t size, size_t *n);

/* A text out of the data, cut to what can be shown: to MP_PAGE_TEXT_MAX characters, or to `max`. */
struct mp_str mp_build_text(struct mp_build *b, struct mp_str s);
struct mp_str mp_build_cut(struct mp_build *b, struct mp_str s, size_t max);

/* A cell for a row; NULL: nothing counted. */
struct mp_page_cell mp_build_cell(struct mp_build *b, const struct mp_rows_row *row);

/* A cell for another number of a row, such as what was expected. */
struct mp_page_cell mp_build_number(struct mp_build *b, const struct mp_rows_row *row,
                                    struct mp_str number, enum mp_form form);

/* Names in words: of a table, a dimension, a value, a unit and measure ("median, episodes"). */
struct mp_str mp_build_table_name(struct mp_build *b, struct mp_str table);
struct mp_str mp_build_dimension(struct mp_build *b, struct mp_str dimension);
struct mp_str mp_build_value(struct mp_build *b, struct mp_str dimension, struct mp_str value);
struct mp_str mp_build_units(struct mp_build *b, struct mp_str unit);
struct mp_str mp_build_pair(struct mp_build *b, struct mp_str unit, struct mp_str measure);

/* A name inside a sentence: its first letter small, unless the second is a capital, too. */
struct mp_str mp_build_small(struct mp_build *b, struct mp_str name);

/* Adds the note on an entry of "tables", "measures", "dimensions" or "units" to what a text refers
 * to, where the words have a definition. */
void mp_build_refer(struct mp_build *b, struct mp_refs *refs, const char *section,
                    struct mp_str key);

/* Both notes on a number: what is counted, and what of it is told. */
void mp_build_refer_pair(struct mp_build *b, struct mp_refs *refs, struct mp_str unit,
                         struct mp_str measure);

/* All notes that were referred to, in order. */
struct mp_note *mp_build_notes(struct mp_build *b, size_t *n);

/* Of a file its name alone: folders tell about a machine, not about reports. */
struct mp_str mp_build_bare(struct mp_str dimension, struct mp_str value);

/* Whether a value of a dimension says that it is not known. */
bool mp_build_is_unknown(struct mp_str value);

/* Compares two values of a dimension: as the words list them, then by number and letter; not known
 * comes last. */
int mp_build_value_cmp(const struct mp_build *b, struct mp_str dimension, struct mp_str x,
                       struct mp_str y);

/* The page of a set of rows (page/bulletin.c). `program` is name and version for the provenance,
 * `title` replaces the page's own (p NULL: not). 0, or -1 with the error. */
int mp_bulletin(struct mp_build *b, struct mp_str program, struct mp_str title,
                struct mp_page *page, struct mp_error *e);

/* Rows of one table: they lie together. */
struct mp_rows_range {
    size_t from, end;
};

/* A table with what decides where it stands. */
struct mp_made_table {
    struct mp_page_table table;
    struct mp_str unit; /* p NULL: several */
    struct mp_str down; /* dimension of its rows, p NULL: several or none */
};

/*
 * Tables of the rows of one table name (page/table.c). Each (unit, measure) has a table of its own
 * where there are two dimensions to read across; otherwise every dimension has a column. A period
 * (layout) that has one value only is said in the caption. `plain`: every dimension has a column,
 * and totals that say the same as a row are left out. Appends to `tables`, a buffer of struct
 * mp_made_table. False if the rows make no table that could be read: too many dimensions or units.
 */
bool mp_build_tables(struct mp_build *b, struct mp_rows_range rows, bool plain,
                     struct mp_buf *tables);

/* The end of an axis (page/series.c): a round number at or above the highest, whose half is whole
 * too. */
double mp_build_top(double most);

/* The Monday on which a week of ISO 8601 begins, in days. */
int32_t mp_build_monday(int year, int week);

/* Bars over weeks (page/series.c): the counts of one table and unit that have no dimension but the
 * week. NULL if there are none. */
struct mp_figure *mp_build_weeks(struct mp_build *b, struct mp_str table, struct mp_str unit);

/* Bars that lie (page/bars.c): the numbers of one table by the dimensions of the drawing, or by the
 * first one alone where of two most is hidden. NULL if there are none to draw. */
struct mp_figure *mp_build_bars(struct mp_build *b, struct mp_rows_range rows,
                                const struct mp_drawing *drawing);

/* Allocates rows, labels, cells and heads of a table whose numbers of them are set (page/table.c);
 * false if memory ran out. */
bool mp_build_shape(struct mp_build *b, struct mp_page_table *t);

/* Says of a table whether any of its rows was told without disclosure control, or rounded
 * (page/table.c). */
void mp_build_state(struct mp_build *b, const struct mp_rows_row **rows, size_t n,
                    struct mp_page_table *t);

/*
 * Puts made tables where they are read (page/fold.c): `body` and `appendix` are buffers of struct
 * mp_page_table. Of a long table by time the last rows stay in the body, of many values that no
 * words list the highest. Tables of units that the layout does not show go into the appendix where
 * there are others beside them. Frees `made`.
 */
void mp_build_fold(struct mp_build *b, struct mp_buf *made, struct mp_buf *body,
                   struct mp_buf *appendix);

/* Sentences whose numbers are there (page/statements.c): appends to `text`, with blanks between. */
void mp_build_statements(struct mp_build *b, const struct mp_statements *s, struct mp_buf *text);

/* The row that a headline is about: of the first of its tables, or without any the highest total,
 * or one that is not told. */
const struct mp_rows_row *mp_build_headline_row(struct mp_build *b, const struct mp_statement *s);

#endif
