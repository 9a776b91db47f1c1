/* Hosts: their words, and the sentences in which they are looked for. */
#include "text/hosts.h"
#include "base/utf8.h"
#include "io/json.h"
#include "text/cues.h"
#include "text/host_words.h"

enum {
    NAMES_SOUGHT = 64, /* names looked for all over a text: a bound for hostile texts */
    SMALL_WORDS = 6,   /* between somebody and the place */
};

/* Their lists are called so in messages; behind the dot stands their key. */
static const char *const lists[MP_N_HOST_WORDS] = {
    [MP_HOST_STREET] = "hosts.street",
    [MP_HOST_NO_WAY] = "hosts.no_street",
    [MP_HOST_PARTICLE] = "hosts.particle",
    [MP_HOST_UNIT] = "hosts.unit",
    [MP_HOST_PREMISES] = "hosts.premises",
    [MP_HOST_TOWN] = "hosts.before_town",
    [MP_HOST_INN] = "hosts.lodging",
    [MP_HOST_SMALL] = "hosts.small",
    [MP_HOST_SOMEBODY] = "hosts.somebody",
    [MP_HOST_SOME] = "hosts.some",
    [MP_HOST_CALLED] = "hosts.called",
    [MP_HOST_ONE] = "hosts.one",
    [MP_HOST_BY] = "hosts.by",
    [MP_HOST_AT] = "hosts.at",
    [MP_HOST_OF] = "hosts.of",
    [MP_HOST_YEARS] = "hosts.years",
    [MP_HOST_NUMBER] = "hosts.number",
    [MP_HOST_PLATED] = "hosts.plate",
    [MP_HOST_OWN] = "hosts.own",
    [MP_HOST_NOBODY] = "hosts.nobody",
};
enum { KEY = sizeof "hosts." - 1 };

static const char *const kinds[MP_N_HOST_KINDS] = {
    [MP_HOST_ADDRESS] = "address", [MP_HOST_PHONE] = "phone",   [MP_HOST_PLATE] = "plate",
    [MP_HOST_HANDLE] = "handle",   [MP_HOST_PERSON] = "person", [MP_HOST_LODGING] = "lodging",
};

/* ---- words ---- */

static int load_words(struct mp_patterns *p, struct mp_yaml *map, struct mp_host_words *w,
                      struct mp_error *e)
{
    static const char *const known = "street no_street particle unit premises before_town lodging "
                                     "small somebody some called one by at "
                                     "of years number plate own nobody";
    if (map && mp_yaml_check(map, known, e) < 0)
        return -1;
    for (size_t k = 0; k < MP_N_HOST_WORDS; k++) {
        struct mp_yaml *list = mp_yaml_get(map, lists[k] + KEY);
        w->class[k] = UINT32_MAX;
        if (list && (mp_patterns_list(p, mp_str_of(lists[k]), list, e) < 0 ||
                     mp_patterns_class(p, list, lists[k], &w->class[k], e) < 0 ||
                     mp_words_use(p->words, w->class[k], e) < 0))
            return -1;
    }
    return 0;
}

/* Puts down that the codes of a list are of that kind; `all` grows to hold the greatest. */
static int add_codes(struct mp_buf *all, struct mp_yaml *list, enum mp_host_code kind,
                     int (*code)(const void *ctx, struct mp_str name), const void *ctx,
                     struct mp_error *e)
{
    for (size_t i = 0; i < mp_yaml_count(list); i++) {
        struct mp_yaml *name = mp_yaml_item(list, i);
        if (mp_yaml_is_text(name, e) < 0)
            return -1;
        int number = code(ctx, name->text);
        if (number < 0)
            return mp_yaml_fail(name, e, "no code '%.*s'", (int)name->text.n, name->text.p);
        while (all->len <= (size_t)number && !all->failed)
            mp_buf_addc(all, MP_HOST_NO_CODE);
        if (all->failed)
            return mp_error_memory(e);
        all->data[number] = (char)kind;
    }
    return 0;
}

