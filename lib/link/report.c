/* The reports: read, sorted, and their rows with them. */
#include "link/hosts.h"
#include <math.h>
#include <stdlib.h>

static const uint32_t NOWHERE = UINT32_MAX;

static uint8_t kind_of(struct mp_str text)
{
    static const char *const names[] = {"missing", "returned", "transfer", "update"};
    for (size_t i = 0; i < 4; i++)
        if (mp_str_is(text, names[i]))
            return (uint8_t)i;
    return MP_LINK_MISSING;
}

/* What names a record of another kind: for references, and behind its file for its key. */
static void add_own_key(struct mp_link_reports *r, yyjson_val *root, struct mp_buf *b)
{
    for (size_t i = 0; i < r->model->n_key; i++) {
        if (i > 0)
            mp_buf_addc(b, '-');
        mp_buf_addstr(b, mp_rec_text(mp_rec_get(root, &r->model->key[i])));
    }
}

/* What names a report: not where its row stands, which another export changes. */
static void add_key(yyjson_val *root, bool whole, struct mp_buf *b)
{
    static const char *const paths[] = {"id", "document", "person.given_name", "person.name_prefix",
                                        "person.family_name"};
    static const char *const without_id[] = {"reported_at", "missing_since", "returned_at",
                                             "person.birth_date", "person.client_id"};
    struct mp_str unit = mp_rec_str(root, "source.unit"), id = mp_rec_str(root, "id");
    if (whole)
        mp_buf_addstr(b, mp_rec_str(root, "link.episode_id"));
    else
        mp_buf_addstr(b, unit.p ? unit : mp_rec_str(root, "source.profile"));
    for (size_t i = 0; i < 5 && !whole; i++) {
        mp_buf_addc(b, '\x1f');
        mp_buf_addstr(b, mp_rec_str(root, paths[i]));
    }
    for (size_t i = 0; i < 5 && id.n == 0 && !whole; i++) {
        mp_buf_addc(b, '\x1f');
        mp_buf_addstr(b, mp_rec_str(root, without_id[i]));
    }
}

/* "PL1300-2018014185-2"; where there is no number, file and record. */
static void add_label(yyjson_val *root, struct mp_buf *b)
{
    struct mp_str id = mp_rec_str(root, "id"), document = mp_rec_str(root, "document");
    mp_buf_addstr(b, id.n ? id : mp_rec_str(root, "source.file"));
    mp_buf_adds(b, id.n ? (document.n ? "-" : "") : ":");
    mp_buf_addstr(b, id.n ? document : mp_rec_str(root, "source.record"));
}

/* A part of the report's text and a NUL behind it; how long it was. */
static uint32_t end_part(struct mp_buf *b, size_t begin)
{
    size_t n = b->len - begin;
    mp_buf_addc(b, '\0');
    b->failed |= n > UINT32_MAX;
    return (uint32_t)n;
}

static bool read_text(struct mp_link_reports *r, const struct mp_rec *rec,
                      struct mp_link_report *one)
{
    struct mp_buf *b = &r->scratch;
    b->len = 0;
    mp_buf_addstr(b, rec->line);
    one->line_n = end_part(b, 0);
    size_t begin = b->len;
    if (r->model->persons)
        add_own_key(r, rec->root, b);
    else
        add_key(rec->root, one->whole, b);
    one->key_n = end_part(b, begin);
    begin = b->len;
    if (r->model->persons)
        add_own_key(r, rec->root, b);
    else
        add_label(rec->root, b);
    one->label_n = end_part(b, begin);
    one->id_n = r->model->persons ? 0 : (uint32_t)mp_rec_str(rec->root, "id").n;
    begin = b->len;
    if (yyjson_obj_get(rec->root, "link") && !one->whole) {
        mp_rec_add_without(b, rec, MP_STR("link"));
        b->len -= b->len > begin; /* its line end */
        one->bare_n = end_part(b, begin);
    }
    char *text = b->failed ? NULL : mp_store_keep(r->store, b->len);
    if (text)
        memcpy(text, b->data, b->len);
    one->text = text;
    return text;
}

static bool read_file(struct mp_link_reports *r, const struct mp_rec *rec,
                      struct mp_link_report *one)
{
    const struct mp_link_report *last = r->n ? r->all[r->n - 1] : NULL;
    bool known = last && mp_str_is(rec->file, last->file);
    size_t at = known ? 0 : mp_map_put(&r->files, rec->file);
    if (at == MP_MAP_NONE)
        return false;
    one->file = known ? last->file : r->files.entries[at].key.p;
    return true;
}

int mp_link_add(struct mp_link_reports *r, const struct mp_rec *rec, struct mp_error *e)
{
    mp_store_breathe(r->store);
    if (!mp_store_room(r->store, &r->all, r->n, &r->cap, sizeof *r->all))
        return mp_error_memory(e);
    struct mp_link_report *one = mp_arena_alloc(&r->arena, sizeof *one);
    if (!one || r->n >= UINT32_MAX)
        return mp_error_memory(e);
    *one = (struct mp_link_report){.number = rec->number,
                                   .place = (uint32_t)r->n,
                                   .bits = INFINITY,
                                   .reported = mp_rec_time(rec->root, "reported_at"),
                                   .missing = mp_rec_time(rec->root, "missing_since"),
                                   .returned = mp_rec_time(rec->root, "returned_at"),
                                   .kind = kind_of(mp_rec_str(rec->root, "kind"))};
    yyjson_val *link = yyjson_obj_get(rec->root, "link");
    one->whole = yyjson_is_arr(yyjson_obj_get(link, "reports"));
    if (!read_file(r, rec, one) || !read_text(r, rec, one) ||
        !mp_link_rows_add(&r->rows, rec->root, r->jobs > 1) ||
        !mp_link_hosts_keep(r, one, rec->root))
        return mp_error_memory(e);
    r->all[r->n++] = one;
    return 0;
}

