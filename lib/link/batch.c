/* Lines that are made in several threads: each takes a part of them at a time into the next of a
 * ring of slots, out of which the caller's thread passes them on; while it writes others make. */
#include "link/batch.h"
#include "base/crew.h"
#include <pthread.h>
#include <stdlib.h>

enum { PART = 256 /* lines: not so many that they leave the caches */, SLOTS = 2 /* a thread */ };

struct slot {
    struct mp_buf text;
    bool ready;
    int bad;
    struct mp_error error;
};

struct ring {
    struct mp_link_batches *all;
    size_t n, n_parts; /* lines, and parts of them */
    struct slot *slots;
    size_t n_slots;
    size_t made, passed; /* parts: [passed, made) are in slots, or are being made */
    bool stopped;
    int result;
    struct mp_error *error;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

struct maker {
    struct ring *ring;
    struct mp_link_merger merger;
    bool passes; /* the caller's thread */
};

static size_t end_of(const struct ring *r, size_t part)
{
    return (part + 1) * PART < r->n ? (part + 1) * PART : r->n;
}

static void make_part(struct maker *m, size_t part)
{
    const struct mp_link_batches *all = m->ring->all;
    struct slot *s = &m->ring->slots[part % m->ring->n_slots];
    s->text.len = 0;
    for (size_t i = part * PART; !s->bad && i < end_of(m->ring, part); i++) {
        mp_store_breathe(all->store);
        s->bad = all->make(all->ctx, &m->merger, i, &s->text, &s->error);
    }
    if (!s->bad && s->text.failed)
        s->bad = mp_error_memory(&s->error);
}

static void pass_part(struct ring *r, size_t part)
{
    const struct slot *s = &r->slots[part % r->n_slots];
    if (s->bad) {
        *r->error = s->error;
        r->result = -1;
    } else if (r->all->pass(r->all->ctx, mp_buf_str(&s->text), part * PART, end_of(r, part)) < 0) {
        r->result = 1;
    }
}

/* Makes or passes on the next part, without the lock. False if there is nothing to do by now. */
static bool take_part(struct maker *m)
{
    struct ring *r = m->ring;
    size_t part;
    if (m->passes && r->passed < r->made && r->slots[r->passed % r->n_slots].ready) {
        part = r->passed;
        pthread_mutex_unlock(&r->lock);
        pass_part(r, part);
        pthread_mutex_lock(&r->lock);
        r->slots[part % r->n_slots].ready = false;
        r->passed++;
        r->stopped = r->result != 0;
    } else if (r->made < r->n_parts && r->made - r->passed < r->n_slots) {
        part = r->made++;
        pthread_mutex_unlock(&r->lock);
        make_part(m, part);
        pthread_mutex_lock(&r->lock);
        r->slots[part % r->n_slots].ready = true;
    } else {
        return false;
    }
    pthread_cond_broadcast(&r->changed);
    return true;
}

static void work(void *worker)
{
    struct maker *m = worker;
    struct ring *r = m->ring;
    pthread_mutex_lock(&r->lock);
    while (!r->stopped && (m->passes ? r->passed : r->made) < r->n_parts)
        if (!take_part(m))
            pthread_cond_wait(&r->changed, &r->lock);
    pthread_mutex_unlock(&r->lock);
}

int mp_link_batches_run(struct mp_link_batches *b, size_t n, struct mp_error *e)
{
    struct ring r = {.all = b, .n = n, .n_parts = (n + PART - 1) / PART, .error = e};
    struct maker *makers = calloc(b->jobs, sizeof *makers);
    r.n_slots = SLOTS * b->jobs;
    r.slots = calloc(r.n_slots, sizeof *r.slots);
    if (!makers || !r.slots)
        r.result = mp_error_memory(e);
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.changed, NULL);
    for (size_t i = 0; !r.result && i < b->jobs; i++)
        makers[i] = (struct maker){.ring = &r, .passes = i == 0};
    if (!r.result)
        mp_crew(work, makers, b->jobs, sizeof *makers);
    for (size_t i = 0; makers && i < b->jobs; i++) {
        b->left_triage |= makers[i].merger.left_triage;
        mp_link_merger_free(&makers[i].merger);
    }
    for (size_t i = 0; r.slots && i < r.n_slots; i++)
        mp_buf_free(&r.slots[i].text);
    pthread_cond_destroy(&r.changed);
    pthread_mutex_destroy(&r.lock);
    free(makers);
    free(r.slots);
    return r.result;
}
