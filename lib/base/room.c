/* Room for one more item in an array that grows. */
#include "base/room.h"
#include <stdlib.h>
#include <string.h>

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
