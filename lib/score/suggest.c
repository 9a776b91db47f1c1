/* Word groups that go with missed labels. */
#include "score/suggest.h"
#include "io/json.h"
#include <math.h>
#include <stdlib.h>

struct use {
    uint32_t group, text;
};

void mp_suggest_text(struct mp_suggest *s)
{
    s->n_texts++;
}

/* A group counts once for each text. */
static bool add_group(struct mp_suggest *s)
{
    size_t at = mp_map_put(&s->groups, mp_buf_str(&s->scratch));
    if (at == MP_MAP_NONE)
        return false;
    if (s->groups.entries[at].value == s->n_texts)
        return true;
    s->groups.entries[at].value = s->n_texts;
    struct use use = {(uint32_t)at, s->n_texts - 1};
    mp_buf_add(&s->uses, &use, sizeof use);
    return !s->uses.failed;
}

bool mp_suggest_clause(struct mp_suggest *s, const struct mp_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        s->scratch.len = 0;
        for (size_t k = i; k < n && k < i + MP_SUGGEST_WORDS; k++) {
            if (k > i)
                mp_buf_addc(&s->scratch, ' ');
            mp_buf_addstr(&s->scratch, words[k]);
            if (s->scratch.failed || !add_group(s))
                return false;
        }
    }
    return true;
}

bool mp_suggest_end(struct mp_suggest *s)
{
    const struct use *uses = (const void *)s->uses.data;
    size_t n = s->uses.len / sizeof *uses;
    s->of_group = malloc((n + 1) * sizeof *s->of_group);
    s->group_at = calloc(s->groups.n + 2, sizeof *s->group_at);
    s->text_at = calloc((size_t)s->n_texts + 2, sizeof *s->text_at);
    if (!s->of_group || !s->group_at || !s->text_at)
        return false;
    for (size_t i = 0; i < n; i++) {
        s->group_at[uses[i].group + 2]++;
        s->text_at[uses[i].text + 1]++;
    }
    for (size_t i = 2; i < s->groups.n + 2; i++)
        s->group_at[i] += s->group_at[i - 1];
    for (size_t i = 1; i < (size_t)s->n_texts + 2; i++)
        s->text_at[i] += s->text_at[i - 1];
    for (size_t i = 0; i < n; i++)
        s->of_group[s->group_at[uses[i].group + 1]++] = uses[i].text;
    return true;
}

/* log of p^k (1 - p)^(n - k); 0 log 0 is 0. */
static double likelihood(double p, uint32_t k, uint32_t n)
{
    return (k > 0 ? k * log(p) : 0) + (n > k ? (n - k) * log(1 - p) : 0);
}

double mp_suggest_ratio(uint32_t k1, uint32_t n1, uint32_t k2, uint32_t n2)
{
    double p1 = n1 ? (double)k1 / n1 : 0, p2 = n2 ? (double)k2 / n2 : 0;
    double p = n1 + n2 ? ((double)k1 + k2) / ((double)n1 + n2) : 0;
    double ratio = 2 * (likelihood(p1, k1, n1) + likelihood(p2, k2, n2) - likelihood(p, k1, n1) -
                        likelihood(p, k2, n2));
    return ratio > 0 ? ratio : 0; /* not below by rounding */
}

enum side { NEITHER, MISSED, OTHER };

static const struct mp_score_signal *find(const struct mp_score_labels *labels, struct mp_str code)
{
    for (size_t i = 0; i < labels->n; i++)
        if (mp_str_eq(labels->signals[i].code, code))
            return &labels->signals[i];
    return NULL;
}

static enum side side_of(const struct mp_score_doc *doc, struct mp_str code)
{
    static const struct mp_score_choice all = {0};
    if (!mp_score_counts(doc, &all, code))
        return NEITHER;
    if (!find(&doc->gold, code))
        return OTHER;
    return find(&doc->read, code) ? NEITHER : MISSED;
}

static size_t count_words(struct mp_str s)
{
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == ' ';
    return n;
}

/* Higher ratios first, then fewer words, then byte order. */
static int by_ratio(const void *left, const void *right)
{
    const struct mp_suggestion *a = left, *b = right;
    if (a->ratio != b->ratio)
        return a->ratio > b->ratio ? -1 : 1;
    size_t n = count_words(a->words), m = count_words(b->words);
    return n != m ? (n < m ? -1 : 1) : mp_str_cmp(a->words, b->words);
}

