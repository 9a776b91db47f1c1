/* The texts of a country: phrases of the bank, put together as somebody writes them down. */
#include "synth/country.h"
#include "base/utf8.h"
#include "synth/letters.h"

enum { DAY = MP_MINUTES_A_DAY, MOST = MP_SYNTH_FACTS + 16 };

struct writer {
    struct mp_synth_country *country;
    const struct mp_synth_scenario *s;
    const struct mp_synth_bank *bank;
    struct mp_synth_name name;
    struct mp_buf values; /* the texts of all values, one after the other */
    struct mp_str value[MP_SYNTH_N_PHRASE];
    uint64_t told[MP_SYNTH_TRANSFER + 1]; /* facts of the absence, by what has told them */
};

/* One paper in hand. */
struct sheet {
    struct mp_synth_away *away;
    const struct mp_synth_resident *who;
    struct mp_synth_paper *paper;
    struct mp_chance c;
    enum mp_synth_style style;
    struct {
        const struct mp_synth_phrase *phrase;
        const struct mp_synth_meaning *means; /* of its entry, or NULL */
    } list[MOST];
    size_t n;
};

static struct mp_time moment(int64_t at)
{
    return (struct mp_time){(int32_t)(at / DAY), (int16_t)(at % DAY), true};
}

static void put(struct sheet *h, const struct mp_synth_phrases *from,
                const struct mp_synth_meaning *means, size_t place)
{
    if (from->n == 0 || h->n == MOST)
        return;
    memmove(&h->list[place + 1], &h->list[place], (h->n - place) * sizeof *h->list);
    h->list[place].phrase = &from->list[mp_chance_below(&h->c, (uint32_t)from->n)];
    h->list[place].means = means;
    h->n++;
}

/* What means nothing is said once. */
static void put_once(struct sheet *h, const struct mp_synth_phrases *from, size_t place)
{
    struct mp_chance kept = h->c;
    const struct mp_synth_phrase *next =
        from->n ? &from->list[mp_chance_below(&kept, (uint32_t)from->n)] : NULL;
    for (size_t i = 0; i < h->n; i++)
        if (h->list[i].phrase == next)
            return;
    put(h, from, NULL, place);
}

static bool says(const struct sheet *h, const struct mp_synth_entry *e)
{
    return e && e->told >> h->paper->what & 1 && mp_synth_needs_met(&e->needs, h->away->values) &&
           e->say[h->style].n > 0;
}

/* What belongs to one spot: the head and the tail in the order of the bank, the body in any. A
 * fact that another paper of this kind has told comes back only sometimes, but heads always do. */
static void put_facts(struct writer *w, struct sheet *h, enum mp_synth_spot spot)
{
    size_t start = h->n, orders[MOST];
    for (size_t i = 0; i < w->s->facts.n; i++) {
        const struct mp_synth_entry *e = w->bank->of[i][h->away->values[i]];
        bool again = mp_chance_hits(&h->c, w->s->repeated);
        if (!says(h, e) || e->spot != spot)
            continue;
        if (spot != MP_SYNTH_HEAD && w->told[h->paper->what] >> i & 1 && !again)
            continue;
        w->told[h->paper->what] |= UINT64_C(1) << i;
        size_t place = h->n;
        if (spot == MP_SYNTH_BODY)
            place = start + mp_chance_below(&h->c, (uint32_t)(h->n - start) + 1);
        else
            while (place > start && orders[place - 1] > e->order)
                place--;
        memmove(&orders[place + 1], &orders[place], (h->n - place) * sizeof *orders);
        orders[place] = e->order;
        put(h, &e->say[h->style], &e->means, place);
    }
}

static void put_noise(struct writer *w, struct sheet *h)
{
    const struct mp_synth_phrases *noise = &w->bank->noise[h->paper->what][h->style];
    size_t start = h->n;
    int64_t n = w->s->n_noise[mp_synth_place(&w->s->noise, &h->c)];
    put_facts(w, h, MP_SYNTH_BODY);
    if (n == 0 && h->n == 0)
        n = 1; /* nobody writes nothing */
    for (; n > 0; n--)
        put_once(h, noise, start + mp_chance_below(&h->c, (uint32_t)(h->n - start) + 1));
}

