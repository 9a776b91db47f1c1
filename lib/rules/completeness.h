/*
 * Completeness: what a report ought to tell, and whether it does, read from YAML.
 *
 *     completeness: NAME            version: 1            title: {nl: TEXT, en: TEXT}
 *     description:                  the outward description, from the quotes of signals
 *       signal: CODE                status: [STATUS, ...]
 *       kinds: [{id: ID, words: [WORD, ...]}, ...]
 *       grades: [{id: ID, kinds: N}, ...]     the best first, the last one from 0 kinds
 *     groups: [{id: ID, applies: CONDITION}, ...]    situations of a record (without: any)
 *     items:
 *       - id: ID
 *         group: ID                 the item is looked for where its group applies
 *         unasked: ID               a group in which it is not asked for (may be left out)
 *         weight: 1                 1 to 100; without: 1
 *         applies: TEST             without: wherever its group does
 *         present: TEST             no: TEST      the report says explicitly that there is none
 *         kinds: [ID, ...]          present, too, where one of these kinds is described
 *         question: {nl: TEXT, en: TEXT}
 *         source: TEXT
 *     flags:
 *       - id: ID
 *         silent: ID                an item that the report is silent about (may be left out)
 *         when: TEST                why: {nl: TEXT, en: TEXT}             source: TEXT
 *
 * A TEST is a condition (io/condition.h). Beside it may stand, as applies_words, present_words,
 * no_words or when_words, a list of words (rules/seek.h) that do as well where they stand in the
 * text of the record or of a report that it was merged from.
 *
 * An item of which nothing is said is silent; one that is present or explicitly not there is not.
 */
#ifndef MP_RULES_COMPLETENESS_H
#define MP_RULES_COMPLETENESS_H

#include "io/rules.h"

struct mp_completeness; /* lives in the arena that it was read into */

/* Reads the file. 0, or -1 with the error (RULES at the mistake's place, OPEN or MEMORY). */
int mp_completeness_load(struct mp_completeness **out, const struct mp_rules *r, const char *path,
                         struct mp_error *e);

/* Decides about the record that the case has read last, and gives the case its number of kinds. */
void mp_completeness_read(struct mp_completeness *c, struct mp_case *k);

/*
 * Appends what was decided as keys of an object that has keys already:
 *
 *     ,"completeness":{"profile":...,"present":N,"no":N,"silent":N,"of":N,"percent":N,
 *      "description":{"grade":...,"kinds":[...]},"items":{ID:STATE,...}}
 *     ,"missing_items":[...],"questions":[...]
 *
 * percent: the weight of items present or explicitly not there among those that apply, rounded
 * down; null where none applies. grade: null where the text has not been read or its words are
 * left out. Memory that ran out shows as b->failed.
 */
void mp_completeness_add(struct mp_buf *b, const struct mp_completeness *c);

/* Appends `,"flags":[...]`, the claims without grounds, and returns how many there are. The case
 * must hold the same record still. */
size_t mp_completeness_add_flags(struct mp_buf *b, struct mp_completeness *c,
                                 const struct mp_case *k);

#endif
