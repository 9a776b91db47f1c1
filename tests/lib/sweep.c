/*
 * Runs a program many times on variants of one input and looks at how it ends. A run is good if the
 * program exits by itself with status 0, 1 or 2 within 20 seconds, and every summary that it prints
 * keeps the conservation law.
 *
 *     sweep prefixes STEP FILE PROGRAM [ARGUMENT]...   every STEP-th prefix of the file
 *     sweep flips N FILE PROGRAM [ARGUMENT]...         N variants with one to three bytes changed
 *     sweep memory LIBRARY FILE PROGRAM [ARGUMENT]...  the k-th request for memory fails: once, and
 *         from then on. A run must then end with 2 and say why, or print the same as if nothing
 *         had happened. Of requests that come about by the same calls, as for the thousand texts
 *         of a file of rules, the first four are tried, and the 8th, the 16th and so on; all of
 *         them where MP_SWEEP_ALL is set.
 *
 * Prints what went wrong and a count: one if all runs were good, else those that were not.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 20, SHOWN = 10, COUNTER_FD = 9, SITES = 1 << 17 /* as in nomem.so.c */ };

struct text {
    char *p;
    size_t n;
};

static int in, out, err, counter; /* files in memory that every run uses again */
static long *requests;
static char **program;
static unsigned failed;

static void die(const char *what)
{
    perror(what);
    exit(2);
}

static int memory_file(const char *name)
{
    int fd = memfd_create(name, 0);
    if (fd < 0)
        die("memfd_create");
    return fd;
}

static struct text slurp(int fd)
{
    struct stat st;
    if (fstat(fd, &st) < 0)
        die("fstat");
    struct text t = {malloc((size_t)st.st_size + 1), (size_t)st.st_size};
    if (!t.p || pread(fd, t.p, t.n, 0) != (ssize_t)t.n)
        die("read");
    t.p[t.n] = '\0';
    return t;
}

static void fill(int fd, const char *p, size_t n)
{
    if (ftruncate(fd, 0) < 0 || pwrite(fd, p, n, 0) != (ssize_t)n)
        die("write");
}

/* The status that waitpid gives. The limits hold for the child alone. */
static int run(const char *library, long k, int more)
{
    lseek(in, 0, SEEK_SET);
    fill(out, "", 0);
    fill(err, "", 0);
    lseek(out, 0, SEEK_SET);
    lseek(err, 0, SEEK_SET);
    *requests = 0;
    pid_t child = fork();
    if (child < 0)
        die("fork");
    if (child == 0) {
        dup2(in, 0);
        dup2(out, 1);
        dup2(err, 2);
        dup2(counter, COUNTER_FD);
        alarm(SECONDS);
        if (library) {
            char number[24];
            snprintf(number, sizeof number, "%ld", k);
            setenv("LD_PRELOAD", library, 1);
            setenv("MP_NOMEM_AT", number, 1);
            setenv("MP_NOMEM_FD", "9", 1);
            if (more)
                setenv("MP_NOMEM_MORE", "1", 1);
        }
        execvp(program[0], program);
        _exit(127);
    }
    int status;
    if (waitpid(child, &status, 0) < 0)
        die("waitpid");
    return status;
}

static unsigned long number(const char *line, const char *end, const char *key)
{
    const char *p = memmem(line, (size_t)(end - line), key, strlen(key));
    return p ? strtoul(p + strlen(key), NULL, 10) : 0;
}

static int keeps_the_law(struct text messages)
{
    const char *line = messages.p, *all = messages.p + messages.n, *end;
    for (; line < all; line = end + 1) {
        end = memchr(line, '\n', (size_t)(all - line));
        end = end ? end : all;
        if (!memmem(line, (size_t)(end - line), ": summary: ", 11))
            continue;
        if (number(line, end, " in=") !=
            number(line, end, " out=") + number(line, end, " joined=") +
                number(line, end, " rejected=") + number(line, end, " dropped="))
            return 0;
    }
    return 1;
}

static void judge(int good, const char *what, long k, int status, struct text messages)
{
    if (good || ++failed > SHOWN)
        return;
    printf("FAIL %s: %s %ld: ", program[0], what, k);
    if (WIFSIGNALED(status))
        printf("signal %d\n", WTERMSIG(status));
    else
        printf("status %d\n", WEXITSTATUS(status));
    fwrite(messages.p, 1, messages.n < 1500 ? messages.n : 1500, stdout);
}

