/* lib/cli/stage */
#include "cli/stage.h"
#include "test.h"
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Doubles each line; of lines that begin with an exclamation mark it says so, and that there are
 * such. */
struct doubler {
    size_t lines, fail_at; /* 0: never */
};

static bool doubles(void *worker, struct mp_str lines, struct mp_buf *out, struct mp_buf *notes)
{
    struct doubler *d = worker;
    for (size_t line = 1; lines.n > 0; line++) {
        const char *lf = memchr(lines.p, '\n', lines.n);
        if (!lf)
            return false;
        size_t n = (size_t)(lf - lines.p);
        if (++d->lines == d->fail_at)
            return false;
        if (lines.p[0] == '!') {
            struct mp_error e;
            mp_error_set(&e, MP_NOT_READ, "%.*s", (int)n, lines.p);
            mp_buf_add(notes, &e, sizeof e);
            mp_error_set(&e, MP_GAVE_UP, "%.*s", (int)n, lines.p);
            e.line = line;
            mp_buf_add(notes, &e, sizeof e);
        }
        for (int twice = 0; twice < 2; twice++)
            mp_buf_add(out, lines.p, n);
        mp_buf_addc(out, '\n');
        lines.p += n + 1;
        lines.n -= n + 1;
    }
    return true;
}

struct run {
    struct mp_stage stage;
    struct mp_output out;
    struct doubler doublers[8];
    void *workers[8];
    struct mp_error e;
    const char *path;
};

static void begin(struct run *r, size_t jobs)
{
    *r = (struct run){.stage = {.work = doubles, .jobs = jobs}};
    for (size_t i = 0; i < 8; i++)
        r->workers[i] = &r->doublers[i];
    r->stage.workers = r->workers;
    r->path = test_file("stage", NULL, 0);
    CHECK_INT(mp_output_open(&r->out, r->path, &r->e), 0);
}

/* Lines of very different lengths; the mark stands in a few. 0, or -1 as soon as one fails. */
static int write_lines(struct run *r, unsigned n)
{
    uint64_t random = 7;
    for (unsigned i = 0; i < n; i++) {
        mp_buf_addf(&r->out.buf, "%s%u:%0*d\n", i % 1000 == 700 ? "!" : "", i,
                    (int)test_random(&random, i % 500 ? 60 : 60000), 0);
        mp_stage_place(&r->stage, MP_STR("in"), 2 * i + 1); /* every second is blank */
        if (mp_stage_check(&r->stage, &r->out, &r->e) < 0)
            return -1;
    }
    return mp_stage_drain(&r->stage, &r->out, &r->e);
}

static struct mp_buf end(struct run *r)
{
    CHECK_INT(mp_output_commit(&r->out, &r->e), 0);
    mp_output_abandon(&r->out);
    mp_stage_free(&r->stage);
    return test_slurp(r->path);
}

/* The lines 700, 1700 and so on, in their order; and once that there are such. */
static void check_notes(const struct run *r)
{
    const struct mp_error *said = (const struct mp_error *)(const void *)r->stage.notes.data;
    char text[20];
    if (!CHECK_INT(r->stage.notes.len, 41 * sizeof *said))
        return;
    CHECK_INT(said->code, MP_NOT_READ);
    CHECK_INT(strncmp(said->text, "!700:", 5), 0);
    CHECK(!said->file.p && said->line == 0);
    for (size_t i = 0; i < 40; i++) {
        const struct mp_error *e = &said[i + 1];
        snprintf(text, sizeof text, "!%zu:", i * 1000 + 700);
        CHECK_INT(e->code, MP_GAVE_UP);
        CHECK_INT(strncmp(e->text, text, strlen(text)), 0);
        CHECK_STR(e->file, "in");
        CHECK_INT(e->line, 2 * (i * 1000 + 700) + 1);
    }
}

