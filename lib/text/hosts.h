/*
 * Hosts: at whom or where a missing youth stays, was found or was picked up, so that somebody who
 * shelters several youths can be known again. An address, a telephone number, the plate of a car,
 * a name in a social medium, a person with what is said of him, a named lodging.
 *
 * schemas/lexicon/hosts.yaml says which codes speak of such a stay and which words tell a host from
 * the youth, the family, the institution and the police. In doubt nothing is found.
 */
#ifndef MP_TEXT_HOSTS_H
#define MP_TEXT_HOSTS_H

#include "text/pattern.h"
#include "text/text.h"

enum mp_host_kind {
    MP_HOST_ADDRESS,
    MP_HOST_PHONE,
    MP_HOST_PLATE,
    MP_HOST_HANDLE,
    MP_HOST_PERSON,
    MP_HOST_LODGING,
    MP_N_HOST_KINDS
};

enum { MP_HOSTS_MAX = 32 }; /* of one text */

struct mp_host {
    enum mp_host_kind kind;
    uint32_t start, end;     /* bytes of the narrative that name it */
    uint32_t value, value_n; /* where its text for comparison stands in the values */
};

struct mp_hosts { /* of one text; zeroed: ready; mp_hosts_free frees */
    struct mp_host at[MP_HOSTS_MAX];
    size_t n;             /* in order of `start` */
    struct mp_buf values; /* bytes */
};

struct mp_host_words; /* read from YAML; owned by the arena */

/* Reads the `hosts:` map (NULL: none are found). `code` gives the number of a code of the lexicon,
 * or -1. 0, or -1 with the error. */
int mp_host_words_load(struct mp_arena *a, struct mp_patterns *p, struct mp_yaml *hosts,
                       int (*code)(const void *ctx, struct mp_str name), const void *ctx,
                       struct mp_host_words **out, struct mp_error *e);

/* Sentences with the hosts that must come out of them (mp_hosts_say): a map, or NULL. */
struct mp_yaml *mp_host_words_examples(const struct mp_host_words *w);

/* Gives each class of words that hosts are read with its number (mp_word_in). */
void mp_host_words_number(struct mp_host_words *w, uint16_t (*number)(void *ctx, uint32_t class),
                          void *ctx);

/* Finds the hosts of a text, forgetting those before. Needs tokens, words, clauses, cues and
 * mentions. Time is linear in the text. False if memory ran out. */
bool mp_hosts_find(const struct mp_host_words *w, const struct mp_text *text, struct mp_hosts *out);

/* Appends the list as JSON: {kind, value, quote, start, end}, places in characters. */
void mp_hosts_add(const struct mp_hosts *hosts, struct mp_str narrative, struct mp_buf *b);

/* Appends "KIND VALUE; KIND VALUE", for people. */
void mp_hosts_say(const struct mp_hosts *hosts, struct mp_buf *b);

void mp_hosts_free(struct mp_hosts *hosts);

#endif
