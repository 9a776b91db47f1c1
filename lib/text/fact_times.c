/*
 * When the youth left and came back: every time is weighed by the mentions near it, the heaviest
 * of each kind counts.
 */
#include "text/clause.h"
#include "text/fact_words.h"

enum {
    REACH = 24,        /* tokens between a time and a mention that speaks of it */
    BESIDE = 1,        /* between it and one that comes too late */
    TOUCHING = 110,    /* per cent of a mention right beside the time */
    DUE_BONUS = 25,    /* right beside a time: it is the due time */
    GONE_MALUS = 40,   /* "missing since" right beside a time: no return */
    IMPOSSIBLE = 1000, /* nobody is reported before leaving */
    PERIOD = 9,        /* tokens between the beginning and the end of a period */
    SPAN = 64,         /* tokens that a mention takes at most */
    BESIDE_MAX = 8,    /* mentions looked at on each side of one: a bound for hostile texts */
    CLAUSE = 30,       /* per cent more within one clause */
    NEXT = 35,         /* per cent left where the mention stands in the next sentence */
    LAST = 25,         /* in the one before */
    DENIED = 60, /* per cent left of what is denied, or said of the past but of a recent day */
    PAST = 60,   /* taken off where the nearest mention is of the past */
    PAST_RECENT = 10,
    RECENT_DAYS = 2,
    OLD_DAYS = 60,
    SURE = 40, /* for a clock that takes its day from elsewhere */
    LENDING_DAYS = 10,
    SAME_DAY = 60,
    BACK_MARGIN = 30,
    MARGIN = 6,      /* a later time must weigh so much more than an earlier one */
    OF_PERIOD = 80,  /* for the first and last time of an absence */
    OUTDONE = 30,    /* taken off a time that heads another */
    MISSED = 85,     /* per cent of a mention that speaks of one who did not come */
    DUE_THEN = 20,   /* as MARGIN, where the later time tells when the youth was missed */
    DUE_NEARER = 9,  /* per cent that its mention is nearer to the time that was due */
    LATER = 6,       /* as MARGIN, where the later time is rather the one that was due */
    BOUND = 60,      /* taken off a return that "until" stands before */
    OWN_MINUTE = 15, /* taken off the report's own minute */
    OWN_HEAD = 60,   /* where it heads the text that tells a return */
    HEAD_WORDS = 2,  /* before a date that heads an addition */
    AHEAD_DAYS = 45, /* dated additions reach so far behind the report */
    BACK_DAYS = 400,
    ENOUGH_SINCE = 6,
    ENOUGH_DAY = 25, /* for a day that lends itself to a clock elsewhere */
    ENOUGH_BACK = 30,
    MINUTE_BONUS = 15,
    ENOUGH_AGAIN = 80,     /* per cent of a mention of leaving once more */
    CAME_LATE = 60,        /* for "back" right beside a time that follows the one that was due */
    FOUND_FIRST = 30,      /* an earlier time of a return may weigh so much less than a later one */
    HANDED_OVER = 12 * 60, /* minutes from the finding to the hand-over */
    OF_ENTRY = 75,         /* the least for the time of an entry that tells a return */
};

/* Weight of a mention of a role that touches the time: for leaving, for returning. */
static const struct {
    int since, back;
} weights[MP_N_ROLES] = {
    [MP_ROLE_LEFT] = {80, -15},   [MP_ROLE_GONE] = {55, -10},    [MP_ROLE_DUE] = {40, -25},
    [MP_ROLE_MISSED] = {60, -5},  [MP_ROLE_NOTICED] = {45, -30}, [MP_ROLE_SEEN] = {20, -30},
    [MP_ROLE_BACK] = {-40, 60},   [MP_ROLE_PERHAPS] = {-5, 5},   [MP_ROLE_AFTER] = {-35, 0},
    [MP_ROLE_ASIDE] = {-35, -25}, [MP_ROLE_STAMP] = {-35, -15},  [MP_ROLE_SINCE] = {20, 0},
    [MP_ROLE_AGAIN] = {30, -10},  [MP_ROLE_LATE] = {-110, 110},
};

struct weighed {
    int since, back;
    bool day_only; /* the minute tells when it was noticed */
    int missed;    /* per cent: speaks of one who did not come */
    int due, perhaps, again;
};

