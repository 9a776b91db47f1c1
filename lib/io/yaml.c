/* Rules in YAML: read whole, checked, every mistake with file, line and column. */
#include "io/yaml.h"
#include "base/hash.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <yaml.h>

enum { MAX_DEPTH = 24, MAX_BYTES = 1 << 20 };

struct loader {
    struct mp_arena *arena;
    yaml_parser_t parser;
    struct mp_str file;
    FILE *in;
    size_t bytes;   /* read so far */
    int read_fault; /* errno of a read that failed */
    struct mp_error *e;
};

static int fail_at(struct loader *l, yaml_mark_t mark, const char *text)
{
    mp_error_set(l->e, MP_RULES, "%s", text);
    return mp_error_at(l->e, l->file, mark.line + 1, mark.column + 1);
}

static int next(struct loader *l, yaml_event_t *event)
{
    if (yaml_parser_parse(&l->parser, event))
        return 0;
    if (l->parser.error == YAML_MEMORY_ERROR)
        return mp_error_memory(l->e);
    if (l->bytes > MAX_BYTES)
        return fail_at(l, (yaml_mark_t){0}, "too large a file for rules");
    if (l->read_fault) {
        mp_error_set(l->e, MP_READ, "cannot read: %s", strerror(l->read_fault));
        return mp_error_at(l->e, l->file, 0, 0);
    }
    const char *problem = l->parser.problem ? l->parser.problem : "not YAML";
    return fail_at(l,
                   l->parser.error == YAML_READER_ERROR ? (yaml_mark_t){0} : l->parser.problem_mark,
                   problem);
}

static struct mp_yaml *new_node(struct loader *l, enum mp_yaml_kind kind, yaml_mark_t mark)
{
    struct mp_yaml *y = mp_arena_alloc(l->arena, sizeof *y);
    if (y)
        *y = (struct mp_yaml){
            .kind = kind, .file = l->file, .line = mark.line + 1, .col = mark.column + 1};
    else
        mp_error_memory(l->e);
    return y;
}

/* Doubles an array when its length is a power of two; arena memory, so old ones stay behind. */
static bool widen(struct loader *l, struct mp_yaml ***array, size_t n)
{
    if (n & (n - 1))
        return true;
    struct mp_yaml **wider = mp_arena_alloc(l->arena, (n ? n * 2 : 1) * sizeof *wider);
    if (!wider)
        return false;
    if (n)
        memcpy(wider, *array, n * sizeof *wider);
    *array = wider;
    return true;
}

static int read_node(struct loader *l, yaml_event_t *event, size_t depth, struct mp_yaml **out);

static struct mp_yaml *read_text(struct loader *l, const yaml_event_t *event)
{
    struct mp_yaml *y = new_node(l, MP_YAML_TEXT, event->start_mark);
    if (!y)
        return NULL;
    struct mp_str s = {(const char *)event->data.scalar.value, event->data.scalar.length};
    y->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (!y->quoted && (s.n == 0 || mp_str_is(s, "~") || mp_str_is(s, "null")))
        return y;
    y->text = mp_arena_str(l->arena, s);
    if (!y->text.p) {
        mp_error_memory(l->e);
        return NULL;
    }
    return y;
}

static int read_key(struct loader *l, yaml_event_t *event, size_t depth, struct mp_map *seen,
                    struct mp_yaml **key)
{
    if (read_node(l, event, depth, key) < 0)
        return -1;
    if ((*key)->kind != MP_YAML_TEXT || !(*key)->text.p)
        return mp_yaml_fail(*key, l->e, "a key must be a text");
    size_t before = seen->n;
    if (mp_map_put(seen, (*key)->text) == MP_MAP_NONE)
        return mp_error_memory(l->e);
    if (seen->n == before)
        return mp_yaml_fail(*key, l->e, "key '%s' stands here a second time", (*key)->text.p);
    return 0;
}

/* Items up to the end event; a map's come in pairs, whose keys go to `seen`. */
static int read_items(struct loader *l, struct mp_yaml *y, yaml_event_type_t end, size_t depth,
                      struct mp_map *seen)
{
    for (;;) {
        yaml_event_t event;
        if (next(l, &event) < 0)
            return -1;
        bool done = event.type == end;
        struct mp_yaml *key = NULL, *value = NULL;
        int bad = 0;
        if (!done && y->kind == MP_YAML_MAP) {
            bad = read_key(l, &event, depth, seen, &key);
            yaml_event_delete(&event);
            if (bad || next(l, &event) < 0)
                return -1;
        }
        if (!done)
            bad = read_node(l, &event, depth, &value);
        yaml_event_delete(&event);
        if (done || bad)
            return bad;
        if (!widen(l, &y->items, y->n) || (key && !widen(l, &y->keys, y->n)))
            return mp_error_memory(l->e);
        if (key)
            y->keys[y->n] = key;
        y->items[y->n++] = value;
    }
}

static int read_node(struct loader *l, yaml_event_t *event, size_t depth, struct mp_yaml **out)
{
    const yaml_char_t *anchor =
        event->type == YAML_SCALAR_EVENT           ? event->data.scalar.anchor
        : event->type == YAML_SEQUENCE_START_EVENT ? event->data.sequence_start.anchor
        : event->type == YAML_MAPPING_START_EVENT  ? event->data.mapping_start.anchor
                                                   : NULL;
    if (anchor || event->type == YAML_ALIAS_EVENT)
        return fail_at(l, event->start_mark,
                       "anchors and aliases are not used in rules: write it out");
    if (depth > MAX_DEPTH)
        return fail_at(l, event->start_mark, "nested too deep");
    if (event->type == YAML_SCALAR_EVENT) {
        *out = read_text(l, event);
        return *out ? 0 : -1;
    }
    bool map = event->type == YAML_MAPPING_START_EVENT;
    *out = new_node(l, map ? MP_YAML_MAP : MP_YAML_LIST, event->start_mark);
    if (!*out)
        return -1;
    struct mp_map seen = {0};
    int result = read_items(l, *out, map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT,
                            depth + 1, &seen);
    mp_map_free(&seen);
    return result;
}

