/* The reports, all in memory. */
#include "link/report.h"
#include "base/similar.h"
#include "link/compare.h"
#include <inttypes.h>
#include <stdlib.h>

static uint32_t intern(struct mp_link_reports *r, struct mp_str text)
{
    size_t n = r->values.n, at = mp_map_put(&r->values, text);
    r->scratch.failed |= at == MP_MAP_NONE || at >= UINT32_MAX;
    if (r->values.n > n)
        r->values.entries[at].value = mp_letters_of(text);
    return (uint32_t)(at + 1);
}

/* The texts of a field one after the other, in r->text; false if one of them is not known. */
static bool text_of(struct mp_link_reports *r, const struct mp_link_field *f, yyjson_val *root)
{
    r->text.len = 0;
    for (size_t i = 0; i < f->n_from; i++) {
        struct mp_str text = mp_rec_text(mp_rec_get(root, &f->from[i]));
        if (!text.p)
            return false;
        if (i > 0)
            mp_buf_addc(&r->text, ' ');
        mp_buf_addstr(&r->text, text);
    }
    r->scratch.failed |= r->text.failed;
    return true;
}

/* The number of the first time that is known: its day, or its year less another number. */
static void add_number(struct mp_link_reports *r, const struct mp_link_field *f, yyjson_val *root)
{
    struct mp_time t = {0};
    int64_t less = 0;
    int year, month, day;
    for (size_t i = 0; i < f->n_from && !t.known; i++) {
        struct mp_str text = mp_rec_text(mp_rec_get(root, &f->from[i]));
        if (text.p && !mp_time_read(text, &t))
            t = (struct mp_time){0};
    }
    if (!t.known || (f->less.n && !mp_rec_int(mp_rec_get(root, &f->less), &less)))
        return;
    mp_date_civil(t.day, &year, &month, &day);
    mp_buf_addf(&r->scratch, "%" PRId64, f->as == MP_LINK_AS_DAY ? t.day : year - less);
}

/* The comparable values of all fields. */
static bool read_values(struct mp_link_reports *r, const struct mp_rec *rec,
                        struct mp_link_report *one)
{
    const struct mp_link_model *m = r->model;
    uint32_t *values = mp_arena_alloc(&r->arena, m->n_fields * sizeof *values);
    if (!values)
        return false;
    for (size_t i = 0; i < m->n_fields; i++) {
        r->scratch.len = 0;
        if (m->fields[i].as == MP_LINK_AS_DAY || m->fields[i].as == MP_LINK_AS_YEAR)
            add_number(r, &m->fields[i], rec->root);
        else if (text_of(r, &m->fields[i], rec->root))
            mp_link_comparable(&m->fields[i], mp_buf_str(&r->text), &r->scratch);
        if (r->scratch.len > 0)
            values[i] = intern(r, mp_buf_str(&r->scratch));
    }
    one->values = values;
    return !r->scratch.failed;
}

static enum mp_link_kind kind_of(struct mp_str text)
{
    static const char *const names[] = {"missing", "returned", "transfer", "update"};
    for (size_t i = 0; i < 4; i++)
        if (mp_str_is(text, names[i]))
            return (enum mp_link_kind)i;
    return MP_LINK_MISSING;
}

/* What names a record of another kind: for references, and behind its file for its key. */
static bool read_own_key(struct mp_link_reports *r, yyjson_val *root, struct mp_link_report *one)
{
    struct mp_buf *b = &r->scratch;
    b->len = 0;
    for (size_t i = 0; i < r->model->n_key; i++) {
        if (i > 0)
            mp_buf_addc(b, '-');
        mp_buf_addstr(b, mp_rec_text(mp_rec_get(root, &r->model->key[i])));
    }
    one->label = one->key = mp_arena_str(&r->arena, mp_buf_str(b));
    return one->key.p && !b->failed;
}

