/*
 * The worklist: judged records in the order in which somebody should take them up. The order is
 * total and depends on nothing but the records:
 *
 *     cases that are open before those that are not; then by category, the most pressing first and
 *     what cannot be decided right behind it; the higher score; the earlier due time of an action;
 *     the longer absence; number and document; the line itself
 */
#ifndef MP_RULES_WORKLIST_H
#define MP_RULES_WORKLIST_H

#include "io/store.h"
#include "rules/triage.h"

struct mp_worklist { /* mp_worklist_make makes; all lies in the store */
    struct mp_store *store;
    struct mp_arena names; /* numbers and documents */
    struct mp_work *all;
    size_t n, cap;
};

void mp_worklist_make(struct mp_worklist *w, struct mp_store *store);

/* Whether the record that was judged last belongs on it: it is open, or something is to be done. */
bool mp_worklist_takes(const struct mp_triage *t);

/* Takes over its line (with LF, copied). 0, or -1 with the error. */
int mp_worklist_add(struct mp_worklist *w, const struct mp_triage *t, struct mp_str line,
                    struct mp_error *e);

void mp_worklist_sort(struct mp_worklist *w);

/* The i-th line. */
struct mp_str mp_worklist_line(const struct mp_worklist *w, size_t i);

#endif
