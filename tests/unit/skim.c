/* lib/io/skim, and that tables do not depend on it */
#include "io/skim.h"
#include "count/publish.h"
#include "io/skim_scan.h"
#include "test.h"
#include <sys/mman.h>
#include <unistd.h>

/* ---- blocks ---- */

static bool is_same(struct mp_skim_bits a, struct mp_skim_bits b)
{
    return a.quotes == b.quotes && a.slashes == b.slashes && a.brackets == b.brackets &&
           a.high == b.high && a.controls == b.controls;
}

#ifdef MP_SKIM_HAS_AVX2
__attribute__((target("avx2"))) static struct mp_skim_bits scan_avx2(const char *block)
{
    return mp_skim_scan_avx2(block);
}
#endif

TEST(skim_scans_alike_with_and_without_the_processors_help)
{
    uint64_t random = 1;
    bool same = true;
    for (int i = 0; i < 20000; i++) {
        static const char some[] = "\"\\{}[]yY_\x7f \x1f\t\x80\xc3\xff:,a0";
        char block[MP_SKIM_BLOCK];
        for (size_t k = 0; k < sizeof block; k++)
            block[k] = i % 4 == 0   ? (char)test_random(&random, 256)
                       : i % 4 == 1 ? 'a'
                                    : some[test_random(&random, sizeof some - 1)];
        if (i % 4 == 1)
            block[test_random(&random, 64)] = (char)test_random(&random, 256);
        same &= is_same(mp_skim_scan(block), mp_skim_scan_plain(block));
#ifdef MP_SKIM_HAS_AVX2
        if (__builtin_cpu_supports("avx2"))
            same &= is_same(scan_avx2(block), mp_skim_scan_plain(block));
#endif
    }
    CHECK(same);
}

/* ---- lines ---- */

static void ask(struct mp_skim *s, const char *path)
{
    struct mp_path p;
    CHECK(mp_path_of(&p, mp_str_of(path)) && mp_skim_add(s, &p));
}

static void ask_items(struct mp_skim *s, const char *list, const char *in)
{
    struct mp_path p, q;
    CHECK(mp_path_of(&p, mp_str_of(list)) && (!in || mp_path_of(&q, mp_str_of(in))) &&
          mp_skim_add_items(s, &p, in ? &q : NULL));
}

/* The caller frees. Line and room are exactly as long as they must be, for the sanitizers. */
static struct mp_str skimmed(const struct mp_skim *s, struct mp_str line)
{
    char *copy = malloc(line.n + !line.n), *out = malloc(line.n + !line.n);
    if (!copy || !out)
        abort();
    memcpy(copy, line.p, line.n);
    size_t n = mp_skim_line(s, (struct mp_str){copy, line.n}, out);
    free(copy);
    return (struct mp_str){out, n};
}

static void gives(const struct mp_skim *s, const char *line, const char *want)
{
    struct mp_str got = skimmed(s, mp_str_of(line));
    CHECK_STR(got, want);
    free((char *)(uintptr_t)got.p);
}

static struct mp_skim an_order(void)
{
    struct mp_skim s = {0};
    ask(&s, "a");
    ask(&s, "o.b");
    ask(&s, "o.p.q.c");
    ask(&s, "o.p.q.d");
    ask(&s, "o.p");
    ask_items(&s, "o.list", "k");
    ask_items(&s, "o.list", "m.n");
    ask_items(&s, "count", NULL);
    return s;
}

