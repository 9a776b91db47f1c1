/* Which reports of one youth are about one absence. */
#include "link/absence.h"
#include <stdlib.h>

struct placing {
    const struct mp_link_absence *rules;
    struct mp_arena *arena;
    struct mp_buf *list;
    uint32_t *numbers; /* by id: PLACED if a report of this number is, and BACK times the place in
                          `back`, from 1, of the first return that one states */
    struct mp_time last_end;      /* of all episodes */
    struct mp_link_report **back; /* those that state a return, by return */
    size_t n_back;
};

enum { PLACED = 1, BACK = 2 };

static struct mp_time at_minute(struct mp_time t, int16_t minute)
{
    return (struct mp_time){t.day, t.minute < 0 ? minute : t.minute, t.known};
}

static struct mp_time earliest(struct mp_time t)
{
    return at_minute(t, 0);
}

static struct mp_time latest(struct mp_time t)
{
    return at_minute(t, MP_MINUTES_A_DAY - 1);
}

/* Minutes that certainly lie between two moments; a day without a clock may be any of its
 * minutes. */
static int64_t apart(struct mp_time a, struct mp_time b)
{
    int64_t before = mp_time_elapsed(latest(a), earliest(b));
    int64_t behind = mp_time_elapsed(latest(b), earliest(a));
    int64_t most = before > behind ? before : behind;
    return most > 0 ? most : 0;
}

/* b can lie at or behind a; b certainly lies behind a. */
static bool may_follow(struct mp_time a, struct mp_time b)
{
    return mp_time_elapsed(earliest(a), latest(b)) >= 0;
}

static bool follows(struct mp_time a, struct mp_time b)
{
    return mp_time_elapsed(latest(a), earliest(b)) > 0;
}

static size_t n_episodes(const struct placing *p)
{
    return p->list->len / sizeof(struct mp_link_episode *);
}

static struct mp_link_episode *episode_at(const struct placing *p, size_t i)
{
    return ((struct mp_link_episode **)(void *)p->list->data)[i];
}

/* Whether any episode has the report's number. */
static bool known_number(const struct placing *p, const struct mp_link_report *one)
{
    return one->same_id && (p->numbers[one->same_id] & PLACED);
}

static bool has_number(const struct placing *p, const struct mp_link_episode *e,
                       const struct mp_link_report *one)
{
    for (const struct mp_link_report *r = known_number(p, one) ? e->chain : NULL; r; r = r->next)
        if (r->same_id == one->same_id)
            return true;
    return false;
}

/* The return that a report states, else the first that one of its number does. */
static struct mp_time stated_return(const struct placing *p, const struct mp_link_report *one)
{
    size_t place = one->same_id ? p->numbers[one->same_id] / BACK : 0;
    return one->returned.known || !place ? one->returned : p->back[place - 1]->returned;
}

/* The same, if it can be the end of the departure that the report is about. */
static struct mp_time stated_end(const struct placing *p, const struct mp_link_report *one)
{
    struct mp_time end = stated_return(p, one);
    struct mp_time from = one->missing.known ? one->missing : one->reported;
    bool fits = one->returned.known || (from.known && end.known && may_follow(from, end));
    return fits ? end : (struct mp_time){0};
}

/* The end of an episode is the last return that a report states, or when a return was reported. */
static void add(struct placing *p, struct mp_link_episode *e, struct mp_link_report *one,
                const char *reason)
{
    p->numbers[one->same_id] |= PLACED;
    one->episode = e;
    one->reason = reason;
    one->next = e->chain;
    e->chain = one;
    e->n++;
    struct mp_time end = stated_end(p, one);
    if (!end.known && one->kind == MP_LINK_RETURNED)
        end = one->reported;
    if (end.known && mp_time_cmp(end, e->end) > 0)
        e->end = end;
    if (end.known && mp_time_cmp(end, p->last_end) > 0)
        p->last_end = end;
}

static bool open_episode(struct placing *p, struct mp_link_report *one)
{
    struct mp_link_episode *e = mp_arena_alloc(p->arena, sizeof *e);
    if (!e)
        return false;
    e->opener = one;
    e->departure = one->missing;
    e->begin = one->missing.known    ? one->missing
               : one->reported.known ? one->reported
                                     : one->returned;
    add(p, e, one, "opens");
    mp_buf_add(p->list, &e, sizeof e);
    return !p->list->failed;
}

/* A return that certainly is not behind this departure. */
static bool is_before(struct mp_time back, struct mp_time departure)
{
    return follows(back, departure) || (departure.minute >= 0 && mp_time_cmp(back, departure) == 0);
}

/* The last return before this departure that any report states; not known if none. */
static struct mp_time last_return(const struct placing *p, struct mp_time departure)
{
    size_t low = 0, high = p->n_back;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (is_before(p->back[mid]->returned, departure))
            low = mid + 1;
        else
            high = mid;
    }
    return low ? p->back[low - 1]->returned : (struct mp_time){0};
}

/* The youth was certainly back between the departures of the episode and of the report: the episode
 * had ended, or any report, placed or not, states a return in between that can be its end. */
