/*
 * Preloaded: the k-th request for memory fails (MP_NOMEM_AT=k), or all from the k-th on
 * (MP_NOMEM_MORE=1). How many there were is counted in the first long of the file that is open as
 * descriptor MP_NOMEM_FD.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

static long *count; /* NULL: not begun */
static long at;
static int more;

__attribute__((constructor)) static void begin(void)
{
    const char *fd = getenv("MP_NOMEM_FD"), *k = getenv("MP_NOMEM_AT");
    more = getenv("MP_NOMEM_MORE") != NULL;
    at = k ? atol(k) : 0;
    if (fd) {
        void *p = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, atoi(fd), 0);
        count = p == MAP_FAILED ? NULL : p;
    }
}

static int fails(void)
{
    if (!count)
        return 0;
    ++*count;
    if (at == 0 || (more ? *count < at : *count != at))
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
