/*
 * mp-eval - says how well the lexicon reads, by records that people have labelled.
 *
 * Keeps all labelled records, reads their texts (or takes records that were made before), and
 * writes scores, differences or suggestions when the input has ended.
 */
#include "base/glob.h"
#include "cli/app.h"
#include "cli/schemas.h"
#include "io/json.h"
#include "score/errors.h"
#include "score/labels.h"
#include "score/show.h"
#include "score/suggest.h"
#include "score/wish.h"
#include "text/reader.h"
#include "text/said.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

_Static_assert((int)MP_N_STATUS == (int)MP_N_SCORE_STATUS && (int)MP_OTHER == (int)MP_SCORE_OTHER &&
                   (int)MP_PAST == (int)MP_SCORE_PAST && (int)MP_N_FACTS == (int)MP_N_SCORE_FACTS &&
                   (int)MP_FACT_TRAFFIC_LIGHT == (int)MP_SCORE_TRAFFIC_LIGHT,
               "reading and scoring number statuses and facts alike");

struct eval {
    /* the command line's */
    const char *records, *over;
    struct mp_opt_list code, min;
    bool codes, json, errors, suggest, check;
    struct mp_str patterns[MP_SCORE_CODES_MAX];
    struct mp_score_choice choice;
    struct mp_score_floor floors[16]; /* of min */
    /* the run's */
    struct mp_lexicon lexicon;
    struct mp_reader reader;
    struct mp_arena arena;
    struct mp_score_mentions mentions;
    struct mp_map ids;     /* value: place in docs */
    struct mp_map strange; /* codes of labels that the lexicon has not got */
    struct mp_buf docs;    /* struct mp_score_doc */
    struct mp_score score;
    bool low; /* a score is below --min, or an example fails */
};

static struct mp_score_doc *doc_at(const struct eval *v, size_t i)
{
    return &MP_ITEMS(struct mp_score_doc, v->docs)[i];
}

/* ---- the command line ---- */

static int read_wishes(struct eval *v, struct mp_error *e)
{
    for (size_t i = 0; i < v->code.n; i++)
        if (mp_score_codes_read(v->code.items[i], v->patterns, &v->choice.n, e) < 0)
            return -1;
    v->choice.patterns = v->patterns;
    for (size_t i = 0; i < v->min.n; i++)
        if (mp_score_floor_read(v->min.items[i], &v->floors[i], e) < 0)
            return -1;
    return 0;
}

static int check_options(const struct mp_app *app, struct eval *v, struct mp_error *e)
{
    bool files = app->files != (char **)app->stdin_only;
    bool from_stdin = v->records && strcmp(v->records, "-") == 0;
    const struct {
        bool wrong;
        const char *text;
    } rules[] = {
        {v->errors + v->suggest + v->check > 1, "--errors, --suggest and --check go one at a time"},
        {v->check && (files || v->records), "--check reads the lexicon alone, no records"},
        {v->check && v->min.n > 0, "--check and --min do not go together"},
        {v->codes && (v->errors || v->suggest || v->check),
         "--codes goes with the table of scores"},
        {v->records && v->over && !v->suggest,
         "--lexicon and --records do not go together: no text is read"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].wrong)
            return mp_error_set(e, MP_USAGE, "%s", rules[i].text);
    for (size_t i = 0; from_stdin && i < app->n_files; i++)
        if (strcmp(app->files[i], "-") == 0)
            return mp_error_set(e, MP_USAGE,
                                "--records=-: name the labelled records, standard input is taken");
    struct stat a, b;
    if (v->records && app->output && stat(v->records, &a) == 0 && stat(app->output, &b) == 0 &&
        S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino)
        return mp_error_set(e, MP_USAGE, "%s is an input: it would be replaced", app->output);
    return read_wishes(v, e);
}

static int load_lexicon(struct eval *v, struct mp_error *e)
{
    struct mp_buf folder = {0};
    int bad = mp_schemas_dir(&folder, e);
    mp_buf_adds(&folder, "/lexicon");
    if (!bad && !mp_buf_cstr(&folder))
        bad = mp_error_memory(e);
    if (!bad)
        bad = mp_lexicon_load(&v->lexicon, folder.data, v->over, e);
    mp_buf_free(&folder);
    return bad;
}

