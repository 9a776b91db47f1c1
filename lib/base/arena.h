/* Memory that is freed all at once: rules read at start, scratch of one record. */
#ifndef MP_BASE_ARENA_H
#define MP_BASE_ARENA_H

#include "base/str.h"

struct mp_arena {
    struct mp_arena_block *block; /* newest; NULL when empty */
    /* Where blocks come from, whose they stay; NULL: malloc. Not for arenas that are reset. */
    void *(*get)(void *source, size_t size);
    void *source;
};

/* `size` zeroed bytes, aligned for any type, owned by the arena; NULL if memory ran out. */
void *mp_arena_alloc(struct mp_arena *a, size_t size);

/* The same from the beginning of a line of the processor's cache. */
enum { MP_CACHE_LINE = 64 };
void *mp_arena_lines(struct mp_arena *a, size_t size);

/* Copies the bytes and puts a NUL behind them; p is NULL if memory ran out. */
struct mp_str mp_arena_str(struct mp_arena *a, struct mp_str s);

/* Forgets all that was handed out but keeps the newest block for the next use. */
void mp_arena_reset(struct mp_arena *a);

void mp_arena_free(struct mp_arena *a);

#endif
