/* Facts of a report: the words for them, the police's category and the traffic light. */
#include "text/clause.h"
#include "text/fact_words.h"

enum { LABEL_WORDS = 4 }; /* from a label to its answer */

static const char *const kinds[MP_FACT_N_KINDS] = {
    [MP_FACT_YEARS] = "years",
    [MP_FACT_AGE_LABEL] = "age_label",
    [MP_FACT_BIRTH] = "birth",
    [MP_FACT_AGE_WORD] = "age_word",
    [MP_FACT_NUMBER] = "number",
    [MP_FACT_SPAN_BEFORE] = "span_before",
    [MP_FACT_SPAN_BEHIND] = "span_behind",
    [MP_FACT_ABOUT] = "about",
    [MP_FACT_FEMALE] = "female",
    [MP_FACT_MALE] = "male",
    [MP_FACT_SHE] = "she",
    [MP_FACT_HE] = "he",
    [MP_FACT_YOUTH] = "youth",
    [MP_FACT_GROWN] = "grown",
    [MP_FACT_OF_HAIR] = "of_hair",
    [MP_FACT_PERSON] = "person",
    [MP_FACT_OF] = "of",
    [MP_FACT_SEX_LABEL] = "sex_label",
    [MP_FACT_MIND] = "mind",
    [MP_FACT_SIGN] = "sign",
    [MP_FACT_BOUND] = "bound",
    [MP_FACT_FROM] = "from",
    [MP_FACT_UNTIL] = "until",
    [MP_FACT_COMPANY] = "company",
    [MP_FACT_SOME] = "some",
    [MP_FACT_UNOWNED] = "unowned",
    [MP_FACT_COLOUR] = "colour",
    [MP_FACT_COLOUR_LABEL] = "colour_label",
};

static const char *const roles[MP_ROLE_ALL] = {
    [MP_ROLE_LEFT] = "left",     [MP_ROLE_GONE] = "gone",       [MP_ROLE_DUE] = "due",
    [MP_ROLE_MISSED] = "missed", [MP_ROLE_NOTICED] = "noticed", [MP_ROLE_SEEN] = "seen",
    [MP_ROLE_BACK] = "back",     [MP_ROLE_AFTER] = "after",     [MP_ROLE_ASIDE] = "aside",
    [MP_ROLE_STAMP] = "stamp",   [MP_ROLE_SINCE] = "since",     [MP_ROLE_PERHAPS] = "perhaps",
    [MP_ROLE_AGAIN] = "again",   [MP_ROLE_LATE] = "late",       [MP_ROLE_URGENT] = "urgent",
    [MP_ROLE_OTHER] = "other",   [MP_ROLE_RED] = "red",         [MP_ROLE_ORANGE] = "orange",
    [MP_ROLE_GREEN] = "green",   [MP_ROLE_NEUTRAL] = "neutral", [MP_ROLE_GIRL] = "girl",
    [MP_ROLE_BOY] = "boy",       [MP_ROLE_STILL] = "still",     [MP_ROLE_AGED] = "aged",
    [MP_ROLE_AGEING] = "ageing", [MP_ROLE_LEVEL] = "level",     [MP_ROLE_TOLD] = "told",
};

/* Keys of a map must be among these names. */
static int check(const struct mp_yaml *map, const char *const *names, size_t n, struct mp_error *e)
{
    struct mp_buf known = {0};
    for (size_t i = 0; i < n; i++) {
        mp_buf_adds(&known, names[i]);
        mp_buf_addc(&known, ' ');
    }
    const char *list = mp_buf_cstr(&known);
    int bad = list ? mp_yaml_check(map, list, e) : mp_error_memory(e);
    mp_buf_free(&known);
    return bad;
}

/* The codes of one role; `out` grows to hold the greatest. */
static int add_role(struct mp_buf *out, struct mp_yaml *codes, unsigned role,
                    int (*code)(const void *ctx, struct mp_str name), const void *ctx,
                    struct mp_error *e)
{
    for (size_t i = 0; i < mp_yaml_count(codes); i++) {
        struct mp_yaml *name = mp_yaml_item(codes, i);
        if (mp_yaml_is_text(name, e) < 0)
            return -1;
        int number = code(ctx, name->text);
        if (number < 0)
            return mp_yaml_fail(name, e, "no code '%.*s'", (int)name->text.n, name->text.p);
        while (out->len <= (size_t)number && !out->failed)
            mp_buf_addc(out, 0);
        if (out->failed)
            return mp_error_memory(e);
        out->data[number] = (char)(role + 1);
    }
    return 0;
}

