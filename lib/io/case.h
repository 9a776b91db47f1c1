/*
 * One record as rules and tables see it: what stands at the paths that they ask for, its times, and
 * values that stand in no record but are worked out from it. Conditions ask for these under a path,
 * too:
 *
 *     time.open            true while the youth is missing, false after the return
 *     time.missing_hours   from the departure to the return or, as yet, to the moment of --as-of
 *     time.open_hours      the same, only while the youth is missing
 *     time.returned_hours  from the return to that moment
 *     time.report_hours    from the departure to the report
 *     time.action_hours    from the report to the first action of the police
 *     time.interview_hours from the return to the interview about it
 *     time.age             of judged records: in years at the departure, or else the report, by
 *                          the date of birth; where it is not known, the age that was given
 *     risk.level, risk.months   of the youth's last risk assessment and how old it is
 *     description.kinds    of how many kinds the items of the outward description are
 *     triage.category, triage.mismatch   of the first protocol
 *
 * All hours are whole ones that passed (summer time counts in). What cannot be told is not known.
 * There is one case for all rules of a run: rules are bound to it when they are read, then it reads
 * one record after the other. Where records have been judged before (mp_case_judged) only time.* is
 * worked out; the rest is what stands in them. Then hours between moments of which a clock is
 * lacking are compared only where all that they can be says the same.
 */
#ifndef MP_IO_CASE_H
#define MP_IO_CASE_H

#include "base/time.h"
#include "io/condition.h"

enum mp_given {
    MP_GIVEN_OPEN,
    MP_GIVEN_MISSING_HOURS,
    MP_GIVEN_OPEN_HOURS,
    MP_GIVEN_RETURNED_HOURS,
    MP_GIVEN_REPORT_HOURS,
    MP_GIVEN_ACTION_HOURS,
    MP_GIVEN_INTERVIEW_HOURS,
    MP_GIVEN_AGE,
    MP_GIVEN_RISK_LEVEL,
    MP_GIVEN_RISK_MONTHS,
    MP_GIVEN_DESCRIPTION_KINDS,
    MP_GIVEN_CATEGORY,
    MP_GIVEN_MISMATCH,
    MP_GIVEN_ALL
};

/* Minutes from one moment to another: where a clock is lacking, from the least to the most that
 * they can be. */
struct mp_span {
    int64_t least, most;
    bool known;
};

struct mp_case { /* mp_case_make makes it; it has no memory of its own */
    struct mp_lookup lookup;
    uint64_t known; /* places at which something stands in this record */
    yyjson_val *root;
    struct mp_time now; /* --as-of; not known: no time passes */
    unsigned suspected; /* the bit of this status in the lookup's codes */
    bool failed;        /* memory did not suffice for a condition about this record */

    /* of this record; not known where it does not say */
    struct mp_time reported, missing, returned;
    struct mp_time ended; /* by then the absence was over, though no return is known */
    bool is_return;       /* a report of a return, with or without its time */
    struct mp_span spans[MP_GIVEN_RISK_LEVEL]; /* behind time.*_hours */
    struct mp_range ranges[MP_LOOKUP_MAX];     /* the same in hours, of judged records, by place */
    enum mp_truth is_open; /* missing at `now`, or without it at the end of what is known */

    /* private */
    size_t reported_at, missing_at, returned_at, ended_at, kind_at, as_of_at, action_at,
        interview_at, born_at, age_at;
    struct mp_time given_now;
    enum mp_given n_given;   /* how many of these are worked out */
    size_t at[MP_GIVEN_ALL]; /* places */
    yyjson_val values[MP_GIVEN_ALL];
    char numbers[MP_GIVEN_ALL][24];
};

/* now: a day alone means its end. */
void mp_case_make(struct mp_case *k, struct mp_time now);

/* Right after mp_case_make: the records have been judged before. Where no moment was given it is
 * that at which they were (triage.as_of). */
void mp_case_judged(struct mp_case *k);

/* The place of a path that the program itself asks for. */
size_t mp_case_place(struct mp_case *k, const char *path);

/* Text of what stands there; p NULL: nothing, or no text. */
struct mp_str mp_case_text(const struct mp_case *k, size_t place);

/* The path of a place, as it was written. */
struct mp_str mp_case_path(const struct mp_case *k, size_t place);

/* The minutes from a to b; not known where one of them is not, or b lies before a. */
struct mp_span mp_span_of(struct mp_time a, struct mp_time b);

/* Whether a path is one that records have, or a value of the list above. */
bool mp_case_knows(const struct mp_case *k, const struct mp_path *path);

/* Reads one record; it is borrowed until the next one. */
void mp_case_read(struct mp_case *k, yyjson_val *root);

/* Says that the youth is back at a time that nobody tells. */
void mp_case_returned(struct mp_case *k);

/* Sets a value of this record. The text must live as long as the record. */
void mp_case_give_number(struct mp_case *k, enum mp_given what, int64_t n);
void mp_case_give_text(struct mp_case *k, enum mp_given what, struct mp_str text);

/* Writes the paths of the places (bits) as a JSON list. */
void mp_case_add_paths(struct mp_buf *b, const struct mp_case *k, uint64_t places);

#endif
