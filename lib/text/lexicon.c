/* Reads the lexicon's YAML: first what patterns need (lists, verbs), then codes, then their
 * patterns; last the tables for looking up. */
#include "text/lexicon_read.h"
#include "text/fold.h"
#include "io/folder.h"
#include "text/lint.h"
#include "base/crew.h"
#include "base/room.h"
#include <stdlib.h>
#include <sys/stat.h>

enum { LOADERS = sizeof((struct mp_lexicon){0}.arenas) / sizeof(struct mp_arena) };

const char *const mp_status_names[MP_N_STATUS] = {"present", "suspected", "past", "absent",
                                                  "other"};

static const char *const file_keys =
    "lists verbs codes context abbreviations known common clause_starts clause_links "
    "clause_complements answers said_by when facts hosts";
static const char *const code_keys = "lasting about plan claimed past_means mentions present "
                                     "suspected past absent other headings not items "
                                     "enough examples drop new";

int mp_lexicon_name_in(const char *const *names, size_t n, struct mp_str name)
{
    for (size_t i = 0; i < n; i++)
        if (mp_str_is(name, names[i]))
            return (int)i;
    return -1;
}

/* ---- files ---- */

/* Every second file, from one on. */
struct files {
    struct mp_arena *arena;
    const struct mp_str *paths;
    struct mp_yaml **roots;
    size_t at, n; /* the next, and all */
    bool bad;     /* there is a mistake in that one */
    struct mp_error e;
};

static void load_files(void *ctx)
{
    struct files *f = ctx;
    for (; f->at < f->n && !f->bad; f->at += f->bad ? 0 : LOADERS)
        f->bad = mp_yaml_load(f->arena, f->paths[f->at].p, &f->roots[f->at], &f->e) < 0 ||
                 mp_yaml_check(f->roots[f->at], file_keys, &f->e) < 0;
}

/* Of mistakes in several files that in the first one counts. */
static int load_all(struct mp_lexicon_loader *k, const struct mp_str *paths, size_t n)
{
    struct files f[LOADERS];
    const struct files *first = NULL;
    if (n > MP_LEXICON_FILES - k->n_roots)
        return mp_error_set(k->e, MP_RULES, "a lexicon has at most %d files", MP_LEXICON_FILES);
    for (size_t i = 0; i < LOADERS; i++)
        f[i] = (struct files){&k->l->arenas[i], paths, k->roots + k->n_roots, .at = i, .n = n};
    mp_crew(load_files, f, n < LOADERS ? n : LOADERS, sizeof *f);
    for (size_t i = 0; i < LOADERS; i++)
        if (f[i].bad && (!first || f[i].at < first->at))
            first = &f[i];
    if (first) {
        *k->e = first->e;
        return -1;
    }
    k->n_roots += n;
    return 0;
}

static int load_folder(struct mp_lexicon_loader *k, const char *folder)
{
    struct stat is;
    if (stat(folder, &is) == 0 && !S_ISDIR(is.st_mode))
        return load_all(k, &(struct mp_str){folder, strlen(folder)}, 1);
    struct mp_str *paths;
    size_t n;
    if (mp_folder_yaml(&k->l->arena, folder, &paths, &n, k->e) < 0)
        return -1;
    return load_all(k, paths, n);
}

/* ---- words ---- */

static int read_words(struct mp_map *map, struct mp_yaml *list, struct mp_error *e)
{
    for (size_t i = 0; i < mp_yaml_count(list); i++) {
        struct mp_yaml *word = mp_yaml_item(list, i);
        struct mp_buf folded = {0};
        if (mp_yaml_is_text(word, e) < 0)
            return -1;
        mp_fold_word(&folded, word->text);
        bool fine = !folded.failed && mp_map_put(map, mp_buf_str(&folded)) != MP_MAP_NONE;
        mp_buf_free(&folded);
        if (!fine)
            return mp_error_memory(e);
    }
    return 0;
}

static int read_known(struct mp_lexicon_loader *k, struct mp_yaml *list)
{
    struct mp_map words = {0};
    int bad = read_words(&words, list, k->e);
    for (size_t i = 0; !bad && i < words.n; i++)
        if (mp_words_know(&k->l->words, words.entries[i].key) < 0)
            bad = mp_error_memory(k->e);
    mp_map_free(&words);
    return bad;
}

int mp_lexicon_is_map(struct mp_yaml *y, struct mp_error *e, const char *what)
{
    return !y || y->kind == MP_YAML_MAP ? 0 : mp_yaml_fail(y, e, "here must stand %s", what);
}

