/* Reports of earlier runs, to which new ones are added. */
#include "link/history.h"
#include "base/sha256.h"
#include <stdlib.h>

/* What a report says: all but where it stood, and what programs made of it. */
static bool add_content(struct mp_buf *b, yyjson_val *root)
{
    yyjson_obj_iter all = yyjson_obj_iter_with(root);
    b->len = 0;
    for (yyjson_val *k; (k = yyjson_obj_iter_next(&all));) {
        struct mp_str key = {yyjson_get_str(k), yyjson_get_len(k)};
        if (mp_str_is(key, "source") || mp_str_is(key, "link") || mp_str_is(key, "triage"))
            continue;
        mp_rec_add_value(b, k);
        mp_rec_add_value(b, yyjson_obj_iter_get_val(k));
    }
    return !b->failed;
}

static int mark(struct mp_link_reports *r, const struct mp_rec *rec, struct mp_error *e)
{
    struct mp_link_report *one = r->all[r->n - 1];
    struct mp_link_past *past = mp_arena_alloc(&r->arena, sizeof *past);
    struct mp_buf *b = &r->scratch;
    if (!past || !add_content(b, rec->root))
        return mp_error_memory(e);
    unsigned char hash[MP_SHA256_SIZE];
    mp_sha256(mp_buf_str(b), hash);
    past->content = mp_arena_str(&r->arena, (struct mp_str){(const char *)hash, sizeof hash});
    b->len = 0;
    mp_buf_addstr(b, mp_link_key(one));
    mp_buf_addc(b, '\x1f');
    mp_buf_addstr(b, mp_rec_str(rec->root, "kind"));
    mp_buf_addc(b, '\x1f');
    mp_buf_addstr(b, mp_rec_str(rec->root, "reported_at"));
    past->version = mp_arena_str(&r->arena, mp_buf_str(b));
    one->past = past;
    return b->failed || !past->content.p || !past->version.p ? mp_error_memory(e) : 0;
}

int mp_link_add_new(struct mp_link_reports *r, const struct mp_rec *rec, struct mp_error *e)
{
    if (mp_link_add(r, rec, e) < 0)
        return -1;
    r->all[r->n - 1]->fresh = true;
    return r->history ? mark(r, rec, e) : 0;
}

static bool is_id(struct mp_str id)
{
    for (size_t i = 0; i < id.n; i++)
        if (!(id.p[i] >= '0' && id.p[i] <= '9') && !(id.p[i] >= 'a' && id.p[i] <= 'f'))
            return false;
    return id.n == 16;
}

static bool take_id(struct mp_link_reports *r, struct mp_link_report *one, size_t unit,
                    struct mp_str id)
{
    one->past->was[unit] = mp_arena_str(&r->arena, id);
    return one->past->was[unit].p;
}

int mp_link_add_old(struct mp_link_reports *r, const struct mp_rec *rec, struct mp_error *e)
{
    static const char *const paths[] = {
        [MP_LINK_PERSON] = "link.person_id", [MP_LINK_EPISODE] = "link.episode_id"};
    if (mp_link_add(r, rec, e) < 0 || mark(r, rec, e) < 0)
        return -1;
    struct mp_link_report *one = r->all[r->n - 1];
    for (size_t i = 0; i < MP_LINK_UNITS; i++) {
        struct mp_str id = mp_rec_str(rec->root, paths[i]);
        if (one->whole || (id.p ? !is_id(id) : i == MP_LINK_PERSON)) {
            mp_error_set(e, MP_HISTORY, "%s; give what --annotate wrote",
                         one->whole ? "this is an episode, its reports are not here"
                                    : "this report has no id of an earlier run");
            return mp_error_at(e, rec->file, rec->number, 1);
        }
        if (id.p && !take_id(r, one, i, id))
            return mp_error_memory(e);
    }
    return 0;
}

/* A report and its place among all. */
struct item {
    size_t key, at;
    const struct mp_link_report *report;
};

static int by_key(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->report->fresh != y->report->fresh)
        return x->report->fresh ? 1 : -1;
    return mp_link_order(x->report, y->report);
}

static void replace(struct mp_link_reports *r, size_t old, size_t new, bool same)
{
    if (!same) {
        memcpy(r->all[new]->past->was, r->all[old]->past->was, sizeof r->all[new]->past->was);
        r->all[old] = r->all[new];
    }
    r->all[new] = NULL;
}

/* Pairs old reports with new ones of one key: the first with the first, and so on. */
static void pair_up(struct mp_link_reports *r, struct item *items, size_t n, bool same)
{
    if (n)
        qsort(items, n, sizeof *items, by_key);
    for (size_t i = 0, mid, end; i < n; i = end) {
        for (mid = i; mid < n && items[mid].key == items[i].key && !items[mid].report->fresh;)
            mid++;
        for (end = mid; end < n && items[end].key == items[i].key;)
            end++;
        for (size_t old = i, newer = mid; old < mid && newer < end; old++, newer++)
            replace(r, items[old].at, items[newer].at, same);
    }
}

/* `same`: those that say the same; else versions of one report. False if memory ran out. */
static bool pass(struct mp_link_reports *r, struct item *items, bool same)
{
    struct mp_map keys = {0};
    size_t n = 0;
    bool good = true;
    for (size_t i = 0; good && i < r->n; i++) {
        const struct mp_link_report *one = r->all[i];
        if (!one || one->whole || (!same && !one->id_n))
            continue;
        items[n] = (struct item){mp_map_put(&keys, same ? one->past->content : one->past->version),
                                 i, one};
        good = items[n++].key != MP_MAP_NONE;
    }
    if (good)
        pair_up(r, items, n, same);
    mp_map_free(&keys);
    return good;
}

int mp_link_settle(struct mp_link_reports *r, size_t *n, struct mp_error *e)
{
    size_t before = r->n;
    struct item *items = malloc((r->n + 1) * sizeof *items);
    bool good = items && pass(r, items, true) && pass(r, items, false);
    free(items);
    if (!good)
        return mp_error_memory(e);
    r->n = 0;
    for (size_t i = 0; i < before; i++)
        if (r->all[i])
            r->all[r->n++] = r->all[i];
    *n = before - r->n;
    return 0;
}
