/* lib/text/lexicon: what is read from the YAML, what is refused and where, and what is laid over */
#include "lexicon_fixture.h"
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char status_keys[] = "here must stand keys with values: status side reach cues ends";

TEST(keys_that_are_not_known_are_refused)
{
    lexicon_refuses("codes: {}\nlits: {}\n", 2, 1,
                    "unknown key 'lits'; known are: lists verbs codes context abbreviations known "
                    "common clause_starts clause_links clause_complements answers said_by when "
                    "facts hosts");
    lexicon_refuses("codes:\n  c:\n    mention: [mes]\n", 3, 5,
                    "unknown key 'mention'; known are: lasting about plan claimed past_means "
                    "mentions present suspected past absent other headings not items enough "
                    "examples drop new");
    lexicon_refuses("context:\n  - {status: absent, cue: [geen]}\n", 2, 22,
                    "unknown key 'cue'; known are: status side reach cues ends");
    lexicon_refuses("answers:\n  'yes': [ja]\n  maybe: [soms]\n", 3, 3,
                    "unknown key 'maybe'; known are: yes no unknown");
    lexicon_refuses("context: [geen]\n", 1, 11, status_keys);
    lexicon_refuses("codes:\n  c: {}\n  c: {}\n", 3, 3, "key 'c' stands here a second time");
}

TEST(what_stands_where_something_else_should_is_refused)
{
    lexicon_refuses("codes: [c]\n", 1, 8, "here must stand codes");
    lexicon_refuses("codes:\n  c: [mes]\n", 2, 6,
                    "here must stand a code: mentions, headings and so on");
    lexicon_refuses("lists: [mes]\n", 1, 8, "here must stand lists of words under their names");
    lexicon_refuses("lists:\n  a: [mes, [dolk]]\n", 2, 12, "here must stand a text");
    lexicon_refuses("clause_starts: [{a: b}]\n", 1, 17, "here must stand a text");
    lexicon_refuses("verbs: [lopen]\n", 1, 8, "here must stand verbs and their forms");
    lexicon_refuses("abbreviations: [[ca]]\n", 1, 17, "here must stand a text");
    lexicon_refuses("known: [[ca]]\n", 1, 9, "here must stand a text");
    lexicon_refuses("common: [[ca]]\n", 1, 10, "here must stand a text");
    lexicon_refuses("codes:\n  c:\n    mentions: [mes, [dolk]]\n", 3, 21, "here must stand a text");
    lexicon_refuses("codes:\n  c:\n    mentions: [mes, ]\n    headings: ['', ~]\n", 4, 16,
                    "pattern '': something is missing beside &");
    lexicon_refuses("codes:\n  c:\n    drop: [[mes]]\n", 3, 12, "here must stand a text");
    lexicon_refuses("codes:\n  c:\n    items: [mes]\n", 3, 12,
                    "here must stand kinds of items and their patterns");
    lexicon_refuses("codes:\n  c:\n    examples: [mes]\n", 3, 15,
                    "here must stand statuses and their examples");
    lexicon_refuses("codes:\n  c:\n    examples: {present: [[mes]]}\n", 3, 26,
                    "here must stand a text");
    lexicon_refuses("context:\n  - {status: absent, cues: [[geen]]}\n", 2, 29,
                    "here must stand a text");
    lexicon_refuses("said_by: [a]\n", 1, 10,
                    "here must stand speakers and examples of what they say");
    lexicon_refuses("said_by: {a: [[b]]}\n", 1, 15, "here must stand a text");
    lexicon_refuses("- a\n", 1, 1,
                    "here must stand keys with values: lists verbs codes context abbreviations "
                    "known common clause_starts clause_links clause_complements answers said_by "
                    "when facts hosts");
}

