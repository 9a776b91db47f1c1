/* What a lexicon that was read is looked up by: variants by class, uses by part, and what words are
 * in the grammar of a clause. */
#include "text/clause.h"
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

static uint32_t anchor_of(const void *ctx, size_t i)
{
    const struct mp_patterns *p = ctx;
    const struct mp_variant *v = &p->variants[i];
    return p->steps[v->step + v->anchor].class;
}

static uint32_t part_of(const void *ctx, size_t i)
{
    const struct mp_use *use = &((const struct mp_lexicon *)ctx)->uses[i];
    return ((const struct mp_lexicon *)ctx)->entries[use->entry].pattern.parts[use->part];
}

/* Every part of every entry. */
static int list_uses(struct mp_lexicon *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_entries; i++)
        n += l->entries[i].pattern.n;
    l->uses = mp_arena_alloc(&l->arena, (n + 1) * sizeof *l->uses);
    for (size_t i = 0; l->uses && i < l->n_entries; i++)
        for (uint8_t j = 0; j < l->entries[i].pattern.n; j++)
            l->uses[l->n_uses++] = (struct mp_use){(uint32_t)i, j};
    return l->uses ? 0 : -1;
}

int mp_lexicon_index(struct mp_lexicon *l, struct mp_error *e)
{
    struct mp_patterns *p = &l->patterns;
    l->n_classes = l->words.sets.n;
    l->n_parts = p->parts.n;
    l->words.roles = calloc(l->n_classes + 1, 1);
    uint32_t *rows;
    l->variants = mp_arena_alloc(&l->arena, (p->n_variants + 1) * sizeof *l->variants);
    l->probes = mp_arena_alloc(&l->arena, (p->n_variants + 1) * sizeof *l->probes);
    if (!l->words.roles || !l->variants || !l->probes || list_uses(l) < 0 ||
        make_rows(&l->arena, l->n_classes, p->n_variants, anchor_of, p, &rows, &l->variant_at) <
            0 ||
        make_rows(&l->arena, l->n_parts, l->n_uses, part_of, l, &l->use_rows, &l->use_at) < 0)
        return mp_error_memory(e);
    for (size_t i = 0; i < p->n_variants; i++) {
        l->words.roles[anchor_of(p, i)] |= MP_CLASS_INDEXED;
        l->words.roles[p->variants[i].probe.need] |= MP_CLASS_NEEDED;
        l->variants[i] = p->variants[rows[i]]; /* side by side in memory */
        l->probes[i] = p->variants[rows[i]].probe;
    }
    return 0;
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
    return mp_words_mark(&l->words, MP_MARKS_GRAMMAR, class, what) < 0 ? mp_error_memory(e) : 0;
}

/* The forms of all verbs, by tense and altogether. None of them is a typing error. */
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

/* What the words of the grammar's lists are; a list that is not there has no words. */
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