TEST(stage_gives_the_same_with_any_number_of_threads)
{
    struct mp_buf first = {0};
    for (size_t jobs = 1; jobs <= 8; jobs *= 2) {
        struct run r;
        begin(&r, jobs);
        CHECK_INT(write_lines(&r, 40000), 0);
        check_notes(&r);
        size_t lines = 0;
        for (size_t i = 0; i < 8; i++)
            lines += r.doublers[i].lines;
        CHECK_INT(lines, 40000);
        struct mp_buf got = end(&r);
        CHECK(got.len > (4 << 20));
        if (first.data)
            CHECK(mp_str_eq(mp_buf_str(&got), mp_buf_str(&first)));
        else
            first = got;
        if (got.data != first.data)
            mp_buf_free(&got);
    }
    mp_buf_free(&first);
}

TEST(stage_starts_no_thread_for_little)
{
    struct run r;
    begin(&r, 4);
    CHECK(!mp_stage_waits(&r.stage, &r.out));
    mp_buf_adds(&r.out.buf, "a\nb\n");
    CHECK_INT(mp_stage_check(&r.stage, &r.out, &r.e), 0);
    CHECK(mp_stage_waits(&r.stage, &r.out));
    CHECK_INT(mp_stage_drain(&r.stage, &r.out, &r.e), 0);
    CHECK(!mp_stage_waits(&r.stage, &r.out));
    CHECK(!r.stage.run);
    struct mp_buf got = end(&r);
    CHECK_STR(mp_buf_str(&got), "aa\nbb\n");
    mp_buf_free(&got);
}

TEST(stage_lets_no_line_wait_if_line_buffered)
{
    struct run r;
    begin(&r, 4);
    r.out.line_buffered = true;
    for (int i = 0; i < 3; i++) {
        mp_buf_adds(&r.out.buf, "a\n");
        CHECK_INT(mp_stage_check(&r.stage, &r.out, &r.e), 0);
        CHECK(!mp_stage_waits(&r.stage, &r.out));
    }
    CHECK_INT(mp_stage_check(&r.stage, &r.out, &r.e), 0); /* nothing new */
    struct mp_buf got = end(&r);
    CHECK_STR(mp_buf_str(&got), "aa\naa\naa\n");
    mp_buf_free(&got);
}

TEST(stage_that_is_left_early_ends_its_threads)
{
    struct run r;
    begin(&r, 4);
    for (unsigned i = 0; i < 200000; i++) {
        mp_buf_adds(&r.out.buf, "0123456789\n");
        CHECK_INT(mp_stage_check(&r.stage, &r.out, &r.e), 0);
    }
    CHECK(r.stage.run != NULL);
    mp_stage_free(&r.stage);
    mp_output_abandon(&r.out);
}

TEST(stage_reports_memory)
{
    for (size_t jobs = 1; jobs <= 4; jobs += 3) {
        struct run r;
        begin(&r, jobs);
        for (size_t i = 0; i < 8; i++)
            r.doublers[i].fail_at = 3000;
        CHECK_INT(write_lines(&r, 40000), -1);
        CHECK_INT(r.e.code, MP_MEMORY);
        mp_stage_free(&r.stage);
        mp_output_abandon(&r.out);
    }
}

TEST(stage_reports_what_cannot_be_written)
{
    for (size_t jobs = 1; jobs <= 4; jobs += 3) {
        struct run r;
        begin(&r, jobs);
        mp_output_abandon(&r.out);
        CHECK_INT(mp_output_open(&r.out, "/dev/full", &r.e), 0);
        CHECK_INT(write_lines(&r, 40000), -1);
        CHECK_INT(r.e.code, MP_WRITE);
        mp_stage_free(&r.stage);
        mp_output_abandon(&r.out);
    }
}

TEST(stage_knows_its_processors)
{
    CHECK(mp_stage_processors() >= 1 && mp_stage_processors() <= MP_STAGE_JOBS_MAX);
}
