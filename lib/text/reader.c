/* Hands a text from room to room. */
#include "text/reader.h"
#include "text/context.h"
#include "text/fold.h"
#include "text/said.h"
#include <stdlib.h>

enum { NEAR_MAX = 32 }; /* mentions looked back at: a bound for hostile texts */

static bool is_abbreviation(const void *ctx, struct mp_str word)
{
    const struct mp_lexicon *l = ctx;
    return word.n &&
           l->abbreviation_ends[word.n & 15][word.p[0] & 31] >> (word.p[word.n - 1] & 31) & 1 &&
           mp_map_find(&l->abbreviations, word) != MP_MAP_NONE;
}

static bool is_common(const void *ctx, struct mp_str word)
{
    return mp_map_find(&((const struct mp_lexicon *)ctx)->patterns.common, word) != MP_MAP_NONE;
}

/* Two pieces are one word if the whole is a word of the lexicon and one of them is none. */
static bool is_joined(const void *ctx, struct mp_str whole, struct mp_str first,
                      struct mp_str second)
{
    const struct mp_lexicon *l = ctx;
    return whole.n >= 5 && mp_words_exact(&l->words, whole) &&
           !(mp_words_exact(&l->words, first) && mp_words_exact(&l->words, second));
}

/* Whether a mention before it says the same of more words. */
static bool is_repeated(const struct mp_mention *kept, size_t n, const struct mp_mention *m)
{
    for (size_t i = n; i-- > 0 && n - i <= NEAR_MAX;)
        if (kept[i].code == m->code && kept[i].status == m->status && kept[i].last >= m->last)
            return true;
    return false;
}

/* What is hidden was for the facts alone. Which ones are, nobody can foretell. */
static void drop_hidden(const struct mp_lexicon *l, struct mp_text *text)
{
    struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    size_t n = MP_COUNT(struct mp_mention, text->mentions), kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool hidden = l->codes[m[i].code].hidden;
        m[kept] = m[i];
        kept += !hidden;
    }
    text->mentions.len = kept * sizeof *m;
}

/* What lies within another mention that says the same would only repeat it, unless it is an item,
 * which counts for itself. */
static void drop_repeated(struct mp_text *text)
{
    struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    size_t n = MP_COUNT(struct mp_mention, text->mentions), kept = 0;
    uint32_t up_to = 0; /* last token of those kept */
    for (size_t i = 0; i < n; i++) {
        if (m[i].last <= up_to && m[i].kind != MP_ITEM && is_repeated(m, kept, &m[i]))
            continue;
        up_to = m[i].last > up_to ? m[i].last : up_to;
        m[kept++] = m[i];
    }
    text->mentions.len = kept * sizeof *m;
}

void mp_text_of_youth(struct mp_reader *r, struct mp_str given)
{
    struct mp_buf *b = &r->text.given;
    b->len = 0;
    for (size_t i = 0; i < given.n; i++) {
        size_t from = i;
        while (i < given.n && given.p[i] != ' ' && given.p[i] != '-')
            i++;
        mp_fold_word(b, (struct mp_str){given.p + from, i - from});
        mp_buf_addc(b, ' ');
    }
}

static bool read_text(const struct mp_lexicon *l, struct mp_reader *r, struct mp_str narrative,
                      struct mp_time reported_at)
{
    const struct mp_token_words words = {is_abbreviation, is_common, is_joined, l};
    struct mp_text *text = &r->text;
    text->reported_at = reported_at;
    if (!mp_tokens_read(&text->tokens, narrative, &words) ||
        !mp_match_look_up(l, &r->matcher, text) || !mp_clause_mark(text))
        return false;
    r->gave_up = mp_word_gave_up(&r->matcher.cache, text->words, text->tokens.n);
    if (!mp_match(l, &r->matcher, text) || !mp_when_find(l->when, text) || !mp_clause_split(text) ||
        !mp_context_read(l, text))
        return false;
    if (!mp_facts_read(l->facts, text, r->facts))
        return false;
    if (!mp_hosts_find(l->hosts, text, &r->hosts))
        return false;
    drop_hidden(l, text);
    drop_repeated(text);
    return mp_said_find(text);
}

bool mp_text_read(const struct mp_lexicon *l, struct mp_reader *r, struct mp_str narrative,
                  struct mp_time reported_at)
{
    bool well = !r->text.given.failed && read_text(l, r, narrative, reported_at);
    r->text.given.len = 0;
    return well;
}

void mp_text_gave_up(struct mp_error *e)
{
    mp_error_set(e, MP_GAVE_UP,
                 "an expression of the lexicon took too many steps at a word: whether it fits is "
                 "not known, read as if it did not");
}

void mp_reader_free(struct mp_reader *r)
{
    struct mp_text *t = &r->text;
    mp_matcher_free(&r->matcher);
    mp_hosts_free(&r->hosts);
    mp_tokens_free(&t->tokens);
    mp_buf_free(&t->given);
    mp_buf_free(&t->marks);
    mp_buf_free(&t->hits);
    mp_buf_free(&t->whens);
    mp_buf_free(&t->clauses);
    mp_buf_free(&t->clause_of);
    mp_buf_free(&t->cues);
    mp_buf_free(&t->cues_from);
    mp_buf_free(&t->answers);
    mp_buf_free(&t->mentions);
    mp_buf_free(&t->sayings);
    mp_buf_free(&t->scratch);
    mp_buf_free(&t->clues);
    free(t->words);
    *r = (struct mp_reader){0};
}

struct mp_str mp_text_quote(const struct mp_text *text, uint32_t first, uint32_t last)
{
    const struct mp_token *t = text->tokens.at;
    return (struct mp_str){text->tokens.text.p + t[first].start, t[last].end - t[first].start};
}