struct search {
    const struct mp_fact_clues *clues;
    const struct mp_text *text;
    const struct mp_fact_said *said;
    const struct mp_when *whens;
    size_t n_said, n_whens;
    bool came_back;              /* a mention of a code says so */
    const struct mp_when *again; /* the youth left once more then; NULL: nobody says so */
};

static uint32_t sentence(const struct search *s, uint32_t token)
{
    return s->text->tokens.at[token].sentence;
}

/* Tokens between them, 0 if they overlap. */
static int64_t distance(const struct mp_when *when, const struct mp_mention *m)
{
    int64_t before = (int64_t)when->first - m->last, behind = (int64_t)m->first - when->last;
    int64_t far = before > behind ? before : behind;
    return far > 0 ? far : 0;
}

/* The token behind a mention that may hold one of another kind; 0: it may not. */
static uint32_t holds_to(const struct mp_fact_said *said)
{
    return (said->m->last + 1) & -(uint32_t)(said->role <= MP_ROLE_SEEN);
}

static uint32_t max(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static bool tells_return(enum mp_fact_role role)
{
    return role == MP_ROLE_BACK || role == MP_ROLE_PERHAPS || role == MP_ROLE_TOLD ||
           role == MP_ROLE_LATE;
}

/* Whatever else a clause tells of a return is somebody else's, if one mention in it says so: "her
 * friend was found by the police". */
static void leave_to_others(const struct mp_text *text, struct mp_fact_said *said, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (said[i].role != MP_ROLE_BACK || said[i].m->status != MP_OTHER)
            continue;
        const struct mp_clause *c = mp_clause_at(text, said[i].m->first);
        size_t k = i, end = i + BESIDE_MAX < n ? i + BESIDE_MAX : n;
        while (k > 0 && i - k < BESIDE_MAX && said[k - 1].m->first >= c->first)
            k--;
        for (; k < end && said[k].m->first <= c->last; k++)
            if (tells_return(said[k].role))
                said[k].role = MP_ROLE_ASIDE;
    }
}

/* Tells as what each mention speaks of times; as nothing if a longer one of another kind holds it,
 * as "did not come back" holds "come back": one before it, or one behind that begins with it.
 * Whether any says that the youth came back. */
static bool tell_roles(const struct mp_text *text, struct mp_fact_said *said, size_t n)
{
    bool came_back = false;
    leave_to_others(text, said, n);
    uint32_t up_to = 0, first = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        said[i].held = up_to > said[i].m->last;
        up_to = max(up_to, holds_to(&said[i]));
    }
    for (size_t i = n; i-- > 0;) {
        const struct mp_mention *m = said[i].m;
        enum mp_fact_role role = said[i].role;
        up_to &= -(uint32_t)(m->first == first);
        bool held = said[i].held | (up_to > m->last + 1);
        bool back = tells_return(role);
        unsigned none = (role >= MP_N_ROLES) | ((role >= MP_ROLE_BACK) & held);
        unsigned missed = !none & back & (m->status == MP_ABSENT);
        said[i].as = (uint8_t[]){said[i].role, MP_N_ROLES, MP_ROLE_MISSED}[none | missed << 1];
        up_to = max(up_to, holds_to(&said[i]));
        first = m->first;
        came_back |= (role == MP_ROLE_BACK) & !m->silent & (m->status <= MP_SUSPECTED);
    }
    return came_back;
}

/* How near a mention is to a time, in per cent: in the same sentence, or in one beside it. */
static int nearness(const struct search *s, const struct mp_when *when, uint32_t of_when, int far,
                    const struct mp_fact_said *said)
{
    static const int left[] = {LAST, 100, NEXT};
    int side = (said->sentence > of_when) - (said->sentence < of_when);
    bool together = mp_clause_at(s->text, said->m->first) == mp_clause_at(s->text, when->first);
    int part = (100 - far * 100 / (REACH + 6)) * left[side + 1] / 100;
    return part + (CLAUSE & -(int)(together & (side == 0)));
}

/* What the mentions near a time say of it: the strongest of each role, as per cent of its weight.
 */
struct near {
    int percent[MP_N_ROLES + 1]; /* the last one for what is of no role */
    uint32_t roles;              /* bits: those that are above 0 */
    bool past;                   /* the nearest is of the past */
};

/* Which of the mentions speak of the time, and how, nobody can foretell: what does not counts
 * nothing. */
