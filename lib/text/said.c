/* Finds who says what, by the marks of words and the clauses they stand in. */
#include "text/said.h"
#include "text/speaker.h"

enum {
    FRONT_MAX = 8,   /* words from a verb on to the rest of it */
    THAT_MAX = 6,    /* words on to "that" */
    CLAUSES_MAX = 4, /* clauses that go on with what is said */
    LIST_MAX = 30,   /* words of a clause that are said together */
    LOOKED_MAX = 4,  /* sayings on each side of a mention */
};

const char *const mp_said_lists[MP_SAID_END - MP_SAID_FIRST] = {
    [MP_SAYS_SPEAKER - MP_SAID_FIRST] = "speakers",
    [MP_SAYS_BESIDE - MP_SAID_FIRST] = "speaker_details",
    [MP_SAYS_SELF - MP_SAID_FIRST] = "speaker_selves",
    [MP_SAYS_BEHIND - MP_SAID_FIRST] = "speaker_prepositions",
    [MP_SAYS_OWN - MP_SAID_FIRST] = "own_accounts",
    [MP_SAYS_VERB - MP_SAID_FIRST] = "saying",
    [MP_SAYS_THAT - MP_SAID_FIRST] = "saying_that",
    [MP_SAYS_MANY - MP_SAID_FIRST] = "saying_plural",
    [MP_SAYS_PART - MP_SAID_FIRST] = "saying_participles",
    [MP_SAYS_HAS - MP_SAID_FIRST] = "saying_auxiliaries",
    [MP_SAYS_SPLIT - MP_SAID_FIRST] = "saying_split",
    [MP_SAYS_PREFIX - MP_SAID_FIRST] = "saying_prefixes",
    [MP_SAYS_NOT - MP_SAID_FIRST] = "saying_not",
    [MP_SAYS_HEARS - MP_SAID_FIRST] = "hearing",
    [MP_SAYS_FROM - MP_SAID_FIRST] = "hearing_prepositions",
};

static const uint64_t verbs = MP_MARK(MP_SAYS_VERB) | MP_MARK(MP_SAYS_THAT) |
                              MP_MARK(MP_SAYS_MANY) | MP_MARK(MP_SAYS_PART) |
                              MP_MARK(MP_SAYS_SPLIT) | MP_MARK(MP_SAYS_HEARS);
static const uint64_t starts = verbs | MP_MARK(MP_SAYS_BEHIND) | MP_MARK(MP_SAYS_OWN);

/* A verb of saying and its speaker. */
struct verb {
    uint32_t at;   /* the finite form */
    uint32_t last; /* the last word of it: that form, or its participle or the rest */
};

/* A line that begins with a capital is no rest of the one before. */
static bool is_new_line(const struct mp_said_search *s, uint32_t t)
{
    return s->k[t].line && s->k[t].capital;
}

static bool ends_sentence(const struct mp_said_search *s, uint32_t next)
{
    return next >= s->n || s->k[next].before >= MP_BREAK_STOP;
}

/* "that", which begins what is said; not "if" or "to". */
static bool is_that(const struct mp_said_search *s, uint32_t t)
{
    return mp_said_is(s, t, MP_IS_COMPLEMENT) && mp_said_is(s, t, MP_IS_RELATIVE);
}

/* Whether a finite verb stands before the token: then "say" behind it is an infinitive. */
static bool is_infinitive(const struct mp_said_search *s, uint32_t t)
{
    for (int i = 0; i < MP_SAID_BACK && t > s->c->first; i++)
        if (mp_said_is_finite(s, --t))
            return true;
    return false;
}

/* ---- what is said ---- */

