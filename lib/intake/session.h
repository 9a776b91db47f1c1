/* What the readers of the different formats share while they read one input. Only for
 * lib/intake. */
#ifndef MP_INTAKE_SESSION_H
#define MP_INTAKE_SESSION_H

#include "intake/decode.h"
#include "intake/intake.h"
#include "intake/row.h"
#include "io/csv.h"

struct mp_session {
    struct mp_intake *k;
    struct mp_app *app;
    struct mp_input *in;
    const struct mp_profile *profile;
    struct mp_table table;
    struct mp_row_writer writer;
    struct mp_intake_row row;
    struct mp_intake_cell *cells;
    uint64_t *dropped;            /* for each rule of the profile's rows */
    const struct mp_csv_row *csv; /* the row being read, for columns of messages; may be NULL */
};

int mp_intake_csv(struct mp_session *s);
int mp_intake_jsonl(struct mp_session *s);
int mp_intake_records(struct mp_session *s);

/* After binding: the writer and its rules are made ready. */
int mp_session_begin(struct mp_session *s, const struct mp_str *names, size_t n, size_t *duplicate);

/* One row whose cells are filled in: counts, writes or sets aside. `raw` is for the reject. */
int mp_session_row(struct mp_session *s, struct mp_str raw);

/* A reject at a place of the current row. */
int mp_session_reject(struct mp_session *s, enum mp_code code, size_t line, size_t col,
                      struct mp_str raw, size_t part, const char *text);

/* A message about a column of the current row (mp_row_warn_fn with the session as ctx). */
void mp_session_warn(void *ctx, enum mp_code code, size_t column, const char *text);

/* After the last row: says what rules left out. */
void mp_session_end(struct mp_session *s);

#endif
