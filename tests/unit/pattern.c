/* lib/text/pattern: what each way of writing a pattern stands for */
#include "lexicon_fixture.h"

TEST(a_word_stands_for_itself_folded)
{
    lexicon_finds("loverboy", "Een Loverboy.", "loverboy");
    lexicon_finds("LOVERBOY", "een loverboy", "loverboy");
    lexicon_finds("cafe", "in Caf\xc3\xa9 Noord", "cafe");
    lexicon_finds("caf\xc3\xa9", "in CAFE Noord", "cafe");
    lexicon_finds("\xc3\xa9\xc3\xa9n keer", "een keer", "een keer");
    lexicon_finds("autos", "twee auto's, auto\xe2\x80\x99s", "autos|autos");
    lexicon_finds("mes", "messen, mest, me", "");
    lexicon_finds("mes", "", "");
    lexicon_finds("mes", " . ", "");
}

TEST(a_row_of_words_stands_next_to_each_other_in_one_sentence)
{
    lexicon_finds("code rood", "Code rood", "code rood");
    lexicon_finds("code rood", "code  is rood", "");
    lexicon_finds("code rood", "rood code", "");
    lexicon_finds("code rood", "een code. Rood is het", "");
    lexicon_finds("code rood", "een code; rood", "");
    lexicon_finds("code rood", "een code, rood", "");
    lexicon_finds("code rood", "een code (rood)", "");
    lexicon_finds("code rood", "code\nrood", "code rood");
    lexicon_finds("code rood", "code\n\nrood", "");
    lexicon_finds("code rood", "code: rood", "code rood");
    lexicon_finds("code rood", "code-rood code/rood", "code rood|code rood");
    lexicon_finds("code rood nu", "code rood dan code rood nu", "code rood nu");
    lexicon_finds("ja ja", "ja ja ja", "ja ja|ja ja");
}

TEST(an_equals_sign_allows_no_typing_error)
{
    lexicon_finds("loverboy", "loverbooi loverboi", "loverboi");
    lexicon_finds("=loverboy", "loverboi", "");
    lexicon_finds("=loverboy", "Loverboy", "loverboy");
    lexicon_finds("=Caf\xc3\xa9terras", "cafeterras", "cafeterras");
    lexicon_finds("=een-tweetje", "een-tweetje eentweetje", "een tweetje|eentweetje");
    lexicon_finds("=een-tweetje", "eentweetjes", "");
}

TEST(wildcards_stand_for_the_rest_of_a_word)
{
    lexicon_finds("gesloten*", "gesloten geslotenheid ongesloten", "gesloten|geslotenheid");
    lexicon_finds("*problematiek", "gedragsproblematiek problematiek problematieken",
                  "gedragsproblematiek|problematiek");
    lexicon_finds("*boys*", "loverboys boys playboystijl boy", "loverboys|boys|playboystijl");
    lexicon_finds("mes*", "mes messen me", "mes|messen");
    lexicon_finds("caf\xc3\xa9*", "caf\xc3\xa9s cafebezoek", "cafes|cafebezoek");
    lexicon_finds("open mes*", "open messen", "open messen");
}

TEST(alternatives_are_one_of_these)
{
    lexicon_finds("(ruzie|mot)", "ruzie en mot", "ruzie|mot");
    lexicon_finds("(van de|uit) groep", "uit groep, van de groep, de groep",
                  "uit groep|van de groep");
    lexicon_finds("(ruzie|heibel|mot) met (oma|opa)", "mot met opa, ruzie met oma",
                  "mot met opa|ruzie met oma");
    lexicon_finds("((ruzie|mot)|(heel boos))", "mot, heel boos", "mot|heel boos");
    lexicon_finds("(mes*|*pistool)", "messen en nepistool", "messen|nepistool");
    lexicon_finds("( ruzie | mot )", "ruzie mot", "ruzie|mot");
    lexicon_finds("(caf\xc3\xa9|bar)", "cafe bar", "cafe|bar");
}

