/* Headings of forms and their answers. */
#include "text/answer.h"
#include "text/boxes.h"
#include "text/cues.h"

enum {
    OPENING = 2,     /* tokens of an answer that date it */
    LOOK = 4,        /* tokens of an answer that can turn it */
    ANSWER_MAX = 40, /* tokens of an answer: a bound for hostile texts */
    HEADING_MAX = 5, /* words before a mention in its heading */
    LINE_MAX = 40,   /* tokens looked back at for the start of a line */
    ASIDE = 2,       /* words of a place in a list beside the mention */
    SHORT = 8        /* tokens of a sentence that has nothing in it but an answer */
};

struct answer {
    const struct mp_lexicon *l;
    const struct mp_text *text;
    uint32_t first, end; /* tokens of the answer */
    uint32_t at;         /* the one that answers */
};

static const struct mp_token *token(const struct mp_text *text, uint32_t i)
{
    return &text->tokens.at[i];
}

bool mp_answers_read(const struct mp_lexicon *l, struct mp_text *text, const uint32_t *hits,
                     size_t n)
{
    text->answers.len = 0;
    if (!mp_buf_reserve(&text->answers, (n + 1) * sizeof(struct mp_said)))
        return false;
    struct mp_said *begin = MP_ITEMS(struct mp_said, text->answers), *end = begin;
    for (size_t i = 0; i < n; i++) {
        const struct mp_hit *h = &MP_ITEMS(struct mp_hit, text->hits)[hits[i]];
        struct mp_said one = {h->first, h->last, l->gists[h->entry].effect};
        if (end == begin || end[-1].first != one.first)
            *end++ = one;
        else if (one.last > end[-1].last)
            end[-1] = one;
    }
    text->answers.len = (size_t)(end - begin) * sizeof *end;
    return true;
}

/* What the answer at token t says: enum mp_effect, or 0; *last is its end. */
static int says(const struct mp_text *text, uint32_t t, uint32_t *last)
{
    const struct mp_said *s = MP_ITEMS(struct mp_said, text->answers);
    size_t i = MP_FROM(struct mp_said, text->answers, t);
    if (i == MP_COUNT(struct mp_said, text->answers) || s[i].first != t)
        return 0;
    *last = s[i].last;
    return (int)s[i].effect;
}

/* Whether the sign stands before token t, which is not the first. */
static bool has_before(const struct mp_text *text, uint32_t t, char sign)
{
    uint32_t from = token(text, t - 1)->end;
    return memchr(text->tokens.text.p + from, sign, token(text, t)->start - from) != NULL;
}

/* Whether a semicolon stands before token t, in its line: "pregnant;no". */
static bool begins_cell(const struct mp_text *text, uint32_t t)
{
    return t > 0 && t < text->tokens.n && token(text, t)->before == MP_BREAK_STOP &&
           !token(text, t)->line && has_before(text, t, ';');
}

/* Whether a place in a list begins at token t or a few words before: "known with ENT -". */
static bool begins_place(const struct mp_text *text, uint32_t t, uint32_t words)
{
    for (; words > 0 && t > 0 && token(text, t)->before < MP_BREAK_COMMA && !token(text, t)->line &&
           !mp_is(text, t - 1, MP_IS_LINK);
         words--)
        t--;
    return t == 0 || token(text, t)->before >= MP_BREAK_COMMA || token(text, t)->line ||
           mp_is(text, t - 1, MP_IS_LINK);
}

/* Whether a place in a list ends before token t. */
static bool ends_place(const struct mp_text *text, uint32_t t)
{
    return t >= text->tokens.n || token(text, t)->before >= MP_BREAK_COMMA ||
           mp_is(text, t, MP_IS_LINK) || mp_is(text, t, MP_IS_START);
}

/* Whether the answer ends a place in a list that begins a few words before it: "asthma no". */
static bool ends_list_place(const struct mp_text *text, const struct mp_said *s)
{
    return s->first > 0 && token(text, s->first)->before < MP_BREAK_COMMA &&
           ends_place(text, s->last + 1) && begins_place(text, s->first - 1, ASIDE);
}

