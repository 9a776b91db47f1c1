/*
 * Changing a record: members are set, put in or taken away, and every other byte stays, numbers
 * and the escapes of strings as they were spelt.
 */
#ifndef MP_IO_EDIT_H
#define MP_IO_EDIT_H

#include "io/record.h"

struct mp_edit {
    const char *key;    /* needs no escaping */
    struct mp_str json; /* a JSON value, not checked; p NULL: the member is taken away */
};

enum { MP_EDITS_MAX = 16 };

#define MP_EDIT_KEY(literal)                                                                       \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* The keys of a record, and of its `person`, in their order: for `order` below. */
extern const struct mp_str mp_edit_record[], mp_edit_person[];

/*
 * Appends an object whose text is `text` (from its brace on) and which mp_rec_parse parsed as
 * `object` (NULL: an empty one), with n edits, at most MP_EDITS_MAX, of different keys. A member
 * that it lacks comes behind the last one that stands before it in `order` (its end: p NULL), in
 * front where there is none.
 */
void mp_edit_add(struct mp_buf *b, struct mp_str text, yyjson_val *object,
                 const struct mp_str *order, const struct mp_edit *edits, size_t n);

/* The text of a top-level member's value, borrowed from rec->line; p NULL: no such key. */
struct mp_str mp_edit_raw(const struct mp_rec *rec, const char *key);

/* Appends a value as compact JSON without the members of these names (a blank-separated list), at
 * any depth. No recursion. */
void mp_edit_add_without(struct mp_buf *b, yyjson_val *value, const char *names);

#endif