TEST(what_is_optional_may_be_missing)
{
    lexicon_finds("op een? mes", "op mes, op een mes, op het mes", "op mes|op een mes");
    lexicon_finds("weg (van de)? groep", "weg groep, weg van de groep, weg van groep",
                  "weg groep|weg van de groep");
    lexicon_finds("een? mes", "mes", "mes");
    lexicon_finds("een? mes", "een mes", "een mes|mes");
    lexicon_finds("weg nu?", "weg nu", "weg nu");
    lexicon_finds("een? .. mes", "mes", "mes");
    lexicon_finds("op (een|het)? mes", "op het mes, op mes", "op het mes|op mes");
    lexicon_finds("op een? groot? mes", "op groot mes op een mes op mes op een groot mes",
                  "op groot mes|op een mes|op mes|op een groot mes");
    lexicon_finds("op een? .. mes", "op heel scherp mes", "op _ _ mes");
    lexicon_finds("(op|met) een? .. mes", "met heel scherp mes", "met _ _ mes");
    lexicon_finds("(op|met) een? .. mes", "met een heel scherp mes", "met een _ _ mes");
    lexicon_finds("mes .. een? (op|met)", "mes heel scherp op", "mes _ _ op");
    lexicon_finds("(op|met) .. een? mes", "met heel scherp mes", "met _ _ mes");
    lexicon_finds("<family>? mes", "vader mes", "vader mes|mes");
}

TEST(a_list_stands_for_its_words)
{
    lexicon_finds("<family> boos", "oma boos, omaatje boos, pleeg ouders boos, zus boos",
                  "oma boos|omaatje boos|pleeg ouders boos");
    lexicon_finds("<number> keer", "3 keer, twee keer, veel keer", "3 keer|twee keer");
    lexicon_finds("(<family>|buurman) boos", "buurman boos vader boos", "buurman boos|vader boos");
    lexicon_finds("stief-<family>", "stiefmoeder stief-vader stief oma's",
                  "stiefmoeder|stief vader|stief omas");
}

TEST(a_verb_stands_for_all_its_forms)
{
    lexicon_finds("@lopen", "loop loopt liep liepen gelopen gelopene lopen lopend lopende loper",
                  "loop|loopt|liep|liepen|gelopen|gelopene|lopen|lopend|lopende");
    lexicon_finds("@slaan haar", "sloeg haar", "sloeg haar");
    lexicon_finds("(@slaan|schopt)", "slaat schopt", "slaat|schopt");
}

TEST(a_separable_verb_stands_in_one_word_and_apart)
{
    static const char verb[] = "@weg+lopen";
    lexicon_finds(verb, "wegloopt wegliep weggelopen weglopen weglopend",
                  "wegloopt|wegliep|weggelopen|weglopen|weglopend");
    lexicon_finds(verb, "zij loopt weg", "loopt weg");
    lexicon_finds(verb, "zij liep toen heel erg boos weg", "liep _ _ _ _ weg");
    lexicon_finds(verb, "liep 1 2 3 4 5 6 7 8 weg", "liep _ _ _ _ _ _ _ _ weg");
    lexicon_finds(verb, "liep 1 2 3 4 5 6 7 8 9 weg", "");
    lexicon_finds(verb, "om weg te lopen", "weg _ lopen");
    lexicon_finds(verb, "is weg gelopen", "weg gelopen");
    lexicon_finds(verb, "weg is gelopen", "weg _ gelopen");
    lexicon_finds(verb, "weg en toen is gelopen", "");
    lexicon_finds(verb, "zij loopt. Weg is zij", "");
    lexicon_finds(verb, "zij loopt, boos, weg", "loopt _ weg");
    lexicon_finds(verb, "zij loopt", "");
    lexicon_finds(verb, "lopen is weg", "");
    lexicon_finds("zij @weg+lopen", "zij liep snel weg", "zij liep _ weg");
}

TEST(anchors_stand_at_the_ends_of_a_clause)
{
    lexicon_finds("^ boos", "Boos. Zij, boos (boos) was boos", "boos|boos|boos");
    lexicon_finds("boos $", "boos, zij boos was. Boos", "boos|boos");
    lexicon_finds("^ boos $", "boos; boos weg: boos", "boos|boos");
    lexicon_finds("^ nog? boos", "nog boos, boos, zo boos", "nog boos|boos");
    lexicon_finds("(^ boos|weg)", "zo boos weg", "weg");
    lexicon_finds("^ (boos|kwaad) .. weg $", "boos is zij weg", "boos _ _ weg");
    lexicon_finds("nu boos? $", "nu boos, nu", "nu boos|nu");
    lexicon_finds("nu boos? $", "nu weg", "");
}

TEST(an_expression_stands_for_one_word)
{
    lexicon_finds("/[0-9]{2}/ jaar", "15 jaar, 5 jaar", "15 jaar");
    lexicon_finds("/(weg|uit)[a-z]+/", "weglopers uitje weg", "weglopers|uitje");
    lexicon_finds("/a|b c/", "a b", "a");
    lexicon_finds("/zz+/ top", "zzz top", "zzz top");
    lexicon_finds("(/x+/|y) z", "xx z, y z", "xx z|y z");
    lexicon_finds("/cafe/", "Caf\xc3\xa9", "cafe");
    lexicon_finds("/\\d+\\/\\d+/", "3/2", "3/2");
}

