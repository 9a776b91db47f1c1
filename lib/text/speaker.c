/* Finds the words that name who says something. */
#include "text/speaker.h"

enum {
    BESIDE_MAX = 3,   /* words between what introduces a speaker and them */
    NAMED_MAX = 3,    /* words of a speaker on each side of the first one found */
    GOVERNED_MAX = 4, /* words that a preposition reaches over */
};

static const uint64_t person =
    MP_MARK(MP_SAYS_SPEAKER) | MP_MARK(MP_MEANS_YOUTH) | MP_MARK(MP_MEANS_OTHER);

static bool is_noun(const struct mp_said_search *s, uint32_t t)
{
    const uint64_t other = MP_MARK(MP_IS_RELATIVE) | MP_MARK(MP_IS_PRONOUN);
    return t < s->n && s->m[t] & person && !(s->m[t] & other) &&
           (mp_said_is(s, t, MP_SAYS_SPEAKER) || !mp_said_is(s, t, MP_IS_OBJECT));
}

bool mp_speaker_is(const struct mp_said_search *s, uint32_t t)
{
    return is_noun(s, t) || (t < s->n && mp_said_is(s, t, MP_IS_PRONOUN));
}

static bool is_name(const struct mp_said_search *s, uint32_t t)
{
    return t < s->n && s->k[t].capital && s->m[t] & (person | MP_MARK(MP_IS_NAME)) &&
           !mp_said_is(s, t, MP_IS_VERB);
}

/* Whether the word belongs to the speaker before it: a name, "herself", the other half of "a/b". */
static bool belongs(const struct mp_said_search *s, uint32_t t)
{
    if (t >= s->n || s->k[t].before > MP_BREAK_BLANK)
        return false;
    return mp_said_is(s, t, MP_SAYS_SELF) || is_name(s, t) ||
           (s->k[t].before == MP_BREAK_TOUCH && is_noun(s, t));
}

/* The words around one that name the same speaker: "friend Kim", "ex-friend", "mother and aunt". */
static void widen(const struct mp_said_search *s, struct mp_saying *who)
{
    uint32_t low = s->c->first > s->begin ? s->c->first : s->begin;
    bool pronoun = mp_said_is(s, who->first, MP_IS_PRONOUN);
    for (int i = 0; i < NAMED_MAX && !pronoun && who->first > low; i++) {
        const struct mp_token *k = &s->k[who->first];
        if (k->before == MP_BREAK_TOUCH ||
            (k->before == MP_BREAK_BLANK && k->capital && is_noun(s, who->first - 1)))
            who->first--;
        else
            break;
    }
    for (int i = 0; i < NAMED_MAX && belongs(s, who->last + 1); i++)
        who->last++;
}

/* The word behind "and", or the word itself. */
static uint32_t behind_and(const struct mp_said_search *s, uint32_t t)
{
    while (t + 1 < s->n && mp_said_is(s, t, MP_SAYS_BESIDE) && !mp_said_is_apart(s, t + 1))
        t++;
    return t;
}

/* "mother and the mentor": both say it. */
static void join_behind(const struct mp_said_search *s, struct mp_saying *who)
{
    uint32_t link = who->last + 1;
    if (link + 1 >= s->n || link > s->c->last || !mp_said_is(s, link, MP_IS_LINK) ||
        mp_said_is_apart(s, link))
        return;
    uint32_t t = behind_and(s, link + 1);
    if (t <= s->c->last && is_noun(s, t) && !mp_said_is_apart(s, t)) {
        who->last = t;
        widen(s, who);
    }
}

static void join_before(const struct mp_said_search *s, struct mp_saying *who)
{
    uint32_t t = who->first, low = s->c->first > s->begin ? s->c->first : s->begin;
    for (int i = 0; i < BESIDE_MAX && t > low && mp_said_is(s, t - 1, MP_SAYS_BESIDE); i++)
        t--;
    if (t < low + 2 || !mp_said_is(s, t - 1, MP_IS_LINK) || mp_said_is_apart(s, t) ||
        mp_said_is_apart(s, t - 1) || !is_noun(s, t - 2))
        return;
    struct mp_saying first = {.first = t - 2, .last = t - 2};
    widen(s, &first);
    who->first = first.first;
}

bool mp_speaker_at(const struct mp_said_search *s, uint32_t t, bool pronoun, struct mp_saying *who)
{
    uint32_t start = t;
    while (t < s->n && t - start < BESIDE_MAX && mp_said_is(s, t, MP_SAYS_BESIDE) &&
           !is_noun(s, t) && (t == start || !mp_said_is_apart(s, t)))
        t++;
    if (t >= s->n || t > s->c->last || mp_said_is_apart(s, t) ||
        !(is_noun(s, t) || is_name(s, t) ||
          (pronoun && t == start && mp_said_is(s, t, MP_IS_PRONOUN))))
        return false;
    who->first = who->last = t;
    widen(s, who);
    join_behind(s, who);
    who->first = who->first < start ? start : who->first;
    /* "the mentor-report": it is no more than half of a word */
    return who->last + 1 >= s->n || s->k[who->last + 1].before > MP_BREAK_TOUCH;
}

/* A preposition stands soon before the token, with no verb and nobody between. */
static bool is_governed(const struct mp_said_search *s, uint32_t t)
{
    for (int i = 0; i < GOVERNED_MAX && t > s->c->first && !mp_said_is_apart(s, t); i++) {
        uint64_t before = s->m[--t];
        if (before & MP_MARK(MP_IS_PREPOSITION) && !(before & MP_MARK(MP_IS_LINK)))
            return true;
        if (before & (MP_MARKS_FINITE | person | MP_MARK(MP_IS_PRONOUN)))
            return false;
    }
    return false;
}

/* Whether somebody else stands before the speaker who might as well be the subject: "when she told
 * mother". */
static bool is_rivalled(const struct mp_said_search *s, uint32_t t)
{
    for (int i = 0; i < MP_SAID_BACK && t > s->c->first && t > s->begin && !mp_said_is_apart(s, t);
         i++)
        if (mp_said_is_finite(s, --t))
            return false;
        else if (mp_speaker_is(s, t) && !is_governed(s, t))
            return true;
    return false;
}

bool mp_speaker_before(const struct mp_said_search *s, uint32_t verb, struct mp_saying *who)
{
    uint32_t low = s->c->first > s->begin ? s->c->first : s->begin;
    for (uint32_t t = verb; t > low && verb - t < MP_SAID_BACK;) {
        t--;
        if (mp_said_is_finite(s, t) && !(s->m[t] & person))
            return false;
        bool aside = s->k[t].before == MP_BREAK_PAREN; /* "the caller (a mentor) says" */
        if (!mp_speaker_is(s, t) || is_governed(s, t) || aside)
            continue;
        who->first = who->last = t;
        widen(s, who);
        join_before(s, who);
        return who->last < verb && !is_governed(s, who->first) && !is_rivalled(s, who->first);
    }
    return false;
}

bool mp_speaker_her(const struct mp_said_search *s, uint32_t t, struct mp_saying *who)
{
    if (t >= s->n || !mp_said_is(s, t, MP_IS_OBJECT) || mp_said_is_apart(s, t) ||
        !(mp_said_is_apart(s, t + 1) || mp_said_is_finite(s, t + 1)))
        return false;
    who->first = who->last = t;
    return true;
}
