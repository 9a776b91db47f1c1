/* What the readers of a linkage model's parts share. Only for link/model*.c. */
#ifndef MP_LINK_MODEL_READ_H
#define MP_LINK_MODEL_READ_H

#include "link/model.h"

struct mp_link_model_reader {
    struct mp_arena *arena;
    struct mp_link_model *m;
    struct mp_buf scratch;
    struct mp_error *e;
};

/* The key's map or list, which must be there, of this kind, not empty and of at most `max` items
 * (0: any number). NULL with the error. */
struct mp_yaml *mp_link_model_part(struct mp_link_model_reader *r, struct mp_yaml *map,
                                   const char *key, enum mp_yaml_kind kind, size_t max);

/* A whole number from 0 up to a bound that keeps all sums small. */
int mp_link_model_number(struct mp_link_model_reader *r, struct mp_yaml *y, const char *key,
                         bool must, int64_t *out);

/* A share, from 0 to 1; *out stays as it was where the key is missing. */
int mp_link_model_share(struct mp_link_model_reader *r, struct mp_yaml *map, const char *key,
                        double *out);

/* The same of a value itself. */
int mp_link_model_share_of(struct mp_link_model_reader *r, const struct mp_yaml *y, double *out);

/* Place of the field that is called so. */
int mp_link_model_field(struct mp_link_model_reader *r, const struct mp_yaml *y, size_t *out);

/* Reads `compare` and `block`, where they are there. */
int mp_link_model_compare(struct mp_link_model_reader *r, struct mp_yaml *root);

/* Reads `weights`, or guesses them. Behind `compare`. */
int mp_link_model_weights(struct mp_link_model_reader *r, struct mp_yaml *root);

/* Keeps the file's text. */
int mp_link_model_keep(struct mp_link_model_reader *r, const char *path,
                       const struct mp_yaml *root);

/* Reads `lessons`, where they are there. */
int mp_link_model_lessons(struct mp_link_model_reader *r, struct mp_yaml *root);

#endif
