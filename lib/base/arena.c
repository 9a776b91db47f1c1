/* Memory that is freed all at once. */
#include "base/arena.h"
#include <stdint.h>
#include <stdlib.h>

/* Blocks of malloc's double from the first on: many arenas hold little. */
enum { FIRST_BLOCK = 512, BLOCK_SIZE = 64 * 1024, LARGE_BLOCK_SIZE = 1024 * 1024, ALIGN = 16 };

struct mp_arena_block {
    struct mp_arena_block *older;
    size_t used, size;
    _Alignas(ALIGN) char data[];
};

static size_t block_size(const struct mp_arena *a)
{
    if (a->get)
        return LARGE_BLOCK_SIZE;
    size_t size = a->block ? 2 * (sizeof *a->block + a->block->size) : FIRST_BLOCK;
    return size < BLOCK_SIZE ? size : BLOCK_SIZE;
}

static struct mp_arena_block *add_block(struct mp_arena *a, size_t size)
{
    size_t room = block_size(a) - sizeof(struct mp_arena_block);
    room = size > room ? size : room;
    struct mp_arena_block *b =
        a->get ? a->get(a->source, sizeof *b + room) : malloc(sizeof *b + room);
    if (!b)
        return NULL;
    *b = (struct mp_arena_block){.older = a->block, .size = room};
    a->block = b;
    return b;
}

/* From an address that is a multiple of `align`, which is ALIGN or more. */
static void *alloc(struct mp_arena *a, size_t size, size_t align)
{
    struct mp_arena_block *b = a->block;
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    size_t skip = b ? -(uintptr_t)(b->data + b->used) & (align - 1) : 0;
    if (!b || b->size - b->used < size + skip) {
        b = add_block(a, size + align - ALIGN);
        if (!b)
            return NULL;
        skip = -(uintptr_t)b->data & (align - 1);
    }
    void *p = b->data + b->used + skip;
    b->used += skip + size;
    memset(p, 0, size);
    return p;
}

void *mp_arena_alloc(struct mp_arena *a, size_t size)
{
    return alloc(a, size, ALIGN);
}

void *mp_arena_lines(struct mp_arena *a, size_t size)
{
    return alloc(a, size, MP_CACHE_LINE);
}

struct mp_str mp_arena_str(struct mp_arena *a, struct mp_str s)
{
    char *p = mp_arena_alloc(a, s.n + 1);
    if (p && s.n)
        memcpy(p, s.p, s.n);
    return (struct mp_str){p, p ? s.n : 0};
}

static void free_from(struct mp_arena_block *b)
{
    while (b) {
        struct mp_arena_block *older = b->older;
        free(b);
        b = older;
    }
}

void mp_arena_reset(struct mp_arena *a)
{
    if (!a->block)
        return;
    free_from(a->block->older);
    a->block->older = NULL;
    a->block->used = 0;
}

void mp_arena_free(struct mp_arena *a)
{
    if (!a->get)
        free_from(a->block);
    a->block = NULL;
}
