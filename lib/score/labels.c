/* Labels out of JSON. */
#include "score/labels.h"
#include "base/utf8.h"
#include "io/record.h"
#include <inttypes.h>
#include <stdlib.h>

enum { AROUND_MAX = 300, BLANKS_MAX = 8, NUMBER_MAX = 40 };

/* A mention, and which one it is: sorting keeps the order of reading. */
struct mention {
    struct mp_score_signal signal;
    size_t number;
};

static struct mp_str keep(struct mp_arena *a, struct mp_str s, bool *failed)
{
    if (!s.p)
        return s;
    struct mp_str copy = mp_arena_str(a, s);
    *failed |= !copy.p;
    return copy;
}

void mp_score_mention(struct mp_score_mentions *m, struct mp_arena *a, struct mp_str code,
                      enum mp_score_status status, struct mp_str quote, struct mp_str around)
{
    bool failed = m->signals.failed;
    struct mention one = {{.code = keep(a, code, &failed),
                           .status = status,
                           .quote = keep(a, quote, &failed),
                           .around = keep(a, around, &failed)},
                          m->signals.len / sizeof one};
    m->signals.failed = failed;
    mp_buf_add(&m->signals, &one, sizeof one);
}

static int by_code(const void *left, const void *right)
{
    const struct mention *a = left, *b = right;
    int d = mp_str_cmp(a->signal.code, b->signal.code);
    if (d == 0)
        d = (a->signal.status > b->signal.status) - (a->signal.status < b->signal.status);
    return d ? d : (a->number > b->number) - (a->number < b->number);
}

bool mp_score_mentions_end(struct mp_score_mentions *m, struct mp_arena *a,
                           struct mp_score_labels *labels)
{
    size_t n = m->signals.len / sizeof(struct mention);
    struct mention *all = (void *)m->signals.data;
    labels->n = 0;
    labels->signals = NULL;
    m->signals.len = 0;
    if (m->signals.failed)
        return false;
    if (n == 0)
        return true;
    qsort(all, n, sizeof *all, by_code);
    labels->signals = mp_arena_alloc(a, n * sizeof *labels->signals);
    for (size_t i = 0; labels->signals && i < n; i++)
        if (i == 0 || !mp_str_eq(all[i].signal.code, all[i - 1].signal.code))
            labels->signals[labels->n++] = all[i].signal;
    return labels->signals != NULL;
}

void mp_score_mentions_free(struct mp_score_mentions *m)
{
    mp_buf_free(&m->signals);
}

int mp_score_status_named(struct mp_str name)
{
    for (int i = 0; i < MP_N_SCORE_STATUS; i++)
        if (mp_str_is(name, mp_score_status_names[i]))
            return i;
    return -1;
}

/* Whether a sentence ends with the byte at `at`. A stop before a small letter or an opening
 * bracket is that of an abbreviation, one without a blank behind it that of a time. */
static bool ends_sentence(struct mp_str text, size_t at)
{
    if (text.p[at] == '\n')
        return true;
    if (!memchr(".!?", text.p[at], 3) || at + 1 >= text.n || text.p[at + 1] != ' ')
        return false;
    size_t most = at + BLANKS_MAX;
    while (++at < text.n && at < most && text.p[at] == ' ')
        ;
    return at == text.n || !((text.p[at] >= 'a' && text.p[at] <= 'z') || text.p[at] == '(');
}

static bool inside_character(struct mp_str text, size_t at)
{
    return at < text.n && ((unsigned char)text.p[at] & 0xc0) == 0x80;
}

struct mp_str mp_score_around(struct mp_str text, struct mp_str quote)
{
    size_t start = (size_t)(quote.p - text.p), end = start + quote.n;
    size_t first = start > AROUND_MAX ? start - AROUND_MAX : 0;
    size_t last = text.n - end > AROUND_MAX ? end + AROUND_MAX : text.n;
    while (start > first && !ends_sentence(text, start - 1))
        start--;
    while (end < last && !(end > 0 && ends_sentence(text, end - 1)))
        end++;
    while (inside_character(text, start))
        start++;
    while (inside_character(text, end))
        end--;
    return mp_str_trim((struct mp_str){text.p + start, end - start});
}

