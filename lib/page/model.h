/*
 * What stands on a page, in words and in order, before anything is drawn.
 *
 * Every format is made from this and from nothing else, so that a number cannot be one thing in
 * the text and another in the figure. All texts are as they came (mp_escape is the writers' duty),
 * cut to a length that can be shown, and borrowed from the page's arena.
 *
 * A bulletin has sections, of numbers; a worklist and a case have sheets, of words.
 */
#ifndef MP_PAGE_MODEL_H
#define MP_PAGE_MODEL_H

#include "page/rows.h"
#include "page/words.h"

enum mp_cell_kind {
    MP_CELL_NUMBER,
    MP_CELL_NONE,     /* nothing was counted here */
    MP_CELL_HIDDEN,   /* suppressed */
    MP_CELL_CONFLICT, /* the rows contradict one another */
};

struct mp_page_cell {
    enum mp_cell_kind kind;
    struct mp_str text; /* what is shown: the number, or the sign of the kind */
    double size;        /* of a number, for a bar's length; never negative */
};

struct mp_page_row {
    struct mp_str *labels;      /* n_labels of the table */
    struct mp_page_cell *cells; /* one for each head behind the labels */
    bool total;
};

struct mp_page_table {
    struct mp_str caption;
    struct mp_str *heads; /* n_labels + n_cells */
    size_t n_labels, n_cells;
    struct mp_page_row *rows;
    size_t n_rows;
    bool total_column; /* the last cell of a row is its total */
};

struct mp_bar {
    struct mp_str label; /* "2018-W05" */
    struct mp_str tick;  /* short, for an axis: "5" */
    int number;          /* the same as a number, from 1 */
    struct mp_str group; /* what several neighbours share ("2018"), shown where it changes */
    struct mp_page_cell cell;
    int32_t monday; /* first day of the week */
    bool marked;    /* a bar that the takeaway names */
};

struct mp_figure {
    struct mp_str title, description, takeaway;
    struct mp_str axis; /* what the ticks are */
    struct mp_bar *bars;
    size_t n_bars;
    double top; /* end of the axis, a round number; 0 if there is nothing to draw */
    struct mp_str top_text, middle_text;
    int32_t first_day, last_day; /* of all weeks, also those that are not drawn */
};

struct mp_section {
    struct mp_str heading;
    struct mp_str lead; /* may be empty */
    struct mp_figure *figure;
    struct mp_page_table *tables;
    size_t n_tables;
};

/* A line of a list: what it says and, in smaller letters, what that rests on. */
struct mp_page_line {
    struct mp_str text, detail; /* either may be empty */
    bool marked;                /* somebody must look: the text says so, too */
};

/* A term and what is said of it: a text, lines, or both. */
struct mp_item {
    struct mp_str term, text;
    struct mp_page_line *lines;
    size_t n_lines;
};

enum { MP_GRID_COLUMNS = 6 }; /* at most */

/* A table of words. */
struct mp_grid {
    struct mp_str caption;
    struct mp_str *heads; /* n_columns */
    struct mp_str *cells; /* row after row */
    size_t n_columns, n_rows;
};

/* A case of a list, or a heading of a case's own page. */
struct mp_part {
    struct mp_str heading, lead; /* lead may be empty */
    bool marked;
    struct mp_grid *grid; /* or NULL */
    struct mp_item *items;
    size_t n_items;
};

struct mp_sheet {
    struct mp_str heading, lead; /* lead may be empty */
    struct mp_grid *grid;        /* or NULL */
    struct mp_part *parts;
    size_t n_parts;
    bool on_its_own; /* begins a page where it is printed */
};

struct mp_headline {
    struct mp_page_cell cell;
    struct mp_str label, definition;
};

struct mp_page {
    struct mp_str language, title, period;
    struct mp_str notices[8]; /* what the reader must know before reading on */
    size_t n_notices;
    struct mp_headline headlines[4];
    size_t n_headlines;
    struct mp_str headlines_heading;
    struct mp_section sections[3];
    size_t n_sections;
    struct mp_sheet *sheets; /* of words; may be none */
    size_t n_sheets;
    struct mp_sheet *foot;                   /* what was given out; never cut. NULL: none */
    struct mp_str legend_heading, legend[8]; /* of the signs that occur, and of "unknown" */
    size_t n_legend;
    size_t left_out;                              /* tables that could not be read if shown */
    struct mp_str rows_left_out, tables_left_out; /* with {n}: what a writer says that cuts */
    struct mp_str cases_left_out, lines_left_out; /* the same, of sheets and parts, and of lines */
};

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