static int read_document(struct loader *l, struct mp_yaml **root)
{
    yaml_event_t event;
    *root = NULL;
    for (bool end = false; !end;) {
        if (next(l, &event) < 0)
            return -1;
        int bad = 0;
        switch (event.type) {
        case YAML_STREAM_END_EVENT:
            end = true;
            break;
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            break;
        default:
            bad = *root ? fail_at(l, event.start_mark, "a second document")
                        : read_node(l, &event, 0, root);
        }
        yaml_event_delete(&event);
        if (bad)
            return -1;
    }
    return *root ? 0 : fail_at(l, (yaml_mark_t){0}, "there is nothing in this file");
}

/* For libyaml. 0 if there is too much, or it cannot be read. */
static int read_some(void *ctx, unsigned char *to, size_t room, size_t *got)
{
    struct loader *l = ctx;
    errno = 0;
    *got = fread(to, 1, room, l->in);
    l->bytes += *got;
    l->read_fault = ferror(l->in) ? errno : 0;
    return l->bytes <= MAX_BYTES && !l->read_fault;
}

/* A folder can be opened, but not read. */
static FILE *open_file(const char *path)
{
    struct stat st;
    FILE *f = fopen(path, "rbe");
    if (f && fstat(fileno(f), &st) == 0 && S_ISDIR(st.st_mode)) {
        fclose(f);
        f = NULL;
        errno = EISDIR;
    }
    return f;
}

int mp_yaml_load(struct mp_arena *a, const char *path, struct mp_yaml **root, struct mp_error *e)
{
    struct loader l = {.arena = a, .file = mp_arena_str(a, mp_str_of(path)), .e = e};
    if (!l.file.p)
        return mp_error_memory(e);
    l.in = open_file(path);
    if (!l.in && errno == ENOMEM)
        return mp_error_memory(e);
    if (!l.in) {
        mp_error_set(e, MP_OPEN, "cannot open: %s", strerror(errno));
        return mp_error_at(e, l.file, 0, 0);
    }
    int result = -1;
    if (!yaml_parser_initialize(&l.parser)) {
        mp_error_memory(e);
    } else {
        yaml_parser_set_input(&l.parser, read_some, &l);
        result = read_document(&l, root);
        yaml_parser_delete(&l.parser);
    }
    fclose(l.in);
    return result;
}

struct mp_yaml *mp_yaml_get(const struct mp_yaml *map, const char *key)
{
    if (!map || map->kind != MP_YAML_MAP)
        return NULL;
    for (size_t i = 0; i < map->n; i++)
        if (mp_str_is(map->keys[i]->text, key))
            return map->items[i];
    return NULL;
}

int mp_yaml_fail(const struct mp_yaml *at, struct mp_error *e, const char *format, ...)
{
    char text[MP_ERROR_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    mp_error_set(e, MP_RULES, "%s", text);
    return mp_error_at(e, at->file, at->line, at->col);
}

int mp_yaml_check(const struct mp_yaml *map, const char *known, struct mp_error *e)
{
    if (map->kind != MP_YAML_MAP)
        return mp_yaml_fail(map, e, "here must stand keys with values: %s", known);
    for (size_t i = 0; i < map->n; i++)
        if (!mp_str_in(known, map->keys[i]->text))
            return mp_yaml_fail(map->keys[i], e, "unknown key '%s'; known are: %s",
                                map->keys[i]->text.p, known);
    return 0;
}

int mp_yaml_is_text(const struct mp_yaml *y, struct mp_error *e)
{
    return y->kind == MP_YAML_TEXT && y->text.p ? 0 : mp_yaml_fail(y, e, "here must stand a text");
}

int mp_yaml_text(const struct mp_yaml *map, const char *key, bool must, struct mp_str *out,
                 struct mp_error *e)
{
    struct mp_yaml *y = mp_yaml_get(map, key);
    if (!y)
        return must ? mp_yaml_fail(map, e, "key '%s' is missing", key) : 0;
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    *out = y->text;
    return 0;
}

int mp_yaml_int(const struct mp_yaml *map, const char *key, bool must, int64_t *out,
                struct mp_error *e)
{
    struct mp_str s = {0};
    if (mp_yaml_text(map, key, must, &s, e) < 0)
        return -1;
    if (!s.p)
        return 0;
    char *end;
    errno = 0;
    long long v = strtoll(s.p, &end, 10);
    if (s.n == 0 || *end || errno)
        return mp_yaml_fail(mp_yaml_get(map, key), e, "'%s' is not a whole number", s.p);
    *out = v;
    return 0;
}

int mp_yaml_bool(const struct mp_yaml *map, const char *key, bool *out, struct mp_error *e)
{
    struct mp_str s = {0};
    if (mp_yaml_text(map, key, false, &s, e) < 0)
        return -1;
    if (!s.p)
        return 0;
    if (!mp_str_is(s, "true") && !mp_str_is(s, "false"))
        return mp_yaml_fail(mp_yaml_get(map, key), e, "'%s' is neither true nor false", s.p);
    *out = mp_str_is(s, "true");
    return 0;
}

size_t mp_yaml_count(const struct mp_yaml *y)
{
    return !y ? 0 : y->kind == MP_YAML_LIST ? y->n : 1;
}

struct mp_yaml *mp_yaml_item(struct mp_yaml *y, size_t i)
{
    return y->kind == MP_YAML_LIST ? y->items[i] : y;
}