bool mp_answer_parts(const struct mp_text *text, const struct mp_hit *h)
{
    const struct mp_said *s = MP_ITEMS(struct mp_said, text->answers);
    if ((h->mask & 2) | (h->last < h->first + 2) | (token(text, h->first)->before < MP_BREAK_COMMA))
        return false; /* as most, for which reason nobody can foretell */
    size_t i = MP_FROM(struct mp_said, text->answers, h->first + 1);
    return i < MP_COUNT(struct mp_said, text->answers) && s[i].first == h->first + 1 &&
           s[i].last < h->last && token(text, s[i].last + 1)->before == MP_BREAK_COMMA;
}

struct mp_signs mp_answer_signs(const struct mp_text *text)
{
    const struct mp_said *said = MP_ITEMS(struct mp_said, text->answers);
    size_t n = MP_COUNT(struct mp_said, text->answers);
    struct mp_signs s = {0};
    for (size_t i = 0; i < n && !s.cells; i++)
        s.cells = begins_cell(text, said[i].first) || ends_list_place(text, &said[i]);
    mp_answer_next_sign(text, 0, &s);
    return s;
}

void mp_answer_next_sign(const struct mp_text *text, uint32_t from, struct mp_signs *s)
{
    s->at = mp_set_next(text, MP_SET_SIGNS, from);
    s->sentence = s->at < text->tokens.n ? token(text, s->at)->sentence : UINT32_MAX;
}

bool mp_answer_is_near(const struct mp_text *text, const struct mp_mention *m, struct mp_signs *s)
{
    const struct mp_said *said = MP_ITEMS(struct mp_said, text->answers);
    size_t n = MP_COUNT(struct mp_said, text->answers);
    while (s->answer < n && said[s->answer].first < m->first)
        s->answer++;
    return (s->answer < n && said[s->answer].first <= m->last + 1) || s->at <= m->last + LOOK;
}

/* What cues of that side do that begin within so many words from token `from` of the answer on: a
 * bit per enum mp_effect. */
static uint32_t cues_do(const struct answer *a, uint32_t from, uint32_t words, unsigned side)
{
    const struct mp_cue *c = MP_ITEMS(struct mp_cue, a->text->cues);
    size_t n = MP_COUNT(struct mp_cue, a->text->cues);
    uint32_t effects = 0, end = a->end - from < words ? a->end : from + words;
    for (size_t i = MP_FROM(struct mp_cue, a->text->cues, from); i < n && c[i].first < end; i++)
        if (c[i].side & side)
            effects |= 1u << c[i].effect;
    return effects;
}

/* What the first words of the answer do. */
static uint32_t opening(const struct answer *a)
{
    return cues_do(a, a->first, LOOK, MP_BEFORE);
}

static bool has(uint32_t effects, enum mp_effect effect)
{
    return effects >> effect & 1;
}

/* The status that the answer gives, which stands at token `at`. */
static enum mp_answer give(struct mp_mention *m, enum mp_status status, uint32_t at)
{
    m->status = status;
    m->by = MP_BY_ANSWER;
    m->cue = at;
    return MP_ANSWER_GIVEN;
}

static enum mp_answer answer_with(struct mp_mention *m, int said, uint32_t at)
{
    m->by = MP_BY_ANSWER;
    m->cue = at;
    if (said == MP_SAYS_YES)
        return MP_ANSWER_STANDS;
    if (said == MP_SAYS_NO)
        m->status = MP_ABSENT;
    else
        m->silent = true;
    return MP_ANSWER_GIVEN;
}

static enum mp_answer be_silent(struct mp_mention *m)
{
    m->silent = true;
    return MP_ANSWER_GIVEN;
}

/* The same for a row behind a heading: "ENT ( ) (x)". */
static int columns_say(struct answer *a)
{
    uint32_t last = a->first;
    while (last + 1 < a->end && last + 1 < a->first + MP_BOX_COLUMNS &&
           mp_box_is(a->text, last + 1))
        last++;
    return mp_boxes_say(a->text, last);
}