TEST(skim_copies_what_is_asked_for)
{
    struct mp_skim s = an_order();
    gives(&s, "{}", "{}");
    gives(&s, " { } ", "{}");
    gives(&s, "{\"a\":1}", "{\"a\":1}");
    gives(&s, "{\"x\":2,\"a\":[1, {\"x\":2}] , \"y\" : -0.5e+7 }", "{\"a\":[1, {\"x\":2}]}");
    gives(&s, "{\"x\":{\"a\":1},\"o\":{\"a\":2,\"b\":{\"z\":1},\"x\":true}}",
          "{\"o\":{\"b\":{\"z\":1}}}");
    gives(&s, "{\"o\":{\"p\":{\"q\":{\"c\":\"1\",\"x\":[],\"d\":null},\"c\":3}}}",
          "{\"o\":{\"p\":{\"q\":{\"c\":\"1\",\"d\":null}}}}");
    gives(&s, "{\"o\":{\"p\":[{\"x\":1}]},\"a\":\"\"}", "{\"o\":{\"p\":[{\"x\":1}]},\"a\":\"\"}");
    gives(&s, "{\"o\":\"x\",\"aa\":1,\"\":2,\"A\":3}", "{\"o\":\"x\"}");
    gives(&s, "{\"o\":{\"list\":[{\"k\":1,\"l\":2,\"m\":{\"n\":3,\"o\":4}}, 5 ,{},{\"l\":6}]}}",
          "{\"o\":{\"list\":[{\"k\":1,\"m\":{\"n\":3}},5,{},{}]}}");
    gives(&s, "{\"o\":{\"list\":{\"l\":1}}}", "{\"o\":{\"list\":{\"l\":1}}}");
    gives(&s, "{\"count\":[{\"a\":[{\"}\":1}]}, {} ,[2],\"]\"]}", "{\"count\":[{},{},[2],\"]\"]}");
    gives(&s, "{\"count\":[]}", "{\"count\":[]}");
    ask(&s, "count");
    gives(&s, "{\"count\":[{\"a\":1}]}", "{\"count\":[{\"a\":1}]}");
}

TEST(skim_keeps_keys_that_are_there_twice)
{
    struct mp_skim s = an_order();
    gives(&s, "{\"a\":1,\"b\":2,\"a\":3}", "");
    gives(&s, "{\"x\":1,\"b\":2,\"x\":3}", "");
    gives(&s, "{\"o\":{\"p\":{},\"x\":1},\"o\":1}", "");
    gives(&s, "{\"o\":{\"p\":{\"x\":1,\"x\":1}}}", "");
    gives(&s, "{\"o\":{\"list\":[{\"x\":1,\"x\":1}]}}", "");
    gives(&s, "{\"\":1,\"\":1}", "");
    gives(&s, "{\"o\":{\"x\":1},\"x\":{\"x\":1,\"o\":2}}", "{\"o\":{}}");
}

TEST(skim_leaves_odd_lines_to_the_parser)
{
    static const char *const odd[] = {"",
                                      " ",
                                      "[]",
                                      "7",
                                      "\"{}\"",
                                      "null",
                                      "{",
                                      "}",
                                      "{}}",
                                      "{} {}",
                                      "{}x",
                                      "{},",
                                      "[{}]",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "{,}",
                                      "{\"a\":1 \"x\":2}",
                                      "{a:1}",
                                      "{\"a\" 1}",
                                      "{\"a\":1",
                                      "{\"a\":\"",
                                      "{\"a\":\"x",
                                      "{\"a",
                                      "{\"x\":[}",
                                      "{\"x\":[1}",
                                      "{\"x\":[}]}",
                                      "{\"x\":{]}",
                                      "{\"x\":[{]}]}",
                                      "{\"x\":]}",
                                      "{\"x\":01}",
                                      "{\"x\":1.}",
                                      "{\"x\":.5}",
                                      "{\"x\":-}",
                                      "{\"x\":1e}",
                                      "{\"x\":+1}",
                                      "{\"x\":nul}",
                                      "{\"x\":truefalse}",
                                      "{\"x\":True}",
                                      "{\"x\":1 2}",
                                      "{\"\\u0061\":1}",
                                      "{\"\\u006bind\":1}",
                                      "{\"x\\\\\":1}",
                                      "{\"x\":\"\t\"}",
                                      "{\t\"x\":1}",
                                      "{\"x\":[\"\x01\"]}",
                                      "{\"x\":\"\\x\"}",
                                      "{\"x\":[\"\\u12g4\"]}",
                                      "{\"x\":\"\\ud800\"}",
                                      "{\"x\":\"\xff\"}",
                                      "{\"x\":[\"\xc3\"]}",
                                      "{\"x\":[\"\xed\xa0\x80\"]}",
                                      "{\"x\":[\\]}",
                                      "{\"x\":[y]}",
                                      "{\"x\":{_}",
                                      "{\"x\":\xc3\xab}",
                                      "{\"count\":[{},]}",
                                      "{\"count\":[{} {}]}",
                                      "{\"count\":[",
                                      "{\"count\":[{}"};
    struct mp_skim s = an_order();
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        gives(&s, odd[i], "");
    gives(&s, "{\"x\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\xc3\xab\\uD7ff\"}", "{}");
    struct mp_str zero = skimmed(&s, (struct mp_str){"{\"a\":\"\0\"}", 9});
    CHECK_INT(zero.n, 0);
    free((char *)(uintptr_t)zero.p);
}

