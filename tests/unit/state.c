/* Partial counts: persons as numbers, states written, mixed and joined again. */
#include "count/publish.h"
#include "count/state.h"
#include "test.h"

TEST(periods_are_read_as_they_are_written)
{
    bool well = true;
    for (enum mp_period p = 0; p < MP_N_PERIODS; p++)
        for (int32_t day = mp_date_day(1, 1, 1); day < mp_date_day(2101, 1, 1); day += 5) {
            struct mp_buf b = {0};
            int32_t number = mp_period_of(p, day), got = 0;
            mp_period_add(&b, p, number);
            well &= mp_period_read(mp_buf_str(&b), p, &got) && got == number;
            mp_buf_free(&b);
        }
    CHECK(well);
}

TEST(what_is_no_period_is_not_read)
{
    static const char *const bad[] = {"",        "2018",     "2018-W00", "2018-W53", "2018-W54",
                                      "2018-W1", "2018-w01", "0000-W01", "2018-W0a", "2018-W011"};
    int32_t n;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!mp_period_read(mp_str_of(bad[i]), MP_WEEK, &n));
    CHECK(!mp_period_read(MP_STR("2018-13"), MP_MONTH, &n));
    CHECK(!mp_period_read(MP_STR("2018-00"), MP_MONTH, &n));
    CHECK(!mp_period_read(MP_STR("2018-Q5"), MP_QUARTER, &n));
    CHECK(!mp_period_read(MP_STR("0000"), MP_YEAR, &n));
    CHECK(!mp_period_read(MP_STR("2018-02-30"), MP_DAY, &n));
    CHECK(!mp_period_read(MP_STR("2018-02-03T10:00"), MP_DAY, &n));
}

TEST(numbers_of_persons_hang_on_the_key)
{
    struct mp_error e;
    static const struct mp_person_key plain;
    struct mp_person_key first, second;
    CHECK_INT(mp_person_number(&plain, MP_STR("p1")), mp_hash("p1", 2));
    CHECK_INT(mp_person_key_read(&first, test_file("key", "0123456789abcdef", 16), &e), 0);
    CHECK_INT(mp_person_key_read(&second, test_file("key", "0123456789abcdef\n", 17), &e), 0);
    CHECK(mp_person_number(&first, MP_STR("p1")) != mp_person_number(&plain, MP_STR("p1")));
    CHECK(mp_person_number(&first, MP_STR("p1")) != mp_person_number(&first, MP_STR("p2")));
    CHECK(mp_person_number(&first, MP_STR("p1")) != mp_person_number(&second, MP_STR("p1")));
    CHECK(strcmp(first.check, second.check) != 0);
    CHECK_INT(mp_person_key_read(&first, test_file("key", "0123456789abcde", 15), &e), -1);
    CHECK_INT(e.code, MP_USAGE);
    CHECK_INT(mp_person_key_read(&first, "/nowhere/key", &e), -1);
    CHECK_INT(e.code, MP_OPEN);
}

struct bench {
    struct mp_arena arena;
    struct mp_case k;
    struct mp_rules rules;
    struct mp_dims dims;
    struct mp_crosstabs set;
    struct mp_tally tally;
    struct mp_rec_reader reader;
    struct mp_state_frame frame;
    struct mp_error e;
};

static const char DIMENSIONS[] = "version: 1\n"
                                 "never: [id]\n"
                                 "dimensions:\n"
                                 "  week: {period: week, at: a, longest_gap: 3}\n"
                                 "  sex: {field: sex, values: [f, m]}\n"
                                 "  role: {each_report: true, field: role}\n";

static const struct mp_person_key no_key;

static bool begin(struct bench *t)
{
    static const char *const by[] = {"week,sex", "role"};
    *t = (struct bench){0};
    const char *path = test_file("dimensions.yaml", DIMENSIONS, sizeof DIMENSIONS - 1);
    mp_case_make(&t->k, (struct mp_time){0});
    t->rules = (struct mp_rules){.arena = &t->arena, .k = &t->k, .lang = "en"};
    if (mp_dims_read(&t->rules, path, &t->dims, &t->e) < 0 ||
        mp_crosstabs_quick("-b", by, 2, &t->dims, &t->set, &t->e) < 0 ||
        mp_tally_begin(&t->tally, &t->set, &t->dims, &t->e) < 0)
        return false;
    t->frame = (struct mp_state_frame){.set = MP_STR("-b"), .version = MP_STR(""), .key = &no_key};
    return mp_state_frame_rules(&t->frame, &t->set, NULL, &t->e) == 0;
}

static void end(struct bench *t)
{
    mp_tally_free(&t->tally);
    mp_crosstabs_free(&t->set);
    mp_dims_free(&t->dims);
    mp_rec_reader_free(&t->reader);
    mp_arena_free(&t->arena);
}

static bool add(struct bench *t, const char *json)
{
    struct mp_rec rec = {.line = mp_str_of(json), .number = 1};
    return mp_rec_parse(&t->reader, &rec, &t->e) == 0 &&
           mp_tally_add(&t->tally, rec.root, &t->e) >= 0;
}