/* ---- reading ---- */

static int fail_memory(struct mp_app *app)
{
    struct mp_error e;
    mp_error_memory(&e);
    return mp_app_fail(app, &e);
}

static struct mp_str keep(struct eval *v, struct mp_str s, bool *failed)
{
    struct mp_str copy = mp_arena_str(&v->arena, s);
    *failed |= !copy.p;
    return copy;
}

/* A fact that was read, as the JSON that a record would have. */
static void take_fact(struct eval *v, struct mp_score_doc *doc, enum mp_score_fact i,
                      struct mp_buf *json, bool *failed)
{
    const struct mp_fact_value *fact = &v->reader.facts[i];
    struct mp_score_value *to = &doc->read.facts[i];
    struct mp_buf time = {0};
    if (!fact->known)
        return;
    json->len = 0;
    if (i == MP_SCORE_AGE)
        mp_buf_addf(json, "%d", fact->age);
    else if (i == MP_SCORE_MISSING_SINCE || i == MP_SCORE_RETURNED_AT)
        mp_time_add(&time, fact->time);
    else
        mp_json_add_str(json, fact->word);
    if (time.len)
        mp_json_add_str(json, mp_buf_str(&time));
    *failed |= time.failed;
    mp_buf_free(&time);
    to->json = keep(v, mp_buf_str(json), failed);
    if (v->errors) {
        to->quote = mp_text_quote(&v->reader.text, fact->first, fact->last);
        to->around = mp_score_around(doc->text, to->quote);
    }
}

/* If an expression was given up in the text that was read, which stands there. */
static void say_gave_up(struct mp_app *app, const struct eval *v, struct mp_str file, size_t line,
                        size_t col)
{
    struct mp_error e;
    if (!v->reader.gave_up)
        return;
    mp_text_gave_up(&e);
    mp_error_at(&e, file, line, col);
    mp_app_say(app, &e);
}

static bool read_text(struct mp_app *app, struct eval *v, const struct mp_rec *rec,
                      struct mp_score_doc *doc)
{
    struct mp_buf json = {0};
    bool failed = false;
    if (!mp_text_read(&v->lexicon, &v->reader, doc->text, mp_rec_time(rec->root, "reported_at")))
        return false;
    say_gave_up(app, v, rec->file, rec->number, 1);
    struct mp_text *text = &v->reader.text;
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, text->mentions); i++) {
        const struct mp_mention *m = &MP_ITEMS(struct mp_mention, text->mentions)[i];
        struct mp_str quote = mp_text_quote(text, m->first, m->last), around = {0};
        if (v->errors)
            around = mp_score_around(doc->text, quote);
        mp_score_mention(&v->mentions, &v->arena, v->lexicon.codes[m->code].name,
                         (enum mp_score_status)m->status, quote, around);
    }
    for (enum mp_score_fact f = 0; f < MP_N_SCORE_FACTS; f++)
        take_fact(v, doc, f, &json, &failed);
    failed |= json.failed;
    mp_buf_free(&json);
    doc->was_read = true;
    return mp_score_mentions_end(&v->mentions, &v->arena, &doc->read) && !failed;
}

static int refuse(struct mp_app *app, const struct mp_rec *rec, struct mp_error *e)
{
    if (mp_code_info[e->code].level == MP_FATAL)
        return mp_app_fail(app, e);
    mp_error_at(e, rec->file, rec->number, 1);
    return mp_app_reject(app, e, rec->line, rec->record, rec->offset, 0);
}

static void say_repeated(struct mp_app *app, const struct mp_rec *rec, struct mp_str id)
{
    struct mp_error e;
    char room[200];
    mp_error_set(&e, MP_REPEATED_ID, "the id '%s' once more: the earlier record does not count",
                 mp_error_quote(id, room));
    mp_error_at(&e, rec->file, rec->number, 1);
    mp_app_say(app, &e);
}

/* Says once of each code that is labelled and that the lexicon has not got: it is never read. False
 * if memory ran out. */
