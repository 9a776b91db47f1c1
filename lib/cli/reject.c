/* What a program sets aside. */
#include "cli/reject.h"
#include "base/utf8.h"
#include "io/json.h"

static void add_base64(struct mp_buf *b, struct mp_str s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < s.n; i += 3) {
        size_t left = s.n - i;
        unsigned v = (unsigned)(unsigned char)s.p[i] << 16;
        if (left > 1)
            v |= (unsigned)(unsigned char)s.p[i + 1] << 8;
        if (left > 2)
            v |= (unsigned char)s.p[i + 2];
        mp_buf_addc(b, digits[v >> 18]);
        mp_buf_addc(b, digits[v >> 12 & 63]);
        mp_buf_addc(b, left > 1 ? digits[v >> 6 & 63] : '=');
        mp_buf_addc(b, left > 2 ? digits[v & 63] : '=');
    }
}

static void add_number(struct mp_buf *b, const char *key, uint64_t value)
{
    mp_json_add_key(b, key);
    mp_buf_addu(b, value);
}

void mp_reject_add(struct mp_buf *b, const struct mp_reject *r)
{
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "file", r->why->file);
    add_number(b, "record", r->record);
    add_number(b, "line", r->why->line);
    add_number(b, "col", r->why->col);
    add_number(b, "offset", r->offset);
    add_number(b, "bytes", r->raw.n);
    if (r->part)
        add_number(b, "part", r->part);
    mp_json_add_field(b, "code", mp_str_of(mp_code_info[r->why->code].code));
    mp_json_add_field(b, "text", mp_str_of(r->why->text));
    if (mp_utf8_valid(r->raw) == r->raw.n) {
        mp_json_add_field(b, "raw", r->raw);
    } else {
        mp_json_add_key(b, "raw_base64");
        mp_buf_addc(b, '"');
        add_base64(b, r->raw);
        mp_buf_addc(b, '"');
    }
    mp_buf_adds(b, "}\n");
}