/* A row of boxes: "ja [x] nee [ ]" or "[x] ja [ ] nee". What is ticked; 0: no boxes. */
static int ticked(struct answer *a)
{
    bool any = false;
    if (mp_box_is(a->text, a->first) && a->first + 1 < a->end && mp_box_is(a->text, a->first + 1))
        return columns_say(a);
    for (uint32_t t = a->first; t < a->end; t++) {
        if (token(a->text, t)->kind < MP_BOX_YES)
            continue;
        any = true;
        if (token(a->text, t)->kind != MP_BOX_YES)
            continue;
        uint32_t last = t;
        bool leads = t == a->first || token(a->text, a->first)->kind >= MP_BOX_YES;
        uint32_t beside = leads ? t + 1 : t - 1;
        int said = beside < a->end ? says(a->text, beside, &last) : 0;
        a->at = said ? beside : t;
        return said ? said : MP_SAYS_YES;
    }
    return any ? MP_SAYS_UNKNOWN : 0;
}

/* Whether the words of the answer speak of the code themselves: they say more than the heading. */
static bool says_itself(const struct answer *a, const struct mp_mention *m)
{
    const struct mp_mention *all = MP_ITEMS(struct mp_mention, a->text->mentions);
    const struct mp_mention *end = all + MP_COUNT(struct mp_mention, a->text->mentions);
    for (const struct mp_mention *o = m + 1; o < end && o->first < a->end; o++)
        if (o->code == m->code && o->first >= a->first && o->kind != MP_HEADING)
            return true;
    return false;
}

/* Whether the answer tells of an earlier time: "Not any more.", "Last year, at her old group; not
 * here." What lasts is not over by that. */
static bool tells_of_past(const struct answer *a, const struct mp_mention *m)
{
    const struct mp_clause *c = mp_clause_at(a->text, a->first);
    if (a->l->codes[m->code].lasting || (mp_clause_is_named(c) && c->about == MP_ABOUT_OTHER))
        return false;
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, a->text->hits);
    for (size_t i = MP_FROM(struct mp_hit, a->text->hits, a->first);
         i < MP_COUNT(struct mp_hit, a->text->hits) && h[i].first < a->end &&
         h[i].first < a->first + OPENING;
         i++) {
        const struct mp_gist *e = &a->l->gists[h[i].entry];
        if (e->kind == MP_CUE && (e->effect == MP_MAKES_PAST || e->effect == MP_ENDS))
            return true;
    }
    return false;
}

/* Whether it is planned that is said yes to, up to token `last`: "Return talk: yes, on Monday". */
static bool agrees_on_plan(const struct answer *a, const struct mp_mention *m, int said,
                           uint32_t last)
{
    return said == MP_SAYS_YES && a->l->codes[m->code].plan >= 0 && last + 1 < a->end &&
           has(cues_do(a, a->first, last + 1 - a->first + OPENING, MP_BEFORE | MP_AFTER),
               MP_MAKES_PLAN);
}

static enum mp_answer give_plan(const struct answer *a, struct mp_mention *m, uint32_t at)
{
    return give(m, (enum mp_status)a->l->codes[m->code].plan, at);
}

static enum mp_answer decide(struct answer *a, struct mp_mention *m)
{
    uint32_t last = a->first, second;
    if (a->first == a->end)
        return be_silent(m);
    if (token(a->text, a->first)->quoted) /* what somebody said */
        return MP_ANSWER_NONE;
    int said = ticked(a);
    if (!said)
        said = says(a->text, a->first, &last);
    /* "ja/nee" with nothing struck out is no answer */
    if (said && last + 1 < a->end && has_before(a->text, last + 1, '/') &&
        says(a->text, last + 1, &second))
        said = MP_SAYS_UNKNOWN;
    if (said != MP_SAYS_YES && tells_of_past(a, m))
        return give(m, MP_PAST, a->first);
    if (agrees_on_plan(a, m, said, last))
        return give_plan(a, m, last + 1);
    if (said)
        return answer_with(m, said, a->at);
    uint32_t effects = opening(a);
    if (has(effects, MP_MAKES_SILENT) || says_itself(a, m))
        return be_silent(m);
    if (has(effects, MP_MAKES_PLAN))
        return a->l->codes[m->code].plan < 0 ? be_silent(m) : give_plan(a, m, a->first);
    if (has(effects, MP_MAKES_ABSENT))
        return give(m, MP_ABSENT, a->first);
    if (has(effects, MP_MAKES_SUSPECTED))
        return give(m, MP_SUSPECTED, a->first);
    return MP_ANSWER_STANDS;
}

