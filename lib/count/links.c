/* What tables of a run say together because their conditions and dimensions hang together. */
#include "count/links.h"
#include "base/room.h"
#include "count/basis.h"
#include <stdlib.h>

/* ---- sets ---- */

/* Cells of a table that have the coordinates in common with others: one of them, or with values of
 * further dimensions a group of them. */
struct node {
    size_t table;
    const struct mp_related_dims *dims; /* NULL: no further ones */
    const size_t *groups;
    size_t group;
    bool *items;
};

struct nodes {
    struct node *list;
    size_t n, cap, n_items;
};

struct work {
    struct mp_guard_cells *c;
    const struct mp_related *r;
    bool **atoms;                  /* of tables */
    struct mp_numbers *places;     /* of cells, by key */
    size_t *tables, n_tables;      /* of the present class: what can be added and compared */
    bool adds;                     /* reports, episodes and their hits: totals are sums */
    uint32_t at[MP_CROSSTAB_DIMS]; /* the present common dimensions, ascending */
    size_t n_at;
    struct mp_numbers cells; /* their values, as far as the same atoms are possible in them */
    const bool *possible;    /* these; at first all */
    bool *everything;
    uint64_t *reports; /* of atoms, in the present group */
    bool failed;       /* memory */
    bool too_much;
};

static struct node *add_node(struct work *w, struct nodes *all, size_t table)
{
    bool *items = calloc(all->n_items + 1, sizeof *items);
    if (!items || !mp_room(&all->list, all->n, &all->cap, sizeof *all->list)) {
        free(items);
        w->failed = true;
        return NULL;
    }
    all->list[all->n] = (struct node){.table = table, .items = items};
    return &all->list[all->n++];
}

static void free_nodes(struct nodes *all)
{
    for (size_t i = 0; i < all->n; i++)
        free(all->list[i].items);
    free(all->list);
    *all = (struct nodes){0};
}

static bool counts(const struct work *w, size_t table, size_t atom)
{
    return w->atoms[table][atom] && w->possible[atom];
}

static uint32_t universe(const struct work *w, size_t table)
{
    return w->c->tables[table].universe;
}

static size_t place_of_dim(const struct mp_disclose_table *t, uint32_t dim)
{
    size_t i = 0;
    while (i < t->n_dims && t->dims[i] != dim)
        i++;
    return i;
}

/* ---- equations ---- */

static uint64_t put_value(const struct mp_disclose_table *t, uint64_t key, uint32_t dim,
                          uint64_t value)
{
    return key | value << mp_crosstab_shift(place_of_dim(t, dim));
}

/* One cell of the present equation, if the table has it: else it is 0. */
static int64_t add_term(struct work *w, size_t table, uint64_t key, int64_t factor)
{
    struct mp_guard_cells *c = w->c;
    size_t cell = mp_numbers_find(&w->places[table], key);
    if (cell == MP_NUMBERS_NONE)
        return 0;
    if (!mp_room(&c->terms, c->n_terms, &c->cap_terms, sizeof *c->terms)) {
        w->failed = true;
        return 0;
    }
    c->terms[c->n_terms++] =
        (struct mp_disclose_term){(uint32_t)table, (uint32_t)cell, (int32_t)factor};
    return factor * (int64_t)c->tables[table].cells[cell].value;
}

static int64_t add_terms(struct work *w, const struct node *node, uint64_t at, int64_t factor)
{
    const struct mp_disclose_table *t = &w->c->tables[node->table];
    const struct mp_related_dims *d = node->dims;
    uint64_t key = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < w->n_at; i++)
        key = put_value(t, key, w->at[i], at >> mp_crosstab_shift(i) & MP_VALUE_MAX);
    if (!d)
        return add_term(w, node->table, key, factor);
    for (size_t i = 0; i < d->n; i++) {
        if (node->groups[i] != node->group || (i > 0 && d->values[i].at == d->values[i - 1].at))
            continue;
        uint64_t one = key;
        for (size_t k = 0; k < d->n_dims; k++)
            one =
                put_value(t, one, d->dims[k],
                          d->values[i].at >> (MP_VALUE_BITS * (d->n_dims - 1 - k)) & MP_VALUE_MAX);
        sum += add_term(w, node->table, one, factor);
    }
    return sum;
}

