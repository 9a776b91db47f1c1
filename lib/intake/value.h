/*
 * Reading one value of an export: dates in a stated format, registration numbers, parts of names,
 * and values that a map knows. Nothing is guessed: what does not fit is named.
 */
#ifndef MP_INTAKE_VALUE_H
#define MP_INTAKE_VALUE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/time.h"
#include "intake/memo.h"
#include "io/yaml.h"

enum { MP_DATE_STEPS = 24 };

/* A format such as "dd-mm-yyyy hh:mm": d, m, h of one letter stand for one or two digits, of two
 * for exactly two; yyyy is the year; m behind h are minutes; all else stands for itself. */
struct mp_date_format {
    struct mp_str text;
    bool has_date, has_clock;
    struct mp_date_step {
        char what; /* d, m, y, h, i (minutes) or 0: the character `mark` */
        char mark;
        unsigned char least; /* digits */
        unsigned char at;    /* where it begins, if `width` is set */
    } steps[MP_DATE_STEPS];
    size_t n_steps;
    size_t width; /* of every text of this format; 0: that differs */
    unsigned char day_at, month_at, year_at, hour_at, minute_at; /* in such texts */
};

/* -1 with the error at y if it is no format. */
int mp_date_format_read(struct mp_yaml *y, struct mp_date_format *out, struct mp_error *e);

enum mp_value_fault {
    MP_VALUE_GOOD,
    MP_VALUE_OTHER_FORM,     /* it is not written so */
    MP_VALUE_NO_SUCH_DAY,    /* 31-02-2018, 25:10 */
    MP_VALUE_TWO_DIGIT_YEAR, /* 03-02-18 */
    MP_VALUE_SWAPPED,        /* 02-25-2018 where the format is dd-mm-yyyy */
};

/* Reads s by the format. Only the parts that the format has are set: t->day (and known) and
 * t->minute (else -1). */
enum mp_value_fault mp_date_format_apply(const struct mp_date_format *f, struct mp_str s,
                                         struct mp_time *t);

enum { MP_NUMBER_GROUPS = 4 };

/* How registration numbers are spelt: a prefix, groups of digits with or without a separator,
 * and a document's suffix. */
struct mp_number_format {
    struct mp_str prefix, separators, write;
    struct {
        int least, most;
    } groups[MP_NUMBER_GROUPS], suffix;
    size_t n_groups;
    bool given;
};

/* {prefix, digits: [N or N-M, ...], suffix: N-M, separators, write: "PL{1}-{2}{3}"} */
int mp_number_format_read(struct mp_arena *a, struct mp_yaml *y, struct mp_number_format *out,
                          struct mp_error *e);

/* Appends the number as `write` says to b and sets *suffix (n == 0: none; borrowed from s). False
 * if s is not such a number; then b is as before. */
bool mp_number_format_apply(const struct mp_number_format *f, struct mp_str s, struct mp_buf *b,
                            struct mp_str *suffix);

enum mp_part {
    MP_PART_ALL,
    MP_PART_BEFORE_COMMA,     /* BRAAK of "BRAAK, ter" */
    MP_PART_BEHIND_COMMA,     /* ter */
    MP_PART_FIRST_INITIAL,    /* N. of "N.v.L." */
    MP_PART_BETWEEN_INITIALS, /* v. */
    MP_PART_LAST_INITIAL,     /* L. */
};

/* "" if the part is not there. */
struct mp_str mp_part_of(enum mp_part part, struct mp_str s);

/* From its name in a profile: "before-comma", ...; -1 with the error. */
int mp_part_read(struct mp_yaml *y, enum mp_part *out, struct mp_error *e);

/* Values and what they become; patterns are folded globs, tried in their order. */
struct mp_value_map {
    size_t n;
    struct mp_str *patterns, *values;
    struct mp_memo *memo;
};

int mp_value_map_read(struct mp_arena *a, struct mp_yaml *y, struct mp_value_map *out,
                      struct mp_error *e);

/* {NULL, 0} if no pattern fits. `folded` is scratch. */
struct mp_str mp_value_map_find(const struct mp_value_map *m, struct mp_str s,
                                struct mp_buf *folded);

/* Whether one of the patterns fits the folded text. */
bool mp_patterns_fit(const struct mp_str *patterns, size_t n, struct mp_str folded);

/* A list of patterns from YAML, folded. */
int mp_patterns_read(struct mp_arena *a, struct mp_yaml *y, struct mp_str **out, size_t *n,
                     struct mp_error *e);

#endif