struct mp_str mp_score_text(yyjson_val *root)
{
    yyjson_val *text = mp_rec_member(root, MP_STR("narrative"));
    if (!yyjson_is_str(text))
        text = mp_rec_member(root, MP_STR("text"));
    return yyjson_is_str(text) ? mp_rec_text(text) : MP_STR("");
}

static int no_status(struct mp_str code, yyjson_val *status, struct mp_error *e)
{
    char room[200], room_too[200];
    struct mp_str text = mp_rec_text(status);
    return mp_error_set(e, MP_NOT_A_RECORD, "signals: '%s' has no status '%s'",
                        mp_error_quote(code, room),
                        mp_error_quote(text.p ? text : MP_STR(""), room_too));
}

static int read_object(struct mp_score_mentions *m, struct mp_arena *a, yyjson_val *signals,
                       struct mp_error *e)
{
    yyjson_obj_iter all = yyjson_obj_iter_with(signals);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&all));) {
        struct mp_str code = mp_rec_text(key);
        yyjson_val *value = yyjson_obj_iter_get_val(key);
        int status = mp_score_status_named(mp_rec_text(value));
        if (status < 0)
            return no_status(code, value, e);
        mp_score_mention(m, a, code, (enum mp_score_status)status, (struct mp_str){0},
                         (struct mp_str){0});
    }
    return 0;
}

/* A narrative and how far its characters are counted. */
struct cursor {
    struct mp_str text;
    size_t byte;
    int64_t character;
};

/* Byte of a character; mentions come in the order of the text, so that it is read once. */
static bool go_to(struct cursor *c, int64_t character)
{
    if (character < c->character)
        return false;
    for (; c->character < character && c->byte < c->text.n; c->character++)
        mp_utf8_next(c->text, &c->byte);
    return c->character == character;
}

/* The sentence of a mention, {NULL, 0} where it does not say where it stands. */
static struct mp_str find_around(struct cursor *c, yyjson_val *mention, struct mp_str quote)
{
    int64_t start;
    if (!quote.p || !mp_rec_int(mp_rec_member(mention, MP_STR("start")), &start) ||
        !go_to(c, start) || c->text.n - c->byte < quote.n ||
        memcmp(c->text.p + c->byte, quote.p, quote.n) != 0)
        return (struct mp_str){0};
    return mp_score_around(c->text, (struct mp_str){c->text.p + c->byte, quote.n});
}

static int read_list(struct mp_score_mentions *m, struct mp_arena *a, yyjson_val *signals,
                     struct mp_str text, struct mp_error *e)
{
    struct cursor c = {.text = text};
    yyjson_arr_iter all = yyjson_arr_iter_with(signals);
    for (yyjson_val *one; (one = yyjson_arr_iter_next(&all));) {
        yyjson_val *code = mp_rec_member(one, MP_STR("code"));
        yyjson_val *value = mp_rec_member(one, MP_STR("status"));
        yyjson_val *quote = mp_rec_member(one, MP_STR("quote"));
        if (!yyjson_is_str(code))
            return mp_error_set(e, MP_NOT_A_RECORD, "signals: a mention has no code");
        int status = mp_score_status_named(mp_rec_text(value));
        if (status < 0)
            return no_status(mp_rec_text(code), value, e);
        struct mp_str words = yyjson_is_str(quote) ? mp_rec_text(quote) : (struct mp_str){0};
        mp_score_mention(m, a, mp_rec_text(code), (enum mp_score_status)status, words,
                         find_around(&c, one, words));
    }
    return 0;
}

/* Facts that stand under `person` in a record. */
static yyjson_val *fact_of(yyjson_val *root, enum mp_score_fact fact)
{
    yyjson_val *facts = mp_rec_member(root, MP_STR("facts"));
    if (!yyjson_is_obj(facts))
        facts = fact <= MP_SCORE_SEX ? mp_rec_member(root, MP_STR("person")) : root;
    return mp_rec_member(facts, mp_str_of(mp_score_fact_names[fact]));
}

