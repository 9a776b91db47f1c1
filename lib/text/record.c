/* What a record's narrative says, put into the record. */
#include "text/record.h"
#include "io/json.h"
#include "text/signals.h"

/* Where a fact stands in the record. */
static const struct {
    unsigned key;
    bool of_person;
} places[MP_N_FACTS] = {
    [MP_FACT_AGE] = {MP_KEY_AGE, true},
    [MP_FACT_SEX] = {MP_KEY_SEX, true},
    [MP_FACT_MISSING_SINCE] = {MP_KEY_MISSING_SINCE, false},
    [MP_FACT_RETURNED_AT] = {MP_KEY_RETURNED_AT, false},
    [MP_FACT_POLICE_CATEGORY] = {MP_KEY_POLICE_CATEGORY, false},
    [MP_FACT_TRAFFIC_LIGHT] = {MP_KEY_TRAFFIC_LIGHT, false},
};

/* Their keys in facts_from. */
static const struct mp_str fact_keys[] = {
    [MP_FACT_AGE] = MP_KEY("age"),
    [MP_FACT_SEX] = MP_KEY("sex"),
    [MP_FACT_MISSING_SINCE] = MP_KEY("missing_since"),
    [MP_FACT_RETURNED_AT] = MP_KEY("returned_at"),
    [MP_FACT_POLICE_CATEGORY] = MP_KEY("police_category"),
    [MP_FACT_TRAFFIC_LIGHT] = MP_KEY("traffic_light"),
    {NULL, 0},
};

void mp_text_recorder_free(struct mp_text_recorder *r)
{
    struct mp_buf *all[] = {&r->pieces, &r->piece_text, &r->narrative, &r->text, &r->signals,
                            &r->hosts,  &r->facts,      &r->person,    &r->link, &r->triage};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        mp_buf_free(all[i]);
    for (size_t i = 0; i < MP_N_FACTS; i++) {
        mp_buf_free(&r->values[i]);
        mp_buf_free(&r->quoted[i]);
    }
    mp_reader_free(&r->reader);
    mp_rec_reader_free(&r->parser);
}

/* Once: whoever gives in episodes gives in many. */
static void note_unread(struct mp_text_recorder *r, const struct mp_members *rec,
                        struct mp_buf *notes)
{
    struct mp_error e;
    char room[200];
    struct mp_str id = mp_members_text(mp_members_get(rec, MP_KEY_ID), &r->text);
    if (r->said_unread)
        return;
    r->said_unread = true;
    mp_error_set(&e, MP_NOT_READ, "an episode is passed on unread, first in record '%s'",
                 mp_error_quote(id, room));
    mp_buf_add(notes, &e, sizeof e);
}

static void note_given_up(const struct mp_text_recorder *r, struct mp_buf *notes)
{
    struct mp_error e;
    mp_text_gave_up(&e);
    e.line = r->line;
    mp_buf_add(notes, &e, sizeof e);
}

/* ---- facts ---- */

/* What the record and the text know of one fact. */
struct fact {
    struct mp_str column; /* the record's own value; p NULL: none, or from an earlier reading */
    bool read_before;     /* its value came from an earlier reading */
    bool known;           /* the text says it */
    bool differs;         /* and the column says something else */
};

static bool same_time(struct mp_time a, struct mp_time b)
{
    return a.day == b.day && (a.minute < 0 || b.minute < 0 || a.minute == b.minute);
}

static bool agrees(enum mp_fact f, struct mp_str column, const struct mp_fact_value *v,
                   struct mp_buf *room)
{
    struct mp_time t = {0};
    int64_t age;
    switch (f) {
    case MP_FACT_AGE:
        return mp_rec_int_of(column, &age) && age == v->age;
    case MP_FACT_MISSING_SINCE:
    case MP_FACT_RETURNED_AT:
        return mp_time_read(mp_members_text(column, room), &t) && same_time(t, v->time);
    default:
        return mp_str_eq(mp_members_text(column, room), v->word);
    }
}

/* A return before the departure is no return of this absence, and the other way round. */
static bool before(struct mp_time a, struct mp_time b)
{
    return a.known && b.known && !same_time(a, b) && mp_time_cmp(a, b) < 0;
}

