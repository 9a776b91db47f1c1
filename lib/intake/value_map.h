/* Values that a profile knows, by patterns, and what they become. */
#ifndef MP_INTAKE_VALUE_MAP_H
#define MP_INTAKE_VALUE_MAP_H

#include "base/buf.h"
#include "intake/memo.h"
#include "io/yaml.h"

/* Values and what they become; patterns are folded globs, tried in their order. */
struct mp_value_map {
    size_t n;
    struct mp_str *patterns, *values;
    struct mp_memo *memo;
};

int mp_value_map_read(struct mp_arena *a, struct mp_yaml *y, struct mp_value_map *out,
                      struct mp_error *e);

/* {NULL, 0} if no pattern fits. `folded` is scratch. */
struct mp_str mp_value_map_find(const struct mp_value_map *m, struct mp_str s,
                                struct mp_buf *folded);

/* Whether one of the patterns fits the folded text. */
bool mp_patterns_fit(const struct mp_str *patterns, size_t n, struct mp_str folded);

/* A list of patterns from YAML, folded. */
int mp_patterns_read(struct mp_arena *a, struct mp_yaml *y, struct mp_str **out, size_t *n,
                     struct mp_error *e);

#endif
