/* What a lexicon that was read is looked up by (text/index.h): variants by class, and what their
 * parts say. */
#include "text/lexicon_read.h"
#include <stdlib.h>

/* Rows of `n_rows` lists: at[i] to at[i + 1] are the places of the items of row i. */
static int make_rows(struct mp_arena *a, size_t n_rows, size_t n,
                     uint32_t (*row)(const void *, size_t), const void *ctx, uint32_t **rows,
                     uint32_t **at)
{
    *at = mp_arena_alloc(a, (n_rows + 2) * sizeof **at);
    *rows = mp_arena_alloc(a, (n + 1) * sizeof **rows);
    if (!*at || !*rows)
        return -1;
    for (size_t i = 0; i < n; i++)
        (*at)[row(ctx, i) + 2]++;
    for (size_t i = 2; i < n_rows + 2; i++)
        (*at)[i] += (*at)[i - 1];
    for (size_t i = 0; i < n; i++)
        (*rows)[(*at)[row(ctx, i) + 1]++] = (uint32_t)i;
    return 0;
}

/* While the index is made. */
struct indexing {
    struct mp_lexicon *l;
    struct mp_index *to;
    const struct mp_variant *variants;
    size_t n, n_classes, n_parts;
    uint32_t *order;             /* by row of the index: its place in `variants` */
    uint32_t *places;            /* by row: of the try */
    unsigned *weight;            /* by part: how often its variants' anchors occur, roughly */
    bool *looked_up;             /* by part: an entry is looked up there */
    bool *sought;                /* by part: it is looked for near another */
    uint8_t *rarest;             /* by entry: which of its parts is looked up */
    uint32_t *rows_of, *rows_at; /* by part: its rows */
    uint32_t *uses_of, *uses_at; /* by part: the entries that use it */
};

static const struct mp_variant *variant(const struct indexing *x, size_t row)
{
    return &x->variants[x->order[row]];
}

/* The entry that alone uses the part, and nothing else with it; or n_entries. */
static uint32_t sole_entry(const struct indexing *x, uint32_t part)
{
    uint32_t first = x->uses_at[part];
    bool sole =
        x->uses_at[part + 1] - first == 1 && x->l->entries[x->uses_of[first]].pattern.n == 1;
    return sole ? x->uses_of[first] : (uint32_t)x->l->n_entries;
}

/* The entry that a variant of one word says without a trial; or n_entries. */
static uint32_t said_by(const struct indexing *x, const struct mp_variant *v)
{
    const struct mp_step *step = &x->l->patterns.steps[v->step];
    return v->n == 1 && !step->first && !step->last ? sole_entry(x, v->part)
                                                    : (uint32_t)x->l->n_entries;
}

/* The class under which a variant is looked up; those of parts that are only looked for near
 * others, and those that need no trial, stand in a last row. */
static uint32_t class_of(const void *ctx, size_t i)
{
    const struct indexing *x = ctx;
    const struct mp_variant *v = &x->variants[i];
    return x->looked_up[v->part] && said_by(x, v) == x->l->n_entries ? v->at
                                                                     : (uint32_t)x->n_classes;
}

/* The class whose words say it alone. */
static uint32_t class_that_says(const void *ctx, size_t i)
{
    const struct indexing *x = ctx;
    const struct mp_variant *v = &x->variants[i];
    return said_by(x, v) < x->l->n_entries ? v->at : (uint32_t)x->n_classes;
}

static uint32_t part_of_row(const void *ctx, size_t row)
{
    return variant(ctx, row)->part;
}

static uint32_t part_of_entry(const void *ctx, size_t i)
{
    const struct indexing *x = ctx;
    return x->l->entries[i].pattern.parts[x->rarest[i]];
}

