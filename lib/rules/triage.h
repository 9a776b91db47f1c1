/*
 * All that is decided about one record: what the protocols say and why, what the report lacks, and
 * what has to be done. The value of its `triage` key.
 */
#ifndef MP_RULES_TRIAGE_H
#define MP_RULES_TRIAGE_H

#include "rules/actions.h"
#include "rules/completeness.h"
#include "rules/risk.h"
#include "rules/verdict.h"

enum { MP_TRIAGE_PROTOCOLS = 8 };

struct mp_triage { /* mp_triage_make makes it, mp_triage_free frees */
    struct mp_arena arena;
    struct mp_rules rules;
    struct mp_case k;
    struct mp_protocol protocols[MP_TRIAGE_PROTOCOLS]; /* the first one is the record's */
    struct mp_verdict verdicts[MP_TRIAGE_PROTOCOLS];
    size_t n;
    struct mp_when returned; /* the youth is back, though no time of it is known */
    struct mp_risk risk;
    struct mp_completeness *completeness;
    struct mp_actions actions;
    struct mp_buf flags, work; /* of the record: the JSON of its flags, of its actions */
    size_t n_flags, n_actions;
    struct mp_time due;  /* the first of them; not known: none has a time */
    struct mp_buf as_of; /* `,"as_of":...,"open_hours":` */
    size_t registered, traffic_light, client, institution; /* places */
};

/* lang: nl or en, of all texts. as_of: not known: no time passes. To be freed in any case. */
void mp_triage_make(struct mp_triage *t, const char *lang, struct mp_time as_of);

/* Reads the list of codes that the rules of all other files may ask for; to be called first. 0, or
 * -1 with the error, as for all that follow. */
int mp_triage_codes(struct mp_triage *t, const char *path, struct mp_error *e);

/* Reads one more protocol. 0, or -1 with the error (USAGE where there are too many). */
int mp_triage_protocol(struct mp_triage *t, const char *path, struct mp_error *e);

/*
 * Read what a report ought to tell, what is to be done (see the headers), and how a case stands:
 *
 *     case: NAME       version: 1       title: {nl: TEXT, en: TEXT}
 *     returned: CONDITION               the youth is back although no time of it is known
 *     risk: [...]  institution_words: [...]   see rules/risk.h
 */
int mp_triage_completeness(struct mp_triage *t, const char *path, struct mp_error *e);
int mp_triage_actions(struct mp_triage *t, const char *path, struct mp_error *e);
int mp_triage_case(struct mp_triage *t, const char *path, struct mp_error *e);

/* Judges a record, which is borrowed until the next one. */
void mp_triage_read(struct mp_triage *t, yyjson_val *root);

/* Whether memory did not suffice to judge it: then what was decided is worth nothing. */
bool mp_triage_failed(const struct mp_triage *t);

/* Appends what was decided as a JSON object. Memory that ran out shows as b->failed. */
void mp_triage_add(struct mp_buf *b, struct mp_triage *t);

void mp_triage_free(struct mp_triage *t);

#endif