/* Numbers that are the same however they are written: 15, 15.0 and 1.5e1. */
static void add_value(struct mp_buf *json, yyjson_val *value)
{
    struct mp_str text = mp_rec_text(value);
    double number = 0;
    bool whole = false;
    if (yyjson_is_raw(value) && text.n < NUMBER_MAX) {
        char digits[NUMBER_MAX] = "";
        memcpy(digits, text.p, text.n);
        number = strtod(digits, NULL);
        whole = number == (double)(int64_t)(number < 1e15 && number > -1e15 ? number : 0.5);
    }
    if (whole)
        mp_buf_addf(json, "%" PRId64, (int64_t)number);
    else
        mp_rec_add_value(json, value);
}

static int read_facts(struct mp_arena *a, yyjson_val *root, struct mp_score_labels *labels,
                      struct mp_error *e)
{
    struct mp_buf json = {0};
    bool failed = false;
    for (enum mp_score_fact f = 0; f < MP_N_SCORE_FACTS; f++) {
        yyjson_val *value = fact_of(root, f);
        labels->facts[f] = (struct mp_score_value){0};
        if (!value || yyjson_is_null(value))
            continue;
        json.len = 0;
        add_value(&json, value);
        labels->facts[f].json = keep(a, mp_buf_str(&json), &failed);
    }
    failed |= json.failed;
    mp_buf_free(&json);
    return failed ? mp_error_memory(e) : 0;
}

int mp_score_labels_read(struct mp_score_mentions *m, struct mp_arena *a, yyjson_val *root,
                         struct mp_score_labels *labels, struct mp_error *e)
{
    yyjson_val *signals = mp_rec_member(root, MP_STR("signals"));
    int bad = 0;
    if (yyjson_is_obj(signals))
        bad = read_object(m, a, signals, e);
    else if (yyjson_is_arr(signals))
        bad = read_list(m, a, signals, mp_score_text(root), e);
    else if (signals && !yyjson_is_null(signals))
        bad = mp_error_set(e, MP_NOT_A_RECORD, "signals are neither an object nor a list");
    if (!mp_score_mentions_end(m, a, labels) && !bad)
        bad = mp_error_memory(e);
    return bad ? bad : read_facts(a, root, labels, e);
}

static int read_unsure(struct mp_arena *a, yyjson_val *root, struct mp_score_doc *doc,
                       struct mp_error *e)
{
    yyjson_val *unsure = mp_rec_member(root, MP_STR("unsure"));
    bool failed = false;
    if (!unsure || yyjson_is_null(unsure))
        return 0;
    if (!yyjson_is_arr(unsure))
        return mp_error_set(e, MP_NOT_A_RECORD, "unsure is no list of codes");
    if (yyjson_arr_size(unsure) == 0)
        return 0;
    doc->unsure = mp_arena_alloc(a, yyjson_arr_size(unsure) * sizeof *doc->unsure);
    if (!doc->unsure)
        return mp_error_memory(e);
    yyjson_arr_iter all = yyjson_arr_iter_with(unsure);
    for (yyjson_val *code; (code = yyjson_arr_iter_next(&all));) {
        if (!yyjson_is_str(code))
            return mp_error_set(e, MP_NOT_A_RECORD, "unsure is no list of codes");
        doc->unsure[doc->n_unsure++] = keep(a, mp_rec_text(code), &failed);
    }
    return failed ? mp_error_memory(e) : 0;
}

int mp_score_doc_read(struct mp_score_mentions *m, struct mp_arena *a, yyjson_val *root,
                      struct mp_score_doc *doc, struct mp_error *e)
{
    bool failed = false;
    struct mp_str id = mp_rec_text(mp_rec_member(root, MP_STR("id")));
    *doc = (struct mp_score_doc){0};
    if (!id.p)
        return mp_error_set(e, MP_NOT_A_RECORD, "a labelled record has an id");
    doc->id = keep(a, id, &failed);
    doc->text = keep(a, mp_score_text(root), &failed);
    if (failed)
        return mp_error_memory(e);
    if (read_unsure(a, root, doc, e) < 0)
        return -1;
    return mp_score_labels_read(m, a, root, &doc->gold, e);
}