/* Each entry by its rarest part. */
static int choose_parts(struct indexing *x)
{
    const struct mp_lexicon *l = x->l;
    for (size_t i = 0; i < x->n; i++)
        x->weight[x->variants[i].part] += x->variants[i].weight;
    for (size_t i = 0; i < l->n_entries; i++) {
        const struct mp_pattern *p = &l->entries[i].pattern;
        uint8_t best = 0;
        for (uint8_t j = 1; j < p->n; j++)
            if (x->weight[p->parts[j]] < x->weight[p->parts[best]])
                best = j;
        x->rarest[i] = best;
        for (uint8_t j = 0; j < p->n; j++)
            (j == best ? x->looked_up : x->sought)[p->parts[j]] = true;
    }
    return make_rows(&x->l->arena, x->n_parts, l->n_entries, part_of_entry, x, &x->uses_of,
                     &x->uses_at);
}

/* Variants by the class at which they are looked up. */
static int order_variants(struct indexing *x)
{
    struct mp_arena *a = &x->l->arena;
    struct mp_index *to = x->to;
    if (make_rows(a, x->n_classes + 1, x->n, class_of, x, &x->order, &to->lead_at) < 0 ||
        make_rows(a, x->n_parts, x->n, part_of_row, x, &x->rows_of, &x->rows_at) < 0 ||
        make_rows(a, x->n_classes + 1, x->n, class_that_says, x, &to->says, &to->say_at) < 0)
        return -1;
    for (uint32_t i = 0; i < to->say_at[x->n_classes]; i++)
        to->says[i] = said_by(x, &x->variants[to->says[i]]);
    return 0;
}

/* The word that must stand next to the anchor's, if there is one. */
static void find_beside(struct mp_lead *lead, const struct mp_try *v)
{
    const struct mp_try_step *next = &v->step[1];
    if (v->n > 1 && next->gap == 0 && !next->optional) {
        lead->beside = next->class;
        lead->beside_at = next->back ? -1 : 1;
    }
}

/* What variants need besides their anchor's word; of those that are sought, that too. */
static int find_needs(struct indexing *x)
{
    struct mp_index *to = x->to;
    to->need_of = mp_arena_alloc(&x->l->arena, (x->n_classes + 1) * sizeof *to->need_of);
    to->leads = mp_arena_alloc(&x->l->arena, (x->n + 1) * sizeof *to->leads);
    if (!to->need_of || !to->leads)
        return -1;
    for (size_t i = 0; i < x->n; i++) {
        const struct mp_variant *v = &x->variants[i];
        for (unsigned j = 0; j < 2; j++)
            to->need_of[v->need[j]] |= v->need[j] != v->at;
        to->need_of[v->at] |= x->sought[v->part];
    }
    if (mp_lexicon_number_needs(x->l) < 0)
        return -1;
    for (size_t i = 0; i < x->n; i++) {
        const struct mp_variant *v = variant(x, i);
        for (unsigned j = 0; j < 2; j++)
            to->leads[i].need[j] = v->need[j] == v->at ? MP_NEED_NOTHING : to->need_of[v->need[j]];
        to->leads[i].place = x->places[i];
        find_beside(&to->leads[i], mp_try_at(to, x->places[i]));
    }
    return 0;
}

static size_t words_of(const struct mp_variant *v)
{
    size_t bytes = offsetof(struct mp_try, step) + v->n * sizeof(struct mp_try_step);
    return (bytes + sizeof(uint32_t) - 1) / sizeof(uint32_t);
}

/* The place of each try; a line of the cache holds it whole, if it can. Returns their end. */
static uint32_t lay_out(struct indexing *x)
{
    const size_t line = MP_CACHE_LINE / sizeof(uint32_t);
    size_t end = 0;
    for (size_t i = 0; i < x->n; i++) {
        size_t n = words_of(variant(x, i));
        if (n <= line && end / line != (end + n - 1) / line)
            end = (end + line - 1) / line * line;
        x->places[i] = (uint32_t)end;
        end += n;
    }
    return (uint32_t)end;
}

/* The number of the class that words are asked for. Anchors at which a variant is only looked up
 * have none. */
