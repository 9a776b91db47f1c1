/* Times of a text: expressions (text/when_parts.h) put on the calendar. */
#include "text/when.h"
#include "text/clause.h"
#include "text/when_parts.h"

enum {
    AHEAD_DAYS = 60,     /* a date without a year is at most so far behind the report */
    NEAR_DAYS = 60,      /* a date further off lends no day to a clock */
    LONG_DAYS = 400,     /* but that of an addition, which may come so much later */
    OLD_DAYS = 60,       /* a date without a year that heads an addition is no older */
    HEAD_WORDS = 4,      /* words of any kind before one later than the report */
    STAMP_WORDS = 2,     /* words that may stand before the date at the head of a paragraph */
    ADDED_MINUTES = 480, /* an addition without a date comes so soon */
    LATER_MINUTES = 360, /* so much later than its addition a clock shows the day before */
    SAME_REACH = 2,      /* sentences from a day to "that evening" */
    SMALL_HOURS = 6,     /* before this hour "this evening" was yesterday */
};

/* What has been read so far that a later expression may lean on. */
struct place {
    struct mp_time report;
    int32_t stamp;        /* day at the head of the paragraph */
    int16_t stamp_minute; /* -1: only the day */
    bool stamped;
    bool anchored; /* it has a clock, or lies behind the report: "today" is that day */
    bool entry;    /* a word for an addition stands before the expression */
    bool carried;  /* `day` stands earlier in the sentence */
    bool ahead;    /* and is still to come */
    bool named;    /* `day` stands earlier */
    int32_t day;
    bool part;
    int from, to;
    uint32_t sentence, day_sentence;
    bool firm;       /* a date or weekday: it also dates the sentence behind its own */
    uint32_t looked; /* tokens that were looked at */
};

static const char *const kinds[MP_WHEN_N_KINDS] = {
    [MP_WHEN_MONTHS] = "months",
    [MP_WHEN_WEEKDAYS] = "weekdays",
    [MP_WHEN_NUMBERS] = "numbers",
    [MP_WHEN_WEEKDAYS_SHORT] = "weekdays_short",
    [MP_WHEN_DAYS] = "days",
    [MP_WHEN_PARTS] = "parts",
    [MP_WHEN_FEASTS] = "feasts",
    [MP_WHEN_EASTER] = "easter",
    [MP_WHEN_AT] = "at",
    [MP_WHEN_FILLERS] = "fillers",
    [MP_WHEN_HOUR] = "hour",
    [MP_WHEN_HALF] = "half",
    [MP_WHEN_QUARTER] = "quarter",
    [MP_WHEN_PAST] = "past",
    [MP_WHEN_BEFORE] = "before",
    [MP_WHEN_MINUTES] = "minutes",
    [MP_WHEN_MIDNIGHT] = "midnight",
    [MP_WHEN_SECOND] = "second",
    [MP_WHEN_ORDINAL] = "ordinal",
    [MP_WHEN_BETWEEN] = "between",
    [MP_WHEN_AND] = "and",
    [MP_WHEN_ONTO] = "onto",
    [MP_WHEN_LAST] = "last",
    [MP_WHEN_NEXT] = "next",
    [MP_WHEN_THIS] = "this",
    [MP_WHEN_THAT] = "that",
    [MP_WHEN_UNITS] = "units",
    [MP_WHEN_AGO] = "ago",
    [MP_WHEN_FOR] = "for",
    [MP_WHEN_GONE] = "gone",
    [MP_WHEN_SPAN] = "span",
    [MP_WHEN_NOW] = "now",
    [MP_WHEN_IN] = "in",
    [MP_WHEN_STAMPS] = "stamps",
    [MP_WHEN_BOUNDS] = "bounds",
    [MP_WHEN_EVENTS] = "events",
    [MP_WHEN_EVERY] = "every",
    [MP_WHEN_CODES] = "codes",
    [MP_WHEN_MEASURES] = "measures",
    [MP_WHEN_PRESENT] = "present",
};