int mp_host_words_load(struct mp_arena *a, struct mp_patterns *p, struct mp_yaml *hosts,
                       int (*code)(const void *ctx, struct mp_str name), const void *ctx,
                       struct mp_host_words **out, struct mp_error *e)
{
    struct mp_host_words *w = mp_arena_alloc(a, sizeof *w);
    struct mp_buf all = {0};
    *out = w;
    if (!w)
        return mp_error_memory(e);
    if ((hosts && mp_yaml_check(hosts, "codes together words examples", e) < 0) ||
        load_words(p, mp_yaml_get(hosts, "words"), w, e) < 0)
        return -1;
    w->examples = mp_yaml_get(hosts, "examples");
    if (w->examples && w->examples->kind != MP_YAML_MAP)
        return mp_yaml_fail(w->examples, e, "here must stand sentences and their hosts");
    int bad = add_codes(&all, mp_yaml_get(hosts, "codes"), MP_HOST_STAY, code, ctx, e);
    if (!bad)
        bad = add_codes(&all, mp_yaml_get(hosts, "together"), MP_HOST_TOGETHER, code, ctx, e);
    if (!bad && all.len) {
        w->codes = mp_arena_alloc(a, all.len);
        w->n_codes = all.len;
        if (w->codes)
            memcpy(w->codes, all.data, all.len);
        else
            bad = mp_error_memory(e);
    }
    mp_buf_free(&all);
    return bad;
}

struct mp_yaml *mp_host_words_examples(const struct mp_host_words *w)
{
    return w->examples;
}

void mp_host_words_number(struct mp_host_words *w, uint16_t (*number)(void *ctx, uint32_t class),
                          void *ctx)
{
    for (size_t k = 0; k < MP_N_HOST_WORDS; k++)
        if (w->class[k] != UINT32_MAX)
            w->number[k] = number(ctx, w->class[k]);
}

/* ---- what counts ---- */

static enum mp_host_code code_of(const struct mp_host_words *w, const struct mp_mention *m)
{
    return m->code < w->n_codes ? w->codes[m->code] : MP_HOST_NO_CODE;
}

static bool is_stay(const struct mp_host_words *w, const struct mp_mention *m)
{
    return m->status <= MP_PAST && code_of(w, m) == MP_HOST_STAY;
}

bool mp_host_may_name(const struct mp_host_search *s, uint32_t t)
{
    const uint64_t no =
        MP_MARK(MP_IS_VERB) | MP_MARK(MP_IS_NO_NAME) | MP_MARK(MP_IS_OTHER) | MP_MARK(MP_IS_YOUTH);
    return t < s->text->tokens.n && mp_host_token(s, t)->kind == MP_WORD &&
           mp_host_token(s, t)->capital && mp_host_token(s, t)->len > 1 &&
           !(mp_marks(s->text)[t] & no);
}

bool mp_host_is_somebody(const struct mp_host_search *s, uint32_t t)
{
    bool some = t > s->first && mp_host_is(s, t - 1, MP_HOST_SOME);
    return mp_host_is(s, t, MP_HOST_SOMEBODY) && (some || !mp_is(s->text, t, MP_IS_YOUTH));
}

/* A negation, a question or a condition. */
static bool is_denied(const struct mp_host_search *s, uint32_t t)
{
    const uint32_t denies = 1u << MP_MAKES_ABSENT | 1u << MP_MAKES_SILENT;
    const struct mp_cue *c = MP_ITEMS(const struct mp_cue, s->text->cues);
    size_t n = MP_COUNT(struct mp_cue, s->text->cues);
    for (size_t i = MP_FROM(struct mp_cue, s->text->cues, s->first); i < n && c[i].first <= s->last;
         i++)
        if (c[i].side && !c[i].beaten && c[i].effect < MP_N_EFFECTS && denies >> c[i].effect & 1 &&
            t >= c[i].from && t <= c[i].to)
            return true;
    return false;
}

static uint32_t apart(uint32_t first, uint32_t last, const struct mp_mention *m)
{
    return m->last < first ? first - m->last : m->first > last ? m->first - last : 0;
}

bool mp_host_counts(const struct mp_host_search *s, uint32_t first, uint32_t last)
{
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, s->text->mentions);
    size_t n = MP_COUNT(struct mp_mention, s->text->mentions);
    uint32_t best = UINT32_MAX;
    bool counts = true; /* the sentence before says it */
    for (size_t i = MP_FROM(struct mp_mention, s->text->mentions, s->first);
         i < n && m[i].first <= s->last; i++) {
        uint32_t distance = apart(first, last, &m[i]);
        bool stay = is_stay(s->w, &m[i]);
        if (code_of(s->w, &m[i]) != MP_HOST_STAY || distance > best || (distance == best && !stay))
            continue;
        best = distance;
        counts = stay;
    }
    return counts && !is_denied(s, first);
}

