/*
 * Parsing patterns: from their text to rows of word classes, one for every way through the
 * alternatives. Between pattern_parse.c, pattern_verb.c and pattern.c; only for them.
 */
#ifndef MP_TEXT_PATTERN_ROWS_H
#define MP_TEXT_PATTERN_ROWS_H

#include "text/pattern.h"

struct mp_row {
    struct mp_step steps[MP_PATTERN_LENGTH];
    uint8_t n;
    uint8_t gap; /* before whatever comes next */
    bool first;  /* `^` stands before whatever comes next */
};

struct mp_rows {
    struct mp_buf buf; /* of struct mp_row */
};

struct mp_pattern_parser {
    struct mp_patterns *p;
    const struct mp_yaml *at;
    struct mp_error *e;
    const char *s, *end;
    int depth;
};

static inline struct mp_row *mp_row_at(const struct mp_rows *r, size_t i)
{
    return (struct mp_row *)(void *)r->buf.data + i;
}

static inline size_t mp_row_count(const struct mp_rows *r)
{
    return r->buf.len / sizeof(struct mp_row);
}

/* Rows come and go with every piece of a pattern: what is given back keeps its memory for the next
 * that are taken. */
struct mp_rows mp_rows_take(struct mp_pattern_parser *x);
void mp_rows_give(struct mp_pattern_parser *x, struct mp_rows *rows);

/* Appends a row; or one of a single class of these forms (mp_words_class). -1 with the error. */
int mp_pattern_add_row(struct mp_pattern_parser *x, struct mp_rows *out, const struct mp_row *r);
int mp_pattern_add_class(struct mp_pattern_parser *x, struct mp_rows *out, struct mp_str forms);

/* A mistake in the pattern that is being read. Returns -1. */
int mp_pattern_fail(struct mp_pattern_parser *x, const char *what);

/* Reads from x->s up to the end, `|` or `)` and appends its rows. -1 with the error. */
int mp_pattern_parse(struct mp_pattern_parser *x, struct mp_rows *out);

/* Appends the lines of `forms` with `before` and `behind` put around each; "" is left out. */
void mp_pattern_decorate(struct mp_buf *out, struct mp_str before, struct mp_str forms,
                         struct mp_str behind);

/* Appends the rows of a verb: an infinitive, or a prefix that may stand apart, + and an
 * infinitive. -1 with the error. */
int mp_pattern_parse_verb(struct mp_pattern_parser *x, struct mp_str name, struct mp_rows *out);

/* Appends the rows of a list; it is compiled once. -1 with the error. */
int mp_pattern_parse_list(struct mp_pattern_parser *x, struct mp_str name, struct mp_rows *out);

#endif
