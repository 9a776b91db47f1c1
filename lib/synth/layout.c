/* Reading how an export is written. */
#include "synth/layout.h"
#include "synth/bank.h"

static int read_templates(struct mp_synth_reader *r, struct mp_yaml *item,
                          struct mp_synth_column *out)
{
    size_t n = mp_yaml_count(item);
    out->ways = mp_arena_alloc(r->arena, (n + 1) * sizeof *out->ways);
    if (!out->ways)
        return mp_error_memory(r->e);
    for (; out->n < n; out->n++) {
        struct mp_yaml *one = mp_yaml_item(item, out->n);
        if (mp_yaml_is_text(one, r->e) < 0 ||
            mp_synth_read_template(r, one, one->text, MP_SYNTH_CELL_VALUES, NULL,
                                   &out->ways[out->n]) < 0)
            return -1;
    }
    return 0;
}

static int read_columns(struct mp_synth_reader *r, const struct mp_yaml *root,
                        struct mp_synth_layout *out)
{
    struct mp_yaml *y = mp_synth_part(r, root, "columns", MP_YAML_LIST);
    if (!y)
        return -1;
    out->columns = mp_arena_alloc(r->arena, y->n * sizeof *out->columns);
    if (!out->columns)
        return mp_error_memory(r->e);
    for (; out->n_columns < y->n; out->n_columns++) {
        struct mp_yaml *one = y->items[out->n_columns], *value;
        struct mp_synth_column *column = &out->columns[out->n_columns];
        if (mp_yaml_check(one, "column is empty capitals", r->e) < 0 ||
            mp_yaml_text(one, "column", true, &column->name, r->e) < 0 ||
            mp_yaml_bool(one, "capitals", &column->capitals, r->e) < 0 ||
            (mp_yaml_get(one, "empty") && mp_synth_read_share(r, one, "empty", &column->empty) < 0))
            return -1;
        value = mp_yaml_get(one, "is");
        if (value && read_templates(r, value, column) < 0)
            return -1;
    }
    return 0;
}

static int read_words(struct mp_synth_reader *r, const struct mp_yaml *root,
                      struct mp_synth_layout *out)
{
    static const struct {
        const char *key;
        enum mp_synth_cell cell;
    } known[] = {{"sex", MP_CELL_SEX},
                 {"setting", MP_CELL_SETTING},
                 {"kind", MP_CELL_KIND},
                 {"light", MP_CELL_LIGHT},
                 {"category", MP_CELL_CATEGORY},
                 {"state", MP_CELL_STATE},
                 {"institution", MP_CELL_INSTITUTION}};
    struct mp_yaml *y = mp_synth_part(r, root, "words", MP_YAML_MAP);
    if (!y || mp_yaml_check(y, "sex setting kind light category state institution", r->e) < 0)
        return -1;
    out->words = mp_arena_alloc(r->arena, y->n * sizeof *out->words);
    if (!out->words)
        return mp_error_memory(r->e);
    for (; out->n_words < y->n; out->n_words++) {
        struct mp_synth_words *w = &out->words[out->n_words];
        struct mp_yaml *map = mp_synth_part(r, y, y->keys[out->n_words]->text.p, MP_YAML_MAP);
        if (!map)
            return -1;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (mp_str_is(y->keys[out->n_words]->text, known[k].key))
                w->cell = known[k].cell;
        w->of = mp_arena_alloc(r->arena, map->n * sizeof *w->of);
        w->words = mp_arena_alloc(r->arena, map->n * sizeof *w->words);
        if (!w->of || !w->words)
            return mp_error_memory(r->e);
        for (; w->n < map->n; w->n++) {
            w->of[w->n] = map->keys[w->n]->text;
            if (mp_synth_read_weights(r, map, w->of[w->n].p, &w->words[w->n]) < 0)
                return -1;
        }
    }
    return 0;
}

static int read_moment_template(struct mp_synth_reader *r, const struct mp_yaml *root,
                                const char *key, struct mp_synth_template *out)
{
    struct mp_str text;
    if (mp_yaml_text(root, key, true, &text, r->e) < 0)
        return -1;
    return mp_synth_read_template(r, mp_yaml_get(root, key), text, MP_SYNTH_MOMENT_VALUES, NULL,
                                  out);
}

static int read_bytes(struct mp_synth_reader *r, const struct mp_yaml *root,
                      struct mp_synth_layout *out)
{
    struct mp_str delimiter, encoding = MP_STR("utf-8"), lines = MP_STR("lf");
    if (mp_yaml_text(root, "layout", true, &out->name, r->e) < 0 ||
        mp_yaml_text(root, "delimiter", true, &delimiter, r->e) < 0 ||
        mp_yaml_text(root, "encoding", false, &encoding, r->e) < 0 ||
        mp_yaml_text(root, "lines", false, &lines, r->e) < 0 ||
        mp_yaml_bool(root, "byte_order_mark", &out->mark, r->e) < 0 ||
        mp_yaml_bool(root, "quote_all", &out->quote_all, r->e) < 0 ||
        mp_yaml_bool(root, "appended", &out->appended, r->e) < 0)
        return -1;
    if (!mp_str_in(", ; |", delimiter) || delimiter.n != 1)
        return mp_yaml_fail(mp_yaml_get(root, "delimiter"), r->e, "must be one of , ; |");
    if (!mp_str_in("utf-8 windows-1252", encoding))
        return mp_yaml_fail(mp_yaml_get(root, "encoding"), r->e, "must be utf-8 or windows-1252");
    if (!mp_str_in("lf crlf", lines))
        return mp_yaml_fail(mp_yaml_get(root, "lines"), r->e, "must be lf or crlf");
    out->delimiter = delimiter.p[0];
    out->narrow = mp_str_is(encoding, "windows-1252");
    out->crlf = mp_str_is(lines, "crlf");
    return 0;
}

int mp_synth_layout_read(struct mp_synth_reader *r, const char *path, struct mp_synth_layout *out)
{
    struct mp_yaml *root;
    if (mp_yaml_load(r->arena, path, &root, r->e) < 0 ||
        mp_yaml_check(root,
                      "layout version delimiter encoding byte_order_mark lines quote_all appended "
                      "capitals date time words columns",
                      r->e) < 0 ||
        read_bytes(r, root, out) < 0 ||
        (mp_yaml_get(root, "capitals") &&
         mp_synth_read_share(r, root, "capitals", &out->capital_share) < 0) ||
        read_moment_template(r, root, "date", &out->date) < 0 ||
        read_moment_template(r, root, "time", &out->time) < 0 || read_words(r, root, out) < 0)
        return -1;
    return read_columns(r, root, out);
}

struct mp_str mp_synth_word(const struct mp_synth_layout *l, enum mp_synth_cell cell,
                            struct mp_str of, struct mp_chance *c)
{
    for (size_t i = 0; i < l->n_words; i++)
        for (size_t k = 0; l->words[i].cell == cell && k < l->words[i].n; k++)
            if (mp_str_eq(l->words[i].of[k], of))
                return mp_synth_pick(&l->words[i].words[k], c);
    return of;
}
