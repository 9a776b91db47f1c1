/* Verbs in patterns: all their forms, and those whose prefix stands apart. */
#include "text/pattern_rows.h"

void mp_pattern_decorate(struct mp_buf *out, struct mp_str before, struct mp_str forms,
                         struct mp_str behind)
{
    for (size_t i = 0, start = 0; i <= forms.n; i++)
        if (i == forms.n || forms.p[i] == '\n') {
            if (i > start) {
                if (out->len)
                    mp_buf_addc(out, '\n');
                mp_buf_addstr(out, before);
                mp_buf_add(out, forms.p + start, i - start);
                mp_buf_addstr(out, behind);
            }
            start = i + 1;
        }
}

/* The forms with each ending of a list of the lexicon (none if it has no such list). */
static void add_inflected(const struct mp_patterns *p, struct mp_buf *out, struct mp_str prefix,
                          struct mp_str forms, const char *list)
{
    for (size_t i = 0; i < p->n_lists; i++)
        for (size_t j = 0; mp_str_is(p->list_names[i], list) && j < mp_yaml_count(p->list_at[i]);
             j++)
            mp_pattern_decorate(out, prefix, forms, mp_yaml_item(p->list_at[i], j)->text);
}

/* All forms of a verb in one word, with its prefix. */
static void verb_forms(const struct mp_patterns *p, struct mp_buf *out, struct mp_str prefix,
                       const struct mp_verb *v)
{
    mp_pattern_decorate(out, prefix, v->present, MP_STR(""));
    mp_pattern_decorate(out, prefix, v->past, MP_STR(""));
    mp_pattern_decorate(out, prefix, v->participles, MP_STR(""));
    mp_pattern_decorate(out, prefix, v->infinitive, MP_STR(""));
    add_inflected(p, out, prefix, v->participles, "participle_endings");
    add_inflected(p, out, prefix, v->infinitive, "infinitive_endings");
}

/* "runs ... away", "away (is|to|would) run". */
static int separated_verb(struct mp_pattern_parser *x, struct mp_str prefix,
                          const struct mp_verb *v, struct mp_rows *out)
{
    struct mp_words *w = x->p->words;
    struct mp_buf loose = {0}, finite = {0};
    struct mp_row r = {.n = 2}, q = {.n = 2};
    mp_pattern_decorate(&finite, MP_STR(""), v->present, MP_STR(""));
    mp_pattern_decorate(&finite, MP_STR(""), v->past, MP_STR(""));
    mp_pattern_decorate(&loose, MP_STR(""), v->participles, MP_STR(""));
    mp_pattern_decorate(&loose, MP_STR(""), v->infinitive, MP_STR(""));
    int bad = loose.failed || finite.failed ||
                      mp_words_class(w, mp_buf_str(&finite), &r.steps[0].class) < 0 ||
                      mp_words_class(w, prefix, &r.steps[1].class) < 0 ||
                      mp_words_class(w, mp_buf_str(&loose), &q.steps[1].class) < 0
                  ? mp_error_memory(x->e)
                  : 0;
    mp_buf_free(&loose);
    mp_buf_free(&finite);
    r.steps[1].gap = MP_GAP_LONG;
    q.steps[0].class = r.steps[1].class;
    q.steps[1].gap = 2;
    return bad || mp_pattern_add_row(x, out, &r) < 0 ? -1 : mp_pattern_add_row(x, out, &q);
}

int mp_pattern_parse_verb(struct mp_pattern_parser *x, struct mp_str name, struct mp_rows *out)
{
    const char *plus = memchr(name.p, '+', name.n);
    struct mp_str prefix = {name.p, plus ? (size_t)(plus - name.p) : 0};
    struct mp_str base = plus ? (struct mp_str){plus + 1, name.n - prefix.n - 1} : name;
    size_t at = mp_map_find(&x->p->verbs, base);
    if (at == MP_MAP_NONE)
        return mp_yaml_fail(x->at, x->e, "no verb '%.*s': add it to verbs.yaml", (int)base.n,
                            base.p);
    const struct mp_verb *v = &x->p->verb_at[x->p->verbs.entries[at].value - 1];
    struct mp_buf forms = {0};
    verb_forms(x->p, &forms, prefix, v);
    int bad =
        forms.failed ? mp_error_memory(x->e) : mp_pattern_add_class(x, out, mp_buf_str(&forms));
    mp_buf_free(&forms);
    return bad || !plus ? bad : separated_verb(x, prefix, v, out);
}
