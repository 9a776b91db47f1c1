/* What the command line asks of scores. */
#include "score/wish.h"
#include <stdlib.h>

int mp_score_codes_read(const char *text, struct mp_str patterns[static MP_SCORE_CODES_MAX],
                        size_t *n, struct mp_error *e)
{
    struct mp_str all = mp_str_of(text);
    for (size_t start = 0, at = 0; at <= all.n; at++) {
        if (at < all.n && all.p[at] != ',')
            continue;
        if (at == start)
            return mp_error_set(e, MP_USAGE, "--code: a code is empty");
        if (*n == MP_SCORE_CODES_MAX)
            return mp_error_set(e, MP_USAGE, "--code: more than %d codes", MP_SCORE_CODES_MAX);
        patterns[(*n)++] = (struct mp_str){all.p + start, at - start};
        start = at + 1;
    }
    return 0;
}

int mp_score_floor_read(const char *text, struct mp_score_floor *floor, struct mp_error *e)
{
    char room[200];
    const char *sign = strchr(text, '=');
    const char *number = sign ? sign + 1 : text;
    bool plain = number[strspn(number, "0123456789.")] == '\0';
    char *end = NULL;
    floor->name = sign ? (struct mp_str){text, (size_t)(sign - text)} : MP_STR("code+status");
    floor->f1 = plain ? strtod(number, &end) : 0;
    if (floor->name.n == 0 || !mp_str_in("code+status code positive", floor->name))
        return mp_error_set(e, MP_USAGE, "--min: '%s' is none of: code+status code positive",
                            mp_error_quote(floor->name, room));
    if (!end || end == number || *end || floor->f1 > 1)
        return mp_error_set(e, MP_USAGE, "--min: '%s' is no number from 0 to 1",
                            mp_error_quote(mp_str_of(number), room));
    return 0;
}

double mp_score_floor_f1(const struct mp_score_floor *floor, const struct mp_score *s)
{
    if (mp_str_is(floor->name, "code"))
        return mp_score_f1(s->code);
    return mp_score_f1(mp_str_is(floor->name, "positive") ? s->positive : s->exact);
}
