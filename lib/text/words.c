/* The vocabulary: forms, classes of them, and what they are looked up by. */
#include "text/words_parts.h"
#include "base/room.h"
#include "base/sort.h"
#include <stdlib.h>

enum { BIT_LETTERS = 3 };

void mp_words_free(struct mp_words *w)
{
    for (size_t i = 0; i < w->n_expressions; i++)
        pcre2_code_free(w->expressions[i].code);
    for (size_t i = 0; i < 4; i++)
        mp_map_free(&w->stems[i]);
    mp_map_free(&w->texts);
    mp_map_free(&w->classes);
    mp_map_free(&w->ends);
    free(w->forms);
    free(w->links);
    free(w->expressions);
    free(w->longs);
    free(w->bits);
    free(w->marks);
    mp_buf_free(&w->numbers);
    *w = (struct mp_words){0};
}

/* ---- forms ---- */

/* The bit of a stem; all, if its words may begin with any letters. */
static uint64_t bits_of(struct mp_str stem, bool any)
{
    uint64_t key = 0;
    for (size_t i = 0; i < stem.n && i < BIT_LETTERS; i++)
        key = key << 8 | (unsigned char)stem.p[i];
    return any ? UINT64_MAX : UINT64_C(1) << (key * UINT64_C(0x9e3779b97f4a7c15) >> 58);
}

static struct mp_word_form parse_form(struct mp_str s)
{
    struct mp_word_form f = {.errors = s.p[0] != '='};
    if (s.n > 2 && s.p[0] == '/' && s.p[s.n - 1] == '/') {
        f.fit = MP_FITS_EXPRESSION;
        f.stem = (struct mp_str){s.p + 1, s.n - 2};
        f.bits = UINT64_MAX;
        return f;
    }
    s.p += !f.errors, s.n -= !f.errors;
    bool front = s.n > 1 && s.p[0] == '*', behind = s.n > 1 && s.p[s.n - 1] == '*';
    s.p += front, s.n -= front;
    s.n -= behind;
    f.stem = s;
    f.fit = front && behind ? MP_FITS_WITHIN
            : front         ? MP_FITS_END
            : behind        ? MP_FITS_START
                            : MP_FITS_WHOLE;
    f.errors &= !front && s.n >= MP_TYPO_ONE && mp_words_no_digits(s);
    f.bits = bits_of(s, front || (behind && s.n < BIT_LETTERS));
    return f;
}

static int number_of_form(struct mp_words *w, struct mp_str text, uint32_t *form)
{
    size_t before = w->texts.n;
    if (!mp_room(&w->forms, before, &w->cap_forms, sizeof *w->forms))
        return -1;
    size_t at = mp_map_put(&w->texts, text);
    if (at == MP_MAP_NONE)
        return -1;
    if (w->texts.n > before)
        w->forms[at] = parse_form(w->texts.entries[at].key);
    *form = (uint32_t)at;
    return 0;
}

/* ---- classes ---- */

/* The class of the forms in w->numbers. */
static int class_of_numbers(struct mp_words *w, uint32_t *class)
{
    if (w->numbers.failed)
        return -1;
    w->numbers.len =
        mp_sort_unique(MP_ITEMS(uint32_t, w->numbers), MP_COUNT(uint32_t, w->numbers)) *
        sizeof(uint32_t);
    size_t at = mp_map_put(&w->classes, mp_buf_str(&w->numbers));
    *class = (uint32_t)at;
    return at == MP_MAP_NONE ? -1 : 0;
}

static int class_of_form(struct mp_words *w, struct mp_str text, uint32_t *class)
{
    uint32_t form;
    if (number_of_form(w, text, &form) < 0)
        return -1;
    if (!w->forms[form].alone) {
        w->numbers.len = 0;
        mp_buf_add(&w->numbers, &form, sizeof form);
        if (class_of_numbers(w, class) < 0)
            return -1;
        w->forms[form].alone = *class + 1;
    }
    *class = w->forms[form].alone - 1;
    return 0;
}

int mp_words_class(struct mp_words *w, struct mp_str forms, uint32_t *class)
{
    if (forms.n && !memchr(forms.p, '\n', forms.n))
        return class_of_form(w, forms, class);
    w->numbers.len = 0;
    while (forms.n) {
        const char *end = memchr(forms.p, '\n', forms.n);
        struct mp_str one = {forms.p, end ? (size_t)(end - forms.p) : forms.n};
        uint32_t form;
        if (one.n && number_of_form(w, one, &form) < 0)
            return -1;
        if (one.n)
            mp_buf_add(&w->numbers, &form, sizeof form);
        forms.p += one.n + (end != NULL);
        forms.n -= one.n + (end != NULL);
    }
    return class_of_numbers(w, class);
}

int mp_words_merge(struct mp_words *w, const uint32_t *classes, size_t n, uint32_t *class)
{
    *class = classes[0];
    if (n == 1)
        return 0;
    w->numbers.len = 0;
    for (size_t i = 0; i < n; i++) {
        struct mp_word_forms f = mp_words_forms(w, classes[i]);
        mp_buf_add(&w->numbers, f.at, f.n * sizeof *f.at);
    }
    return class_of_numbers(w, class);
}

/* ---- what forms are looked up by ---- */

