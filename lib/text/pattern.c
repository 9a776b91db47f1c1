/* Compiles patterns: rows into variants that are looked up at their rarest word. */
#include "text/pattern_rows.h"
#include "base/room.h"
#include <stdlib.h>

static unsigned frequency_of(const struct mp_patterns *p, struct mp_str form)
{
    if (form.p[0] == '/')
        return 3000;
    bool part = form.p[0] == '*' || form.p[form.n - 1] == '*';
    if (form.p[0] == '=')
        form.p++, form.n--;
    size_t rank = mp_map_find(&p->common, form);
    return rank != MP_MAP_NONE ? (unsigned)(20000 / (rank + 5)) : part ? 3 : 1;
}

unsigned mp_pattern_frequency(struct mp_patterns *p, uint32_t form)
{
    while (MP_COUNT(unsigned, p->frequencies) <= form) {
        uint32_t next = (uint32_t)MP_COUNT(unsigned, p->frequencies);
        unsigned f = frequency_of(p, mp_words_form(p->words, next));
        mp_buf_add(&p->frequencies, &f, sizeof f);
        if (p->frequencies.failed)
            return 0;
    }
    return MP_ITEMS(unsigned, p->frequencies)[form];
}

/* How bad a class is as the place where a pattern is looked up: how often its words occur. */
static unsigned weight(struct mp_patterns *p, uint32_t class)
{
    struct mp_word_forms forms = mp_words_forms(p->words, class);
    unsigned sum = 0;
    for (size_t i = 0; i < forms.n; i++)
        sum += mp_pattern_frequency(p, forms.at[i]);
    return sum;
}

static unsigned weight_of(struct mp_patterns *p, uint32_t class)
{
    while (p->weights.len / sizeof(unsigned) <= class) {
        unsigned w = weight(p, (uint32_t)(p->weights.len / sizeof(unsigned)));
        mp_buf_add(&p->weights, &w, sizeof w);
        if (p->weights.failed || p->frequencies.failed)
            return 0;
    }
    return ((unsigned *)(void *)p->weights.data)[class];
}

/* The step that must be there, is none of `but` (bits), and has the rarest words; -1 if there is
 * none. */
static int rarest(const struct mp_row *r, const unsigned *weights, uint32_t but)
{
    int best = -1;
    for (int i = 0; i < r->n; i++)
        if (!(but >> i & 1) && !r->steps[i].optional && (best < 0 || weights[i] < weights[best]))
            best = i;
    return best;
}

static int use_class(struct mp_pattern_parser *x, uint32_t class)
{
    int bad = mp_words_use(x->p->words, class, x->e);
    if (bad && x->e->code == MP_RULES)
        mp_error_at(x->e, x->at->file, x->at->line, x->at->col);
    return bad;
}

static int add_variant(struct mp_pattern_parser *x, uint32_t part, const struct mp_row *r)
{
    struct mp_patterns *p = x->p;
    struct mp_variant v = {.part = part, .step = (uint32_t)p->n_steps, .n = r->n};
    unsigned weights[MP_PATTERN_LENGTH];
    for (uint8_t i = 0; i < r->n; i++) {
        if (!mp_room(&p->steps, p->n_steps, &p->cap_steps, sizeof *p->steps))
            return mp_error_memory(x->e);
        p->steps[p->n_steps++] = r->steps[i];
        if (use_class(x, r->steps[i].class) < 0)
            return -1;
        weights[i] = weight_of(p, r->steps[i].class);
    }
    int anchor = rarest(r, weights, 0);
    if (p->weights.failed || p->frequencies.failed)
        return mp_error_memory(x->e);
    if (anchor < 0)
        return mp_pattern_fail(x, "has no word that must be there");
    uint32_t taken = 0;
    while (anchor >= 0 && mp_words_any(p->words, r->steps[anchor].class)) {
        taken |= 1u << anchor;
        anchor = rarest(r, weights, taken);
    }
    if (anchor < 0)
        return mp_pattern_fail(x, "has nothing to look up but words of any letters");
    v.anchor = (uint8_t)anchor;
    v.weight = weights[anchor];
    v.at = r->steps[anchor].class;
    taken = 1u << anchor;
    for (unsigned i = 0; i < 2; i++) {
        int other = rarest(r, weights, taken);
        v.need[i] = r->steps[other < 0 ? anchor : other].class;
        taken |= other < 0 ? 0 : 1u << other;
    }
    if (!mp_room(&p->variants, p->n_variants, &p->cap_variants, sizeof *p->variants))
        return mp_error_memory(x->e);
    p->variants[p->n_variants++] = v;
    return 0;
}

