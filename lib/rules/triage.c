/* All that is decided about one record. */
#include "rules/triage.h"
#include "io/json.h"

void mp_triage_make(struct mp_triage *t, const char *lang, struct mp_time as_of)
{
    *t = (struct mp_triage){0};
    mp_case_make(&t->k, as_of);
    t->rules = (struct mp_rules){.arena = &t->arena, .k = &t->k, .lang = lang};
    t->registered = mp_case_place(&t->k, "police_category");
    t->traffic_light = mp_case_place(&t->k, "traffic_light");
    t->client = mp_case_place(&t->k, "person.client_id");
    t->institution = mp_case_place(&t->k, "place.institution");
    if (!as_of.known)
        return;
    mp_buf_adds(&t->as_of, ",\"as_of\":\"");
    mp_time_add(&t->as_of, as_of);
    mp_buf_adds(&t->as_of, "\",\"open_hours\":");
}

int mp_triage_codes(struct mp_triage *t, const char *path, struct mp_error *e)
{
    return mp_rules_codes(&t->rules, path, e);
}

int mp_triage_protocol(struct mp_triage *t, const char *path, struct mp_error *e)
{
    if (t->n == MP_TRIAGE_PROTOCOLS)
        return mp_error_set(e, MP_USAGE, "--protocol: at most %d at once", MP_TRIAGE_PROTOCOLS);
    t->rules.early = true;
    return mp_protocol_load(&t->protocols[t->n++], &t->rules, path, e);
}

int mp_triage_case(struct mp_triage *t, const char *path, struct mp_error *e)
{
    struct mp_yaml *root;
    struct mp_str label;
    t->rules.early = true;
    if (mp_rules_load(&t->rules, path, "case", "returned risk institution_words", &root, &label,
                      e) < 0 ||
        mp_rules_when(&t->rules, root, "returned", true, &t->returned, e) < 0)
        return -1;
    return mp_risk_read(&t->risk, &t->rules, root, e);
}

int mp_triage_completeness(struct mp_triage *t, const char *path, struct mp_error *e)
{
    t->rules.early = true;
    return mp_completeness_load(&t->completeness, &t->rules, path, e);
}

int mp_triage_actions(struct mp_triage *t, const char *path, struct mp_error *e)
{
    t->rules.early = false;
    return mp_actions_load(&t->actions, &t->rules, path, e);
}

void mp_triage_read(struct mp_triage *t, yyjson_val *root)
{
    struct mp_case *k = &t->k;
    mp_case_read(k, root);
    if (k->is_open == MP_TRUE && !k->returned.known && mp_when_holds(&t->returned, k))
        mp_case_returned(k);
    struct mp_str registered = mp_case_text(k, t->registered);
    mp_risk_give(&t->risk, k, mp_case_text(k, t->client), mp_case_text(k, t->institution));
    if (t->completeness)
        mp_completeness_read(t->completeness, k);
    for (size_t i = 0; i < t->n; i++)
        mp_verdict_of(&t->verdicts[i], &t->protocols[i], k, registered);
    struct mp_str category = mp_verdict_category(&t->verdicts[0], &t->protocols[0]);
    if (category.p)
        mp_case_give_text(k, MP_GIVEN_CATEGORY, category);
    if (t->verdicts[0].mismatch != MP_UNDECIDED)
        mp_case_give_text(k, MP_GIVEN_MISMATCH, mp_str_of(mp_truth_name(t->verdicts[0].mismatch)));
    t->flags.len = t->work.len = 0;
    t->n_flags = t->completeness ? mp_completeness_add_flags(&t->flags, t->completeness, k) : 0;
    t->n_actions = mp_actions_add(&t->work, &t->actions, k, &t->due);
}

bool mp_triage_failed(const struct mp_triage *t)
{
    bool failed = t->k.failed || t->risk.folded.failed || t->flags.failed || t->work.failed;
    for (size_t i = 0; i < t->n; i++)
        failed |= t->verdicts[i].reasons.failed || t->verdicts[i].criteria.failed;
    return failed;
}

/* Protocol, category and, of the record's own protocol, what the institution said beside it. */
static void begin(struct mp_buf *b, const struct mp_triage *t, size_t i)
{
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "protocol", t->protocols[i].label);
    mp_json_add_field(b, "category", mp_verdict_category(&t->verdicts[i], &t->protocols[i]));
}

static void add_opinion(struct mp_buf *b, const struct mp_triage *t, size_t i)
{
    const struct mp_verdict *v = &t->verdicts[i];
    mp_json_add_key(b, "score");
    mp_buf_addu(b, (uint64_t)v->score);
    mp_buf_adds(b, ",\"reasons\":[");
    mp_buf_addstr(b, mp_buf_str(&v->reasons));
    mp_buf_addc(b, ']');
    if (i == 0)
        mp_json_add_field(b, "registered", mp_case_text(&t->k, t->registered));
    mp_json_add_key(b, "mismatch");
    mp_buf_adds(b, mp_truth_name(v->mismatch));
    mp_json_add_key(b, "undecided");
    mp_case_add_paths(b, &t->k, v->undecided);
    b->failed |= v->reasons.failed;
}

static void add_given(struct mp_buf *b, const struct mp_case *k, enum mp_given what)
{
    yyjson_val *v = k->lookup.values[k->at[what]];
    if (v)
        mp_rec_add_value(b, v);
    else
        mp_buf_adds(b, "null");
}

static void add_risk(struct mp_buf *b, const struct mp_triage *t)
{
    mp_buf_adds(b, ",\"risk\":{\"level\":");
    add_given(b, &t->k, MP_GIVEN_RISK_LEVEL);
    mp_buf_adds(b, ",\"months\":");
    add_given(b, &t->k, MP_GIVEN_RISK_MONTHS);
    mp_buf_addc(b, '}');
}

void mp_triage_add(struct mp_buf *b, struct mp_triage *t)
{
    begin(b, t, 0);
    mp_json_add_field(b, "traffic_light", mp_case_text(&t->k, t->traffic_light));
    add_opinion(b, t, 0);
    for (size_t i = 1; i < t->n; i++) {
        mp_buf_adds(b, i == 1 ? ",\"beside\":[" : ",");
        begin(b, t, i);
        add_opinion(b, t, i);
        mp_buf_adds(b, i + 1 == t->n ? "}]" : "}");
    }
    if (t->k.lookup.values[t->k.at[MP_GIVEN_RISK_LEVEL]])
        add_risk(b, t);
    if (t->completeness)
        mp_completeness_add(b, t->completeness);
    mp_buf_addstr(b, mp_buf_str(&t->flags));
    mp_buf_addstr(b, mp_buf_str(&t->work));
    if (t->k.now.known) {
        mp_buf_addstr(b, mp_buf_str(&t->as_of));
        add_given(b, &t->k, MP_GIVEN_OPEN_HOURS);
    }
    mp_buf_addc(b, '}');
    b->failed |= t->as_of.failed || t->flags.failed || t->work.failed || t->risk.folded.failed;
}

void mp_triage_free(struct mp_triage *t)
{
    for (size_t i = 0; i < t->n; i++)
        mp_verdict_free(&t->verdicts[i]);
    mp_risk_free(&t->risk);
    mp_buf_free(&t->flags);
    mp_buf_free(&t->work);
    mp_buf_free(&t->as_of);
    mp_arena_free(&t->arena);
}
