/*
 * Where the members of a JSON object stand in its text: found in one walk over it, nothing is
 * parsed. For texts that are known to be well-formed and to have no key twice: lines that this
 * program has parsed or written before.
 */
#ifndef MP_IO_MEMBERS_H
#define MP_IO_MEMBERS_H

#include "base/buf.h"

enum { MP_MEMBERS_MAX = 24 }; /* keys of one order */

#define MP_KEY(literal)                                                                            \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* The keys of a record, and of its `person`, in their order. */
enum mp_record_key {
    MP_KEY_SCHEMA,
    MP_KEY_ID,
    MP_KEY_DOCUMENT,
    MP_KEY_KIND,
    MP_KEY_SOURCE,
    MP_KEY_REPORTED_AT,
    MP_KEY_PERSON,
    MP_KEY_PLACE,
    MP_KEY_MISSING_SINCE,
    MP_KEY_RETURNED_AT,
    MP_KEY_FIRST_ACTION_AT,
    MP_KEY_INTERVIEW_AT,
    MP_KEY_POLICE_CATEGORY,
    MP_KEY_TRAFFIC_LIGHT,
    MP_KEY_NARRATIVE,
    MP_KEY_SIGNALS,
    MP_KEY_HOSTS,
    MP_KEY_FACTS_FROM,
    MP_KEY_REST,
    MP_KEY_LINK,
    MP_KEY_TRIAGE,
};
enum mp_person_key {
    MP_KEY_GIVEN_NAME,
    MP_KEY_NAME_PREFIX,
    MP_KEY_FAMILY_NAME,
    MP_KEY_BIRTH_DATE,
    MP_KEY_SEX,
    MP_KEY_AGE,
    MP_KEY_CLIENT_ID,
};
extern const struct mp_str mp_record_keys[], mp_person_keys[];

struct mp_members {
    struct mp_str text;         /* the object's, blanks around it and all */
    const struct mp_str *order; /* its keys have numbers: their places in here */
    const char *inside;         /* behind the brace that opens */
    size_t n;                   /* members in all, those of other keys too */
    size_t n_known;
    uint8_t known[MP_MEMBERS_MAX]; /* numbers of the keys it has, as they stand in the text */
    uint32_t present;              /* the same: a bit for each number */
    struct mp_member {
        const char *begin; /* its key's quote */
        struct mp_str value;
        size_t place;     /* as many members come before it */
    } at[MP_MEMBERS_MAX]; /* by number, only those present */
};

/* Finds the members of an object; of anything else (p NULL too): those of an empty one. `order` is
 * a list of at most MP_MEMBERS_MAX keys (its end: p NULL). */
void mp_members_find(struct mp_members *m, struct mp_str text, const struct mp_str *order);

/* The JSON text of a value; p NULL: not there, or null, which means the same. */
static inline struct mp_str mp_members_get(const struct mp_members *m, unsigned key)
{
    bool there = m->present >> key & 1 && m->at[key].value.p[0] != 'n';
    return there ? m->at[key].value : (struct mp_str){0};
}

/* The text of a JSON string or number; p NULL for anything else. It lies in `room` (whose content
 * goes) where the string has escapes. Memory failures show in room->failed. */
struct mp_str mp_members_text(struct mp_str json, struct mp_buf *room);

#endif
