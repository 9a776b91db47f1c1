/* Reads one code of a lexicon: its settings, patterns and examples. */
#include "text/lexicon_read.h"

struct target {
    uint32_t code;
    enum mp_entry_kind kind;
    int status;
    uint32_t item;
    bool base; /* what an overlay drops does not count */
};

static int read_patterns(struct mp_lexicon_loader *k, struct mp_yaml *list, struct target t,
                         struct mp_map *seen)
{
    for (size_t i = 0; i < mp_yaml_count(list); i++) {
        struct mp_yaml *at = mp_yaml_item(list, i);
        if (mp_yaml_is_text(at, k->e) < 0)
            return -1;
        struct mp_map *drop = &k->l->codes[t.code].drop;
        size_t dropped = t.base ? mp_map_find(drop, at->text) : MP_MAP_NONE;
        if (dropped != MP_MAP_NONE) {
            drop->entries[dropped].value = 1;
            continue;
        }
        size_t before = seen->n;
        if (mp_map_put(seen, at->text) == MP_MAP_NONE)
            return mp_error_memory(k->e);
        if (seen->n == before)
            return mp_yaml_fail(at, k->e, "the pattern stands here twice");
        struct mp_entry *entry = mp_lexicon_add_entry(k, at);
        if (!entry)
            return -1;
        entry->code = t.code;
        entry->kind = t.kind;
        entry->status = t.status;
        entry->item = t.item;
    }
    return 0;
}

static int read_items(struct mp_lexicon_loader *k, struct mp_yaml *items, struct target t,
                      struct mp_map *seen)
{
    if (mp_lexicon_is_map(items, k->e, "kinds of items and their patterns") < 0)
        return -1;
    for (size_t i = 0; items && i < items->n; i++) {
        t.item = (uint32_t)i;
        if (i >= 64)
            return mp_yaml_fail(items->keys[i], k->e, "more than 64 kinds of items");
        if (read_patterns(k, items->items[i], t, seen) < 0)
            return -1;
    }
    return 0;
}

static int read_examples(struct mp_lexicon_loader *k, struct mp_yaml *examples,
                         struct mp_lexicon_code *code)
{
    if (mp_lexicon_is_map(examples, k->e, "statuses and their examples") < 0)
        return -1;
    for (size_t i = 0; examples && i < examples->n; i++) {
        struct mp_str name = examples->keys[i]->text;
        int status = mp_lexicon_name_in(mp_status_names, MP_N_STATUS, name);
        if (status < 0 && !mp_str_is(name, "none"))
            return mp_yaml_fail(examples->keys[i], k->e,
                                "an example is present, suspected, past, absent, other or none");
        for (size_t j = 0; j < mp_yaml_count(examples->items[i]); j++) {
            struct mp_example x = {status, mp_yaml_item(examples->items[i], j)};
            if (mp_yaml_is_text(x.at, k->e) < 0)
                return -1;
            mp_buf_add(&code->examples, &x, sizeof x);
        }
    }
    return code->examples.failed ? mp_error_memory(k->e) : 0;
}

static int read_settings(struct mp_lexicon_loader *k, struct mp_yaml *y,
                         struct mp_lexicon_code *code)
{
    struct mp_str about = {0}, plan = {0}, claimed = {0}, means = {0};
    if (mp_yaml_bool(y, "lasting", &code->lasting, k->e) < 0 ||
        mp_yaml_text(y, "about", false, &about, k->e) < 0 ||
        mp_yaml_text(y, "plan", false, &plan, k->e) < 0 ||
        mp_yaml_text(y, "claimed", false, &claimed, k->e) < 0 ||
        mp_yaml_text(y, "past_means", false, &means, k->e) < 0 ||
        mp_yaml_int(y, "enough", false, &code->enough, k->e) < 0)
        return -1;
    static const char *const names[] = {"youth", "object", "anyone"};
    int i = about.p ? mp_lexicon_name_in(names, 3, about) : 0;
    if (i < 0)
        return mp_yaml_fail(mp_yaml_get(y, "about"), k->e, "about is youth, object or anyone");
    if (about.p) {
        code->object = i == 1;
        code->anyone = i == 2;
    }
    if (plan.p && (code->plan = mp_lexicon_name_in(mp_status_names, MP_N_STATUS, plan)) < 0)
        return mp_yaml_fail(mp_yaml_get(y, "plan"), k->e, "no status '%s'", plan.p);
    if (claimed.p &&
        (code->claimed = mp_lexicon_name_in(mp_status_names, MP_N_STATUS, claimed)) < 0)
        return mp_yaml_fail(mp_yaml_get(y, "claimed"), k->e, "no status '%s'", claimed.p);
    if (means.p && (code->past_means = mp_lexicon_code(k->l, means)) < 0)
        return mp_yaml_fail(mp_yaml_get(y, "past_means"), k->e, "no code '%s'", means.p);
    return 0;
}

int mp_lexicon_read_code(struct mp_lexicon_loader *k, uint32_t at, struct mp_yaml *y, bool base)
{
    struct mp_map seen = {0};
    struct target t = {.code = at, .kind = MP_MENTION, .status = -1, .base = base};
    int bad = read_settings(k, y, &k->l->codes[at]) < 0 ||
              read_examples(k, mp_yaml_get(y, "examples"), &k->l->codes[at]) < 0 ||
              read_patterns(k, mp_yaml_get(y, "mentions"), t, &seen) < 0;
    for (int i = 0; !bad && i < MP_N_STATUS; i++) {
        t.status = i;
        bad = read_patterns(k, mp_yaml_get(y, mp_status_names[i]), t, &seen) < 0;
    }
    t.status = -1;
    t.kind = MP_ITEM;
    bad = bad || read_items(k, mp_yaml_get(y, "items"), t, &seen) < 0;
    mp_map_free(&seen);
    seen = (struct mp_map){0};
    t.kind = MP_HEADING;
    bad = bad || read_patterns(k, mp_yaml_get(y, "headings"), t, &seen) < 0;
    t.kind = MP_NOT;
    bad = bad || read_patterns(k, mp_yaml_get(y, "not"), t, &seen) < 0;
    mp_map_free(&seen);
    return bad ? -1 : 0;
}
