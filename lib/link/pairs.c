/* The pairs that are compared: kept in pieces, by the thread that found them. */
#include "link/pairs.h"
#include "base/crew.h"
#include "link/candidate.h"
#include "link/level.h"
#include <stdatomic.h>
#include <stdlib.h>

enum { PIECE = 87000 /* pairs: about a megabyte */, AHEAD = 8 };
static const uint32_t APART = 1u << 31; /* a pair that a rule keeps apart */

struct piece {
    struct piece *older;
    struct mp_link_part *part;
    size_t n;
    struct mp_link_compared pairs[PIECE];
};

/* What one thread found. */
struct mp_link_part {
    struct mp_link_groups *g;
    struct mp_link_patterns patterns;
    uint32_t *places; /* of its patterns among all */
    struct piece *pieces;
};

static bool keep(struct mp_link_part *part, struct mp_link_compared pair)
{
    struct mp_store *store = part->g->reports->store;
    struct piece *p = part->pieces;
    if (!p || p->n == PIECE) {
        if (p)
            mp_store_rest(store, p);
        p = mp_store_grow(store, NULL, 0, sizeof *p, false);
        if (!p)
            return false;
        p->older = part->pieces;
        p->part = part;
        p->n = 0;
        part->pieces = p;
    }
    p->pairs[p->n++] = pair;
    return true;
}

static bool compare(void *worker, uint32_t a, uint32_t b)
{
    struct mp_link_part *part = worker;
    const struct mp_link_reports *r = part->g->reports;
    uint32_t x = mp_link_group_now(part->g, a), y = mp_link_group_now(part->g, b);
    struct mp_link_pattern *p = mp_link_patterns_put(
        &part->patterns, mp_link_levels(r, mp_link_row(r, a), mp_link_row(r, b)));
    if (!p)
        return false;
    if (x == y) {
        p->n++;
        p->same++;
        return true;
    }
    bool apart = mp_link_groups_veto(part->g, x, y);
    p->n += !apart;
    p->apart += apart;
    uint32_t pattern = (uint32_t)(p - part->patterns.all) | (apart ? APART : 0);
    return keep(part, (struct mp_link_compared){a, b, pattern});
}

static bool add_up(struct mp_link_pairs *pairs)
{
    const struct mp_link_patterns **list = calloc(pairs->n_parts, sizeof *list);
    for (size_t i = 0; list && i < pairs->n_parts; i++)
        list[i] = &pairs->parts[i].patterns;
    bool fine = list && mp_link_patterns_add_up(&pairs->patterns, list, pairs->n_parts);
    free(list);
    for (size_t i = 0; fine && i < pairs->n_parts; i++) {
        struct mp_link_part *part = &pairs->parts[i];
        part->places = malloc((part->patterns.n + 1) * sizeof *part->places);
        fine = part->places;
        for (size_t k = 0; fine && k < part->patterns.n; k++)
            part->places[k] = mp_link_patterns_find(&pairs->patterns, part->patterns.all[k].levels);
    }
    return fine;
}

int mp_link_pairs_make(struct mp_link_pairs *pairs, struct mp_link_groups *g, struct mp_error *e)
{
    size_t n = g->reports->jobs;
    *pairs = (struct mp_link_pairs){.parts = calloc(n, sizeof *pairs->parts)};
    if (!pairs->parts)
        return mp_error_memory(e);
    pairs->n_parts = n;
    for (size_t i = 0; i < n; i++)
        pairs->parts[i].g = g;
    mp_link_groups_flatten(g);
    if (mp_link_candidates(g->reports, compare, pairs->parts, n, sizeof *pairs->parts,
                           pairs->crowds, e) < 0)
        return -1;
    return add_up(pairs) ? 0 : mp_error_memory(e);
}

/* ---- all of them once more ---- */

struct walk {
    mp_link_compared_fn *each;
    const bool *left_out;
    struct piece **pieces;
    size_t n;
    atomic_size_t next;
    atomic_bool failed;
};

struct walker {
    struct walk *walk;
    void *worker;
    const struct mp_link_reports *tells; /* how far the work is; NULL: another one does */
};

static uint32_t place_of(const struct piece *piece, size_t i)
{
    return piece->part->places[piece->pairs[i].pattern & ~APART];
}

/* The next pair from i on that is not left out; its reports will be asked for soon. */
static size_t next_of(const struct walk *w, const struct piece *piece, size_t i)
{
    while (i < piece->n && w->left_out[place_of(piece, i)])
        i++;
    if (i < piece->n) {
        const struct mp_link_reports *r = piece->part->g->reports;
        mp_link_fetch_row(r, piece->pairs[i].a);
        mp_link_fetch_row(r, piece->pairs[i].b);
    }
    return i;
}

static bool walk_piece(const struct walk *w, void *worker, const struct piece *piece)
{
    size_t queue[AHEAD], n = 0;
    for (size_t i = 0, k = 0;; k++) {
        i = next_of(w, piece, i);
        if (k >= AHEAD) {
            size_t at = queue[k % AHEAD];
            if (k - AHEAD >= n)
                return true;
            if (!w->each(worker, &piece->pairs[at], place_of(piece, at),
                         piece->pairs[at].pattern & APART))
                return false;
        }
        if (i < piece->n) {
            queue[k % AHEAD] = i++;
            n = k + 1;
        }
    }
}

static void walk_pieces(void *ctx)
{
    struct walker *own = ctx;
    struct walk *w = own->walk;
    for (size_t i; !w->failed && (i = atomic_fetch_add(&w->next, 1)) < w->n;) {
        if (own->tells)
            mp_link_progress(own->tells, "weighing pairs", i, w->n);
        if (!walk_piece(w, own->worker, w->pieces[i]))
            w->failed = true;
        mp_store_rest(w->pieces[i]->part->g->reports->store, w->pieces[i]);
        mp_store_look(w->pieces[i]->part->g->reports->store);
    }
}

bool mp_link_pairs_each(const struct mp_link_pairs *pairs, const bool *left_out,
                        mp_link_compared_fn *each, void *workers, size_t n_workers, size_t size)
{
    struct walk w = {.each = each, .left_out = left_out};
    struct walker *walkers = calloc(n_workers, sizeof *walkers);
    size_t n = 0;
    for (size_t i = 0; i < pairs->n_parts; i++)
        for (struct piece *p = pairs->parts[i].pieces; p; p = p->older)
            n++;
    w.pieces = malloc((n + 1) * sizeof *w.pieces);
    for (size_t i = 0; w.pieces && i < pairs->n_parts; i++)
        for (struct piece *p = pairs->parts[i].pieces; p; p = p->older)
            w.pieces[w.n++] = p;
    for (size_t i = 0; walkers && i < n_workers; i++)
        walkers[i] = (struct walker){&w, (char *)workers + i * size,
                                     i == 0 ? pairs->parts[0].g->reports : NULL};
    if (walkers && w.pieces)
        mp_crew(walk_pieces, walkers, n_workers, sizeof *walkers);
    bool fine = walkers && w.pieces && !w.failed;
    free(walkers);
    free(w.pieces);
    return fine;
}

void mp_link_pairs_free(struct mp_link_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n_parts; i++) {
        struct mp_link_part *part = &pairs->parts[i];
        for (struct piece *p = part->pieces, *older; p; p = older) {
            older = p->older;
            mp_store_drop(part->g->reports->store, p);
        }
        mp_link_patterns_free(&part->patterns);
        free(part->places);
    }
    free(pairs->parts);
    mp_link_patterns_free(&pairs->patterns);
    *pairs = (struct mp_link_pairs){0};
}
