/* One record as rules and tables see it. */
#include "io/case.h"
#include "io/json.h"
#include <stdio.h>

static const char *const names[MP_GIVEN_ALL] = {
    [MP_GIVEN_OPEN] = "time.open",
    [MP_GIVEN_MISSING_HOURS] = "time.missing_hours",
    [MP_GIVEN_OPEN_HOURS] = "time.open_hours",
    [MP_GIVEN_RETURNED_HOURS] = "time.returned_hours",
    [MP_GIVEN_REPORT_HOURS] = "time.report_hours",
    [MP_GIVEN_ACTION_HOURS] = "time.action_hours",
    [MP_GIVEN_INTERVIEW_HOURS] = "time.interview_hours",
    [MP_GIVEN_AGE] = "time.age",
    [MP_GIVEN_RISK_LEVEL] = "risk.level",
    [MP_GIVEN_RISK_MONTHS] = "risk.months",
    [MP_GIVEN_DESCRIPTION_KINDS] = "description.kinds",
    [MP_GIVEN_CATEGORY] = "triage.category",
    [MP_GIVEN_MISMATCH] = "triage.mismatch",
};

/* All that a signal can have: none of them is unknown where a rule leaves one out of account. */
static const char *const statuses[] = {"present", "suspected", "past", "absent", "other"};

static bool path_is(const struct mp_path *path, const char *text)
{
    struct mp_path other;
    bool same = mp_path_of(&other, mp_str_of(text)) && path->n == other.n;
    for (size_t i = 0; same && i < path->n; i++)
        same = mp_str_eq(path->keys[i], other.keys[i]);
    return same;
}

static enum mp_given given_of(const struct mp_path *path)
{
    unsigned i = 0;
    while (i < MP_GIVEN_ALL && !path_is(path, names[i]))
        i++;
    return (enum mp_given)i;
}

bool mp_case_knows(const struct mp_case *k, const struct mp_path *path)
{
    const char *made = k->n_given == MP_GIVEN_ALL ? "time risk description triage" : "time";
    enum mp_given given = given_of(path);
    if (given == MP_GIVEN_AGE)
        return k->born_at != MP_LOOKUP_NONE;
    return !mp_str_in(made, path->keys[0]) || given < k->n_given;
}

size_t mp_case_place(struct mp_case *k, const char *text)
{
    struct mp_path path;
    return mp_path_of(&path, mp_str_of(text)) ? mp_lookup_add(&k->lookup, &path) : MP_LOOKUP_NONE;
}

/* A day alone means its end. */
static struct mp_time end_of(struct mp_time t)
{
    return t.known && t.minute < 0 ? (struct mp_time){t.day + 1, -1, true} : t;
}

void mp_case_make(struct mp_case *k, struct mp_time now)
{
    *k = (struct mp_case){.now = end_of(now),
                          .n_given = MP_GIVEN_ALL,
                          .as_of_at = MP_LOOKUP_NONE,
                          .born_at = MP_LOOKUP_NONE};
    k->given_now = k->now;
    k->lookup.failed = &k->failed;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        (void)mp_codes_status(&k->lookup.codes, mp_str_of(statuses[i]));
    k->suspected = mp_codes_status(&k->lookup.codes, MP_STR("suspected"));
    k->reported_at = mp_case_place(k, "reported_at");
    k->missing_at = mp_case_place(k, "missing_since");
    k->returned_at = mp_case_place(k, "returned_at");
    k->ended_at = mp_case_place(k, "link.ended_by");
    k->kind_at = mp_case_place(k, "kind");
    k->action_at = mp_case_place(k, "first_action_at");
    k->interview_at = mp_case_place(k, "interview_at");
    k->lookup.ranges = k->ranges;
    for (unsigned i = 0; i < MP_GIVEN_ALL; i++)
        k->at[i] = mp_case_place(k, names[i]);
}