/* Whether clause i goes on with what is said before it. */
static bool goes_on(const struct mp_said_search *s, const struct mp_clause *c, bool inverted)
{
    uint32_t f = c->first;
    if (f >= s->n || s->k[f].before >= MP_BREAK_COLON)
        return false;
    if (mp_said_is(s, f, MP_IS_COMPLEMENT) || mp_said_is(s, f, MP_IS_RELATIVE))
        return true;
    if (mp_said_is(s, f, MP_IS_DEPENDENT))
        return !mp_said_is_apart(s, f);
    if (mp_said_is(s, f, MP_IS_START) && f < c->last && is_that(s, f + 1))
        return true;
    if (!mp_said_is(s, f, MP_IS_LINK) || f == c->last || mp_speaker_is(s, f + 1))
        return false;
    if (is_that(s, f + 1))
        return true;
    if (inverted && mp_said_is_finite(s, f + 1) && f + 1 < c->last &&
        mp_said_is(s, f + 2, MP_IS_PRONOUN))
        return true;
    /* a verb at the end has the subject of what is said, one before it that of the speaker */
    for (uint32_t t = f + 1; t < c->last && t - f < LIST_MAX; t++)
        if (mp_said_is_finite(s, t))
            return t + 1 == c->last && mp_said_is(s, c->last, MP_IS_VERB);
    return true;
}

/* The last token of the clause that is said with token t: a comma ends it, unless it parts a list
 * that goes on to "and". */
static uint32_t end_of(const struct mp_said_search *s, const struct mp_clause *c, uint32_t t)
{
    uint32_t comma = 0;
    for (uint32_t i = t + 1; i <= c->last; i++) {
        if (i - t >= LIST_MAX || is_new_line(s, i))
            return (comma ? comma : i) - 1;
        if (!comma && s->k[i].before == MP_BREAK_COMMA)
            comma = i;
        if (mp_said_is(s, i, MP_IS_LINK))
            comma = 0;
    }
    return comma ? comma - 1 : c->last;
}

static void say_on(const struct mp_said_search *s, uint32_t from, bool inverted,
                   struct mp_saying *out)
{
    const struct mp_clause *first = MP_ITEMS(struct mp_clause, s->text->clauses);
    const struct mp_clause *end = first + MP_COUNT(struct mp_clause, s->text->clauses);
    const struct mp_clause *c = mp_clause_at(s->text, from);
    out->from = out->open = from;
    out->to = end_of(s, c, from);
    for (int i = 0; i < CLAUSES_MAX && out->to == c->last && c + 1 < end; i++) {
        if (!goes_on(s, ++c, inverted))
            return;
        out->to = end_of(s, c, c->first);
    }
}

/* To the end of the sentence, behind a colon. */
static void say_all(const struct mp_said_search *s, uint32_t from, struct mp_saying *out)
{
    const struct mp_clause *first = MP_ITEMS(struct mp_clause, s->text->clauses);
    const struct mp_clause *end = first + MP_COUNT(struct mp_clause, s->text->clauses);
    const struct mp_clause *c = mp_clause_at(s->text, from);
    for (int i = 0; i < CLAUSES_MAX && c + 1 < end && s->k[c[1].first].before < MP_BREAK_COLON; i++)
        c++;
    out->from = from;
    out->open = out->first;
    out->to = c->last;
}

/* What stands before it: "..., mother says." */
static bool say_back(const struct mp_said_search *s, uint32_t behind, struct mp_saying *out)
{
    const struct mp_clause *first = MP_ITEMS(struct mp_clause, s->text->clauses);
    if (behind == 0 || s->k[behind].before >= MP_BREAK_COLON || behind <= s->begin)
        return false;
    const struct mp_clause *c = mp_clause_at(s->text, behind - 1);
    const uint64_t goes_back = MP_MARK(MP_IS_LINK) | MP_MARK(MP_IS_COMPLEMENT) |
                               MP_MARK(MP_IS_RELATIVE) | MP_MARK(MP_IS_DEPENDENT);
    for (int i = 0; i < CLAUSES_MAX && c > first && s->m[c->first] & goes_back &&
                    s->k[c->first].before < MP_BREAK_COLON;
         i++)
        c--;
    out->from = out->open = c->first > s->begin ? c->first : s->begin;
    out->to = behind - 1;
    return out->from <= out->to;
}

/* ---- according to ---- */