static uint16_t number(struct mp_index *to, uint32_t class)
{
    if (!to->number_of[class])
        to->number_of[class] = (uint16_t)++to->n_numbers;
    return to->number_of[class];
}

static struct mp_try_step make_step(struct indexing *x, const struct mp_variant *v, unsigned i)
{
    const struct mp_step *step = &x->l->patterns.steps[v->step + i];
    bool asked = i != v->anchor || x->sought[v->part];
    return (struct mp_try_step){
        .class = asked ? number(x->to, step->class) : 0,
        .gap = step->gap,
        .optional = step->optional,
        .first = step->first,
        .last = step->last,
        .placed = step->first || step->last,
    };
}

static void add_ahead(struct indexing *x, const struct mp_variant *v, struct mp_try *to)
{
    for (unsigned i = v->anchor + 1u; i < v->n; i++) {
        struct mp_try_step step = make_step(x, v, i);
        step.turns = i == v->anchor + 1u;
        to->step[to->n++] = step;
    }
}

/* Seen from the anchor, a gap stands before the step that it is written behind; that behind a word
 * which may be missing goes on to the next. */
static void add_back(struct indexing *x, const struct mp_variant *v, struct mp_try *to)
{
    const struct mp_step *steps = &x->l->patterns.steps[v->step];
    uint8_t carried = 0;
    for (unsigned i = v->anchor; i-- > 0;) {
        struct mp_try_step step = make_step(x, v, i);
        step.gap = steps[i + 1].gap > carried ? steps[i + 1].gap : carried;
        step.back = true;
        step.turns = i + 1u == v->anchor;
        carried = step.optional ? step.gap : 0;
        to->step[to->n++] = step;
    }
}

/* The direction of a word that must stand beside the anchor comes first: most variants that do not
 * fit fail there. */
static void fill_try(struct indexing *x, const struct mp_variant *v, struct mp_try *to)
{
    const struct mp_step *anchor = &x->l->patterns.steps[v->step + v->anchor];
    to->alone = sole_entry(x, v->part) < x->l->n_entries;
    to->says = to->alone ? sole_entry(x, v->part) : x->uses_at[v->part];
    to->step[to->n++] = make_step(x, v, v->anchor);
    bool behind = v->anchor + 1u < v->n && anchor[1].gap == 0 && !anchor[1].optional;
    bool before = v->anchor > 0 && anchor->gap == 0 && !anchor[-1].optional;
    if (before && !behind)
        add_back(x, v, to);
    add_ahead(x, v, to);
    if (!before || behind)
        add_back(x, v, to);
}

static int pack_tries(struct indexing *x)
{
    struct mp_index *to = x->to;
    uint32_t end = lay_out(x);
    to->number_of = mp_arena_alloc(&x->l->arena, (x->n_classes + 1) * sizeof *to->number_of);
    to->tries = mp_arena_lines(&x->l->arena, (end + 1) * sizeof *to->tries);
    if (!to->number_of || !to->tries)
        return -1;
    for (size_t i = 0; i < x->n; i++)
        fill_try(x, variant(x, i), (struct mp_try *)(void *)(to->tries + x->places[i]));
    return 0;
}

/* Puts the variants of parts that are looked for near others side by side. */
static int list_sought(struct indexing *x, struct mp_stretch *of)
{
    struct mp_index *to = x->to;
    size_t n = 0;
    to->sought = mp_arena_alloc(&x->l->arena, (x->n + 1) * sizeof *to->sought);
    if (!to->sought)
        return -1;
    for (size_t part = 0; part < x->n_parts; part++) {
        of[part].first = (uint32_t)n;
        for (uint32_t i = x->rows_at[part]; x->sought[part] && i < x->rows_at[part + 1]; i++) {
            const struct mp_lead *lead = &to->leads[x->rows_of[i]];
            to->sought[n++] = (struct mp_sought){
                {to->need_of[variant(x, x->rows_of[i])->at], lead->need[0], lead->need[1]},
                lead->place};
        }
        of[part].n = (uint32_t)n - of[part].first;
    }
    return 0;
}