int mp_when_load(struct mp_arena *a, struct mp_patterns *p, struct mp_yaml *when,
                 const struct mp_when_words **out, struct mp_error *e)
{
    struct mp_buf known = {0};
    struct mp_when_words *w = mp_arena_alloc(a, sizeof *w);
    *out = w;
    if (!w)
        return mp_error_memory(e);
    if (!when) /* a table of their own all the same, in which no word has a mark */
        return mp_senses_load(a, p, NULL, "when", kinds, MP_WHEN_N_KINDS, &w->senses, e);
    for (size_t i = 0; i < MP_WHEN_N_KINDS; i++) {
        mp_buf_adds(&known, kinds[i]);
        mp_buf_addc(&known, ' ');
    }
    const char *list = mp_buf_cstr(&known);
    int bad = list ? mp_yaml_check(when, list, e) : mp_error_memory(e);
    mp_buf_free(&known);
    if (!bad)
        bad = mp_senses_load(a, p, when, "when", kinds, MP_WHEN_N_KINDS, &w->senses, e);
    for (size_t i = 0; !bad && i < w->senses.n; i++)
        if (mp_when_beginnings >> w->senses.at[i].kind & 1 &&
            mp_words_mark(p->words, MP_MARKS_GRAMMAR, w->senses.at[i].class, MP_IS_TIME, NULL) < 0)
            bad = mp_error_memory(e);
    return bad;
}

/* Gauss's rule in the form of J. Meeus, Astronomical Algorithms (1991), chapter 8. */
static int32_t easter_sunday(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int sum = h + l - 7 * m + 114;
    return mp_date_day(year, sum / 31, sum % 31 + 1);
}

static int year_of(int32_t day)
{
    int y, m, d;
    mp_date_civil(day, &y, &m, &d);
    return y;
}

/* The year that puts a day of the year next to the report: in the past, or little ahead. */
static bool without_year(struct mp_time report, int month, int day, int32_t *out)
{
    if (!report.known)
        return false;
    int now = year_of(report.day);
    for (int y = now + 1; y > now - 9; y--)
        if (mp_date_valid(y, month, day)) {
            *out = mp_date_day(y, month, day);
            if (*out <= report.day + AHEAD_DAYS)
                return true;
        }
    return false;
}

/* An addition is written behind the report: a day that lies long before it is that of the year
 * after. */
static void of_addition(struct mp_time report, int month, int day, int32_t *out)
{
    int year = year_of(*out) + 1;
    if (*out < report.day - OLD_DAYS && mp_date_valid(year, month, day))
        *out = mp_date_day(year, month, day);
}

static int32_t last_weekday(int32_t from, int weekday)
{
    return from - (mp_date_weekday(from) - weekday + 7) % 7;
}

static int32_t weekday_day(const struct mp_when_parts *p, int32_t from)
{
    if (p->week)
        return from - mp_date_weekday(from) + p->weekday + 7 * p->week;
    int32_t day = last_weekday(from, p->weekday);
    if (p->later)
        return day + 7;
    return p->before && day == from ? day - 7 : day;
}

/* A day of the month near the weekday that stands with it. */
static bool day_of_month(const struct mp_when_parts *p, int32_t from, int32_t *out)
{
    for (int32_t back = 0; back < 62; back++) {
        int y, m, d;
        mp_date_civil(from - back, &y, &m, &d);
        if (d == p->day && mp_date_weekday(from - back) == p->weekday) {
            *out = from - back;
            return true;
        }
    }
    return false;
}

/* The day that days are counted from: of a dated addition, or of the report. */
static int32_t here(const struct place *at)
{
    return at->stamped && at->anchored ? at->stamp : at->report.day;
}

/* The report, or the dated addition that came behind it. */
static struct mp_time later(const struct place *at)
{
    struct mp_time t = at->report;
    t.day = here(at) > t.day ? here(at) : t.day;
    return t;
}

/* Months and years: their first day. */
static bool coarse(const struct mp_when_parts *p, struct mp_time report, struct mp_when *out)
{
    int year = p->year;
    out->grain = p->year_only ? MP_GRAIN_YEAR : MP_GRAIN_MONTH;
    if (!year) {
        int32_t day;
        if (!without_year(report, p->month, 1, &day))
            return false;
        year = year_of(day);
    }
    out->from = (struct mp_time){mp_date_day(year, p->year_only ? 1 : p->month, 1), -1, true};
    return true;
}