static int read_verbs(struct mp_lexicon_loader *k, struct mp_yaml *verbs)
{
    if (mp_lexicon_is_map(verbs, k->e, "verbs and their forms") < 0)
        return -1;
    for (size_t i = 0; verbs && i < verbs->n; i++)
        if (mp_patterns_verb(&k->l->patterns, verbs->keys[i], verbs->items[i], k->e) < 0)
            return -1;
    return 0;
}

static int read_lists(struct mp_lexicon_loader *k, struct mp_yaml *root)
{
    struct mp_patterns *p = &k->l->patterns;
    struct mp_yaml *lists = mp_yaml_get(root, "lists");
    if (mp_lexicon_is_map(lists, k->e, "lists of words under their names") < 0)
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

/* What is laid over a lexicon says of a code of its own that it is new: it might be a typing error.
 */
static int check_new(struct mp_lexicon_loader *k, const struct mp_yaml *key, struct mp_yaml *y)
{
    bool says = false;
    int known = mp_lexicon_code(k->l, key->text);
    bool is = k->n_codes_base > 0 && (known < 0 || (size_t)known >= k->n_codes_base);
    if (mp_yaml_bool(y, "new", &says, k->e) < 0)
        return -1;
    if (is && !says)
        return mp_yaml_fail(key, k->e,
                            "the lexicon beneath has no code '%s': one that is new says new: true",
                            key->text.p);
    if (!is && says)
        return mp_yaml_fail(mp_yaml_get(y, "new"), k->e, "the code '%s' is not new", key->text.p);
    return 0;
}

static int declare_code(struct mp_lexicon_loader *k, const struct mp_yaml *key, struct mp_yaml *y)
{
    struct mp_lexicon *l = k->l;
    struct mp_str name = key->text;
    bool is_new = mp_lexicon_code(l, name) < 0;
    if (mp_lexicon_is_map(y, k->e, "a code: mentions, headings and so on") < 0 ||
        mp_yaml_check(y, code_keys, k->e) < 0 || check_new(k, key, y) < 0)
        return -1;
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
    struct mp_yaml *drop = mp_yaml_get(y, "drop");
    for (size_t i = 0; i < mp_yaml_count(drop); i++)
        if (mp_yaml_is_text(mp_yaml_item(drop, i), k->e) < 0)
            return -1;
        else if (mp_map_put(&l->codes[at].drop, mp_yaml_item(drop, i)->text) == MP_MAP_NONE)
            return mp_error_memory(k->e);
    return 0;
}

struct mp_entry *mp_lexicon_add_entry(struct mp_lexicon_loader *k, struct mp_yaml *at)
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

static void note_abbreviations(struct mp_lexicon *l)
{
    for (size_t i = 0; i < l->abbreviations.n; i++) {
        struct mp_str word = l->abbreviations.entries[i].key;
        if (word.n)
            l->abbreviation_ends[word.n & 15][word.p[0] & 31] |= 1u << (word.p[word.n - 1] & 31);
    }
}

/* What is dropped must have been there. */
static int check_drops(struct mp_lexicon_loader *k, struct mp_yaml *codes)
{
    for (size_t i = 0; codes && i < codes->n; i++) {
        const struct mp_lexicon_code *code =
            &k->l->codes[mp_lexicon_code(k->l, codes->keys[i]->text)];
        struct mp_yaml *drop = mp_yaml_get(codes->items[i], "drop");
        for (size_t j = 0; j < mp_yaml_count(drop); j++) {
            struct mp_yaml *at = mp_yaml_item(drop, j);
            if (!code->drop.entries[mp_map_find(&code->drop, at->text)].value)
                return mp_yaml_fail(at, k->e,
                                    "the lexicon beneath has no such pattern of '%s' to be dropped",
                                    codes->keys[i]->text.p);
        }
    }
    return 0;
}

/* Examples of who says what is said. */
static int read_said(struct mp_lexicon_loader *k, struct mp_yaml *y)
{
    struct mp_buf *out = &k->l->said_examples;
    if (mp_lexicon_is_map(y, k->e, "speakers and examples of what they say") < 0)
        return -1;
    for (size_t i = 0; y && i < y->n; i++)
        for (size_t j = 0; j < mp_yaml_count(y->items[i]); j++) {
            struct mp_said_example x = {y->keys[i]->text, mp_yaml_item(y->items[i], j)};
            if (mp_str_is(x.who, "nobody"))
                x.who = (struct mp_str){0};
            if (mp_yaml_is_text(x.at, k->e) < 0)
                return -1;
            mp_buf_add(out, &x, sizeof x);
        }
    return out->failed ? mp_error_memory(k->e) : 0;
}

static int read_roots(struct mp_lexicon_loader *k)
{
    struct mp_lexicon *l = k->l;
    for (size_t i = 0; i < k->n_roots; i++) {
        struct mp_yaml *y = k->roots[i];
        if (i == k->n_base)
            k->n_codes_base = l->n_codes;
        if (read_words(&l->abbreviations, mp_yaml_get(y, "abbreviations"), k->e) < 0 ||
            read_words(&l->patterns.common, mp_yaml_get(y, "common"), k->e) < 0 ||
            read_known(k, mp_yaml_get(y, "known")) < 0 || read_lists(k, y) < 0 ||
            read_verbs(k, mp_yaml_get(y, "verbs")) < 0)
            return -1;
        struct mp_yaml *codes = codes_of(y);
        if (mp_lexicon_is_map(codes, k->e, "codes") < 0)
            return -1;
        for (size_t j = 0; codes && j < codes->n; j++)
            if (declare_code(k, codes->keys[j], codes->items[j]) < 0)
                return -1;
    }
    note_abbreviations(l);
    for (size_t i = 0; i < k->n_roots; i++) {
        struct mp_yaml *codes = codes_of(k->roots[i]);
        for (size_t j = 0; codes && j < codes->n; j++)
            if (mp_lexicon_read_code(k, (uint32_t)mp_lexicon_code(l, codes->keys[j]->text),
                                     codes->items[j], i < k->n_base) < 0)
                return -1;
        if (mp_lexicon_read_context(k, k->roots[i]) < 0 ||
            read_said(k, mp_yaml_get(k->roots[i], "said_by")) < 0)
            return -1;
    }
    for (size_t i = 0; i < k->n_roots; i++)
        if (check_drops(k, codes_of(k->roots[i])) < 0)
            return -1;
    return mp_patterns_lists_check(&l->patterns, k->e);
}

/* The last file that has the key says it all. */
static struct mp_yaml *last_with(const struct mp_lexicon_loader *k, const char *key)
{
    for (size_t i = k->n_roots; i-- > 0;)
        if (mp_yaml_get(k->roots[i], key))
            return mp_yaml_get(k->roots[i], key);
    return NULL;
}

/* The last two things to do with all that was read, of which neither needs the other. */
struct last {
    struct mp_lexicon *l;
    int (*work)(struct mp_lexicon *l, struct mp_error *e);
    struct mp_error e;
    int result;
};

static int lint(struct mp_lexicon *l, struct mp_error *e)
{
    return mp_lexicon_lint(l, e);
}

static void do_last(void *ctx)
{
    struct last *x = ctx;
    x->result = x->work(x->l, &x->e);
}

static int finish(struct mp_lexicon *l, struct mp_error *e)
{
    struct last both[] = {{.l = l, .work = lint}, {.l = l, .work = mp_lexicon_index}};
    mp_crew(do_last, both, 2, sizeof *both);
    for (unsigned i = 0; i < 2; i++)
        if (both[i].result < 0) {
            *e = both[i].e;
            return -1;
        }
    return 0;
}

int mp_lexicon_load(struct mp_lexicon *l, const char *folder, const char *over, struct mp_error *e)
{
    struct mp_lexicon_loader k = {.l = l, .e = e};
    l->patterns.words = &l->words;
    if (load_folder(&k, folder) < 0)
        return -1;
    k.n_base = k.n_roots;
    if (over && load_folder(&k, over) < 0)
        return -1;
    if (k.n_roots == 0)
        return mp_error_set(e, MP_RULES, "%s has no lexicon (*.yaml)", folder);
    if (read_roots(&k) < 0 || mp_lexicon_mark_grammar(l, k.roots[0], e) < 0 ||
        mp_when_load(&l->arena, &l->patterns, last_with(&k, "when"), &l->when, e) < 0 ||
        mp_facts_load(&l->arena, &l->patterns, last_with(&k, "facts"), code_of, l, &l->facts, e) <
            0 ||
        mp_host_words_load(&l->arena, &l->patterns, last_with(&k, "hosts"), code_of, l, &l->hosts,
                           e) < 0)
        return -1;
    return finish(l, e);
}

void mp_lexicon_free(struct mp_lexicon *l)
{
    for (size_t i = 0; i < l->n_codes; i++) {
        mp_buf_free(&l->codes[i].examples);
        mp_map_free(&l->codes[i].drop);
    }
    mp_buf_free(&l->said_examples);
    mp_words_free(&l->words);
    mp_patterns_free(&l->patterns);
    mp_map_free(&l->code_names);
    mp_map_free(&l->abbreviations);
    mp_arena_free(&l->arena);
    for (size_t i = 0; i < LOADERS; i++)
        mp_arena_free(&l->arenas[i]);
    free(l->codes);
    free(l->entries);
    *l = (struct mp_lexicon){0};
}
