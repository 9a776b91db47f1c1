/* Episodes: gathered, named, numbered. */
#include "link/episode.h"
#include "link/absence.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct gathering {
    struct mp_arena *arena;
    struct mp_buf list; /* struct mp_link_episode *, all of them */
    struct mp_buf text; /* scratch */
    struct mp_map ids;  /* that were given; value: how often one was asked for again */
    uint32_t *numbers;  /* scratch: one for each number, by the id of a report */
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

static int by_order(const void *a, const void *b)
{
    const struct mp_link_report *const *x = a, *const *y = b;
    return mp_link_order(*x, *y);
}

/*
 * An id: 16 hexadecimal digits of the hash of the earliest report's own key, so that reports that
 * come later change no id. Reports with one key (no number, no name) get different ones: those
 * behind the first are counted, in their own order.
 */
static bool give_id(struct gathering *g, const char *what, struct mp_str key, char id[static 17])
{
    g->text.len = 0;
    mp_buf_adds(&g->text, what);
    mp_buf_addstr(&g->text, key);
    size_t own = g->text.len, first = MP_MAP_NONE;
    for (;;) {
        size_t n = g->ids.n;
        uint64_t hash = mp_hash(g->text.data, g->text.len);
        snprintf(id, 17, "%016" PRIx64, hash);
        size_t at = g->text.failed ? MP_MAP_NONE : mp_map_put(&g->ids, mp_str_of(id));
        if (at == MP_MAP_NONE)
            return false;
        if (g->ids.n > n)
            return true;
        if (first == MP_MAP_NONE)
            first = at;
        g->text.len = own;
        mp_buf_addf(&g->text, "+%zu", ++g->ids.entries[first].value);
    }
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
    if (!one->id)
        return false;
    if (!*seen)
        *seen = (uint32_t)i + 1;
    else if (*seen != several && !mp_str_eq(e->reports[*seen - 1]->label, one->label))
        *seen = several;
    return *seen == several && !mp_str_eq(e->reports[0]->bare, one->bare);
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
    qsort(list, n, sizeof *list, by_order);
    if (!give_id(g, "episode:", list[0]->key, e->episode_id))
        return false;
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
        g->numbers[list[i]->id] = 0;
    for (size_t i = 0; i < n; i++) {
        pick(&e->missing_since, list[i]->missing);
        pick(&e->returned_at, list[i]->returned);
        list[i]->role = role_of(e, i, &g->numbers[list[i]->id]);
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

static bool one_person(struct gathering *g, const struct mp_link_model *m,
                       struct mp_link_report **reports, size_t n)
{
    struct mp_buf own = {0};
    char id[17];
    bool good = give_id(g, "person:", reports[0]->key, id) &&
                (m->persons ? place_all(reports, n, g->arena, &own)
                            : mp_link_place(&m->absence, reports, n, g->numbers, g->arena, &own));
    struct mp_link_episode **list = (struct mp_link_episode **)(void *)own.data;
    size_t n_own = good ? own.len / sizeof *list : 0;
    for (size_t i = 0; good && i < n_own; i++) {
        memcpy(list[i]->person_id, id, sizeof id);
        good = finish(g, list[i]);
    }
    if (good) {
        qsort(list, n_own, sizeof *list, by_begin);
        mp_buf_add(&g->list, list, own.len);
    }
    good = good && !g->list.failed;
    for (size_t i = 0; good && i < n_own; i++) {
        list[i]->number = i + 1;
        list[i]->before = i ? list[i - 1] : NULL;
        list[i]->followed = i + 1 < n_own;
    }
    mp_buf_free(&own);
    return good;
}

static int by_person(const void *a, const void *b)
{
    const struct mp_link_report *const *x = a, *const *y = b;
    if ((*x)->person != (*y)->person)
        return (*x)->person < (*y)->person ? -1 : 1;
    return mp_link_order(*x, *y);
}

static bool all_persons(struct gathering *g, const struct mp_link_reports *r,
                        struct mp_link_report **mine)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (!r->all[i]->whole)
            mine[n++] = r->all[i];
    qsort(mine, n, sizeof *mine, by_person);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && mine[end]->person == mine[i]->person;)
            end++;
        if (!one_person(g, r->model, mine + i, end - i))
            return false;
    }
    return true;
}

int mp_link_episodes(const struct mp_link_reports *r, struct mp_link_episodes *out,
                     struct mp_error *e)
{
    *out = (struct mp_link_episodes){0};
    struct gathering g = {.arena = &out->arena};
    struct mp_link_report **mine = malloc((r->n + 1) * sizeof(struct mp_link_report *));
    g.numbers = calloc(r->values.n + 1, sizeof *g.numbers);
    bool good = mine && g.numbers && all_persons(&g, r, mine);
    if (good) {
        out->all = (struct mp_link_episode **)(void *)g.list.data;
        out->n = g.list.len / sizeof *out->all;
        if (out->n)
            qsort(out->all, out->n, sizeof *out->all, by_begin);
    } else {
        mp_buf_free(&g.list);
    }
    free(mine);
    free(g.numbers);
    mp_buf_free(&g.text);
    mp_map_free(&g.ids);
    return good ? 0 : mp_error_memory(e);
}

void mp_link_episodes_free(struct mp_link_episodes *episodes)
{
    free(episodes->all);
    mp_arena_free(&episodes->arena);
    *episodes = (struct mp_link_episodes){0};
}
