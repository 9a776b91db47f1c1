/*
 * make_data.c - writes a synthetic police export: the columns and style of profile bvh-1300, any
 * number of rows.
 *
 * Usage: make_data [-e ENCODING] [-s SEED] ROWS GRAMMAR > export.csv
 *
 * The words stand in GRAMMAR (sentences.txt, which explains its notation). The same seed gives the
 * same bytes. Every row but one in a hundred (a bystander) is a missing youth. Numbers are unique,
 * dates ascend from 1 January 2014 to 30 June 2018, so that up to 1.5 million numbers fit in the
 * six digits of a year.
 */
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MAX_SECTIONS = 64,
    MAX_LINES = 256,
    MAX_TEXT = 1 << 16,
    FIRST_YEAR = 2014,
    SPAN_DAYS = 1642
};

struct section {
    char *name;
    char *lines[MAX_LINES];
    unsigned n;
};

struct text {
    char s[MAX_TEXT];
    size_t n;
};

/* What a line can name besides sections. */
struct youth {
    char voornaam[64], naam[96], NAAM[192], leeftijd[16], geboren[16], datum[16], tijd[16],
        huis[96];
    int female;
};

static struct section sections[MAX_SECTIONS];
static unsigned n_sections;
static uint64_t state;

static _Noreturn void die(const char *fmt, ...) {
    va_list ap;

    va_start(ap, fmt);
    fputs("make_data: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(2);
}

/* splitmix64 (Steele, Lea, Flood 2014); bias of the modulo is of no account here. */
static unsigned below(unsigned n) {
    uint64_t z = (state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (unsigned)((z ^ (z >> 31)) % n);
}

static void put(struct text *t, const char *s, size_t n) {
    if (n > sizeof t->s - t->n) {
        die("a row is longer than %d bytes", MAX_TEXT);
    }
    memcpy(t->s + t->n, s, n);
    t->n += n;
}

static void load(const char *path) {
    static char line[4096];
    struct section *at = NULL;
    FILE *f = fopen(path, "r");

    if (!f) {
        die("%s: %s", path, strerror(errno));
    }
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '[') {
            if (n_sections == MAX_SECTIONS) {
                die("%s: more than %d sections", path, MAX_SECTIONS);
            }
            at = &sections[n_sections++];
            line[strcspn(line, "]")] = '\0';
            at->name = strdup(line + 1);
        } else if (line[0] && line[0] != '#') {
            if (!at || at->n == MAX_LINES) {
                die("%s: no section, or more than %d lines in it", path, MAX_LINES);
            }
            at->lines[at->n++] = strdup(line);
        }
    }
    fclose(f);
}

static const char *pick(const char *name, size_t n) {
    for (unsigned i = 0; i < n_sections; i++) {
        if (strlen(sections[i].name) == n && !memcmp(sections[i].name, name, n)) {
            return sections[i].lines[below(sections[i].n)];
        }
    }
    die("no section [%.*s]", (int)n, name);
}

static const char *value(const struct youth *y, const char *name, size_t n) {
    const struct {
        const char *name, *value;
    } known[] = {{"voornaam", y->voornaam}, {"naam", y->naam},       {"NAAM", y->NAAM},
                 {"leeftijd", y->leeftijd}, {"geboren", y->geboren}, {"datum", y->datum},
                 {"tijd", y->tijd},         {"huis", y->huis}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i].name) == n && !memcmp(known[i].name, name, n)) {
            return known[i].value;
        }
    }
    return NULL;
}

/* {a|b|c}: one at random. {a^b}: a for a girl, b for a boy. Sets *n to the length of the choice. */
static const char *choose(const char *s, size_t *n, int female) {
    const char *end = s + *n, *bar = memchr(s, '^', *n);
    unsigned parts = 1;

    if (bar) {
        *n = (size_t)(female ? bar - s : end - bar - 1);
        return female ? s : bar + 1;
    }
    for (const char *p = s; p < end; p++) {
        parts += *p == '|';
    }
    for (unsigned skip = below(parts); skip; skip--) {
        s = (const char *)memchr(s, '|', (size_t)(end - s)) + 1;
    }
    bar = memchr(s, '|', (size_t)(end - s));
    *n = (size_t)((bar ? bar : end) - s);
    return s;
}

