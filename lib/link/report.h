/*
 * The reports, all in memory.
 *
 * Every report owns a copy of its line; what is compared is interned, so that equal values have
 * equal numbers. The reports are sorted by their own content, so that nothing that follows depends
 * on the order in which they came.
 */
#ifndef MP_LINK_REPORT_H
#define MP_LINK_REPORT_H

#include "base/arena.h"
#include "base/hash.h"
#include "link/model.h"

enum mp_link_kind { MP_LINK_MISSING, MP_LINK_RETURNED, MP_LINK_TRANSFER, MP_LINK_UPDATE };

enum mp_link_role {
    MP_LINK_FIRST,
    MP_LINK_DUPLICATE,
    MP_LINK_AS_UPDATE,
    MP_LINK_AS_RETURN,
    MP_LINK_AS_TRANSFER
};

/* What has an id. */
enum mp_link_unit { MP_LINK_PERSON, MP_LINK_EPISODE, MP_LINK_UNITS };

struct mp_link_episode;

struct mp_link_report {
    struct mp_str line;     /* as it came, without the line end */
    struct mp_str bare;     /* without a `link` of an earlier run; the same bytes if it has none */
    struct mp_str file;     /* where it came from, for messages; borrowed */
    size_t number;          /* line number there */
    size_t place;           /* 0 for the first report that was read, and so on */
    const uint32_t *values; /* one a field of the model; 0: not known, else 1 + place in values */
    struct mp_time reported, missing, returned;
    enum mp_link_kind kind;
    struct mp_str key;   /* its own: unit, number, document, name; of a whole episode its id */
    struct mp_str label; /* number and document in one, for references */
    uint32_t id;         /* 1 + place of the number in values, 0: not known */
    bool whole;          /* an episode already: takes no part */
    struct mp_str was[MP_LINK_UNITS]; /* ids of an earlier run; p NULL: none */
    bool fresh;                       /* new or changed since that run */
    struct mp_str content, version;   /* private to history.c */
    uint32_t person;    /* set by mp_link_cluster: place of the person's first report */
    const char *rule;   /* set by mp_link_cluster: why it is this person's; NULL: alone */
    double probability; /* of that: 1 by a rule, or where it is alone */
    /* set by mp_link_episodes */
    struct mp_link_episode *episode;
    enum mp_link_role role;
    const char *reason;          /* why it is in this episode: a code of the man page */
    struct mp_link_report *next; /* private */
};

struct mp_link_reports {
    struct mp_link_model *model;
    struct mp_arena arena;
    struct mp_map values;        /* what is compared; value: its letters (lib/base/similar.h) */
    struct mp_link_report **all; /* in the order of reading, until mp_link_sort */
    size_t n, cap;
    bool history; /* some may have ids of an earlier run: what becomes of these is told */
    struct mp_buf scratch, text;
};

/* Takes a copy of the record. 0, or -1 with the error. */
int mp_link_add(struct mp_link_reports *r, const struct mp_rec *rec, struct mp_error *e);

/* Sorts `all`: reports with reported_at first, by time, the others by departure; then by key, then
 * by their bytes. */
void mp_link_sort(struct mp_link_reports *r);

/* -1, 0, 1 in that order. */
int mp_link_order(const struct mp_link_report *a, const struct mp_link_report *b);

void mp_link_reports_free(struct mp_link_reports *r);

#endif
