/* lib/base/sort */
#include "base/sort.h"
#include "test.h"

TEST(numbers_are_put_in_order)
{
    static const size_t lengths[] = {0, 1, 2, 3, 5, 11, 24, 133, 800, 5000};
    static uint32_t numbers[5000];
    uint64_t random = 3;
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        size_t n = lengths[k], count[7] = {0}, kept;
        uint64_t sum = 0, sorted = 0;
        bool fine = true;
        for (size_t i = 0; i < n; i++)
            sum += numbers[i] = test_random(&random, 1000000);
        mp_sort_numbers(numbers, n);
        for (size_t i = 0; i < n; i++) {
            sorted += numbers[i];
            fine &= i == 0 || numbers[i - 1] <= numbers[i];
        }
        CHECK(fine && sum == sorted);
        for (size_t i = 0; i < n; i++)
            count[numbers[i] = test_random(&random, 7)] = 1;
        kept = mp_sort_unique(numbers, n);
        for (size_t i = 1; i < kept; i++)
            fine &= numbers[i - 1] < numbers[i];
        for (size_t i = 0; i < 7; i++)
            kept -= count[i];
        CHECK(fine && kept == 0);
    }
}