/* A word that neither names a house, a number or a plate nor stands small between. */
static bool is_content(const struct mp_host_search *s, uint32_t t)
{
    static const enum mp_host_word others[] = {MP_HOST_SMALL, MP_HOST_PREMISES, MP_HOST_NUMBER,
                                               MP_HOST_PLATED};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (mp_host_is(s, t, others[i]))
            return false;
    return true;
}

/* "by colleagues": who did it is not at home there. */
static bool is_doer(const struct mp_host_search *s, uint32_t t)
{
    return t > s->first && (mp_host_is(s, t - 1, MP_HOST_BY) ||
                            (t > s->first + 1 && mp_host_is(s, t - 1, MP_HOST_SMALL) &&
                             mp_host_is(s, t - 2, MP_HOST_BY)));
}

bool mp_host_is_nobodys(const struct mp_host_search *s, uint32_t first, uint32_t last, bool place)
{
    for (uint32_t t = first, n = 0; t > s->first && n < SMALL_WORDS; n++) {
        bool close = t == first || mp_host_is(s, t, MP_HOST_PREMISES) ||
                     mp_host_is(s, t, MP_HOST_NUMBER) || mp_host_is(s, t, MP_HOST_PLATED);
        if (mp_host_is(s, --t, MP_HOST_NOBODY))
            return !(place && is_doer(s, t));
        if (close && mp_host_is(s, t, MP_HOST_OWN))
            return true;
        if (is_content(s, t) && !mp_host_token(s, t)->capital) /* "group Frigate": goes on */
            break;
    }
    for (uint32_t t = last + 1, n = 0; t <= s->last && n < SMALL_WORDS; n++, t++) {
        if (mp_host_is(s, t, MP_HOST_NOBODY))
            return true;
        if (is_content(s, t))
            break;
    }
    return false;
}

/* ---- what is found ---- */

static struct mp_str value_of(const struct mp_hosts *hosts, const struct mp_host *h)
{
    return (struct mp_str){hosts->values.data + h->value, h->value_n};
}

/* Whether it says no more than one before it: the same, or a person's name alone. */
static bool is_told(const struct mp_hosts *hosts, enum mp_host_kind kind, struct mp_str value)
{
    for (size_t i = 0; i < hosts->n; i++) {
        struct mp_str old = value_of(hosts, &hosts->at[i]);
        bool fuller = kind == MP_HOST_PERSON && old.n > value.n && old.p[value.n] == ' ' &&
                      memcmp(old.p, value.p, value.n) == 0;
        if (hosts->at[i].kind == kind && (fuller || mp_str_eq(old, value)))
            return true;
    }
    return false;
}

void mp_host_put(struct mp_host_search *s, enum mp_host_kind kind, uint32_t start, uint32_t end,
                 size_t value)
{
    struct mp_hosts *to = s->out;
    struct mp_str text = {to->values.data + value, to->values.len - value};
    if (to->values.failed)
        return;
    if (to->n == MP_HOSTS_MAX || text.n == 0 || is_told(to, kind, text)) {
        to->values.len = value;
        return;
    }
    size_t i = to->n++;
    for (; i > 0 && to->at[i - 1].start > start; i--)
        to->at[i] = to->at[i - 1];
    to->at[i] = (struct mp_host){kind, start, end, (uint32_t)value, (uint32_t)text.n};
}

/* ---- sentences ---- */

