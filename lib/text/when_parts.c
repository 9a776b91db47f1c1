/* Expressions of time: which words and numbers belong together, and what they say. */
#include "text/when_parts.h"

enum { GLUE_MAX = 3, GROUPS = 4, NEAR = 4 };

/* What is being read. */
struct reader {
    const struct mp_when_words *w;
    const struct mp_text *text;
    struct mp_when_parts *p;
};

/* A number token: groups of digits and the signs between them. */
struct digits {
    int value[GROUPS];
    size_t len[GROUPS];
    char sign[GROUPS]; /* behind the group */
    size_t n;          /* 0: no number token, or too many groups */
};

const struct mp_sense *mp_when_sense(const struct mp_when_words *w, const struct mp_text *text,
                                     size_t at, enum mp_when_kind kind)
{
    return at < text->tokens.n ? mp_sense_of(&w->senses, text->words[at], kind) : NULL;
}

static const struct mp_sense *sense(const struct reader *r, size_t at, enum mp_when_kind kind)
{
    return mp_when_sense(r->w, r->text, at, kind);
}

static enum mp_break before(const struct reader *r, size_t at)
{
    return at < r->text->tokens.n ? r->text->tokens.at[at].before : MP_BREAK_SECTION;
}

static struct digits digits_at(const struct reader *r, size_t at)
{
    struct digits d = {0};
    if (at >= r->text->tokens.n || r->text->tokens.at[at].kind != MP_NUMBER)
        return d;
    struct mp_str s = mp_token_str(&r->text->tokens, at);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            d.sign[d.n++] = s.p[i];
            if (d.n == GROUPS)
                return (struct digits){0};
        } else if (++d.len[d.n] > 8) {
            return (struct digits){0};
        } else {
            d.value[d.n] = d.value[d.n] * 10 + (s.p[i] - '0');
        }
    }
    d.n++;
    return d;
}

/* A whole number in digits or as a word; -1 if it is none. */
static int number_at(const struct reader *r, size_t at)
{
    struct digits d = digits_at(r, at);
    if (d.n == 1)
        return d.value[0];
    const struct mp_sense *s = sense(r, at, MP_WHEN_NUMBERS);
    return d.n == 0 && s ? s->a : -1;
}

static bool is_year(int value, size_t len)
{
    return len == 4 && value >= 1900 && value < 2100;
}

static void set_clock(struct mp_when_parts *p, int hour, int minute, bool twelve)
{
    p->clock = true;
    p->hour = hour;
    p->minute = minute;
    p->twelve = twelve && hour <= 12;
}

/* Half past, a quarter to, ten past half: the tokens they take, or 0. */
static size_t spoken_clock(const struct reader *r, size_t at, bool supported,
                           struct mp_when_parts *p)
{
    size_t i = at;
    int minute = 0, hour;
    bool quarter = sense(r, i, MP_WHEN_QUARTER);
    int some = quarter ? 15 : number_at(r, i);
    bool counted = some >= 1 && some <= 29 && before(r, i + 1) <= MP_BREAK_BLANK;
    if (counted) {
        size_t sign = i + 1 + (sense(r, i + 1, MP_WHEN_MINUTES) != NULL);
        bool past = sense(r, sign, MP_WHEN_PAST), to = sense(r, sign, MP_WHEN_BEFORE);
        if (past || to) {
            minute = past ? some : -some;
            i = sign + 1;
        }
    }
    bool half = sense(r, i, MP_WHEN_HALF);
    if (i == at && !half)
        return 0;
    i += half;
    hour = number_at(r, i);
    if (hour < 1 || hour > 12 || before(r, i) > MP_BREAK_BLANK)
        return 0;
    if (minute && !half && !quarter && !supported && (minute % 5 || !sense(r, i + 1, MP_WHEN_HOUR)))
        return 0;
    if (half && (sense(r, i + 1, MP_WHEN_UNITS) && !sense(r, i + 1, MP_WHEN_HOUR)))
        return 0;
    int total = (hour * 60 - (half ? 30 : 0) + minute + 720) % 720;
    set_clock(p, total / 60, total % 60, true);
    i++;
    return i + (sense(r, i, MP_WHEN_HOUR) && before(r, i) <= MP_BREAK_BLANK) - at;
}