static bool say_strange(struct mp_app *app, struct eval *v, const struct mp_rec *rec,
                        const struct mp_score_labels *gold)
{
    struct mp_error e;
    char room[200];
    for (size_t i = 0; i < gold->n; i++) {
        struct mp_str code = gold->signals[i].code;
        size_t n = v->strange.n;
        if (mp_lexicon_code(&v->lexicon, code) >= 0)
            continue;
        if (mp_map_put(&v->strange, code) == MP_MAP_NONE)
            return false;
        if (v->strange.n == n)
            continue;
        mp_error_set(&e, MP_NO_SUCH_CODE, "'%s' is labelled, and no code of the lexicon",
                     mp_error_quote(code, room));
        mp_error_at(&e, rec->file, rec->number, 1);
        mp_app_say(app, &e);
    }
    return true;
}

static int on_labelled(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct eval *v = ctx;
    struct mp_error e;
    struct mp_score_doc doc;
    if (mp_score_doc_read(&v->mentions, &v->arena, rec->root, &doc, &e) < 0)
        return refuse(app, rec, &e);
    bool well = v->records || (say_strange(app, v, rec, &doc.gold) && read_text(app, v, rec, &doc));
    size_t n = v->ids.n;
    size_t at = well ? mp_map_put(&v->ids, doc.id) : MP_MAP_NONE;
    if (at == n)
        mp_buf_add(&v->docs, &doc, sizeof doc);
    if (at == MP_MAP_NONE || v->docs.failed)
        return fail_memory(app);
    if (at < n) {
        *doc_at(v, at) = doc;
        say_repeated(app, rec, doc.id);
    }
    app->counts.joined += at == n;
    app->counts.dropped += at < n;
    return 0;
}

static int on_made(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct eval *v = ctx;
    struct mp_error e;
    struct mp_score_labels labels;
    struct mp_str id = mp_rec_text(mp_rec_member(rec->root, MP_STR("id")));
    size_t at = id.p ? mp_map_find(&v->ids, id) : MP_MAP_NONE;
    if (mp_score_labels_read(&v->mentions, &v->arena, rec->root, &labels, &e) < 0)
        return refuse(app, rec, &e);
    struct mp_score_doc *doc = at == MP_MAP_NONE ? NULL : doc_at(v, at);
    bool first = doc && !doc->was_read;
    if (doc && !first)
        say_repeated(app, rec, id);
    if (doc) {
        doc->read = labels;
        doc->was_read = true;
    }
    app->counts.joined += first;
    app->counts.dropped += !first;
    return 0;
}

/* ---- writing ---- */

static int write_errors(struct mp_app *app, struct eval *v)
{
    for (size_t i = 0; i < v->ids.n; i++) {
        app->counts.written +=
            mp_score_errors(&app->out.buf, doc_at(v, i), &v->choice, v->choice.n == 0, v->json);
        if (mp_app_check(app) < 0)
            return -1;
    }
    return 0;
}

/* Gives the words of the latest text, in runs that nothing but blanks parts. */
static bool give_words(const struct mp_text *text, struct mp_suggest *s, struct mp_buf *run)
{
    const struct mp_token *t = text->tokens.at;
    bool well = true;
    run->len = 0;
    mp_suggest_text(s);
    for (size_t i = 0; well && i <= text->tokens.n; i++) {
        bool end =
            i == text->tokens.n || t[i].kind != MP_WORD || t[i].before >= MP_BREAK_COMMA ||
            (i > 0 && mp_clause_at(text, (uint32_t)i) != mp_clause_at(text, (uint32_t)i - 1));
        if (end && run->len > 0) {
            well = mp_suggest_clause(s, (const struct mp_str *)(void *)run->data,
                                     MP_COUNT(struct mp_str, *run));
            run->len = 0;
        }
        if (i < text->tokens.n && t[i].kind == MP_WORD) {
            struct mp_str word = mp_token_str(&text->tokens, i);
            mp_buf_add(run, &word, sizeof word);
        }
    }
    return well && !run->failed;
}

static bool collect_words(struct eval *v, struct mp_suggest *s)
{
    struct mp_buf run = {0};
    bool well = true;
    for (size_t i = 0; well && i < v->ids.n; i++)
        well = mp_text_read(&v->lexicon, &v->reader, doc_at(v, i)->text, (struct mp_time){0}) &&
               give_words(&v->reader.text, s, &run);
    mp_buf_free(&run);
    return well && mp_suggest_end(s);
}

