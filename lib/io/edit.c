/* Changing a record. */
#include "io/edit.h"
#include "io/json.h"
#include "io/json_text.h"

const struct mp_str mp_edit_record[] = {
    MP_EDIT_KEY("schema"),
    MP_EDIT_KEY("id"),
    MP_EDIT_KEY("document"),
    MP_EDIT_KEY("kind"),
    MP_EDIT_KEY("source"),
    MP_EDIT_KEY("reported_at"),
    MP_EDIT_KEY("person"),
    MP_EDIT_KEY("place"),
    MP_EDIT_KEY("missing_since"),
    MP_EDIT_KEY("returned_at"),
    MP_EDIT_KEY("police_category"),
    MP_EDIT_KEY("traffic_light"),
    MP_EDIT_KEY("narrative"),
    MP_EDIT_KEY("signals"),
    MP_EDIT_KEY("facts_from"),
    MP_EDIT_KEY("rest"),
    MP_EDIT_KEY("link"),
    MP_EDIT_KEY("triage"),
    {NULL, 0},
};
const struct mp_str mp_edit_person[] = {
    MP_EDIT_KEY("given_name"),  MP_EDIT_KEY("name_prefix"),
    MP_EDIT_KEY("family_name"), MP_EDIT_KEY("birth_date"),
    MP_EDIT_KEY("sex"),         MP_EDIT_KEY("age"),
    MP_EDIT_KEY("client_id"),   {NULL, 0},
};

/* Place of a key in its order, from 1; 0 where it is not in it. */
static size_t rank_of(const struct mp_str *order, struct mp_str key)
{
    for (size_t i = 0; order[i].p; i++)
        if (mp_str_eq(order[i], key))
            return i + 1;
    return 0;
}

static struct mp_str key_of(yyjson_val *key)
{
    return (struct mp_str){unsafe_yyjson_get_str(key), unsafe_yyjson_get_len(key)};
}

/*
 * A walk over the members of an object in its text. Strings are parsed in place, in a copy of the
 * text: how far a key stands behind the first one there, is how far it does so here. So no value
 * is walked through.
 */
struct walk {
    yyjson_obj_iter rest;
    yyjson_val *key;                   /* NULL: behind the last member */
    const char *begin;                 /* of the member; behind the last: the brace that closes */
    const char *first, *copy_of_first; /* begin of the first member, its key in the copy */
    const char *brace;
};

static void start(struct walk *w, struct mp_str text, yyjson_val *object)
{
    w->brace = text.p + text.n;
    while (*--w->brace != '}') {
    }
    w->rest = yyjson_obj_iter_with(object);
    w->key = yyjson_obj_iter_next(&w->rest);
    w->first = w->key ? mp_json_skip_blanks(mp_json_skip_blanks(text.p) + 1) : w->brace;
    w->copy_of_first = w->key ? unsafe_yyjson_get_str(w->key) : NULL;
    w->begin = w->first;
}

static void step(struct walk *w)
{
    w->key = yyjson_obj_iter_next(&w->rest);
    w->begin = w->key ? w->first + (unsafe_yyjson_get_str(w->key) - w->copy_of_first) : w->brace;
}

/* Behind the value of the member before, or behind the brace that opens. */
static const char *end_before(const struct walk *w)
{
    const char *p = mp_json_back_over_blanks(w->begin);
    return p[-1] == ',' ? mp_json_back_over_blanks(p - 1) : p;
}

static const char *value_of(const struct walk *w)
{
    return mp_json_skip_blanks(mp_json_skip_blanks(mp_json_skip_string(w->begin + 1)) + 1);
}

/* Where the edits belong. */
struct plan {
    const struct mp_edit *edits;
    size_t n;
    struct mp_str key[MP_EDITS_MAX];
    size_t rank[MP_EDITS_MAX];
    bool present[MP_EDITS_MAX]; /* the object has the key */
    size_t place[MP_EDITS_MAX]; /* there, from 0; if not present: as many members come first */
};

static void make_plan(struct plan *p, yyjson_val *object, const struct mp_str *order)
{
    for (size_t i = 0; i < p->n; i++) {
        p->key[i] = mp_str_of(p->edits[i].key);
        p->rank[i] = rank_of(order, p->key[i]);
        p->present[i] = false;
        p->place[i] = 0;
    }
    size_t place = 0;
    yyjson_obj_iter all = yyjson_obj_iter_with(object);
    for (yyjson_val *k; (k = yyjson_obj_iter_next(&all)); place++) {
        struct mp_str key = key_of(k);
        size_t rank = rank_of(order, key);
        for (size_t i = 0; i < p->n; i++) {
            if (p->present[i])
                continue;
            if ((p->present[i] = mp_str_eq(key, p->key[i])))
                p->place[i] = place;
            else if (rank > 0 && rank < p->rank[i])
                p->place[i] = place + 1;
        }
    }
}

