/* lib/cli/progress: the times are set back by hand, so that nobody waits. */
#include "cli/app.h"
#include "test.h"
#include <fcntl.h>
#include <unistd.h>

static const char WHAT[] = "comparing pairs", NEXT[] = "joining";

/* What a step shows on standard error. */
static void shows(struct mp_app *a, const char *what, uint64_t done, uint64_t total,
                  const char *want)
{
    char path[128];
    strcpy(path, test_file("progress", "", 0));
    int saved = dup(STDERR_FILENO), fd = open(path, O_WRONLY);
    dup2(fd, STDERR_FILENO);
    mp_app_progress_step(a, what, done, total);
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(fd);
    struct mp_buf b = test_slurp(path);
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

/* As if so many milliseconds had passed. */
static void pass(struct mp_app *a, int64_t ms)
{
    a->progress.begun -= ms;
    a->progress.shown -= ms;
    a->progress.step_begun -= ms;
}

static struct mp_app app(const char *mode)
{
    struct mp_app a = {0};
    mp_progress_begin(&a.progress, "mp-x", mode, 0);
    return a;
}

TEST(progress_of_a_step_shows_its_share_and_what_is_left)
{
    struct mp_app a = app("always");
    shows(&a, WHAT, 0, 100000, ""); /* not in the first second */
    pass(&a, 4000);
    shows(&a, WHAT, 57000, 100000, "\rmp-x: comparing pairs, 57 %, 3 s to go\033[K");
    CHECK(a.progress.visible);
    shows(&a, WHAT, 58000, 100000, ""); /* so soon */
    pass(&a, 250);
    shows(&a, WHAT, 58050, 100000, ""); /* so little: the clock is not asked */
    shows(&a, WHAT, 58100, 100000, "\rmp-x: comparing pairs, 58 %, 3 s to go\033[K");
    pass(&a, 250);
    shows(&a, WHAT, 99999, 100000, "\rmp-x: comparing pairs, 99 %, 0 s to go\033[K");
    pass(&a, 250);
    shows(&a, WHAT, 100000, 100000, ""); /* the clock is not asked for the last one alone */
}

TEST(progress_of_the_next_step_is_timed_anew)
{
    struct mp_app a = app("always");
    pass(&a, 60000);
    shows(&a, WHAT, 0, 1000, "\rmp-x: comparing pairs, 0 %\033[K");
    pass(&a, 60000);
    shows(&a, WHAT, 500, 1000, "\rmp-x: comparing pairs, 50 %, 60 s to go\033[K");
    pass(&a, 300);
    shows(&a, NEXT, 0, 10, "\rmp-x: joining, 0 %\033[K");
    pass(&a, 2000);
    shows(&a, NEXT, 5, 10, "\rmp-x: joining, 50 %, 2 s to go\033[K");
    pass(&a, 1000);
    shows(&a, NEXT, 0, 20, "\rmp-x: joining, 0 %\033[K"); /* once more from the start */
    pass(&a, 3000);
    shows(&a, NEXT, 15, 20, "\rmp-x: joining, 75 %, 1 s to go\033[K");
}

TEST(progress_of_a_step_without_a_total)
{
    struct mp_app a = app("always");
    pass(&a, 2000);
    shows(&a, WHAT, 7, 0, "\rmp-x: comparing pairs\033[K");
    pass(&a, 2000);
    shows(&a, WHAT, 8, 7, "\rmp-x: comparing pairs, 100 %\033[K"); /* more than was expected */
}

TEST(progress_of_a_step_is_not_for_files)
{
    struct mp_app a = app("never");
    pass(&a, 2000);
    shows(&a, WHAT, 7, 10, "");
    a = app("auto"); /* standard error may be a terminal here */
    a.progress.on = false;
    shows(&a, WHAT, 7, 10, "");
    CHECK(!a.progress.visible);
}
