/* Writing a synthetic report as a record of schema mp/1, and what it truly is. */
#include "synth/write.h"
#include "base/time.h"
#include "io/json.h"
#include "synth/errors.h"
#include "synth/said.h"

enum { DAY = MP_MINUTES_A_DAY };

/* A report with all that belongs to it, and what it states. */
struct one {
    const struct mp_synth_model *m;
    const struct mp_synth_youth *youth;
    const struct mp_synth_report *report;
    const struct mp_synth_absence *absence;
    const struct mp_synth_stay *stay;
    const struct mp_synth_institution *institution;
    const struct mp_synth_of_source *source;
    uint64_t seed, number; /* of this report, for chance */
    struct mp_time at, since, back;
    bool gap[MP_SYNTH_N_GAPS]; /* not known */
    bool as_update;
};

static struct one look_at(const struct mp_synth_run *run, const struct mp_synth_youth *y)
{
    enum { REPORTS = 4096 }; /* more than a youth can have */
    struct one o = {.m = run->model, .youth = y, .report = &y->reports[y->next]};
    o.absence = &y->absences[o.report->absence];
    o.stay = &y->stays[o.absence->stay];
    o.institution = &o.m->institution[o.stay->institution];
    o.source = &o.m->sources[o.report->source];
    o.seed = run->seed;
    o.number = (y->household * MP_SYNTH_CHILDREN + y->child) * REPORTS + y->next;
    return o;
}

static struct mp_time moment(int64_t minutes)
{
    return (struct mp_time){(int32_t)(minutes / DAY), (int16_t)(minutes % DAY), true};
}

/* A moment as the source has it: off by something and rounded, but neither after the report nor in
 * the hour that summer time skips. */
static int64_t as_stated(const struct one *o, int64_t truth, struct mp_chance *c)
{
    int64_t stated = truth + mp_synth_minutes(&o->source->off, c);
    stated -= stated % o->source->round_to;
    bool too_late = truth <= o->report->at && stated > o->report->at;
    return too_late || !mp_time_exists(moment(stated)) ? truth : stated;
}

static bool says_return(const struct one *o, struct mp_chance *c)
{
    bool known = mp_chance_hits(c, o->source->return_known);
    if (o->absence->back == MP_SYNTH_NO_RETURN)
        return false;
    return o->report->what == MP_SYNTH_RETURNED || (o->report->what == MP_SYNTH_MISSING && known);
}

static void state_times(struct one *o)
{
    struct mp_chance c = mp_chance_of(o->seed, o->number, MP_FOR_TIMES);
    int64_t departure = o->absence->departure, back = o->absence->back;
    bool repeated = mp_chance_hits(&c, o->source->departure_repeated);
    bool since_known = o->report->what == MP_SYNTH_MISSING || repeated;
    bool back_known = says_return(o, &c);
    int64_t since = as_stated(o, departure, &c), until = as_stated(o, back, &c);
    if (until <= since) {
        since = departure;
        until = back;
    }
    bool since_day = mp_chance_hits(&c, o->source->day_only);
    bool back_day = mp_chance_hits(&c, o->source->day_only);
    o->as_update = mp_chance_hits(&c, o->m->police.return_is_update) &&
                   o->report->source == MP_SYNTH_POLICE && o->report->what == MP_SYNTH_RETURNED;
    if (since_known)
        o->since = moment(since);
    if (back_known)
        o->back = moment(until);
    o->at = moment(o->report->at);
    if (since_day && since_known)
        o->since.minute = -1;
    if (back_day && back_known)
        o->back.minute = -1;
}

static void draw_gaps(struct one *o)
{
    struct mp_chance c = mp_chance_of(o->seed, o->number, MP_FOR_GAPS);
    for (size_t i = 0; i < MP_SYNTH_N_GAPS; i++)
        o->gap[i] = mp_chance_hits(&c, o->source->gaps[i]);
}

static void make_id(struct mp_synth_writer *w, const struct one *o, struct mp_synth_stream *s)
{
    struct mp_buf *v = &w->values;
    int year;
    uint32_t serial;
    struct mp_str unit = MP_STR("");
    if (o->report->source == MP_SYNTH_POLICE) {
        const struct mp_synth_registration *r = &o->absence->registrations[o->report->registration];
        year = r->year;
        serial = r->serial;
        unit = o->m->units.texts[r->unit];
    } else {
        serial = mp_synth_serial(s, o->youth, &year);
    }
    v->len = w->id.len = 0;
    mp_buf_addf(v, "%04d%0*u", year, (int)o->source->digits, (unsigned)serial);
    struct mp_str both = mp_buf_str(v);
    if (v->failed)
        return;
    const struct mp_str values[MP_SYNTH_N_NUMBER] = {
        unit, o->institution->letters, {both.p, 4}, {both.p + 4, both.n - 4}};
    mp_synth_fill(&w->id, &o->source->number, values, NULL, o->youth->girl, NULL);
}