/* What names a report: not where its row stands, which another export changes. */
static bool read_key(struct mp_link_reports *r, yyjson_val *root, struct mp_link_report *one)
{
    static const char *const paths[] = {"id", "document", "person.given_name", "person.name_prefix",
                                        "person.family_name"};
    static const char *const without_id[] = {"reported_at", "missing_since", "returned_at",
                                             "person.birth_date", "person.client_id"};
    struct mp_buf *b = &r->scratch;
    struct mp_str unit = mp_rec_str(root, "source.unit"), id = mp_rec_str(root, "id");
    b->len = 0;
    if (one->whole)
        mp_buf_addstr(b, mp_rec_str(root, "link.episode_id"));
    else
        mp_buf_addstr(b, unit.p ? unit : mp_rec_str(root, "source.profile"));
    for (size_t i = 0; i < 5 && !one->whole; i++) {
        mp_buf_addc(b, '\x1f');
        mp_buf_addstr(b, mp_rec_str(root, paths[i]));
    }
    for (size_t i = 0; i < 5 && id.n == 0 && !one->whole; i++) {
        mp_buf_addc(b, '\x1f');
        mp_buf_addstr(b, mp_rec_str(root, without_id[i]));
    }
    one->key = mp_arena_str(&r->arena, mp_buf_str(b));
    one->id = id.n ? intern(r, id) : 0;
    return one->key.p && !b->failed;
}

/* "PL1300-2018014185-2"; where there is no number, file and record. */
static bool read_label(struct mp_link_reports *r, yyjson_val *root, struct mp_link_report *one)
{
    struct mp_buf *b = &r->scratch;
    struct mp_str id = mp_rec_str(root, "id"), document = mp_rec_str(root, "document");
    b->len = 0;
    mp_buf_addstr(b, id.n ? id : mp_rec_str(root, "source.file"));
    mp_buf_adds(b, id.n ? (document.n ? "-" : "") : ":");
    mp_buf_addstr(b, id.n ? document : mp_rec_str(root, "source.record"));
    one->label = mp_arena_str(&r->arena, mp_buf_str(b));
    return one->label.p && !b->failed;
}

static bool name_report(struct mp_link_reports *r, yyjson_val *root, struct mp_link_report *one)
{
    return r->model->persons ? read_own_key(r, root, one)
                             : read_key(r, root, one) && read_label(r, root, one);
}

static bool read_bare(struct mp_link_reports *r, const struct mp_rec *rec,
                      struct mp_link_report *one)
{
    yyjson_val *link = yyjson_obj_get(rec->root, "link");
    one->bare = one->line;
    one->whole = yyjson_is_arr(yyjson_obj_get(link, "reports"));
    if (!link || one->whole)
        return true;
    r->scratch.len = 0;
    mp_rec_add_without(&r->scratch, rec, MP_STR("link"));
    one->bare = mp_arena_str(&r->arena, mp_buf_str(&r->scratch));
    return one->bare.p && !r->scratch.failed;
}

int mp_link_add(struct mp_link_reports *r, const struct mp_rec *rec, struct mp_error *e)
{
    if (r->n == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 256;
        struct mp_link_report **all = realloc(r->all, cap * sizeof *all);
        if (!all)
            return mp_error_memory(e);
        r->all = all;
        r->cap = cap;
    }
    struct mp_link_report *one = mp_arena_alloc(&r->arena, sizeof *one);
    struct mp_str line = mp_arena_str(&r->arena, rec->line);
    if (!one || !line.p || r->n >= UINT32_MAX)
        return mp_error_memory(e);
    *one = (struct mp_link_report){.line = line,
                                   .file = rec->file,
                                   .number = rec->number,
                                   .place = r->n,
                                   .probability = 1,
                                   .reported = mp_rec_time(rec->root, "reported_at"),
                                   .missing = mp_rec_time(rec->root, "missing_since"),
                                   .returned = mp_rec_time(rec->root, "returned_at"),
                                   .kind = kind_of(mp_rec_str(rec->root, "kind"))};
    if (!read_bare(r, rec, one) || !name_report(r, rec->root, one) || !read_values(r, rec, one))
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
        d = mp_str_cmp(a->key, b->key);
    if (d == 0)
        d = mp_str_cmp(a->bare, b->bare);
    return d ? d : (a->place > b->place) - (a->place < b->place); /* the same line twice */
}

static int by_order(const void *a, const void *b)
{
    const struct mp_link_report *const *x = a, *const *y = b;
    return mp_link_order(*x, *y);
}

void mp_link_sort(struct mp_link_reports *r)
{
    if (r->n)
        qsort(r->all, r->n, sizeof *r->all, by_order);
}

void mp_link_reports_free(struct mp_link_reports *r)
{
    mp_arena_free(&r->arena);
    mp_map_free(&r->values);
    mp_buf_free(&r->scratch);
    mp_buf_free(&r->text);
    free(r->all);
    *r = (struct mp_link_reports){0};
}
