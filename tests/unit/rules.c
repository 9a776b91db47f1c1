/* lib/rules and lib/io/lookup: the protocols that come with the toolkit, as properties. */
#include "test.h"
#include "rules/triage.h"
#include <stdio.h>

static const char *const codes[] = {"intellectual_disability",
                                    "mental_health",
                                    "medical_need",
                                    "suicide_self_harm",
                                    "substance_use",
                                    "criminal_network",
                                    "sexual_exploitation",
                                    "sexual_offence_victim",
                                    "violence_threat",
                                    "recruiter_role",
                                    "closed_placement",
                                    "court_order",
                                    "repeat_runaway",
                                    "unreachable",
                                    "left_premises",
                                    "risk_assessment_high",
                                    "leave_not_returned",
                                    "risky_contacts",
                                    "online_contact",
                                    "criminal_exploitation",
                                    "offence_victim_during",
                                    "pregnancy",
                                    "coercion",
                                    "sex_advert"};
enum { CODES = sizeof codes / sizeof *codes };
static const char *const statuses[] = {"present", "suspected", "past", "absent", "other"};
static const char *const protocols[] = {"nl-2019", "nl-police", "stoplight", "transferium",
                                        "uk-app"};
enum { PROTOCOLS = sizeof protocols / sizeof *protocols };

/* The rules of the checkout; a unit test has no program beside which they lie. */
static void load(struct mp_triage *t, const char *name)
{
    const char *given = getenv("MP_SCHEMAS");
    struct mp_buf path = {0};
    struct mp_error e;
    mp_triage_make(t, "en", (struct mp_time){.day = 17000, .known = true});
    mp_buf_addf(&path, "%s/protocols/%s.yaml", given && *given ? given : "schemas", name);
    if (!CHECK_INT(mp_triage_protocol(t, mp_buf_cstr(&path), &e), 0))
        puts(e.text);
    mp_buf_free(&path);
}

static const char *pick(uint64_t *random, const char *const *from, size_t n)
{
    return from[test_random(random, (unsigned)n)];
}

