/* One record: a line of JSON, its parsed form, and writing it again with a key set. */
#include "io/record.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "io/json.h"
#include "io/json_text.h"
#include "io/skim.h"
#include <stdlib.h>

enum {
    POOL_LINE_MAX = 1 << 20, /* longer lines take their memory from malloc */
    MANY_KEYS = 256          /* of one object */
};

static const yyjson_read_flag FLAGS = YYJSON_READ_INSITU | YYJSON_READ_NUMBER_AS_RAW;

void mp_rec_reader_free(struct mp_rec_reader *r)
{
    yyjson_doc_free(r->doc);
    mp_buf_free(&r->text);
    mp_buf_free(&r->pool);
    *r = (struct mp_rec_reader){0};
}

static int fail(struct mp_error *e, const struct mp_rec *rec, size_t byte, enum mp_code code,
                const char *text)
{
    mp_error_set(e, code, "%s", text);
    struct mp_str before = {rec->line.p, byte < rec->line.n ? byte : rec->line.n};
    return mp_error_at(e, rec->file, rec->number, mp_utf8_count(before) + 1);
}

/* A key's first four bytes and its length, mixed. From each key on at least four bytes are
 * readable: behind it stand `":` and a value. */
static inline unsigned mark_of(const char *key, size_t n)
{
    uint32_t head;
    memcpy(&head, key, sizeof head);
    if (n < sizeof head)
        head &= (UINT32_C(1) << 8 * n) - 1;
    return (head ^ (uint32_t)n * UINT32_C(0x01000193)) * UINT32_C(0x9e3779b1) >> 24;
}

/* For objects of many keys, where comparing pairs would take for ever. 1, 0, or -1 if memory ran
 * out. */
static int has_duplicate_of_many(yyjson_val *object)
{
    struct mp_map seen = {0};
    int result = 0;
    yyjson_obj_iter all = yyjson_obj_iter_with(object);
    for (yyjson_val *key; result == 0 && (key = yyjson_obj_iter_next(&all));) {
        size_t n = seen.n;
        size_t at = mp_map_put(&seen, (struct mp_str){yyjson_get_str(key), yyjson_get_len(key)});
        result = at == MP_MAP_NONE ? -1 : at < n;
    }
    mp_map_free(&seen);
    return result;
}

/* Keys of one object are few: a bit for each mark makes the comparison of all pairs rare. */
static int has_duplicate(yyjson_val *object)
{
    if (unsafe_yyjson_get_len(object) > MANY_KEYS)
        return has_duplicate_of_many(object);
    uint64_t seen[4] = {0};
    yyjson_val *first = unsafe_yyjson_get_first(object), *key = first;
    for (size_t left = unsafe_yyjson_get_len(object); left > 0; left--) {
        const char *p = key->uni.str;
        size_t n = unsafe_yyjson_get_len(key);
        unsigned mark = mark_of(p, n);
        uint64_t bit = UINT64_C(1) << (mark & 63), *word = &seen[mark >> 6];
        if (*word & bit)
            for (yyjson_val *k = first; k != key; k = unsafe_yyjson_get_next(k + 1))
                if (unsafe_yyjson_equals_strn(k, p, n))
                    return 1;
        *word |= bit;
        key = unsafe_yyjson_get_next(key + 1);
    }
    return 0;
}

/* All values lie one behind the other in the document, so no recursion is needed. */
static int any_duplicate(yyjson_doc *doc)
{
    yyjson_val *v = yyjson_doc_get_root(doc);
    size_t n = yyjson_doc_get_val_count(doc);
    int result = 0;
    for (size_t i = 0; i < n && result == 0; i++) {
        if (!unsafe_yyjson_is_ctn(v + i))
            continue;
        size_t len = unsafe_yyjson_get_len(v + i);
        size_t members = unsafe_yyjson_get_type(v + i) == YYJSON_TYPE_OBJ ? 2 * len : len;
        if (members > len)
            result = has_duplicate(v + i);
        if (unsafe_yyjson_get_next(v + i) == v + i + 1 + members)
            i += members; /* it holds no further containers */
    }
    return result;
}

