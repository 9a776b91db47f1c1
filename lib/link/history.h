/*
 * Reports of earlier runs, as --annotate wrote them, to which new ones are added.
 *
 * Whole reports are needed, not episodes: linking weighs every value that a report has, and an
 * episode keeps of most reports no more than where they came from.
 */
#ifndef MP_LINK_HISTORY_H
#define MP_LINK_HISTORY_H

#include "link/report.h"

/* Takes a copy of a report of an earlier run with its ids; r->history must be set. 0, or -1 with
 * the error: HISTORY if its `link` has no ids. */
int mp_link_add_old(struct mp_link_reports *r, const struct mp_rec *rec, struct mp_error *e);

/* Takes a copy of a new report. 0, or -1 with the error. */
int mp_link_add_new(struct mp_link_reports *r, const struct mp_rec *rec, struct mp_error *e);

/*
 * Takes out what is there twice, before the reports are sorted: a new report that says the same as
 * an old one (wherever it stood), and an old report of which a new one is another version (unit,
 * number, which must be known, document, names, kind and reported_at are the same), which takes its
 * place and ids. Each takes out one. *n: how many were taken out. 0, or -1 with a MEMORY error.
 */
int mp_link_settle(struct mp_link_reports *r, size_t *n, struct mp_error *e);

#endif
