/*
 * A narrative as words: folded, mended, and with what stands between them.
 *
 * Folding is for comparison only: lower case without diacritics, apostrophes and the dots of
 * abbreviations; UTF-8 that was read as Windows-1252 is read back. The narrative itself is never
 * changed, every token knows the bytes it was made of.
 */
#ifndef MP_TEXT_TOKENS_H
#define MP_TEXT_TOKENS_H

#include "base/buf.h"

/* What stands before a token, weakest first. Patterns stay within what is weaker than MP_BREAK_STOP
 * (and MP_BREAK_COLON), see text/match.h. */
enum mp_break {
    MP_BREAK_TOUCH,   /* nothing, a hyphen or slash: 15yr, ex-boyfriend */
    MP_BREAK_BLANK,   /* blanks, or a line end inside a sentence */
    MP_BREAK_COMMA,   /* comma, dash, quotation mark */
    MP_BREAK_PAREN,   /* bracket */
    MP_BREAK_COLON,   /* colon */
    MP_BREAK_STOP,    /* end of a sentence, semicolon, end of a form's line */
    MP_BREAK_SECTION, /* empty line, start of the text */
};

enum mp_token_kind {
    MP_WORD,
    MP_NUMBER,    /* digits, with inner signs as they stand: 3-2, 21:30, 1,65 */
    MP_BOX_YES,   /* a ticked box */
    MP_BOX_NO,    /* an empty one, or [?] */
    MP_BOX_MINUS, /* [-] */
    MP_N_TOKEN_KINDS
};

/* Looked at for each word by all that follows, so it is kept small. */
struct mp_token {
    uint32_t start, end; /* bytes of the narrative; the folded text begins at the same place */
    uint8_t len;         /* bytes of the folded text */
    uint8_t kind;        /* enum mp_token_kind */
    uint8_t before;      /* enum mp_break */
    bool capital : 1;    /* begins with a capital */
    bool question : 1;   /* a question mark or "?" stands behind it */
    bool colon : 1;      /* a colon, or the bar between the cells of a row of two */
    bool dash : 1;       /* a dash with blanks around it, or a lone "-", stands behind it */
    bool minus : 1;      /* a lone "-" stands behind it and ends its place in a list or line: no */
    bool plus : 1;       /* a "+" does, maybe behind a colon: yes */
    bool line : 1;       /* first token of a line */
    bool quoted : 1;     /* a quotation mark stands before it */
    uint32_t sentence;   /* number of its sentence: changes at MP_BREAK_STOP */
    uint32_t section;    /* number of its paragraph: changes at MP_BREAK_SECTION */
};

/* Says whether the dot behind this folded word ends no sentence (an abbreviation), and whether a
 * capitalised word is one that usually begins a sentence. */
struct mp_token_words {
    bool (*abbreviation)(const void *ctx, struct mp_str word);
    bool (*common)(const void *ctx, struct mp_str word);
    /* Whether two pieces that a line end, tab or hyphen has parted are one word together. */
    bool (*joined)(const void *ctx, struct mp_str whole, struct mp_str first, struct mp_str second);
    const void *ctx;
};

struct mp_tokens { /* zeroed: ready; mp_tokens_free frees */
    struct mp_token *at;
    size_t n, cap;
    struct mp_buf folded; /* the narrative with its words folded, each where it stands */
    struct mp_str text;   /* the narrative; borrowed */
};

enum {
    MP_WORD_MAX = 64,  /* longer words are cut for comparison */
    MP_WORD_LOAD = 16, /* bytes that may be read from where a word's folded text begins */
};

/* Splits `text` (valid UTF-8, below 4 GiB) into tokens, forgetting those before. False if memory
 * ran out. Time and memory are linear in the text. */
bool mp_tokens_read(struct mp_tokens *t, struct mp_str text, const struct mp_token_words *words);

void mp_tokens_free(struct mp_tokens *t);

static inline struct mp_str mp_token_str(const struct mp_tokens *t, size_t i)
{
    return (struct mp_str){t->folded.data + t->at[i].start, t->at[i].len};
}

#endif
