/* A sort that leaves pairs of two words as they are: the choice of what to hide then takes parts of
 * one total for totals of their own, and the last look, which does not sort them, must see it. */
#include <stddef.h>
#include <string.h>

void qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    char *items = base, kept[256];
    for (size_t i = 1; i < n && size != 16 && size <= sizeof kept; i++) {
        size_t k = i;
        memcpy(kept, items + i * size, size);
        for (; k > 0 && compare(items + (k - 1) * size, kept) > 0; k--)
            memcpy(items + k * size, items + (k - 1) * size, size);
        memcpy(items + k * size, kept, size);
    }
}
