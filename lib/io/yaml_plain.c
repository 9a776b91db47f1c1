/* The YAML that rules are mostly written in. Names of things are those of the YAML specification
 * (1.1). */
#include "io/yaml_plain.h"
#include "base/hash.h"
#include "base/utf8.h"

enum { KEY_MAX = 1000 /* bytes of a key; libyaml takes 1024 characters */ };

struct reader {
    struct mp_arena *arena;
    struct mp_str file;
    const char *p, *end;
    const char *line; /* begins here */
    size_t number;    /* of the line, from 1 */
    bool ascii;
    bool failed;         /* memory ran out */
    struct mp_buf paste; /* a quoted text without its signs */
};

/* What stands at p, or a line end behind the last byte. */
static char at(const struct reader *r, size_t ahead)
{
    return (size_t)(r->end - r->p) > ahead ? r->p[ahead] : '\n';
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\n';
}

static size_t column(const struct reader *r)
{
    return (size_t)(r->p - r->line);
}

static void skip_blanks(struct reader *r)
{
    while (r->p < r->end && *r->p == ' ')
        r->p++;
}

static const char *line_end(const struct reader *r)
{
    const char *end = memchr(r->p, '\n', (size_t)(r->end - r->p));
    return end ? end : r->end;
}

static void next_line(struct reader *r)
{
    r->p = line_end(r);
    r->p += r->p < r->end;
    r->line = r->p;
    r->number++;
}

static bool is_border(const struct reader *r)
{
    return column(r) == 0 && r->end - r->p >= 3 &&
           (memcmp(r->p, "---", 3) == 0 || memcmp(r->p, "...", 3) == 0);
}

/* Whether nothing but blanks and a comment follow in the line, or p is at its end. */
static bool ends_line(const struct reader *r)
{
    struct reader ahead = *r;
    skip_blanks(&ahead);
    return at(&ahead, 0) == '\n' || at(&ahead, 0) == '#';
}

/* Behind something in its line: a comment may follow. Goes to what comes next in another line.
 * False if anything else follows, or a border of documents. */
static bool end_line(struct reader *r)
{
    const char *from = r->p;
    skip_blanks(r);
    bool apart = r->p > from || r->p == r->line || r->p[-1] == ' ';
    if (r->p < r->end && *r->p != '\n' && !(apart && *r->p == '#'))
        return false;
    while (r->p < r->end) {
        next_line(r);
        skip_blanks(r);
        if (r->p < r->end && *r->p != '\n' && *r->p != '#')
            return !is_border(r);
    }
    return true;
}

static struct mp_yaml *make(struct reader *r, enum mp_yaml_kind kind)
{
    size_t col = r->ascii ? column(r) : mp_utf8_count((struct mp_str){r->line, column(r)});
    struct mp_yaml *y = mp_yaml_node(r->arena, kind, r->file, r->number, col + 1);
    r->failed |= !y;
    return y;
}

/* NULL if the text cannot be had. */
static struct mp_yaml *give(struct reader *r, struct mp_yaml *y, struct mp_str text, bool quoted)
{
    if (y && mp_yaml_set(r->arena, y, text, quoted))
        return y;
    r->failed = true;
    return NULL;
}

static bool append(struct reader *r, struct mp_yaml *to, struct mp_yaml *key, struct mp_yaml *value)
{
    r->failed |= !mp_yaml_append(r->arena, to, key, value);
    return !r->failed;
}

/* Puts a key in those of its map. False if it is none, or there already. */
static bool note_key(struct reader *r, struct mp_map *seen, const struct mp_yaml *key)
{
    size_t before = seen->n;
    if (!key || key->kind != MP_YAML_TEXT || !key->text.p)
        return false;
    r->failed |= mp_map_put(seen, key->text) == MP_MAP_NONE;
    return !r->failed && seen->n > before;
}

/* ---- texts ---- */

static struct mp_yaml *read_quoted(struct reader *r)
{
    struct mp_yaml *y = make(r, MP_YAML_TEXT);
    char quote = *r->p++;
    r->paste.len = 0;
    for (const char *stop = line_end(r); r->p < stop;) {
        const char *close = memchr(r->p, quote, (size_t)(stop - r->p));
        if (!close || (quote == '"' && memchr(r->p, '\\', (size_t)(close - r->p))))
            return NULL;
        struct mp_str part = {r->p, (size_t)(close - r->p)};
        r->p = close + 1;
        bool ends = quote == '"' || at(r, 0) != '\'';
        if (ends && r->paste.len == 0)
            return give(r, y, part, true);
        mp_buf_addstr(&r->paste, part);
        if (ends) {
            r->failed |= r->paste.failed;
            return r->failed ? NULL : give(r, y, mp_buf_str(&r->paste), true);
        }
        mp_buf_addc(&r->paste, '\'');
        r->p++;
    }
    return NULL;
}

