/*
 * What a tally has come to hold, as lines that can be joined again: partial counts of parts of an
 * input, made at the same time or by different units.
 *
 * Every line names its state, so lines may be sorted, parted and mixed with those of other states.
 * The name is the sum of hashes of what the state says, not of how its lines are written: who adds
 * up what arrived sees whether something is missing, came twice or was changed. (It tells
 * accidents, it is no seal against somebody who means harm.) The same counts give the same lines,
 * whatever the order in which they came.
 *
 *     {"schema":"mp-stats/1","state":ID,"internal":true,"set":..,"version":..,"rules":SHA256,
 *      "as_of":..,"unit":..,"persons":"hash"|"hmac","key":CHECK,"records":N,
 *      "lacking":{"episodes":N,"persons":N},"told":[PATH,..],"endless":N,"first_day":..,
 *      "last_day":..,"lines":N}                              one, the head; `lines` counts it, too
 *     {"schema":"mp-stats/1","state":ID,"table":..,"number":N,"by":{DIMENSION:VALUE,..},
 *      "reports":N,"episodes":N,"hits":{"reports":N,"episodes":N},"members":{TIMES:PERSONS,..},
 *      "spans":[[LENGTH,OPEN,TIMES],..]}                     one or more a cell
 *
 * Totals that follow from the finest cells (count/roll.h) are not written.
 *
 * `number` is the table's among those of the run, from 1. A cell with many members takes several
 * lines; counts stand in the first. PERSONS is their numbers one behind the other, 64 bits each as
 * 11 digits of base64url (RFC 4648).
 */
#ifndef MP_COUNT_STATE_H
#define MP_COUNT_STATE_H

#include "count/listing.h"
#include "count/tally.h"

#define MP_STATE_SCHEMA "mp-stats/1"

enum { MP_STATE_LINE = 4096 }; /* members and spans in a line */

/* What a state hangs on: only those that agree in it can be joined. */
struct mp_state_frame {
    struct mp_str set, version;
    const char *unit; /* NULL: all */
    struct mp_time as_of;
    const struct mp_person_key *key;
    char rules[2 * MP_SHA256_SIZE + 1]; /* of mp_state_frame_rules */
};

/* Names the definitions of all that is counted: tables, their dimensions, and when a youth counts
 * as back. 0, or -1 with the error (MEMORY). */
int mp_state_frame_rules(struct mp_state_frame *f, const struct mp_crosstabs *set,
                         const struct mp_yaml *returned, struct mp_error *e);

struct mp_state_head {
    uint64_t records, lacking[MP_N_UNITS], told, endless, lines;
    int32_t first_day, last_day;
};

/* ---- writing ---- */

struct mp_state_writer {
    const struct mp_state_frame *frame; /* private, as is all that follows */
    struct mp_tally *tally;
    struct mp_state_head head;
    uint64_t id;
    struct mp_state_items { /* of a table's cells, ordered by cell */
        struct mp_state_item {
            uint64_t what;
            uint32_t times;
        } * items;
        size_t *starts; /* by cell, and behind the last */
    } members, spans;
    struct mp_listing list; /* of the table */
    bool begun;             /* the head has been written */
    bool open;              /* list, members and spans are there */
    size_t table, place, at;
};

/* Borrows all; the tally is not finished, and nothing may be counted until the end. 0, or -1 with
 * the error (MEMORY). mp_state_write_end in either case. */
int mp_state_write_begin(struct mp_state_writer *w, struct mp_tally *tally,
                         const struct mp_state_frame *frame, struct mp_error *e);

/* Appends the next line. 1; 0 behind the last; -1 with the error (MEMORY). */
int mp_state_write(struct mp_state_writer *w, struct mp_buf *b, struct mp_error *e);

void mp_state_write_end(struct mp_state_writer *w);

/* ---- reading ---- */

struct mp_state_reader {
    const struct mp_state_frame *frame; /* private, as is all that follows */
    struct mp_tally *tally;
    struct mp_numbers ids;
    struct mp_state_seen { /* of each id */
        uint64_t heads, lines, expected, sum;
        bool members;
        struct mp_str file; /* where it was met first */
        size_t line;
    } * seen;
    size_t cap;
    struct mp_buf room;
};

/* Borrows both; the tally has begun and counted nothing else. mp_state_read_end frees. */
void mp_state_read_begin(struct mp_state_reader *r, struct mp_tally *tally,
                         const struct mp_state_frame *frame);

/* Adds a line, of a file whose name stays. 0, or -1 with the error: NOT_A_RECORD (the line is none
 * of a state of these tables), OTHER_STATE, TOO_MANY_VALUES or MEMORY. */
int mp_state_read(struct mp_state_reader *r, const struct mp_rec *rec, struct mp_error *e);

/* Behind the last line. 0, or -1 with the error (STATE_NOT_WHOLE) where something is missing. */
int mp_state_read_check(const struct mp_state_reader *r, struct mp_error *e);

/* What came more than once with the same persons: fills in a warning (SAME_STATE) for one state
 * after the other; *at begins with 0. False behind the last. */
bool mp_state_read_twice(const struct mp_state_reader *r, size_t *at, struct mp_error *e);

void mp_state_read_end(struct mp_state_reader *r);

/* ---- both: what the id is a sum of ---- */

enum mp_state_part {
    MP_STATE_HEAD,
    MP_STATE_REPORTS,
    MP_STATE_EPISODES,
    MP_STATE_HIT_REPORTS,
    MP_STATE_HIT_EPISODES,
    MP_STATE_MEMBER,
    MP_STATE_SPAN
};

static inline uint64_t mp_state_hash(uint64_t cell, enum mp_state_part part, uint64_t what,
                                     uint64_t times)
{
    uint64_t h = mp_numbers_mix(times + 0x9e3779b97f4a7c15u * ((uint64_t)part + 1));
    return mp_numbers_mix(cell + mp_numbers_mix(what + h));
}

/* Appends the head behind the id, and the table (from 0) and coordinates of a cell: `,"key":..`. */
void mp_state_add_head(struct mp_buf *b, const struct mp_state_frame *f,
                       const struct mp_state_head *h, const struct mp_case *k);
void mp_state_add_cell(struct mp_buf *b, const struct mp_crosstabs *set, size_t table,
                       uint64_t key);

#endif