/* The text, or null where there is none or it is not known. */
static void add_text(struct mp_buf *b, const char *key, const struct mp_buf *text, bool gap)
{
    struct mp_str s = mp_buf_str(text);
    mp_json_add_field(b, key, gap || s.n == 0 ? (struct mp_str){0} : s);
    b->failed |= text->failed;
}

static void add_moment(struct mp_buf *b, const char *key, struct mp_time t, bool gap)
{
    mp_json_add_key(b, key);
    if (gap || !t.known) {
        mp_buf_adds(b, "null");
        return;
    }
    mp_buf_addc(b, '"');
    mp_time_add(b, t);
    mp_buf_addc(b, '"');
}

static void add_head(struct mp_synth_writer *w, const struct one *o, uint64_t record,
                     uint64_t offset, struct mp_buf *b)
{
    static const char *const kinds[] = {[MP_SYNTH_MISSING] = "missing",
                                        [MP_SYNTH_UPDATE] = "update",
                                        [MP_SYNTH_RETURNED] = "returned",
                                        [MP_SYNTH_TRANSFER] = "transfer"};
    mp_buf_adds(b, "{\"schema\":\"mp/1\"");
    add_text(b, "id", &w->id, false);
    if (o->report->source == MP_SYNTH_POLICE) {
        mp_buf_adds(b, ",\"document\":\"");
        mp_buf_addu(b, o->report->document);
        mp_buf_addc(b, '"');
    }
    mp_json_add_field(b, "kind", mp_str_of(o->as_update ? "update" : kinds[o->report->what]));
    mp_buf_adds(b, ",\"source\":{\"file\":\"mp-synth\",\"record\":");
    mp_buf_addu(b, record);
    mp_buf_adds(b, ",\"line\":");
    mp_buf_addu(b, record);
    mp_buf_adds(b, ",\"offset\":");
    mp_buf_addu(b, offset);
    mp_json_add_field(b, "profile", o->source->profile);
    if (o->report->source == MP_SYNTH_POLICE)
        mp_json_add_field(
            b, "unit", o->m->units.texts[o->absence->registrations[o->report->registration].unit]);
    mp_buf_addc(b, '}');
    add_moment(b, "reported_at", o->at, o->gap[MP_SYNTH_NO_REPORTED_AT]);
}

/* The age is that of the date of birth that the report gives, else the true one. */
static void add_person(struct mp_synth_writer *w, const struct one *o, struct mp_buf *b)
{
    struct mp_chance c = mp_chance_of(o->seed, o->number, MP_FOR_ERRORS);
    mp_synth_spoil_name(o->m, o->source, &w->name, &c);
    int32_t birth = mp_synth_spoil_birth(o->source, o->youth->birth, &c);
    if (o->gap[MP_SYNTH_NO_GIVEN_NAME])
        w->name.given.len = 0;
    if (o->gap[MP_SYNTH_NO_FAMILY_NAME])
        w->name.family.len = w->name.prefix.len = 0;
    bool no_birth = o->gap[MP_SYNTH_NO_BIRTH_DATE];
    int age = mp_date_age(no_birth ? o->youth->birth : birth, o->at.day);
    mp_json_add_key(b, "person");
    mp_buf_addc(b, '{');
    add_text(b, "given_name", &w->name.given, false);
    add_text(b, "name_prefix", &w->name.prefix, false);
    add_text(b, "family_name", &w->name.family, false);
    add_moment(b, "birth_date", (struct mp_time){birth, -1, true}, no_birth);
    mp_json_add_field(b, "sex",
                      mp_str_of(o->gap[MP_SYNTH_NO_SEX] ? NULL
                                : o->youth->girl        ? "f"
                                                        : "m"));
    mp_json_add_key(b, "age");
    if (o->gap[MP_SYNTH_NO_AGE] || age < 0)
        mp_buf_adds(b, "null");
    else
        mp_buf_addu(b, (unsigned)age);
    mp_json_add_key(b, "client_id");
    if (o->gap[MP_SYNTH_NO_CLIENT_ID] || !o->institution->name.p)
        mp_buf_adds(b, "null}");
    else
        mp_buf_addf(b, "\"%.*s-%04u\"}", (int)o->institution->letters.n, o->institution->letters.p,
                    (unsigned)o->stay->client);
}

