/* What a lexicon that was read is looked up by: variants by class, uses by
 * part, and what words are in the grammar of a clause. */
#include "text/clause.h"
#include "text/lexicon_read.h"
#include <stdlib.h>

/* Rows of `n_rows` lists: at[i] to at[i + 1] are the places of the items of row
 * i. */
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

/* What the rows are made of. */
struct indexing {
    struct mp_lexicon *l;
    unsigned *weight;   /* by part: how often its variants' anchors occur, roughly */
    bool *looked_up;    /* by part: an entry is looked up there */
    bool *sought;       /* by part: it is looked for near another */
    uint32_t *variants; /* by try: its place in patterns.variants */
};

/* The class under which a variant is looked up; those of parts that are only looked for near
 * others stand in a last row. */
static uint32_t class_of(const void *ctx, size_t i)
{
    const struct indexing *x = ctx;
    const struct mp_variant *v = &x->l->patterns.variants[i];
    return x->looked_up[v->part] ? v->at : (uint32_t)x->l->n_classes;
}

static uint32_t part_of_use(const void *ctx, size_t i)
{
    const struct mp_lexicon *l = ((const struct indexing *)ctx)->l;
    return l->entries[l->uses[i].entry].pattern.parts[l->uses[i].part];
}

static uint32_t part_of_variant(const void *ctx, size_t i)
{
    return ((const struct indexing *)ctx)->l->tries[i].part;
}

/* Each entry by its rarest part. */
static int choose_uses(struct indexing *x)
{
    struct mp_lexicon *l = x->l;
    l->uses = mp_arena_alloc(&l->arena, (l->n_entries + 1) * sizeof *l->uses);
    if (!l->uses)
        return -1;
    for (size_t i = 0; i < l->patterns.n_variants; i++)
        x->weight[l->patterns.variants[i].part] += l->patterns.variants[i].weight;
    for (size_t i = 0; i < l->n_entries; i++) {
        const struct mp_pattern *p = &l->entries[i].pattern;
        uint8_t best = 0;
        for (uint8_t j = 1; j < p->n; j++)
            if (x->weight[p->parts[j]] < x->weight[p->parts[best]])
                best = j;
        l->uses[l->n_uses++] = (struct mp_use){(uint32_t)i, best, p->n == 1};
        for (uint8_t j = 0; j < p->n; j++)
            (j == best ? x->looked_up : x->sought)[p->parts[j]] = true;
    }
    return 0;
}

/* Puts the uses of a part side by side. */
static int order_uses(struct indexing *x)
{
    struct mp_lexicon *l = x->l;
    uint32_t *rows;
    struct mp_use *sorted = mp_arena_alloc(&l->arena, (l->n_uses + 1) * sizeof *sorted);
    if (!sorted ||
        make_rows(&l->arena, l->n_parts, l->n_uses, part_of_use, x, &rows, &l->use_at) < 0)
        return -1;
    for (size_t i = 0; i < l->n_uses; i++)
        sorted[i] = l->uses[rows[i]];
    l->uses = sorted;
    return 0;
}

/* Puts the variants of a class, and their steps, side by side in memory. */
static int order_tries(struct indexing *x)
{
    struct mp_lexicon *l = x->l;
    const struct mp_patterns *p = &l->patterns;
    l->tries = mp_arena_alloc(&l->arena, (p->n_variants + 1) * sizeof *l->tries);
    l->steps = mp_arena_alloc(&l->arena, (p->n_steps + 1) * sizeof *l->steps);
    if (!l->tries || !l->steps ||
        make_rows(&l->arena, l->n_classes + 1, p->n_variants, class_of, x, &x->variants,
                  &l->try_at) < 0)
        return -1;
    uint32_t step = 0;
    for (size_t i = 0; i < p->n_variants; i++) {
        const struct mp_variant *v = &p->variants[x->variants[i]];
        l->tries[i] =
            (struct mp_try){.part = v->part, .step = step, .n = v->n, .anchor = v->anchor};
        memcpy(&l->steps[step], &p->steps[v->step], v->n * sizeof *l->steps);
        step += v->n;
    }
    return make_rows(&l->arena, l->n_parts, p->n_variants, part_of_variant, x, &l->part_rows,
                     &l->part_at);
}

