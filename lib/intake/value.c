/* Reading one value of an export. */
#include "intake/value.h"
#include "base/glob.h"
#include "base/utf8.h"
#include <limits.h>
#include <stdlib.h>

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- dates ---- */

/* Length of the run of the letter at f[i]. */
static size_t run_of(struct mp_str f, size_t i)
{
    size_t n = 1;
    while (i + n < f.n && f.p[i + n] == f.p[i])
        n++;
    return n;
}

/* Where a part begins, if all parts before it have a fixed width. */
static unsigned char *place_of(struct mp_date_format *f, char what)
{
    return what == 'd'   ? &f->day_at
           : what == 'm' ? &f->month_at
           : what == 'y' ? &f->year_at
           : what == 'h' ? &f->hour_at
                         : &f->minute_at;
}

int mp_date_format_read(struct mp_yaml *y, struct mp_date_format *out, struct mp_error *e)
{
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    *out = (struct mp_date_format){.text = y->text};
    int d = 0, m = 0, years = 0, h = 0, minutes = 0;
    bool fixed = true;
    for (size_t i = 0, n; i < y->text.n && out->n_steps < MP_DATE_STEPS; i += n) {
        char c = y->text.p[i];
        bool letter = strchr("dmyh", c) != NULL;
        n = letter ? run_of(y->text, i) : 1;
        if (c == 'm' && h)
            c = 'i';
        d += c == 'd';
        m += c == 'm';
        h += c == 'h';
        minutes += c == 'i';
        years += c == 'y' && n == 4;
        fixed &= !letter || n == (c == 'y' ? 4 : 2);
        if (letter)
            *place_of(out, c) = (unsigned char)i;
        out->steps[out->n_steps++] = (struct mp_date_step){
            letter ? c : '\0', c, (unsigned char)(c == 'y' ? 2 : n), (unsigned char)i};
    }
    out->width = fixed && y->text.n <= UCHAR_MAX ? y->text.n : 0;
    out->has_date = d == 1 && m == 1 && years == 1;
    out->has_clock = h == 1 && minutes == 1;
    if ((!out->has_date && d + m + years > 0) || h != minutes ||
        (!out->has_date && !out->has_clock))
        return mp_yaml_fail(y, e, "'%s' is no format such as \"dd-mm-yyyy hh:mm\"", y->text.p);
    return 0;
}

/* Takes digits at s[*at]: at least `least`, at most `most`; -1 if there are none. */
static int take(struct mp_str s, size_t *at, size_t least, size_t most, int *n_digits)
{
    size_t n = 0;
    int v = 0;
    while (n < most && *at + n < s.n && is_digit(s.p[*at + n]))
        v = v * 10 + (s.p[*at + n++] - '0');
    *at += n;
    if (n_digits)
        *n_digits = (int)n;
    return n >= least ? v : -1;
}

struct parts {
    int day, month, year, year_digits, hour, minute;
};

/* Splits s by the format. Years may have two digits here, to be named as such. */
static bool split(const struct mp_date_format *f, struct mp_str s, struct parts *p)
{
    size_t at = 0;
    for (size_t i = 0; i < f->n_steps; i++) {
        const struct mp_date_step *step = &f->steps[i];
        if (step->what == '\0') {
            if (at == s.n || s.p[at++] != step->mark)
                return false;
            continue;
        }
        int digits, v = take(s, &at, step->least, step->what == 'y' ? 4 : 2, &digits);
        if (v < 0)
            return false;
        switch (step->what) {
        case 'd':
            p->day = v;
            break;
        case 'm':
            p->month = v;
            break;
        case 'h':
            p->hour = v;
            break;
        case 'i':
            p->minute = v;
            break;
        default:
            p->year = v;
            p->year_digits = digits;
            if (digits == 3)
                return false;
        }
    }
    return at == s.n;
}

/* Two digits at p; *bad is set if they are none. */
static inline int two_digits(const char *p, unsigned *bad)
{
    unsigned tens = (unsigned char)p[0] - '0', ones = (unsigned char)p[1] - '0';
    *bad |= tens > 9 || ones > 9;
    return (int)(tens * 10 + ones);
}

