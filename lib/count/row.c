/* Rows: one number each, as a line of JSON. */
#include "count/row.h"
#include "io/json.h"
#include <inttypes.h>

void mp_row_add_by(struct mp_buf *b, const struct mp_crosstab *t, uint64_t key)
{
    struct mp_buf value = {0};
    mp_buf_addc(b, '{');
    for (size_t i = 0; i < t->n_by; i++) {
        uint32_t v = mp_crosstab_value(key, i);
        if (v == MP_VALUE_ALL)
            continue;
        value.len = 0;
        mp_dim_add_value(&value, t->by[i], v);
        mp_json_add_field(b, t->by[i]->name.p, mp_buf_str(&value));
    }
    mp_buf_addc(b, '}');
    b->failed |= value.failed;
    mp_buf_free(&value);
}

void mp_row_add(struct mp_buf *b, const struct mp_row *row)
{
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "table", row->list->table->name);
    mp_json_add_key(b, "by");
    mp_row_add_by(b, row->list->table, mp_listing_key(row->list, row->place));
    bool told = row->unit < MP_N_UNITS;
    const struct mp_figure *figure = row->list->table->figure;
    mp_json_add_field(b, "unit",
                      told ? mp_str_of(mp_count_unit_names[row->unit]) : (struct mp_str){0});
    mp_json_add_field(b, "measure",
                      told ? mp_str_of(mp_measure_kinds[row->measure].name) : (struct mp_str){0});
    mp_json_add_key(b, "value");
    if (row->suppressed)
        mp_buf_adds(b, "null");
    else
        mp_measured_add(b, row->value);
    mp_json_add_field(b, "suppressed",
                      row->suppressed ? mp_str_of(row->suppressed) : (struct mp_str){0});
    if (row->reason)
        mp_json_add_field(b, "reason", mp_str_of(row->reason));
    if (row->unsafe)
        mp_buf_adds(b, ",\"unsafe\":true");
    if (row->rounded)
        mp_buf_addf(b, ",\"rounded\":%" PRIu64, row->rounded);
    if (figure)
        mp_figure_add(b, figure);
    mp_buf_addstr(b, row->tail);
    mp_buf_adds(b, "}\n");
}
