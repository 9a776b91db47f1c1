/* What a record's narrative says, put into the record. */
#include "text/record.h"
#include "base/utf8.h"
#include "io/json.h"

/* Where a fact stands in the record, and under which key of facts_from. */
static const struct {
    const char *key;
    bool of_person;
} places[MP_N_FACTS] = {
    [MP_FACT_AGE] = {"age", true},
    [MP_FACT_SEX] = {"sex", true},
    [MP_FACT_MISSING_SINCE] = {"missing_since", false},
    [MP_FACT_RETURNED_AT] = {"returned_at", false},
    [MP_FACT_POLICE_CATEGORY] = {"police_category", false},
    [MP_FACT_TRAFFIC_LIGHT] = {"traffic_light", false},
};

static const struct mp_str facts_order[] = {
    MP_EDIT_KEY("age"),
    MP_EDIT_KEY("sex"),
    MP_EDIT_KEY("missing_since"),
    MP_EDIT_KEY("returned_at"),
    MP_EDIT_KEY("police_category"),
    MP_EDIT_KEY("traffic_light"),
    {NULL, 0},
};

enum { GAVE_UP, NOT_READ }; /* of said[] */

void mp_text_recorder_free(struct mp_text_recorder *r)
{
    struct mp_buf *all[] = {&r->signals, &r->facts, &r->person, &r->link, &r->triage};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        mp_buf_free(all[i]);
    for (size_t i = 0; i < MP_N_FACTS; i++) {
        mp_buf_free(&r->values[i]);
        mp_buf_free(&r->quoted[i]);
    }
    mp_reader_free(&r->reader);
    mp_rec_reader_free(&r->parser);
}

/* The edits of one record, while they are gathered. */
struct edits {
    struct mp_edit list[MP_EDITS_MAX];
    size_t n;
};

static void set(struct edits *e, const char *key, struct mp_str json)
{
    e->list[e->n++] = (struct mp_edit){key, json};
}

static yyjson_val *member(yyjson_val *object, const char *key)
{
    yyjson_val *v = mp_rec_member(object, mp_str_of(key));
    return v && !yyjson_is_null(v) ? v : NULL;
}

static void note(struct mp_text_recorder *r, int which, enum mp_code code, const struct mp_rec *rec,
                 const char *text, struct mp_buf *notes)
{
    struct mp_error e;
    char room[200];
    struct mp_str id = mp_rec_str(rec->root, "id");
    if (r->said[which])
        return;
    r->said[which] = true;
    mp_error_set(&e, code, "%s, first in record '%s'", text, mp_error_quote(id, room));
    mp_buf_add(notes, &e, sizeof e);
}

/* ---- signals ---- */

/* Characters before a byte of the narrative, counted onwards from the last one asked for. Where all
 * is ASCII up to that byte, as in most stretches, there is nothing to be counted. */
struct counter {
    struct mp_str text;
    size_t byte, chars;
    size_t ascii; /* the next byte that is none */
};

static void look_ahead(struct counter *c)
{
    c->ascii = c->byte + mp_utf8_ascii_run(c->text.p + c->byte, c->text.n - c->byte);
}

static size_t chars_before(struct counter *c, size_t byte)
{
    while (c->ascii < byte) {
        c->chars += c->ascii - c->byte + 1;
        size_t len = mp_utf8_seq(c->text.p + c->ascii, c->text.n - c->ascii);
        c->byte = c->ascii + (len ? len : 1);
        look_ahead(c);
    }
    c->chars += byte - c->byte;
    c->byte = byte;
    return c->chars;
}

static void add_place(struct mp_buf *b, const char *key, const struct mp_text_recorder *r,
                      const struct mp_yaml *at)
{
    struct mp_str file = at->file, folder = r->folder;
    if (folder.n > 0 && file.n > folder.n && memcmp(file.p, folder.p, folder.n) == 0 &&
        file.p[folder.n] == '/')
        file = (struct mp_str){file.p + folder.n + 1, file.n - folder.n - 1};
    mp_json_add_field(b, key, file);
    if (b->failed)
        return;
    b->len--; /* the quote */
    mp_buf_addf(b, ":%zu\"", at->line);
}

