/* lib/link: clusters, episodes and merging, by the model of schemas/linkage/default.yaml */
#include "link/cluster.h"
#include "link/lines.h"
#include "link/write.h"
#include "test.h"

struct run {
    struct mp_arena rules;
    struct mp_link_model model;
    struct mp_store store;
    struct mp_link_reports reports;
    struct mp_link_episodes episodes;
    struct mp_link_weighed weighed;
    size_t apart;
};

static void count_apart(void *ctx, const struct mp_link_report *a, const struct mp_link_report *b,
                        const struct mp_link_rule *join, const struct mp_link_rule *apart)
{
    (void)a, (void)b, (void)join, (void)apart;
    ++*(size_t *)ctx;
}

/* Links the lines; they may be gone afterwards. */
static void link_lines(struct run *r, const char *const *lines, size_t n)
{
    struct mp_error e = {0};
    struct mp_rec_reader reader = {0};
    const char *dir = getenv("MP_SCHEMAS");
    struct mp_buf path = {0};
    mp_buf_addf(&path, "%s/linkage/default.yaml", dir ? dir : "schemas");
    *r = (struct run){0};
    CHECK_INT(mp_link_model_read(&r->rules, mp_buf_cstr(&path), &r->model, &e), 0);
    mp_link_reports_make(&r->reports, &r->model, &r->store);
    for (size_t i = 0; i < n; i++) {
        struct mp_rec rec = {.line = mp_str_of(lines[i]), .file = MP_STR("in"), .number = i + 1};
        CHECK_INT(mp_rec_parse(&reader, &rec, &e), 0);
        CHECK_INT(mp_link_add(&r->reports, &rec, &e), 0);
    }
    CHECK_INT(mp_link_sort(&r->reports, &e), 0);
    CHECK_INT(mp_link_cluster(&r->reports, count_apart, &r->apart, &r->weighed, &e), 0);
    CHECK_INT(mp_link_episodes(&r->reports, &r->episodes, &e), 0);
    mp_rec_reader_free(&reader);
    mp_buf_free(&path);
}

static void end(struct run *r)
{
    mp_link_episodes_free(&r->episodes);
    mp_link_weighed_free(&r->weighed);
    mp_link_reports_free(&r->reports);
    mp_store_free(&r->store);
    mp_arena_free(&r->rules);
}

#define REPORT(id, given, birth, more)                                                             \
    "{\"schema\":\"mp/1\",\"id\":\"" id "\",\"person\":{\"given_name\":\"" given                   \
    "\",\"family_name\":\"Veen\",\"birth_date\":\"" birth "\"}" more "}"