static bool write_state(struct bench *t, struct mp_buf *out)
{
    struct mp_state_writer w;
    int more = mp_state_write_begin(&w, &t->tally, &t->frame, &t->e) < 0 ? -1 : 1;
    while (more > 0)
        more = mp_state_write(&w, out, &t->e);
    mp_state_write_end(&w);
    return more == 0;
}

/* Reads the lines from the last to the first, but for the one with this number from the front. */
static int read_backwards(struct bench *t, struct mp_str lines, size_t without)
{
    struct mp_state_reader r;
    size_t n = 0;
    int bad = 0;
    mp_state_read_begin(&r, &t->tally, &t->frame);
    for (size_t i = 0; i < lines.n; i++)
        n += lines.p[i] == '\n';
    while (!bad && lines.n > 0) {
        size_t from = lines.n - 1;
        while (from > 0 && lines.p[from - 1] != '\n')
            from--;
        struct mp_rec rec = {.line = {lines.p + from, lines.n - 1 - from}, .number = n--};
        if (n != without)
            bad = mp_rec_parse(&t->reader, &rec, &t->e) < 0 || mp_state_read(&r, &rec, &t->e) < 0;
        lines.n = from;
    }
    if (!bad)
        bad = mp_state_read_check(&r, &t->e) < 0;
    mp_state_read_end(&r);
    return bad ? -1 : 0;
}

static const char *const records[] = {
    "{\"a\":\"2018-01-02\",\"sex\":\"m\",\"link\":{\"person_id\":\"p\",\"reports\":[{\"role\":"
    "\"x\"},"
    "{\"role\":\"y\"}]}}",
    "{\"a\":\"2018-01-20\",\"sex\":\"d\",\"link\":{\"person_id\":\"q\",\"reports\":[{}]}}",
    "{\"sex\":\"f\",\"link\":{\"person_id\":\"p\",\"reports\":[{\"role\":\"y\"}]}}",
    "{\"a\":\"2018-01-03\",\"link\":{\"person_id\":\"p\",\"reports\":[{\"role\":\"z\"}]}}",
};

enum { N_RECORDS = sizeof records / sizeof *records };

/* The states of single records, and that of all. */
static bool write_parts(struct mp_buf *parts, struct mp_buf *whole)
{
    struct bench t;
    bool well = true;
    for (size_t i = 0; i <= N_RECORDS; i++) {
        well &= begin(&t);
        for (size_t k = 0; k < N_RECORDS; k++)
            if (i == N_RECORDS || i == k)
                well &= add(&t, records[k]);
        well &= write_state(&t, i == N_RECORDS ? whole : parts);
        end(&t);
    }
    return well;
}

TEST(joined_states_are_that_of_all)
{
    struct mp_buf parts = {0}, whole = {0}, joined = {0};
    struct bench t;
    if (!CHECK(write_parts(&parts, &whole)) || !CHECK(begin(&t)))
        return;
    CHECK_INT(read_backwards(&t, mp_buf_str(&parts), SIZE_MAX), 0);
    CHECK(write_state(&t, &joined));
    CHECK_SAME(mp_buf_str(&joined), mp_buf_str(&whole));
    CHECK_INT(t.tally.records, N_RECORDS);
    CHECK_INT(t.tally.persons.n, 2);
    end(&t);
    mp_buf_free(&parts);
    mp_buf_free(&whole);
    mp_buf_free(&joined);
}

TEST(a_line_that_is_missing_is_missed)
{
    struct mp_buf parts = {0}, whole = {0};
    CHECK(write_parts(&parts, &whole));
    size_t n = 0;
    for (size_t i = 0; i < whole.len; i++)
        n += whole.data[i] == '\n';
    for (size_t without = 0; without < n; without++) {
        struct bench t;
        if (CHECK(begin(&t)))
            CHECK_INT(read_backwards(&t, mp_buf_str(&whole), without), -1);
        CHECK_INT(t.e.code, MP_STATE_NOT_WHOLE);
        end(&t);
    }
    mp_buf_free(&parts);
    mp_buf_free(&whole);
}

TEST(states_of_other_rules_are_refused)
{
    struct mp_buf parts = {0}, whole = {0};
    struct bench t;
    CHECK(write_parts(&parts, &whole));
    for (int other = 0; other < 5; other++) {
        if (!CHECK(begin(&t)))
            break;
        struct mp_person_key secret = {.secret = true, .check = "0123456789abcdef"};
        if (other == 0)
            t.frame.rules[5] = 'x';
        else if (other == 1)
            t.frame.version = MP_STR("2");
        else if (other == 2)
            t.frame.as_of = (struct mp_time){100, -1, true};
        else if (other == 3)
            t.frame.unit = "persons";
        else
            t.frame.key = &secret;
        CHECK_INT(read_backwards(&t, mp_buf_str(&whole), SIZE_MAX), -1);
        CHECK_INT(t.e.code, MP_OTHER_STATE);
        end(&t);
    }
    mp_buf_free(&parts);
    mp_buf_free(&whole);
}
