/* Sorting runs of numbers. */
#include "base/sort.h"

static void insert_each(uint32_t *numbers, size_t n, size_t gap)
{
    for (size_t i = gap; i < n; i++) {
        uint32_t one = numbers[i];
        size_t j = i;
        for (; j >= gap && numbers[j - gap] > one; j -= gap)
            numbers[j] = numbers[j - gap];
        numbers[j] = one;
    }
}

void mp_sort_numbers(uint32_t *numbers, size_t n)
{
    static const size_t gaps[] = {701, 301, 132, 57, 23, 10, 4, 1};
    enum { N_GAPS = sizeof gaps / sizeof *gaps };
    size_t wide = gaps[0];
    while (wide < n / 2)
        wide = wide * 9 / 4;
    for (; wide > gaps[0]; wide = wide * 4 / 9)
        insert_each(numbers, n, wide);
    for (size_t i = 0; i < N_GAPS; i++)
        if (gaps[i] < n)
            insert_each(numbers, n, gaps[i]);
}

size_t mp_sort_unique(uint32_t *numbers, size_t n)
{
    size_t kept = 0;
    mp_sort_numbers(numbers, n);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || numbers[i] != numbers[i - 1])
            numbers[kept++] = numbers[i];
    return kept;
}