/* The day an expression names; `own` says whether it names one at all. */
static bool find_day(const struct mp_when_parts *p, const struct place *at, int32_t *day, bool *own)
{
    *own = true;
    if (p->date & (p->year != 0)) {
        if (!mp_date_valid(p->year, p->month, p->day))
            return false;
        *day = mp_date_day(p->year, p->month, p->day);
        return true;
    }
    if (!at->report.known)
        return false;
    if (p->date) {
        bool found = without_year(later(at), p->month, p->day, day);
        if (found && at->entry)
            of_addition(at->report, p->month, p->day, day);
        return found;
    }
    if (p->easter) {
        *day = easter_sunday(year_of(at->report.day)) + p->easter - 100;
        if (*day > at->report.day + AHEAD_DAYS)
            *day = easter_sunday(year_of(at->report.day) - 1) + p->easter - 100;
        return true;
    }
    if (p->day_only)
        return day_of_month(p, later(at).day, day);
    if (p->weekday)
        *day = weekday_day(p, later(at).day);
    else if (p->same && at->named && at->sentence <= at->day_sentence + SAME_REACH)
        *day = at->day;
    else if (p->same)
        return false;
    else if (p->relative)
        *day = here(at) + p->offset;
    else if (p->span)
        *day = here(at) - p->units * p->unit;
    else
        *own = false;
    return true;
}

/* Of an hour and the same twelve later, the one that part of the day, report and habit suggest. */
static int choose_hour(const struct mp_when_parts *p, const struct place *at, bool today)
{
    int hour = p->hour, late = (hour + 12) % 24;
    bool part = p->part || (at->carried && at->part);
    int from = p->part ? p->from : at->from, to = p->part ? p->to : at->to;
    if (part && hour <= 12 && (hour < from || hour > to) &&
        ((late >= from && late <= to) || (late == 0 && to == 24)))
        return late;
    if (!p->twelve || hour > 12 || (part && hour >= from && hour <= to))
        return hour;
    if (today) {
        int now = at->report.minute, early = hour % 24;
        if (now < 0 || early * 60 + p->minute > now)
            return hour < 12 ? late : hour;
        return late * 60 + p->minute <= now && hour < 12 ? late : hour;
    }
    return hour < 8 ? late : hour;
}

/* A clock without a day of its own, or on "today": was it already that late? */
static bool was_yesterday(const struct mp_when_parts *p, const struct place *at, bool own,
                          int minute)
{
    int now = at->report.minute;
    if (at->stamped && !own)
        return at->stamp_minute >= 0 && minute > at->stamp_minute + LATER_MINUTES;
    bool added = at->stamped && (at->stamp != at->report.day || minute <= at->stamp_minute);
    if (now < 0 || minute <= now || added)
        return false;
    if (!own)
        return !p->heads || minute > now + ADDED_MINUTES;
    return p->relative && p->offset == 0 &&
           (now < SMALL_HOURS * 60 || (p->part && p->from == 0 && minute >= 18 * 60));
}

static bool resolve_clock(const struct mp_when_parts *p, const struct place *at, int32_t day,
                          bool own, struct mp_when *out)
{
    bool carried = !own && at->carried && !p->present, said = own || carried || at->stamped;
    if (!said && !at->report.known)
        return false;
    if (carried) {
        day = at->day;
        out->ahead = at->ahead;
    } else if (!own)
        day = at->stamped ? at->stamp : at->report.day;
    bool of_stamp = at->stamped && day == at->stamp;
    int hour = choose_hour(p, at, day == at->report.day && !at->stamped);
    int minute = hour * 60 + p->minute;
    if (minute >= MP_MINUTES_A_DAY) {
        bool night = !said && at->report.minute >= 0; /* the midnight before the report */
        minute -= MP_MINUTES_A_DAY;
        day += !night;
    } else if (was_yesterday(p, at, own || (carried && !of_stamp && day != at->report.day),
                             minute)) {
        day--;
    } else if (p->onto && minute >= MP_MINUTES_A_DAY / 2) {
        day--;
    }
    out->clock_only = !own;
    out->grain = p->window ? MP_GRAIN_DAY : MP_GRAIN_MINUTE;
    out->from = (struct mp_time){day, (int16_t)(p->window ? -1 : minute), true};
    return true;
}

/* So many minutes before the report. */
static bool before_report(const struct place *at, int minutes, struct mp_when *out)
{
    if (!at->report.known || at->report.minute < 0)
        return false;
    int32_t total = at->report.minute - minutes, days = 0;
    for (; total < 0; days++)
        total += MP_MINUTES_A_DAY;
    out->grain = MP_GRAIN_MINUTE;
    out->from = (struct mp_time){at->report.day - days, (int16_t)total, true};
    return true;
}

/* Tomorrow, next Friday: whatever else names the day goes before it. */
static bool is_ahead(const struct mp_when_parts *p)
{
    bool weekday = p->weekday != 0;
    return !p->date & !p->same &
           ((p->later & weekday) | (p->week > 0) | (!weekday & (p->offset > 0)));
}

