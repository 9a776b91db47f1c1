/*
 * What is to be done for one record, by when and by whom, and to which teams it belongs.
 *
 *     actions: NAME       version: 1       title: {nl: TEXT, en: TEXT}
 *     owners:             who can have to do something
 *       CODE: {nl: TEXT, en: TEXT}
 *     forward: [TEAM, ...]                 to which a case can belong, as they are written
 *     list:
 *       - id: TEXT                         unique
 *         phase: open | closed             or a list of both; others do not see it
 *         when: CONDITION                  only where this is true
 *         unless: CONDITION                not where this is true
 *         done: CONDITION                  nor where this says that it happened
 *         planned: CONDITION               it is said to be planned: still to do, marked as such
 *         from: missing_since | reported_at | returned_at     what terms count from; of a list the
 *                                                             first that is known
 *         after: TERM                      24h are hours that pass, 10d are days by the clock
 *         every: TERM                      due again and again, first at `after` or, without it, at
 *                                          this term: a day or more
 *         not_before: TERM                 not listed earlier
 *         until: TERM                      no longer listed from then on; counted from the report
 *                                          where nothing of `from` is known
 *         what: {nl: TEXT, en: TEXT}
 *         owner: CODE
 *         why: {nl: TEXT, en: TEXT}
 *         source: TEXT
 *         forward: TEAM                    the case belongs to this team, done or not
 *
 * Only id, phase, what, owner, why and source must be there. A condition that cannot be decided is
 * not true: what is not known to be done stays on the list.
 *
 * Time comes from the case. Without its moment no time passes: nothing is overdue, what is not to
 * be listed before a term is not, and what recurs is told for the first time.
 */
#ifndef MP_RULES_ACTIONS_H
#define MP_RULES_ACTIONS_H

#include "io/rules.h"

enum { MP_ACTIONS_MAX = 64 };

struct mp_action; /* lives in the arena of the rules */

struct mp_actions {
    struct mp_str label; /* NAME/VERSION */
    /* private */
    struct mp_action *all;
    size_t n;
    struct mp_str *teams; /* as JSON texts */
    size_t n_teams;
};

/* Reads the file; everything lives in the arena of the rules. 0, or -1 with the error (RULES at
 * the mistake's place, OPEN, READ or MEMORY). */
int mp_actions_load(struct mp_actions *a, const struct mp_rules *r, const char *path,
                    struct mp_error *e);

/*
 * Appends `,"actions":[...],"forward":[...]` for the record that the case has read. Actions stand
 * in the order of their due times, those without one last, then in the order of the file; teams in
 * the order of the file.
 *
 * overdue is true from the due time on; a day alone counts from its beginning. hours are whole ones
 * from the moment to the due time, negative when it is past. Both are null where one of the two is
 * not known. Memory that ran out shows as b->failed.
 *
 * Returns how many actions there are; *first is the first due time, not known if no action has one.
 */
size_t mp_actions_add(struct mp_buf *b, const struct mp_actions *a, const struct mp_case *k,
                      struct mp_time *first);

#endif
