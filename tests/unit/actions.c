/* lib/rules/actions: the actions that come with the toolkit, by a table and as properties. */
#include "rules/triage.h"
#include "test.h"
#include <stdio.h>

struct work { /* the rules of one run */
    struct mp_triage triage;
    struct mp_rec_reader input, output;
    struct mp_buf json;
};

static const char *in_schemas(const char *name)
{
    static char path[1024];
    const char *given = getenv("MP_SCHEMAS");
    snprintf(path, sizeof path, "%s/%s", given && *given ? given : "schemas", name);
    return path;
}

static const char *shipped(void)
{
    return in_schemas("actions/nl-2019.yaml");
}

/* now: "" is none. */
static void open_with(struct work *w, const char *path, const char *now, const char *lang)
{
    struct mp_time t = {0};
    struct mp_error e;
    *w = (struct work){0};
    CHECK(!*now || mp_time_read(mp_str_of(now), &t));
    mp_triage_make(&w->triage, lang, t);
    if (!CHECK_INT(mp_triage_actions(&w->triage, path, &e), 0) ||
        !CHECK_INT(mp_triage_case(&w->triage, in_schemas("case/default.yaml"), &e), 0))
        printf("    %zu:%zu: %s\n", e.line, e.col, e.text);
}

static void close_all(struct work *w)
{
    mp_buf_free(&w->json);
    mp_rec_reader_free(&w->input);
    mp_rec_reader_free(&w->output);
    mp_triage_free(&w->triage);
}

static struct mp_str text_of(struct work *w, yyjson_val *record)
{
    w->json.len = 0;
    mp_triage_read(&w->triage, record);
    mp_buf_adds(&w->json, "{\"x\":0");
    mp_buf_addstr(&w->json, mp_buf_str(&w->triage.work));
    mp_buf_addc(&w->json, '}');
    CHECK(!w->json.failed);
    return mp_buf_str(&w->json);
}

/* The object that has `actions` and `forward`. */
static yyjson_val *todo(struct work *w, yyjson_val *record)
{
    struct mp_rec out = {.line = text_of(w, record)};
    struct mp_error e;
    CHECK_INT(mp_rec_parse(&w->output, &out, &e), 0);
    return out.root;
}

static yyjson_val *parse(struct work *w, const char *line, size_t n)
{
    struct mp_rec rec = {.line = {line, n}};
    struct mp_error e;
    if (!CHECK_INT(mp_rec_parse(&w->input, &rec, &e), 0))
        printf("    %s\n", e.text);
    return rec.root;
}

static yyjson_val *find(yyjson_val *todo, struct mp_str id)
{
    yyjson_arr_iter all = yyjson_arr_iter_with(yyjson_obj_get(todo, "actions"));
    for (yyjson_val *one; (one = yyjson_arr_iter_next(&all));)
        if (mp_str_eq(mp_rec_str(one, "action"), id))
            return one;
    return NULL;
}

/* Whether both are the same value, null and nothing too. */
static bool same(yyjson_val *got, yyjson_val *want)
{
    struct mp_buf a = {0}, b = {0};
    mp_rec_add_value(&a, got ? got : NULL);
    mp_rec_add_value(&b, want ? want : NULL);
    bool equal = mp_str_eq(mp_buf_str(&a), mp_buf_str(&b));
    mp_buf_free(&a);
    mp_buf_free(&b);
    return equal;
}

/* What the table has shown of an action. */
struct shown {
    char id[40];
    bool listed, left_out, overdue, not_yet;
};

static struct shown *shown_of(struct shown *all, struct mp_str id)
{
    size_t i = 0;
    while (all[i].id[0] && !mp_str_is(id, all[i].id))
        i++;
    snprintf(all[i].id, sizeof all[i].id, "%.*s", (int)id.n, id.p);
    return &all[i];
}

static bool row_holds(struct work *w, yyjson_val *row, struct shown *shown)
{
    struct mp_str id = mp_rec_str(row, "action");
    yyjson_val *one = find(todo(w, yyjson_obj_get(row, "record")), id);
    struct shown *s = shown_of(shown, id);
    bool listed = yyjson_is_true(yyjson_obj_get(row, "listed"));
    s->listed |= listed;
    s->left_out |= !listed;
    if (!one || !listed)
        return !one == !listed;
    s->overdue |= yyjson_is_true(yyjson_obj_get(one, "overdue"));
    s->not_yet |= yyjson_is_false(yyjson_obj_get(one, "overdue"));
    return same(yyjson_obj_get(one, "due"), yyjson_obj_get(row, "due")) &&
           same(yyjson_obj_get(one, "overdue"), yyjson_obj_get(row, "overdue")) &&
           same(yyjson_obj_get(one, "hours"), yyjson_obj_get(row, "hours")) &&
           yyjson_is_true(yyjson_obj_get(one, "planned")) ==
               yyjson_is_true(yyjson_obj_get(row, "planned"));
}