TEST(a_hyphen_stands_between_words_that_touch_or_are_one)
{
    static const char text[] = "ex-vriend exvriend ex vriend ex/vriend";
    lexicon_finds("ex-vriend", text, "ex vriend|exvriend|ex vriend|ex vriend");
    lexicon_finds("lvb meisje", "LVB-meisje", "lvb meisje");
    lexicon_finds("(open|half)-groep", "opengroep half-groep open groep groep",
                  "opengroep|half groep|open groep");
    lexicon_finds("open-(groep|huis)", "openhuis open-groep", "openhuis|open groep");
    lexicon_finds("(a|b)-(c|d)", "ad b-c a c", "ad|b c|a c");
    lexicon_finds("(gesloten*)-groep", "geslotengroep gesloten-groep", "gesloten groep");
    lexicon_finds("weg/uit", "weg/uit weguit", "weg uit");
}

TEST(numbers_stand_apart_from_letters)
{
    lexicon_finds("15 jr", "15jr 15 jr 15-jr", "15 jr|15 jr|15 jr");
    lexicon_finds("15jr", "15jr 15 jr", "15 jr|15 jr");
    lexicon_finds("3-2", "op 3-2", "3-2");
    lexicon_finds("mbt", "m.b.t. haar", "mbt");
    lexicon_finds("m.b.t.", "mbt haar", "mbt");
    lexicon_finds("mp3", "een mp3", "mp 3");
    lexicon_finds("21:30 uur", "om 21:30 uur", "21:30 uur");
    lexicon_finds("21.30 uur", "om 21.30 uur", "21.30 uur");
    lexicon_finds("15-jarige", "een 15-jarige, 15jarige", "15 jarige|15 jarige");
    lexicon_finds("covid-19", "covid-19", "covid 19");
}

TEST(gaps_pass_over_so_many_words)
{
    lexicon_finds("weg .. groep", "weg groep", "weg groep");
    lexicon_finds("weg .. groep", "weg a b c groep", "weg _ _ _ groep");
    lexicon_finds("weg .. groep", "weg a b c d groep", "");
    lexicon_finds("weg ... groep", "weg 1 2 3 4 5 6 7 8 groep", "weg _ _ _ _ _ _ _ _ groep");
    lexicon_finds("weg ... groep", "weg 1 2 3 4 5 6 7 8 9 groep", "");
    lexicon_finds("weg ..5 groep", "weg 1 2 3 4 5 groep", "weg _ _ _ _ _ groep");
    lexicon_finds("weg ..5 groep", "weg 1 2 3 4 5 6 groep", "");
    lexicon_finds("weg ..0 groep", "weg groep weg a groep", "weg groep");
    lexicon_finds("weg ..20 groep", "weg a a a a a a a a a a a a a a a a a a a a groep",
                  "weg _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ groep");
    lexicon_finds("a .. b .. c", "a x b y y c", "a _ b _ _ c");
    lexicon_finds("a .. (b|c d) e", "a x c d e", "a _ c d e");
}

