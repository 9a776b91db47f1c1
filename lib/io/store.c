/* Memory of a limited size: what does not fit lies in a temporary file, mapped. */
#include "io/store.h"
#include "base/room.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    GRAIN = MP_SPILL_GRAIN, /* arrays from this size on are mapped: they grow without a copy */
    BLOCK_MAX = 8 << 20,
    STRIDE = 8 << 20, /* so much at a time is copied, so that it is never in memory twice */
    LOOK_EVERY = 256, /* breaths: a look takes as long as some hundreds of pairs */
    FIRST_CAP = 256,  /* items */
    STRETCH = 4,      /* of the limit: more than this part of it is not looked up in the file */
    PARTS = 8,        /* of the limit: one for pages of the file, at most one for what is cold */
};

/* One for all stores, so that a zeroed one needs no making. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- how much there is ---- */

/* Bytes that the process has in memory: of its own, and of files that are mapped. */
struct resident {
    size_t own, files;
};

static struct resident look(const struct mp_store *s)
{
    char text[128], *at = text;
    ssize_t n = s->statm < 0 ? -1 : pread(s->statm, text, sizeof text - 1, 0);
    if (n <= 0)
        return (struct resident){0};
    text[n] = '\0';
    strtoul(at, &at, 10); /* its size, resident or not */
    size_t page = (size_t)sysconf(_SC_PAGESIZE), all = strtoul(at, &at, 10) * page,
           files = strtoul(at, &at, 10) * page;
    return (struct resident){all > files ? all - files : 0, files};
}

/* Whether so many more bytes may be plain memory. What others took counts, too. */
static bool fits(const struct mp_store *s, size_t more, bool hot)
{
    if (s->limit == 0)
        return true;
    size_t own = look(s).own, part = s->limit / PARTS;
    if (own < s->used)
        own = s->used;
    if (own + more <= s->limit - part)
        return hot || s->cold + more <= part;
    bool stretched = hot && s->hot_filed + more > s->limit / STRETCH;
    return stretched && own + more <= s->most - s->most / PARTS;
}

/* ---- pieces ---- */

static size_t room_for(size_t want)
{
    return want < GRAIN ? want : (want + GRAIN - 1) / GRAIN * GRAIN;
}

/* `sign` 1: it is there now, -1: no more. */
static void count(struct mp_store *s, const struct mp_store_piece *q, int sign)
{
    size_t room = q->where == MP_STORE_FILED ? 0 : q->room;
    if (q->hot)
        s->hot_filed += sign > 0 ? q->room - room : room - q->room;
    s->used += sign > 0 ? room : -room;
    if (!q->hot)
        s->cold += sign > 0 ? room : -room;
}

static int make(struct mp_store *s, struct mp_store_piece *q, size_t room, bool hot)
{
    *q = (struct mp_store_piece){.room = room, .hot = hot};
    if (room < GRAIN) {
        q->p = calloc(1, room + (room == 0));
    } else if (fits(s, room, hot)) {
        void *p = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        q->p = p == MAP_FAILED ? NULL : p;
        q->where = MP_STORE_MAPPED;
    } else {
        q->p = mp_spill_map(&s->file, room, &q->at, &s->error);
        q->where = MP_STORE_FILED;
        if (!q->p)
            return -1;
        count(s, q, 1);
        return 0;
    }
    if (!q->p)
        return mp_error_memory(&s->error);
    count(s, q, 1);
    return 0;
}

static void release(struct mp_store *s, const struct mp_store_piece *q)
{
    count(s, q, -1);
    if (q->where == MP_STORE_HEAP)
        free(q->p);
    else if (q->where == MP_STORE_MAPPED)
        munmap(q->p, q->room);
    else
        mp_spill_drop(&s->file, q->p, q->room, q->at);
}

/* Gives a part of a piece back from memory: what lies in the file stays there, else it is lost. */
static void leave(const struct mp_store_piece *q, size_t from, size_t n)
{
    if (q->where != MP_STORE_HEAP)
        madvise(q->p + from, n, MADV_DONTNEED);
}

static void carry(const struct mp_store_piece *to, const struct mp_store_piece *from, size_t n)
{
    for (size_t at = 0, step; at < n; at += step) {
        step = n - at < STRIDE ? n - at : STRIDE;
        memcpy(to->p + at, from->p + at, step);
        leave(from, at, step);
        if (to->where == MP_STORE_FILED)
            leave(to, at, step);
    }
}

