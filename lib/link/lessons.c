/* What an absence teaches about the next one. */
#include "link/lessons.h"
#include "base/crew.h"
#include "io/json.h"
#include <stdlib.h>

/* What is known of a code in one episode. */
struct found {
    size_t status; /* place in the model's statuses; n_statuses: nothing */
    struct mp_str quote, report;
};

struct gathering {
    const struct mp_link_lessons *lessons;
    struct mp_store *store;
    struct mp_arena keep; /* what the episodes keep; it stays in the store */
    struct mp_rec_reader reader;
    struct mp_arena arena; /* of one episode */
    struct mp_buf text;
    struct found found[MP_LINK_LESSON_CODES];
    bool failed; /* memory */
};

static struct mp_str copy(struct gathering *g, struct mp_str s)
{
    struct mp_str kept = mp_arena_str(&g->arena, s);
    g->failed |= !kept.p;
    return kept;
}

static size_t status_of(const struct mp_link_lessons *lessons, yyjson_val *signal)
{
    struct mp_str text = mp_rec_text(yyjson_obj_get(signal, "status"));
    size_t i = 0;
    while (i < lessons->n_statuses && !mp_str_eq(lessons->statuses[i], text))
        i++;
    return i;
}

/* Of several mentions of a code the one whose status comes first counts, of these the first. */
static void take_signal(struct gathering *g, const struct mp_link_report *one, yyjson_val *signal)
{
    struct mp_str code = mp_rec_text(yyjson_obj_get(signal, "code"));
    size_t status = status_of(g->lessons, signal);
    for (size_t k = 0; code.p && k < g->lessons->n_codes; k++) {
        struct found *f = &g->found[k];
        if (status >= f->status || !mp_str_eq(g->lessons->codes[k], code))
            continue;
        struct mp_str quote = mp_rec_text(yyjson_obj_get(signal, "quote"));
        struct mp_str report = mp_rec_text(yyjson_obj_get(signal, "report"));
        f->status = status;
        f->quote = quote.p ? copy(g, quote) : quote;
        f->report = report.p ? copy(g, report) : mp_link_label(one);
    }
}

static int read_report(struct gathering *g, const struct mp_link_report *one, struct mp_error *e)
{
    struct mp_rec rec = mp_link_record(one);
    if (mp_rec_parse(&g->reader, &rec, e) < 0)
        return -1;
    yyjson_arr_iter all = yyjson_arr_iter_with(yyjson_obj_get(rec.root, "signals"));
    for (yyjson_val *s; (s = yyjson_arr_iter_next(&all));)
        take_signal(g, one, s);
    return 0;
}

static void add_found(struct gathering *g, size_t k)
{
    const struct found *f = &g->found[k];
    mp_buf_addc(&g->text, '{');
    mp_json_add_field(&g->text, "code", g->lessons->codes[k]);
    mp_json_add_field(&g->text, "status", g->lessons->statuses[f->status]);
    mp_json_add_field(&g->text, "quote", f->quote);
    mp_json_add_field(&g->text, "report", f->report);
    mp_buf_addc(&g->text, '}');
}

/* `,"key":[{code, status, quote, report}]` of every lesson. */
static void write_lessons(struct gathering *g)
{
    g->text.len = 0;
    for (size_t i = 0; i < g->lessons->n; i++) {
        const struct mp_link_lesson *one = &g->lessons->list[i];
        bool any = false;
        mp_buf_addc(&g->text, ',');
        mp_json_add_str(&g->text, one->key);
        mp_buf_adds(&g->text, ":[");
        for (size_t k = one->first; k < one->first + one->n; k++) {
            if (g->found[k].status == g->lessons->n_statuses)
                continue;
            if (any)
                mp_buf_addc(&g->text, ',');
            any = true;
            add_found(g, k);
        }
        mp_buf_addc(&g->text, ']');
    }
    g->failed |= g->text.failed;
}

/* One thread's part: every n-th episode. */
struct part {
    struct gathering g;
    const struct mp_link_reports *r;
    struct mp_link_episodes *episodes;
    size_t first, step;
    int bad;
    struct mp_error error;
};

