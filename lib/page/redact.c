/* Taking out of words what their reader does not need. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "page/redact.h"
#include "base/utf8.h"
#include <pcre2.h>

enum {
    STEPS_MAX = 20000,       /* of one look for a pattern in a text */
    OWN_STEPS_MAX = 1000000, /* of one for the names of a record, each a step at each word */
    TEXTS_MAX = 1024 * 1024, /* bytes of all narratives of a record that are searched for names */
    NAMES_MAX = 32 * 1024,   /* bytes of all names of a record */
    PATTERNS_MAX = 32,
};

struct mp_redact_pattern {
    struct mp_str kind;
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

static void pattern_free(struct mp_redact_pattern *p)
{
    pcre2_code_free(p->code);
    pcre2_match_data_free(p->data);
    pcre2_match_context_free(p->limits);
    *p = (struct mp_redact_pattern){0};
}

/* 0, or the number of PCRE2's error with the place in *where. */
static int pattern_make(struct mp_redact_pattern *p, struct mp_str text, uint32_t steps,
                        size_t *where)
{
    int code = 0;
    p->code = pcre2_compile((PCRE2_SPTR)text.p, text.n, PCRE2_UTF | PCRE2_UCP, &code, where, NULL);
    if (!p->code)
        return code;
    p->data = pcre2_match_data_create(1, NULL);
    p->limits = pcre2_match_context_create(NULL);
    if (!p->data || !p->limits)
        return PCRE2_ERROR_NOMEMORY;
    pcre2_set_match_limit(p->limits, steps);
    pcre2_set_depth_limit(p->limits, steps);
    return 0;
}

static bool ran_out(int code)
{
    return code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAP_FAILED;
}

static int read_pattern(struct mp_redact_pattern *p, const struct mp_yaml *y, struct mp_error *e)
{
    struct mp_str text = {0};
    size_t where = 0;
    if (mp_yaml_check(y, "as pattern", e) < 0 || mp_yaml_text(y, "as", true, &p->kind, e) < 0 ||
        mp_yaml_text(y, "pattern", true, &text, e) < 0)
        return -1;
    int code = pattern_make(p, text, STEPS_MAX, &where);
    if (code == 0) {
        pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE); /* without it the same, slower */
        return 0;
    }
    pattern_free(p);
    if (ran_out(code))
        return mp_error_memory(e);
    PCRE2_UCHAR said[120];
    pcre2_get_error_message(code, said, sizeof said);
    return mp_yaml_fail(y, e, "%s (character %zu)", (const char *)said, where + 1);
}

/* A list of texts behind a key, or NULL where there is none. */
static int read_list(const struct mp_yaml *root, const char *key, const struct mp_yaml **out,
                     struct mp_error *e)
{
    struct mp_yaml *list = mp_yaml_get(root, key);
    for (size_t i = 0; list && i < mp_yaml_count(list); i++)
        if (mp_yaml_is_text(mp_yaml_item(list, i), e) < 0)
            return -1;
    *out = list;
    return 0;
}

int mp_redact_load(struct mp_redact *r, struct mp_arena *arena, const char *path,
                   struct mp_error *e)
{
    struct mp_yaml *root;
    *r = (struct mp_redact){0};
    if (mp_yaml_load(arena, path, &root, e) < 0 ||
        mp_yaml_check(root, "redact version names contacts patterns strange small keep towns", e) <
            0 ||
        read_list(root, "names", &r->name_paths, e) < 0 ||
        read_list(root, "contacts", &r->contact_paths, e) < 0 ||
        mp_kept_load(&r->kept, root, e) < 0)
        return -1;
    struct mp_yaml *patterns = mp_yaml_get(root, "patterns"),
                   *strange = mp_yaml_get(root, "strange");
    size_t n = mp_yaml_count(patterns);
    if (n == 0 || n > PATTERNS_MAX)
        return mp_yaml_fail(root, e, "there must be 1 to %d patterns", PATTERNS_MAX);
    r->patterns = mp_arena_alloc(arena, (n + 2) * sizeof *r->patterns);
    if (!r->patterns)
        return mp_error_memory(e);
    r->own = r->patterns + n + 1;
    for (; r->n_patterns < n; r->n_patterns++)
        if (read_pattern(r->patterns + r->n_patterns, mp_yaml_item(patterns, r->n_patterns), e) < 0)
            return -1;
    if (!strange)
        return mp_yaml_fail(root, e, "there is no strange");
    r->strange = r->patterns + n;
    return read_pattern(r->strange, strange, e);
}

void mp_redact_free(struct mp_redact *r)
{
    for (size_t i = 0; i < r->n_patterns; i++)
        pattern_free(r->patterns + i);
    if (r->strange)
        pattern_free(r->strange);
    if (r->own)
        pattern_free(r->own);
    mp_kept_free(&r->kept);
    *r = (struct mp_redact){0};
}

enum found {
    NOWHERE,
    THERE,
    TOO_LONG, /* it takes too many steps: the rest of the text is meant */
};