/* Strings with every number of backslashes, which end or do not end there, anywhere in a block. */
TEST(skim_tells_quotes_that_are_escaped)
{
    struct mp_skim s = an_order();
    for (size_t before = 0; before < 130; before++)
        for (size_t slashes = 0; slashes < 70; slashes++) {
            struct mp_buf line = {0};
            bool escaped = slashes % 2;
            mp_buf_adds(&line, before % 2 ? "{\"x\":[\"" : "{\"x\":\"");
            for (size_t i = 0; i < before; i++)
                mp_buf_addc(&line, 'x');
            for (size_t i = 0; i < slashes; i++)
                mp_buf_addc(&line, '\\');
            mp_buf_adds(&line, escaped ? "\"]},\\\"{[\"" : "\"");
            mp_buf_adds(&line, before % 2 ? "],\"a\":1}" : ",\"a\":1}");
            gives(&s, mp_buf_cstr(&line), "{\"a\":1}");
            mp_buf_free(&line);
        }
}

TEST(skim_counts_depth_over_blocks)
{
    struct mp_skim s = an_order();
    for (size_t depth = 1; depth < 70; depth++)
        for (size_t gap = 0; gap < 5; gap++) {
            struct mp_buf line = {0};
            mp_buf_adds(&line, "{\"x\":");
            for (size_t i = 0; i < depth; i++)
                mp_buf_addf(&line, "%s%.*s", i % 3 ? "[" : "{\"k\":", (int)gap * 9,
                            "                                        ");
            mp_buf_adds(&line, "\"]}\"");
            for (size_t i = depth; i-- > 0;)
                mp_buf_addf(&line, "%.*s%c", (int)gap * 7, "                              ",
                            i % 3 ? ']' : '}');
            mp_buf_adds(&line, ",\"a\":true}");
            gives(&s, mp_buf_cstr(&line), depth > 64 ? "" : "{\"a\":true}");
            mp_buf_free(&line);
        }
}

/* Lines of all lengths that end where memory does. */
TEST(skim_reads_nothing_behind_the_line)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(two != MAP_FAILED && mprotect(two + page, page, PROT_NONE) == 0);
    struct mp_skim s = an_order();
    char out[512];
    for (size_t n = 0; n < 200; n++)
        for (size_t cut = 0; cut < 20; cut++) {
            struct mp_buf line = {0};
            mp_buf_adds(&line, "{\"x\":[\"");
            for (size_t i = 0; i < n; i++)
                mp_buf_addc(&line, 'x');
            mp_buf_adds(&line, "\"],\"a\":1}");
            size_t size = line.len > cut ? line.len - cut : 0;
            char *at = two + page - size;
            memcpy(at, line.data, size);
            size_t got = mp_skim_line(&s, (struct mp_str){at, size}, out);
            CHECK_INT(got, cut == 0 ? 7 : 0);
            mp_buf_free(&line);
        }
    munmap(two, 2 * page);
}

TEST(skim_says_when_too_much_is_asked_for)
{
    struct mp_skim s = {0};
    char names[MP_SKIM_MAX + 1][8];
    struct mp_path p;
    for (size_t i = 0; i < MP_SKIM_MAX; i++) {
        snprintf(names[i], sizeof names[i], "k%zu", i);
        CHECK(mp_path_of(&p, mp_str_of(names[i])) && mp_skim_add(&s, &p) == (i + 1 < MP_SKIM_MAX));
    }
    CHECK(mp_path_of(&p, MP_STR("k0")) && mp_skim_add(&s, &p));
    gives(&s, "{\"k1\":1,\"k510\":2,\"k511\":3}", "{\"k1\":1,\"k510\":2}");
}

