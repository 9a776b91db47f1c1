/*
 * A protocol: rules that say how pressing a report is, read from YAML.
 *
 *     protocol: NAME                    version: 1            title: {nl: TEXT, en: TEXT}
 *     categories: [urgent, other]       the most pressing first; the last one holds when all rules
 *                                       of the others are decided and none of them fired
 *     includes: [NAME, ...]             protocols beside this file whose rules come first
 *     rules:
 *       - id: U4                        unique, also among what is included
 *         category: urgent              may be left out: the rule gives points alone
 *         points: 35                    0 to 100
 *         when: CONDITION               see io/condition.h
 *         why: {nl: TEXT, en: TEXT}
 *         source: TEXT
 *
 * The reader does all that can be done once: paths, patterns, and the JSON text of each rule.
 */
#ifndef MP_RULES_PROTOCOL_H
#define MP_RULES_PROTOCOL_H

#include "io/condition.h"

enum { MP_SCORE_MAX = 100 };

struct mp_rule {
    struct mp_str id;
    size_t category; /* place in the protocol's list, or its length: none */
    int64_t points;
    const struct mp_condition *when;
    uint64_t places;        /* in the lookup, of all paths that `when` asks for */
    enum mp_truth blank;    /* truth where nothing stands at any of them */
    uint64_t blank_missing; /* and what is missing then */
    struct mp_str json;     /* `{"rule":...,"points":...,"why":...,"source":...`, not closed */
};

struct mp_protocol { /* zeroed; mp_protocol_free frees */
    struct mp_arena arena;
    struct mp_str json; /* `{"protocol":"NAME/VERSION","category":` */
    struct mp_str *categories;
    size_t n_categories;
    struct mp_rule *rules;
    size_t n_rules;
    struct mp_lookup lookup;            /* bound to all rules */
    struct mp_str names[MP_LOOKUP_MAX]; /* of the places, as JSON texts */
    /* places in the lookup of what is looked at beside the rules */
    size_t registered, traffic_light, kind, missing_since, returned_at;
};

/* Reads the file; `lang` (nl or en) is the language of the reasons. 0, or -1 with the error (RULES
 * at the mistake's place, OPEN or MEMORY); to be freed in both cases. */
int mp_protocol_load(struct mp_protocol *p, const char *path, const char *lang, struct mp_error *e);

void mp_protocol_free(struct mp_protocol *p);

#endif
