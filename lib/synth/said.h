/* The text of a report: one or two sentences out of templates. */
#ifndef MP_SYNTH_SAID_H
#define MP_SYNTH_SAID_H

#include "base/time.h"
#include "synth/youth.h"

struct mp_synth_said {
    const struct mp_synth_model *m;
    const struct mp_synth_sentences *sentences;
    const struct mp_synth_name *name; /* as the report has it */
    struct mp_str institution;
    int age;
    bool girl;
    struct mp_time since, back; /* with a clock */
};

/* Appends the text to `out`; `scratch` is used up. */
void mp_synth_say(const struct mp_synth_said *said, struct mp_chance *c, struct mp_buf *scratch,
                  struct mp_buf *out);

#endif