/* Each shipped action stands in the table as listed and as left out; one that can be overdue, as
 * overdue and as not yet. */
static void check_both_sides(const struct shown *shown)
{
    struct mp_arena a = {0};
    struct mp_yaml *root;
    struct mp_error e;
    CHECK_INT(mp_yaml_load(&a, shipped(), &root, &e), 0);
    struct mp_yaml *list = mp_yaml_get(root, "list");
    size_t n = 0;
    while (shown[n].id[0])
        n++;
    CHECK_INT(n, mp_yaml_count(list)); /* and no name that is not there */
    for (size_t i = 0; i < mp_yaml_count(list); i++) {
        const char *id = mp_yaml_get(list->items[i], "id")->text.p;
        size_t k = 0;
        while (k < n && strcmp(shown[k].id, id) != 0)
            k++;
        bool due = mp_yaml_get(list->items[i], "after"),
             again = mp_yaml_get(list->items[i], "every");
        if (!CHECK(k < n && shown[k].listed && shown[k].left_out && (shown[k].overdue || !due) &&
                   (shown[k].not_yet || !(due || again) || strcmp(id, "report-now") == 0)))
            printf("    %s is not shown on both sides\n", id);
    }
    mp_arena_free(&a);
}

TEST(actions_stand_on_both_sides_of_each_limit)
{
    static struct shown shown[MP_ACTIONS_MAX + 2];
    struct mp_buf table = test_slurp("tests/actions/nl-2019.jsonl");
    size_t number = 1;
    for (const char *p = table.data, *end; (size_t)(p - table.data) < table.len; p = end + 1) {
        struct work w = {0};
        end = memchr(p, '\n', table.len - (size_t)(p - table.data));
        yyjson_val *row = parse(&w, p, (size_t)(end - p));
        struct mp_str now = mp_rec_str(row, "now");
        struct mp_rec_reader keep = w.input;
        open_with(&w, shipped(), now.p ? now.p : "", "nl");
        w.input = keep;
        if (!CHECK(row_holds(&w, row, shown)))
            printf("    line %zu: %.*s\n    %s\n", number, (int)(end - p), p, mp_buf_cstr(&w.json));
        close_all(&w);
        number++;
    }
    CHECK(number > 150);
    check_both_sides(shown);
    mp_buf_free(&table);
}

TEST(actions_have_all_texts_in_both_languages)
{
    static const char record[] = "{\"reported_at\":\"2018-02-03T16:00\"}";
    static const char *const keys[] = {"what", "owner", "why", "source"};
    struct work nl, en;
    open_with(&nl, shipped(), "2018-03-01", "nl");
    open_with(&en, shipped(), "2018-03-01", "en");
    CHECK_STR(nl.triage.actions.label, "nl-2019/1");
    yyjson_val *a = yyjson_obj_get(todo(&nl, parse(&nl, record, sizeof record - 1)), "actions");
    yyjson_val *b = yyjson_obj_get(todo(&en, parse(&en, record, sizeof record - 1)), "actions");
    CHECK(yyjson_arr_size(a) >= 4);
    CHECK_INT(yyjson_arr_size(a), yyjson_arr_size(b));
    for (size_t i = 0; i < yyjson_arr_size(a); i++)
        for (size_t k = 0; k < 4; k++) {
            struct mp_str x = mp_rec_str(yyjson_arr_get(a, i), keys[k]);
            struct mp_str y = mp_rec_str(yyjson_arr_get(b, i), keys[k]);
            CHECK(x.n > 0 && y.n > 0 && mp_str_eq(x, y) == (k == 3));
        }
    close_all(&nl);
    close_all(&en);
}

/* --- properties --- */

static const char *const codes[] = {"sexual_exploitation",
                                    "sexual_offence_victim",
                                    "coercion",
                                    "criminal_network",
                                    "harboured",
                                    "risky_contacts",
                                    "deregistered",
                                    "photo",
                                    "description",
                                    "feedback",
                                    "safety_plan",
                                    "return_interview",
                                    "leave_not_returned",
                                    "left_premises",
                                    "returned_self",
                                    "found_police",
                                    "brought_back",
                                    "risk_assessment_high",
                                    "sex_advert",
                                    "offence_victim_during"};
