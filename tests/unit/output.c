/* lib/io/output; lib/cli: diag, reject, schemas */
#include "cli/diag.h"
#include "cli/reject.h"
#include "cli/schemas.h"
#include "io/output.h"
#include "test.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t files_in_folder(void)
{
    size_t n = 0;
    DIR *d = opendir(test_dir());
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static void holds(const char *path, const char *want)
{
    struct mp_buf b = test_slurp(path);
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

TEST(output_takes_its_name_in_the_end)
{
    char path[128];
    strcpy(path, test_file("out", "old", 3));
    chmod(path, 0640);
    size_t before = files_in_folder();
    struct mp_output out;
    struct mp_error e;
    CHECK_INT(mp_output_open(&out, path, &e), 0);
    mp_buf_adds(&out.buf, "new");
    CHECK_INT(mp_output_flush(&out, &e), 0);
    holds(path, "old");
    CHECK_INT(mp_output_commit(&out, &e), 0);
    mp_output_abandon(&out);
    holds(path, "new");
    struct stat st;
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0640);
    CHECK_INT(files_in_folder(), before);
}

TEST(output_new_files_have_the_rights_that_the_umask_leaves)
{
    char path[128];
    strcpy(path, test_file("fresh", NULL, 0));
    mode_t old = umask(027);
    struct mp_output out;
    struct mp_error e;
    CHECK_INT(mp_output_open(&out, path, &e), 0);
    CHECK_INT(mp_output_commit(&out, &e), 0);
    struct stat st;
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0640 && st.st_size == 0);
    umask(old);
}

TEST(output_abandoned_leaves_the_old_file)
{
    char path[128];
    strcpy(path, test_file("kept", "old", 3));
    size_t before = files_in_folder();
    struct mp_output out;
    struct mp_error e;
    CHECK_INT(mp_output_open(&out, path, &e), 0);
    mp_buf_adds(&out.buf, "new");
    CHECK_INT(mp_output_flush(&out, &e), 0);
    mp_output_abandon(&out);
    holds(path, "old");
    CHECK_INT(files_in_folder(), before);
}

TEST(output_that_fails_to_be_written_leaves_the_old_file)
{
    char path[128];
    strcpy(path, test_file("limited", "old", 3));
    size_t before = files_in_folder();
    struct rlimit limit, small;
    getrlimit(RLIMIT_FSIZE, &limit);
    small = limit;
    small.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    struct mp_output out;
    struct mp_error e;
    CHECK_INT(mp_output_open(&out, path, &e), 0);
    for (int i = 0; i < 1000; i++)
        mp_buf_adds(&out.buf, "0123456789");
    setrlimit(RLIMIT_FSIZE, &small);
    CHECK_INT(mp_output_commit(&out, &e), -1);
    setrlimit(RLIMIT_FSIZE, &limit);
    CHECK_INT(e.code, MP_WRITE);
    CHECK_STR(e.file, path);
    mp_output_abandon(&out);
    holds(path, "old");
    CHECK_INT(files_in_folder(), before);
}

TEST(output_into_a_folder_that_is_not_there)
{
    struct mp_output out;
    struct mp_error e;
    CHECK_INT(mp_output_open(&out, test_file("no/where", NULL, 0), &e), -1);
    CHECK_INT(e.code, MP_WRITE);
    CHECK_INT(mp_output_open(&out, test_dir(), &e), -1);
    mp_output_abandon(&out);
}

TEST(output_to_a_device_is_written_as_it_is)
{
    struct mp_output out;
    struct mp_error e;
    CHECK_INT(mp_output_open(&out, "/dev/full", &e), 0);
    mp_buf_adds(&out.buf, "x");
    CHECK_INT(mp_output_commit(&out, &e), -1);
    CHECK_INT(e.code, MP_WRITE);
    mp_output_abandon(&out);
    CHECK_INT(mp_output_open(&out, "/dev/null", &e), 0);
    mp_buf_adds(&out.buf, "x");
    CHECK_INT(mp_output_commit(&out, &e), 0);
    struct stat st;
    CHECK(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode));
}