static const struct mp_edit *edit_at(const struct plan *p, size_t place)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->present[i] && p->place[i] == place)
            return &p->edits[i];
    return NULL;
}

/* What becomes of the text; before `done` all is dealt with. */
struct result {
    struct mp_buf *b;
    const char *done;
    bool any; /* a member was kept or put in */
};

static void copy_to(struct result *r, const char *to)
{
    mp_buf_add(r->b, r->done, (size_t)(to - r->done));
    r->done = to;
}

/* Puts in what stands behind the first `place` members, in the order of their ranks. */
static void add_missing(struct result *r, const struct plan *p, size_t place, const struct walk *w)
{
    for (size_t last = 0;;) {
        size_t next = p->n;
        for (size_t i = 0; i < p->n; i++)
            if (p->place[i] == place && !p->present[i] && p->edits[i].json.p && p->rank[i] > last &&
                (next == p->n || p->rank[i] < p->rank[next]))
                next = i;
        if (next == p->n)
            return;
        if (last == 0)
            copy_to(r, end_before(w));
        last = p->rank[next];
        mp_buf_add(r->b, ",", r->any);
        mp_buf_addc(r->b, '"');
        mp_buf_addstr(r->b, p->key[next]);
        mp_buf_add(r->b, "\":", 2);
        mp_buf_addstr(r->b, p->edits[next].json);
        r->any = true;
    }
}

/* A member that stays is copied later, together with its neighbours: but the comma before it must
 * stand there if, and only if, something comes first. */
static void keep(struct result *r, size_t place, const struct walk *w)
{
    if (r->any && place == 0)
        mp_buf_addc(r->b, ',');
    if (!r->any && place > 0)
        r->done = (const char *)memchr(r->done, ',', (size_t)(w->begin - r->done)) + 1;
    r->any = true;
}

void mp_edit_add(struct mp_buf *b, struct mp_str text, yyjson_val *object,
                 const struct mp_str *order, const struct mp_edit *edits, size_t n)
{
    struct result r = {.b = b, .done = text.p};
    struct plan p;
    struct walk w;
    p.edits = edits;
    p.n = n;
    make_plan(&p, object, order);
    start(&w, text, object);
    for (size_t place = 0;; place++) {
        add_missing(&r, &p, place, &w);
        if (!w.key)
            break;
        const struct mp_edit *edit = edit_at(&p, place);
        if (edit && !edit->json.p) {
            copy_to(&r, end_before(&w));
        } else {
            keep(&r, place, &w);
            if (edit) {
                copy_to(&r, value_of(&w));
                mp_buf_addstr(b, edit->json);
            }
        }
        step(&w);
        if (edit)
            r.done = end_before(&w);
    }
    copy_to(&r, text.p + text.n);
}

struct mp_str mp_edit_raw(const struct mp_rec *rec, const char *name)
{
    struct walk w;
    struct mp_str key = mp_str_of(name);
    for (start(&w, rec->line, rec->root); w.key; step(&w))
        if (mp_str_eq(key_of(w.key), key)) {
            const char *value = value_of(&w);
            step(&w);
            return (struct mp_str){value, (size_t)(end_before(&w) - value)};
        }
    return (struct mp_str){0};
}

/* Values are stored in the order in which they are written; an open container is remembered by how
 * many of its values are still to come (an object has two for each member). */
void mp_edit_add_without(struct mp_buf *b, yyjson_val *value, const char *names)
{
    struct level {
        size_t left;
        bool object, any;
    } top = {1, false, false};
    struct mp_buf open = {0}; /* a stack of levels */
    yyjson_val *v = value;
    do {
        if (top.object && mp_str_in(names, key_of(v))) {
            v = unsafe_yyjson_get_next(v + 1);
            top.left -= 2;
        } else {
            mp_buf_add(b, ",", top.any ? 1 : 0);
            top.any = true;
            if (top.object) {
                mp_json_add_str(b, key_of(v++));
                mp_buf_addc(b, ':');
                top.left--;
            }
            top.left--;
            if (yyjson_is_ctn(v)) {
                bool object = yyjson_is_obj(v);
                mp_buf_addc(b, object ? '{' : '[');
                mp_buf_add(&open, &top, sizeof top);
                top = (struct level){yyjson_get_len(v) * (object ? 2 : 1), object, false};
                v++;
            } else {
                mp_rec_add_value(b, v);
                v = unsafe_yyjson_get_next(v);
            }
        }
        while (top.left == 0 && open.len > 0) {
            mp_buf_addc(b, top.object ? '}' : ']');
            open.len -= sizeof top;
            memcpy(&top, open.data + open.len, sizeof top);
        }
    } while (top.left > 0 && !open.failed && !b->failed);
    b->failed |= open.failed;
    mp_buf_free(&open);
}