static void add_signal(struct mp_buf *b, uint64_t *random)
{
    mp_buf_addf(b, "{\"code\":\"%s\",\"status\":\"%s\",\"quote\":\"q\"}",
                pick(random, codes, CODES), pick(random, statuses, 5));
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
    if (test_random(random, 3))
        mp_buf_addf(b, ",\"missing_since\":\"2016-%02u-%02u\"", 1 + test_random(random, 12),
                    1 + test_random(random, 28));
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

static bool is_given(const struct mp_case *k, size_t place)
{
    size_t i = 0;
    while (i < MP_GIVEN_ALL && k->at[i] != place)
        i++;
    return i < MP_GIVEN_ALL;
}

static void same_values(const struct mp_case *k, yyjson_val *root)
{
    for (size_t i = 0; i < k->lookup.n; i++) {
        CHECK(is_given(k, i) || k->lookup.values[i] == mp_rec_get(root, &k->lookup.paths[i]));
        CHECK((k->known >> i & 1) == (k->lookup.values[i] != NULL));
    }
}

static uint64_t given_places(const struct mp_case *k)
{
    uint64_t places = 0;
    for (size_t i = 0; i < MP_GIVEN_ALL; i++)
        places |= UINT64_C(1) << k->at[i];
    return places;
}

static void same_truth(const struct mp_triage *t, yyjson_val *root)
{
    for (size_t i = 0; i < t->protocols[0].n_rules; i++) {
        const struct mp_when *w = &t->protocols[0].rules[i].when;
        struct mp_trace a = {0}, b = {0}, c = {0};
        if (w->places & given_places(&t->k))
            continue;
        enum mp_truth truth = mp_condition_eval_in(w->condition, &t->k.lookup, &a);
        CHECK_INT(truth, mp_condition_eval(w->condition, root, &b));
        CHECK_INT(truth, mp_when_eval(w, &t->k, &c));
        CHECK_INT(truth, mp_condition_eval_in(w->condition, &t->k.lookup, NULL));
        CHECK_INT(a.n_missing, b.n_missing);
        CHECK_INT(a.n_fields, b.n_fields);
        CHECK_INT(a.n_signals, b.n_signals);
        CHECK((size_t)__builtin_popcountll(a.missing_places) <= a.n_missing);
        CHECK(a.missing_places == c.missing_places);
    }
}

TEST(bound_conditions_give_the_same_truth)
{
    static struct mp_triage t;
    load(&t, "nl-2019");
    struct mp_rec_reader reader = {0};
    struct mp_buf b = {0};
    uint64_t random = 7;
    for (int i = 0; i < 2000; i++) {
        struct mp_rec rec;
        random_record(&b, &random, test_random(&random, 6), test_random(&random, 5));
        yyjson_val *root = parse(&reader, &rec, &b);
        mp_case_read(&t.k, root);
        same_values(&t.k, root);
        same_truth(&t, root);
    }
    mp_buf_free(&b);
    mp_rec_reader_free(&reader);
    mp_triage_free(&t);
}

struct opinion {
    size_t category;
    int64_t score;
};

static struct opinion judge(struct mp_triage *t, const struct mp_buf *b)
{
    struct mp_rec_reader reader = {0};
    struct mp_rec rec;
    mp_triage_read(t, parse(&reader, &rec, b));
    const struct mp_verdict *v = &t->verdicts[0];
    CHECK(v->score >= 0 && v->score <= MP_SCORE_MAX);
    CHECK((v->category == t->protocols[0].n_categories) <= (v->undecided != 0));
    CHECK(!v->reasons.failed);
    mp_rec_reader_free(&reader);
    return (struct opinion){v->category, v->score};
}

static void never_lower(const char *name)
{
    static struct mp_triage t;
    load(&t, name);
    struct mp_buf b = {0};
    for (uint64_t seed = 1; seed <= 2000; seed++) { /* one seed makes the same beginning */
        uint64_t random = seed;
        unsigned signals = 1 + test_random(&random, 5), episodes = test_random(&random, 4);
        uint64_t start = random;
        random_record(&b, &random, signals, episodes);
        struct opinion less = judge(&t, &b);
        random = start;
        random_record(&b, &random, signals + 1, episodes);
        struct opinion more = judge(&t, &b);
        CHECK(more.score >= less.score);
        CHECK(less.category != 0 || more.category == 0);
        random = start;
        random_record(&b, &random, signals, episodes + 1);
        more = judge(&t, &b);
        CHECK(more.score >= less.score);
        CHECK_INT(more.category, less.category);
    }
    mp_buf_free(&b);
    mp_triage_free(&t);
}

TEST(a_signal_or_an_earlier_disappearance_never_lowers_a_score)
{
    for (size_t i = 0; i < PROTOCOLS; i++)
        never_lower(protocols[i]);
}

/* "Never missing before" speaks for a case that is out of character; that it turns out otherwise
 * must not speak against it. */
TEST(to_have_been_missing_before_never_lowers_a_score)
{
    static const char no[] = "\"repeat_runaway\",\"status\":\"absent\"",
                      yes[] = "\"repeat_runaway\",\"status\":\"present\"";
    static struct mp_triage t;
    load(&t, "nl-2019");
    struct mp_buf b = {0}, other = {0};
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        uint64_t random = seed;
        random_record(&b, &random, 1 + test_random(&random, 8), 0);
        const char *text = mp_buf_cstr(&b), *at = strstr(text, no);
        if (!at)
            continue;
        other.len = 0;
        mp_buf_add(&other, text, (size_t)(at - text));
        mp_buf_adds(&other, yes);
        mp_buf_adds(&other, at + sizeof no - 1);
        struct opinion before = judge(&t, &b), after = judge(&t, &other);
        CHECK(after.score >= before.score);
    }
    mp_buf_free(&b);
    mp_buf_free(&other);
    mp_triage_free(&t);
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
