/* Entries that can never count. */
#include "text/lint.h"
#include "text/cover.h"
#include <stdlib.h>

static bool is_plain(struct mp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '*'))
            return false;
    return s.n > 0;
}

/* Whether the wildcard form `a` fits everything that `b` fits. */
static bool fits_all(struct mp_str a, struct mp_str b)
{
    bool front = a.p[0] == '*', behind = a.p[a.n - 1] == '*';
    bool b_front = b.p[0] == '*', b_behind = b.p[b.n - 1] == '*';
    if ((!front && !behind) || (b_front && !front) || (b_behind && !behind))
        return false;
    struct mp_str x = {a.p + front, a.n - front - behind};
    struct mp_str y = {b.p + b_front, b.n - b_front - b_behind};
    /* typing errors are looked for in long words without a star in front: they may say more */
    if (x.n > y.n || x.n == 0 || (front && !b_front && y.n >= MP_TYPO_ONE))
        return false;
    if (!front)
        return memcmp(x.p, y.p, x.n) == 0;
    if (!behind)
        return memcmp(x.p, y.p + y.n - x.n, x.n) == 0;
    return memmem(y.p, y.n, x.p, x.n) != NULL;
}

static bool same_list(const struct mp_entry *a, const struct mp_entry *b)
{
    return a->kind == b->kind && a->code == b->code && a->status == b->status && a->item == b->item;
}

static const struct mp_entry *as_entry(const void *p)
{
    return *(const struct mp_entry *const *)p;
}

/* By code, then by text. */
static int by_code(const void *a, const void *b)
{
    const struct mp_entry *x = as_entry(a), *y = as_entry(b);
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    int d = mp_str_cmp(x->at->text, y->at->text);
    return d ? d : (x->kind > y->kind) - (x->kind < y->kind);
}

static int compare(const struct mp_entry *a, const struct mp_entry *b, struct mp_error *e)
{
    struct mp_str x = a->at->text, y = b->at->text;
    if (mp_str_eq(x, y) && a->kind == MP_MENTION && b->kind == MP_NOT)
        return mp_yaml_fail(a->at, e, "the pattern stands under not as well: it never counts");
    if (mp_str_eq(x, y) && a->kind == MP_MENTION && b->kind == MP_HEADING)
        return mp_yaml_fail(b->at, e, "the heading is a mention already: it never counts");
    if (!same_list(a, b) || !fits_all(x, y) || !is_plain(x) || !is_plain(y)) /* few fit */
        return 0;
    return mp_yaml_fail(b->at, e, "'%.*s' is fitted by '%.*s' already", (int)y.n, y.p, (int)x.n,
                        x.p);
}

/* The entries of one code, in the order of their texts. */
static int lint_code(const struct mp_entry **list, size_t n, struct mp_error *e)
{
    for (size_t i = 0; i + 1 < n; i++)
        if (compare(list[i], list[i + 1], e) < 0)
            return -1;
    for (size_t i = 0; i < n; i++) {
        struct mp_str text = list[i]->at->text;
        bool wide = memchr(text.p, '*', text.n) && is_plain(text);
        for (size_t j = 0; wide && j < n; j++)
            if (j != i && compare(list[i], list[j], e) < 0)
                return -1;
    }
    return 0;
}

/* ---- entries that say the same ---- */

static uint64_t mix(uint64_t sum, uint64_t more)
{
    sum = (sum ^ more) * UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ sum >> 29;
}

/* Sums of what each part stands for, whatever the order of its rows. */
static void add_up_parts(const struct mp_patterns *p, uint64_t *parts)
{
    for (size_t i = 0; i < p->n_variants; i++) {
        const struct mp_variant *v = &p->variants[i];
        uint64_t row = 1;
        for (size_t s = v->step; s < v->step + v->n; s++) {
            const struct mp_step *step = &p->steps[s];
            row = mix(row, (uint64_t)step->class << 16 | (uint64_t)step->gap << 8 |
                               (unsigned)(step->optional | step->first << 1 | step->last << 2));
        }
        parts[v->part] += mix(row, v->n);
    }
}

/* Of answers all are one list: one that says yes cannot say no. */
static uint64_t list_of(const struct mp_entry *e)
{
    uint64_t list = mix(1, e->kind);
    if (e->kind == MP_CUE)
        return mix(mix(mix(mix(list, e->effect), e->ends), e->side), (uint64_t)e->reach);
    return e->kind == MP_ANSWER ? list : mix(mix(mix(list, e->code), (uint64_t)e->status), e->item);
}

/* What each entry says, in which list. */
static void add_up_entries(const struct mp_lexicon *l, const uint64_t *parts, uint64_t *says)
{
    for (size_t i = 0; i < l->n_entries; i++) {
        const struct mp_pattern *p = &l->entries[i].pattern;
        uint64_t sum = 0;
        for (unsigned k = 0; k < p->n; k++)
            sum += mix(parts[p->parts[k]], 1);
        says[i] = mix(list_of(&l->entries[i]), sum);
    }
}

/* Puts the entries in a table by what they say, of more slots (place + 1; 0: empty) than there are
 * entries, until one says what one before it says. */
static int lint_twins(const struct mp_lexicon *l, const uint64_t *says, uint32_t *slots,
                      size_t mask, struct mp_error *e)
{
    for (uint32_t i = 0; i < l->n_entries; i++) {
        size_t s = (size_t)says[i] & mask;
        while (slots[s] && says[slots[s] - 1] != says[i])
            s = (s + 1) & mask;
        if (slots[s]) {
            const struct mp_yaml *first = l->entries[slots[s] - 1].at, *at = l->entries[i].at;
            return mp_yaml_fail(at, e, "'%s' says the same as '%s' in line %zu", at->text.p,
                                first->text.p, first->line);
        }
        slots[s] = i + 1;
    }
    return 0;
}

static int find_twins(const struct mp_lexicon *l, struct mp_error *e)
{
    size_t n_slots = 2;
    while (n_slots < 2 * l->n_entries)
        n_slots *= 2;
    uint64_t *parts = calloc(l->patterns.parts.n + 1, sizeof *parts);
    uint64_t *says = malloc((l->n_entries + 1) * sizeof *says);
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    int bad = 0;
    if (parts && says && slots) {
        add_up_parts(&l->patterns, parts);
        add_up_entries(l, parts, says);
        bad = lint_twins(l, says, slots, n_slots - 1, e);
    } else {
        bad = mp_error_memory(e);
    }
    free(parts);
    free(says);
    free(slots);
    return bad;
}

int mp_lexicon_lint(const struct mp_lexicon *l, struct mp_error *e)
{
    const struct mp_entry **sorted = malloc((l->n_entries + 1) * sizeof(struct mp_entry *));
    size_t n = 0;
    int bad = 0;
    if (!sorted)
        return mp_error_memory(e);
    for (size_t i = 0; i < l->n_entries; i++)
        if (l->entries[i].kind != MP_CUE && l->entries[i].kind != MP_ANSWER)
            sorted[n++] = &l->entries[i];
    qsort(sorted, n, sizeof *sorted, by_code);
    for (size_t first = 0, end; !bad && first < n; first = end) {
        for (end = first; end < n && sorted[end]->code == sorted[first]->code;)
            end++;
        bad = lint_code(sorted + first, end - first, e);
    }
    free(sorted);
    if (!bad)
        bad = find_twins(l, e);
    return bad ? bad : mp_lexicon_find_covered(l, e);
}