/* An hour that stands alone counts where the words beside it leave no doubt. */
static bool bare_hour(const struct reader *r, size_t at, bool supported)
{
    const struct mp_sense *word = sense(r, at, MP_WHEN_NUMBERS);
    if (sense(r, at + 1, MP_WHEN_UNITS))
        return false;
    return supported && ((word && word->b) || before(r, at + 1) >= MP_BREAK_COMMA ||
                         sense(r, at + 1, MP_WHEN_PARTS));
}

/* 21 u, 21 u 10, nine o'clock. */
static size_t hour_clock(const struct reader *r, size_t at, bool supported, struct mp_when_parts *p)
{
    int hour = number_at(r, at);
    struct digits d = digits_at(r, at);
    if (hour < 0 || hour > 24 || d.len[0] > 2)
        return 0;
    bool unit = sense(r, at + 1, MP_WHEN_HOUR) && before(r, at + 1) <= MP_BREAK_BLANK;
    bool twelve = hour >= 1 && d.len[0] < 2;
    if (!unit) {
        if (!bare_hour(r, at, supported))
            return 0;
        set_clock(p, hour, 0, twelve);
        return 1;
    }
    struct digits more = digits_at(r, at + 2);
    if (d.n && more.n == 1 && more.len[0] == 2 && more.value[0] < 60 &&
        before(r, at + 2) <= MP_BREAK_BLANK &&
        (before(r, at + 2) == MP_BREAK_TOUCH || !sense(r, at + 3, MP_WHEN_UNITS))) {
        set_clock(p, hour, more.value[0], false);
        return 3;
    }
    if (!supported || sense(r, at + 2, MP_WHEN_SPAN) || sense(r, at + 2, MP_WHEN_AGO))
        return 0;
    set_clock(p, hour, 0, twelve);
    return 2;
}