static struct mp_time time_of(const struct fact *f, const struct mp_fact_value *v,
                              struct mp_buf *room)
{
    struct mp_time t = f->known ? v->time : (struct mp_time){0};
    if (f->column.p && !mp_time_read(mp_members_text(f->column, room), &t))
        t = (struct mp_time){0};
    return t;
}

/* Whether facts_from says that the record has it from an earlier reading. */
static bool is_from_text(struct mp_str source)
{
    static const struct mp_str keys[] = {MP_KEY("text"), MP_KEY("differs"), {NULL, 0}};
    struct mp_members m;
    if (!source.p || *source.p != '{')
        return false;
    mp_members_find(&m, source, keys);
    return m.present & 1 && !(m.present & 2 && *m.at[1].value.p == 't');
}

static void compare(struct mp_text_recorder *r, const struct mp_members *rec,
                    const struct mp_members *person, const struct mp_members *from,
                    struct fact *facts)
{
    const struct mp_fact_value *v = r->reader.facts;
    for (enum mp_fact i = 0; i < MP_N_FACTS; i++) {
        facts[i].column = mp_members_get(places[i].of_person ? person : rec, places[i].key);
        facts[i].known = v[i].known;
        if (is_from_text(mp_members_get(from, i))) {
            facts[i].read_before = facts[i].column.p != NULL;
            facts[i].column.p = NULL;
        }
        facts[i].differs =
            facts[i].column.p && v[i].known && !agrees(i, facts[i].column, &v[i], &r->text);
    }
    struct fact *left = &facts[MP_FACT_MISSING_SINCE], *back = &facts[MP_FACT_RETURNED_AT];
    if (before(time_of(back, &v[MP_FACT_RETURNED_AT], &r->text),
               time_of(left, &v[MP_FACT_MISSING_SINCE], &r->text))) {
        back->known &= back->column.p != NULL;
        left->known &= left->column.p != NULL || !back->column.p;
    }
}

static struct mp_str value_json(struct mp_text_recorder *r, enum mp_fact f)
{
    const struct mp_fact_value *v = &r->reader.facts[f];
    struct mp_buf *b = &r->values[f];
    b->len = 0;
    if (f == MP_FACT_AGE) {
        mp_buf_addu(b, (uint64_t)v->age);
    } else if (f == MP_FACT_MISSING_SINCE || f == MP_FACT_RETURNED_AT) {
        mp_buf_addc(b, '"');
        mp_time_add(b, v->time);
        mp_buf_addc(b, '"');
    } else {
        mp_json_add_str(b, v->word);
    }
    return mp_buf_str(b);
}

static struct mp_str source_json(struct mp_text_recorder *r, enum mp_fact f, bool differs)
{
    const struct mp_fact_value *v = &r->reader.facts[f];
    struct mp_buf *b = &r->quoted[f];
    struct mp_str quote = {0};
    b->len = 0;
    if (!r->no_text)
        quote = mp_text_quote(&r->reader.text, v->first, v->last);
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "text", quote);
    if (differs)
        mp_buf_adds(b, ",\"differs\":true");
    mp_buf_addc(b, '}');
    return mp_buf_str(b);
}

/* A member of the record that is an object, with edits; it goes when nothing is left in it. */
static void edit_object(struct mp_edits *e, enum mp_record_key key, const struct mp_members *object,
                        const struct mp_edits *inner, struct mp_buf *b)
{
    b->len = 0;
    mp_edit_add(b, object, inner);
    if (mp_str_eq(mp_buf_str(b), MP_STR("{}")))
        mp_edits_set(e, key, (struct mp_str){0});
    else
        mp_edits_set(e, key, mp_buf_str(b));
}