/* An equation whose terms stand behind the last one's. */
static void end_link(struct work *w, int64_t sum, int64_t times, bool least)
{
    struct mp_guard_cells *c = w->c;
    size_t begin = c->n_links ? c->links[c->n_links - 1].begin + c->links[c->n_links - 1].n : 0;
    struct mp_disclose_link link = {.begin = begin,
                                    .n = c->n_terms - begin,
                                    .times = (int32_t)times,
                                    .least = least,
                                    .rest = times > 0 && sum > 0 ? (uint64_t)(sum / times) : 0};
    if (link.n == 1 && sum == 0 && times == 0 && !least) {
        const struct mp_disclose_term *t = &c->terms[--c->n_terms];
        c->tables[t->table].cells[t->cell].certain = true;
        return;
    }
    if (link.n == 0)
        return;
    if (!mp_room(&c->links, c->n_links, &c->cap_links, sizeof *c->links)) {
        w->failed = true;
        return;
    }
    c->links[c->n_links++] = link;
}

/* Factors of nodes, in all common cells; times 0: they add up to 0. */
static void link_all(struct work *w, const struct nodes *all, const int64_t *factors, size_t n,
                     int64_t times)
{
    bool small = times <= MP_DISCLOSE_FACTOR;
    for (size_t i = 0; i < n; i++)
        small &= factors[i] <= MP_DISCLOSE_FACTOR && factors[i] >= -MP_DISCLOSE_FACTOR;
    w->too_much |= !small;
    for (size_t k = 0; k < w->cells.n && small && !w->failed; k++) {
        int64_t sum = 0;
        for (size_t i = 0; i < n; i++)
            if (factors[i])
                sum += add_terms(w, &all->list[i], w->cells.keys[k], factors[i]);
        end_link(w, sum, times, false);
    }
}

/* ---- what hangs together ---- */

static bool is_same(const bool *a, const bool *b, size_t n)
{
    return memcmp(a, b, n * sizeof *a) == 0;
}

/* Only a table itself and its own cells; a set that is empty says something, though. */
static bool is_own(const struct work *w, const struct nodes *all, const int64_t *factors, size_t n)
{
    size_t first = SIZE_MAX, used = 0;
    for (size_t i = 0; i < n; i++) {
        if (!factors[i])
            continue;
        first = used++ ? first : i;
        if (universe(w, all->list[i].table) != universe(w, all->list[first].table))
            return false;
    }
    return used > 1;
}

/* How many values a group has. */
static size_t size_of(const struct node *node)
{
    const struct mp_related_dims *d = node->dims;
    size_t n = d ? 0 : 1;
    for (size_t i = 0; d && i < d->n; i++)
        n += node->groups[i] == node->group && (i == 0 || d->values[i].at != d->values[i - 1].at);
    return n;
}

static void link_equal(struct work *w, const struct node *a, const struct node *b)
{
    struct node pair[2] = {*a, *b};
    const struct nodes both = {.list = pair, .n = 2};
    link_all(w, &both, (const int64_t[]){1, -1}, 2, 0);
}

/* Persons of a total are no more than those of its parts together, and no fewer than of each. */
static void link_covered(struct work *w, const struct node *total, const struct node *parts)
{
    for (size_t k = 0; k < w->cells.n && !w->failed; k++) {
        size_t begin = w->c->n_terms;
        add_terms(w, total, w->cells.keys[k], -1);
        size_t behind = w->c->n_terms;
        add_terms(w, parts, w->cells.keys[k], 1);
        size_t n = w->c->n_terms;
        if (behind == begin) {
            w->c->n_terms = begin;
            continue;
        }
        end_link(w, 0, 0, true);
        for (size_t i = behind; i < n && !w->failed; i++) {
            struct mp_disclose_term part = w->c->terms[i];
            add_term(w, total->table, w->c->tables[total->table].cells[w->c->terms[begin].cell].key,
                     1);
            add_term(w, part.table, w->c->tables[part.table].cells[part.cell].key, -1);
            end_link(w, 0, 0, true);
        }
    }
}

