/* What a report ought to tell, and whether it does. */
#include "rules/completeness.h"
#include "io/json.h"
#include "rules/completeness_parts.h"
#include "rules/trace.h"

enum state { NOT_APPLICABLE, PRESENT, NO, SILENT, STATES };

static const char *const names[STATES] = {
    [PRESENT] = "\"present\"", [NO] = "\"no\"", [SILENT] = "\"silent\""};

/* ---- the text ---- */

static uint64_t words_of(const struct mp_completeness *c, yyjson_val *text)
{
    struct mp_str s = mp_rec_text(text);
    return s.p ? mp_seek_in(&c->words, s) : 0;
}

/* A merged record has the text of each report, its own among them. */
static uint64_t search(const struct mp_completeness *c, const struct mp_case *k)
{
    yyjson_val *reports = k->lookup.values[c->reports_at];
    if (yyjson_arr_size(reports) == 0)
        return words_of(c, k->lookup.values[c->text_at]);
    uint64_t sets = 0;
    yyjson_arr_iter all = yyjson_arr_iter_with(reports);
    for (yyjson_val *r; (r = yyjson_arr_iter_next(&all));)
        sets |= words_of(c, yyjson_obj_get(r, "narrative"));
    return sets;
}

static bool has_words(const struct mp_test *t, struct mp_completeness *c, const struct mp_case *k)
{
    if (t->words && !c->is_searched) {
        c->found_words = search(c, k);
        c->is_searched = true;
    }
    return (t->words & c->found_words) != 0;
}

static bool holds(const struct mp_test *t, struct mp_completeness *c, const struct mp_case *k)
{
    return mp_when_holds(&t->when, k) || has_words(t, c, k);
}

/* ---- the outward description ---- */

static bool is_described_by(const struct mp_description *d, yyjson_val *signal)
{
    if (!mp_str_eq(mp_rec_text(yyjson_obj_get(signal, "code")), d->signal))
        return false;
    struct mp_str status = mp_rec_text(yyjson_obj_get(signal, "status"));
    for (size_t i = 0; i < d->n_statuses; i++)
        if (mp_str_eq(d->statuses[i], status))
            return true;
    return false;
}

/* Mentions overlap, so that kinds are counted. */
static void describe(struct mp_completeness *c, const struct mp_case *k)
{
    const struct mp_description *d = &c->description;
    c->kinds = 0;
    yyjson_val *signals = k->lookup.values[c->signals_at];
    yyjson_arr_iter all = yyjson_arr_iter_with(signals);
    c->is_described = yyjson_is_arr(signals);
    for (yyjson_val *s; (s = yyjson_arr_iter_next(&all));) {
        if (!is_described_by(d, s))
            continue;
        struct mp_str quote = mp_rec_text(yyjson_obj_get(s, "quote"));
        c->is_described &= quote.p != NULL;
        if (quote.p)
            c->kinds |= mp_seek_in(&d->words, quote);
    }
}

static struct mp_str grade_of(const struct mp_description *d, int64_t kinds)
{
    size_t i = 0;
    while (kinds < d->grades[i].kinds)
        i++;
    return d->grades[i].json;
}

/* ---- items ---- */

static bool is_in(const struct mp_completeness *c, size_t group)
{
    return group < c->n_groups && (c->in_groups >> group & 1);
}

/* An explicit no before the words of a yes, which may stand in it. */
static enum state state_of(const struct mp_item *item, struct mp_completeness *c,
                           const struct mp_case *k)
{
    bool has_test = item->applies.when.condition || item->applies.words;
    if (!is_in(c, item->group) || (has_test && !holds(&item->applies, c, k)))
        return NOT_APPLICABLE;
    if ((item->kinds & c->kinds) || mp_when_holds(&item->present.when, k))
        return PRESENT;
    if (holds(&item->no, c, k))
        return NO;
    return has_words(&item->present, c, k) ? PRESENT : SILENT;
}

static uint64_t groups_of(struct mp_completeness *c, const struct mp_case *k)
{
    uint64_t groups = 0;
    for (size_t i = 0; i < c->n_groups; i++) {
        const struct mp_when *applies = &c->groups[i].applies;
        if (!applies->condition || mp_when_holds(applies, k))
            groups |= UINT64_C(1) << i;
    }
    return groups;
}

