/* The linkage model: the shares of levels that it comes with, read and written. */
#include "link/model_read.h"
#include "io/input.h"
#include <math.h>

/* Without `weights`: of pairs of one youth most are the same, of others most are not alike at all.
 * This counts as little as ten pairs. */
static void first_guess(struct mp_link_model *m)
{
    m->strength = 10;
    m->given_prior = 0.001;
    for (size_t k = 0; k < m->n_comparisons; k++) {
        struct mp_link_shares *s = &m->given[k];
        m->unlike[k] = 1;
        size_t n = m->comparisons[k].n_levels;
        for (size_t l = 0; l <= n; l++) {
            s->m[l] = l == 0 ? 0.8 : 0.2 / (double)n;
            s->u[l] = l == n ? 0.95 : 0.05 / (double)n;
        }
    }
}

/* A list with a share for each level, the last for values that are not alike; their sum is 1. */
static int read_shares(struct mp_link_model_reader *r, struct mp_yaml *map, const char *key,
                       const struct mp_link_comparison *c, double *shares)
{
    struct mp_yaml *y = mp_link_model_part(r, map, key, MP_YAML_LIST, 0);
    double sum = 0;
    if (!y)
        return -1;
    if (y->n != c->n_levels + 1)
        return mp_yaml_fail(y, r->e, "'%s' has %zu levels and one for all else: %zu shares",
                            c->name.p, c->n_levels, c->n_levels + 1);
    for (size_t l = 0; l < y->n; l++) {
        if (mp_link_model_share_of(r, y->items[l], &shares[l]) < 0)
            return -1;
        if (shares[l] <= 0)
            return mp_yaml_fail(y->items[l], r->e, "no share can be 0: nothing is impossible");
        sum += shares[l];
    }
    if (fabs(sum - 1) > 0.01)
        return mp_yaml_fail(y, r->e, "the shares must sum up to 1, not %.3f", sum);
    return 0;
}

static int read_comparison(struct mp_link_model_reader *r, struct mp_yaml *map, size_t k)
{
    const struct mp_link_comparison *c = &r->m->comparisons[k];
    struct mp_yaml *y = mp_link_model_part(r, map, c->name.p, MP_YAML_MAP, 0);
    if (!y || mp_yaml_check(y, "one two", r->e) < 0)
        return -1;
    return read_shares(r, y, "one", c, r->m->given[k].m) < 0 ||
                   read_shares(r, y, "two", c, r->m->given[k].u) < 0
               ? -1
               : 0;
}

static int check_names(struct mp_link_model_reader *r, const struct mp_yaml *shares)
{
    for (size_t i = 0; i < shares->n; i++) {
        size_t k = 0;
        while (k < r->m->n_comparisons &&
               !mp_str_eq(r->m->comparisons[k].name, shares->keys[i]->text))
            k++;
        if (k == r->m->n_comparisons)
            return mp_yaml_fail(shares->keys[i], r->e, "'%s' is not compared",
                                shares->keys[i]->text.p);
    }
    return 0;
}

/* At most this share of the pairs of one youth is not alike at all in a comparison. */
static int read_unlike(struct mp_link_model_reader *r, struct mp_yaml *weights)
{
    struct mp_yaml *y = mp_yaml_get(weights, "unlike");
    if (!y)
        return 0;
    if (y->kind != MP_YAML_MAP)
        return mp_yaml_fail(y, r->e, "here must stand keys with values");
    if (check_names(r, y) < 0)
        return -1;
    for (size_t k = 0; k < r->m->n_comparisons; k++) {
        const char *name = r->m->comparisons[k].name.p;
        if (mp_link_model_share(r, y, name, &r->m->unlike[k]) < 0)
            return -1;
        if (r->m->unlike[k] <= 0)
            return mp_yaml_fail(mp_yaml_get(y, name), r->e,
                                "no share can be 0: nothing is impossible");
    }
    return 0;
}