/* What does not add up: only cells that are the same, and totals over what is. */
static void link_same(struct work *w, const struct nodes *all)
{
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < i; k++) {
            const struct node *a = &all->list[i], *b = &all->list[k];
            if (!is_same(a->items, b->items, all->n_items))
                continue;
            size_t n = size_of(a), m = size_of(b);
            if (n == 1 && m == 1)
                link_equal(w, a, b);
            else if (m == 1 && (int)w->c->parts[a->table] == MP_PERSONS)
                link_covered(w, b, a);
        }
}

/* Items that no set tells apart become one. */
static bool merge_items(struct work *w, struct nodes *all)
{
    struct mp_map seen = {0};
    bool *column = malloc(all->n + 1);
    size_t *of = malloc((all->n_items + 1) * sizeof *of), merged = 0;
    bool good = column && of;
    for (size_t i = 0; good && i < all->n_items; i++) {
        for (size_t k = 0; k < all->n; k++)
            column[k] = all->list[k].items[i];
        of[i] = mp_map_put(&seen, (struct mp_str){(const char *)column, all->n});
        good = of[i] != MP_MAP_NONE;
    }
    for (size_t i = 0; good && i < all->n_items; i++) {
        bool first = of[i] == merged;
        for (size_t k = 0; first && k < all->n; k++)
            all->list[k].items[merged] = all->list[k].items[i];
        merged += first;
    }
    all->n_items = merged;
    mp_map_free(&seen);
    free(column);
    free(of);
    w->failed |= !good;
    return good;
}

static bool has(const struct nodes *all, const bool *set)
{
    for (size_t i = 0; i < all->n; i++)
        if (is_same(all->list[i].items, set, all->n_items))
            return true;
    return false;
}

/* Counts that nobody prints but that follow: of single items ... */
static void link_items(struct work *w, const struct nodes *all, struct mp_basis *basis, bool *set,
                       int64_t *factors)
{
    for (size_t i = 0; i < all->n_items; i++) {
        memset(set, 0, all->n_items);
        set[i] = true;
        int64_t times = has(all, set) ? 0 : mp_basis_find(basis, set, factors);
        if (times > 0 && !is_own(w, all, factors, all->n))
            link_all(w, all, factors, all->n, times);
    }
}

static bool is_part(const struct work *w, size_t inner, size_t outer)
{
    bool part = true;
    for (size_t a = 0; a < w->r->n_atoms; a++)
        part &= w->atoms[outer][a] || !w->atoms[inner][a];
    return part;
}

/* ... and of a set less one inside it; mp_disclose sees tables that are parts of others. */
static void link_differences(struct work *w, const struct nodes *all, bool *set, int64_t *factors)
{
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < all->n; k++) {
            const struct node *a = &all->list[i], *b = &all->list[k];
            size_t left = 0;
            bool inside = universe(w, a->table) != universe(w, b->table) &&
                          (a->dims || b->dims || !is_part(w, b->table, a->table));
            for (size_t m = 0; inside && m < all->n_items; m++) {
                inside = a->items[m] >= b->items[m];
                set[m] = a->items[m] && !b->items[m];
                left += set[m];
            }
            if (!inside || left < 2 || has(all, set))
                continue;
            memset(factors, 0, all->n * sizeof *factors);
            factors[i] = 1;
            factors[k] = -1;
            link_all(w, all, factors, all->n, 1);
        }
}

static void link_nodes(struct work *w, struct nodes *all)
{
    if (!merge_items(w, all))
        return;
    struct mp_basis basis;
    int64_t *factors = malloc((all->n + 1) * sizeof *factors);
    bool *set = malloc(all->n_items + 1);
    mp_basis_begin(&basis, all->n_items, all->n);
    w->failed |= !factors || !set || basis.failed;
    for (size_t i = 0; i < all->n && !w->failed; i++)
        if (mp_basis_add(&basis, all->list[i].items, factors) && !is_own(w, all, factors, i + 1))
            link_all(w, all, factors, i + 1, 0);
    if (!w->failed) {
        link_items(w, all, &basis, set, factors);
        link_differences(w, all, set, factors);
        w->too_much |= basis.failed;
    }
    mp_basis_free(&basis);
    free(factors);
    free(set);
}

/* ---- common dimensions, and one or more further ones ---- */

