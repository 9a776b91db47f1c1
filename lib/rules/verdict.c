/* What a protocol says of one record. */
#include "rules/verdict.h"
#include "io/json.h"
#include "rules/trace.h"

/* Whether the rule holds only by what is suspected: without it, it would not. */
static bool is_suspected(const struct mp_rule *rule, const struct mp_case *k)
{
    return mp_condition_eval_without(rule->when.condition, &k->lookup, k->suspected) != MP_TRUE;
}

static void begin(struct mp_buf *b, const struct mp_rule *rule, bool suspected)
{
    if (b->len > 0)
        mp_buf_addc(b, ',');
    mp_buf_addstr(b, rule->json);
    mp_buf_adds(b, suspected ? ",\"suspected\":true" : "");
}

static void add_reason(struct mp_verdict *v, const struct mp_rule *rule, bool has_category,
                       const struct mp_trace *trace, const struct mp_case *k)
{
    bool suspected = trace->n_signals > 0 && is_suspected(rule, k);
    begin(&v->reasons, rule, suspected);
    mp_trace_add_fields(&v->reasons, trace);
    mp_trace_add_signals(&v->reasons, trace);
    mp_buf_addc(&v->reasons, '}');
    if (!has_category)
        return;
    begin(&v->criteria, rule, suspected);
    mp_trace_add_paths(&v->criteria, trace);
    mp_trace_add_signals(&v->criteria, trace);
    mp_buf_addc(&v->criteria, '}');
}

/* Undecided where one of the two opinions is not known and could matter. */
static enum mp_truth mismatch_of(const struct mp_verdict *v, const struct mp_protocol *p,
                                 struct mp_str registered)
{
    size_t rank = 0;
    while (rank < p->n_categories && !mp_str_eq(p->categories[rank], registered))
        rank++;
    if (rank == 0) /* as pressing as can be, whatever the protocol says */
        return MP_FALSE;
    if (rank == p->n_categories || v->category == p->n_categories)
        return MP_UNDECIDED;
    return rank > v->category ? MP_TRUE : MP_FALSE;
}

/* What is missing to rules that could still make it more pressing than `fired`. */
static uint64_t missing_above(const struct mp_protocol *p, const struct mp_case *k, size_t fired,
                              struct mp_trace *trace)
{
    uint64_t places = 0;
    for (size_t i = 0; i < p->n_rules; i++)
        if (p->rules[i].category < fired &&
            mp_when_eval(&p->rules[i].when, k, trace) == MP_UNDECIDED)
            places |= trace->missing_places;
    return places;
}

void mp_verdict_of(struct mp_verdict *v, const struct mp_protocol *p, const struct mp_case *k,
                   struct mp_str registered)
{
    size_t fired = p->n_categories - 1, open = p->n_categories; /* the most pressing of each */
    v->score = 0;
    v->reasons.len = v->criteria.len = 0;
    struct mp_trace trace;
    trace.failed = false;
    for (size_t i = 0; i < p->n_rules; i++) {
        const struct mp_rule *rule = &p->rules[i];
        bool has_category = rule->category < p->n_categories;
        enum mp_truth truth = mp_when_eval(&rule->when, k, &trace);
        if (truth == MP_UNDECIDED && has_category) {
            open = rule->category < open ? rule->category : open;
        } else if (truth == MP_TRUE) {
            add_reason(v, rule, has_category, &trace, k);
            v->score += rule->points;
            fired = rule->category < fired ? rule->category : fired;
        }
    }
    v->score = v->score > MP_SCORE_MAX ? MP_SCORE_MAX : v->score;
    v->category = open < fired ? p->n_categories : fired;
    v->undecided = open < fired ? missing_above(p, k, fired, &trace) : 0;
    v->mismatch = mismatch_of(v, p, registered);
}

struct mp_str mp_verdict_category(const struct mp_verdict *v, const struct mp_protocol *p)
{
    return v->category < p->n_categories ? p->categories[v->category] : (struct mp_str){0};
}

void mp_verdict_free(struct mp_verdict *v)
{
    mp_buf_free(&v->reasons);
    mp_buf_free(&v->criteria);
}