static const char *const statuses[] = {"present", "suspected", "past", "absent", "other"};

static void add_moment(struct mp_buf *b, uint64_t *random, const char *key, unsigned chance)
{
    if (test_random(random, 4) >= chance)
        return;
    struct mp_time t = {.day = 17590 + (int32_t)test_random(random, 60), .known = true}; /* March */
    t.minute = (int16_t)((int)test_random(random, 1441) - 1);
    mp_buf_addf(b, ",\"%s\":\"", key);
    mp_time_add(b, t);
    mp_buf_addc(b, '"');
}

static void random_record(struct mp_buf *b, uint64_t *random)
{
    static const char *const kinds[] = {"missing", "missing", "missing", "returned", "transfer"};
    static const char *const lights[] = {"red", "orange", "green"};
    static const char *const ends[] = {"afgehandeld", "open", "in onderzoek", "geen vermissing"};
    b->len = 0;
    mp_buf_addf(b, "{\"kind\":\"%s\"", kinds[test_random(random, 5)]);
    add_moment(b, random, "reported_at", 3);
    add_moment(b, random, "missing_since", 3);
    add_moment(b, random, "returned_at", 2);
    if (test_random(random, 2))
        mp_buf_addf(b, ",\"traffic_light\":\"%s\"", lights[test_random(random, 3)]);
    if (test_random(random, 3) == 0)
        mp_buf_addf(b, ",\"rest\":{\"Status\":\"%s\"}", ends[test_random(random, 4)]);
    if (test_random(random, 3) == 0)
        mp_buf_addf(b, ",\"link\":{\"shared_host\":{\"youths\":%u}}", test_random(random, 4));
    mp_buf_adds(b, ",\"signals\":[");
    for (unsigned i = 0, n = test_random(random, 6); i < n; i++)
        mp_buf_addf(b, "%s{\"code\":\"%s\",\"status\":\"%s\",\"quote\":\"bij een man\"}",
                    i > 0 ? "," : "", codes[test_random(random, 20)],
                    statuses[test_random(random, 5)]);
    mp_buf_adds(b, "]}");
}

static bool has_phase(struct mp_yaml *list, struct mp_str id, const char *phase)
{
    for (size_t i = 0; i < list->n; i++) {
        struct mp_yaml *phases = mp_yaml_get(list->items[i], "phase");
        if (!mp_str_eq(mp_yaml_get(list->items[i], "id")->text, id))
            continue;
        for (size_t k = 0; k < mp_yaml_count(phases); k++)
            if (mp_str_is(mp_yaml_item(phases, k)->text, phase))
                return true;
    }
    return false;
}

TEST(closed_episodes_have_after_care_alone_and_open_ones_none)
{
    struct mp_arena a = {0};
    struct mp_yaml *root;
    struct mp_error e;
    struct work w;
    struct mp_buf b = {0};
    uint64_t random = 5;
    size_t seen[2] = {0};
    open_with(&w, shipped(), "2018-04-15T12:00", "nl");
    CHECK_INT(mp_yaml_load(&a, shipped(), &root, &e), 0);
    struct mp_yaml *list = mp_yaml_get(root, "list");
    for (int i = 0; i < 3000; i++) {
        random_record(&b, &random);
        yyjson_val *out = todo(&w, parse(&w, b.data, b.len));
        bool closed = w.triage.k.is_open == MP_FALSE;
        yyjson_arr_iter all = yyjson_arr_iter_with(yyjson_obj_get(out, "actions"));
        /* not open by its times: only after-care; open by them, it may be over all the same */
        bool open = find(out, MP_STR("weekly-consultation"));
        CHECK(!(closed && open));
        for (yyjson_val *one; (one = yyjson_arr_iter_next(&all));) {
            CHECK(has_phase(list, mp_rec_str(one, "action"), open ? "open" : "closed"));
            seen[open]++;
        }
        if (w.triage.k.is_open == MP_UNDECIDED)
            CHECK_INT(yyjson_arr_size(yyjson_obj_get(out, "actions")), 0);
    }
    CHECK(seen[0] > 1000 && seen[1] > 1000);
    mp_buf_free(&b);
    mp_arena_free(&a);
    close_all(&w);
}

