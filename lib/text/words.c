/* The vocabulary: forms in four tables by how they fit, expressions, and long words for typing
 * errors. */
#include "text/words.h"
#include "base/bits.h"
#include "base/distance.h"
#include "base/room.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

enum fit { EXACT, PREFIX, SUFFIX, INFIX };

struct mp_word_link {     /* from a form or expression to its classes */
    uint32_t class, next; /* next: place + 1 */
};

struct mp_word_expression {
    pcre2_code *code;
    bool starts[256]; /* by byte: a match may begin with it */
};

struct mp_word_long {
    struct mp_str text;
    uint32_t letters; /* bit per letter */
    uint32_t class;
    uint32_t next[2]; /* place + 1 of the next with the same first, the same last letters */
    bool prefix;
};

enum { END_LETTERS = 3, BIT_LETTERS = 3 };

enum { KNOWN_ONLY = UINT32_MAX };

enum { FEW = 16 }; /* forms that are sorted by insertion */

/* An expression sees one word of at most MP_WORD_MAX bytes: what needs more steps is a mistake in
 * the expression. */
enum { STEPS_MAX = 10000 };

void mp_words_free(struct mp_words *w)
{
    for (size_t i = 0; i < w->n_expressions; i++)
        pcre2_code_free(w->expressions[i].code);
    mp_map_free(&w->expression_texts);
    for (size_t i = 0; i < 4; i++)
        mp_map_free(&w->forms[i]);
    mp_map_free(&w->sets);
    mp_map_free(&w->ends);
    mp_arena_free(&w->arena);
    free(w->links);
    free(w->expressions);
    free(w->longs);
    free(w->bits);
    free(w->marks);
    mp_buf_free(&w->lines);
    mp_buf_free(&w->sorted);
    *w = (struct mp_words){0};
}

static int by_text(const void *a, const void *b)
{
    return mp_str_cmp(*(const struct mp_str *)a, *(const struct mp_str *)b);
}

/* Most classes are of a few forms, for which qsort is far too much. */
static void sort(struct mp_str *items, size_t n)
{
    if (n > FEW) {
        qsort(items, n, sizeof *items, by_text);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct mp_str one = items[i];
        size_t j = i;
        for (; j > 0 && mp_str_cmp(items[j - 1], one) > 0; j--)
            items[j] = items[j - 1];
        items[j] = one;
    }
}

/* Lines of `forms`, sorted, each once. */
static bool canonical(struct mp_buf *list, struct mp_buf *out, struct mp_str forms)
{
    list->len = out->len = 0;
    for (size_t i = 0, start = 0; i <= forms.n; i++)
        if (i == forms.n || forms.p[i] == '\n') {
            struct mp_str one = {forms.p + start, i - start};
            if (one.n)
                mp_buf_add(list, &one, sizeof one);
            start = i + 1;
        }
    struct mp_str *items = (struct mp_str *)(void *)list->data;
    size_t n = list->len / sizeof *items;
    sort(items, n);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !mp_str_eq(items[i], items[i - 1])) {
            if (i)
                mp_buf_addc(out, '\n');
            mp_buf_addstr(out, items[i]);
        }
    return !list->failed && !out->failed;
}

int mp_words_class(struct mp_words *w, struct mp_str forms, uint32_t *class)
{
    size_t at = MP_MAP_NONE;
    if (forms.n && !memchr(forms.p, '\n', forms.n)) /* one form is in order */
        at = mp_map_put(&w->sets, forms);
    else if (canonical(&w->lines, &w->sorted, forms))
        at = mp_map_put(&w->sets, mp_buf_str(&w->sorted));
    if (at == MP_MAP_NONE)
        return -1;
    *class = (uint32_t)at;
    return 0;
}

struct mp_str mp_words_forms(const struct mp_words *w, uint32_t class)
{
    return w->sets.entries[class].key;
}

/* The bit of mp_words.lengths for so many bytes; the last is for all that are longer. */
static unsigned length_bit(size_t n)
{
    return n < 63 ? (unsigned)n : 63;
}

static uint32_t letters_of(struct mp_str s)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            mask |= 1u << (s.p[i] - 'a');
    return mask;
}

static bool is_word(struct mp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return false;
    return true;
}

/* The key under which forms with the same end are found. */
static struct mp_str end_key(struct mp_str word, unsigned end, char room_for[END_LETTERS + 1])
{
    room_for[0] = end ? '>' : '<';
    memcpy(room_for + 1, word.p + (end ? word.n - END_LETTERS : 0), END_LETTERS);
    return (struct mp_str){room_for, END_LETTERS + 1};
}

