/* How numbers are written. */
#include "page/form.h"
#include <stdio.h>
#include <stdlib.h>

enum { DAYS_FROM = 48, HOURS_MAX = 1000000 };

/* Digits before the point of a plain decimal number; 0 if it is none. */
static size_t whole_digits(struct mp_str s)
{
    size_t whole = 0, i;
    while (whole < s.n && s.p[whole] >= '0' && s.p[whole] <= '9')
        whole++;
    if (whole == s.n)
        return whole;
    if (s.p[whole] != '.')
        return 0;
    for (i = whole + 1; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        ;
    return i == s.n ? whole : 0;
}

/* Hours below two days as they are; from there on days, with the hours that are left. */
static struct mp_str hours_text(struct mp_words *w, struct mp_str number, size_t whole)
{
    char days[24], rest[40];
    long hours = strtol(number.p, NULL, 10);
    if (hours < DAYS_FROM || hours > HOURS_MAX)
        return mp_words_fill(w, "number.hours",
                             (struct mp_fill[]){{"n", mp_words_number(w, number)}}, 1);
    snprintf(days, sizeof days, "%ld", hours / 24);
    snprintf(rest, sizeof rest, "%ld%.*s", hours % 24, (int)(number.n - whole), number.p + whole);
    const struct mp_fill fills[] = {{"days", mp_words_number(w, mp_str_of(days))},
                                    {"hours", mp_words_number(w, mp_str_of(rest))}};
    return mp_words_fill(w, mp_str_is(mp_str_of(rest), "0") ? "number.days" : "number.days_hours",
                         fills, 2);
}

struct mp_str mp_form_text(struct mp_words *w, struct mp_str number, enum mp_form form)
{
    enum { DIGITS_MAX = 12 };
    size_t whole = whole_digits(number);
    if (form == MP_FORM_PLAIN || whole == 0 || number.n > DIGITS_MAX)
        return mp_words_number(w, number);
    if (form == MP_FORM_HOURS)
        return hours_text(w, number, whole);
    return mp_words_fill(w, "number.percent", (struct mp_fill[]){{"n", mp_words_number(w, number)}},
                         1);
}