void mp_case_judged(struct mp_case *k)
{
    k->n_given = MP_GIVEN_RISK_LEVEL; /* the first that judging gives */
    k->as_of_at = mp_case_place(k, "triage.as_of");
    k->born_at = mp_case_place(k, "person.birth_date");
    k->age_at = mp_case_place(k, "person.age");
}

struct mp_str mp_case_text(const struct mp_case *k, size_t place)
{
    return mp_rec_text(k->lookup.values[place]);
}

static struct mp_time time_at(const struct mp_case *k, size_t place)
{
    struct mp_time t = {0};
    struct mp_str s = mp_case_text(k, place);
    if (s.p)
        mp_time_read(s, &t);
    return t;
}

static void give(struct mp_case *k, enum mp_given what)
{
    k->lookup.values[k->at[what]] = &k->values[what];
    k->known |= UINT64_C(1) << k->at[what];
}

void mp_case_give_number(struct mp_case *k, enum mp_given what, int64_t n)
{
    int len = snprintf(k->numbers[what], sizeof k->numbers[what], "%lld", (long long)n);
    unsafe_yyjson_set_raw(&k->values[what], k->numbers[what], (size_t)len);
    give(k, what);
}

void mp_case_give_text(struct mp_case *k, enum mp_given what, struct mp_str text)
{
    unsafe_yyjson_set_strn(&k->values[what], text.p, text.n);
    give(k, what);
}

struct mp_span mp_span_of(struct mp_time a, struct mp_time b)
{
    if (!a.known || !b.known)
        return (struct mp_span){0};
    struct mp_time late_a = a, late_b = b;
    late_a.minute = a.minute < 0 ? MP_MINUTES_A_DAY - 1 : a.minute;
    late_b.minute = b.minute < 0 ? MP_MINUTES_A_DAY - 1 : b.minute;
    struct mp_span span = {mp_time_elapsed(late_a, b), mp_time_elapsed(a, late_b), true};
    if (span.most < 0)
        return (struct mp_span){0};
    span.least = span.least < 0 ? 0 : span.least;
    return span;
}

/* Hours from a to b, if both are known and in this order. */
static void give_hours(struct mp_case *k, enum mp_given what, struct mp_time a, struct mp_time b)
{
    k->spans[what] = mp_span_of(a, b);
    if (a.known && b.known && mp_time_cmp(a, b) <= 0)
        mp_case_give_number(k, what, mp_time_elapsed(a, b) / 60);
}

/* To the moment of the run, which is exact: a day's end is the first minute of the next. */
static void give_hours_to_now(struct mp_case *k, enum mp_given what, struct mp_time a)
{
    give_hours(k, what, a, k->now);
    if (k->spans[what].known && k->now.minute < 0)
        k->spans[what].most -= MP_MINUTES_A_DAY - 1;
}

/* A return behind the moment has not happened yet, and neither has a later departure, or a report
 * that does not say when that was. */
static enum mp_truth open_at(const struct mp_case *k)
{
    struct mp_time begin = k->missing.known ? k->missing : k->reported;
    if (k->now.known && begin.known && mp_time_cmp(begin, k->now) >= 0)
        return MP_UNDECIDED;
    struct mp_time back = k->returned.known ? k->returned : k->ended;
    if (!back.known || (!k->returned.known && k->is_return))
        return k->is_return ? MP_FALSE : MP_TRUE;
    return k->now.known && mp_time_cmp(back, k->now) >= 0 ? MP_TRUE : MP_FALSE;
}

static void give_age(struct mp_case *k)
{
    if (k->born_at == MP_LOOKUP_NONE)
        return;
    struct mp_time born = time_at(k, k->born_at), at = k->missing.known ? k->missing : k->reported;
    int64_t age;
    if (born.known && at.known)
        age = mp_date_age(born.day, at.day);
    else if (!mp_rec_int(k->lookup.values[k->age_at], &age))
        return;
    if (age >= 0)
        mp_case_give_number(k, MP_GIVEN_AGE, age);
}