static void explain(const struct mp_text_recorder *r, const struct mp_mention *m, struct mp_buf *b)
{
    const struct mp_text *text = &r->reader.text;
    const struct mp_yaml *at = r->lexicon->entries[m->entry].at;
    mp_json_add_field(b, "entry", at->text);
    add_place(b, "at", r, at);
    if (m->cue == MP_NO_CUE)
        return;
    const struct mp_hit *cue = &MP_ITEMS(struct mp_hit, text->hits)[m->cue];
    if (!r->no_text)
        mp_json_add_field(b, "cue", mp_text_quote(text, cue->first, cue->last));
    add_place(b, "cue_at", r, r->lexicon->entries[cue->entry].at);
}

/* The keys of signals, of which there are many: a macro, so that their lengths are constants. */
#define add_text(b, literal) mp_buf_add(b, literal, sizeof(literal) - 1)

static void add_signal(const struct mp_text_recorder *r, const struct mp_mention *m,
                       struct counter *chars, struct mp_buf *b)
{
    const struct mp_text *text = &r->reader.text;
    if (b->len > 1)
        mp_buf_addc(b, ',');
    add_text(b, "{\"code\":");
    mp_json_add_str(b, r->lexicon->codes[m->code].name);
    add_text(b, ",\"status\":");
    mp_json_add_str(b, mp_str_of(mp_status_names[m->status]));
    if (!r->no_text) {
        struct mp_str quote = mp_text_quote(text, m->first, m->last);
        size_t first = (size_t)(quote.p - chars->text.p), start = chars_before(chars, first);
        struct counter ahead = *chars; /* the next quote may begin before this one's end */
        add_text(b, ",\"quote\":");
        mp_json_add_str(b, quote);
        add_text(b, ",\"start\":");
        mp_buf_addu(b, start);
        add_text(b, ",\"end\":");
        mp_buf_addu(b, chars_before(&ahead, first + quote.n));
    }
    if (r->explain)
        explain(r, m, b);
    mp_buf_addc(b, '}');
}

static void list_signals(struct mp_text_recorder *r, struct mp_str narrative, struct edits *e)
{
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, r->reader.text.mentions);
    struct counter chars = {.text = narrative};
    look_ahead(&chars);
    r->signals.len = 0;
    mp_buf_addc(&r->signals, '[');
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, r->reader.text.mentions); i++)
        add_signal(r, &m[i], &chars, &r->signals);
    mp_buf_addc(&r->signals, ']');
    set(e, "signals", mp_buf_str(&r->signals));
}

/* ---- facts ---- */

/* What the record and the text know of one fact. */
struct fact {
    yyjson_val *column; /* the record's own value; NULL: none, or from an earlier reading */
    bool read_before;   /* its value came from an earlier reading */
    bool known;         /* the text says it */
    bool differs;       /* and the column says something else */
};

static bool same_time(struct mp_time a, struct mp_time b)
{
    return a.day == b.day && (a.minute < 0 || b.minute < 0 || a.minute == b.minute);
}

static bool agrees(enum mp_fact f, yyjson_val *column, const struct mp_fact_value *v)
{
    struct mp_time t = {0};
    int64_t age;
    switch (f) {
    case MP_FACT_AGE:
        return mp_rec_int(column, &age) && age == v->age;
    case MP_FACT_MISSING_SINCE:
    case MP_FACT_RETURNED_AT:
        return mp_time_read(mp_rec_text(column), &t) && same_time(t, v->time);
    default:
        return mp_str_eq(mp_rec_text(column), v->word);
    }
}