TEST(values_that_a_key_does_not_have_are_refused)
{
    lexicon_refuses("codes:\n  c: {lasting: soms}\n", 2, 16, "'soms' is neither true nor false");
    lexicon_refuses("codes:\n  c: {about: moeder}\n", 2, 14, "about is youth, object or anyone");
    lexicon_refuses("codes:\n  c: {plan: soms}\n", 2, 13, "no status 'soms'");
    lexicon_refuses("codes:\n  c: {claimed: silent}\n", 2, 16, "no status 'silent'");
    lexicon_refuses("codes:\n  c: {past_means: d}\n", 2, 19, "no code 'd'");
    lexicon_refuses("codes:\n  c: {enough: veel}\n", 2, 15, "'veel' is not a whole number");
    lexicon_refuses("codes:\n  c: {examples: {soms: [mes]}}\n", 2, 18,
                    "an example is present, suspected, past, absent, other or none");
    lexicon_refuses("context:\n  - {status: soms, cues: [geen]}\n", 2, 14, "no status 'soms'");
    lexicon_refuses("context:\n  - {ends: soms, cues: [geen]}\n", 2, 12, "no status 'soms'");
    lexicon_refuses("context:\n  - {ends: [absent, soms], cues: [geen]}\n", 2, 21,
                    "no status 'soms'");
    lexicon_refuses("context:\n  - {side: links, cues: [geen]}\n", 2, 12,
                    "a side is before, after or both");
    lexicon_refuses("context:\n  - {reach: ver, cues: [geen]}\n", 2, 13,
                    "'ver' is not a whole number");
    static const char reach[] =
        "a reach is a number of words, clause, sentence, neighbour or section";
    lexicon_refuses("context:\n  - {reach: -1, cues: [geen]}\n", 2, 13, reach);
    lexicon_refuses("context:\n  - {reach: 1001, cues: [geen]}\n", 2, 13, reach);
}

TEST(verbs_have_three_groups_of_forms)
{
    static const char forms[] = "a verb's forms are: present | past | participles";
    lexicon_refuses("verbs:\n  lopen: loop | liep\n", 2, 10, forms);
    lexicon_refuses("verbs:\n  lopen: loop\n", 2, 10, forms);
    lexicon_refuses("verbs:\n  lopen: loop | liep | gelopen | a\n", 2, 10, forms);
    lexicon_refuses("verbs:\n  lopen: [loop]\n", 2, 10, "here must stand a text");
}

TEST(a_pattern_stands_once_in_a_code)
{
    static const char twice[] = "the pattern stands here twice";
    lexicon_refuses("codes:\n  c: {mentions: [mes, dolk, mes]}\n", 2, 29, twice);
    lexicon_refuses("codes:\n  c:\n    mentions: [mes]\n    absent: [mes]\n", 4, 14, twice);
    lexicon_refuses("codes:\n  c:\n    mentions: [mes]\n    items: {a: [dolk], b: [mes]}\n", 4, 28,
                    twice);
    lexicon_refuses("codes:\n  c:\n    headings: [mes, mes]\n", 3, 21, twice);
    lexicon_refuses("codes:\n  c:\n    headings: [mes]\n    not: [mes]\n", 4, 11, twice);
    struct lexicon_fixture f;
    lexicon_open(&f, "codes:\n  c: {mentions: [mes], headings: [vork]}\n  d: {mentions: [mes]}\n",
                 NULL);
    lexicon_says(&f, "mes", "c:present d:present");
    lexicon_close(&f);
}

TEST(lists_of_the_grammar_hold_single_words)
{
    struct lexicon_fixture f;
    lexicon_refuses("lists:\n  youth: [pleeg kind]\n", 1, 1, "the list youth has no single words");
    lexicon_refuses("lists:\n  youth: [(a]\n", 2, 11, "pattern '(a': a bracket is not closed");
    lexicon_open(&f, "codes: {}\n", "lists:\n  other_person: [pleeg broer, buurman]\n");
    lexicon_close(&f);
}

TEST(patterns_of_cues_and_answers_are_refused_at_their_place)
{
    lexicon_refuses("context:\n  - {status: absent, cues: [geen, (a b]}\n", 2, 35,
                    "pattern '(a b': a bracket is not closed");
    lexicon_refuses("answers:\n  'no': [<b>]\n", 2, 10, "no list <b>: add it under lists");
    lexicon_refuses("codes:\n  c:\n    items: {a: ['@b']}\n", 3, 17,
                    "no verb 'b': add it to verbs.yaml");
}