static int read_episode(struct gathering *g, struct mp_link_episode *episode, struct mp_error *e)
{
    mp_arena_reset(&g->arena);
    for (size_t k = 0; k < g->lessons->n_codes; k++)
        g->found[k] = (struct found){.status = g->lessons->n_statuses};
    for (size_t i = 0; i < episode->n; i++) {
        mp_store_breathe(g->store);
        if (read_report(g, episode->reports[i], e) < 0)
            return -1;
    }
    write_lessons(g);
    episode->held = 0;
    for (size_t k = 0; k < g->lessons->n_codes; k++) {
        size_t status = g->found[k].status;
        if (status < g->lessons->n_statuses && g->lessons->counted[status])
            episode->held |= UINT64_C(1) << k;
    }
    episode->lessons = mp_arena_str(&g->keep, mp_buf_str(&g->text));
    return g->failed || !episode->lessons.p ? mp_error_memory(e) : 0;
}

static void read_part(void *worker)
{
    struct part *p = worker;
    for (size_t i = p->first; !p->bad && i < p->episodes->n; i += p->step) {
        if (p->episodes->all[i]->after)
            p->bad = read_episode(&p->g, p->episodes->all[i], &p->error);
    }
    mp_rec_reader_free(&p->g.reader);
    mp_arena_free(&p->g.arena);
    mp_buf_free(&p->g.text);
}

/* How many of the youth's episodes up to this one have each code. */
static bool count(struct mp_arena *keep, size_t n_codes, struct mp_link_episode *episode)
{
    uint32_t *so_far = mp_arena_alloc(keep, (n_codes + 1) * sizeof *so_far);
    for (size_t k = 0; so_far && k < n_codes; k++)
        so_far[k] =
            (episode->before ? episode->before->so_far[k] : 0) + (uint32_t)(episode->held >> k & 1);
    episode->so_far = so_far;
    return so_far;
}

static int read_all(const struct mp_link_reports *r, struct mp_link_episodes *episodes,
                    struct mp_error *e)
{
    struct part *parts = calloc(r->jobs, sizeof *parts);
    int bad = parts ? 0 : mp_error_memory(e);
    for (size_t i = 0; parts && i < r->jobs; i++)
        parts[i] = (struct part){.g = {.lessons = &r->model->lessons,
                                       .store = r->store,
                                       .keep = mp_store_arena(r->store, true)},
                                 .r = r,
                                 .episodes = episodes,
                                 .first = i,
                                 .step = r->jobs};
    if (parts)
        mp_crew(read_part, parts, r->jobs, sizeof *parts);
    for (size_t i = 0; !bad && i < r->jobs; i++)
        if ((bad = parts[i].bad))
            *e = parts[i].error;
    free(parts);
    return bad;
}

int mp_link_lessons(const struct mp_link_reports *r, struct mp_link_episodes *episodes,
                    struct mp_error *e)
{
    size_t n_codes = r->model->lessons.n_codes;
    if (r->model->lessons.n == 0)
        return 0;
    if (read_all(r, episodes, e) < 0)
        return -1;
    for (size_t i = 0; i < episodes->n; i++) /* a youth's episodes come in their order */
        if (episodes->all[i]->after && !count(&episodes->arena, n_codes, episodes->all[i]))
            return mp_error_memory(e);
    return 0;
}

static void add_counts(struct mp_buf *b, const struct mp_link_lessons *lessons,
                       const struct mp_link_lesson *one, const uint32_t *so_far)
{
    bool any = false;
    for (size_t k = one->first; k < one->first + one->n; k++) {
        if (!so_far[k])
            continue;
        if (any)
            mp_buf_addc(b, ',');
        any = true;
        mp_json_add_str(b, lessons->codes[k]);
        mp_buf_addf(b, ":%u", (unsigned)so_far[k]);
    }
}

void mp_link_add_earlier(struct mp_buf *b, const struct mp_link_lessons *lessons,
                         const struct mp_link_episode *episode)
{
    const uint32_t *so_far = episode->before ? episode->before->so_far : NULL;
    mp_json_add_key(b, "earlier");
    if (!so_far) {
        mp_buf_adds(b, "null");
        return;
    }
    mp_buf_addc(b, '{');
    for (size_t i = 0; i < lessons->n; i++) {
        if (i)
            mp_buf_addc(b, ',');
        mp_json_add_str(b, lessons->list[i].key);
        mp_buf_adds(b, ":{");
        add_counts(b, lessons, &lessons->list[i], so_far);
        mp_buf_addc(b, '}');
    }
    mp_buf_addc(b, '}');
}
