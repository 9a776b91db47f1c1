/*
 * What is so in a country: a record of schema mp/1 for every absence, as reading and linking ought
 * to make it, so that whatever counts the one can count the other. It has no text; `truth` says
 * what no report does.
 */
#include "io/json.h"
#include "synth/country.h"
#include <stdlib.h>

enum { DAY = MP_MINUTES_A_DAY };

enum grain { UNKNOWN, DAY_ONLY, MINUTE };

static void add_moment(struct mp_buf *b, const char *key, int64_t at, enum grain grain)
{
    const int32_t day = (int32_t)(at / DAY);
    const int16_t minute = (int16_t)(grain == MINUTE ? at % DAY : -1);
    mp_json_add_key(b, key);
    if (grain == UNKNOWN) {
        mp_buf_adds(b, "null");
        return;
    }
    mp_buf_addc(b, '"');
    mp_time_add(b, (struct mp_time){day, minute, true});
    mp_buf_addc(b, '"');
}

static void add_person(const struct mp_synth_away *a, const struct mp_synth_resident *who,
                       const struct mp_synth_name *name, struct mp_buf *b)
{
    mp_json_add_key(b, "person");
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "given_name", mp_buf_str(&name->given));
    mp_json_add_field(b, "name_prefix",
                      name->prefix.len ? mp_buf_str(&name->prefix) : (struct mp_str){0});
    mp_json_add_field(b, "family_name", mp_buf_str(&name->family));
    mp_json_add_key(b, "birth_date");
    mp_buf_addc(b, '"');
    mp_time_add(b, (struct mp_time){who->birth, -1, true});
    mp_buf_addc(b, '"');
    mp_json_add_field(b, "sex", mp_str_of(who->girl ? "f" : "m"));
    mp_buf_addf(b, ",\"age\":%d}", mp_date_age(who->birth, (int32_t)(a->departure / DAY)));
}

static void add_place(const struct mp_synth_institution *place, struct mp_buf *b)
{
    mp_json_add_key(b, "place");
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "institution", place->name);
    mp_json_add_field(b, "setting", place->setting);
    mp_json_add_field(b, "municipality", place->municipality);
    mp_buf_addc(b, '}');
}

static bool same(const struct mp_synth_signal *a, const struct mp_synth_signal *b)
{
    return mp_str_eq(a->code, b->code) && mp_str_eq(a->status, b->status);
}

/* Each code and status once. */
static void add_signals(const struct mp_synth_signal *list, size_t n, struct mp_buf *b)
{
    size_t written = 0;
    mp_json_add_key(b, "signals");
    mp_buf_addc(b, '[');
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < i && !same(&list[k], &list[i]))
            k++;
        if (k < i)
            continue;
        mp_buf_adds(b, written++ ? ",{" : "{");
        mp_json_add_field(b, "code", list[i].code);
        mp_json_add_field(b, "status", list[i].status);
        mp_buf_addc(b, '}');
    }
    mp_buf_addc(b, ']');
}

/* Which export it stands in. */
static size_t export_of(const struct mp_synth_country *c, const struct mp_synth_paper *p)
{
    const struct mp_synth_scenario *s = c->s;
    const struct mp_synth_away *a = &MP_ITEMS(struct mp_synth_away, c->aways)[p->away];
    size_t i = 0;
    while (s->exports[i].source != p->source ||
           (p->source == MP_SYNTH_POLICE &&
            s->exports[i].unit != a->registrations[p->registration].unit))
        i++;
    return i;
}

static const struct mp_synth_layout *layout_of(const struct mp_synth_country *c,
                                               const struct mp_synth_paper *p)
{
    return &c->s->layouts[c->s->exports[export_of(c, p)].layout];
}

static void add_source(const struct mp_synth_country *c, const struct mp_synth_paper *p,
                       struct mp_buf *b)
{
    const struct mp_synth_scenario *s = c->s;
    size_t i = export_of(c, p);
    mp_json_add_key(b, "source");
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "file", s->exports[i].file);
    if (p->source == MP_SYNTH_POLICE)
        mp_json_add_field(b, "unit", s->model.units.texts[s->exports[i].unit]);
    mp_buf_addc(b, '}');
}

