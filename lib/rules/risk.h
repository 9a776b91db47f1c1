/*
 * Risk assessments that an institution made beforehand: records, each with the client's number, the
 * institution and the day, and rules in YAML that say what its level is:
 *
 *     risk:
 *       - level: high
 *         when: CONDITION                over the record of the assessment; the first that holds
 *
 *     institution_words: [WORD, ...]     that do not tell institutions apart, in small letters
 *
 * A client's number counts within its institution, where both records name one: names that share a
 * word which is not in that list, or of which one has no other word.
 */
#ifndef MP_RULES_RISK_H
#define MP_RULES_RISK_H

#include "base/hash.h"
#include "io/record.h"
#include "io/rules.h"

struct mp_risk {      /* zeroed: no assessments; mp_risk_free frees */
    struct mp_case k; /* of the assessments */
    struct mp_risk_level {
        struct mp_str name;
        struct mp_when when;
    } * levels;
    size_t n_levels;
    struct mp_str *common; /* words of institutions' names that do not tell them apart */
    size_t n_common;
    struct mp_map clients; /* value: 1 + place of the client's last assessment */
    struct mp_risk_item {
        struct mp_str institution; /* folded; p NULL: not known */
        struct mp_time day;
        size_t level; /* n_levels: not known */
        size_t next;  /* 1 + place of the client's one before it; 0: none */
    } * items;
    size_t n, cap;
    struct mp_arena arena;
    struct mp_buf folded;
};

/* Reads the lists behind these two keys. r->k is left alone: assessments are cases of their own. 0,
 * or -1 with the error. */
int mp_risk_read(struct mp_risk *risk, const struct mp_rules *r, struct mp_yaml *map,
                 struct mp_error *e);

/* Adds one assessment. 0, or -1 with the error: NO_ASSESSMENT, without a place, where it has no
 * client, day or level. */
int mp_risk_add(struct mp_risk *risk, const struct mp_rec *rec, struct mp_error *e);

/* Gives the case the level of the client's last assessment that was made up to the departure (or
 * the report), and its age in whole months of 30 days. */
void mp_risk_give(struct mp_risk *risk, struct mp_case *k, struct mp_str client,
                  struct mp_str institution);

void mp_risk_free(struct mp_risk *risk);

#endif