/* Nothing stands before a gap, or behind it, that could bound it. */
static bool all_begin_with_gap(const struct mp_rows *rows)
{
    for (size_t i = 0; i < mp_row_count(rows); i++)
        if (mp_row_at(rows, i)->n == 0 || !mp_row_at(rows, i)->steps[0].gap)
            return false;
    return true;
}

static bool all_end_with_gap(const struct mp_rows *rows)
{
    for (size_t i = 0; i < mp_row_count(rows); i++)
        if (mp_row_at(rows, i)->n == 0 || !mp_row_at(rows, i)->gap)
            return false;
    return true;
}

static int compile_part(struct mp_pattern_parser *x, struct mp_str text, uint32_t *part)
{
    size_t at = mp_map_put(&x->p->parts, text);
    if (at == MP_MAP_NONE)
        return mp_error_memory(x->e);
    *part = (uint32_t)at;
    if (x->p->parts.entries[at].value)
        return 0;
    x->p->parts.entries[at].value = 1;
    struct mp_rows rows = mp_rows_take(x);
    x->s = text.p;
    x->end = text.p + text.n;
    int bad = mp_pattern_parse(x, &rows);
    if (!bad && x->s < x->end)
        bad = mp_pattern_fail(x, "a bracket is closed that was not opened");
    if (!bad && all_begin_with_gap(&rows))
        bad = mp_pattern_fail(x, "begins with a gap");
    if (!bad && all_end_with_gap(&rows))
        bad = mp_pattern_fail(x, "ends with a gap");
    for (size_t i = 0; !bad && i < mp_row_count(&rows); i++)
        bad = mp_row_at(&rows, i)->n ? add_variant(x, *part, mp_row_at(&rows, i))
                                     : mp_pattern_fail(x, "may be nothing at all");
    mp_rows_give(x, &rows);
    return bad;
}

int mp_pattern_compile(struct mp_patterns *p, const struct mp_yaml *text, struct mp_pattern *out,
                       struct mp_error *e)
{
    struct mp_pattern_parser x = {.p = p, .at = text, .e = e};
    *out = (struct mp_pattern){0};
    if (mp_yaml_is_text(text, e) < 0)
        return -1;
    struct mp_str s = text->text;
    for (bool more = true; more;) {
        const char *sign = memchr(s.p, '&', s.n);
        struct mp_str part = {s.p, sign ? (size_t)(sign - s.p) : s.n};
        more = sign;
        s.p += part.n + more;
        s.n -= part.n + more;
        part = mp_str_trim(part);
        if (part.n == 0)
            return mp_pattern_fail(&x, "something is missing beside &");
        if (out->n == MP_PATTERN_PARTS)
            return mp_pattern_fail(&x, "has too many parts");
        if (compile_part(&x, part, &out->parts[out->n++]) < 0)
            return -1;
    }
    return 0;
}

int mp_patterns_list(struct mp_patterns *p, struct mp_str name, struct mp_yaml *items,
                     struct mp_error *e)
{
    if (mp_map_put(&p->lists, name) == MP_MAP_NONE)
        return mp_error_memory(e);
    size_t cap = p->cap_lists;
    if (!mp_room(&p->list_at, p->n_lists, &cap, sizeof *p->list_at) ||
        !mp_room(&p->list_names, p->n_lists, &p->cap_lists, sizeof *p->list_names))
        return mp_error_memory(e);
    p->list_names[p->n_lists] = name;
    p->list_at[p->n_lists++] = items;
    for (size_t i = 0; i < mp_yaml_count(items); i++)
        if (mp_yaml_is_text(mp_yaml_item(items, i), e) < 0)
            return -1;
    return 0;
}

