/* Where the rules lie: $MP_SCHEMAS, or schemas/ beside bin/ (a checkout), or share/mp/schemas
 * beside bin/ (installed under any PREFIX). */
#ifndef MP_CLI_SCHEMAS_H
#define MP_CLI_SCHEMAS_H

#include "base/buf.h"
#include "base/error.h"

/* The folder without a final slash, appended to b. 0, or -1 with the error. */
int mp_schemas_dir(struct mp_buf *b, struct mp_error *e);

/*
 * Path of one file of rules: `name` itself where it holds a slash or ends in .yaml, else
 * DIR/folder/name.yaml (folder NULL: DIR/name.yaml); NUL-terminated in b, which is emptied first.
 * 0 or -1.
 */
int mp_schemas_path(struct mp_buf *b, const char *folder, const char *name, struct mp_error *e);

/* The same for a name that somebody chose: where the folder has no such file, an OPEN error that
 * lists what it has. */
int mp_schemas_find(struct mp_buf *b, const char *folder, const char *name, struct mp_error *e);

#endif
