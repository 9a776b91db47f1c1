/* A temporary file that takes the place of memory. */
#include "io/spill.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int fail(const struct mp_spill *f, const char *what, int why, struct mp_error *e)
{
    mp_error_set(e, MP_WRITE,
                 "cannot %s a temporary file for what is more than --memory: %s; name another "
                 "folder by TMPDIR, or give more --memory",
                 what, strerror(why));
    return mp_error_at(e, mp_str_of(f->folder), 0, 0);
}

/* Where the file system knows no files without a name, the name is taken away at once. */
static int make_file(const char *folder)
{
    char path[PATH_MAX];
    int fd = open(folder, O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    int n = snprintf(path, sizeof path, "%s/mp.XXXXXX", folder);
    if (n < 0 || (size_t)n >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

void mp_spill_open(struct mp_spill *f, const char *folder)
{
    const char *own = getenv("TMPDIR");
    *f = (struct mp_spill){.folder = folder ? folder : own && *own ? own : "/var/tmp"};
    f->fd = make_file(f->folder);
    f->why = f->fd < 0 ? errno : 0;
}

/* What the disk does not take back stays taken: its bytes are never handed out again. */
static void give_back(struct mp_spill *f, uint64_t at, size_t size)
{
    int done = fallocate(f->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)at, (off_t)size);
    if (done == 0 && mp_spill_is_last(f, size, at))
        f->end = at;
}

/* Behind the last piece. */
static int make_room(struct mp_spill *f, size_t size, struct mp_error *e)
{
    int why;
    if (f->fd < 0)
        return fail(f, "make", f->why, e);
    do
        why = posix_fallocate(f->fd, (off_t)f->end, (off_t)size);
    while (why == EINTR);
    if (why) {
        fallocate(f->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)f->end, (off_t)size);
        return fail(f, "make room in", why, e);
    }
    f->end += size;
    return 0;
}

char *mp_spill_map(struct mp_spill *f, size_t size, uint64_t *at, struct mp_error *e)
{
    if (make_room(f, size, e) < 0)
        return NULL;
    *at = f->end - size;
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, f->fd, (off_t)*at);
    if (p != MAP_FAILED)
        return p;
    give_back(f, *at, size);
    mp_error_memory(e);
    return NULL;
}

char *mp_spill_resize(struct mp_spill *f, char *p, size_t size, size_t want, uint64_t at,
                      struct mp_error *e)
{
    if (want <= size) {
        mp_spill_drop(f, p + want, size - want, at + want);
        return p;
    }
    if (make_room(f, want - size, e) < 0)
        return NULL;
    void *wider = mremap(p, size, want, MREMAP_MAYMOVE);
    if (wider != MAP_FAILED)
        return wider;
    give_back(f, at + size, want - size);
    mp_error_memory(e);
    return NULL;
}

void mp_spill_drop(struct mp_spill *f, char *p, size_t size, uint64_t at)
{
    if (size == 0)
        return;
    munmap(p, size);
    give_back(f, at, size);
}

void mp_spill_close(struct mp_spill *f)
{
    if (f->folder && f->fd >= 0)
        close(f->fd);
    *f = (struct mp_spill){0};
}
