/* What a protocol says of one record. */
#include "rules/verdict.h"
#include "io/json.h"

/* The paths that a fired rule looked at, with what stands there. */
static void add_fields(struct mp_buf *b, const struct mp_trace *trace, yyjson_val *root)
{
    mp_buf_adds(b, ",\"fields\":{");
    for (size_t i = 0; i < trace->n_fields; i++) {
        struct mp_path path;
        if (!mp_path_of(&path, trace->fields[i]))
            continue;
        if (i > 0)
            mp_buf_addc(b, ',');
        mp_json_add_str(b, trace->fields[i]);
        mp_buf_addc(b, ':');
        mp_rec_add_value(b, mp_rec_get(root, &path));
    }
    mp_buf_addc(b, '}');
}

/* Two lists of one length: which signals made the rule fire, and their words. */
static void add_signals(struct mp_buf *b, const struct mp_trace *trace)
{
    mp_buf_adds(b, ",\"signals\":[");
    for (size_t i = 0; i < trace->n_signals; i++) {
        yyjson_val *s = trace->signals[i];
        mp_buf_adds(b, i > 0 ? ",{" : "{");
        mp_json_add_field(b, "code", mp_rec_text(yyjson_obj_get(s, "code")));
        mp_json_add_field(b, "status", mp_rec_text(yyjson_obj_get(s, "status")));
        mp_buf_addc(b, '}');
    }
    mp_buf_adds(b, "],\"quotes\":[");
    for (size_t i = 0; i < trace->n_signals; i++) {
        struct mp_str quote = mp_rec_text(yyjson_obj_get(trace->signals[i], "quote"));
        if (i > 0)
            mp_buf_addc(b, ',');
        if (quote.p)
            mp_json_add_str(b, quote);
        else
            mp_buf_adds(b, "null");
    }
    mp_buf_addc(b, ']');
}

static void add_reason(struct mp_verdict *v, const struct mp_rule *rule,
                       const struct mp_trace *trace, yyjson_val *root)
{
    struct mp_buf *b = &v->reasons;
    if (b->len > 0)
        mp_buf_addc(b, ',');
    mp_buf_addstr(b, rule->json);
    add_fields(b, trace, root);
    add_signals(b, trace);
    mp_buf_addc(b, '}');
}

/* Undecided where one of the two opinions is not known. */
static enum mp_truth mismatch_of(const struct mp_verdict *v, const struct mp_protocol *p)
{
    struct mp_str registered = mp_rec_text(p->lookup.values[p->registered]);
    size_t rank = 0;
    while (rank < p->n_categories && !mp_str_eq(p->categories[rank], registered))
        rank++;
    if (rank == 0) /* as pressing as can be, whatever the protocol says */
        return MP_FALSE;
    if (rank == p->n_categories || v->category == p->n_categories)
        return MP_UNDECIDED;
    return rank > v->category ? MP_TRUE : MP_FALSE;
}

/* A rule that finds nothing of what it asks for has the same truth each time. */
static enum mp_truth eval(const struct mp_rule *rule, const struct mp_protocol *p, uint64_t known,
                          struct mp_trace *trace)
{
    if (!(rule->places & known) && rule->blank != MP_TRUE) {
        trace->missing_places = rule->blank_missing;
        return rule->blank;
    }
    trace->n_missing = trace->n_fields = trace->n_signals = 0;
    trace->missing_places = 0;
    return mp_condition_eval_in(rule->when, &p->lookup, trace);
}