/* Our own words: the library's differ from version to version. */
static const char *parse_fault(yyjson_read_code code)
{
    const struct {
        yyjson_read_code code;
        const char *text;
    } faults[] = {
        {YYJSON_READ_ERROR_UNEXPECTED_END, "the line ends inside a JSON value"},
        {YYJSON_READ_ERROR_UNEXPECTED_CONTENT, "something stands behind the JSON value"},
        {YYJSON_READ_ERROR_INVALID_NUMBER, "not a JSON number"},
        {YYJSON_READ_ERROR_INVALID_STRING, "not a JSON string, or not UTF-8"},
        {YYJSON_READ_ERROR_LITERAL, "a word that is no JSON value"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].code == code)
            return faults[i].text;
    return "not JSON";
}

/* The n bytes of r->text, which has room for the padding. */
static int parse_text(struct mp_rec_reader *r, size_t n, struct mp_rec *rec, struct mp_error *e)
{
    memset(r->text.data + n, 0, YYJSON_PADDING_SIZE);
    yyjson_alc pool, *alc = NULL;
    if (n <= POOL_LINE_MAX) {
        r->pool.len = 0;
        if (!mp_buf_reserve(&r->pool, yyjson_read_max_memory_usage(n, FLAGS)))
            return mp_error_memory(e);
        if (yyjson_alc_pool_init(&pool, r->pool.data, r->pool.cap))
            alc = &pool;
    }
    yyjson_read_err err;
    r->doc = yyjson_read_opts(r->text.data, n, FLAGS, alc, &err);
    if (!r->doc && err.code == YYJSON_READ_ERROR_MEMORY_ALLOCATION)
        return mp_error_memory(e);
    if (!r->doc)
        return fail(e, rec, err.pos, MP_NOT_JSON, parse_fault(err.code));
    rec->root = yyjson_doc_get_root(r->doc);
    if (!yyjson_is_obj(rec->root))
        return fail(e, rec, 0, MP_NOT_A_RECORD, "not a JSON object");
    int twice = any_duplicate(r->doc);
    if (twice < 0)
        return mp_error_memory(e);
    if (twice)
        return fail(e, rec, 0, MP_DUPLICATE_KEY, "an object has a key twice");
    return 0;
}

int mp_rec_parse(struct mp_rec_reader *r, struct mp_rec *rec, struct mp_error *e)
{
    yyjson_doc_free(r->doc);
    r->doc = NULL;
    r->text.len = 0;
    size_t n = rec->line.n;
    if (!mp_buf_reserve(&r->text, n + YYJSON_PADDING_SIZE))
        return mp_error_memory(e);
    size_t skimmed = r->skim ? mp_skim_line(r->skim, rec->line, r->text.data) : 0;
    if (skimmed) {
        if (parse_text(r, skimmed, rec, e) == 0)
            return 0;
        if (e->code == MP_MEMORY)
            return -1;
        yyjson_doc_free(r->doc); /* what is wrong, and where, is told by the whole line */
        r->doc = NULL;
    }
    if (n)
        memcpy(r->text.data, rec->line.p, n);
    return parse_text(r, n, rec, e);
}

bool mp_path_of(struct mp_path *path, struct mp_str text)
{
    path->n = 0;
    for (size_t start = 0, i = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] != '.')
            continue;
        if (i == start || path->n == MP_PATH_DEPTH)
            return false;
        path->keys[path->n++] = (struct mp_str){text.p + start, i - start};
        start = i + 1;
    }
    return path->n > 0;
}