#define LINK(r, ...)                                                                               \
    link_lines((r), (const char *const[]){__VA_ARGS__},                                            \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

TEST(nothing_gives_nothing)
{
    struct run r;
    size_t n;
    link_lines(&r, NULL, 0);
    CHECK_INT(r.episodes.n, 0);
    struct mp_link_line *lines = mp_link_lines(&r.reports, &r.episodes, &n);
    CHECK_INT(n, 0);
    free(lines);
    end(&r);
}

TEST(who_is_joined_first_is_the_root)
{
    struct run r;
    LINK(&r, REPORT("V3", "Romy", "2002-05-12", ",\"reported_at\":\"2018-03-03T10:00\""),
         REPORT("V1", "Romy", "2002-05-12", ",\"reported_at\":\"2018-01-03T10:00\""),
         REPORT("V2", "Noa", "2002-05-12", ",\"reported_at\":\"2018-02-03T10:00\""));
    CHECK_STR(mp_link_label(r.reports.all[0]), "V1");
    CHECK_INT(r.reports.all[0]->person, 0);
    CHECK_INT(r.reports.all[1]->person, 1);
    CHECK_INT(r.reports.all[2]->person, 0);
    CHECK_INT(r.episodes.n, 3);
    CHECK_INT(r.episodes.all[2]->number, 2);
    CHECK(r.episodes.all[2]->before == r.episodes.all[0]);
    end(&r);
}

TEST(a_veto_holds_for_whole_clusters)
{
    struct run r;
    LINK(&r, REPORT("V1", "Amber", "2002-10-09", ",\"reported_at\":\"2018-01-01T10:00\""),
         REPORT("V1", "A.", "2002-10-09", ",\"reported_at\":\"2018-01-02T10:00\""),
         REPORT("V1", "Anna", "2002-10-09", ",\"reported_at\":\"2018-01-03T10:00\""));
    CHECK(r.apart > 0);
    CHECK(r.reports.all[0]->person != r.reports.all[2]->person);
    CHECK_INT(r.reports.all[1]->person, 1); /* of whom the initial is cannot be told */
    end(&r);
}

TEST(ids_are_distinct_even_where_keys_are_not)
{
    struct run r;
    LINK(&r, "{\"schema\":\"mp/1\",\"a\":1}", "{\"schema\":\"mp/1\",\"a\":2}");
    CHECK_INT(r.episodes.n, 2);
    CHECK(strcmp(r.episodes.all[0]->person_id, r.episodes.all[1]->person_id) != 0);
    CHECK(strcmp(r.episodes.all[0]->episode_id, r.episodes.all[1]->episode_id) != 0);
    end(&r);
}

/* Records that say nothing about themselves, of which an export can be full. */
TEST(many_equal_keys_give_as_many_ids)
{
    enum { N = 20000 };
    static const char *lines[N];
    static char room[N][40];
    struct mp_map ids = {0};
    struct run r;
    for (int i = 0; i < N; i++) {
        snprintf(room[i], sizeof room[i], "{\"schema\":\"mp/1\",\"a\":%d}", i);
        lines[i] = room[i];
    }
    link_lines(&r, lines, N);
    CHECK_INT(r.episodes.n, N);
    for (size_t i = 0; i < r.episodes.n; i++) {
        CHECK(mp_map_put(&ids, mp_str_of(r.episodes.all[i]->person_id)) != MP_MAP_NONE);
        CHECK(mp_map_put(&ids, mp_str_of(r.episodes.all[i]->episode_id)) != MP_MAP_NONE);
    }
    CHECK_INT(ids.n, 2 * N);
    mp_map_free(&ids);
    end(&r);
}

/* One youth, one absence, and all else that grows with the number of reports: numbers, documents.
 */
TEST(one_absence_can_have_many_reports)
{
    enum { N = 20000 };
    static const char *lines[N];
    static char room[N][240];
    struct run r;
    for (int i = 0; i < N; i++) {
        snprintf(room[i], sizeof room[i],
                 "{\"schema\":\"mp/1\",\"id\":\"V%d\",\"document\":\"%d\",\"person\":{"
                 "\"given_name\":\"Romy\",\"family_name\":\"Veen\",\"birth_date\":\"2002-05-12\"}"
                 ",\"missing_since\":\"2018-05-01T10:00\"}",
                 i % 2 ? i : 0, i);
        lines[i] = room[i];
    }
    link_lines(&r, lines, N);
    CHECK_INT(r.episodes.n, 1);
    CHECK_INT(r.episodes.all[0]->n, N);
    end(&r);
}

static size_t episodes_of(const char *first, const char *second)
{
    struct run r;
    LINK(&r, first, second);
    size_t n = r.episodes.n;
    end(&r);
    return n;
}

#define ABSENT(id, more) REPORT(id, "Romy", "2002-05-12", more)

TEST(tolerances_hold_to_the_minute)
{
    const char *a = ABSENT("V1", ",\"missing_since\":\"2018-05-01T10:00\"");
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"missing_since\":\"2018-05-01T16:00\"")), 1);
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"missing_since\":\"2018-05-01T16:01\"")), 2);
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"reported_at\":\"2018-05-01T07:00\"")), 1);
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"reported_at\":\"2018-05-01T06:59\"")), 2);
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"reported_at\":\"2018-05-04T10:00\"")), 1);
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"reported_at\":\"2018-05-04T10:01\"")), 2);
    a = ABSENT("V1", ",\"missing_since\":\"2018-05-01T10:00\","
                     "\"returned_at\":\"2018-05-01T20:00\"");
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"reported_at\":\"2018-05-01T23:00\"")), 1);
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"reported_at\":\"2018-05-01T23:01\"")), 2);
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"missing_since\":\"2018-05-01T19:59\"")), 1);
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"missing_since\":\"2018-05-01T20:00\"")), 2);
    a = ABSENT("V1", ",\"reported_at\":\"2018-05-01T10:00\"");
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"reported_at\":\"2018-05-02T00:00\"")), 1);
    CHECK_INT(episodes_of(a, ABSENT("V2", ",\"reported_at\":\"2018-05-02T00:01\"")), 2);
    CHECK_INT(episodes_of(a, ABSENT("V1", ",\"reported_at\":\"2018-07-02T00:00\"")), 1);
}

TEST(one_number_can_hold_two_absences)
{
    CHECK_INT(episodes_of(ABSENT("V1", ",\"missing_since\":\"2018-05-01T10:00\","
                                       "\"returned_at\":\"2018-05-01T20:00\""),
                          ABSENT("V1", ",\"missing_since\":\"2018-05-03T10:00\"")),
              2);
    CHECK_INT(episodes_of(ABSENT("V1", ",\"missing_since\":\"2018-05-01T10:00\""),
                          ABSENT("V1", ",\"missing_since\":\"2018-05-03T10:00\"")),
              1);
}

