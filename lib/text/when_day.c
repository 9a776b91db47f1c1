/* Days: dates, feasts, weekdays, and spans counted back from the report. */
#include "text/when_reader.h"

enum { LIFETIME = 20 }; /* years that a minor's history may go back */

/* 03-05-2002, 2002-05-03, 3/5/02, 3-2, 03-2014, 030502. */
static size_t digit_date(struct mp_when_reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    const struct mp_when_digits *d = mp_when_digits(r, at);
    int y = 0, m, day;
    if (d->n == 0)
        return 0;
    if (d->n == 3 && d->sign[0] == d->sign[1] && strchr("-/.", d->sign[0])) {
        bool front = d->len[0] == 4;
        y = d->value[front ? 0 : 2];
        m = d->value[1];
        day = d->value[front ? 2 : 0];
        if (!front && d->len[2] == 2)
            y += y < 70 ? 2000 : 1900;
        else if (!front && d->len[2] != 4)
            return 0;
    } else if (d->n == 2 && (d->sign[0] == '-' || d->sign[0] == '/') && d->len[0] <= 2 &&
               mp_when_year(d->value[1], d->len[1])) {
        if (d->value[0] < 1 || d->value[0] > 12)
            return 0;
        p->month_only = true;
        p->month = d->value[0];
        p->year = d->value[1];
        return 1;
    } else if (d->n == 2 && (d->sign[0] == '-' || d->sign[0] == '/') && d->len[0] <= 2 &&
               d->len[1] <= 2 && !mp_when_is(r, at + 1, MP_WHEN_UNITS)) {
        day = d->value[0];
        m = d->value[1];
    } else if (d->n == 1 && (d->len[0] == 6 || d->len[0] == 8)) {
        bool eight = d->len[0] == 8;
        y = eight ? d->value[0] % 10000 : 2000 + d->value[0] % 100;
        m = d->value[0] / (eight ? 10000 : 100) % 100;
        day = d->value[0] / (eight ? 1000000 : 10000);
    } else {
        return 0;
    }
    if (!mp_date_valid(y ? y : 2000, m, day))
        return 0;
    p->date = true;
    p->year = y;
    p->month = m;
    p->day = day;
    return 1;
}

/* "at about 2005u": the hour word leaves no doubt that it is a clock. A lone letter behind a blank
 * may be a word of its own. */
static bool has_hour_word(const struct mp_when_reader *r, size_t at)
{
    enum mp_break between = mp_when_break(r, at + 1);
    return mp_when_is(r, at + 1, MP_WHEN_HOUR) &&
           (between == MP_BREAK_TOUCH ||
            (between == MP_BREAK_BLANK && r->text->tokens.at[at + 1].len > 1));
}

/* "in 2014"; at the start of a clause or in brackets also 2014, 2013-2014 (the last year counts)
 * and '14, if it is not still to come. 0: no year. */
static int year_alone(const struct mp_when_reader *r, const struct mp_when_digits *d, size_t at)
{
    const struct mp_token *t = &r->text->tokens.at[at];
    bool in = at && mp_when_is(r, at - 1, MP_WHEN_IN);
    bool begins = t->line || t->before >= MP_BREAK_COMMA;
    int year = d->n ? d->value[d->n - 1] : 0, now, month, day;
    if (d->n == 1 && has_hour_word(r, at))
        return 0;
    if (mp_when_is(r, at + 1, MP_WHEN_HOUR) || (!in && !begins) || !r->text->reported_at.known)
        return in && d->n == 1 && mp_when_year(year, d->len[0]) ? year : 0;
    mp_date_civil(r->text->reported_at.day, &now, &month, &day);
    if (d->n == 1 && d->len[0] == 2 && t->quoted && year <= now % 100)
        return now / 100 * 100 + year;
    bool range = d->n == 2 && d->sign[0] == '-' && mp_when_year(d->value[0], d->len[0]);
    if ((d->n != 1 && !range) || !mp_when_year(year, d->len[d->n - 1]))
        return 0;
    return in || (year <= now && year > now - LIFETIME) ? year : 0;
}

