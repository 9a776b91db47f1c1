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

/* Where the members that are missing will stand. */
struct plan {
    const struct mp_edit *edits;
    size_t n;
    struct mp_str key[MP_EDITS_MAX];
    size_t rank[MP_EDITS_MAX];
    size_t behind[MP_EDITS_MAX]; /* as many members come first; PRESENT: it has the key itself */
};

static const size_t PRESENT = (size_t)-1;

static struct mp_str key_of(yyjson_val *key)
{
    return (struct mp_str){unsafe_yyjson_get_str(key), unsafe_yyjson_get_len(key)};
}

static void make_plan(struct plan *p, yyjson_val *object, const struct mp_str *order)
{
    for (size_t i = 0; i < p->n; i++) {
        p->key[i] = mp_str_of(p->edits[i].key);
        p->rank[i] = rank_of(order, p->key[i]);
        p->behind[i] = 0;
    }
    size_t place = 0;
    yyjson_obj_iter all = yyjson_obj_iter_with(object);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&all));) {
        size_t rank = rank_of(order, key_of(key));
        place++;
        for (size_t i = 0; i < p->n; i++) {
            if (mp_str_eq(key_of(key), p->key[i]))
                p->behind[i] = PRESENT;
            else if (rank > 0 && rank < p->rank[i] && p->behind[i] != PRESENT)
                p->behind[i] = place;
        }
    }
}

/* Puts in what stands behind the first `place` members, in the order of their ranks. */
static void add_missing(struct mp_buf *b, const struct plan *p, size_t place, bool *any)
{
    for (size_t last = 0;;) {
        size_t next = p->n;
        for (size_t i = 0; i < p->n; i++)
            if (p->behind[i] == place && p->edits[i].json.p && p->rank[i] > last &&
                (next == p->n || p->rank[i] < p->rank[next]))
                next = i;
        if (next == p->n)
            return;
        last = p->rank[next];
        mp_buf_add(b, ",\"", *any ? 2 : 0);
        if (!*any)
            mp_buf_addc(b, '"');
        mp_buf_addstr(b, p->key[next]);
        mp_buf_add(b, "\":", 2);
        mp_buf_addstr(b, p->edits[next].json);
        *any = true;
    }
}

static const struct mp_edit *edit_of(const struct plan *p, yyjson_val *key)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->behind[i] == PRESENT && mp_str_eq(key_of(key), p->key[i]))
            return &p->edits[i];
    return NULL;
}

/* What stands between two members: as it is, but with one comma if there is something before. */
static void add_between(struct mp_buf *b, const char *from, const char *to, bool any)
{
    const char *comma = memchr(from, ',', (size_t)(to - from));
    if (any && !comma)
        mp_buf_addc(b, ',');
    if (!any && comma)
        from = comma + 1;
    mp_buf_add(b, from, (size_t)(to - from));
}

void mp_edit_add(struct mp_buf *b, struct mp_str text, yyjson_val *object,
                 const struct mp_str *order, const struct mp_edit *edits, size_t n)
{
    struct plan p;
    p.edits = edits;
    p.n = n;
    make_plan(&p, object, order);
    const char *end = mp_json_skip_blanks(text.p) + 1, *at; /* of what is dealt with */
    mp_buf_add(b, text.p, (size_t)(end - text.p));
    bool any = false;
    size_t place = 0;
    add_missing(b, &p, place, &any);
    yyjson_obj_iter all = yyjson_obj_iter_with(object);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&all)); end = at) {
        const char *begin = mp_json_skip_blanks(end);
        begin = *begin == ',' ? mp_json_skip_blanks(begin + 1) : begin;
        const char *value = mp_json_skip_blanks(mp_json_skip_blanks(mp_json_skip_value(begin)) + 1);
        const struct mp_edit *edit = edit_of(&p, key);
        at = mp_json_skip_value(value);
        if (!edit || edit->json.p) {
            add_between(b, end, begin, any);
            mp_buf_add(b, begin, (size_t)((edit ? value : at) - begin));
            if (edit)
                mp_buf_addstr(b, edit->json);
            any = true;
        }
        add_missing(b, &p, ++place, &any);
    }
    mp_buf_add(b, end, (size_t)(text.p + text.n - end));
}

struct mp_str mp_edit_raw(const struct mp_rec *rec, const char *name)
{
    const char *p = mp_json_skip_blanks(mp_json_skip_blanks(rec->line.p) + 1);
    yyjson_obj_iter all = yyjson_obj_iter_with(rec->root);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&all));) {
        const char *value = mp_json_skip_blanks(mp_json_skip_blanks(mp_json_skip_value(p)) + 1);
        const char *end = mp_json_skip_value(value);
        if (mp_str_eq(key_of(key), mp_str_of(name)))
            return (struct mp_str){value, (size_t)(end - value)};
        p = mp_json_skip_blanks(mp_json_skip_blanks(end) + 1);
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