static void append(const char *path, const char *text)
{
    struct mp_output out;
    struct mp_error e;
    CHECK_INT(mp_output_append(&out, path, &e), 0);
    mp_buf_adds(&out.buf, text);
    CHECK_INT(mp_output_commit(&out, &e), 0);
    mp_output_abandon(&out);
}

TEST(output_of_a_log_is_added_to)
{
    char path[128];
    struct mp_output a, b;
    struct mp_error e;
    struct stat st;
    strcpy(path, test_file("log", NULL, 0));
    append(path, "one\n");
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    append(path, "two");
    append(path, "three\n"); /* behind a line that was cut off */
    holds(path, "one\ntwo\nthree\n");
    CHECK_INT(mp_output_append(&a, path, &e), 0); /* two at a time, each line whole */
    CHECK_INT(mp_output_append(&b, path, &e), 0);
    mp_buf_adds(&a.buf, "a\n");
    mp_buf_adds(&b.buf, "b\n");
    CHECK_INT(mp_output_flush(&b, &e), 0);
    CHECK_INT(mp_output_flush(&a, &e), 0);
    mp_buf_adds(&a.buf, "never flushed\n");
    mp_output_abandon(&a);
    mp_output_abandon(&b);
    holds(path, "one\ntwo\nthree\nb\na\n");
}

TEST(output_of_a_log_that_cannot_be_opened)
{
    struct mp_output out;
    struct mp_error e;
    CHECK_INT(mp_output_append(&out, test_file("no/where", NULL, 0), &e), -1);
    CHECK_INT(e.code, MP_WRITE);
    CHECK_INT(mp_output_append(&out, test_dir(), &e), -1);
    CHECK_INT(mp_output_append(&out, "/dev/full", &e), 0);
    mp_buf_adds(&out.buf, "x");
    CHECK_INT(mp_output_flush(&out, &e), -1);
    mp_output_abandon(&out);
}