/* What stands in them may hide there, but for brackets and strings. */
TEST(skim_leaves_out_signals_that_nobody_asks_for)
{
    static const char line[] =
        "{\"signals\":[{\"code\":\"c2\",\"x\":\"[\"},{\"code\":\"c2\",\"x\":1},{\"code\":\"c1\","
        "\"x\":2},{\"code\":\"c\",\"x\":{}}, "
        "{\"code\":\"\",\"x\":3},{\"code\":\"\\u0063\",\"x\":4},"
        "{\"x\":5,\"code\":\"c3\"},{\"x\":6,\"code\":\"c3\"},7,{},{\"code\":3}]}";
    struct mp_lookup l = {0};
    struct mp_code_set set = {{0}};
    struct mp_path path;
    CHECK(mp_lookup_add_signals(&l) == 0 && mp_codes_add(&l.codes, MP_STR("c1"), &set));
    struct mp_skim s = {0};
    CHECK(mp_skim_add_lookup(&s, &l));
    gives(&s, line,
          "{\"signals\":[{\"code\":\"c1\"},{\"code\":\"\\u0063\"},"
          "{\"code\":\"c3\"},{\"code\":\"c3\"},7,{},{\"code\":3}]}");
    gives(&s, "{\"signals\":[{\"code\":\"c2\",\"x\":1},{\"code\":\"c2\",\"x\":1,\"x\":2}]}",
          "{\"signals\":[]}");
    gives(&s, "{\"signals\":[{\"code\":\"c2\",\"x\":1},{\"code\":\"c2\",\"code\":1}]}",
          "{\"signals\":[]}");
    gives(&s, "{\"signals\":[{\"code\":\"c2\",\"x\":1},{\"code\":\"c2\",\"x\":\"\\x\"}]}", "");
    gives(&s, "{\"signals\":[{\"code\":\"c2\",\"x\":1},{\"code\":\"c2\",\"x\":}]}",
          "{\"signals\":[]}");
    gives(&s, "{\"signals\":[{\"code\":\"c2\",\"x\":1},{\"code\":\"c2\",\"x\":1", "");
    gives(&s, "{\"signals\":{\"code\":\"c2\"}}", "{\"signals\":{\"code\":\"c2\"}}");
    CHECK(mp_path_of(&path, MP_STR("signals")) && mp_lookup_add(&l, &path) == 0);
    CHECK(mp_lookup_add_signals(&l) == 0);
    struct mp_skim whole = {0};
    CHECK(mp_skim_add_lookup(&whole, &l));
    gives(&whole, line, line);
}

/* ---- tables ---- */

/* Two tallies over the same lines, one of which skims. */
struct side {
    struct mp_arena arena;
    struct mp_case k;
    struct mp_rules rules;
    struct mp_dims dims;
    struct mp_crosstabs set;
    struct mp_tally tally;
    struct mp_skim skim;
    struct mp_rec_reader reader;
    struct mp_rec rec;
    struct mp_error e;
    int read; /* of the last line: 0, or -1 with the error */
};

static const char DIMENSIONS[] =
    "version: 1\n"
    "never: [id]\n"
    "dimensions:\n"
    "  month: {period: month, at: [missing_since, reported_at], longest_gap: 3}\n"
    "  sex: {field: person.sex, values: [f, m]}\n"
    "  role: {each_report: true, field: role}\n"
    "  file: {each_report: true, field: source.file}\n"
    "  day: {each_report: true, period: day, at: [reported_at], longest_gap: 3}\n"
    "  flag: {field: triage.flags, item: flag, several: true}\n"
    "  sent: {field: triage.sent, several: true}\n"
    "  deep: {field: link.previous.within.21d}\n"
    "  said:\n"
    "    classes:\n"
    "      - {name: quoted, when: {signal: c1, status: present, quote: 'fro*'}}\n"
    "      - {name: c2, when: {signal: c2, status: [past, absent]}}\n"
    "      - {name: red, when: {field: triage.flags, item: flag, is: red}}\n"
    "      - {name: known, when: {field: rest.x, known: true}}\n";

