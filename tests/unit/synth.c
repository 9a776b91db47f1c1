/* Chance, letters and errors of synthetic reports. */
#include "base/time.h"
#include "synth/errors.h"
#include "synth/letters.h"
#include "test.h"

TEST(splitmix64_gives_its_published_numbers)
{
    struct mp_chance c = {1234567};
    CHECK(mp_chance_next(&c) == UINT64_C(6457827717110365317));
    CHECK(mp_chance_next(&c) == UINT64_C(3203168211198807973));
    CHECK(mp_chance_next(&c) == UINT64_C(9817491932198370423));
}

TEST(chance_below_takes_every_number_and_none_above)
{
    struct mp_chance c = mp_chance_of(1, 2, 3);
    int seen[7] = {0};
    for (int i = 0; i < 7000; i++) {
        uint32_t n = mp_chance_below(&c, 7);
        if (!CHECK(n < 7))
            return;
        seen[n]++;
    }
    for (int i = 0; i < 7; i++)
        CHECK(seen[i] > 850 && seen[i] < 1150);
    CHECK_INT(mp_chance_below(&c, 1), 0);
}

TEST(chance_of_a_share_keeps_to_it_and_always_takes_a_number)
{
    struct mp_chance c = mp_chance_of(9, 0, 0), d = c;
    int hits = 0;
    for (int i = 0; i < 20000; i++)
        hits += mp_chance_hits(&c, 250000);
    CHECK(hits > 4700 && hits < 5300);
    for (int i = 0; i < 20000; i++)
        CHECK(!mp_chance_hits(&d, 0));
    CHECK(mp_chance_next(&c) == mp_chance_next(&d));
    for (int i = 0; i < 1000; i++)
        CHECK(mp_chance_hits(&c, MP_SHARE_ALL));
}

TEST(streams_of_chance_differ_by_seed_number_and_purpose)
{
    struct mp_chance a = mp_chance_of(1, 2, 3), b = mp_chance_of(2, 2, 3),
                     c = mp_chance_of(1, 3, 3), d = mp_chance_of(1, 2, 4),
                     e = mp_chance_of(1, 3, 2), again = mp_chance_of(1, 2, 3);
    CHECK(a.state == again.state);
    CHECK(a.state != b.state && a.state != c.state && a.state != d.state && a.state != e.state);
}

static struct mp_buf text(const char *s)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, s);
    return b;
}

static void capitals(const char *from, const char *to)
{
    struct mp_buf b = text(from);
    mp_letters_to_capitals(&b);
    CHECK_STR(mp_buf_str(&b), to);
    mp_buf_free(&b);
}

TEST(capitals_of_all_alphabets_of_the_names)
{
    capitals("Kamperman", "KAMPERMAN");
    capitals("van 't Veld-Müller", "VAN 'T VELD-MÜLLER");
    capitals("Şimşek, Yılmaz, Çağlar", "ŞIMŞEK, YILMAZ, ÇAĞLAR");
    capitals("Łukasz Wiśniewski źżńć", "ŁUKASZ WIŚNIEWSKI ŹŻŃĆ");
    capitals("ÿ÷ßĸŉ", "Ÿ÷ßĸŉ");
    capitals("", "");
}

static void without_marks(const char *from, const char *to)
{
    struct mp_buf b = text(from);
    mp_letters_drop_marks(&b);
    CHECK_STR(mp_buf_str(&b), to);
    mp_buf_free(&b);
}

TEST(marks_are_lost_and_capitals_stay)
{
    without_marks("Zoë Noëlle", "Zoe Noelle");
    without_marks("İbrahim Özgür Şahin Yılmaz", "Ibrahim Ozgur Sahin Yilmaz");
    without_marks("Łukasz Wójcik", "Lukasz Wojcik");
    without_marks("van der Berg", "van der Berg");
    without_marks("ÇELİK", "CELIK");
}

/* A model with just what errors need. */
static struct mp_str rows[] = {{"qwertyuiop", 10}, {"asdfghjkl", 9}}, pairs[] = {{"ij=y", 4}},
                     longer[] = {{"van der", 7}}, shorter[] = {{"v.d.", 4}};
static const struct mp_synth_model model = {.spelling = {.keyboard = {2, rows, NULL},
                                                         .sounds = {1, pairs, NULL},
                                                         .short_prefix = {1, longer, NULL},
                                                         .shorter = shorter}};

/* Seeds enough for each kind at each place. */
TEST(a_typing_error_changes_little_and_never_the_beginning)
{
    for (uint64_t i = 0; i < 2000; i++) {
        struct mp_chance c = mp_chance_of(i, 0, 0);
        struct mp_buf b = text("Bakker");
        mp_synth_mistype(&model, &b, &c);
        struct mp_str s = mp_buf_str(&b);
        CHECK(s.n >= 5 && s.n <= 7 && s.p[0] == 'B');
        mp_buf_free(&b);
    }
    struct mp_chance c = mp_chance_of(1, 0, 0);
    struct mp_buf b = text("Bo");
    mp_synth_mistype(&model, &b, &c);
    CHECK_STR(mp_buf_str(&b), "Bo");
    mp_buf_free(&b);
}

TEST(a_typing_error_is_one)
{
    for (uint64_t i = 0; i < 2000; i++) {
        struct mp_chance c = mp_chance_of(i, 0, 1);
        struct mp_buf b = text("Yağmur");
        mp_synth_mistype(&model, &b, &c);
        if (!CHECK(!mp_str_is(mp_buf_str(&b), "Yağmur")))
            return;
        mp_buf_free(&b);
    }
}