/* A class that some variant needs, and the ranks of its two most frequent words. */
struct need {
    uint32_t class;
    size_t rank, second;
};

static struct need make_need(const struct mp_lexicon *l, uint32_t class)
{
    struct need n = {class, SIZE_MAX, SIZE_MAX};
    struct mp_str forms = mp_words_forms(&l->words, class);
    for (size_t i = 0, start = 0; i <= forms.n; i++)
        if (i == forms.n || forms.p[i] == '\n') {
            size_t rank =
                mp_map_find(&l->patterns.common, (struct mp_str){forms.p + start, i - start});
            start = i + 1;
            if (rank == MP_MAP_NONE || rank >= n.second)
                continue;
            n.second = rank < n.rank ? n.rank : rank;
            n.rank = rank < n.rank ? rank : n.rank;
        }
    return n;
}

static int by_rank(const void *a, const void *b)
{
    const struct need *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    return (x->class > y->class) - (x->class < y->class);
}

/* Numbers the classes for which need_of is set, those with the same frequent words side by side: so
 * the needs that one word meets lie in few words of bits. Beyond the last number a class is not
 * needed: it is tried in vain more often, no more. */
static int number_needs(struct mp_lexicon *l)
{
    struct need *all = calloc(l->n_classes + 1, sizeof *all);
    if (!all)
        return -1;
    for (uint32_t c = 0; c < l->n_classes; c++)
        if (l->need_of[c])
            all[l->n_needs++] = make_need(l, c);
    qsort(all, l->n_needs, sizeof *all, by_rank);
    for (size_t i = 0; i < l->n_needs; i++)
        l->need_of[all[i].class] = i < UINT16_MAX ? (uint16_t)(i + 1) : 0;
    free(all);
    return 0;
}

/* What variants need besides their anchor's word; of those that are sought, that too. */
static int find_needs(struct indexing *x)
{
    struct mp_lexicon *l = x->l;
    const struct mp_variant *variants = l->patterns.variants;
    size_t n = l->patterns.n_variants;
    l->need_of = mp_arena_alloc(&l->arena, (l->n_classes + 1) * sizeof *l->need_of);
    l->needs = mp_arena_alloc(&l->arena, (n + 1) * sizeof *l->needs);
    l->anchor_need = mp_arena_alloc(&l->arena, (n + 1) * sizeof *l->anchor_need);
    if (!l->need_of || !l->needs || !l->anchor_need)
        return -1;
    for (size_t i = 0; i < n; i++) {
        const struct mp_variant *v = &variants[i];
        for (unsigned j = 0; j < 2; j++)
            l->need_of[v->need[j]] |= v->need[j] != v->at;
        l->need_of[v->at] |= x->sought[v->part];
    }
    if (number_needs(l) < 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        const struct mp_variant *v = &variants[x->variants[i]];
        for (unsigned j = 0; j < 2; j++)
            l->needs[i][j] = v->need[j] == v->at ? 0 : l->need_of[v->need[j]];
        l->anchor_need[i] = l->need_of[v->at];
    }
    return 0;
}

/* The word that must stand right behind the anchor, or before it. */
static void set_beside(struct mp_lexicon *l, struct mp_try *v)
{
    const struct mp_step *anchor = &l->steps[v->step + v->anchor];
    if (v->anchor + 1 < v->n && anchor[1].gap == 0 && !anchor[1].optional) {
        v->beside = (uint16_t)anchor[1].class;
    } else if (v->anchor > 0 && anchor->gap == 0 && !anchor[-1].optional) {
        v->beside = (uint16_t)anchor[-1].class;
        v->before = true;
    }
}

/* Numbers the classes that words are asked for: those of steps, but for anchors at which a variant
 * is only looked up. Steps know them by that number. */
