/* A narrative as words. Bytes are classed by a table; only what is not ASCII is decoded. */
#include "text/token_scan.h"
#include "text/fold.h"
#include <endian.h>
#include <stdlib.h>

#define HIGH_BITS 0x8080808080808080u /* of eight bytes */

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

/* Room for two tokens more: one that is added, and the next. */
static bool make_room(struct mp_tokens *t)
{
    if (t->n + 2 <= t->cap)
        return true;
    size_t cap = t->cap ? t->cap * 2 : 256;
    struct mp_token *more = realloc(t->at, cap * sizeof *more);
    if (!more)
        return false;
    t->at = more;
    t->cap = cap;
    return true;
}

bool mp_token_add(struct mp_token_scan *s, size_t start, size_t len, enum mp_token_kind kind)
{
    struct mp_tokens *t = s->t;
    struct mp_token *k = s->next;
    k->start = (uint32_t)start;
    k->end = (uint32_t)s->at;
    k->len = (uint8_t)(len < MP_WORD_MAX ? len : MP_WORD_MAX);
    k->kind = (uint8_t)kind;
    k->sentence += k->before >= MP_BREAK_STOP;
    k->section += k->before >= MP_BREAK_SECTION;
    t->n++;
    if (!make_room(t))
        return false;
    k = &t->at[t->n];
    *k = (struct mp_token){.sentence = k[-1].sentence, .section = k[-1].section};
    s->next = k;
    return true;
}

/* Puts the token before and this one together where a line end or tab has cut a word. */
static void mend(struct mp_token_scan *s)
{
    struct mp_tokens *t = s->t;
    if (t->n < 2 || t->at[t->n - 2].kind != MP_WORD)
        return;
    struct mp_token *a = &t->at[t->n - 2], *b = &t->at[t->n - 1];
    struct mp_str first = mp_token_str(t, t->n - 2), second = mp_token_str(t, t->n - 1);
    char whole[MP_WORD_MAX];
    size_t len = first.n + second.n;
    if (len > MP_WORD_MAX || b->before > MP_BREAK_BLANK)
        return;
    memcpy(whole, first.p, first.n);
    memcpy(whole + first.n, second.p, second.n);
    if (!s->words->joined(s->words->ctx, (struct mp_str){whole, len}, first, second))
        return;
    memcpy(s->low + a->start, whole, len);
    a->end = b->end;
    a->len = (uint8_t)len;
    t->n--;
    *b = *s->next;
    s->next = b;
}

/* Which of eight bytes are ASCII letters: the high bit of each. Bit 0x20 tells small from capital
 * and is left out; what is added reaches the high bit from 'A' on, and from behind 'Z' on. */
static inline uint64_t letters_of(uint64_t eight)
{
    uint64_t c = eight & 0x5f5f5f5f5f5f5f5fu;
    uint64_t from_a = c + 0x3f3f3f3f3f3f3f3fu, behind_z = c + 0x2525252525252525u;
    return from_a & ~behind_z & ~eight & HIGH_BITS;
}

static inline size_t read_letters(struct mp_token_scan *s, size_t i)
{
    for (size_t n = 0;; n += 8) {
        uint64_t eight, letters;
        memcpy(&eight, s->low + i + n, 8);
        letters = letters_of(eight);
        eight |= letters >> 2; /* bit 0x20 */
        memcpy(s->low + i + n, &eight, 8);
        if (letters != HIGH_BITS)
            return n + (size_t)__builtin_ctzll(le64toh(letters ^ HIGH_BITS)) / 8;
    }
}

size_t mp_token_letters(struct mp_token_scan *s, size_t i)
{
    return read_letters(s, i);
}

/* Letters from `i` on, as many as three, to tell an abbreviation's dots. */
static size_t few_letters(const struct mp_token_scan *s, size_t i)
{
    size_t n = 0;
    while (n < 3 &&
           (mp_sign_at(s, i + n) == MP_SIGN_LETTER || mp_sign_at(s, i + n) == MP_SIGN_HIGH))
        n++;
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
    size_t more = few_letters(s, at + 1);
    if (more > 2 || (*run == 2 && more == 2 && mp_sign_at(s, at + 1 + more) != MP_SIGN_DOT))
        return 0;
    *run = 0;
    return 1;
}

