/* Runs of persons who left one place within days of each other: by hand and by brute force. */
#include "count/runs.h"
#include "test.h"
#include <string.h>

static void add(struct mp_departures *s, uint32_t place, int32_t day, uint32_t person)
{
    struct mp_error e;
    CHECK_INT(mp_departures_add(s, (struct mp_departure){place, day, person}, &e), 0);
}

/* Days of one place, a letter each: who leaves, '.' nobody, one day per space. */
static void leave(struct mp_departures *s, uint32_t place, const char *days)
{
    for (int32_t day = 0; *days; days++) {
        if (*days == ' ')
            day++;
        else if (*days != '.')
            add(s, place, day, (uint32_t)*days);
    }
}

/* "place:first-last persons/departures, ...", or "none" */
static struct mp_buf runs_of(struct mp_departures *s, uint32_t persons, uint32_t days)
{
    struct mp_buf b = {0};
    struct mp_runs runs;
    struct mp_error e;
    CHECK_INT(mp_runs_find(s, persons, days, &runs, &e), 0);
    for (size_t i = 0; i < runs.n; i++) {
        const struct mp_run *r = &runs.list[i];
        mp_buf_addf(&b, "%s%u:%d-%d %u/%u", i ? ", " : "", r->place, r->first, r->last, r->persons,
                    (unsigned)r->departures);
    }
    if (runs.n == 0)
        mp_buf_addf(&b, "none");
    mp_runs_free(&runs);
    return b;
}

static void check_runs(const char *days, uint32_t persons, uint32_t within, const char *want)
{
    struct mp_departures s = {0};
    leave(&s, 7, days);
    struct mp_buf got = runs_of(&s, persons, within);
    CHECK_STR(mp_buf_str(&got), want);
    mp_buf_free(&got);
    mp_departures_free(&s);
}

TEST(runs_by_hand)
{
    check_runs("a b c", 3, 2, "7:0-2 3/3");
    check_runs("a b . c", 3, 2, "none"); /* the days between first and last are more than 2 */
    check_runs("a b . c", 3, 3, "7:0-3 3/3");
    check_runs("ab", 2, 0, "7:0-0 2/2"); /* 0: on one day */
    check_runs("a b", 2, 0, "none");
    check_runs("a a a", 2, 2, "none"); /* persons count, not departures */
    check_runs("a a b", 2, 1, "7:1-2 2/2");
    check_runs("a a b", 2, 2, "7:0-2 2/3");
    check_runs("a", 1, 0, "7:0-0 1/1");
    check_runs("", 1, 5, "none");
    check_runs("aa", 2, 0, "none"); /* told twice */
    check_runs("aab", 2, 0, "7:0-0 2/2");
}

TEST(runs_that_share_a_departure_are_one)
{
    check_runs("a b c d", 2, 1, "7:0-3 4/4"); /* ab, bc, cd */
    check_runs("ab . cd", 2, 1, "7:0-0 2/2, 7:2-2 2/2");
    check_runs("ab cd", 2, 0, "7:0-0 2/2, 7:1-1 2/2"); /* days side by side share none */
    check_runs("ab c . d e", 2, 1, "7:0-1 3/3, 7:3-4 2/2");
    check_runs("a b a b a", 2, 1, "7:0-4 2/5"); /* two persons, five departures */
    check_runs("a . b c . d", 3, 3, "7:0-5 4/4");
    check_runs("a b . . . . a b", 2, 2, "7:0-1 2/2, 7:6-7 2/2");
}

TEST(runs_of_places_stand_apart)
{
    struct mp_departures s = {0};
    leave(&s, 9, "a . c");
    leave(&s, 2, ". b");
    leave(&s, 3, "a b");
    leave(&s, 1, ". . x y");
    add(&s, UINT32_MAX, INT32_MIN, 0);
    add(&s, UINT32_MAX, INT32_MAX, UINT32_MAX);
    struct mp_buf got = runs_of(&s, 2, 1);
    CHECK_STR(mp_buf_str(&got), "1:2-3 2/2, 3:0-1 2/2");
    mp_buf_free(&got);
    got = runs_of(&s, 2, UINT32_MAX); /* the whole of time */
    CHECK_STR(mp_buf_str(&got),
              "1:2-3 2/2, 3:0-1 2/2, 9:0-2 2/2, 4294967295:-2147483648-2147483647 2/2");
    mp_buf_free(&got);
    mp_departures_free(&s);
}

enum { MOST = 60 };