/* The first place from `from` on. */
static enum found find(struct mp_redact *r, struct mp_redact_pattern *p, struct mp_str s,
                       size_t from, size_t *start, size_t *end)
{
    if (!p->code || from >= s.n)
        return NOWHERE;
    int rc =
        pcre2_match(p->code, (PCRE2_SPTR)s.p, s.n, from, PCRE2_NO_UTF_CHECK, p->data, p->limits);
    if (rc == PCRE2_ERROR_NOMATCH)
        return NOWHERE;
    if (rc < 0) {
        r->failed |= rc == PCRE2_ERROR_NOMEMORY;
        *start = from;
        *end = s.n;
        return TOO_LONG;
    }
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->data);
    *start = at[0];
    *end = at[1];
    return *end > *start ? THERE : NOWHERE;
}

/* What is known of the names of a record while they are learnt. */
struct names {
    struct mp_map set; /* alternatives of a pattern, each once */
    size_t len;        /* bytes of all */
    bool too_many;     /* not all are in it */
    bool failed;       /* memory ran out */
};

static void add_alternative(struct names *names, struct mp_str before, struct mp_str text,
                            struct mp_str behind)
{
    struct mp_buf b = {0};
    if (names->len + text.n > NAMES_MAX) {
        names->too_many = true;
        return;
    }
    mp_buf_addstr(&b, before);
    mp_buf_addstr(&b, text);
    mp_buf_addstr(&b, behind);
    size_t n = names->set.n;
    names->failed |= b.failed || mp_map_put(&names->set, mp_buf_str(&b)) == MP_MAP_NONE;
    names->len += names->set.n > n ? b.len : 0;
    mp_buf_free(&b);
}

/* One more name: in small letters without diacritics, for case is not looked at, and as it is
 * written if that is more. */
static void add_name(struct names *names, struct mp_str name)
{
    struct mp_buf plain = {0};
    mp_utf8_fold(&plain, name);
    const struct mp_str forms[] = {mp_buf_str(&plain), name};
    for (size_t f = 0; f < (mp_utf8_count(name) < name.n ? 2 : 1); f++)
        if (forms[f].n > 0 && !memmem(forms[f].p, forms[f].n, "\\E", 2) &&
            !memchr(forms[f].p, 0, forms[f].n))
            add_alternative(names, MP_STR("\\Q"), forms[f], MP_STR("\\E"));
    names->failed |= plain.failed;
    mp_buf_free(&plain);
}

/* Its first letter with a dot. */
static void add_initial(struct names *names, struct mp_str name)
{
    size_t n = name.n ? mp_utf8_seq(name.p, name.n) : 0;
    if (n > 0 && !strchr("\\|()[]{}^$*+?.#", name.p[0]))
        add_alternative(names, MP_STR("(?-i:\\Q"), (struct mp_str){name.p, n}, MP_STR("\\E\\.)"));
}

/* The words of two letters or more of a name. Particles are no part of it, nor is what a host is
 * called beside the name; a youth may be called so. */
static void add_words(struct mp_redact *r, struct names *names, struct mp_str text, bool all)
{
    for (size_t at = 0, start = 0; at <= text.n; at++) {
        if (at < text.n && !strchr(" ,;()\"", text.p[at]))
            continue;
        struct mp_str word = {text.p + start, at - start};
        start = at + 1;
        bool number = word.n > 0 && word.p[0] >= '0' && word.p[0] <= '9';
        bool small = word.n > 0 && word.p[0] >= 'a' && word.p[0] <= 'z';
        if (!number && mp_utf8_count(word) > 1 &&
            !((small || !all) && mp_kept_small(&r->kept, word)))
            add_name(names, word);
        if (all && !small && !number)
            add_initial(names, word);
    }
}

/* Those at whom the youth was. */
static void add_hosts(struct mp_redact *r, struct names *names, yyjson_val *root)
{
    size_t i, n;
    yyjson_val *host, *hosts = mp_rec_member(root, MP_STR("hosts"));
    if (!yyjson_is_arr(hosts))
        return;
    yyjson_arr_foreach(hosts, i, n, host)
    {
        if (mp_str_is(mp_rec_str(host, "kind"), "person"))
            add_words(r, names, mp_rec_str(host, "value"), false);
        else
            add_name(names, mp_rec_str(host, "quote"));
    }
}

/* Words in a narrative that look like a name where no sentence begins. */
static void add_strange(struct mp_redact *r, struct names *names, struct mp_str text, size_t *room)
{
    size_t start, end;
    if (text.n > *room || mp_utf8_valid(text) < text.n) {
        names->too_many = true;
        return;
    }
    *room -= text.n;
    for (size_t from = 0; from < text.n && !names->too_many; from = end) {
        enum found found = find(r, r->strange, text, from, &start, &end);
        struct mp_str word = {text.p + start, end - start}, pair;
        if (found == NOWHERE)
            return;
        names->too_many |= found == TOO_LONG;
        if (found == THERE && !mp_kept_here(&r->kept, text, start, end, &pair))
            add_name(names, pair.n ? pair : word);
    }
}