/* The first sign from token t on, or the number of tokens if there is none within LINE_MAX: in
 * hostile texts the next one is far from many mentions. */
static uint32_t next_sign(const struct mp_text *text, uint32_t t)
{
    _Static_assert((int)LINE_MAX <= (int)MP_SET_BITS, "it is in one of two blocks");
    const uint64_t *bits = mp_sets(text, t / MP_SET_BITS) + MP_SET_SIGNS;
    uint64_t left = *bits >> t % MP_SET_BITS;
    if (left)
        return t + (uint32_t)__builtin_ctzll(left);
    t += MP_SET_BITS - t % MP_SET_BITS;
    left = bits[MP_N_TOKEN_SETS]; /* the block of the number of tokens is not empty */
    return left ? t + (uint32_t)__builtin_ctzll(left) : (uint32_t)text->tokens.n;
}

/* The answer behind a colon, which may stand a few words behind the mention: "Pregnant or
 * a mother: no". First token of the answer, or 0. `sign` is the first one from its last token on.
 */
static uint32_t behind_colon(const struct mp_text *text, const struct mp_mention *m, uint32_t sign)
{
    uint32_t n = (uint32_t)text->tokens.n, at = m->last + 1;
    if (sign > m->last + LOOK || sign == n)
        return 0;
    while (at < n && at <= m->last + LOOK && !token(text, at - 1)->colon &&
           token(text, at)->before < MP_BREAK_PAREN)
        at++;
    return token(text, at - 1)->colon ? at : 0;
}

/* Whether the mention stands near the start of its line or sentence, as headings do. */
static bool is_near_start(const struct mp_text *text, const struct mp_mention *m)
{
    uint32_t t = m->first;
    for (int i = 0; i <= HEADING_MAX; i++, t--)
        if (t == 0 || token(text, t)->before >= MP_BREAK_STOP || token(text, t)->line)
            return true;
    return false;
}

/* Whether the answer goes on at token t; a row of boxes does, if each of them begins anew. */
static bool goes_on(const struct mp_text *text, uint32_t t)
{
    const struct mp_token *k = token(text, t);
    return k->before < MP_BREAK_STOP || (k->kind >= MP_BOX_YES && !k->line);
}

static enum mp_answer heading(const struct mp_lexicon *l, const struct mp_text *text,
                              struct mp_mention *m, uint32_t first)
{
    uint32_t n = (uint32_t)text->tokens.n;
    struct answer a = {l, text, first, first, first};
    /* nothing behind it: the next line is another heading */
    if (first < n && !token(text, first)->line)
        do
            a.end++;
        while (a.end < n && a.end - first < ANSWER_MAX && goes_on(text, a.end));
    return decide(&a, m);
}

/* The token behind the question that the mention stands in, the number of tokens if the text ends
 * there, or 0: it is no question. `sign` is the first one from its last token on. */
static uint32_t end_of_question(const struct mp_text *text, const struct mp_mention *m,
                                uint32_t sign)
{
    uint32_t n = (uint32_t)text->tokens.n, sentence = token(text, m->last)->sentence;
    while (sign < n && sign < m->last + LINE_MAX && token(text, sign)->sentence == sentence) {
        if (!token(text, sign)->question) {
            sign = next_sign(text, sign + 1);
            continue;
        }
        for (uint32_t t = sign; t > m->last; t--)
            if (token(text, t)->line)
                return 0;
        return sign + 1;
    }
    return 0;
}

/* What a sentence makes of the question before it: "Perhaps ...", "That is her sister.", "Tested,
 * negative.", "Planned." A status, or -1. */
