/*
 * Looks for entries that others cover.
 *
 * Fifty thousand variants are too many to try each against each. So those of a group of entries
 * that may cover one another stand in rows of bits: one row for each length, and for each place
 * some for the first letters of the words there (mp_words_bits). The few that stand in all rows in
 * which a variant's own words would put them are compared with it.
 */
#include "text/cover.h"
#include "text/cover_forms.h"
#include <stdlib.h>

enum {
    BITS = 64,
    FEW = 3,                         /* rows that are looked at first, or of one word */
    PLACES = 3,                      /* first words of a variant that have rows */
    TRIES = 1000,                    /* rivals of one entry: a bound for hostile lexicons */
    LENGTHS = MP_PATTERN_LENGTH + 1, /* rows by number of words */
    N_ROWS = LENGTHS + PLACES * BITS
};

/* A variant that may cover others. */
struct rival {
    uint32_t entry, variant;
};

struct cover {
    const struct mp_lexicon *l;
    uint32_t *first;    /* by part: its first variant; there is one more */
    uint32_t *entries;  /* by group */
    uint32_t *group_at; /* in `entries`; there is one more */
    size_t n_groups;
    struct mp_buf rivals; /* of the group */
    struct mp_buf rows;   /* of `width` words each: bits of rivals */
    size_t width;
    uint32_t n_in[N_ROWS]; /* variants in each row */
};

static bool same_list(const struct mp_entry *a, const struct mp_entry *b)
{
    return a->kind == b->kind && a->code == b->code && a->status == b->status &&
           a->item == b->item && a->effect == b->effect && a->ends == b->ends &&
           a->side == b->side && a->reach == b->reach;
}

/* Every mention is read as a heading where an answer follows. */
static bool may_cover(const struct mp_entry *narrow, const struct mp_entry *wide)
{
    return narrow != wide &&
           (same_list(narrow, wide) || (narrow->kind == MP_HEADING && wide->kind == MP_MENTION &&
                                        narrow->code == wide->code && wide->status < 0));
}

static bool class_within(const struct cover *x, uint32_t a, uint32_t b)
{
    const struct mp_words *w = &x->l->words;
    return a == b || (!(mp_words_bits(w, a) & ~mp_words_bits(w, b)) && mp_forms_within(w, a, b));
}

/* How many gaps part each step from the one that a variant is looked up at, and how many there are
 * behind and before that. */
struct shape {
    uint8_t apart[MP_PATTERN_LENGTH];
    uint8_t gaps[2];
};

static void find_shape(struct shape *s, const struct mp_variant *v, const struct mp_step *steps)
{
    unsigned i = v->anchor, apart = 0;
    for (s->apart[i] = 0; ++i < v->n; s->apart[i] = (uint8_t)apart)
        apart += steps[i].gap > 0;
    s->gaps[0] = (uint8_t)apart;
    for (i = v->anchor, apart = 0; i-- > 0; s->apart[i] = (uint8_t)apart)
        apart += steps[i + 1].gap > 0;
    s->gaps[1] = (uint8_t)apart;
}

/* Two variants, of which `wide` may hold `narrow`. */
struct pair {
    const struct mp_variant *narrow;
    const struct mp_step *a, *b; /* their steps */
    struct shape shape[2];
};

/*
 * Whether a step is one of the other's. What stands where the variant is looked up, or next to that
 * without a gap, has one place: it may be of a wider class. Behind a gap the nearest word is taken,
 * so there a wider class would take another one; a wider gap would not, unless a second one
 * follows. No gap at all is no narrower one: words that stand together may have the colon of a
 * heading between them, which no gap passes over.
 */
static bool step_within(const struct cover *x, const struct pair *p, unsigned i, unsigned j)
{
    const struct mp_step *a = &p->a[i], *b = &p->b[j];
    const struct shape *m = &p->shape[0], *n = &p->shape[1];
    bool before = i <= p->narrow->anchor;
    if (m->apart[i] != n->apart[j] || m->gaps[before] != n->gaps[before])
        return false;
    if (i > 0 &&
        (!a->gap != !b->gap || a->gap > b->gap || (a->gap < b->gap && n->gaps[before] > 1)))
        return false;
    if (n->apart[j])
        return a->class == b->class && a->optional == b->optional && a->first == b->first &&
               a->last == b->last;
    return a->optional <= b->optional && a->first >= b->first && a->last >= b->last &&
           class_within(x, a->class, b->class);
}

/* Whether the steps of one variant are those of the other in their order, of which some may be left
 * out. All ways are kept, as bits: how many of the first one's steps are done. */
