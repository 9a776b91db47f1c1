/*
 * Exports in, records out: which profile fits an input, and the loop over its rows.
 */
#ifndef MP_INTAKE_INTAKE_H
#define MP_INTAKE_INTAKE_H

#include "cli/app.h"
#include "intake/profile.h"

struct mp_intake {
    struct mp_profiles profiles;    /* all that may be recognised */
    const struct mp_profile *given; /* --profile; NULL: recognise */
    const char *encoding;           /* --encoding; NULL: what the profile says */
    bool fill_ragged;               /* --ragged=fill */
    bool no_text;
    /* Appends the line of a record that is ours already, with no_text; needed for that only.
     * False if memory ran out. */
    bool (*add_without_text)(void *ctx, const struct mp_rec *rec, struct mp_buf *out);
    void *without_text;    /* its ctx */
    struct mp_arena arena; /* of one file */
};

/* Reads one opened input to its end; an mp_app_file_fn with a struct mp_intake as ctx. */
int mp_intake_file(struct mp_app *app, struct mp_input *in, void *ctx);

#endif