static void merge_facts(struct mp_text_recorder *r, const struct mp_members *rec,
                        struct mp_edits *e)
{
    struct fact facts[MP_N_FACTS] = {0};
    struct mp_members person, from;
    struct mp_edits of_person = {.set = 0}, of_from = {.set = 0};
    mp_members_find(&person, mp_members_get(rec, MP_KEY_PERSON), mp_person_keys);
    mp_members_find(&from, mp_members_get(rec, MP_KEY_FACTS_FROM), fact_keys);
    compare(r, rec, &person, &from, facts);
    for (enum mp_fact i = 0; i < MP_N_FACTS; i++) {
        const struct fact *f = &facts[i];
        struct mp_edits *to = places[i].of_person ? &of_person : e;
        bool fill = !f->column.p && f->known;
        if (fill)
            mp_edits_set(to, places[i].key, value_json(r, i));
        else if (f->read_before)
            mp_edits_set(to, places[i].key, MP_STR("null"));
        if (fill || f->differs)
            mp_edits_set(&of_from, i, source_json(r, i, f->differs));
        else
            mp_edits_set(&of_from, i, f->column.p ? MP_STR("\"column\"") : (struct mp_str){0});
    }
    if (of_person.set)
        edit_object(e, MP_KEY_PERSON, &person, &of_person, &r->person);
    edit_object(e, MP_KEY_FACTS_FROM, &from, &of_from, &r->facts);
}

/* ---- without text ---- */

static yyjson_val *member(const struct mp_rec *rec, enum mp_record_key key)
{
    yyjson_val *v = mp_rec_member(rec->root, mp_record_keys[key]);
    return v && !yyjson_is_null(v) ? v : NULL;
}

/* A member of an older reading or of another filter, without its quotes. */
static void hide_in(const struct mp_rec *rec, enum mp_record_key key, const char *names,
                    struct mp_buf *b, struct mp_edits *e)
{
    yyjson_val *v = member(rec, key);
    if (!v || e->set >> key & 1)
        return;
    b->len = 0;
    mp_edit_add_without(b, v, names);
    mp_edits_set(e, key, mp_buf_str(b));
}

/* facts_from of an older reading: where a fact is from stays known. */
static void hide_sources(struct mp_text_recorder *r, const struct mp_rec *rec,
                         const struct mp_members *members, struct mp_edits *e)
{
    yyjson_val *sources = member(rec, MP_KEY_FACTS_FROM);
    struct mp_edits inner = {.set = 0};
    struct mp_members from;
    if (e->set >> MP_KEY_FACTS_FROM & 1)
        return;
    for (enum mp_fact i = 0; i < MP_N_FACTS; i++) {
        yyjson_val *source = mp_rec_member(sources, fact_keys[i]);
        struct mp_buf *b = &r->quoted[i];
        if (!yyjson_obj_get(source, "text"))
            continue;
        b->len = 0;
        mp_buf_adds(b, "{\"text\":null");
        if (yyjson_obj_size(source) > 1) {
            size_t brace = b->len;
            mp_edit_add_without(b, source, "text");
            if (!b->failed)
                b->data[brace] = ',';
        } else {
            mp_buf_addc(b, '}');
        }
        mp_edits_set(&inner, i, mp_buf_str(b));
    }
    mp_members_find(&from, mp_members_get(members, MP_KEY_FACTS_FROM), fact_keys);
    if (inner.set)
        edit_object(e, MP_KEY_FACTS_FROM, &from, &inner, &r->facts);
}

/* False if memory ran out. */
static bool hide_text(struct mp_text_recorder *r, struct mp_rec rec,
                      const struct mp_members *members, struct mp_edits *e)
{
    const uint32_t quoting =
        1u << MP_KEY_SIGNALS | 1u << MP_KEY_FACTS_FROM | 1u << MP_KEY_LINK | 1u << MP_KEY_TRIAGE;
    struct mp_error error;
    mp_edits_set(e, MP_KEY_NARRATIVE, (struct mp_str){0});
    mp_edits_set(e, MP_KEY_HOSTS, (struct mp_str){0});
    if (!(members->present & quoting & ~e->set))
        return true;
    if (!rec.root && mp_rec_parse(&r->parser, &rec, &error) < 0 &&
        (error.code == MP_MEMORY || !rec.root))
        return false; /* what cannot be looked into is not let through */
    hide_in(&rec, MP_KEY_SIGNALS, "quote start end said_by cue scope", &r->signals, e);
    hide_sources(r, &rec, members, e);
    hide_in(&rec, MP_KEY_LINK, "narrative quote text hosts", &r->link, e);
    hide_in(&rec, MP_KEY_TRIAGE, "quotes said_by", &r->triage, e);
    return true;
}

