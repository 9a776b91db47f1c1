/* lib/io: store, spill */
#include "io/store.h"
#include "test.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KB = 1 << 10, MB = 1 << 20, SMALL = 64 * KB };

/* Numbers that tell every place of every array apart. */
static void fill(uint64_t *p, size_t from, size_t to, uint64_t mark)
{
    for (size_t i = from; i < to; i++)
        p[i] = mark ^ i * UINT64_C(0x9e3779b97f4a7c15);
}

static bool holds(const uint64_t *p, size_t n, uint64_t mark)
{
    size_t i = 0;
    while (i < n && p[i] == (mark ^ i * UINT64_C(0x9e3779b97f4a7c15)))
        i++;
    return i == n;
}

static bool all_zero(const void *p, size_t n)
{
    const char *c = p;
    size_t i = 0;
    while (i < n && !c[i])
        i++;
    return i == n;
}

static void breathe_out(struct mp_store *s)
{
    for (int i = 0; i < 2048; i++)
        mp_store_breathe(s);
}

/* Three arrays that grow and shrink in turn, of which two are in each other's way in the file. */
static void grow_in_turn(struct mp_store *s)
{
    static const size_t steps[] = {1,    10,   700,   8191,  8192,   8193,  9000,  40000,
                                   8192, 8191, 20000, 50000, 300000, 70000, 70001, 400000};
    uint64_t *p[3] = {0};
    size_t n = 0;
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
        size_t want = steps[k], left = want < n ? want : n;
        for (uint64_t i = 0; i < 3; i++) {
            uint64_t *wider =
                mp_store_grow(s, p[i], n * sizeof *wider, want * sizeof *wider, i == 0);
            if (!CHECK(wider != NULL))
                return;
            p[i] = wider;
            CHECK((uintptr_t)wider % 16 == 0);
            CHECK(holds(wider, left, i));
            CHECK(all_zero(wider + left, (want - left) * sizeof *wider));
            fill(wider, left, want, i);
        }
        breathe_out(s);
        n = want;
    }
    for (uint64_t i = 0; i < 3; i++) {
        CHECK(holds(p[i], n, i));
        mp_store_drop(s, p[i]);
    }
    mp_store_drop(s, NULL);
    CHECK_INT(s->used, 0);
    CHECK_INT(s->cold, 0);
}

TEST(store_keeps_what_is_in_arrays_that_grow_and_shrink)
{
    struct mp_store s = {0};
    grow_in_turn(&s);
    CHECK(!s.file.folder);
    mp_store_free(&s);
    mp_store_open(&s, SMALL, test_dir());
    grow_in_turn(&s);
    CHECK(s.file.end > 0 || s.n == 0);
    mp_store_free(&s);
    mp_store_open(&s, (size_t)1 << 40, test_dir());
    grow_in_turn(&s);
    CHECK_INT(s.file.end, 0);
    mp_store_free(&s);
    mp_store_free(&s);
}

/* Bytes of the file that the disk holds. */
static size_t on_disk(const struct mp_store *s)
{
    struct stat st;
    return fstat(s->file.fd, &st) == 0 ? (size_t)st.st_blocks * 512 : 0;
}

TEST(store_stretched_keeps_hot_arrays_in_memory)
{
    struct mp_store s;
    mp_store_open(&s, SMALL, test_dir());
    mp_store_stretch(&s);
    CHECK(s.most > 16 * MB); /* any machine has that much free */
    CHECK(mp_store_new(&s, MB) != NULL);
    CHECK(mp_store_grow(&s, NULL, 0, MB, false) != NULL);
    CHECK_INT(s.pieces[0].where, MP_STORE_MAPPED);
    CHECK_INT(s.pieces[1].where, MP_STORE_FILED);
    mp_store_free(&s);
}

TEST(store_has_no_more_on_the_disk_than_is_in_use)
{
    struct mp_store s;
    mp_store_open(&s, SMALL, test_dir());
    char *a = mp_store_grow(&s, NULL, 0, 4 * MB, false), *b = mp_store_grow(&s, NULL, 0, MB, false);
    CHECK(a && b && s.used == 0);
    CHECK(on_disk(&s) >= 5 * MB && on_disk(&s) < 5 * MB + 512 * KB);
    b = mp_store_grow(&s, b, MB, 8 * MB, false); /* the last one grows where it is */
    CHECK(b && s.file.end == 12 * MB);
    a = mp_store_grow(&s, a, 4 * MB, 5 * MB, false); /* this one moves behind it */
    CHECK(a && s.file.end == 17 * MB);
    CHECK(on_disk(&s) >= 13 * MB && on_disk(&s) < 14 * MB);
    a = mp_store_grow(&s, a, 5 * MB, 2 * MB, false);
    CHECK(a && s.file.end == 14 * MB);
    mp_store_drop(&s, a);
    mp_store_drop(&s, b);
    CHECK(on_disk(&s) < 512 * KB);
    mp_store_free(&s);
}

