/* A narrative as words. Bytes are classed by a table; only what is not ASCII is decoded. */
#include "text/token_scan.h"
#include "text/fold.h"
#include <stdlib.h>

const unsigned char mp_sign_of[256] = {
    ['\t'] = MP_SIGN_TAB,
    ['\n'] = MP_SIGN_LINE,
    ['\v'] = MP_SIGN_TAB,
    ['\f'] = MP_SIGN_LINE,
    ['\r'] = MP_SIGN_TAB,
    ['!'] = MP_SIGN_STOP,
    ['"'] = MP_SIGN_COMMA,
    ['\''] = MP_SIGN_MUTE,
    ['('] = MP_SIGN_PAREN,
    [')'] = MP_SIGN_PAREN,
    [','] = MP_SIGN_COMMA,
    ['-'] = MP_SIGN_DASH,
    ['.'] = MP_SIGN_DOT,
    ['/'] = MP_SIGN_TOUCH,
    [':'] = MP_SIGN_COLON,
    [';'] = MP_SIGN_STOP,
    ['?'] = MP_SIGN_QUESTION,
    ['['] = MP_SIGN_BOX,
    [']'] = MP_SIGN_PAREN,
    ['`'] = MP_SIGN_MUTE,
    ['|'] = MP_SIGN_BAR,
    ['{'] = MP_SIGN_PAREN,
    ['}'] = MP_SIGN_PAREN,
    ['\\'] = MP_SIGN_TOUCH,
    ['_'] = MP_SIGN_TOUCH,
    ['0' ... '9'] = MP_SIGN_DIGIT,
    ['A' ... 'Z'] = MP_SIGN_LETTER,
    ['a' ... 'z'] = MP_SIGN_LETTER,
    [0x80 ... 0xff] = MP_SIGN_HIGH,
};

/* What may stand within a word. */
static const bool word_goes_on[MP_SIGN_BAR + 1] = {
    [MP_SIGN_HIGH] = true, [MP_SIGN_MUTE] = true, [MP_SIGN_DOT] = true};

struct mp_token *mp_token_add(struct mp_token_scan *s, size_t start, enum mp_token_kind kind)
{
    struct mp_tokens *t = s->t;
    if (t->n == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 256;
        struct mp_token *more = realloc(t->at, cap * sizeof *more);
        if (!more)
            return NULL;
        t->at = more;
        t->cap = cap;
    }
    if (s->before >= MP_BREAK_STOP)
        s->sentence++;
    if (s->before >= MP_BREAK_SECTION)
        s->section++;
    struct mp_token *k = &t->at[t->n++];
    *k = (struct mp_token){.start = (uint32_t)start,
                           .text = (uint32_t)t->folded.len,
                           .kind = (uint8_t)kind,
                           .before = (uint8_t)s->before,
                           .line = s->line,
                           .quoted = s->quote,
                           .sentence = s->sentence,
                           .section = s->section};
    s->before = MP_BREAK_TOUCH;
    s->line = s->quote = false;
    return k;
}

void mp_token_end(struct mp_token_scan *s, struct mp_token *k)
{
    size_t len = s->t->folded.len - k->text;
    if (len > MP_WORD_MAX)
        s->t->folded.len = k->text + (len = MP_WORD_MAX);
    k->len = (uint16_t)len;
    k->end = (uint32_t)s->at;
}

/* Letters from `i` on, to tell an abbreviation's dots. */
static size_t letters_at(const struct mp_token_scan *s, size_t i)
{
    size_t n = 0;
    while (mp_sign_at(s, i + n) == MP_SIGN_LETTER || mp_sign_at(s, i + n) == MP_SIGN_HIGH)
        n++;
    return n;
}

/* Puts the token before and this one together where a line end or tab has cut a word. */
static void mend(struct mp_token_scan *s)
{
    struct mp_tokens *t = s->t;
    if (t->n < 2 || t->at[t->n - 2].kind != MP_WORD)
        return;
    struct mp_token *a = &t->at[t->n - 2], *b = &t->at[t->n - 1];
    struct mp_str whole = {t->folded.data + a->text, t->folded.len - a->text};
    if (a->text + a->len != b->text || whole.n > MP_WORD_MAX || b->before > MP_BREAK_BLANK ||
        !s->words->joined(s->words->ctx, whole, mp_token_str(t, t->n - 2),
                          mp_token_str(t, t->n - 1)))
        return;
    a->end = b->end;
    a->len = (uint16_t)whole.n;
    t->n--;
}

/* The ASCII letters from s->at on, eight at a time; how many. Bit 0x20 makes a letter small; what
 * is copied beyond the last one is written over later. */
