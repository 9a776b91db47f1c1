/* What a reader could work out from tables in which cells are hidden. */
#include "count/audit.h"
#include "base/hash.h"
#include "base/room.h"
#include "count/pairs.h"
#include "count/solve.h"
#include <stdlib.h>

enum { ROUNDS = 100 }; /* of propagation; what has not settled then is wider than it could be */

#define ENDLESS ((int64_t)1 << 50)

struct cell {
    const struct mp_disclose_cell *of; /* in the first table that has it */
    size_t table, place;
    bool hidden;
    bool certain;
    bool rest;                   /* of a link: never printed, and known where it is 0 */
    int64_t least, most;         /* bounds */
    int64_t was_least, was_most; /* if all was hidden */
};

/* A part of a total: in the order of the totals. */
struct part {
    uint32_t total, cell;
};

struct audit {
    const struct mp_disclose_rules *rules;
    struct mp_map names; /* of cells: universe, unit and coordinates */
    struct cell *cells;
    size_t n, cap;
    struct mp_numbers totals; /* cell and dimension */
    uint8_t *sums;            /* of totals: enum mp_disclose_sums */
    size_t cap_sums;
    struct mp_pairs known;
    struct part *parts; /* sorted by total */
    size_t n_parts, cap_parts;
    uint32_t *units; /* pairs of cells: the first is no less than the second */
    size_t n_units, cap_units;
    const struct mp_disclose_run *run;
    struct mp_disclose_cell *rests; /* of links */
    struct linked {                 /* terms of links, one link after the other */
        uint32_t cell;
        int32_t factor;
    } * linked;
    size_t *linked_ends, n_linked, cap_linked; /* ends by link */
};

/* ---- cells and totals ---- */

struct name {
    uint32_t universe, unit, at[MP_CROSSTAB_DIMS];
};

static void put_at(struct name *name, uint32_t dim, uint32_t value)
{
    uint32_t at = (dim + 1) << MP_VALUE_BITS | value;
    for (size_t k = 0; k < MP_CROSSTAB_DIMS; k++)
        if (at > name->at[k]) { /* descending; what is smaller moves on */
            uint32_t smaller = name->at[k];
            name->at[k] = at;
            at = smaller;
        }
}

/* The name of a cell, without the dimension at `skip` of the table. */
static struct name name_of(const struct mp_disclose_table *t, uint64_t key, size_t skip)
{
    struct name name = {t->universe, t->unit, {0}};
    for (size_t i = 0; i < t->n_dims; i++) {
        uint32_t value = (uint32_t)(key >> mp_crosstab_shift(i)) & MP_VALUE_MAX;
        if (i != skip && value != MP_VALUE_ALL)
            put_at(&name, t->dims[i], value);
    }
    return name;
}

static bool has_dim(const struct name *name, uint32_t dim)
{
    for (size_t k = 0; k < MP_CROSSTAB_DIMS; k++)
        if (name->at[k] >> MP_VALUE_BITS == dim + 1)
            return true;
    return false;
}

static size_t find(const struct audit *a, const struct name *name)
{
    size_t at = mp_map_find(&a->names, (struct mp_str){(const char *)name, sizeof *name});
    return at;
}

static bool add_cells(struct audit *a, const struct mp_disclose_table *tables, size_t n)
{
    for (size_t t = 0; t < n; t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            const struct mp_disclose_cell *c = &tables[t].cells[i];
            struct name name = name_of(&tables[t], c->key, MP_CROSSTAB_DIMS);
            size_t at = mp_map_put(&a->names, (struct mp_str){(const char *)&name, sizeof name});
            if (at == MP_MAP_NONE || !mp_room(&a->cells, a->n, &a->cap, sizeof *a->cells))
                return false;
            if (at == a->n)
                a->cells[a->n++] = (struct cell){.of = c, .table = t, .place = i, .hidden = true};
            a->cells[at].certain |= c->certain;
            a->cells[at].hidden &= c->why != MP_SHOWN && !a->cells[at].certain;
        }
    return true;
}

