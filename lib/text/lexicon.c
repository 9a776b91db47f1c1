/* Reads the lexicon's YAML: first what patterns need (lists, verbs), then codes, then their
 * patterns; last the tables for looking up. */
#include "text/lexicon.h"
#include "base/room.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

const char *const mp_status_names[MP_N_STATUS] = {"present", "suspected", "past", "absent",
                                                  "other"};

static const char *const effect_names[MP_N_EFFECTS] = {
    "present", "suspected", "past",  "absent",  "other", "silent", "plan",
    "denied",  "now",       "youth", "claimed", "ended", "nothing"};

static const char *const answer_names[] = {"yes", "no", "unknown"};

enum { FILES_MAX = 64 };

struct loader {
    struct mp_lexicon *l;
    struct mp_yaml *roots[FILES_MAX];
    size_t n_roots,
        n_base; /* the first n_base are of the lexicon itself, the others laid over it */
    struct mp_error *e;
};

static const char *const file_keys =
    "lists verbs codes context abbreviations known common clause_starts clause_links "
    "clause_complements answers when facts";
static const char *const code_keys = "lasting about plan claimed past_means mentions present "
                                     "suspected past absent other headings not items "
                                     "enough examples drop";

static int name_in(const char *const *names, size_t n, struct mp_str name)
{
    for (size_t i = 0; i < n; i++)
        if (mp_str_is(name, names[i]))
            return (int)i;
    return -1;
}

/* ---- files ---- */

static int load_file(struct loader *k, const char *path)
{
    if (k->n_roots == FILES_MAX)
        return mp_error_set(k->e, MP_RULES, "a lexicon has at most %d files", FILES_MAX);
    if (mp_yaml_load(&k->l->arena, path, &k->roots[k->n_roots], k->e) < 0 ||
        mp_yaml_check(k->roots[k->n_roots], file_keys, k->e) < 0)
        return -1;
    k->n_roots++;
    return 0;
}

