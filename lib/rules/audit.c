/* The audit: what is registered as less pressing than the protocol says. */
#include "rules/audit.h"
#include "io/json.h"

bool mp_audit_has(const struct mp_triage *t)
{
    return t->verdicts[0].mismatch == MP_TRUE || t->n_flags > 0;
}

static void add_text(struct mp_buf *b, const char *key, yyjson_val *root, const char *path)
{
    mp_json_add_field(b, key, mp_rec_str(root, path));
}

void mp_audit_add(struct mp_buf *b, const struct mp_triage *t)
{
    const struct mp_verdict *v = &t->verdicts[0];
    yyjson_val *root = t->k.root;
    mp_buf_addc(b, '{');
    add_text(b, "id", root, "id");
    add_text(b, "document", root, "document");
    add_text(b, "episode_id", root, "link.episode_id");
    add_text(b, "unit", root, "source.unit");
    add_text(b, "institution", root, "place.institution");
    add_text(b, "setting", root, "place.setting");
    add_text(b, "reported_at", root, "reported_at");
    mp_json_add_field(b, "protocol", t->protocols[0].label);
    mp_json_add_field(b, "registered", mp_case_text(&t->k, t->registered));
    mp_json_add_field(b, "category", mp_verdict_category(v, &t->protocols[0]));
    mp_buf_adds(b, ",\"mismatch\":");
    mp_buf_adds(b, mp_truth_name(v->mismatch));
    mp_buf_adds(b, ",\"criteria\":[");
    mp_buf_addstr(b, mp_buf_str(&v->criteria));
    mp_buf_addc(b, ']');
    mp_buf_addstr(b, mp_buf_str(&t->flags));
    mp_buf_adds(b, "}\n");
    b->failed |= v->criteria.failed || t->flags.failed;
}
