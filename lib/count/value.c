/* What a record's values of a dimension are, and their numbers. */
#include "count/dimension.h"
#include <stdio.h>

static int numbered(struct mp_dim *d, size_t place, uint32_t *value, struct mp_error *e)
{
    if (place == (size_t)-1) /* MP_MAP_NONE and MP_NUMBERS_NONE */
        return mp_error_memory(e);
    if (place > MP_VALUE_MAX - MP_VALUE_FIRST)
        return mp_error_set(e, MP_TOO_MANY_VALUES, "'%s' has more than %d values", d->name.p,
                            MP_VALUE_MAX - MP_VALUE_FIRST + 1);
    *value = (uint32_t)place + MP_VALUE_FIRST;
    return 0;
}

int mp_dim_period(struct mp_dim *d, int32_t period, uint32_t *value, struct mp_error *e)
{
    return numbered(d, mp_numbers_put(&d->periods, (uint64_t)(uint32_t)period), value, e);
}

/* "unknown" is how rows write what is not known, so a text of that name is nothing else. */
int mp_dim_text(struct mp_dim *d, struct mp_str text, uint32_t *value, struct mp_error *e)
{
    text = mp_str_trim(text);
    *value = MP_VALUE_UNKNOWN;
    if (text.n == 0 || mp_str_is(text, "unknown"))
        return 0;
    return numbered(d, mp_map_put(&d->texts, text), value, e);
}

/* The text of a record: what may not come out itself under another name. */
static int text_value(struct mp_dim *d, struct mp_str text, uint32_t *value, struct mp_error *e)
{
    char name[17];
    text = mp_str_trim(text);
    if (!d->pseudonym || text.n == 0 || mp_str_is(text, "unknown"))
        return mp_dim_text(d, text, value, e);
    snprintf(name, sizeof name, "%016llx", (unsigned long long)mp_hash(text.p, text.n));
    return mp_dim_text(d, mp_str_of(name), value, e);
}

static struct mp_time moment(const struct mp_dim *d, const struct mp_case *k, yyjson_val *report)
{
    struct mp_time t = {0};
    if (!report)
        return mp_moments_of(&d->at, k);
    for (size_t i = 0; i < d->at.n && !t.known; i++) {
        struct mp_str s = mp_rec_text(mp_rec_get(report, &d->at_paths[i]));
        if (s.p)
            mp_time_read(s, &t);
    }
    return t;
}

/* Age at the moment from the date of birth; without one of the two, the age as it was given. */
static bool age_of(const struct mp_dim *d, const struct mp_case *k, int64_t *age)
{
    struct mp_time born = {0}, t = moment(d, k, NULL);
    struct mp_str s = mp_case_text(k, d->born);
    if (s.p && t.known && mp_time_read(s, &born))
        *age = mp_date_age(born.day, t.day);
    else if (d->age == MP_LOOKUP_NONE || !mp_rec_int(k->lookup.values[d->age], age))
        return false;
    return *age >= 0;
}

static uint32_t band_of(const struct mp_dim *d, int64_t number)
{
    size_t i = 0;
    while (i + 1 < d->n_listed && number >= d->below[i])
        i++;
    return (uint32_t)i + MP_VALUE_FIRST;
}

static struct mp_str text_of(yyjson_val *v)
{
    if (yyjson_is_bool(v))
        return yyjson_is_true(v) ? MP_STR("true") : MP_STR("false");
    return mp_rec_text(v);
}

static bool has(const struct mp_dim_values *values, uint32_t value)
{
    for (size_t i = 0; i < values->n; i++)
        if (values->v[i] == value)
            return true;
    return false;
}

/* The texts of a list, each once. */
static int texts_of(struct mp_dim *d, yyjson_val *list, struct mp_dim_values *out,
                    struct mp_error *e)
{
    yyjson_arr_iter all = yyjson_arr_iter_with(list);
    for (yyjson_val *v; (v = yyjson_arr_iter_next(&all));) {
        uint32_t value;
        if (d->only_key.p && !mp_str_eq(mp_rec_text(mp_rec_member(v, d->only_key)), d->only_value))
            continue;
        if (d->item.p)
            v = mp_rec_member(v, d->item);
        if (text_value(d, text_of(v), &value, e) < 0)
            return -1;
        if (value == MP_VALUE_UNKNOWN || has(out, value))
            continue;
        if (out->n == MP_DIM_VALUES)
            return mp_error_set(e, MP_TOO_MANY_VALUES, "a record has more than %d values of '%s'",
                                MP_DIM_VALUES, d->name.p);
        out->v[out->n++] = value;
    }
    return 0;
}