/* What stands before "according to" in its clause: from the last comma or "and" on. */
static uint32_t start_of(const struct mp_said_search *s, uint32_t t)
{
    uint32_t low = s->c->first > s->begin ? s->c->first : s->begin, from = t;
    while (from > low && !mp_said_is_apart(s, from) && !is_new_line(s, from) &&
           !mp_said_is(s, from - 1, MP_IS_LINK))
        if (t - --from >= LIST_MAX)
            return t;
    return from;
}

/* The stretch of words at t that name the speaker, `last` the last one of them. */
static bool say_around(const struct mp_said_search *s, uint32_t t, uint32_t last,
                       struct mp_saying *out)
{
    uint32_t next = last + 1, from = start_of(s, t);
    bool ends = ends_sentence(s, next), leads = from == t;
    if (!ends && s->k[next].before == MP_BREAK_COLON) {
        say_all(s, next, out);
        return true;
    }
    if (leads && ends)
        return say_back(s, t, out);
    if (leads && mp_said_is_apart(s, next)) { /* "she has, according to mother, ..." */
        bool inserted = t > s->c->first && mp_said_is_finite(s, t - 1) && next <= s->c->last;
        if (inserted)
            say_on(s, next, false, out);
        return inserted;
    }
    if (leads) {
        say_on(s, next, true, out);
        out->open = out->first;
        return true;
    }
    if (ends || mp_said_is_apart(s, next)) {
        out->from = out->open = from;
        out->to = t - 1;
        return true;
    }
    say_on(s, next, false, out);
    out->from = out->open = from;
    return true;
}

static bool find_according(const struct mp_said_search *s, uint32_t t, struct mp_saying *out)
{
    if (mp_said_is(s, t, MP_SAYS_OWN)) { /* "by her own account" */
        if (t < s->c->first + 2 || mp_said_is_apart(s, t) || mp_said_is_apart(s, t - 1) ||
            !mp_said_is(s, t - 1, MP_SAYS_BESIDE) || !mp_said_is(s, t - 2, MP_IS_PREPOSITION))
            return false;
        out->first = t - 1;
        out->last = t;
        return say_around(s, t - 2, t, out);
    }
    return (mp_speaker_at(s, t + 1, false, out) || mp_speaker_her(s, t + 1, out)) &&
           say_around(s, t, out->last, out);
}

/* ---- verbs ---- */

/* The words of the verb at token t: "has ... said", "lets ... know"; false if it is none. */
static bool find_verb(const struct mp_said_search *s, uint32_t t, struct verb *v)
{
    *v = (struct verb){.at = t, .last = t};
    if (s->m[t] & (MP_MARK(MP_SAYS_VERB) | MP_MARK(MP_SAYS_THAT)))
        return true;
    if (mp_said_is(s, t, MP_SAYS_SPLIT)) {
        for (uint32_t i = t + 1; i <= s->c->last && i - t <= FRONT_MAX; i++)
            if (mp_said_is(s, i, MP_SAYS_PREFIX)) {
                v->last = i;
                return true;
            }
        return false;
    }
    for (uint32_t i = t;
         mp_said_is(s, t, MP_SAYS_PART) && i > s->c->first && t - i < MP_SAID_BACK;) {
        v->at = --i;
        if (mp_said_is(s, i, MP_SAYS_HAS))
            return true;
        if (mp_said_is_finite(s, i))
            return false;
    }
    if (v->at != t)
        return false;
    /* "say" may be an infinitive: then it is another verb's */
    return mp_said_is(s, t, MP_SAYS_MANY) && ((t > s->c->first && mp_speaker_is(s, t - 1)) ||
                                              (t < s->c->last && mp_speaker_is(s, t + 1)));
}

static bool is_denied(const struct mp_said_search *s, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to && t < s->n && t - from < FRONT_MAX; t++)
        if (mp_said_is(s, t, MP_SAYS_NOT))
            return true;
    return false;
}

