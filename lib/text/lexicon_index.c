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

/* A variant as it is looked up, and what it says then. */
struct lookup {
    uint32_t variant;
    uint32_t use, n_uses; /* places in `uses_of` */
};

/* While the index is made. */
struct indexing {
    struct mp_lexicon *l;
    struct mp_index *to;
    const struct mp_variant *variants;
    size_t n, n_classes, n_parts;
    uint32_t *n_variants;   /* by part */
    struct lookup *lookups; /* of each variant one; of a part's only variant one for each use */
    size_t n_lookups;
    uint32_t *order;             /* by row of the index: its place in `lookups` */
    uint32_t *places;            /* by row: of the try */
    unsigned *weight;            /* by part: how often its variants' anchors occur, roughly */
    bool *sought;                /* by part: it is looked for near another */
    uint8_t *rarest;             /* by entry: which of its parts is looked up */
    uint32_t *rows_of, *rows_at; /* by part: its rows */
    uint32_t *uses_of, *uses_at; /* by part: the entries that use it */
};

static const struct mp_variant *variant(const struct indexing *x, const struct lookup *u)
{
    return &x->variants[u->variant];
}

static const struct lookup *lookup(const struct indexing *x, size_t row)
{
    return &x->lookups[x->order[row]];
}

static const struct mp_variant *variant_at(const struct indexing *x, size_t row)
{
    return variant(x, lookup(x, row));
}

/* The entry for which alone it is looked up; NULL if there are more, or none. */
static const struct mp_entry *sole_entry(const struct indexing *x, const struct lookup *u)
{
    return u->n_uses == 1 ? &x->l->entries[x->uses_of[u->use]] : NULL;
}

/* Whether it says one entry as soon as it is found. */
static bool is_alone(const struct indexing *x, const struct lookup *u)
{
    const struct mp_entry *e = sole_entry(x, u);
    return e && e->pattern.n == 1;
}

/* Whether one word says it without a trial. */
static bool is_said(const struct indexing *x, const struct lookup *u)
{
    const struct mp_variant *v = variant(x, u);
    const struct mp_step *step = &x->l->patterns.steps[v->step];
    return v->n == 1 && !step->first && !step->last && is_alone(x, u);
}

/* The class under which it is looked up; those of parts that are only looked for near others, and
 * those that need no trial, stand in a last row. */
static uint32_t class_of(const void *ctx, size_t i)
{
    const struct indexing *x = ctx;
    const struct lookup *u = &x->lookups[i];
    return u->n_uses && !is_said(x, u) ? variant(x, u)->at : (uint32_t)x->n_classes;
}

/* The class whose words say it alone. */
static uint32_t class_that_says(const void *ctx, size_t i)
{
    const struct indexing *x = ctx;
    const struct lookup *u = &x->lookups[i];
    return is_said(x, u) ? variant(x, u)->at : (uint32_t)x->n_classes;
}

static uint32_t part_of_row(const void *ctx, size_t row)
{
    return variant_at(ctx, row)->part;
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
    for (size_t i = 0; i < x->n; i++) {
        x->weight[x->variants[i].part] += x->variants[i].weight;
        x->n_variants[x->variants[i].part]++;
    }
    for (size_t i = 0; i < l->n_entries; i++) {
        const struct mp_pattern *p = &l->entries[i].pattern;
        uint8_t best = 0;
        for (uint8_t j = 1; j < p->n; j++)
            if (x->weight[p->parts[j]] < x->weight[p->parts[best]])
                best = j;
        x->rarest[i] = best;
        for (uint8_t j = 0; j < p->n; j++)
            x->sought[p->parts[j]] |= j != best;
    }
    return make_rows(&x->l->arena, x->n_parts, l->n_entries, part_of_entry, x, &x->uses_of,
                     &x->uses_at);
}

/* Each use of a part that has one variant is looked up for itself, so that it has its own needs.
 * More variants share their uses: times each other they could be too many. */
static void list_lookups(struct indexing *x)
{
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t part = x->variants[i].part, use = x->uses_at[part], end = x->uses_at[part + 1];
        bool split = x->n_variants[part] == 1;
        do {
            uint32_t n = split && use < end ? 1 : end - use;
            x->lookups[x->n_lookups++] = (struct lookup){i, use, n};
            use += n;
        } while (use < end);
    }
}