void mp_completeness_read(struct mp_completeness *c, struct mp_case *k)
{
    c->is_searched = c->failed = false;
    describe(c, k);
    if (c->is_described)
        mp_case_give_number(k, MP_GIVEN_DESCRIPTION_KINDS, __builtin_popcountll(c->kinds));
    c->in_groups = groups_of(c, k);
    for (size_t i = 0; i < c->n_items; i++)
        c->states[i] = (unsigned char)state_of(&c->items[i], c, k);
}

/* ---- writing ---- */

static void add_number(struct mp_buf *b, const char *key, uint64_t n)
{
    mp_json_add_key(b, key);
    mp_buf_addu(b, n);
}

static void add_counts(struct mp_buf *b, const struct mp_completeness *c)
{
    uint64_t n[STATES] = {0}, weight[STATES] = {0};
    for (size_t i = 0; i < c->n_items; i++) {
        n[c->states[i]]++;
        weight[c->states[i]] += (uint64_t)c->items[i].weight;
    }
    uint64_t told = weight[PRESENT] + weight[NO], all = told + weight[SILENT];
    add_number(b, "present", n[PRESENT]);
    add_number(b, "no", n[NO]);
    add_number(b, "silent", n[SILENT]);
    add_number(b, "of", n[PRESENT] + n[NO] + n[SILENT]);
    if (all > 0)
        add_number(b, "percent", 100 * told / all);
    else
        mp_buf_adds(b, ",\"percent\":null");
}

/* A comma between the items of a list: *n is how many there were before. */
static void add_item(struct mp_buf *b, size_t *n, struct mp_str json)
{
    if ((*n)++ > 0)
        mp_buf_addc(b, ',');
    mp_buf_addstr(b, json);
}

static void add_description(struct mp_buf *b, const struct mp_completeness *c)
{
    const struct mp_description *d = &c->description;
    size_t n = 0;
    mp_buf_adds(b, ",\"description\":{\"grade\":");
    mp_buf_addstr(b,
                  c->is_described ? grade_of(d, __builtin_popcountll(c->kinds)) : MP_STR("null"));
    mp_buf_adds(b, ",\"kinds\":[");
    for (uint64_t left = c->kinds; left; left &= left - 1)
        add_item(b, &n, d->kinds[__builtin_ctzll(left)].json);
    mp_buf_adds(b, "]}");
}

static void add_states(struct mp_buf *b, const struct mp_completeness *c)
{
    size_t n = 0;
    mp_buf_adds(b, ",\"items\":{");
    for (size_t i = 0; i < c->n_items; i++) {
        if (c->states[i] == NOT_APPLICABLE)
            continue;
        add_item(b, &n, c->items[i].json);
        mp_buf_addc(b, ':');
        mp_buf_adds(b, names[c->states[i]]);
    }
    mp_buf_adds(b, "}}");
}

static void add_silent(struct mp_buf *b, const struct mp_completeness *c)
{
    size_t n = 0;
    mp_buf_adds(b, ",\"missing_items\":[");
    for (size_t i = 0; i < c->n_items; i++)
        if (c->states[i] == SILENT)
            add_item(b, &n, c->items[i].json);
    n = 0;
    mp_buf_adds(b, "],\"questions\":[");
    for (size_t i = 0; i < c->n_items; i++)
        if (c->states[i] == SILENT && !is_in(c, c->items[i].unasked))
            add_item(b, &n, c->items[i].question);
    mp_buf_addc(b, ']');
}

size_t mp_completeness_add_flags(struct mp_buf *b, struct mp_completeness *c,
                                 const struct mp_case *k)
{
    struct mp_trace trace = {0};
    size_t n = 0;
    mp_buf_adds(b, ",\"flags\":[");
    for (size_t i = 0; i < c->n_flags; i++) {
        const struct mp_flag *flag = &c->flags[i];
        if ((flag->silent < c->n_items && c->states[flag->silent] != SILENT) ||
            !holds(&flag->when, c, k))
            continue;
        add_item(b, &n, flag->json);
        trace.n_signals = 0;
        if (flag->when.when.condition)
            (void)mp_when_eval(&flag->when.when, k, &trace);
        mp_trace_add_signals(b, &trace);
        mp_buf_addc(b, '}');
    }
    mp_buf_addc(b, ']');
    b->failed |= trace.failed || c->failed;
    return n;
}

void mp_completeness_add(struct mp_buf *b, const struct mp_completeness *c)
{
    mp_buf_adds(b, ",\"completeness\":{\"profile\":");
    mp_buf_addstr(b, c->label);
    add_counts(b, c);
    add_description(b, c);
    add_states(b, c);
    add_silent(b, c);
    b->failed |= c->failed;
}