/* A return before the departure is no return of this absence, and the other way round. */
static bool before(struct mp_time a, struct mp_time b)
{
    return a.known && b.known && !same_time(a, b) && mp_time_cmp(a, b) < 0;
}

static struct mp_time time_of(const struct fact *f, const struct mp_fact_value *v)
{
    struct mp_time t = f->known ? v->time : (struct mp_time){0};
    if (f->column && !mp_time_read(mp_rec_text(f->column), &t))
        t = (struct mp_time){0};
    return t;
}

static void compare(const struct mp_text_recorder *r, yyjson_val *root, struct fact *facts)
{
    const struct mp_fact_value *v = r->reader.facts;
    yyjson_val *person = member(root, "person"), *from = member(root, "facts_from");
    for (enum mp_fact i = 0; i < MP_N_FACTS; i++) {
        yyjson_val *source = member(from, places[i].key);
        facts[i].column = member(places[i].of_person ? person : root, places[i].key);
        facts[i].known = v[i].known;
        if (yyjson_obj_get(source, "text") && !yyjson_is_true(yyjson_obj_get(source, "differs"))) {
            facts[i].read_before = facts[i].column != NULL;
            facts[i].column = NULL;
        }
        facts[i].differs = facts[i].column && v[i].known && !agrees(i, facts[i].column, &v[i]);
    }
    struct fact *left = &facts[MP_FACT_MISSING_SINCE], *back = &facts[MP_FACT_RETURNED_AT];
    if (before(time_of(back, &v[MP_FACT_RETURNED_AT]), time_of(left, &v[MP_FACT_MISSING_SINCE]))) {
        back->known &= back->column != NULL;
        left->known &= left->column != NULL || !back->column;
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

/* A member of the record that is an object, with edits; what is missing or null becomes one. */
static void edit_object(const struct mp_rec *rec, const char *key, const struct mp_str *order,
                        const struct edits *inner, struct mp_buf *b, struct edits *e)
{
    yyjson_val *object = member(rec->root, key);
    b->len = 0;
    mp_edit_add(b, object ? mp_edit_raw(rec, key) : MP_STR("{}"), object, order, inner->list,
                inner->n);
    if (mp_str_eq(mp_buf_str(b), MP_STR("{}")))
        set(e, key, (struct mp_str){0});
    else
        set(e, key, mp_buf_str(b));
}

static void merge_facts(struct mp_text_recorder *r, const struct mp_rec *rec, struct edits *e)
{
    struct fact facts[MP_N_FACTS] = {0};
    struct edits person = {.n = 0}, from = {.n = 0};
    compare(r, rec->root, facts);
    for (enum mp_fact i = 0; i < MP_N_FACTS; i++) {
        const struct fact *f = &facts[i];
        struct edits *to = places[i].of_person ? &person : e;
        bool fill = !f->column && f->known;
        if (fill)
            set(to, places[i].key, value_json(r, i));
        else if (f->read_before)
            set(to, places[i].key, MP_STR("null"));
        if (fill || f->differs)
            set(&from, places[i].key, source_json(r, i, f->differs));
        else
            set(&from, places[i].key, f->column ? MP_STR("\"column\"") : (struct mp_str){0});
    }
    if (person.n > 0)
        edit_object(rec, "person", mp_edit_person, &person, &r->person, e);
    edit_object(rec, "facts_from", facts_order, &from, &r->facts, e);
}

/* ---- the record ---- */

static bool has_edit(const struct edits *e, const char *key)
{
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->list[i].key, key) == 0)
            return true;
    return false;
}

/* A member of an older reading or of another filter, without its quotes. */
static void hide_in(const struct mp_rec *rec, const char *key, const char *names, struct mp_buf *b,
                    struct edits *e)
{
    yyjson_val *v = member(rec->root, key);
    if (!v || has_edit(e, key))
        return;
    b->len = 0;
    mp_edit_add_without(b, v, names);
    set(e, key, mp_buf_str(b));
}

