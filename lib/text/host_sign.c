/* What is made to be known again: telephone numbers, plates of cars, names in social media. */
#include "text/host_words.h"

enum {
    PHONE = 10,       /* digits of a Dutch number */
    COUNTRY = 31,     /* its code */
    PLATE = 6,        /* signs of a plate */
    LABEL_WORDS = 4,  /* from a word for it to a plate */
    OWNER_WORDS = 14, /* from somebody to what is theirs */
    HANDLE_MIN = 4,
    HANDLE_MAX = 30,
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Whether the token stands in the name of a host that was found. */
static bool is_of_host(const struct mp_host_search *s, uint32_t t)
{
    uint32_t start = mp_host_token(s, t)->start;
    for (size_t i = s->out->n; i-- > 0;)
        if (s->out->at[i].kind == MP_HOST_PERSON && start >= s->out->at[i].start &&
            start < s->out->at[i].end)
            return true;
    return false;
}

/* Whose it is that stands at token t: the last one named before it in the sentence. A telephone of
 * which nobody says whose it is may be the youth's. */
static bool is_somebodys(const struct mp_host_search *s, uint32_t t)
{
    const uint64_t youth = MP_MARK(MP_MEANS_YOUTH);
    const uint64_t stands_for = MP_MARK(MP_MEANS_PRONOUN) | MP_MARK(MP_IS_RELATIVE);
    for (uint32_t i = t, n = 0; i > s->first && n < OWNER_WORDS; n++) {
        uint64_t mark = mp_marks(s->text)[--i];
        if (mp_host_is_somebody(s, i) || mp_host_is(s, i, MP_HOST_ONE) || is_of_host(s, i))
            return true;
        if (mp_host_is(s, i, MP_HOST_NOBODY) || (mark & youth && !(mark & stands_for)))
            return false;
        if (mp_host_is(s, i, MP_HOST_OWN) && n < LABEL_WORDS)
            return false;
    }
    return false;
}

/* ---- telephones ---- */

/* The digits of tokens t to *last, of which no more than fit are taken; how many. */
static size_t read_digits(const struct mp_host_search *s, uint32_t t, char out[static PHONE + 4],
                          uint32_t *last)
{
    size_t n = 0;
    for (uint32_t i = t; i <= s->last && n < PHONE; i++) {
        struct mp_str number = mp_token_str(&s->text->tokens, i);
        if (mp_host_token(s, i)->kind != MP_NUMBER || (i > t && !mp_host_follows(s, i)))
            break;
        for (size_t k = 0; k < number.n; k++) {
            if (!is_digit(number.p[k]) && number.p[k] != '-' && number.p[k] != '.')
                return 0;
            if (is_digit(number.p[k]) && n == PHONE + 3)
                return 0;
            if (is_digit(number.p[k]))
                out[n++] = number.p[k];
        }
        *last = i;
    }
    return n;
}

/* Whether the n digits are a number as it is dialled at home; with 31 or 0031 before it is made
 * one. */
static bool is_phone(char *d, size_t n, bool plus)
{
    size_t code = n == PHONE + 3 && memcmp(d, "0031", 4) == 0            ? 4
                  : plus && n == PHONE + 1 && d[0] == COUNTRY / 10 + '0' ? 2
                                                                         : 0;
    if (code) {
        memmove(d + 1, d + code, n - code);
        d[0] = '0';
        n -= code - 1;
    }
    return n == PHONE && d[0] == '0' && d[1] != '0';
}

uint32_t mp_host_phone(struct mp_host_search *s, uint32_t t)
{
    const struct mp_token *k = mp_host_token(s, t);
    const char *p = s->text->tokens.text.p;
    bool plus = k->start > 0 && p[k->start - 1] == '+';
    char digits[PHONE + 4];
    uint32_t last = t;
    if (k->kind != MP_NUMBER || !(p[k->start] == '0' || plus))
        return t;
    size_t n = read_digits(s, t, digits, &last);
    if (!is_phone(digits, n, plus) || !is_somebodys(s, t) || !mp_host_counts(s, t, last))
        return t;
    size_t value = s->out->values.len;
    mp_buf_add(&s->out->values, digits, PHONE);
    mp_host_put(s, MP_HOST_PHONE, k->start - plus, mp_host_token(s, last)->end, value);
    return last + 1;
}

/* ---- plates ---- */

/* The series of Dutch plates: letters and digits, and where the hyphens stand. */
static const char *const series[] = {"LL-DD-DD", "DD-DD-LL", "DD-LL-DD", "LL-DD-LL", "LL-LL-DD",
                                     "DD-LL-LL", "DD-LLL-D", "D-LLL-DD", "LL-DDD-L", "L-DDD-LL",
                                     "LLL-DD-L", "L-DD-LLL", "D-LL-DDD", "DDD-LL-D"};

/* Whether the text begins with a plate of the series, as its n signs with hyphens or all together;
 * how many bytes it takes, or 0. */
static size_t fits(struct mp_str text, const char *row, bool hyphens)
{
    size_t at = 0;
    for (; *row; row++) {
        char c = at < text.n ? text.p[at] : '\0';
        if (*row == '-' && !hyphens)
            continue;
        if (*row == '-' ? c != '-' : *row == 'D' ? !is_digit(c) : !is_letter(c))
            return 0;
        at++;
    }
    char behind = at < text.n ? text.p[at] : ' ';
    return is_digit(behind) || is_letter(behind) || behind == '-' ? 0 : at;
}

static bool is_labelled(const struct mp_host_search *s, uint32_t t)
{
    for (uint32_t i = t, n = 0; i > s->first && n < LABEL_WORDS; n++)
        if (mp_host_is(s, --i, MP_HOST_PLATED))
            return true;
    return false;
}

/* Letters of a plate that nobody calls one are capitals, and stand between hyphens. */
static bool is_in_capitals(struct mp_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] >= 'a' && text.p[i] <= 'z')
            return false;
    return true;
}