TEST(a_pattern_that_cannot_be_read_is_refused)
{
#define PATTERN(p) "codes:\n  c:\n    mentions:\n      - mes\n      - '" p "'\n"
    static const char *const cases[][2] = {
        {PATTERN("a (b|c"), "pattern 'a (b|c': a bracket is not closed"},
        {PATTERN("a (b c"), "pattern 'a (b c': a bracket is not closed"},
        {PATTERN("a <b"), "pattern 'a <b': a bracket is not closed"},
        {PATTERN("a b)"), "pattern 'a b)': a bracket is closed that was not opened"},
        {PATTERN("a|b"), "pattern 'a|b': a bracket is closed that was not opened"},
        {PATTERN("a /b"), "pattern 'a /b': an expression is not closed"},
        {PATTERN("a . b"), "pattern 'a . b': a gap is written .. or ... or ..5"},
        {PATTERN("a .... b"), "pattern 'a .... b': a gap is written .. or ... or ..5"},
        {PATTERN("a ...5 b"), "pattern 'a ...5 b': a gap is written .. or ... or ..5"},
        {PATTERN("a ..21 b"), "pattern 'a ..21 b': a gap is written .. or ... or ..5"},
        {PATTERN("a ..999999999999 b"),
         "pattern 'a ..999999999999 b': a gap is written .. or ... or ..5"},
        {PATTERN("a? b?"), "pattern 'a? b?': may be nothing at all"},
        {PATTERN(".."), "pattern '..': may be nothing at all"},
        {PATTERN("^"), "pattern '^': may be nothing at all"},
        {PATTERN("a & "), "pattern 'a & ': something is missing beside &"},
        {PATTERN("& a"), "pattern '& a': something is missing beside &"},
        {PATTERN("a & & b"), "pattern 'a & & b': something is missing beside &"},
        {PATTERN("a & b & c & d & e & f & g"),
         "pattern 'a & b & c & d & e & f & g': has too many parts"},
        {PATTERN("(a b)(c d)"), "pattern '(a b)(c d)': a blank is missing between two words"},
        {PATTERN("a @ b"), "pattern 'a @ b': a sign stands where a word should be"},
        {PATTERN("a ? b"), "pattern 'a ? b': a sign stands where a word should be"},
        {PATTERN("(a b)-"), "pattern '(a b)-': something is missing behind a hyphen"},
        {PATTERN("a `"), "pattern 'a `': a word is empty"},
        {PATTERN("-a"), "pattern '-a': a word begins with a sign"},
        {PATTERN("<nobody> b"), "no list <nobody>: add it under lists"},
        {PATTERN("@vliegen b"), "no verb 'vliegen': add it to verbs.yaml"},
        {PATTERN("@weg+vliegen b"), "no verb 'vliegen': add it to verbs.yaml"},
        {PATTERN("(((((((a b) c) d) e) f) g) h)"),
         "pattern '(((((((a b) c) d) e) f) g) h)': is nested too deep"},
        {PATTERN("a a a a a a a a a a a a a a a a a a a a a"),
         "pattern 'a a a a a a a a a a a a a a a a a a a a a': is too long"},
        {PATTERN(".. a"), "pattern '.. a': begins with a gap"},
        {PATTERN("^ .. a"), "pattern '^ .. a': begins with a gap"},
        {PATTERN("(.. a|... b) c"), "pattern '(.. a|... b) c': begins with a gap"},
        {PATTERN("a & .. b"), "pattern 'a & .. b': begins with a gap"},
        {PATTERN("a .."), "pattern 'a ..': ends with a gap"},
        {PATTERN("a ..5 $"), "pattern 'a ..5 $': ends with a gap"},
        {PATTERN("a (b|c) ... & d"), "pattern 'a (b|c) ... & d': ends with a gap"},
        {PATTERN("/.*/"), "pattern '/.*/': has nothing to look up but words of any letters"},
        {PATTERN("/[a-z]{3,}/ .. /x?\\w+/"), "pattern '/[a-z]{3,}/ .. /x?\\w+/': has nothing to "
                                             "look up but words of any letters"},
        {PATTERN("a /(/"), "(: missing closing parenthesis (character 2)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        lexicon_refuses(cases[i][0], 5, 9, cases[i][1]);
    lexicon_refuses(PATTERN("(a b|c d|e f|g h|i j|k l|m n|o p) (a b|c d|e f|g h|i j|k l|m n|o p) "
                            "(a b|c d|e f|g h|i j|k l|m n|o p) (a b|c d|e f|g h|i j|k l|m n|o p)"),
                    5, 9,
                    "pattern '(a b|c d|e f|g h|i j|k l|m n|o p) (a b|c d|e f|g h|i j|k l|m n|o p) "
                    "(a b|c d|e f|g h|i j|k l|m n|o p) (a b|c d|e f|g h|i j|k l|m n|o p)': stands "
                    "for too many rows of words: write it as several");
}

TEST(a_list_is_read_once_and_may_hold_others)
{
    lexicon_refuses("lists:\n  a: [<b>]\n  b: [x, <a>]\ncodes:\n  c:\n    mentions: [<a> y]\n", 2,
                    7, "pattern '<b>': is nested too deep");
    lexicon_refuses("lists:\n  a: [(x]\ncodes:\n  c:\n    mentions: [<a> y]\n", 2, 7,
                    "pattern '(x': a bracket is not closed");
    lexicon_refuses("lists:\n  a: [x, /.+/]\ncodes:\n  c:\n    mentions: [<a>]\n", 5, 16,
                    "pattern '<a>': has nothing to look up but words of any letters");
    lexicon_refuses("lists:\n  a: [/(/]\ncodes:\n  c:\n    mentions: [<a> y]\n", 2, 7,
                    "(: missing closing parenthesis (character 2)");
}