/* 21:30, 21.30, 2130: whether the digits are a clock with what stands around them. */
static bool written_clock(const struct reader *r, size_t at, const struct digits *d, bool unit,
                          bool supported)
{
    const struct mp_when_parts *p = r->p;
    if (!unit && ((at && sense(r, at - 1, MP_WHEN_CODES)) || sense(r, at + 1, MP_WHEN_MEASURES)))
        return false;
    if (d->n == 1 && is_year(d->value[0], d->len[0]) && !unit && !p->relative && !p->weekday &&
        (!at || !sense(r, at - 1, MP_WHEN_AT) || sense(r, at - 1, MP_WHEN_BOUNDS)))
        return false;
    if (d->n == 1)
        return d->len[0] == 4 && d->value[0] / 100 <= 24 && d->value[0] % 100 < 60 &&
               (unit || supported);
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

static size_t one_clock(const struct reader *r, size_t at, bool supported, struct mp_when_parts *p)
{
    struct digits d = digits_at(r, at);
    if (sense(r, at, MP_WHEN_MIDNIGHT) && supported) {
        set_clock(p, 24, 0, false);
        return 1;
    }
    size_t n = spoken_clock(r, at, supported, p);
    if (n)
        return n;
    bool unit = sense(r, at + 1, MP_WHEN_HOUR) && before(r, at + 1) <= MP_BREAK_BLANK;
    if (!written_clock(r, at, &d, unit, supported))
        return hour_clock(r, at, supported, p);
    if (d.n == 1)
        set_clock(p, d.value[0] / 100, d.value[0] % 100, false);
    else
        set_clock(p, d.value[0], d.value[1], d.len[0] == 1);
    return 1 + unit;
}

/* One clock, or two that are a window. */
static size_t read_clock(const struct reader *r, size_t at, bool supported)
{
    struct mp_when_parts *p = r->p, second = {0};
    bool between = at && sense(r, at - 1, MP_WHEN_BETWEEN), near = between;
    for (size_t i = at, n = 0; i > 0 && n < NEAR && !near && before(r, i) < MP_BREAK_STOP; n++)
        near = sense(r, --i, MP_WHEN_BETWEEN);
    struct mp_when_parts first = {0};
    size_t n = one_clock(r, at, supported, &first), more = 0;
    if (between && !n && number_at(r, at) >= 1 && number_at(r, at) <= 24) {
        set_clock(&first, number_at(r, at), 0, true);
        n = 1;
    }
    if (!n)
        return 0;
    bool joined = near && sense(r, at + n, MP_WHEN_AND);
    size_t next = at + n + joined;
    if ((between || joined) && before(r, next) <= MP_BREAK_COMMA) {
        more = one_clock(r, next, true, &second);
        if (!more && (p->relative || p->part || p->weekday) && number_at(r, next) >= 1 &&
            number_at(r, next) <= 12)
            more = 1;
        if (!more && between)
            return 0;
    }
    set_clock(p, first.hour, first.minute, first.twelve);
    p->window |= more > 0;
    return more ? next + more - at : n;
}

/* 03-05-2002, 2002-05-03, 3/5/02, 3-2, 03-2014, 030502. */
static size_t digit_date(const struct reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    struct digits d = digits_at(r, at);
    int y = 0, m, day;
    if (d.n == 3 && d.sign[0] == d.sign[1] && strchr("-/.", d.sign[0])) {
        bool front = d.len[0] == 4;
        y = d.value[front ? 0 : 2];
        m = d.value[1];
        day = d.value[front ? 2 : 0];
        if (!front && d.len[2] == 2)
            y += y < 70 ? 2000 : 1900;
        else if (!front && d.len[2] != 4)
            return 0;
    } else if (d.n == 2 && (d.sign[0] == '-' || d.sign[0] == '/') && d.len[0] <= 2 &&
               is_year(d.value[1], d.len[1])) {
        if (d.value[0] < 1 || d.value[0] > 12)
            return 0;
        p->month_only = true;
        p->month = d.value[0];
        p->year = d.value[1];
        return 1;
    } else if (d.n == 2 && (d.sign[0] == '-' || d.sign[0] == '/') && d.len[0] <= 2 &&
               d.len[1] <= 2 && !sense(r, at + 1, MP_WHEN_UNITS)) {
        day = d.value[0];
        m = d.value[1];
    } else if (d.n == 1 && (d.len[0] == 6 || d.len[0] == 8)) {
        bool eight = d.len[0] == 8;
        y = eight ? d.value[0] % 10000 : 2000 + d.value[0] % 100;
        m = d.value[0] / (eight ? 10000 : 100) % 100;
        day = d.value[0] / (eight ? 1000000 : 10000);
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

/* 12 March, 3 May 2014, March 2014, 2014; the fourth of "the night of 3 to 4 May". */
static size_t named_date(const struct reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    struct digits d = digits_at(r, at);
    int day = d.n == 1 && d.len[0] <= 2 ? d.value[0] : 0;
    size_t i = at;
    if (day) {
        i += sense(r, at + 1, MP_WHEN_ORDINAL) && before(r, at + 1) == MP_BREAK_TOUCH ? 2 : 1;
        if (sense(r, i, MP_WHEN_ONTO) && digits_at(r, i + 1).n == 1 &&
            digits_at(r, i + 1).value[0] == day + 1) {
            day++;
            i += 2;
            p->onto = true;
        }
    }
    const struct mp_sense *month = sense(r, i, MP_WHEN_MONTHS);
    if (month && (day == 0 || before(r, i) <= MP_BREAK_BLANK)) {
        struct digits y = digits_at(r, i + 1);
        bool year = y.n == 1 && is_year(y.value[0], y.len[0]) &&
                    before(r, i + 1) <= MP_BREAK_BLANK && !sense(r, i + 2, MP_WHEN_HOUR);
        if (day > 31 || (day && !mp_date_valid(2000, month->a, day)))
            return 0;
        if (!day && !year && !(at && sense(r, at - 1, MP_WHEN_IN)))
            return 0;
        p->date = day;
        p->month_only = !day;
        p->day = day;
        p->month = month->a;
        p->year = year ? y.value[0] : 0;
        return i + 1 + year - at;
    }
    p->onto = false;
    if (d.n == 1 && is_year(d.value[0], d.len[0]) && at && sense(r, at - 1, MP_WHEN_IN) &&
        !sense(r, at + 1, MP_WHEN_HOUR)) {
        p->year_only = true;
        p->year = d.value[0];
        return 1;
    }
    if (p->weekday && day && i == at + 2 && day <= 31 && !p->day_only) {
        p->day_only = true;
        p->day = day;
        return 2;
    }
    return 0;
}

static size_t feast(const struct reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    const struct mp_sense *fixed = sense(r, at, MP_WHEN_FEASTS);
    const struct mp_sense *easter = sense(r, at, MP_WHEN_EASTER);
    if (!fixed && !easter)
        return 0;
    size_t back = at;
    while (back && at - back < 2 && sense(r, back - 1, MP_WHEN_ORDINAL))
        back--;
    bool second = back && (sense(r, back - 1, MP_WHEN_SECOND) ||
                           (back < at && number_at(r, back - 1) == 2));
    if (fixed) {
        p->date = true;
        p->day = fixed->a + second;
        p->month = fixed->b;
    } else {
        p->easter = easter->a + second;
    }
    return 1;
}

static void set_part(struct mp_when_parts *p, const struct mp_sense *part)
{
    if (!part)
        return;
    p->part = true;
    p->from = part->a;
    p->to = part->b;
}

/* Friday, fri, last Friday, Friday of last week, the night of Friday onto Saturday. */
static size_t weekday(const struct reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    const struct mp_sense *s = sense(r, at, MP_WHEN_WEEKDAYS);
    bool weak = !s;
    if (!s)
        s = sense(r, at, MP_WHEN_WEEKDAYS_SHORT);
    if (!s || (weak && p->clock) || (at && sense(r, at - 1, MP_WHEN_EVERY)))
        return 0;
    p->weekday = s->a;
    p->weak = weak;
    set_part(p, sense(r, at, MP_WHEN_PARTS));
    size_t i = at + 1;
    if (sense(r, i, MP_WHEN_ONTO)) {
        const struct mp_sense *t = sense(r, i + 1, MP_WHEN_WEEKDAYS);
        if (!t)
            t = sense(r, i + 1, MP_WHEN_WEEKDAYS_SHORT);
        if (t && t->a == s->a % 7 + 1) {
            p->weekday = t->a;
            p->onto = true;
            p->weak = false;
            i += 2;
        }
    }
    const struct mp_sense *unit = sense(r, i + 1, MP_WHEN_UNITS);
    if (unit && unit->a == 7 && sense(r, i, MP_WHEN_LAST)) {
        p->week = -1;
        i += 2;
    } else if (unit && unit->a == 7 && sense(r, i, MP_WHEN_NEXT)) {
        p->week = 1;
        i += 2;
    } else if (sense(r, i, MP_WHEN_LAST) && before(r, i) <= MP_BREAK_BLANK && !unit) {
        p->before = true;
        i++;
    }
    if (p->week || p->before)
        p->weak = false;
    return i - at;
}

/* Last week, last Friday, this night: words before a day. */
static size_t pointing(const struct reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    bool last = sense(r, at, MP_WHEN_LAST), next = sense(r, at, MP_WHEN_NEXT);
    bool here = sense(r, at, MP_WHEN_THIS);
    if ((!last && !next && !here) || before(r, at + 1) > MP_BREAK_BLANK)
        return 0;
    const struct mp_sense *unit = sense(r, at + 1, MP_WHEN_UNITS);
    const struct mp_sense *part = sense(r, at + 1, MP_WHEN_PARTS);
    if (sense(r, at + 1, MP_WHEN_WEEKDAYS)) {
        p->before = last;
        p->later = next;
        return 1;
    }
    if (part && !next) {
        p->relative = true;
        set_part(p, part);
        return 2;
    }
    if (!unit || unit->a == 0 || here)
        return 0;
    if (unit->a == 7 && sense(r, at + 2, MP_WHEN_WEEKDAYS)) {
        p->week = next ? 1 : -1;
        return 2;
    }
    p->span = true;
    p->units = next ? -1 : 1;
    p->unit = unit->a;
    return 2;
}

/* Three days ago, half an hour ago, since two days, gone for a week. */
static size_t span(const struct reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    size_t i = at;
    bool half = sense(r, i, MP_WHEN_HALF);
    int n = half ? 1 : number_at(r, i);
    i += n >= 0;
    const struct mp_sense *unit = sense(r, i, MP_WHEN_UNITS);
    bool minutes = sense(r, i, MP_WHEN_MINUTES);
    if ((!unit && !minutes) || n == 0 || before(r, i) > MP_BREAK_BLANK || n > 400)
        return 0;
    i++;
    bool ago = sense(r, i, MP_WHEN_AGO) && before(r, i) <= MP_BREAK_BLANK;
    bool gone = at && sense(r, at - 1, MP_WHEN_FOR) && n > 0 &&
                (sense(r, i, MP_WHEN_GONE) || before(r, i) >= MP_BREAK_COMMA);
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
    }
    return i + ago - at;
}

static bool has_day(const struct mp_when_parts *p)
{
    return p->date || p->weekday || p->relative || p->month_only || p->year_only || p->easter ||
           p->span || p->ago || p->now;
}

/* A day, in whatever way it is named. */
static size_t read_day(const struct reader *r, size_t at)
{
    struct mp_when_parts *p = r->p;
    size_t n = 0;
    if (p->now || p->ago || p->span || p->month_only || p->year_only)
        return 0;
    if (!p->date && !p->easter) {
        n = digit_date(r, at);
        if (!n)
            n = named_date(r, at);
        if (!n)
            n = feast(r, at);
    }
    if (!n && !p->weekday && !p->date)
        n = weekday(r, at);
    if (n || has_day(p))
        return n;
    const struct mp_sense *day = sense(r, at, MP_WHEN_DAYS);
    if (day) {
        p->relative = true;
        p->offset = day->a;
        set_part(p, sense(r, at, MP_WHEN_PARTS));
        return 1;
    }
    if (sense(r, at, MP_WHEN_NOW)) {
        p->now = true;
        return 1;
    }
    n = pointing(r, at);
    return n ? n : span(r, at);
}

static size_t read_piece(const struct reader *r, size_t at, bool supported)
{
    struct mp_when_parts *p = r->p;
    size_t n = 0;
    if (p->now || p->ago)
        return 0;
    n = read_day(r, at);
    if (!n && !p->clock)
        n = read_clock(r, at, supported);
    const struct mp_sense *part = sense(r, at, MP_WHEN_PARTS);
    if (!n && part && (!p->part || p->clock)) {
        set_part(p, part);
        n = 1;
    }
    return n;
}

/* Breakfast, when nothing else is said of the day. */
static bool read_event(const struct reader *r, size_t at)
{
    const struct mp_sense *event = sense(r, at, MP_WHEN_EVENTS);
    set_part(r->p, event);
    r->p->relative = r->p->event = event;
    r->p->last = at;
    return event;
}

bool mp_when_parts_read(const struct mp_when_words *w, const struct mp_text *text, size_t at,
                        struct mp_when_parts *out)
{
    struct reader r = {w, text, out};
    *out = (struct mp_when_parts){.first = at};
    size_t next = at, n;
    bool supported = at && before(&r, at) <= MP_BREAK_COLON &&
                     (sense(&r, at - 1, MP_WHEN_AT) || sense(&r, at - 1, MP_WHEN_BETWEEN));
    while ((n = read_piece(&r, next, supported)) != 0) {
        size_t end = next += n, glue = 0;
        enum mp_break most = before(&r, next);
        out->last = end - 1;
        supported = has_day(out) || out->part;
        while (glue < GLUE_MAX && most < MP_BREAK_STOP &&
               (sense(&r, next, MP_WHEN_AT) || sense(&r, next, MP_WHEN_FILLERS) ||
                sense(&r, next, MP_WHEN_BETWEEN))) {
            supported |= sense(&r, next, MP_WHEN_AT) != NULL;
            glue++;
            next++;
            if (before(&r, next) > most)
                most = before(&r, next);
        }
        bool abbreviated = out->weak && glue == 0 && most == MP_BREAK_STOP;
        if ((most >= MP_BREAK_STOP && !abbreviated) || (out->clock && most >= MP_BREAK_COMMA) ||
            (out->date && out->year && most == MP_BREAK_PAREN))
            break;
    }
    if (out->first == next)
        return read_event(&r, at);
    if (out->weak && !out->date && !out->day_only && !out->clock)
        return false;
    out->heads = out->clock && !has_day(out) && before(&r, at) >= MP_BREAK_STOP &&
                 before(&r, out->last + 1) == MP_BREAK_COLON;
    for (size_t i = at, back = 0; i > 0 && back < 2 && before(&r, i) < MP_BREAK_STOP; back++)
        out->bounds |= sense(&r, --i, MP_WHEN_BOUNDS) != NULL;
    return has_day(out) || out->clock;
}
