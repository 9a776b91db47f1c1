/* Episodes: gathered, named, numbered. */
#include "link/episode.h"
#include "link/absence.h"
#include <stdlib.h>

struct gathering {
    struct mp_arena *arena;
    struct mp_buf list;    /* struct mp_link_episode *, all of them, those of a person together */
    struct mp_buf persons; /* struct mp_link_set */
    uint32_t *numbers;     /* scratch: one for each number of a youth, by same_id */
    struct mp_link_report **sorted; /* scratch */
};

int mp_link_episode_order(struct mp_time begin_a, struct mp_str id_a, struct mp_time begin_b,
                          struct mp_str id_b)
{
    int d = mp_time_cmp(begin_a, begin_b);
    return d ? d : mp_str_cmp(id_a, id_b);
}

static int by_begin(const void *a, const void *b)
{
    const struct mp_link_episode *const *x = a, *const *y = b;
    return mp_link_episode_order((*x)->begin, mp_str_of((*x)->episode_id), (*y)->begin,
                                 mp_str_of((*y)->episode_id));
}

/* Takes a moment if none is known yet, or if it says more precisely when on the same day. */
static void pick(struct mp_time *to, struct mp_time t)
{
    bool sharper = to->known && to->minute < 0 && t.minute >= 0 && t.day == to->day;
    if (t.known && (!to->known || sharper))
        *to = t;
}

/* Whether another document of the report's number stands before it. `seen`: 0 for a number that is
 * new, 1 + the place of its only document so far, or `several`. */
static bool is_further(const struct mp_link_episode *e, size_t i, uint32_t *seen)
{
    const uint32_t several = UINT32_MAX;
    const struct mp_link_report *one = e->reports[i];
    if (!one->same_id)
        return false;
    if (!*seen)
        *seen = (uint32_t)i + 1;
    else if (*seen != several &&
             !mp_str_eq(mp_link_label(e->reports[*seen - 1]), mp_link_label(one)))
        *seen = several;
    return *seen == several && !mp_str_eq(mp_link_bare(e->reports[0]), mp_link_bare(one));
}

static enum mp_link_role role_of(const struct mp_link_episode *e, size_t i, uint32_t *seen)
{
    const struct mp_link_report *one = e->reports[i];
    bool again = is_further(e, i, seen);
    if (i == 0)
        return MP_LINK_FIRST;
    if (one->kind == MP_LINK_RETURNED)
        return MP_LINK_AS_RETURN;
    if (one->kind == MP_LINK_TRANSFER)
        return MP_LINK_AS_TRANSFER;
    if (one->kind == MP_LINK_MISSING && !again)
        return MP_LINK_DUPLICATE;
    bool back = one->returned.known && one->reported.known &&
                mp_time_cmp(one->returned, one->reported) <= 0;
    return back ? MP_LINK_AS_RETURN : MP_LINK_AS_UPDATE;
}

/* The episode was opened by the earliest departure; to the reader the first report opens it, and
 * what holds between the two holds both ways. */
static void say_who_opens(struct mp_link_episode *e)
{
    size_t i = 0;
    while (e->reports[i] != e->opener)
        i++;
    const char *reason = e->reports[0]->reason;
    e->reports[0]->reason = e->opener->reason;
    if (i > 0)
        e->opener->reason = reason;
}

