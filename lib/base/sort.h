/* Sorting runs of numbers, mostly short ones: qsort costs a call a comparison. */
#ifndef MP_BASE_SORT_H
#define MP_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Puts n numbers in ascending order (Shell 1959, with the gaps of Ciura 2001, then by 2.25). */
void mp_sort_numbers(uint32_t *numbers, size_t n);

/* The same, each number once: how many are left. */
size_t mp_sort_unique(uint32_t *numbers, size_t n);

#endif