static bool was_back(const struct placing *p, const struct mp_link_episode *e,
                     const struct mp_link_report *one)
{
    if (mp_time_cmp(e->departure, one->missing) == 0)
        return false;
    if (e->end.known && is_before(e->end, one->missing))
        return true;
    struct mp_time back = last_return(p, one->missing);
    return back.known && follows(e->departure, back) &&
           (!e->end.known || apart(back, e->end) <= p->rules->same_return);
}

/* The report's return lies further from that of the episode than sources differ. */
static bool returns_otherwise(const struct placing *p, const struct mp_link_episode *e,
                              const struct mp_link_report *one)
{
    struct mp_time end = stated_end(p, one);
    return e->end.known && end.known && apart(e->end, end) > p->rules->same_return;
}

/* Why a report with a departure belongs to this episode; NULL if it does not. */
static const char *same_departure(const struct placing *p, const struct mp_link_episode *e,
                                  const struct mp_link_report *one)
{
    bool other = returns_otherwise(p, e, one);
    bool vague = e->departure.minute < 0 || one->missing.minute < 0;
    if (was_back(p, e, one) || (other && vague && may_follow(e->end, one->missing)))
        return NULL;
    if (apart(e->departure, one->missing) <= p->rules->same_departure)
        return "same-departure";
    if (e->end.known && !other && follows(one->missing, e->end))
        return "departure-within";
    return has_number(p, e, one) ? "same-number" : NULL;
}

/* Episodes come in the order of departure, so that only the last ones can have the same. All need
 * a look only where the number is known or an end lies behind this departure. */
static bool place_departure(struct placing *p, struct mp_link_report *one)
{
    bool look_at_all =
        known_number(p, one) || (p->last_end.known && follows(one->missing, p->last_end));
    int64_t days = p->rules->same_departure / MP_MINUTES_A_DAY + 2;
    for (size_t i = n_episodes(p); i-- > 0;) {
        struct mp_link_episode *e = episode_at(p, i);
        if (!look_at_all && (int64_t)one->missing.day - e->departure.day > days)
            break;
        const char *reason = same_departure(p, e, one);
        if (reason) {
            add(p, e, one, reason);
            return true;
        }
    }
    return open_episode(p, one);
}

static struct mp_time moment(const struct mp_link_report *one)
{
    return one->reported.known ? one->reported : one->returned;
}

/* The episode of the same number that began last before the report was made, else any. */
static struct mp_link_episode *of_number(const struct placing *p, const struct mp_link_report *one)
{
    struct mp_link_episode *best = NULL;
    struct mp_time when = moment(one);
    for (size_t i = known_number(p, one) ? n_episodes(p) : 0; i-- > 0;) {
        struct mp_link_episode *e = episode_at(p, i);
        if (!has_number(p, e, one))
            continue;
        bool begun = !when.known || !e->begin.known || may_follow(e->begin, when);
        bool better =
            !best ||
            (begun && (!may_follow(best->begin, when) || mp_time_cmp(e->begin, best->begin) > 0));
        best = better ? e : best;
    }
    return best;
}

/* The episode that began last before this moment. */
static struct mp_link_episode *begun_before(const struct placing *p, struct mp_time when)
{
    struct mp_link_episode *best = NULL;
    for (size_t i = 0; i < n_episodes(p) && when.known; i++) {
        struct mp_link_episode *e = episode_at(p, i);
        if (e->begin.known && may_follow(e->begin, when) &&
            (!best || mp_time_cmp(e->begin, best->begin) > 0))
            best = e;
    }
    return best;
}

/* So many days apart that no tolerance matters: spares most comparisons their arithmetic. */
static bool is_far(const struct mp_link_absence *rules, const struct mp_link_episode *e,
                   struct mp_time reported)
{
    int64_t most =
        rules->unknown_end > rules->registered_twice ? rules->unknown_end : rules->registered_twice;
    int64_t days = (int64_t)reported.day - e->begin.day;
    if (days < -rules->early_report / MP_MINUTES_A_DAY - 2)
        return e->departure.known || days < -most / MP_MINUTES_A_DAY - 2;
    return !e->end.known && days > most / MP_MINUTES_A_DAY + 2;
}

/* A report of a departure, made during the absence or near it. */
static bool made_during(const struct mp_link_absence *rules, const struct mp_link_episode *e,
                        struct mp_time reported)
{
    if (!e->begin.known || is_far(rules, e, reported))
        return false;
    if (!e->departure.known && !e->end.known)
        return apart(e->begin, reported) <= rules->registered_twice;
    if (!may_follow(e->begin, reported))
        return apart(e->begin, reported) <= rules->early_report;
    if (e->end.known)
        return may_follow(reported, e->end) || apart(e->end, reported) <= rules->late_report;
    return apart(e->begin, reported) <= rules->unknown_end;
}

/* The youth's episode that began last before this moment, and did not end so long before it. */
static struct mp_link_episode *of_moment(const struct placing *p, struct mp_time when, int64_t late)
{
    struct mp_link_episode *e = begun_before(p, when);
    bool fits = e && (!e->end.known || may_follow(when, e->end) || apart(e->end, when) <= late);
    return fits ? e : NULL;
}

