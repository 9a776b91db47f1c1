/* Lines that are made in several threads: a batch at a time, cut in as many parts as threads. */
#include "link/batch.h"
#include "base/crew.h"
#include <stdlib.h>

enum { PART = 1024 /* lines */ };

struct part {
    const struct mp_link_batches *all;
    struct mp_link_merger merger;
    struct mp_buf text;
    size_t from, to;
    int bad;
    struct mp_error error;
};

static void make_part(void *worker)
{
    struct part *p = worker;
    p->text.len = 0;
    for (size_t i = p->from; !p->bad && i < p->to; i++) {
        mp_store_breathe(p->all->store);
        p->bad = p->all->make(p->all->ctx, &p->merger, i, &p->text, &p->error);
    }
    if (!p->bad && p->text.failed)
        p->bad = mp_error_memory(&p->error);
}

static int run_batch(struct mp_link_batches *b, struct part *parts, size_t from, size_t n,
                     struct mp_error *e)
{
    for (size_t i = 0; i < b->jobs; i++, from += PART) {
        parts[i].from = from < n ? from : n;
        parts[i].to = from + PART < n ? from + PART : n;
    }
    mp_crew(make_part, parts, b->jobs, sizeof *parts);
    for (size_t i = 0; i < b->jobs; i++) {
        if (parts[i].bad) {
            *e = parts[i].error;
            return -1;
        }
        if (b->pass(b->ctx, mp_buf_str(&parts[i].text), parts[i].from, parts[i].to) < 0)
            return 1;
    }
    return 0;
}

int mp_link_batches_run(struct mp_link_batches *b, size_t n, struct mp_error *e)
{
    struct part *parts = calloc(b->jobs, sizeof *parts);
    int result = parts ? 0 : mp_error_memory(e);
    for (size_t i = 0; parts && i < b->jobs; i++)
        parts[i].all = b;
    for (size_t from = 0; result == 0 && from < n; from += b->jobs * PART)
        result = run_batch(b, parts, from, n, e);
    for (size_t i = 0; parts && i < b->jobs; i++) {
        b->left_triage |= parts[i].merger.left_triage;
        mp_link_merger_free(&parts[i].merger);
        mp_buf_free(&parts[i].text);
    }
    free(parts);
    return result;
}