/* A form that typing errors are looked for. */
static bool add_long(struct mp_words *w, struct mp_str form, uint32_t class, bool prefix)
{
    if (!mp_room(&w->longs, w->n_longs, &w->cap_longs, sizeof *w->longs))
        return false;
    struct mp_word_long *one = &w->longs[w->n_longs++];
    *one = (struct mp_word_long){
        .text = form, .letters = letters_of(form), .class = class, .prefix = prefix};
    for (unsigned end = 0; end < (prefix ? 1 : 2); end++) {
        char key[END_LETTERS + 1];
        size_t at = mp_map_put(&w->ends, end_key(form, end, key));
        if (at == MP_MAP_NONE)
            return false;
        one->next[end] = (uint32_t)w->ends.entries[at].value;
        w->ends.entries[at].value = w->n_longs;
    }
    return true;
}

/* Links a form to a class. */
static bool add_form(struct mp_words *w, enum fit fit, struct mp_str form, uint32_t class,
                     bool errors)
{
    size_t at = mp_map_put(&w->forms[fit], form);
    if (at == MP_MAP_NONE || !mp_room(&w->links, w->n_links, &w->cap_links, sizeof *w->links))
        return false;
    struct mp_map_entry *entry = &w->forms[fit].entries[at];
    w->links[w->n_links] = (struct mp_word_link){class, (uint32_t)entry->value};
    entry->value = ++w->n_links;
    w->lengths[fit] |= 1ull << length_bit(form.n);
    if (!errors || form.n < MP_TYPO_ONE || !is_word(form))
        return true;
    return add_long(w, entry->key, class, fit == PREFIX);
}

