/*
 * Hosts that are named with several youths: whoever shelters one after the other is found by what
 * reports say of the place or the person (`hosts`, see mp-ingest(1)).
 *
 * Addresses, telephone numbers, plates, handles and lodgings are one if they are equal; a town that
 * only one of two names does not part them. A first name alone is no person: see agree() in
 * hosts.c. Who agrees with a host is looked for from that host alone, so that no chain of
 * look-alikes makes one of many.
 */
#ifndef MP_LINK_HOSTS_H
#define MP_LINK_HOSTS_H

#include "link/episode.h"

enum {
    MP_LINK_HOST_LISTED = 50 /* youths of one host whose ids are written; all are counted */
};

/* A host that a report names and that others are named with, too. */
struct mp_link_shared {
    struct mp_link_shared *next; /* of the same episode, by kind and value */
    const struct mp_link_report *report;
    struct mp_str value;
    const struct mp_link_episode *const *persons; /* an episode of each, by person_id */
    uint32_t n;
    uint8_t kind;
};

/* Keeps the hosts that the record of a report names. False if memory ran out. */
bool mp_link_hosts_keep(struct mp_link_reports *r, const struct mp_link_report *one,
                        yyjson_val *root);

/* Sets `shared` of all episodes; their reports have their episodes and these their ids. Nothing is
 * done where no report names a host. 0, or -1 with a MEMORY error. */
int mp_link_hosts(struct mp_link_reports *r, struct mp_link_episodes *episodes, struct mp_error *e);

/* Appends `,"shared_host":{youths, hosts: [{kind, value, youths, persons}]}` of the hosts that the
 * report (NULL: any of the episode's) names; nothing if there are none. */
void mp_link_add_shared(struct mp_buf *b, const struct mp_link_episode *episode,
                        const struct mp_link_report *report);

#endif