static void add_words(struct mp_buf *b, const struct mp_buf *word)
{
    if (b->len > 0 && word->len > 0)
        mp_buf_addc(b, ' ');
    mp_buf_addstr(b, mp_buf_str(word));
}

static void add_initials(struct mp_buf *b, const struct mp_synth_name *name)
{
    const struct mp_buf *parts[] = {&name->given, &name->family};
    for (size_t i = 0; i < 2; i++)
        if (parts[i]->len > 0) {
            mp_buf_add(b, parts[i]->data, mp_utf8_seq(parts[i]->data, parts[i]->len));
            mp_buf_addc(b, '.');
        }
}

/* The values' texts; they are views into one buffer, so they are cut when it is whole. */
static void fill_values(struct writer *w, struct sheet *h)
{
    const struct mp_synth_institution *place = &w->s->model.institution[h->away->institution];
    struct mp_time now = moment(h->paper->at), since = moment(h->away->departure);
    struct mp_time back = h->away->back == MP_SYNTH_NO_RETURN ? now : moment(h->away->back);
    struct mp_buf *b = &w->values, full = {0}, capitals = {0};
    size_t ends[MP_SYNTH_N_PHRASE], n = 0;
    add_words(&full, &w->name.given);
    add_words(&full, &w->name.prefix);
    add_words(&full, &w->name.family);
    mp_buf_addstr(&capitals, mp_buf_str(&full));
    mp_letters_to_capitals(&capitals);
    b->len = 0;
    mp_buf_addstr(b, w->name.given.len ? mp_buf_str(&w->name.given) : w->s->nameless);
    ends[n++] = b->len;
    mp_buf_addstr(b, mp_buf_str(&full));
    ends[n++] = b->len;
    mp_buf_addstr(b, mp_buf_str(&capitals));
    ends[n++] = b->len;
    mp_buf_addstr(b, mp_buf_str(&w->name.family));
    ends[n++] = b->len;
    add_initials(b, &w->name);
    ends[n++] = b->len;
    mp_buf_addf(b, "%d", mp_date_age(h->who->birth, now.day));
    ends[n++] = b->len;
    mp_time_add(b, (struct mp_time){h->who->birth, -1, true});
    ends[n++] = b->len;
    mp_buf_addstr(b, place->name.p ? place->name : place->municipality);
    ends[n++] = b->len;
    mp_buf_addstr(b, place->municipality);
    ends[n++] = b->len;
    mp_synth_tell(w->bank, since, now, &h->c, b);
    ends[n++] = b->len;
    mp_synth_tell(w->bank, back, now, &h->c, b);
    ends[n++] = b->len;
    mp_synth_tell(w->bank, now, now, &h->c, b);
    ends[n++] = b->len;
    b->failed |= full.failed || capitals.failed;
    mp_buf_free(&full);
    mp_buf_free(&capitals);
    for (size_t i = 0, from = 0; !b->failed && i < n; from = ends[i++])
        w->value[i] = (struct mp_str){b->data + from, ends[i] - from};
    w->value[MP_SYNTH_NOTICED] = w->value[MP_SYNTH_SINCE];
}

static void note(struct writer *w, const struct mp_synth_meaning *m)
{
    for (size_t i = 0; m && i < m->n; i++) {
        mp_buf_add(&w->country->meanings, &m->signals[i], sizeof *m->signals);
    }
}

static bool has_place(const struct mp_synth_template *t, size_t value)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->pieces[i].kind == MP_SYNTH_VALUE && t->pieces[i].value == value)
            return true;
    return false;
}

/* Most people begin a sentence with a capital, also where a moment or a place comes first. */
static void begin_with_capital(struct mp_buf *out, size_t start, struct mp_chance *c)
{
    enum { SMALL = 80000 };
    bool small = mp_chance_hits(c, SMALL);
    if (!small && !out->failed && start < out->len && out->data[start] >= 'a' &&
        out->data[start] <= 'z')
        out->data[start] = (char)(out->data[start] - 'a' + 'A');
}

