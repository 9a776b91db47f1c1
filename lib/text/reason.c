/* Why a mention has its status, for those who mend the lexicon. */
#include "text/reason.h"
#include "text/answer.h"
#include "text/cues.h"
#include "text/history.h"
#include "text/reader.h"

enum {
    FAR = 60,  /* tokens looked at on each side: a bound for hostile texts */
    ANSWER = 4 /* tokens of an answer in words that give it */
};

struct search {
    struct mp_text *text;
    struct mp_cues cues;
    const struct mp_mention *m;
    const struct mp_cue *cue;    /* BY_CUE */
    const struct mp_when *time;  /* BY_TIME */
    const struct mp_clause *who; /* BY_SUBJECT: the clause that tells it */
    const struct mp_yaml *at;    /* entry of the trigger; NULL */
    uint32_t first, last;        /* tokens of the trigger, then of its scope */
};

/* Whether the trigger would act on the mention if it stood at token t. */
static bool holds_at(const struct search *s, uint32_t t)
{
    struct mp_mention there = *s->m;
    there.first = there.last = t;
    there.mask = 1;
    switch (s->m->by) {
    case MP_BY_CUE:
        return s->cue && t >= s->cue->from && t <= s->cue->to &&
               mp_cue_acts(&s->cues, s->cue, &there);
    case MP_BY_TIME:
        return s->time && mp_history_time(s->text, &there) == s->time;
    case MP_BY_SUBJECT:
        return mp_clause_at(s->text, t) == s->who;
    default: /* what stands between a heading and its answer */
        return false;
    }
}

/* From trigger and mention on, as far as the trigger goes on to hold. */
static void widen(struct search *s)
{
    const struct mp_mention *m = s->m;
    uint32_t n = (uint32_t)s->text->tokens.n;
    s->first = m->first < s->first ? m->first : s->first;
    s->last = m->last > s->last ? m->last : s->last;
    for (int i = 0; i < FAR && s->first > 0 && holds_at(s, s->first - 1); i++)
        s->first--;
    for (int i = 0; i < FAR && s->last + 1 < n && holds_at(s, s->last + 1); i++)
        s->last++;
}

/* The clause of token t whose subject is somebody else: that of the answer, or else of the mention.
 * Where the subject was taken over it stands in a clause before. */
static void find_subject(struct search *s)
{
    const struct mp_clause *first = MP_ITEMS(struct mp_clause, s->text->clauses);
    s->who = mp_clause_at(s->text, s->m->cue);
    if (s->who->about != MP_ABOUT_OTHER)
        s->who = mp_clause_at(s->text, s->m->first);
    const struct mp_clause *named = s->who;
    for (int i = 0; i < FAR && named > first && named->subject == MP_NO_SUBJECT; i++)
        named--;
    s->first = s->last = named->subject == MP_NO_SUBJECT ? s->who->first : named->subject;
}

/* Whether a cue that makes the status stands among the first words of the answer. */
static bool says_so(const struct mp_gist *g, enum mp_status status)
{
    return g->kind == MP_CUE && (g->effect == (uint8_t)status || g->effect == MP_MAKES_PLAN ||
                                 (g->effect == MP_ENDS && status == MP_PAST));
}

/* The words of an answer that begins there: yes or no, or a cue, with its entry. */
static void find_answer(struct search *s, const struct mp_lexicon *l)
{
    const struct mp_said *said = MP_ITEMS(struct mp_said, s->text->answers);
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, s->text->hits);
    uint32_t at = s->m->cue;
    /* what follows from what is past has the reason of that */
    bool follows = l->entries[s->m->entry].code != s->m->code;
    enum mp_status status = follows ? MP_PAST : s->m->status;
    size_t i = MP_FROM(struct mp_said, s->text->answers, at);
    s->first = s->last = at;
    if (i < MP_COUNT(struct mp_said, s->text->answers) && said[i].first == at) {
        s->last = said[i].last;
        return;
    }
    for (i = MP_FROM(struct mp_hit, s->text->hits, at);
         i < MP_COUNT(struct mp_hit, s->text->hits) && h[i].first < at + ANSWER; i++)
        if (says_so(&l->gists[h[i].entry], status)) {
            s->first = h[i].first;
            s->last = h[i].last;
            s->at = l->entries[h[i].entry].at;
            return;
        }
}

static void find_time(struct search *s)
{
    struct mp_mention there = *s->m;
    if (s->m->cue != s->m->first) { /* that of its answer */
        there.first = there.last = s->m->cue;
        there.mask = 1;
    }
    s->time = mp_history_time(s->text, &there);
    s->first = s->time ? s->time->first : s->m->cue;
    s->last = s->time ? s->time->last : s->m->cue;
}

static void find_cue(struct search *s, const struct mp_lexicon *l)
{
    const struct mp_hit *h = &MP_ITEMS(struct mp_hit, s->text->hits)[s->m->cue];
    s->cue = mp_cue_of(s->text, s->m->cue);
    s->at = l->entries[h->entry].at;
    s->first = h->first;
    s->last = h->last;
    s->cues = (struct mp_cues){
        .l = l,
        .text = s->text,
        .at = MP_ITEMS(struct mp_cue, s->text->cues),
        .n = MP_COUNT(struct mp_cue, s->text->cues),
        .ends = UINT32_MAX, /* any of them may end it */
    };
}

/* The sign behind the mention, with nothing more in its line. */
static void find_dash(const struct mp_text *text, const struct mp_mention *m, struct mp_reason *out)
{
    out->scope = mp_text_quote(text, m->first, m->last);
    const char *p = out->scope.p + out->scope.n, *end = text->tokens.text.p + text->tokens.text.n;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    const char *sign = p;
    while (p < end && !strchr(" \t\r\n", *p))
        p++;
    out->cue = (struct mp_str){sign, (size_t)(p - sign)};
    out->scope.n = (size_t)(p - out->scope.p);
}

bool mp_reason_find(const struct mp_lexicon *l, struct mp_text *text, const struct mp_mention *m,
                    struct mp_reason *out)
{
    static const char *const kinds[] = {[MP_BY_CUE] = "cue",
                                        [MP_BY_ANSWER] = "answer",
                                        [MP_BY_TIME] = "time",
                                        [MP_BY_SUBJECT] = "subject"};
    struct search s = {.text = text, .m = m};
    if (m->by == MP_BY_ITSELF)
        return false;
    *out = (struct mp_reason){.kind = kinds[m->by]};
    if (m->cue == MP_NO_CUE) {
        find_dash(text, m, out);
        return true;
    }
    if (m->by == MP_BY_CUE)
        find_cue(&s, l);
    else if (m->by == MP_BY_ANSWER)
        find_answer(&s, l);
    else if (m->by == MP_BY_TIME)
        find_time(&s);
    else
        find_subject(&s);
    out->cue = mp_text_quote(text, s.first, s.last);
    out->at = s.at;
    widen(&s);
    out->scope = mp_text_quote(text, s.first, s.last);
    return true;
}
