/* Reads the cues that change a status, and the answers of forms. */
#include "text/lexicon_read.h"

static const char *const effect_names[MP_N_EFFECTS] = {
    "present", "suspected", "past",  "absent",  "other", "silent", "plan",
    "denied",  "now",       "youth", "claimed", "ended", "untrue", "nothing"};

static const char *const answer_names[] = {"yes", "no", "unknown"};

static int read_reach(struct mp_lexicon_loader *k, struct mp_yaml *y, int *reach)
{
    static const char *const names[] = {"clause", "sentence", "section", "neighbour"};
    struct mp_yaml *at = mp_yaml_get(y, "reach");
    int64_t words = 0;
    int i = at && at->text.p ? mp_lexicon_name_in(names, 4, at->text) : 0;
    if (i >= 0)
        *reach = -1 - i;
    else if (mp_yaml_int(y, "reach", true, &words, k->e) < 0)
        return -1;
    else if (words < 0 || words > 1000)
        return mp_yaml_fail(at, k->e,
                            "a reach is a number of words, clause, sentence, neighbour or section");
    else
        *reach = (int)words;
    return 0;
}

/* The effects whose scopes a cue ends: one name or a list. */
static int read_ends(struct mp_lexicon_loader *k, struct mp_yaml *ends, uint16_t *out)
{
    for (size_t i = 0; i < mp_yaml_count(ends); i++) {
        struct mp_yaml *at = mp_yaml_item(ends, i);
        int effect = mp_yaml_is_text(at, k->e) < 0
                         ? -2
                         : mp_lexicon_name_in(effect_names, MP_N_EFFECTS, at->text);
        if (effect < 0)
            return effect == -2 ? -1 : mp_yaml_fail(at, k->e, "no status '%s'", at->text.p);
        *out |= (uint16_t)(1u << effect);
    }
    return 0;
}

static int read_rule(struct mp_lexicon_loader *k, struct mp_yaml *y)
{
    struct mp_str status = {0}, side = {0};
    struct mp_yaml *cues = mp_yaml_get(y, "cues");
    struct mp_entry made = {.kind = MP_CUE, .status = -1, .effect = MP_N_EFFECTS};
    if (mp_yaml_check(y, "status side reach cues ends", k->e) < 0 ||
        mp_yaml_text(y, "status", false, &status, k->e) < 0 ||
        mp_yaml_text(y, "side", false, &side, k->e) < 0 || read_reach(k, y, &made.reach) < 0 ||
        read_ends(k, mp_yaml_get(y, "ends"), &made.ends) < 0)
        return -1;
    int effect = status.p ? mp_lexicon_name_in(effect_names, MP_N_EFFECTS, status) : MP_N_EFFECTS;
    if (effect < 0)
        return mp_yaml_fail(mp_yaml_get(y, "status"), k->e, "no status '%s'", status.p);
    made.effect = (enum mp_effect)effect;
    static const char *const sides[] = {"before", "after", "both"};
    int s = side.p ? mp_lexicon_name_in(sides, 3, side) : 0;
    if (s < 0)
        return mp_yaml_fail(mp_yaml_get(y, "side"), k->e, "a side is before, after or both");
    made.side = (unsigned)s + 1;
    for (size_t i = 0; i < mp_yaml_count(cues); i++) {
        struct mp_entry *entry = mp_lexicon_add_entry(k, mp_yaml_item(cues, i));
        if (!entry)
            return -1;
        made.pattern = entry->pattern;
        made.at = entry->at;
        *entry = made;
    }
    return 0;
}

int mp_lexicon_read_context(struct mp_lexicon_loader *k, struct mp_yaml *root)
{
    struct mp_yaml *rules = mp_yaml_get(root, "context"), *answers = mp_yaml_get(root, "answers");
    for (size_t i = 0; i < mp_yaml_count(rules); i++)
        if (read_rule(k, mp_yaml_item(rules, i)) < 0)
            return -1;
    if (answers && mp_yaml_check(answers, "yes no unknown", k->e) < 0)
        return -1;
    for (int a = 0; answers && a < 3; a++) {
        struct mp_yaml *list = mp_yaml_get(answers, answer_names[a]);
        for (size_t i = 0; i < mp_yaml_count(list); i++) {
            struct mp_entry *entry = mp_lexicon_add_entry(k, mp_yaml_item(list, i));
            if (!entry)
                return -1;
            entry->kind = MP_ANSWER;
            entry->effect = (enum mp_effect)(MP_SAYS_YES + a);
        }
    }
    return 0;
}