/* By the class at which they are looked up. */
static int order_lookups(struct indexing *x)
{
    list_lookups(x);
    struct mp_arena *a = &x->l->arena;
    struct mp_index *to = x->to;
    size_t n = x->n_lookups;
    if (make_rows(a, x->n_classes + 1, n, class_of, x, &x->order, &to->lead_at) < 0 ||
        make_rows(a, x->n_parts, n, part_of_row, x, &x->rows_of, &x->rows_at) < 0 ||
        make_rows(a, x->n_classes + 1, n, class_that_says, x, &to->says, &to->say_at) < 0)
        return -1;
    for (uint32_t i = 0; i < to->say_at[x->n_classes]; i++)
        to->says[i] = x->uses_of[x->lookups[to->says[i]].use];
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

/* At which the part's only variant is looked up. */
static uint32_t class_of_part(const struct indexing *x, uint32_t part)
{
    return variant_at(x, x->rows_of[x->rows_at[part]])->at;
}

/* Of the entry's parts that are looked for near the one that is looked up, and are not taken: the
 * rarest with one variant. -1 if there is none. */
static int rarest_other(const struct indexing *x, const struct mp_entry *e, uint32_t taken)
{
    int best = -1;
    taken |= 1u << x->rarest[e - x->l->entries];
    for (int i = 0; i < e->pattern.n; i++) {
        uint32_t part = e->pattern.parts[i];
        if (!(taken >> i & 1) && x->n_variants[part] == 1 &&
            (best < 0 || x->weight[part] < x->weight[e->pattern.parts[best]]))
            best = i;
    }
    return best;
}

static uint16_t need(const struct indexing *x, const struct mp_variant *v, unsigned i)
{
    return v->need[i] == v->at ? MP_NEED_NOTHING : x->to->need_of[v->need[i]];
}

/* The rarest words that the sentence must have: of the variant, then of parts that must stand near
 * it. */
static void fill_needs(const struct indexing *x, size_t row, struct mp_lead *lead)
{
    const struct mp_variant *v = variant_at(x, row);
    const struct mp_entry *e = sole_entry(x, lookup(x, row));
    uint32_t taken = 0;
    for (unsigned i = 0; i < 2; i++) {
        lead->need[i] = need(x, v, i);
        int other = e && v->need[i] == v->at ? rarest_other(x, e, taken) : -1;
        if (other < 0)
            continue;
        taken |= 1u << other;
        lead->need[i] = x->to->need_of[class_of_part(x, e->pattern.parts[other])];
    }
}

/* What variants need besides their anchor's word; of those that are sought, that too. */
static int find_needs(struct indexing *x)
{
    struct mp_index *to = x->to;
    to->need_of = mp_arena_alloc(&x->l->arena, (x->n_classes + 1) * sizeof *to->need_of);
    to->leads = mp_arena_alloc(&x->l->arena, (x->n_lookups + 1) * sizeof *to->leads);
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
    for (size_t i = 0; i < x->n_lookups; i++) {
        fill_needs(x, i, &to->leads[i]);
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
    for (size_t i = 0; i < x->n_lookups; i++) {
        size_t n = words_of(variant_at(x, i));
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

static uint16_t number_asked(void *index, uint32_t class)
{
    return number(index, class);
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
static void fill_try(struct indexing *x, const struct lookup *u, struct mp_try *to)
{
    const struct mp_variant *v = variant(x, u);
    const struct mp_step *anchor = &x->l->patterns.steps[v->step + v->anchor];
    to->alone = is_alone(x, u);
    to->says = to->alone ? x->uses_of[u->use] : u->use;
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
    for (size_t i = 0; i < x->n_lookups; i++)
        fill_try(x, lookup(x, i), (struct mp_try *)(void *)(to->tries + x->places[i]));
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
        const uint32_t *rows = &x->rows_of[x->rows_at[part]];
        of[part] = (struct mp_stretch){(uint32_t)n, x->sought[part] ? x->n_variants[part] : 0};
        for (uint32_t i = 0; i < of[part].n; i++) {
            const struct mp_variant *v = variant_at(x, rows[i]);
            to->sought[n++] = (struct mp_sought){{to->need_of[v->at], need(x, v, 0), need(x, v, 1)},
                                                 x->places[rows[i]]};
        }
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
            to->uses[i] =
                (struct mp_use){x->uses_of[i], n, (uint8_t)(p->n - 1),
                                x->n_variants[part] == 1 || i + 1 == x->uses_at[part + 1]};
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
                         .n_classes = l->words.classes.n,
                         .n_parts = l->patterns.parts.n};
    x.weight = calloc(x.n_parts + 1, sizeof *x.weight);
    x.n_variants = calloc(x.n_parts + 1, sizeof *x.n_variants);
    x.sought = calloc(x.n_parts + 1, sizeof *x.sought);
    x.rarest = calloc(l->n_entries + 1, sizeof *x.rarest);
    x.lookups = calloc(x.n + l->n_entries + 1, sizeof *x.lookups);
    x.places = calloc(x.n + l->n_entries + 1, sizeof *x.places);
    bool fine = x.weight && x.n_variants && x.sought && x.rarest && x.lookups && x.places &&
                choose_parts(&x) == 0 && order_lookups(&x) == 0 && pack_tries(&x) == 0 &&
                find_needs(&x) == 0 && list_uses(&x) == 0 && find_gists(l) == 0;
    if (fine)
        mp_host_words_number(l->hosts, number_asked, &l->index);
    mp_words_sort_marks(&l->words);
    l->words.asks = (struct mp_word_asks){l->index.lead_at, l->index.leads,   l->index.say_at,
                                          l->index.says,    l->index.need_of, l->index.number_of};
    free(x.weight);
    free(x.n_variants);
    free(x.sought);
    free(x.rarest);
    free(x.lookups);
    free(x.places);
    if (fine && l->n_codes > UINT16_MAX)
        return mp_error_set(e, MP_RULES, "the lexicon has more than %u codes",
                            (unsigned)UINT16_MAX);
    if (fine && l->index.n_numbers > UINT16_MAX)
        return mp_error_set(e, MP_RULES, "the lexicon has more than %u different sets of words",
                            (unsigned)UINT16_MAX);
    return fine ? 0 : mp_error_memory(e);
}