static int load_roles(struct mp_arena *a, const struct mp_yaml *map,
                      int (*code)(const void *ctx, struct mp_str name), const void *ctx,
                      struct mp_fact_words *w, struct mp_error *e)
{
    struct mp_buf all = {0};
    int bad = 0;
    for (unsigned i = 0; !bad && i < MP_ROLE_ALL; i++) {
        struct mp_yaml *codes = mp_yaml_get(map, roles[i]);
        if (codes)
            bad = add_role(&all, codes, i, code, ctx, e);
    }
    if (!bad) {
        w->roles = mp_arena_alloc(a, all.len + 1);
        w->n_codes = all.len;
        if (w->roles && all.len)
            memcpy(w->roles, all.data, all.len);
        if (!w->roles)
            bad = mp_error_memory(e);
    }
    mp_buf_free(&all);
    return bad;
}

int mp_facts_load(struct mp_arena *a, struct mp_patterns *p, struct mp_yaml *facts,
                  int (*code)(const void *ctx, struct mp_str name), const void *ctx,
                  const struct mp_fact_words **out, struct mp_error *e)
{
    struct mp_fact_words *w = mp_arena_alloc(a, sizeof *w);
    *out = w;
    if (!w)
        return mp_error_memory(e);
    struct mp_yaml *words = mp_yaml_get(facts, "words"), *map = mp_yaml_get(facts, "roles");
    if ((facts && mp_yaml_check(facts, "words roles", e) < 0) ||
        (words && check(words, kinds, MP_FACT_N_KINDS, e) < 0) ||
        (map && check(map, roles, MP_ROLE_ALL, e) < 0))
        return -1;
    if (mp_senses_load(a, p, words, "facts", kinds, MP_FACT_N_KINDS, &w->senses, e) < 0)
        return -1;
    for (size_t i = 0; i < w->senses.n; i++)
        if (MP_FACT_ASKED >> w->senses.at[i].kind & 1 &&
            mp_words_mark(p->words, MP_MARKS_GRAMMAR, w->senses.at[i].class, MP_IS_FACT, NULL) < 0)
            return mp_error_memory(e);
    return load_roles(a, map, code, ctx, w, e);
}

static void set_word(struct mp_fact_value *v, const char *word, uint32_t first, uint32_t last)
{
    *v = (struct mp_fact_value){
        .known = true, .word = mp_str_of(word), .first = first, .last = last};
}

/* A word that heads a field ("Other: ...") or the whole text ("URGENT!!") decides nothing. */
static bool only_heads(const struct mp_text *text, const struct mp_mention *m)
{
    const struct mp_tokens *t = &text->tokens;
    if (m->first != m->last || t->at[m->first].before < MP_BREAK_STOP)
        return false;
    enum mp_break behind = m->last + 1 < t->n ? t->at[m->last + 1].before : MP_BREAK_SECTION;
    return behind == MP_BREAK_COLON || (m->first == 0 && behind >= MP_BREAK_STOP);
}

/* What was decided last counts; what is said of another time, denied or of somebody else only
 * where nothing better is said. */
static void decisions(const struct mp_fact_clues *c, struct mp_fact_value *category,
                      struct mp_fact_value *light)
{
    static const char *const words[] = {"urgent", "other", "red", "orange", "green"};
    bool plainly[2] = {false, false};
    if (!(c->roles & (MP_ROLE_BIT(URGENT) | MP_ROLE_BIT(OTHER) | MP_ROLE_BIT(RED) |
                      MP_ROLE_BIT(ORANGE) | MP_ROLE_BIT(GREEN))))
        return;
    for (size_t i = 0; i < c->n_said; i++) {
        const struct mp_mention *m = c->said[i].m;
        enum mp_fact_role role = c->said[i].role;
        bool police = role == MP_ROLE_URGENT || role == MP_ROLE_OTHER;
        if (role < MP_ROLE_URGENT || role > MP_ROLE_GREEN || m->silent ||
            (police && only_heads(c->text, m)))
            continue;
        struct mp_fact_value *v = police ? category : light;
        bool plain = m->status <= MP_SUSPECTED;
        if ((plainly[police] && !plain) ||
            (plainly[police] == plain && v->known && v->last > m->last))
            continue;
        plainly[police] |= plain;
        set_word(v, words[role - MP_ROLE_URGENT], m->first, m->last);
    }
}

