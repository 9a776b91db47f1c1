/* lib/rules and lib/io/lookup: the protocols that come with the toolkit, as properties. */
#include "test.h"
#include "rules/verdict.h"
#include <stdio.h>

static const char *const codes[] = {
    "intellectual_disability", "mental_health",    "medical_need",         "suicide_self_harm",
    "substance_use",           "criminal_network", "sexual_exploitation",  "sexual_offence_victim",
    "violence_threat",         "recruiter_role",   "closed_placement",     "court_order",
    "repeat_runaway",          "unreachable",      "risk_assessment_high", "left_premises"};
static const char *const statuses[] = {"present", "suspected", "past", "absent", "other"};

/* The rules of the checkout; a unit test has no program beside which they lie. */
static void load(struct mp_protocol *p, const char *name)
{
    const char *given = getenv("MP_SCHEMAS");
    struct mp_buf path = {0};
    struct mp_error e;
    mp_buf_addf(&path, "%s/protocols/%s.yaml", given && *given ? given : "schemas", name);
    if (!CHECK_INT(mp_protocol_load(p, mp_buf_cstr(&path), "en", &e), 0))
        puts(e.text);
    mp_buf_free(&path);
}

static const char *pick(uint64_t *random, const char *const *from, size_t n)
{
    return from[test_random(random, (unsigned)n)];
}

static void add_signal(struct mp_buf *b, uint64_t *random)
{
    mp_buf_addf(b, "{\"code\":\"%s\",\"status\":\"%s\",\"quote\":\"q\"}", pick(random, codes, 16),
                pick(random, statuses, 5));
}

/* A record with `signals` signals (none: no list) and `episodes` earlier disappearances. */
static void random_record(struct mp_buf *b, uint64_t *random, unsigned signals, unsigned episodes)
{
    static const char *const settings[] = {"\"open\"", "\"closed\"", "\"home\"", "null"};
    static const char *const titles[] = {"\"OTS\"", "\"RM\"", "\"OTS + MUHP\"", "null"};
    static const char *const lights[] = {"\"red\"", "\"orange\"", "\"green\"", "null"};
    b->len = 0;
    mp_buf_addf(b, "{\"schema\":\"mp/1\",\"traffic_light\":%s", pick(random, lights, 4));
    unsigned age = test_random(random, 20);
    if (age < 18)
        mp_buf_addf(b, ",\"person\":{\"sex\":\"f\",\"age\":%u}", age);
    mp_buf_addf(b, ",\"place\":{\"setting\":%s}", pick(random, settings, 4));
    mp_buf_addf(b, ",\"rest\":{\"juridische titel\":%s}", pick(random, titles, 4));
    for (unsigned i = 0; i < signals; i++) {
        mp_buf_adds(b, i > 0 ? "," : ",\"signals\":[");
        add_signal(b, random);
    }
    mp_buf_adds(b, signals > 0 ? "]" : "");
    mp_buf_addf(b, ",\"link\":{\"previous\":{\"episodes\":%u,\"within\":{\"21d\":%u,\"28d\":%u}}}}",
                episodes, episodes / 2, episodes);
}

static yyjson_val *parse(struct mp_rec_reader *reader, struct mp_rec *rec, const struct mp_buf *b)
{
    struct mp_error e;
    *rec = (struct mp_rec){.line = mp_buf_str(b)};
    CHECK_INT(mp_rec_parse(reader, rec, &e), 0);
    return rec->root;
}

static void same_values(struct mp_protocol *p, yyjson_val *root)
{
    uint64_t known = mp_lookup_read(&p->lookup, root);
    for (size_t i = 0; i < p->lookup.n; i++) {
        CHECK(p->lookup.values[i] == mp_rec_get(root, &p->lookup.paths[i]));
        CHECK((known >> i & 1) == (p->lookup.values[i] != NULL));
    }
}

static void same_truth(struct mp_protocol *p, yyjson_val *root)
{
    for (size_t i = 0; i < p->n_rules; i++) {
        struct mp_trace a = {0}, b = {0};
        CHECK_INT(mp_condition_eval_in(p->rules[i].when, &p->lookup, &a),
                  mp_condition_eval(p->rules[i].when, root, &b));
        CHECK_INT(a.n_missing, b.n_missing);
        CHECK_INT(a.n_fields, b.n_fields);
        CHECK_INT(a.n_signals, b.n_signals);
        CHECK_INT(__builtin_popcountll(a.missing_places), a.n_missing);
    }
}

TEST(bound_conditions_give_the_same_truth)
{
    struct mp_protocol p;
    load(&p, "nl-2019");
    struct mp_rec_reader reader = {0};
    struct mp_buf b = {0};
    uint64_t random = 7;
    for (int i = 0; i < 2000; i++) {
        struct mp_rec rec;
        random_record(&b, &random, test_random(&random, 6), test_random(&random, 5));
        yyjson_val *root = parse(&reader, &rec, &b);
        same_values(&p, root);
        same_truth(&p, root);
    }
    mp_buf_free(&b);
    mp_rec_reader_free(&reader);
    mp_protocol_free(&p);
}

struct opinion {
    size_t category;
    int64_t score;
};

static struct opinion judge(struct mp_protocol *p, const struct mp_buf *b)
{
    struct mp_rec_reader reader = {0};
    struct mp_rec rec;
    struct mp_verdict v = {0};
    mp_verdict_of(&v, p, parse(&reader, &rec, b));
    CHECK(v.score >= 0 && v.score <= MP_SCORE_MAX);
    CHECK((v.category == p->n_categories) <= (v.missing != 0));
    CHECK(!v.reasons.failed);
    mp_buf_free(&v.reasons);
    mp_rec_reader_free(&reader);
    return (struct opinion){v.category, v.score};
}

/* The same seed makes the same record but for what is added at the end of a list. */
static void never_lower(const char *name)
{
    struct mp_protocol p;
    load(&p, name);
    struct mp_buf b = {0};
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        uint64_t random = seed;
        unsigned signals = 1 + test_random(&random, 5), episodes = test_random(&random, 4);
        uint64_t start = random;
        random_record(&b, &random, signals, episodes);
        struct opinion less = judge(&p, &b);
        random = start;
        random_record(&b, &random, signals + 1, episodes);
        struct opinion more = judge(&p, &b);
        CHECK(more.score >= less.score);
        CHECK(less.category != 0 || more.category == 0);
        random = start;
        random_record(&b, &random, signals, episodes + 1);
        more = judge(&p, &b);
        CHECK(more.score >= less.score);
        CHECK_INT(more.category, less.category);
    }
    mp_buf_free(&b);
    mp_protocol_free(&p);
}

TEST(a_signal_or_an_earlier_disappearance_never_lowers_nl_police)
{
    never_lower("nl-police");
}

TEST(a_signal_or_an_earlier_disappearance_never_lowers_nl_2019)
{
    never_lower("nl-2019");
}

TEST(lookup_has_room_for_so_many_paths)
{
    static struct mp_lookup l;
    struct mp_path path;
    char names[MP_LOOKUP_MAX + 1][8];
    for (size_t i = 0; i <= MP_LOOKUP_MAX; i++) {
        snprintf(names[i], sizeof names[i], "k.%zu", i);
        CHECK(mp_path_of(&path, mp_str_of(names[i])));
        CHECK_INT(mp_lookup_add(&l, &path), i < MP_LOOKUP_MAX ? i : MP_LOOKUP_NONE);
    }
    CHECK(mp_path_of(&path, MP_STR("k.3")));
    CHECK_INT(mp_lookup_add(&l, &path), 3);
    CHECK_INT(mp_lookup_read(&l, NULL), 0);
}