static void add_reports(const struct mp_synth_country *c, const struct mp_synth_away *a,
                        struct mp_buf *b)
{
    static const char *const roles[] = {[MP_SYNTH_FIRST] = "first",
                                        [MP_SYNTH_DUPLICATE] = "duplicate",
                                        [MP_SYNTH_AS_UPDATE] = "update",
                                        [MP_SYNTH_AS_RETURN] = "return",
                                        [MP_SYNTH_AS_TRANSFER] = "transfer"};
    size_t written = 0;
    mp_buf_addf(b,
                ",\"link\":{\"person_id\":\"P%zu\",\"episode_id\":\"P%zu-E%u\",\"episode_no\":%u,"
                "\"reports\":[",
                a->who + 1, a->who + 1, a->number, a->number);
    for (size_t i = a->first; i < a->first + a->n; i++) {
        const struct mp_synth_paper *p = &MP_ITEMS(struct mp_synth_paper, c->papers)[i];
        struct mp_buf id = {0};
        if (p->appended)
            continue;
        mp_synth_paper_number(c, i, &id);
        mp_buf_adds(b, written++ ? ",{" : "{");
        mp_json_add_field(b, "id", mp_buf_str(&id));
        if (p->source == MP_SYNTH_POLICE)
            mp_buf_addf(b, ",\"document\":\"%u\"", p->document);
        mp_json_add_field(b, "role", mp_str_of(roles[p->role]));
        add_source(c, p, b);
        mp_buf_addc(b, '}');
        b->failed |= id.failed;
        mp_buf_free(&id);
    }
    mp_buf_adds(b, "]}");
}

static void add_facts(const struct mp_synth_country *c, const struct mp_synth_away *a,
                      struct mp_buf *b)
{
    mp_json_add_key(b, "truth");
    mp_buf_addc(b, '{');
    add_moment(b, "left_at", a->departure, MINUTE);
    add_moment(b, "back_at", a->back, a->back != MP_SYNTH_NO_RETURN ? MINUTE : UNKNOWN);
    for (size_t i = 0; i < c->s->facts.n; i++)
        if (a->values[i])
            mp_json_add_field(b, c->s->facts.list[i].name.p,
                              c->s->facts.list[i].values[a->values[i]]);
    mp_json_add_key(b, "said");
    mp_buf_addc(b, '[');
    for (size_t i = 0; i < a->n_said; i++) {
        if (i)
            mp_buf_addc(b, ',');
        mp_json_add_str(b, MP_ITEMS(struct mp_str, c->said)[a->said + i]);
    }
    mp_buf_adds(b, "]}}\n");
}

/* As far as one of the registrations has it. */
static struct mp_str category(const struct mp_synth_country *c, const struct mp_synth_away *a)
{
    const struct mp_synth_fact *f = &c->s->facts.list[MP_FACT_CATEGORY];
    bool gap[MP_SYNTH_N_GAPS];
    for (size_t i = a->first; i < a->first + a->n; i++) {
        const struct mp_synth_paper *p = &MP_ITEMS(struct mp_synth_paper, c->papers)[i];
        mp_synth_paper_gaps(c, i, gap);
        if (p->source == MP_SYNTH_POLICE && !p->appended && !gap[MP_SYNTH_NO_POLICE_CATEGORY])
            return f->values[a->values[MP_FACT_CATEGORY]];
    }
    return (struct mp_str){0};
}

static bool shows(const struct mp_synth_layout *l, enum mp_synth_cell cell)
{
    for (size_t i = 0; i < l->n_columns; i++)
        for (size_t k = 0; k < l->columns[i].n; k++)
            for (size_t j = 0; j < l->columns[i].ways[k].n; j++) {
                const struct mp_synth_piece *piece = &l->columns[i].ways[k].pieces[j];
                if (piece->kind == MP_SYNTH_VALUE && piece->value == cell)
                    return true;
            }
    return false;
}