static bool has_dims(const struct mp_disclose_table *t, const uint32_t *dims, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (place_of_dim(t, dims[i]) == t->n_dims)
            return false;
    return true;
}

static bool is_common(const struct work *w, const struct mp_related_dims *d)
{
    for (size_t i = 0; i < d->n_dims; i++)
        for (size_t k = 0; k < w->n_at; k++)
            if (d->dims[i] == w->at[k])
                return true;
    return false;
}

/* The first table of each universe that has the common dimensions, and those of `d`. */
static size_t choose_tables(const struct work *w, const struct mp_related_dims *d, size_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n_tables; i++) {
        const struct mp_disclose_table *t = &w->c->tables[w->tables[i]];
        bool is_new = has_dims(t, w->at, w->n_at) && (!d || has_dims(t, d->dims, d->n_dims));
        for (size_t k = 0; k < n; k++)
            is_new &= universe(w, out[k]) != t->universe;
        if (is_new)
            out[n++] = w->tables[i];
    }
    return n;
}

static bool is_linked(const struct work *w, const struct mp_related_dims *d, size_t table)
{
    const struct mp_crosstab *t = w->c->crosstabs[table];
    bool hits =
        w->c->parts[table] == MP_PART_HIT_REPORTS || w->c->parts[table] == MP_PART_HIT_EPISODES;
    uint64_t places = (t->where.condition ? t->where.places : 0) |
                      (hits && t->when.condition ? t->when.places : 0);
    return places && mp_related_linked(w->r, d, places, w->atoms[table]);
}

/* Whether every record has one value of the dimensions; `episodes`: or every report has. */
static bool is_parted(const struct mp_related_dims *d, bool episodes)
{
    bool parted = true;
    for (size_t i = 0; i < d->n_dims; i++)
        parted &= !d->table->by[i]->several && !(episodes && d->table->by[i]->each_report);
    return parted;
}

/* Tables as they are told apart by atoms: the class of each atom, -1 where none counts it. */
static bool part_atoms(struct work *w, const size_t *tables, size_t n, int *class)
{
    struct mp_map seen = {0};
    bool *of = malloc(n + 1);
    bool good = of != NULL;
    for (size_t a = 0; good && a < w->r->n_atoms; a++) {
        bool any = false;
        for (size_t i = 0; i < n; i++)
            any |= of[i] = counts(w, tables[i], a);
        size_t at = any ? mp_map_put(&seen, (struct mp_str){(const char *)of, n}) : 0;
        class[a] = any ? (int)at : -1;
        good = at != MP_MAP_NONE;
    }
    mp_map_free(&seen);
    free(of);
    w->failed |= !good;
    return good;
}

/* Whether the atoms of a group, as far as the table counts them, are nowhere else: then the cells
 * of the group are those of a condition. */
static bool is_whole(const struct work *w, const struct node *node, bool *atoms)
{
    const struct mp_related_dims *d = node->dims;
    memset(atoms, 0, w->r->n_atoms);
    bool whole = is_parted(d, false) || size_of(node) == 1, any = false;
    memset(w->reports, 0, w->r->n_atoms * sizeof *w->reports);
    for (size_t i = 0; i < d->n && whole; i++)
        if (node->groups[i] == node->group)
            w->reports[d->values[i].atom] += d->values[i].n;
    for (size_t a = 0; a < w->r->n_atoms && whole; a++) {
        uint64_t n = counts(w, node->table, a) ? w->reports[a] : 0;
        whole = n == 0 || n == w->r->reports[a];
        atoms[a] = n > 0;
        any |= n > 0;
    }
    return whole && any;
}

/* The items are pairs of atom and group; one for every entry that has a group will do. */
static void add_groups(struct work *w, struct nodes *all, const struct mp_related_dims *d,
                       const size_t *groups, size_t n_groups, size_t table)
{
    for (size_t g = 0; g < n_groups && !w->failed; g++) {
        bool any = false;
        struct node *node = add_node(w, all, table);
        for (size_t i = 0; node && i < d->n; i++)
            any |= node->items[i] = groups[i] == g && counts(w, table, d->values[i].atom);
        if (!node)
            return;
        node->dims = d;
        node->groups = groups;
        node->group = g;
        if (!any)
            free(all->list[--all->n].items);
    }
}

