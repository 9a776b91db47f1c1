/* lib/rules/actions: files of one's own, and their mistakes. */
#include "rules/actions.h"
#include "test.h"
#include <stdio.h>

static const char head[] = "actions: mine\n"
                           "version: 3\n"
                           "title: {nl: Eigen, en: Own}\n"
                           "owners:\n"
                           "  duty: {nl: dienst, en: duty}\n"
                           "forward: [north, south]\n";
static const char rest[] = "    what: {nl: doe, en: do}\n"
                           "    owner: duty\n"
                           "    why: {nl: omdat, en: because}\n"
                           "    source: agreement\n";

struct own { /* the rules of one run */
    struct mp_arena arena;
    struct mp_case k;
    struct mp_actions actions;
};

static int load(struct own *o, const char *text, const char *now, struct mp_error *e)
{
    struct mp_time t = {0};
    *o = (struct own){0};
    CHECK(!*now || mp_time_read(mp_str_of(now), &t));
    mp_case_make(&o->k, t);
    struct mp_rules r = {.arena = &o->arena, .k = &o->k, .lang = "en"};
    return mp_actions_load(&o->actions, &r, test_file("a.yaml", text, strlen(text)), e);
}

/* A file of the head and these actions. */
static void put(struct mp_buf *b, const char *top, const char *list)
{
    b->len = 0;
    mp_buf_addf(b, "%s%slist:\n%s", head, top, list);
}

static void gives(const char *top, const char *list, const char *now, const char *record,
                  const char *want)
{
    struct own o;
    struct mp_error e;
    struct mp_buf text = {0}, out = {0};
    struct mp_rec_reader reader = {0};
    struct mp_rec rec = {.line = mp_str_of(record)};
    put(&text, top, list);
    CHECK_INT(mp_rec_parse(&reader, &rec, &e), 0);
    if (CHECK_INT(load(&o, mp_buf_cstr(&text), now, &e), 0)) {
        mp_case_read(&o.k, rec.root);
        (void)mp_actions_add(&out, &o.actions, &o.k, &(struct mp_time){0});
        CHECK_STR(mp_buf_str(&out), want);
        CHECK_STR(o.actions.label, "mine/3");
    } else {
        printf("    %zu:%zu: %s\n", e.line, e.col, e.text);
    }
    mp_buf_free(&text);
    mp_buf_free(&out);
    mp_rec_reader_free(&reader);
    mp_arena_free(&o.arena);
}

static void fails(const char *text, size_t line, size_t col, const char *part)
{
    struct own o;
    struct mp_error e = {0};
    if (CHECK_INT(load(&o, text, "2018-02-03", &e), -1)) {
        CHECK_INT(e.code, MP_RULES);
        CHECK(e.file.n > 6 && memcmp(e.file.p + e.file.n - 6, "a.yaml", 6) == 0);
        if (!CHECK(e.line == line && e.col == col && strstr(e.text, part)))
            printf("    %zu:%zu: %s\n%s", e.line, e.col, e.text, text);
    }
    mp_arena_free(&o.arena);
}

/* Line 8 is the first of the list. */
static void action_fails(const char *lines, size_t line, size_t col, const char *part)
{
    struct mp_buf b = {0}, list = {0};
    mp_buf_addf(&list, "%s%s", lines, rest);
    put(&b, "", mp_buf_cstr(&list));
    fails(mp_buf_cstr(&b), line, col, part);
    mp_buf_free(&b);
    mp_buf_free(&list);
}

TEST(actions_mistakes_have_a_place)
{
    action_fails("  - id: a\n    phase: open\n    if: x\n", 10, 5, "unknown key 'if'");
    action_fails("  - phase: open\n", 8, 5, "key 'id' is missing");
    action_fails("  - id: a\n", 8, 5, "'phase' must be open, closed, or a list of both");
    action_fails("  - id: a\n    phase: []\n", 9, 12, "'phase' must be");
    action_fails("  - id: a\n    phase: later\n", 9, 12, "'later' is neither open nor closed");
    action_fails("  - id: a\n    phase: [open, later]\n", 9, 19, "'later' is neither");
    action_fails("  - id: a\n    phase: {open: x}\n", 9, 12, "here must stand a text");
    action_fails("  - id: a\n    phase: open\n    when: {field: time.wrong, known: true}\n", 10, 11,
                 "there is no value 'time.wrong'");
    action_fails("  - id: a\n    phase: open\n    done: yes\n", 10, 11, "");
    action_fails("  - id: a\n    phase: open\n    from: birth\n", 10, 11, "'birth' is none of");
    action_fails("  - id: a\n    phase: open\n    from: [reported_at, x]\n", 10, 25, "'x' is none");
    action_fails("  - id: a\n    phase: open\n    from: returned_at\n", 10, 11, "no return");
    action_fails("  - id: a\n    phase: closed\n    from: [reported_at, reported_at, reported_at, "
                 "reported_at]\n",
                 10, 11, "no more than 3");
    action_fails("  - id: a\n    phase: open\n    forward: east\n", 10, 14, "'east' is not in");
    action_fails("  - id: a\n    phase: open\n    owner: nobody\n", 12, 5, "a second time");
}

