/* Lists differences. */
#include "score/errors.h"
#include "io/json.h"

/* One difference, whatever it is about. */
struct difference {
    const char *kind; /* code or fact */
    struct mp_str name, gold, read;
    bool values; /* gold and read are JSON */
    struct mp_str quote, text;
};

/* A field of a line: nothing in it ends the field or the line. */
static void add_field(struct mp_buf *b, struct mp_str s)
{
    s = mp_str_trim(s);
    if (s.n == 0)
        mp_buf_addc(b, '-');
    bool blank = false;
    for (size_t i = 0; i < s.n; i++) {
        bool space = (unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f;
        if (!space || !blank)
            mp_buf_addc(b, space ? ' ' : s.p[i]);
        blank = space;
    }
}

static struct mp_str without_quotes(struct mp_str json)
{
    if (json.n >= 2 && json.p[0] == '"')
        return (struct mp_str){json.p + 1, json.n - 2};
    return json;
}

static void add_line(struct mp_buf *b, const struct mp_score_doc *doc, const struct difference *d)
{
    add_field(b, doc->id);
    mp_buf_adds(b, d->values ? "\tfact." : "\t");
    add_field(b, d->name);
    mp_buf_addc(b, '\t');
    add_field(b, d->values ? without_quotes(d->gold) : d->gold);
    mp_buf_addc(b, '\t');
    add_field(b, d->values ? without_quotes(d->read) : d->read);
    mp_buf_addc(b, '\t');
    add_field(b, d->quote);
    mp_buf_addc(b, '\t');
    add_field(b, d->text);
    mp_buf_addc(b, '\n');
}

static void add_value(struct mp_buf *b, const char *key, struct mp_str json)
{
    mp_json_add_key(b, key);
    mp_buf_addstr(b, json.p ? json : MP_STR("null"));
}

static void add_object(struct mp_buf *b, const struct mp_score_doc *doc, const struct difference *d)
{
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "id", doc->id);
    mp_json_add_field(b, d->kind, d->name);
    if (d->values) {
        add_value(b, "gold", d->gold);
        add_value(b, "read", d->read);
    } else {
        mp_json_add_field(b, "gold", d->gold);
        mp_json_add_field(b, "read", d->read);
    }
    mp_json_add_field(b, "quote", d->quote);
    mp_json_add_field(b, "text", d->text);
    mp_buf_adds(b, "}\n");
}

static void add(struct mp_buf *b, const struct mp_score_doc *doc, const struct difference *d,
                bool json)
{
    (json ? add_object : add_line)(b, doc, d);
}

static struct mp_str status_of(const struct mp_score_signal *s)
{
    return s ? mp_str_of(mp_score_status_names[s->status]) : (struct mp_str){0};
}

size_t mp_score_errors(struct mp_buf *b, const struct mp_score_doc *doc,
                       const struct mp_score_choice *c, bool facts, bool json)
{
    size_t n = 0;
    struct mp_score_pair pair = {0};
    while (mp_score_next(doc, c, &pair)) {
        if (pair.gold && pair.read && pair.gold->status == pair.read->status)
            continue;
        struct difference d = {.kind = "code",
                               .name = pair.code,
                               .gold = status_of(pair.gold),
                               .read = status_of(pair.read),
                               .text = doc->text};
        if (pair.read)
            d.quote = pair.read->quote;
        if (pair.read && pair.read->around.p)
            d.text = pair.read->around;
        add(b, doc, &d, json);
        n++;
    }
    for (enum mp_score_fact f = 0; facts && f < MP_N_SCORE_FACTS; f++) {
        const struct mp_score_value *read = &doc->read.facts[f];
        if (mp_score_fact_right(doc, f))
            continue;
        struct difference d = {.kind = "fact",
                               .name = mp_str_of(mp_score_fact_names[f]),
                               .gold = doc->gold.facts[f].json,
                               .read = read->json,
                               .values = true,
                               .quote = read->quote,
                               .text = read->around.p ? read->around : doc->text};
        add(b, doc, &d, json);
        n++;
    }
    return n;
}