/* Splits a text whose parts all stand at fixed places: nearly every one. */
static bool split_fixed(const struct mp_date_format *f, struct mp_str s, struct parts *p)
{
    unsigned bad = 0;
    if (f->width == 0 || f->width != s.n)
        return false;
    for (size_t i = 0; i < f->n_steps; i++)
        bad |= f->steps[i].what == '\0' && s.p[f->steps[i].at] != f->steps[i].mark;
    if (f->has_date) {
        p->day = two_digits(s.p + f->day_at, &bad);
        p->month = two_digits(s.p + f->month_at, &bad);
        p->year = two_digits(s.p + f->year_at, &bad) * 100;
        p->year += two_digits(s.p + f->year_at + 2, &bad);
        p->year_digits = 4;
    }
    if (f->has_clock) {
        p->hour = two_digits(s.p + f->hour_at, &bad);
        p->minute = two_digits(s.p + f->minute_at, &bad);
    }
    return !bad;
}

enum mp_value_fault mp_date_format_apply(const struct mp_date_format *f, struct mp_str s,
                                         struct mp_time *t)
{
    struct parts p = {0};
    if (!split_fixed(f, s, &p) && !split(f, s, &p))
        return MP_VALUE_OTHER_FORM;
    if (f->has_date && p.year_digits == 2)
        return MP_VALUE_TWO_DIGIT_YEAR;
    if (f->has_date && !mp_date_valid(p.year, p.month, p.day))
        return mp_date_valid(p.year, p.day, p.month) ? MP_VALUE_SWAPPED : MP_VALUE_NO_SUCH_DAY;
    if (f->has_clock && (p.hour > 23 || p.minute > 59))
        return MP_VALUE_NO_SUCH_DAY;
    if (f->has_date) {
        t->day = mp_date_day(p.year, p.month, p.day);
        t->known = true;
    }
    t->minute = f->has_clock ? (int16_t)(p.hour * 60 + p.minute) : -1;
    return MP_VALUE_GOOD;
}

/* ---- registration numbers ---- */

