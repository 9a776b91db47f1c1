/* The clock, for a log. */
#include "cli/now.h"
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#define LAST                                                                                       \
    253402300799 /* of the years of four digits */

/* Digits and nothing else: strtoll alone takes blanks and signs, too. */
static int read_seconds(const char *text, time_t *to, struct mp_error *e)
{
    char *end;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || n > LAST) {
        char room[200];
        return mp_error_set(e, MP_USAGE, "SOURCE_DATE_EPOCH=%s is not a number of seconds",
                            mp_error_quote(mp_str_of(text), room));
    }
    *to = (time_t)n;
    return 0;
}

int mp_now_add(struct mp_buf *b, struct mp_error *e)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    time_t now = time(NULL);
    struct tm utc;
    char text[40];
    if (fixed && read_seconds(fixed, &now, e) < 0)
        return -1;
    if (!gmtime_r(&now, &utc) || strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        return mp_error_set(e, MP_USAGE, "the clock of this machine shows no year");
    mp_buf_adds(b, text);
    return 0;
}
