/*
 * The reading of one expression of time, shared by text/when_parts.c, when_clock.c and when_day.c.
 */
#ifndef MP_TEXT_WHEN_READER_H
#define MP_TEXT_WHEN_READER_H

#include "text/when_parts.h"

enum {
    MP_WHEN_GROUPS = 4,
    MP_WHEN_DIGITS = 8, /* in each */
    MP_WHEN_KEPT = 4    /* numbers near each other that are kept */
};

/* A number token: groups of digits and the signs between them. */
struct mp_when_digits {
    int value[MP_WHEN_GROUPS];
    uint8_t len[MP_WHEN_GROUPS];
    char sign[MP_WHEN_GROUPS]; /* behind the group */
    uint8_t n;                 /* 0: no number token, or too many groups */
    size_t behind;             /* its token + 1 */
};

/* What is being read, and what it says so far. */
struct mp_when_reader {
    const struct mp_when_words *w;
    const struct mp_text *text;
    struct mp_when_parts *p;
    struct mp_when_digits digits[MP_WHEN_KEPT]; /* by the last bits of their tokens: each is asked
                                                   for many times */
};

/* The sense of a kind of the token, or NULL. */
static inline const struct mp_sense *mp_when_at(const struct mp_when_reader *r, size_t at,
                                                enum mp_when_kind kind)
{
    return at < r->text->tokens.n ? mp_sense_of(&r->w->senses, r->text->words[at], kind) : NULL;
}

/* What stands before the token. */
static inline enum mp_break mp_when_break(const struct mp_when_reader *r, size_t at)
{
    return at < r->text->tokens.n ? r->text->tokens.at[at].before : MP_BREAK_SECTION;
}

/* The kinds of the token's senses, as bits. */
static inline uint64_t mp_when_marks(const struct mp_when_reader *r, size_t at)
{
    return mp_when_kinds(r->w, r->text, at);
}

/* Whether it has a sense of the kind: asked more often than which, and quicker to tell. */
static inline bool mp_when_is(const struct mp_when_reader *r, size_t at, enum mp_when_kind kind)
{
    return mp_when_marks(r, at) >> kind & 1;
}

static inline bool mp_when_is_number(const struct mp_when_reader *r, size_t at)
{
    return at < r->text->tokens.n && r->text->tokens.at[at].kind == MP_NUMBER;
}

static inline bool mp_when_year(int value, size_t len)
{
    return len == 4 && value >= 1900 && value < 2100;
}

/* Of a number token where it stands folded: eight bytes can be read from each digit on. */
void mp_when_digits_read(struct mp_str number, struct mp_when_digits *d);

/* Valid until those of a token MP_WHEN_KEPT farther are asked for. */
static inline const struct mp_when_digits *mp_when_digits(struct mp_when_reader *r, size_t at)
{
    static const struct mp_when_digits none;
    struct mp_when_digits *d = &r->digits[at % MP_WHEN_KEPT];
    if (!mp_when_is_number(r, at))
        return &none;
    if (d->behind != at + 1) {
        mp_when_digits_read(mp_token_str(&r->text->tokens, at), d);
        d->behind = at + 1;
    }
    return d;
}

/* A whole number in digits or as a word; -1 if it is none. */
int mp_when_number(struct mp_when_reader *r, size_t at);

/* The part of the day that a word names (NULL: none). */
void mp_when_set_part(struct mp_when_parts *p, const struct mp_sense *part);

/* No short circuits: which of them is said is hard to predict. */
static inline bool mp_when_has_day(const struct mp_when_parts *p)
{
    return p->date | p->relative | p->month_only | p->year_only | p->span | p->now |
           ((p->weekday | p->easter | p->ago) != 0);
}

/* Each reads a clock or a day at the token into r->p: the tokens that it takes, or 0. `supported`:
 * what stands before says that a time follows. */
size_t mp_when_clock(struct mp_when_reader *r, size_t at, bool supported);
size_t mp_when_day(struct mp_when_reader *r, size_t at);

#endif