TEST(actions_terms_are_hours_or_days)
{
    static const char *const bad[] = {"72", "h",  "3 days",       "-3d",   "1.5d",   "3dd", "3m",
                                      "''", "3D", "99999999999d", "3661d", "87841h", "d3",  "0x1h"};
    char text[128];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(text, sizeof text,
                 "  - id: a\n    phase: open\n    from: reported_at\n    until: %s\n", bad[i]);
        action_fails(text, 11, 12, " term");
    }
    action_fails("  - id: a\n    phase: open\n    after: 3d\n", 10, 12, "needs 'from'");
    action_fails("  - id: a\n    phase: open\n    from: reported_at\n    every: 0d\n", 11, 12,
                 "a day or more");
    action_fails("  - id: a\n    phase: open\n    from: reported_at\n    every: 23h\n", 11, 12,
                 "a day or more");
}

/* The rest of the file: `cut` is left out, `put_in` stands in its place. */
static void changed_fails(const char *cut, const char *put_in, size_t line, size_t col,
                          const char *part)
{
    struct mp_buf all = {0}, b = {0};
    mp_buf_addf(&all, "%slist:\n  - id: a\n    phase: open\n%s", head, rest);
    const char *text = mp_buf_cstr(&all), *at = strstr(text, cut);
    if (CHECK(at != NULL)) {
        mp_buf_addf(&b, "%.*s%s%s", (int)(at - text), text, put_in, at + strlen(cut));
        fails(mp_buf_cstr(&b), line, col, part);
    }
    mp_buf_free(&all);
    mp_buf_free(&b);
}

TEST(actions_texts_and_names_must_be_there)
{
    changed_fails(", en: do}", "}", 10, 11, "key 'en' is missing");
    changed_fails("nl: omdat, ", "", 12, 10, "key 'nl' is missing");
    changed_fails("    what: {nl: doe, en: do}\n", "", 8, 5, "key 'what' is missing");
    changed_fails("    source: agreement\n", "", 8, 5, "key 'source' is missing");
    changed_fails("    owner: duty\n", "", 8, 5, "key 'owner' is missing");
    changed_fails("owner: duty", "owner: who", 11, 12, "'who' is not among the file's owners");
    changed_fails(", en: duty}", "}", 5, 9, "key 'en' is missing");
    changed_fails("owners:\n  duty: {nl: dienst, en: duty}\n", "", 1, 1, "'owners' must be a map");
    changed_fails("[north, south]", "north", 6, 10, "must stand a list");
    changed_fails("[north, south]", "[north, {}]", 6, 18, "here must stand a text");
    changed_fails(", en: Own}", "}", 3, 8, "key 'en' is missing");
    changed_fails("version: 3\n", "version: x\n", 2, 10, "not a whole number");
    changed_fails("forward:", "forwards:", 6, 1, "unknown key 'forwards'");
    changed_fails("    source: agreement\n",
                  "    source: agreement\n  - id: a\n    phase: closed\n", 14, 9,
                  "a second action 'a'");
}