static bool resolve(const struct mp_when_parts *p, const struct place *at, struct mp_when *out)
{
    int32_t day = 0;
    bool own;
    *out = (struct mp_when){.first = (uint32_t)p->first,
                            .last = (uint32_t)p->last,
                            .since = p->bounds,
                            .ahead = is_ahead(p)};
    if (p->now || p->ago)
        return before_report(at, p->ago, out);
    if (p->month_only || p->year_only)
        return coarse(p, at->report, out);
    if (!find_day(p, at, &day, &own))
        return false;
    if (p->clock)
        return resolve_clock(p, at, day, own, out);
    if (p->event && (at->carried || at->stamped))
        day = at->carried ? at->day : at->stamp;
    out->clock_only = p->event;
    if (p->relative && p->offset == 0 && !p->date && !p->weekday && p->part &&
        !(p->event && at->carried) && at->report.minute >= 0 && !at->stamped &&
        p->from * 60 > at->report.minute)
        day--;
    out->grain = !p->span || p->unit < 30 ? MP_GRAIN_DAY
                 : p->unit < 365          ? MP_GRAIN_MONTH
                                          : MP_GRAIN_YEAR;
    if (p->span && p->units == 1 && p->unit == 7 && !p->lasting)
        out->grain = MP_GRAIN_MONTH; /* some day of last week */
    out->from = (struct mp_time){day, -1, true};
    return true;
}

/* Whether the expression stands at the head of a paragraph or line and dates what follows. */
static bool heads(const struct mp_when_words *w, const struct mp_text *text,
                  const struct mp_when_parts *p)
{
    const struct mp_token *t = text->tokens.at;
    size_t i = p->first;
    if (!p->date)
        return false;
    for (size_t n = 0; n <= STAMP_WORDS; n++) {
        if (t[i].line || i == 0)
            return true;
        uint64_t before = mp_when_kinds(w, text, --i);
        if (t[i + 1].before == MP_BREAK_COLON || before & MP_WHEN_BIT(BOUNDS))
            return false;
        if (before & MP_WHEN_BIT(STAMPS))
            return true;
        if (!(before & (MP_WHEN_BIT(AT) | MP_WHEN_BIT(FILLERS) | MP_WHEN_BIT(WEEKDAYS_SHORT))))
            return false;
    }
    return false;
}

/* "Message of the group, 15/3 12.00: ...": whatever words begin a line, a time behind the report
 * that a sign parts from the rest heads an addition. */
static bool heads_addition(const struct mp_text *text, const struct place *at,
                           const struct mp_when_parts *p, const struct mp_when *when)
{
    const struct mp_token *t = text->tokens.at;
    size_t i = p->first, next = p->last + 1;
    if (!p->date | p->bounds | !at->report.known || mp_time_cmp(when->from, at->report) <= 0 ||
        next >= text->tokens.n || t[next].before < MP_BREAK_COMMA)
        return false;
    for (size_t n = 0; n <= HEAD_WORDS; n++, i--)
        if (t[i].line || i == 0)
            return true;
        else if (t[i].before >= MP_BREAK_COLON)
            return false;
    return false;
}

/* Whether a sentence or line begins with the expression, but for a word or two that belong to it.
 */
static bool begins_sentence(const struct mp_when_words *w, const struct mp_text *text, size_t first)
{
    const uint64_t before =
        MP_WHEN_BIT(STAMPS) | MP_WHEN_BIT(AT) | MP_WHEN_BIT(FILLERS) | MP_WHEN_BIT(WEEKDAYS_SHORT);
    const struct mp_token *t = text->tokens.at;
    for (size_t i = first, n = 0; n <= STAMP_WORDS; n++) {
        if (t[i].before >= MP_BREAK_STOP || t[i].line)
            return true;
        if (!(mp_when_kinds(w, text, --i) & before))
            return false;
    }
    return false;
}

/* Whether the time heads an entry, as in a journal: with its day at the beginning of a sentence,
 * alone there, or behind the day that dates the entry ("update 8/3: 09.00 found"). */
static bool heads_entry(const struct mp_when_words *w, const struct mp_text *text,
                        const struct place *at, const struct mp_when_parts *p)
{
    if (p->window | p->bounds)
        return false;
    if (p->date | p->easter)
        return begins_sentence(w, text, p->first);
    if (!p->clock | p->relative)
        return false;
    bool dated =
        at->stamped & (at->stamp_minute < 0) & (at->looked > 0) & (p->first <= at->looked + 1);
    return p->heads | dated | (text->tokens.at[p->first].before >= MP_BREAK_STOP);
}