TEST(another_spelling_sounds_alike_in_both_directions)
{
    struct mp_chance c = mp_chance_of(1, 0, 0);
    struct mp_buf b = text("Dijk");
    mp_synth_misspell(&model, &b, &c);
    CHECK_STR(mp_buf_str(&b), "Dyk");
    mp_synth_misspell(&model, &b, &c);
    CHECK_STR(mp_buf_str(&b), "Dijk");
    mp_buf_free(&b);
    b = text("IJssel");
    mp_synth_misspell(&model, &b, &c);
    CHECK_STR(mp_buf_str(&b), "Yssel");
    mp_buf_free(&b);
}

/* The name that comes out when one error is certain, as "given|prefix|family". */
static struct mp_buf spoilt(enum mp_synth_error error, const char *given, const char *prefix,
                            const char *family, uint64_t seed)
{
    struct mp_synth_of_source source = {.errors = {0}};
    struct mp_synth_name name = {text(given), text(prefix), text(family)};
    struct mp_chance c = mp_chance_of(seed, 0, 0);
    source.errors[error] = MP_SHARE_ALL;
    mp_synth_spoil_name(&model, &source, &name, &c);
    mp_buf_addc(&name.given, '|');
    mp_buf_addstr(&name.given, mp_buf_str(&name.prefix));
    mp_buf_addc(&name.given, '|');
    mp_buf_addstr(&name.given, mp_buf_str(&name.family));
    mp_buf_free(&name.prefix);
    mp_buf_free(&name.family);
    return name.given;
}

static void becomes(enum mp_synth_error error, const char *given, const char *prefix,
                    const char *family, const char *want)
{
    struct mp_buf b = spoilt(error, given, prefix, family, 1);
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

TEST(each_error_in_a_name)
{
    becomes(MP_SYNTH_CUT, "Anne-Fleur", "van", "Dam-Bos", "Anne|van|Dam");
    becomes(MP_SYNTH_CUT, "Emma Sophie", "", "Dam", "Emma||Dam");
    becomes(MP_SYNTH_MARKS, "Zoë", "", "Şahin", "Zoe||Sahin");
    becomes(MP_SYNTH_PREFIX_SHORT, "Zoë", "van der", "Berg", "Zoë|v.d.|Berg");
    becomes(MP_SYNTH_PREFIX_SHORT, "Zoë", "ter", "Berg", "Zoë|ter|Berg");
    becomes(MP_SYNTH_PREFIX_DROPPED, "Zoë", "van der", "Berg", "Zoë||Berg");
    becomes(MP_SYNTH_INITIAL, "Anne-Fleur", "van der", "Berg", "A.F.|van der|Berg");
    becomes(MP_SYNTH_INITIALS, "Şeyma Ö", "van 't", "Bos-Dam", "Ş.Ö.|v.t.|B.D.");
    becomes(MP_SYNTH_CAPITALS, "Zoë", "van", "Şahin", "Zoë|van|ŞAHIN");
    becomes(MP_SYNTH_EXCHANGED, "Zoë", "van", "Dam", "Dam|van|Zoë");
    becomes(MP_SYNTH_PREFIX_MOVED, "Zoë", "", "Dam", "Zoë||Dam");
}

TEST(a_prefix_moves_into_or_behind_the_family_name)
{
    int into = 0, behind = 0;
    for (uint64_t i = 0; i < 100; i++) {
        struct mp_buf b = spoilt(MP_SYNTH_PREFIX_MOVED, "Zoë", "van der", "Berg", i);
        into += mp_str_is(mp_buf_str(&b), "Zoë||van der Berg");
        behind += mp_str_is(mp_buf_str(&b), "Zoë||Berg, van der");
        mp_buf_free(&b);
    }
    CHECK_INT(into + behind, 100);
    CHECK(into > 25 && behind > 25);
}

static int32_t birth(enum mp_synth_error error, int32_t day, uint64_t seed)
{
    struct mp_synth_of_source source = {.errors = {0}};
    struct mp_chance c = mp_chance_of(seed, 0, 0);
    source.errors[error] = MP_SHARE_ALL;
    return mp_synth_spoil_birth(&source, day, &c);
}

TEST(each_error_in_a_date_of_birth)
{
    int32_t day = mp_date_day(2003, 4, 7);
    CHECK_INT(birth(MP_SYNTH_BIRTH_SWAPPED, day, 1), mp_date_day(2003, 7, 4));
    CHECK_INT(birth(MP_SYNTH_BIRTH_SWAPPED, mp_date_day(2003, 4, 17), 1), mp_date_day(2003, 4, 17));
    CHECK_INT(birth(MP_SYNTH_BIRTH_YEAR, day, 1), mp_date_day(2003, 1, 1));
    for (uint64_t i = 0; i < 500; i++) {
        int y, m, d;
        int32_t other = birth(MP_SYNTH_BIRTH_DIGIT, day, i);
        mp_date_civil(other, &y, &m, &d);
        int digits = (y != 2003) + (m / 10 != 0) + (m % 10 != 4) + (d / 10 != 0) + (d % 10 != 7);
        CHECK(y / 10 == 200);
        CHECK_INT(digits, 1);
    }
}

TEST(what_a_boy_and_a_girl_have)
{
    CHECK_STR(mp_synth_by_sex(MP_STR("ski/ska"), false), "ski");
    CHECK_STR(mp_synth_by_sex(MP_STR("ski/ska"), true), "ska");
    CHECK_STR(mp_synth_by_sex(MP_STR("ski"), true), "ski");
    CHECK_STR(mp_synth_by_sex(MP_STR("/a"), false), "");
}