static size_t read_letters(struct mp_token_scan *s)
{
    struct mp_buf *out = &s->t->folded;
    const char *from = s->p + s->at;
    size_t left = s->n - s->at, n = 1;
    while (n < left && mp_sign_of[(unsigned char)from[n]] == MP_SIGN_LETTER)
        n++;
    s->at += n;
    if (!mp_buf_reserve(out, n + 8))
        return n;
    char *to = out->data + out->len;
    out->len += n;
    size_t i = 0;
    for (uint64_t eight; i < n && left - i >= 8; i += 8) {
        memcpy(&eight, from + i, 8);
        eight |= 0x2020202020202020u;
        memcpy(to + i, &eight, 8);
    }
    for (; i < n; i++) /* at the end of the text */
        to[i] = (char)(from[i] | 0x20);
    return n;
}

/* What goes on a word behind its letters: an apostrophe, the dot of an abbreviation, a letter
 * beyond ASCII. The bytes it takes, or 0: the word ends here. `run` is the number of letters since
 * the last dot, and counts on. */
static size_t read_inner(struct mp_token_scan *s, size_t *run)
{
    size_t at = s->at;
    unsigned class = mp_sign_at(s, at), next = mp_sign_at(s, at + 1);
    if (class == MP_SIGN_HIGH) {
        uint32_t c = mp_fold_next((struct mp_str){s->p, s->n}, &at);
        bool silent = c == 0x2019 || c == 0x2018 || c == 0xad || c == 0xb4 ||
                      (c >= 0x300 && c <= 0x36f); /* apostrophe, soft hyphen, loose accent */
        if (!silent && !mp_fold_is_letter(c))
            return 0;
        if (!silent) {
            mp_fold_add(&s->t->folded, c);
            ++*run;
        }
        return at - s->at;
    }
    if (class == MP_SIGN_MUTE && next == MP_SIGN_LETTER)
        return 1;
    if (class != MP_SIGN_DOT || *run > 2 || next != MP_SIGN_LETTER)
        return 0;
    size_t more = letters_at(s, at + 1);
    if (more > 2 || (*run == 2 && more == 2 && mp_sign_at(s, at + 1 + more) != MP_SIGN_DOT))
        return 0;
    *run = 0;
    return 1;
}

bool mp_token_word(struct mp_token_scan *s)
{
    bool parted = s->parted;
    struct mp_token *k = mp_token_add(s, s->at, MP_WORD);
    if (!k)
        return false;
    unsigned char first = (unsigned char)s->p[s->at];
    size_t run = 0, n; /* letters since the last dot */
    k->capital = first >= 'A' && first <= 'Z';
    do {
        if (mp_sign_at(s, s->at) == MP_SIGN_LETTER)
            run += read_letters(s);
        n = word_goes_on[mp_sign_at(s, s->at)] ? read_inner(s, &run) : 0;
        s->at += n;
    } while (n);
    mp_token_end(s, k);
    s->parted = false;
    if (parted)
        mend(s);
    return true;
}

static bool read_number(struct mp_token_scan *s)
{
    struct mp_token *k = mp_token_add(s, s->at, MP_NUMBER);
    if (!k)
        return false;
    size_t start = s->at;
    bool clock = false; /* a dash behind 21.30 or 21:30 begins another time */
    while (s->at < s->n) {
        unsigned class = mp_sign_at(s, s->at);
        bool sign = class == MP_SIGN_DOT || class == MP_SIGN_COLON || class == MP_SIGN_COMMA ||
                    class == MP_SIGN_DASH || s->p[s->at] == '/';
        if (class != MP_SIGN_DIGIT && !(sign && mp_sign_at(s, s->at + 1) == MP_SIGN_DIGIT &&
                                        !(class == MP_SIGN_DASH && clock)))
            break;
        clock |= class == MP_SIGN_COLON || class == MP_SIGN_COMMA ||
                 (class == MP_SIGN_DOT && s->at - start <= 2);
        s->at++;
    }
    mp_buf_add(&s->t->folded, s->p + start, s->at - start);
    mp_token_end(s, k);
    s->parted = false;
    return true;
}

bool mp_tokens_read(struct mp_tokens *t, struct mp_str text, const struct mp_token_words *words)
{
    struct mp_token_scan s = {
        .t = t, .words = words, .p = text.p, .n = text.n, .before = MP_BREAK_SECTION, .line = true};
    bool fine = true;
    t->n = 0;
    t->folded.len = 0;
    t->text = text;
    while (fine && s.at < s.n) {
        unsigned class = mp_sign_at(&s, s.at);
        if (class == MP_SIGN_LETTER)
            fine = mp_token_word(&s);
        else if (class == MP_SIGN_DIGIT)
            fine = read_number(&s);
        else
            fine = mp_token_between(&s, class);
    }
    return fine && !t->folded.failed;
}

void mp_tokens_free(struct mp_tokens *t)
{
    free(t->at);
    mp_buf_free(&t->folded);
    *t = (struct mp_tokens){0};
}
