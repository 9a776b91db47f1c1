/*
 * The signals of a text as JSON, for its record.
 *
 * What stands before a quote is the same for all signals of a code and a status, so it is put
 * together once, as pieces.
 */
#include "text/signals.h"
#include "base/utf8.h"
#include "io/json.h"
#include "text/reason.h"
#include "text/said.h"

/* ---- pieces ---- */

/* Piece i: of the codes `{"code":"NAME","status":"`, behind them of the statuses `NAME"`, with the
 * key of the quote. */
static void add_piece(const struct mp_text_recorder *r, size_t i, struct mp_buf *b)
{
    const struct mp_lexicon *l = r->lexicon;
    if (i < l->n_codes) {
        mp_buf_addc(b, '{');
        mp_json_add_field(b, "code", l->codes[i].name);
        mp_json_add_key(b, "status");
        mp_buf_addc(b, '"');
    } else {
        mp_buf_adds(b, mp_status_names[i - l->n_codes]);
        mp_buf_addc(b, '"');
        if (!r->no_text)
            mp_json_add_key(b, "quote");
    }
}

static bool lay_out(struct mp_text_recorder *r)
{
    size_t n = r->lexicon->n_codes + MP_N_STATUS;
    for (size_t i = 0; i < n; i++) {
        struct mp_str piece = {NULL, r->piece_text.len};
        add_piece(r, i, &r->piece_text);
        piece.n = r->piece_text.len - piece.n;
        mp_buf_add(&r->pieces, &piece, sizeof piece);
    }
    if (!mp_buf_reserve(&r->piece_text, MP_BLOCK) || r->pieces.failed) {
        r->pieces.len = 0; /* not laid out */
        return false;
    }
    struct mp_str *pieces = MP_ITEMS(struct mp_str, r->pieces);
    const char *p = r->piece_text.data;
    for (size_t i = 0; i < n; p += pieces[i++].n)
        pieces[i].p = p;
    return true;
}

/* ---- places ---- */

/* Characters before a byte of the narrative, counted onwards from the last one asked for. Where all
 * is ASCII up to that byte, as in most stretches, there is nothing to be counted. */
struct counter {
    struct mp_str text;
    size_t byte, chars;
    size_t ascii; /* the next byte that is none */
};

static void look_ahead(struct counter *c)
{
    c->ascii = c->byte + mp_utf8_ascii_run(c->text.p + c->byte, c->text.n - c->byte);
}

static inline size_t chars_before(struct counter *c, size_t byte)
{
    while (c->ascii < byte) {
        c->chars += c->ascii - c->byte + 1;
        size_t len = mp_utf8_seq(c->text.p + c->ascii, c->text.n - c->ascii);
        c->byte = c->ascii + (len ? len : 1);
        look_ahead(c);
    }
    c->chars += byte - c->byte;
    c->byte = byte;
    return c->chars;
}

/* The next quote may begin before this one's end, so counting does not go on from there. */
static size_t chars_before_end(const struct counter *c, size_t byte)
{
    if (c->ascii >= byte)
        return c->chars + (byte - c->byte);
    struct counter ahead = *c;
    return chars_before(&ahead, byte);
}

/* ---- signals ---- */

/* There are many of them, so room is made once for several pieces. */
static void add_head(struct mp_str of_code, struct mp_str of_status, bool first, struct mp_buf *b)
{
    if (!mp_buf_reserve(b, 1 + of_code.n + of_status.n + MP_BLOCK))
        return;
    char *to = b->data + b->len;
    *to = ',';
    to = mp_put_blocks(to + !first, of_code);
    b->len = (size_t)(mp_put_blocks(to, of_status) - b->data);
}

static void add_quote(struct mp_str quote, struct counter *chars, struct mp_buf *b)
{
    static const char start[] = ",\"start\":", end[] = ",\"end\":";
    size_t first = (size_t)(quote.p - chars->text.p);
    mp_json_add_str(b, quote);
    if (!mp_buf_reserve(b, sizeof start + sizeof end + 2 * MP_DIGITS_MAX))
        return;
    char *to = b->data + b->len;
    memcpy(to, start, sizeof start - 1);
    to = mp_put_u(to + sizeof start - 1, chars_before(chars, first));
    memcpy(to, end, sizeof end - 1);
    to = mp_put_u(to + sizeof end - 1, chars_before_end(chars, first + quote.n));
    b->len = (size_t)(to - b->data);
}

/* Who says it, where the text tells. */
static void add_speaker(const struct mp_lexicon *l, const struct mp_text *text,
                        const struct mp_mention *m, struct mp_buf *b)
{
    const struct mp_saying *said = mp_said_of(l, text, m);
    if (said)
        mp_json_add_field(b, "said_by", mp_text_quote(text, said->first, said->last));
}

static void add_place(struct mp_buf *b, const char *key, const struct mp_text_recorder *r,
                      const struct mp_yaml *at)
{
    struct mp_str file = at->file, folder = r->folder;
    if (folder.n > 0 && file.n > folder.n && memcmp(file.p, folder.p, folder.n) == 0 &&
        file.p[folder.n] == '/')
        file = (struct mp_str){file.p + folder.n + 1, file.n - folder.n - 1};
    mp_json_add_field(b, key, file);
    if (b->failed)
        return;
    b->len--; /* the quote */
    mp_buf_addf(b, ":%zu\"", at->line);
}

/* Where the trigger holds, in characters. It holds where the quote stands, which is where `chars`
 * has got to, so that it is counted from there. */
static void add_scope(struct mp_str scope, const struct counter *chars, struct mp_buf *b)
{
    size_t start = (size_t)(scope.p - chars->text.p);
    size_t before = mp_utf8_count((struct mp_str){scope.p, chars->byte - start});
    mp_buf_addf(b, ",\"scope\":[%zu,%zu]", chars->chars - before,
                chars_before_end(chars, start + scope.n));
}

static void explain(struct mp_text_recorder *r, const struct mp_mention *m,
                    const struct counter *chars, struct mp_buf *b)
{
    const struct mp_yaml *at = r->lexicon->entries[m->entry].at;
    struct mp_reason why;
    mp_json_add_field(b, "entry", at->text);
    add_place(b, "at", r, at);
    if (!mp_reason_find(r->lexicon, &r->reader.text, m, &why))
        return;
    mp_json_add_field(b, "trigger", mp_str_of(why.kind));
    if (!r->no_text)
        mp_json_add_field(b, "cue", why.cue);
    if (why.at)
        add_place(b, "cue_at", r, why.at);
    if (!r->no_text)
        add_scope(why.scope, chars, b);
}

bool mp_signals_list(struct mp_text_recorder *r, struct mp_str narrative)
{
    if (r->pieces.len == 0 && !lay_out(r))
        return false;
    const struct mp_text *text = &r->reader.text;
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    const struct mp_str *of_code = MP_ITEMS(struct mp_str, r->pieces);
    const struct mp_str *of_status = of_code + r->lexicon->n_codes;
    struct mp_buf *b = &r->signals;
    struct counter chars = {.text = narrative};
    look_ahead(&chars);
    b->len = 0;
    mp_buf_addc(b, '[');
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, text->mentions); i++) {
        add_head(of_code[m[i].code], of_status[m[i].status], i == 0, b);
        if (!r->no_text) {
            add_quote(mp_text_quote(text, m[i].first, m[i].last), &chars, b);
            add_speaker(r->lexicon, text, &m[i], b);
        }
        if (r->explain)
            explain(r, &m[i], &chars, b);
        mp_buf_addc(b, '}');
    }
    mp_buf_addc(b, ']');
    return !b->failed;
}