/* Keeps groups that are those of a condition, among nodes whose items are atoms. */
static void keep_whole(struct work *w, struct nodes *all, const struct nodes *groups)
{
    bool episodes = w->adds && w->c->tables[w->tables[0]].unit != MP_REPORTS;
    for (size_t i = 0; i < groups->n && !w->failed; i++) {
        const struct node *from = &groups->list[i];
        bool adds = from->dims && (is_parted(from->dims, episodes) || size_of(from) == 1);
        struct node *to = adds ? add_node(w, all, from->table) : NULL;
        if (!to)
            continue;
        to->dims = from->dims;
        to->groups = from->groups;
        to->group = from->group;
        if (!is_whole(w, to, to->items))
            free(all->list[--all->n].items);
    }
}

/* Groups of values of one dimension, or of several together, beside whole tables. */
static void relate_dims(struct work *w, struct nodes *atoms, const struct mp_related_dims *d,
                        size_t *groups)
{
    size_t *tables = malloc((2 * w->n_tables + 1) * sizeof *tables);
    int *class = malloc((w->r->n_atoms + 1) * sizeof *class);
    struct nodes all = {.n_items = d->n};
    w->failed |= !tables || !class;
    size_t sliced = w->failed || is_common(w, d) ? 0 : choose_tables(w, d, tables);
    size_t whole = sliced ? choose_tables(w, NULL, tables + sliced) : 0, n = sliced, linked = 0;
    for (size_t i = sliced; i < sliced + whole; i++) {
        bool own = false, hangs = is_linked(w, d, tables[i]);
        linked += hangs;
        for (size_t k = 0; k < sliced; k++)
            own |= universe(w, tables[i]) == universe(w, tables[k]);
        if (hangs && !own)
            tables[n++] = tables[i];
    }
    if (linked && n > 1 && part_atoms(w, tables, n, class)) {
        size_t n_groups = mp_related_groups(d, class, groups);
        w->failed |= n_groups == SIZE_MAX;
        for (size_t i = 0; i < n && !w->failed; i++) {
            struct node *node = add_node(w, &all, tables[i]);
            for (size_t k = 0; node && k < d->n; k++)
                node->items[k] = counts(w, tables[i], d->values[k].atom);
        }
        for (size_t i = 0; i < sliced && !w->failed; i++)
            add_groups(w, &all, d, groups, n_groups, tables[i]);
        if (!w->failed)
            keep_whole(w, atoms, &all);
        if (!w->failed && w->adds && is_parted(d, w->c->tables[tables[0]].unit != MP_REPORTS))
            link_nodes(w, &all);
    }
    free_nodes(&all);
    free(tables);
    free(class);
}

/* The cells that have just the common coordinates. */
static bool find_cells(struct work *w, const size_t *tables, size_t n, struct mp_numbers *cells)
{
    for (size_t i = 0; i < n; i++) {
        const struct mp_disclose_table *t = &w->c->tables[tables[i]];
        for (size_t c = 0; c < t->n; c++) {
            uint64_t at = 0, rest = t->cells[c].key;
            bool all = true;
            for (size_t k = 0; k < w->n_at; k++) {
                size_t place = place_of_dim(t, w->at[k]);
                uint64_t value = mp_crosstab_value(t->cells[c].key, place);
                at |= value << mp_crosstab_shift(k);
                rest = mp_crosstab_total(rest, place);
                all &= value != MP_VALUE_ALL;
            }
            if (all && rest == 0 && mp_numbers_put(cells, at) == MP_NUMBERS_NONE)
                return false;
        }
    }
    return true;
}

/* The value of some dimensions among the common ones of a cell, as these write it. */
static uint64_t value_in(const struct work *w, const struct mp_related_dims *d, uint64_t cell)
{
    uint64_t at = 0;
    for (size_t i = 0; i < d->n_dims; i++)
        for (size_t k = 0; k < w->n_at; k++)
            if (w->at[k] == d->dims[i])
                at = at << MP_VALUE_BITS | (cell >> mp_crosstab_shift(k) & MP_VALUE_MAX);
    return at;
}

/* Takes out the atoms that are not possible where common dimensions have these values: by the
 * tables that hang together with them. possible[cell] is a row of atoms. */