/* By the definition: windows, then joining until nothing changes, then counting. */
static struct mp_buf brute(const struct mp_departure *d, size_t n, uint32_t persons, uint32_t days)
{
    struct mp_buf b = {0};
    size_t mark[MOST] = {0}; /* 0: in no hit; else the number of its run */
    for (size_t i = 0; i < n; i++) {
        bool in[MOST] = {false};
        uint32_t different = 0;
        for (size_t j = 0; j < n; j++)
            in[j] = d[j].place == d[i].place && d[j].day >= d[i].day &&
                    d[j].day <= d[i].day + (int32_t)days;
        for (size_t j = 0; j < n; j++) {
            bool seen = !in[j];
            for (size_t k = 0; k < j; k++)
                seen |= in[k] && d[k].person == d[j].person;
            different += !seen;
        }
        if (different < persons)
            continue;
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0, old = mark[j]; in[j] && old && k < n; k++)
                if (mark[k] == old)
                    mark[k] = i + 1;
        for (size_t j = 0; j < n; j++)
            if (in[j])
                mark[j] = i + 1;
    }
    /* places and days are below 4 and 40: runs by place and first day, first to last */
    for (uint32_t place = 0; place < 4; place++)
        for (int32_t day = 0; day < 40; day++)
            for (size_t i = 0; i < n; i++) {
                int32_t first = 99, last = -1;
                unsigned departures = 0, different = 0;
                if (!mark[i] || d[i].place != place || d[i].day != day)
                    continue;
                size_t run = mark[i];
                for (size_t j = 0; j < n; j++) {
                    bool twice = false, known = false;
                    if (mark[j] != run)
                        continue;
                    first = d[j].day < first ? d[j].day : first;
                    last = d[j].day > last ? d[j].day : last;
                    for (size_t k = 0; k < j; k++) {
                        known |= mark[k] == run && d[k].person == d[j].person;
                        twice |= mark[k] == run && memcmp(&d[k], &d[j], sizeof *d) == 0;
                    }
                    departures += !twice;
                    different += !known;
                }
                mp_buf_addf(&b, "%s%u:%d-%d %u/%u", b.len ? ", " : "", place, first, last,
                            different, departures);
                for (size_t j = 0; j < n; j++)
                    mark[j] = mark[j] == run ? 0 : mark[j];
            }
    if (b.len == 0)
        mp_buf_addf(&b, "none");
    return b;
}

TEST(runs_are_those_of_brute_force)
{
    uint64_t random = 11;
    size_t some = 0, several = 0;
    for (int turn = 0; turn < 3000; turn++) {
        struct mp_departure d[MOST];
        struct mp_departures s = {0}, other = {0};
        size_t n = test_random(&random, MOST + 1);
        unsigned people = 1 + test_random(&random, 8), span = 1 + test_random(&random, 40);
        uint32_t persons = 1 + test_random(&random, 5), days = test_random(&random, 8);
        for (size_t i = 0; i < n; i++) {
            d[i] =
                (struct mp_departure){test_random(&random, 4), (int32_t)test_random(&random, span),
                                      test_random(&random, people)};
            add(test_random(&random, 2) ? &s : &other, d[i].place, d[i].day, d[i].person);
        }
        /* merging two states */
        for (size_t i = 0; i < other.n; i++)
            add(&s, other.list[i].place, other.list[i].day, other.list[i].person);
        struct mp_buf got = runs_of(&s, persons, days), want = brute(d, n, persons, days);
        CHECK_SAME(mp_buf_str(&got), mp_buf_str(&want));
        some += want.len > 4;
        several += memchr(want.data, ',', want.len) != NULL;
        mp_buf_free(&got);
        mp_buf_free(&want);
        mp_departures_free(&s);
        mp_departures_free(&other);
    }
    CHECK(some > 1000 && several > 500);
}

/* Lists of all shapes: few and many values, rising, falling, alike, and a saw. */
TEST(departures_of_all_orders_are_sorted)
{
    uint64_t random = 3;
    for (int shape = 0; shape < 60; shape++) {
        struct mp_departures s = {0};
        uint64_t sum = 0, after = 0;
        uint32_t n = 1 + test_random(&random, 3000);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t value[] = {test_random(&random, 1u << (shape % 31)),
                                i,
                                n - i,
                                i % 50,
                                i ^ 1023,
                                i < n / 2 ? i : n - i};
            struct mp_departure d = {value[shape % 6], (int32_t)i, i};
            if (shape % 2)
                d = (struct mp_departure){1, (int32_t)value[shape % 6], i};
            sum += (uint64_t)d.place * 31 + (uint32_t)d.day * 7u + d.person;
            add(&s, d.place, d.day, d.person);
        }
        mp_departures_settle(&s);
        CHECK_INT(s.n, n);
        bool sorted = true;
        for (size_t i = 0; i < s.n; i++) {
            const struct mp_departure *d = &s.list[i], *p = d - (i > 0);
            after += (uint64_t)d->place * 31 + (uint32_t)d->day * 7u + d->person;
            sorted &= p->place < d->place || p->day < d->day || p->person < d->person || i == 0;
            sorted &= p->place < d->place ||
                      (p->place == d->place && (p->day < d->day || p->person <= d->person));
        }
        CHECK(sorted && sum == after);
        mp_departures_free(&s);
    }
}

TEST(departures_settle_to_one_list)
{
    struct mp_departures a = {0}, b = {0};
    for (uint32_t i = 0; i < 2000; i++) {
        uint32_t up = i * 7919 % 2000, down = 1999 - up;
        add(&a, up % 5, (int32_t)(up % 83) - 40, up / 10);
        add(&b, down % 5, (int32_t)(down % 83) - 40, down / 10);
        if (i % 3 == 0)
            add(&b, down % 5, (int32_t)(down % 83) - 40, down / 10);
    }
    mp_departures_settle(&a);
    mp_departures_settle(&b);
    CHECK_INT(a.n, 2000);
    CHECK_INT(b.n, 2000);
    CHECK(memcmp(a.list, b.list, a.n * sizeof *a.list) == 0);
    bool sorted = true;
    for (size_t i = 1; i < a.n; i++)
        sorted &= a.list[i - 1].place < a.list[i].place ||
                  (a.list[i - 1].place == a.list[i].place && a.list[i - 1].day <= a.list[i].day);
    CHECK(sorted);
    mp_departures_free(&a);
    mp_departures_free(&b);
    CHECK(a.n == 0 && !a.list);
}
