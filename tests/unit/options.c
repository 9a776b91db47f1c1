/* lib/cli/options */
#include "cli/options.h"
#include "test.h"

static struct values {
    bool flag, other;
    const char *text, *choice;
    int64_t count, size;
    struct mp_time date;
    struct mp_opt_list list;
} v;

static const struct mp_opt own[] = {
    {'f', "flag", NULL, MP_OPT_FLAG, &v.flag, NULL, "a flag"},
    {'t', "text", "FILE", MP_OPT_TEXT, &v.text, NULL, "a text"},
    {0, "choice", "WHICH", MP_OPT_CHOICE, &v.choice, "one two three", "a choice"},
    {'n', "count", "N", MP_OPT_COUNT, &v.count, NULL, "a number"},
};
static const struct mp_opt common[] = {
    {'s', "size", "SIZE", MP_OPT_SIZE, &v.size, NULL, "a size"},
    {0, "date", "DATE", MP_OPT_DATE, &v.date, NULL, "a date"},
    {'l', "list", "X", MP_OPT_LIST, &v.list, NULL, "a list whose name and value are too wide"},
    {'o', "other", NULL, MP_OPT_FLAG, &v.other, NULL, NULL},
};
static const struct mp_opts table = {own, common, 4, 4, false};

static char *args[32];
static struct mp_error e;
static size_t n_files;

/* Blank-separated arguments; `_` stands for an empty one. */
static int read_line(const char *line)
{
    static char room[512];
    int argc = 1;
    strcpy(room, line);
    args[0] = room;
    for (char *p = strtok(room, " "); p; p = strtok(NULL, " "))
        args[argc++] = strcmp(p, "_") == 0 ? p + 1 : p;
    args[argc] = NULL;
    v = (struct values){.count = -1, .size = -1};
    return mp_opts_read(&table, argc, args, &n_files, &e);
}

static void fails(const char *line, const char *want)
{
    CHECK_INT(read_line(line), -1);
    CHECK_INT(e.code, MP_USAGE);
    CHECK_STR(mp_str_of(e.text), want);
}

TEST(options_and_files_may_be_mixed)
{
    CHECK_INT(read_line("a -f b --text=x c --count 5 - -- -f --text"), 0);
    CHECK(v.flag && !v.other && v.count == 5);
    CHECK_STR(mp_str_of(v.text), "x");
    CHECK_INT(n_files, 6);
    static const char *const files[] = {"a", "b", "c", "-", "-f", "--text"};
    for (size_t i = 0; i < 6; i++)
        CHECK_STR(mp_str_of(args[1 + i]), files[i]);
    CHECK_INT(read_line(""), 0);
    CHECK_INT(n_files, 0);
    CHECK_INT(read_line("--"), 0);
    CHECK_INT(n_files, 0);
    CHECK_INT(read_line("_"), 0);
    CHECK_INT(n_files, 1);
}

TEST(options_short_ones_may_be_joined)
{
    CHECK_INT(read_line("-fo -tx -n7 -foty"), 0);
    CHECK(v.flag && v.other && v.count == 7);
    CHECK_STR(mp_str_of(v.text), "y");
    CHECK_INT(read_line("-fot y"), 0);
    CHECK_STR(mp_str_of(v.text), "y");
    CHECK_INT(read_line("-t -f"), 0); /* a value may look like an option */
    CHECK_STR(mp_str_of(v.text), "-f");
    CHECK(!v.flag);
}

TEST(options_of_each_kind)
{
    CHECK_INT(read_line("--choice two --size=64K --date 2018-06-30T12:00 -l a -l b --list=_"), 0);
    CHECK_STR(mp_str_of(v.choice), "two");
    CHECK_INT(v.size, 65536);
    CHECK(v.date.known && v.date.minute == 720);
    CHECK_INT(v.list.n, 3);
    CHECK_INT(read_line("-s 16M"), 0);
    CHECK_INT(v.size, 16 << 20);
    CHECK_INT(read_line("-s 2G"), 0);
    CHECK_INT(v.size, INT64_C(2) << 30);
    CHECK_INT(read_line("-s 1 -n 0"), 0);
    CHECK(v.size == 1 && v.count == 0);
    CHECK_INT(read_line("--text=a=b"), 0);
    CHECK_STR(mp_str_of(v.text), "a=b");
}

TEST(options_that_are_wrong)
{
    fails("-s 0", "--size: '0' is no size: nothing fits into it");
    fails("--flat", "unknown option --flat");
    fails("--fla", "unknown option --fla");
    fails("-x", "unknown option -x");
    fails("-fx", "unknown option -x");
    fails("--flag=yes", "--flag takes no value");
    fails("--text", "--text needs a value: FILE");
    fails("-t", "-t needs a value: FILE");
    fails("--text=", "--text: empty");
    fails("-t _", "--text: empty");
    fails("--choice=four", "--choice: 'four' is none of: one two three");
    fails("--choice=tw", "--choice: 'tw' is none of: one two three");
    fails("--choice=", "--choice: '' is none of: one two three");
    fails("-n -3", "--count: '-3' is no whole number");
    fails("-n 3x", "--count: '3x' is no whole number");
    fails("-n 3K", "--count: '3K' is no whole number");
    fails("-n _", "--count: '' is no whole number");
    fails("-n 99999999999999999999", "--count: '99999999999999999999' is too large");
    fails("-s 9999999999G", "--size: '9999999999G' is too large");
    fails("-s K", "--size: 'K' is no size such as 65536, 64K or 16M");
    fails("-s 1KB", "--size: '1KB' is no size such as 65536, 64K or 16M");
    fails("--date 30-06-2018",
          "--date: '30-06-2018' is no date such as 2018-06-30 or 2018-06-30T12:00");
    fails("-l1 -l2 -l3 -l4 -l5 -l6 -l7 -l8 -l9 -l10 -l11 -l12 -l13 -l14 -l15 -l16 -l17",
          "--list is given too often");
}

TEST(options_help_lists_all_that_are_for_people)
{
    struct mp_buf b = {0};
    mp_opts_help(&table, &b);
    CHECK_STR(mp_buf_str(&b), "  -f, --flag                  a flag\n"
                              "  -t, --text=FILE             a text\n"
                              "      --choice=WHICH          a choice\n"
                              "  -n, --count=N               a number\n"
                              "\n"
                              "  -s, --size=SIZE             a size\n"
                              "      --date=DATE             a date\n"
                              "  -l, --list=X                a list whose name and value are too "
                              "wide\n");
    mp_buf_free(&b);
}