static int is_yaml(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 5 && strcmp(entry->d_name + n - 5, ".yaml") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int load_folder(struct loader *k, const char *folder)
{
    struct stat is;
    if (stat(folder, &is) == 0 && !S_ISDIR(is.st_mode))
        return load_file(k, folder);
    struct dirent **entries;
    int n = scandir(folder, &entries, is_yaml, by_name), bad = 0;
    if (n < 0)
        return errno == ENOMEM
                   ? mp_error_memory(k->e)
                   : mp_error_set(k->e, MP_OPEN, "cannot open %s: %s", folder, strerror(errno));
    for (int i = 0; i < n; i++) {
        char *path = NULL;
        if (!bad)
            bad = asprintf(&path, "%s/%s", folder, entries[i]->d_name) < 0
                      ? (path = NULL, mp_error_memory(k->e))
                      : load_file(k, path);
        free(path);
        free(entries[i]);
    }
    free(entries);
    return bad;
}

/* ---- words ---- */

static int read_words(struct mp_map *map, struct mp_yaml *list, struct mp_error *e)
{
    for (size_t i = 0; i < mp_yaml_count(list); i++) {
        struct mp_yaml *word = mp_yaml_item(list, i);
        struct mp_buf folded = {0};
        if (mp_yaml_is_text(word, e) < 0)
            return -1;
        mp_tokens_fold(&folded, word->text);
        bool fine = !folded.failed && mp_map_put(map, mp_buf_str(&folded)) != MP_MAP_NONE;
        mp_buf_free(&folded);
        if (!fine)
            return mp_error_memory(e);
    }
    return 0;
}

static int read_known(struct loader *k, struct mp_yaml *list)
{
    struct mp_map words = {0};
    int bad = read_words(&words, list, k->e);
    for (size_t i = 0; !bad && i < words.n; i++)
        if (mp_words_know(&k->l->words, words.entries[i].key) < 0)
            bad = mp_error_memory(k->e);
    mp_map_free(&words);
    return bad;
}

static int is_map(struct mp_yaml *y, struct mp_error *e, const char *what)
{
    return !y || y->kind == MP_YAML_MAP ? 0 : mp_yaml_fail(y, e, "here must stand %s", what);
}

static int read_verbs(struct loader *k, struct mp_yaml *verbs)
{
    if (is_map(verbs, k->e, "verbs and their forms") < 0)
        return -1;
    for (size_t i = 0; verbs && i < verbs->n; i++)
        if (mp_patterns_verb(&k->l->patterns, verbs->keys[i], verbs->items[i], k->e) < 0)
            return -1;
    return 0;
}

static int read_lists(struct loader *k, struct mp_yaml *root)
{
    struct mp_patterns *p = &k->l->patterns;
    struct mp_yaml *lists = mp_yaml_get(root, "lists");
    if (is_map(lists, k->e, "lists of words under their names") < 0)
        return -1;
    for (size_t i = 0; lists && i < lists->n; i++)
        if (mp_patterns_list(p, lists->keys[i]->text, lists->items[i], k->e) < 0)
            return -1;
    static const char *const also[] = {"clause_starts", "clause_links", "clause_complements"};
    for (size_t i = 0; i < sizeof also / sizeof *also; i++) {
        struct mp_yaml *list = mp_yaml_get(root, also[i]);
        if (list && mp_patterns_list(p, mp_str_of(also[i]), list, k->e) < 0)
            return -1;
    }
    return 0;
}

/* ---- codes ---- */

int mp_lexicon_code(const struct mp_lexicon *l, struct mp_str name)
{
    size_t at = mp_map_find(&l->code_names, name);
    return at == MP_MAP_NONE ? -1 : (int)at;
}

static int code_of(const void *ctx, struct mp_str name)
{
    return mp_lexicon_code(ctx, name);
}

static struct mp_yaml *codes_of(struct mp_yaml *root)
{
    return mp_yaml_get(root, "codes");
}

static int declare_code(struct loader *k, struct mp_str name, struct mp_yaml *y)
{
    struct mp_lexicon *l = k->l;
    bool is_new = mp_lexicon_code(l, name) < 0;
    size_t at = mp_map_put(&l->code_names, name);
    if (at == MP_MAP_NONE || !mp_room(&l->codes, l->n_codes, &l->cap_codes, sizeof *l->codes))
        return mp_error_memory(k->e);
    if (is_new)
        l->codes[l->n_codes++] = (struct mp_lexicon_code){
            .name = l->code_names.entries[at].key,
            .plan = -1,
            .claimed = -1,
            .past_means = -1,
            .hidden = name.n > 5 && memcmp(name.p, "fact.", 5) == 0,
        };
    if (is_map(y, k->e, "a code: mentions, headings and so on") < 0 ||
        mp_yaml_check(y, code_keys, k->e) < 0)
        return -1;
    struct mp_yaml *drop = mp_yaml_get(y, "drop");
    for (size_t i = 0; i < mp_yaml_count(drop); i++)
        if (mp_yaml_is_text(mp_yaml_item(drop, i), k->e) < 0)
            return -1;
        else if (mp_map_put(&l->codes[at].drop, mp_yaml_item(drop, i)->text) == MP_MAP_NONE)
            return mp_error_memory(k->e);
    return 0;
}

static struct mp_entry *add_entry(struct loader *k, struct mp_yaml *at)
{
    struct mp_lexicon *l = k->l;
    if (!mp_room(&l->entries, l->n_entries, &l->cap_entries, sizeof *l->entries)) {
        mp_error_memory(k->e);
        return NULL;
    }
    struct mp_entry *entry = &l->entries[l->n_entries];
    *entry = (struct mp_entry){.status = -1, .at = at};
    if (mp_pattern_compile(&l->patterns, at, &entry->pattern, k->e) < 0)
        return NULL;
    l->n_entries++;
    return entry;
}

struct target {
    uint32_t code;
    enum mp_entry_kind kind;
    int status;
    uint32_t item;
    bool base; /* what an overlay drops does not count */
};

static int read_patterns(struct loader *k, struct mp_yaml *list, struct target t,
                         struct mp_map *seen)
{
    for (size_t i = 0; i < mp_yaml_count(list); i++) {
        struct mp_yaml *at = mp_yaml_item(list, i);
        if (mp_yaml_is_text(at, k->e) < 0)
            return -1;
        if (t.base && mp_map_find(&k->l->codes[t.code].drop, at->text) != MP_MAP_NONE)
            continue;
        size_t before = seen->n;
        if (mp_map_put(seen, at->text) == MP_MAP_NONE)
            return mp_error_memory(k->e);
        if (seen->n == before)
            return mp_yaml_fail(at, k->e, "the pattern stands here twice");
        struct mp_entry *entry = add_entry(k, at);
        if (!entry)
            return -1;
        entry->code = t.code;
        entry->kind = t.kind;
        entry->status = t.status;
        entry->item = t.item;
    }
    return 0;
}

static int read_items(struct loader *k, struct mp_yaml *items, struct target t, struct mp_map *seen)
{
    if (is_map(items, k->e, "kinds of items and their patterns") < 0)
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

static int read_examples(struct loader *k, struct mp_yaml *examples, struct mp_lexicon_code *code)
{
    if (is_map(examples, k->e, "statuses and their examples") < 0)
        return -1;
    for (size_t i = 0; examples && i < examples->n; i++) {
        struct mp_str name = examples->keys[i]->text;
        int status = name_in(mp_status_names, MP_N_STATUS, name);
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

static int read_settings(struct loader *k, struct mp_yaml *y, struct mp_lexicon_code *code)
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
    int i = about.p ? name_in(names, 3, about) : 0;
    if (i < 0)
        return mp_yaml_fail(mp_yaml_get(y, "about"), k->e, "about is youth, object or anyone");
    if (about.p) {
        code->object = i == 1;
        code->anyone = i == 2;
    }
    if (plan.p && (code->plan = name_in(mp_status_names, MP_N_STATUS, plan)) < 0)
        return mp_yaml_fail(mp_yaml_get(y, "plan"), k->e, "no status '%s'", plan.p);
    if (claimed.p && (code->claimed = name_in(mp_status_names, MP_N_STATUS, claimed)) < 0)
        return mp_yaml_fail(mp_yaml_get(y, "claimed"), k->e, "no status '%s'", claimed.p);
    if (means.p && (code->past_means = mp_lexicon_code(k->l, means)) < 0)
        return mp_yaml_fail(mp_yaml_get(y, "past_means"), k->e, "no code '%s'", means.p);
    return 0;
}

static int read_code(struct loader *k, uint32_t at, struct mp_yaml *y, bool base)
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

/* ---- context ---- */

static int read_reach(struct loader *k, struct mp_yaml *y, int *reach)
{
    static const char *const names[] = {"clause", "sentence", "section", "neighbour"};
    struct mp_yaml *at = mp_yaml_get(y, "reach");
    int64_t words = 0;
    int i = at && at->text.p ? name_in(names, 4, at->text) : 0;
    if (i >= 0)
        *reach = -1 - i;
    else if (mp_yaml_int(y, "reach", true, &words, k->e) < 0)
        return -1;
    else if (words < 0 || words > 1000)
        return mp_yaml_fail(at, k->e,
                            "a reach is a number of words, clause, sentence, neighbour or section");
    else
        *reach = (int)words;
    return 0;
}

/* The effects whose scopes a cue ends: one name or a list. */
static int read_ends(struct loader *k, struct mp_yaml *ends, uint16_t *out)
{
    for (size_t i = 0; i < mp_yaml_count(ends); i++) {
        struct mp_yaml *at = mp_yaml_item(ends, i);
        int effect =
            mp_yaml_is_text(at, k->e) < 0 ? -2 : name_in(effect_names, MP_N_EFFECTS, at->text);
        if (effect < 0)
            return effect == -2 ? -1 : mp_yaml_fail(at, k->e, "no status '%s'", at->text.p);
        *out |= (uint16_t)(1u << effect);
    }
    return 0;
}

static int read_rule(struct loader *k, struct mp_yaml *y)
{
    struct mp_str status = {0}, side = {0};
    struct mp_yaml *cues = mp_yaml_get(y, "cues");
    struct mp_entry made = {.kind = MP_CUE, .status = -1, .effect = MP_N_EFFECTS};
    if (mp_yaml_check(y, "status side reach cues ends", k->e) < 0 ||
        mp_yaml_text(y, "status", false, &status, k->e) < 0 ||
        mp_yaml_text(y, "side", false, &side, k->e) < 0 || read_reach(k, y, &made.reach) < 0 ||
        read_ends(k, mp_yaml_get(y, "ends"), &made.ends) < 0)
        return -1;
    int effect = status.p ? name_in(effect_names, MP_N_EFFECTS, status) : MP_N_EFFECTS;
    if (effect < 0)
        return mp_yaml_fail(mp_yaml_get(y, "status"), k->e, "no status '%s'", status.p);
    made.effect = (enum mp_effect)effect;
    static const char *const sides[] = {"before", "after", "both"};
    int s = side.p ? name_in(sides, 3, side) : 0;
    if (s < 0)
        return mp_yaml_fail(mp_yaml_get(y, "side"), k->e, "a side is before, after or both");
    made.side = (unsigned)s + 1;
    for (size_t i = 0; i < mp_yaml_count(cues); i++) {
        struct mp_entry *entry = add_entry(k, mp_yaml_item(cues, i));
        if (!entry)
            return -1;
        made.pattern = entry->pattern;
        made.at = entry->at;
        *entry = made;
    }
    return 0;
}

static int read_context(struct loader *k, struct mp_yaml *root)
{
    struct mp_yaml *rules = mp_yaml_get(root, "context"), *answers = mp_yaml_get(root, "answers");
    for (size_t i = 0; i < mp_yaml_count(rules); i++)
        if (read_rule(k, mp_yaml_item(rules, i)) < 0)
            return -1;
    if (answers && mp_yaml_check(answers, "yes no unknown", k->e) < 0)
        return -1;
    for (int a = 0; answers && a < 3; a++) {
        struct mp_yaml *list = mp_yaml_get(answers, answer_names[a]);
        for (size_t i = 0; i < mp_yaml_count(list); i++) {
            struct mp_entry *entry = add_entry(k, mp_yaml_item(list, i));
            if (!entry)
                return -1;
            entry->kind = MP_ANSWER;
            entry->effect = (enum mp_effect)(MP_SAYS_YES + a);
        }
    }
    return 0;
}

/* ---- tables ---- */

/* Rows of `n_rows` lists: at[i] to at[i + 1] are the places of the items of row i. */
static int make_rows(struct mp_arena *a, size_t n_rows, size_t n,
                     uint32_t (*row)(const void *, size_t), const void *ctx, uint32_t **rows,
                     uint32_t **at)
{
    *at = mp_arena_alloc(a, (n_rows + 2) * sizeof **at);
    *rows = mp_arena_alloc(a, (n + 1) * sizeof **rows);
    if (!*at || !*rows)
        return -1;
    for (size_t i = 0; i < n; i++)
        (*at)[row(ctx, i) + 2]++;
    for (size_t i = 2; i < n_rows + 2; i++)
        (*at)[i] += (*at)[i - 1];
    for (size_t i = 0; i < n; i++)
        (*rows)[(*at)[row(ctx, i) + 1]++] = (uint32_t)i;
    return 0;
}

static uint32_t anchor_of(const void *ctx, size_t i)
{
    const struct mp_patterns *p = ctx;
    const struct mp_variant *v = &p->variants[i];
    return p->steps[v->step + v->anchor].class;
}

static uint32_t part_of(const void *ctx, size_t i)
{
    const struct mp_use *use = &((const struct mp_lexicon *)ctx)->uses[i];
    return ((const struct mp_lexicon *)ctx)->entries[use->entry].pattern.parts[use->part];
}

/* Every part of every entry. */
static int list_uses(struct mp_lexicon *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_entries; i++)
        n += l->entries[i].pattern.n;
    l->uses = mp_arena_alloc(&l->arena, (n + 1) * sizeof *l->uses);
    for (size_t i = 0; l->uses && i < l->n_entries; i++)
        for (uint8_t j = 0; j < l->entries[i].pattern.n; j++)
            l->uses[l->n_uses++] = (struct mp_use){(uint32_t)i, j};
    return l->uses ? 0 : -1;
}

static int index_all(struct mp_lexicon *l, struct mp_error *e)
{
    struct mp_patterns *p = &l->patterns;
    l->n_classes = l->words.sets.n;
    l->n_parts = p->parts.n;
    l->words.roles = calloc(l->n_classes + 1, 1);
    uint32_t *rows;
    l->variants = mp_arena_alloc(&l->arena, (p->n_variants + 1) * sizeof *l->variants);
    l->probes = mp_arena_alloc(&l->arena, (p->n_variants + 1) * sizeof *l->probes);
    if (!l->words.roles || !l->variants || !l->probes || list_uses(l) < 0 ||
        make_rows(&l->arena, l->n_classes, p->n_variants, anchor_of, p, &rows, &l->variant_at) <
            0 ||
        make_rows(&l->arena, l->n_parts, l->n_uses, part_of, l, &l->use_rows, &l->use_at) < 0)
        return mp_error_memory(e);
    for (size_t i = 0; i < p->n_variants; i++) {
        l->words.roles[anchor_of(p, i)] |= MP_CLASS_INDEXED;
        l->words.roles[p->variants[i].probe.need] |= MP_CLASS_NEEDED;
        l->variants[i] = p->variants[rows[i]]; /* side by side in memory */
        l->probes[i] = p->variants[rows[i]].probe;
    }
    return 0;
}

/* Appends the lines of `forms` as exact forms. */
static void add_exact(struct mp_buf *out, struct mp_str forms)
{
    for (size_t i = 0, start = 0; i <= forms.n; i++)
        if (i == forms.n || forms.p[i] == '\n') {
            if (i > start) {
                mp_buf_adds(out, out->len ? "\n=" : "=");
                mp_buf_add(out, forms.p + start, i - start);
            }
            start = i + 1;
        }
}

static int mark(struct mp_lexicon *l, uint32_t class, unsigned what, struct mp_error *e)
{
    if (mp_words_use(&l->words, class, e) < 0)
        return -1;
    return mp_words_mark(&l->words, MP_MARKS_GRAMMAR, class, what) < 0 ? mp_error_memory(e) : 0;
}

/* The forms of all verbs, by tense and altogether. None of them is a typing error. */
static int mark_verbs(struct mp_lexicon *l, struct mp_error *e)
{
    struct mp_buf of[MP_N_GRAMMAR] = {0};
    for (size_t i = 0; i < l->patterns.n_verbs; i++) {
        const struct mp_verb *v = &l->patterns.verb_at[i];
        add_exact(&of[MP_IS_PRESENT], v->present);
        add_exact(&of[MP_IS_PAST], v->past);
        add_exact(&of[MP_IS_VERB], v->present);
        add_exact(&of[MP_IS_VERB], v->past);
        add_exact(&of[MP_IS_VERB], v->participles);
        add_exact(&of[MP_IS_VERB], v->infinitive);
    }
    int bad = 0;
    for (unsigned what = MP_IS_PRESENT; what < MP_N_GRAMMAR; what++) {
        uint32_t class;
        if (!bad)
            bad = of[what].failed || mp_words_class(&l->words, mp_buf_str(&of[what]), &class) < 0
                      ? mp_error_memory(e)
                      : mark(l, class, what, e);
        mp_buf_free(&of[what]);
    }
    return bad;
}

/* What the words of the grammar's lists are; a list that is not there has no words. */
static int mark_grammar(struct loader *k)
{
    struct mp_patterns *p = &k->l->patterns;
    for (unsigned what = 0; what < MP_N_GRAMMAR_LISTS; what++) {
        uint32_t class;
        if (mp_map_find(&p->lists, mp_str_of(mp_grammar_lists[what])) == MP_MAP_NONE)
            continue;
        if (mp_patterns_class(p, k->roots[0], mp_grammar_lists[what], &class, k->e) < 0 ||
            mark(k->l, class, what, k->e) < 0)
            return -1;
    }
    return mark_verbs(k->l, k->e);
}

static int read_roots(struct loader *k)
{
    struct mp_lexicon *l = k->l;
    for (size_t i = 0; i < k->n_roots; i++) {
        struct mp_yaml *y = k->roots[i];
        if (read_words(&l->abbreviations, mp_yaml_get(y, "abbreviations"), k->e) < 0 ||
            read_words(&l->patterns.common, mp_yaml_get(y, "common"), k->e) < 0 ||
            read_known(k, mp_yaml_get(y, "known")) < 0 || read_lists(k, y) < 0 ||
            read_verbs(k, mp_yaml_get(y, "verbs")) < 0)
            return -1;
        struct mp_yaml *codes = codes_of(y);
        if (is_map(codes, k->e, "codes") < 0)
            return -1;
        for (size_t j = 0; codes && j < codes->n; j++)
            if (declare_code(k, codes->keys[j]->text, codes->items[j]) < 0)
                return -1;
    }
    for (size_t i = 0; i < k->n_roots; i++) {
        struct mp_yaml *codes = codes_of(k->roots[i]);
        for (size_t j = 0; codes && j < codes->n; j++)
            if (read_code(k, (uint32_t)mp_lexicon_code(l, codes->keys[j]->text), codes->items[j],
                          i < k->n_base) < 0)
                return -1;
        if (read_context(k, k->roots[i]) < 0)
            return -1;
    }
    return 0;
}

/* The last file that has the key says it all. */
static struct mp_yaml *last_with(const struct loader *k, const char *key)
{
    for (size_t i = k->n_roots; i-- > 0;)
        if (mp_yaml_get(k->roots[i], key))
            return mp_yaml_get(k->roots[i], key);
    return NULL;
}

int mp_lexicon_load(struct mp_lexicon *l, const char *folder, const char *over, struct mp_error *e)
{
    struct loader k = {.l = l, .e = e};
    l->patterns.words = &l->words;
    if (load_folder(&k, folder) < 0)
        return -1;
    k.n_base = k.n_roots;
    if (over && load_folder(&k, over) < 0)
        return -1;
    if (k.n_roots == 0)
        return mp_error_set(e, MP_RULES, "%s has no lexicon (*.yaml)", folder);
    if (read_roots(&k) < 0 || mark_grammar(&k) < 0 ||
        mp_when_load(&l->arena, &l->patterns, last_with(&k, "when"), &l->when, e) < 0 ||
        mp_facts_load(&l->arena, &l->patterns, last_with(&k, "facts"), code_of, l, &l->facts, e) <
            0)
        return -1;
    return index_all(l, e);
}

void mp_lexicon_free(struct mp_lexicon *l)
{
    for (size_t i = 0; i < l->n_codes; i++) {
        mp_buf_free(&l->codes[i].examples);
        mp_map_free(&l->codes[i].drop);
    }
    mp_words_free(&l->words);
    mp_patterns_free(&l->patterns);
    mp_map_free(&l->code_names);
    mp_map_free(&l->abbreviations);
    mp_arena_free(&l->arena);
    free(l->codes);
    free(l->entries);
    *l = (struct mp_lexicon){0};
}