TEST(store_puts_cold_arrays_into_the_file_first)
{
    struct mp_store s;
    size_t limit = (size_t)64 << 30; /* far over what the sanitizers take */
    mp_store_open(&s, limit, test_dir());
    s.used = limit / 4;
    s.cold = limit / 8 - MB;
    char *cold = mp_store_grow(&s, NULL, 0, MB, false);
    CHECK(cold && s.file.end == 0 && s.cold == limit / 8);
    char *more = mp_store_grow(&s, NULL, 0, MB, false);
    CHECK(more && s.file.end == MB);
    char *hot = mp_store_grow(&s, NULL, 0, MB, true);
    CHECK(hot && s.file.end == MB && s.used == limit / 4 + 2 * MB);
    cold = mp_store_grow(&s, cold, MB, 2 * MB, false);
    CHECK(cold && s.file.end == 3 * MB && s.cold == limit / 8 - MB);
    s.used = limit / 8 * 7;
    hot = mp_store_grow(&s, hot, MB, 2 * MB, true);
    CHECK(hot && s.file.end == 5 * MB && s.used == limit / 8 * 7 - MB);
    mp_store_free(&s);
}

static void keep_many(struct mp_store *s)
{
    enum { N = 30000 };
    static uint64_t *kept[N];
    uint64_t random = 7;
    for (size_t i = 0; i < N; i++) { /* one is larger than a block of its time */
        size_t n = i == 50 ? 70000 : 1 + test_random(&random, 100);
        kept[i] = (uint64_t *)(void *)mp_store_keep(s, 8 * n);
        if (!CHECK(kept[i] && all_zero(kept[i], 8 * n)))
            return;
        fill(kept[i], 0, n, i);
        mp_store_breathe(s);
    }
    random = 7;
    bool all = true;
    for (size_t i = 0; i < N; i++)
        all = all && holds(kept[i], i == 50 ? 70000 : 1 + test_random(&random, 100), i);
    CHECK(all);
}

TEST(store_keeps_bytes_where_they_are)
{
    struct mp_store s = {0};
    CHECK(mp_store_keep(&s, 0) != NULL);
    keep_many(&s);
    mp_store_free(&s);
    mp_store_open(&s, SMALL, test_dir());
    keep_many(&s);
    CHECK_INT(s.used, 0);
    CHECK(s.file.end > 10 * MB);
    mp_store_free(&s);
}

static void *grow_of_its_own(void *store)
{
    uint64_t *p = NULL, mark = (uint64_t)(uintptr_t)&p;
    size_t n = 0;
    for (size_t want = 1000; want < 600000; want *= 2) {
        uint64_t *wider = mp_store_grow(store, p, n * sizeof *p, want * sizeof *p, false);
        if (!wider)
            return NULL;
        fill(wider, n, want, mark);
        p = wider;
        n = want;
        breathe_out(store);
        char *kept = mp_store_keep(store, 5000);
        if (!kept || !all_zero(kept, 5000) || !holds(p, n, mark))
            return NULL;
        memset(kept, 'x', 5000);
    }
    return store;
}

TEST(store_serves_several_threads)
{
    struct mp_store s;
    pthread_t threads[4];
    mp_store_open(&s, SMALL, test_dir());
    for (size_t i = 0; i < 4; i++)
        CHECK_INT(pthread_create(&threads[i], NULL, grow_of_its_own, &s), 0);
    for (size_t i = 0; i < 4; i++) {
        void *well = NULL;
        pthread_join(threads[i], &well);
        CHECK(well != NULL);
    }
    mp_store_free(&s);
}

static size_t resident_files(void)
{
    size_t all = 0, files = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f && fscanf(f, "%*u %zu %zu", &all, &files) == 2);
    fclose(f);
    return files * (size_t)sysconf(_SC_PAGESIZE);
}

/* The sanitizers have memory of their own, so what is looked at is the part of files. */
TEST(store_gives_memory_back_over_the_limit)
{
    enum { ARRAY = 160 * MB, KEPT = 60 * MB, LINE = 1000, ROOM = 12 * MB };
    struct mp_store s;
    size_t before = resident_files(), most = 0;
    mp_store_open(&s, 8 * MB, test_dir());
    char *p = mp_store_grow(&s, NULL, 0, ARRAY, false);
    for (size_t i = 0; p && i < ARRAY; i += 4096) {
        p[i] = (char)(i >> 12);
        mp_store_breathe(&s);
        if (i % MB == 0) {
            size_t now = resident_files();
            most = now > most ? now : most;
        }
    }
    CHECK(p && most < before + ROOM);
    breathe_out(&s);
    for (size_t i = 0; i < KEPT; i += LINE) {
        char *kept = mp_store_keep(&s, LINE);
        if (!CHECK(kept != NULL))
            break;
        memset(kept, 'x', LINE);
    }
    CHECK(resident_files() < before + ROOM); /* nobody breathed */
    bool same = true;
    for (size_t i = 0; i < ARRAY; i += 4096) {
        same = same && p[i] == (char)(i >> 12) && !p[i + 1];
        mp_store_breathe(&s);
    }
    CHECK(same);
    mp_store_free(&s);
    CHECK(resident_files() < before + 2 * MB);
}