/* Whether an action's own `until` has come for this record. */
static bool is_over(struct mp_yaml *act, yyjson_val *record, struct mp_time now)
{
    struct mp_yaml *until = mp_yaml_get(act, "until"), *from = mp_yaml_get(act, "from");
    struct mp_time t = {0};
    for (size_t i = 0; i < mp_yaml_count(from) && !t.known; i++)
        t = mp_rec_time(record, mp_yaml_item(from, i)->text.p);
    if (!until || !t.known)
        return false;
    CHECK(strchr(until->text.p, 'd') != NULL);
    t = mp_time_plus_days(t, (int32_t)strtol(until->text.p, NULL, 10));
    t.minute = t.minute < 0 ? 0 : t.minute;
    return mp_time_cmp(t, now) <= 0;
}

static void stays_overdue(struct work *first, struct work *later, struct mp_yaml *list,
                          const struct mp_buf *record, size_t *seen)
{
    yyjson_val *before = todo(first, parse(first, record->data, record->len));
    yyjson_val *root = parse(later, record->data, record->len);
    yyjson_val *after = todo(later, root);
    if (first->triage.k.is_open != later->triage.k.is_open)
        return; /* the youth came back in between */
    for (size_t i = 0; i < list->n; i++) {
        struct mp_str id = mp_yaml_get(list->items[i], "id")->text;
        yyjson_val *was = find(before, id), *is = find(after, id);
        if (!was || !yyjson_is_true(yyjson_obj_get(was, "overdue")))
            continue;
        bool over = is_over(list->items[i], root, later->triage.k.now);
        CHECK(over == !is);
        CHECK(!is || yyjson_is_true(yyjson_obj_get(is, "overdue")));
        (*seen)++;
    }
}

TEST(time_takes_no_overdue_action_away_but_by_its_until)
{
    struct mp_arena a = {0};
    struct mp_yaml *root;
    struct mp_error e;
    struct mp_buf b = {0};
    size_t seen = 0;
    CHECK_INT(mp_yaml_load(&a, shipped(), &root, &e), 0);
    static const char *const moments[] = {"2018-03-25T01:59", "2018-03-25T03:00", "2018-04-02",
                                          "2018-04-03T00:00", "2018-05-05T17:20", "2019-01-01"};
    for (size_t i = 0; i + 1 < 6; i++) {
        struct work first, later;
        open_with(&first, shipped(), moments[i], "en");
        open_with(&later, shipped(), moments[i + 1], "en");
        uint64_t random = 3;
        for (int k = 0; k < 400; k++) {
            random_record(&b, &random);
            stays_overdue(&first, &later, mp_yaml_get(root, "list"), &b, &seen);
        }
        close_all(&first);
        close_all(&later);
    }
    CHECK(seen > 500);
    mp_buf_free(&b);
    mp_arena_free(&a);
}

/* Whatever came before it, and however often the rules were read. */
TEST(the_same_record_gives_the_same_bytes)
{
    struct work one, other;
    struct mp_buf b = {0};
    open_with(&one, shipped(), "2018-04-15", "nl");
    open_with(&other, shipped(), "2018-04-15", "nl");
    for (uint64_t seed = 1; seed <= 500; seed++) {
        uint64_t random = seed;
        random_record(&b, &random);
        struct mp_str first = text_of(&one, parse(&one, b.data, b.len));
        random_record(&b, &random);
        text_of(&other, parse(&other, b.data, b.len));
        random = seed;
        random_record(&b, &random);
        CHECK_SAME(text_of(&other, parse(&other, b.data, b.len)), first);
    }
    mp_buf_free(&b);
    close_all(&one);
    close_all(&other);
}

/* Other terms and texts need no build. */
TEST(a_constant_that_is_edited_changes_the_due_time)
{
    static const char record[] = "{\"kind\":\"returned\",\"returned_at\":\"2018-02-03T14:10\"}";
    static const char term[] = "after: 72h";
    struct mp_buf text = test_slurp(shipped());
    char *at = strstr(mp_buf_cstr(&text) ? text.data : "", term);
    if (!CHECK(at && !strstr(at + 1, term)))
        return;
    at[7] = '4';
    at[8] = '8';
    struct work w;
    open_with(&w, test_file("edited.yaml", text.data, text.len), "2018-02-05T14:10", "nl");
    yyjson_val *one =
        find(todo(&w, parse(&w, record, sizeof record - 1)), MP_STR("return-interview"));
    CHECK_STR(mp_rec_str(one, "due"), "2018-02-05T14:10");
    CHECK(yyjson_is_true(yyjson_obj_get(one, "overdue")));
    mp_buf_free(&text);
    close_all(&w);
}
