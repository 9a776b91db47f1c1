/*
 * What stands on a page, in words and in order, before anything is drawn.
 *
 * Every format is made from this and from nothing else, so that a number cannot be one thing in
 * the text and another in the figure. All texts are as they came (mp_escape is the writers' duty),
 * cut to a length that can be shown, and borrowed from the page's arena.
 *
 * A bulletin has sections, of numbers; a worklist and a case have sheets, of words. What a number
 * means stands in notes, which headings and captions refer to by their number.
 */
#ifndef MP_PAGE_MODEL_H
#define MP_PAGE_MODEL_H

#include "page/rows.h"
#include "page/words.h"

enum mp_cell_kind {
    MP_CELL_NUMBER,
    MP_CELL_NONE,     /* nothing was counted here, or a percentage is of nothing */
    MP_CELL_HIDDEN,   /* suppressed */
    MP_CELL_CONFLICT, /* the rows contradict one another */
    MP_CELL_OPEN,     /* a median that is not reached: so many are still missing */
};

struct mp_page_cell {
    enum mp_cell_kind kind;
    struct mp_str text;            /* what is shown: the number in words, or the sign of the kind */
    double size;                   /* of a number, for a bar's length; never negative */
    const struct mp_rows_row *row; /* what it was made of, as it came; NULL: there is no row */
};

enum { MP_REFS = 4 };

/* What a text refers to: numbers of notes, from 1, each once and upwards. Writers draw them behind
 * the text. */
struct mp_refs {
    unsigned note[MP_REFS];
    size_t n;
};

/* Heading of a column, or name of a value. */
struct mp_head {
    struct mp_str text;
    struct mp_refs refs;
};

struct mp_page_row {
    struct mp_str *labels;      /* n_labels of the table */
    struct mp_page_cell *cells; /* one for each head behind the labels */
    bool total;
    bool folded; /* not drawn where people read, only where data is wanted: `remark` says so */
};

struct mp_page_table {
    struct mp_str name;    /* in the data, "setting_sex" */
    unsigned number;       /* in the page, from 1 */
    struct mp_str caption; /* without the number */
    struct mp_refs refs;
    struct mp_str state;   /* "rounded to 5", "internal": may be empty */
    bool internal;         /* small numbers are not hidden: state says so */
    struct mp_head *heads; /* n_labels + n_cells */
    size_t n_labels, n_cells;
    struct mp_page_row *rows;
    size_t n_rows;
    bool total_column;    /* the last cell of a row is its total */
    struct mp_str remark; /* a sentence on what is folded or where the rest stands; may be empty */
    unsigned whole;       /* number of the table that has all of this one and more; 0: none */
};

/*
 * WEEKS  bars that stand, one for each week on an axis of time, without gaps.
 * BARS   bars that lie, one for each value, each with its label before and its number behind it.
 *        Of two dimensions: bars of one group lie together under its name.
 */
enum mp_figure_kind { MP_FIGURE_WEEKS, MP_FIGURE_BARS };

struct mp_bar {
    struct mp_str label; /* "2018-W05", "closed" */
    struct mp_str tick;  /* short, for an axis: "5" */
    int number;          /* the same as a number, from 1 */
    struct mp_str group; /* what several neighbours share ("2018"), shown where it changes */
    struct mp_page_cell cell;
    struct mp_str beside; /* another number of the same, behind the first: "31.2%"; may be empty */
    struct mp_str mark;   /* a line in front of this bar has this name ("24 hours"); may be empty */
    int32_t monday;       /* first day of the week */
    bool marked;          /* a bar that the takeaway names */
    bool alarm;           /* a week that lies far above expectation: its own sign */
    bool soft;            /* what is not known, drawn so that it does not compete; size can be 0 */
};

struct mp_figure {
    enum mp_figure_kind kind;
    unsigned number; /* in the page, from 1 */
    struct mp_str title, description, takeaway;
    struct mp_refs refs;  /* of the title */
    struct mp_str axis;   /* what the ticks or the labels are */
    struct mp_str alarms; /* what the sign of an alarm means; empty: there are none */
    struct mp_bar *bars;
    size_t n_bars;
    double top; /* end of the axis, a round number; 0 if there is nothing to draw */
    struct mp_str top_text, middle_text;
    int32_t first_day, last_day; /* of all weeks, also those that are not drawn */
};

/* A figure with the tables of its numbers, or one of both alone. */
struct mp_block {
    struct mp_figure *figure; /* or NULL */
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

/* What was computed for a published figure. */
struct mp_computed {
    struct mp_str of; /* a part of the input, "2019"; empty: all of it */
    struct mp_page_cell cell;
    struct mp_str unit; /* what stands behind the number, "young persons" */
};

/* A published figure beside the same from the input. The two are never mixed. */
struct mp_comparison {
    struct mp_str name; /* "QF01" */
    struct mp_str label, definition;
    struct mp_str published; /* "at least 90 girls", or that no number was published */
    struct mp_str period, source, caveat;
    struct mp_computed *computed;
    size_t n_computed;
    struct mp_refs refs;         /* of what is computed: unit and measure */
    struct mp_str not_countable; /* why there is nothing computed; empty where there is */
    unsigned whole;              /* number of the table that has the computed in parts; 0: none */
};

/* What stands in front of the parts of a comparison. */
struct mp_comparison_words {
    struct mp_str published, computed, not_countable, definition, period, source, caveat, whole;
};

struct mp_section {
    struct mp_str id; /* its name in the rules, "weeks": fit for an anchor */
    struct mp_str heading;
    struct mp_str lead;         /* may be empty */
    struct mp_page_line *lines; /* a list of statements: what stands out */
    size_t n_lines;
    struct mp_block *blocks;
    size_t n_blocks;
    struct mp_comparison *comparisons;
    size_t n_comparisons;
    struct mp_item *items; /* how it was made: a term and what is said of it */
    size_t n_items;
    bool appendix; /* for who looks something up: long tables; its own page where it is printed */
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
    struct mp_str label, definition; /* definition: a sentence; may be empty */
    struct mp_refs refs;             /* of the label */
};

/* What the reader must know before reading on. */
struct mp_notice {
    struct mp_str text;
    bool warning; /* whoever passes this page on can do harm */
};

/* What a table, a measure, a dimension or a unit is; its number is its place, from 1. */
struct mp_note {
    struct mp_str term, text;
};

struct mp_page {
    struct mp_str language, title, period;
    struct mp_notice notices[8];
    size_t n_notices;
    struct mp_headline *headlines;
    size_t n_headlines;
    struct mp_str headlines_heading;
    struct mp_section *sections;
    size_t n_sections;
    struct mp_str table_word, figure_word; /* "Table", in front of a number */
    struct mp_comparison_words comparison_words;
    struct mp_note *notes; /* every section refers to them; they stand behind all of them */
    size_t n_notes;
    struct mp_str notes_heading;
    struct mp_sheet *sheets; /* of words; may be none */
    size_t n_sheets;
    struct mp_sheet *foot;                   /* what was given out; never cut. NULL: none */
    struct mp_str legend_heading, legend[8]; /* of the signs that occur */
    size_t n_legend;
    size_t left_out;                              /* tables that could not be read if shown */
    struct mp_str rows_left_out, tables_left_out; /* with {n}: what a writer says that cuts */
    struct mp_str cases_left_out, lines_left_out; /* the same, of sheets and parts, and of lines */
    struct mp_str skip, contents_heading; /* of the links past the head and to the sections */
};

#endif
