/* Where the rules lie. */
#include "cli/schemas.h"
#include "io/folder.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

int mp_schemas_dir(struct mp_buf *b, struct mp_error *e)
{
    const char *given = getenv("MP_SCHEMAS");
    if (given && *given) {
        mp_buf_adds(b, given);
        return b->failed ? mp_error_memory(e) : 0;
    }
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    for (int up = 0; up < 2 && n > 0; up++) /* the program's name, then bin */
        while (n > 0 && self[--n] != '/')
            ;
    if (n <= 0)
        return mp_error_set(e, MP_OPEN, "cannot tell where the rules lie; set MP_SCHEMAS");
    static const char *const places[] = {"/schemas", "/share/mp/schemas"};
    size_t start = b->len;
    for (size_t i = 0; i < 2; i++) {
        b->len = start;
        mp_buf_add(b, self, (size_t)n);
        mp_buf_adds(b, places[i]);
        if (!mp_buf_cstr(b))
            return mp_error_memory(e);
        if (access(b->data + start, R_OK | X_OK) == 0)
            return 0;
    }
    return mp_error_set(e, MP_OPEN, "no rules at %s; set MP_SCHEMAS", b->data + start);
}

static bool is_path(const char *name)
{
    return strchr(name, '/') || mp_folder_is_yaml(name);
}

int mp_schemas_path(struct mp_buf *b, const char *folder, const char *name, struct mp_error *e)
{
    b->len = 0;
    if (is_path(name))
        mp_buf_adds(b, name);
    else if (mp_schemas_dir(b, e) < 0)
        return -1;
    else
        mp_buf_addf(b, "%s%s/%s.yaml", folder ? "/" : "", folder ? folder : "", name);
    return mp_buf_cstr(b) ? 0 : mp_error_memory(e);
}

/* The error that lists what the folder has. */
static int say_what_there_is(const char *folder, const char *name, struct mp_error *e)
{
    struct mp_arena arena = {0};
    struct mp_str *paths;
    struct mp_buf names = {0};
    char quote[200];
    size_t n;
    int bad = mp_folder_yaml(&arena, folder, &paths, &n, e);
    for (size_t i = 0; !bad && i < n; i++) {
        mp_buf_addc(&names, ' ');
        mp_buf_addstr(&names, mp_folder_name(paths[i]));
    }
    mp_arena_free(&arena);
    if (bad)
        return -1;
    if (mp_buf_cstr(&names))
        mp_error_set(e, MP_OPEN, "there is no '%s' in %s, only:%s",
                     mp_error_quote(mp_str_of(name), quote), folder, names.data);
    else
        mp_error_memory(e);
    mp_buf_free(&names);
    return -1;
}

int mp_schemas_find(struct mp_buf *b, const char *folder, const char *name, struct mp_error *e)
{
    if (mp_schemas_path(b, folder, name, e) < 0)
        return -1;
    if (is_path(name) || access(b->data, F_OK) == 0)
        return 0;
    b->data[b->len - strlen(name) - 6] = '\0'; /* "/NAME.yaml" */
    return say_what_there_is(b->data, name, e);
}
