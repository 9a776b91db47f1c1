/* Changing a record. */
#include "io/edit.h"
#include "io/json.h"
#include "io/json_text.h"

/* What becomes of the text; before `done` all is dealt with. */
struct result {
    struct mp_buf *b;
    const struct mp_members *object;
    const struct mp_edits *edits;
    const char *done;
    size_t added, dropped; /* members */
};

static void copy_to(struct result *r, const char *to)
{
    mp_buf_add(r->b, r->done, (size_t)(to - r->done));
    r->done = to;
}

/* Behind what stands before a member: the value of another, or the brace that opens. */
static const char *end_before(const struct mp_member *m)
{
    const char *p = mp_json_back_over_blanks(m->begin);
    return p[-1] == ',' ? mp_json_back_over_blanks(p - 1) : p;
}

/* Whether anything is left of the first n members and of what was put in there. */
static bool any_left(const struct result *r, size_t n)
{
    return n + r->added > r->dropped;
}

/* Puts members in at a place behind the first n, in their order. */
static inline void put_in(struct result *r, uint32_t keys, const char *at, size_t n)
{
    if (!keys)
        return;
    copy_to(r, at);
    for (; keys; keys &= keys - 1) {
        int key = __builtin_ctz(keys);
        mp_buf_add(r->b, ",\"", 2);
        if (!any_left(r, n) && !r->b->failed) /* without a comma */
            r->b->data[--r->b->len - 1] = '"';
        mp_buf_addstr(r->b, r->object->order[key]);
        mp_buf_add(r->b, "\":", 2);
        mp_buf_addstr(r->b, r->edits->json[key]);
        r->added++;
    }
}

/* What is taken away takes the comma before it along; where nothing is left before it, the one
 * behind it goes when all that was to be put in there is. */
static void drop(struct result *r, const struct mp_member *m)
{
    if (any_left(r, m->place) || m->place == 0)
        copy_to(r, end_before(m));
    r->done = m->value.p + m->value.n;
    r->dropped++;
}

static void drop_comma(struct result *r)
{
    const char *p = mp_json_skip_blanks(r->done);
    if (*p == ',')
        r->done = p + 1;
}

static bool first_stays(const struct mp_members *object, uint32_t dropped)
{
    if (object->n_known == 0 || object->at[object->known[0]].place > 0)
        return object->n > 0;
    return !(dropped >> object->known[0] & 1);
}

void mp_edit_add(struct mp_buf *b, const struct mp_members *object, const struct mp_edits *edits)
{
    struct result r = {.b = b, .object = object, .edits = edits, .done = object->text.p};
    uint32_t missing = edits->set & ~edits->dropped & ~object->present, behind[MP_MEMBERS_MAX];
    for (size_t i = object->n_known; i-- > 0;) { /* the last one that it may stand behind */
        behind[i] = missing & ~((UINT32_C(2) << object->known[i]) - 1);
        missing &= ~behind[i];
    }
    put_in(&r, missing, object->inside, 0);
    if (missing && first_stays(object, edits->dropped))
        mp_buf_addc(b, ',');
    for (size_t i = 0; i < object->n_known; i++) {
        unsigned key = object->known[i];
        const struct mp_member *m = &object->at[key];
        const char *end = m->value.p + m->value.n;
        if (edits->dropped >> key & 1) {
            drop(&r, m);
        } else if (edits->set >> key & 1) {
            copy_to(&r, m->value.p);
            mp_buf_addstr(b, edits->json[key]);
            r.done = end;
        }
        put_in(&r, behind[i], end, m->place + 1);
        if (!any_left(&r, m->place + 1))
            drop_comma(&r);
    }
    copy_to(&r, object->text.p + object->text.n);
}

static struct mp_str key_of(yyjson_val *key)
{
    return (struct mp_str){unsafe_yyjson_get_str(key), unsafe_yyjson_get_len(key)};
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
