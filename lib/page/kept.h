/* Words that look like a name and are none: what stays of a text from which names are taken. */
#ifndef MP_PAGE_KEPT_H
#define MP_PAGE_KEPT_H

#include "base/hash.h"
#include "io/yaml.h"

struct mp_kept { /* zeroed: none; mp_kept_free frees */
    struct mp_map words;
};

/* Reads the lists small, keep and towns. 0, or -1 with the error. */
int mp_kept_load(struct mp_kept *k, const struct mp_yaml *root, struct mp_error *e);

/* A preposition or what somebody is called beside the name. */
bool mp_kept_small(const struct mp_kept *k, struct mp_str word);

/*
 * Whether text.p[start..end) stays. It does not beside a word with a capital that does not: they
 * may be a first and a last name. Then, and if it would stay alone, *pair is both of them, else it
 * is empty.
 */
bool mp_kept_here(const struct mp_kept *k, struct mp_str text, size_t start, size_t end,
                  struct mp_str *pair);

void mp_kept_free(struct mp_kept *k);

#endif
