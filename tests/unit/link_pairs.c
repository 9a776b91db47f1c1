/* lib/link: which pairs are compared, by as many threads as there are, against all pairs */
#include "base/crew.h"
#include "link/candidate.h"
#include "link/keys.h"
#include "test.h"
#include <stdlib.h>

static const char rules[] =
    "key: id\nfields: {a: {from: a, as: text}, b: {from: b, as: text}, c: {from: c, as: text}}\n"
    "compare: {a: [{is: same}]}\n"
    "block: [[a, b], {same: [c], most: 6}, [b]]\n";

struct search {
    struct mp_store store;
    struct mp_arena arena;
    struct mp_link_model model;
    struct mp_link_reports reports;
};

enum { N = 300, THREADS = 3 };

static void begin(struct search *s, uint64_t seed)
{
    struct mp_error e = {0};
    struct mp_rec_reader reader = {0};
    *s = (struct search){0};
    const char *path = test_file("model.yaml", rules, strlen(rules));
    CHECK_INT(mp_link_model_read(&s->arena, path, &s->model, &e), 0);
    mp_link_reports_make(&s->reports, &s->model, &s->store);
    s->reports.jobs = THREADS;
    for (int i = 0; i < N; i++) {
        char line[120];
        int a = (int)test_random(&seed, 5), b = (int)test_random(&seed, 20);
        int c = (int)test_random(&seed, 60);
        snprintf(line, sizeof line, "{\"id\":%d%s%d\"%s%d\"%s%d\"}", i,
                 a ? ",\"a\":\"" : ",\"x\":\"", a, b ? ",\"b\":\"" : ",\"y\":\"", b,
                 c ? ",\"c\":\"" : ",\"z\":\"", c);
        struct mp_rec rec = {.line = mp_str_of(line), .file = MP_STR("in"), .number = 1};
        CHECK_INT(mp_rec_parse(&reader, &rec, &e), 0);
        CHECK_INT(mp_link_add(&s->reports, &rec, &e), 0);
    }
    CHECK_INT(mp_link_sort(&s->reports, &e), 0);
    mp_rec_reader_free(&reader);
}

static void end(struct search *s)
{
    mp_link_reports_free(&s->reports);
    mp_arena_free(&s->arena);
    mp_store_free(&s->store);
}

struct found {
    unsigned char times[N][N];
};

static bool note(void *worker, uint32_t a, uint32_t b)
{
    struct found *f = worker;
    CHECK(a < b);
    f->times[a][b]++;
    return true;
}

static bool equal(const struct mp_link_reports *r, size_t field, uint32_t i, uint32_t k)
{
    uint32_t x = mp_link_row(r, i)[field];
    return x && x == mp_link_row(r, k)[field];
}

static size_t how_many(const struct mp_link_reports *r, size_t field, uint32_t i)
{
    size_t n = 0;
    for (uint32_t k = 0; k < N; k++)
        n += equal(r, field, i, k);
    return n;
}

TEST(every_pair_of_a_block_is_compared_once)
{
    static struct found found[THREADS];
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct search s;
        struct mp_error e;
        struct mp_link_crowd crowds[MP_LINK_RULES] = {0};
        begin(&s, seed);
        memset(found, 0, sizeof found);
        CHECK_INT(mp_link_candidates(&s.reports, note, found, THREADS, sizeof *found, crowds, &e),
                  0);
        for (uint32_t i = 0; i < N; i++)
            for (uint32_t k = i + 1; k < N; k++) {
                bool rare = equal(&s.reports, 2, i, k) && how_many(&s.reports, 2, i) <= 6;
                int times = 0;
                for (size_t t = 0; t < THREADS; t++)
                    times += found[t].times[i][k];
                CHECK_INT(times, equal(&s.reports, 1, i, k) || rare);
            }
        CHECK_INT(crowds[0].values, 0);
        end(&s);
    }
}

TEST(runs_hold_who_shares_a_key)
{
    struct search s;
    struct mp_link_runs runs;
    static uint32_t keys[N];
    begin(&s, 7);
    CHECK(mp_link_keys(&s.reports, &s.model.blocks[2], keys, 1));
    CHECK(mp_link_runs_make(&runs, &s.reports, keys, 1));
    size_t in_runs = 0;
    for (uint32_t i = 0; i < N; i++) {
        CHECK(keys[i] <= i + 1 && (keys[i] == 0) == (mp_link_row(&s.reports, i)[1] == 0));
        in_runs += how_many(&s.reports, 1, i) > 1;
    }
    CHECK_INT(runs.begins[runs.n], in_runs);
    for (size_t k = 0; k < runs.n; k++)
        for (uint32_t i = runs.begins[k] + 1; i < runs.begins[k + 1]; i++) {
            CHECK(runs.reports[i - 1] < runs.reports[i]);
            CHECK_INT(keys[runs.reports[i]], keys[runs.reports[runs.begins[k]]]);
        }
    mp_link_runs_free(&runs);
    end(&s);
}

/* A row goes where its report goes. */
TEST(rows_follow_their_reports)
{
    struct search s;
    begin(&s, 3);
    for (uint32_t i = 0; i < N; i++) {
        char want[16], line[16];
        struct mp_str text = mp_link_line(s.reports.all[i]);
        uint32_t b = mp_link_row(&s.reports, i)[1];
        const char *at = memmem(text.p, text.n, "\"b\":\"", 5);
        CHECK((at != NULL) == (b != 0));
        if (!at || !b)
            continue;
        snprintf(want, sizeof want, "%d", atoi(at + 5));
        struct mp_str have = mp_link_text_of(&s.reports.rows.values, b);
        snprintf(line, sizeof line, "%.*s", (int)have.n, have.p);
        CHECK_STR(mp_str_of(line), want);
    }
    end(&s);
}

static void add_one(void *worker)
{
    ++*(int *)worker;
}

TEST(a_crew_does_all_of_the_work)
{
    int times[40] = {0};
    mp_crew(add_one, times, 40, sizeof *times);
    for (size_t i = 0; i < 40; i++)
        CHECK_INT(times[i], 1);
    mp_crew(add_one, times, 0, sizeof *times);
    CHECK_INT(times[0], 1);
}