/* The cell is a part of the total of this name, if there is one. */
static bool add_part(struct audit *a, const struct name *name, uint32_t dim,
                     enum mp_disclose_sums sums, size_t cell)
{
    size_t before = a->totals.n, total = find(a, name);
    if (total == MP_MAP_NONE)
        return true;
    size_t at = mp_numbers_put(&a->totals, (uint64_t)total << 32 | dim);
    if (at == MP_NUMBERS_NONE || !mp_room(&a->sums, at, &a->cap_sums, sizeof *a->sums))
        return false;
    if (at == before)
        a->sums[at] = (uint8_t)sums;
    int is_new = mp_pairs_add(&a->known, (uint32_t)at, (uint32_t)cell, 1);
    if (is_new < 0 || !mp_room(&a->parts, a->n_parts, &a->cap_parts, sizeof *a->parts))
        return false;
    if (is_new)
        a->parts[a->n_parts++] = (struct part){(uint32_t)at, (uint32_t)cell};
    return true;
}

static int compare_parts(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->total != y->total)
        return x->total < y->total ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

/* A cell below its total over a dimension, and below those of dimensions in which it is nested. */
static bool add_above(struct audit *a, const struct mp_disclose_run *run,
                      const struct mp_disclose_table *t, uint64_t key, size_t d)
{
    uint64_t value = key >> mp_crosstab_shift(d) & MP_VALUE_MAX;
    struct name own = name_of(t, key, MP_CROSSTAB_DIMS), name = name_of(t, key, d);
    size_t cell = find(a, &own);
    if (value == MP_VALUE_ALL)
        return true;
    for (uint32_t k = 0; k < run->n_nestings; k++) {
        const struct mp_disclose_nesting *n = &run->nestings[k];
        struct name outer = name;
        if (n->inner != t->dims[d] || value >= n->n || !n->outer_of[value] ||
            has_dim(&name, n->outer))
            continue;
        put_at(&outer, n->outer, n->outer_of[value]);
        if (!add_part(a, &outer, UINT32_MAX - k, t->sums[d], cell))
            return false;
    }
    return add_part(a, &name, t->dims[d], t->sums[d], cell);
}

static bool add_totals(struct audit *a, const struct mp_disclose_run *run)
{
    for (size_t t = 0; t < run->n; t++)
        for (size_t i = 0; i < run->tables[t].n; i++)
            for (size_t d = 0; d < run->tables[t].n_dims; d++)
                if (!add_above(a, run, &run->tables[t], run->tables[t].cells[i].key, d))
                    return false;
    if (a->n_parts)
        qsort(a->parts, a->n_parts, sizeof *a->parts, compare_parts);
    return true;
}

/* Pairs of a cell in one unit and in the next one that there is. */
static bool add_units(struct audit *a)
{
    for (size_t i = 0; i < a->n; i++) {
        struct name name;
        memcpy(&name, a->names.entries[i].key.p, sizeof name);
        size_t other = MP_MAP_NONE;
        while (other == MP_MAP_NONE && ++name.unit < MP_N_UNITS)
            other = find(a, &name);
        if (other == MP_MAP_NONE)
            continue;
        if (!mp_room(&a->units, a->n_units + 1, &a->cap_units, sizeof *a->units))
            return false;
        a->units[a->n_units++] = (uint32_t)i;
        a->units[a->n_units++] = (uint32_t)other;
    }
    return true;
}

/* ---- links ---- */

static bool add_linked(struct audit *a, size_t from, size_t cell, int factor)
{
    for (size_t i = from; i < a->n_linked; i++)
        if (a->linked[i].cell == cell) {
            a->linked[i].factor += factor;
            return true;
        }
    if (!mp_room(&a->linked, a->n_linked, &a->cap_linked, sizeof *a->linked))
        return false;
    a->linked[a->n_linked++] = (struct linked){(uint32_t)cell, factor};
    return true;
}

/* The terms of one link, and its rest as one more. */
static bool add_link(struct audit *a, const struct mp_disclose_link *l,
                     struct mp_disclose_cell *rest)
{
    size_t from = a->n_linked;
    for (size_t i = l->begin; i < l->begin + l->n; i++) {
        const struct mp_disclose_term *t = &a->run->terms[i];
        const struct mp_disclose_table *table = &a->run->tables[t->table];
        struct name name = name_of(table, table->cells[t->cell].key, MP_CROSSTAB_DIMS);
        if (!add_linked(a, from, find(a, &name), t->factor))
            return false;
    }
    if (l->rest == 0)
        return true;
    const struct mp_disclose_term *first = &a->run->terms[l->begin];
    *rest = (struct mp_disclose_cell){.value = l->rest, .persons = l->rest};
    if (!mp_room(&a->cells, a->n, &a->cap, sizeof *a->cells))
        return false;
    a->cells[a->n] = (struct cell){
        .of = rest, .table = first->table, .place = first->cell, .hidden = true, .rest = true};
    return add_linked(a, from, a->n++, -l->times);
}

