/* lib/link/compare */
#include "link/compare.h"
#include "test.h"

static struct mp_str prefix_items[] = {{"van", 3}, {"der", 3}, {"v", 1}, {"d", 1}};
static const struct mp_link_words prefixes = {{"prefixes", 8}, prefix_items, 4};
static struct mp_str noise_items[] = {{"stichting", 9}, {"groep", 5}};
static const struct mp_link_words noise = {{"noise", 5}, noise_items, 2};

static const struct mp_link_field plain = {.as = MP_LINK_AS_TEXT};
static const struct mp_link_field words = {.as = MP_LINK_AS_WORDS};
static const struct mp_link_field family = {.as = MP_LINK_AS_WORDS, .ends_off = &prefixes};
static const struct mp_link_field full = {
    .as = MP_LINK_AS_WORDS, .ends_off = &prefixes, .least = 2};
static const struct mp_link_field initials = {
    .as = MP_LINK_AS_WORDS, .ends_off = &prefixes, .most = 1};
static const struct mp_link_field place = {.as = MP_LINK_AS_WORDS, .off = &noise, .cut = {",", 1}};

/* Appends behind something, as its callers may. */
static void compares(const struct mp_link_field *f, const char *text, const char *want)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, "x");
    mp_link_comparable(f, mp_str_of(text), &b);
    struct mp_str got = {b.data + 1, b.len - 1};
    CHECK_STR(got, want);
    mp_buf_free(&b);
}

TEST(text_is_folded_and_trimmed)
{
    compares(&plain, "  KH-6669 ", "kh-6669");
    compares(&plain, "Öz  Türk", "oz  turk");
    compares(&plain, "", "");
    compares(&plain, " \t", "");
}

TEST(words_are_runs_of_letters_and_digits)
{
    compares(&words, "J.P.", "j p");
    compares(&words, "Anne-Marie  (Annie)", "anne marie annie");
    compares(&words, "groep 2b", "groep 2b");
    compares(&words, "Иван Ω", "Иван Ω");
    compares(&words, ". - '", "");
}

TEST(prefixes_leave_at_both_ends_only)
{
    compares(&family, "van der Veen", "veen");
    compares(&family, "v.d. Veen", "veen");
    compares(&family, "VEEN, van der", "veen");
    compares(&family, "Veen-van der Maas", "veen van der maas");
    compares(&family, "van der", "van der");
    compares(&family, "V.", "v");
    compares(&family, "v. L.", "l");
    compares(&family, "L.", "l");
    compares(&family, "d'Haesevelde", "haesevelde");
}

TEST(words_of_noise_leave_anywhere)
{
    compares(&place, "Stichting Kardoeshof, groep Fregat", "kardoeshof");
    compares(&place, "KARDOESHOF groep", "kardoeshof");
    compares(&place, "groep", "groep");
    compares(&place, ", Fregat", "");
}

TEST(length_bounds_count_letters_of_the_longest_word)
{
    compares(&full, "V.", "");
    compares(&full, "v.d.V.", "");
    compares(&full, "Bo", "bo");
    compares(&full, "A. Bo", "a bo");
    compares(&full, "É", "");
    compares(&full, "Ωα", "Ωα");
    compares(&initials, "J.P.", "j p");
    compares(&initials, "v.d.V.", "v d v");
    compares(&initials, "Vos", "");
}

TEST(an_initial_does_not_differ_from_a_name_that_begins_with_it)
{
    CHECK(!mp_link_differ(MP_STR("jamie"), MP_STR("jamie")));
    CHECK(mp_link_differ(MP_STR("jamie"), MP_STR("jayden")));
    CHECK(!mp_link_differ(MP_STR("j"), MP_STR("jayden")));
    CHECK(!mp_link_differ(MP_STR("jayden"), MP_STR("j")));
    CHECK(mp_link_differ(MP_STR("k"), MP_STR("jayden")));
    CHECK(mp_link_differ(MP_STR("k"), MP_STR("j")));
    CHECK(mp_link_differ(MP_STR("ja"), MP_STR("jayden")));
    CHECK(!mp_link_differ(MP_STR("Ω"), MP_STR("Ωlga")));
}
