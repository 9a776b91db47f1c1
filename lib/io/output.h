/*
 * One output: appended to in memory, written in large pieces, every write checked.
 *
 * A named file is written beside itself and takes its name only in mp_output_commit, so that an
 * old file survives any failure.
 */
#ifndef MP_IO_OUTPUT_H
#define MP_IO_OUTPUT_H

#include "base/buf.h"
#include "base/error.h"

struct mp_output {
    struct mp_buf buf; /* append here, then call mp_output_check */
    const char *name;  /* borrowed; "-" is standard output */
    bool line_buffered;
    bool append;      /* a log: see mp_output_append */
    bool closed_pipe; /* the reader has gone (EPIPE): nothing more is written, not an error */
    /* private */
    int fd;
    char *path;      /* that the finished file will have, links followed; NULL: written directly */
    char *temporary; /* path of the file being written */
};

/* To be called once at the start: a signal that ends the program (TERM, INT, HUP ...) then takes
 * unfinished files with it. */
void mp_output_clean_on_signal(void);

/* Opens `path`, NULL or "-" for standard output. 0, or -1 with the error. */
int mp_output_open(struct mp_output *out, const char *path, struct mp_error *e);

/*
 * Opens a log, to which is added: what stands in it stays, also after a failure, and where its last
 * line was cut off a new one begins. Every flush is one write at its end, brought to the disk. A
 * new file is its owner's alone. Devices, pipes and "-" as with mp_output_open.
 */
int mp_output_append(struct mp_output *out, const char *path, struct mp_error *e);

/* The folder in which a file lies or will lie; the caller frees it. NULL: out of memory. */
char *mp_output_folder(const char *path);

/* Slow path of mp_output_check: writes everything that is buffered. */
int mp_output_flush(struct mp_output *out, struct mp_error *e);

enum { MP_OUTPUT_FULL = 256 * 1024 };

/* To be called after each record: writes when enough is there, or always if line_buffered.
 * -1: error, or memory ran out in an append. */
static inline int mp_output_check(struct mp_output *out, struct mp_error *e)
{
    if (out->buf.len < MP_OUTPUT_FULL && !out->line_buffered && !out->buf.failed)
        return 0;
    return mp_output_flush(out, e);
}

/* Writes the rest, brings it to the disk, and puts the file in its place. */
int mp_output_commit(struct mp_output *out, struct mp_error *e);

/* Closes and removes an unfinished file. Harmless after a commit. */
void mp_output_abandon(struct mp_output *out);

#endif
