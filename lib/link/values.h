/*
 * The values that are compared: each text once, known by a number, with what tests ask of it most.
 *
 * Equal texts have equal numbers, whatever fields they stand in.
 */
#ifndef MP_LINK_VALUES_H
#define MP_LINK_VALUES_H

#include "base/similar.h"
#include "io/store.h"

struct mp_link_term {
    const char *p;
    mp_letters letters;   /* lib/base/similar.h */
    uint32_t n;           /* bytes */
    uint32_t digits : 28; /* of a date or number: what they make */
    uint32_t date : 1;    /* it is eight digits, perhaps with hyphens: a date, the year first */
    uint32_t number : 1;  /* it is up to eight digits and nothing else */
    uint32_t letter : 1;  /* one of its words is a single letter */
    uint32_t blank : 1;   /* it has several words */
};

struct mp_link_values { /* mp_link_values_make makes, mp_link_values_free frees */
    struct mp_link_term *all;
    size_t n;
    /* private */
    size_t cap, n_slots;
    uint64_t *slots;        /* hash and number, half each; 0: free */
    struct mp_arena blocks; /* of texts, one close behind the other */
    char *room;             /* what is left of the last one */
    size_t left;
    struct mp_store *store;
};

void mp_link_values_make(struct mp_link_values *v, struct mp_store *store);

/* The number of the text, from 1; it is put in if it is new. 0 if memory ran out. */
uint32_t mp_link_values_put(struct mp_link_values *v, struct mp_str text);

/* Nothing is put in any more: gives back what only that needs. */
void mp_link_values_finish(struct mp_link_values *v);

static inline const struct mp_link_term *mp_link_term_of(const struct mp_link_values *v,
                                                         uint32_t number)
{
    return &v->all[number - 1];
}

static inline struct mp_str mp_link_text_of(const struct mp_link_values *v, uint32_t number)
{
    const struct mp_link_term *value = mp_link_term_of(v, number);
    return (struct mp_str){value->p, value->n};
}

/* Frees what is large; the texts stay in the store. */
void mp_link_values_free(struct mp_link_values *v);

#endif
