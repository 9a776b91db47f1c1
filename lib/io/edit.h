/*
 * Changing a record: members are set, put in or taken away, and every other byte stays, numbers
 * and the escapes of strings as they were spelt.
 */
#ifndef MP_IO_EDIT_H
#define MP_IO_EDIT_H

#include "io/members.h"
#include "io/record.h"

/* What members are to become, by the numbers of their keys (io/members.h). */
struct mp_edits {          /* ready where set and dropped are 0 */
    uint32_t set, dropped; /* bits of the keys; what is dropped is set too */
    struct mp_str json[MP_MEMBERS_MAX];
};

/* `json` is a JSON value, not checked; p NULL: the member is taken away. */
static inline void mp_edits_set(struct mp_edits *e, unsigned key, struct mp_str json)
{
    e->set |= UINT32_C(1) << key;
    e->dropped |= (uint32_t)!json.p << key;
    e->json[key] = json;
}

/*
 * Appends an object with edits. A member that it lacks comes behind the last one that stands before
 * it in the order, in front where there is none.
 */
void mp_edit_add(struct mp_buf *b, const struct mp_members *object, const struct mp_edits *edits);

/* Appends a value as compact JSON without the members of these names (a blank-separated list), at
 * any depth. No recursion. */
void mp_edit_add_without(struct mp_buf *b, yyjson_val *value, const char *names);

#endif
