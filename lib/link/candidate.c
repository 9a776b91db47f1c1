/* Which pairs are compared: runs of reports with one key, by block. */
#include "link/candidate.h"
#include "base/crew.h"
#include "base/room.h"
#include "link/keys.h"
#include <stdatomic.h>
#include <stdlib.h>

enum {
    PIECE = 1 << 16, /* pairs that a thread takes at a time */
    AHEAD = 8        /* reports */
};

/* A piece of work: the places [from, to) among the reports of all runs, the first in `run`. */
struct piece {
    size_t run;
    uint32_t from, to;
};

struct search {
    const struct mp_link_reports *r;
    mp_link_pair_fn *each;
    uint32_t *keys; /* of each report for each block */
    size_t block;
    struct mp_link_runs runs;
    struct piece *pieces;
    size_t n_pieces, cap;
    atomic_size_t next; /* piece */
    atomic_bool failed;
};

struct thread {
    struct search *search;
    void *worker;
    bool tells; /* how far the work is */
};

/* Whether a block compared two reports with these keys. */
static bool were_compared(const struct search *s, uint32_t x, uint32_t y)
{
    if (x == y)
        return x > 0;
    size_t n = s->r->n; /* keys above it: see mark_crowds */
    return x > n && y > n && (x > y ? x - y : y - x) <= MP_LINK_NEXT;
}

/* Whether no block before this one brings the two together. */
static bool is_fresh(const struct search *s, uint32_t a, uint32_t b)
{
    size_t n = s->r->model->n_blocks;
    const uint32_t *x = s->keys + a * n, *y = s->keys + b * n;
    for (size_t i = 0; i < s->block; i++)
        if (were_compared(s, x[i], y[i]))
            return false;
    return true;
}

/* Of a crowd each report is compared with the next ones alone, in the order of all: time grows
 * with the run, not with its square. */
static uint32_t last_of(uint32_t begin, uint32_t end, uint32_t i)
{
    bool crowd = end - begin > MP_LINK_CROWD && end - i > MP_LINK_NEXT + 1;
    return crowd ? i + MP_LINK_NEXT + 1 : end;
}

/* Begins to fetch what is known of a report that comes next. */
static void fetch(const struct search *s, uint32_t place)
{
    uint32_t next = s->runs.reports[place];
    mp_link_fetch_row(s->r, next);
    __builtin_prefetch(s->keys + next * s->r->model->n_blocks);
}

static bool search_piece(const struct search *s, void *worker, const struct piece *p)
{
    const uint32_t *begins = s->runs.begins, *reports = s->runs.reports;
    size_t run = p->run;
    for (uint32_t i = p->from; i < p->to; i++) {
        while (begins[run + 1] <= i)
            run++;
        if (i + AHEAD < begins[s->runs.n])
            fetch(s, i + AHEAD);
        uint32_t last = last_of(begins[run], begins[run + 1], i);
        for (uint32_t j = i + 1; j < last; j++) {
            if (i == begins[run] && j + AHEAD < last)
                fetch(s, j + AHEAD);
            if (is_fresh(s, reports[i], reports[j]) && !s->each(worker, reports[i], reports[j]))
                return false;
        }
    }
    return true;
}

static void search_pieces(void *ctx)
{
    struct thread *t = ctx;
    struct search *s = t->search;
    while (!s->failed) {
        size_t at = atomic_fetch_add(&s->next, 1);
        if (at >= s->n_pieces)
            break;
        if (t->tells)
            mp_link_progress(s->r, "comparing pairs",
                             1000 * (s->block * s->n_pieces + at) / s->n_pieces,
                             1000 * s->r->model->n_blocks);
        mp_store_look(s->r->store);
        if (!search_piece(s, t->worker, &s->pieces[at]))
            s->failed = true;
    }
}

static bool add_piece(struct search *s, size_t run, uint32_t from, uint32_t to)
{
    if (!mp_room(&s->pieces, s->n_pieces, &s->cap, sizeof *s->pieces))
        return false;
    s->pieces[s->n_pieces++] = (struct piece){run, from, to};
    return true;
}

static bool cut_pieces(struct search *s)
{
    const uint32_t *begins = s->runs.begins;
    struct piece p = {0};
    size_t pairs = 0;
    s->n_pieces = 0;
    for (size_t run = 0; run < s->runs.n; run++)
        for (uint32_t i = begins[run]; i < begins[run + 1]; i++) {
            if (pairs == 0)
                p = (struct piece){run, i, i};
            pairs += last_of(begins[run], begins[run + 1], i) - i;
            if (pairs < PIECE)
                continue;
            if (!add_piece(s, p.run, p.from, i + 1))
                return false;
            pairs = 0;
        }
    return pairs == 0 || add_piece(s, p.run, p.from, begins[s->runs.n]);
}