static const char *const TABLES[] = {"month,sex", "role,file", "day",       "flag,sent",
                                     "deep",      "said",      "month,role"};

static const char *const LINES[] = {
    "{\"schema\":\"mp/1\",\"id\":\"A-1\",\"kind\":\"missing\",\"source\":{\"file\":\"f.csv\","
    "\"line\":12},\"reported_at\":\"2018-03-02T10:00\",\"person\":{\"family_name\":\"Aa\",\"sex\":"
    "\"f\",\"age\":15},\"missing_since\":\"2018-03-01T22:15\",\"narrative\":\"Said \\\"no\\\" \\\\"
    " and left; caf\xc3\xa9 {\\n[\",\"signals\":[{\"code\":\"c1\",\"status\":\"present\",\"quote\":"
    "\"from \\\"there\\\"\",\"start\":3},{\"code\":\"c3\",\"status\":\"past\",\"quote\":\"]}\"}],"
    "\"rest\":{\"x\":null,\"y\":[1,2.5,true]},\"link\":{\"person_id\":\"P1\",\"reports\":[{\"id\":"
    "\"A-1\",\"role\":\"first\",\"source\":{\"file\":\"f.csv\",\"line\":1},\"reported_at\":"
    "\"2018-03-02T10:00\",\"narrative\":\"x\"},{\"id\":\"A-2\",\"role\":\"update\",\"source\":{"
    "\"file\":\"g.csv\"},\"reported_at\":\"2018-03-04\"}],\"previous\":{\"episodes\":2,\"within\":"
    "{\"21d\":1,\"28d\":2}}},\"triage\":{\"reasons\":[{\"rule\":\"r\",\"quotes\":[\"a\",\"b\"]}],"
    "\"flags\":[{\"flag\":\"red\",\"why\":\"w\"}],\"sent\":[\"s1\",\"s2\"],\"score\":3}}",
    "{\"schema\": \"mp/1\", \"person\": {\"sex\": \"m\"}, \"missing_since\": \"2018-04-01\", "
    "\"signals\": [], \"link\": {\"reports\": [{\"role\": \"first\"}], \"person_id\": \"P2\"}, "
    "\"rest\": {\"x\": \"1\"}, \"triage\": {\"flags\": [], \"sent\": \"s3\", \"other\": [[], {}]}}",
};

static void begin(struct side *s, bool skims)
{
    const char *path = test_file("skim.yaml", DIMENSIONS, sizeof DIMENSIONS - 1);
    *s = (struct side){.rec.number = 1};
    mp_case_make(&s->k, (struct mp_time){0});
    mp_case_judged(&s->k);
    s->rules = (struct mp_rules){.arena = &s->arena, .k = &s->k, .lang = "en"};
    bool good = mp_dims_read(&s->rules, path, &s->dims, &s->e) == 0 &&
                mp_crosstabs_quick("-b", TABLES, sizeof TABLES / sizeof *TABLES, &s->dims, &s->set,
                                   &s->e) == 0 &&
                mp_tally_begin(&s->tally, &s->set, &s->dims, &s->e) == 0 &&
                mp_tally_skim(&s->tally, &s->skim);
    if (!CHECK(good))
        abort();
    s->reader.skim = skims ? &s->skim : NULL;
}

static void read_line(struct side *s, struct mp_str line)
{
    s->rec.line = line;
    s->read = mp_rec_parse(&s->reader, &s->rec, &s->e);
}

static void count(struct side *s)
{
    if (s->read == 0)
        CHECK(mp_tally_add(&s->tally, s->rec.root, &s->e) >= 0);
}

static struct mp_buf rows(struct side *s)
{
    static const struct mp_guard_rules unsafe = {.unsafe = true};
    struct mp_publication p;
    struct mp_buf b = {0};
    unsigned units = 0;
    for (enum mp_count_unit u = 0; u < MP_N_UNITS; u++)
        units |= (unsigned)mp_tally_gives(&s->tally, u) << u;
    CHECK(mp_tally_finish(&s->tally, &s->e) == 0 &&
          mp_publication_begin(&p, &s->tally, &unsafe, units, &s->e) == 0);
    while (mp_publication_next(&p, &b))
        ;
    mp_publication_end(&p);
    return b;
}

