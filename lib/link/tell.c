/* What pairs of reports weigh, as JSON Lines. */
#include "link/tell.h"
#include "io/json.h"
#include "link/level.h"

static void add_number(struct mp_buf *b, const char *key, double value)
{
    mp_json_add_key(b, key);
    mp_buf_addf(b, "%.4f", value);
}

static void add_level(struct mp_buf *b, const struct mp_link_model *m, size_t k, unsigned level)
{
    mp_buf_addc(b, '"');
    mp_link_level_add_name(b, m, k, level);
    mp_buf_addc(b, '"');
}

static void add_levels(struct mp_buf *b, const struct mp_link_model *m, uint64_t levels)
{
    mp_json_add_key(b, "levels");
    mp_buf_addc(b, '{');
    for (size_t k = 0; k < m->n_comparisons; k++) {
        mp_json_add_key(b, m->comparisons[k].name.p);
        add_level(b, m, k, mp_link_level_of(levels, k));
    }
    mp_buf_addc(b, '}');
}

void mp_link_add_pair(struct mp_buf *b, const struct mp_link_reports *r,
                      const struct mp_link_pair *pair)
{
    static const char *const outcomes[] = {"unlikely", "joined", "together", "kept-apart",
                                           "outvoted"};
    const struct mp_link_report *x = r->all[pair->a], *y = r->all[pair->b];
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "a", mp_link_label(x));
    mp_json_add_field(b, "b", mp_link_label(y));
    add_number(b, "bits", pair->bits);
    add_number(b, "probability", mp_link_probability(pair->bits));
    add_number(b, "between", pair->between);
    mp_json_add_field(b, "outcome", mp_str_of(outcomes[pair->outcome]));
    add_levels(b, r->model, mp_link_levels(r, mp_link_row(r, pair->a), mp_link_row(r, pair->b)));
    mp_buf_adds(b, "}\n");
}

static bool is_unsure(const struct mp_link_model *m, const struct mp_link_pair *pair)
{
    double p = mp_link_probability(pair->bits), q = mp_link_probability(pair->between);
    bool unsure =
        (p >= m->review_from && p < m->review_to) || (q >= m->review_from && q < m->review_to);
    if (pair->outcome == MP_LINK_KEPT)
        return p >= m->link;
    return pair->outcome != MP_LINK_TOGETHER && (unsure || pair->outcome == MP_LINK_OUTVOTED);
}

bool mp_link_mark_review(const struct mp_link_reports *r, const struct mp_link_weighed *w,
                         struct mp_buf *marks, size_t *n)
{
    const struct mp_link_pair *p = w->pairs;
    struct mp_map seen = {0}; /* pairs of persons */
    bool fine = true;
    *n = 0;
    for (size_t i = 0; fine && i < w->n; i++) {
        uint32_t key[] = {r->all[p[i].a]->person, r->all[p[i].b]->person};
        bool mark = is_unsure(r->model, &p[i]);
        size_t before = seen.n;
        if (mark && key[0] != key[1]) {
            fine = mp_map_put(&seen, (struct mp_str){(const char *)key, sizeof key}) != MP_MAP_NONE;
            mark = seen.n > before;
        }
        *n += mark;
        mp_buf_add(marks, &mark, sizeof mark);
    }
    mp_map_free(&seen);
    return fine && !marks->failed;
}

static void add_value(struct mp_buf *b, const char *key, const struct mp_link_reports *r,
                      uint32_t value)
{
    mp_json_add_field(b, key, value ? mp_link_text_of(&r->rows.values, value) : (struct mp_str){0});
}

void mp_link_add_explained(struct mp_buf *b, const struct mp_link_reports *r,
                           const struct mp_link_weighed *w, uint32_t x, uint32_t y)
{
    const struct mp_link_model *m = r->model;
    const struct mp_link_report *p = r->all[x < y ? x : y], *q = r->all[x < y ? y : x];
    const uint32_t *a = mp_link_row(r, p->rank), *c = mp_link_row(r, q->rank);
    uint64_t levels = mp_link_levels(r, a, c);
    for (size_t k = 0; k < m->n_comparisons; k++) {
        unsigned level = mp_link_level_of(levels, k);
        mp_buf_addc(b, '{');
        mp_json_add_field(b, "field", m->comparisons[k].name);
        add_value(b, "a", r, a[m->comparisons[k].field]);
        add_value(b, "b", r, c[m->comparisons[k].field]);
        mp_json_add_key(b, "level");
        add_level(b, m, k, level);
        if (level > 0) {
            mp_json_add_key(b, "one");
            mp_buf_addf(b, "%.6g", m->shares[k].m[level - 1]);
            mp_json_add_key(b, "two");
            mp_buf_addf(b, "%.6g", m->shares[k].u[level - 1]);
        }
        add_number(b, "bits", mp_link_bits_of(&w->scorer, k, level, a, c));
        mp_buf_adds(b, "}\n");
    }
    double bits = mp_link_bits(&w->scorer, levels, a, c) + w->prior;
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "a", mp_link_label(p));
    mp_json_add_field(b, "b", mp_link_label(q));
    add_number(b, "prior_bits", w->prior);
    add_number(b, "bits", bits);
    add_number(b, "probability", mp_link_probability(bits));
    mp_json_add_key(b, "one_person");
    mp_buf_adds(b, p->person == q->person ? "true" : "false");
    mp_json_add_field(b, "why_a", mp_str_of(p->rule));
    mp_json_add_field(b, "why_b", mp_str_of(q->rule));
    mp_buf_adds(b, "}\n");
}