/* A form that typing errors are looked for. */
static bool add_long(struct mp_words *w, uint32_t form)
{
    const struct mp_word_form *f = &w->forms[form];
    if (!mp_room(&w->longs, w->n_longs, &w->cap_longs, sizeof *w->longs))
        return false;
    struct mp_word_long *one = &w->longs[w->n_longs++];
    *one = (struct mp_word_long){.text = f->stem,
                                 .letters = mp_words_letters(f->stem),
                                 .form = form,
                                 .prefix = f->fit == MP_FITS_START};
    for (unsigned end = 0; end < (one->prefix ? 1 : 2); end++) {
        char key[MP_END_LETTERS + 1];
        size_t at = mp_map_put(&w->ends, mp_words_end(f->stem, end, key));
        if (at == MP_MAP_NONE)
            return false;
        one->next[end] = (uint32_t)w->ends.entries[at].value;
        w->ends.entries[at].value = w->n_longs;
    }
    return true;
}

/* The place of a stem among those of its fit; MP_MAP_NONE if memory ran out. */
static size_t put_stem(struct mp_words *w, enum mp_fit fit, struct mp_str stem)
{
    w->lengths[fit] |= 1ull << mp_words_length(stem.n);
    return mp_map_put(&w->stems[fit], stem);
}

/* What words have that it fits, so that most need not be tried. */
static void find_signs(const pcre2_code *re, struct mp_word_expression *x)
{
    const uint8_t *map = NULL;
    uint32_t type = 0, unit = 0;
    pcre2_pattern_info(re, PCRE2_INFO_MINLENGTH, &x->shortest);
    pcre2_pattern_info(re, PCRE2_INFO_LASTCODETYPE, &type);
    pcre2_pattern_info(re, PCRE2_INFO_LASTCODEUNIT, &unit);
    if (type == 1 && unit < 0x80)
        x->letter = mp_words_letters((struct mp_str){(const char[]){(char)unit}, 1});
    pcre2_pattern_info(re, PCRE2_INFO_FIRSTBITMAP, &map);
    pcre2_pattern_info(re, PCRE2_INFO_FIRSTCODETYPE, &type);
    pcre2_pattern_info(re, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    for (unsigned i = 0; i < 256; i++)
        x->starts[i] = type == 1 ? i == unit : !map || map[i / 8] >> (i % 8) & 1;
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

/* Whether it fits a word of no language that begins with any letter one names. -1 if memory ran
 * out. */
static int fits_any(const pcre2_code *re)
{
    char probe[] = "?qxzjvkwq";
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    bool fits = true;
    for (char c = 'a'; data && fits && c <= 'z'; c++) {
        probe[0] = c;
        fits = pcre2_match(re, (PCRE2_SPTR)probe, sizeof probe - 1, 0, 0, data, NULL) >= 0;
    }
    pcre2_match_data_free(data);
    return data ? fits : -1;
}

static int compile(struct mp_words *w, uint32_t form, struct mp_error *e)
{
    if (w->forms[form].expression)
        return 0;
    if (!mp_room(&w->expressions, w->n_expressions, &w->cap_expressions, sizeof *w->expressions))
        return mp_error_memory(e);
    pcre2_code *re = compile_text(w->forms[form].stem, e);
    if (!re)
        return -1;
    pcre2_jit_compile(re, PCRE2_JIT_COMPLETE);
    struct mp_word_expression *x = &w->expressions[w->n_expressions++];
    int any = fits_any(re);
    *x = (struct mp_word_expression){.code = re, .form = form, .any = any > 0};
    find_signs(re, x);
    if (any < 0)
        return mp_error_memory(e);
    w->forms[form].expression = (uint32_t)w->n_expressions;
    return 0;
}

int mp_words_try(struct mp_words *w, struct mp_str expression, struct mp_error *e)
{
    uint32_t form;
    return number_of_form(w, expression, &form) < 0 ? mp_error_memory(e) : compile(w, form, e);
}

/* When the first class of the form is used. */
static int use_form(struct mp_words *w, uint32_t form, struct mp_error *e)
{
    struct mp_word_form *f = &w->forms[form];
    if (f->fit == MP_FITS_EXPRESSION) {
        if (compile(w, form, e) < 0)
            return -1;
    } else {
        size_t at = put_stem(w, f->fit, f->stem);
        if (at == MP_MAP_NONE || (f->errors && !add_long(w, form)))
            return mp_error_memory(e);
        size_t *last = &w->stems[f->fit].entries[at].value;
        f->next = (uint32_t)*last;
        *last = form + 1;
    }
    f->used = true;
    return 0;
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
    struct mp_word_forms forms = mp_words_forms(w, class);
    for (size_t i = 0; i < forms.n; i++) {
        struct mp_word_form *f = &w->forms[forms.at[i]];
        if (!f->used && use_form(w, forms.at[i], e) < 0)
            return -1;
        if (!mp_room(&w->links, w->n_links, &w->cap_links, sizeof *w->links))
            return mp_error_memory(e);
        w->links[w->n_links] = (struct mp_word_link){class, f->link};
        f->link = (uint32_t)++w->n_links;
        w->bits[class] |= f->bits;
    }
    return 0;
}

bool mp_words_any(const struct mp_words *w, uint32_t class)
{
    struct mp_word_forms forms = mp_words_forms(w, class);
    for (size_t i = 0; mp_words_bits(w, class) == UINT64_MAX && i < forms.n; i++) {
        uint32_t expression = w->forms[forms.at[i]].expression;
        if (expression && w->expressions[expression - 1].any)
            return true;
    }
    return false;
}

int mp_words_know(struct mp_words *w, struct mp_str word)
{
    bool prefix = word.n > 1 && word.p[word.n - 1] == '*';
    word.n -= prefix;
    return put_stem(w, prefix ? MP_FITS_START : MP_FITS_WHOLE, word) == MP_MAP_NONE ? -1 : 0;
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
