/* Lexicons of a few words, and texts read with them. */
#include "lexicon_fixture.h"

/* What the reading itself must know; every lexicon of these tests has it. */
static const char grammar[] =
    "\nlists:\n"
    "  participle_endings: [e]\n"
    "  infinitive_endings: [d, de]\n"
    "  clause_starts: [omdat, als]\n"
    "  clause_links: [en, of]\n"
    "  clause_complements: [dat]\n"
    "  relatives: [die, dat]\n"
    "  other_person: [moeder, vader, zus, vriend, vriendin]\n"
    "  youth: [jongere, meisje]\n"
    "  pronouns: [zij, hij]\n"
    "  subject_prepositions: [van, met, door, bij]\n"
    "  speech_verbs: [zegt, zei]\n"
    "  youth_objects: [haar, hem]\n"
    "  possessives: [haar]\n"
    "  company: [met]\n"
    "  time_bounds: [sinds, tot]\n"
    "  family: [moeder, vader, oma*, pleeg ouders]\n"
    "  number: ['/\\d+/', twee, drie]\n"
    "verbs:\n"
    "  lopen: loop loopt | liep liepen | gelopen\n"
    "  slaan: sla slaat | sloeg sloegen | geslagen\n"
    "  blowen: blow blowt | blowde blowden | geblowd\n"
    "  drinken: drink drinkt | dronk dronken | gedronken\n"
    "  roken: rook rookt | rookte rookten | gerookt\n"
    "  slikken: slik slikt | slikte slikten | geslikt\n"
    "  komen: kom komt | kwam kwamen | gekomen\n"
    "  zeggen: zeg zegt | zei zeiden | gezegd\n"
    "  zijn: ben is | was waren | geweest\n"
    "  hebben: heb heeft | had hadden | gehad\n"
    "  willen: wil | wilde wilden | gewild\n"
    "when:\n"
    "  months: {1: [januari], 2: [februari], 3: [maart], 4: [april], 6: [juni]}\n"
    "  days: {-1: [gisteren], 0: [vandaag]}\n"
    "  at: [om, op]\n"
    "  in: [in, sinds, tot]\n"
    "  hour: [uur]\n"
    "abbreviations: [ca, nvt, mbt]\n"
    "known: [loverbooy, daar, daarna]\n"
    "common: [de, zij, hij]\n";

static const char *write_lexicon(const char *name, const char *yaml, const char *behind)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, yaml);
    mp_buf_adds(&b, behind);
    const char *path = test_file(name, b.data, b.len);
    mp_buf_free(&b);
    return path;
}

void lexicon_open(struct lexicon_fixture *f, const char *yaml, const char *over)
{
    struct mp_error e = {0};
    struct mp_buf path = {0};
    *f = (struct lexicon_fixture){0};
    mp_buf_adds(&path, write_lexicon("lexicon.yaml", yaml, grammar));
    const char *second = over ? write_lexicon("over.yaml", over, "") : NULL;
    if (!CHECK_INT(mp_lexicon_load(&f->lexicon, mp_buf_cstr(&path), second, &e), 0)) {
        test_str(mp_str_of(e.text), MP_STR(""), yaml, __FILE__, __LINE__);
        exit(1);
    }
    mp_buf_free(&path);
}

void lexicon_close(struct lexicon_fixture *f)
{
    mp_reader_free(&f->reader);
    mp_lexicon_free(&f->lexicon);
}

void lexicon_read(struct lexicon_fixture *f, const char *text)
{
    struct mp_time at;
    CHECK(mp_time_read(MP_STR("2018-03-02T12:00"), &at));
    CHECK(mp_text_read(&f->lexicon, &f->reader, mp_str_of(text), at));
}

static void check_of(struct mp_buf *got, const char *want, const char *text)
{
    if (!CHECK_STR(got->data ? mp_buf_str(got) : MP_STR(""), want))
        test_str(mp_str_of(text), MP_STR(""), "of the text", __FILE__, __LINE__);
    mp_buf_free(got);
}

void lexicon_says(struct lexicon_fixture *f, const char *text, const char *want)
{
    struct mp_buf b = {0};
    lexicon_read(f, text);
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, f->reader.text.mentions);
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, f->reader.text.mentions); i++) {
        if (i)
            mp_buf_addc(&b, ' ');
        mp_buf_addstr(&b, f->lexicon.codes[m[i].code].name);
        mp_buf_addf(&b, ":%s", mp_status_names[m[i].status]);
        CHECK(m[i].first <= m[i].last && m[i].last < f->reader.text.tokens.n);
    }
    check_of(&b, want, text);
}

static void add_hit(struct mp_buf *b, const struct mp_text *text, const struct mp_hit *h)
{
    if (b->len)
        mp_buf_addc(b, '|');
    for (uint32_t t = h->first; t <= h->last; t++) {
        if (t > h->first)
            mp_buf_addc(b, ' ');
        if (t - h->first < 64 && h->mask >> (t - h->first) & 1)
            mp_buf_addstr(b, mp_token_str(&text->tokens, t));
        else
            mp_buf_addc(b, '_');
    }
}

void lexicon_finds(const char *pattern, const char *text, const char *want)
{
    struct lexicon_fixture f;
    struct mp_buf yaml = {0}, got = {0};
    mp_buf_adds(&yaml, "codes:\n  c:\n    mentions:\n");
    for (const char *p = pattern; *p;) {
        size_t n = strcspn(p, "\n");
        mp_buf_addf(&yaml, "      - '%.*s'\n", (int)n, p);
        p += n + (p[n] == '\n');
    }
    lexicon_open(&f, mp_buf_cstr(&yaml), NULL);
    lexicon_read(&f, text);
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, f.reader.text.hits);
    for (size_t i = 0; i < MP_COUNT(struct mp_hit, f.reader.text.hits); i++)
        add_hit(&got, &f.reader.text, &h[i]);
    if (!CHECK_STR(got.data ? mp_buf_str(&got) : MP_STR(""), want)) {
        test_str(mp_str_of(pattern), MP_STR(""), "of the pattern", __FILE__, __LINE__);
        test_str(mp_str_of(text), MP_STR(""), "in the text", __FILE__, __LINE__);
    }
    mp_buf_free(&got);
    mp_buf_free(&yaml);
    lexicon_close(&f);
}

/* The message with the file's path for FILE. */
static const char *with_path(struct mp_buf *b, const char *message, const char *path)
{
    const char *at = strstr(message, "FILE");
    mp_buf_add(b, message, at ? (size_t)(at - message) : strlen(message));
    if (at) {
        mp_buf_adds(b, path);
        mp_buf_adds(b, at + strlen("FILE"));
    }
    return mp_buf_cstr(b);
}

void lexicon_refuses(const char *yaml, size_t line, size_t col, const char *message)
{
    struct mp_lexicon l = {0};
    struct mp_error e = {0};
    struct mp_buf want = {0};
    const char *path = write_lexicon("wrong.yaml", yaml, "");
    if (!CHECK_INT(mp_lexicon_load(&l, path, NULL, &e), -1))
        test_str(mp_str_of(yaml), MP_STR(""), "of the lexicon", __FILE__, __LINE__);
    CHECK_INT(e.code, MP_RULES);
    CHECK_STR(mp_str_of(e.text), with_path(&want, message, path));
    CHECK_INT(e.line, line);
    CHECK_INT(e.col, col);
    mp_buf_free(&want);
    mp_lexicon_free(&l);
}
