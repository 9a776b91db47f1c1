/* What becomes of a name and a date of birth on the way into a report. */
#include "synth/errors.h"
#include "base/time.h"
#include "base/utf8.h"
#include "synth/letters.h"

enum { LETTERS = 120 }; /* longer texts are left as they are */

static size_t split(struct mp_str s, uint32_t to[static LETTERS])
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; n++) {
        if (n == LETTERS)
            return 0;
        to[n] = mp_utf8_next(s, &at);
    }
    return n;
}

/* The key to the left or right on the keyboard; the letter itself where there is none. */
static uint32_t next_key(const struct mp_synth_model *m, uint32_t letter, struct mp_chance *c)
{
    bool right = mp_chance_below(c, 2);
    for (size_t i = 0; letter < 0x80 && i < m->spelling.keyboard.n; i++) {
        struct mp_str row = m->spelling.keyboard.texts[i];
        const char *key = memchr(row.p, (int)letter, row.n);
        if (!key || row.n < 2)
            continue;
        bool first = key == row.p, last = key == row.p + row.n - 1;
        return (unsigned char)((right && !last) || first ? key[1] : key[-1]);
    }
    return letter;
}

void mp_synth_mistype(const struct mp_synth_model *m, struct mp_buf *text, struct mp_chance *c)
{
    enum { EXCHANGE, DROP, DOUBLE, NEXT_KEY, KINDS };
    uint32_t letters[LETTERS];
    size_t n = split(mp_buf_str(text), letters);
    if (n < 3)
        return;
    unsigned kind = mp_chance_below(c, KINDS);
    size_t at = 1 + mp_chance_below(c, (uint32_t)n - 2); /* the beginning is seen and mended */
    uint32_t key = next_key(m, letters[at], c);
    if ((kind == EXCHANGE && letters[at] == letters[at + 1]) ||
        (kind == NEXT_KEY && key == letters[at]))
        kind = DROP;
    text->len = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t letter = kind == EXCHANGE && i == at       ? letters[at + 1]
                          : kind == EXCHANGE && i == at + 1 ? letters[at]
                          : kind == NEXT_KEY && i == at     ? key
                                                            : letters[i];
        if (kind != DROP || i != at)
            mp_utf8_add(text, letter);
        if (kind == DOUBLE && i == at)
            mp_utf8_add(text, letter);
    }
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static char large(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

/* Whether `part` stands at `at`, capitals of ASCII aside. */
static bool stands_at(struct mp_str s, size_t at, struct mp_str part)
{
    if (part.n == 0 || s.n - at < part.n)
        return false;
    for (size_t i = 0; i < part.n; i++)
        if (small(s.p[at + i]) != small(part.p[i]))
            return false;
    return true;
}

static void put_instead(struct mp_buf *text, size_t at, size_t n, struct mp_str by)
{
    struct mp_buf out = {.failed = text->failed};
    struct mp_str s = mp_buf_str(text);
    bool capital = small(s.p[at]) != s.p[at];
    mp_buf_add(&out, s.p, at);
    mp_buf_addstr(&out, by);
    if (capital && by.n && !out.failed)
        out.data[at] = large(out.data[at]);
    mp_buf_add(&out, s.p + at + n, s.n - at - n);
    mp_buf_free(text);
    *text = out;
}

/* The k-th place at which a pair of sounds fits is changed; how many there are is returned. */
static size_t change_sound(const struct mp_synth_model *m, struct mp_buf *text, size_t k)
{
    struct mp_str s = mp_buf_str(text);
    size_t found = 0;
    for (size_t i = 0; i < m->spelling.sounds.n; i++) {
        struct mp_str pair = m->spelling.sounds.texts[i];
        const char *is = memchr(pair.p, '=', pair.n);
        struct mp_str sides[2] = {{pair.p, (size_t)(is - pair.p)},
                                  {is + 1, pair.n - (size_t)(is - pair.p) - 1}};
        for (size_t at = 0; at < s.n; at++)
            for (size_t side = 0; side < 2; side++)
                if (stands_at(s, at, sides[side]) && found++ == k) {
                    put_instead(text, at, sides[side].n, sides[1 - side]);
                    return found;
                }
    }
    return found;
}

void mp_synth_misspell(const struct mp_synth_model *m, struct mp_buf *text, struct mp_chance *c)
{
    size_t places = change_sound(m, text, (size_t)-1);
    if (places)
        change_sound(m, text, mp_chance_below(c, (uint32_t)places));
    else
        mp_synth_mistype(m, text, c);
}

/* The first of two names; the text stays where there is only one. */
static void cut(struct mp_buf *text, const char *at)
{
    for (size_t i = 1; i < text->len; i++)
        if (strchr(at, text->data[i])) {
            text->len = i;
            return;
        }
}

static void shorten_prefix(const struct mp_synth_model *m, struct mp_buf *prefix)
{
    for (size_t i = 0; i < m->spelling.short_prefix.n; i++)
        if (mp_str_eq(m->spelling.short_prefix.texts[i], mp_buf_str(prefix))) {
            prefix->len = 0;
            mp_buf_addstr(prefix, m->spelling.shorter[i]);
            return;
        }
}

static void move_prefix(struct mp_synth_name *name, bool behind)
{
    if (name->prefix.len == 0)
        return;
    if (behind) {
        mp_buf_adds(&name->family, ", ");
        mp_buf_addstr(&name->family, mp_buf_str(&name->prefix));
    } else {
        mp_buf_addc(&name->prefix, ' ');
        mp_buf_addstr(&name->prefix, mp_buf_str(&name->family));
        struct mp_buf whole = name->prefix;
        name->prefix = name->family;
        name->family = whole;
    }
    name->prefix.len = 0;
}

/* The first letter of each word, with full stops. */
static void to_initials(struct mp_buf *text)
{
    struct mp_str s = mp_buf_str(text);
    struct mp_buf out = {.failed = text->failed};
    bool begins = true;
    for (size_t at = 0; at < s.n;) {
        uint32_t letter = mp_utf8_next(s, &at);
        bool between = letter == ' ' || letter == '-' || letter == '.' || letter == '\'';
        if (begins && !between) {
            mp_utf8_add(&out, letter);
            mp_buf_addc(&out, '.');
        }
        begins = between;
    }
    mp_buf_free(text);
    *text = out;
}

static void spoil(const struct mp_synth_model *m, enum mp_synth_error error,
                  struct mp_synth_name *name, bool coin, struct mp_chance *c)
{
    struct mp_buf *one = coin ? &name->given : &name->family, whole;
    switch (error) {
    case MP_SYNTH_CUT:
        cut(&name->given, " -");
        cut(&name->family, "-");
        break;
    case MP_SYNTH_MARKS:
        mp_letters_drop_marks(&name->given);
        mp_letters_drop_marks(&name->family);
        break;
    case MP_SYNTH_TYPING:
        mp_synth_mistype(m, one, c);
        break;
    case MP_SYNTH_SOUND:
        mp_synth_misspell(m, one, c);
        break;
    case MP_SYNTH_PREFIX_SHORT:
        shorten_prefix(m, &name->prefix);
        break;
    case MP_SYNTH_PREFIX_MOVED:
        move_prefix(name, coin);
        break;
    case MP_SYNTH_PREFIX_DROPPED:
        name->prefix.len = 0;
        break;
    case MP_SYNTH_INITIALS:
        to_initials(&name->prefix);
        to_initials(&name->family);
        to_initials(&name->given);
        break;
    case MP_SYNTH_INITIAL:
        to_initials(&name->given);
        break;
    case MP_SYNTH_CAPITALS:
        mp_letters_to_capitals(&name->family);
        break;
    case MP_SYNTH_EXCHANGED:
        whole = name->given;
        name->given = name->family;
        name->family = whole;
        break;
    default:
        break;
    }
}

void mp_synth_spoil_name(const struct mp_synth_model *m, const struct mp_synth_of_source *source,
                         struct mp_synth_name *name, struct mp_chance *c)
{
    for (enum mp_synth_error i = 0; i < MP_SYNTH_BIRTH_SWAPPED; i++) {
        bool hit = mp_chance_hits(c, source->errors[i]), coin = mp_chance_below(c, 2);
        if (hit)
            spoil(m, i, name, coin, c);
    }
}

/* Another digit in the place of one of the day, month or year. */
static int32_t other_digit(int y, int month, int d, struct mp_chance *c)
{
    static const int units[] = {1, 10};
    enum { TRIES = 20 };
    for (int tries = 0; tries < TRIES; tries++) {
        int new_y = y, new_month = month, new_d = d, by = (int)mp_chance_below(c, 9) + 1;
        int *part = (int *[]){&new_y, &new_month, &new_d}[mp_chance_below(c, 3)];
        int unit = part == &new_y ? 1 : units[mp_chance_below(c, 2)];
        int digit = *part / unit % 10;
        *part += ((digit + by) % 10 - digit) * unit;
        if (mp_date_valid(new_y, new_month, new_d))
            return mp_date_day(new_y, new_month, new_d);
    }
    return mp_date_day(y, month, d); /* as good as never */
}

int32_t mp_synth_spoil_birth(const struct mp_synth_of_source *source, int32_t birth,
                             struct mp_chance *c)
{
    bool swapped = mp_chance_hits(c, source->errors[MP_SYNTH_BIRTH_SWAPPED]);
    bool digit = mp_chance_hits(c, source->errors[MP_SYNTH_BIRTH_DIGIT]);
    bool year = mp_chance_hits(c, source->errors[MP_SYNTH_BIRTH_YEAR]);
    int y, m, d;
    mp_date_civil(birth, &y, &m, &d);
    if (year)
        return mp_date_day(y, 1, 1);
    if (swapped && d <= 12)
        return mp_date_day(y, d, m);
    return digit ? other_digit(y, m, d, c) : birth;
}