TEST(a_code_has_at_most_so_many_kinds_of_items)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, "codes:\n  c:\n    enough: 2\n    items:\n");
    for (int i = 0; i < 65; i++)
        mp_buf_addf(&b, "      k%d: [w%d]\n", i, i);
    lexicon_refuses(mp_buf_cstr(&b), 69, 7, "more than 64 kinds of items");
    mp_buf_free(&b);
}

static void loads(const char *folder, const char *over, enum mp_code code, const char *message)
{
    struct mp_lexicon l = {0};
    struct mp_error e = {0};
    CHECK_INT(mp_lexicon_load(&l, folder, over, &e), -1);
    CHECK_INT(e.code, code);
    CHECK_STR(mp_str_of(e.text), message);
    mp_lexicon_free(&l);
}

TEST(folders_that_hold_no_lexicon_are_refused)
{
    struct mp_buf folder = {0};
    mp_buf_addf(&folder, "%s/lexicon.d", test_dir());
    CHECK_INT(mkdir(mp_buf_cstr(&folder), 0700), 0);
    struct mp_buf said = {0};
    mp_buf_addf(&said, "%s has no lexicon (*.yaml)", mp_buf_cstr(&folder));
    loads(mp_buf_cstr(&folder), NULL, MP_RULES, mp_buf_cstr(&said));
    CHECK_INT(rmdir(mp_buf_cstr(&folder)), 0);
    said.len = 0;
    mp_buf_addf(&said, "cannot open %s: No such file or directory", mp_buf_cstr(&folder));
    loads(mp_buf_cstr(&folder), NULL, MP_OPEN, mp_buf_cstr(&said));
    mp_buf_free(&folder);
    folder = (struct mp_buf){0};
    mp_buf_adds(&folder, test_file("base.yaml", "codes: {c: {mentions: [mes]}}\n", 30));
    loads(mp_buf_cstr(&folder), "/nowhere/over.yaml", MP_OPEN,
          "cannot open /nowhere/over.yaml: No such file or directory");
    mp_buf_free(&folder);
    mp_buf_free(&said);
}

static void write_part(const char *folder, const char *name, const char *text)
{
    struct mp_buf path = {0};
    mp_buf_addf(&path, "%s/%s", folder, name);
    FILE *f = fopen(mp_buf_cstr(&path), "w");
    if (CHECK(f != NULL)) {
        fputs(text, f);
        fclose(f);
    }
    mp_buf_free(&path);
}

/* A folder of n small files; or away with it. */
static void fill(const char *dir, int n, bool away)
{
    struct mp_buf path = {0};
    CHECK(away || mkdir(dir, 0700) == 0);
    for (int i = 0; i < n; i++) {
        path.len = 0;
        mp_buf_addf(&path, "f%02d.yaml", i);
        if (away) {
            path.len = 0;
            mp_buf_addf(&path, "%s/f%02d.yaml", dir, i);
            CHECK_INT(unlink(mp_buf_cstr(&path)), 0);
        } else {
            write_part(dir, mp_buf_cstr(&path), "codes: {}\n");
        }
    }
    CHECK(!away || rmdir(dir) == 0);
    mp_buf_free(&path);
}

TEST(a_lexicon_has_at_most_so_many_files)
{
    struct mp_buf folder = {0};
    mp_buf_addf(&folder, "%s/many.d", test_dir());
    const char *dir = mp_buf_cstr(&folder);
    fill(dir, 65, false);
    loads(dir, NULL, MP_RULES, "a lexicon has at most 64 files");
    fill(dir, 65, true);
    fill(dir, 64, false);
    struct mp_lexicon l = {0};
    struct mp_error e = {0};
    CHECK_INT(mp_lexicon_load(&l, dir, NULL, &e), 0);
    mp_lexicon_free(&l);
    fill(dir, 64, true);
    mp_buf_free(&folder);
}