static int words_say(const struct answer *a, const struct mp_mention *m)
{
    uint32_t effects = opening(a);
    if (has(effects, MP_MAKES_ABSENT))
        return MP_ABSENT;
    if (a->end - a->first > SHORT)
        return -1;
    if (has(effects, MP_MAKES_PLAN))
        return a->l->codes[m->code].plan;
    const struct mp_clause *c = mp_clause_at(a->text, a->first);
    if (mp_clause_is_named(c) && c->about == MP_ABOUT_OTHER)
        return MP_OTHER;
    if (has(effects, MP_MAKES_SUSPECTED))
        return MP_SUSPECTED;
    for (uint32_t t = a->first, last; t < a->end; t++) {
        int said = says(a->text, t, &last);
        if (said == MP_SAYS_YES || said == MP_SAYS_NO)
            return said == MP_SAYS_YES ? MP_PRESENT : MP_ABSENT;
    }
    return -1;
}

/* A question says what the sentence behind it answers, and nothing without an answer. */
static enum mp_answer question(const struct mp_lexicon *l, const struct mp_text *text,
                               struct mp_mention *m, uint32_t first, bool only)
{
    uint32_t n = (uint32_t)text->tokens.n, end = first, last = first;
    while (end < n && end - first < ANSWER_MAX && (end == first || goes_on(text, end)))
        end++;
    struct answer a = {l, text, first, end, first};
    int said = first >= n                               ? 0
               : token(text, first)->kind >= MP_BOX_YES ? ticked(&a)
                                                        : says(text, first, &last);
    if (said != MP_SAYS_YES && first < n && tells_of_past(&a, m))
        return give(m, MP_PAST, first);
    if (agrees_on_plan(&a, m, said, last))
        return give_plan(&a, m, last + 1);
    if (said)
        return answer_with(m, said, a.at);
    if (first < n && !says_itself(&a, m)) {
        int status = words_say(&a, m);
        if (status >= 0)
            return give(m, (enum mp_status)status, first);
    }
    return only || first == m->last + 1 ? be_silent(m) : MP_ANSWER_NONE;
}

/* Whether breaks stand on both sides of the token: "no" in "..., no, ...". */
static bool stands_apart(const struct mp_text *text, uint32_t t)
{
    bool ends = t + 1 == text->tokens.n || token(text, t + 1)->before >= MP_BREAK_COMMA;
    return ends && (token(text, t)->before >= MP_BREAK_COMMA || token(text, t - 1)->dash);
}

/* Whether yes or no is all that stands at token t: "Whether she takes medicine: no." */
static bool is_whole_answer(const struct mp_text *text, uint32_t t)
{
    uint32_t last = t;
    int said = says(text, t, &last);
    return (said == MP_SAYS_YES || said == MP_SAYS_NO) &&
           (last + 1 == text->tokens.n || token(text, last + 1)->before >= MP_BREAK_COMMA);
}

/* Whether token t is the answer in a row of cells with semicolons between: "pregnant;no;", or in
 * one of pairs: "asthma;no  glasses;yes". */
static bool is_cell(const struct mp_text *text, uint32_t t)
{
    uint32_t last = t;
    if (!begins_cell(text, t) || !says(text, t, &last))
        return false;
    uint32_t next = last + 1;
    return next == text->tokens.n || token(text, next)->before >= MP_BREAK_PAREN ||
           begins_cell(text, next + 1) || begins_cell(text, next + 2);
}

bool mp_answer_reported(const struct mp_text *text, struct mp_mention *m)
{
    uint32_t n = (uint32_t)text->tokens.n, last, sentence = token(text, m->last)->sentence;
    for (uint32_t t = m->last + 1, left = LOOK; t < n && t <= m->last + ANSWER_MAX && left; t++) {
        left -= token(text, t)->sentence != sentence;
        if (token(text, t)->sentence > sentence + 1)
            return false;
        if (token(text, t)->before == MP_BREAK_SECTION)
            return false;
        int said = says(text, t, &last);
        if ((said == MP_SAYS_YES || said == MP_SAYS_NO) && (last > t || stands_apart(text, t))) {
            give(m, said == MP_SAYS_YES ? MP_PRESENT : MP_ABSENT, t);
            return true;
        }
    }
    return false;
}

/* What a sign says that ends the mention's place in a list or form: "ENT -, asthma +". `sign` is
 * the first one from its last token on. */
