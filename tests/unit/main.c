/* Runs all unit tests, or those whose name holds the argument; prints failures and a count. */
#include "test.h"
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { MAX_TESTS = 1000, SHOWN = 300 };

static struct {
    const char *file, *name;
    void (*run)(void);
} tests[MAX_TESTS];
static size_t n_tests;
static size_t current, failures; /* of the current test */
static char folder[64];

void test_add(const char *file, const char *name, void (*run)(void))
{
    if (n_tests == MAX_TESTS)
        abort();
    tests[n_tests].file = file;
    tests[n_tests].name = name;
    tests[n_tests++].run = run;
}

bool test_check(bool held, const char *what, const char *file, int line)
{
    if (!held && ++failures <= 5)
        printf("FAIL %s: %s:%d: %s\n", tests[current].name, file, line, what);
    return held;
}

bool test_int(intmax_t got, intmax_t want, const char *what, const char *file, int line)
{
    if (!test_check(got == want, what, file, line) && failures <= 5)
        printf("    got %jd, want %jd\n", got, want);
    return got == want;
}

static void show(const char *label, struct mp_str s)
{
    printf("    %s (%zu) ", label, s.n);
    for (size_t i = 0; i < s.n && i < SHOWN; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c >= 0x7f)
            printf("\\x%02x", c);
        else
            putchar(c);
    }
    printf("%s\n", s.p ? "" : "NULL");
}

bool test_str(struct mp_str got, struct mp_str want, const char *what, const char *file, int line)
{
    bool held = (got.p != NULL) == (want.p != NULL) && mp_str_eq(got, want);
    if (!test_check(held, what, file, line) && failures <= 5) {
        show("got ", got);
        show("want", want);
    }
    return held;
}

/* xorshift64* (Vigna 2016). */
unsigned test_random(uint64_t *state, unsigned limit)
{
    uint64_t x = *state ? *state : 88172645463325252u;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return (unsigned)(((x * 2685821657736338717u) >> 33) % limit);
}

const char *test_dir(void)
{
    if (!folder[0]) {
        const char *place = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%.40s/mp-unit.XXXXXX", place && *place ? place : "/tmp");
        if (!mkdtemp(folder)) {
            perror(folder);
            exit(2);
        }
    }
    return folder;
}

const char *test_file(const char *name, const char *data, size_t n)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", test_dir(), name);
    FILE *f = data ? fopen(path, "wb") : NULL;
    if (data && (!f || fwrite(data, 1, n, f) != n || fclose(f) != 0)) {
        perror(path);
        exit(2);
    }
    return path;
}

struct mp_buf test_slurp(const char *path)
{
    struct mp_buf b = {0};
    char piece[4096];
    FILE *f = fopen(path, "rb");
    for (size_t n; f && (n = fread(piece, 1, sizeof piece, f)) > 0;)
        mp_buf_add(&b, piece, n);
    if (f)
        fclose(f);
    return b;
}

static void remove_folder(void)
{
    DIR *d = folder[0] ? opendir(folder) : NULL;
    for (struct dirent *entry; d && (entry = readdir(d));)
        unlinkat(dirfd(d), entry->d_name, 0);
    if (d)
        closedir(d);
    rmdir(folder);
}

static void feed_more(void *ctx)
{
    struct test_feed *f = ctx;
    if (f->to < 0)
        return;
    size_t n = f->random ? 1 + test_random(&f->random, f->most) : f->most;
    if (n > f->text.n)
        n = f->text.n;
    if (n > 0 && write(f->to, f->text.p, n) != (ssize_t)n)
        abort();
    f->text.p += n;
    f->text.n -= n;
    if (f->text.n == 0) {
        close(f->to);
        f->to = -1;
    }
}

void test_feed_open(struct test_feed *f, struct mp_str text, unsigned most, uint64_t random)
{
    int ends[2];
    char path[32];
    struct mp_error e;
    if (pipe2(ends, O_CLOEXEC) < 0)
        abort();
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    *f = (struct test_feed){.text = text, .most = most, .random = random, .to = ends[1]};
    if (mp_input_open(&f->in, path, &e) < 0)
        abort();
    close(ends[0]);
    f->in.name = MP_STR("feed");
    f->in.idle = feed_more;
    f->in.idle_ctx = f;
}

void test_feed_close(struct test_feed *f)
{
    if (f->to >= 0)
        close(f->to);
    mp_input_close(&f->in);
}

int main(int argc, char **argv)
{
    size_t passed = 0, failed = 0;
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (current = 0; current < n_tests; current++) {
        if (argc > 1 && !strstr(tests[current].name, argv[1]) &&
            !strstr(tests[current].file, argv[1]))
            continue;
        failures = 0;
        tests[current].run();
        if (failures > 5)
            printf("    and %zu more in %s\n", failures - 5, tests[current].name);
        passed += failures == 0;
        failed += failures > 0;
    }
    remove_folder();
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed > 0;
}
