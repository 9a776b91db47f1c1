/* Runs of persons who left one place within days of each other. */
#include "count/runs.h"
#include "base/room.h"
#include "count/numbers.h"
#include <stdlib.h>

enum { SHORT = 16, SPLITS = 64 };

int mp_departures_add(struct mp_departures *s, struct mp_departure d, struct mp_error *e)
{
    if (!mp_room(&s->list, s->n, &s->cap, sizeof *s->list))
        return mp_error_memory(e);
    s->list[s->n++] = d;
    return 0;
}

static int compare(const struct mp_departure *a, const struct mp_departure *b)
{
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return (a->person > b->person) - (a->person < b->person);
}

/* Puts the one at `i` where it belongs in the heap of n. */
static void sink(struct mp_departure *list, size_t i, size_t n)
{
    struct mp_departure d = list[i];
    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        child += child + 1 < n && compare(&list[child], &list[child + 1]) < 0;
        if (compare(&d, &list[child]) >= 0)
            break;
        list[i] = list[child];
    }
    list[i] = d;
}

static void sort_heap(struct mp_departure *list, size_t n)
{
    for (size_t i = n / 2; i-- > 0;)
        sink(list, i, n);
    for (size_t end = n; end-- > 1;) {
        struct mp_departure largest = list[0];
        list[0] = list[end];
        list[end] = largest;
        sink(list, 0, end);
    }
}

/* Hoare's partition of n > 2 around the one in the middle: none of the first, whose number it
 * gives (0 < number < n), lies behind one of the others. */
static size_t split(struct mp_departure *list, size_t n)
{
    struct mp_departure pivot = list[(n - 1) / 2];
    for (size_t i = 0, j = n - 1;; i++, j--) {
        while (compare(&list[i], &pivot) < 0)
            i++;
        while (compare(&pivot, &list[j]) < 0)
            j--;
        if (i >= j)
            return j + 1;
        struct mp_departure left = list[i];
        list[i] = list[j];
        list[j] = left;
    }
}

/* Introsort (Musser 1997), for qsort may take the same memory once more: quicksort, and heapsort
 * for what is short or splits badly. */
static void sort(struct mp_departure *list, size_t n)
{
    for (int splits = 0; n > SHORT && splits < SPLITS; splits++) {
        size_t first = split(list, n), rest = n - first;
        if (first < rest) { /* the shorter one first: some 60 calls in each other at most */
            sort(list, first);
            list += first;
            n = rest;
        } else {
            sort(list + first, rest);
            n = first;
        }
    }
    sort_heap(list, n);
}

void mp_departures_settle(struct mp_departures *s)
{
    size_t kept = 0, i = 1;
    while (i < s->n && compare(&s->list[i - 1], &s->list[i]) < 0)
        i++;
    if (i >= s->n)
        return;
    sort(s->list, s->n);
    for (i = 0; i < s->n; i++)
        if (kept == 0 || compare(&s->list[kept - 1], &s->list[i]) != 0)
            s->list[kept++] = s->list[i];
    s->n = kept;
}

void mp_departures_free(struct mp_departures *s)
{
    free(s->list);
    *s = (struct mp_departures){0};
}

/* The departures of one place, and its persons by numbers of their own. */
struct place {
    const struct mp_departure *list;
    size_t n;
    struct mp_numbers persons;
    uint32_t *within; /* by person: departures in the window */
    size_t *counted;  /* by person: 1 + the first departure of the last run counted */
};

static int open_place(struct place *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (mp_numbers_put(&p->persons, p->list[i].person) == MP_NUMBERS_NONE)
            return -1;
    p->within = calloc(p->persons.n, sizeof *p->within);
    p->counted = calloc(p->persons.n, sizeof *p->counted);
    return p->within && p->counted ? 0 : -1;
}

static void close_place(struct place *p)
{
    mp_numbers_free(&p->persons);
    free(p->within);
    free(p->counted);
}

static size_t person(const struct place *p, size_t i)
{
    return mp_numbers_find(&p->persons, p->list[i].person);
}

/* The run of the departures from..to-1. */
static int tell(struct place *p, size_t from, size_t to, struct mp_runs *runs)
{
    struct mp_run run = {.place = p->list[from].place,
                         .first = p->list[from].day,
                         .last = p->list[to - 1].day,
                         .departures = to - from};
    for (size_t i = from; i < to; i++) {
        size_t *counted = &p->counted[person(p, i)];
        run.persons += *counted != from + 1;
        *counted = from + 1;
    }
    if (!mp_room(&runs->list, runs->n, &runs->cap, sizeof run))
        return -1;
    runs->list[runs->n++] = run;
    return 0;
}

/* A window slides over the departures; from..to is the run that is open, if any. */
static int slide(struct place *p, uint32_t persons, uint32_t days, struct mp_runs *runs)
{
    size_t end = 0, different = 0, from = 0, to = 0;
    for (size_t i = 0; i < p->n; i++) {
        for (; end < p->n && (int64_t)p->list[end].day - p->list[i].day <= days; end++)
            different += p->within[person(p, end)]++ == 0;
        if (different >= persons) {
            if (i >= to) {
                if (to > from && tell(p, from, to, runs) < 0)
                    return -1;
                from = i;
            }
            to = end;
        }
        different -= --p->within[person(p, i)] == 0;
    }
    return to > from ? tell(p, from, to, runs) : 0;
}

int mp_runs_find(struct mp_departures *s, uint32_t persons, uint32_t days, struct mp_runs *runs,
                 struct mp_error *e)
{
    *runs = (struct mp_runs){0};
    mp_departures_settle(s);
    for (size_t i = 0, next; i < s->n; i = next) {
        for (next = i + 1; next < s->n && s->list[next].place == s->list[i].place;)
            next++;
        if (next - i < persons)
            continue;
        struct place p = {.list = s->list + i, .n = next - i};
        int rc = open_place(&p);
        if (rc == 0 && p.persons.n >= persons)
            rc = slide(&p, persons, days, runs);
        close_place(&p);
        if (rc < 0)
            return mp_error_memory(e);
    }
    return 0;
}

void mp_runs_free(struct mp_runs *runs)
{
    free(runs->list);
    *runs = (struct mp_runs){0};
}
