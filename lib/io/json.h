/* Writing JSON text into a buffer. */
#ifndef MP_IO_JSON_H
#define MP_IO_JSON_H

#include "base/buf.h"

/* A string with its quotes. Bytes that are not UTF-8 become U+FFFD; callers that must not lose
 * them decode first (io/encoding.h). */
void mp_json_add_str(struct mp_buf *b, struct mp_str s);

/* The same with line ends made LF (CRLF and lone CR): for narratives. */
void mp_json_add_text(struct mp_buf *b, struct mp_str s);

/* `,"key":` or, right behind an opening brace, `"key":`. The key needs no escaping. */
void mp_json_add_key(struct mp_buf *b, const char *key);

/* A key and a string, or null where s.p is NULL. */
void mp_json_add_field(struct mp_buf *b, const char *key, struct mp_str s);

#endif
