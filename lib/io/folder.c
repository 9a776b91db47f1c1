/* The rules of a folder. */
#include "io/folder.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

bool mp_folder_is_yaml(const char *name)
{
    size_t n = strlen(name);
    return n > MP_YAML_ENDING && strcmp(name + n - MP_YAML_ENDING, ".yaml") == 0;
}

static int is_rules(const struct dirent *entry)
{
    return mp_folder_is_yaml(entry->d_name);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static struct mp_str path_of(struct mp_arena *a, const char *folder, const char *name)
{
    size_t n = strlen(folder) + 1 + strlen(name);
    char *path = mp_arena_alloc(a, n + 1);
    if (path)
        snprintf(path, n + 1, "%s/%s", folder, name);
    return (struct mp_str){path, path ? n : 0};
}

int mp_folder_yaml(struct mp_arena *a, const char *folder, struct mp_str **paths, size_t *n,
                   struct mp_error *e)
{
    struct dirent **entries;
    int found = scandir(folder, &entries, is_rules, by_name), bad = 0;
    *n = 0;
    if (found < 0)
        return errno == ENOMEM
                   ? mp_error_memory(e)
                   : mp_error_set(e, MP_OPEN, "cannot open %s: %s", folder, strerror(errno));
    *paths = mp_arena_alloc(a, ((size_t)found + 1) * sizeof **paths);
    for (int i = 0; i < found; i++) {
        struct mp_str path = *paths ? path_of(a, folder, entries[i]->d_name) : (struct mp_str){0};
        if (path.p)
            (*paths)[(*n)++] = path;
        else
            bad = mp_error_memory(e);
        free(entries[i]);
    }
    free(entries);
    return *paths ? bad : mp_error_memory(e);
}

struct mp_str mp_folder_name(struct mp_str path)
{
    const char *slash = memrchr(path.p, '/', path.n);
    size_t skip = slash ? (size_t)(slash - path.p) + 1 : 0;
    return (struct mp_str){path.p + skip, path.n - skip - MP_YAML_ENDING};
}
