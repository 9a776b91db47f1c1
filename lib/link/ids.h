/*
 * Ids of persons and episodes: kept where reports bring them along from an earlier run, else made
 * from the earliest report; and what became of ids that were brought along.
 */
#ifndef MP_LINK_IDS_H
#define MP_LINK_IDS_H

#include "link/report.h"

/* Reports that get one id: those of a person, or of an episode. */
struct mp_link_set {
    struct mp_link_report *const *reports;
    size_t n;
    struct mp_str key; /* own key of the earliest of them */
    char id[17];       /* set by mp_link_name */
};

enum mp_link_fate {
    MP_LINK_ADDED,  /* a new id; none of its reports had one */
    MP_LINK_MERGED, /* the old id is no more: its reports are under another */
    MP_LINK_SPLIT   /* the old id goes on, but some of its reports are under another */
};

struct mp_link_change {
    enum mp_link_fate fate;
    enum mp_link_unit unit;
    struct mp_str old; /* p NULL: added; borrowed from a report */
    char id[17];       /* that its reports have now */
    /* which did it: the first that is new, else the first that had the old id */
    const struct mp_link_report *report;
};

/*
 * Names all sets. Of the sets that hold reports of an old id, the one that holds most of them keeps
 * it (of equals the one with the earliest report), as greedily as may be: the largest share first.
 * The others get the hash of their key. `changes`, which may be NULL, receives struct
 * mp_link_change, in an order of their own. False if memory ran out.
 */
bool mp_link_name(struct mp_store *store, struct mp_link_set *sets, size_t n,
                  enum mp_link_unit unit, struct mp_buf *changes);

#endif
