/* The rules of a folder: its *.yaml files. */
#ifndef MP_IO_FOLDER_H
#define MP_IO_FOLDER_H

#include "base/arena.h"
#include "base/error.h"

enum { MP_YAML_ENDING = sizeof ".yaml" - 1 };

/* Whether the name ends in .yaml, with something before it. */
bool mp_folder_is_yaml(const char *name);

/* Paths of the folder's *.yaml, in byte order of their names; arena memory. 0, or -1 with the
 * error (OPEN or MEMORY). */
int mp_folder_yaml(struct mp_arena *a, const char *folder, struct mp_str **paths, size_t *n,
                   struct mp_error *e);

/* The name of such a path without folder and ending; borrowed. */
struct mp_str mp_folder_name(struct mp_str path);

#endif