static void strengths(const struct search *s, const struct mp_when *when, size_t low,
                      struct near *near)
{
    int nearest = 0;
    const struct mp_time report = s->text->reported_at;
    bool recent = report.known && when->from.day >= report.day - RECENT_DAYS;
    uint32_t of_when = sentence(s, when->first);
    bool day = when->grain == MP_GRAIN_DAY; /* only its own sentence may speak of it */
    *near = (struct near){0};
    for (size_t i = low; i < s->n_said && s->said[i].sentence <= of_when + !day &&
                         s->said[i].m->first <= when->last + REACH;
         i++) {
        const struct mp_mention *m = s->said[i].m;
        enum mp_fact_role role = s->said[i].as;
        int64_t far = distance(when, m);
        int64_t reach = role == MP_ROLE_LATE ? BESIDE : REACH;
        bool speaks = (far <= reach) & !(day & (s->said[i].sentence != of_when)),
             past = (m->status == MP_PAST) | (m->status == MP_OTHER),
             decides = role <= MP_ROLE_BACK;
        int part = nearness(s, when, of_when, (int)far, &s->said[i]) & -(int)speaks;
        bool nearer = decides & (part > nearest);
        nearest += (part - nearest) & -(int)nearer;
        near->past ^= (near->past ^ past) & nearer;
        bool denied = (m->status == MP_ABSENT) & (role == MP_ROLE_LEFT), over = past & decides;
        int counted = (denied | over) ? part * DENIED / 100 : part;
        counted &= -(int)!(m->silent | (over & !recent));
        int *percent = &near->percent[role];
        *percent = counted > *percent ? counted : *percent;
        near->roles |= (uint32_t)(counted > 0) << role;
    }
    near->roles &= (UINT32_C(1) << MP_N_ROLES) - 1;
}

static bool possible(const struct search *s, const struct mp_when *when)
{
    const struct mp_time report = s->text->reported_at;
    if (when->grain > MP_GRAIN_DAY || !when->from.known)
        return false;
    return !report.known || ((when->added || when->from.day <= report.day + AHEAD_DAYS) &&
                             when->from.day >= report.day - BACK_DAYS);
}

static bool behind(const struct search *s, const struct mp_when *when, enum mp_fact_kind kind)
{
    return when->first > 0 && mp_fact_kinds(s->clues, when->first - 1) >> kind & 1;
}

/* "From Friday until Sunday", "from - until: Friday - Sunday". */
static bool ends_period(const struct search *s, const struct mp_when *when)
{
    if (when == s->whens || when->clock_only)
        return false;
    const struct mp_when *begin = when - 1;
    if (begin->last + PERIOD < when->first || sentence(s, begin->first) != sentence(s, when->first))
        return false;
    const struct mp_token *t = s->text->tokens.at;
    bool listed = begin->last + 1 == when->first && t[begin->last].dash &&
                  t[begin->first].before == MP_BREAK_COLON;
    return behind(s, listed ? begin : when, MP_FACT_UNTIL);
}

/* Whether a period that the time ends, or begins, is that of the absence: of a youth who is back,
 * "from" stands before it. */
static bool absence(const struct search *s, const struct mp_when *end)
{
    const struct mp_when *begin = end - 1;
    return s->text->reported_at.known && begin->from.day <= end->from.day &&
           end->from.day <= s->text->reported_at.day &&
           begin->from.day > s->text->reported_at.day - OLD_DAYS && behind(s, begin, MP_FACT_FROM);
}

/* "Stayed away until Sunday 20.00". */
static bool ends_absence(const struct search *s, const struct mp_when *when)
{
    return !when->clock_only && when->grain == MP_GRAIN_MINUTE && behind(s, when, MP_FACT_UNTIL);
}

/* A day behind the report that stands not at the head of a sentence, or behind a word or two there
 * ("addition of 3/3: ..."), is rather a plan than an addition. */
static bool planned(const struct search *s, const struct mp_when *when)
{
    const struct mp_token *t = s->text->tokens.at;
    if (when->from.day <= s->text->reported_at.day || when->clock_only || when->added)
        return false;
    for (size_t i = when->first, n = 0; n <= HEAD_WORDS; i--, n++)
        if (i == 0 || t[i].before >= MP_BREAK_STOP || t[i].line)
            return false;
    return true;
}

/* "14/4 08.15: found at 01.30", "14/4 08.15 - found at 01.30": the clock behind the one that heads
 * tells more, if it was earlier. */
