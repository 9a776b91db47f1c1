/* The linkage model: how alike values are, and which pairs are compared. */
#include "link/model_read.h"

const char *const mp_link_test_names[MP_LINK_TESTS] = {"same",    "swapped", "initial",   "part",
                                                       "similar", "edits",   "day-month", "digits",
                                                       "start",   "near"};

static int read_test(struct mp_link_model_reader *r, struct mp_yaml *y, enum mp_link_test *out)
{
    struct mp_str is = {0};
    if (mp_yaml_text(y, "is", true, &is, r->e) < 0)
        return -1;
    for (size_t i = 0; i < MP_LINK_TESTS; i++)
        if (mp_str_is(is, mp_link_test_names[i])) {
            *out = (enum mp_link_test)i;
            return 0;
        }
    return mp_yaml_fail(mp_yaml_get(y, "is"), r->e,
                        "'%s' is none of same, swapped, initial, part, similar, edits, day-month, "
                        "digits, start, near",
                        is.p);
}

/* "and: {day: 30}": another field's numbers must lie that near, too. */
static int read_and(struct mp_link_model_reader *r, struct mp_yaml *level, struct mp_link_level *l)
{
    size_t field = 0;
    int64_t apart = 0;
    if (!mp_yaml_get(level, "and"))
        return 0;
    struct mp_yaml *y = mp_link_model_part(r, level, "and", MP_YAML_MAP, 1);
    if (!y || mp_link_model_field(r, y->keys[0], &field) < 0 ||
        mp_link_model_number(r, y, y->keys[0]->text.p, true, &apart) < 0)
        return -1;
    l->also = field + 1;
    l->apart = (size_t)apart;
    return 0;
}

/* Each test has the keys that it needs and no others. */
static int read_level(struct mp_link_model_reader *r, struct mp_yaml *y, struct mp_link_level *l)
{
    int64_t most = 0;
    if (mp_yaml_check(y, "is least most with of and covers frequency", r->e) < 0 ||
        read_test(r, y, &l->test) < 0)
        return -1;
    bool counts = l->test == MP_LINK_EDITS || l->test == MP_LINK_DIGITS ||
                  l->test == MP_LINK_START || l->test == MP_LINK_NEAR;
    struct mp_yaml *least = mp_yaml_get(y, "least"), *with = mp_yaml_get(y, "with"),
                   *of = mp_yaml_get(y, "of");
    if ((least != NULL) != (l->test == MP_LINK_SIMILAR))
        return mp_yaml_fail(y, r->e, "'least' belongs to 'similar', and must stand there");
    if ((mp_yaml_get(y, "most") != NULL) != counts)
        return mp_yaml_fail(
            y, r->e, "'most' belongs to edits, digits, start and near, and must stand there");
    if ((with != NULL) != (l->test == MP_LINK_SWAPPED))
        return mp_yaml_fail(y, r->e, "'with' belongs to 'swapped', and must stand there");
    if (mp_link_model_share(r, y, "least", &l->least) < 0 ||
        mp_link_model_number(r, y, "most", counts, &most) < 0 ||
        (with && mp_link_model_field(r, with, &l->with) < 0) ||
        (of && mp_link_model_field(r, of, &l->of) < 0) ||
        mp_yaml_bool(y, "frequency", &l->frequency, r->e) < 0 || read_and(r, y, l) < 0)
        return -1;
    l->most = (size_t)most;
    return 0;
}

static int read_comparison(struct mp_link_model_reader *r, struct mp_yaml *key, struct mp_yaml *y,
                           struct mp_link_comparison *c)
{
    c->name = key->text;
    if (mp_link_model_field(r, key, &c->field) < 0)
        return -1;
    if (y->kind != MP_YAML_LIST || y->n == 0)
        return mp_yaml_fail(y, r->e, "here must stand a list");
    if (y->n > MP_LINK_LEVELS)
        return mp_yaml_fail(y, r->e, "more than %d are not possible here", MP_LINK_LEVELS);
    for (size_t i = 0; i < y->n; i++) {
        c->levels[i].of = c->field;
        if (read_level(r, y->items[i], &c->levels[c->n_levels++]) < 0)
            return -1;
    }
    return 0;
}

static int read_compared(struct mp_link_model_reader *r, const struct mp_yaml *y, size_t *out)
{
    const struct mp_link_model *m = r->m;
    if (mp_yaml_is_text(y, r->e) < 0)
        return -1;
    for (*out = 0; *out < m->n_comparisons; ++*out)
        if (mp_str_eq(m->comparisons[*out].name, y->text))
            return 0;
    return mp_yaml_fail(y, r->e, "'%s' is not compared", y->text.p);
}

