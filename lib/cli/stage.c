/* Work on every record behind a program's own, in several threads, in order. */
#include "cli/stage.h"
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

struct place {
    struct mp_str file;
    size_t line;
};

struct chunk {
    struct mp_buf lines, places, out, notes;
    bool done, failed;
};

struct thread {
    struct mp_stage *stage;
    void *worker;
    pthread_t id;
};

/* A ring of chunks. Counted from the first one on: [got, taken) are worked on or done, [taken,
 * put) wait. A thread looks at a chunk only between taking it and saying that it is done. */
struct mp_stage_run {
    pthread_mutex_t lock;
    pthread_cond_t more, ready;
    struct chunk *ring;
    size_t n_ring;
    size_t put, taken, got;
    bool end;
    struct thread *threads;
    size_t n_threads;
};

size_t mp_stage_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n < 1 ? 1 : n > MP_STAGE_JOBS_MAX ? MP_STAGE_JOBS_MAX : (size_t)n;
}

/* ---- in the threads ---- */

/* The next chunk that waits; NULL at the end. */
static struct chunk *take(struct mp_stage_run *run)
{
    pthread_mutex_lock(&run->lock);
    while (run->taken == run->put && !run->end)
        pthread_cond_wait(&run->more, &run->lock);
    struct chunk *c = run->taken == run->put ? NULL : &run->ring[run->taken++ % run->n_ring];
    pthread_mutex_unlock(&run->lock);
    return c;
}

static void *live(void *ctx)
{
    struct thread *t = ctx;
    struct mp_stage_run *run = t->stage->run;
    for (struct chunk *c; (c = take(run));) {
        bool fine = t->stage->work(t->worker, mp_buf_str(&c->lines), &c->out, &c->notes);
        pthread_mutex_lock(&run->lock);
        c->failed = !fine || c->out.failed || c->notes.failed;
        c->done = true;
        pthread_cond_signal(&run->ready);
        pthread_mutex_unlock(&run->lock);
    }
    return NULL;
}

/* ---- in the program's own ---- */

static void end_run(struct mp_stage *s)
{
    struct mp_stage_run *run = s->run;
    if (!run)
        return;
    pthread_mutex_lock(&run->lock);
    run->end = true;
    run->taken = run->put; /* nobody asks for those that wait */
    pthread_cond_broadcast(&run->more);
    pthread_mutex_unlock(&run->lock);
    for (size_t i = 0; i < run->n_threads; i++)
        pthread_join(run->threads[i].id, NULL);
    for (size_t i = 0; i < run->n_ring; i++) {
        mp_buf_free(&run->ring[i].lines);
        mp_buf_free(&run->ring[i].places);
        mp_buf_free(&run->ring[i].out);
        mp_buf_free(&run->ring[i].notes);
    }
    pthread_cond_destroy(&run->ready);
    pthread_cond_destroy(&run->more);
    pthread_mutex_destroy(&run->lock);
    free(run->threads);
    free(run->ring);
    free(run);
    s->run = NULL;
}

