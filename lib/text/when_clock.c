/* Clocks: 21:30, 2130 with its hour word, half past nine, and windows between two of them. */
#include "text/letters.h"
#include "text/when_reader.h"

enum {
    NEAR = 4, /* words from "between" to the first of two clocks */
    FAR = 8,  /* to the second */
};

/* The value of 1 to MP_WHEN_DIGITS digits: two, then four, then all of them are put together at
 * once. Zeros come to stand before them. */
static int value_of(const char *digits, unsigned n)
{
    uint64_t v;
    memcpy(&v, digits, sizeof v);
    v = le64toh(v) << (64 - 8 * n) & 0x0f0f0f0f0f0f0f0fu;
    v = v * (10 * 0x100 + 1) >> 8 & 0x00ff00ff00ff00ffu;
    v = v * (100 * 0x10000 + 1) >> 16 & 0x0000ffff0000ffffu;
    return (int)(v * (UINT64_C(10000) * 0x100000000 + 1) >> 32);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void mp_when_digits_read(struct mp_str s, struct mp_when_digits *d)
{
    *d = (struct mp_when_digits){0};
    for (size_t i = 0; i < s.n; i++) {
        unsigned n = mp_digits_count(s.p + i);
        if (n == MP_DIGITS)
            n += is_digit(s.p[i + n]);
        if (d->n == MP_WHEN_GROUPS || n == 0 || (n == MP_WHEN_DIGITS && is_digit(s.p[i + n]))) {
            *d = (struct mp_when_digits){0};
            return;
        }
        d->value[d->n] = value_of(s.p + i, n);
        d->len[d->n] = (uint8_t)n;
        i += n;
        d->sign[d->n++] = i < s.n ? s.p[i] : 0;
    }
}

int mp_when_number(struct mp_when_reader *r, size_t at)
{
    const struct mp_when_digits *d = mp_when_digits(r, at);
    if (d->n)
        return d->n == 1 ? d->value[0] : -1;
    const struct mp_sense *s = mp_when_at(r, at, MP_WHEN_NUMBERS);
    return s ? s->a : -1;
}

struct clock {
    int hour, minute;
    bool twelve; /* the hour may be twelve later */
};

static void set_clock(struct clock *c, int hour, int minute, bool twelve)
{
    *c = (struct clock){hour, minute, twelve && hour >= 1 && hour <= 12};
}

/* Half past, a quarter to, ten past half: the tokens they take, or 0. */
static size_t spoken_clock(struct mp_when_reader *r, size_t at, bool supported, struct clock *c)
{
    size_t i = at;
    int minute = 0, hour;
    if (!mp_when_is(r, at, MP_WHEN_HALF) &&
        !((mp_when_marks(r, at + 1) | mp_when_marks(r, at + 2)) &
          (MP_WHEN_BIT(PAST) | MP_WHEN_BIT(BEFORE))))
        return 0;
    bool quarter = mp_when_is(r, i, MP_WHEN_QUARTER);
    int some = quarter ? 15 : mp_when_number(r, i);
    bool counted = some >= 1 && some <= 29 && mp_when_break(r, i + 1) <= MP_BREAK_BLANK;
    if (counted) {
        size_t sign = i + 1 + (mp_when_is(r, i + 1, MP_WHEN_MINUTES));
        bool past = mp_when_is(r, sign, MP_WHEN_PAST), to = mp_when_is(r, sign, MP_WHEN_BEFORE);
        if (past || to) {
            minute = past ? some : -some;
            i = sign + 1;
        }
    }
    bool half = mp_when_is(r, i, MP_WHEN_HALF);
    if (i == at && !half)
        return 0;
    i += half;
    hour = mp_when_number(r, i);
    if (hour < 1 || hour > 12 || mp_when_break(r, i) > MP_BREAK_BLANK)
        return 0;
    if (minute && !half && !quarter && !supported &&
        (minute % 5 || !mp_when_is(r, i + 1, MP_WHEN_HOUR)))
        return 0;
    if (half && (mp_when_is(r, i + 1, MP_WHEN_UNITS) && !mp_when_is(r, i + 1, MP_WHEN_HOUR)))
        return 0;
    int total = (hour * 60 - (half ? 30 : 0) + minute + 720) % 720;
    set_clock(c, total / 60, total % 60, true);
    i++;
    return i + (mp_when_is(r, i, MP_WHEN_HOUR) && mp_when_break(r, i) <= MP_BREAK_BLANK) - at;
}

/* An hour that stands alone counts where the words beside it leave no doubt. */
static bool bare_hour(const struct mp_when_reader *r, size_t at, bool supported)
{
    const struct mp_sense *word = mp_when_at(r, at, MP_WHEN_NUMBERS);
    bool said = r->p->part || !mp_when_has_day(r->p);
    for (size_t i = at, n = 0; i > 0 && n < 2 && !said; n++)
        said = mp_when_is(r, --i, MP_WHEN_AT);
    if (mp_when_is(r, at + 1, MP_WHEN_UNITS) || !said)
        return false;
    return supported && ((word && word->b) || mp_when_break(r, at + 1) >= MP_BREAK_COMMA ||
                         mp_when_is(r, at + 1, MP_WHEN_PARTS));
}

/* "had to be back AT 22 u": what stands before it leaves no doubt that it is no number of hours. */
static bool told_hour(const struct mp_when_reader *r, size_t at)
{
    const struct mp_sense *before = at ? mp_when_at(r, at - 1, MP_WHEN_AT) : NULL;
    return before && before->a;
}

/* "agreed: 22u": written as one, it is a clock without more. */
static bool glued_hour(const struct mp_when_reader *r, size_t at, const struct mp_when_digits *d)
{
    uint64_t before = at ? mp_when_marks(r, at - 1) : 0;
    return d->len[0] == 2 && d->value[0] < 24 && mp_when_break(r, at + 1) == MP_BREAK_TOUCH &&
           !(before & (MP_WHEN_BIT(EVERY) | MP_WHEN_BIT(FOR)));
}

/* 21 u, 21 u 10, nine o'clock. */
static size_t hour_clock(struct mp_when_reader *r, size_t at, bool supported, struct clock *c)
{
    int hour = mp_when_number(r, at);
    const struct mp_when_digits *d = mp_when_digits(r, at);
    if (hour < 0 || hour > 24 || d->len[0] > 2)
        return 0;
    bool unit = mp_when_is(r, at + 1, MP_WHEN_HOUR) && mp_when_break(r, at + 1) <= MP_BREAK_BLANK;
    bool twelve = hour >= 1 && d->len[0] < 2;
    if (!unit) {
        if (!bare_hour(r, at, supported))
            return 0;
        set_clock(c, hour, 0, twelve);
        return 1;
    }
    const struct mp_when_digits *more = mp_when_digits(r, at + 2);
    if (d->n && more->n == 1 && more->len[0] == 2 && more->value[0] < 60 &&
        mp_when_break(r, at + 2) <= MP_BREAK_BLANK &&
        (mp_when_break(r, at + 2) == MP_BREAK_TOUCH || !mp_when_is(r, at + 3, MP_WHEN_UNITS))) {
        set_clock(c, hour, more->value[0], false);
        return 3;
    }
    int minute = d->n ? -1 : mp_when_number(r, at + 2);
    if (hour > 12 && minute > 0 && minute < 60 && mp_when_break(r, at + 2) <= MP_BREAK_BLANK) {
        set_clock(c, hour, minute, false);
        return 3;
    }
    bool counted = mp_when_break(r, at + 2) <= MP_BREAK_BLANK && !told_hour(r, at) &&
                   mp_when_marks(r, at + 2) & (MP_WHEN_BIT(SPAN) | MP_WHEN_BIT(AGO));
    supported |= glued_hour(r, at, d);
    if (!supported || counted)
        return 0;
    set_clock(c, hour, 0, twelve);
    return 2;
}

/* 0510, or 1840 at the head of a sentence, of a writer in haste. */
static bool bare_digits(const struct mp_when_reader *r, size_t at, const struct mp_when_digits *d)
{
    int minute = d->value[0] % 100;
    if (mp_when_break(r, at) == MP_BREAK_TOUCH || mp_when_break(r, at + 1) == MP_BREAK_TOUCH ||
        (at + 1 < r->text->tokens.n && r->text->tokens.at[at + 1].kind == MP_NUMBER))
        return false;
    if (d->value[0] < 1000)
        return minute > 0 && at > 0;
    return mp_when_break(r, at) >= MP_BREAK_STOP && mp_when_break(r, at + 1) == MP_BREAK_BLANK &&
           minute % 5 == 0;
}

/* "between supper and the count of 22.00": a daily event begins the window. */
static bool behind_event(const struct mp_when_reader *r, size_t at)
{
    bool both = false, event = false;
    for (size_t i = at, n = 0; i > 0 && n < FAR && mp_when_break(r, i) <= MP_BREAK_BLANK; n++) {
        i--;
        if (mp_when_is(r, i, MP_WHEN_BETWEEN))
            return event;
        event |= both && mp_when_is(r, i, MP_WHEN_EVENTS);
        both |= mp_when_is(r, i, MP_WHEN_AND);
    }
    return false;
}

/* "2045: found", at the beginning of a line and of no year that has been. */
static bool heads_line(const struct mp_when_reader *r, size_t at, const struct mp_when_digits *d)
{
    const struct mp_time report = r->text->reported_at;
    int year, month, day;
    if (!r->text->tokens.at[at].line || mp_when_break(r, at + 1) != MP_BREAK_COLON || !report.known)
        return false;
    mp_date_civil(report.day, &year, &month, &day);
    return !mp_when_year(d->value[0], d->len[0]) || d->value[0] > year;
}

/* 21:30, 21.30, 2130: whether the digits are a clock with what stands around them. */
static bool written_clock(const struct mp_when_reader *r, size_t at, const struct mp_when_digits *d,
                          bool unit, bool supported)
{
    const struct mp_when_parts *p = r->p;
    if (!unit &&
        ((at && mp_when_is(r, at - 1, MP_WHEN_CODES)) || mp_when_is(r, at + 1, MP_WHEN_MEASURES)))
        return false;
    if (d->n == 1 && d->len[0] == 4 && heads_line(r, at, d))
        return d->value[0] / 100 < 24 && d->value[0] % 100 < 60;
    if (d->n == 1 && mp_when_year(d->value[0], d->len[0]) && !unit && !p->relative && !p->weekday &&
        (!at || !mp_when_is(r, at - 1, MP_WHEN_AT) || mp_when_is(r, at - 1, MP_WHEN_BOUNDS)))
        return false;
    if (d->n == 1)
        return d->len[0] == 4 && d->value[0] / 100 <= 24 && d->value[0] % 100 < 60 &&
               (unit || supported || bare_digits(r, at, d));
    if (d->n < 2 || d->len[1] != 2 || d->len[0] > 2 || d->value[0] > 24 || d->value[1] > 59)
        return false;
    if (d->sign[0] == ':')
        return true;
    if (d->n > 2)
        return false;
    if (d->sign[0] == '.')
        return unit || supported || d->len[0] == 2;
    return unit && d->sign[0] == ',';
}

static size_t one_clock(struct mp_when_reader *r, size_t at, bool supported, struct clock *c)
{
    const struct mp_when_digits *d = mp_when_digits(r, at);
    if (mp_when_is(r, at, MP_WHEN_MIDNIGHT) && supported) {
        set_clock(c, 24, 0, false);
        return 1;
    }
    size_t n = spoken_clock(r, at, supported, c);
    if (n)
        return n;
    bool unit = mp_when_is(r, at + 1, MP_WHEN_HOUR) && mp_when_break(r, at + 1) <= MP_BREAK_BLANK;
    if (!written_clock(r, at, d, unit, supported))
        return hour_clock(r, at, supported, c);
    if (d->n == 1)
        set_clock(c, d->value[0] / 100, d->value[0] % 100, false);
    else
        set_clock(c, d->value[0], d->value[1], d->len[0] == 1 && !unit);
    return 1 + unit;
}

/* Whether "between" stands in the sentence before the token, not far. */
static bool is_near_between(const struct mp_when_reader *r, size_t at)
{
    for (size_t i = at, n = 0; i > 0 && n < NEAR && mp_when_break(r, i) < MP_BREAK_STOP; n++)
        if (mp_when_is(r, --i, MP_WHEN_BETWEEN))
            return true;
    return false;
}

/* One clock, or two that are a window. */
size_t mp_when_clock(struct mp_when_reader *r, size_t at, bool supported)
{
    const uint64_t begin =
        MP_WHEN_BIT(NUMBERS) | MP_WHEN_BIT(HALF) | MP_WHEN_BIT(QUARTER) | MP_WHEN_BIT(MIDNIGHT);
    struct mp_when_parts *p = r->p;
    struct clock first, second;
    if (!mp_when_digits(r, at)->n && !(mp_when_marks(r, at) & begin))
        return 0;
    bool between = at && mp_when_is(r, at - 1, MP_WHEN_BETWEEN);
    size_t n = one_clock(r, at, supported, &first), more = 0;
    if (between && !n && mp_when_number(r, at) >= 1 && mp_when_number(r, at) <= 24) {
        set_clock(&first, mp_when_number(r, at), 0, true);
        n = 1;
    }
    if (!n)
        return 0;
    bool joined = mp_when_is(r, at + n, MP_WHEN_AND) && (between || is_near_between(r, at));
    size_t next = at + n + joined;
    if ((between || joined) && mp_when_break(r, next) <= MP_BREAK_COMMA) {
        more = one_clock(r, next, true, &second);
        if (!more && (p->relative || p->part || p->weekday) && mp_when_number(r, next) >= 1 &&
            mp_when_number(r, next) <= 12)
            more = 1;
        if (!more && between)
            return 0;
    }
    p->clock = true;
    p->hour = first.hour;
    p->minute = first.minute;
    p->twelve = first.twelve;
    p->window |= more > 0 || behind_event(r, at);
    return more ? next + more - at : n;
}