static bool outdone(const struct search *s, const struct mp_when *when)
{
    const struct mp_when *next = when + 1;
    const struct mp_tokens *t = &s->text->tokens;
    return when->last + 1 < t->n &&
           (when->stamp || t->at[when->last + 1].before == MP_BREAK_COLON) &&
           next < s->whens + s->n_whens && next->grain == MP_GRAIN_MINUTE &&
           mp_time_cmp(next->from, when->from) < 0 &&
           sentence(s, next->first) == sentence(s, when->first);
}

/* What a time gains as departure, and loses as return, as one end of a period of absence; less
 * than 0 for its last. */
static int place_in_absence(const struct search *s, const struct mp_when *when,
                            const struct near *near)
{
    if (!s->came_back || near->percent[MP_ROLE_DUE] >= 60)
        return 0;
    bool last = (ends_period(s, when) && absence(s, when)) ||
                (near->percent[MP_ROLE_GONE] > TOUCHING && ends_absence(s, when));
    bool first =
        when + 1 < s->whens + s->n_whens && ends_period(s, when + 1) && absence(s, when + 1);
    return last ? -OF_PERIOD : first ? OF_PERIOD : 0;
}

/* What the calendar says for and against a time; `past`: its nearest mention is of the past. */
static void weigh_date(const struct search *s, const struct mp_when *when, bool past,
                       struct weighed *w)
{
    const struct mp_time report = s->text->reported_at;
    if (when->grain == MP_GRAIN_MINUTE)
        w->since += 8, w->back += 8;
    if (past) {
        bool recent = report.known && when->from.day >= report.day - RECENT_DAYS;
        w->since -= recent ? PAST_RECENT : PAST;
        w->back -= recent ? PAST_RECENT : PAST;
    }
    if (report.known & (when->from.day == report.day) & (when->from.minute == report.minute) &
        (report.minute >= 0))
        w->since -= when->stamp && s->came_back ? OWN_HEAD : OWN_MINUTE, w->back -= 10;
    bool later = report.minute >= 0 && when->stamp && mp_time_cmp(when->from, report) > 0;
    if (report.known && (when->from.day > report.day || later))
        w->since -= IMPOSSIBLE;
    if (report.known && when->from.day < report.day - OLD_DAYS)
        w->since -= 30;
    if (report.known && planned(s, when))
        w->back -= 30;
    if (when->ahead)
        w->back -= IMPOSSIBLE;
}

/* "Addition of 3/3 10.00: at 08.15 back": behind the time that heads an addition, words that tell a
 * return tell it with a time of its own, too, unless their sentence speaks of leaving. */
static bool told_within(const struct search *s, const struct mp_when *when, size_t low)
{
    if (!when->added || when->stamp || when->ahead || when->grain != MP_GRAIN_MINUTE)
        return false;
    const uint32_t not_back = MP_ROLES_LEAVING | MP_ROLE_BIT(ASIDE);
    uint32_t of = sentence(s, when->first);
    bool told = false;
    for (size_t i = low; i < s->n_said && s->said[i].sentence <= of; i++) {
        const struct mp_mention *m = s->said[i].m;
        if (s->said[i].sentence < of || m->silent)
            continue;
        if (not_back >> s->said[i].as & 1)
            return false;
        told |= s->said[i].as == MP_ROLE_TOLD && m->status == MP_PRESENT;
    }
    return told;
}