static bool add_links(struct audit *a)
{
    size_t n = a->run->n_links;
    a->rests = malloc((n + 1) * sizeof *a->rests);
    a->linked_ends = malloc((n + 1) * sizeof *a->linked_ends);
    bool good = a->rests && a->linked_ends;
    for (size_t i = 0; good && i < n; i++) {
        good = add_link(a, &a->run->links[i], &a->rests[i]);
        a->linked_ends[i] = a->n_linked;
    }
    return good;
}

/* ---- exact ---- */

struct ranked {
    struct name name;
    uint32_t cell;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    int d = memcmp(&x->name, &y->name, sizeof x->name);
    return d ? d : (x->cell > y->cell) - (x->cell < y->cell);
}

/* Numbers of cells in an order in which those with equal coordinates are near to each other. */
static bool rank_cells(const struct audit *a, uint32_t *ranks)
{
    struct ranked *all = malloc((a->n + 1) * sizeof *all);
    if (!all)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        const struct cell *c = &a->cells[i];
        const struct mp_disclose_table *t = &a->run->tables[c->table];
        all[i].name = name_of(t, t->cells[c->place].key, MP_CROSSTAB_DIMS);
        all[i].cell = (uint32_t)i;
    }
    qsort(all, a->n, sizeof *all, compare_ranked);
    for (size_t i = 0; i < a->n; i++)
        ranks[all[i].cell] = (uint32_t)i;
    free(all);
    return true;
}

/* Which of the hidden cells totals determine; by rank. */
static bool solve(const struct audit *a, const uint32_t *ranks, bool *determined)
{
    struct mp_solve s;
    uint32_t *unknowns = malloc((a->n + 1) * sizeof *unknowns);
    int32_t *signs = malloc((a->n + 1) * sizeof *signs);
    bool good = mp_solve_begin(&s, a->n) && unknowns && signs;
    for (size_t i = 0; good && i < a->n_parts;) {
        uint32_t row = a->parts[i].total, total = (uint32_t)(a->totals.keys[row] >> 32);
        size_t n = 0;
        signs[n] = -1;
        unknowns[n] = ranks[total];
        n += a->cells[total].hidden;
        for (; i < a->n_parts && a->parts[i].total == row; i++) {
            signs[n] = 1;
            unknowns[n] = ranks[a->parts[i].cell];
            n += a->cells[a->parts[i].cell].hidden;
        }
        if (a->sums[row] == MP_TOTAL_SUMS)
            good = mp_solve_add(&s, unknowns, signs, n);
    }
    for (size_t l = 0, i = 0; good && l < a->run->n_links; l++) {
        size_t n = 0;
        for (; i < a->linked_ends[l]; i++) {
            signs[n] = a->linked[i].factor;
            unknowns[n] = ranks[a->linked[i].cell];
            n += a->cells[a->linked[i].cell].hidden && signs[n];
        }
        if (!a->run->links[l].least)
            good = mp_solve_add(&s, unknowns, signs, n);
    }
    good = good && mp_solve_end(&s, determined);
    mp_solve_free(&s);
    free(unknowns);
    free(signs);
    return good;
}

/* ---- bounds ---- */

static bool raise(struct cell *c, int64_t least)
{
    if (least <= c->least)
        return false;
    c->least = least;
    return true;
}

static bool lower(struct cell *c, int64_t most)
{
    if (most >= c->most)
        return false;
    c->most = most;
    return true;
}

/* One total and its parts, bounded by each other. */
static bool bound_total(struct audit *a, const struct part *p, size_t n)
{
    struct cell *total = &a->cells[a->totals.keys[p->total] >> 32];
    enum mp_disclose_sums sums = a->sums[p->total];
    bool moved = false, at_most = sums == MP_TOTAL_SUMS || sums == MP_TOTAL_COVERS,
         at_least = sums == MP_TOTAL_SUMS || sums == MP_TOTAL_EXCEEDS;
    int64_t least = 0, most = 0, largest = 0;
    size_t endless = 0;
    for (size_t i = 0; i < n; i++) {
        const struct cell *c = &a->cells[p[i].cell];
        least += c->least;
        largest = c->least > largest ? c->least : largest;
        endless += c->most >= ENDLESS;
        most += c->most >= ENDLESS ? 0 : c->most;
    }
    moved |= raise(total, at_least ? least : largest);
    if (at_most && endless == 0)
        moved |= lower(total, most);
    for (size_t i = 0; i < n; i++) {
        struct cell *c = &a->cells[p[i].cell];
        bool other_ends = endless == 0 || (endless == 1 && c->most >= ENDLESS);
        int64_t others = c->most >= ENDLESS ? most : most - c->most, own = c->least;
        if (at_most && other_ends)
            moved |= raise(c, total->least - others);
        if (total->most < ENDLESS)
            moved |= lower(c, at_least ? total->most - (least - own) : total->most);
    }
    return moved;
}

