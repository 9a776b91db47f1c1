/* Marks what each token can be in the grammar of a clause, and in which sets it is. */
#include "text/clause.h"
#include <endian.h>

const char *const mp_grammar_lists[MP_N_GRAMMAR_LISTS] = {
    [MP_IS_START] = "clause_starts",
    [MP_IS_LINK] = "clause_links",
    [MP_IS_COMPLEMENT] = "clause_complements",
    [MP_IS_RELATIVE] = "relatives",
    [MP_IS_OTHER] = "other_person",
    [MP_IS_YOUTH] = "youth",
    [MP_IS_PRONOUN] = "pronouns",
    [MP_IS_OBJECT] = "youth_objects",
    [MP_IS_POSSESSIVE] = "possessives",
    [MP_IS_PREPOSITION] = "subject_prepositions",
    [MP_IS_SPEECH] = "speech_verbs",
    [MP_IS_COMPANY] = "company",
    [MP_IS_BOUND] = "time_bounds",
    [MP_IS_DEPENDENT] = "dependents",
    [MP_IS_NAME] = "first_names",
    [MP_IS_TITLE] = "name_titles",
    [MP_IS_AUXILIARY] = "auxiliaries",
    [MP_IS_NO_NAME] = "no_names",
    [MP_IS_KIN] = "own_stories",
    [MP_IS_STOP] = "full_stops",
};

enum {
    STOPS_MIN = 3, /* so many full stops in words are no chance */
    EIGHT = MP_SET_APART,
};

/* The bits of the sets in a mark. */
static const uint64_t of_sets = UINT64_C(0x0101010101010101) << MP_SET_BIT;

enum mp_token_set mp_grammar_set(enum mp_grammar list)
{
    switch (list) {
    case MP_IS_START:
    case MP_IS_LINK:
    case MP_IS_RELATIVE:
        return MP_SET_BORDERS;
    case MP_IS_OTHER:
    case MP_IS_YOUTH:
    case MP_IS_PRONOUN:
        return MP_SET_PEOPLE;
    case MP_IS_OBJECT:
        return MP_SET_OBJECTS;
    default:
        return MP_N_TOKEN_SETS;
    }
}

/* How a token is written. */
static uint64_t written(const struct mp_token *k)
{
    static const uint64_t apart = MP_MARK(MP_IS_APART) | MP_MARK(MP_IS_IN(MP_SET_BORDERS)),
                          afresh = apart | MP_MARK(MP_IS_AFRESH),
                          first = afresh | MP_MARK(MP_IS_FIRST),
                          sign = MP_MARK(MP_IS_IN(MP_SET_SIGNS));
    static const uint64_t behind[] = {[MP_BREAK_COMMA] = apart,
                                      [MP_BREAK_PAREN] = apart,
                                      [MP_BREAK_COLON] = afresh,
                                      [MP_BREAK_STOP] = first,
                                      [MP_BREAK_SECTION] = first};
    static const uint64_t kinds[MP_N_TOKEN_KINDS] = {[MP_NUMBER] = MP_MARK(MP_IS_NUMBER) |
                                                                   MP_MARK(MP_IS_TIME),
                                                     [MP_BOX_YES] = sign,
                                                     [MP_BOX_NO] = sign,
                                                     [MP_BOX_MINUS] = sign};
    bool announces = k->question || k->colon || k->dash || k->plus;
    return behind[k->before] | kinds[k->kind] | (uint64_t)k->capital << MP_IS_CAPITAL |
           (uint64_t)announces << MP_IS_IN(MP_SET_SIGNS);
}

/* Marks all tokens. Each mark is shifted by one more than the one before, so that the bits of a set
 * come to stand beside each other. `stretch` counts on where a clause may begin: it is hard to
 * predict, so there is no branch on it. Returns what any token is. */
static uint64_t mark_all(const struct mp_text *text, uint64_t *marks, uint64_t *sets,
                         uint64_t *stretch)
{
    const struct mp_token *k = text->tokens.at;
    const struct mp_word *const *word = text->words;
    size_t n = text->tokens.n, t = 0;
    uint64_t any = 0;
    for (; t < n; sets += MP_N_TOKEN_SETS)
        for (uint8_t *bits = (uint8_t *)sets, *last = bits + 8; bits < last && t < n; bits++) {
            size_t end = n - t < EIGHT ? n : t + EIGHT, missing = t + EIGHT - end;
            uint64_t eight = 0;
            for (; t < end; t++) {
                uint64_t mark = word[t]->marks[MP_MARKS_GRAMMAR] | written(&k[t]);
                any |= marks[t] = mark;
                stretch += mark >> MP_IS_IN(MP_SET_BORDERS) & 1;
                *stretch |= mark;
                eight = eight >> 1 | (mark & of_sets);
            }
            eight >>= missing;
#pragma GCC unroll 8
            for (int s = 0; s < MP_N_MARKED_SETS; s++)
                bits[s * 8] = (uint8_t)(eight >> (16 + 8 * s));
        }
    return any;
}

/* Ends sentences at full stops that are words; whether any is ended. */
static bool stop_at_words(struct mp_tokens *tokens, const uint64_t *marks)
{
    uint32_t stops = 0, more = 0;
    for (size_t t = 0; t < tokens->n; t++)
        stops += marks[t] >> MP_IS_STOP & 1;
    if (stops < STOPS_MIN)
        return false;
    for (size_t t = 0; t < tokens->n; t++) {
        struct mp_token *k = &tokens->at[t];
        if (t > 0 && marks[t - 1] & MP_MARK(MP_IS_STOP) && k->before < MP_BREAK_STOP) {
            k->before = MP_BREAK_STOP;
            more++;
        }
        k->sentence += more;
    }
    return more > 0;
}

bool mp_clause_mark(struct mp_text *text)
{
    size_t n = text->tokens.n, n_sets = (n / MP_SET_BITS + 1) * MP_N_TOKEN_SETS;
    size_t n_rest = n_sets + n + 1; /* with the stretches */
    text->marks.len = 0;
    if (!mp_buf_reserve(&text->marks, (n + 1 + n_rest) * sizeof(uint64_t)))
        return false;
    text->marks.len = (n + 1 + n_rest) * sizeof(uint64_t);
    uint64_t *marks = MP_ITEMS(uint64_t, text->marks), *sets = marks + n + 1;
    memset(sets, 0, n_rest * sizeof *sets);
    uint64_t any = mark_all(text, marks, sets, sets + n_sets);
    if (any & MP_MARK(MP_IS_STOP) && stop_at_words(&text->tokens, marks)) {
        memset(sets, 0, n_rest * sizeof *sets);
        mark_all(text, marks, sets, sets + n_sets);
    }
    marks[n] = UINT64_MAX;
    for (size_t i = 0; i < n_sets; i++)
        sets[i] = le64toh(sets[i]);
    for (size_t i = n / MP_SET_BITS * MP_N_TOKEN_SETS; i < n_sets; i++)
        sets[i] |= 1ull << n % MP_SET_BITS;
    return true;
}
