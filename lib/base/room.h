/* Room for items: for one more in an array that grows, and for a large table. */
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

/*
 * n items of `size` bytes, all zero; the caller frees them. NULL if memory ran out. For tables that
 * are looked into at random: large ones lie in huge pages where the system has them, so that
 * finding a page does not cost more than what stands there.
 */
void *mp_room_table(size_t n, size_t size);

#endif