static void narrow(struct work *w, const struct mp_related_dims *d, const size_t *tables, size_t n,
                   const struct mp_numbers *cells, bool *possible)
{
    size_t *linked = malloc((n + 1) * sizeof *linked), n_linked = 0, atoms = w->r->n_atoms;
    int *class = malloc((atoms + 1) * sizeof *class);
    bool *here = malloc(atoms + 1);
    w->failed |= !linked || !class || !here;
    for (size_t i = 0; i < n && !w->failed; i++)
        if (is_linked(w, d, tables[i]))
            linked[n_linked++] = tables[i];
    if (!w->failed && n_linked > 0 && part_atoms(w, linked, n_linked, class))
        for (size_t c = 0; c < cells->n; c++) {
            uint64_t value = value_in(w, d, cells->keys[c]);
            memset(here, 0, atoms + 1); /* by class, those that no table counts first */
            for (size_t i = 0; i < d->n; i++)
                if (d->values[i].at == value)
                    here[class[d->values[i].atom] + 1] = true;
            for (size_t a = 0; a < atoms; a++)
                possible[c * atoms + a] &= here[class[a] + 1];
        }
    free(linked);
    free(class);
    free(here);
}

/* All that tables with some dimensions in common say about cells in which the same is possible. */
static void relate_alike(struct work *w, const size_t *tables, size_t n)
{
    size_t **groups = calloc(w->r->n + 1, sizeof *groups);
    struct nodes atoms = {.n_items = w->r->n_atoms};
    w->failed |= !groups;
    for (size_t i = 0; i < n && !w->failed; i++) {
        struct node *node = add_node(w, &atoms, tables[i]);
        for (size_t a = 0; node && a < w->r->n_atoms; a++)
            node->items[a] = counts(w, tables[i], a);
    }
    for (size_t i = 0; i < w->r->n && !w->failed; i++) {
        const struct mp_related_dims *d = &w->r->dims[i];
        groups[i] = malloc((d->n + 1) * sizeof **groups);
        w->failed |= !groups[i];
        if (!w->failed && d->n_dims > 0 && d->n_dims + w->n_at <= MP_CROSSTAB_DIMS)
            relate_dims(w, &atoms, d, groups[i]);
    }
    if (!w->failed && w->adds)
        link_nodes(w, &atoms);
    else if (!w->failed)
        link_same(w, &atoms);
    free_nodes(&atoms);
    for (size_t i = 0; groups && i < w->r->n; i++)
        free(groups[i]);
    free(groups);
}

/* Cells in which the same is possible, together. */
static void relate_cells(struct work *w, const size_t *tables, size_t n,
                         const struct mp_numbers *cells, bool *possible)
{
    size_t atoms = w->r->n_atoms;
    struct mp_map kinds = {0};
    size_t *of = malloc((cells->n + 1) * sizeof *of);
    w->failed |= !of;
    for (size_t c = 0; c < cells->n && !w->failed; c++) {
        of[c] = mp_map_put(&kinds, (struct mp_str){(const char *)possible + c * atoms, atoms});
        w->failed |= of[c] == MP_MAP_NONE;
    }
    for (size_t kind = 0; kind < kinds.n && !w->failed; kind++) {
        mp_numbers_free(&w->cells);
        for (size_t c = 0; c < cells->n && !w->failed; c++) {
            if (of[c] != kind)
                continue;
            w->possible = possible + c * atoms;
            w->failed |= mp_numbers_put(&w->cells, cells->keys[c]) == MP_NUMBERS_NONE;
        }
        if (!w->failed)
            relate_alike(w, tables, n);
    }
    mp_map_free(&kinds);
    free(of);
}

/* All that tables with some dimensions in common say. */
static void relate(struct work *w)
{
    struct mp_numbers cells = {0};
    size_t *tables = malloc((w->n_tables + 1) * sizeof *tables);
    size_t n = tables ? choose_tables(w, NULL, tables) : 0;
    w->failed |= !tables || (n > 1 && !find_cells(w, tables, n, &cells));
    bool *possible = malloc(cells.n * w->r->n_atoms + 1);
    w->failed |= !possible;
    w->possible = w->everything;
    if (possible)
        memset(possible, true, cells.n * w->r->n_atoms + 1);
    for (size_t i = 0; i < w->r->n && n > 1 && !w->failed; i++) {
        const struct mp_related_dims *d = &w->r->dims[i];
        size_t common = 0;
        for (size_t k = 0; k < d->n_dims; k++)
            for (size_t m = 0; m < w->n_at; m++)
                common += d->dims[k] == w->at[m];
        if (d->n_dims > 0 && common == d->n_dims)
            narrow(w, d, tables, n, &cells, possible);
    }
    if (n > 1 && !w->failed)
        relate_cells(w, tables, n, &cells, possible);
    mp_numbers_free(&cells);
    free(tables);
    free(possible);
}