static int write_suggestions(struct mp_app *app, struct eval *v)
{
    struct mp_suggest s = {0};
    struct mp_suggested found;
    size_t *order = mp_score_order(&v->score);
    bool well = order && collect_words(v, &s);
    int stopped = 0;
    for (size_t i = 0; well && !stopped && i < v->score.codes.n; i++) {
        struct mp_str code = v->score.codes.entries[order[i]].key;
        if (mp_score_of_code(&v->score, order[i]).fn == 0)
            continue;
        well = mp_suggest_for(&s, doc_at(v, 0), v->ids.n, code, &found);
        if (well && found.missed > 0) {
            app->counts.written += mp_suggest_show(&app->out.buf, code, &found, v->json);
            stopped = mp_app_check(app);
        }
    }
    free(order);
    mp_suggest_free(&s);
    return well ? stopped : fail_memory(app);
}

static int write_scores(struct mp_app *app, struct eval *v)
{
    app->counts.written =
        mp_score_show(&app->out.buf, &v->score, v->codes, v->choice.n == 0, v->json);
    return mp_app_check(app);
}

static void say_low(struct mp_app *app, struct eval *v)
{
    struct mp_error e;
    for (size_t i = 0; i < v->min.n; i++) {
        const struct mp_score_floor *floor = &v->floors[i];
        double f1 = mp_score_floor_f1(floor, &v->score);
        if (f1 >= floor->f1)
            continue;
        mp_error_set(&e, MP_BELOW_MIN, "F1 of %.*s is %.4f, less than %.4f", (int)floor->name.n,
                     floor->name.p, f1, floor->f1);
        mp_app_say(app, &e);
        v->low = true;
    }
}

/* Says which --code fits no code that there is. */
static void say_unknown(struct mp_app *app, const struct eval *v, const struct mp_map *codes)
{
    struct mp_error e;
    char room[200];
    for (size_t i = 0; i < v->choice.n; i++) {
        bool any = false;
        for (size_t k = 0; k < codes->n && !any; k++)
            any = mp_glob(v->patterns[i], codes->entries[k].key);
        if (any)
            continue;
        mp_error_set(&e, MP_NO_SUCH_CODE, "--code: no code is like '%s'",
                     mp_error_quote(v->patterns[i], room));
        mp_app_say(app, &e);
    }
}

static int write_all(struct mp_app *app, struct eval *v)
{
    for (size_t i = 0; i < v->ids.n; i++)
        if (!mp_score_add(&v->score, doc_at(v, i), &v->choice))
            return fail_memory(app);
    say_unknown(app, v, &v->score.codes);
    say_low(app, v);
    return v->errors    ? write_errors(app, v)
           : v->suggest ? write_suggestions(app, v)
                        : write_scores(app, v);
}

/* ---- the examples of the lexicon ---- */

/* The status of a code in the latest text, or -1; *quote is where. */
static int status_of(const struct mp_text *text, size_t code, struct mp_str *quote)
{
    int status = -1;
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, text->mentions); i++) {
        const struct mp_mention *m = &MP_ITEMS(struct mp_mention, text->mentions)[i];
        if (m->code == code && (status < 0 || (int)m->status < status)) {
            status = (int)m->status;
            *quote = mp_text_quote(text, m->first, m->last);
        }
    }
    return status;
}

static const char *status_name(int status)
{
    return status < 0 ? "none" : mp_status_names[status];
}

/* Reads one example; says it where another status comes out. False if memory ran out. */
static bool check_example(struct mp_app *app, struct eval *v, size_t code,
                          const struct mp_example *x, uint64_t *failed)
{
    struct mp_error e;
    char room[200], room_too[200];
    struct mp_time noon;
    struct mp_str quote = {0};
    mp_time_read(MP_STR("2020-06-15T12:00"), &noon);
    if (!mp_text_read(&v->lexicon, &v->reader, x->at->text, noon))
        return false;
    say_gave_up(app, v, x->at->file, x->at->line, x->at->col);
    int status = status_of(&v->reader.text, code, &quote);
    if (status == x->status)
        return true;
    ++*failed;
    mp_error_quote(x->at->text, room);
    if (quote.p)
        mp_error_set(&e, MP_EXAMPLE, "'%s' gives %s %s by '%s', expected %s", room,
                     v->lexicon.codes[code].name.p, status_name(status),
                     mp_error_quote(quote, room_too), status_name(x->status));
    else
        mp_error_set(&e, MP_EXAMPLE, "'%s' gives no %s, expected %s", room,
                     v->lexicon.codes[code].name.p, status_name(x->status));
    mp_error_at(&e, x->at->file, x->at->line, x->at->col);
    mp_app_say(app, &e);
    return true;
}

