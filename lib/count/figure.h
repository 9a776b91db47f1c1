/*
 * Published figures, from YAML: what was counted by whom, the number, its trap, and the table that
 * computes the same from records - or why no record can tell it.
 *
 * This reads the texts and the published number; the table's part is handed on as YAML.
 */
#ifndef MP_COUNT_FIGURE_H
#define MP_COUNT_FIGURE_H

#include "io/rules.h"

/* Keys of a figure that say what is computed: those of a table, blank-separated. */
#define MP_FIGURE_TABLE_KEYS "by unit measure where when of over top"

struct mp_figure {
    struct mp_str id;                                        /* letters, digits and _ */
    struct mp_str label, definition, period, source, caveat; /* in the wanted language */
    struct mp_str published;      /* JSON: a number, {"low":N,"high":N} or null */
    struct mp_str published_unit; /* in the wanted language; p NULL where published is null */
    struct mp_str bound;          /* exact, lower, about or upper; p NULL likewise */
    struct mp_str not_countable;  /* the reason, in the wanted language; p NULL: it is computed */
    struct mp_yaml *table;        /* a map of MP_FIGURE_TABLE_KEYS alone, `unit` and `measure` among
                                   * them; NULL where it is not computed */
};

struct mp_figures {             /* lives in the arena that it was read into */
    struct mp_str label, title; /* NAME/VERSION; in the wanted language */
    struct mp_figure *items;    /* in the order of the file */
    size_t n;
};

/* Reads a file of figures, its texts in the rules' language. 0, or -1 with the error (RULES, OPEN,
 * READ or MEMORY). What the table's keys say is for mp_crosstab_read to check. */
int mp_figures_read(const struct mp_rules *r, const char *path, struct mp_figures *set,
                    struct mp_error *e);

/* Appends the keys of a row that are the figure's: `,"figure":ID` up to `"caveat":TEXT`, and
 * `"not_countable":TEXT` where it is not computed. For an object with keys before them. */
void mp_figure_add(struct mp_buf *b, const struct mp_figure *f);

#endif