/* ---- all of them ---- */

/* Dimensions of a table that are in the mask, ascending. */
static void set_common(struct work *w, const struct mp_disclose_table *t, unsigned mask)
{
    w->n_at = 0;
    for (size_t i = 0; i < t->n_dims; i++) {
        size_t k = w->n_at;
        if (!(mask & 1u << i))
            continue;
        for (; k > 0 && w->at[k - 1] > t->dims[i]; k--)
            w->at[k] = w->at[k - 1];
        w->at[k] = t->dims[i];
        w->n_at++;
    }
}

/* Every combination of dimensions that some table has, once. */
static void relate_class(struct work *w)
{
    struct mp_numbers seen = {0};
    for (size_t i = 0; i < w->n_tables; i++) {
        const struct mp_disclose_table *t = &w->c->tables[w->tables[i]];
        for (unsigned mask = 0; mask < 1u << t->n_dims && !w->failed; mask++) {
            uint64_t name = 0;
            size_t before = seen.n;
            set_common(w, t, mask);
            for (size_t k = 0; k < w->n_at; k++)
                name = name << MP_VALUE_BITS | (w->at[k] + 1);
            w->failed |= mp_numbers_put(&seen, name) == MP_NUMBERS_NONE;
            if (seen.n > before && !w->failed)
                relate(w);
        }
    }
    mp_numbers_free(&seen);
}

/* Parts that can be added and compared: a unit and its hits, or one part alone. */
static unsigned class_of(const struct mp_guard_cells *c, size_t table)
{
    enum mp_guard_part part = c->parts[table];
    switch ((int)part) {
    case MP_PART_HIT_REPORTS:
        return MP_REPORTS;
    case MP_PART_HIT_EPISODES:
        return MP_EPISODES;
    default:
        return part;
    }
}

static bool begin(struct work *w)
{
    struct mp_guard_cells *c = w->c;
    w->atoms = calloc(c->n + 1, sizeof *w->atoms);
    w->places = calloc(c->n + 1, sizeof *w->places);
    w->tables = calloc(c->n + 1, sizeof *w->tables);
    w->everything = malloc(w->r->n_atoms + 1);
    w->reports = malloc((w->r->n_atoms + 1) * sizeof *w->reports);
    bool good = w->atoms && w->places && w->tables && w->everything && w->reports;
    if (good)
        memset(w->everything, true, w->r->n_atoms + 1);
    for (size_t i = 0; good && i < c->n; i++) {
        w->atoms[i] = calloc(w->r->n_atoms + 1, 1);
        good = w->atoms[i] != NULL;
        if (good)
            mp_related_atoms(w->r, c->crosstabs[i],
                             c->parts[i] == MP_PART_HIT_REPORTS ||
                                 c->parts[i] == MP_PART_HIT_EPISODES,
                             w->atoms[i]);
        for (size_t k = 0; good && k < c->tables[i].n; k++)
            good = mp_numbers_put(&w->places[i], c->tables[i].cells[k].key) != MP_NUMBERS_NONE;
    }
    return good;
}

static void end(struct work *w)
{
    for (size_t i = 0; i < w->c->n; i++) {
        if (w->atoms)
            free(w->atoms[i]);
        if (w->places)
            mp_numbers_free(&w->places[i]);
    }
    mp_numbers_free(&w->cells);
    free(w->everything);
    free(w->reports);
    free(w->atoms);
    free(w->places);
    free(w->tables);
}

