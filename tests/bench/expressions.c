/*
 * expressions.c - writes the lexicon's patterns as regular expressions of Python's re, for
 * re_loop.py.
 *
 * Usage: expressions [-v] FOLDER
 *
 * One expression a line for each pattern (each part of a pattern with &, and each part once,
 * however many patterns have it): its ways of saying it, one behind the other, parted by |. With -v
 * each of these on a line of its own. They ask for a text in small letters without diacritics.
 *
 * They do less than the lexicon: no typing errors, no ends of sentences, no cells of forms, nothing
 * about which of several hits counts.
 */
#include "text/lexicon.h"
#include <stdio.h>
#include <unistd.h>

/* One form of a class: a word, maybe with wildcards, or an expression. */
static void write_form(struct mp_str f)
{
    if (f.n > 2 && f.p[0] == '/' && f.p[f.n - 1] == '/') {
        printf("(?:%.*s)", (int)f.n - 2, f.p + 1);
        return;
    }
    for (size_t i = f.p[0] == '='; i < f.n; i++) {
        if (f.p[i] == '*')
            fputs("\\w*", stdout);
        else if (strchr("\\^$.|?+()[]{}", f.p[i]))
            printf("\\%c", f.p[i]);
        else
            putchar(f.p[i]);
    }
}

static void write_class(const struct mp_lexicon *l, uint32_t class)
{
    struct mp_word_forms forms = mp_words_forms(&l->words, class);
    fputs("\\b(?:", stdout);
    for (size_t i = 0; i < forms.n; i++) {
        if (i)
            putchar('|');
        write_form(mp_words_form(&l->words, forms.at[i]));
    }
    fputs(")\\b", stdout);
}

static void write_step(const struct mp_lexicon *l, const struct mp_step *s)
{
    if (s->first)
        fputs("(?:^|(?<=[,;:.!?()\\n])|(?<=[,;:.!?()\\n] ))", stdout);
    write_class(l, s->class);
    if (s->last)
        fputs("(?=\\s*(?:$|[,;:.!?()\\n]))", stdout);
}

/* The first step that must be there, with optional ones before and behind it. */
static void write_variant(const struct mp_lexicon *l, const struct mp_variant *v)
{
    const struct mp_step *s = &l->patterns.steps[v->step];
    bool begun = false;
    for (unsigned i = 0; i < v->n; i++) {
        bool ahead = !begun && s[i].optional;
        if (s[i].optional)
            fputs("(?:", stdout);
        if (begun && s[i].gap)
            printf("(?:\\W+\\w+){0,%u}?\\W+", s[i].gap);
        else if (begun)
            fputs("\\W+", stdout);
        write_step(l, &s[i]);
        if (ahead)
            fputs("\\W+", stdout);
        if (s[i].optional)
            fputs(")?", stdout);
        begun |= !s[i].optional;
    }
}

int main(int argc, char **argv)
{
    struct mp_lexicon l = {0};
    struct mp_error e = {0};
    int opt;
    bool apart = false;
    while ((opt = getopt(argc, argv, "v")) != -1)
        apart = opt == 'v';
    if (argc - optind != 1 || mp_lexicon_load(&l, argv[optind], NULL, &e) < 0) {
        fprintf(stderr, "expressions: %s\n", *e.text ? e.text : "usage: expressions [-v] FOLDER");
        return 2;
    }
    /* a part's variants stand side by side */
    for (size_t i = 0; i < l.patterns.n_variants; i++) {
        const struct mp_variant *v = &l.patterns.variants[i];
        if (i)
            putchar(!apart && v[-1].part == v->part ? '|' : '\n');
        write_variant(&l, v);
    }
    putchar('\n');
    mp_lexicon_free(&l);
    return fflush(stdout) ? 2 : 0;
}
