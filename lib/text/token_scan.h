/*
 * The scanning of one text, shared by text/tokens.c (words and numbers) and text/token_signs.c
 * (what stands between them); only for them.
 */
#ifndef MP_TEXT_TOKEN_SCAN_H
#define MP_TEXT_TOKEN_SCAN_H

#include "text/tokens.h"

/* What a byte is. LETTER and DIGIT make tokens, the others say what stands between two. */
enum mp_token_sign {
    /* what stands behind most words */
    MP_SIGN_BLANK,
    MP_SIGN_COMMA,
    /* other signs */
    MP_SIGN_DIGIT,
    MP_SIGN_TAB,
    MP_SIGN_LINE,
    MP_SIGN_QUOTE,
    MP_SIGN_COLON,
    MP_SIGN_STOP,
    MP_SIGN_QUESTION,
    MP_SIGN_PAREN,
    MP_SIGN_BOX,
    MP_SIGN_DASH,
    MP_SIGN_TOUCH,
    MP_SIGN_BAR,
    MP_SIGN_PLUS,
    MP_SIGN_STAR,
    /* what may stand within a word */
    MP_SIGN_DOT,
    MP_SIGN_MUTE,
    MP_SIGN_HIGH,
    MP_SIGN_LETTER
};

extern const unsigned char mp_sign_of[256];

/* The reading of one text. What stands before a token is put down in `next` when it is met. */
struct mp_token_scan {
    struct mp_tokens *t;
    const struct mp_token_words *words;
    const char *p; /* the narrative */
    char *low;     /* tokens.folded: a copy in small letters, with line ends behind it */
    size_t n, at;
    struct mp_token *next; /* the token to come, with the numbers of its sentence and paragraph */
    bool parted;           /* a tab or line end stood before it */
    size_t line_start;     /* where the present line begins */
    size_t boxes;          /* 1 + where the line begins whose boxes stand before what they tick */
    unsigned bars;         /* in this line so far, if it begins with one */
};

/* What byte i is; a line end if the text ends there. */
static inline unsigned mp_sign_at(const struct mp_token_scan *s, size_t i)
{
    return mp_sign_of[(unsigned char)s->low[i]];
}

static inline bool mp_capital_at(const struct mp_token_scan *s, size_t i)
{
    return s->p[i] >= 'A' && s->p[i] <= 'Z';
}

static inline void mp_token_break(struct mp_token_scan *s, enum mp_break b)
{
    struct mp_token *k = s->next;
    k->sentence += k->before < MP_BREAK_STOP && b >= MP_BREAK_STOP;
    k->section += k->before < MP_BREAK_SECTION && b >= MP_BREAK_SECTION;
    k->before = k->before > b ? k->before : (uint8_t)b;
}

static inline struct mp_token *mp_token_last(struct mp_token_scan *s)
{
    return s->next > s->t->at ? s->next - 1 : NULL;
}

static inline struct mp_str mp_token_text(const struct mp_token_scan *s, const struct mp_token *k)
{
    return (struct mp_str){s->low + k->start, k->len};
}

/* How many ASCII letters stand from byte i on. */
size_t mp_token_letters(const struct mp_token_scan *s, size_t i);

/* The token to come is there: from `start` to s->at, with so many folded bytes. */
void mp_token_add(struct mp_token_scan *s, size_t start, size_t len, enum mp_token_kind kind);

/* Read what begins at s->at. */
typedef void mp_token_reader(struct mp_token_scan *s);
mp_token_reader mp_token_word, mp_token_number;

/* What reads it, by its sign. */
extern mp_token_reader *const mp_token_readers[];

#endif