TEST(an_old_number_is_found_behind_many_absences)
{
    struct run r;
    LINK(&r, ABSENT("V1", ",\"missing_since\":\"2018-01-01T10:00\""),
         ABSENT("V2", ",\"missing_since\":\"2018-02-01T10:00\""),
         ABSENT("V3", ",\"missing_since\":\"2018-03-01T10:00\""),
         ABSENT("V1", ",\"missing_since\":\"2018-04-01T10:00\""),
         ABSENT("V4", ",\"missing_since\":\"2018-04-20T10:00\""));
    CHECK_INT(r.episodes.n, 4);
    CHECK_INT(r.episodes.all[0]->n, 2);
    CHECK_STR(mp_str_of(r.episodes.all[0]->reports[1]->reason), "same-number");
    end(&r);
}

/* A copy of the first report is its duplicate, also where another document came between. */
TEST(roles_by_number_and_document)
{
    struct run r;
    const char *first = ABSENT("V1", ",\"document\":\"2\",\"reported_at\":\"2018-05-01T11:00\"");
    LINK(&r, first, first,
         ABSENT("V1", ",\"document\":\"1\",\"kind\":\"transfer\","
                      "\"reported_at\":\"2018-05-01T10:30\""),
         ABSENT("V2", ",\"document\":\"1\",\"reported_at\":\"2018-05-01T11:30\""),
         ABSENT("V2", ",\"document\":\"1\",\"reported_at\":\"2018-05-01T11:40\""),
         ABSENT("V2", ",\"document\":\"2\",\"reported_at\":\"2018-05-01T11:50\""),
         ABSENT("V2", ",\"document\":\"1\",\"reported_at\":\"2018-05-01T12:00\""));
    CHECK_INT(r.episodes.n, 1);
    const enum mp_link_role roles[] = {MP_LINK_FIRST,     MP_LINK_AS_TRANSFER, MP_LINK_DUPLICATE,
                                       MP_LINK_DUPLICATE, MP_LINK_DUPLICATE,   MP_LINK_AS_UPDATE,
                                       MP_LINK_AS_UPDATE};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        CHECK_INT(r.episodes.all[0]->reports[i]->role, roles[i]);
    end(&r);
}

/* Every report stands in exactly one episode, and any order gives the same bytes. */
TEST(any_order_gives_the_same_bytes)
{
    enum { N = 24 };
    struct mp_buf text[N] = {0}, first = {0};
    const char *lines[N];
    uint64_t random = 7;
    for (unsigned i = 0; i < N; i++) {
        mp_buf_addf(
            &text[i],
            "{\"schema\":\"mp/1\",\"id\":\"V%u\",\"kind\":\"%s\",\"person\":{\"given_name\":"
            "\"%s\",\"family_name\":\"Veen\",\"birth_date\":%s},\"%s\":\"2018-05-%02uT1%u:00\"}",
            i % 9, i % 5 ? "missing" : "returned",
            i % 3   ? "Romy"
            : i % 2 ? "R."
                    : "Noa",
            i % 4 ? "\"2002-05-12\"" : "null", i % 7 < 3 ? "reported_at" : "missing_since",
            1 + i % 11, i % 10);
        lines[i] = mp_buf_cstr(&text[i]);
    }
    for (int round = 0; round < 20; round++) {
        struct run r;
        struct mp_link_merger merger = {0};
        struct mp_buf out = {0};
        struct mp_error e;
        link_lines(&r, lines, N);
        size_t placed = 0;
        for (size_t i = 0; i < r.episodes.n; i++) {
            placed += r.episodes.all[i]->n;
            CHECK_INT(mp_link_add_episode(&merger, &r.model, r.episodes.all[i], &out, &e), 0);
        }
        CHECK_INT(placed, N);
        if (round == 0)
            mp_buf_addstr(&first, mp_buf_str(&out));
        CHECK_SAME(mp_buf_str(&out), mp_buf_str(&first));
        mp_buf_free(&out);
        mp_link_merger_free(&merger);
        end(&r);
        for (unsigned i = N - 1; i > 0; i--) {
            unsigned k = test_random(&random, i + 1);
            const char *swap = lines[i];
            lines[i] = lines[k];
            lines[k] = swap;
        }
    }
    for (size_t i = 0; i < N; i++)
        mp_buf_free(&text[i]);
    mp_buf_free(&first);
}