static int ended_well(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) <= 2;
}

static void one_variant(const char *p, size_t n, const char *what, long k)
{
    fill(in, p, n);
    int status = run(NULL, 0, 0);
    struct text messages = slurp(err);
    judge(ended_well(status) && keeps_the_law(messages), what, k, status, messages);
    free(messages.p);
}

static void prefixes(struct text file, size_t step)
{
    for (size_t n = 0; n <= file.n; n += step)
        one_variant(file.p, n, "prefix of", (long)n);
}

static unsigned next_random(void)
{
    static unsigned long long x = 88172645463325252u; /* xorshift64*, Vigna 2016 */
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    return (unsigned)((x * 2685821657736338717u) >> 33);
}

static void flips(struct text file, long n)
{
    static const char liked[] = "\"\";,\r\n\0{}[]:\\0\xff\xc3\xed";
    char *copy = malloc(file.n);
    for (long k = 0; k < n && file.n > 0; k++) {
        memcpy(copy, file.p, file.n);
        for (unsigned i = next_random() % 3 + 1; i > 0; i--) {
            char *at = copy + next_random() % file.n;
            if (next_random() % 2)
                *at = liked[next_random() % (sizeof liked - 1)];
            else
                *at = (char)(*at ^ (1 << next_random() % 8));
        }
        one_variant(copy, file.n, "variant", k);
    }
    free(copy);
}

/* Whether the request is one of those that are tried, by how many before it came about so. */
static int is_tried(const long *sites, long k)
{
    if (k > SITES || getenv("MP_SWEEP_ALL"))
        return 1;
    unsigned long before = 1;
    for (long i = 1; i < k; i++)
        before += sites[i] == sites[k];
    return before <= 4 || (before & (before - 1)) == 0;
}

static void memory(struct text file, const char *library)
{
    long *sites = calloc(1 + SITES, sizeof *sites);
    if (!sites)
        die("calloc");
    fill(in, file.p, file.n);
    run(library, 0, 0);
    long total = *requests;
    struct text want = slurp(out);
    memcpy(sites, requests, (1 + SITES) * sizeof *sites);
    if (total == 0) {
        printf("FAIL %s: no request for memory was seen\n", program[0]);
        failed++;
    }
    for (long k = 1; k <= total; k++)
        for (int more = 0; more < 2 && is_tried(sites, k); more++) {
            int status = run(library, k, more);
            struct text got = slurp(out), messages = slurp(err);
            int good = ended_well(status);
            if (good && WEXITSTATUS(status) == 2)
                good = messages.n > 0; /* the C library may hide the reason: "unknown encoding" */
            else if (good)
                good = got.n == want.n && memcmp(got.p, want.p, want.n) == 0;
            judge(good, more ? "no memory from request" : "no memory for request", k, status,
                  messages);
            free(got.p);
            free(messages.p);
        }
    free(want.p);
    free(sites);
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    int fd = open(argv[3], O_RDONLY);
    if (fd < 0)
        die(argv[3]);
    struct text file = slurp(fd);
    close(fd);
    program = argv + 4;
    in = memory_file("in");
    out = memory_file("out");
    err = memory_file("err");
    counter = memory_file("counter");
    if (ftruncate(counter, (1 + SITES) * sizeof *requests) < 0)
        die("ftruncate");
    requests =
        mmap(NULL, (1 + SITES) * sizeof *requests, PROT_READ | PROT_WRITE, MAP_SHARED, counter, 0);
    if (requests == MAP_FAILED)
        die("mmap");
    if (strcmp(argv[1], "prefixes") == 0)
        prefixes(file, strtoul(argv[2], NULL, 10));
    else if (strcmp(argv[1], "flips") == 0)
        flips(file, strtol(argv[2], NULL, 10));
    else if (strcmp(argv[1], "memory") == 0)
        memory(file, argv[2]);
    else
        return 2;
    printf("%d passed, %u failed\n", failed == 0, failed);
    free(file.p);
    return failed > 0;
}