static void add_texts(struct mp_redact *r, struct names *names, yyjson_val *root)
{
    struct mp_path path;
    size_t i, n, room = TEXTS_MAX;
    yyjson_val *report;
    add_strange(r, names, mp_rec_str(root, "narrative"), &room);
    mp_path_of(&path, MP_STR("link.reports"));
    yyjson_val *reports = mp_rec_get(root, &path);
    if (!yyjson_is_arr(reports))
        return;
    yyjson_arr_foreach(reports, i, n, report)
    {
        add_strange(r, names, mp_rec_str(report, "narrative"), &room);
    }
}

/* A pattern for the names of the record. It is for a few texts, for which compiling it to machine
 * code does not pay. */
static void make_own(struct mp_redact *r, const struct names *names)
{
    struct mp_buf text = {0};
    size_t where;
    bool first = true;
    mp_buf_adds(&text, "(?i)(?<![\\p{L}\\p{N}])(?:");
    for (int several = 1; several >= 0; several--) /* words: the first that fits counts */
        for (size_t i = 0; i < names->set.n; i++) {
            struct mp_str name = names->set.entries[i].key;
            if ((memchr(name.p, ' ', name.n) != NULL) != several)
                continue;
            mp_buf_adds(&text, first ? "" : "|");
            mp_buf_addstr(&text, name);
            first = false;
        }
    mp_buf_adds(&text, ")(?:'?s)?(?:\\s+(?-i:\\p{Lu})\\b\\.?)?(?![\\p{L}\\p{N}])");
    r->own->kind = MP_STR("name");
    int code = text.failed ? PCRE2_ERROR_NOMEMORY
                           : pattern_make(r->own, mp_buf_str(&text), OWN_STEPS_MAX, &where);
    r->failed |= ran_out(code);
    r->too_many |= code != 0; /* larger than a pattern can be */
    mp_buf_free(&text);
}

static void learn_names(struct mp_redact *r, yyjson_val *root)
{
    struct names names = {0};
    for (size_t i = 0; i < mp_yaml_count(r->name_paths); i++) {
        struct mp_path path;
        if (!mp_path_of(&path, mp_yaml_item((struct mp_yaml *)r->name_paths, i)->text))
            continue;
        struct mp_str name = mp_rec_text(mp_rec_get(root, &path));
        add_words(r, &names, name, true);
    }
    add_hosts(r, &names, root);
    add_texts(r, &names, root);
    r->too_many = names.too_many;
    r->failed |= names.failed;
    if (names.set.n > 0 && !names.too_many)
        make_own(r, &names);
    mp_map_free(&names.set);
}

void mp_redact_record(struct mp_redact *r, yyjson_val *root)
{
    r->record = root;
    r->too_many = false;
    if (r->own)
        pattern_free(r->own);
}

struct hit {
    struct mp_str kind;
    size_t start, end;
};

/* The next place of any pattern, the first in the text and of those the longest. */
static struct hit next_hit(struct mp_redact *r, struct mp_str s, size_t from)
{
    struct hit best = {.start = s.n, .end = s.n};
    for (size_t i = 0; i < r->n_patterns + 2; i++) {
        struct mp_redact_pattern *p = r->patterns + i;
        size_t start, end, at = from;
        struct mp_str pair;
        enum found found = find(r, p, s, at, &start, &end);
        while (found == THERE && p == r->strange && mp_kept_here(&r->kept, s, start, end, &pair)) {
            at = end;
            found = find(r, p, s, at, &start, &end);
        }
        if (found && (start < best.start || (start == best.start && end > best.end)))
            best = (struct hit){p->kind, start, end};
    }
    return best;
}

void mp_redact_add(struct mp_redact *r, struct mp_buf *b, struct mp_str text,
                   struct mp_str (*word)(void *ctx, struct mp_str kind), void *ctx)
{
    text.n = mp_utf8_valid(text);
    if (r->record && r->own)
        learn_names(r, r->record);
    r->record = NULL;
    if (r->too_many && text.n > 0) {
        mp_buf_addstr(b, word(ctx, r->strange->kind));
        r->taken++;
        return;
    }
    for (size_t from = 0; from < text.n && r->patterns;) {
        struct hit h = next_hit(r, text, from);
        mp_buf_add(b, text.p + from, h.start - from);
        if (h.start < text.n) {
            mp_buf_addstr(b, word(ctx, h.kind));
            r->taken++;
        }
        from = h.end;
    }
    if (!r->patterns)
        mp_buf_addstr(b, text);
}

struct mp_str mp_redact_contact(const struct mp_redact *r, size_t i)
{
    return i < mp_yaml_count(r->contact_paths)
               ? mp_yaml_item((struct mp_yaml *)r->contact_paths, i)->text
               : (struct mp_str){0};
}
