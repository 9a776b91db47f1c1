/* Dates and times of day in a stated format. Nothing is guessed: what does not fit is named. */
#ifndef MP_INTAKE_DATE_FORMAT_H
#define MP_INTAKE_DATE_FORMAT_H

#include "base/time.h"
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

#endif
