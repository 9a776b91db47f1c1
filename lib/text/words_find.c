/* Looking words up in the vocabulary: forms in four tables by how they fit, expressions, and long
 * forms for typing errors. */
#include "text/words_parts.h"
#include "base/bits.h"
#include "base/distance.h"
#include "base/sort.h"

/* An expression sees one word of at most MP_WORD_MAX bytes: what needs more steps is a mistake in
 * the expression. */
enum { STEPS_MAX = 10000 };

bool mp_words_exact(const struct mp_words *w, struct mp_str word)
{
    return mp_map_find(&w->stems[MP_FITS_WHOLE], word) != MP_MAP_NONE;
}

static void add_classes(const struct mp_words *w, const struct mp_word_form *form,
                        struct mp_buf *out)
{
    for (size_t at = form->link; at; at = w->links[at - 1].next)
        mp_buf_add(out, &w->links[at - 1].class, sizeof(uint32_t));
}

/* The classes of the forms with this stem, and whether there is one or it is known. */
static bool collect(const struct mp_words *w, enum mp_fit fit, struct mp_str stem,
                    struct mp_buf *out)
{
    if (!(w->lengths[fit] >> mp_words_length(stem.n) & 1))
        return false;
    size_t at = mp_map_find(&w->stems[fit], stem);
    if (at == MP_MAP_NONE)
        return false;
    size_t form = out ? w->stems[fit].entries[at].value : 0;
    for (; form; form = w->forms[form - 1].next)
        add_classes(w, &w->forms[form - 1], out);
    return true;
}

/* The same for all forms that fit the word. */
static bool collect_all(const struct mp_words *w, struct mp_str word, struct mp_buf *out)
{
    bool known = collect(w, MP_FITS_WHOLE, word, out);
    for (size_t n = 1; n <= word.n; n++) {
        known |= collect(w, MP_FITS_START, (struct mp_str){word.p, n}, out);
        known |= collect(w, MP_FITS_END, (struct mp_str){word.p + word.n - n, n}, out);
    }
    for (size_t n = MP_INFIX_MIN; n <= word.n && w->lengths[MP_FITS_WITHIN] >> mp_words_length(n);
         n++)
        for (size_t i = 0; w->lengths[MP_FITS_WITHIN] >> mp_words_length(n) & 1 && i + n <= word.n;
             i++)
            known |= collect(w, MP_FITS_WITHIN, (struct mp_str){word.p + i, n}, out);
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
    uint32_t letters = mp_words_letters(word);
    for (unsigned end = 0; end < 2; end++) {
        char key[MP_END_LETTERS + 1];
        size_t at = mp_map_find(&w->ends, mp_words_end(word, end, key));
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
            add_classes(w, &w->forms[f->form], out);
        }
    }
}

static void collect_expressions(const struct mp_words *w, struct mp_word_tries *t,
                                struct mp_str word, struct mp_buf *out)
{
    uint32_t letters = mp_words_letters(word);
    for (size_t i = 0; i < w->n_expressions && word.n; i++) {
        const struct mp_word_expression *x = &w->expressions[i];
        if (!x->starts[(unsigned char)word.p[0]] || word.n < x->shortest || x->letter & ~letters ||
            !w->forms[x->form].used)
            continue;
        int rc = pcre2_match(x->code, (PCRE2_SPTR)word.p, word.n, 0, PCRE2_NO_UTF_CHECK,
                             t->match_data, t->match_limits);
        if (rc >= 0)
            add_classes(w, &w->forms[x->form], out);
        else if (rc == PCRE2_ERROR_NOMEMORY)
            out->failed = true;
        else if (rc != PCRE2_ERROR_NOMATCH)
            t->gave_up = true;
    }
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
    if (!collect_all(w, word, out) && word.n >= MP_TYPO_ONE - 1 && mp_words_no_digits(word))
        collect_errors(w, word, out);
    collect_expressions(w, t, word, out);
    if (out->failed || out->len == start)
        return !out->failed;
    uint32_t *found = (uint32_t *)(void *)(out->data + start);
    out->len = start + mp_sort_unique(found, (out->len - start) / sizeof *found) * sizeof *found;
    return true;
}
