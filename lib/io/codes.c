/* Which codes a record's signals have, and with which status, as bits. */
#include "io/codes.h"
#include "base/hash.h"
#include "io/record.h"

enum { SLOTS = 2 * MP_CODES_MAX };

/* The slot of a code, or the free one where it belongs. */
static size_t slot_of(const struct mp_codes *c, struct mp_str code)
{
    size_t at = mp_hash_fast(code) % SLOTS;
    while (c->slots[at] && !mp_str_eq(c->names[c->slots[at] - 1], code))
        at = (at + 1) % SLOTS;
    return at;
}

bool mp_codes_add(struct mp_codes *c, struct mp_str code, struct mp_code_set *set)
{
    size_t at = slot_of(c, code);
    if (!c->slots[at]) {
        if (c->n == MP_CODES_MAX)
            return false;
        c->names[c->n++] = code;
        c->slots[at] = (unsigned char)c->n;
    }
    size_t number = c->slots[at] - 1u;
    set->bits[number / 64] |= UINT64_C(1) << number % 64;
    return true;
}

bool mp_codes_asks(const struct mp_codes *c, struct mp_str code)
{
    return c->slots[slot_of(c, code)] != 0;
}

static size_t find_status(const struct mp_codes *c, struct mp_str status)
{
    size_t i = 0;
    while (i < c->n_statuses && !mp_str_eq(c->statuses[i], status))
        i++;
    return i;
}

unsigned mp_codes_status(struct mp_codes *c, struct mp_str status)
{
    size_t i = find_status(c, status);
    if (i == MP_STATUSES_MAX)
        return 0;
    if (i == c->n_statuses)
        c->statuses[c->n_statuses++] = status;
    return 1u << i;
}

void mp_codes_read(struct mp_codes *c, yyjson_val *signals)
{
    memset(c->seen, 0, sizeof c->seen);
    yyjson_arr_iter all = yyjson_arr_iter_with(signals);
    for (yyjson_val *s; (s = yyjson_arr_iter_next(&all));) {
        struct mp_str code = mp_rec_text(yyjson_obj_get(s, "code"));
        size_t number = code.p ? c->slots[slot_of(c, code)] : 0;
        if (number-- == 0)
            continue;
        uint64_t bit = UINT64_C(1) << number % 64;
        size_t status = find_status(c, mp_rec_text(yyjson_obj_get(s, "status")));
        c->seen[MP_STATUSES_MAX].bits[number / 64] |= bit;
        if (status < c->n_statuses)
            c->seen[status].bits[number / 64] |= bit;
    }
}

bool mp_codes_any(const struct mp_codes *c, const struct mp_code_set *set, unsigned statuses,
                  unsigned without)
{
    uint64_t found = 0;
    for (size_t w = 0; w < MP_CODES_WORDS; w++) {
        if (!statuses && !without)
            found |= c->seen[MP_STATUSES_MAX].bits[w] & set->bits[w];
        for (size_t i = 0; i < c->n_statuses && (statuses || without); i++)
            if ((!statuses || (statuses >> i & 1)) && !(without >> i & 1))
                found |= c->seen[i].bits[w] & set->bits[w];
    }
    return found;
}
