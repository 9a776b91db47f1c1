/* Registration numbers: the spellings that a profile allows. */
#include "intake/number_format.h"

/* How many digits stand at s[at], of at most `most`. */
static size_t digits_at(struct mp_str s, size_t at, size_t most)
{
    size_t n = 0;
    while (n < most && at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

/* One or two digits; 0 if there are none. */
static int take_small(struct mp_str s, size_t *at)
{
    int v = 0;
    for (size_t n = digits_at(s, *at, 2); n > 0; n--)
        v = v * 10 + (s.p[(*at)++] - '0');
    return v;
}

/* "6" or "5-6". */
static int read_range(struct mp_yaml *y, int *least, int *most, struct mp_error *e)
{
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    size_t at = 0;
    *least = *most = take_small(y->text, &at);
    if (*least > 0 && at < y->text.n && y->text.p[at] == '-') {
        at++;
        *most = take_small(y->text, &at);
    }
    if (*least < 1 || *most < *least || at != y->text.n)
        return mp_yaml_fail(y, e, "'%s' is no number of digits such as 4 or 5-6", y->text.p);
    return 0;
}

int mp_number_format_read(struct mp_arena *a, struct mp_yaml *y, struct mp_number_format *out,
                          struct mp_error *e)
{
    (void)a;
    *out = (struct mp_number_format){.given = true, .separators = MP_STR("")};
    if (mp_yaml_check(y, "prefix digits suffix separators unit write", e) < 0 ||
        mp_yaml_text(y, "prefix", true, &out->prefix, e) < 0 ||
        mp_yaml_text(y, "separators", false, &out->separators, e) < 0 ||
        mp_yaml_text(y, "write", true, &out->write, e) < 0)
        return -1;
    struct mp_yaml *digits = mp_yaml_get(y, "digits"), *suffix = mp_yaml_get(y, "suffix");
    out->n_groups = mp_yaml_count(digits);
    if (out->n_groups == 0 || out->n_groups > MP_NUMBER_GROUPS)
        return mp_yaml_fail(y, e, "'digits' must list 1 to %d groups", MP_NUMBER_GROUPS);
    for (size_t i = 0; i < out->n_groups; i++)
        if (read_range(mp_yaml_item(digits, i), &out->groups[i].least, &out->groups[i].most, e) < 0)
            return -1;
    int64_t unit = 0;
    if (mp_yaml_int(y, "unit", false, &unit, e) < 0)
        return -1;
    if (unit < 0 || unit > (int64_t)out->n_groups)
        return mp_yaml_fail(mp_yaml_get(y, "unit"), e, "'unit' is the place of one of the groups");
    out->unit = (size_t)unit;
    return suffix ? read_range(suffix, &out->suffix.least, &out->suffix.most, e) : 0;
}

static bool is_separator(const struct mp_number_format *f, struct mp_str s, size_t at)
{
    for (size_t i = 0; i < f->separators.n && at < s.n; i++)
        if (s.p[at] == f->separators.p[i])
            return true;
    return false;
}

static bool has_prefix(struct mp_str prefix, struct mp_str s)
{
    if (s.n < prefix.n)
        return false;
    for (size_t i = 0; i < prefix.n; i++)
        if ((s.p[i] | 0x20) != (prefix.p[i] | 0x20))
            return false;
    return true;
}

static bool take_suffix(const struct mp_number_format *f, struct mp_str s, size_t at,
                        struct mp_str *suffix)
{
    *suffix = (struct mp_str){s.p, 0};
    if (at == s.n)
        return true;
    if (!is_separator(f, s, at++))
        return false;
    *suffix = (struct mp_str){s.p + at, s.n - at};
    return suffix->n > 0 && suffix->n >= (size_t)f->suffix.least &&
           suffix->n <= (size_t)f->suffix.most && digits_at(s, at, suffix->n) == suffix->n;
}

/* The groups from s[at] on, each of as many digits as the ones behind it and the suffix leave to
 * it: where these do not fit, the last group that can do without a digit gives one up. */
static bool take_groups(const struct mp_number_format *f, struct mp_str s, size_t at,
                        struct mp_str *groups, struct mp_str *suffix)
{
    size_t g = 0;
    while (g < f->n_groups || !take_suffix(f, s, at, suffix)) {
        size_t n = 0;
        if (g < f->n_groups) {
            size_t most = (size_t)f->groups[g].most;
            n = digits_at(s, at, most);
            if (n == 0 && is_separator(f, s, at))
                n = digits_at(s, ++at, most);
            groups[g] = (struct mp_str){s.p + at, n};
        }
        if (g == f->n_groups || n < (size_t)f->groups[g].least) {
            do
                if (g-- == 0)
                    return false;
            while (groups[g].n == (size_t)f->groups[g].least);
            at = (size_t)(groups[g].p - s.p);
            n = --groups[g].n;
        }
        at += n;
        g++;
    }
    return true;
}

bool mp_number_format_apply(const struct mp_number_format *f, struct mp_str s, struct mp_buf *b,
                            struct mp_number_parts *parts)
{
    struct mp_str groups[MP_NUMBER_GROUPS];
    if (!has_prefix(f->prefix, s) || !take_groups(f, s, f->prefix.n, groups, &parts->suffix))
        return false;
    parts->unit = f->unit > 0 ? groups[f->unit - 1] : (struct mp_str){0};
    for (size_t i = 0; i < f->write.n; i++) {
        size_t g = i + 2 < f->write.n && f->write.p[i] == '{' ? (size_t)(f->write.p[i + 1] - '1')
                                                              : MP_NUMBER_GROUPS;
        if (g < f->n_groups) {
            mp_buf_addstr(b, groups[g]);
            i += 2;
        } else {
            mp_buf_addc(b, f->write.p[i]);
        }
    }
    return true;
}