TEST(store_without_a_file_says_so_when_one_is_needed)
{
    struct mp_store s;
    char folder[128];
    strcpy(folder, test_file("no-such-folder", NULL, 0));
    mp_store_open(&s, SMALL, folder);
    char *p = mp_store_grow(&s, NULL, 0, 1000, false);
    CHECK(p && mp_store_grow(&s, NULL, 0, 1000, true));
    strcpy(p, "kept");
    CHECK(!mp_store_grow(&s, p, 1000, MB, false));
    CHECK_INT(s.error.code, MP_WRITE);
    CHECK_STR(s.error.file, folder);
    CHECK_STR(mp_str_of(s.error.text),
              "cannot make a temporary file for what is more than --memory: No such file or "
              "directory; name another folder by TMPDIR, or give more --memory");
    CHECK_STR(mp_str_of(p), "kept");
    CHECK(!mp_store_keep(&s, 10));
    mp_store_free(&s);
    mp_store_open(&s, (size_t)1 << 40, folder);
    CHECK(mp_store_grow(&s, NULL, 0, MB, false) && mp_store_keep(&s, 10));
    mp_store_free(&s);
}

TEST(store_takes_the_folder_that_the_environment_names)
{
    struct mp_store s;
    char *old = getenv("TMPDIR");
    old = old ? strdup(old) : NULL;
    setenv("TMPDIR", "/no/such/folder", 1);
    mp_store_open(&s, SMALL, NULL);
    CHECK(!mp_store_keep(&s, 10));
    CHECK_STR(s.error.file, "/no/such/folder");
    mp_store_free(&s);
    setenv("TMPDIR", "", 1);
    mp_store_open(&s, SMALL, NULL);
    CHECK_STR(mp_str_of(s.file.folder), "/var/tmp");
    mp_store_free(&s);
    if (old)
        setenv("TMPDIR", old, 1);
    else
        unsetenv("TMPDIR");
    free(old);
}

TEST(store_on_a_full_disk_is_an_error_and_no_signal)
{
    struct mp_store s;
    struct rlimit limit, small;
    getrlimit(RLIMIT_FSIZE, &limit);
    small = limit;
    small.rlim_cur = 3 * MB;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    mp_store_open(&s, SMALL, test_dir());
    uint64_t *p = mp_store_grow(&s, NULL, 0, 2 * MB, false);
    CHECK(p != NULL);
    if (p)
        fill(p, 0, 2 * MB / sizeof *p, 1);
    CHECK(!mp_store_grow(&s, p, 2 * MB, 4 * MB, false));
    CHECK_INT(s.error.code, MP_WRITE);
    CHECK(strncmp(s.error.text, "cannot make room in a temporary file", 36) == 0);
    CHECK(!mp_store_grow(&s, NULL, 0, 2 * MB, true));
    CHECK(!mp_store_keep(&s, 2 * MB));
    CHECK(p && holds(p, 2 * MB / sizeof *p, 1));
    CHECK(mp_store_keep(&s, 512 * KB) != NULL);
    struct mp_error e;
    mp_error_memory(&e);
    mp_store_why(&s, &e);
    CHECK_INT(e.code, MP_WRITE);
    mp_store_free(&s);
    mp_error_memory(&e);
    mp_store_why(&s, &e); /* nothing failed: it stays */
    CHECK_INT(e.code, MP_MEMORY);
    setrlimit(RLIMIT_FSIZE, &limit);
}

TEST(store_without_memory)
{
    struct mp_store s = {0};
    char *p = mp_store_grow(&s, NULL, 0, 100, true);
    CHECK(p != NULL);
    CHECK(!mp_store_grow(&s, p, 100, SIZE_MAX, true));
    CHECK_INT(s.error.code, MP_MEMORY);
    s.error.code = MP_USAGE;
    CHECK(!mp_store_grow(&s, p, 100, SIZE_MAX / 2 - MB, true));
    CHECK_INT(s.error.code, MP_MEMORY);
    CHECK(!mp_store_keep(&s, SIZE_MAX));
    CHECK(!mp_store_keep(&s, SIZE_MAX / 2 - MB));
    CHECK(mp_store_grow(&s, p, 100, 200, true) && s.used == 200);
    mp_store_free(&s);
}

TEST(store_nobody_else_can_open_the_file)
{
    struct mp_store s;
    char link[64], path[256];
    mp_store_open(&s, SMALL, test_dir());
    CHECK(mp_store_keep(&s, 10) != NULL);
    struct stat st;
    CHECK(fstat(s.file.fd, &st) == 0 && (st.st_mode & 0777) == 0600 && st.st_nlink == 0);
    snprintf(link, sizeof link, "/proc/self/fd/%d", s.file.fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    CHECK(n > 0);
    path[n > 0 ? n : 0] = '\0';
    CHECK(strncmp(path, test_dir(), strlen(test_dir())) == 0 && access(path, F_OK) != 0);
    mp_store_free(&s);
}