/* How large the terms of a link can be together, and how many of them have no end. */
static int64_t most_of(const struct audit *a, size_t from, size_t to, int sign, size_t *endless)
{
    int64_t most = 0;
    *endless = 0;
    for (size_t i = from; i < to; i++) {
        const struct cell *c = &a->cells[a->linked[i].cell];
        int factor = sign * a->linked[i].factor;
        int64_t at = factor > 0 ? c->most : c->least;
        *endless += at >= ENDLESS;
        most += at >= ENDLESS ? 0 : factor * at;
    }
    return most;
}

/* A sum of terms, times sign, that is 0 or more: each term is no less than what the others leave.
 */
static bool bound_link(struct audit *a, size_t from, size_t to, int sign)
{
    size_t endless;
    int64_t most = most_of(a, from, to, sign, &endless);
    bool moved = false;
    for (size_t i = from; i < to; i++) {
        struct cell *c = &a->cells[a->linked[i].cell];
        int factor = sign * a->linked[i].factor;
        int64_t at = factor > 0 ? c->most : c->least;
        if (factor == 0 || endless > (at >= ENDLESS))
            continue;
        int64_t others = at >= ENDLESS ? most : most - factor * at;
        if (factor > 0 && others < 0)
            moved |= raise(c, (-others + factor - 1) / factor);
        else if (factor < 0)
            moved |= lower(c, others / -factor);
    }
    return moved;
}

static bool bound_links(struct audit *a)
{
    bool moved = false;
    for (size_t l = 0, i = 0; l < a->run->n_links; i = a->linked_ends[l++]) {
        moved |= bound_link(a, i, a->linked_ends[l], 1);
        if (!a->run->links[l].least)
            moved |= bound_link(a, i, a->linked_ends[l], -1);
    }
    return moved;
}

static bool bound_all(struct audit *a)
{
    bool moved = false;
    for (size_t i = 0, end; i < a->n_parts; i = end) {
        for (end = i + 1; end < a->n_parts && a->parts[end].total == a->parts[i].total;)
            end++;
        moved |= bound_total(a, a->parts + i, end - i);
    }
    for (size_t i = 0; i < a->n_units; i += 2) {
        struct cell *more = &a->cells[a->units[i]], *less = &a->cells[a->units[i + 1]];
        moved |= raise(more, less->least);
        moved |= lower(less, more->most);
    }
    return bound_links(a) || moved;
}

/* From what is known before any sum; `all`: as if everything but zeros was hidden. */
static void bound(struct audit *a, bool all)
{
    const struct mp_disclose_rules *r = a->rules;
    for (size_t i = 0; i < a->n; i++) {
        struct cell *c = &a->cells[i];
        int64_t value = (int64_t)c->of->value;
        if (!(c->hidden || (all && value))) {
            c->least = c->most = value;
            continue;
        }
        c->least = r->hide_zeros || c->rest ? 0 : 1;
        c->most = ENDLESS;
        if (!r->reasons_shown || c->rest)
            continue;
        if (c->of->why == MP_HIDDEN_FEW)
            c->most = (int64_t)r->min - 1;
        else if (c->of->why != MP_HIDDEN_FEW_PERSONS)
            c->least = (int64_t)r->min;
    }
    for (int i = 0; i < ROUNDS && bound_all(a); i++)
        ;
}

/* ---- verdict ---- */

static bool is_primary(const struct audit *a, const struct cell *c)
{
    uint64_t least = c->of->value < c->of->persons ? c->of->value : c->of->persons;
    return least < a->rules->min && (c->of->value > 0 || a->rules->hide_zeros);
}

/* Where zeros and reasons alone leave less than the width, a cell must not be known, no more. */
static bool is_narrow(const struct audit *a, const struct cell *c)
{
    int64_t span = c->most - c->least, was = c->was_most - c->was_least;
    int64_t wanted = is_primary(a, c) ? (int64_t)a->rules->width : 1;
    return a->rules->width && was > 0 && span < (was < wanted ? 1 : wanted);
}

/* Whether the difference to the same cell of another universe is small; *part: of all such cells,
 * whether this universe never has more. */
