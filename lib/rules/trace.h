/* What made a rule hold, as JSON: the signals, their words, and the fields. */
#ifndef MP_RULES_TRACE_H
#define MP_RULES_TRACE_H

#include "io/condition.h"

/* `,"signals":[...],"quotes":[...]`: two lists of one length. A signal has its code and status, and
 * where the text tells it, who said so. */
void mp_trace_add_signals(struct mp_buf *b, const struct mp_trace *trace);

/* `,"fields":{...}`: the paths whose comparison was true, with what stands there. */
void mp_trace_add_fields(struct mp_buf *b, const struct mp_trace *trace);

/* `,"fields":[...]`: the paths alone, where values must not be told. */
void mp_trace_add_paths(struct mp_buf *b, const struct mp_trace *trace);

#endif
