/* Reading what all files of rules have. */
#include "io/rules.h"
#include <stdio.h>
#include <string.h>

static int read_label(const struct mp_rules *r, struct mp_yaml *root, const char *kind,
                      struct mp_str *label, struct mp_error *e)
{
    struct mp_str name = {0};
    int64_t version = 0;
    if (mp_yaml_text(root, kind, true, &name, e) < 0 ||
        mp_yaml_int(root, "version", true, &version, e) < 0)
        return -1;
    struct mp_buf b = {0};
    mp_buf_addf(&b, "%s/%lld", name.p, (long long)version);
    *label = mp_arena_str(r->arena, mp_buf_str(&b));
    bool fine = label->p && !b.failed;
    mp_buf_free(&b);
    return fine ? 0 : mp_error_memory(e);
}

int mp_rules_load(const struct mp_rules *r, const char *path, const char *kind, const char *keys,
                  struct mp_yaml **root, struct mp_str *label, struct mp_error *e)
{
    struct mp_str title;
    char known[256];
    snprintf(known, sizeof known, "%s version title %s", kind, keys);
    if (mp_yaml_load(r->arena, path, root, e) < 0 || mp_yaml_check(*root, known, e) < 0 ||
        read_label(r, *root, kind, label, e) < 0)
        return -1;
    return mp_rules_text(r, *root, "title", &title, e);
}

int mp_rules_text(const struct mp_rules *r, struct mp_yaml *map, const char *key,
                  struct mp_str *out, struct mp_error *e)
{
    struct mp_yaml *both = mp_yaml_get(map, key);
    if (!both)
        return mp_yaml_fail(map, e, "key '%s' is missing", key);
    struct mp_str nl = {0}, en = {0};
    if (mp_yaml_check(both, "nl en", e) < 0 || mp_yaml_text(both, "nl", true, &nl, e) < 0 ||
        mp_yaml_text(both, "en", true, &en, e) < 0)
        return -1;
    *out = strcmp(r->lang, "en") == 0 ? en : nl;
    return 0;
}

int mp_rules_codes(struct mp_rules *r, const char *path, struct mp_error *e)
{
    struct mp_yaml *root;
    size_t n;
    if (mp_yaml_load(r->arena, path, &root, e) < 0 || mp_yaml_check(root, "codes", e) < 0 ||
        mp_rules_list(root, "codes", &n, e) < 0)
        return -1;
    struct mp_yaml *list = mp_yaml_get(root, "codes");
    for (size_t i = 0; i < n; i++)
        if (mp_yaml_is_text(list->items[i], e) < 0)
            return -1;
    r->codes = list;
    return list ? 0 : mp_yaml_fail(root, e, "key 'codes' is missing");
}

bool mp_rules_has_code(const struct mp_rules *r, struct mp_str code)
{
    for (size_t i = 0; r->codes && i < r->codes->n; i++)
        if (mp_str_eq(r->codes->items[i]->text, code))
            return true;
    return !r->codes;
}

/* Paths that nobody fills would never be known. */
static int check_paths(const struct mp_rules *r, struct mp_yaml *at, uint64_t places,
                       struct mp_error *e)
{
    for (uint64_t left = places; left; left &= left - 1) {
        size_t place = (size_t)__builtin_ctzll(left);
        struct mp_str path = mp_case_path(r->k, place);
        const struct mp_path *keys = &r->k->lookup.paths[place];
        if (r->early && mp_str_is(keys->keys[0], "triage"))
            return mp_yaml_fail(at, e, "'%.*s' is not known before all protocols are", (int)path.n,
                                path.p);
        if (!mp_case_knows(r->k, keys))
            return mp_yaml_fail(at, e, "there is no value '%.*s'", (int)path.n, path.p);
    }
    return 0;
}

/* A code that no signal has would never be found. `from`: the first not asked for before. */
static int check_codes(const struct mp_rules *r, struct mp_yaml *at, size_t from,
                       struct mp_error *e)
{
    const struct mp_codes *codes = &r->k->lookup.codes;
    for (size_t i = from; i < codes->n; i++)
        if (!mp_rules_has_code(r, codes->names[i]))
            return mp_yaml_fail(at, e, "no signal has the code '%.*s': see codes.yaml",
                                (int)codes->names[i].n, codes->names[i].p);
    return 0;
}

int mp_rules_when(const struct mp_rules *r, struct mp_yaml *map, const char *key, bool must,
                  struct mp_when *out, struct mp_error *e)
{
    struct mp_yaml *y = mp_yaml_get(map, key);
    *out = (struct mp_when){0};
    if (!y)
        return must ? mp_yaml_fail(map, e, "key '%s' is missing", key) : 0;
    size_t n_codes = r->k->lookup.codes.n;
    if (mp_condition_read(r->arena, y, &out->condition, e) < 0)
        return -1;
    if (!mp_condition_bind(out->condition, &r->k->lookup, &out->places))
        return mp_yaml_fail(y, e, "the rules ask for more than %d different paths, or %d codes",
                            MP_LOOKUP_MAX, MP_CODES_MAX);
    if (check_paths(r, y, out->places, e) < 0 || check_codes(r, y, n_codes, e) < 0)
        return -1;
    struct mp_trace trace = {0};
    (void)mp_lookup_read(&r->k->lookup, NULL);
    out->blank = mp_condition_eval_in(out->condition, &r->k->lookup, &trace);
    out->blank_missing = trace.missing_places;
    return 0;
}

int mp_rules_list(struct mp_yaml *map, const char *key, size_t *n, struct mp_error *e)
{
    struct mp_yaml *list = mp_yaml_get(map, key);
    *n = mp_yaml_count(list);
    if (list && list->kind != MP_YAML_LIST)
        return mp_yaml_fail(list, e, "behind '%s' must stand a list", key);
    return 0;
}

enum mp_truth mp_when_eval(const struct mp_when *w, const struct mp_case *k, struct mp_trace *trace)
{
    if (trace) {
        trace->n_missing = trace->n_fields = trace->n_signals = 0;
        trace->missing_places = 0;
    }
    if (!(w->places & k->known) && w->blank != MP_TRUE) {
        if (trace)
            trace->missing_places = w->blank_missing;
        return w->blank;
    }
    return mp_condition_eval_in(w->condition, &k->lookup, trace);
}

bool mp_when_holds(const struct mp_when *w, const struct mp_case *k)
{
    return w->condition && mp_when_eval(w, k, NULL) == MP_TRUE;
}
