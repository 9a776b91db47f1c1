/*
 * What an expression of time says, before it is resolved: the words and numbers read, no calendar
 * yet. Between text/when_parts.c, when_clock.c and when_day.c, which read them, and text/when.c,
 * which resolves them.
 */
#ifndef MP_TEXT_WHEN_PARTS_H
#define MP_TEXT_WHEN_PARTS_H

#include "text/sense.h"
#include "text/text.h"

/* Kinds of words: the keys of the `when:` map, in this order. */
enum mp_when_kind {
    MP_WHEN_MONTHS,         /* 1 to 12 */
    MP_WHEN_WEEKDAYS,       /* 1 to 7 */
    MP_WHEN_WEEKDAYS_SHORT, /* count only beside a date or clock */
    MP_WHEN_NUMBERS,
    MP_WHEN_DAYS,    /* days from the report's: -1 is yesterday */
    MP_WHEN_PARTS,   /* of a day: first and last hour */
    MP_WHEN_FEASTS,  /* day and month */
    MP_WHEN_EASTER,  /* days from Easter Sunday, plus 100 */
    MP_WHEN_AT,      /* stands before a time of day; 1: before no number of hours */
    MP_WHEN_FILLERS, /* stands between parts of an expression */
    MP_WHEN_HOUR,
    MP_WHEN_HALF,
    MP_WHEN_QUARTER,
    MP_WHEN_PAST,
    MP_WHEN_BEFORE,
    MP_WHEN_MINUTES,
    MP_WHEN_MIDNIGHT,
    MP_WHEN_SECOND,  /* second day of a feast */
    MP_WHEN_ORDINAL, /* what hangs on a number: 3e */
    MP_WHEN_BETWEEN,
    MP_WHEN_AND,  /* between two ends of a window */
    MP_WHEN_ONTO, /* the night of one day onto the next */
    MP_WHEN_LAST, /* last, previous */
    MP_WHEN_NEXT,
    MP_WHEN_THIS,
    MP_WHEN_THAT,  /* THAT evening: of the day named before */
    MP_WHEN_UNITS, /* days: 1, 7, 30, 365; 0 is an hour */
    MP_WHEN_AGO,
    MP_WHEN_FOR,  /* since, already: before a span that lasts to the report */
    MP_WHEN_GONE, /* behind such a span */
    MP_WHEN_SPAN, /* behind hours: they are no clock */
    MP_WHEN_NOW,
    MP_WHEN_IN,       /* stands before a month or year */
    MP_WHEN_STAMPS,   /* heads a dated addition */
    MP_WHEN_BOUNDS,   /* since, until, born: shortly before */
    MP_WHEN_EVENTS,   /* breakfast: a part of the day, the clock left open */
    MP_WHEN_EVERY,    /* makes a weekday or span no day */
    MP_WHEN_CODES,    /* before a number that is no clock */
    MP_WHEN_MEASURES, /* behind one */
    MP_WHEN_PRESENT,  /* shortly before a clock: its day is not one that was named before */
    MP_WHEN_N_KINDS
};

_Static_assert(MP_WHEN_N_KINDS <= 64, "they are bits of mp_word.marks");

#define MP_WHEN_BIT(kind) (UINT64_C(1) << MP_WHEN_##kind)

struct mp_when_words {
    struct mp_senses senses;
};

struct mp_when_parts {  /* what is not said is 0; small, as it is emptied for each */
    size_t first, last; /* tokens */
    /* numbers */
    int year, month, day;
    int weekday;     /* 1 to 7 */
    int offset;      /* days from the report's day */
    int week;        /* -1: of last week, 1: of next */
    int easter;      /* days from Easter plus 100 */
    int units, unit; /* `units` units of `unit` days before the report's day */
    int from, to;    /* hours of a part of the day */
    int hour, minute;
    int ago; /* minutes before the report */
    /* which of them are said; bits, so that it is soon emptied and asked for many at once */
    bool now : 1;
    bool date : 1; /* day and month */
    bool month_only : 1, year_only : 1;
    bool day_only : 1; /* a day of the month without the month */
    bool relative : 1; /* offset */
    bool span : 1;     /* units */
    bool part : 1;     /* from, to */
    bool clock : 1;    /* hour, minute */
    /* and how */
    bool weak : 1;              /* the weekday is a short form that needs company */
    bool before : 1, later : 1; /* last Friday, next Friday */
    bool same : 1;              /* the day named before */
    bool lasting : 1;           /* the span lasts to the report's day */
    bool twelve : 1;            /* the hour may be twelve later */
    bool event : 1;             /* only a daily event is named */
    bool window : 1;
    bool heads : 1;   /* a clock at the head of a line or addition */
    bool bounds : 1;  /* begins or ends something that lasts */
    bool onto : 1;    /* the day is the second of a night */
    bool present : 1; /* the clock takes no day from before */
};

/* Kinds of words that an expression may begin with: those for which text->marks has MP_IS_TIME. */
extern const uint64_t mp_when_beginnings;

/* Whether an expression may begin at a token that is MP_IS_TIME or MP_IS_NUMBER: a quick look at
 * the words beside it. */
bool mp_when_may_begin(const struct mp_when_words *w, const struct mp_text *text, size_t at);

/* Reads the longest expression that begins at a token. False if there is none. */
bool mp_when_parts_read(const struct mp_when_words *w, const struct mp_text *text, size_t at,
                        struct mp_when_parts *out);

/* The kinds of the token's senses, as bits. */
static inline uint64_t mp_when_kinds(const struct mp_when_words *w, const struct mp_text *text,
                                     size_t at)
{
    return at < text->tokens.n ? mp_sense_marks(&w->senses, text->words[at]) : 0;
}

#endif