static int read_pair(struct mp_link_model_reader *r, struct mp_yaml *y,
                     struct mp_link_together *pair)
{
    if (mp_yaml_check(y, "compare of", r->e) < 0)
        return -1;
    struct mp_yaml *list = mp_link_model_part(r, y, "compare", MP_YAML_LIST, 2);
    if (!list)
        return -1;
    if (list->n != 2)
        return mp_yaml_fail(list, r->e, "here must stand two that are compared");
    struct mp_yaml *of = mp_yaml_get(y, "of");
    if (!of)
        return mp_yaml_fail(y, r->e, "key 'of' is missing: the field of both");
    return read_compared(r, list->items[0], &pair->comparisons[0]) < 0 ||
                   read_compared(r, list->items[1], &pair->comparisons[1]) < 0 ||
                   mp_link_model_field(r, of, &pair->field) < 0
               ? -1
               : 0;
}

/* What a level speaks for too, once all names are known. */
static int read_covers(struct mp_link_model_reader *r, const struct mp_yaml *compare)
{
    for (size_t k = 0; k < compare->n; k++)
        for (size_t l = 0; l < compare->items[k]->n; l++) {
            struct mp_yaml *covers = mp_yaml_get(compare->items[k]->items[l], "covers");
            size_t at;
            if (!covers)
                continue;
            if (read_compared(r, covers, &at) < 0)
                return -1;
            if (at == k)
                return mp_yaml_fail(covers, r->e, "a level cannot cover its own comparison");
            r->m->comparisons[k].levels[l].covers = at + 1;
        }
    return 0;
}

static int read_together(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    if (!mp_yaml_get(root, "together"))
        return 0;
    struct mp_yaml *y = mp_link_model_part(r, root, "together", MP_YAML_LIST, MP_LINK_JOINTS);
    for (size_t i = 0; y && i < y->n; i++)
        if (read_pair(r, y->items[i], &r->m->together[r->m->n_together++]) < 0)
            return -1;
    return y ? 0 : -1;
}

/* A list of fields, or {same: list, most: reports}. */
static int read_block(struct mp_link_model_reader *r, struct mp_yaml *y, struct mp_link_rule *rule)
{
    int64_t most = 0;
    struct mp_yaml *list = y->kind == MP_YAML_MAP ? mp_yaml_get(y, "same") : y;
    if (list != y && (mp_yaml_check(y, "same most", r->e) < 0 ||
                      mp_link_model_number(r, y, "most", true, &most) < 0))
        return -1;
    if (mp_yaml_count(list) == 0)
        return mp_yaml_fail(list ? list : y, r->e, "here must stand a list");
    if (mp_yaml_count(list) > MP_LINK_SAME)
        return mp_yaml_fail(list, r->e, "more than %d are not possible here", MP_LINK_SAME);
    for (size_t k = 0; k < mp_yaml_count(list); k++)
        if (mp_link_model_field(r, mp_yaml_item(list, k), &rule->same[rule->n_same++]) < 0)
            return -1;
    rule->most = (size_t)most;
    return 0;
}

static int read_blocks(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_yaml *y = mp_link_model_part(r, root, "block", MP_YAML_LIST, MP_LINK_RULES);
    for (size_t i = 0; y && i < y->n; i++)
        if (read_block(r, y->items[i], &r->m->blocks[r->m->n_blocks++]) < 0)
            return -1;
    return y ? 0 : -1;
}

/* From which probability on pairs are linked, and between which a person should look at them. */
static int read_thresholds(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_link_model *m = r->m;
    struct mp_yaml *y = mp_yaml_get(root, "review");
    m->link = 0.5;
    m->review_from = 0.05;
    m->review_to = 0.95;
    if (mp_link_model_share(r, root, "link", &m->link) < 0)
        return -1;
    if (y && (mp_yaml_check(y, "from to", r->e) < 0 ||
              mp_link_model_share(r, y, "from", &m->review_from) < 0 ||
              mp_link_model_share(r, y, "to", &m->review_to) < 0))
        return -1;
    if (!(m->review_from > 0 && m->review_from <= m->link && m->link <= m->review_to &&
          m->review_to < 1))
        return mp_yaml_fail(y ? y : root, r->e,
                            "it must be 0 < review.from <= link <= review.to < 1");
    return 0;
}

int mp_link_model_compare(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    if (read_thresholds(r, root) < 0)
        return -1;
    if (!mp_yaml_get(root, "compare"))
        return 0;
    struct mp_yaml *y = mp_link_model_part(r, root, "compare", MP_YAML_MAP, MP_LINK_COMPARISONS);
    for (size_t i = 0; y && i < y->n; i++)
        if (read_comparison(r, y->keys[i], y->items[i], &r->m->comparisons[r->m->n_comparisons++]) <
            0)
            return -1;
    return y && read_covers(r, y) == 0 && read_together(r, root) == 0 ? read_blocks(r, root) : -1;
}