/* Objects are short and most keys differ in length, so that few bytes are compared. */
yyjson_val *mp_rec_member(yyjson_val *value, struct mp_str key)
{
    if (!yyjson_is_obj(value))
        return NULL;
    yyjson_val *k = unsafe_yyjson_get_first(value);
    for (size_t left = unsafe_yyjson_get_len(value); left > 0; left--) {
        if (unsafe_yyjson_get_len(k) == key.n && memcmp(k->uni.str, key.p, key.n) == 0)
            return k + 1;
        k = unsafe_yyjson_get_next(k + 1);
    }
    return NULL;
}

yyjson_val *mp_rec_get(yyjson_val *root, const struct mp_path *path)
{
    yyjson_val *v = root;
    for (size_t i = 0; i < path->n && v; i++)
        v = mp_rec_member(v, path->keys[i]);
    return v && !yyjson_is_null(v) ? v : NULL;
}

struct mp_str mp_rec_text(yyjson_val *value)
{
    if (yyjson_is_str(value))
        return (struct mp_str){yyjson_get_str(value), yyjson_get_len(value)};
    if (yyjson_is_raw(value))
        return (struct mp_str){yyjson_get_raw(value), yyjson_get_len(value)};
    return (struct mp_str){0};
}

struct mp_str mp_rec_str(yyjson_val *root, const char *path)
{
    struct mp_path p;
    if (!mp_path_of(&p, mp_str_of(path)))
        return (struct mp_str){0};
    return mp_rec_text(mp_rec_get(root, &p));
}

struct mp_time mp_rec_time(yyjson_val *root, const char *path)
{
    struct mp_time t = {0};
    struct mp_str s = mp_rec_str(root, path);
    if (s.p)
        mp_time_read(s, &t);
    return t;
}

bool mp_rec_int(yyjson_val *value, int64_t *out)
{
    return yyjson_is_raw(value) && mp_rec_int_of(mp_rec_text(value), out);
}

bool mp_rec_int_of(struct mp_str s, int64_t *out)
{
    size_t i = s.n > 0 && s.p[0] == '-';
    if (s.n == i || s.n - i > 18)
        return false;
    int64_t v = 0;
    for (size_t k = i; k < s.n; k++) {
        if (s.p[k] < '0' || s.p[k] > '9')
            return false;
        v = v * 10 + (s.p[k] - '0');
    }
    *out = i ? -v : v;
    return true;
}

static void add_scalar(struct mp_buf *b, yyjson_val *v)
{
    if (yyjson_is_str(v))
        mp_json_add_str(b, mp_rec_text(v));
    else if (yyjson_is_raw(v))
        mp_buf_addstr(b, mp_rec_text(v));
    else
        mp_buf_adds(b, yyjson_is_true(v) ? "true" : yyjson_is_false(v) ? "false" : "null");
}

/* Values are stored in the order in which they are written; an open container is remembered by
 * how many of its values are still to come (an object has two for each member). */
void mp_rec_add_value(struct mp_buf *b, yyjson_val *value)
{
    struct level {
        size_t left;
        bool object, begun;
    } top = {1, false, false};
    struct mp_buf open = {0}; /* a stack of levels */
    for (yyjson_val *v = value; !open.failed && !b->failed; v++) {
        if (top.begun)
            mp_buf_addc(b, top.object && top.left % 2 ? ':' : ',');
        top.begun = true;
        if (yyjson_is_ctn(v)) {
            bool object = yyjson_is_obj(v);
            mp_buf_addc(b, object ? '{' : '[');
            mp_buf_add(&open, &top, sizeof top);
            top = (struct level){yyjson_get_len(v) * (object ? 2 : 1), object, false};
        } else {
            add_scalar(b, v);
            top.left--;
        }
        while (top.left == 0 && open.len > 0) {
            mp_buf_addc(b, top.object ? '}' : ']');
            open.len -= sizeof top;
            memcpy(&top, open.data + open.len, sizeof top);
            top.left--;
        }
        if (open.len == 0 && top.left == 0)
            break;
    }
    b->failed |= open.failed;
    mp_buf_free(&open);
}