/* Whether a piece can become so long without being copied. */
static bool may_stay(const struct mp_store *s, const struct mp_store_piece *q, size_t room)
{
    if (q->where == MP_STORE_HEAP || room < GRAIN)
        return q->where == MP_STORE_HEAP && room < GRAIN;
    if (room < q->room)
        return true;
    if (q->where != MP_STORE_FILED)
        return fits(s, room - q->room, q->hot);
    bool back = q->hot && s->most > s->limit && fits(s, room, true);
    return !back && mp_spill_is_last(&s->file, q->room, q->at);
}

/* Makes a piece that may stay longer or shorter. */
static int resize(struct mp_store *s, struct mp_store_piece *q, size_t room)
{
    void *p;
    if (q->where == MP_STORE_HEAP)
        p = realloc(q->p, room + (room == 0));
    else if (q->where == MP_STORE_MAPPED)
        p = mremap(q->p, q->room, room, MREMAP_MAYMOVE);
    else if (!(p = mp_spill_resize(&s->file, q->p, q->room, room, q->at, &s->error)))
        return -1;
    if (!p || p == MAP_FAILED)
        return mp_error_memory(&s->error);
    count(s, q, -1);
    q->p = p;
    q->room = room;
    count(s, q, 1);
    return 0;
}

/* Makes a piece anew, where there is room, with `size` bytes of the old one. */
static int move(struct mp_store *s, struct mp_store_piece *q, size_t size, size_t room)
{
    struct mp_store_piece new;
    if (make(s, &new, room, q->hot) < 0)
        return -1;
    carry(&new, q, size);
    release(s, q);
    *q = new;
    return 0;
}

static int regrow(struct mp_store *s, struct mp_store_piece *q, size_t size, size_t want)
{
    size_t old = q->room, room = room_for(want);
    if (room != old && !may_stay(s, q, room))
        return move(s, q, size < want ? size : want, room);
    if (room != old && resize(s, q, room) < 0)
        return -1;
    size_t to = q->where == MP_STORE_HEAP || want < old ? want : old;
    if (to > size) /* behind it all is new */
        memset(q->p + size, 0, to - size);
    return 0;
}

static struct mp_store_piece *add(struct mp_store *s, size_t room, bool hot)
{
    if (!mp_room(&s->pieces, s->n, &s->cap, sizeof *s->pieces)) {
        mp_error_memory(&s->error);
        return NULL;
    }
    if (make(s, &s->pieces[s->n], room, hot) < 0)
        return NULL;
    return &s->pieces[s->n++];
}

static struct mp_store_piece *find(const struct mp_store *s, const void *p)
{
    size_t i = s->n;
    while (i > 0 && s->pieces[i - 1].p != p)
        i--;
    return i > 0 ? &s->pieces[i - 1] : NULL;
}

static void *grow(struct mp_store *s, void *p, size_t size, size_t want, bool hot)
{
    struct mp_store_piece *q;
    if (want > PTRDIFF_MAX - GRAIN) {
        mp_error_memory(&s->error);
        return NULL;
    }
    if (!p) {
        q = add(s, room_for(want), hot);
        return q ? q->p : NULL;
    }
    q = find(s, p);
    return q && regrow(s, q, size, want) == 0 ? q->p : NULL;
}

static char *keep(struct mp_store *s, size_t size)
{
    if (size > PTRDIFF_MAX - GRAIN) {
        mp_error_memory(&s->error);
        return NULL;
    }
    if (!s->block.p || size > s->block.room - s->kept) {
        size_t room = s->next < GRAIN ? GRAIN : s->next;
        const struct mp_store_piece *q = add(s, size < room ? room : room_for(size), false);
        if (!q)
            return NULL;
        if (s->block.where == MP_STORE_FILED)
            leave(&s->block, 0, s->block.room);
        s->block = *q;
        s->kept = 0;
        s->next = room < BLOCK_MAX ? 2 * room : room;
    }
    s->kept += size;
    return s->block.p + s->kept - size;
}

/* ---- */

void mp_store_open(struct mp_store *s, size_t limit, const char *folder)
{
    *s = (struct mp_store){.limit = limit, .most = limit};
    mp_spill_open(&s->file, folder);
    s->statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
}

