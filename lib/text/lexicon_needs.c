/* Numbers the classes that variants need, so that those which one word meets lie in few words of
 * bits: what a sentence meets is gathered from its words all over (text/match.h). */
#include "text/lexicon_read.h"
#include <stdlib.h>

struct need {
    uint32_t class;
    size_t word;     /* that weighs most of its own: place in `words` */
    uint64_t weight; /* how often needs are met by that word, roughly */
};

static struct mp_str next_form(struct mp_str *forms)
{
    const char *end = memchr(forms->p, '\n', forms->n);
    struct mp_str form = {forms->p, end ? (size_t)(end - forms->p) : forms->n};
    size_t used = form.n + (end != NULL);
    *forms = (struct mp_str){forms->p + used, forms->n - used};
    return form;
}

/* In how many of the classes each word is. */
static int count_words(const struct mp_lexicon *l, struct mp_map *words)
{
    for (uint32_t c = 0; c < l->words.sets.n; c++) {
        struct mp_str forms = mp_words_forms(&l->words, c);
        while (l->index.need_of[c] && forms.n) {
            size_t at = mp_map_put(words, next_form(&forms));
            if (at == MP_MAP_NONE)
                return -1;
            words->entries[at].value++;
        }
    }
    return 0;
}

static struct need make_need(const struct mp_lexicon *l, const struct mp_map *words, uint32_t class)
{
    struct need n = {class, 0, 0};
    for (struct mp_str forms = mp_words_forms(&l->words, class); forms.n;) {
        struct mp_str form = next_form(&forms);
        if (form.p[0] == '/') /* an expression, which many words fit */
            return (struct need){class, 0, UINT64_MAX};
        size_t at = mp_map_find(words, form);
        uint64_t weight =
            (uint64_t)mp_pattern_frequency(&l->patterns, form) * words->entries[at].value;
        if (weight > n.weight) {
            n.word = at;
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
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return (x->class > y->class) - (x->class < y->class);
}

int mp_lexicon_number_needs(struct mp_lexicon *l)
{
    struct mp_map words = {0};
    struct need *all = calloc(l->words.sets.n + 1, sizeof *all);
    size_t n = 0;
    int bad = !all || count_words(l, &words) < 0 ? -1 : 0;
    for (uint32_t c = 0; !bad && c < l->words.sets.n; c++)
        if (l->index.need_of[c])
            all[n++] = make_need(l, &words, c);
    if (!bad)
        qsort(all, n, sizeof *all, by_weight);
    for (size_t i = 0; i < n; i++) {
        size_t number = i + MP_NEED_FIRST;
        l->index.need_of[all[i].class] = number <= UINT16_MAX ? (uint16_t)number : MP_NEED_NOTHING;
    }
    l->index.n_needs = n;
    free(all);
    mp_map_free(&words);
    return bad;
}
