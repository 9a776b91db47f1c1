/*
 * make_episodes.c - multiplies triaged episodes: any number of lines with the size and make-up of
 * the given ones, each with ids and dates of its own.
 *
 * Usage: make_episodes [-s SEED] N TEMPLATES.jsonl > episodes.jsonl
 *
 * The templates take turns. The departure falls between 1 January 2014 and 30 June 2018 and the
 * other moments move with it; the date of birth moves up to two years more. Persons are six tenths
 * of the episodes in number, drawn at random. What is written over has the length of what stood
 * there, so that no line changes its size. The same seed gives the same bytes.
 */
#include "base/time.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    FIRST_YEAR = 2014,
    SPAN_DAYS = 1642,
    BIRTH_DAYS = 730,
    ID_DIGITS = 5,
    HEX_DIGITS = 16,
    DATE = 10
};

enum kind { PERSON, EPISODE, NUMBER, MOMENT, BIRTH };

static const struct {
    const char *key;
    enum kind kind;
} keys[] = {
    {"\"person_id\":\"", PERSON},
    {"\"episode_id\":\"", EPISODE},
    {"\"id\":\"", NUMBER},
    {"\"report\":\"", NUMBER},
    {"\"missing_since\":\"", MOMENT},
    {"\"returned_at\":\"", MOMENT},
    {"\"reported_at\":\"", MOMENT},
    {"\"birth_date\":\"", BIRTH},
};

struct patch {
    size_t at;
    enum kind kind;
    int32_t day; /* MOMENT, BIRTH: as it was */
};

struct template
{
    char *text;
    size_t n, n_patches;
    struct patch *patches;
    int32_t departure; /* the first moment of the line; 0: it has none */
};

static uint64_t state;

static _Noreturn void die(const char *why)
{
    fprintf(stderr, "make_episodes: %s\n", why);
    exit(2);
}

static void *grown(void *list, size_t n, size_t size)
{
    list = realloc(list, (n + 1) * size);
    if (!list) {
        die("no memory");
    }
    return list;
}

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t mixed(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static unsigned below(unsigned n)
{
    return (unsigned)(mixed(state += 0x9e3779b97f4a7c15u) % n);
}

/* The last digits of the last long number in the string at p: NULL if it has none. */
static char *number_in(char *p)
{
    char *found = NULL;

    for (size_t run = 0; *p && *p != '"'; p++) {
        run = *p >= '0' && *p <= '9' ? run + 1 : 0;
        if (run >= ID_DIGITS) {
            found = p + 1 - ID_DIGITS;
        }
    }
    return found;
}

static void note(struct template *t, char *value, enum kind kind)
{
    struct patch p = {.kind = kind};
    struct mp_time time = {0};

    if (kind == NUMBER) {
        value = number_in(value);
    } else if (kind == MOMENT || kind == BIRTH) {
        if (!mp_time_read((struct mp_str){value, DATE}, &time)) {
            return;
        }
        p.day = time.day;
    } else if (strspn(value, "0123456789abcdef") != HEX_DIGITS) {
        return;
    }
    if (!value) {
        return;
    }
    if (kind == MOMENT && !t->departure) {
        t->departure = p.day;
    }
    p.at = (size_t)(value - t->text);
    t->patches = grown(t->patches, t->n_patches, sizeof p);
    t->patches[t->n_patches++] = p;
}

/* A key's text can not stand inside a string: its quotes would be escaped. */
static void find_patches(struct template *t)
{
    for (char *p = t->text; (p = strchr(p, '"')); p++) {
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            size_t n = strlen(keys[k].key);
            if (strncmp(p, keys[k].key, n) == 0) {
                note(t, p + n, keys[k].kind);
            }
        }
    }
}

static struct template *load(const char *path, size_t *n)
{
    struct template *all = NULL;
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t length;

    if (!f) {
        die("cannot open the templates");
    }
    for (*n = 0; (length = getline(&line, &cap, f)) > 0; line = NULL, cap = 0) {
        all = grown(all, *n, sizeof *all);
        all[*n] = (struct template){.text = line, .n = (size_t)length};
        find_patches(&all[(*n)++]);
    }
    free(line);
    if (ferror(f) || fclose(f) || *n == 0) {
        die("cannot read templates");
    }
    return all;
}

static void write_over(char *at, const char *format, unsigned long long value, size_t n)
{
    char text[32];

    snprintf(text, sizeof text, format, value);
    memcpy(at, text, n);
}

static void write_date(char *at, int32_t day)
{
    int year, month, of_month;
    char text[32];

    mp_date_civil(day, &year, &month, &of_month);
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, of_month);
    memcpy(at, text, DATE);
}

static void vary(struct template *t, unsigned number, unsigned persons)
{
    int32_t departure = mp_date_day(FIRST_YEAR, 1, 1) + (int32_t)below(SPAN_DAYS);
    int32_t shift = t->departure ? departure - t->departure : 0;
    int32_t born = shift + (int32_t)below(2 * BIRTH_DAYS) - BIRTH_DAYS;
    uint64_t person = mixed(below(persons) + 1), episode = mixed(~(uint64_t)number);

    for (size_t i = 0; i < t->n_patches; i++) {
        struct patch p = t->patches[i];
        if (p.kind == MOMENT || p.kind == BIRTH) {
            write_date(t->text + p.at, p.day + (p.kind == BIRTH ? born : shift));
        } else if (p.kind == NUMBER) {
            write_over(t->text + p.at, "%05llu", number % 100000, ID_DIGITS);
        } else {
            write_over(t->text + p.at, "%016llx", p.kind == PERSON ? person : episode, HEX_DIGITS);
        }
    }
}

int main(int argc, char **argv)
{
    struct template *all;
    size_t n_templates;
    unsigned n;
    int option;

    while ((option = getopt(argc, argv, "s:")) != -1) {
        if (option != 's') {
            return 2;
        }
        state = strtoull(optarg, NULL, 10);
    }
    if (argc - optind != 2) {
        die("usage: make_episodes [-s SEED] N TEMPLATES.jsonl");
    }
    n = (unsigned)strtoul(argv[optind], NULL, 10);
    all = load(argv[optind + 1], &n_templates);
    for (unsigned i = 0; i < n; i++) {
        struct template *t = &all[i % n_templates];
        vary(t, i, n * 6 / 10 + 1);
        if (fwrite(t->text, 1, t->n, stdout) != t->n) {
            die("cannot write");
        }
    }
    if (fflush(stdout)) {
        die("cannot write");
    }
    return 0; /* the system frees the templates */
}