/* Whether a clause begins with "that": not "mother said that | at once". */
static bool begins(const struct mp_said_search *s, uint32_t that)
{
    return mp_clause_at(s->text, that)->first == that ||
           (that + 1 < s->n &&
            (mp_speaker_is(s, that + 1) || mp_said_is(s, that + 1, MP_SAYS_BESIDE)));
}

/* Where "that" stands from token t on, or 0: with no verb and no colon before it. */
static uint32_t that_at(const struct mp_said_search *s, uint32_t t)
{
    for (uint32_t i = t; i < s->n && i - t <= THAT_MAX && s->k[i].before < MP_BREAK_COLON; i++)
        if (is_that(s, i) && begins(s, i))
            return i;
        else if (mp_said_is_finite(s, i) && !(i > t && mp_said_is(s, i - 1, MP_IS_PREPOSITION)))
            break;
    return 0;
}

/* What stands behind the verb is said. */
static bool say_behind(const struct mp_said_search *s, const struct verb *v, uint32_t next,
                       struct mp_saying *out)
{
    enum { FEW = 2 };
    if (next >= s->n || s->k[next].before > MP_BREAK_COLON)
        return false;
    if (s->k[next].before == MP_BREAK_COLON) {
        say_all(s, next, out);
        return true;
    }
    uint32_t that = that_at(s, next);
    if (is_denied(s, v->at + 1, that ? that : next + FEW))
        return false;
    if (that) {
        say_on(s, that, false, out);
        out->open = out->first < v->at ? out->first : v->at;
        return true;
    }
    const uint64_t that_alone = MP_MARK(MP_SAYS_THAT) | MP_MARK(MP_SAYS_HEARS);
    bool told = !(s->m[v->at] & that_alone) && next <= s->c->last;
    /* "gives | to mother" */
    bool given = mp_said_is(s, v->last, MP_SAYS_PREFIX) &&
                 (mp_said_is(s, next, MP_SAYS_BESIDE) || mp_speaker_is(s, next));
    if (!told || given || (mp_said_is_apart(s, next) && !s->k[next].quoted))
        return false;
    say_on(s, next, false, out);
    return true;
}

static bool find_told(const struct mp_said_search *s, const struct verb *v, struct mp_saying *out)
{
    bool before = mp_speaker_before(s, v->at, out);
    if (mp_said_is(s, v->at, MP_SAYS_MANY) && is_infinitive(s, before ? out->first : v->at))
        return false;
    if (!before && !mp_speaker_at(s, v->at + 1, true, out))
        return false;
    uint32_t next = out->last > v->last ? out->last + 1 : v->last + 1;
    if (!before && v->last == v->at && ends_sentence(s, next))
        return say_back(s, v->at, out);
    if (!before && v->at == s->c->first) /* whose subject is left out */
        return false;
    return say_behind(s, v, next, out);
}

/* "heard from mother", "has from mother | heard": she says it. */
static bool find_heard(const struct mp_said_search *s, uint32_t t, struct mp_saying *out)
{
    struct verb v = {t, t};
    uint32_t low = t > s->c->first + MP_SAID_BACK ? t - MP_SAID_BACK : s->c->first;
    uint32_t high = t + FRONT_MAX < s->c->last ? t + FRONT_MAX : s->c->last;
    for (uint32_t i = low > s->begin ? low : s->begin; i <= high; i++)
        if (mp_said_is(s, i, MP_SAYS_FROM) && mp_speaker_at(s, i + 1, false, out))
            return say_behind(s, &v, (out->last > t ? out->last : t) + 1, out);
    return false;
}

/* ---- the text ---- */

/* Where somebody else begins to say something, what was said before ends. */
static void cut(struct mp_buf *sayings, uint32_t at)
{
    size_t n = MP_COUNT(struct mp_saying, *sayings);
    struct mp_saying *last = MP_ITEMS(struct mp_saying, *sayings) + n;
    if (n > 0 && last[-1].from < at && last[-1].to >= at)
        last[-1].to = at - 1;
}