static enum mp_truth class_holds(const struct mp_dim *d, const struct mp_dim_class *c,
                                 const struct mp_case *k)
{
    if (c->when.condition)
        return mp_when_eval(&c->when, k, NULL);
    if (!yyjson_is_arr(k->lookup.values[d->signals]))
        return MP_UNDECIDED;
    return mp_codes_any(&k->lookup.codes, &c->code, c->statuses, 0) ? MP_TRUE : MP_FALSE;
}

static void classes_of(const struct mp_dim *d, const struct mp_case *k, struct mp_dim_values *out)
{
    bool undecided = false;
    for (size_t i = 0; i < d->n_classes; i++) {
        enum mp_truth t = class_holds(d, &d->classes[i], k);
        undecided |= t == MP_UNDECIDED;
        if (t != MP_TRUE)
            continue;
        out->v[out->n++] = (uint32_t)i + MP_VALUE_FIRST;
        if (!d->several)
            return;
    }
    if (out->n == 0 && d->otherwise && !undecided)
        out->v[out->n++] = d->otherwise;
}

static int truths_of(struct mp_dim *d, const struct mp_case *k, uint32_t *value, struct mp_error *e)
{
    struct mp_buf b = {0};
    for (size_t i = 0; i < d->n_truths; i++)
        mp_buf_addc(&b, mp_when_holds(d->truths[i], k) ? '1' : '0');
    int bad = b.failed ? mp_error_memory(e) : mp_dim_text(d, mp_buf_str(&b), value, e);
    mp_buf_free(&b);
    return bad;
}

static int values_of(struct mp_dim *d, const struct mp_case *k, yyjson_val *report,
                     struct mp_dim_values *out, struct mp_error *e)
{
    int64_t age;
    struct mp_amount amount;
    struct mp_time t;
    yyjson_val *v;
    switch (d->kind) {
    case MP_DIM_CLASSES:
        classes_of(d, k, out);
        return 0;
    case MP_DIM_TRUTHS:
        out->n = 1;
        return truths_of(d, k, out->v, e);
    case MP_DIM_PERIOD:
        t = moment(d, k, report);
        out->n = t.known;
        return t.known ? mp_dim_period(d, mp_period_of(d->period, t.day), out->v, e) : 0;
    case MP_DIM_AGE:
        if (age_of(d, k, &age))
            out->v[out->n++] = band_of(d, age);
        return 0;
    case MP_DIM_NUMBER:
        if (mp_quantity_of(&d->quantity, k, &amount) &&
            band_of(d, amount.least) == band_of(d, amount.most))
            out->v[out->n++] = band_of(d, amount.least);
        return 0;
    default:
        v = report ? mp_rec_get(report, &d->field) : k->lookup.values[d->place];
        if (d->several && yyjson_is_arr(v))
            return texts_of(d, v, out, e);
        out->n = 1;
        return text_value(d, text_of(v), out->v, e);
    }
}

int mp_dim_values(struct mp_dim *d, const struct mp_case *k, yyjson_val *report,
                  struct mp_dim_values *out, struct mp_error *e)
{
    out->n = 0;
    if (values_of(d, k, report, out, e) < 0)
        return -1;
    if (out->n == 0)
        out->v[out->n++] = MP_VALUE_UNKNOWN;
    return 0;
}

int mp_dim_read_value(struct mp_dim *d, struct mp_str text, uint32_t *value, struct mp_error *e)
{
    int32_t period;
    *value = MP_VALUE_UNKNOWN;
    if (mp_str_is(text, "unknown"))
        return 1;
    if (d->kind == MP_DIM_PERIOD) {
        if (!mp_period_read(text, d->period, &period))
            return 0;
        return mp_dim_period(d, period, value, e) < 0 ? -1 : 1;
    }
    size_t listed = mp_map_find(&d->texts, text);
    if (listed == MP_MAP_NONE && d->kind != MP_DIM_TEXT && d->kind != MP_DIM_TRUTHS)
        return 0;
    if (listed == MP_MAP_NONE)
        return mp_dim_text(d, text, value, e) < 0 ? -1 : *value != MP_VALUE_UNKNOWN;
    *value = (uint32_t)listed + MP_VALUE_FIRST;
    return 1;
}

size_t mp_dim_n_values(const struct mp_dim *d)
{
    return MP_VALUE_FIRST + (d->kind == MP_DIM_PERIOD ? d->periods.n : d->texts.n);
}

void mp_dim_add_value(struct mp_buf *b, const struct mp_dim *d, uint32_t value)
{
    if (value == MP_VALUE_UNKNOWN)
        mp_buf_addstr(b, MP_STR("unknown"));
    else if (d->kind == MP_DIM_PERIOD)
        mp_period_add(b, d->period, (int32_t)(uint32_t)d->periods.keys[value - MP_VALUE_FIRST]);
    else
        mp_buf_addstr(b, d->texts.entries[value - MP_VALUE_FIRST].key);
}
