/* Counts what was read against what is said. */
#include "score/score.h"
#include "base/glob.h"
#include <stdlib.h>

const char *const mp_score_status_names[MP_N_SCORE_STATUS] = {"present", "suspected", "past",
                                                              "absent", "other"};

const char *const mp_score_fact_names[MP_N_SCORE_FACTS] = {
    "age", "sex", "missing_since", "returned_at", "police_category", "traffic_light"};

static bool is_chosen(const struct mp_score_choice *c, struct mp_str code)
{
    for (size_t i = 0; i < c->n; i++)
        if (mp_glob(c->patterns[i], code))
            return true;
    return c->n == 0;
}

bool mp_score_counts(const struct mp_score_doc *doc, const struct mp_score_choice *c,
                     struct mp_str code)
{
    for (size_t i = 0; i < doc->n_unsure; i++)
        if (mp_str_eq(doc->unsure[i], code))
            return false;
    return is_chosen(c, code);
}

bool mp_score_next(const struct mp_score_doc *doc, const struct mp_score_choice *c,
                   struct mp_score_pair *pair)
{
    const struct mp_score_labels *gold = &doc->gold, *read = &doc->read;
    while (pair->i < gold->n || pair->j < read->n) {
        const struct mp_score_signal *g = pair->i < gold->n ? &gold->signals[pair->i] : NULL;
        const struct mp_score_signal *r = pair->j < read->n ? &read->signals[pair->j] : NULL;
        int order = !g ? 1 : !r ? -1 : mp_str_cmp(g->code, r->code);
        pair->gold = order <= 0 ? g : NULL;
        pair->read = order >= 0 ? r : NULL;
        pair->code = order <= 0 ? g->code : r->code;
        pair->i += order <= 0;
        pair->j += order >= 0;
        if (mp_score_counts(doc, c, pair->code))
            return true;
    }
    return false;
}

bool mp_score_fact_right(const struct mp_score_doc *doc, enum mp_score_fact fact)
{
    struct mp_str gold = doc->gold.facts[fact].json, read = doc->read.facts[fact].json;
    return (gold.p != NULL) == (read.p != NULL) && mp_str_eq(gold, read);
}

static double share(uint64_t part, uint64_t whole)
{
    return whole ? (double)part / (double)whole : 1.0;
}

double mp_score_precision(struct mp_score_count c)
{
    return share(c.tp, c.tp + c.fp);
}

double mp_score_recall(struct mp_score_count c)
{
    return share(c.tp, c.tp + c.fn);
}

double mp_score_f1(struct mp_score_count c)
{
    double p = mp_score_precision(c), r = mp_score_recall(c);
    return p + r > 0 ? 2 * p * r / (p + r) : 0.0;
}

static void count(struct mp_score_count *c, bool gold, bool read)
{
    c->tp += gold && read;
    c->fp += !gold && read;
    c->fn += gold && !read;
}

static bool is_positive(const struct mp_score_signal *s)
{
    return s && s->status <= MP_SCORE_PAST;
}

static struct mp_score_count *code_count(struct mp_score *s, struct mp_str code)
{
    size_t n = s->codes.n;
    size_t at = mp_map_put(&s->codes, code);
    if (at == MP_MAP_NONE)
        return NULL;
    if (at == n) {
        struct mp_score_count none = {0};
        mp_buf_add(&s->by_code, &none, sizeof none);
    }
    return s->by_code.failed ? NULL : (struct mp_score_count *)(void *)s->by_code.data + at;
}

static bool add_pair(struct mp_score *s, const struct mp_score_pair *pair)
{
    const struct mp_score_signal *g = pair->gold, *r = pair->read;
    struct mp_score_count *code = code_count(s, pair->code);
    if (!code)
        return false;
    count(&s->code, g, r);
    count(&s->positive, is_positive(g), is_positive(r));
    if (g && r && g->status == r->status) {
        s->exact.tp++;
        code->tp++;
        s->status[g->status].tp++;
        return true;
    }
    if (g) {
        s->exact.fn++;
        code->fn++;
        s->status[g->status].fn++;
    }
    if (r) {
        s->exact.fp++;
        code->fp++;
        s->status[r->status].fp++;
    }
    return true;
}

bool mp_score_add(struct mp_score *s, const struct mp_score_doc *doc,
                  const struct mp_score_choice *c)
{
    struct mp_score_pair pair = {0};
    s->docs++;
    s->unread += !doc->was_read;
    while (mp_score_next(doc, c, &pair))
        if (!add_pair(s, &pair))
            return false;
    for (enum mp_score_fact f = 0; f < MP_N_SCORE_FACTS; f++)
        s->facts[f] += mp_score_fact_right(doc, f);
    return true;
}

struct mp_score_count mp_score_of_code(const struct mp_score *s, size_t i)
{
    struct mp_score_count c;
    memcpy(&c, s->by_code.data + i * sizeof c, sizeof c);
    return c;
}

static int by_code(const void *a, const void *b, void *ctx)
{
    const struct mp_score *s = ctx;
    return mp_str_cmp(s->codes.entries[*(const size_t *)a].key,
                      s->codes.entries[*(const size_t *)b].key);
}

size_t *mp_score_order(const struct mp_score *s)
{
    size_t *order = malloc((s->codes.n + 1) * sizeof *order);
    for (size_t i = 0; order && i < s->codes.n; i++)
        order[i] = i;
    if (order)
        qsort_r(order, s->codes.n, sizeof *order, by_code, (void *)s);
    return order;
}

void mp_score_free(struct mp_score *s)
{
    mp_map_free(&s->codes);
    mp_buf_free(&s->by_code);
    *s = (struct mp_score){0};
}
