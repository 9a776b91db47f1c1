/* What words are in the grammar of a clause: the lists of the lexicon, and the forms of its verbs.
 */
#include "text/clause.h"
#include "text/lexicon_read.h"
#include "text/said.h"

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
    enum mp_token_set set = what < MP_N_GRAMMAR_LISTS ? mp_grammar_set(what) : MP_N_TOKEN_SETS;
    if (mp_words_mark(&l->words, MP_MARKS_GRAMMAR, class, what, NULL) < 0 ||
        (set < MP_N_TOKEN_SETS &&
         mp_words_mark(&l->words, MP_MARKS_GRAMMAR, class, MP_IS_IN(set), NULL) < 0))
        return mp_error_memory(e);
    return 0;
}

/* The forms of all verbs, by tense and altogether. None of them is a typing
 * error. */
static int mark_verbs(struct mp_lexicon *l, struct mp_error *e)
{
    struct mp_buf of[MP_N_GRAMMAR_WORDS] = {0};
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
    for (unsigned what = MP_IS_PRESENT; what < MP_N_GRAMMAR_WORDS; what++) {
        uint32_t class;
        if (!bad)
            bad = of[what].failed || mp_words_class(&l->words, mp_buf_str(&of[what]), &class) < 0
                      ? mp_error_memory(e)
                      : mark(l, class, what, e);
        mp_buf_free(&of[what]);
    }
    return bad;
}

/* The words of a list, if it is there. */
static int mark_list(struct mp_lexicon *l, const struct mp_yaml *at, const char *name,
                     unsigned what, struct mp_error *e)
{
    struct mp_patterns *p = &l->patterns;
    uint32_t class;
    if (!name || mp_map_find(&p->lists, mp_str_of(name)) == MP_MAP_NONE)
        return 0;
    return mp_patterns_class(p, at, name, &class, e) < 0 ? -1 : mark(l, class, what, e);
}

/* What the words of the grammar's lists are; a list that is not there has no
 * words. */
int mp_lexicon_mark_grammar(struct mp_lexicon *l, const struct mp_yaml *at, struct mp_error *e)
{
    for (unsigned what = 0; what < MP_N_GRAMMAR_LISTS; what++)
        if (mark_list(l, at, mp_grammar_lists[what], what, e) < 0)
            return -1;
    for (unsigned what = MP_SAID_FIRST; what < MP_SAID_END; what++)
        if (mark_list(l, at, mp_said_lists[what - MP_SAID_FIRST], what, e) < 0)
            return -1;
    return mark_verbs(l, e);
}
