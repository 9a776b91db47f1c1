/* Rows of values: batches of what records say, handed to another thread. */
#include "link/rows.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum { BATCH = 512, RING = 4 };

/* What is handed over. [done, put) of the ring wait or are worked on. */
struct mp_link_rows_thread {
    struct mp_link_rows *rows;
    pthread_t id;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct batch {
        struct mp_buf text;
        size_t n;
    } ring[RING];
    size_t put, done;
    bool end;
};

static bool make_room(struct mp_link_rows *rows, size_t more)
{
    size_t cap = rows->cap ? rows->cap : BATCH, size = rows->model->n_fields * sizeof *rows->all;
    while (cap < rows->n + more)
        cap *= 2;
    if (cap == rows->cap)
        return true;
    uint32_t *all = mp_store_grow(rows->store, rows->all, rows->cap * size, cap * size, true);
    if (!all)
        return false;
    rows->all = all;
    rows->cap = cap;
    return true;
}

static bool make_rows(struct mp_link_rows *rows, const char *at, size_t n)
{
    if (!make_room(rows, n))
        return false;
    for (size_t i = 0; i < n; i++, rows->n++)
        if (!mp_link_fields_read(&rows->fields, rows->model, &rows->values, &at,
                                 rows->all + rows->n * rows->model->n_fields))
            return false;
    return true;
}

/* ---- the other thread ---- */

static void *live(void *ctx)
{
    struct mp_link_rows_thread *t = ctx;
    pthread_mutex_lock(&t->lock);
    for (;;) {
        while (t->done == t->put && !t->end)
            pthread_cond_wait(&t->changed, &t->lock);
        if (t->done == t->put)
            break;
        const struct batch *b = &t->ring[t->done % RING];
        pthread_mutex_unlock(&t->lock);
        if (!t->rows->failed && !make_rows(t->rows, b->text.data, b->n))
            t->rows->failed = true;
        pthread_mutex_lock(&t->lock);
        t->done++;
        pthread_cond_signal(&t->changed);
    }
    pthread_mutex_unlock(&t->lock);
    return NULL;
}

/* NULL where no thread can be had. */
static struct mp_link_rows_thread *start(struct mp_link_rows *rows)
{
    struct mp_link_rows_thread *t = calloc(1, sizeof *t);
    sigset_t all, before;
    if (!t)
        return NULL;
    t->rows = rows;
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->changed, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int bad = pthread_create(&t->id, NULL, live, t);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!bad)
        return t;
    pthread_cond_destroy(&t->changed);
    pthread_mutex_destroy(&t->lock);
    free(t);
    return NULL;
}

static void hand_over(struct mp_link_rows *rows)
{
    struct mp_link_rows_thread *t = rows->thread;
    pthread_mutex_lock(&t->lock);
    while (t->put - t->done == RING)
        pthread_cond_wait(&t->changed, &t->lock);
    struct batch *b = &t->ring[t->put % RING];
    struct mp_buf used = b->text;
    b->text = rows->gathered;
    b->n = rows->n_gathered;
    rows->gathered = used;
    t->put++;
    pthread_cond_signal(&t->changed);
    pthread_mutex_unlock(&t->lock);
}

static void end(struct mp_link_rows *rows)
{
    struct mp_link_rows_thread *t = rows->thread;
    if (!t)
        return;
    pthread_mutex_lock(&t->lock);
    t->end = true;
    pthread_cond_signal(&t->changed);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->id, NULL);
    for (size_t i = 0; i < RING; i++)
        mp_buf_free(&t->ring[i].text);
    pthread_cond_destroy(&t->changed);
    pthread_mutex_destroy(&t->lock);
    free(t);
    rows->thread = NULL;
}

/* ---- the program's own ---- */

static void pass_on(struct mp_link_rows *rows)
{
    if (rows->thread)
        hand_over(rows);
    else if (!make_rows(rows, rows->gathered.data, rows->n_gathered))
        rows->failed = true;
    rows->gathered.len = 0;
    rows->n_gathered = 0;
}

bool mp_link_rows_add(struct mp_link_rows *rows, yyjson_val *root, bool threads)
{
    mp_link_fields_gather(rows->model, root, &rows->gathered);
    if (rows->gathered.failed)
        return false;
    if (++rows->n_gathered < BATCH)
        return true;
    if (threads && !rows->thread)
        rows->thread = start(rows);
    pass_on(rows);
    return rows->thread || !rows->failed; /* the other thread's failure is told at the end */
}

bool mp_link_rows_finish(struct mp_link_rows *rows)
{
    if (rows->n_gathered > 0)
        pass_on(rows);
    end(rows);
    mp_link_fields_free(&rows->fields);
    mp_link_values_finish(&rows->values);
    return !rows->failed;
}

void mp_link_rows_make(struct mp_link_rows *rows, const struct mp_link_model *m,
                       struct mp_store *store)
{
    *rows = (struct mp_link_rows){.model = m, .store = store};
    mp_link_values_make(&rows->values, store);
}

void mp_link_rows_free(struct mp_link_rows *rows)
{
    end(rows);
    mp_store_drop(rows->store, rows->all);
    mp_link_values_free(&rows->values);
    mp_buf_free(&rows->gathered);
    mp_link_fields_free(&rows->fields);
    *rows = (struct mp_link_rows){0};
}