/* As far as one of the exports has it. */
static struct mp_str light(const struct mp_synth_country *c, const struct mp_synth_away *a)
{
    const struct mp_synth_fact *f = &c->s->facts.list[MP_FACT_LIGHT];
    bool gap[MP_SYNTH_N_GAPS];
    for (size_t i = a->first; i < a->first + a->n && a->values[MP_FACT_LIGHT]; i++) {
        const struct mp_synth_paper *p = &MP_ITEMS(struct mp_synth_paper, c->papers)[i];
        mp_synth_paper_gaps(c, i, gap);
        if (!p->appended && !gap[MP_SYNTH_NO_TRAFFIC_LIGHT] &&
            shows(layout_of(c, p), MP_CELL_LIGHT))
            return f->values[a->values[MP_FACT_LIGHT]];
    }
    return (struct mp_str){0};
}

/* Whether any report has the minute of the departure, and not only when it was noticed. */
static bool tells_minute(const struct mp_synth_country *c, const struct mp_synth_away *a)
{
    bool gap[MP_SYNTH_N_GAPS], told = a->says_since || !a->says_noticed;
    for (size_t i = a->first; i < a->first + a->n && !told; i++) {
        const struct mp_synth_paper *p = &MP_ITEMS(struct mp_synth_paper, c->papers)[i];
        mp_synth_paper_gaps(c, i, gap);
        told = !p->appended && !gap[MP_SYNTH_NO_MISSING_SINCE] &&
               shows(layout_of(c, p), MP_CELL_SINCE_TIME);
    }
    return told;
}

static void add_line(const struct mp_synth_country *c, const struct mp_synth_away *a,
                     struct mp_synth_name *name, size_t line, struct mp_buf *b)
{
    size_t start = b->len;
    const struct mp_synth_resident *who = &MP_ITEMS(struct mp_synth_resident, c->residents)[a->who];
    const struct mp_synth_paper *first = &MP_ITEMS(struct mp_synth_paper, c->papers)[a->first];
    struct mp_buf id = {0};
    mp_synth_name(&c->run, who->household, who->child, name);
    mp_synth_paper_number(c, a->first, &id);
    mp_buf_adds(b, "{\"schema\":\"mp/1\"");
    mp_json_add_field(b, "id", mp_buf_str(&id));
    mp_json_add_field(b, "kind", MP_STR("missing"));
    mp_buf_addf(b, ",\"source\":{\"file\":\"mp-synth\",\"record\":%zu,\"line\":%zu,\"offset\":%zu",
                line, line, start);
    mp_json_add_field(b, "profile", layout_of(c, first)->name);
    mp_buf_addc(b, '}');
    add_moment(b, "reported_at", first->at, MINUTE);
    add_person(a, who, name, b);
    add_place(&c->s->model.institution[a->institution], b);
    add_moment(b, "missing_since", a->departure, tells_minute(c, a) ? MINUTE : DAY_ONLY);
    add_moment(b, "returned_at", a->back,
               a->back != MP_SYNTH_NO_RETURN && !a->untold ? MINUTE : UNKNOWN);
    mp_json_add_field(b, "police_category", category(c, a));
    mp_json_add_field(b, "traffic_light", light(c, a));
    add_signals(MP_ITEMS(struct mp_synth_signal, c->meanings) + a->means, a->n_means, b);
    add_reports(c, a, b);
    add_facts(c, a, b);
    b->failed |= id.failed || name->given.failed || name->prefix.failed || name->family.failed;
    mp_buf_free(&id);
}

struct sorted {
    int64_t at;
    size_t away;
};

static int by_departure(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->away < y->away ? -1 : x->away > y->away;
}

int mp_synth_country_truth(const struct mp_synth_country *c, struct mp_buf *out, struct mp_error *e)
{
    size_t all = MP_COUNT(struct mp_synth_away, c->aways), n = 0;
    struct sorted *list = malloc((all + 1) * sizeof *list);
    struct mp_synth_name name = {0};
    if (!list)
        return mp_error_memory(e);
    for (size_t i = 0; i < all; i++)
        if (MP_ITEMS(struct mp_synth_away, c->aways)[i].n > 0)
            list[n++] = (struct sorted){MP_ITEMS(struct mp_synth_away, c->aways)[i].departure, i};
    qsort(list, n, sizeof *list, by_departure);
    for (size_t i = 0; i < n; i++)
        add_line(c, &MP_ITEMS(struct mp_synth_away, c->aways)[list[i].away], &name, i + 1, out);
    free(list);
    mp_synth_name_free(&name);
    return out->failed ? mp_error_memory(e) : 0;
}
