/*
 * Work on every record behind a program's own, in several threads, in order.
 *
 * The program goes on writing lines into its output's buffer. A stage that is set in struct mp_app
 * takes them from there in chunks that end with a line, has each one transformed, and writes what
 * came of them in the order of the chunks: the bytes are the same with one thread as with many.
 * Few chunks are under way at a time, so that memory does not grow with the input.
 */
#ifndef MP_CLI_STAGE_H
#define MP_CLI_STAGE_H

#include "io/output.h"

/*
 * Transforms `lines` (whole ones, with their LF) and appends the result to `out`; `worker` belongs
 * to the thread alone, and it sees its chunks in the order of the input. What is to be said goes
 * to `notes` as struct mp_error without a file. One with a line is said of that one of `lines`,
 * from 1, and gets the place it comes from; of those without, the first of each code is kept. False
 * if memory ran out.
 */
typedef bool mp_stage_fn(void *worker, struct mp_str lines, struct mp_buf *out,
                         struct mp_buf *notes);

enum { MP_STAGE_JOBS_MAX = 256 };

struct mp_stage { /* zeroed but for the first part: ready; mp_stage_free frees */
    mp_stage_fn *work;
    void **workers; /* `jobs` of them; borrowed */
    size_t jobs;    /* 1: the caller's thread does the work */
    /* of the lines that were written, in their order: struct mp_error, for the caller to say and to
     * take out (len = 0) whenever a function below was called */
    struct mp_buf notes;
    /* private */
    struct mp_stage_run *run; /* NULL: no threads */
    struct mp_buf places;     /* of the lines that wait in the output's buffer */
    struct mp_buf spare, own_notes;
    bool noted[MP_N_CODES]; /* of no line */
};

/* Processors that this process may use; at least 1, at most MP_STAGE_JOBS_MAX. */
size_t mp_stage_processors(void);

/* To be called for each line that is put into the output's buffer: the place (`file` borrowed until
 * the stage is freed) that notes on it get. */
void mp_stage_place(struct mp_stage *s, struct mp_str file, size_t line);

/* To be called after each record, in the place of mp_output_check: passes a full chunk on, or
 * every line at once if the output is line-buffered. 0, or -1 with the error. */
int mp_stage_check(struct mp_stage *s, struct mp_output *out, struct mp_error *e);

/* Whether lines are under way that mp_stage_drain would write. */
bool mp_stage_waits(const struct mp_stage *s, const struct mp_output *out);

/* Waits for everything that is under way and writes it. 0, or -1 with the error. */
int mp_stage_drain(struct mp_stage *s, struct mp_output *out, struct mp_error *e);

/* Ends the threads; what is still under way is lost. */
void mp_stage_free(struct mp_stage *s);

#endif
