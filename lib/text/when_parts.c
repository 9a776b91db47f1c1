/* Expressions of time: which days, parts of the day and clocks belong together. */
#include "text/clause.h"
#include "text/when_reader.h"

enum { GLUE_MAX = 3 }; /* words between two pieces of one expression */

/* Begin an expression whatever stands beside them, or (INCOMPLETE) with more of it behind them. */
#define ALONE                                                                                      \
    (MP_WHEN_BIT(MONTHS) | MP_WHEN_BIT(WEEKDAYS) | MP_WHEN_BIT(WEEKDAYS_SHORT) |                   \
     MP_WHEN_BIT(DAYS) | MP_WHEN_BIT(PARTS) | MP_WHEN_BIT(FEASTS) | MP_WHEN_BIT(EASTER) |          \
     MP_WHEN_BIT(HALF) | MP_WHEN_BIT(QUARTER) | MP_WHEN_BIT(MIDNIGHT) | MP_WHEN_BIT(LAST) |        \
     MP_WHEN_BIT(NEXT) | MP_WHEN_BIT(THIS) | MP_WHEN_BIT(NOW) | MP_WHEN_BIT(EVENTS))

#define INCOMPLETE                                                                                 \
    (MP_WHEN_BIT(WEEKDAYS_SHORT) | MP_WHEN_BIT(PARTS) | MP_WHEN_BIT(LAST) | MP_WHEN_BIT(NEXT) |    \
     MP_WHEN_BIT(THIS))

const uint64_t mp_when_beginnings =
    ALONE | MP_WHEN_BIT(NUMBERS) | MP_WHEN_BIT(UNITS) | MP_WHEN_BIT(THAT);

/* What any piece of an expression begins with, but for numbers. */
#define PIECES                                                                                     \
    (ALONE | MP_WHEN_BIT(NUMBERS) | MP_WHEN_BIT(UNITS) | MP_WHEN_BIT(THAT) | MP_WHEN_BIT(MINUTES))

/* Stands between two pieces. */
#define GLUE (MP_WHEN_BIT(AT) | MP_WHEN_BIT(FILLERS) | MP_WHEN_BIT(BETWEEN))

/* A number, to be computed with. */
static unsigned has(uint64_t kinds, uint64_t some)
{
    return (kinds & some) != 0;
}

bool mp_when_may_begin(const struct mp_when_words *w, const struct mp_text *text, size_t at)
{
    const struct mp_token *t = &text->tokens.at[at];
    const uint64_t here = mp_when_kinds(w, text, at), next = mp_when_kinds(w, text, at + 1);
    const uint64_t later = mp_when_kinds(w, text, at + 2);
    const uint64_t before = at ? mp_when_kinds(w, text, at - 1) : 0;
    const uint64_t counted = MP_WHEN_BIT(MONTHS) | MP_WHEN_BIT(ORDINAL) | MP_WHEN_BIT(ONTO) |
                             MP_WHEN_BIT(HOUR) | MP_WHEN_BIT(MINUTES) | MP_WHEN_BIT(PAST) |
                             MP_WHEN_BIT(BEFORE);
    const uint64_t more = PIECES | GLUE | MP_WHEN_BIT(ONTO);
    const uint64_t announces = MP_WHEN_BIT(AT) | MP_WHEN_BIT(BETWEEN);
    /* no branches: which of these holds is hard to predict */
    uint64_t number = t->kind == MP_NUMBER, odd = (t->len > 2) | t->quoted;
    uint64_t counts = -(number | (here >> MP_WHEN_NUMBERS & 1));
    uint64_t unit = -(here >> MP_WHEN_UNITS & 1), that = -(here >> MP_WHEN_THAT & 1);
    uint64_t first = -(uint64_t)has(here, INCOMPLETE);
    uint64_t lasts = -(uint64_t)(has(later, MP_WHEN_BIT(AGO)) | has(before, MP_WHEN_BIT(FOR)));
    uint64_t behind = (counts & counted) | (counts & lasts & MP_WHEN_BIT(UNITS)) |
                      (unit & MP_WHEN_BIT(AGO)) | (first & more) |
                      (that & (MP_WHEN_BIT(PARTS) | MP_WHEN_BIT(UNITS)));
    uint64_t to_number = first & mp_is(text, (uint32_t)at + 1, MP_IS_NUMBER);
    return ((here & ALONE & ~INCOMPLETE) | to_number | (number & odd) |
            (before & counts & announces) | (next & behind)) != 0;
}

