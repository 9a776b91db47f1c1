/* Room for one more item in an array that grows. */
#ifndef MP_BASE_ROOM_H
#define MP_BASE_ROOM_H

#include <stdbool.h>
#include <stddef.h>

/*
 * `items` points to the pointer of an array of *cap items of `size` bytes, n of which are used.
 * Where it is full it is moved to one twice as long; the caller frees it. False if memory ran out:
 * the array is as it was.
 */
bool mp_room(void *items, size_t n, size_t *cap, size_t size);

#endif
