/*
 * What every program of the toolkit has: the common options, its output and rejects, messages,
 * counts and the exit status. A tool fills in the first part of struct mp_app and then calls, in
 * this order, mp_app_start, (its own reading of rules), mp_app_open, one of mp_app_each_*, and
 * mp_app_end.
 *
 * Functions that return int give 0 to go on and -1 when the run has to stop; the reason has been
 * said by then and the tool only has to get to mp_app_end.
 */
#ifndef MP_CLI_APP_H
#define MP_CLI_APP_H

#include "cli/diag.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/stage.h"
#include "io/input.h"
#include "io/output.h"
#include "io/record.h"

#define MP_VERSION "0.1.0"

struct mp_counts {
    uint64_t in;       /* records read */
    uint64_t out;      /* of them, passed on as a record of their own */
    uint64_t joined;   /* of them, joined into something else: an episode, a count, a page */
    uint64_t rejected; /* of them, set aside for a defect */
    uint64_t dropped;  /* of them, left out by a rule */
    uint64_t written;  /* lines written that are no input record: episodes, rows */
};

/* A file that a program writes beside its records: put in place with them, or not at all. A log is
 * added to. */
struct mp_app_file {
    const char *option; /* that names it */
    const char *path;   /* NULL: not asked for */
    bool log;
    struct mp_output out;
};

enum { MP_APP_FILES = 32 };

struct mp_app {
    /* the tool's own */
    const char *name;
    const char *about; /* one line for --help and the man page */
    const char *usage; /* behind the name */
    const struct mp_opt *options;
    size_t n_options;
    enum mp_scope scope;
    const char *written_name;   /* what counts.written counts ("episodes", "rows"), or NULL */
    struct mp_app_file *others; /* at most MP_APP_FILES, or NULL */
    size_t n_others;
    const struct mp_skim *skim; /* what is read of the records (io/skim.h); NULL: all */
    struct mp_stage *stage; /* through which the records pass before they are written, or NULL */
    bool no_input;          /* it makes its records up: no FILEs, and no options about them */

    /* the command line's */
    const char *output, *reject_file, *progress_mode, *docs;
    int64_t max_rejects, max_record;
    bool quiet, errors_json, line_buffered, help, version, build_info;
    char **files; /* never empty: "-" stands for standard input */
    size_t n_files;

    /* the run's */
    struct mp_output out, rejects;
    struct mp_diag diag;
    struct mp_progress progress;
    struct mp_counts counts;
    uint64_t bytes; /* of inputs that are done */
    bool opened;    /* the outputs are open */
    bool failed;    /* a fatal error was said */
    bool stop;      /* nobody reads any more */
    char *stdin_only[1];
};

enum { MP_APP_GO = -1 };

/* Reads the command line. MP_APP_GO, or the exit status to end with (--help, a usage error). */
int mp_app_start(struct mp_app *app, int argc, char **argv);

/* Opens outputs and locks the sandbox: all rules must have been read. */
int mp_app_open(struct mp_app *app);

/* Says a fatal error. Returns -1. */
int mp_app_fail(struct mp_app *app, const struct mp_error *e);

/* Says a note or warning. */
void mp_app_say(struct mp_app *app, const struct mp_error *e);

/* Sets raw bytes aside for the reason `why` (its place is theirs) and counts them once: pieces
 * after the first (part > 1) are not counted. -1 when there are more than --max-rejects. */
int mp_app_reject(struct mp_app *app, const struct mp_error *why, struct mp_str raw, size_t record,
                  uint64_t offset, size_t part);

/* To be called for each record that was written and counts as its own, where there may be a stage:
 * its place in the input, for what is to be said of it later. */
void mp_app_place(struct mp_app *app, struct mp_str file, size_t line);

/* To be called after each record that was written: passes output on when there is enough. */
int mp_app_check(struct mp_app *app);

/* The same for one of the others. Nobody reading it is an error: what it says is lost. */
int mp_app_check_file(struct mp_app *app, struct mp_app_file *file);

/* Shows progress; `in` is the input being read. */
void mp_app_progress(struct mp_app *app, const struct mp_input *in);

/* The same for work that is not reading: see mp_progress_step. */
void mp_app_progress_step(struct mp_app *app, const char *what, uint64_t done, uint64_t total);

typedef int mp_app_file_fn(struct mp_app *app, struct mp_input *in, void *ctx);
typedef int mp_app_record_fn(struct mp_app *app, struct mp_rec *rec, void *ctx);

/* Calls `each` with every input in turn, opened. */
int mp_app_each_file(struct mp_app *app, mp_app_file_fn *each, void *ctx);

/*
 * Calls `each` with every record of every input. A line that is no JSON object is rejected here,
 * and so is one whose `schema` is not `schema` (NULL: any object will do). counts.in and rejected
 * are kept here, the others by `each`. Blank lines are passed over.
 */
int mp_app_each_record(struct mp_app *app, const char *schema, mp_app_record_fn *each, void *ctx);

/* The same for one input that is open already. */
int mp_app_records_of(struct mp_app *app, struct mp_input *in, const char *schema,
                      mp_app_record_fn *each, void *ctx);

/* Puts the outputs in place (or takes them away after a failure), says the summary and checks
 * that nothing was lost. Returns the exit status. */
int mp_app_end(struct mp_app *app);

#endif