void mp_verdict_of(struct mp_verdict *v, struct mp_protocol *p, yyjson_val *root)
{
    size_t fired = p->n_categories - 1, open = p->n_categories; /* the most pressing of each */
    v->score = 0;
    v->missing = 0;
    v->reasons.len = 0;
    uint64_t known = mp_lookup_read(&p->lookup, root);
    struct mp_trace trace;
    trace.failed = false;
    for (size_t i = 0; i < p->n_rules; i++) {
        const struct mp_rule *rule = &p->rules[i];
        enum mp_truth truth = eval(rule, p, known, &trace);
        if (truth == MP_UNDECIDED && rule->category < p->n_categories) {
            v->missing |= trace.missing_places;
            open = rule->category < open ? rule->category : open;
        } else if (truth == MP_TRUE) {
            add_reason(v, rule, &trace, root);
            v->score += rule->points;
            fired = rule->category < fired ? rule->category : fired;
        }
    }
    v->reasons.failed |= trace.failed; /* as everything that is told of this record */
    v->score = v->score > MP_SCORE_MAX ? MP_SCORE_MAX : v->score;
    v->category = open < fired ? p->n_categories : fired;
    v->mismatch = mismatch_of(v, p);
}

void mp_as_of_set(struct mp_as_of *as_of, struct mp_time moment)
{
    as_of->end = moment;
    if (moment.known && moment.minute < 0)
        as_of->end = (struct mp_time){.day = moment.day + 1, .known = true};
    mp_buf_adds(&as_of->json, ",\"as_of\":\"");
    mp_time_add(&as_of->json, moment);
    mp_buf_adds(&as_of->json, "\",\"open_hours\":");
}

static struct mp_time time_at(const struct mp_protocol *p, size_t place)
{
    struct mp_time t = {0};
    struct mp_str s = mp_rec_text(p->lookup.values[place]);
    if (s.p)
        mp_time_read(s, &t);
    return t;
}

static void add_open_hours(struct mp_buf *b, const struct mp_protocol *p,
                           const struct mp_as_of *as_of)
{
    struct mp_time left = time_at(p, p->missing_since), back = time_at(p, p->returned_at);
    bool closed = mp_str_is(mp_rec_text(p->lookup.values[p->kind]), "returned") && !back.known;
    mp_buf_addstr(b, mp_buf_str(&as_of->json));
    if (!left.known || closed || mp_time_cmp(left, as_of->end) >= 0 ||
        (back.known && mp_time_cmp(back, as_of->end) < 0))
        mp_buf_adds(b, "null");
    else
        mp_buf_addu(b, (uint64_t)(mp_time_elapsed(left, as_of->end) / 60));
}

static const char *name_of(enum mp_truth t)
{
    return t == MP_UNDECIDED ? "null" : t == MP_TRUE ? "true" : "false";
}

/* A text that was looked up, or null. */
static void add_looked_up(struct mp_buf *b, const struct mp_protocol *p, size_t place)
{
    struct mp_str text = mp_rec_text(p->lookup.values[place]);
    if (text.p)
        mp_json_add_str(b, text);
    else
        mp_buf_adds(b, "null");
}

void mp_verdict_add(struct mp_buf *b, const struct mp_verdict *v, const struct mp_protocol *p,
                    const struct mp_as_of *as_of)
{
    mp_buf_addstr(b, p->json);
    if (v->category < p->n_categories)
        mp_json_add_str(b, p->categories[v->category]);
    else
        mp_buf_adds(b, "null");
    mp_buf_adds(b, ",\"traffic_light\":");
    add_looked_up(b, p, p->traffic_light);
    mp_buf_adds(b, ",\"score\":");
    mp_buf_addu(b, (uint64_t)v->score);
    mp_buf_adds(b, ",\"reasons\":[");
    mp_buf_addstr(b, mp_buf_str(&v->reasons));
    mp_buf_adds(b, "],\"registered\":");
    add_looked_up(b, p, p->registered);
    mp_buf_adds(b, ",\"mismatch\":");
    mp_buf_adds(b, name_of(v->mismatch));
    mp_buf_adds(b, ",\"missing_items\":[");
    for (uint64_t left = v->missing; left; left &= left - 1) {
        if (left != v->missing)
            mp_buf_addc(b, ',');
        mp_buf_addstr(b, p->names[__builtin_ctzll(left)]);
    }
    mp_buf_addc(b, ']');
    if (as_of->end.known)
        add_open_hours(b, p, as_of);
    mp_buf_addc(b, '}');
    b->failed |= v->reasons.failed || as_of->json.failed;
}
