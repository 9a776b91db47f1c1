/*
 * What a program sets aside: one JSON object a line with the place, the reason and the raw bytes,
 * so that nothing is lost and a mended row can be given in again.
 */
#ifndef MP_CLI_REJECT_H
#define MP_CLI_REJECT_H

#include "io/output.h"

struct mp_reject {
    const struct mp_error *why; /* its file, line and column are the place */
    struct mp_str raw;
    size_t record;   /* number in the file, from 1 */
    uint64_t offset; /* of raw in the file, bytes */
    size_t part;     /* 0: raw is whole; else the number of this piece, from 1 */
};

/* {file, record, line, col, offset, bytes, part, code, text, raw | raw_base64}: raw where the
 * bytes are UTF-8, else base64 (RFC 4648). */
void mp_reject_add(struct mp_buf *b, const struct mp_reject *r);

#endif