static void remember(struct place *at, const struct mp_when_words *w, const struct mp_text *text,
                     const struct mp_when_parts *p, const struct mp_when *when)
{
    if (when->grain > MP_GRAIN_DAY)
        at->named = false;
    if (when->grain > MP_GRAIN_DAY || p->now || p->ago || !at->report.known)
        return;
    if (p->heads && !at->stamped && at->report.minute >= 0 && when->from.day == at->report.day &&
        when->from.minute > at->report.minute) {
        at->stamped = at->anchored = true; /* an addition without a date */
        at->stamp = when->from.day;
        at->stamp_minute = when->from.minute;
    }
    if (when->clock_only)
        return;
    int32_t off = at->report.day - when->from.day;
    bool heads_more = when->stamp && heads_addition(text, at, p, when);
    bool addition_head = p->date & (p->year != 0) && off < 0 && off > -LONG_DAYS &&
                         (heads_more || heads(w, text, p));
    if (off > NEAR_DAYS || (off < -NEAR_DAYS && !addition_head))
        return;
    at->carried = at->named = true;
    at->firm = (p->date | (p->weekday != 0)) & !p->bounds;
    at->day_sentence = at->sentence;
    at->day = when->from.day;
    at->ahead = when->ahead;
    at->part = p->part;
    at->from = p->from;
    at->to = p->to;
    bool addition = p->date & !p->bounds & (when->from.day > at->report.day) &
                    (at->sentence == text->tokens.at[0].sentence);
    if (addition || heads_more || heads(w, text, p)) {
        at->stamped = true;
        at->stamp = when->from.day;
        at->stamp_minute = when->from.minute;
        at->anchored =
            when->from.day >= at->report.day ||
            (p->last + 1 < text->tokens.n && text->tokens.at[p->last + 1].before == MP_BREAK_COLON);
    }
}

/* Whether a line or paragraph begins where the sentence of token i does, or where the tokens begin
 * that were not looked at before it. */
static bool begins_line(const struct place *at, const struct mp_token *t, uint32_t i)
{
    while (i > at->looked && t[i - 1].sentence == t[i].sentence)
        i--;
    return t[i].before == MP_BREAK_SECTION || t[i].line;
}

/* Goes on to token i, and forgets what is left behind: a paragraph its stamp, a sentence its day;
 * a firm day also dates the sentence behind it. */
static void go_to(struct place *at, const struct mp_text *text, uint32_t i)
{
    const struct mp_token *t = text->tokens.at;
    /* no short circuits: which of these holds is hard to predict */
    bool same = t[i].sentence == at->sentence, behind = t[i].sentence == at->day_sentence + 1;
    bool carries = at->carried & !same & at->firm & behind;
    at->stamped &= t[i].section == t[at->looked - (at->looked > 0)].section;
    at->carried &= same;
    if (carries)
        at->carried = !begins_line(at, t, i);
    at->sentence = t[i].sentence;
}

/* Whether a line begins with a word for an addition, right before the expression. */
static bool behind_stamp(const struct mp_when_words *w, const struct mp_text *text, size_t first)
{
    const struct mp_token *t = text->tokens.at;
    return first > 1 && t[first - 1].line && t[first].before < MP_BREAK_COLON &&
           mp_when_kinds(w, text, first - 1) & MP_WHEN_BIT(STAMPS);
}

bool mp_when_find(const struct mp_when_words *w, struct mp_text *text)
{
    struct place at = {.report = text->reported_at};
    struct mp_when_parts parts;
    struct mp_when when;
    text->whens.len = 0;
    for (uint32_t i = mp_set_next(text, MP_SET_TIMES, 0); i < text->tokens.n;
         i = mp_set_next(text, MP_SET_TIMES, i)) {
        if (!mp_when_may_begin(w, text, i) || !mp_when_parts_read(w, text, i, &parts)) {
            i++;
            continue;
        }
        go_to(&at, text, i);
        at.entry = parts.date && !parts.year && behind_stamp(w, text, parts.first);
        if (resolve(&parts, &at, &when)) {
            when.stamp =
                heads_entry(w, text, &at, &parts) || heads_addition(text, &at, &parts, &when);
            when.added = at.stamped && when.from.day <= at.stamp;
            mp_buf_add(&text->whens, &when, sizeof when);
            remember(&at, w, text, &parts, &when);
        }
        at.looked = i = (uint32_t)parts.last + 1;
    }
    return !text->whens.failed;
}