static void expand(struct text *t, const char *s, size_t n, const struct youth *y) {
    const char *end = s + n;

    while (s < end) {
        char open = *s, digits[16];
        const char *close = open == '<' || open == '{' ? strchr(s, open == '<' ? '>' : '}') : NULL;
        const char *in = s + 1, *known;
        size_t len = close ? (size_t)(close - in) : 0;

        if (!strncmp(s, "\xc2\xb6", 2)) { /* the pilcrow; rarely a bare LF, as real exports have */
            int bare = !below(300);
            put(t, bare ? "\n" : "\r\n", bare ? 1 : 2);
            s += 2;
            continue;
        }
        if (!close) {
            put(t, s++, 1);
            continue;
        }
        s = close + 1;
        if (open == '{') {
            in = choose(in, &len, y->female);
            expand(t, in, len, y);
        } else if (isdigit((unsigned char)*in)) {
            unsigned from = (unsigned)strtoul(in, NULL, 10);
            unsigned to = (unsigned)strtoul(strchr(in, '.') + 2, NULL, 10);
            int wide = (int)strcspn(in, ".");
            put(t, digits,
                (size_t)snprintf(digits, sizeof digits, "%0*u", wide, from + below(to - from + 1)));
        } else if ((known = value(y, in, len))) {
            put(t, known, strlen(known));
        } else {
            known = pick(in, len);
            expand(t, known, strlen(known), y);
        }
    }
}

/* A field and its separator; quoted where it must be, or always. */
static void field(struct text *row, const char *s, size_t n, int always, const char *after) {
    int quote = always;

    for (size_t i = 0; i < n && !quote; i++) {
        quote = strchr(";\"\r\n", s[i]) != NULL;
    }
    put(row, "\"", (size_t)quote);
    for (size_t i = 0; i < n; i++) {
        put(row, "\"", quote && s[i] == '"');
        put(row, s + i, 1);
    }
    put(row, "\"", (size_t)quote);
    put(row, after, strlen(after));
}

static void plain(struct text *row, const char *s) {
    field(row, s, strlen(s), 0, ";");
}

static void expanded(struct text *row, const char *section, const struct youth *y) {
    static struct text t;

    t.n = 0;
    const char *line = pick(section, strlen(section));
    expand(&t, line, strlen(line), y);
    field(row, t.s, t.n, 0, ";");
}

/* Days since 1970-01-01 to dd-mm-jjjj (Hinnant, "chrono-compatible low-level date algorithms");
 * returns the year. */
static int date(char out[16], int days) {
    int z = days + 719468, era = z / 146097, doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9, year = yoe + era * 400 + (month <= 2);

    snprintf(out, 16, "%02d-%02d-%04d", (doy - (153 * mp + 2) / 5 + 1) % 100, month % 100,
             year % 10000);
    return year;
}

/* Capitals of ASCII and of the letters U+00E0 to U+00FE; enough for names. */
static void capitals(char *to, const char *from) {
    unsigned char before = 0;

    for (; *from; before = (unsigned char)*from++, to++) {
        unsigned char c = (unsigned char)*from;
        *to = (char)(before == 0xc3 && c >= 0xa0 && c != 0xb7 ? c - 0x20 : toupper(c));
    }
    *to = '\0';
}

