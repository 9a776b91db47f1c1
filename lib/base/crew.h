/* The same work in several threads. */
#ifndef MP_BASE_CREW_H
#define MP_BASE_CREW_H

#include <stddef.h>

typedef void mp_crew_fn(void *worker);

/*
 * Calls `work` once with each of the n workers, which lie one behind the other and are `size` bytes
 * long, all at the same time, and returns when all are done. Where a thread cannot be had its
 * worker comes after the others. Signals are for the caller's thread.
 */
void mp_crew(mp_crew_fn *work, void *workers, size_t n, size_t size);

#endif
