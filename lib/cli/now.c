/* The clock, for a log. */
#include "cli/now.h"
#include <stdlib.h>
#include <time.h>

void mp_now_add(struct mp_buf *b)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    time_t now = fixed ? (time_t)strtoll(fixed, NULL, 10) : time(NULL);
    struct tm utc;
    char text[40];
    if (gmtime_r(&now, &utc) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0)
        mp_buf_adds(b, text);
}