/* Who says what the latest text mentions: the first of those who are not `expected`, or else that.
 * p NULL: nobody. */
static struct mp_str speaker_of(const struct eval *v, struct mp_str expected)
{
    const struct mp_text *text = &v->reader.text;
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    struct mp_str who = {0};
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, text->mentions); i++) {
        const struct mp_saying *said = mp_said_of(&v->lexicon, text, &m[i]);
        if (!said)
            continue;
        who = mp_text_quote(text, said->first, said->last);
        if (!expected.p || !mp_str_eq(who, expected))
            break;
    }
    return who;
}

/* The same for an example of who says it: at least one signal must be theirs, none another's. */
static bool check_said(struct mp_app *app, struct eval *v, const struct mp_said_example *x,
                       uint64_t *failed)
{
    struct mp_error e;
    char room[200], room_too[200], room_three[200];
    struct mp_time none = {0};
    struct mp_str nobody = MP_STR("nobody");
    if (!mp_text_read(&v->lexicon, &v->reader, x->at->text, none))
        return false;
    bool any = MP_COUNT(struct mp_mention, v->reader.text.mentions) > 0;
    struct mp_str who = speaker_of(v, x->who);
    if (any && (who.p != NULL) == (x->who.p != NULL) && mp_str_eq(who, x->who))
        return true;
    ++*failed;
    mp_error_quote(x->at->text, room);
    mp_error_quote(x->who.p ? x->who : nobody, room_too);
    if (any)
        mp_error_set(&e, MP_EXAMPLE, "'%s' gives what %s says, expected %s", room,
                     mp_error_quote(who.p ? who : nobody, room_three), room_too);
    else
        mp_error_set(&e, MP_EXAMPLE, "'%s' gives no signal, expected what %s says", room, room_too);
    mp_error_at(&e, x->at->file, x->at->line, x->at->col);
    mp_app_say(app, &e);
    return true;
}

/* Reads the sentences of the lexicon that name hosts, or look so. False if memory ran out. */
static bool check_hosts(struct mp_app *app, struct eval *v, uint64_t *examples, uint64_t *failed)
{
    const struct mp_yaml *map = mp_host_words_examples(v->lexicon.hosts);
    struct mp_buf found = {0};
    struct mp_error e;
    char room[200], room_too[200], third[200];
    bool fine = true;
    for (size_t i = 0; map && i < map->n && fine; i++, ++*examples) {
        const struct mp_yaml *at = map->keys[i], *want = map->items[i];
        found.len = 0;
        fine = mp_text_read(&v->lexicon, &v->reader, at->text, (struct mp_time){0});
        mp_hosts_say(&v->reader.hosts, &found);
        fine &= !found.failed;
        if (!fine || (want->kind == MP_YAML_TEXT && mp_str_eq(mp_buf_str(&found), want->text)))
            continue;
        ++*failed;
        mp_error_set(&e, MP_EXAMPLE, "'%s' gives the hosts '%s', expected '%s'",
                     mp_error_quote(at->text, room), mp_error_quote(mp_buf_str(&found), room_too),
                     mp_error_quote(want->text, third));
        mp_error_at(&e, at->file, at->line, at->col);
        mp_app_say(app, &e);
    }
    mp_buf_free(&found);
    return fine;
}

