/*
 * What a model of synthetic reports is made of - shares, weights, spreads of time, templates - and
 * reading them from YAML. Included by the rooms of lib/synth alone.
 *
 * Reading functions return 0, or -1 with the error of the reader. What is read lives in the arena.
 */
#ifndef MP_SYNTH_READ_H
#define MP_SYNTH_READ_H

#include "base/buf.h"
#include "io/yaml.h"
#include "synth/chance.h"

struct mp_synth_reader {
    struct mp_arena *arena;
    struct mp_error *e;
};

/* Texts that are drawn by weight. */
struct mp_synth_weights {
    size_t n; /* 0: nothing to draw from */
    struct mp_str *texts;
    uint32_t *upto; /* sum of the weights up to and with this one */
};

/* Stretches of time that are drawn by weight, every minute of one alike. */
struct mp_synth_spread {
    struct mp_synth_weights of;
    struct mp_synth_range {
        int32_t from, to; /* minutes, both possible */
    } * ranges;
};

/* A text with places to fill in: {name} takes a value or a text of a list, {m/f} goes by sex. */
struct mp_synth_template {
    size_t n;
    struct mp_synth_piece {
        enum mp_synth_piece_kind {
            MP_SYNTH_TEXT,
            MP_SYNTH_VALUE,
            MP_SYNTH_LIST,
            MP_SYNTH_BY_SEX
        } kind;
        struct mp_str text;  /* TEXT; BY_SEX: of a boy */
        struct mp_str other; /* BY_SEX: of a girl */
        size_t value;        /* VALUE: number of its name; LIST: number of the list */
    } * pieces;
};

/* Lists of texts that templates name. */
struct mp_synth_lists {
    size_t n;
    struct mp_str *names;
    struct mp_synth_weights *lists;
};

/* A place among the weights. There must be one. */
size_t mp_synth_place(const struct mp_synth_weights *w, struct mp_chance *c);

static inline struct mp_str mp_synth_pick(const struct mp_synth_weights *w, struct mp_chance *c)
{
    return w->texts[mp_synth_place(w, c)];
}

/* Minutes. */
int32_t mp_synth_minutes(const struct mp_synth_spread *s, struct mp_chance *c);

/* Appends the template; values[i] stands for the i-th known name. */
void mp_synth_fill(struct mp_buf *b, const struct mp_synth_template *t, const struct mp_str *values,
                   const struct mp_synth_lists *lists, bool girl, struct mp_chance *c);

/* The part of a text with a slash ("m/f") that is for this sex; the whole one without. */
struct mp_str mp_synth_by_sex(struct mp_str text, bool girl);

/* The key's map or list, which must be there and not be empty; NULL with the error. */
struct mp_yaml *mp_synth_part(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                              enum mp_yaml_kind kind);

/* "2.5%" in parts of MP_SHARE_ALL, up to four decimals. */
int mp_synth_read_share(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                        uint32_t *out);

/* A whole number from low to high. */
int mp_synth_read_number(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                         int64_t low, int64_t high, int64_t *out);

/* "90m", "6h", "14d" in minutes, at least `low`. */
int mp_synth_read_time(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                       int32_t low, int32_t *out);

/* A map of texts with weights. */
int mp_synth_read_weights(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                          struct mp_synth_weights *out);

/* The same, where the texts are whole numbers from low to high; they are given in `values`. */
int mp_synth_read_numbers(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                          int64_t low, int64_t high, struct mp_synth_weights *out,
                          int64_t **values);

/* A list of {weight, from, to}; no time below `low`. */
int mp_synth_read_spread(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                         int32_t low, struct mp_synth_spread *out);

/* A list of texts, all alike probable. */
int mp_synth_read_list(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                       struct mp_synth_weights *out);

/* A text with places; `known`: names of the values, with blanks between. lists may be NULL. */
int mp_synth_read_template(struct mp_synth_reader *r, const struct mp_yaml *at, struct mp_str text,
                           const char *known, const struct mp_synth_lists *lists,
                           struct mp_synth_template *out);

#endif
