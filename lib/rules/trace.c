/* What made a rule hold, as JSON. */
#include "rules/trace.h"
#include "io/json.h"

void mp_trace_add_fields(struct mp_buf *b, const struct mp_trace *trace)
{
    mp_buf_adds(b, ",\"fields\":{");
    for (size_t i = 0; i < trace->n_fields; i++) {
        if (i > 0)
            mp_buf_addc(b, ',');
        mp_json_add_str(b, trace->fields[i]);
        mp_buf_addc(b, ':');
        mp_rec_add_value(b, trace->values[i]);
    }
    mp_buf_addc(b, '}');
}

void mp_trace_add_paths(struct mp_buf *b, const struct mp_trace *trace)
{
    mp_buf_adds(b, ",\"fields\":[");
    for (size_t i = 0; i < trace->n_fields; i++) {
        if (i > 0)
            mp_buf_addc(b, ',');
        mp_json_add_str(b, trace->fields[i]);
    }
    mp_buf_addc(b, ']');
}

void mp_trace_add_signals(struct mp_buf *b, const struct mp_trace *trace)
{
    mp_buf_adds(b, ",\"signals\":[");
    for (size_t i = 0; i < trace->n_signals; i++) {
        yyjson_val *s = trace->signals[i];
        struct mp_str said_by = mp_rec_text(yyjson_obj_get(s, "said_by"));
        mp_buf_adds(b, i > 0 ? ",{" : "{");
        mp_json_add_field(b, "code", mp_rec_text(yyjson_obj_get(s, "code")));
        mp_json_add_field(b, "status", mp_rec_text(yyjson_obj_get(s, "status")));
        if (said_by.p)
            mp_json_add_field(b, "said_by", said_by);
        mp_buf_addc(b, '}');
    }
    mp_buf_adds(b, "],\"quotes\":[");
    for (size_t i = 0; i < trace->n_signals; i++) {
        struct mp_str quote = mp_rec_text(yyjson_obj_get(trace->signals[i], "quote"));
        if (i > 0)
            mp_buf_addc(b, ',');
        if (quote.p)
            mp_json_add_str(b, quote);
        else
            mp_buf_adds(b, "null");
    }
    mp_buf_addc(b, ']');
}
