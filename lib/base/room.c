/* Room for items. */
#include "base/room.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST_CAP = 64 };

bool mp_room(void *items, size_t n, size_t *cap, size_t size)
{
    void *old;
    if (n < *cap)
        return true;
    size_t more = *cap ? *cap * 2 : FIRST_CAP;
    memcpy(&old, items, sizeof old);
    void *wider = realloc(old, more * size);
    if (!wider)
        return false;
    memcpy(items, &wider, sizeof wider);
    *cap = more;
    return true;
}

void *mp_room_table(size_t n, size_t size)
{
    enum { HUGE = 2 << 20 };
    if (n > SIZE_MAX / 2 / size)
        return NULL;
    if (n * size < 2 * HUGE)
        return calloc(n, size);
    size_t bytes = (n * size + HUGE - 1) / HUGE * HUGE;
    void *table = aligned_alloc(HUGE, bytes);
    if (!table)
        return NULL;
    madvise(table, bytes, MADV_HUGEPAGE); /* without them it is slower, no more */
    return memset(table, 0, bytes);
}