static void finish(struct side *s)
{
    mp_tally_free(&s->tally);
    mp_crosstabs_free(&s->set);
    mp_dims_free(&s->dims);
    mp_rec_reader_free(&s->reader);
    mp_arena_free(&s->arena);
}

/* Both have the same rows so far, and begin again. */
static void compare(struct side *whole, struct side *skims)
{
    struct mp_buf a = rows(whole), b = rows(skims);
    CHECK(a.len > 0);
    CHECK_SAME(mp_buf_str(&b), mp_buf_str(&a));
    mp_buf_free(&a);
    mp_buf_free(&b);
    finish(whole);
    finish(skims);
    begin(whole, false);
    begin(skims, true);
}

static void mutate(char *line, size_t *n, uint64_t *random)
{
    static const char some[] = "\"\\{}[],: 0x\xc3\t";
    size_t at = test_random(random, (unsigned)*n), other = test_random(random, (unsigned)*n);
    char c = test_random(random, 4) ? some[test_random(random, sizeof some - 1)]
                                    : (char)test_random(random, 256);
    switch (test_random(random, 4)) {
    case 0:
        line[at] = c;
        break;
    case 1:
        memmove(line + at, line + at + 1, --*n - at);
        break;
    case 2:
        memmove(line + at + 1, line + at, (*n)++ - at);
        line[at] = c;
        break;
    default: /* a piece of it again */
        at = at < other ? at : other;
        other = *n - at < 40 ? *n - at : 40;
        memmove(line + at + other, line + at, *n - at);
        *n += other;
    }
}

TEST(tables_are_the_same_with_and_without_skimming)
{
    struct side whole, skims;
    begin(&whole, false);
    begin(&skims, true);
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        struct mp_str line = mp_str_of(LINES[i]), small = skimmed(&skims.skim, line);
        CHECK(small.n > 0 && small.n < line.n);
        free((char *)(uintptr_t)small.p);
        read_line(&whole, line);
        count(&whole);
        read_line(&skims, line);
        count(&skims);
    }
    compare(&whole, &skims);
    finish(&whole);
    finish(&skims);
}

/* What the skim lets pass and the parser does not, changes nothing of what is read. */
static bool is_hidden(const struct side *skims, struct mp_str line, struct mp_str before)
{
    struct mp_str a = skimmed(&skims->skim, line), b = skimmed(&skims->skim, before);
    bool same = mp_str_eq(a, b);
    free((char *)(uintptr_t)a.p);
    free((char *)(uintptr_t)b.p);
    return same;
}

TEST(lines_that_were_changed_are_counted_or_rejected_alike)
{
    enum { TIMES = 10000, ROOM = 4096 };
    struct side whole, skims;
    uint64_t random = 7;
    size_t rejected = 0, hidden = 0;
    begin(&whole, false);
    begin(&skims, true);
    for (int i = 0; i < TIMES; i++) {
        struct mp_str before = mp_str_of(LINES[i % 2]);
        char line[ROOM];
        size_t n = before.n;
        memcpy(line, before.p, n);
        mutate(line, &n, &random);
        read_line(&whole, (struct mp_str){line, n});
        read_line(&skims, (struct mp_str){line, n});
        rejected += whole.read < 0;
        if (whole.read < 0 && skims.read == 0) {
            hidden++;
            CHECK(is_hidden(&skims, (struct mp_str){line, n}, before));
            continue;
        }
        CHECK_INT(skims.read, whole.read);
        if (whole.read < 0) {
            CHECK_STR(mp_str_of(skims.e.text), whole.e.text);
            CHECK_INT(skims.e.col, whole.e.col);
        }
        count(&whole);
        count(&skims);
        if (i % 100 == 99)
            compare(&whole, &skims);
    }
    CHECK(rejected > TIMES / 4 && hidden < TIMES / 10);
    finish(&whole);
    finish(&skims);
}