static void write_sheet(struct writer *w, struct sheet *h, size_t tail)
{
    enum { LINES = 350000, TAIL = 600000 };
    struct mp_buf *out = &w->country->texts;
    bool lines = mp_chance_hits(&h->c, h->style == MP_SYNTH_AS_FORM ? TAIL : LINES / 4);
    bool below = mp_chance_hits(&h->c, TAIL);
    const struct mp_synth_phrases *heads = &w->bank->heads[h->paper->what];
    size_t start = h->paper->text = out->len;
    bool headed = mp_chance_hits(&h->c, LINES) || h->paper->appended;
    if (headed && heads->n) {
        const struct mp_synth_phrase *head =
            &heads->list[mp_chance_below(&h->c, (uint32_t)heads->n)];
        mp_synth_fill_moment(w->bank, &head->text, moment(h->paper->at), &h->c, out);
    }
    for (size_t i = 0; i < h->n; i++) {
        if (i > 0)
            mp_buf_addc(out, lines || (below && i == tail) ? '\n' : ' ');
        size_t from = out->len;
        mp_synth_fill(out, &h->list[i].phrase->text, w->value, &w->bank->lists, h->who->girl,
                      &h->c);
        begin_with_capital(out, from, &h->c);
        mp_buf_add(&w->country->said, &h->list[i].phrase->raw, sizeof(struct mp_str));
        note(w, h->list[i].means);
        note(w, &h->list[i].phrase->also);
        h->away->says_since |= has_place(&h->list[i].phrase->text, MP_SYNTH_SINCE);
        h->away->says_noticed |= has_place(&h->list[i].phrase->text, MP_SYNTH_NOTICED);
    }
    h->paper->n_text = out->len - start;
}

static void write_paper(struct writer *w, size_t paper)
{
    struct mp_synth_country *country = w->country;
    struct sheet h = {.paper = &MP_ITEMS(struct mp_synth_paper, country->papers)[paper]};
    h.away = &MP_ITEMS(struct mp_synth_away, country->aways)[h.paper->away];
    h.who = &MP_ITEMS(struct mp_synth_resident, country->residents)[h.away->who];
    h.c = mp_synth_paper_chance(country, paper, MP_FOR_TEXT);
    h.style = h.paper->source == MP_SYNTH_FORM ? MP_SYNTH_AS_FORM : MP_SYNTH_AS_POLICE;
    mp_synth_paper_name(country, paper, &w->name);
    fill_values(w, &h);
    if (w->values.failed)
        return;
    put_facts(w, &h, MP_SYNTH_HEAD);
    put_noise(w, &h);
    size_t tail = h.n;
    put_facts(w, &h, MP_SYNTH_TAIL);
    write_sheet(w, &h, tail);
}

int mp_synth_compose(struct mp_synth_country *c, struct mp_error *e)
{
    struct writer w = {.country = c, .s = c->s, .bank = &c->s->bank};
    for (size_t i = 0; i < MP_COUNT(struct mp_synth_away, c->aways) && !w.values.failed; i++) {
        struct mp_synth_away *a = &MP_ITEMS(struct mp_synth_away, c->aways)[i];
        memset(w.told, 0, sizeof w.told);
        a->means = MP_COUNT(struct mp_synth_signal, c->meanings);
        a->said = MP_COUNT(struct mp_str, c->said);
        for (size_t k = 0; k < a->n; k++)
            write_paper(&w, a->first + k);
        a->n_means = MP_COUNT(struct mp_synth_signal, c->meanings) - a->means;
        a->n_said = MP_COUNT(struct mp_str, c->said) - a->said;
    }
    bool failed = w.values.failed || w.name.given.failed || w.name.prefix.failed ||
                  w.name.family.failed || c->texts.failed || c->meanings.failed || c->said.failed;
    mp_synth_name_free(&w.name);
    mp_buf_free(&w.values);
    return failed ? mp_error_memory(e) : 0;
}
