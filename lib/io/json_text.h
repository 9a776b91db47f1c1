/* Walking over JSON text that is known to be well-formed. */
#ifndef MP_IO_JSON_TEXT_H
#define MP_IO_JSON_TEXT_H

#include <stddef.h>
#include <string.h>

/* Behind the string whose first byte, behind the quote, is at p. Strings are the bulk of a text, so
 * their ends are looked for in strides. */
static inline const char *mp_json_skip_string(const char *p)
{
    for (const char *end = strchr(p, '"');; end = strchr(end + 1, '"')) {
        const char *before = end;
        while (before > p && before[-1] == '\\')
            before--;
        if ((end - before) % 2 == 0) /* else the quote is escaped */
            return end + 1;
    }
}

/* Behind the JSON value that starts at p; the text is known to be well-formed. */
static inline const char *mp_json_skip_value(const char *p)
{
    size_t depth = 0;
    do {
        switch (*p) {
        case '"':
            p = mp_json_skip_string(p + 1);
            break;
        case '{':
        case '[':
            depth++;
            p++;
            break;
        case '}':
        case ']':
            depth--;
            p++;
            break;
        default:
            p++;
            if (depth == 0) /* a number or literal: to its end */
                while (*p && !strchr(" \t\r\n,}]", *p))
                    p++;
        }
    } while (depth > 0);
    return p;
}

static inline const char *mp_json_skip_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t' || *p == '\r')
        p++;
    return p;
}

static inline const char *mp_json_back_over_blanks(const char *p)
{
    while (p[-1] == ' ' || p[-1] == '\t' || p[-1] == '\r')
        p--;
    return p;
}

#endif
