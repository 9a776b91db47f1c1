/* The lines of the output in their order. */
#include "link/lines.h"
#include <stdlib.h>

static struct mp_time begin(const struct mp_link_line *line)
{
    const struct mp_link_report *w = line->whole;
    if (line->episode)
        return line->episode->begin;
    return w->missing.known ? w->missing : w->reported.known ? w->reported : w->returned;
}

static struct mp_str id(const struct mp_link_line *line)
{
    return line->episode ? mp_str_of(line->episode->episode_id) : mp_link_key(line->whole);
}

static struct mp_str text(const struct mp_link_line *line)
{
    return line->whole ? mp_link_line(line->whole) : (struct mp_str){0};
}

static int by_begin(const void *a, const void *b)
{
    const struct mp_link_line *x = a, *y = b;
    int d = mp_link_episode_order(begin(x), id(x), begin(y), id(y));
    return d ? d : mp_str_cmp(text(x), text(y));
}

struct mp_link_line *mp_link_lines(const struct mp_link_reports *r,
                                   const struct mp_link_episodes *episodes, size_t *n)
{
    struct mp_link_line *lines = calloc(r->n + episodes->n + 1, sizeof *lines);
    *n = 0;
    for (size_t i = 0; lines && i < episodes->n; i++)
        lines[(*n)++].episode = episodes->all[i];
    for (size_t i = 0; lines && i < r->n; i++)
        if (r->all[i]->whole)
            lines[(*n)++].whole = r->all[i];
    if (lines && *n)
        qsort(lines, *n, sizeof *lines, by_begin);
    return lines;
}