/* 12 March, 3 May 2014, March 2014, 2014; the fourth of "the night of 3 to 4 May". */
static size_t named_date(struct mp_when_reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    const struct mp_when_digits *d = mp_when_digits(r, at);
    int day = d->n == 1 && d->len[0] <= 2 ? d->value[0] : 0;
    size_t i = at;
    if (day) {
        i += mp_when_is(r, at + 1, MP_WHEN_ORDINAL) && mp_when_break(r, at + 1) == MP_BREAK_TOUCH
                 ? 2
                 : 1;
        if (mp_when_is(r, i, MP_WHEN_ONTO) && mp_when_digits(r, i + 1)->n == 1 &&
            mp_when_digits(r, i + 1)->value[0] == day + 1) {
            day++;
            i += 2;
            p->onto = true;
        }
    }
    const struct mp_sense *month = mp_when_at(r, i, MP_WHEN_MONTHS);
    if (month && (day == 0 || mp_when_break(r, i) <= MP_BREAK_BLANK)) {
        const struct mp_when_digits *y = mp_when_digits(r, i + 1);
        bool year = y->n == 1 && mp_when_year(y->value[0], y->len[0]) &&
                    mp_when_break(r, i + 1) <= MP_BREAK_BLANK &&
                    !mp_when_is(r, i + 2, MP_WHEN_HOUR);
        if (day > 31 || (day && !mp_date_valid(2000, month->a, day)))
            return 0;
        if (!day && !year && !(at && mp_when_is(r, at - 1, MP_WHEN_IN)))
            return 0;
        p->date = day;
        p->month_only = !day;
        p->day = day;
        p->month = month->a;
        p->year = year ? y->value[0] : 0;
        return i + 1 + year - at;
    }
    p->onto = false;
    if (!d->n)
        return 0;
    p->year = year_alone(r, d, at);
    p->year_only = p->year != 0;
    if (p->year_only)
        return 1;
    if (p->weekday && day && i == at + 2 && day <= 31 && !p->day_only) {
        p->day_only = true;
        p->day = day;
        return 2;
    }
    return 0;
}

static size_t feast(struct mp_when_reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    const struct mp_sense *fixed = mp_when_at(r, at, MP_WHEN_FEASTS);
    const struct mp_sense *easter = mp_when_at(r, at, MP_WHEN_EASTER);
    size_t back = at;
    while (back && at - back < 2 && mp_when_is(r, back - 1, MP_WHEN_ORDINAL))
        back--;
    bool second = back && (mp_when_is(r, back - 1, MP_WHEN_SECOND) ||
                           (back < at && mp_when_number(r, back - 1) == 2));
    if (fixed) {
        p->date = true;
        p->day = fixed->a + second;
        p->month = fixed->b;
    } else {
        p->easter = easter->a + second;
    }
    return 1;
}

/* Friday, fri, last Friday, Friday of last week, the night of Friday onto Saturday. */
static size_t weekday(const struct mp_when_reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    const struct mp_sense *s = mp_when_at(r, at, MP_WHEN_WEEKDAYS);
    bool weak = !s;
    if (!s)
        s = mp_when_at(r, at, MP_WHEN_WEEKDAYS_SHORT);
    if (!s || (weak && p->clock) || (at && mp_when_is(r, at - 1, MP_WHEN_EVERY)))
        return 0;
    p->weekday = s->a;
    p->weak = weak;
    mp_when_set_part(p, mp_when_at(r, at, MP_WHEN_PARTS));
    size_t i = at + 1;
    if (mp_when_is(r, i, MP_WHEN_ONTO)) {
        const struct mp_sense *t = mp_when_at(r, i + 1, MP_WHEN_WEEKDAYS);
        if (!t)
            t = mp_when_at(r, i + 1, MP_WHEN_WEEKDAYS_SHORT);
        if (t && t->a == s->a % 7 + 1) {
            p->weekday = t->a;
            p->onto = true;
            p->weak = false;
            i += 2;
        }
    }
    const struct mp_sense *unit = mp_when_at(r, i + 1, MP_WHEN_UNITS);
    if (unit && unit->a == 7 && mp_when_is(r, i, MP_WHEN_LAST)) {
        p->week = -1;
        i += 2;
    } else if (unit && unit->a == 7 && mp_when_is(r, i, MP_WHEN_NEXT)) {
        p->week = 1;
        i += 2;
    } else if (mp_when_is(r, i, MP_WHEN_LAST) && mp_when_break(r, i) <= MP_BREAK_BLANK && !unit) {
        p->before = true;
        i++;
    }
    if (p->week || p->before)
        p->weak = false;
    return i - at;
}