/* Reads on behind the first `n` letters of a word, folding to behind them. Its folded bytes. */
static size_t read_rest(struct mp_token_scan *s, size_t start, size_t n)
{
    struct mp_buf *out = &s->t->folded;
    size_t run = n, inner; /* letters since the last dot */
    out->len = start + n;
    while ((inner = read_inner(s, &run))) {
        s->at += inner;
        size_t more = read_letters(s, s->at);
        memmove(out->data + out->len, s->low + s->at, more);
        out->len += more;
        s->at += more;
        run += more;
    }
    return out->len - start;
}

/* Most words are letters with a blank behind them. */
static inline bool read_word(struct mp_token_scan *s)
{
    size_t start = s->at, n = read_letters(s, start);
    s->at += n;
    if (word_goes_on[mp_sign_at(s, s->at)])
        n = read_rest(s, start, n);
    s->next->capital = mp_is_capital(s, start);
    if (!mp_token_add(s, start, n, MP_WORD))
        return false;
    if (s->parted) {
        s->parted = false;
        mend(s);
    }
    bool blank = s->low[s->at] == ' ';
    s->next->before = blank ? MP_BREAK_BLANK : MP_BREAK_TOUCH;
    s->at += blank;
    return true;
}

bool mp_token_word(struct mp_token_scan *s)
{
    return read_word(s);
}

static bool read_number(struct mp_token_scan *s)
{
    size_t start = s->at;
    bool clock = false; /* a dash behind 21.30 or 21:30 begins another time */
    for (;; s->at++) {
        unsigned class = mp_sign_at(s, s->at);
        bool sign = class == MP_SIGN_DOT || class == MP_SIGN_COLON || class == MP_SIGN_COMMA ||
                    class == MP_SIGN_DASH || s->low[s->at] == '/';
        if (class != MP_SIGN_DIGIT && !(sign && mp_sign_at(s, s->at + 1) == MP_SIGN_DIGIT &&
                                        !(class == MP_SIGN_DASH && clock)))
            break;
        clock |= class == MP_SIGN_COLON || class == MP_SIGN_COMMA ||
                 (class == MP_SIGN_DOT && s->at - start <= 2);
    }
    s->parted = false;
    return mp_token_add(s, start, s->at - start, MP_NUMBER);
}

/* Copies the text for folding: line ends behind it save asking everywhere whether it ends. */
static bool begin(struct mp_tokens *t, struct mp_str text)
{
    t->n = t->folded.len = 0;
    t->text = text;
    if (!make_room(t) || !mp_buf_reserve(&t->folded, text.n + MP_WORD_LOAD))
        return false;
    if (text.n)
        memcpy(t->folded.data, text.p, text.n);
    memset(t->folded.data + text.n, '\n', MP_WORD_LOAD);
    t->at[0] = (struct mp_token){.before = MP_BREAK_SECTION, .line = true};
    return true;
}

bool mp_tokens_read(struct mp_tokens *t, struct mp_str text, const struct mp_token_words *words)
{
    bool fine = begin(t, text);
    struct mp_token_scan s = {
        .t = t, .words = words, .p = text.p, .low = t->folded.data, .n = text.n, .next = t->at};
    while (fine) {
        unsigned class = mp_sign_at(&s, s.at);
        if (class == MP_SIGN_LETTER) {
            fine = read_word(&s);
        } else if (class == MP_SIGN_BLANK) {
            mp_token_break(&s, MP_BREAK_BLANK);
            s.at++;
        } else if (s.at >= s.n) {
            break;
        } else {
            fine = class == MP_SIGN_DIGIT ? read_number(&s) : mp_token_between(&s, class);
        }
    }
    return fine;
}

void mp_tokens_free(struct mp_tokens *t)
{
    free(t->at);
    mp_buf_free(&t->folded);
    *t = (struct mp_tokens){0};
}
