/* Exports in, records out: which profile fits an input. */
#include "intake/intake.h"
#include "intake/heading.h"
#include "intake/session.h"
#include "io/json.h"
#include "io/record.h"
#include <stdio.h>

/* What was tried, for the message when not exactly one profile fits. */
struct search {
    struct mp_session *s;
    const struct mp_profile *found;
    struct mp_buf fits, lacks;
    size_t n_fits;
    const char *hint; /* what the heading may suffer from */
    bool split;       /* some profile's delimiter splits it */
};

static int fatal(struct mp_session *s, enum mp_code code, const char *text)
{
    struct mp_error e;
    mp_error_set(&e, code, "%s", text);
    mp_error_at(&e, s->in->name, s->in->line, 0);
    return mp_app_fail(s->app, &e);
}

static void note(struct search *q, const struct mp_profile *p, struct mp_str lacks)
{
    struct mp_buf *b = lacks.p ? &q->lacks : &q->fits;
    if (b->len)
        mp_buf_adds(b, lacks.p ? ", " : " and ");
    mp_buf_addstr(b, p->name);
    if (lacks.p)
        mp_buf_addf(b, " (no '%.*s')", (int)lacks.n, lacks.p);
    else {
        q->found = p;
        q->n_fits++;
    }
}

/* Which needed column is not among the names; p NULL if all are there. */
static struct mp_str lacking(struct mp_session *s, const struct mp_profile *p,
                             const struct mp_str *names, size_t n, int *bad)
{
    struct mp_table t;
    size_t duplicate;
    struct mp_error e;
    if (mp_table_bind(&s->k->arena, p, names, n, &t, &duplicate, &e) < 0) {
        *bad = mp_app_fail(s->app, &e);
        return (struct mp_str){0};
    }
    return mp_table_lacks(&t);
}

/* Reads the heading with the profile's delimiter; nothing is taken off the input by this. */
static int try_csv(struct search *q, const struct mp_profile *p)
{
    struct mp_session *s = q->s;
    struct mp_csv csv;
    struct mp_decoder d;
    struct mp_error e;
    if (mp_decoder_open(&d, p, s->k->encoding, s->in->utf8_bom || s->in->utf16, &e) < 0)
        return mp_app_fail(s->app, &e);
    int bad = mp_csv_open(&csv, s->in, p->delimiter, (size_t)s->app->max_record, &e);
    int got = bad ? -1 : mp_csv_next(&csv, &e);
    if (got < 0) {
        bad = mp_app_fail(s->app, &e);
    } else if (got > 0) {
        size_t n = csv.row.n;
        struct mp_str *names;
        bad = mp_heading_names(s, &csv.row, &d, &names);
        struct mp_str lacks = bad ? (struct mp_str){0} : lacking(s, p, names, n, &bad);
        if (!bad)
            note(q, p, lacks);
        /* with one delimiter too few a heading is one field; that of another profile may split it
         */
        bool one = csv.row.n == 1;
        q->hint = !q->hint || one ? mp_heading_hint(&csv.row) : q->hint;
        q->split |= !one;
    }
    mp_csv_close(&csv);
    mp_decoder_close(&d);
    return bad;
}

/* The first line of the window, without taking it. -1: error. */
static int peek_line(struct mp_session *s, struct mp_str *line)
{
    struct mp_input *in = s->in;
    for (;;) {
        const char *p = in->data + in->start;
        size_t n = in->end - in->start;
        const char *lf = n ? memchr(p, '\n', n) : NULL;
        *line = (struct mp_str){p, lf ? (size_t)(lf - p) : n};
        if (line->n > (size_t)s->app->max_record)
            return fatal(s, MP_NO_PROFILE, "the first line is larger than --max-record");
        if (lf || in->eof)
            return 0;
        struct mp_error e;
        if (mp_input_more(in, &e) < 0)
            return mp_app_fail(s->app, &e);
    }
}

