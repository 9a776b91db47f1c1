/* The same work in several threads. */
#include "base/crew.h"
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

struct member {
    mp_crew_fn *work;
    void *worker;
    pthread_t id;
    bool runs;
};

static void *live(void *ctx)
{
    struct member *m = ctx;
    m->work(m->worker);
    return NULL;
}

static void start(struct member *m)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    m->runs = pthread_create(&m->id, NULL, live, m) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void mp_crew(mp_crew_fn *work, void *workers, size_t n, size_t size)
{
    char *first = workers;
    struct member *members = n > 1 ? calloc(n, sizeof *members) : NULL;
    for (size_t i = 1; members && i < n; i++) {
        members[i] = (struct member){.work = work, .worker = first + i * size};
        start(&members[i]);
    }
    if (n > 0)
        work(first);
    for (size_t i = 1; i < n; i++)
        if (members && members[i].runs)
            pthread_join(members[i].id, NULL);
        else
            work(first + i * size);
    free(members);
}