/* `low`: what is said before it is too far away. */
static struct weighed weigh(const struct search *s, const struct mp_when *when, size_t low)
{
    struct near near;
    int since = 0, back = 0;
    const int *percent = near.percent;
    strengths(s, when, low, &near);
    for (uint32_t left = near.roles; left; left &= left - 1) {
        int role = __builtin_ctz(left);
        since += weights[role].since * percent[role] / 100;
        back += weights[role].back * percent[role] / 100;
    }
    struct weighed w = {0};
    weigh_date(s, when, near.past, &w);
    since += w.since;
    back += w.back;
    if (outdone(s, when))
        back -= OUTDONE;
    if (back < OF_ENTRY && (mp_fact_entry_tells(s->clues, when, low) || told_within(s, when, low)))
        back = OF_ENTRY;
    if (percent[MP_ROLE_DUE] > TOUCHING)
        since += DUE_BONUS;
    if (percent[MP_ROLE_GONE] > TOUCHING && percent[MP_ROLE_GONE] >= percent[MP_ROLE_BACK])
        back -= GONE_MALUS;
    int place = place_in_absence(s, when, &near);
    since += place;
    back -= place;
    if (!place && percent[MP_ROLE_GONE] > 70 && percent[MP_ROLE_DUE] < 60 && ends_period(s, when)) {
        back = since + back;
        since = -since;
    } else if (!place && behind(s, when, MP_FACT_BOUND)) {
        back -= BOUND;
    }
    if (when->grain == MP_GRAIN_DAY && when->clock_only)
        since -= 12, back -= 30;
    bool noticed = percent[MP_ROLE_NOTICED] > 85 &&
                   percent[MP_ROLE_LEFT] - 25 < percent[MP_ROLE_NOTICED] &&
                   percent[MP_ROLE_DUE] < 100;
    return (struct weighed){.since = since,
                            .back = back,
                            .day_only = noticed,
                            .missed = percent[MP_ROLE_MISSED],
                            .due = percent[MP_ROLE_DUE],
                            .perhaps = percent[MP_ROLE_PERHAPS],
                            .again = percent[MP_ROLE_AGAIN]};
}

/* The heaviest time of each kind. */
struct choice {
    size_t minute, day, back, back_day; /* n_whens: none */
    struct weighed of_minute, of_day, of_back, of_back_day;
};

/* How much a later time must weigh more than the best before it. "Had leave from 13.00 to 15.00,
 * did not come back", "went to work at 14.00 and was not back at 18.00": the later one was due. */
static int margin(const struct search *s, size_t best, size_t at, const struct weighed *of_best,
                  const struct weighed *of)
{
    const struct mp_when *a = &s->whens[best], *b = &s->whens[at];
    if (at != best + 1 || a->from.day != b->from.day || b->from.minute <= a->from.minute)
        return MARGIN;
    if (of_best->due > TOUCHING && of_best->due > of->due + DUE_NEARER && of->missed > MISSED)
        return DUE_THEN;
    if (of->missed > TOUCHING && sentence(s, a->first) == sentence(s, b->first))
        return -DUE_THEN;
    return of->missed > MISSED && of_best->missed > MISSED ? -LATER : MARGIN;
}

/* "Agreed 22.00, in 23.30": what is a return or not elsewhere is one behind the time that was due.
 */
static void came_late(const struct search *s, size_t at, const struct weighed *before,
                      struct weighed *w)
{
    if (before->due <= TOUCHING || before->due <= w->due || w->perhaps <= TOUCHING)
        return;
    const struct mp_when *due = &s->whens[at - 1], *when = &s->whens[at];
    if (when->grain != MP_GRAIN_MINUTE || mp_time_cmp(when->from, due->from) <= 0 ||
        sentence(s, when->first) != sentence(s, due->first))
        return;
    w->since -= CAME_LATE;
    w->back += CAME_LATE;
}

/* A return before the youth left once more is of another episode. On one day without a clock they
 * are told in their order; a clock behind the departure shows its first such time after it. */
static bool of_this_absence(const struct search *s, const struct mp_when *back)
{
    const struct mp_when *again = s->again;
    if (!again)
        return true;
    bool told_behind = back->first > again->first;
    if (back->from.day == again->from.day &&
        (back->grain == MP_GRAIN_DAY || again->grain == MP_GRAIN_DAY))
        return told_behind;
    return mp_time_cmp(back->from, again->from) > 0 || (back->clock_only && told_behind);
}

static int64_t minutes(struct mp_time t)
{
    return (int64_t)t.day * MP_MINUTES_A_DAY + t.minute;
}

/* How much a time of a return must weigh more than the best before it: "brought back at 4.30 by the
 * police, who had found her at 3.15". */
static int back_margin(const struct search *s, size_t best, size_t at)
{
    const struct mp_when *a = &s->whens[best], *b = &s->whens[at];
    if (at == best + 1 && outdone(s, a))
        return 0;
    int64_t later = minutes(a->from) - minutes(b->from);
    bool both = (a->grain == MP_GRAIN_MINUTE) & (b->grain == MP_GRAIN_MINUTE);
    bool handed_over = both & (later > 0) & (later <= HANDED_OVER);
    return handed_over ? -FOUND_FIRST : BACK_MARGIN;
}

