/* The comparable values of a record's fields. */
#include "link/fields.h"
#include "base/hash.h"
#include "link/compare.h"
#include <stdlib.h>

enum { LATELY = 1 << 15, SHORT = 48, ITS_FIELDS = 12 };

/* A text, and the values of all fields that are read from where it stood. */
struct mp_link_lately {
    uint64_t hash;
    uint32_t n;      /* bytes of the text */
    uint32_t source; /* the first of the fields; only those kept have n > 0 */
    char text[SHORT];
    uint32_t values[ITS_FIELDS];
};

/* ---- gathering ---- */

/* The texts of a field one after the other; false if one of them is not known. */
static bool add_text(struct mp_buf *b, const struct mp_link_field *field, yyjson_val *root)
{
    for (size_t i = 0; i < field->n_from; i++) {
        struct mp_str text = mp_rec_text(mp_rec_get(root, &field->from[i]));
        if (!text.p)
            return false;
        if (i > 0)
            mp_buf_addc(b, ' ');
        mp_buf_addstr(b, text);
    }
    return true;
}

/* The number of the first time that is known: its day, its minute in that, or its year less
 * another number. */
static bool add_number(struct mp_buf *b, const struct mp_link_field *field, yyjson_val *root)
{
    struct mp_time t = {0};
    int64_t less = 0;
    int year, month, day;
    for (size_t i = 0; i < field->n_from && !t.known; i++) {
        struct mp_str text = mp_rec_text(mp_rec_get(root, &field->from[i]));
        bool fits = text.p && mp_time_read(text, &t);
        if (!fits || (field->as == MP_LINK_AS_MINUTE && t.minute < 0))
            t = (struct mp_time){0};
    }
    if (!t.known || (field->less.n && !mp_rec_int(mp_rec_get(root, &field->less), &less)))
        return false;
    mp_date_civil(t.day, &year, &month, &day);
    int64_t number = field->as == MP_LINK_AS_DAY      ? t.day
                     : field->as == MP_LINK_AS_MINUTE ? t.minute
                                                      : year - less;
    if (number < 0)
        mp_buf_addc(b, '-');
    mp_buf_addu(b, number < 0 ? (uint64_t)-number : (uint64_t)number);
    return true;
}

/* Each source once, in the order of the fields: bytes, then so many; none: not known. */
void mp_link_fields_gather(const struct mp_link_model *m, yyjson_val *root, struct mp_buf *b)
{
    for (size_t i = 0; i < m->n_fields && !b->failed; i++) {
        const struct mp_link_field *field = &m->fields[i];
        if (field->source != i)
            continue;
        uint32_t n = 0;
        size_t begin = b->len;
        mp_buf_add(b, &n, sizeof n);
        bool known =
            mp_link_is_number(field) ? add_number(b, field, root) : add_text(b, field, root);
        if (!known)
            b->len = begin + sizeof n;
        if (b->failed || b->len - begin - sizeof n > UINT32_MAX) {
            b->failed = true;
            return;
        }
        n = (uint32_t)(b->len - begin - sizeof n);
        memcpy(b->data + begin, &n, sizeof n);
    }
}

/* ---- reading ---- */

static bool make_value(struct mp_link_fields *f, const struct mp_link_field *field,
                       struct mp_link_values *all, struct mp_str text, uint32_t *value)
{
    f->comparable.len = 0;
    if (!mp_link_is_number(field)) {
        mp_link_comparable(field, text, &f->comparable);
        text = mp_buf_str(&f->comparable);
    }
    *value = text.n > 0 ? mp_link_values_put(all, text) : 0;
    return !f->comparable.failed && (text.n == 0 || *value);
}

/* Makes the values of all fields that are read from where `source` is. */
static bool make_values(struct mp_link_fields *f, const struct mp_link_model *m,
                        struct mp_link_values *all, size_t source, struct mp_str text,
                        uint32_t *values)
{
    for (size_t i = source; i < m->n_fields; i++)
        if (m->fields[i].source == source && !make_value(f, &m->fields[i], all, text, &values[i]))
            return false;
    return true;
}

static void keep(struct mp_link_lately *l, const struct mp_link_model *m, size_t source,
                 struct mp_str text, const uint32_t *values)
{
    size_t n = 0;
    for (size_t i = source; i < m->n_fields; i++) {
        if (m->fields[i].source != source)
            continue;
        if (n == ITS_FIELDS)
            return; /* more than is kept */
        l->values[n++] = values[i];
    }
    l->n = (uint32_t)text.n;
    l->source = (uint32_t)source;
    memcpy(l->text, text.p, text.n);
}

static void take(const struct mp_link_lately *l, const struct mp_link_model *m, size_t source,
                 uint32_t *values)
{
    size_t n = 0;
    for (size_t i = source; i < m->n_fields; i++)
        if (m->fields[i].source == source)
            values[i] = l->values[n++];
}

static bool read_source(struct mp_link_fields *f, const struct mp_link_model *m,
                        struct mp_link_values *all, size_t source, struct mp_str text,
                        uint32_t *values)
{
    uint64_t hash = mp_hash_fast(text) + source;
    struct mp_link_lately *l = &f->lately[hash % LATELY];
    if (l->n == text.n && l->hash == hash && l->source == source &&
        memcmp(l->text, text.p, text.n) == 0) {
        take(l, m, source, values);
        return true;
    }
    if (!make_values(f, m, all, source, text, values))
        return false;
    l->n = 0;
    l->hash = hash;
    if (text.n <= SHORT)
        keep(l, m, source, text, values);
    return true;
}

bool mp_link_fields_read(struct mp_link_fields *f, const struct mp_link_model *m,
                         struct mp_link_values *all, const char **at, uint32_t *values)
{
    memset(values, 0, m->n_fields * sizeof *values);
    if (!f->lately)
        f->lately = calloc(LATELY, sizeof *f->lately);
    bool fine = f->lately;
    for (size_t i = 0; fine && i < m->n_fields; i++) {
        if (m->fields[i].source != i)
            continue;
        uint32_t n;
        memcpy(&n, *at, sizeof n);
        *at += sizeof n;
        if (n > 0)
            fine = read_source(f, m, all, i, (struct mp_str){*at, n}, values);
        *at += n;
    }
    return fine;
}

void mp_link_fields_free(struct mp_link_fields *f)
{
    free(f->lately);
    mp_buf_free(&f->comparable);
    *f = (struct mp_link_fields){0};
}
