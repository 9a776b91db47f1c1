/*
 * read_text.c - times the reading of narratives alone: no files, no records, one thread.
 *
 * Usage: read_text [-s SCHEMAS] [-l FOLDER] [-n TEXTS] [-r ROUNDS] FILE
 *
 * FILE is JSON Lines whose lines have a `narrative` or `text`, and maybe a `reported_at`; all texts
 * are in memory before the clock runs. Prints one line: texts, their MB, MB/s and microseconds a
 * text of the median round, milliseconds that the lexicon took to load, and signals of a round
 * (the same in each, or it fails). SCHEMAS is $MP_SCHEMAS unless given; -l names the lexicon's
 * folder itself. Linked with libmp.a (see run).
 */
#include "io/input.h"
#include "io/record.h"
#include "text/reader.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_MAX = 99, LINE_MAX_BYTES = 16 << 20 };

struct one {
    size_t at, n; /* stretch of `bytes` */
    struct mp_time reported_at;
};

static struct mp_buf bytes, texts; /* texts: struct one */

static void die(const char *what, const struct mp_error *e)
{
    fprintf(stderr, "read_text: %s%s%s\n", what, e ? ": " : "", e ? e->text : "");
    exit(2);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void add_text(struct mp_rec_reader *reader, struct mp_str line)
{
    struct mp_error e = {0};
    struct mp_rec rec = {.line = line};
    if (mp_rec_parse(reader, &rec, &e) < 0)
        die("not a record", &e);
    struct mp_str s = mp_rec_str(rec.root, "narrative");
    if (!s.p)
        s = mp_rec_str(rec.root, "text");
    if (!s.p)
        return;
    struct one one = {bytes.len, s.n, mp_rec_time(rec.root, "reported_at")};
    mp_buf_addstr(&bytes, s);
    mp_buf_add(&texts, &one, sizeof one);
    if (bytes.failed || texts.failed)
        die("memory ran out", NULL);
}

static void load_texts(const char *path, size_t max)
{
    struct mp_error e = {0};
    struct mp_input in = {0};
    struct mp_rec_reader reader = {0};
    struct mp_str line;
    uint64_t at;
    bool more;
    enum mp_line got = MP_LINE_END;
    if (mp_input_open(&in, path, &e) < 0)
        die("input", &e);
    while (MP_COUNT(struct one, texts) < max &&
           (got = mp_input_line(&in, LINE_MAX_BYTES, &line, &at, &more, &e)) == MP_LINE)
        if (line.n)
            add_text(&reader, line);
    if (got == MP_LINE_ERROR || got == MP_LINE_TOO_LARGE)
        die("input", got == MP_LINE_ERROR ? &e : NULL);
    mp_rec_reader_free(&reader);
    mp_input_close(&in);
    if (MP_COUNT(struct one, texts) == 0)
        die("no texts", NULL);
}

/* Seconds for all texts once. */
static double read_all(const struct mp_lexicon *l, struct mp_reader *r, size_t *signals)
{
    double start = now();
    *signals = 0;
    for (size_t i = 0; i < MP_COUNT(struct one, texts); i++) {
        const struct one *one = &MP_ITEMS(struct one, texts)[i];
        if (!mp_text_read(l, r, (struct mp_str){bytes.data + one->at, one->n}, one->reported_at))
            die("memory ran out", NULL);
        *signals += MP_COUNT(struct mp_mention, r->text.mentions);
    }
    return now() - start;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    const char *schemas = getenv("MP_SCHEMAS");
    char *folder = NULL;
    size_t max = SIZE_MAX;
    int rounds = 7, opt;
    while ((opt = getopt(argc, argv, "s:l:n:r:")) != -1) {
        if (opt == 's')
            schemas = optarg;
        else if (opt == 'l')
            folder = strdup(optarg);
        else if (opt == 'n')
            max = strtoul(optarg, NULL, 10);
        else if (opt == 'r')
            rounds = atoi(optarg);
        else
            return 2;
    }
    if (argc - optind != 1 || rounds < 1 || rounds > ROUNDS_MAX || (!folder && !schemas))
        die("usage: read_text [-s SCHEMAS] [-l FOLDER] [-n TEXTS] [-r ROUNDS] FILE", NULL);
    if (!folder && asprintf(&folder, "%s/lexicon", schemas) < 0)
        die("memory ran out", NULL);
    load_texts(argv[optind], max);

    struct mp_lexicon lexicon = {0};
    struct mp_reader reader = {0};
    struct mp_error e = {0};
    double start = now(), took[ROUNDS_MAX];
    if (mp_lexicon_load(&lexicon, folder, NULL, &e) < 0)
        die("lexicon", &e);
    double load = now() - start;
    size_t first, signals;
    read_all(&lexicon, &reader, &first); /* not timed: memory and caches are got ready */
    for (int i = 0; i < rounds; i++) {
        took[i] = read_all(&lexicon, &reader, &signals);
        if (signals != first)
            die("a round found something else than the one before", NULL);
    }
    qsort(took, (size_t)rounds, sizeof *took, by_size);
    double median = took[rounds / 2], n = (double)MP_COUNT(struct one, texts);
    printf("texts=%.0f mb=%.3f mb_s=%.2f us_text=%.2f load_ms=%.0f signals=%zu\n", n,
           (double)bytes.len / 1e6, (double)bytes.len / 1e6 / median, median * 1e6 / n, load * 1e3,
           signals);
    mp_reader_free(&reader);
    mp_lexicon_free(&lexicon);
    mp_buf_free(&bytes);
    mp_buf_free(&texts);
    free(folder);
    return 0;
}