static int number_classes(struct indexing *x)
{
    struct mp_lexicon *l = x->l;
    l->number_of = mp_arena_alloc(&l->arena, (l->n_classes + 1) * sizeof *l->number_of);
    if (!l->number_of)
        return -1;
    for (size_t i = 0; i < l->patterns.n_variants; i++) {
        struct mp_try *v = &l->tries[i];
        for (unsigned j = 0; j < v->n; j++) {
            uint32_t *class = &l->steps[v->step + j].class;
            if ((j != v->anchor || x->sought[v->part]) && !l->number_of[*class])
                l->number_of[*class] = (uint16_t)++l->n_numbers;
            *class = l->number_of[*class];
        }
        set_beside(l, v);
    }
    l->words.asks = (struct mp_word_asks){l->try_at, l->needs, l->need_of, l->number_of};
    return 0;
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
    struct indexing x = {.l = l};
    l->n_classes = l->words.sets.n;
    l->n_parts = l->patterns.parts.n;
    x.weight = calloc(l->n_parts + 1, sizeof *x.weight);
    x.looked_up = calloc(l->n_parts + 1, sizeof *x.looked_up);
    x.sought = calloc(l->n_parts + 1, sizeof *x.sought);
    bool fine = x.weight && x.looked_up && x.sought && choose_uses(&x) == 0 &&
                order_uses(&x) == 0 && order_tries(&x) == 0 && find_needs(&x) == 0 &&
                number_classes(&x) == 0 && find_gists(l) == 0;
    mp_words_sort_marks(&l->words);
    free(x.weight);
    free(x.looked_up);
    free(x.sought);
    if (fine && l->n_codes > UINT16_MAX)
        return mp_error_set(e, MP_RULES, "the lexicon has more than %u codes",
                            (unsigned)UINT16_MAX);
    if (fine && l->n_numbers > UINT16_MAX)
        return mp_error_set(e, MP_RULES, "the lexicon has more than %u different sets of words",
                            (unsigned)UINT16_MAX);
    return fine ? 0 : mp_error_memory(e);
}

/* Appends the lines of `forms` as exact forms. */
static void add_exact(struct mp_buf *out, struct mp_str forms)
{
    for (size_t i = 0, start = 0; i <= forms.n; i++)
        if (i == forms.n || forms.p[i] == '\n') {
            if (i > start) {
                mp_buf_adds(out, out->len ? "\n=" : "=");
                mp_buf_add(out, forms.p + start, i - start);
            }
            start = i + 1;
        }
}

static int mark(struct mp_lexicon *l, uint32_t class, unsigned what, struct mp_error *e)
{
    if (mp_words_use(&l->words, class, e) < 0)
        return -1;
    return mp_words_mark(&l->words, MP_MARKS_GRAMMAR, class, what, NULL) < 0 ? mp_error_memory(e)
                                                                             : 0;
}

/* The forms of all verbs, by tense and altogether. None of them is a typing
 * error. */
static int mark_verbs(struct mp_lexicon *l, struct mp_error *e)
{
    struct mp_buf of[MP_N_GRAMMAR] = {0};
    for (size_t i = 0; i < l->patterns.n_verbs; i++) {
        const struct mp_verb *v = &l->patterns.verb_at[i];
        add_exact(&of[MP_IS_PRESENT], v->present);
        add_exact(&of[MP_IS_PAST], v->past);
        add_exact(&of[MP_IS_VERB], v->present);
        add_exact(&of[MP_IS_VERB], v->past);
        add_exact(&of[MP_IS_VERB], v->participles);
        add_exact(&of[MP_IS_VERB], v->infinitive);
    }
    int bad = 0;
    for (unsigned what = MP_IS_PRESENT; what < MP_N_GRAMMAR; what++) {
        uint32_t class;
        if (!bad)
            bad = of[what].failed || mp_words_class(&l->words, mp_buf_str(&of[what]), &class) < 0
                      ? mp_error_memory(e)
                      : mark(l, class, what, e);
        mp_buf_free(&of[what]);
    }
    return bad;
}

/* What the words of the grammar's lists are; a list that is not there has no
 * words. */
int mp_lexicon_mark_grammar(struct mp_lexicon *l, const struct mp_yaml *at, struct mp_error *e)
{
    struct mp_patterns *p = &l->patterns;
    for (unsigned what = 0; what < MP_N_GRAMMAR_LISTS; what++) {
        uint32_t class;
        if (mp_map_find(&p->lists, mp_str_of(mp_grammar_lists[what])) == MP_MAP_NONE)
            continue;
        if (mp_patterns_class(p, at, mp_grammar_lists[what], &class, e) < 0 ||
            mark(l, class, what, e) < 0)
            return -1;
    }
    return mark_verbs(l, e);
}