int mp_patterns_lists_check(struct mp_patterns *p, struct mp_error *e)
{
    int bad = 0;
    for (size_t i = 0; !bad && i < p->n_lists; i++) {
        struct mp_pattern_parser x = {.p = p, .at = p->list_at[i], .e = e};
        struct mp_rows rows = {0};
        if (!p->lists.entries[mp_map_find(&p->lists, p->list_names[i])].value)
            bad = mp_pattern_parse_list(&x, p->list_names[i], &rows);
        mp_buf_free(&rows.buf);
    }
    return bad;
}

/* Blank-separated words as lines. */
static struct mp_str as_lines(struct mp_arena *a, struct mp_str s)
{
    struct mp_str copy = mp_arena_str(a, mp_str_trim(s));
    for (size_t i = 0; copy.p && i < copy.n; i++)
        if (copy.p[i] == ' ')
            ((char *)(uintptr_t)copy.p)[i] = '\n';
    return copy;
}

int mp_patterns_verb(struct mp_patterns *p, const struct mp_yaml *infinitive,
                     const struct mp_yaml *forms, struct mp_error *e)
{
    if (mp_yaml_is_text(forms, e) < 0)
        return -1;
    struct mp_str rest = forms->text, third[3];
    for (int i = 0; i < 3; i++) {
        const char *bar = memchr(rest.p, '|', rest.n);
        if ((i < 2) != (bar != NULL))
            return mp_yaml_fail(forms, e, "a verb's forms are: present | past | participles");
        third[i] = (struct mp_str){rest.p, bar ? (size_t)(bar - rest.p) : rest.n};
        rest.p += third[i].n + (bar != NULL);
        rest.n -= third[i].n + (bar != NULL);
    }
    size_t at = mp_map_put(&p->verbs, infinitive->text);
    if (at == MP_MAP_NONE || !mp_room(&p->verb_at, p->n_verbs, &p->cap_verbs, sizeof *p->verb_at))
        return mp_error_memory(e);
    struct mp_verb *v = &p->verb_at[p->n_verbs];
    *v = (struct mp_verb){.infinitive = infinitive->text,
                          .present = as_lines(&p->arena, third[0]),
                          .past = as_lines(&p->arena, third[1]),
                          .participles = as_lines(&p->arena, third[2])};
    if (!v->present.p || !v->past.p || !v->participles.p)
        return mp_error_memory(e);
    p->verbs.entries[at].value = ++p->n_verbs;
    return 0;
}

int mp_patterns_class(struct mp_patterns *p, const struct mp_yaml *at, const char *list,
                      uint32_t *class, struct mp_error *e)
{
    struct mp_pattern_parser x = {.p = p, .at = at, .e = e};
    struct mp_rows rows = {0};
    int bad = mp_pattern_parse_list(&x, mp_str_of(list), &rows);
    size_t i = 0;
    while (!bad && i < mp_row_count(&rows) && mp_row_at(&rows, i)->n != 1)
        i++;
    if (!bad && i == mp_row_count(&rows))
        bad = mp_yaml_fail(at, e, "the list %s has no single words", list);
    if (!bad) {
        *class = mp_row_at(&rows, i)->steps[0].class;
        bad = mp_words_use(p->words, *class, e);
    }
    mp_buf_free(&rows.buf);
    return bad;
}

void mp_patterns_free(struct mp_patterns *p)
{
    mp_map_free(&p->lists);
    mp_map_free(&p->verbs);
    mp_map_free(&p->parts);
    mp_map_free(&p->common);
    mp_arena_free(&p->arena);
    mp_buf_free(&p->weights);
    mp_buf_free(&p->frequencies);
    while (p->n_spare)
        mp_buf_free(&p->spare[--p->n_spare]);
    for (size_t i = 0; i < p->n_list_rows; i++)
        mp_buf_free(&p->list_rows[i]);
    free(p->list_rows);
    free(p->list_at);
    free(p->list_names);
    free(p->verb_at);
    free(p->steps);
    free(p->variants);
    *p = (struct mp_patterns){0};
}