/* ---- the record ---- */

static bool is_episode(const struct mp_members *rec)
{
    static const struct mp_str keys[] = {MP_KEY("reports"), {NULL, 0}};
    struct mp_members link;
    mp_members_find(&link, mp_members_get(rec, MP_KEY_LINK), keys);
    return link.present && *link.at[0].value.p == '[';
}

static bool any_failed(const struct mp_text_recorder *r)
{
    bool failed = r->narrative.failed || r->text.failed || r->facts.failed || r->person.failed ||
                  r->signals.failed || r->hosts.failed || r->link.failed || r->triage.failed;
    for (size_t i = 0; i < MP_N_FACTS; i++)
        failed |= r->values[i].failed || r->quoted[i].failed;
    return failed;
}

/* A record whose text names no host has no such key. */
static void set_hosts(struct mp_text_recorder *r, struct mp_str narrative, struct mp_edits *e)
{
    r->hosts.len = 0;
    if (r->reader.hosts.n)
        mp_hosts_add(&r->reader.hosts, narrative, &r->hosts);
    mp_edits_set(e, MP_KEY_HOSTS, r->hosts.len ? mp_buf_str(&r->hosts) : (struct mp_str){0});
}

/* Reads the narrative, if there is one to be read. False if memory ran out. */
static bool read_text(struct mp_text_recorder *r, const struct mp_members *rec, struct mp_edits *e,
                      struct mp_buf *notes)
{
    struct mp_str json = mp_members_get(rec, MP_KEY_NARRATIVE);
    if (!r->lexicon || !json.p || *json.p != '"')
        return true;
    if (is_episode(rec)) {
        note_unread(r, rec, notes);
        return true;
    }
    struct mp_str narrative = mp_members_text(json, &r->narrative);
    struct mp_time reported_at = {0};
    struct mp_members person;
    mp_members_find(&person, mp_members_get(rec, MP_KEY_PERSON), mp_person_keys);
    mp_text_of_youth(&r->reader,
                     mp_members_text(mp_members_get(&person, MP_KEY_GIVEN_NAME), &r->text));
    mp_time_read(mp_members_text(mp_members_get(rec, MP_KEY_REPORTED_AT), &r->text), &reported_at);
    if (r->narrative.failed || !mp_text_read(r->lexicon, &r->reader, narrative, reported_at))
        return false;
    if (r->reader.gave_up)
        note_given_up(r, notes);
    if (!mp_signals_list(r, narrative))
        return false;
    mp_edits_set(e, MP_KEY_SIGNALS, mp_buf_str(&r->signals));
    set_hosts(r, narrative, e);
    merge_facts(r, rec, e);
    return true;
}

bool mp_text_record(struct mp_text_recorder *r, const struct mp_rec *rec, struct mp_buf *out,
                    struct mp_buf *notes)
{
    struct mp_members members;
    struct mp_edits e = {.set = 0};
    mp_members_find(&members, rec->line, mp_record_keys);
    if (!read_text(r, &members, &e, notes) || (r->no_text && !hide_text(r, *rec, &members, &e)) ||
        any_failed(r))
        return false;
    mp_edit_add(out, &members, &e);
    mp_buf_addc(out, '\n');
    return !out->failed;
}

bool mp_text_lines(void *recorder, struct mp_str lines, struct mp_buf *out, struct mp_buf *notes)
{
    struct mp_text_recorder *r = recorder;
    for (r->line = 1; lines.n > 0; r->line++) {
        const char *lf = memchr(lines.p, '\n', lines.n);
        struct mp_rec rec = {.line = {lines.p, lf ? (size_t)(lf - lines.p) : lines.n}};
        size_t used = rec.line.n + (lf != NULL);
        if (!mp_text_record(r, &rec, out, notes))
            return false;
        lines.p += used;
        lines.n -= used;
    }
    return true;
}