static int sign_says(const struct mp_text *text, const struct mp_mention *m, uint32_t sign)
{
    uint32_t n = (uint32_t)text->tokens.n;
    if (sign >= n || sign > m->last + ASIDE)
        return 0;
    const struct mp_token *k = token(text, sign);
    if (!(k->plus | k->minus) || !begins_place(text, m->first, ASIDE))
        return 0;
    for (uint32_t t = m->last + 1; t <= sign; t++)
        if (token(text, t)->before >= MP_BREAK_COMMA || token(text, t)->line)
            return 0;
    return k->minus ? MP_SAYS_NO : MP_SAYS_YES;
}

/* What the word says that is all that stands behind the mention in its place in a list: "tea no,
 * coffee yes". */
static int place_says(const struct mp_text *text, const struct mp_mention *m)
{
    uint32_t t = m->last + 1, last;
    if (t >= text->tokens.n || token(text, t)->before >= MP_BREAK_COMMA ||
        !begins_place(text, m->first, 0) || has_before(text, t, '/'))
        return 0;
    int said = says(text, t, &last);
    return said && ends_place(text, last + 1) ? said : 0;
}

enum mp_answer mp_answer_read(const struct mp_lexicon *l, const struct mp_text *text,
                              struct mp_mention *m, uint32_t *words)
{
    uint32_t n = (uint32_t)text->tokens.n, behind = m->last + 1, last;
    const struct mp_token *end = token(text, m->last);
    bool only = m->kind == MP_HEADING;
    bool begins = m->first == 0 || token(text, m->first)->before >= MP_BREAK_PAREN;
    *words = 0;
    if (mp_boxes_tick(text, m)) /* one that is not ticked says nothing */
        return answer_with(m, mp_boxes_say(text, m->first - 1), m->first - 1);
    if (says(text, m->last, &last) == MP_SAYS_UNKNOWN && last > m->last)
        return be_silent(m); /* it has the "yes" of "yes / no" */
    uint32_t sign = next_sign(text, m->last);
    int place = sign_says(text, m, sign);
    if (mp_box_is(text, behind) && ends_place(text, behind + 1))
        return answer_with(m, mp_box_says(token(text, behind)->kind), behind);
    if (place)
        return answer_with(m, place, MP_NO_CUE);
    uint32_t colon = behind_colon(text, m, sign);
    bool cell = (begins || begins_cell(text, m->first - 1)) && is_cell(text, behind);
    bool item = m->kind == MP_ITEM;
    if (colon && colon < n && m->own >= 0 && !says(text, colon, &last))
        colon = 0; /* says it itself */
    if (!colon && (mp_box_is(text, behind) || cell))
        colon = behind;
    bool empty = colon == n || (colon && token(text, colon)->line);
    bool whole = colon && !empty && is_whole_answer(text, colon);
    if (colon &&
        (begins || cell || ((colon == behind || empty || whole) && is_near_start(text, m)))) {
        struct mp_mention before = *m;
        enum mp_answer given = heading(l, text, m, colon);
        /* an item says itself what there is, unless the answer denies it or is missing */
        if (item && (m->silent ? colon != behind : m->status != MP_ABSENT)) {
            *m = before;
            return MP_ANSWER_NONE;
        }
        *words = colon;
        /* of a list of items the items say what there is */
        return given == MP_ANSWER_STANDS && l->codes[m->code].enough ? be_silent(m) : given;
    }
    place = place_says(text, m);
    if (place)
        return answer_with(m, place, MP_NO_CUE);
    if (end->dash && (behind == n || token(text, behind)->line) && (only || begins))
        return give(m, MP_ABSENT, MP_NO_CUE);
    int said = behind < n ? says(text, behind, &last) : 0;
    if (end->dash && said)
        return answer_with(m, said, behind);
    uint32_t asked = end_of_question(text, m, sign);
    if (asked)
        return question(l, text, m, asked, only);
    if (!only)
        return MP_ANSWER_NONE;
    /* a heading's word in running text says nothing, unless an answer stands right behind it */
    return said && begins ? answer_with(m, said, behind) : be_silent(m);
}
