/* Risk assessments that an institution made beforehand. */
#include "rules/risk.h"
#include "base/room.h"
#include "base/utf8.h"
#include <stdlib.h>

enum { DAYS_A_MONTH = 30 };

static int read_level(const struct mp_rules *r, struct mp_yaml *map, struct mp_risk_level *level,
                      struct mp_error *e)
{
    if (mp_yaml_check(map, "level when", e) < 0 ||
        mp_yaml_text(map, "level", true, &level->name, e) < 0)
        return -1;
    return mp_rules_when(r, map, "when", true, &level->when, e);
}

/* Case and accents of a name do not matter. */
static struct mp_str fold(struct mp_risk *risk, struct mp_str text)
{
    risk->folded.len = 0;
    if (!text.p)
        return text;
    mp_utf8_fold(&risk->folded, mp_str_trim(text));
    return mp_buf_str(&risk->folded);
}

/* Words of names that tell no institution from another. */
static int read_common(struct mp_risk *risk, const struct mp_rules *r, struct mp_yaml *map,
                       struct mp_error *e)
{
    struct mp_yaml *list = mp_yaml_get(map, "institution_words");
    size_t n;
    if (mp_rules_list(map, "institution_words", &n, e) < 0)
        return -1;
    risk->common = mp_arena_alloc(r->arena, (n + 1) * sizeof *risk->common);
    if (!risk->common)
        return mp_error_memory(e);
    for (; risk->n_common < n; risk->n_common++) {
        struct mp_yaml *item = mp_yaml_item(list, risk->n_common);
        if (mp_yaml_is_text(item, e) < 0)
            return -1;
        risk->common[risk->n_common] = mp_arena_str(r->arena, fold(risk, item->text));
        if (!risk->common[risk->n_common].p)
            return mp_error_memory(e);
    }
    return 0;
}

int mp_risk_read(struct mp_risk *risk, const struct mp_rules *r, struct mp_yaml *map,
                 struct mp_error *e)
{
    struct mp_rules own = *r;
    own.k = &risk->k;
    mp_case_make(&risk->k, (struct mp_time){0});
    if (mp_rules_list(map, "risk", &risk->n_levels, e) < 0 || read_common(risk, r, map, e) < 0)
        return -1;
    risk->levels = mp_arena_alloc(r->arena, (risk->n_levels + 1) * sizeof *risk->levels);
    if (!risk->levels)
        return mp_error_memory(e);
    for (size_t i = 0; i < risk->n_levels; i++)
        if (read_level(&own, mp_yaml_item(mp_yaml_get(map, "risk"), i), &risk->levels[i], e) < 0)
            return -1;
    return 0;
}

static size_t level_of(struct mp_risk *risk)
{
    size_t i = 0;
    while (i < risk->n_levels && !mp_when_holds(&risk->levels[i].when, &risk->k))
        i++;
    return i;
}

int mp_risk_add(struct mp_risk *risk, const struct mp_rec *rec, struct mp_error *e)
{
    struct mp_str client = mp_rec_str(rec->root, "person.client_id"),
                  institution = mp_rec_str(rec->root, "place.institution");
    struct mp_risk_item item = {.day = mp_rec_time(rec->root, "reported_at")};
    mp_case_read(&risk->k, rec->root);
    item.level = level_of(risk);
    if (risk->k.failed)
        return mp_error_memory(e);
    if (!client.n || !item.day.known || item.level == risk->n_levels)
        return mp_error_set(e, MP_NO_ASSESSMENT, "%s",
                            !client.n         ? "the assessment has no person.client_id"
                            : !item.day.known ? "the assessment has no day (reported_at)"
                                              : "no rule says what level the assessment has");
    institution = fold(risk, institution);
    if (institution.p)
        item.institution = mp_arena_str(&risk->arena, institution);
    size_t at = mp_map_put(&risk->clients, client);
    if (risk->folded.failed || (institution.p && !item.institution.p) || at == MP_MAP_NONE ||
        !mp_room(&risk->items, risk->n, &risk->cap, sizeof *risk->items))
        return mp_error_memory(e);
    item.next = risk->clients.entries[at].value;
    risk->items[risk->n++] = item;
    risk->clients.entries[at].value = risk->n;
    return 0;
}