/* Codes that no record shows are read for the facts alone: their examples cannot be told. */
static int check_lexicon(struct mp_app *app, struct eval *v)
{
    uint64_t examples = 0, failed = 0;
    struct mp_score_doc none = {0};
    say_unknown(app, v, &v->lexicon.code_names);
    for (size_t c = 0; c < v->lexicon.n_codes; c++) {
        const struct mp_lexicon_code *code = &v->lexicon.codes[c];
        if (code->hidden || !mp_score_counts(&none, &v->choice, code->name))
            continue;
        for (size_t i = 0; i < MP_COUNT(struct mp_example, code->examples); i++, examples++)
            if (!check_example(app, v, c, &MP_ITEMS(struct mp_example, code->examples)[i], &failed))
                return fail_memory(app);
    }
    const struct mp_said_example *said = MP_ITEMS(struct mp_said_example, v->lexicon.said_examples);
    size_t n_said =
        v->choice.n > 0 ? 0 : MP_COUNT(struct mp_said_example, v->lexicon.said_examples);
    for (size_t i = 0; i < n_said; i++, examples++)
        if (!check_said(app, v, &said[i], &failed))
            return fail_memory(app);
    if (v->choice.n == 0 && !check_hosts(app, v, &examples, &failed))
        return fail_memory(app);
    v->low = failed > 0;
    app->counts.written = 1;
    mp_buf_addf(&app->out.buf,
                v->json ? "{\"examples\":%" PRIu64 ",\"failed\":%" PRIu64 "}\n"
                        : "%" PRIu64 " examples, %" PRIu64 " failed\n",
                examples, failed);
    return mp_app_check(app);
}

/* ---- the run ---- */

static void run(struct mp_app *app, struct eval *v)
{
    struct mp_error e;
    struct mp_input made;
    bool opened = false;
    int bad = check_options(app, v, &e);
    if (!bad && (v->check || v->suggest || !v->records))
        bad = load_lexicon(v, &e);
    if (!bad && v->records) {
        bad = mp_input_open(&made, v->records, &e);
        opened = !bad;
    }
    if (bad)
        mp_app_fail(app, &e);
    else if (mp_app_open(app) < 0)
        bad = -1;
    else if (v->check)
        bad = check_lexicon(app, v);
    else if (mp_app_each_record(app, NULL, on_labelled, v) == 0 &&
             (!opened || mp_app_records_of(app, &made, NULL, on_made, v) == 0))
        write_all(app, v);
    if (opened)
        mp_input_close(&made);
}

static void free_all(struct eval *v)
{
    mp_score_free(&v->score);
    mp_buf_free(&v->docs);
    mp_map_free(&v->ids);
    mp_map_free(&v->strange);
    mp_score_mentions_free(&v->mentions);
    mp_reader_free(&v->reader);
    mp_lexicon_free(&v->lexicon);
    mp_arena_free(&v->arena);
}

int main(int argc, char **argv)
{
    struct eval v = {0};
    const struct mp_opt options[] = {
        {'r', "records", "FILE", MP_OPT_TEXT, &v.records, NULL,
         "score the records of FILE as they are, instead of reading texts"},
        {'l', "lexicon", "PATH", MP_OPT_TEXT, &v.over, NULL,
         "lay this lexicon, a file or a folder, over that of schemas/lexicon"},
        {'c', "code", "CODE[,CODE...]", MP_OPT_LIST, &v.code, NULL,
         "only these codes, * stands for any letters (may be given again)"},
        {'v', "codes", NULL, MP_OPT_FLAG, &v.codes, NULL, "a row for each code, too"},
        {'e', "errors", NULL, MP_OPT_FLAG, &v.errors, NULL,
         "list each difference instead of the scores"},
        {'s', "suggest", NULL, MP_OPT_FLAG, &v.suggest, NULL,
         "list words that go with missed codes instead of the scores"},
        {0, "check", NULL, MP_OPT_FLAG, &v.check, NULL,
         "read the examples of the lexicon and say which fail"},
        {'m', "min", "[SCORE=]F1", MP_OPT_LIST, &v.min, NULL,
         "end with status 1 if F1 is lower; SCORE is code+status (default), code or positive"},
        {'j', "json", NULL, MP_OPT_FLAG, &v.json, NULL, "write JSON, one object a line"},
    };
    struct mp_app app = {
        .name = "mp-eval",
        .about = "says how well texts are read, by records that people have labelled",
        .usage = "[OPTION]... [FILE]...",
        .options = options,
        .n_options = sizeof options / sizeof *options,
        .scope = MP_IN_EVAL,
        .written_name = "rows",
    };
    int status = mp_app_start(&app, argc, argv);
    if (status != MP_APP_GO)
        return status;
    run(&app, &v);
    status = mp_app_end(&app);
    free_all(&v);
    return status == 0 && v.low ? 1 : status;
}
