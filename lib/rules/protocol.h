/*
 * A protocol: rules that say how pressing a report is, read from YAML.
 *
 *     protocol: NAME                    version: 1            title: {nl: TEXT, en: TEXT}
 *     categories: [urgent, other]       the most pressing first; the last one holds when all rules
 *                                       of the others are decided and none of them fired
 *     includes:                         protocols beside this file whose rules come first
 *       - NAME                          all its rules; its categories have the same names here
 *       - protocol: NAME
 *         rules: [ID, ...]              only these; may be left out
 *         categories: {red: urgent, orange: none}   what its categories are here; none: the rule
 *                                       gives points alone
 *     rules:
 *       - id: U4                        unique, also among what is included
 *         category: urgent              may be left out: the rule gives points alone
 *         points: 10                    0 to 100
 *         when: CONDITION               see io/condition.h and io/case.h
 *         why: {nl: TEXT, en: TEXT}
 *         source: TEXT
 *
 * A rule that a further signal or earlier disappearance could take away is a mistake.
 */
#ifndef MP_RULES_PROTOCOL_H
#define MP_RULES_PROTOCOL_H

#include "io/rules.h"

enum { MP_SCORE_MAX = 100 };

struct mp_rule {
    struct mp_str id;
    size_t category; /* place in the protocol's list, or its length: none */
    int64_t points;
    struct mp_when when;
    struct mp_str json; /* `{"rule":...,"points":...,"why":...,"source":...`, not closed */
};

struct mp_protocol {     /* all of it lies in the arena it was read to */
    struct mp_str label; /* NAME/VERSION */
    struct mp_str *categories;
    size_t n_categories;
    struct mp_rule *rules;
    size_t n_rules;
};

/* Reads the file. 0, or -1 with the error (RULES at the mistake's place, OPEN or MEMORY). */
int mp_protocol_load(struct mp_protocol *p, const struct mp_rules *r, const char *path,
                     struct mp_error *e);

#endif