/* The uses of each part, and which others each of them wants. */
static int list_uses(struct indexing *x)
{
    struct mp_index *to = x->to;
    const struct mp_lexicon *l = x->l;
    struct mp_stretch *of = calloc(x->n_parts + 1, sizeof *of);
    uint32_t n = 0;
    to->uses = mp_arena_alloc(&x->l->arena, (l->n_entries + 1) * sizeof *to->uses);
    to->others =
        mp_arena_alloc(&x->l->arena, (l->n_entries * MP_PATTERN_PARTS + 1) * sizeof *to->others);
    int bad = !of || !to->uses || !to->others || list_sought(x, of) < 0 ? -1 : 0;
    for (uint32_t part = 0; !bad && part < x->n_parts; part++)
        for (uint32_t i = x->uses_at[part]; i < x->uses_at[part + 1]; i++) {
            const struct mp_pattern *p = &l->entries[x->uses_of[i]].pattern;
            to->uses[i] = (struct mp_use){x->uses_of[i], n, (uint8_t)(p->n - 1),
                                          i + 1 == x->uses_at[part + 1]};
            for (uint8_t j = 0; j < p->n; j++)
                if (j != x->rarest[x->uses_of[i]])
                    to->others[n++] = of[p->parts[j]];
        }
    free(of);
    return bad;
}

/* What contexts ask of each entry. */
static int find_gists(struct mp_lexicon *l)
{
    l->gists = mp_arena_alloc(&l->arena, (l->n_entries + 1) * sizeof *l->gists);
    if (!l->gists)
        return -1;
    for (size_t i = 0; i < l->n_entries; i++) {
        const struct mp_entry *e = &l->entries[i];
        bool cue = e->kind == MP_CUE;
        l->gists[i] = (struct mp_gist){
            .kind = (uint8_t)e->kind,
            .effect = (uint8_t)e->effect,
            .side = (uint8_t)e->side,
            .status = (int8_t)e->status,
            .code = cue ? e->ends : (uint16_t)e->code,
            .item = (int16_t)(cue ? e->reach : (int)e->item),
        };
    }
    return 0;
}

int mp_lexicon_index(struct mp_lexicon *l, struct mp_error *e)
{
    struct indexing x = {.l = l,
                         .to = &l->index,
                         .variants = l->patterns.variants,
                         .n = l->patterns.n_variants,
                         .n_classes = l->words.sets.n,
                         .n_parts = l->patterns.parts.n};
    x.weight = calloc(x.n_parts + 1, sizeof *x.weight);
    x.looked_up = calloc(x.n_parts + 1, sizeof *x.looked_up);
    x.sought = calloc(x.n_parts + 1, sizeof *x.sought);
    x.rarest = calloc(l->n_entries + 1, sizeof *x.rarest);
    x.places = calloc(x.n + 1, sizeof *x.places);
    bool fine = x.weight && x.looked_up && x.sought && x.rarest && x.places &&
                choose_parts(&x) == 0 && order_variants(&x) == 0 && pack_tries(&x) == 0 &&
                find_needs(&x) == 0 && list_uses(&x) == 0 && find_gists(l) == 0;
    mp_words_sort_marks(&l->words);
    l->words.asks = (struct mp_word_asks){l->index.lead_at, l->index.leads,   l->index.say_at,
                                          l->index.says,    l->index.need_of, l->index.number_of};
    free(x.weight);
    free(x.looked_up);
    free(x.sought);
    free(x.rarest);
    free(x.places);
    if (fine && l->n_codes > UINT16_MAX)
        return mp_error_set(e, MP_RULES, "the lexicon has more than %u codes",
                            (unsigned)UINT16_MAX);
    if (fine && l->index.n_numbers > UINT16_MAX)
        return mp_error_set(e, MP_RULES, "the lexicon has more than %u different sets of words",
                            (unsigned)UINT16_MAX);
    return fine ? 0 : mp_error_memory(e);
}
