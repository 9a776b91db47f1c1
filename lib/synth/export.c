/* The exports of a country: rows of CSV, in the bytes of their layout. */
#include "base/utf8.h"
#include "synth/country.h"
#include "synth/errors.h"
#include "synth/letters.h"

enum { DAY = MP_MINUTES_A_DAY };

struct exporter {
    const struct mp_synth_country *country;
    const struct mp_synth_layout *layout;
    struct mp_synth_name name;
    struct mp_buf values, text, cell, row;
    size_t starts[MP_SYNTH_CELLS + 1];
    struct mp_str value[MP_SYNTH_CELLS];
};

/* What a cell needs to know. */
struct row {
    size_t paper;
    const struct mp_synth_paper *p;
    const struct mp_synth_away *away;
    const struct mp_synth_resident *who;
    const struct mp_synth_institution *place;
    const struct mp_synth_of_source *source;
    struct mp_chance c;
    bool gap[MP_SYNTH_N_GAPS];
};

static struct row row_of(const struct mp_synth_country *c, size_t paper)
{
    struct row r = {.paper = paper, .p = &MP_ITEMS(struct mp_synth_paper, c->papers)[paper]};
    r.away = &MP_ITEMS(struct mp_synth_away, c->aways)[r.p->away];
    r.who = &MP_ITEMS(struct mp_synth_resident, c->residents)[r.away->who];
    r.place = &c->s->model.institution[r.away->institution];
    r.source = &c->s->model.sources[r.p->source];
    r.c = mp_synth_paper_gaps(c, paper, r.gap);
    return r;
}

/* Begins the value of a cell; cells come in their order. */
static struct mp_buf *at(struct exporter *x, enum mp_synth_cell cell)
{
    x->starts[cell] = x->values.len;
    return &x->values;
}

static void add_moment(struct exporter *x, const struct row *r, int64_t when,
                       enum mp_synth_cell date, enum mp_synth_cell time, bool known)
{
    const struct mp_synth_bank *bank = &x->country->s->bank;
    const struct mp_time t = {(int32_t)(when / DAY), (int16_t)(when % DAY), true};
    struct mp_chance c = r->c;
    at(x, date);
    if (known)
        mp_synth_fill_moment(bank, &x->layout->date, t, &c, &x->values);
    at(x, time);
    if (known)
        mp_synth_fill_moment(bank, &x->layout->time, t, &c, &x->values);
}

static void add_who(struct exporter *x, struct row *r)
{
    const struct mp_synth_scenario *s = x->country->s;
    struct mp_chance errors = mp_synth_paper_chance(x->country, r->paper, MP_FOR_PLACE);
    const struct mp_time birth = {mp_synth_spoil_birth(r->source, r->who->birth, &errors), 0, true};
    mp_synth_paper_name(x->country, r->paper, &x->name);
    at(x, MP_CELL_CLIENT);
    if (!r->gap[MP_SYNTH_NO_CLIENT_ID] && r->place->name.p)
        mp_buf_addf(&x->values, "%.*s-%04u", (int)r->place->letters.n, r->place->letters.p,
                    (unsigned)r->away->client);
    at(x, MP_CELL_GIVEN);
    if (!r->gap[MP_SYNTH_NO_GIVEN_NAME])
        mp_buf_addstr(&x->values, mp_buf_str(&x->name.given));
    at(x, MP_CELL_PREFIX);
    if (!r->gap[MP_SYNTH_NO_FAMILY_NAME])
        mp_buf_addstr(&x->values, mp_buf_str(&x->name.prefix));
    at(x, MP_CELL_FAMILY);
    if (!r->gap[MP_SYNTH_NO_FAMILY_NAME])
        mp_buf_addstr(&x->values, mp_buf_str(&x->name.family));
    at(x, MP_CELL_BIRTH);
    if (!r->gap[MP_SYNTH_NO_BIRTH_DATE])
        mp_synth_fill_moment(&s->bank, &x->layout->date, birth, &r->c, &x->values);
    struct mp_str sex = s->facts.list[MP_FACT_SEX].values[r->away->values[MP_FACT_SEX]];
    at(x, MP_CELL_SEX);
    if (!r->gap[MP_SYNTH_NO_SEX])
        mp_buf_addstr(&x->values, mp_synth_word(x->layout, MP_CELL_SEX, sex, &r->c));
}