/* Where in the line a top-level member stands. */
struct member {
    const char *begin; /* its key's quote */
    const char *value, *end;
    const char *comma_before, *comma_behind; /* NULL where there is none */
};

/* The place of a key among its object's members, which stand in the text in the same order; an
 * escaped key is the same key. The number of members where there is none. */
static size_t member_place(yyjson_val *object, struct mp_str key)
{
    size_t n = unsafe_yyjson_get_len(object), place = 0;
    yyjson_val *k = n > 0 ? unsafe_yyjson_get_first(object) : NULL;
    for (; place < n; place++) {
        if (unsafe_yyjson_get_len(k) == key.n && k->uni.str[0] == key.p[0] &&
            unsafe_yyjson_equals_strn(k, key.p, key.n))
            break;
        k = unsafe_yyjson_get_next(k + 1);
    }
    return place;
}

/* Walks over the text to the member at `place`, which is there. */
static void go_to_member(struct mp_str line, size_t place, struct member *m)
{
    const char *p = mp_json_skip_blanks(mp_json_skip_blanks(line.p) + 1), *end = line.p + line.n;
    for (*m = (struct member){0};; p = mp_json_skip_blanks(p + 1)) {
        m->begin = p;
        m->value = mp_json_skip_blanks(mp_json_skip_blanks(mp_json_skip_value(p, end)) + 1);
        m->end = mp_json_skip_value(m->value, end);
        p = mp_json_skip_blanks(m->end);
        m->comma_behind = *p == ',' ? p : NULL;
        if (place-- == 0)
            return;
        m->comma_before = p;
    }
}

/* Whether the record has the key, and where. */
static bool find(const struct mp_rec *rec, struct mp_str key, struct member *m)
{
    size_t place = member_place(rec->root, key);
    if (place == yyjson_obj_size(rec->root))
        return false;
    go_to_member(rec->line, place, m);
    return true;
}

void mp_rec_add_behind(struct mp_buf *b, struct mp_str line, struct mp_str key, struct mp_str json)
{
    const char *brace = line.p + line.n - 1;
    while (*brace != '}')
        brace--;
    const char *last = brace - 1;
    while (*last == ' ' || *last == '\t' || *last == '\r' || *last == '\n')
        last--;
    mp_buf_add(b, line.p, (size_t)(brace - line.p));
    mp_buf_add(b, ",", *last == '{' ? 0 : 1); /* it has no members: nothing else ends so */
    mp_buf_addc(b, '"');
    mp_buf_addstr(b, key);
    mp_buf_add(b, "\":", 2);
    mp_buf_addstr(b, json);
    mp_buf_add(b, brace, (size_t)(line.p + line.n - brace));
    mp_buf_addc(b, '\n');
}

void mp_rec_add_with(struct mp_buf *b, const struct mp_rec *rec, struct mp_str key,
                     struct mp_str json)
{
    struct member m;
    struct mp_str line = rec->line;
    if (!find(rec, key, &m)) {
        mp_rec_add_behind(b, line, key, json);
        return;
    }
    mp_buf_add(b, line.p, (size_t)(m.value - line.p));
    mp_buf_addstr(b, json);
    mp_buf_add(b, m.end, (size_t)(line.p + line.n - m.end));
    mp_buf_addc(b, '\n');
}

void mp_rec_add_without(struct mp_buf *b, const struct mp_rec *rec, struct mp_str key)
{
    struct member m;
    struct mp_str line = rec->line;
    if (find(rec, key, &m)) {
        const char *from = m.comma_behind || !m.comma_before ? m.begin : m.comma_before;
        const char *to = m.comma_behind ? m.comma_behind + 1 : m.end;
        mp_buf_add(b, line.p, (size_t)(from - line.p));
        mp_buf_add(b, to, (size_t)(line.p + line.n - to));
    } else {
        mp_buf_addstr(b, line);
    }
    mp_buf_addc(b, '\n');
}