static void add_place(struct mp_synth_writer *w, const struct one *o, struct mp_buf *b)
{
    struct mp_chance c = mp_chance_of(o->seed, o->number, MP_FOR_PLACE);
    size_t spelling = mp_synth_place(&o->source->spellings, &c);
    w->institution.len = 0;
    if (o->institution->name.p && !o->gap[MP_SYNTH_NO_INSTITUTION])
        mp_synth_fill(&w->institution, &o->source->spelling[spelling], &o->institution->name, NULL,
                      o->youth->girl, &c);
    mp_json_add_key(b, "place");
    mp_buf_addc(b, '{');
    add_text(b, "institution", &w->institution, false);
    mp_json_add_field(b, "setting",
                      o->gap[MP_SYNTH_NO_SETTING] ? (struct mp_str){0} : o->institution->setting);
    mp_json_add_field(b, "municipality",
                      o->gap[MP_SYNTH_NO_MUNICIPALITY] ? (struct mp_str){0}
                                                       : o->institution->municipality);
    mp_buf_addc(b, '}');
    add_moment(b, "missing_since", o->since, o->gap[MP_SYNTH_NO_MISSING_SINCE]);
    add_moment(b, "returned_at", o->back, o->gap[MP_SYNTH_NO_RETURNED_AT]);
    if (o->report->source == MP_SYNTH_POLICE)
        mp_json_add_field(b, "police_category",
                          mp_str_of(o->gap[MP_SYNTH_NO_POLICE_CATEGORY] ? NULL
                                    : o->absence->urgent                ? "urgent"
                                                                        : "other"));
    if (o->report->source == MP_SYNTH_FORM)
        mp_json_add_field(b, "traffic_light",
                          o->gap[MP_SYNTH_NO_TRAFFIC_LIGHT]
                              ? (struct mp_str){0}
                              : o->m->absences.traffic_light.texts[o->absence->light]);
}

static void add_narrative(struct mp_synth_writer *w, const struct one *o, struct mp_buf *b)
{
    const struct mp_synth_absence *a = o->absence;
    struct mp_time since = o->since.known && o->since.minute >= 0 ? o->since : moment(a->departure);
    int64_t until = a->back == MP_SYNTH_NO_RETURN ? o->report->at : a->back;
    struct mp_time back = o->back.known && o->back.minute >= 0 ? o->back : moment(until);
    const struct mp_synth_said said = {
        .m = o->m,
        .sentences = &o->source->said[o->report->what],
        .name = &w->name,
        .institution = o->institution->name.p ? o->institution->name : o->institution->municipality,
        .age = mp_date_age(o->youth->birth, o->at.day),
        .girl = o->youth->girl,
        .since = since,
        .back = back,
    };
    struct mp_chance c = mp_chance_of(o->seed, o->number, MP_FOR_TEXT);
    w->text.len = 0;
    mp_synth_say(&said, &c, &w->values, &w->text);
    add_text(b, "narrative", &w->text, false);
}

void mp_synth_add_record(struct mp_synth_writer *w, struct mp_synth_stream *s,
                         const struct mp_synth_youth *y, uint64_t record, uint64_t offset,
                         struct mp_buf *out)
{
    struct one o = look_at(&s->run, y);
    state_times(&o);
    draw_gaps(&o);
    mp_synth_name(&s->run, y->household, y->child, &w->name);
    make_id(w, &o, s);
    add_head(w, &o, record, offset, out);
    add_person(w, &o, out);
    add_place(w, &o, out);
    if (!w->no_narrative)
        add_narrative(w, &o, out);
    mp_buf_adds(out, "}\n");
    out->failed |= w->values.failed;
}

void mp_synth_add_truth(struct mp_synth_writer *w, const struct mp_synth_youth *y,
                        struct mp_buf *out)
{
    static const char *const roles[] = {[MP_SYNTH_FIRST] = "first",
                                        [MP_SYNTH_DUPLICATE] = "duplicate",
                                        [MP_SYNTH_AS_UPDATE] = "update",
                                        [MP_SYNTH_AS_RETURN] = "return",
                                        [MP_SYNTH_AS_TRANSFER] = "transfer"};
    const struct mp_synth_report *r = &y->reports[y->next];
    mp_buf_addc(out, '{');
    add_text(out, "id", &w->id, false);
    mp_json_add_key(out, "document");
    if (r->source == MP_SYNTH_POLICE)
        mp_buf_addf(out, "\"%u\"", r->document);
    else
        mp_buf_adds(out, "null");
    mp_buf_addf(out, ",\"person\":\"P%llu%c\",\"episode\":\"P%llu%c-E%u\"",
                (unsigned long long)y->household + 1, (int)('a' + y->child),
                (unsigned long long)y->household + 1, (int)('a' + y->child), r->absence + 1u);
    mp_json_add_field(out, "role", mp_str_of(roles[r->role]));
    mp_buf_adds(out, "}\n");
}

void mp_synth_writer_free(struct mp_synth_writer *w)
{
    mp_synth_name_free(&w->name);
    mp_buf_free(&w->id);
    mp_buf_free(&w->institution);
    mp_buf_free(&w->values);
    mp_buf_free(&w->text);
}