/* Whether it is later, or as late and more pressing: files in another order say the same. */
static bool is_later(const struct mp_risk_item *a, const struct mp_risk_item *b)
{
    int order = mp_time_cmp(a->day, b->day);
    return order ? order > 0 : a->level < b->level;
}

static bool is_word_end(char c)
{
    return !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
           ((unsigned char)c < 0x80 || (unsigned char)c == 0xc2 || (unsigned char)c == 0xa0);
}

/* The next word of a folded text from *at on; n 0: there is none. */
static struct mp_str next_word(struct mp_str text, size_t *at)
{
    while (*at < text.n && is_word_end(text.p[*at]))
        ++*at;
    size_t begin = *at;
    while (*at < text.n && !is_word_end(text.p[*at]))
        ++*at;
    return (struct mp_str){text.n ? text.p + begin : NULL, *at - begin};
}

static bool is_common(const struct mp_risk *risk, struct mp_str word)
{
    for (size_t i = 0; i < risk->n_common; i++)
        if (mp_str_eq(risk->common[i], word))
            return true;
    return false;
}

/* The next word that tells an institution, from *at on; n 0: there is none. */
static struct mp_str next_told(const struct mp_risk *risk, struct mp_str text, size_t *at)
{
    struct mp_str word;
    do
        word = next_word(text, at);
    while (word.n > 0 && is_common(risk, word));
    return word;
}

/* Names of institutions are written longer and shorter: one word that tells them is enough, and one
 * that has none could be any. */
static bool is_same(const struct mp_risk *risk, struct mp_str a, struct mp_str b)
{
    struct mp_str x, y;
    size_t first = 0, second = 0;
    bool told = next_told(risk, a, &first).n > 0 && next_told(risk, b, &second).n > 0;
    for (size_t i = 0; told && (x = next_told(risk, a, &i)).n > 0;)
        for (size_t k = 0; (y = next_told(risk, b, &k)).n > 0;)
            if (mp_str_eq(x, y))
                return true;
    return !told;
}

static const struct mp_risk_item *find(const struct mp_risk *risk, size_t first,
                                       struct mp_str institution, struct mp_time until)
{
    const struct mp_risk_item *last = NULL;
    for (size_t i = first; i; i = risk->items[i - 1].next) {
        const struct mp_risk_item *item = &risk->items[i - 1];
        if (is_same(risk, item->institution, institution) && mp_time_cmp(item->day, until) <= 0 &&
            (!last || is_later(item, last)))
            last = item;
    }
    return last;
}

void mp_risk_give(struct mp_risk *risk, struct mp_case *k, struct mp_str client,
                  struct mp_str institution)
{
    struct mp_time until = k->missing.known ? k->missing : k->reported;
    size_t at = client.n && until.known ? mp_map_find(&risk->clients, client) : MP_MAP_NONE;
    if (at == MP_MAP_NONE)
        return;
    const struct mp_risk_item *item =
        find(risk, risk->clients.entries[at].value, fold(risk, institution), until);
    if (!item)
        return;
    mp_case_give_text(k, MP_GIVEN_RISK_LEVEL, risk->levels[item->level].name);
    mp_case_give_number(k, MP_GIVEN_RISK_MONTHS, (until.day - item->day.day) / DAYS_A_MONTH);
}

void mp_risk_free(struct mp_risk *risk)
{
    mp_map_free(&risk->clients);
    free(risk->items);
    mp_arena_free(&risk->arena);
    mp_buf_free(&risk->folded);
    *risk = (struct mp_risk){0};
}
