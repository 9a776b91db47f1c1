/*
 * The command line. One table per program feeds the parser, --help, the man page and the shell
 * completions, so that they cannot drift apart.
 */
#ifndef MP_CLI_OPTIONS_H
#define MP_CLI_OPTIONS_H

#include "base/buf.h"
#include "base/error.h"
#include "base/time.h"

enum mp_opt_kind {
    MP_OPT_FLAG,   /* bool * */
    MP_OPT_TEXT,   /* const char ** */
    MP_OPT_CHOICE, /* const char **, one of the blank-separated `choices` */
    MP_OPT_COUNT,  /* int64_t *, not negative */
    MP_OPT_SIZE,   /* int64_t *, bytes; K, M, G behind it are powers of 1024 */
    MP_OPT_DATE,   /* struct mp_time *, YYYY-MM-DD or YYYY-MM-DDTHH:MM */
    MP_OPT_LIST,   /* struct mp_opt_list *, may be given several times */
};

struct mp_opt_list {
    const char *items[16];
    size_t n;
};

struct mp_opt {
    char letter;      /* 0: none */
    const char *name; /* without the dashes */
    const char *arg;  /* what its argument is called; NULL for a flag */
    enum mp_opt_kind kind;
    void *to;
    const char *choices; /* CHOICE */
    const char *help;    /* one line, ends without a full stop */
};

/* A table of two parts: the program's own and those that every program has. */
struct mp_opts {
    const struct mp_opt *own, *common;
    size_t n_own, n_common;
    bool no_files; /* the program takes none */
};

/* The i-th of all, or NULL behind the last. */
const struct mp_opt *mp_opts_at(const struct mp_opts *o, size_t i);

/*
 * Reads argv[1..]. Options and files may be mixed, `--` ends options, `-` is a file; short options
 * may be joined (-qo FILE), long ones take --name=VALUE or --name VALUE and must be written out.
 * The files are gathered at argv[1..*n_files]. 0, or -1 with a USAGE error.
 */
int mp_opts_read(const struct mp_opts *o, int argc, char **argv, size_t *n_files,
                 struct mp_error *e);

/* The list that --help shows. */
void mp_opts_help(const struct mp_opts *o, struct mp_buf *b);

#endif