/* ---- keys, a block at a time ---- */

static void find_keys(void *ctx)
{
    struct thread *t = ctx;
    struct search *s = t->search;
    const struct mp_link_model *m = s->r->model;
    for (size_t k; (k = atomic_fetch_add(&s->next, 1)) < m->n_blocks;)
        if (!mp_link_keys(s->r, &m->blocks[k], s->keys + k, m->n_blocks))
            s->failed = true;
}

/* Values that more have than the block allows bring nobody together: their runs are taken out, and
 * the blocks that follow may compare these reports. */
static void leave_out(struct search *s)
{
    struct mp_link_runs *runs = &s->runs;
    size_t most = s->r->model->blocks[s->block].most, kept = 0, n_blocks = s->r->model->n_blocks;
    uint32_t place = 0;
    for (size_t i = 0; most > 0 && i < runs->n; i++) {
        uint32_t begin = runs->begins[i], end = runs->begins[i + 1], size = end - begin;
        for (uint32_t k = begin; k < end && size > most; k++)
            s->keys[runs->reports[k] * n_blocks + s->block] = 0;
        if (size > most)
            continue;
        memmove(runs->reports + place, runs->reports + begin, size * sizeof *runs->reports);
        runs->begins[kept++] = place;
        place += size;
    }
    if (most > 0) {
        runs->begins[kept] = place;
        runs->n = kept;
    }
}

/* Of a crowd only those that are near each other are compared; the blocks that follow may compare
 * the others. Its keys become places behind the keys of all runs, and those of two crowds lie
 * further apart. */
static void mark_crowds(struct search *s)
{
    const struct mp_link_runs *runs = &s->runs;
    size_t n = s->r->n, n_blocks = s->r->model->n_blocks;
    if (n > UINT32_MAX / 3) /* there are 2.5 n + 1 at most */
        return;
    uint32_t next = (uint32_t)n + 1;
    for (size_t i = 0; i < runs->n; i++) {
        uint32_t begin = runs->begins[i], end = runs->begins[i + 1];
        if (end - begin <= MP_LINK_CROWD)
            continue;
        for (uint32_t k = begin; k < end; k++)
            s->keys[runs->reports[k] * n_blocks + s->block] = next++;
        next += MP_LINK_NEXT;
    }
}

static void count_crowds(const struct mp_link_runs *runs, struct mp_link_crowd *crowd)
{
    for (size_t i = 0; i < runs->n; i++) {
        size_t n = runs->begins[i + 1] - runs->begins[i];
        if (n <= MP_LINK_CROWD)
            continue;
        crowd->values++;
        crowd->reports += n;
        crowd->largest = n > crowd->largest ? n : crowd->largest;
    }
}

static bool search_blocks(struct search *s, struct thread *threads, size_t n,
                          struct mp_link_crowd *crowds)
{
    size_t n_blocks = s->r->model->n_blocks;
    mp_crew(find_keys, threads, n, sizeof *threads);
    for (s->block = 0; !s->failed && s->block < n_blocks; s->block++) {
        if (!mp_link_runs_make(&s->runs, s->r, s->keys + s->block, n_blocks))
            return false;
        leave_out(s);
        count_crowds(&s->runs, &crowds[s->block]);
        s->next = 0;
        s->failed = !cut_pieces(s);
        mp_crew(search_pieces, threads, n, sizeof *threads);
        mark_crowds(s);
        mp_link_runs_free(&s->runs);
    }
    return !s->failed;
}

int mp_link_candidates(const struct mp_link_reports *r, mp_link_pair_fn *each, void *workers,
                       size_t n_workers, size_t size, struct mp_link_crowd *crowds,
                       struct mp_error *e)
{
    struct search s = {.r = r, .each = each};
    struct thread *threads = calloc(n_workers, sizeof *threads);
    s.keys = mp_store_new(r->store, (r->n * r->model->n_blocks + 1) * sizeof *s.keys);
    for (size_t i = 0; threads && i < n_workers; i++)
        threads[i] = (struct thread){&s, (char *)workers + i * size, i == 0};
    bool fine = threads && s.keys && search_blocks(&s, threads, n_workers, crowds);
    free(threads);
    mp_store_drop(r->store, s.keys);
    free(s.pieces);
    return fine ? 0 : mp_error_memory(e);
}