/* Whether the words of one are a run of the words of the other. */
static bool is_part(struct mp_str part, struct mp_str whole)
{
    for (size_t at = 0; at + part.n <= whole.n; at++) {
        bool begins = at == 0 || whole.p[at - 1] == ' ';
        bool ends = at + part.n == whole.n || whole.p[at + part.n] == ' ';
        if (begins && ends && memcmp(whole.p + at, part.p, part.n) == 0)
            return true;
    }
    return false;
}

static bool is_same(const struct mp_suggestion *a, const struct mp_suggestion *b)
{
    return a->missed == b->missed && a->others == b->others &&
           (is_part(a->words, b->words) || is_part(b->words, a->words));
}

/* The best of all groups, without those that say the same as a better one. */
static void pick(struct mp_suggested *out, struct mp_suggestion *all, size_t n)
{
    qsort(all, n, sizeof *all, by_ratio);
    for (size_t i = 0; i < n && out->n < MP_SUGGEST_MAX; i++) {
        bool new = true;
        for (size_t k = 0; k < out->n; k++)
            new &= !is_same(&all[i], &out->best[k]);
        if (new)
            out->best[out->n++] = all[i];
    }
}

/* Counts one group; the first text in which it was missed counts for all of them. */
static void weigh(const struct mp_suggest *s, const unsigned char *sides, uint32_t text,
                  uint32_t group, const struct mp_suggested *of, struct mp_buf *all)
{
    struct mp_suggestion one = {.words = s->groups.entries[group].key};
    for (uint32_t i = s->group_at[group]; i < s->group_at[group + 1]; i++) {
        unsigned char side = sides[s->of_group[i]];
        if (side == MISSED && one.missed == 0 && s->of_group[i] != text)
            return;
        one.missed += side == MISSED;
        one.others += side == OTHER;
    }
    one.ratio = mp_suggest_ratio(one.missed, of->missed, one.others, of->others);
    bool commoner = (uint64_t)one.missed * of->others > (uint64_t)one.others * of->missed;
    if (one.ratio > 0 && commoner)
        mp_buf_add(all, &one, sizeof one);
}

bool mp_suggest_for(const struct mp_suggest *s, const struct mp_score_doc *docs, size_t n_docs,
                    struct mp_str code, struct mp_suggested *out)
{
    const struct use *uses = (const void *)s->uses.data;
    struct mp_buf all = {0};
    unsigned char *sides = malloc(n_docs + 1);
    *out = (struct mp_suggested){0};
    for (size_t i = 0; sides && i < n_docs; i++) {
        sides[i] = (unsigned char)side_of(&docs[i], code);
        out->missed += sides[i] == MISSED;
        out->others += sides[i] == OTHER;
    }
    for (uint32_t text = 0; sides && text < n_docs; text++)
        for (size_t i = s->text_at[text]; sides[text] == MISSED && i < s->text_at[text + 1]; i++)
            weigh(s, sides, text, uses[i].group, out, &all);
    bool well = sides && !all.failed;
    if (well && all.len)
        pick(out, (void *)all.data, all.len / sizeof(struct mp_suggestion));
    mp_buf_free(&all);
    free(sides);
    return well;
}

static void add_row(struct mp_buf *b, struct mp_str code, const struct mp_suggested *found,
                    const struct mp_suggestion *one)
{
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "code", code);
    mp_json_add_field(b, "words", one->words);
    mp_buf_addf(b,
                ",\"ratio\":%.2f,\"missed\":%u,\"of_missed\":%u,\"others\":%u,\"of_others\":%u}\n",
                one->ratio, one->missed, found->missed, one->others, found->others);
}

size_t mp_suggest_show(struct mp_buf *b, struct mp_str code, const struct mp_suggested *found,
                       bool json)
{
    if (!json) {
        mp_buf_addstr(b, code);
        mp_buf_addf(b, ": missed in %u texts; %u texts without it\n", found->missed, found->others);
        mp_buf_addf(b, "%8s %7s %7s\n", "ratio", "missed", "others");
    }
    for (size_t i = 0; i < found->n; i++) {
        const struct mp_suggestion *one = &found->best[i];
        if (json) {
            add_row(b, code, found, one);
            continue;
        }
        mp_buf_addf(b, "%8.2f %7u %7u  ", one->ratio, one->missed, one->others);
        mp_buf_addstr(b, one->words);
        mp_buf_addc(b, '\n');
    }
    return found->n;
}

void mp_suggest_free(struct mp_suggest *s)
{
    mp_map_free(&s->groups);
    mp_buf_free(&s->uses);
    mp_buf_free(&s->scratch);
    free(s->of_group);
    free(s->group_at);
    free(s->text_at);
    *s = (struct mp_suggest){0};
}