/* The number behind a name in a file of the system, in bytes; `otherwise` if there is none. */
static size_t told(const char *path, const char *name, size_t unit, size_t otherwise)
{
    char text[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = '\0';
    const char *at = strstr(text, name);
    char *end = NULL;
    unsigned long long value = at ? strtoull(at + strlen(name), &end, 10) : 0;
    return value > 0 && value < SIZE_MAX / unit ? (size_t)value * unit : otherwise;
}

void mp_store_stretch(struct mp_store *s)
{
    size_t free = told("/proc/meminfo", "MemAvailable:", 1024, 0);
    size_t container = told("/sys/fs/cgroup/memory.max", "", 1, SIZE_MAX);
    size_t half = (free < container ? free : container) / 2;
    s->most = half > s->limit ? half : s->limit;
}

void *mp_store_grow(struct mp_store *s, void *p, size_t size, size_t want, bool hot)
{
    pthread_mutex_lock(&lock);
    void *new = grow(s, p, size, want, hot);
    pthread_mutex_unlock(&lock);
    return new;
}

void *mp_store_new(struct mp_store *s, size_t size)
{
    return mp_store_grow(s, NULL, 0, size, true);
}

bool mp_store_room(struct mp_store *s, void *items, size_t n, size_t *cap, size_t size)
{
    void *old;
    if (n < *cap)
        return true;
    size_t more = *cap ? *cap * 2 : FIRST_CAP;
    memcpy(&old, items, sizeof old);
    void *wider = mp_store_grow(s, old, *cap * size, more * size, true);
    if (!wider)
        return false;
    memcpy(items, &wider, sizeof wider);
    *cap = more;
    return true;
}

void mp_store_drop(struct mp_store *s, void *p)
{
    pthread_mutex_lock(&lock);
    struct mp_store_piece *q = p ? find(s, p) : NULL;
    if (q) {
        release(s, q);
        *q = s->pieces[--s->n];
    }
    pthread_mutex_unlock(&lock);
}

char *mp_store_keep(struct mp_store *s, size_t size)
{
    pthread_mutex_lock(&lock);
    char *p = keep(s, size);
    pthread_mutex_unlock(&lock);
    return p;
}

static void *get_hot(void *store, size_t size)
{
    return mp_store_new(store, size);
}

static void *get_cold(void *store, size_t size)
{
    return mp_store_grow(store, NULL, 0, size, false);
}

struct mp_arena mp_store_arena(struct mp_store *s, bool hot)
{
    return (struct mp_arena){.get = hot ? get_hot : get_cold, .source = s};
}

void mp_store_rest(struct mp_store *s, const void *p)
{
    pthread_mutex_lock(&lock);
    const struct mp_store_piece *q = find(s, p);
    if (q && q->where == MP_STORE_FILED)
        leave(q, 0, q->room);
    pthread_mutex_unlock(&lock);
}

/* Where plain memory alone is over the limit, pages are not given back again and again. */
static void breathe(struct mp_store *s)
{
    struct resident r = look(s);
    size_t larger = r.own < s->most ? r.own : s->most; /* than the limit, where it is stretched */
    if (r.own + r.files <= s->limit || r.files <= (larger > s->limit ? larger : s->limit) / PARTS)
        return;
    for (size_t i = 0; i < s->n; i++)
        if (s->pieces[i].where == MP_STORE_FILED)
            leave(&s->pieces[i], 0, s->pieces[i].room);
}

void mp_store_look(struct mp_store *s)
{
    if (s->limit == 0)
        return;
    pthread_mutex_lock(&lock);
    breathe(s);
    pthread_mutex_unlock(&lock);
}

void mp_store_breathe(struct mp_store *s)
{
    if (atomic_fetch_add_explicit(&s->breaths, 1, memory_order_relaxed) % LOOK_EVERY == 0)
        mp_store_look(s);
}

void mp_store_why(struct mp_store *s, struct mp_error *e)
{
    pthread_mutex_lock(&lock);
    if (s->error.text[0])
        *e = s->error;
    pthread_mutex_unlock(&lock);
}

void mp_store_free(struct mp_store *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->pieces[i].where == MP_STORE_HEAP)
            free(s->pieces[i].p);
        else
            munmap(s->pieces[i].p, s->pieces[i].room);
    free(s->pieces);
    if (s->file.folder && s->statm >= 0)
        close(s->statm);
    mp_spill_close(&s->file);
    *s = (struct mp_store){0};
}
