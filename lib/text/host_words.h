/* Between the files that find hosts: hosts.c (words, and where to look), host_place.c (addresses,
 * lodgings), host_sign.c (numbers, plates, handles), host_person.c (persons). Only for them. */
#ifndef MP_TEXT_HOST_WORDS_H
#define MP_TEXT_HOST_WORDS_H

#include "text/clause.h"
#include "text/hosts.h"

/* Kinds of words: the keys of `hosts: words:`, in this order. */
enum mp_host_word {
    MP_HOST_STREET,   /* what the names of streets end with */
    MP_HOST_NO_WAY,   /* ends so and is none */
    MP_HOST_PARTICLE, /* stands within names: van der */
    MP_HOST_UNIT,     /* behind a number that counts: hours */
    MP_HOST_PREMISES, /* before an address: flat, house */
    MP_HOST_TOWN,     /* before a town: in */
    MP_HOST_INN,      /* a lodging: hotel */
    MP_HOST_SMALL,    /* stands between somebody and the place */
    MP_HOST_SOMEBODY, /* may be a host: man, friend */
    MP_HOST_SOME,     /* before a word that else means the youth: another boy */
    MP_HOST_CALLED,   /* one ..., by the name of ... */
    MP_HOST_ONE,      /* of these, those that say enough alone */
    MP_HOST_BY,       /* before who does something */
    MP_HOST_AT,       /* at: a name behind it is a host's */
    MP_HOST_OF,       /* a man OF 29 */
    MP_HOST_YEARS,    /* behind an age */
    MP_HOST_NUMBER,   /* before a telephone number */
    MP_HOST_PLATED,   /* before a plate */
    MP_HOST_OWN,      /* her own number */
    MP_HOST_NOBODY,   /* no host: family, staff, police, peers, and their places */
    MP_N_HOST_WORDS
};

struct mp_host_words {
    uint32_t class[MP_N_HOST_WORDS];
    uint16_t number[MP_N_HOST_WORDS]; /* for mp_word_in; 0: no such words */
    struct mp_yaml *examples;         /* NULL: none */
    uint8_t *codes;                   /* by code: enum mp_host_code */
    size_t n_codes;
};

enum mp_host_code {
    MP_HOST_NO_CODE,
    MP_HOST_STAY,    /* says where the youth is, or with whom */
    MP_HOST_TOGETHER /* who stands in it is a youth, too */
};

/* One sentence that is looked through. */
struct mp_host_search {
    const struct mp_host_words *w;
    const struct mp_text *text;
    struct mp_hosts *out;
    uint32_t first, last; /* tokens of the sentence */
    unsigned left;        /* names that may still be looked for all over the text */
};

static inline bool mp_host_is(const struct mp_host_search *s, uint32_t t, enum mp_host_word what)
{
    return t < s->text->tokens.n && s->w->number[what] &&
           mp_word_in(s->text->words[t], s->w->number[what]);
}

static inline const struct mp_token *mp_host_token(const struct mp_host_search *s, uint32_t t)
{
    return &s->text->tokens.at[t];
}

/* Whether token t stands in the sentence, with no more than a blank before it. */
static inline bool mp_host_follows(const struct mp_host_search *s, uint32_t t)
{
    return t <= s->last && mp_host_token(s, t)->before <= MP_BREAK_BLANK;
}

/* A word with a capital that names something: no initial, no verb, no word for somebody. */
bool mp_host_may_name(const struct mp_host_search *s, uint32_t t);

/* A word for somebody who may be a host: a man, another boy. */
bool mp_host_is_somebody(const struct mp_host_search *s, uint32_t t);

/* Whether what stands at tokens first to last may count: what is said of a stay is nearest to it
 * there, and neither denied nor said of somebody else. */
bool mp_host_counts(const struct mp_host_search *s, uint32_t first, uint32_t last);

/* Whether somebody who is no host, or a place of theirs, stands close to tokens first to last.
 * place: who found the youth there is not at home in it. */
bool mp_host_is_nobodys(const struct mp_host_search *s, uint32_t first, uint32_t last, bool place);

/* Puts down a host unless it is there already; its value is what stands in out->values from
 * `value` on. */
void mp_host_put(struct mp_host_search *s, enum mp_host_kind kind, uint32_t start, uint32_t end,
                 size_t value);

/* Each looks for a host that begins at token t, and returns the token to go on from, or t: there
 * is none. */
uint32_t mp_host_address(struct mp_host_search *s, uint32_t t);
uint32_t mp_host_lodging(struct mp_host_search *s, uint32_t t);
uint32_t mp_host_phone(struct mp_host_search *s, uint32_t t);
uint32_t mp_host_plate(struct mp_host_search *s, uint32_t t);
uint32_t mp_host_handle(struct mp_host_search *s, uint32_t t);
uint32_t mp_host_person(struct mp_host_search *s, uint32_t t);

#endif