/* Last week, last Friday, this night: words before a day. */
static size_t pointing(const struct mp_when_reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    bool last = mp_when_is(r, at, MP_WHEN_LAST), next = mp_when_is(r, at, MP_WHEN_NEXT);
    bool that = mp_when_is(r, at, MP_WHEN_THAT);
    bool here = that || mp_when_is(r, at, MP_WHEN_THIS);
    if ((!last && !next && !here) || mp_when_break(r, at + 1) > MP_BREAK_BLANK)
        return 0;
    const struct mp_sense *unit = mp_when_at(r, at + 1, MP_WHEN_UNITS);
    const struct mp_sense *part = mp_when_at(r, at + 1, MP_WHEN_PARTS);
    if (mp_when_is(r, at + 1, MP_WHEN_WEEKDAYS)) {
        p->before = last;
        p->later = next;
        return 1;
    }
    if (that && mp_when_is(r, at + 1, MP_WHEN_DAYS))
        return 0; /* a pronoun: who went yesterday */
    if (that && (part || (unit && unit->a == 1 && !unit->b))) {
        p->same = p->relative = true;
        mp_when_set_part(p, part);
        return 2;
    }
    if (part && !next) {
        p->relative = true;
        mp_when_set_part(p, part);
        return 2;
    }
    if (!unit || unit->a == 0 || unit->b || here)
        return 0; /* "the last days" are no day */
    if (unit->a == 7 && mp_when_is(r, at + 2, MP_WHEN_WEEKDAYS)) {
        p->week = next ? 1 : -1;
        return 2;
    }
    p->span = true;
    p->units = next ? -1 : 1;
    p->unit = unit->a;
    return 2;
}

/* Three days ago, half an hour ago, since two days, gone for a week. */
static size_t span(struct mp_when_reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    size_t i = at;
    if (!((mp_when_marks(r, at) | mp_when_marks(r, at + 1)) &
          (MP_WHEN_BIT(UNITS) | MP_WHEN_BIT(MINUTES))))
        return 0;
    bool half = mp_when_is(r, i, MP_WHEN_HALF);
    int n = half ? 1 : mp_when_number(r, i);
    i += n >= 0;
    const struct mp_sense *unit = mp_when_at(r, i, MP_WHEN_UNITS);
    bool minutes = mp_when_is(r, i, MP_WHEN_MINUTES);
    if (!unit && !minutes)
        return 0;
    if (at && (mp_when_is(r, at - 1, MP_WHEN_HALF) || mp_when_is(r, at - 1, MP_WHEN_EVERY)))
        return 0;
    if (n == 0 || (n < 0 && (minutes || unit->a == 0)) || mp_when_break(r, i) > MP_BREAK_BLANK ||
        n > 400)
        return 0;
    i++;
    bool ago = mp_when_is(r, i, MP_WHEN_AGO) && mp_when_break(r, i) <= MP_BREAK_BLANK;
    bool gone = at && mp_when_is(r, at - 1, MP_WHEN_FOR) && n > 0 &&
                (mp_when_is(r, i, MP_WHEN_GONE) || mp_when_break(r, i) >= MP_BREAK_COMMA);
    if (!ago && !gone)
        return 0;
    if (n < 0)
        n = 1;
    if (minutes || unit->a == 0) {
        p->ago = minutes ? n : half ? 30 : n * 60;
    } else if (half) {
        return 0;
    } else {
        p->span = true;
        p->units = n;
        p->unit = unit->a;
        p->lasting = gone;
    }
    return i + ago - at;
}

/* A day, in whatever way it is named. */
size_t mp_when_day(struct mp_when_reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    const uint64_t here = mp_when_marks(r, at);
    size_t n = 0;
    if (p->now || p->span || p->month_only || p->year_only || p->ago)
        return 0;
    if (!p->date && !p->easter) {
        bool number = mp_when_is_number(r, at);
        n = number ? digit_date(r, at) : 0;
        p->onto &= n > 0; /* a night onto a weekday is told no more */
        if (!n && (number || here & MP_WHEN_BIT(MONTHS)))
            n = named_date(r, at);
        if (!n && here & (MP_WHEN_BIT(FEASTS) | MP_WHEN_BIT(EASTER)))
            n = feast(r, at);
    }
    if (!n && here & (MP_WHEN_BIT(WEEKDAYS) | MP_WHEN_BIT(WEEKDAYS_SHORT)) && !p->weekday &&
        !p->date)
        n = weekday(r, at);
    if (n || mp_when_has_day(p))
        return n;
    const struct mp_sense *day = mp_when_at(r, at, MP_WHEN_DAYS);
    if (day) {
        p->relative = true;
        p->offset = day->a;
        mp_when_set_part(p, mp_when_at(r, at, MP_WHEN_PARTS));
        return 1;
    }
    if (mp_when_is(r, at, MP_WHEN_NOW)) {
        p->now = true;
        return 1;
    }
    if (here & (MP_WHEN_BIT(LAST) | MP_WHEN_BIT(NEXT) | MP_WHEN_BIT(THIS) | MP_WHEN_BIT(THAT)))
        n = pointing(r, at);
    return n ? n : span(r, at);
}
