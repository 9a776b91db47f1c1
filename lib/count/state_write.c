/* From a tally to the lines of a state. */
#include "count/state.h"
#include "io/json.h"
#include <inttypes.h>
#include <stdlib.h>

/* Persons are told only where every record tells them, as in rows. */
static bool tells_members(const struct mp_state_writer *w)
{
    return mp_tally_gives(w->tally, MP_PERSONS);
}

/* ---- the id and the number of lines ---- */

/* Of a cell. */
struct outline {
    uint64_t hash;
    size_t items; /* members and spans */
};

/* The caller frees them; NULL if memory ran out. */
static struct outline *outline_cells(const struct mp_crosstabs *set, size_t table)
{
    const struct mp_crosstab *t = &set->items[table];
    struct mp_buf b = {0};
    struct outline *o = calloc(t->keys.n + 1, sizeof *o);
    for (size_t c = 0; o && c < t->keys.n; c++) {
        b.len = 0;
        mp_buf_addc(&b, '{');
        mp_state_add_cell(&b, set, table, t->keys.keys[c]);
        o[c].hash = mp_hash(b.data, b.len);
    }
    if (b.failed) {
        free(o);
        o = NULL;
    }
    mp_buf_free(&b);
    return o;
}

static uint64_t hash_counts(uint64_t hash, const struct mp_count_cell *c)
{
    return mp_state_hash(hash, MP_STATE_REPORTS, 0, c->value[MP_REPORTS]) +
           mp_state_hash(hash, MP_STATE_EPISODES, 0, c->value[MP_EPISODES]) +
           mp_state_hash(hash, MP_STATE_HIT_REPORTS, 0, c->hits[MP_REPORTS]) +
           mp_state_hash(hash, MP_STATE_HIT_EPISODES, 0, c->hits[MP_EPISODES]);
}

static void add_pairs(struct mp_state_writer *w, struct outline *o, const struct mp_pairs *pairs,
                      const uint64_t *names, enum mp_state_part part)
{
    size_t at = 0;
    for (const struct mp_pair *p; (p = mp_pairs_next(pairs, &at));) {
        w->id += mp_state_hash(o[p->cell].hash, part, names ? names[p->what] : p->what, p->count);
        o[p->cell].items++;
    }
}

static void add_table(struct mp_state_writer *w, const struct mp_crosstab *t, struct outline *o)
{
    if (tells_members(w))
        add_pairs(w, o, &t->members, w->tally->persons.keys, MP_STATE_MEMBER);
    add_pairs(w, o, &t->spans, NULL, MP_STATE_SPAN);
    for (size_t c = 0; c < t->keys.n; c++) {
        w->id += hash_counts(o[c].hash, &t->cells[c]);
        w->head.lines += o[c].items ? (o[c].items + MP_STATE_LINE - 1) / MP_STATE_LINE : 1;
    }
}

static int sum_up(struct mp_state_writer *w, struct mp_error *e)
{
    const struct mp_crosstabs *set = w->tally->set;
    for (size_t i = 0; i < set->n; i++) {
        struct outline *o = outline_cells(set, i);
        if (!o)
            return mp_error_memory(e);
        add_table(w, &set->items[i], o);
        free(o);
    }
    struct mp_buf b = {0};
    mp_buf_addc(&b, '{');
    mp_state_add_head(&b, w->frame, &w->head, w->tally->k);
    if (!b.failed)
        w->id += mp_state_hash(mp_hash(b.data, b.len), MP_STATE_HEAD, 0, 0);
    bool bad = b.failed;
    mp_buf_free(&b);
    return bad ? mp_error_memory(e) : 0;
}

int mp_state_write_begin(struct mp_state_writer *w, struct mp_tally *tally,
                         const struct mp_state_frame *frame, struct mp_error *e)
{
    *w = (struct mp_state_writer){.frame = frame, .tally = tally};
    w->head = (struct mp_state_head){.records = tally->records,
                                     .told = tally->told,
                                     .endless = tally->endless,
                                     .lines = 1,
                                     .first_day = tally->first_day,
                                     .last_day = tally->last_day};
    memcpy(w->head.lacking, tally->lacking, sizeof w->head.lacking);
    return sum_up(w, e);
}

/* ---- members and spans in order ---- */

/* Members by how often, then by number; spans by length. */
static int by_times(const void *a, const void *b)
{
    const struct mp_state_item *x = a, *y = b;
    if (x->times != y->times)
        return x->times < y->times ? -1 : 1;
    return (x->what > y->what) - (x->what < y->what);
}

static int by_what(const void *a, const void *b)
{
    const struct mp_state_item *x = a, *y = b;
    return (x->what > y->what) - (x->what < y->what);
}

/* Sorts the pairs by cell, each cell's among themselves. `names` is what pairs number, or NULL. */
static int order_items(struct mp_state_items *s, size_t n_cells, const struct mp_pairs *pairs,
                       const uint64_t *names, int (*order)(const void *, const void *))
{
    size_t *starts = s->starts = calloc(n_cells + 2, sizeof *starts), at = 0;
    s->items = malloc((pairs->n + 1) * sizeof *s->items);
    if (!starts || !s->items)
        return -1;
    const struct mp_pair *p;
    while ((p = mp_pairs_next(pairs, &at)))
        starts[p->cell + 2]++;
    for (size_t c = 2; c <= n_cells + 1; c++)
        starts[c] += starts[c - 1];
    for (at = 0; (p = mp_pairs_next(pairs, &at));) /* moves each start to the next cell's */
        s->items[starts[p->cell + 1]++] =
            (struct mp_state_item){names ? names[p->what] : p->what, p->count};
    for (size_t c = 0; c < n_cells; c++)
        qsort(s->items + starts[c], starts[c + 1] - starts[c], sizeof *s->items, order);
    return 0;
}