int mp_link_model_weights(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_link_model *m = r->m;
    struct mp_yaml *y = mp_yaml_get(root, "weights");
    int64_t pairs = 0, reports = 0;
    first_guess(m);
    if (!y)
        return 0;
    if (mp_yaml_check(y, "prior reports pairs unlike final shares", r->e) < 0 ||
        mp_link_model_share(r, y, "prior", &m->given_prior) < 0 ||
        mp_link_model_number(r, y, "pairs", false, &pairs) < 0 ||
        mp_yaml_int(y, "reports", false, &reports, r->e) < 0 ||
        mp_yaml_bool(y, "final", &m->frozen, r->e) < 0)
        return -1;
    if (reports < 0)
        return mp_yaml_fail(mp_yaml_get(y, "reports"), r->e, "must not be below 0");
    if (!(m->given_prior > 0 && m->given_prior < 1))
        return mp_yaml_fail(mp_yaml_get(y, "prior"), r->e, "must lie between 0 and 1");
    m->given_reports = (double)reports;
    if (mp_yaml_get(y, "pairs"))
        m->strength = pairs > 0 ? (double)pairs : 1;
    struct mp_yaml *shares = mp_link_model_part(r, y, "shares", MP_YAML_MAP, 0);
    if (!shares || check_names(r, shares) < 0 || read_unlike(r, y) < 0)
        return -1;
    for (size_t k = 0; k < m->n_comparisons; k++)
        if (read_comparison(r, shares, k) < 0)
            return -1;
    return 0;
}

/* Lines that belong to the key `weights`: from its own to the next key's; none without it. */
static void find_lines(const struct mp_yaml *root, size_t *first, size_t *end)
{
    *first = *end = SIZE_MAX;
    for (size_t i = 0; i < root->n; i++) {
        if (*first < SIZE_MAX && *end == SIZE_MAX)
            *end = root->keys[i]->line;
        if (mp_str_is(root->keys[i]->text, "weights"))
            *first = root->keys[i]->line;
    }
}

/* Comments at the margin and blank lines stay where they are. */
static bool is_kept(struct mp_str line)
{
    return line.n == 0 || line.p[0] == '#' || line.p[0] == '\r';
}

int mp_link_model_keep(struct mp_link_model_reader *r, const char *path, const struct mp_yaml *root)
{
    enum { LONGEST = 1 << 20 };
    struct mp_input in = {0};
    struct mp_str line;
    uint64_t at;
    bool more;
    size_t first, end;
    enum mp_line got;
    if (mp_input_open(&in, path, r->e) < 0)
        return -1;
    find_lines(root, &first, &end);
    r->scratch.len = 0;
    while ((got = mp_input_line(&in, LONGEST, &line, &at, &more, r->e)) == MP_LINE) {
        if (in.line < first || in.line >= end || is_kept(line)) {
            mp_buf_addstr(&r->scratch, line);
            mp_buf_addc(&r->scratch, '\n');
        }
        in.line++;
    }
    mp_input_close(&in);
    r->m->rules = mp_arena_str(r->arena, mp_buf_str(&r->scratch));
    if (got == MP_LINE_ERROR)
        return -1;
    return r->m->rules.p && !r->scratch.failed ? 0 : mp_error_memory(r->e);
}

static void add_shares(struct mp_buf *b, const char *key, const double *shares, size_t n)
{
    mp_buf_addf(b, "      %s: [", key);
    for (size_t l = 0; l < n; l++)
        mp_buf_addf(b, "%s%.9g", l ? ", " : "", shares[l]);
    mp_buf_adds(b, "]\n");
}

void mp_link_model_add(struct mp_buf *b, const struct mp_link_model *m, size_t n)
{
    mp_buf_addstr(b, m->rules);
    mp_buf_addf(b, "weights:\n  final: true\n  reports: %zu\n  prior: %.9g\n  shares:\n", n,
                m->prior);
    for (size_t k = 0; k < m->n_comparisons; k++) {
        const struct mp_link_comparison *c = &m->comparisons[k];
        mp_buf_addf(b, "    %.*s:\n", (int)c->name.n, c->name.p);
        add_shares(b, "one", m->shares[k].m, c->n_levels + 1);
        add_shares(b, "two", m->shares[k].u, c->n_levels + 1);
    }
}