/* `not_since` and `not_back` are left out. */
static struct choice choose(const struct search *s, size_t not_since, size_t not_back)
{
    size_t none = s->n_whens;
    struct choice c = {.minute = none, .day = none, .back = none, .back_day = none};
    c.of_minute.since = c.of_day.since = ENOUGH_SINCE - 1;
    c.of_back.back = c.of_back_day.back = ENOUGH_BACK - 1;
    size_t low = 0;
    struct weighed w = {0};
    for (size_t i = 0; i < s->n_whens; i++) {
        const struct mp_when *when = &s->whens[i];
        const struct weighed before = w;
        w = (struct weighed){0};
        while (low < s->n_said && (s->said[low].sentence + 1 < sentence(s, when->first) ||
                                   s->said[low].m->first + SPAN + REACH < when->first))
            low++;
        if (!possible(s, when))
            continue;
        w = weigh(s, when, low);
        came_late(s, i, &before, &w);
        bool minute = when->grain == MP_GRAIN_MINUTE;
        struct weighed *of = minute ? &c.of_minute : &c.of_day;
        size_t best = minute ? c.minute : c.day;
        int more = best == none ? 0 : minute ? margin(s, best, i, of, &w) : MARGIN;
        if (i != not_since && w.since > of->since + more) {
            *(minute ? &c.minute : &c.day) = i;
            *of = w;
        }
        of = minute ? &c.of_back : &c.of_back_day;
        best = minute ? c.back : c.back_day;
        more = best == none ? 0 : back_margin(s, best, i);
        if (i != not_back && w.back >= ENOUGH_BACK && w.back > of->back + more &&
            of_this_absence(s, when)) {
            *(minute ? &c.back : &c.back_day) = i;
            *of = w;
        }
    }
    bool day = c.back_day < none && c.of_back_day.back > c.of_back.back + MINUTE_BONUS &&
               (c.back == none || s->whens[c.back].from.day != s->whens[c.back_day].from.day);
    if (day || (c.back == none && c.back_day < none)) {
        c.back = c.back_day;
        c.of_back = c.of_back_day;
    }
    return c;
}

/* How much all that was chosen weighs. */
static int total(const struct choice *c)
{
    int since = c->of_minute.since > c->of_day.since ? c->of_minute.since : c->of_day.since;
    return (since >= ENOUGH_SINCE ? since : 0) +
           (c->of_back.back >= ENOUGH_BACK ? c->of_back.back : 0);
}

/* Whether a clock has its day from a return told in a sentence before: "Came back on Sunday. Has
 * left again at 19.30." */
static bool lent_by_return(const struct search *s, const struct mp_when *when)
{
    const struct mp_when *day = when - 1;
    if (when == s->whens || !when->clock_only || day->clock_only || day->grain != MP_GRAIN_DAY ||
        day->from.day != when->from.day)
        return false;
    uint32_t told = sentence(s, day->first);
    bool returned = false;
    for (size_t i = 0; i < s->n_said && s->said[i].sentence <= told; i++)
        returned |=
            s->said[i].sentence == told && s->said[i].as == MP_ROLE_BACK && !s->said[i].m->silent;
    return returned && told != sentence(s, when->first);
}

/* The last time before the report that a clock showed so. */
static struct mp_time latest(const struct search *s, struct mp_time clock)
{
    const struct mp_time report = s->text->reported_at;
    clock.day = report.day - (report.minute >= 0 && clock.minute > report.minute);
    return clock;
}

static void set(struct mp_fact_value *v, const struct mp_when *when, bool day_only)
{
    *v = (struct mp_fact_value){
        .known = true, .time = when->from, .first = when->first, .last = when->last};
    if (day_only || when->grain == MP_GRAIN_DAY)
        v->time.minute = -1;
}

/* Which of the two times of leaving counts; n_whens: none. */
static size_t departure(const struct search *s, const struct choice *c)
{
    if (c->minute == s->n_whens || c->day == s->n_whens)
        return c->minute < c->day ? c->minute : c->day;
    const struct mp_when *minute = &s->whens[c->minute], *day = &s->whens[c->day];
    if (c->of_minute.again >= ENOUGH_AGAIN && lent_by_return(s, minute))
        return c->minute; /* what is told of another day was before */
    bool by_day = c->of_day.since > c->of_minute.since + MINUTE_BONUS;
    if (minute->from.day == day->from.day)
        by_day = c->of_day.since > c->of_minute.since + SAME_DAY &&
                 (minute->clock_only || c->of_minute.since < SURE);
    return by_day ? c->day : c->minute;
}

