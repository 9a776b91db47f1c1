/* The parts of a bulletin, for page/bulletin.c. */
#ifndef MP_PAGE_BULLETIN_H
#define MP_PAGE_BULLETIN_H

#include "page/build.h"

/* The rows of one table, and the section in which they stand. */
struct mp_part_of {
    struct mp_rows_range range;
    struct mp_str table;
    size_t plan; /* of the layout */
    bool taken;  /* stands somewhere already */
};

/* All tables of the rows, those of a section in its order (page/place.c). NULL if there are none.
 */
struct mp_part_of *mp_build_place(struct mp_build *b, size_t *n);

/* The part that has weeks: the table whose weeks are drawn, and the unit; NULL: none
 * (page/place.c). */
struct mp_part_of *mp_build_find_weeks(struct mp_build *b, struct mp_part_of *parts, size_t n,
                                       struct mp_str *unit);

/* Figures and tables of a section (page/section.c). Tables that are too long, or of units that the
 * layout does not show, go into the appendix, of struct mp_page_table. *weeks becomes the figure
 * over weeks if there is one. Returns how many tables could not be read if shown. */
size_t mp_build_section(struct mp_build *b, const struct mp_plan *plan, struct mp_part_of *parts,
                        size_t n, struct mp_section *s, struct mp_buf *appendix,
                        struct mp_figure **weeks);

/* The published figures beside the computed ones (page/compare.c). */
void mp_build_comparisons(struct mp_build *b, struct mp_section *s, struct mp_buf *appendix);

/* What stands out, newest first; and the tables of it, false if the rows are of another kind
 * (page/alarms.c). */
void mp_build_alarm_lines(struct mp_build *b, struct mp_section *s);
bool mp_build_alarm_tables(struct mp_build *b, struct mp_rows_range range, struct mp_buf *tables);

/* How the numbers came about (page/method.c), when all other sections are made. */
void mp_build_method(struct mp_build *b, const struct mp_page *page, struct mp_str program,
                     struct mp_section *s);

/* What was done about small numbers: all that is true of some row (page/method.c). */
void mp_build_control(struct mp_build *b, struct mp_page *page);

#endif
