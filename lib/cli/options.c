/* The command line. */
#include "cli/options.h"
#include <stdio.h>
#include <stdlib.h>

const struct mp_opt *mp_opts_at(const struct mp_opts *o, size_t i)
{
    if (i < o->n_own)
        return &o->own[i];
    i -= o->n_own;
    return i < o->n_common ? &o->common[i] : NULL;
}

static const struct mp_opt *find(const struct mp_opts *o, char letter, struct mp_str name)
{
    const struct mp_opt *opt;
    for (size_t i = 0; (opt = mp_opts_at(o, i)); i++)
        if (letter ? opt->letter == letter : mp_str_is(name, opt->name))
            return opt;
    return NULL;
}

static int bad(const struct mp_opt *opt, const char *value, const char *what, struct mp_error *e)
{
    char room[200];
    return mp_error_set(e, MP_USAGE, "--%s: '%s' is %s", opt->name,
                        mp_error_quote(mp_str_of(value), room), what);
}

static int read_count(const struct mp_opt *opt, const char *value, struct mp_error *e)
{
    int64_t v = 0;
    const char *p = value;
    for (; *p >= '0' && *p <= '9'; p++) {
        if (v > (INT64_MAX - 9) / 10)
            return bad(opt, value, "too large", e);
        v = v * 10 + (*p - '0');
    }
    int shift = 0;
    if (opt->kind == MP_OPT_SIZE && p > value && *p && strchr("KMG", *p))
        shift = *p == 'K' ? 10 : *p == 'M' ? 20 : 30;
    p += shift > 0;
    if (p == value || *p)
        return bad(
            opt, value,
            opt->kind == MP_OPT_SIZE ? "no size such as 65536, 64K or 16M" : "no whole number", e);
    if (opt->kind == MP_OPT_SIZE && v == 0)
        return bad(opt, value, "no size: nothing fits into it", e);
    if (v > INT64_MAX >> shift)
        return bad(opt, value, "too large", e);
    *(int64_t *)opt->to = v << shift;
    return 0;
}

static int set(const struct mp_opt *opt, const char *value, struct mp_error *e)
{
    switch (opt->kind) {
    case MP_OPT_FLAG:
        *(bool *)opt->to = true;
        return 0;
    case MP_OPT_CHOICE:
        if (!mp_str_in(opt->choices, mp_str_of(value))) {
            char what[256];
            snprintf(what, sizeof what, "none of: %s", opt->choices);
            return bad(opt, value, what, e);
        }
        *(const char **)opt->to = value;
        return 0;
    case MP_OPT_TEXT:
        if (!*value)
            return mp_error_set(e, MP_USAGE, "--%s: empty", opt->name);
        *(const char **)opt->to = value;
        return 0;
    case MP_OPT_DATE:
        return mp_time_read(mp_str_of(value), opt->to)
                   ? 0
                   : bad(opt, value, "no date such as 2018-06-30 or 2018-06-30T12:00", e);
    case MP_OPT_LIST: {
        struct mp_opt_list *list = opt->to;
        if (!*value)
            return mp_error_set(e, MP_USAGE, "--%s: empty", opt->name);
        if (list->n == sizeof list->items / sizeof *list->items)
            return mp_error_set(e, MP_USAGE, "--%s is given too often", opt->name);
        list->items[list->n++] = value;
        return 0;
    }
    default:
        return read_count(opt, value, e);
    }
}

/* One long option at argv[*i]. */
static int read_long(const struct mp_opts *o, int argc, char **argv, int *i, struct mp_error *e)
{
    const char *text = argv[*i] + 2;
    struct mp_str name = {text, strcspn(text, "=")};
    const char *value = text[name.n] ? text + name.n + 1 : NULL;
    const struct mp_opt *opt = find(o, 0, name);
    if (!opt) {
        char room[200];
        return mp_error_set(e, MP_USAGE, "unknown option --%s", mp_error_quote(name, room));
    }
    if (!opt->arg && value)
        return mp_error_set(e, MP_USAGE, "--%s takes no value", opt->name);
    if (opt->arg && !value && ++*i < argc)
        value = argv[*i];
    if (opt->arg && !value)
        return mp_error_set(e, MP_USAGE, "--%s needs a value: %s", opt->name, opt->arg);
    return set(opt, value, e);
}

/* One or more joined short options at argv[*i]. */
static int read_short(const struct mp_opts *o, int argc, char **argv, int *i, struct mp_error *e)
{
    for (const char *p = argv[*i] + 1; *p; p++) {
        const struct mp_opt *opt = find(o, *p, (struct mp_str){0});
        if (!opt) {
            char room[200];
            return mp_error_set(e, MP_USAGE, "unknown option -%s",
                                mp_error_quote((struct mp_str){p, 1}, room));
        }
        const char *value = NULL;
        if (opt->arg) {
            value = p[1] ? p + 1 : ++*i < argc ? argv[*i] : NULL;
            if (!value)
                return mp_error_set(e, MP_USAGE, "-%c needs a value: %s", *p, opt->arg);
        }
        if (set(opt, value, e) < 0)
            return -1;
        if (value)
            return 0;
    }
    return 0;
}

int mp_opts_read(const struct mp_opts *o, int argc, char **argv, size_t *n_files,
                 struct mp_error *e)
{
    bool only_files = false;
    *n_files = 0;
    for (int i = 1; i < argc; i++) {
        const char *a = argv[i];
        if (only_files || a[0] != '-' || !a[1])
            argv[1 + (*n_files)++] = argv[i];
        else if (strcmp(a, "--") == 0)
            only_files = true;
        else if ((a[1] == '-' ? read_long : read_short)(o, argc, argv, &i, e) < 0)
            return -1;
    }
    char room[200];
    if (o->no_files && *n_files > 0)
        return mp_error_set(e, MP_USAGE, "'%s': there is no input to give",
                            mp_error_quote(mp_str_of(argv[1]), room));
    return 0;
}

void mp_opts_help(const struct mp_opts *o, struct mp_buf *b)
{
    const struct mp_opt *opt;
    for (size_t i = 0; (opt = mp_opts_at(o, i)); i++) {
        if (!opt->help)
            continue; /* for the build itself, not for people */
        if (i == o->n_own)
            mp_buf_adds(b, "\n");
        size_t start = b->len;
        if (opt->letter)
            mp_buf_addf(b, "  -%c, --%s", opt->letter, opt->name);
        else
            mp_buf_addf(b, "      --%s", opt->name);
        if (opt->arg)
            mp_buf_addf(b, "=%s", opt->arg);
        enum { COLUMN = 30 };
        if (b->len - start >= COLUMN - 1)
            mp_buf_addf(b, "\n%*s", COLUMN, "");
        else
            mp_buf_addf(b, "%*s", (int)(COLUMN - (b->len - start)), "");
        mp_buf_addf(b, "%s\n", opt->help);
    }
}