int mp_links_make(struct mp_guard_cells *c, const struct mp_related *r, struct mp_error *e)
{
    struct work w = {.c = c, .r = r};
    if (!r->conditions)
        return 0;
    w.failed = !begin(&w);
    for (unsigned class = 0; class < MP_N_PARTS && !w.failed; class ++) {
        bool several = false;
        w.n_tables = 0;
        for (size_t i = 0; i < c->n; i++)
            if (class_of(c, i) == class)
                w.tables[w.n_tables++] = i;
        for (size_t i = 1; i < w.n_tables; i++)
            several |= universe(&w, w.tables[i]) != universe(&w, w.tables[0]);
        w.adds = class <= MP_EPISODES;
        if (several)
            relate_class(&w);
    }
    end(&w);
    if (w.failed)
        return mp_error_memory(e);
    return w.too_much ? mp_error_set(e, MP_NOT_SAFE, "too many conditions hang together") : 0;
}

/* ---- whether a table's records are counted elsewhere ---- */

/* What a table that counts tells apart: all that it counts, hits, and whole groups of values. */
static void tell(struct work *w, struct nodes *all, const struct mp_crosstab *t)
{
    struct node *node = add_node(w, all, 0);
    if (node)
        mp_related_atoms(w->r, t, false, node->items);
    node = t->when.condition ? add_node(w, all, 0) : NULL;
    if (node)
        mp_related_atoms(w->r, t, true, node->items);
}

static bool has_by(const struct mp_crosstab *t, const struct mp_related_dims *d)
{
    for (size_t i = 0; i < d->n_dims; i++) {
        bool found = false;
        for (size_t k = 0; k < t->n_by; k++)
            found |= t->by[k] == d->table->by[i];
        if (!found)
            return false;
    }
    return d->n_dims > 0;
}

static void tell_groups(struct work *w, struct nodes *all, const struct mp_crosstab *t,
                        const struct mp_related_dims *d)
{
    bool *own = calloc(w->r->n_atoms + 1, 1);
    int *class = malloc((w->r->n_atoms + 1) * sizeof *class);
    size_t *groups = malloc((d->n + 1) * sizeof *groups), n = 0;
    w->failed |= !own || !class || !groups;
    if (!w->failed) {
        mp_related_atoms(w->r, t, false, own);
        for (size_t a = 0; a < w->r->n_atoms; a++)
            class[a] = own[a] ? (int)a : -1;
        n = mp_related_groups(d, class, groups);
        w->failed |= n == SIZE_MAX;
    }
    w->atoms = &own;
    w->possible = own;
    for (size_t g = 0; g < n && !w->failed; g++) {
        struct node *node = add_node(w, all, 0);
        if (!node)
            break;
        node->dims = d;
        node->groups = groups;
        node->group = g;
        if (!is_whole(w, node, node->items))
            free(all->list[--all->n].items);
    }
    free(own);
    free(class);
    free(groups);
}

int mp_links_told(const struct mp_related *r, const struct mp_guard *g, const bool *counts,
                  size_t table, bool *told, struct mp_error *e)
{
    struct work w = {.r = r, .reports = malloc((r->n_atoms + 1) * sizeof *w.reports)};
    struct nodes all = {.n_items = r->n_atoms};
    struct mp_basis basis;
    w.failed = !w.reports;
    for (size_t i = 0; i < g->n && !w.failed; i++) {
        const struct mp_crosstab *t = g->lists[i].table;
        if (!counts[i])
            continue;
        tell(&w, &all, t);
        for (size_t k = 0; k < r->n && !w.failed; k++)
            if (has_by(t, &r->dims[k]))
                tell_groups(&w, &all, t, &r->dims[k]);
    }
    bool *own = calloc(r->n_atoms + 1, 1);
    int64_t *factors = malloc((all.n + 1) * sizeof *factors);
    mp_basis_begin(&basis, all.n_items, all.n);
    w.failed |= !own || !factors || basis.failed;
    for (size_t i = 0; i < all.n && !w.failed; i++)
        mp_basis_add(&basis, all.list[i].items, factors);
    if (!w.failed) {
        mp_related_atoms(r, g->lists[table].table, false, own);
        *told = mp_basis_find(&basis, own, factors) > 0 || basis.failed;
    }
    mp_basis_free(&basis);
    free_nodes(&all);
    free(w.reports);
    free(own);
    free(factors);
    return w.failed ? mp_error_memory(e) : 0;
}
