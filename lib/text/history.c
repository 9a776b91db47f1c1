/* History against now, by the times that a text names. */
#include "text/history.h"

enum {
    TIMES_MAX = 16,
    TOLD_ON = 3,   /* sentences */
    LIST_DAYS = 10 /* what a list puts so many days before the report is history */
};

/* A time behind "since", "until" or "born" says nothing of when the rest was. */
static bool is_bound(const struct mp_text *text, const struct mp_when *w)
{
    uint32_t t = w->first > 2 ? w->first - 2 : 0;
    for (; t <= w->last; t++)
        if (mp_is(text, t, MP_IS_BOUND) &&
            text->tokens.at[t].sentence == text->tokens.at[w->first].sentence)
            return true;
    return false;
}

static bool is_old(const struct mp_text *text, const struct mp_when *w)
{
    int32_t now = text->reported_at.day;
    int year, month, day, now_year, now_month, now_day;
    if (!text->reported_at.known || !w->from.known || w->since)
        return false;
    if (w->grain <= MP_GRAIN_DAY)
        return w->from.day < now - (text->tokens.at[w->first].line ? LIST_DAYS : MP_HISTORY_DAYS);
    if (w->grain == MP_GRAIN_MONTH && w->from.day > now)
        return !mp_clause_is(mp_clause_at(text, w->first),
                             MP_IS_PRESENT); /* last year's, unless still to come */
    mp_date_civil(w->from.day, &year, &month, &day);
    mp_date_civil(now, &now_year, &now_month, &now_day);
    return w->grain == MP_GRAIN_YEAR ? year < now_year
                                     : year * 12 + month < now_year * 12 + now_month;
}

/* A date at the start of a line dates what follows in its paragraph, up to the next such date. */
static bool dates_lines(const struct mp_text *text, const struct mp_when *w)
{
    return text->tokens.at[w->first].line && !w->clock_only;
}

struct mp_history mp_history_find(struct mp_text *text)
{
    struct mp_when *w = MP_ITEMS(struct mp_when, text->whens);
    struct mp_history all = {.first = UINT32_MAX};
    for (size_t i = 0; i < MP_COUNT(struct mp_when, text->whens); i++) {
        bool bound = is_bound(text, &w[i]);
        w[i].old = !bound && is_old(text, &w[i]);
        w[i].now = !bound && !w[i].old && w[i].grain <= MP_GRAIN_DAY;
        if (!w[i].old)
            continue;
        uint32_t first = mp_clause_at(text, w[i].first)->first;
        uint32_t until =
            dates_lines(text, &w[i]) ? UINT32_MAX : text->tokens.at[w[i].first].sentence + TOLD_ON;
        all.first = first < all.first ? first : all.first;
        all.until = until > all.until ? until : all.until;
    }
    return all;
}

static uint32_t distance(const struct mp_when *w, const struct mp_mention *m)
{
    return w->last < m->first ? m->first - w->last : w->first > m->last ? w->first - m->last : 0;
}

static const struct mp_when *line_date(const struct mp_text *text, const struct mp_when *w,
                                       size_t before, uint32_t section)
{
    for (size_t i = before, looked = 0; i-- > 0 && looked < TIMES_MAX; looked++) {
        const struct mp_token *t = &text->tokens.at[w[i].first];
        if (t->section != section)
            break;
        if (dates_lines(text, &w[i]))
            return &w[i];
    }
    return NULL;
}

/* "Her brother was put away last year. Took a bag along": his tale is not the youth's. */
static bool of_somebody_else(const struct mp_text *text, const struct mp_when *w,
                             const struct mp_clause *c)
{
    const struct mp_clause *told = mp_clause_at(text, w->first);
    return told->about == MP_ABOUT_OTHER && !told->object && c->about != MP_ABOUT_OTHER;
}

/* A tale goes on in the past tense where its last sentence left off. */
static const struct mp_when *told_on(const struct mp_text *text, const struct mp_when *w,
                                     const struct mp_mention *m)
{
    const struct mp_clause *c = mp_clause_at(text, m->first);
    const struct mp_token *t = text->tokens.at;
    bool near = t[w->first].section == t[m->first].section &&
                t[m->first].sentence - t[w->first].sentence <= TOLD_ON;
    return near && mp_clause_is(c, MP_IS_PAST) && !mp_clause_is(c, MP_IS_PRESENT) &&
                   !of_somebody_else(text, w, c)
               ? w
               : NULL;
}

/* Whether the clause says what its subject does now; the perfect does not. */
static bool is_now(const struct mp_text *text, const struct mp_clause *c)
{
    uint32_t s = c->subject;
    if (s == MP_NO_SUBJECT || !mp_clause_is(c, MP_IS_PRESENT) || mp_clause_is(c, MP_IS_PAST))
        return false;
    uint32_t verb = s < c->last && mp_is(text, s + 1, MP_IS_PRESENT)    ? s + 1
                    : s > c->first && mp_is(text, s - 1, MP_IS_PRESENT) ? s - 1
                                                                        : s;
    return verb != s && !mp_is(text, verb, MP_IS_AUXILIARY);
}

/* The nearest time in the clauses of the mention, or NULL; `mid` is the place of the first time
 * behind its first word. */
static const struct mp_when *in_clause(const struct mp_text *text, size_t mid,
                                       const struct mp_mention *m)
{
    const struct mp_when *w = MP_ITEMS(struct mp_when, text->whens), *best = NULL;
    const uint32_t *clause = MP_ITEMS(uint32_t, text->clause_of);
    size_t n = MP_COUNT(struct mp_when, text->whens), i = mid;
    uint32_t first = clause[m->first], last = clause[m->last];
    while (i > 0 && mid - i < TIMES_MAX && clause[w[i - 1].first] == first)
        i--;
    for (; i < n && i < mid + TIMES_MAX && clause[w[i].first] <= last; i++) {
        /* what says itself whether it is so has its own time */
        bool own = m->own >= 0 && w[i].first >= m->first && w[i].last <= m->last;
        bool here = clause[w[i].first] == first || clause[w[i].first] == last;
        if (here && !own && (!best || distance(&w[i], m) < distance(best, m)))
            best = &w[i];
    }
    return best;
}

const struct mp_when *mp_history_time(const struct mp_text *text, const struct mp_mention *m)
{
    const struct mp_when *w = MP_ITEMS(struct mp_when, text->whens);
    const struct mp_token *t = text->tokens.at;
    size_t mid = MP_FROM(struct mp_when, text->whens, m->first);
    const struct mp_when *best = in_clause(text, mid, m);
    if (!best && mid > 0 && t[w[mid - 1].first].sentence == t[m->first].sentence)
        return is_now(text, mp_clause_at(text, m->first)) ? NULL : &w[mid - 1];
    if (!best)
        best = line_date(text, w, mid, t[m->first].section);
    if (!best && mid > 0)
        best = told_on(text, &w[mid - 1], m);
    return best;
}

uint32_t mp_history_distance(const struct mp_text *text, const struct mp_mention *m)
{
    const struct mp_when *w = mp_history_time(text, m);
    return w && w->old ? distance(w, m) : MP_NO_HISTORY;
}

bool mp_history_resumed(const struct mp_text *text, uint32_t first, uint32_t last)
{
    const struct mp_when *w = MP_ITEMS(struct mp_when, text->whens);
    size_t end = MP_FROM(struct mp_when, text->whens, last + 1);
    for (size_t i = end, looked = 0; i-- > 0 && w[i].first > first && looked < TIMES_MAX; looked++)
        if (w[i].now)
            return true;
    return false;
}
