/* Messages: one line each on standard error. */
#include "cli/diag.h"
#include "base/utf8.h"
#include "io/json.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const struct {
    const char *name, *colour;
} levels[] = {
    [MP_NOTE] = {"note", "\033[36m"},
    [MP_WARN] = {"warning", "\033[33m"},
    [MP_REJECT] = {"rejected", "\033[31m"},
    [MP_FATAL] = {"error", "\033[1;31m"},
};

bool mp_diag_wants_colour(void)
{
    const char *no = getenv("NO_COLOR");
    return !(no && *no) && isatty(STDERR_FILENO);
}

/* Standard error has no further place to complain to: a failing write is passed over. */
static void put(struct mp_diag *d)
{
    static const char none_left[] = "error: out of memory [memory]\n";
    const char *p = d->text.failed ? none_left : d->text.data;
    size_t n = d->text.failed ? sizeof none_left - 1 : d->text.len;
    while (n > 0) {
        ssize_t done = write(STDERR_FILENO, p, n);
        if (done < 0 && errno != EINTR)
            break;
        if (done > 0) {
            p += done;
            n -= (size_t)done;
        }
    }
    d->text.len = 0;
    d->text.failed = false; /* there may be memory for the next one */
}

/* Names and texts may hold what a terminal would obey, or a line end: '?' instead. */
static void add_shown(struct mp_buf *b, struct mp_str s)
{
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t c = mp_utf8_next(s, &at);
        bool malformed = c == 0xfffd && at - start == 1;
        if (malformed || c < 0x20 || (c >= 0x7f && c < 0xa0))
            mp_buf_addc(b, '?');
        else
            mp_buf_add(b, s.p + start, at - start);
    }
}

static void add_plain(struct mp_diag *d, const struct mp_error *e, const struct mp_code_info *info)
{
    struct mp_buf *b = &d->text;
    mp_buf_addf(b, "%s: ", d->tool);
    if (e->file.p) {
        add_shown(b, e->file);
        if (e->line)
            mp_buf_addf(b, ":%zu", e->line);
        if (e->line && e->col)
            mp_buf_addf(b, ":%zu", e->col);
        mp_buf_adds(b, ": ");
    }
    mp_buf_addf(b, "%s%s%s: ", d->colour ? levels[info->level].colour : "",
                levels[info->level].name, d->colour ? "\033[0m" : "");
    add_shown(b, mp_str_of(e->text));
    mp_buf_addf(b, " [%s]\n", info->code);
    if (e->code == MP_USAGE)
        mp_buf_addf(b, "%s: try '%s --help'\n", d->tool, d->tool);
}

static void add_json(struct mp_diag *d, const struct mp_error *e, const struct mp_code_info *info)
{
    struct mp_buf *b = &d->text;
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "tool", mp_str_of(d->tool));
    mp_json_add_field(b, "file", e->file);
    mp_json_add_key(b, "line");
    mp_buf_addf(b, e->line ? "%zu" : "null", e->line);
    mp_json_add_key(b, "col");
    mp_buf_addf(b, e->line && e->col ? "%zu" : "null", e->col);
    mp_json_add_field(b, "level", mp_str_of(levels[info->level].name));
    mp_json_add_field(b, "code", mp_str_of(info->code));
    mp_json_add_field(b, "text", mp_str_of(e->text));
    mp_buf_adds(b, "}\n");
}

void mp_diag_say(struct mp_diag *d, const struct mp_error *e)
{
    const struct mp_code_info *info = &mp_code_info[e->code];
    d->count[e->code]++;
    if (d->quiet && info->level < MP_REJECT)
        return;
    if (d->json)
        add_json(d, e, info);
    else
        add_plain(d, e, info);
    put(d);
}

void mp_diag_line(struct mp_diag *d, struct mp_str text)
{
    if (!d->json)
        mp_buf_addf(&d->text, "%s: ", d->tool);
    mp_buf_addstr(&d->text, text);
    mp_buf_addc(&d->text, '\n');
    put(d);
}

void mp_diag_free(struct mp_diag *d)
{
    mp_buf_free(&d->text);
}