/* Hours that are not exact are ranges where nothing is judged any more. */
static void give_ranges(struct mp_case *k)
{
    for (unsigned i = 0; i < MP_GIVEN_RISK_LEVEL; i++) {
        const struct mp_span *s = &k->spans[i];
        if (s->known && !k->lookup.values[k->at[i]])
            mp_case_give_number(k, (enum mp_given)i, (s->least + s->most) / 120);
        if (!s->known || s->least == s->most)
            continue;
        k->ranges[k->at[i]] = (struct mp_range){s->least / 60, s->most / 60};
        k->lookup.ranged |= UINT64_C(1) << k->at[i];
    }
}

static void give_times(struct mp_case *k)
{
    give_age(k);
    k->is_open = open_at(k);
    if (k->is_open == MP_UNDECIDED)
        return;
    mp_case_give_text(k, MP_GIVEN_OPEN, k->is_open == MP_TRUE ? MP_STR("true") : MP_STR("false"));
    give_hours(k, MP_GIVEN_REPORT_HOURS, k->missing, k->reported);
    give_hours(k, MP_GIVEN_ACTION_HOURS, k->reported, time_at(k, k->action_at));
    if (k->is_open == MP_TRUE) {
        give_hours_to_now(k, MP_GIVEN_MISSING_HOURS, k->missing);
        give_hours_to_now(k, MP_GIVEN_OPEN_HOURS, k->missing);
    } else {
        give_hours(k, MP_GIVEN_MISSING_HOURS, k->missing, k->returned);
        give_hours(k, MP_GIVEN_INTERVIEW_HOURS, k->returned, time_at(k, k->interview_at));
        give_hours_to_now(k, MP_GIVEN_RETURNED_HOURS, k->returned);
    }
}

static void forget(struct mp_case *k)
{
    memset(k->spans, 0, sizeof k->spans);
    k->lookup.ranged = 0;
    for (unsigned i = 0; i < k->n_given; i++) {
        k->lookup.values[k->at[i]] = NULL;
        k->known &= ~(UINT64_C(1) << k->at[i]);
    }
}

void mp_case_returned(struct mp_case *k)
{
    forget(k);
    k->is_return = true;
    give_times(k);
    if (k->n_given < MP_GIVEN_ALL)
        give_ranges(k);
}

void mp_case_read(struct mp_case *k, yyjson_val *root)
{
    k->root = root;
    k->failed = false;
    k->known = mp_lookup_read(&k->lookup, root);
    forget(k); /* an earlier run may have left such keys */
    k->reported = time_at(k, k->reported_at);
    k->missing = time_at(k, k->missing_at);
    k->returned = time_at(k, k->returned_at);
    k->ended = time_at(k, k->ended_at);
    if (k->missing.known && k->returned.known && k->returned.day < k->missing.day)
        k->returned = (struct mp_time){0}; /* an earlier one */
    k->is_return = mp_str_is(mp_case_text(k, k->kind_at), "returned");
    if (k->as_of_at != MP_LOOKUP_NONE && !k->given_now.known)
        k->now = end_of(time_at(k, k->as_of_at));
    give_times(k);
    if (k->n_given < MP_GIVEN_ALL)
        give_ranges(k);
}

struct mp_str mp_case_path(const struct mp_case *k, size_t place)
{
    const struct mp_path *path = &k->lookup.paths[place];
    struct mp_str first = path->keys[0], last = path->keys[path->n - 1];
    return (struct mp_str){first.p, (size_t)(last.p + last.n - first.p)}; /* keys of one text */
}

void mp_case_add_paths(struct mp_buf *b, const struct mp_case *k, uint64_t places)
{
    mp_buf_addc(b, '[');
    for (uint64_t left = places; left; left &= left - 1) {
        if (left != places)
            mp_buf_addc(b, ',');
        mp_json_add_str(b, mp_case_path(k, (size_t)__builtin_ctzll(left)));
    }
    mp_buf_addc(b, ']');
}
