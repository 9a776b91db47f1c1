/* Dates and times of day in a stated format. */
#include "intake/date_format.h"
#include <limits.h>

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the run of the letter at f[i]. */
static size_t run_of(struct mp_str f, size_t i)
{
    size_t n = 1;
    while (i + n < f.n && f.p[i + n] == f.p[i])
        n++;
    return n;
}

/* Where a part begins, if all parts before it have a fixed width. */
static unsigned char *place_of(struct mp_date_format *f, char what)
{
    return what == 'd'   ? &f->day_at
           : what == 'm' ? &f->month_at
           : what == 'y' ? &f->year_at
           : what == 'h' ? &f->hour_at
                         : &f->minute_at;
}

int mp_date_format_read(struct mp_yaml *y, struct mp_date_format *out, struct mp_error *e)
{
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    *out = (struct mp_date_format){.text = y->text};
    int d = 0, m = 0, years = 0, h = 0, minutes = 0;
    bool fixed = true;
    size_t i = 0;
    for (size_t n; i < y->text.n && out->n_steps < MP_DATE_STEPS; i += n) {
        char c = y->text.p[i];
        bool letter = strchr("dmyh", c) != NULL;
        n = letter ? run_of(y->text, i) : 1;
        if (c == 'm' && h)
            c = 'i';
        d += c == 'd';
        m += c == 'm';
        h += c == 'h';
        minutes += c == 'i';
        years += c == 'y' && n == 4;
        fixed &= !letter || n == (c == 'y' ? 4 : 2);
        if (letter)
            *place_of(out, c) = (unsigned char)i;
        out->steps[out->n_steps++] = (struct mp_date_step){
            letter ? c : '\0', c, (unsigned char)(c == 'y' ? 2 : n), (unsigned char)i};
    }
    out->width = fixed && y->text.n <= UCHAR_MAX ? y->text.n : 0;
    out->has_date = d == 1 && m == 1 && years == 1;
    out->has_clock = h == 1 && minutes == 1;
    if (i < y->text.n || (!out->has_date && d + m + years > 0) || h != minutes ||
        (!out->has_date && !out->has_clock))
        return mp_yaml_fail(y, e, "'%s' is no format such as \"dd-mm-yyyy hh:mm\"", y->text.p);
    return 0;
}

/* Takes digits at s[*at]: at least `least`, at most `most`; -1 if there are none. */
static int take(struct mp_str s, size_t *at, size_t least, size_t most, int *n_digits)
{
    size_t n = 0;
    int v = 0;
    while (n < most && *at + n < s.n && is_digit(s.p[*at + n]))
        v = v * 10 + (s.p[*at + n++] - '0');
    *at += n;
    if (n_digits)
        *n_digits = (int)n;
    return n >= least ? v : -1;
}

struct parts {
    int day, month, year, year_digits, hour, minute;
};

/* Splits s by the format. Years may have two digits here, to be named as such. */
static bool split(const struct mp_date_format *f, struct mp_str s, struct parts *p)
{
    size_t at = 0;
    for (size_t i = 0; i < f->n_steps; i++) {
        const struct mp_date_step *step = &f->steps[i];
        if (step->what == '\0') {
            if (at == s.n || s.p[at++] != step->mark)
                return false;
            continue;
        }
        int digits, v = take(s, &at, step->least, step->what == 'y' ? 4 : 2, &digits);
        if (v < 0)
            return false;
        switch (step->what) {
        case 'd':
            p->day = v;
            break;
        case 'm':
            p->month = v;
            break;
        case 'h':
            p->hour = v;
            break;
        case 'i':
            p->minute = v;
            break;
        default:
            p->year = v;
            p->year_digits = digits;
            if (digits == 3)
                return false;
        }
    }
    return at == s.n;
}

/* Two digits at p; *bad is set if they are none. */
static inline int two_digits(const char *p, unsigned *bad)
{
    unsigned tens = (unsigned char)p[0] - '0', ones = (unsigned char)p[1] - '0';
    *bad |= tens > 9 || ones > 9;
    return (int)(tens * 10 + ones);
}

/* Splits a text whose parts all stand at fixed places: nearly every one. */
static bool split_fixed(const struct mp_date_format *f, struct mp_str s, struct parts *p)
{
    unsigned bad = 0;
    if (f->width == 0 || f->width != s.n)
        return false;
    for (size_t i = 0; i < f->n_steps; i++)
        bad |= f->steps[i].what == '\0' && s.p[f->steps[i].at] != f->steps[i].mark;
    if (f->has_date) {
        p->day = two_digits(s.p + f->day_at, &bad);
        p->month = two_digits(s.p + f->month_at, &bad);
        p->year = two_digits(s.p + f->year_at, &bad) * 100;
        p->year += two_digits(s.p + f->year_at + 2, &bad);
        p->year_digits = 4;
    }
    if (f->has_clock) {
        p->hour = two_digits(s.p + f->hour_at, &bad);
        p->minute = two_digits(s.p + f->minute_at, &bad);
    }
    return !bad;
}

enum mp_value_fault mp_date_format_apply(const struct mp_date_format *f, struct mp_str s,
                                         struct mp_time *t)
{
    struct parts p = {0};
    if (!split_fixed(f, s, &p) && !split(f, s, &p))
        return MP_VALUE_OTHER_FORM;
    if (f->has_date && p.year_digits == 2)
        return MP_VALUE_TWO_DIGIT_YEAR;
    if (f->has_date && !mp_date_valid(p.year, p.month, p.day))
        return mp_date_valid(p.year, p.day, p.month) ? MP_VALUE_SWAPPED : MP_VALUE_NO_SUCH_DAY;
    if (f->has_clock && (p.hour > 23 || p.minute > 59))
        return MP_VALUE_NO_SUCH_DAY;
    if (f->has_date) {
        t->day = mp_date_day(p.year, p.month, p.day);
        t->known = true;
    }
    t->minute = f->has_clock ? (int16_t)(p.hour * 60 + p.minute) : -1;
    return MP_VALUE_GOOD;
}