/* The layout's word for the setting's institutions, in which * is the name. */
static void add_place(struct exporter *x, struct row *r)
{
    struct mp_str setting = r->place->setting;
    struct mp_str as = mp_synth_word(x->layout, MP_CELL_INSTITUTION, setting, &r->c);
    at(x, MP_CELL_INSTITUTION);
    bool known = r->place->name.p && !r->gap[MP_SYNTH_NO_INSTITUTION];
    if (mp_str_eq(as, setting))
        as = MP_STR("*");
    for (size_t i = 0; known && i < as.n; i++)
        if (as.p[i] == '*')
            mp_buf_addstr(&x->values, r->place->name);
        else
            mp_buf_addc(&x->values, as.p[i]);
    at(x, MP_CELL_MUNICIPALITY);
    if (!r->gap[MP_SYNTH_NO_MUNICIPALITY])
        mp_buf_addstr(&x->values, r->place->municipality);
    at(x, MP_CELL_SETTING);
    if (!r->gap[MP_SYNTH_NO_SETTING])
        mp_buf_addstr(&x->values, mp_synth_word(x->layout, MP_CELL_SETTING, setting, &r->c));
}

static void add_word(struct exporter *x, struct row *r, enum mp_synth_cell cell, struct mp_str of)
{
    struct mp_str word = mp_synth_word(x->layout, cell, of, &r->c);
    at(x, cell);
    mp_buf_addstr(&x->values, word);
}

static void add_opinions(struct exporter *x, struct row *r)
{
    static const char *const kinds[] = {"missing", "update", "returned", "transfer"};
    const struct mp_synth_fact *own = x->country->s->facts.list;
    const uint8_t *v = r->away->values;
    add_word(x, r, MP_CELL_KIND, mp_str_of(kinds[r->p->what]));
    add_word(x, r, MP_CELL_CATEGORY,
             r->gap[MP_SYNTH_NO_POLICE_CATEGORY]
                 ? MP_STR("")
                 : own[MP_FACT_CATEGORY].values[v[MP_FACT_CATEGORY]]);
    bool light = !r->gap[MP_SYNTH_NO_TRAFFIC_LIGHT] && v[MP_FACT_LIGHT] > 0;
    add_word(x, r, MP_CELL_LIGHT, light ? own[MP_FACT_LIGHT].values[v[MP_FACT_LIGHT]] : MP_STR(""));
    add_word(x, r, MP_CELL_STATE, mp_str_of(r->away->back == MP_SYNTH_NO_RETURN ? "open" : "back"));
}

/* Its own text and what was appended to it. */
static void add_text(struct exporter *x, const struct row *r)
{
    const struct mp_synth_country *c = x->country;
    struct mp_buf *b = at(x, MP_CELL_TEXT);
    for (size_t k = 0; k < r->away->n; k++) {
        size_t i = r->away->first + k;
        const struct mp_synth_paper *p = &MP_ITEMS(struct mp_synth_paper, c->papers)[i];
        bool mine = i == r->paper ||
                    (p->appended && p->source == r->p->source &&
                     p->registration == r->p->registration && p->document == r->p->document);
        if (!mine)
            continue;
        if (i != r->paper)
            mp_buf_addc(b, '\n');
        mp_buf_add(b, c->texts.data + p->text, p->n_text);
    }
}

static void fill_values(struct exporter *x, struct row *r)
{
    const struct mp_synth_model *m = &x->country->s->model;
    const struct mp_synth_away *a = r->away;
    x->values.len = 0;
    mp_buf_addstr(at(x, MP_CELL_UNIT), m->units.texts[a->registrations[r->p->registration].unit]);
    mp_buf_addstr(at(x, MP_CELL_LETTERS), r->place->letters);
    mp_buf_addf(at(x, MP_CELL_YEAR), "%04d", r->p->year);
    mp_buf_addf(at(x, MP_CELL_SERIAL), "%0*u", (int)r->source->digits, (unsigned)r->p->serial);
    mp_buf_addu(at(x, MP_CELL_DOCUMENT), r->p->document);
    add_who(x, r);
    add_place(x, r);
    add_opinions(x, r);
    add_moment(x, r, r->p->at, MP_CELL_AT_DATE, MP_CELL_AT_TIME, true);
    add_moment(x, r, a->departure, MP_CELL_SINCE_DATE, MP_CELL_SINCE_TIME,
               !r->gap[MP_SYNTH_NO_MISSING_SINCE]);
    add_moment(x, r, a->back, MP_CELL_BACK_DATE, MP_CELL_BACK_TIME,
               r->p->says_return && !r->gap[MP_SYNTH_NO_RETURNED_AT]);
    add_text(x, r);
    x->starts[MP_SYNTH_CELLS] = x->values.len;
    for (size_t i = 0; !x->values.failed && i < MP_SYNTH_CELLS; i++)
        x->value[i] =
            (struct mp_str){x->values.data + x->starts[i], x->starts[i + 1] - x->starts[i]};
}