static bool find_at(struct mp_said_search *s, uint32_t t, struct mp_buf *sayings,
                    struct mp_saying *made)
{
    struct verb v;
    if (s->m[t] & (MP_MARK(MP_SAYS_BEHIND) | MP_MARK(MP_SAYS_OWN)) && find_according(s, t, made))
        return true;
    if (mp_said_is(s, t, MP_SAYS_HEARS))
        return find_heard(s, t, made);
    if (!(s->m[t] & verbs) || !find_verb(s, t, &v))
        return false;
    bool found = find_told(s, &v, made);
    if (found || mp_said_is(s, v.at, MP_SAYS_VERB))
        cut(sayings, found && made->first < t ? made->first : v.at);
    return found;
}

static bool find_in(struct mp_said_search *s, struct mp_buf *sayings)
{
    for (uint32_t t = s->c->first, last = s->c->last; t <= last; t++) {
        struct mp_saying made;
        if (!(s->m[t] & starts) || !find_at(s, t, sayings, &made))
            continue;
        struct mp_saying *at = MP_NEW(struct mp_saying, *sayings);
        if (!at)
            return false;
        *at = made;
        t = made.last > t ? made.last : t;
        s->begin = t + 1;
    }
    return true;
}

bool mp_said_find(struct mp_text *text)
{
    struct mp_said_search s = {.text = text,
                               .k = text->tokens.at,
                               .m = mp_marks(text),
                               .c = MP_ITEMS(struct mp_clause, text->clauses),
                               .n = (uint32_t)text->tokens.n};
    const struct mp_clause *end = s.c + MP_COUNT(struct mp_clause, text->clauses);
    text->sayings.len = 0;
    if (MP_COUNT(struct mp_mention, text->mentions) == 0)
        return true;
    for (; s.c < end; s.c++)
        if (s.c->any & starts && !find_in(&s, &text->sayings))
            return false;
    return true;
}

/* Whether the mention is of what is said. It may begin with who says it, but then says more than
 * that somebody speaks: "mother reports that she | was there", not "mother reports | that she". */
static bool is_within(const struct mp_text *text, const struct mp_saying *x,
                      const struct mp_mention *m)
{
    if (m->first < x->open || m->last < x->from || m->last > x->to ||
        (m->first >= x->first && m->last <= x->last))
        return false;
    const uint64_t little =
        MP_MARK(MP_IS_COMPLEMENT) | MP_MARK(MP_IS_PRONOUN) | MP_MARK(MP_IS_OBJECT);
    int introduced = 0, told = m->first >= x->from;
    uint64_t words = told ? 0 : m->mask;
    for (; words; words &= words - 1) {
        uint32_t t = m->first + (uint32_t)__builtin_ctzll(words);
        introduced += t < x->from && (t < x->first || t > x->last);
        told += t >= x->from && !(mp_marks(text)[t] & little);
    }
    return told > 0 && told >= introduced;
}

const struct mp_saying *mp_said_of(const struct mp_lexicon *l, const struct mp_text *text,
                                   const struct mp_mention *m)
{
    const struct mp_saying *x = MP_ITEMS(struct mp_saying, text->sayings), *found = NULL;
    size_t n = MP_COUNT(struct mp_saying, text->sayings);
    if (n == 0)
        return NULL;
    size_t begin = 0, end = n;
    if (n > LOOKED_MAX) {
        size_t mid = MP_FROM(struct mp_saying, text->sayings, m->first);
        begin = mid > LOOKED_MAX ? mid - LOOKED_MAX : 0;
        end = mid + LOOKED_MAX < n ? mid + LOOKED_MAX : n;
    }
    for (size_t i = begin; i < end; i++)
        if (is_within(text, &x[i], m) && (!found || x[i].to - x[i].from <= found->to - found->from))
            found = &x[i];
    if (found && m->by == MP_BY_CUE && m->cue != MP_NO_CUE) {
        const struct mp_hit *h = &MP_ITEMS(struct mp_hit, text->hits)[m->cue];
        if (l->gists[h->entry].kind == MP_CUE && l->gists[h->entry].effect == MP_DENIES)
            return NULL;
    }
    return found;
}
