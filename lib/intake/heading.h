/* The heading of a CSV export: its names, and what there is to say about them. Only for
 * lib/intake. */
#ifndef MP_INTAKE_HEADING_H
#define MP_INTAKE_HEADING_H

#include "intake/session.h"

/* The names in UTF-8, in the arena of the file (or borrowed from row and decoder). 0 or -1. */
int mp_heading_names(struct mp_session *s, const struct mp_csv_row *row, struct mp_decoder *d,
                     struct mp_str **names);

/* Binds the heading to the session's profile; a needed column that is not there is fatal, other
 * oddities are said. 0 or -1. */
int mp_heading_bind(struct mp_session *s, const struct mp_csv_row *row, struct mp_decoder *d);

/* What a heading that does not fit may suffer from: " (...)", or "". */
const char *mp_heading_hint(const struct mp_csv_row *row);

#endif