TEST(output_check_writes_when_there_is_enough)
{
    char path[128];
    strcpy(path, test_file("fifo", NULL, 0));
    CHECK_INT(mkfifo(path, 0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK);
    struct mp_output out;
    struct mp_error e;
    char room[8];
    CHECK_INT(mp_output_open(&out, path, &e), 0);
    mp_buf_adds(&out.buf, "a");
    CHECK_INT(mp_output_check(&out, &e), 0);
    CHECK_INT(read(reader, room, sizeof room), -1);
    out.line_buffered = true;
    CHECK_INT(mp_output_check(&out, &e), 0);
    CHECK_INT(read(reader, room, sizeof room), 1);
    close(reader);
    mp_buf_adds(&out.buf, "b");
    CHECK_INT(mp_output_check(&out, &e), 0); /* nobody reads any more: no error */
    CHECK(out.closed_pipe);
    mp_buf_adds(&out.buf, "c");
    CHECK_INT(mp_output_commit(&out, &e), 0);
    mp_output_abandon(&out);
}

TEST(output_without_memory)
{
    struct mp_output out;
    struct mp_error e;
    CHECK_INT(mp_output_open(&out, "/dev/null", &e), 0);
    out.buf.failed = true;
    CHECK_INT(mp_output_check(&out, &e), -1);
    CHECK_INT(e.code, MP_MEMORY);
    mp_output_abandon(&out);
}

static void rejects(struct mp_str raw, const char *want)
{
    struct mp_error why;
    struct mp_buf b = {0};
    mp_error_set(&why, MP_RAGGED, "why");
    mp_error_at(&why, MP_STR("f.csv"), 3, 5);
    mp_reject_add(&b, &(struct mp_reject){&why, raw, 2, 100, 0});
    static const char head[] =
        "{\"file\":\"f.csv\",\"record\":2,\"line\":3,\"col\":5,\"offset\":100,";
    CHECK(b.len > sizeof head && memcmp(b.data, head, sizeof head - 1) == 0);
    CHECK(strstr(mp_buf_cstr(&b), want) != NULL);
    CHECK(b.data[b.len - 1] == '\n');
    mp_buf_free(&b);
}

TEST(reject_holds_the_raw_bytes)
{
    rejects(MP_STR("a;\"b\n"),
            "\"bytes\":5,\"code\":\"ragged\",\"text\":\"why\",\"raw\":\"a;\\\"b\\n\"}");
    rejects(MP_STR("\xff"), "\"raw_base64\":\"/w==\"}");
    rejects(MP_STR("\xff\x00"), "\"raw_base64\":\"/wA=\"}");
    rejects(MP_STR("\xff\x00z"), "\"raw_base64\":\"/wB6\"}");
    rejects(MP_STR("caf\xe9!"), "\"raw_base64\":\"Y2Fm6SE=\"}");
}

TEST(reject_of_a_piece_says_which)
{
    struct mp_error why;
    struct mp_buf b = {0};
    mp_error_set(&why, MP_TOO_LARGE, "why");
    mp_reject_add(&b, &(struct mp_reject){&why, MP_STR("x"), 1, 0, 2});
    CHECK(strstr(mp_buf_cstr(&b), "\"part\":2,") != NULL);
    CHECK(strstr(mp_buf_cstr(&b), "\"file\":null,") != NULL);
    mp_buf_free(&b);
}

/* What a message looks like on standard error. */
static void says(struct mp_diag *d, const struct mp_error *e, const char *want)
{
    char path[128];
    strcpy(path, test_file("stderr", "", 0));
    int saved = dup(STDERR_FILENO), fd = open(path, O_WRONLY);
    dup2(fd, STDERR_FILENO);
    mp_diag_say(d, e);
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(fd);
    holds(path, want);
}

TEST(diag_says_place_level_and_code)
{
    struct mp_diag d = {.tool = "mp-x"};
    struct mp_error e;
    mp_error_set(&e, MP_BAD_DATE, "'%s' is no date", "x");
    says(&d, &e, "mp-x: warning: 'x' is no date [bad-date]\n");
    mp_error_at(&e, MP_STR("f"), 0, 0);
    says(&d, &e, "mp-x: f: warning: 'x' is no date [bad-date]\n");
    mp_error_at(&e, MP_STR("f"), 3, 0);
    says(&d, &e, "mp-x: f:3: warning: 'x' is no date [bad-date]\n");
    mp_error_at(&e, MP_STR("f"), 3, 5);
    says(&d, &e, "mp-x: f:3:5: warning: 'x' is no date [bad-date]\n");
    d.quiet = true;
    says(&d, &e, "");
    CHECK_INT(d.count[MP_BAD_DATE], 5);
    mp_error_set(&e, MP_USAGE, "wrong");
    says(&d, &e, "mp-x: error: wrong [usage]\nmp-x: try 'mp-x --help'\n");
    d.json = true;
    mp_error_set(&e, MP_RAGGED, "a \"b\"");
    mp_error_at(&e, MP_STR("f"), 3, 5);
    says(&d, &e,
         "{\"tool\":\"mp-x\",\"file\":\"f\",\"line\":3,\"col\":5,\"level\":\"rejected\","
         "\"code\":\"ragged\",\"text\":\"a \\\"b\\\"\"}\n");
    mp_diag_free(&d);
}

TEST(schemas_are_found_by_name_or_path)
{
    struct mp_buf b = {0};
    struct mp_error e;
    char *old = getenv("MP_SCHEMAS");
    old = old ? strdup(old) : NULL;
    setenv("MP_SCHEMAS", "/some/where", 1);
    CHECK_INT(mp_schemas_path(&b, "tables", "weekly", &e), 0);
    CHECK_STR(mp_str_of(b.data), "/some/where/tables/weekly.yaml");
    CHECK_INT(mp_schemas_path(&b, "tables", "./weekly", &e), 0);
    CHECK_STR(mp_str_of(b.data), "./weekly");
    CHECK_INT(mp_schemas_path(&b, "tables", "my.yaml", &e), 0);
    CHECK_STR(mp_str_of(b.data), "my.yaml");
    CHECK_INT(mp_schemas_path(&b, "tables", ".yaml", &e), 0);
    CHECK_STR(mp_str_of(b.data), "/some/where/tables/.yaml.yaml");
    if (old)
        setenv("MP_SCHEMAS", old, 1);
    else
        unsetenv("MP_SCHEMAS");
    free(old);
    mp_buf_free(&b);
}