void mp_when_set_part(struct mp_when_parts *p, const struct mp_sense *part)
{
    if (!part)
        return;
    p->part = true;
    p->from = part->a;
    p->to = part->b;
}

static size_t read_piece(struct mp_when_reader *r, size_t at, bool supported)
{
    struct mp_when_parts *p = r->p;
    size_t n = 0;
    if (p->now || p->ago)
        return 0;
    if (!(has(mp_when_marks(r, at), PIECES) | mp_when_is_number(r, at))) {
        p->onto &= p->date || p->easter; /* a night onto a weekday is told no more */
        return 0;
    }
    n = mp_when_day(r, at);
    if (!n && !p->clock)
        n = mp_when_clock(r, at, supported);
    if (n || (p->part && !p->clock))
        return n;
    const struct mp_sense *part = mp_when_at(r, at, MP_WHEN_PARTS);
    mp_when_set_part(p, part);
    return part != NULL;
}

/* Breakfast, when nothing else is said of the day. */
static bool read_event(const struct mp_when_reader *r, size_t at)
{
    const struct mp_sense *event = mp_when_at(r, at, MP_WHEN_EVENTS);
    mp_when_set_part(r->p, event);
    r->p->relative = r->p->event = event;
    r->p->last = at;
    return event;
}

/* The kinds of the two words before it, in its sentence. */
static uint64_t marks_before(const struct mp_when_reader *r, size_t at)
{
    /* the first token of a text has a stronger sign before it */
    size_t one = at - (mp_when_break(r, at) < MP_BREAK_STOP);
    size_t two = one - (mp_when_break(r, one) < MP_BREAK_STOP);
    return (mp_when_marks(r, one) & -(uint64_t)(one < at)) |
           (mp_when_marks(r, two) & -(uint64_t)(two < one));
}

bool mp_when_parts_read(const struct mp_when_words *w, const struct mp_text *text, size_t at,
                        struct mp_when_parts *out)
{
    struct mp_when_reader r;
    r.w = w;
    r.text = text;
    r.p = out;
    for (size_t i = 0; i < MP_WHEN_KEPT; i++)
        r.digits[i].behind = 0;
    *out = (struct mp_when_parts){.first = at};
    size_t next = at, n;
    bool supported = at && mp_when_break(&r, at) <= MP_BREAK_COLON &&
                     has(mp_when_marks(&r, at - 1), MP_WHEN_BIT(AT) | MP_WHEN_BIT(BETWEEN));
    while ((n = read_piece(&r, next, supported)) != 0) {
        size_t end = next += n, glue = 0;
        enum mp_break most = mp_when_break(&r, next);
        out->last = end - 1;
        supported = mp_when_has_day(out) || out->part;
        while (glue < GLUE_MAX && most < MP_BREAK_STOP && has(mp_when_marks(&r, next), GLUE)) {
            supported |= mp_when_is(&r, next, MP_WHEN_AT);
            glue++;
            next++;
            if (mp_when_break(&r, next) > most)
                most = mp_when_break(&r, next);
        }
        bool abbreviated = out->weak & (glue == 0) & (most == MP_BREAK_STOP);
        /* no short circuits: which of these holds is hard to predict */
        bool ends = ((most >= MP_BREAK_STOP) & !abbreviated) |
                    (out->clock & (most >= MP_BREAK_COMMA)) |
                    (out->date & (out->year != 0) & (most == MP_BREAK_PAREN));
        if (ends)
            break;
    }
    if (out->first == next)
        return read_event(&r, at);
    bool day = mp_when_has_day(out);
    bool front = (at > 0) & mp_when_is(&r, at - (at > 0), MP_WHEN_STAMPS);
    bool colon = mp_when_break(&r, out->last + 1) == MP_BREAK_COLON;
    bool begins = front | (mp_when_break(&r, at) >= MP_BREAK_STOP);
    out->heads = out->clock & !day & (text->tokens.at[at].line | (begins & colon));
    uint64_t before = marks_before(&r, at);
    out->bounds = has(before, MP_WHEN_BIT(BOUNDS));
    out->present = out->clock & !day & has(before, MP_WHEN_BIT(PRESENT));
    bool alone = out->weak & !(out->date | out->day_only | out->clock);
    return (day | out->clock) & !alone;
}
