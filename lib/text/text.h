/*
 * One text while it is read: its words, what was found in it, and what that means. The rooms of
 * lib/text/ hand it on in this order: tokens, match, when, clause, context, facts (text/reader.h).
 */
#ifndef MP_TEXT_TEXT_H
#define MP_TEXT_TEXT_H

#include "base/bits.h"
#include "base/time.h"
#include "text/tokens.h"
#include "text/word.h"

/* The codebook's statuses in its order: of several the first counts. */
enum mp_status { MP_PRESENT, MP_SUSPECTED, MP_PAST, MP_ABSENT, MP_OTHER, MP_N_STATUS };

/* A stretch of tokens that a pattern fits. */
struct mp_hit {
    uint32_t entry;       /* of the lexicon */
    uint32_t first, last; /* tokens */
    uint64_t mask;        /* bit i: token first + i is a word of the pattern, not of a gap */
};

/* What gave a mention its status. */
enum mp_trigger {
    MP_BY_ITSELF,  /* its entry, or nothing: it is plainly said */
    MP_BY_CUE,     /* a cue: which hit */
    MP_BY_ANSWER,  /* the answer of a heading, box or question: its token; MP_NO_CUE: a dash */
    MP_BY_TIME,    /* an earlier time, */
    MP_BY_SUBJECT, /* the subject of the clause: that of which token */
};

/* A code that the text speaks of. */
struct mp_mention {
    uint32_t code, entry;
    uint32_t first, last; /* tokens */
    uint64_t mask;
    enum mp_status status;
    uint32_t cue; /* which one gave the status its last turn, of the kind `by`; MP_NO_CUE */
    uint8_t by;   /* enum mp_trigger */
    uint8_t kind; /* enum mp_entry_kind of its entry */
    int8_t own;   /* status that its entry says itself, or -1: the context decides */
    bool silent;  /* no signal: a question, a bare heading */
};

enum { MP_NO_CUE = UINT32_MAX };

/* A time that the text names. */
struct mp_when {
    uint32_t first, last; /* tokens, with the words that belong to it (at, o'clock, last) */
    struct mp_time from;  /* resolved against the report: a minute or a day */
    enum mp_when_grain { MP_GRAIN_MINUTE, MP_GRAIN_DAY, MP_GRAIN_MONTH, MP_GRAIN_YEAR } grain;
    bool clock_only; /* a time of day whose day was taken from elsewhere */
    bool since;      /* it begins, ends or bounds something that lasts: since, until, born */
    bool old;        /* lies before this absence (text/history.h) */
    bool now;        /* what follows it is not of an earlier time */
    bool ahead;      /* named as one that is to come: tomorrow, next Friday */
    bool stamp;      /* heads an entry: what is told there without a time of its own was then */
    bool added;      /* told in a dated addition, and not of a day behind that date */
};

struct mp_text {
    struct mp_time reported_at; /* may be unknown */
    struct mp_buf given;        /* given names of the youth, folded, a blank behind each */
    struct mp_tokens tokens;
    const struct mp_word **words; /* by token */
    size_t cap_words;
    struct mp_buf marks;     /* uint64_t by token, one behind the last, and more (text/clause.h) */
    struct mp_buf hits;      /* struct mp_hit, by first token */
    struct mp_buf whens;     /* struct mp_when, by first token */
    struct mp_buf clauses;   /* struct mp_clause (text/clause.h) */
    struct mp_buf clause_of; /* uint32_t by token */
    struct mp_buf cues;      /* struct mp_cue (text/cues.h), by first token */
    struct mp_buf cues_from; /* uint32_t by sentence (text/cues.h) */
    struct mp_buf answers;   /* struct mp_said (text/answer.h), by first token */
    struct mp_buf mentions;  /* struct mp_mention, by first token */
    struct mp_buf sayings;   /* struct mp_saying (text/said.h), by first token */
    struct mp_buf scratch;   /* of hits, then of mentions */
    struct mp_buf clues;     /* of mentions, then of the reading of facts */
};

/* A new item at the end of `b`, to be filled in; NULL if memory ran out. */
static inline void *mp_item_new(struct mp_buf *b, size_t size)
{
    if (!mp_buf_reserve(b, size))
        return NULL;
    b->len += size;
    return b->data + b->len - size;
}

/* First of n items of `size` bytes, in order of their tokens, that begins at or behind the token;
 * `offset` is where an item keeps its first token. n if there is none. How often it halves depends
 * on n alone, and what is left is computed, not branched upon: nobody can foretell it. */
static inline size_t mp_items_from(const void *items, size_t n, size_t size, size_t offset,
                                   uint32_t token)
{
    const char *at = items;
    size_t low = 0;
    uint32_t first;
    for (size_t half; n > 0; n -= half) {
        half = (n + 1) / 2;
        memcpy(&first, at + (low + half - 1) * size + offset, sizeof first);
        low += half & -(size_t)(first < token);
    }
    return low;
}

#define MP_NEW(type, buf) ((type *)mp_item_new(&(buf), sizeof(type)))
#define MP_FROM(type, buf, token)                                                                  \
    mp_items_from((buf).data, MP_COUNT(type, buf), sizeof(type), offsetof(type, first), token)

#endif
