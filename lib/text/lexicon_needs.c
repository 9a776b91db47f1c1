/* Numbers the classes that variants need, so that those which one word meets lie in few words of
 * bits: what a sentence meets is gathered from its words all over (text/match.h). */
#include "text/lexicon_read.h"
#include <stdlib.h>

struct need {
    uint32_t class;
    uint32_t form;   /* that weighs most of its own */
    uint64_t weight; /* how often needs are met by that form, roughly */
};

/* In how many of the classes each form is. */
static void count_forms(const struct mp_lexicon *l, uint32_t *uses)
{
    for (uint32_t c = 0; c < l->words.classes.n; c++) {
        struct mp_word_forms forms = mp_words_forms(&l->words, c);
        for (size_t i = 0; l->index.need_of[c] && i < forms.n; i++)
            uses[forms.at[i]]++;
    }
}

static struct need make_need(struct mp_lexicon *l, const uint32_t *uses, uint32_t class)
{
    struct need n = {class, 0, 0};
    struct mp_word_forms forms = mp_words_forms(&l->words, class);
    for (size_t i = 0; i < forms.n; i++) {
        uint32_t form = forms.at[i];
        if (l->words.forms[form].fit == MP_FITS_EXPRESSION) /* which many words fit */
            return (struct need){class, 0, UINT64_MAX};
        uint64_t weight = (uint64_t)mp_pattern_frequency(&l->patterns, form) * uses[form];
        if (weight > n.weight) {
            n.form = form;
            n.weight = weight;
        }
    }
    return n;
}

static int by_weight(const void *a, const void *b)
{
    const struct need *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->form != y->form)
        return x->form < y->form ? -1 : 1;
    return (x->class > y->class) - (x->class < y->class);
}

int mp_lexicon_number_needs(struct mp_lexicon *l)
{
    uint32_t *uses = calloc(l->words.texts.n + 1, sizeof *uses);
    struct need *all = calloc(l->words.classes.n + 1, sizeof *all);
    size_t n = 0;
    bool fine = uses && all;
    if (fine)
        count_forms(l, uses);
    for (uint32_t c = 0; fine && c < l->words.classes.n; c++)
        if (l->index.need_of[c])
            all[n++] = make_need(l, uses, c);
    fine = fine && !l->patterns.frequencies.failed;
    if (fine)
        qsort(all, n, sizeof *all, by_weight);
    for (size_t i = 0; fine && i < n; i++) {
        size_t number = i + MP_NEED_FIRST;
        l->index.need_of[all[i].class] = number <= UINT16_MAX ? (uint16_t)number : MP_NEED_NOTHING;
    }
    l->index.n_needs = n;
    free(all);
    free(uses);
    return fine ? 0 : -1;
}
