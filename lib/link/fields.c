/* The comparable values of a record's fields. */
#include "link/fields.h"
#include "base/hash.h"
#include "link/compare.h"
#include <inttypes.h>
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

/* The texts of a field one after the other, in f->text; false if one of them is not known. */
static bool read_text(struct mp_link_fields *f, const struct mp_link_field *field, yyjson_val *root)
{
    f->text.len = 0;
    for (size_t i = 0; i < field->n_from; i++) {
        struct mp_str text = mp_rec_text(mp_rec_get(root, &field->from[i]));
        if (!text.p)
            return false;
        if (i > 0)
            mp_buf_addc(&f->text, ' ');
        mp_buf_addstr(&f->text, text);
    }
    return f->text.len > 0;
}

/* The number of the first time that is known: its day, or its year less another number. */
static void add_number(struct mp_link_fields *f, const struct mp_link_field *field,
                       yyjson_val *root)
{
    struct mp_time t = {0};
    int64_t less = 0;
    int year, month, day;
    for (size_t i = 0; i < field->n_from && !t.known; i++) {
        struct mp_str text = mp_rec_text(mp_rec_get(root, &field->from[i]));
        if (text.p && !mp_time_read(text, &t))
            t = (struct mp_time){0};
    }
    if (!t.known || (field->less.n && !mp_rec_int(mp_rec_get(root, &field->less), &less)))
        return;
    mp_date_civil(t.day, &year, &month, &day);
    mp_buf_addf(&f->comparable, "%" PRId64, field->as == MP_LINK_AS_DAY ? t.day : year - less);
}

static bool read_number(struct mp_link_fields *f, const struct mp_link_field *field,
                        struct mp_link_values *all, yyjson_val *root, uint32_t *value)
{
    f->comparable.len = 0;
    add_number(f, field, root);
    bool known = f->comparable.len > 0;
    *value = known ? mp_link_values_put(all, mp_buf_str(&f->comparable)) : 0;
    return !f->comparable.failed && (!known || *value);
}

/* Makes the values of all fields that are read from where `source` is. */
static bool make_values(struct mp_link_fields *f, const struct mp_link_model *m,
                        struct mp_link_values *all, size_t source, uint32_t *values)
{
    for (size_t i = source; i < m->n_fields; i++) {
        if (m->fields[i].source != source)
            continue;
        f->comparable.len = 0;
        mp_link_comparable(&m->fields[i], mp_buf_str(&f->text), &f->comparable);
        bool known = f->comparable.len > 0;
        values[i] = known ? mp_link_values_put(all, mp_buf_str(&f->comparable)) : 0;
        if (f->comparable.failed || (known && !values[i]))
            return false;
    }
    return true;
}

static void keep(struct mp_link_lately *l, const struct mp_link_fields *f,
                 const struct mp_link_model *m, size_t source, const uint32_t *values)
{
    size_t n = 0;
    for (size_t i = source; i < m->n_fields; i++) {
        if (m->fields[i].source != source)
            continue;
        if (n == ITS_FIELDS)
            return; /* more than is kept */
        l->values[n++] = values[i];
    }
    l->n = (uint32_t)f->text.len;
    l->source = (uint32_t)source;
    memcpy(l->text, f->text.data, f->text.len);
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
                        struct mp_link_values *all, size_t source, uint32_t *values)
{
    struct mp_str text = mp_buf_str(&f->text);
    uint64_t hash = mp_hash_fast(text) + source;
    struct mp_link_lately *l = &f->lately[hash % LATELY];
    if (l->n == text.n && l->hash == hash && l->source == source &&
        memcmp(l->text, text.p, text.n) == 0) {
        take(l, m, source, values);
        return true;
    }
    if (!make_values(f, m, all, source, values))
        return false;
    l->n = 0;
    l->hash = hash;
    if (text.n <= SHORT)
        keep(l, f, m, source, values);
    return true;
}

bool mp_link_fields_read(struct mp_link_fields *f, const struct mp_link_model *m,
                         struct mp_link_values *all, yyjson_val *root, uint32_t *values)
{
    memset(values, 0, m->n_fields * sizeof *values);
    if (!f->lately)
        f->lately = calloc(LATELY, sizeof *f->lately);
    bool fine = f->lately;
    for (size_t i = 0; fine && i < m->n_fields; i++) {
        const struct mp_link_field *field = &m->fields[i];
        if (mp_link_is_number(field))
            fine = read_number(f, field, all, root, &values[i]);
        else if (field->source == i && read_text(f, field, root))
            fine = !f->text.failed && read_source(f, m, all, i, values);
    }
    return fine && !f->text.failed;
}

void mp_link_fields_free(struct mp_link_fields *f)
{
    free(f->lately);
    mp_buf_free(&f->text);
    mp_buf_free(&f->comparable);
    *f = (struct mp_link_fields){0};
}
