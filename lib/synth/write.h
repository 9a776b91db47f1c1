/* Writing a synthetic report as a record of schema mp/1, and what it truly is. */
#ifndef MP_SYNTH_WRITE_H
#define MP_SYNTH_WRITE_H

#include "synth/stream.h"

struct mp_synth_writer { /* zeroed: nothing; mp_synth_writer_free frees */
    bool no_narrative;
    /* private */
    struct mp_synth_name name;
    struct mp_buf id, institution, values, text;
};

/*
 * Appends the line of the next report of `y` (what mp_synth_next gave). `record` counts the lines
 * from 1, `offset` is the byte at which this one begins; they stand in the record's source.
 * Memory that ran out shows as `failed` of `out`.
 */
void mp_synth_add_record(struct mp_synth_writer *w, struct mp_synth_stream *s,
                         const struct mp_synth_youth *y, uint64_t record, uint64_t offset,
                         struct mp_buf *out);

/* Appends the truth about the report that was added last: {id, document, person, episode, role}. */
void mp_synth_add_truth(struct mp_synth_writer *w, const struct mp_synth_youth *y,
                        struct mp_buf *out);

void mp_synth_writer_free(struct mp_synth_writer *w);

#endif