static bool all_there(const struct exporter *x, const struct mp_synth_template *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->pieces[i].kind == MP_SYNTH_VALUE && x->value[t->pieces[i].value].n == 0)
            return false;
    return true;
}

/* Windows-1252: what it does not have loses its marks, else becomes a question mark. */
static void add_narrow(struct mp_buf *b, struct mp_str text)
{
    static const uint16_t high[] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    enum { LOW = 0x80, LATIN = 0xA0, BEYOND = 0x100, HIGH = sizeof high / sizeof *high };
    for (size_t i = 0; i < text.n;) {
        size_t start = i, k = 0;
        uint32_t c = mp_utf8_next(text, &i);
        while (k < HIGH && high[k] != c)
            k++;
        if (c < LOW || (c >= LATIN && c < BEYOND)) {
            mp_buf_addc(b, (char)c);
        } else if (k < HIGH) {
            mp_buf_addc(b, (char)(LOW + k));
        } else {
            struct mp_buf one = {0};
            mp_buf_add(&one, text.p + start, i - start);
            mp_letters_drop_marks(&one);
            mp_buf_addc(b, one.len == 1 ? one.data[0] : '?');
            b->failed |= one.failed;
            mp_buf_free(&one);
        }
    }
}

static void add_cell(struct exporter *x, struct mp_str text, bool first, struct mp_buf *out)
{
    const struct mp_synth_layout *l = x->layout;
    bool quoted = l->quote_all;
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = text.p[i] == l->delimiter || text.p[i] == '"' || text.p[i] == '\n';
    if (!first)
        mp_buf_addc(out, l->delimiter);
    x->cell.len = 0;
    if (quoted)
        mp_buf_addc(&x->cell, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            mp_buf_addc(&x->cell, '"');
        if (text.p[i] == '\n' && l->crlf)
            mp_buf_addc(&x->cell, '\r');
        mp_buf_addc(&x->cell, text.p[i]);
    }
    if (quoted)
        mp_buf_addc(&x->cell, '"');
    if (l->narrow)
        add_narrow(out, mp_buf_str(&x->cell));
    else
        mp_buf_addstr(out, mp_buf_str(&x->cell));
    out->failed |= x->cell.failed;
}

static void add_row(struct exporter *x, struct row *r, struct mp_buf *out)
{
    const struct mp_synth_layout *l = x->layout;
    bool capitals = mp_chance_hits(&r->c, l->capital_share);
    for (size_t i = 0; i < l->n_columns; i++) {
        const struct mp_synth_column *column = &l->columns[i];
        bool empty = mp_chance_hits(&r->c, column->empty);
        x->text.len = 0;
        for (size_t k = 0; k < column->n && !empty; k++)
            if (all_there(x, &column->ways[k])) {
                mp_synth_fill(&x->text, &column->ways[k], x->value, NULL, false, &r->c);
                break;
            }
        if (column->capitals && capitals)
            mp_letters_to_capitals(&x->text);
        add_cell(x, mp_buf_str(&x->text), i == 0, out);
        out->failed |= x->text.failed;
    }
    mp_buf_adds(out, l->crlf ? "\r\n" : "\n");
}

static void add_heading(struct exporter *x, struct mp_buf *out)
{
    const struct mp_synth_layout *l = x->layout;
    if (l->mark)
        mp_buf_adds(out, "\xef\xbb\xbf");
    for (size_t i = 0; i < l->n_columns; i++)
        add_cell(x, l->columns[i].name, i == 0, out);
    mp_buf_adds(out, l->crlf ? "\r\n" : "\n");
}

static bool belongs(const struct mp_synth_export *export, const struct row *r)
{
    if (r->p->appended || r->p->source != export->source)
        return false;
    return export->source == MP_SYNTH_FORM ||
           r->away->registrations[r->p->registration].unit == export->unit;
}

void mp_synth_export_rows(const struct mp_synth_country *c, size_t export, struct mp_buf *out,
                          uint64_t *rows)
{
    const struct mp_synth_export *to = &c->s->exports[export];
    struct exporter x = {.country = c, .layout = &c->s->layouts[to->layout]};
    add_heading(&x, out);
    for (size_t i = 0; i < MP_COUNT(struct mp_synth_paper, c->papers) && !out->failed; i++) {
        struct row r = row_of(c, c->order[i]);
        if (!belongs(to, &r))
            continue;
        fill_values(&x, &r);
        out->failed |= x.values.failed;
        if (out->failed)
            break;
        add_row(&x, &r, out);
        ++*rows;
    }
    mp_synth_name_free(&x.name);
    mp_buf_free(&x.values);
    mp_buf_free(&x.text);
    mp_buf_free(&x.cell);
    mp_buf_free(&x.row);
}