/* facts_from of an older reading: where a fact is from stays known. */
static void hide_sources(struct mp_text_recorder *r, const struct mp_rec *rec, struct edits *e)
{
    yyjson_val *from = member(rec->root, "facts_from");
    struct edits inner = {.n = 0};
    for (enum mp_fact i = 0; i < MP_N_FACTS; i++) {
        yyjson_val *source = member(from, places[i].key);
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
        set(&inner, places[i].key, mp_buf_str(b));
    }
    if (inner.n > 0 && !has_edit(e, "facts_from"))
        edit_object(rec, "facts_from", facts_order, &inner, &r->facts, e);
}

static void hide_text(struct mp_text_recorder *r, const struct mp_rec *rec, struct edits *e)
{
    set(e, "narrative", (struct mp_str){0});
    hide_in(rec, "signals", "quote start end cue", &r->signals, e);
    hide_sources(r, rec, e);
    hide_in(rec, "link", "narrative quote text", &r->link, e);
    hide_in(rec, "triage", "quotes", &r->triage, e);
}

static bool is_episode(yyjson_val *root)
{
    return yyjson_is_arr(yyjson_obj_get(member(root, "link"), "reports"));
}

static bool any_failed(const struct mp_text_recorder *r)
{
    bool failed = r->signals.failed || r->facts.failed || r->person.failed || r->link.failed ||
                  r->triage.failed;
    for (size_t i = 0; i < MP_N_FACTS; i++)
        failed |= r->values[i].failed || r->quoted[i].failed;
    return failed;
}

/* Reads the narrative, if there is one to be read. False if memory ran out. */
static bool read_text(struct mp_text_recorder *r, const struct mp_rec *rec, struct edits *e,
                      struct mp_buf *notes)
{
    yyjson_val *text = member(rec->root, "narrative");
    if (!r->lexicon || !yyjson_is_str(text))
        return true;
    if (is_episode(rec->root)) {
        note(r, NOT_READ, MP_NOT_READ, rec, "an episode is passed on unread", notes);
        return true;
    }
    struct mp_str narrative = mp_rec_text(text);
    if (!mp_text_read(r->lexicon, &r->reader, narrative, mp_rec_time(rec->root, "reported_at")))
        return false;
    if (r->reader.matcher.cache.tries.limits_hit > 0)
        note(r, GAVE_UP, MP_GAVE_UP, rec,
             "an expression of the lexicon was given up on a word, which is taken not to fit it",
             notes);
    list_signals(r, narrative, e);
    merge_facts(r, rec, e);
    return true;
}

bool mp_text_record(struct mp_text_recorder *r, const struct mp_rec *rec, struct mp_buf *out,
                    struct mp_buf *notes)
{
    struct edits e = {.n = 0};
    if (!read_text(r, rec, &e, notes))
        return false;
    if (r->no_text)
        hide_text(r, rec, &e);
    if (any_failed(r))
        return false;
    mp_edit_add(out, rec->line, rec->root, mp_edit_record, e.list, e.n);
    mp_buf_addc(out, '\n');
    return !out->failed;
}

bool mp_text_lines(void *recorder, struct mp_str lines, struct mp_buf *out, struct mp_buf *notes)
{
    struct mp_text_recorder *r = recorder;
    while (lines.n > 0) {
        const char *lf = memchr(lines.p, '\n', lines.n);
        struct mp_rec rec = {.line = {lines.p, lf ? (size_t)(lf - lines.p) : lines.n}};
        struct mp_error e;
        size_t used = rec.line.n + (lf != NULL);
        /* they were written by this program: a key may be there twice only within `rest` */
        if (mp_rec_parse(&r->parser, &rec, &e) < 0 && e.code == MP_MEMORY)
            return false;
        if (!mp_text_record(r, &rec, out, notes))
            return false;
        lines.p += used;
        lines.n -= used;
    }
    return true;
}