/* Fills y and returns the year of the report. */
static int invent(struct youth *y, int days, char family[64], char prefix[16]) {
    char full[sizeof y->NAAM];
    int age = 11 + (int)below(7), year = date(y->datum, days);

    y->female = below(100) < 58;
    snprintf(y->tijd, sizeof y->tijd, "%02u:%02u", (3 + below(23)) % 24, below(60));
    snprintf(y->leeftijd, sizeof y->leeftijd, "%d", age);
    date(y->geboren, days - age * 36525 / 100 - 1 - (int)below(363));
    snprintf(y->voornaam, sizeof y->voornaam, "%s",
             y->female ? pick("given-f", 7) : pick("given-m", 7));
    snprintf(family, 64, "%s", pick("family", 6));
    snprintf(prefix, 16, "%s", below(4) ? "" : pick("prefix", 6));
    snprintf(y->naam, sizeof y->naam, "%s%s%s", prefix, *prefix ? " " : "", family);
    snprintf(full, sizeof full, "%s %s", y->voornaam, y->naam);
    capitals(y->NAAM, full);
    snprintf(y->huis, sizeof y->huis, "%s", pick("house", 5));
    return year;
}

static void write_row(struct text *row, const char *number, const struct youth *y,
                      const char *family, const char *prefix) {
    static struct text t;
    int bystander = !below(100);
    const char *line = bystander ? pick("bystander-text", 14) : pick("narrative", 9);

    plain(row, number);
    plain(row, "1");
    expanded(row, "class", y);
    plain(row, y->datum);
    plain(row, y->tijd);
    expanded(row, "place", y);
    plain(row, family);
    plain(row, prefix);
    plain(row, y->voornaam);
    plain(row, y->geboren);
    plain(row, y->female ? "vrouw" : "man");
    plain(row, bystander ? pick("bystander", 9) : "vermiste");
    plain(row, y->huis);
    expanded(row, "category", y);
    expanded(row, "status", y);
    t.n = 0;
    expand(&t, line, strlen(line), y);
    field(row, t.s, t.n, 1, "\r\n");
}

static void emit(struct text *row, iconv_t to) {
    static char out[MAX_TEXT];
    char *in = row->s, *o = out;
    size_t left = row->n, room = sizeof out;

    if (to == (iconv_t)-1) {
        fwrite(row->s, 1, row->n, stdout);
    } else if (iconv(to, &in, &left, &o, &room) == (size_t)-1) {
        die("a letter outside the encoding: %s", in);
    } else {
        fwrite(out, 1, sizeof out - room, stdout);
    }
    row->n = 0;
}

int main(int argc, char **argv) {
    static const char heading[] =
        "registratienummer;documentnr;maatschappelijke klasse;datum kennisname;tijd kennisname;"
        "pleegplaats;achternaam;tussenvoegsel;voornamen;geboortedatum;geslacht;rol;instelling;"
        "categorie;afhandeling;toelichting\r\n";
    static struct text row;
    iconv_t to = (iconv_t)-1;
    int opt, year = 0;
    unsigned serial = 0;
    long rows;

    state = 1;
    while ((opt = getopt(argc, argv, "e:s:")) != -1) {
        if (opt == 'e' && (to = iconv_open(optarg, "UTF-8")) == (iconv_t)-1) {
            die("unknown encoding %s", optarg);
        } else if (opt == 's') {
            state = strtoull(optarg, NULL, 10);
        } else if (opt == '?') {
            return 2;
        }
    }
    if (argc - optind != 2 || (rows = strtol(argv[optind], NULL, 10)) < 1) {
        die("usage: make_data [-e ENCODING] [-s SEED] ROWS GRAMMAR");
    }
    load(argv[optind + 1]);
    put(&row, heading, sizeof heading - 1);
    emit(&row, to);
    for (long i = 0; i < rows; i++) {
        struct youth y;
        char family[64], prefix[16], number[32];
        int now = invent(&y, 16071 + (int)((double)i * SPAN_DAYS / (double)rows), family, prefix);

        serial = now == year ? serial + 1 + below(4) : 1 + below(4);
        year = now;
        if (serial > 999999) {
            die("more rows than numbers");
        }
        snprintf(number, sizeof number, "PL1300-%d%06u", year % 10000, serial);
        write_row(&row, number, &y, family, prefix);
        emit(&row, to);
    }
    return fflush(stdout) || ferror(stdout) ? (perror("make_data"), 2) : 0;
}
