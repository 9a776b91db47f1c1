/*
 * The audit: which records are registered as less pressing than the protocol says, with the
 * criterion and the words, and which claims have no grounds. One JSON object a record, without
 * names, dates of birth and narrative.
 */
#ifndef MP_RULES_AUDIT_H
#define MP_RULES_AUDIT_H

#include "rules/triage.h"

/* Whether there is something to tell of the record that was judged last. */
bool mp_audit_has(const struct mp_triage *t);

/* Appends its line, with LF. */
void mp_audit_add(struct mp_buf *b, const struct mp_triage *t);

#endif
