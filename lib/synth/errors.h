/* What becomes of a name and a date of birth on the way into a report. */
#ifndef MP_SYNTH_ERRORS_H
#define MP_SYNTH_ERRORS_H

#include "synth/youth.h"

/* One typing error. A text of fewer than three letters stays. */
void mp_synth_mistype(const struct mp_synth_model *m, struct mp_buf *text, struct mp_chance *c);

/* Another spelling that sounds like it; one typing error where the model has none. */
void mp_synth_misspell(const struct mp_synth_model *m, struct mp_buf *text, struct mp_chance *c);

/*
 * Makes the errors of a source, each by its share and independent of the others. An error that is
 * not possible in this name (a prefix where there is none) is not made. The stream of chance is
 * used alike whatever the shares are, as far as no error is made.
 */
void mp_synth_spoil_name(const struct mp_synth_model *m, const struct mp_synth_of_source *source,
                         struct mp_synth_name *name, struct mp_chance *c);

/* The same for a day of birth. */
int32_t mp_synth_spoil_birth(const struct mp_synth_of_source *source, int32_t birth,
                             struct mp_chance *c);

#endif