static int order_known(struct mp_time a, struct mp_time b)
{
    return a.known != b.known ? (a.known ? -1 : 1) : mp_time_cmp(a, b);
}

int mp_link_order(const struct mp_link_report *a, const struct mp_link_report *b)
{
    int d = order_known(a->reported, b->reported);
    if (d == 0)
        d = order_known(a->missing, b->missing);
    if (d == 0)
        d = mp_str_cmp(mp_link_key(a), mp_link_key(b));
    if (d == 0)
        d = mp_str_cmp(mp_link_bare(a), mp_link_bare(b));
    return d ? d : (a->place > b->place) - (a->place < b->place); /* the same line twice */
}

static int by_order(const void *a, const void *b)
{
    const struct mp_link_report *const *x = a, *const *y = b;
    return mp_link_order(*x, *y);
}

int mp_link_by_rank(const void *a, const void *b)
{
    const struct mp_link_report *const *x = a, *const *y = b;
    return ((*x)->rank > (*y)->rank) - ((*x)->rank < (*y)->rank);
}

/* A report by its times alone, as numbers in the same order: to see its text costs far more. */
struct timed {
    uint64_t reported, missing;
    struct mp_link_report *report;
};

static uint64_t number_of(struct mp_time t)
{
    uint64_t day = (uint32_t)t.day ^ 1u << 31; /* days before 1970 first */
    return t.known ? day << 16 | (uint64_t)(t.minute + 1) : UINT64_MAX;
}

static int by_times(const void *a, const void *b)
{
    const struct timed *x = a, *y = b;
    if (x->reported != y->reported)
        return x->reported < y->reported ? -1 : 1;
    return (x->missing > y->missing) - (x->missing < y->missing);
}

/* Puts the row of each report, which is where it was read, to its rank; of reports that were taken
 * out (lib/link/history.c) it is lost. `to`, by place: where a row belongs. */
static void move_rows(struct mp_link_reports *r, uint32_t *to, size_t n_places, uint32_t *hand)
{
    size_t n = r->model->n_fields, size = n * sizeof *hand;
    for (size_t i = 0; i < n_places; i++) {
        uint32_t at = to[i];
        mp_store_breathe(r->store);
        if (at == NOWHERE)
            continue;
        to[i] = NOWHERE;
        memcpy(hand, r->rows.all + i * n, size);
        while (at != NOWHERE) { /* lays it down where it belongs and takes up what was there */
            uint32_t *row = r->rows.all + at * n, next = to[at];
            for (size_t k = 0; k < n; k++) {
                uint32_t value = row[k];
                row[k] = hand[k];
                hand[k] = value;
            }
            to[at] = NOWHERE;
            at = next;
        }
    }
}

static int sort_rows(struct mp_link_reports *r, struct mp_error *e)
{
    uint32_t *to = mp_store_new(r->store, (r->rows.n + 1) * sizeof *to);
    uint32_t *hand = malloc((r->model->n_fields + 1) * sizeof *hand);
    bool fine = to && hand;
    for (size_t i = 0; fine && i < r->rows.n; i++)
        to[i] = NOWHERE;
    for (uint32_t i = 0; fine && i < r->n; i++)
        to[r->all[i]->place] = i;
    if (fine)
        move_rows(r, to, r->rows.n, hand);
    mp_store_drop(r->store, to);
    free(hand);
    return fine ? 0 : mp_error_memory(e);
}

int mp_link_sort(struct mp_link_reports *r, struct mp_error *e)
{
    if (!mp_link_rows_finish(&r->rows))
        return mp_error_memory(e);
    struct timed *timed = mp_store_new(r->store, (r->n + 1) * sizeof *timed);
    if (!timed)
        return mp_error_memory(e);
    for (size_t i = 0; i < r->n; i++)
        timed[i] = (struct timed){number_of(r->all[i]->reported), number_of(r->all[i]->missing),
                                  r->all[i]};
    qsort(timed, r->n, sizeof *timed, by_times);
    for (size_t i = 0; i < r->n; i++)
        r->all[i] = timed[i].report;
    for (size_t i = 0, end; i < r->n; i = end) {
        for (end = i + 1; end < r->n && by_times(&timed[i], &timed[end]) == 0;)
            end++;
        if (end > i + 1)
            qsort(r->all + i, end - i, sizeof *r->all, by_order);
        mp_store_breathe(r->store);
    }
    for (uint32_t i = 0; i < r->n; i++)
        r->all[i]->rank = i;
    mp_store_drop(r->store, timed);
    return sort_rows(r, e);
}

void mp_link_reports_make(struct mp_link_reports *r, struct mp_link_model *m,
                          struct mp_store *store)
{
    *r = (struct mp_link_reports){
        .model = m, .store = store, .arena = mp_store_arena(store, true), .jobs = 1};
    mp_link_rows_make(&r->rows, m, store);
}

void mp_link_reports_free(struct mp_link_reports *r)
{
    mp_store_drop(r->store, r->all);
    mp_store_drop(r->store, r->named);
    mp_link_rows_free(&r->rows);
    mp_map_free(&r->files);
    mp_buf_free(&r->scratch);
    *r = (struct mp_link_reports){0};
}