/* "Colour: red": the answer of a form goes before all else. */
static void answered_light(const struct mp_fact_clues *c, struct mp_fact_value *light)
{
    static const char *const words[] = {"red", "orange", "green"};
    const struct mp_token *t = c->text->tokens.at;
    if (!(c->kinds & MP_FACT_BIT(COLOUR)) || !(c->kinds & MP_FACT_BIT(COLOUR_LABEL)))
        return;
    for (size_t i = 0; i < c->n_tokens; i++) {
        uint32_t at = c->tokens[i];
        if (t[at].before != MP_BREAK_COLON || !(mp_fact_kinds(c, at) & MP_FACT_BIT(COLOUR)))
            continue;
        bool label = false;
        for (size_t k = at, n = 0; !label && k > 0 && n < LABEL_WORDS; n++) {
            label = mp_fact_kinds(c, --k) & MP_FACT_BIT(COLOUR_LABEL);
            if (t[k].before >= MP_BREAK_COLON)
                break;
        }
        int colour = mp_fact_sense(c, at, MP_FACT_COLOUR)->a;
        if (label && colour >= 1 && colour <= 3)
            set_word(light, words[colour - 1], at, at);
    }
}

/* Mentions that have a role, and the words that facts begin with. Which ones do follows no pattern
 * that a processor could guess, so each is put down and then counted or not; there is room for all.
 * False if memory ran out. */
static bool find_clues(struct mp_fact_clues *c, struct mp_buf *room)
{
    const struct mp_text *text = c->text;
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    size_t n_mentions = MP_COUNT(struct mp_mention, text->mentions), n = text->tokens.n;
    if (!mp_buf_reserve(room, n_mentions * sizeof *c->said + (3 * n + 2) * sizeof *c->tokens))
        return false;
    struct mp_fact_said *said = MP_ITEMS(struct mp_fact_said, *room);
    size_t n_said = 0, n_codes = c->w->n_codes;
    uint32_t any = 0;
    for (size_t i = 0; i < n_mentions; i++) {
        size_t code = m[i].code < n_codes ? m[i].code : n_codes;
        unsigned role = c->w->roles[code]; /* + 1 */
        said[n_said] = (struct mp_fact_said){.m = &m[i],
                                             .sentence = text->tokens.at[m[i].first].sentence,
                                             .role = (uint8_t)(role - 1)};
        n_said += role > 0;
        any |= UINT32_C(1) << role;
    }
    uint32_t *tokens = (uint32_t *)(void *)(said + n_said);
    size_t n_tokens = 0, n_ages = 0, n_sexes = 0;
    const uint64_t *marks = mp_marks(text);
    for (size_t i = 0; i < n; i++) {
        tokens[n_tokens] = (uint32_t)i;
        n_tokens += (marks[i] & (MP_MARK(MP_IS_FACT) | MP_MARK(MP_IS_NUMBER))) != 0;
    }
    uint32_t *ages = tokens + n_tokens, *sexes = ages + n_tokens;
    uint64_t all = 0;
    for (size_t i = 0; i < n_tokens; i++) {
        uint64_t word = mp_sense_marks(&c->w->senses, text->words[tokens[i]]);
        bool number = marks[tokens[i]] & MP_MARK(MP_IS_NUMBER);
        all |= word;
        ages[n_ages] = sexes[n_sexes] = tokens[i];
        n_ages += ((word & MP_FACT_AGE_WORDS) != 0) | number;
        n_sexes += (word & MP_FACT_SEX_WORDS) != 0;
    }
    c->kinds = all;
    c->roles = any >> 1;
    c->said = said;
    c->n_said = n_said;
    c->tokens = tokens;
    c->n_tokens = n_tokens;
    c->ages = ages;
    c->n_ages = n_ages;
    c->sexes = sexes;
    c->n_sexes = n_sexes;
    return true;
}

bool mp_facts_read(const struct mp_fact_words *w, struct mp_text *text,
                   struct mp_fact_value out[MP_N_FACTS])
{
    struct mp_fact_clues c = {.w = w, .text = text};
    memset(out, 0, MP_N_FACTS * sizeof *out);
    if (!find_clues(&c, &text->clues))
        return false;
    mp_fact_person(&c, &out[MP_FACT_AGE], &out[MP_FACT_SEX]);
    mp_fact_times(&c, &out[MP_FACT_MISSING_SINCE], &out[MP_FACT_RETURNED_AT]);
    decisions(&c, &out[MP_FACT_POLICE_CATEGORY], &out[MP_FACT_TRAFFIC_LIGHT]);
    answered_light(&c, &out[MP_FACT_TRAFFIC_LIGHT]);
    return true;
}
