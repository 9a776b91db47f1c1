/* How far a long run is. The clock is only used here: it never reaches an output. */
#include "cli/progress.h"
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_MS = 1000, EVERY_MS = 200, LOOKS = 1000 };

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void mp_progress_begin(struct mp_progress *p, const char *tool, const char *mode, uint64_t total)
{
    *p = (struct mp_progress){.tool = tool, .total = total};
    p->on = strcmp(mode, "always") == 0 || (strcmp(mode, "auto") == 0 && isatty(STDERR_FILENO));
    p->begun = p->on ? now_ms() : 0;
    p->shown = p->begun + FIRST_MS - EVERY_MS;
}

/* Whether the line may be shown anew at this time. */
static bool is_due(struct mp_progress *p, int64_t now)
{
    if (now - p->shown < EVERY_MS)
        return false;
    p->shown = now;
    return true;
}

static void show(struct mp_progress *p, const char *line, int n)
{
    if (n > 0 && write(STDERR_FILENO, line, (size_t)n) > 0)
        p->visible = true;
}

void mp_progress_show(struct mp_progress *p, uint64_t bytes, uint64_t records)
{
    if (!p->on)
        return;
    int64_t now = now_ms();
    if (!is_due(p, now))
        return;
    double seconds = (double)(now - p->begun) / 1000.0;
    double rate = seconds > 0 ? (double)bytes / seconds : 0;
    char line[160], eta[32] = "";
    if (p->total > bytes && rate > 0)
        snprintf(eta, sizeof eta, ", %.0f s to go", (double)(p->total - bytes) / rate);
    int n = snprintf(line, sizeof line, "\r%s: %llu records, %.1f MB, %.1f MB/s%s\033[K", p->tool,
                     (unsigned long long)records, (double)bytes / 1e6, rate / 1e6, eta);
    show(p, line, n);
}

void mp_progress_step(struct mp_progress *p, const char *what, uint64_t done, uint64_t total)
{
    bool same = p->step == what && done >= p->step_seen;
    if (!p->on || (same && done - p->step_seen < total / LOOKS))
        return;
    int64_t now = now_ms();
    if (!same)
        p->step_begun = now;
    p->step = what;
    p->step_seen = done;
    if (!is_due(p, now))
        return;
    double seconds = (double)(now - p->step_begun) / 1000.0;
    char line[160], share[16] = "", eta[32] = "";
    if (total > 0)
        snprintf(share, sizeof share, ", %d %%",
                 done < total ? (int)(100.0 * (double)done / (double)total) : 100);
    if (done > 0 && done < total && seconds > 0)
        snprintf(eta, sizeof eta, ", %.0f s to go",
                 seconds * (double)(total - done) / (double)done);
    show(p, line, snprintf(line, sizeof line, "\r%s: %.60s%s%s\033[K", p->tool, what, share, eta));
}

void mp_progress_end(struct mp_progress *p)
{
    static const char clear[] = "\r\033[K";
    if (p->visible && write(STDERR_FILENO, clear, sizeof clear - 1) > 0)
        p->visible = false;
}
