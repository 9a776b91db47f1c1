/* A narrative as words. Bytes are classed by a table; only what is not ASCII is decoded. */
#include "text/token_scan.h"
#include "text/fold.h"
#include <endian.h>
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

/* Makes room for another token, and for the one to come behind it. */
static bool grow(struct mp_token_scan *s)
{
    struct mp_tokens *t = s->t;
    size_t n = t->cap ? (size_t)(s->next - t->at) : 0, cap = t->cap ? t->cap * 2 : 256;
    struct mp_token *more = realloc(t->at, cap * sizeof *more);
    if (!more)
        return false;
    t->at = more;
    t->cap = cap;
    s->next = more + n;
    s->full = more + cap;
    return true;
}

/* Completes the token to come, and begins the one behind it. */
static inline struct mp_token *set_token(struct mp_token *k, size_t start, size_t end, size_t len,
                                         enum mp_token_kind kind)
{
    k->start = (uint32_t)start;
    k->end = (uint32_t)end;
    k->len = (uint8_t)len;
    k->kind = (uint8_t)kind;
    k[1] = (struct mp_token){.sentence = k->sentence, .section = k->section};
    return k + 1;
}

bool mp_token_add(struct mp_token_scan *s, size_t start, size_t len, enum mp_token_kind kind)
{
    if (s->next + 1 == s->full && !grow(s))
        return false;
    s->next = set_token(s->next, start, s->at, len < MP_WORD_MAX ? len : MP_WORD_MAX, kind);
    return true;
}

/* Puts the last token and the one before together where a line end or tab has cut a word. */
static void mend(struct mp_token_scan *s)
{
    struct mp_token *b = s->next - 1, *a = b - 1;
    if (b == s->t->at || a->kind != MP_WORD || b->before > MP_BREAK_BLANK)
        return;
    struct mp_str first = mp_token_text(s, a), second = mp_token_text(s, b);
    char whole[2 * MP_WORD_MAX];
    size_t len = first.n + second.n;
    memcpy(whole, first.p, first.n);
    memcpy(whole + first.n, second.p, second.n);
    if (len > MP_WORD_MAX ||
        !s->words->joined(s->words->ctx, (struct mp_str){whole, len}, first, second))
        return;
    memcpy(s->low + a->start, whole, len);
    a->end = b->end;
    a->len = (uint8_t)len;
    *b = *s->next;
    s->next = b;
}

/* Which of eight bytes are ASCII letters: the high bit of each. Bit 0x20 tells small from capital
 * and is left out; what is added reaches the high bit from 'A' on, and from behind 'Z' on. */
static inline uint64_t letters_of(uint64_t eight)
{
    uint64_t c = eight & 0x5f5f5f5f5f5f5f5fu;
    uint64_t from_a = c + 0x3f3f3f3f3f3f3f3fu, behind_z = c + 0x2525252525252525u;
    return from_a & ~behind_z & ~eight & 0x8080808080808080u;
}

/* Makes all letters small and marks them, eight bytes at a time. */
static void mark_letters(struct mp_token_scan *s)
{
    unsigned char *mark = s->letters;
    for (size_t i = 0; i < s->n; i += 8) {
        uint64_t eight;
        memcpy(&eight, s->low + i, 8);
        uint64_t letters = letters_of(eight);
        eight |= letters >> 2; /* bit 0x20 */
        memcpy(s->low + i, &eight, 8);
        /* the product has the eight high bits side by side on top */
        *mark++ = (unsigned char)(le64toh(letters) * 0x0002040810204081u >> 56);
    }
    memset(mark, 0, 8);
}

/* Letters are counted at once: a load of marks, less the byte it begins in, and less two to see
 * what stands behind them. */
enum { FEW = 55 };

/* Marks of the letters from byte i on, of FEW + 2 bytes. */
static inline uint64_t letters_at(const struct mp_token_scan *s, size_t i)
{
    uint64_t marks;
    memcpy(&marks, s->letters + i / 8, sizeof marks);
    return le64toh(marks) >> i % 8;
}

/* How many letters these marks begin with, or FEW if there are more. */
static inline unsigned few_letters(uint64_t marks)
{
    return (unsigned)__builtin_ctzll(~marks | 1ull << FEW);
}

size_t mp_token_letters(const struct mp_token_scan *s, size_t i)
{
    size_t n = 0, more;
    do
        n += more = few_letters(letters_at(s, i + n));
    while (more == FEW);
    return n;
}

/* Letters from `i` on, as many as three, to tell an abbreviation's dots. */
static size_t within_dots(const struct mp_token_scan *s, size_t i)
{
    size_t n = 0;
    while (n < 3 &&
           (mp_sign_at(s, i + n) == MP_SIGN_LETTER || mp_sign_at(s, i + n) == MP_SIGN_HIGH))
        n++;
    return n;
}

/* Whether the character beyond ASCII at s->at is a letter. */
static bool is_letter(const struct mp_token_scan *s)
{
    size_t at = s->at;
    return mp_fold_is_letter(mp_fold_next((struct mp_str){s->p, s->n}, &at));
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
    size_t more = within_dots(s, at + 1);
    if (more > 2 || (*run == 2 && more == 2 && mp_sign_at(s, at + 1 + more) != MP_SIGN_DOT))
        return 0;
    *run = 0;
    return 1;
}