/* Sorts the reports, puts the first report of a departure in front, and draws up the rest. */
static bool finish(struct gathering *g, struct mp_link_episode *e)
{
    struct mp_link_report **list = mp_arena_alloc(g->arena, e->n * sizeof *list);
    if (!list)
        return false;
    size_t n = 0, first = 0;
    for (struct mp_link_report *r = e->chain; r; r = r->next)
        list[n++] = r;
    qsort(list, n, sizeof *list, mp_link_by_rank);
    e->key = mp_link_key(list[0]);
    while (first < n && list[first]->kind != MP_LINK_MISSING)
        first++;
    if (first < n) {
        struct mp_link_report *front = list[first];
        memmove(list + 1, list, first * sizeof *list);
        list[0] = front;
    }
    e->reports = list;
    say_who_opens(e);
    for (size_t i = 0; i < n; i++)
        g->numbers[list[i]->same_id] = 0;
    for (size_t i = 0; i < n; i++) {
        pick(&e->missing_since, list[i]->missing);
        pick(&e->returned_at, list[i]->returned);
        list[i]->role = (uint8_t)role_of(e, i, &g->numbers[list[i]->same_id]);
    }
    e->begin = e->missing_since.known    ? e->missing_since
               : list[0]->reported.known ? list[0]->reported
                                         : e->returned_at;
    return true;
}

/* Records that know no absences are all in one. */
static bool place_all(struct mp_link_report **reports, size_t n, struct mp_arena *a,
                      struct mp_buf *list)
{
    struct mp_link_episode *e = mp_arena_alloc(a, sizeof *e);
    if (!e)
        return false;
    for (size_t i = n; i-- > 0; e->n++) {
        reports[i]->next = e->chain;
        reports[i]->episode = e;
        reports[i]->reason = "";
        e->chain = reports[i];
    }
    e->opener = reports[0];
    mp_buf_add(list, &e, sizeof(struct mp_link_episode *));
    return !list->failed;
}

static int by_number(const void *a, const void *b)
{
    const struct mp_link_report *const *x = a, *const *y = b;
    return mp_str_cmp(mp_link_number(*x), mp_link_number(*y));
}

/* Reports of one number get one same_id, from 1; those without get 0. `sorted`: scratch. */
static void number_ids(struct mp_link_report *const *reports, size_t n,
                       struct mp_link_report **sorted)
{
    uint32_t last = 0;
    memcpy(sorted, reports, n * sizeof(struct mp_link_report *));
    qsort(sorted, n, sizeof *sorted, by_number);
    for (size_t i = 0; i < n; i++) {
        bool same = i > 0 && by_number(&sorted[i - 1], &sorted[i]) == 0;
        last += sorted[i]->id_n > 0 && !same;
        sorted[i]->same_id = sorted[i]->id_n > 0 ? last : 0;
    }
}

static bool one_person(struct gathering *g, const struct mp_link_model *m,
                       struct mp_link_report **reports, size_t n)
{
    struct mp_link_set person = {.reports = reports, .n = n, .key = mp_link_key(reports[0])};
    struct mp_buf own = {0};
    number_ids(reports, n, g->sorted);
    bool good = m->persons ? place_all(reports, n, g->arena, &own)
                           : mp_link_place(&m->absence, reports, n, g->numbers, g->arena, &own);
    struct mp_link_episode **list = MP_ITEMS(struct mp_link_episode *, own);
    for (size_t i = 0; good && i < MP_COUNT(struct mp_link_episode *, own); i++) {
        list[i]->person = MP_COUNT(struct mp_link_set, g->persons);
        good = finish(g, list[i]);
    }
    if (good) {
        mp_buf_add(&g->list, list, own.len);
        mp_buf_add(&g->persons, &person, sizeof person);
    }
    mp_buf_free(&own);
    return good && !g->list.failed && !g->persons.failed;
}

static bool name_all(struct gathering *g, const struct mp_link_model *m, struct mp_store *store,
                     struct mp_buf *changes)
{
    struct mp_link_set *persons = MP_ITEMS(struct mp_link_set, g->persons);
    struct mp_link_episode **list = MP_ITEMS(struct mp_link_episode *, g->list);
    size_t n = MP_COUNT(struct mp_link_episode *, g->list);
    struct mp_link_set *sets = calloc(n + 1, sizeof *sets);
    for (size_t i = 0; sets && i < n; i++)
        sets[i] =
            (struct mp_link_set){.reports = list[i]->reports, .n = list[i]->n, .key = list[i]->key};
    bool good = sets &&
                mp_link_name(store, persons, MP_COUNT(struct mp_link_set, g->persons),
                             MP_LINK_PERSON, changes) &&
                mp_link_name(store, sets, n, MP_LINK_EPISODE, m->persons ? NULL : changes);
    for (size_t i = 0; good && i < n; i++) {
        memcpy(list[i]->person_id, persons[list[i]->person].id, sizeof list[i]->person_id);
        memcpy(list[i]->episode_id, sets[i].id, sizeof list[i]->episode_id);
    }
    free(sets);
    return good;
}

