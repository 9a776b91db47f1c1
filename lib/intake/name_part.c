/* Parts of a name that stand in one column. */
#include "intake/name_part.h"

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