static void add_plate(struct mp_buf *b, struct mp_str text, const char *row)
{
    for (size_t at = 0; *row; row++) {
        if (*row == '-') {
            mp_buf_addc(b, '-');
            at += at < text.n && text.p[at] == '-';
        } else {
            char c = text.p[at++];
            mp_buf_addc(b, c >= 'a' && c <= 'z' ? (char)(c - 0x20) : c);
        }
    }
}

/* The first token that begins at byte `end` or behind it. */
static uint32_t token_behind(const struct mp_host_search *s, uint32_t t, size_t end)
{
    while (t <= s->last && mp_host_token(s, t)->start < end)
        t++;
    return t;
}

uint32_t mp_host_plate(struct mp_host_search *s, uint32_t t)
{
    const struct mp_token *k = mp_host_token(s, t);
    struct mp_str all = s->text->tokens.text, text = {all.p + k->start, all.n - k->start};
    bool apart = k->start == 0 || !(is_digit(all.p[k->start - 1]) ||
                                    is_letter(all.p[k->start - 1]) || all.p[k->start - 1] == '-');
    char behind = k->end < all.n ? all.p[k->end] : ' ';
    if (!apart || k->len > PLATE || (behind != '-' && !is_digit(behind) && !is_letter(behind)))
        return t;
    text.n = text.n < PLATE + 3 ? text.n : PLATE + 3;
    for (size_t i = 0; i < 2 * sizeof series / sizeof *series; i++) {
        const char *row = series[i / 2];
        bool hyphens = i % 2 == 0;
        size_t n = fits(text, row, hyphens);
        struct mp_str plate = {text.p, n};
        if (!n || (!(hyphens && is_in_capitals(plate)) && !is_labelled(s, t)))
            continue;
        uint32_t next = token_behind(s, t, k->start + n);
        if (mp_host_is_nobodys(s, t, next - 1, false) || !mp_host_counts(s, t, next - 1))
            return t;
        size_t value = s->out->values.len;
        add_plate(&s->out->values, plate, row);
        mp_host_put(s, MP_HOST_PLATE, k->start, (uint32_t)(k->start + n), value);
        return next;
    }
    return t;
}

/* ---- handles ---- */

static bool is_of_handle(char c)
{
    return is_digit(c) || is_letter(c) || c == '_' || c == '.';
}

/* A name behind an at sign, or one with an underscore in it. No mail address, no file. */
uint32_t mp_host_handle(struct mp_host_search *s, uint32_t t)
{
    const struct mp_token *k = mp_host_token(s, t);
    struct mp_str all = s->text->tokens.text;
    size_t start = k->start, end = k->end;
    bool sign = start > 0 && all.p[start - 1] == '@', line = false;
    if (!sign && !(end < all.n && all.p[end] == '_') && !(start > 0 && all.p[start - 1] == '_'))
        return t;
    while (start > 0 && all.p[start - 1] == '_')
        start--;
    for (end = start; end < all.n && is_of_handle(all.p[end]); end++)
        line |= all.p[end] == '_';
    while (end > start && all.p[end - 1] == '.')
        end--;
    char before = start > sign ? all.p[start - sign - 1] : ' ',
         behind = end < all.n ? all.p[end] : ' ';
    bool dotted = memchr(all.p + start, '.', end - start);
    if ((!sign && (!line || dotted)) || is_of_handle(before) || behind == '@' ||
        (unsigned char)behind >= 0x80 || end - start < HANDLE_MIN || end - start > HANDLE_MAX)
        return t;
    uint32_t next = token_behind(s, t, end);
    if (!is_somebodys(s, t) || !mp_host_counts(s, t, next - 1))
        return t;
    size_t value = s->out->values.len;
    for (size_t i = start; i < end; i++)
        mp_buf_addc(&s->out->values,
                    all.p[i] >= 'A' && all.p[i] <= 'Z' ? (char)(all.p[i] | 0x20) : all.p[i]);
    mp_host_put(s, MP_HOST_HANDLE, (uint32_t)(start - sign), (uint32_t)end, value);
    return next;
}