TEST(actions_and_teams_have_an_end)
{
    struct mp_buf list = {0}, text = {0};
    for (int i = 0; i <= MP_ACTIONS_MAX; i++)
        mp_buf_addf(&list, "  - id: a%d\n    phase: open\n%s", i, rest);
    put(&text, "", mp_buf_cstr(&list));
    fails(mp_buf_cstr(&text), 8, 3, "more than 64 actions");
    text.len = list.len = 0;
    for (int i = 0; i <= MP_ACTIONS_MAX; i++)
        mp_buf_addf(&list, "%st%d", i > 0 ? ", " : "", i);
    mp_buf_addf(&text, "actions: m\nversion: 1\ntitle: {nl: a, en: a}\nowners: {}\nforward: [%s]\n",
                mp_buf_cstr(&list));
    fails(mp_buf_cstr(&text), 5, 10, "more than 64 teams");
    mp_buf_free(&list);
    mp_buf_free(&text);
}

#define TEXTS                                                                                      \
    "    what: {nl: doe, en: do}\n    owner: duty\n    why: {nl: omdat, en: because}\n"            \
    "    source: agreement\n"
#define BEHIND ",\"owner\":\"duty\",\"why\":\"because\",\"source\":\"agreement\"}"

static const char both[] =
    "  - id: a\n    phase: [open, closed]\n    from: [missing_since, "
    "reported_at]\n    after: 2d\n" TEXTS "    forward: south\n"
    "  - id: b\n    phase: open\n    from: reported_at\n    after: 1h\n"
    "    done: {signal: x, status: present}\n"
    "    planned: {signal: x, status: suspected}\n" TEXTS "  - id: c\n    phase: open\n" TEXTS
    "  - id: d\n    phase: open\n    from: reported_at\n    after: 1h\n"
    "    unless: {signal: y, status: present}\n" TEXTS "    forward: north\n";

TEST(actions_stand_in_the_order_of_their_due_times)
{
    gives("", both, "2018-02-05T12:30", "{\"reported_at\":\"2018-02-05T12:00\"}",
          ",\"actions\":["
          "{\"action\":\"b\",\"what\":\"do\",\"due\":\"2018-02-05T13:00\",\"overdue\":false,"
          "\"hours\":0" BEHIND ","
          "{\"action\":\"d\",\"what\":\"do\",\"due\":\"2018-02-05T13:00\",\"overdue\":false,"
          "\"hours\":0" BEHIND ","
          "{\"action\":\"a\",\"what\":\"do\",\"due\":\"2018-02-07T12:00\",\"overdue\":false,"
          "\"hours\":47" BEHIND ","
          "{\"action\":\"c\",\"what\":\"do\",\"due\":null,\"overdue\":null,\"hours\":null" BEHIND
          "],\"forward\":[\"north\",\"south\"]");
}

TEST(actions_planned_done_and_left_out)
{
    gives(
        "", both, "",
        "{\"reported_at\":\"2018-02-05T12:00\",\"signals\":[{\"code\":\"x\",\"status\":"
        "\"suspected\"},{\"code\":\"y\",\"status\":\"present\"}],\"missing_since\":\"2018-02-03\"}",
        ",\"actions\":["
        "{\"action\":\"a\",\"what\":\"do\",\"due\":\"2018-02-05\",\"overdue\":null,"
        "\"hours\":null" BEHIND ","
        "{\"action\":\"b\",\"what\":\"do\",\"due\":\"2018-02-05T13:00\",\"overdue\":null,"
        "\"hours\":null,\"planned\":true" BEHIND ","
        "{\"action\":\"c\",\"what\":\"do\",\"due\":null,\"overdue\":null,\"hours\":null" BEHIND
        "],\"forward\":[\"north\",\"south\"]");
}

TEST(actions_that_recur_in_hours_count_days_of_a_day_alone)
{
    static const char again[] = "  - id: r\n    phase: open\n    from: missing_since\n"
                                "    after: 24h\n    every: 36h\n" TEXTS;
    gives("", again, "2018-02-05T12:30", "{\"missing_since\":\"2018-02-03T12:00\"}",
          ",\"actions\":[{\"action\":\"r\",\"what\":\"do\",\"due\":\"2018-02-06T00:00\","
          "\"overdue\":false,\"hours\":11" BEHIND "],\"forward\":[]");
    gives("", again, "2018-02-05T12:30", "{\"missing_since\":\"2018-02-03\"}",
          ",\"actions\":[{\"action\":\"r\",\"what\":\"do\",\"due\":\"2018-02-06\","
          "\"overdue\":false,\"hours\":11" BEHIND "],\"forward\":[]");
}

TEST(actions_of_a_file_without_any)
{
    gives("", "  []\n", "", "{}", ",\"actions\":[],\"forward\":[]");
}