/* Whether a plain text may begin here. */
static bool begins_plain(const struct reader *r)
{
    char c = at(r, 0), next = at(r, 1);
    if (c == '-')
        return (next >= 'a' && next <= 'z') || (next >= '0' && next <= '9');
    return !is_gap(c) && !strchr("?:,[]{}#&*!|>'\"%@`", c);
}

/* The end of the plain text of a block, up to `stop`; NULL if there is something odd in it. */
static const char *plain_end(const struct reader *r, const char *stop)
{
    const char *comment = memmem(r->p, (size_t)(stop - r->p), " #", 2);
    stop = comment ? comment : stop;
    for (const char *s = r->p; (s = memchr(s, ':', (size_t)(stop - s)));)
        if (++s == stop || *s == ' ')
            return NULL;
    return stop;
}

/* The same among commas and brackets. */
static const char *plain_end_in_flow(const struct reader *r, const char *stop)
{
    const char *s = r->p;
    for (; s < stop && !strchr(",]}", *s); s++) {
        char next = s + 1 < stop ? s[1] : '\n';
        if (*s == ':' && is_gap(next))
            return s;
        if (strchr("[{", *s) || (*s == ':' && strchr(",[]{}?", next)) || (*s == ' ' && next == '#'))
            return NULL;
    }
    return s;
}

static struct mp_yaml *read_plain(struct reader *r, bool flow)
{
    const char *stop = line_end(r);
    const char *end = !begins_plain(r) ? NULL
                      : flow           ? plain_end_in_flow(r, stop)
                                       : plain_end(r, stop);
    if (!end)
        return NULL;
    struct mp_str text = {r->p, (size_t)(end - r->p)};
    while (text.p[text.n - 1] == ' ')
        text.n--;
    struct mp_yaml *y = give(r, make(r, MP_YAML_TEXT), text, false);
    r->p += text.n;
    return y;
}

/* ---- flow ---- */

static void skip_gaps(struct reader *r)
{
    for (; r->p < r->end && is_gap(*r->p); r->p++)
        if (*r->p == '\n') {
            r->number++;
            r->line = r->p + 1;
        }
}

static struct mp_yaml *read_flow(struct reader *r, size_t depth, bool flow);

/* "key: " */
static bool read_flow_key(struct reader *r, struct mp_map *seen, size_t depth, struct mp_yaml **key)
{
    const char *from = r->p;
    *key = read_flow(r, depth, true);
    if (!note_key(r, seen, *key) || r->p - from > KEY_MAX || at(r, 0) != ':' || at(r, 1) != ' ')
        return false;
    r->p++;
    skip_blanks(r);
    return true;
}

static bool read_flow_items(struct reader *r, struct mp_yaml *y, size_t depth)
{
    bool map = y->kind == MP_YAML_MAP, fine = true;
    char close = map ? '}' : ']';
    struct mp_map seen = {0};
    r->p++;
    skip_gaps(r);
    while (fine && at(r, 0) != close) {
        struct mp_yaml *key = NULL, *value = NULL;
        fine = r->p < r->end && !is_border(r) && (!map || read_flow_key(r, &seen, depth, &key)) &&
               (value = read_flow(r, depth, true)) && append(r, y, key, value);
        skip_gaps(r);
        if (fine && at(r, 0) == ',') {
            r->p++;
            skip_gaps(r);
        } else {
            fine = fine && at(r, 0) == close;
        }
    }
    mp_map_free(&seen);
    r->p++;
    return fine;
}

/* A text, or a list or map in brackets. */
static struct mp_yaml *read_flow(struct reader *r, size_t depth, bool flow)
{
    char c = at(r, 0);
    if (depth > MP_YAML_DEPTH)
        return NULL;
    if (c == '\'' || c == '"')
        return read_quoted(r);
    if (c != '[' && c != '{')
        return read_plain(r, flow);
    struct mp_yaml *y = make(r, c == '{' ? MP_YAML_MAP : MP_YAML_LIST);
    return y && read_flow_items(r, y, depth + 1) ? y : NULL;
}

/* ---- block ---- */

/* The colon behind the key that stands here; NULL if there is none. */
static const char *find_colon(const struct reader *r)
{
    const char *stop = line_end(r), *s = r->p;
    if (at(r, 0) == '\'' || at(r, 0) == '"') {
        s = memchr(r->p + 1, at(r, 0), (size_t)(stop - r->p - 1));
        return s && ++s < stop && *s == ':' && (s + 1 == stop || s[1] == ' ') ? s : NULL;
    }
    for (; (s = memchr(s, ':', (size_t)(stop - s))); s++)
        if (s + 1 == stop || s[1] == ' ')
            break;
    const char *comment = s ? memmem(r->p, (size_t)(s - r->p), " #", 2) : NULL;
    return comment || !begins_plain(r) || is_gap(s ? s[-1] : '\n') ? NULL : s;
}