/* Reads any word: with apostrophes, dots, letters beyond ASCII, very long, cut in two. What it
 * folds to is never longer than it, so it has room where it stands. */
static bool read_word(struct mp_token_scan *s)
{
    struct mp_buf *out = &s->t->folded;
    size_t start = out->len = s->at, inner;
    size_t run = 0; /* letters since the last dot */
    s->next->capital = mp_capital_at(s, start);
    do {
        size_t n = mp_token_letters(s, s->at);
        if (out->len < s->at) /* something was left out */
            memmove(out->data + out->len, s->low + s->at, n);
        out->len += n;
        s->at += n;
        run += n;
        inner = mp_sign_at(s, s->at) >= MP_SIGN_DOT ? read_inner(s, &run) : 0;
        s->at += inner;
    } while (inner);
    if (!mp_token_add(s, start, out->len - start, MP_WORD))
        return false;
    if (s->parted)
        mend(s);
    s->parted = false;
    return true;
}

/* Reads words as long as they are a few letters with a comma, a blank or both between them, as most
 * are. Nothing else is called here, so that the place in the text stays in a register, and what
 * stands between two words takes no branch, as nobody can foretell it. */
static void read_plain_words(struct mp_token_scan *s)
{
    size_t at = s->at;
    struct mp_token *k = s->next;
    for (;;) {
        uint64_t letters = letters_at(s, at);
        unsigned n = few_letters(letters);
        size_t end = at + n;
        unsigned sign = mp_sign_at(s, end);
        bool goes_on = sign + 2 * (letters >> n >> 1 & 1) >= MP_SIGN_HIGH; /* a letter behind it */
        if (!n || goes_on || k + 1 == s->full)
            break;
        k->capital = !(s->p[at] & 0x20); /* tells small letters from capitals */
        k = set_token(k, at, end, n, MP_WORD);
        bool comma = s->low[end] == ',', blank = s->low[end + comma] == ' ';
        k->before = comma ? MP_BREAK_COMMA : blank; /* MP_BREAK_BLANK or MP_BREAK_TOUCH */
        at = end + comma + blank;
    }
    s->at = at;
    s->next = k;
}

static bool read_number(struct mp_token_scan *s)
{
    size_t start = s->at;
    bool clock = false; /* a dash behind 21.30 or 21:30 begins another time */
    for (;; s->at++) {
        while (mp_sign_at(s, s->at) == MP_SIGN_DIGIT)
            s->at++;
        unsigned sign = mp_sign_at(s, s->at);
        bool joined = mp_sign_at(s, s->at + 1) == MP_SIGN_DIGIT &&
                      (sign == MP_SIGN_DOT || sign == MP_SIGN_COLON || sign == MP_SIGN_COMMA ||
                       (sign == MP_SIGN_DASH && !clock) || s->low[s->at] == '/');
        if (!joined)
            break;
        clock |= sign == MP_SIGN_COLON || sign == MP_SIGN_COMMA ||
                 (sign == MP_SIGN_DOT && s->at - start <= 2);
    }
    s->parted = false;
    return mp_token_add(s, start, s->at - start, MP_NUMBER);
}

/* Copies the text for folding: line ends behind it save asking everywhere whether it ends. */
static bool begin(struct mp_token_scan *s)
{
    struct mp_buf *low = &s->t->folded;
    size_t n = s->n + MP_WORD_LOAD, marks = s->n / 8 + 1 + 8;
    low->len = 0;
    if (!mp_buf_reserve(low, n + marks) || (!s->t->cap && !grow(s)))
        return false;
    s->low = low->data;
    if (s->n)
        memcpy(s->low, s->p, s->n);
    memset(s->low + s->n, '\n', MP_WORD_LOAD);
    s->letters = (unsigned char *)s->low + n;
    mark_letters(s);
    s->next = s->t->at;
    s->full = s->next + s->t->cap;
    *s->next =
        (struct mp_token){.before = MP_BREAK_SECTION, .line = true, .sentence = 1, .section = 1};
    return true;
}

bool mp_tokens_read(struct mp_tokens *t, struct mp_str text, const struct mp_token_words *words)
{
    struct mp_token_scan s = {.t = t, .words = words, .p = text.p, .n = text.n};
    t->n = 0;
    t->text = text;
    bool fine = begin(&s);
    while (fine) {
        if (!s.parted) /* else the word before and the next may be one */
            read_plain_words(&s);
        if (s.at >= s.n)
            break;
        unsigned sign = mp_sign_at(&s, s.at);
        if (sign == MP_SIGN_DIGIT)
            fine = read_number(&s);
        else if (sign == MP_SIGN_LETTER || (sign == MP_SIGN_HIGH && is_letter(&s)))
            fine = read_word(&s);
        else
            fine = mp_token_between(&s, sign);
        bool blank = s.low[s.at] == ' '; /* stands behind most, and takes no branch */
        s.at += blank;
        s.next->before |= blank & (s.next->before == MP_BREAK_TOUCH);
    }
    t->n = fine ? (size_t)(s.next - t->at) : 0;
    return fine;
}

void mp_tokens_free(struct mp_tokens *t)
{
    free(t->at);
    mp_buf_free(&t->folded);
    *t = (struct mp_tokens){0};
}