static void close_table(struct mp_state_writer *w)
{
    mp_listing_end(&w->list);
    free(w->members.items);
    free(w->members.starts);
    free(w->spans.items);
    free(w->spans.starts);
    w->members = w->spans = (struct mp_state_items){0};
    w->open = false;
    w->place = w->at = 0;
}

static int open_table(struct mp_state_writer *w, struct mp_error *e)
{
    static const struct mp_pairs none = {0};
    struct mp_crosstab *t = &w->tally->set->items[w->table];
    w->open = true;
    if (order_items(&w->members, t->keys.n, tells_members(w) ? &t->members : &none,
                    w->tally->persons.keys, by_times) < 0 ||
        order_items(&w->spans, t->keys.n, &t->spans, NULL, by_what) < 0)
        return mp_error_memory(e);
    return mp_listing_begin(&w->list, t, e);
}

/* ---- lines ---- */

static void add_person(struct mp_buf *b, uint64_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int shift = 58; shift >= -2; shift -= 6)
        mp_buf_addc(b, digits[(shift < 0 ? n << -shift : n >> shift) & 63]);
}

static void add_members(struct mp_buf *b, const struct mp_state_item *m, size_t n)
{
    mp_json_add_key(b, "members");
    mp_buf_addc(b, '{');
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || m[i].times != m[i - 1].times)
            mp_buf_addf(b, "%s\"%" PRIu32 "\":\"", i ? "\"," : "", m[i].times);
        add_person(b, m[i].what);
    }
    mp_buf_adds(b, "\"}");
}

static void add_spans(struct mp_buf *b, const struct mp_state_item *s, size_t n)
{
    mp_json_add_key(b, "spans");
    for (size_t i = 0; i < n; i++)
        mp_buf_addf(b, "%c[%" PRIu64 ",%d,%" PRIu32 "]", i ? ',' : '[', s[i].what / 2,
                    (int)(s[i].what % 2), s[i].times);
    mp_buf_addc(b, ']');
}

static void add_counts(struct mp_buf *b, const struct mp_count_cell *c)
{
    mp_buf_addf(b, ",\"reports\":%" PRIu64 ",\"episodes\":%" PRIu64, c->value[MP_REPORTS],
                c->value[MP_EPISODES]);
    if (c->hits[MP_REPORTS] > 0)
        mp_buf_addf(b, ",\"hits\":{\"reports\":%" PRIu64 ",\"episodes\":%" PRIu64 "}",
                    c->hits[MP_REPORTS], c->hits[MP_EPISODES]);
}

/* As much of the present cell as goes into a line. */
static void add_part(struct mp_state_writer *w, struct mp_buf *b)
{
    const struct mp_listing_place *place = &w->list.places[w->place];
    const size_t *m = w->members.starts + place->cell, *s = w->spans.starts + place->cell;
    size_t n_members = m[1] - m[0], all = n_members + s[1] - s[0];
    size_t end = all - w->at > MP_STATE_LINE ? w->at + MP_STATE_LINE : all;
    size_t members_end = end < n_members ? end : n_members;
    mp_state_add_cell(b, w->tally->set, w->table, mp_listing_key(&w->list, place));
    if (w->at == 0)
        add_counts(b, &w->list.table->cells[place->cell]);
    if (w->at < members_end)
        add_members(b, w->members.items + m[0] + w->at, members_end - w->at);
    size_t from = w->at > n_members ? w->at : n_members;
    if (from < end)
        add_spans(b, w->spans.items + s[0] + from - n_members, end - from);
    w->at = end < all ? end : 0;
    w->place += w->at == 0;
}

static void begin_line(const struct mp_state_writer *w, struct mp_buf *b)
{
    mp_buf_addf(b, "{\"schema\":\"%s\",\"state\":\"%016" PRIx64 "\"", MP_STATE_SCHEMA, w->id);
}

/* Goes on to a place where something was counted. 1, 0 behind the last, -1 with the error. */
static int find_cell(struct mp_state_writer *w, struct mp_error *e)
{
    for (;; close_table(w), w->table++) {
        if (w->table == w->tally->set->n)
            return 0;
        if (!w->open && open_table(w, e) < 0)
            return -1;
        while (w->place < w->list.n && w->list.places[w->place].cell == MP_NUMBERS_NONE)
            w->place++;
        if (w->place < w->list.n)
            return 1;
    }
}

int mp_state_write(struct mp_state_writer *w, struct mp_buf *b, struct mp_error *e)
{
    int found = w->begun ? find_cell(w, e) : 1;
    if (found != 1)
        return found;
    begin_line(w, b);
    if (w->begun)
        add_part(w, b);
    else
        mp_state_add_head(b, w->frame, &w->head, w->tally->k);
    w->begun = true;
    mp_buf_adds(b, "}\n");
    return b->failed ? mp_error_memory(e) : 1;
}

void mp_state_write_end(struct mp_state_writer *w)
{
    close_table(w);
    *w = (struct mp_state_writer){0};
}
