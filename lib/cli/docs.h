/* What documentation is made from the option and message tables. */
#ifndef MP_CLI_DOCS_H
#define MP_CLI_DOCS_H

#include "cli/options.h"

/* kind: "options" and "diagnostics" give sections of the man page (mdoc), "bash" and "zsh"
 * completions. */
void mp_docs(const char *kind, const char *tool, unsigned scope, const struct mp_opts *opts,
             struct mp_buf *b);

/* Name, version, compiler and libraries, one a line. */
void mp_docs_build_info(const char *tool, struct mp_buf *b);

#endif