static bool is_apart(const struct audit *a, size_t i, size_t other)
{
    const struct cell *x = &a->cells[i], *y = &a->cells[other];
    return !x->hidden && !y->hidden && x->of->value > y->of->value &&
           x->of->value - y->of->value < a->rules->min;
}

/* Whether cells of universe `two` never count more than those of `one`. */
static bool may_be_part(const struct audit *a, const struct mp_numbers *universes, size_t one,
                        size_t two)
{
    for (size_t i = 0; i < a->names.n; i++) {
        struct name name;
        memcpy(&name, a->names.entries[i].key.p, sizeof name);
        if (name.universe != universes->keys[one])
            continue;
        name.universe = (uint32_t)universes->keys[two];
        size_t other = find(a, &name);
        if (other != MP_MAP_NONE && a->cells[i].of->value < a->cells[other].of->value)
            return false;
    }
    return true;
}

static void note(struct mp_audit *out, size_t *count, const struct cell *c)
{
    if (mp_audit_is_clean(out)) {
        out->table = c->table;
        out->cell = c->place;
    }
    ++*count;
}

static void note_narrow(struct mp_audit *out, const struct cell *c)
{
    note(out, &out->narrow, c);
    if (out->n_listed < MP_AUDIT_LISTED)
        out->listed[out->n_listed++] = (struct mp_audit_place){c->table, c->place};
}

static bool compare_universes(const struct audit *a, struct mp_audit *out)
{
    struct mp_numbers universes = {0};
    bool good = true;
    for (size_t i = 0; good && i < a->names.n; i++) {
        struct name name;
        memcpy(&name, a->names.entries[i].key.p, sizeof name);
        good = mp_numbers_put(&universes, name.universe) != MP_NUMBERS_NONE;
    }
    for (size_t one = 0; good && one < universes.n; one++)
        for (size_t two = 0; two < universes.n; two++) {
            if (one == two || !may_be_part(a, &universes, one, two))
                continue;
            for (size_t i = 0; i < a->names.n; i++) {
                struct name name;
                memcpy(&name, a->names.entries[i].key.p, sizeof name);
                bool is_one = name.universe == universes.keys[one];
                name.universe = (uint32_t)universes.keys[two];
                size_t other = is_one ? find(a, &name) : MP_MAP_NONE;
                if (other != MP_MAP_NONE && is_apart(a, i, other))
                    note(out, &out->apart, &a->cells[i]);
            }
        }
    mp_numbers_free(&universes);
    return good;
}

static bool judge(struct audit *a, struct mp_audit *out)
{
    bool *exact = malloc(a->n + 1);
    uint32_t *ranks = malloc((a->n + 1) * sizeof *ranks);
    bool good = exact && ranks && rank_cells(a, ranks) && solve(a, ranks, exact);
    bound(a, true);
    for (size_t i = 0; i < a->n; i++) {
        a->cells[i].was_least = a->cells[i].least;
        a->cells[i].was_most = a->cells[i].most;
    }
    bound(a, false);
    out->cells = a->names.n;
    for (size_t i = 0; good && i < a->n; i++) {
        const struct cell *c = &a->cells[i];
        if (c->rest) {
            if (exact[ranks[i]] && is_primary(a, c))
                note(out, &out->apart, c);
            continue;
        }
        out->hidden += c->hidden;
        if (c->of->value == 0 && a->rules->zeros_follow)
            continue;
        if (!c->hidden && is_primary(a, c) && !c->certain)
            note(out, &out->small, c);
        else if (c->hidden && exact[ranks[i]])
            note(out, &out->exact, c);
        else if (c->hidden && is_narrow(a, c))
            note_narrow(out, c);
    }
    free(exact);
    free(ranks);
    return good && compare_universes(a, out);
}

int mp_disclose_audit(const struct mp_disclose_run *run, const struct mp_disclose_rules *rules,
                      struct mp_audit *audit, struct mp_error *e)
{
    struct audit a = {.rules = rules, .run = run};
    *audit = (struct mp_audit){0};
    bool good = add_cells(&a, run->tables, run->n) && add_totals(&a, run) && add_units(&a) &&
                add_links(&a) && judge(&a, audit);
    mp_map_free(&a.names);
    mp_numbers_free(&a.totals);
    mp_pairs_free(&a.known);
    free(a.cells);
    free(a.sums);
    free(a.parts);
    free(a.units);
    free(a.rests);
    free(a.linked);
    free(a.linked_ends);
    return good ? 0 : mp_error_memory(e);
}
