/*
 * Pages about cases, made of triaged episodes (or reports): the worklist of open cases and
 * after-care, and the sheet of one case for a briefing.
 *
 * Records come one by one, mp_dossier_page makes the page of them. A worklist shows
 * MP_DOSSIER_CASES cases of each kind and counts the rest.
 */
#ifndef MP_PAGE_DOSSIER_H
#define MP_PAGE_DOSSIER_H

#include "io/skim.h"
#include "page/episode.h"

enum { MP_DOSSIER_CASES = 1000 };

struct mp_dossier { /* zeroed but for the first part: ready; mp_dossier_free frees */
    struct mp_say say;
    struct mp_episode episode;
    const char *wanted; /* id of an episode, report or person; NULL: the worklist */
    bool as_table;      /* the worklist is wanted as lines, not as a page */

    struct mp_buf open, closed, sheets; /* of struct mp_part; of what sheet.c sorts */
    struct mp_buf index, numbers;       /* cells of the list of open cases; report numbers */
    struct mp_buf lines;                /* cells of mp_dossier_listing */
    struct mp_buf given;                /* records in JSON, for mp_dossier_manifest */
    size_t n_open, n_closed, n_shown, n_lower, n_late, n_numbers;
    struct mp_time as_of_first, as_of_last;
    bool no_as_of; /* of a record that stands on the page */
    size_t before; /* values on the page before the last record */
    size_t taken;  /* pieces taken out before it */
};

/* Reads a record, of which what mp_dossier_skim asks for is enough: 1 if it is to stand on the
 * page, 0 if not, -1 if it was never triaged. */
int mp_dossier_look(struct mp_dossier *d, yyjson_val *root);

/* Takes the record over that was looked at last; all of it, if it is to be shown. */
void mp_dossier_add(struct mp_dossier *d, yyjson_val *root, bool shown);

/* Asks for what looking takes, so that most records of a worklist need not be read whole. False if
 * they must be. */
bool mp_dossier_skim(const struct mp_dossier *d, struct mp_skim *skim);

/* What was given out of the record that was added last, for who runs the program. */
void mp_dossier_note(const struct mp_dossier *d, yyjson_val *root, struct mp_str program,
                     struct mp_buf *b);

/* What a log says of a page beside what is on it. */
struct mp_given_out {
    struct mp_str at; /* when, "2018-06-30T10:15:00Z" */
    struct mp_str program, format;
    struct mp_str page; /* all its bytes */
};

/* Appends the line of the page in a log: JSON, with numbers and ids, never names. */
void mp_dossier_manifest(const struct mp_dossier *d, const struct mp_given_out *g,
                         struct mp_buf *b);

/* The page of all that was added; title as for mp_bulletin. 0, or -1 with the error. */
int mp_dossier_page(struct mp_dossier *d, struct mp_str program, struct mp_str title,
                    struct mp_page *page, struct mp_error *e);

/* Whether the record is of the wanted case. */
bool mp_dossier_wants(const struct mp_dossier *d, yyjson_val *root);

/* Appends the case's sheet, and puts the sheets in order: newest first. */
void mp_dossier_sheet(struct mp_dossier *d);
struct mp_sheet *mp_dossier_sheets(struct mp_dossier *d, size_t *n);

/* Notes what was given out of the record. */
void mp_dossier_given(struct mp_dossier *d, yyjson_val *root);

/* Appends the case's line; `place`: its number in its list. */
void mp_dossier_line(struct mp_dossier *d, size_t place);

/* The worklist as a table (as_table), one line a case, open ones and those with after-care in their
 * order; numbers and moments as spreadsheets read them. NULL if memory ran out. Its cells live as
 * long as d. */
struct mp_grid *mp_dossier_listing(struct mp_dossier *d);

void mp_dossier_free(struct mp_dossier *d);

#endif