TEST(the_files_of_a_folder_are_read_in_the_order_of_their_names)
{
    static const char *const names[] = {"b.yaml", "a.yaml", "c.txt", ".yaml"};
    struct mp_buf folder = {0}, path = {0};
    mp_buf_addf(&folder, "%s/lexicon.d", test_dir());
    const char *dir = mp_buf_cstr(&folder);
    CHECK_INT(mkdir(dir, 0700), 0);
    write_part(dir, "a.yaml", "codes:\n  c: {mentions: [<sharp>]}\nlists:\n  sharp: [dolk]\n");
    write_part(dir, "b.yaml", "codes:\n  d: {mentions: [touw]}\nlists:\n  sharp: [mes]\n");
    write_part(dir, "c.txt", "no: lexicon\n");
    write_part(dir, ".yaml", "no: lexicon\n");
    struct lexicon_fixture f = {0};
    struct mp_error e = {0};
    if (CHECK_INT(mp_lexicon_load(&f.lexicon, dir, NULL, &e), 0)) {
        CHECK_INT(f.lexicon.n_codes, 2);
        CHECK_STR(f.lexicon.codes[0].name, "c");
        CHECK_INT(mp_lexicon_code(&f.lexicon, MP_STR("d")), 1);
        CHECK_INT(mp_lexicon_code(&f.lexicon, MP_STR("e")), -1);
        lexicon_says(&f, "mes touw dolk", "c:present d:present c:present");
    }
    lexicon_close(&f);
    for (size_t i = 0; i < 4; i++) {
        path.len = 0;
        mp_buf_addf(&path, "%s/%s", dir, names[i]);
        CHECK_INT(unlink(mp_buf_cstr(&path)), 0);
    }
    CHECK_INT(rmdir(dir), 0);
    mp_buf_free(&path);
    mp_buf_free(&folder);
}

static const char base[] = "codes:\n"
                           "  sharp:\n"
                           "    mentions: [mes, dolk, zwaard]\n"
                           "    absent: [botte bijl]\n"
                           "    not: [mes en vork]\n"
                           "  fire: {mentions: [vuur]}\n"
                           "context:\n"
                           "  - {status: absent, side: before, reach: 1, cues: [geen]}\n";

TEST(a_lexicon_laid_over_adds_and_drops)
{
    struct lexicon_fixture f;
    lexicon_open(&f, base, NULL);
    lexicon_says(&f, "mes dolk bijl", "sharp:present sharp:present");
    lexicon_says(&f, "botte bijl", "sharp:absent");
    lexicon_says(&f, "mes en vork", "");
    lexicon_close(&f);
    lexicon_open(&f, base,
                 "codes:\n"
                 "  sharp:\n"
                 "    mentions: [bijl]\n"
                 "    drop: [mes, botte bijl, mes en vork]\n"
                 "  water: {new: true, mentions: [vijver]}\n"
                 "context:\n"
                 "  - {status: suspected, side: before, reach: 1, cues: [misschien]}\n");
    lexicon_says(&f, "mes dolk bijl", "sharp:present sharp:present");
    lexicon_says(&f, "botte bijl", "sharp:present");
    lexicon_says(&f, "mes en vork", "");
    lexicon_says(&f, "misschien vijver, geen vuur", "water:suspected fire:absent");
    lexicon_close(&f);
    /* what is dropped may be said anew, otherwise */
    lexicon_open(&f, base, "codes:\n  sharp:\n    drop: [mes]\n    absent: [mes]\n");
    lexicon_says(&f, "mes", "sharp:absent");
    lexicon_close(&f);
}

TEST(settings_laid_over_win)
{
    struct lexicon_fixture f;
    lexicon_open(&f, base, NULL);
    lexicon_says(&f, "Moeder heeft vuur.", "fire:other");
    lexicon_close(&f);
    lexicon_open(&f, base, "codes:\n  fire: {about: anyone}\n");
    lexicon_says(&f, "Moeder heeft vuur.", "fire:present");
    lexicon_close(&f);
    lexicon_open(&f, "codes:\n  fire: {about: anyone, mentions: [vuur]}\n",
                 "codes:\n  fire: {about: youth}\n");
    lexicon_says(&f, "Moeder heeft vuur.", "fire:other");
    lexicon_close(&f);
}

