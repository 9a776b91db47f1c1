/* lib/link: which ids of an earlier run are kept, and what is told of the others */
#include "link/history.h"
#include "link/ids.h"
#include "test.h"

static struct mp_store store;

#define X "00000000000000aa"
#define Y "00000000000000bb"
#define MINE(...)                                                                                  \
    .reports = (struct mp_link_report *[])                                                         \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

/* A report with the id of an earlier run, NULL: a new one. Each is later than the one before. */
static struct mp_link_report report(int day, const char *was)
{
    static struct mp_link_past pasts[64];
    static size_t n;
    struct mp_link_report one = {.text = "\0\0",
                                 .rank = (uint32_t)day,
                                 .reported = {.day = day, .minute = 0, .known = true},
                                 .fresh = !was};
    if (was) {
        one.past = &pasts[n++ % 64];
        one.past->was[MP_LINK_PERSON] = mp_str_of(was);
    }
    return one;
}

static const struct mp_link_change *change(const struct mp_buf *changes, size_t i)
{
    return &MP_ITEMS(const struct mp_link_change, *changes)[i];
}

TEST(the_larger_share_keeps_the_id)
{
    struct mp_link_report a = report(1, X), b = report(2, X), c = report(3, X), d = report(4, NULL);
    struct mp_link_set sets[] = {{MINE(&a), .n = 1, .key = MP_STR("a")},
                                 {MINE(&b, &c, &d), .n = 3, .key = MP_STR("b")}};
    struct mp_buf changes = {0};
    CHECK(mp_link_name(&store, sets, 2, MP_LINK_PERSON, &changes));
    CHECK_STR(mp_str_of(sets[1].id), X);
    CHECK_INT(MP_COUNT(struct mp_link_change, changes), 1);
    CHECK_INT(change(&changes, 0)->fate, MP_LINK_SPLIT);
    CHECK_STR(change(&changes, 0)->old, X);
    CHECK_STR(mp_str_of(change(&changes, 0)->id), sets[0].id);
    CHECK(change(&changes, 0)->report == &a);
    mp_buf_free(&changes);
}

TEST(of_equal_shares_the_earliest_keeps_the_id)
{
    struct mp_link_report a = report(1, Y), b = report(2, X), c = report(3, X), d = report(4, Y);
    struct mp_link_set sets[] = {{MINE(&b, &c, &d, &a), .n = 4, .key = MP_STR("b")}};
    struct mp_buf changes = {0};
    CHECK(mp_link_name(&store, sets, 1, MP_LINK_PERSON, &changes));
    CHECK_STR(mp_str_of(sets[0].id), Y);
    CHECK_INT(MP_COUNT(struct mp_link_change, changes), 1);
    CHECK_INT(change(&changes, 0)->fate, MP_LINK_MERGED);
    CHECK_STR(change(&changes, 0)->old, X);
    CHECK(change(&changes, 0)->report == &b);
    mp_buf_free(&changes);
}

/* Two ids change places in part: each stays where most of it is. */
TEST(an_id_has_one_set_and_a_set_one_id)
{
    struct mp_link_report a = report(1, X), b = report(2, X), c = report(3, Y), d = report(4, X),
                          e = report(5, NULL);
    struct mp_link_set sets[] = {{MINE(&a, &b), .n = 2, .key = MP_STR("a")},
                                 {MINE(&e, &d, &c), .n = 3, .key = MP_STR("c")}};
    struct mp_buf changes = {0};
    CHECK(mp_link_name(&store, sets, 2, MP_LINK_PERSON, &changes));
    CHECK_STR(mp_str_of(sets[0].id), X);
    CHECK_STR(mp_str_of(sets[1].id), Y);
    CHECK_INT(MP_COUNT(struct mp_link_change, changes), 1);
    CHECK_INT(change(&changes, 0)->fate, MP_LINK_SPLIT);
    CHECK(change(&changes, 0)->report == &e); /* the new one did it */
    mp_buf_free(&changes);
}

/* The hash of a report that named the youth before another kept that id. */
TEST(an_id_of_the_history_is_given_to_nobody_else)
{
    struct mp_link_report a = report(1, NULL);
    struct mp_link_set first[] = {{MINE(&a), .n = 1, .key = MP_STR("key")}};
    CHECK(mp_link_name(&store, first, 1, MP_LINK_PERSON, NULL));
    struct mp_link_report b = report(2, first[0].id), c = report(3, NULL);
    struct mp_link_set sets[] = {{MINE(&b), .n = 1, .key = MP_STR("other")},
                                 {MINE(&c), .n = 1, .key = MP_STR("key")}};
    struct mp_buf changes = {0};
    CHECK(mp_link_name(&store, sets, 2, MP_LINK_PERSON, &changes));
    CHECK_STR(mp_str_of(sets[0].id), first[0].id);
    CHECK(strcmp(sets[1].id, first[0].id) != 0);
    CHECK_INT(MP_COUNT(struct mp_link_change, changes), 1);
    CHECK_INT(change(&changes, 0)->fate, MP_LINK_ADDED);
    CHECK(!change(&changes, 0)->old.p);
    mp_buf_free(&changes);
}

TEST(nothing_has_no_name)
{
    struct mp_buf changes = {0};
    CHECK(mp_link_name(&store, NULL, 0, MP_LINK_EPISODE, &changes));
    CHECK_INT(changes.len, 0);
    struct mp_link_reports none = {.history = true};
    struct mp_error e;
    size_t n = 7;
    CHECK_INT(mp_link_settle(&none, &n, &e), 0);
    CHECK_INT(n, 0);
}
