/* Where the rules lie. */
#include "cli/schemas.h"
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

int mp_schemas_path(struct mp_buf *b, const char *folder, const char *name, struct mp_error *e)
{
    b->len = 0;
    size_t n = strlen(name);
    if (strchr(name, '/') || (n > 5 && strcmp(name + n - 5, ".yaml") == 0))
        mp_buf_adds(b, name);
    else if (mp_schemas_dir(b, e) < 0)
        return -1;
    else
        mp_buf_addf(b, "/%s/%s.yaml", folder, name);
    return mp_buf_cstr(b) ? 0 : mp_error_memory(e);
}