static bool variant_within(const struct cover *x, uint32_t narrow, uint32_t wide)
{
    const struct mp_patterns *all = &x->l->patterns;
    const struct mp_variant *v = &all->variants[narrow], *w = &all->variants[wide];
    struct pair p = {.narrow = v, .a = &all->steps[v->step], .b = &all->steps[w->step]};
    find_shape(&p.shape[0], v, p.a);
    find_shape(&p.shape[1], w, p.b);
    uint32_t done = 1;
    for (unsigned j = 0; j < w->n && done; j++) {
        uint32_t next = p.b[j].optional && !p.shape[1].apart[j] ? done : 0;
        for (uint32_t left = done & ((1u << v->n) - 1); left; left &= left - 1) {
            unsigned i = (unsigned)__builtin_ctz(left);
            if (step_within(x, &p, i, j))
                next |= 2u << i;
        }
        done = next;
    }
    return done >> v->n & 1;
}

static bool entry_within(const struct cover *x, const struct mp_entry *narrow,
                         const struct mp_entry *wide)
{
    const uint32_t *p = &x->first[narrow->pattern.parts[0]], *q = &x->first[wide->pattern.parts[0]];
    for (uint32_t v = p[0]; v < p[1]; v++) {
        uint32_t w = q[0];
        while (w < q[1] && !variant_within(x, v, w))
            w++;
        if (w == q[1])
            return false;
    }
    return true;
}

static int refuse(const struct mp_entry *narrow, const struct mp_entry *wide, struct mp_error *e)
{
    char room[200], room_too[200];
    const struct mp_yaml *at = wide->at;
    return mp_yaml_fail(
        narrow->at, e,
        "'%s' adds nothing: '%s' at %.*s:%zu:%zu fits wherever it does; take it out, "
        "or drop it if that one lies over it",
        mp_error_quote(narrow->at->text, room), mp_error_quote(at->text, room_too), (int)at->file.n,
        at->file.p, at->line, at->col);
}

/* Of two that cover each other the one that comes later is too many. */
static int look_at(const struct cover *x, const struct mp_entry *one, const struct mp_entry *other,
                   struct mp_error *e)
{
    if (!entry_within(x, one, other))
        return 0;
    return other > one && may_cover(other, one) && entry_within(x, other, one)
               ? refuse(other, one, e)
               : refuse(one, other, e);
}

/* The rows in which a variant that holds this one must stand, those in which fewest do first. Gives
 * how many; at least FEW. */
static unsigned rows_needed(const struct cover *x, uint32_t variant, const uint64_t **rows)
{
    const struct mp_patterns *p = &x->l->patterns;
    const struct mp_variant *v = &p->variants[variant];
    unsigned n = 0, needed[FEW + PLACES * FEW];
    while (n < FEW)
        needed[n++] = v->n;
    for (unsigned i = 0; i < v->n && i < PLACES; i++) {
        uint64_t left = mp_words_bits(&x->l->words, p->steps[v->step + i].class);
        for (unsigned few = FEW; left && few; left &= left - 1, few--)
            needed[n++] = LENGTHS + i * BITS + (unsigned)__builtin_ctzll(left);
    }
    for (unsigned k = 0; k < n; k++) {
        for (unsigned i = k + 1; k < FEW && i < n; i++)
            if (x->n_in[needed[i]] < x->n_in[needed[k]]) {
                unsigned row = needed[k];
                needed[k] = needed[i];
                needed[i] = row;
            }
        rows[k] = MP_ITEMS(const uint64_t, x->rows) + x->width * needed[k];
    }
    return n;
}

/* Whether an entry of the group covers this one: those are looked at that might hold its first
 * variant. */
static int look_for(const struct cover *x, const struct mp_entry *one, struct mp_error *e)
{
    const struct rival *rivals = MP_ITEMS(const struct rival, x->rivals);
    uint32_t variant = x->first[one->pattern.parts[0]];
    const uint64_t *rows[FEW + PLACES * FEW];
    unsigned n = rows_needed(x, variant, rows), tries = 0;
    for (size_t i = 0; i < x->width && tries < TRIES; i++) {
        uint64_t all = rows[0][i] & rows[1][i] & rows[2][i]; /* mostly none is left */
        for (unsigned k = FEW; k < n && all; k++)
            all &= rows[k][i];
        for (; all; all &= all - 1) {
            const struct rival *r = &rivals[i * BITS + (size_t)__builtin_ctzll(all)];
            const struct mp_entry *other = &x->l->entries[r->entry];
            if (may_cover(one, other) && tries++ < TRIES &&
                variant_within(x, variant, r->variant) && look_at(x, one, other, e) < 0)
                return -1;
        }
    }
    return 0;
}