TEST(examples_are_kept_with_their_status)
{
    struct lexicon_fixture f;
    lexicon_open(&f,
                 "codes:\n  c:\n    mentions: [mes]\n    examples:\n"
                 "      absent: [geen mes]\n      none: vork\n",
                 NULL);
    const struct mp_example *x = MP_ITEMS(struct mp_example, f.lexicon.codes[0].examples);
    CHECK_INT(MP_COUNT(struct mp_example, f.lexicon.codes[0].examples), 2);
    CHECK_INT(x[0].status, MP_ABSENT);
    CHECK_STR(x[0].at->text, "geen mes");
    CHECK_INT(x[1].status, -1);
    CHECK_INT(x[1].at->line, 6);
    CHECK_INT(x[1].at->col, 13);
    lexicon_close(&f);
}

TEST(words_of_the_lexicon_are_no_typing_errors)
{
    struct lexicon_fixture f;
    lexicon_open(&f,
                 "codes:\n  c: {mentions: [loverboy, slikken]}\n  d: {mentions: ['=vermist']}\n"
                 "  e: {mentions: [vermisd]}\n",
                 NULL);
    lexicon_says(&f, "loverbay", "c:present");
    lexicon_says(&f, "loverbooy", ""); /* known */
    lexicon_says(&f, "slikte", "");    /* a form of a verb */
    lexicon_says(&f, "slikkn", "c:present");
    lexicon_says(&f, "vermist", "d:present");
    lexicon_says(&f, "vermisd", "e:present");
    lexicon_close(&f);
}

/* This YAML, laid over a lexicon with the code c, is refused. */
static void refuses_over(const char *over, size_t line, size_t col, const char *message)
{
    static const char with_c[] = "codes: {c: {mentions: [mes, dolk]}}\n";
    struct mp_lexicon l = {0};
    struct mp_error e = {0};
    struct mp_buf beneath = {0};
    mp_buf_adds(&beneath, test_file("beneath.yaml", with_c, sizeof with_c - 1));
    const char *path = test_file("above.yaml", over, strlen(over));
    CHECK_INT(mp_lexicon_load(&l, mp_buf_cstr(&beneath), path, &e), -1);
    CHECK_STR(mp_str_of(e.text), message);
    CHECK_INT(e.line, line);
    CHECK_INT(e.col, col);
    mp_buf_free(&beneath);
    mp_lexicon_free(&l);
}

TEST(a_code_of_its_own_is_said_to_be_new)
{
    struct lexicon_fixture f;
    refuses_over("codes:\n  d: {mentions: [bijl]}\n", 2, 3,
                 "the lexicon beneath has no code 'd': one that is new says new: true");
    refuses_over("codes:\n  c: {new: true}\n", 2, 12, "the code 'c' is not new");
    lexicon_refuses("codes:\n  c: {new: true}\n", 2, 12, "the code 'c' is not new");
    lexicon_open(&f, "codes: {c: {mentions: [mes]}}\n",
                 "codes: {c: {mentions: [dolk]}, d: {new: true, mentions: [bijl]}}\n");
    lexicon_says(&f, "mes, dolk, bijl", "c:present c:present d:present");
    lexicon_close(&f);
}

TEST(what_is_dropped_must_be_there)
{
    static const char none[] = "the lexicon beneath has no such pattern of 'c' to be dropped";
    refuses_over("codes:\n  c:\n    drop: [mes, messen]\n", 3, 17, none);
    /* its own patterns it need not drop */
    refuses_over("codes:\n  c:\n    mentions: [bijl]\n    drop: [bijl]\n", 4, 12, none);
}

TEST(mistakes_in_lists_that_nothing_uses_are_mistakes)
{
    lexicon_refuses("lists:\n  a: [mes, '/a(/']\n", 2, 12,
                    "a(: missing closing parenthesis (character 3)");
    lexicon_refuses("lists:\n  a: [mes]\n  b: ['(dolk']\n", 3, 7,
                    "pattern '(dolk': a bracket is not closed");
}