/* The episode during which this report of a departure was made; it began before the youth was back,
 * where that is known. */
static struct mp_link_episode *of_report(const struct placing *p, struct mp_time reported,
                                         struct mp_time back)
{
    struct mp_link_episode *best = NULL;
    for (size_t i = 0; i < n_episodes(p); i++) {
        struct mp_link_episode *e = episode_at(p, i);
        if (back.known && e->departure.known && is_before(back, e->departure))
            continue;
        if (made_during(p->rules, e, reported) && (!best || mp_time_cmp(e->begin, best->begin) > 0))
            best = e;
    }
    return best;
}

/* A return that was before the report was made. */
static struct mp_time known_return(const struct placing *p, const struct mp_link_report *one)
{
    struct mp_time back = stated_return(p, one);
    return back.known && may_follow(back, one->reported) ? back : (struct mp_time){0};
}

/* The episode of a departure that was reported when the youth was back: that of the return. */
static struct mp_link_episode *of_return(const struct placing *p, struct mp_time back)
{
    struct mp_link_episode *e = of_moment(p, back, p->rules->same_return);
    bool near = e && (e->end.known || apart(e->begin, back) <= p->rules->unknown_end);
    return near ? e : NULL;
}

static struct mp_link_episode *find_without_departure(const struct placing *p,
                                                      const struct mp_link_report *one,
                                                      const char **reason)
{
    struct mp_link_episode *e = of_number(p, one);
    *reason = "same-number";
    if (e)
        return e;
    bool missing = one->kind == MP_LINK_MISSING && one->reported.known;
    struct mp_time back = missing ? known_return(p, one) : one->returned;
    *reason = "return";
    e = missing ? of_return(p, back) : of_moment(p, back, p->rules->same_return);
    if (e || (!missing && one->returned.known))
        return e;
    *reason = "report-within";
    return missing ? of_report(p, one->reported, back)
                   : of_moment(p, one->reported, p->rules->unknown_end);
}

/* A day without a clock comes behind its clocks: it fits any of them, and so joins none that are
 * two absences. */
static int order_latest(struct mp_time a, struct mp_time b)
{
    int d = mp_time_cmp(latest(a), latest(b));
    return d ? d : (a.minute < 0) - (b.minute < 0);
}

static int by_departure(const void *a, const void *b)
{
    const struct mp_link_report *const *x = a, *const *y = b;
    int d = order_latest((*x)->missing, (*y)->missing);
    return d ? d : mp_link_by_rank(x, y);
}

static int by_return(const void *a, const void *b)
{
    const struct mp_link_report *const *x = a, *const *y = b;
    int d = order_latest((*x)->returned, (*y)->returned);
    return d ? d : mp_link_by_rank(x, y);
}

static int by_moment(const void *a, const void *b)
{
    const struct mp_link_report *const *x = a, *const *y = b;
    int d = mp_time_cmp(moment(*x), moment(*y));
    return d ? d : mp_link_by_rank(x, y);
}

/* Reports with a departure in front, by departure; then the others by the time of the report. */
static size_t arrange(struct mp_link_report **sorted, struct mp_link_report **reports, size_t n)
{
    size_t stated = 0, k = 0;
    for (size_t i = 0; i < n; i++)
        if (reports[i]->missing.known)
            sorted[k++] = reports[i];
    stated = k;
    for (size_t i = 0; i < n; i++)
        if (!reports[i]->missing.known)
            sorted[k++] = reports[i];
    qsort(sorted, stated, sizeof *sorted, by_departure);
    qsort(sorted + stated, n - stated, sizeof *sorted, by_moment);
    return stated;
}

/* Those that state a return. */
static void find_returns(struct placing *p, struct mp_link_report **reports, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (reports[i]->returned.known)
            p->back[p->n_back++] = reports[i];
    if (p->n_back)
        qsort(p->back, p->n_back, sizeof *p->back, by_return);
    for (size_t i = p->n_back; i-- > 0;)
        p->numbers[p->back[i]->same_id] = (uint32_t)(i + 1) * BACK;
}

bool mp_link_place(const struct mp_link_absence *rules, struct mp_link_report **reports, size_t n,
                   uint32_t *numbers, struct mp_arena *a, struct mp_buf *list)
{
    struct placing p = {.rules = rules, .arena = a, .list = list, .numbers = numbers};
    struct mp_link_report **sorted = malloc((2 * n + 1) * sizeof(struct mp_link_report *));
    if (!sorted)
        return false;
    size_t stated = arrange(sorted, reports, n);
    for (size_t i = 0; i < n; i++)
        numbers[reports[i]->same_id] = 0;
    p.back = sorted + n;
    find_returns(&p, sorted, n);
    bool good = true;
    for (size_t i = 0; good && i < stated; i++)
        good = place_departure(&p, sorted[i]);
    for (size_t i = stated; good && i < n; i++) {
        const char *reason;
        struct mp_link_episode *e = find_without_departure(&p, sorted[i], &reason);
        if (e)
            add(&p, e, sorted[i], reason);
        else
            good = open_episode(&p, sorted[i]);
    }
    free(sorted);
    return good;
}
