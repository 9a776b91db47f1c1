/* What the writer and the reader of states share. */
#include "count/state.h"
#include "count/row.h"
#include "io/json.h"
#include <inttypes.h>
#include <stdio.h>

/* ---- the rules ---- */

static void add_text(struct mp_buf *b, struct mp_str s)
{
    mp_buf_addf(b, "%zu:", s.n);
    mp_buf_addstr(b, s);
}

/* What was read, whatever the layout and the comments. Files of rules are not nested deeply. */
static void add_yaml(struct mp_buf *b, const struct mp_yaml *y)
{
    static const char kinds[] = {[MP_YAML_TEXT] = 't', [MP_YAML_LIST] = 'l', [MP_YAML_MAP] = 'm'};
    if (!y) {
        mp_buf_addc(b, '-');
        return;
    }
    mp_buf_addc(b, y->kind == MP_YAML_TEXT && (y->quoted || !y->text.p) ? "nq"[y->quoted]
                                                                        : kinds[y->kind]);
    if (y->kind == MP_YAML_TEXT) {
        add_text(b, y->text);
        return;
    }
    mp_buf_addf(b, "%zu:", y->n);
    for (size_t i = 0; i < y->n; i++) {
        if (y->kind == MP_YAML_MAP)
            add_yaml(b, y->keys[i]);
        add_yaml(b, y->items[i]);
    }
}

static void add_table(struct mp_buf *b, const struct mp_crosstab *t)
{
    add_text(b, t->name);
    add_yaml(b, t->at);
    for (size_t i = 0; i < t->n_by; i++) {
        add_text(b, t->by[i]->name);
        add_yaml(b, t->by[i]->yaml);
    }
    for (size_t i = 0; i < t->n_units; i++)
        mp_buf_addf(b, " u%d", (int)t->units[i]);
    for (size_t i = 0; i < t->n_measures; i++)
        mp_buf_addf(b, " %s", mp_measure_kinds[t->measures[i]].name);
}

int mp_state_frame_rules(struct mp_state_frame *f, const struct mp_crosstabs *set,
                         const struct mp_yaml *returned, struct mp_error *e)
{
    struct mp_buf b = {0};
    unsigned char d[MP_SHA256_SIZE];
    mp_buf_adds(&b, MP_STATE_SCHEMA);
    add_yaml(&b, returned);
    for (size_t i = 0; i < set->n; i++)
        add_table(&b, &set->items[i]);
    mp_sha256(mp_buf_str(&b), d);
    for (size_t i = 0; i < sizeof d; i++)
        snprintf(f->rules + 2 * i, 3, "%02x", d[i]);
    bool bad = b.failed;
    mp_buf_free(&b);
    return bad ? mp_error_memory(e) : 0;
}

/* ---- lines ---- */

static void add_moment(struct mp_buf *b, const char *key, struct mp_time t)
{
    mp_json_add_key(b, key);
    if (!t.known) {
        mp_buf_adds(b, "null");
        return;
    }
    mp_buf_addc(b, '"');
    mp_time_add(b, t);
    mp_buf_addc(b, '"');
}

static void add_number(struct mp_buf *b, const char *key, uint64_t n)
{
    mp_json_add_key(b, key);
    mp_buf_addu(b, n);
}

void mp_state_add_head(struct mp_buf *b, const struct mp_state_frame *f,
                       const struct mp_state_head *h, const struct mp_case *k)
{
    bool days = h->first_day <= h->last_day;
    struct mp_time first = {h->first_day, -1, true}, last = {h->last_day, -1, true};
    mp_json_add_key(b, "internal");
    mp_buf_adds(b, "true");
    mp_json_add_field(b, "set", f->set);
    mp_json_add_field(b, "version", f->version);
    mp_json_add_field(b, "rules", mp_str_of(f->rules));
    add_moment(b, "as_of", f->as_of);
    mp_json_add_field(b, "unit", mp_str_of(f->unit));
    mp_json_add_field(b, "persons", f->key->secret ? MP_STR("hmac") : MP_STR("hash"));
    mp_json_add_field(b, "key", mp_str_of(f->key->secret ? f->key->check : NULL));
    add_number(b, "records", h->records);
    mp_json_add_key(b, "lacking");
    mp_buf_addf(b, "{\"episodes\":%" PRIu64 ",\"persons\":%" PRIu64 "}", h->lacking[MP_EPISODES],
                h->lacking[MP_PERSONS]);
    mp_json_add_key(b, "told");
    mp_case_add_paths(b, k, h->told);
    add_number(b, "endless", h->endless);
    add_moment(b, "first_day", days ? first : (struct mp_time){0});
    add_moment(b, "last_day", days ? last : (struct mp_time){0});
    add_number(b, "lines", h->lines);
}

void mp_state_add_cell(struct mp_buf *b, const struct mp_crosstabs *set, size_t table, uint64_t key)
{
    mp_json_add_field(b, "table", set->items[table].name);
    add_number(b, "number", table + 1);
    mp_json_add_key(b, "by");
    mp_row_add_by(b, &set->items[table], key);
}
