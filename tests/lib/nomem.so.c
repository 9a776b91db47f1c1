/*
 * Preloaded: the k-th request for memory fails (MP_NOMEM_AT=k), or all from the k-th on
 * (MP_NOMEM_MORE=1). How many there were is counted in the first long of the file that is open as
 * descriptor MP_NOMEM_FD; where none fails, each of the next ones tells by which calls a request
 * came about.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <execinfo.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

enum { SITES = 1 << 17, DEPTH = 24 }; /* as in sweep.c; calls that are told apart */

static long *count; /* NULL: not begun */
static long at;
static int more;
static __thread int inside; /* telling asks for memory, too */

__attribute__((constructor)) static void begin(void)
{
    const char *fd = getenv("MP_NOMEM_FD"), *k = getenv("MP_NOMEM_AT");
    more = getenv("MP_NOMEM_MORE") != NULL;
    at = k ? atol(k) : 0;
    void *calls[1];
    backtrace(calls, 1); /* loads what it needs */
    if (fd) {
        void *p = mmap(NULL, (1 + SITES) * sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED,
                       atoi(fd), 0);
        count = p == MAP_FAILED ? NULL : p;
    }
}

static long site(void)
{
    void *calls[DEPTH];
    unsigned long sum = 0;
    inside = 1;
    int n = backtrace(calls, DEPTH);
    inside = 0;
    for (int i = 2; i < n; i++)
        sum = (sum ^ (unsigned long)calls[i]) * 0x100000001b3u;
    return (long)(sum | 1);
}

static int fails(void)
{
    if (!count || inside)
        return 0;
    long number = __atomic_add_fetch(count, 1, __ATOMIC_RELAXED);
    if (at == 0 && number <= SITES)
        count[number] = site();
    if (at == 0 || (more ? number < at : number != at))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}
