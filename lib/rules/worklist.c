/* The worklist: judged records in the order in which somebody should take them up. */
#include "rules/worklist.h"
#include <stdlib.h>

struct mp_work {
    struct mp_str line, id, document;
    uint32_t category; /* 0: the most pressing */
    uint32_t score;
    bool open;
    struct mp_time due, missing;
};

void mp_worklist_make(struct mp_worklist *w, struct mp_store *store)
{
    *w = (struct mp_worklist){.store = store, .names = mp_store_arena(store, true)};
}

bool mp_worklist_takes(const struct mp_triage *t)
{
    return t->k.is_open == MP_TRUE || t->n_actions > 0;
}

/* Twice the place of a category, so that there is room for what cannot be decided. */
static uint32_t rank_of(const struct mp_triage *t)
{
    size_t category = t->verdicts[0].category;
    return category == t->protocols[0].n_categories ? 1 : (uint32_t)(2 * category);
}

int mp_worklist_add(struct mp_worklist *w, const struct mp_triage *t, struct mp_str line,
                    struct mp_error *e)
{
    struct mp_str id = mp_rec_str(t->k.root, "id"), document = mp_rec_str(t->k.root, "document");
    char *text = mp_store_keep(w->store, line.n);
    if (!text || !mp_store_room(w->store, &w->all, w->n, &w->cap, sizeof *w->all))
        return mp_error_memory(e);
    memcpy(text, line.p, line.n);
    struct mp_work *one = &w->all[w->n++];
    *one = (struct mp_work){.line = {text, line.n},
                            .id = mp_arena_str(&w->names, id),
                            .document = mp_arena_str(&w->names, document),
                            .category = rank_of(t),
                            .score = (uint32_t)t->verdicts[0].score,
                            .open = t->k.is_open == MP_TRUE,
                            .due = t->due,
                            .missing = t->k.missing};
    mp_store_breathe(w->store);
    return one->id.p && one->document.p ? 0 : mp_error_memory(e);
}

/* What is not known comes last. */
static int by_time(struct mp_time a, struct mp_time b)
{
    return a.known != b.known ? (a.known ? -1 : 1) : mp_time_cmp(a, b);
}

/* To see the lines costs far more than all else. */
static int by_text(const struct mp_work *a, const struct mp_work *b)
{
    int d = mp_str_cmp(a->id, b->id);
    if (d == 0)
        d = mp_str_cmp(a->document, b->document);
    return d ? d : mp_str_cmp(a->line, b->line);
}

static int by_work(const void *x, const void *y)
{
    const struct mp_work *a = x, *b = y;
    if (a->open != b->open)
        return a->open ? -1 : 1;
    if (a->category != b->category)
        return a->category < b->category ? -1 : 1;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    int d = by_time(a->due, b->due);
    if (d == 0)
        d = by_time(a->missing, b->missing);
    return d ? d : by_text(a, b);
}

void mp_worklist_sort(struct mp_worklist *w)
{
    if (w->n > 0)
        qsort(w->all, w->n, sizeof *w->all, by_work);
}

struct mp_str mp_worklist_line(const struct mp_worklist *w, size_t i)
{
    return w->all[i].line;
}