/* The keys of the first object decide. */
static int search_json(struct search *q)
{
    struct mp_session *s = q->s;
    struct mp_rec_reader reader = {0};
    struct mp_rec rec = {.file = s->in->name, .number = s->in->line};
    struct mp_error e;
    if (peek_line(s, &rec.line) < 0)
        return -1;
    int bad = 0;
    if (mp_rec_parse(&reader, &rec, &e) < 0) {
        e.code = mp_code_info[e.code].level == MP_FATAL ? e.code : MP_NO_PROFILE;
        bad = mp_app_fail(s->app, &e);
    }
    size_t n = bad ? 0 : yyjson_obj_size(rec.root), i = 0;
    struct mp_str *names = mp_arena_alloc(&s->k->arena, (n + 1) * sizeof *names);
    if (!names && !bad) {
        mp_error_memory(&e);
        bad = mp_app_fail(s->app, &e);
    }
    if (!bad) {
        yyjson_obj_iter all = yyjson_obj_iter_with(rec.root);
        for (yyjson_val *key; (key = yyjson_obj_iter_next(&all));)
            names[i++] = mp_rec_text(key);
    }
    yyjson_val *schema = bad ? NULL : mp_rec_member(rec.root, MP_STR("schema"));
    bool ours = schema && yyjson_equals_str(schema, MP_SCHEMA);
    for (size_t k = 0; k < s->k->profiles.n && !bad; k++) {
        const struct mp_profile *p = &s->k->profiles.list[k];
        if (p->format == MP_PROFILE_RECORDS && ours)
            note(q, p, (struct mp_str){0});
        else if (p->format == MP_PROFILE_JSONL ? !ours
                                               : p->format == MP_PROFILE_RECORDS && !schema) {
            struct mp_str lacks = lacking(s, p, names, n, &bad);
            if (!bad)
                note(q, p, lacks);
        }
    }
    mp_rec_reader_free(&reader);
    return bad;
}

/* JSON Lines begin with a brace, blanks before it apart. */
static bool begins_with_brace(const struct mp_input *in)
{
    size_t i = in->start;
    while (i < in->end && (in->data[i] == ' ' || in->data[i] == '\t'))
        i++;
    return i < in->end && in->data[i] == '{';
}

static int recognise(struct mp_session *s)
{
    struct search q = {.s = s};
    bool json = begins_with_brace(s->in);
    int bad = json ? search_json(&q) : 0;
    for (size_t i = 0; i < s->k->profiles.n && !bad && !json; i++)
        if (s->k->profiles.list[i].format == MP_PROFILE_CSV)
            bad = try_csv(&q, &s->k->profiles.list[i]);
    if (!bad && q.n_fits != 1) {
        struct mp_buf text = {0};
        if (q.n_fits > 1)
            mp_buf_addf(&text, "%s fit this file; name one with --profile", mp_buf_cstr(&q.fits));
        else
            mp_buf_addf(&text, "no profile fits this file%s; name one with --profile. Tried: %s",
                        q.hint && !q.split ? q.hint : "", mp_buf_cstr(&q.lacks));
        const char *p = mp_buf_cstr(&text);
        bad = fatal(s, MP_NO_PROFILE, p ? p : "no profile fits");
        mp_buf_free(&text);
    }
    s->profile = q.found;
    mp_buf_free(&q.fits);
    mp_buf_free(&q.lacks);
    return bad;
}

/* Passes over blank lines. 1: something follows; 0: the input is empty. */
static int find_begin(struct mp_session *s)
{
    struct mp_input *in = s->in;
    char before = '\0';
    for (;;) {
        while (in->start < in->end &&
               (in->data[in->start] == '\n' || in->data[in->start] == '\r')) {
            char b = in->data[in->start];
            in->line += b == '\r' || before != '\r'; /* CRLF is one end */
            before = b;
            mp_input_take(in, 1);
        }
        if (in->start < in->end)
            return 1;
        struct mp_error e;
        int got = mp_input_more(in, &e);
        if (got < 0)
            return mp_app_fail(s->app, &e);
        if (got == 0)
            return 0;
    }
}

int mp_intake_file(struct mp_app *app, struct mp_input *in, void *ctx)
{
    struct mp_intake *k = ctx;
    struct mp_session s = {.k = k, .app = app, .in = in, .profile = k->given};
    int something = find_begin(&s);
    if (something <= 0)
        return something;
    if (!s.profile && recognise(&s) < 0)
        return -1;
    static int (*const readers[])(struct mp_session *) = {
        [MP_PROFILE_CSV] = mp_intake_csv,
        [MP_PROFILE_JSONL] = mp_intake_jsonl,
        [MP_PROFILE_RECORDS] = mp_intake_records,
    };
    int result = readers[s.profile->format](&s);
    mp_arena_reset(&k->arena);
    return result;
}