/* A person's episodes, one after the other. */
static void number_all(struct gathering *g)
{
    struct mp_link_episode **list = MP_ITEMS(struct mp_link_episode *, g->list);
    size_t n = MP_COUNT(struct mp_link_episode *, g->list);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && list[end]->person == list[i]->person;)
            end++;
        qsort(list + i, end - i, sizeof *list, by_begin);
        for (size_t k = i; k < end; k++) {
            list[k]->number = k - i + 1;
            list[k]->before = k > i ? list[k - 1] : NULL;
            list[k]->after = k + 1 < end ? list[k + 1] : NULL;
        }
    }
}

/* Puts the reports of each person side by side, in their order; how many there are. */
static size_t gather_persons(const struct mp_link_reports *r, uint32_t *at,
                             struct mp_link_report **mine)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        at[r->all[i]->person] += !r->all[i]->whole;
    for (size_t i = 0; i < r->n; i++) {
        uint32_t size = at[i];
        at[i] = (uint32_t)n;
        n += size;
    }
    for (size_t i = 0; i < r->n; i++)
        if (!r->all[i]->whole)
            mine[at[r->all[i]->person]++] = r->all[i];
    return n;
}

static bool all_persons(struct gathering *g, const struct mp_link_reports *r,
                        struct mp_link_report **mine)
{
    uint32_t *at = mp_store_new(r->store, (r->n + 1) * sizeof *at);
    size_t n = at ? gather_persons(r, at, mine) : 0;
    if (!at)
        return false;
    mp_store_drop(r->store, at);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && mine[end]->person == mine[i]->person; end++)
            mp_store_breathe(r->store);
        mp_link_progress(r, "making episodes", i, n);
        if (!one_person(g, r->model, mine + i, end - i))
            return false;
    }
    return true;
}

int mp_link_episodes(const struct mp_link_reports *r, struct mp_link_episodes *out,
                     struct mp_error *e)
{
    *out = (struct mp_link_episodes){.arena = mp_store_arena(r->store, true)};
    struct gathering g = {.arena = &out->arena};
    struct mp_link_report **mine =
        mp_store_new(r->store, (r->n + 1) * sizeof(struct mp_link_report *));
    g.numbers = mp_store_new(r->store, (r->n + 1) * sizeof *g.numbers);
    g.sorted = mp_store_new(r->store, (r->n + 1) * sizeof *g.sorted);
    bool good = mine && g.numbers && g.sorted && all_persons(&g, r, mine) &&
                name_all(&g, r->model, r->store, r->history ? &out->changes : NULL);
    if (good) {
        number_all(&g);
        out->all = (struct mp_link_episode **)(void *)g.list.data;
        out->n = g.list.len / sizeof *out->all;
        if (out->n)
            qsort(out->all, out->n, sizeof *out->all, by_begin);
    } else {
        mp_buf_free(&g.list);
    }
    mp_store_drop(r->store, mine);
    mp_store_drop(r->store, g.numbers);
    mp_store_drop(r->store, g.sorted);
    mp_buf_free(&g.persons);
    return good ? 0 : mp_error_memory(e);
}

void mp_link_episodes_free(struct mp_link_episodes *episodes)
{
    free(episodes->all);
    mp_arena_free(&episodes->arena);
    mp_buf_free(&episodes->changes);
    *episodes = (struct mp_link_episodes){0};
}
