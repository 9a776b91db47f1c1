/*
 * The YAML that rules are mostly written in, read ten times as fast as libyaml does. Between
 * io/yaml.c and io/yaml_plain.c; only for them and their tests.
 */
#ifndef MP_IO_YAML_PLAIN_H
#define MP_IO_YAML_PLAIN_H

#include "io/yaml.h"

enum mp_yaml_found {
    MP_YAML_READ, /* *root is what libyaml would have made of it */
    MP_YAML_ODD,  /* it may be YAML, or a mistake: libyaml's to say */
    MP_YAML_NO_MEMORY,
};

/*
 * Reads a text, to which `file` gives its name; all that the tree holds is the arena's.
 *
 * Plain are block lists and maps, flow lists and maps, plain texts of one line, and quoted ones
 * without escapes but '' on one line. Whatever could be a mistake is odd.
 */
enum mp_yaml_found mp_yaml_plain(struct mp_arena *a, struct mp_str file, struct mp_str text,
                                 struct mp_yaml **root);

/* A node without a value, at this place (from 1). NULL if memory ran out. */
struct mp_yaml *mp_yaml_node(struct mp_arena *a, enum mp_yaml_kind kind, struct mp_str file,
                             size_t line, size_t col);

/* Puts an item behind those of a list, or a pair behind those of a map (key NULL: a list). False if
 * memory ran out. */
bool mp_yaml_append(struct mp_arena *a, struct mp_yaml *to, struct mp_yaml *key,
                    struct mp_yaml *value);

/* Gives a text node its text, a plain one also nothing at all. False if memory ran out. */
bool mp_yaml_set(struct mp_arena *a, struct mp_yaml *y, struct mp_str text, bool quoted);

enum { MP_YAML_DEPTH = 24 /* of a node in others at most */ };

#endif