static bool is_dash(const struct reader *r)
{
    return at(r, 0) == '-' && is_gap(at(r, 1));
}

static struct mp_yaml *read_block(struct reader *r, size_t indent, size_t depth);

/* What stands behind a dash or colon, of a list or map that is indented so far. */
static struct mp_yaml *read_value(struct reader *r, bool map, size_t indent, size_t depth)
{
    const char *line = r->line;
    bool opens = !map; /* a list or map may begin here */
    struct mp_yaml *none = NULL;
    if (is_gap(at(r, 0)) && ends_line(r)) {
        none = make(r, MP_YAML_TEXT);
        if (!none || !end_line(r))
            return NULL;
        size_t here = column(r);
        if (r->p == r->end || here < indent || (here == indent && !(map && is_dash(r))))
            return none;
        opens = true;
    }
    skip_blanks(r);
    if (opens && (is_dash(r) || find_colon(r)))
        return read_block(r, column(r), depth);
    if (depth > MP_YAML_DEPTH || (r->line != line && column(r) <= indent))
        return NULL;
    struct mp_yaml *y = read_flow(r, depth, false);
    return y && end_line(r) && (r->p == r->end || column(r) <= indent) ? y : NULL;
}

static bool read_pair(struct reader *r, struct mp_yaml *y, struct mp_map *seen, size_t indent,
                      size_t depth)
{
    const char *colon = find_colon(r);
    if (!colon || colon - r->p > KEY_MAX)
        return false;
    struct mp_str plain = {r->p, (size_t)(colon - r->p)};
    struct mp_yaml *key = at(r, 0) == '\'' || at(r, 0) == '"'
                              ? read_quoted(r)
                              : give(r, make(r, MP_YAML_TEXT), plain, false);
    if (!note_key(r, seen, key))
        return false;
    r->p = colon + 1;
    struct mp_yaml *value = read_value(r, true, indent, depth);
    return value && append(r, y, key, value);
}

/* Goes on while a further item stands at the same place of its line. */
static bool read_items(struct reader *r, struct mp_yaml *y, size_t indent, size_t depth)
{
    struct mp_map seen = {0};
    bool map = y->kind == MP_YAML_MAP, fine = true;
    while (fine && r->p < r->end && column(r) == indent && is_dash(r) == !map) {
        if (map) {
            fine = read_pair(r, y, &seen, indent, depth);
        } else {
            r->p++;
            struct mp_yaml *value = read_value(r, false, indent, depth);
            fine = value && append(r, y, NULL, value);
        }
    }
    mp_map_free(&seen);
    return fine;
}

static struct mp_yaml *read_block(struct reader *r, size_t indent, size_t depth)
{
    struct mp_yaml *y = make(r, is_dash(r) ? MP_YAML_LIST : MP_YAML_MAP);
    return y && depth <= MP_YAML_DEPTH && read_items(r, y, indent, depth + 1) ? y : NULL;
}

/* Only signs that libyaml takes, and no line ends but \n. */
static bool has_plain_signs(struct mp_str text, bool *ascii)
{
    bool plain = true;
    unsigned char high = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        plain &= (c >= ' ') | (c == '\n');
        plain &= c != 0x7f;
        high |= c;
    }
    *ascii = high < 0x80;
    for (size_t i = 0; plain && !*ascii && i < text.n;) {
        i += mp_utf8_ascii_run(text.p + i, text.n - i);
        size_t n = i < text.n ? mp_utf8_seq(text.p + i, text.n - i) : 0;
        if (i == text.n)
            break;
        uint32_t c = n ? mp_utf8_next(text, &i) : 0;
        plain = c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029;
    }
    return plain;
}

enum mp_yaml_found mp_yaml_plain(struct mp_arena *a, struct mp_str file, struct mp_str text,
                                 struct mp_yaml **root)
{
    struct reader r = {.arena = a, .file = file, .p = text.p, .end = text.p + text.n};
    r.line = r.p;
    r.number = 1;
    struct mp_yaml *y = NULL;
    if (text.n && has_plain_signs(text, &r.ascii)) {
        skip_blanks(&r);
        bool begins = r.p < r.end && *r.p != '#' && *r.p != '\n' ? !is_border(&r) : end_line(&r);
        if (begins && r.p < r.end && (is_dash(&r) || find_colon(&r)))
            y = read_block(&r, column(&r), 0);
    }
    mp_buf_free(&r.paste);
    if (r.failed)
        return MP_YAML_NO_MEMORY;
    if (!y || r.p < r.end)
        return MP_YAML_ODD;
    *root = y;
    return MP_YAML_READ;
}