/* Which bytes a match can begin with, so that most words need not be tried. */
static void first_bytes(const pcre2_code *re, bool starts[256])
{
    const uint8_t *map = NULL;
    uint32_t type = 0, unit = 0;
    pcre2_pattern_info(re, PCRE2_INFO_FIRSTBITMAP, &map);
    pcre2_pattern_info(re, PCRE2_INFO_FIRSTCODETYPE, &type);
    pcre2_pattern_info(re, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    for (unsigned i = 0; i < 256; i++)
        starts[i] = type == 1 ? i == unit : !map || map[i / 8] >> (i % 8) & 1;
}

/* NULL with the error. */
static pcre2_code *compile_text(struct mp_str text, struct mp_error *e)
{
    int code;
    size_t where;
    pcre2_code *re =
        pcre2_compile((PCRE2_SPTR)text.p, text.n,
                      PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_UTF | PCRE2_NO_AUTO_CAPTURE, &code,
                      &where, NULL);
    if (!re) {
        char said[120], room_for[200];
        pcre2_get_error_message(code, (PCRE2_UCHAR *)said, sizeof said);
        mp_error_set(e, MP_RULES, "%s: %s (character %zu)", mp_error_quote(text, room_for), said,
                     where + 1);
    }
    return re;
}

int mp_words_try(struct mp_str expression, struct mp_error *e)
{
    pcre2_code *re = compile_text(expression, e);
    pcre2_code_free(re);
    return re ? 0 : -1;
}

static int compile(struct mp_words *w, struct mp_str text, struct mp_error *e)
{
    if (!mp_room(&w->expressions, w->n_expressions, &w->cap_expressions, sizeof *w->expressions))
        return mp_error_memory(e);
    pcre2_code *re = compile_text(text, e);
    if (!re)
        return -1;
    pcre2_jit_compile(re, PCRE2_JIT_COMPLETE);
    struct mp_word_expression *x = &w->expressions[w->n_expressions++];
    *x = (struct mp_word_expression){.code = re};
    first_bytes(re, x->starts);
    return 0;
}

/* Many classes hold the same expression: it is compiled, and tried on a word, once. */
static int add_expression(struct mp_words *w, struct mp_str text, uint32_t class,
                          struct mp_error *e)
{
    size_t at = mp_map_put(&w->expression_texts, text);
    if (at == MP_MAP_NONE || !mp_room(&w->links, w->n_links, &w->cap_links, sizeof *w->links))
        return mp_error_memory(e);
    struct mp_map_entry *entry = &w->expression_texts.entries[at];
    if (!entry->value && compile(w, text, e) < 0)
        return -1;
    w->links[w->n_links] = (struct mp_word_link){class, (uint32_t)entry->value};
    entry->value = ++w->n_links;
    return 0;
}

/* The bit of a form; all, if its words may begin with any letters. */
static uint64_t bits_of(struct mp_str form, bool any)
{
    uint64_t key = 0;
    for (size_t i = 0; i < form.n && i < BIT_LETTERS; i++)
        key = key << 8 | (unsigned char)form.p[i];
    return any ? UINT64_MAX : UINT64_C(1) << (key * UINT64_C(0x9e3779b97f4a7c15) >> 58);
}

static int use_form(struct mp_words *w, struct mp_str f, uint32_t class, struct mp_error *e)
{
    if (f.n > 2 && f.p[0] == '/' && f.p[f.n - 1] == '/') {
        w->bits[class] = UINT64_MAX;
        return add_expression(w, (struct mp_str){f.p + 1, f.n - 2}, class, e);
    }
    bool errors = f.p[0] != '=';
    if (!errors)
        f.p++, f.n--;
    bool front = f.n > 1 && f.p[0] == '*', behind = f.n > 1 && f.p[f.n - 1] == '*';
    if (front)
        f.p++, f.n--;
    if (behind)
        f.n--;
    enum fit fit = front && behind ? INFIX : front ? SUFFIX : behind ? PREFIX : EXACT;
    w->bits[class] |= bits_of(f, front || (behind && f.n < BIT_LETTERS));
    return add_form(w, fit, f, class, errors && !front) ? 0 : mp_error_memory(e);
}

int mp_words_use(struct mp_words *w, uint32_t class, struct mp_error *e)
{
    size_t old = w->cap_bits;
    while (class >= w->cap_bits)
        if (!mp_room(&w->bits, w->cap_bits, &w->cap_bits, sizeof *w->bits))
            return mp_error_memory(e);
    if (w->cap_bits > old)
        memset(w->bits + old, 0, (w->cap_bits - old) * sizeof *w->bits);
    if (w->bits[class])
        return 0;
    struct mp_str forms = mp_words_forms(w, class);
    for (size_t i = 0, start = 0; i <= forms.n; i++)
        if (i == forms.n || forms.p[i] == '\n') {
            if (i > start && use_form(w, (struct mp_str){forms.p + start, i - start}, class, e) < 0)
                return -1;
            start = i + 1;
        }
    return 0;
}

/* Whether it fits a word of no language that begins with any letter one names. */
static bool fits_any(const pcre2_code *re)
{
    char probe[] = "?qxzjvkwq";
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    bool fits = data != NULL;
    for (char c = 'a'; fits && c <= 'z'; c++) {
        probe[0] = c;
        fits = pcre2_match(re, (PCRE2_SPTR)probe, sizeof probe - 1, 0, 0, data, NULL) >= 0;
    }
    pcre2_match_data_free(data);
    return fits;
}

bool mp_words_any(const struct mp_words *w, uint32_t class)
{
    struct mp_str forms = mp_words_forms(w, class);
    for (size_t i = 0, start = 0; i <= forms.n; i++)
        if (i == forms.n || forms.p[i] == '\n') {
            struct mp_str f = {forms.p + start, i - start};
            start = i + 1;
            if (f.n < 3 || f.p[0] != '/')
                continue;
            size_t at = mp_map_find(&w->expression_texts, (struct mp_str){f.p + 1, f.n - 2});
            if (at != MP_MAP_NONE && fits_any(w->expressions[at].code))
                return true;
        }
    return false;
}

int mp_words_know(struct mp_words *w, struct mp_str word)
{
    bool prefix = word.n > 1 && word.p[word.n - 1] == '*';
    if (prefix)
        word.n--;
    return add_form(w, prefix ? PREFIX : EXACT, word, KNOWN_ONLY, false) ? 0 : -1;
}

int mp_words_mark(struct mp_words *w, unsigned table, uint32_t class, unsigned bit,
                  const void *what)
{
    if (!mp_room(&w->marks, w->n_marks, &w->cap_marks, sizeof *w->marks))
        return -1;
    w->marks[w->n_marks++] = (struct mp_word_mark){class, (uint8_t)table, (uint8_t)bit, what};
    return 0;
}

static int by_class(const void *a, const void *b)
{
    const struct mp_word_mark *x = a, *y = b;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    if (x->table != y->table || x->bit != y->bit)
        return x->table != y->table ? x->table - y->table : x->bit - y->bit;
    return (x->what > y->what) - (x->what < y->what); /* of one array: the one given first */
}

void mp_words_sort_marks(struct mp_words *w)
{
    if (w->n_marks)
        qsort(w->marks, w->n_marks, sizeof *w->marks, by_class);
}

bool mp_words_exact(const struct mp_words *w, struct mp_str word)
{
    return mp_map_find(&w->forms[EXACT], word) != MP_MAP_NONE;
}

/* The classes of the links from place `at` - 1 on. */
static void add_links(const struct mp_words *w, size_t at, struct mp_buf *out)
{
    for (; at; at = w->links[at - 1].next)
        if (w->links[at - 1].class != KNOWN_ONLY)
            mp_buf_add(out, &w->links[at - 1].class, sizeof(uint32_t));
}

/* The classes of a form, and whether it was there. */
static bool collect(const struct mp_words *w, enum fit fit, struct mp_str form, struct mp_buf *out)
{
    if (!(w->lengths[fit] >> length_bit(form.n) & 1))
        return false;
    size_t at = mp_map_find(&w->forms[fit], form);
    if (at == MP_MAP_NONE)
        return false;
    if (out)
        add_links(w, w->forms[fit].entries[at].value, out);
    return true;
}

/* The same for all forms that fit the word. */
static bool collect_all(const struct mp_words *w, struct mp_str word, struct mp_buf *out)
{
    bool known = collect(w, EXACT, word, out);
    for (size_t n = 1; n <= word.n; n++) {
        known |= collect(w, PREFIX, (struct mp_str){word.p, n}, out);
        known |= collect(w, SUFFIX, (struct mp_str){word.p + word.n - n, n}, out);
    }
    for (size_t n = MP_INFIX_MIN; n <= word.n && w->lengths[INFIX] >> length_bit(n); n++)
        for (size_t i = 0; w->lengths[INFIX] >> length_bit(n) & 1 && i + n <= word.n; i++)
            known |= collect(w, INFIX, (struct mp_str){word.p + i, n}, out);
    return known;
}

bool mp_words_fit(const struct mp_words *w, struct mp_str word)
{
    return collect_all(w, word, NULL);
}

/* The distance of a word from a long form, or more than `limit`. */
static unsigned error_of(const struct mp_word_long *f, struct mp_str word, uint32_t letters,
                         unsigned limit)
{
    if (word.n + limit < f->text.n || (!f->prefix && word.n > f->text.n + limit))
        return limit + 1;
    if (mp_bits(f->letters & ~letters) > limit ||
        (!f->prefix && mp_bits(letters & ~f->letters) > limit))
        return limit + 1;
    return mp_distance(f->text, word, f->prefix, limit);
}

/* Classes of the long forms that are nearest, if near enough. */
static void collect_errors(const struct mp_words *w, struct mp_str word, struct mp_buf *out)
{
    size_t start = out->len;
    unsigned nearest = 2;
    uint32_t letters = letters_of(word);
    for (unsigned end = 0; end < 2; end++) {
        char key[END_LETTERS + 1];
        size_t at = mp_map_find(&w->ends, end_key(word, end, key));
        size_t i = at == MP_MAP_NONE ? 0 : w->ends.entries[at].value;
        for (; i; i = w->longs[i - 1].next[end]) {
            const struct mp_word_long *f = &w->longs[i - 1];
            unsigned limit = f->text.n >= MP_TYPO_TWO ? 2 : 1;
            if (limit > nearest)
                limit = nearest;
            unsigned d = error_of(f, word, letters, limit);
            if (d > limit)
                continue;
            if (d < nearest) {
                nearest = d;
                out->len = start;
            }
            mp_buf_add(out, &f->class, sizeof f->class);
        }
    }
}

static void collect_expressions(const struct mp_words *w, struct mp_word_tries *t,
                                struct mp_str word, struct mp_buf *out)
{
    for (size_t i = 0; i < w->n_expressions && word.n; i++) {
        if (!w->expressions[i].starts[(unsigned char)word.p[0]])
            continue;
        int rc = pcre2_match(w->expressions[i].code, (PCRE2_SPTR)word.p, word.n, 0,
                             PCRE2_NO_UTF_CHECK, t->match_data, t->match_limits);
        if (rc >= 0)
            add_links(w, w->expression_texts.entries[i].value, out);
        else if (rc == PCRE2_ERROR_NOMEMORY)
            out->failed = true;
        else if (rc != PCRE2_ERROR_NOMATCH)
            t->gave_up = true;
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool ready(struct mp_word_tries *t)
{
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    if (!limits)
        return false;
    pcre2_set_match_limit(limits, STEPS_MAX);
    pcre2_set_depth_limit(limits, STEPS_MAX);
    t->match_limits = limits;
    t->match_data = pcre2_match_data_create(1, NULL);
    return t->match_data;
}

void mp_word_tries_free(struct mp_word_tries *t)
{
    pcre2_match_data_free(t->match_data);
    pcre2_match_context_free(t->match_limits);
    *t = (struct mp_word_tries){0};
}

bool mp_words_classes(const struct mp_words *w, struct mp_word_tries *t, struct mp_str word,
                      struct mp_buf *out)
{
    size_t start = out->len;
    t->gave_up = false;
    if (!t->match_data && !ready(t))
        return false;
    if (!collect_all(w, word, out) && word.n >= MP_TYPO_ONE - 1 && is_word(word))
        collect_errors(w, word, out);
    collect_expressions(w, t, word, out);
    if (out->failed || out->len == start)
        return !out->failed;
    uint32_t *found = (uint32_t *)(void *)(out->data + start);
    size_t n = (out->len - start) / sizeof *found, kept = 0;
    qsort(found, n, sizeof *found, by_number);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || found[i] != found[i - 1])
            found[kept++] = found[i];
    out->len = start + kept * sizeof *found;
    return true;
}