static bool is_alnum(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* What begins at token t, and where to go on from; `signs`: neither a lodging nor a person. */
static uint32_t look_at(struct mp_host_search *s, uint32_t t, bool signs)
{
    const struct mp_token *k = mp_host_token(s, t);
    const struct mp_str text = s->text->tokens.text;
    unsigned char behind = k->end < text.n ? (unsigned char)text.p[k->end] : ' ';
    unsigned char before = k->start > 0 ? (unsigned char)text.p[k->start - 1] : ' ';
    uint32_t next = t;
    if (behind == '-' || is_alnum(behind))
        next = mp_host_plate(s, t);
    if (next == t && k->kind == MP_NUMBER)
        next = mp_host_phone(s, t);
    if (next == t && (before == '@' || before == '_' || behind == '_'))
        next = mp_host_handle(s, t);
    if (next == t && !signs && t < s->last && k[1].capital)
        next = mp_host_lodging(s, t);
    if (next == t && k->capital)
        next = mp_host_address(s, t);
    if (next == t && !signs && k->capital)
        next = mp_host_person(s, t);
    return next > t ? next : t + 1;
}

/* Only numbers, capitals and what stands before one or touches another token are looked at, unless
 * there is an at sign. Behind the last token there is one to come (text/tokens.c). */
static void search(struct mp_host_search *s, bool signs)
{
    const struct mp_token *k = s->text->tokens.at;
    const char *p = s->text->tokens.text.p;
    bool sign = memchr(p + k[s->first].start, '@', k[s->last].end - k[s->first].start);
    for (uint32_t t = s->first; t <= s->last;) {
        unsigned look = (unsigned)(k[t].kind == MP_NUMBER) | k[t].capital | k[t + 1].capital |
                        (k[t + 1].before == MP_BREAK_TOUCH) | sign;
        t = look ? look_at(s, t, signs) : t + 1;
    }
}

/* Whether token t + 1 stands in the sentence of token t. Behind a semicolon it goes on. */
static bool goes_on(const struct mp_text *text, uint32_t t)
{
    const struct mp_token *k = &text->tokens.at[t];
    if (t + 1 >= text->tokens.n || k[1].sentence == k->sentence)
        return t + 1 < text->tokens.n;
    return k[1].section == k->section && !k[1].line && text->tokens.text.p[k->end] == ';';
}

static void find_end(struct mp_host_search *s)
{
    while (goes_on(s->text, s->last))
        s->last++;
}

/* Looks through the sentence of token t, and through the next one if that only names what the first
 * spoke of: "Plate: ...". Returns the token behind. */
static uint32_t search_around(struct mp_host_search *s, uint32_t t)
{
    const struct mp_token *at = s->text->tokens.at;
    uint32_t n = (uint32_t)s->text->tokens.n;
    s->first = s->last = t;
    while (s->first > 0 && goes_on(s->text, s->first - 1))
        s->first--;
    find_end(s);
    search(s, false);
    uint32_t next = s->last + 1;
    if (next < n && at[next].section == at[t].section &&
        (mp_host_is(s, next, MP_HOST_PLATED) || mp_host_is(s, next, MP_HOST_NUMBER) ||
         mp_host_is(s, next, MP_HOST_PREMISES))) {
        s->first = s->last = next;
        find_end(s);
        search(s, true);
    }
    return next;
}

bool mp_hosts_find(const struct mp_host_words *w, const struct mp_text *text, struct mp_hosts *out)
{
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    size_t n = MP_COUNT(struct mp_mention, text->mentions);
    struct mp_host_search s = {.w = w, .text = text, .out = out, .left = NAMES_SOUGHT};
    uint32_t done = 0; /* tokens looked through */
    out->n = 0;
    out->values.len = 0;
    for (size_t i = 0; i < n; i++)
        if (is_stay(w, &m[i]) && m[i].first >= done)
            done = search_around(&s, m[i].first);
    return !out->values.failed;
}

void mp_hosts_add(const struct mp_hosts *hosts, struct mp_str narrative, struct mp_buf *b)
{
    size_t byte = 0, chars = 0;
    mp_buf_addc(b, '[');
    for (size_t i = 0; i < hosts->n; i++) {
        const struct mp_host *h = &hosts->at[i];
        struct mp_str quote = {narrative.p + h->start, h->end - h->start};
        chars += mp_utf8_count((struct mp_str){narrative.p + byte, h->start - byte});
        byte = h->start;
        mp_buf_adds(b, i ? ",{" : "{");
        mp_json_add_field(b, "kind", mp_str_of(kinds[h->kind]));
        mp_json_add_field(b, "value", value_of(hosts, h));
        mp_json_add_field(b, "quote", quote);
        mp_buf_addf(b, ",\"start\":%zu,\"end\":%zu}", chars, chars + mp_utf8_count(quote));
    }
    mp_buf_addc(b, ']');
}

void mp_hosts_say(const struct mp_hosts *hosts, struct mp_buf *b)
{
    for (size_t i = 0; i < hosts->n; i++) {
        mp_buf_adds(b, i ? "; " : "");
        mp_buf_adds(b, kinds[hosts->at[i].kind]);
        mp_buf_addc(b, ' ');
        mp_buf_addstr(b, value_of(hosts, &hosts->at[i]));
    }
}

void mp_hosts_free(struct mp_hosts *hosts)
{
    mp_buf_free(&hosts->values);
    *hosts = (struct mp_hosts){0};
}