/* "6" or "5-6". */
static int read_range(struct mp_yaml *y, int *least, int *most, struct mp_error *e)
{
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    size_t at = 0;
    *least = *most = take(y->text, &at, 1, 2, NULL);
    if (*least > 0 && at < y->text.n && y->text.p[at] == '-') {
        at++;
        *most = take(y->text, &at, 1, 2, NULL);
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
    if (mp_yaml_check(y, "prefix digits suffix separators write", e) < 0 ||
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

/* Digits of one group, as many as fit while the later groups still get their least. */
static bool take_group(const struct mp_number_format *f, struct mp_str s, size_t group, size_t *at,
                       struct mp_str *out)
{
    const char *begin = s.p + *at, *p = begin, *end = s.p + s.n;
    if (end - begin > f->groups[group].most)
        end = begin + f->groups[group].most;
    while (p < end && is_digit(*p))
        p++;
    *out = (struct mp_str){begin, (size_t)(p - begin)};
    *at += out->n;
    return out->n >= (size_t)f->groups[group].least;
}

bool mp_number_format_apply(const struct mp_number_format *f, struct mp_str s, struct mp_buf *b,
                            struct mp_str *suffix)
{
    struct mp_str groups[MP_NUMBER_GROUPS];
    size_t at = f->prefix.n;
    *suffix = (struct mp_str){s.p, 0};
    if (!has_prefix(f->prefix, s))
        return false;
    for (size_t g = 0; g < f->n_groups; g++) {
        at += is_separator(f, s, at);
        if (!take_group(f, s, g, &at, &groups[g]))
            return false;
    }
    if (at < s.n) {
        if (!is_separator(f, s, at++) || f->suffix.most == 0)
            return false;
        size_t from = at;
        while (at < s.n && is_digit(s.p[at]))
            at++;
        *suffix = (struct mp_str){s.p + from, at - from};
        if (at != s.n || suffix->n < (size_t)f->suffix.least || suffix->n > (size_t)f->suffix.most)
            return false;
    }
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

/* ---- parts of names ---- */

static const char *const part_names[] = {
    [MP_PART_ALL] = "all",
    [MP_PART_BEFORE_COMMA] = "before-comma",
    [MP_PART_BEHIND_COMMA] = "behind-comma",
    [MP_PART_FIRST_INITIAL] = "first-initial",
    [MP_PART_BETWEEN_INITIALS] = "between-initials",
    [MP_PART_LAST_INITIAL] = "last-initial",
};

int mp_part_read(struct mp_yaml *y, enum mp_part *out, struct mp_error *e)
{
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    for (size_t i = 0; i < sizeof part_names / sizeof *part_names; i++)
        if (mp_str_is(y->text, part_names[i])) {
            *out = (enum mp_part)i;
            return 0;
        }
    return mp_yaml_fail(y, e, "'%s' is no part of a name", y->text.p);
}

/* Behind the first and before the last initial: places of their dots. */
static struct mp_str initial(enum mp_part part, struct mp_str s)
{
    const char *first = memchr(s.p, '.', s.n);
    if (!first || s.p[s.n - 1] != '.')
        return part == MP_PART_FIRST_INITIAL ? s : (struct mp_str){s.p, 0};
    const char *end = s.p + s.n, *last = memrchr(s.p, '.', s.n - 1);
    first++;
    last = last ? last + 1 : s.p;
    switch (part) {
    case MP_PART_FIRST_INITIAL:
        return (struct mp_str){s.p, (size_t)(first - s.p)};
    case MP_PART_LAST_INITIAL:
        return last >= first ? (struct mp_str){last, (size_t)(end - last)}
                             : (struct mp_str){s.p, 0};
    default:
        return last > first ? (struct mp_str){first, (size_t)(last - first)}
                            : (struct mp_str){s.p, 0};
    }
}

struct mp_str mp_part_of(enum mp_part part, struct mp_str s)
{
    if (part == MP_PART_ALL || s.n == 0)
        return s;
    if (part >= MP_PART_FIRST_INITIAL)
        return initial(part, s);
    const char *comma = memchr(s.p, ',', s.n);
    size_t before = comma ? (size_t)(comma - s.p) : s.n;
    if (part == MP_PART_BEFORE_COMMA)
        return mp_str_trim((struct mp_str){s.p, before});
    return comma ? mp_str_trim((struct mp_str){comma + 1, s.n - before - 1})
                 : (struct mp_str){s.p, 0};
}

/* ---- values that a map knows ---- */

static int fold_into(struct mp_arena *a, struct mp_str s, struct mp_str *out, struct mp_error *e)
{
    struct mp_buf b = {0};
    mp_utf8_fold(&b, s);
    *out = mp_arena_str(a, mp_buf_str(&b));
    bool good = out->p && !b.failed;
    mp_buf_free(&b);
    return good ? 0 : mp_error_memory(e);
}

int mp_patterns_read(struct mp_arena *a, struct mp_yaml *y, struct mp_str **out, size_t *n,
                     struct mp_error *e)
{
    *n = mp_yaml_count(y);
    *out = mp_arena_alloc(a, (*n + 1) * sizeof **out);
    if (!*out)
        return mp_error_memory(e);
    for (size_t i = 0; i < *n; i++) {
        struct mp_yaml *item = mp_yaml_item(y, i);
        if (mp_yaml_is_text(item, e) < 0 || fold_into(a, item->text, &(*out)[i], e) < 0)
            return -1;
    }
    return 0;
}

int mp_value_map_read(struct mp_arena *a, struct mp_yaml *y, struct mp_value_map *out,
                      struct mp_error *e)
{
    if (y->kind != MP_YAML_MAP || y->n == 0)
        return mp_yaml_fail(y, e, "here must stand values and what they become");
    out->n = y->n;
    out->patterns = mp_arena_alloc(a, y->n * sizeof *out->patterns);
    out->values = mp_arena_alloc(a, y->n * sizeof *out->values);
    out->memo = mp_arena_alloc(a, sizeof *out->memo);
    if (!out->patterns || !out->values || !out->memo)
        return mp_error_memory(e);
    for (size_t i = 0; i < y->n; i++) {
        if (mp_yaml_is_text(y->items[i], e) < 0 ||
            fold_into(a, y->keys[i]->text, &out->patterns[i], e) < 0)
            return -1;
        out->values[i] = y->items[i]->text;
    }
    return 0;
}

bool mp_patterns_fit(const struct mp_str *patterns, size_t n, struct mp_str folded)
{
    for (size_t i = 0; i < n; i++)
        if (mp_glob(patterns[i], folded))
            return true;
    return false;
}

struct mp_str mp_value_map_find(const struct mp_value_map *m, struct mp_str s,
                                struct mp_buf *folded)
{
    bool known;
    struct mp_memo_slot *slot = mp_memo_at(m->memo, s, &known);
    size_t i = slot && known ? slot->answer : 0;
    if (!known) {
        folded->len = 0;
        mp_utf8_fold(folded, s);
        while (i < m->n && !mp_glob(m->patterns[i], mp_buf_str(folded)))
            i++;
        if (slot)
            slot->answer = i;
    }
    return i < m->n ? m->values[i] : (struct mp_str){0};
}