/* Signals are for the thread that writes. */
static void start_threads(struct mp_stage *s, struct mp_stage_run *run)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (; run->n_threads < s->jobs; run->n_threads++) {
        struct thread *t = &run->threads[run->n_threads];
        *t = (struct thread){.stage = s, .worker = s->workers[run->n_threads]};
        if (pthread_create(&t->id, NULL, live, t) != 0)
            break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Where no thread can be had, the caller's own does all the work. */
static void begin_run(struct mp_stage *s)
{
    struct mp_stage_run *run = calloc(1, sizeof *run);
    if (run) {
        run->n_ring = 2 * s->jobs + 1;
        run->ring = calloc(run->n_ring, sizeof *run->ring);
        run->threads = calloc(s->jobs, sizeof *run->threads);
    }
    if (!run || !run->ring || !run->threads) {
        if (run) {
            free(run->ring);
            free(run->threads);
        }
        free(run);
        s->jobs = 1;
        return;
    }
    pthread_mutex_init(&run->lock, NULL);
    pthread_cond_init(&run->more, NULL);
    pthread_cond_init(&run->ready, NULL);
    s->run = run;
    start_threads(s, run);
    if (run->n_threads == 0) {
        end_run(s);
        s->jobs = 1;
    }
}

/* Those of a line with its place, of the others the first of each code. */
static void keep_notes(struct mp_stage *s, struct mp_buf *notes, struct mp_buf *places)
{
    struct mp_error *e = (struct mp_error *)(void *)notes->data;
    const struct place *place = (const struct place *)(const void *)places->data;
    for (size_t i = 0; i < notes->len / sizeof *e; i++) {
        if (e[i].line)
            mp_error_at(&e[i], place[e[i].line - 1].file, place[e[i].line - 1].line, 0);
        else if (s->noted[e[i].code])
            continue;
        else
            s->noted[e[i].code] = true;
        mp_buf_add(&s->notes, &e[i], sizeof e[i]);
    }
    notes->len = places->len = 0;
}

/* Writes what came of the oldest chunk, which is done; out->buf is put aside meanwhile. */
static int write_oldest(struct mp_stage *s, struct mp_output *out, struct mp_error *e)
{
    struct mp_stage_run *run = s->run;
    struct chunk *c = &run->ring[run->got % run->n_ring];
    if (c->failed)
        return mp_error_memory(e);
    struct mp_buf next = out->buf;
    out->buf = c->out;
    int result = mp_output_flush(out, e);
    c->out = out->buf;
    out->buf = next;
    keep_notes(s, &c->notes, &c->places);
    c->lines.len = c->out.len = 0;
    c->done = false;
    run->got++;
    return s->notes.failed ? mp_error_memory(e) : result;
}

/* Writes chunks while they are done; waits for them as long as more than `left` are under way. */
static int collect(struct mp_stage *s, size_t left, struct mp_output *out, struct mp_error *e)
{
    struct mp_stage_run *run = s->run;
    while (run->got < run->put) {
        struct chunk *c = &run->ring[run->got % run->n_ring];
        pthread_mutex_lock(&run->lock);
        while (!c->done && run->put - run->got > left)
            pthread_cond_wait(&run->ready, &run->lock);
        bool done = c->done;
        pthread_mutex_unlock(&run->lock);
        if (!done)
            return 0;
        if (write_oldest(s, out, e) < 0)
            return -1;
    }
    return 0;
}

static void swap(struct mp_buf *a, struct mp_buf *b)
{
    struct mp_buf other = *a;
    *a = *b;
    *b = other;
}

/* Hands out->buf over as a chunk; there is room for it. */
static void put(struct mp_stage *s, struct mp_output *out)
{
    struct mp_stage_run *run = s->run;
    struct chunk *c = &run->ring[run->put % run->n_ring];
    swap(&c->lines, &out->buf);
    swap(&c->places, &s->places);
    pthread_mutex_lock(&run->lock);
    run->put++;
    pthread_cond_signal(&run->more);
    pthread_mutex_unlock(&run->lock);
}

static int work_here(struct mp_stage *s, struct mp_output *out, struct mp_error *e)
{
    if (out->buf.failed || s->places.failed)
        return mp_error_memory(e);
    struct mp_buf lines = out->buf;
    out->buf = s->spare;
    bool fine = s->work(s->workers[0], mp_buf_str(&lines), &out->buf, &s->own_notes);
    lines.len = 0;
    s->spare = lines;
    if (!fine || s->own_notes.failed)
        return mp_error_memory(e);
    keep_notes(s, &s->own_notes, &s->places);
    return s->notes.failed ? mp_error_memory(e) : mp_output_flush(out, e);
}

void mp_stage_place(struct mp_stage *s, struct mp_str file, size_t line)
{
    mp_buf_add(&s->places, &(struct place){file, line}, sizeof(struct place));
}

int mp_stage_check(struct mp_stage *s, struct mp_output *out, struct mp_error *e)
{
    if (out->buf.failed || s->places.failed)
        return mp_error_memory(e);
    if (out->line_buffered)
        return out->buf.len > 0 ? mp_stage_drain(s, out, e) : 0;
    if (out->buf.len < MP_OUTPUT_FULL)
        return 0;
    if (s->jobs > 1 && !s->run)
        begin_run(s);
    if (!s->run)
        return work_here(s, out, e);
    put(s, out);
    return collect(s, s->run->n_ring - 1, out, e);
}

bool mp_stage_waits(const struct mp_stage *s, const struct mp_output *out)
{
    return out->buf.len > 0 || (s->run && s->run->got < s->run->put);
}

int mp_stage_drain(struct mp_stage *s, struct mp_output *out, struct mp_error *e)
{
    if (out->buf.failed || s->places.failed)
        return mp_error_memory(e);
    if (!s->run)
        return work_here(s, out, e);
    if (out->buf.len > 0)
        put(s, out);
    return collect(s, 0, out, e);
}

void mp_stage_free(struct mp_stage *s)
{
    end_run(s);
    mp_buf_free(&s->notes);
    mp_buf_free(&s->places);
    mp_buf_free(&s->spare);
    mp_buf_free(&s->own_notes);
}
