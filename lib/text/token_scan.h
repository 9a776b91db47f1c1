/*
 * The scanning of one text, shared by text/tokens.c (words and numbers) and text/token_signs.c
 * (what stands between them); only for them.
 */
#ifndef MP_TEXT_TOKEN_SCAN_H
#define MP_TEXT_TOKEN_SCAN_H

#include "text/tokens.h"

/* What a byte is. LETTER and DIGIT make tokens, the others say what stands between two. */
enum mp_token_sign {
    MP_SIGN_BLANK,
    MP_SIGN_LETTER,
    MP_SIGN_DIGIT,
    MP_SIGN_HIGH,
    MP_SIGN_TAB,
    MP_SIGN_LINE,
    MP_SIGN_DOT,
    MP_SIGN_COMMA,
    MP_SIGN_COLON,
    MP_SIGN_STOP,
    MP_SIGN_QUESTION,
    MP_SIGN_PAREN,
    MP_SIGN_BOX,
    MP_SIGN_DASH,
    MP_SIGN_TOUCH,
    MP_SIGN_MUTE,
    MP_SIGN_BAR
};

extern const unsigned char mp_sign_of[256];

/* The reading of one text. */
struct mp_token_scan {
    struct mp_tokens *t;
    const struct mp_token_words *words;
    const char *p;
    size_t n, at;
    enum mp_break before; /* strongest sign since the last token */
    bool parted;          /* a tab or line end stood there */
    bool quote;           /* a quotation mark stood there */
    bool line;            /* the next token is the first of a line */
    size_t line_start;    /* where the present line begins */
    unsigned bars;        /* in this line so far, if it begins with one */
    uint32_t sentence, section;
};

static inline unsigned mp_sign_at(const struct mp_token_scan *s, size_t i)
{
    return i < s->n ? mp_sign_of[(unsigned char)s->p[i]] : MP_SIGN_LINE;
}

static inline void mp_token_break(struct mp_token_scan *s, enum mp_break b)
{
    if (s->before < b)
        s->before = b;
}

static inline struct mp_token *mp_token_last(struct mp_token_scan *s)
{
    return s->t->n ? &s->t->at[s->t->n - 1] : NULL;
}

/* A new token of that kind that begins at `start`; NULL if memory ran out. Its folded text is what
 * is appended to tokens.folded up to mp_token_end. */
struct mp_token *mp_token_add(struct mp_token_scan *s, size_t start, enum mp_token_kind kind);
void mp_token_end(struct mp_token_scan *s, struct mp_token *k);

/* Reads the word at s->at. False if memory ran out. */
bool mp_token_word(struct mp_token_scan *s);

/* Reads what stands at s->at and is of that sign, which begins no ASCII token. False if memory ran
 * out. */
bool mp_token_between(struct mp_token_scan *s, unsigned sign);

#endif
