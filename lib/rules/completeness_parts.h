/* What a profile of completeness is made of; for its reader and its use alone. */
#ifndef MP_RULES_COMPLETENESS_PARTS_H
#define MP_RULES_COMPLETENESS_PARTS_H

#include "rules/completeness.h"
#include "rules/seek.h"

/* All texts named json are ready to be written. Groups, kinds and sets of words are bits. */
enum { MP_BITS_MAX = 64 };

struct mp_test { /* holds where the condition is true or one of the words stands in the text */
    struct mp_when when; /* condition NULL: words alone, or nothing */
    uint64_t words;      /* its set; 0: none */
};

struct mp_kind {
    struct mp_str id, json;
};

struct mp_grade {
    struct mp_str json;
    int64_t kinds; /* from so many */
};

struct mp_description {
    struct mp_str signal, *statuses;
    size_t n_statuses;
    struct mp_seek words; /* a set for each kind */
    struct mp_kind *kinds;
    struct mp_grade *grades; /* the last one has kinds 0 */
    size_t n_kinds, n_grades;
};

struct mp_group {
    struct mp_str id;
    struct mp_when applies;
};

struct mp_item {
    struct mp_str id, json, question;
    size_t group, unasked; /* the latter n_groups: none */
    int64_t weight;
    uint64_t kinds;
    struct mp_test applies, present, no;
};

struct mp_flag {
    struct mp_str id, json; /* `{"flag":...,"why":...,"source":...`, not closed */
    size_t silent;          /* item; n_items: none */
    struct mp_test when;
};

struct mp_completeness {
    struct mp_str label;
    struct mp_description description;
    struct mp_group *groups;
    struct mp_item *items;
    struct mp_flag *flags;
    size_t n_groups, n_items, n_flags;
    struct mp_seek words;                   /* a set for each test that has words */
    size_t text_at, reports_at, signals_at; /* places in the lookup */

    /* of the record at hand */
    unsigned char *states; /* of the items */
    uint64_t in_groups;    /* that apply */
    uint64_t kinds;
    bool is_described;    /* kinds can be told */
    bool is_searched;     /* the text, which is done when a test first asks */
    bool failed;          /* memory ran out */
    uint64_t found_words; /* tests of which a word stands in it */
};

#endif
