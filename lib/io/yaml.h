/*
 * Rules in YAML: read whole, checked, every mistake with file, line and column.
 *
 * libyaml parses; this module adds what rules need: duplicate keys, anchors, a second document,
 * nesting too deep or a file of more than 1 MiB are mistakes, and a reader can say which keys it
 * knows.
 */
#ifndef MP_IO_YAML_H
#define MP_IO_YAML_H

#include "base/arena.h"
#include "base/error.h"
#include <stdint.h>

enum mp_yaml_kind { MP_YAML_TEXT, MP_YAML_LIST, MP_YAML_MAP };

struct mp_yaml {
    enum mp_yaml_kind kind;
    bool quoted;
    /* TEXT; NUL-terminated. An empty plain text or ~ is nothing at all: p NULL */
    struct mp_str text;
    size_t n;               /* LIST: items; MAP: pairs */
    struct mp_yaml **items; /* LIST: values; MAP: values */
    struct mp_yaml **keys;  /* MAP: keys, TEXT */
    struct mp_str file;
    size_t line, col;
};

/* Reads a file into the arena. 0, or -1 with the error (RULES, OPEN, READ or MEMORY). The file's
 * name is copied. */
int mp_yaml_load(struct mp_arena *a, const char *path, struct mp_yaml **root, struct mp_error *e);

/* Value of a key; NULL if `map` is NULL, no map, or has no such key. */
struct mp_yaml *mp_yaml_get(const struct mp_yaml *map, const char *key);

/* A mistake at this place. Returns -1. */
int mp_yaml_fail(const struct mp_yaml *at, struct mp_error *e, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* -1 unless `map` is a map whose keys are all in the blank-separated list `known`. */
int mp_yaml_check(const struct mp_yaml *map, const char *known, struct mp_error *e);

/* Each of these reads the key of a map. If it is missing: *out stays as it was and the result is
 * 0 - or -1 where `must` is set. -1 also if it is of another kind. */
int mp_yaml_text(const struct mp_yaml *map, const char *key, bool must, struct mp_str *out,
                 struct mp_error *e);
int mp_yaml_int(const struct mp_yaml *map, const char *key, bool must, int64_t *out,
                struct mp_error *e);
int mp_yaml_bool(const struct mp_yaml *map, const char *key, bool *out, struct mp_error *e);

/* A list, or one value that stands for a list of one: the number of items, and the i-th. */
size_t mp_yaml_count(const struct mp_yaml *list_or_one);
struct mp_yaml *mp_yaml_item(struct mp_yaml *list_or_one, size_t i);

/* -1 unless it is text that is there. */
int mp_yaml_is_text(const struct mp_yaml *y, struct mp_error *e);

#endif