static void set(struct cover *x, size_t row, size_t rival)
{
    MP_ITEMS(uint64_t, x->rows)[row * x->width + rival / BITS] |= UINT64_C(1) << rival % BITS;
    x->n_in[row]++;
}

/* Puts a variant in the rows of those that it may hold: as long as it is, or shorter by words that
 * may be missing, which also moves those behind them. */
static void set_rows(struct cover *x, size_t rival)
{
    const struct mp_patterns *p = &x->l->patterns;
    const struct mp_variant *v = &p->variants[MP_ITEMS(struct rival, x->rivals)[rival].variant];
    unsigned missing = 0;
    for (unsigned i = 0; i < v->n; i++) {
        const struct mp_step *step = &p->steps[v->step + i];
        for (unsigned at = i - missing; at <= i && at < PLACES; at++)
            for (uint64_t has = mp_words_bits(&x->l->words, step->class); has; has &= has - 1)
                set(x, LENGTHS + at * BITS + (unsigned)__builtin_ctzll(has), rival);
        missing += step->optional;
    }
    for (unsigned n = v->n - missing; n <= v->n; n++)
        set(x, n, rival);
}

static bool fill_rows(struct cover *x, const uint32_t *entries, size_t n)
{
    x->rivals.len = x->rows.len = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t *v = &x->first[x->l->entries[entries[i]].pattern.parts[0]];
        for (uint32_t k = v[0]; k < v[1]; k++) {
            struct rival *one = MP_NEW(struct rival, x->rivals);
            if (!one)
                return false;
            *one = (struct rival){entries[i], k};
        }
    }
    size_t n_rivals = MP_COUNT(struct rival, x->rivals);
    x->width = (n_rivals + BITS - 1) / BITS;
    size_t bytes = N_ROWS * x->width * sizeof(uint64_t);
    if (!mp_buf_reserve(&x->rows, bytes))
        return false;
    memset(x->rows.data, 0, bytes);
    memset(x->n_in, 0, sizeof x->n_in);
    for (size_t i = 0; i < n_rivals; i++)
        set_rows(x, i);
    return true;
}

static int look_through(struct cover *x, struct mp_error *e)
{
    for (size_t g = 0; g < x->n_groups; g++) {
        const uint32_t *entries = x->entries + x->group_at[g];
        size_t n = x->group_at[g + 1] - x->group_at[g];
        if (n > 1 && !fill_rows(x, entries, n))
            return mp_error_memory(e);
        for (size_t i = 0; n > 1 && i < n; i++)
            if (look_for(x, &x->l->entries[entries[i]], e) < 0)
                return -1;
    }
    return 0;
}

/* All of a code are a group, and so are cues, and answers. */
static size_t group_of(const struct mp_lexicon *l, const struct mp_entry *e)
{
    return e->kind == MP_CUE ? l->n_codes : e->kind == MP_ANSWER ? l->n_codes + 1 : e->code;
}

/* Puts the entries of one part in their groups: they are counted, then laid down in order. */
static void group(struct cover *x)
{
    const struct mp_lexicon *l = x->l;
    uint32_t *at = x->group_at;
    for (size_t i = 0; i < l->n_entries; i++)
        at[group_of(l, &l->entries[i]) + 2] += l->entries[i].pattern.n == 1;
    for (size_t g = 2; g < x->n_groups + 2; g++)
        at[g] += at[g - 1];
    for (uint32_t i = 0; i < l->n_entries; i++)
        if (l->entries[i].pattern.n == 1)
            x->entries[at[group_of(l, &l->entries[i]) + 1]++] = i;
}

/* Where the variants of each part begin, which stand side by side. */
static void find_variants(struct cover *x)
{
    const struct mp_patterns *p = &x->l->patterns;
    for (size_t i = 0; i < p->n_variants; i++)
        x->first[p->variants[i].part + 1] = (uint32_t)i + 1;
}

int mp_lexicon_find_covered(const struct mp_lexicon *l, struct mp_error *e)
{
    struct cover x = {.l = l, .n_groups = l->n_codes + 2};
    x.first = calloc(l->patterns.parts.n + 1, sizeof *x.first);
    x.entries = calloc(l->n_entries + 1, sizeof *x.entries);
    x.group_at = calloc(x.n_groups + 2, sizeof *x.group_at);
    int bad = -1;
    if (x.first && x.entries && x.group_at) {
        find_variants(&x);
        group(&x);
        bad = look_through(&x, e);
    } else {
        mp_error_memory(e);
    }
    free(x.first);
    free(x.entries);
    free(x.group_at);
    mp_buf_free(&x.rivals);
    mp_buf_free(&x.rows);
    return bad;
}