/* Its weight. The departure: a minute, a day, or a clock of one sentence on the day of another. */
static int set_since(const struct search *s, const struct choice *c, struct mp_fact_value *since)
{
    size_t chosen = departure(s, c);
    if (chosen == s->n_whens)
        return 0;
    const struct mp_when *minute = &s->whens[c->minute], *day = &s->whens[c->day];
    bool by_day = chosen == c->day, both = c->minute < s->n_whens && c->day < s->n_whens;
    set(since, &s->whens[chosen], !by_day && c->of_minute.day_only);
    if (both && minute->clock_only && !c->of_minute.day_only && c->of_minute.again < ENOUGH_AGAIN &&
        day->from.day < minute->from.day && day->first < minute->first &&
        minute->from.day - day->from.day <= LENDING_DAYS && c->of_minute.since >= SURE &&
        sentence(s, minute->first) != sentence(s, day->first) && c->of_day.since >= ENOUGH_DAY) {
        since->time = day->from;
        since->time.minute = minute->from.minute;
    } else if (!by_day && c->of_minute.again >= ENOUGH_AGAIN && lent_by_return(s, minute)) {
        since->time = latest(s, minute->from);
    }
    return by_day ? c->of_day.since : c->of_minute.since;
}

/* "Still missing", said behind the time of a return: somebody else's, then. "Bilal still missing"
 * tells nothing of the youth. */
static bool still_gone(const struct search *s, const struct mp_when *back)
{
    const struct mp_token *t = s->text->tokens.at;
    if (!(s->clues->roles & MP_ROLE_BIT(STILL)))
        return false;
    for (size_t i = s->n_said; i-- > 0 && s->said[i].m->first > back->last;) {
        const struct mp_mention *m = s->said[i].m;
        if (s->said[i].role == MP_ROLE_STILL && !m->silent && m->status <= MP_SUSPECTED &&
            (m->first == 0 || t[m->first].before >= MP_BREAK_COMMA || !t[m->first - 1].capital))
            return true;
    }
    return false;
}

void mp_fact_times(const struct mp_fact_clues *clues, struct mp_fact_value *since,
                   struct mp_fact_value *back)
{
    if (!MP_COUNT(struct mp_when, clues->text->whens))
        return;
    struct search s = {
        .clues = clues,
        .text = clues->text,
        .said = clues->said,
        .whens = MP_ITEMS(struct mp_when, clues->text->whens),
        .n_said = clues->n_said,
        .n_whens = MP_COUNT(struct mp_when, clues->text->whens),
        .came_back = tell_roles(clues->text, clues->said, clues->n_said),
    };
    struct choice c = choose(&s, s.n_whens, s.n_whens);
    if (c.back < s.n_whens && c.back == departure(&s, &c)) {
        struct choice left = choose(&s, s.n_whens, c.back), came = choose(&s, c.back, s.n_whens);
        c = total(&left) + MARGIN > total(&came) ? left : came;
    }
    size_t again = departure(&s, &c);
    if (again < s.n_whens && (again == c.minute ? c.of_minute : c.of_day).again >= ENOUGH_AGAIN) {
        s.again = &s.whens[again];
        struct choice later = choose(&s, s.n_whens, again);
        c.back = later.back;
        c.of_back = later.of_back;
    }
    int left = set_since(&s, &c, since);
    if (c.back < s.n_whens && !still_gone(&s, &s.whens[c.back]))
        set(back, &s.whens[c.back], false);
    /* of a report without a clock, one without a day shows the last such time before the return */
    if (since->known && back->known && s.text->reported_at.minute < 0 &&
        s.whens[again].clock_only && !s.whens[c.back].clock_only &&
        since->time.day == back->time.day)
        since->time.day -= mp_time_cmp(back->time, since->time) < 0;
    /* a clock without a day shows the first such time after the departure */
    if (since->known && back->known && s.whens[c.back].clock_only)
        while (mp_time_cmp(back->time, since->time) < 0 && back->time.day <= since->time.day)
            back->time.day++;
    if (since->known && back->known && back->time.day < since->time.day) {
        bool weak = left < c.of_back.back;
        *(weak ? since : back) = (struct mp_fact_value){0};
    }
}
