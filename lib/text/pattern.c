/* Patterns into rows of word classes: a small parser, then every way through the alternatives. */
#include "text/pattern.h"
#include "base/room.h"
#include "text/tokens.h"
#include <stdlib.h>

enum { DEPTH_MAX = 6 };

struct row {
    struct mp_step steps[MP_PATTERN_LENGTH];
    uint8_t n;
    uint8_t gap; /* before whatever comes next */
    bool first;  /* `^` stands before whatever comes next */
};

struct rows {
    struct mp_buf buf; /* of struct row */
};

struct parser {
    struct mp_patterns *p;
    const struct mp_yaml *at;
    struct mp_error *e;
    const char *s, *end;
    int depth;
};

static int parse_sequence(struct parser *x, struct rows *out);

static struct row *row_at(const struct rows *r, size_t i)
{
    return (struct row *)(void *)r->buf.data + i;
}

static size_t row_count(const struct rows *r)
{
    return r->buf.len / sizeof(struct row);
}

static int fail(struct parser *x, const char *what)
{
    return mp_yaml_fail(x->at, x->e, "pattern '%.*s': %s", (int)x->at->text.n, x->at->text.p, what);
}

static int add_row(struct parser *x, struct rows *out, const struct row *r)
{
    if (row_count(out) >= MP_PATTERN_VARIANTS)
        return fail(x, "stands for too many rows of words: write it as several");
    mp_buf_add(&out->buf, r, sizeof *r);
    return out->buf.failed ? mp_error_memory(x->e) : 0;
}

/* Puts b behind a. */
static int join(struct parser *x, struct row *a, const struct row *b)
{
    if (a->n + b->n > MP_PATTERN_LENGTH)
        return fail(x, "is too long");
    for (size_t i = 0; i < b->n; i++) {
        struct mp_step step = b->steps[i];
        if (i == 0) {
            step.gap = step.gap > a->gap ? step.gap : a->gap;
            step.first |= a->first;
        }
        a->steps[a->n++] = step;
    }
    if (b->n) {
        a->gap = b->gap;
        a->first = b->first;
    } else if (b->gap > a->gap) {
        a->gap = b->gap;
    }
    return 0;
}

static int add_class(struct parser *x, struct rows *out, struct mp_str forms)
{
    struct row r = {.n = 1};
    if (mp_words_class(x->p->words, forms, &r.steps[0].class) < 0)
        return mp_error_memory(x->e);
    return add_row(x, out, &r);
}

/* Rows of a single plain class become one row of all their forms. */
static int merge_words(struct parser *x, struct rows *rows)
{
    struct mp_buf forms = {0};
    size_t n = row_count(rows), kept = 0, merged = 0;
    for (size_t i = 0; i < n; i++) {
        const struct row *r = row_at(rows, i);
        const struct mp_step *s = r->steps;
        if (r->n == 1 && !r->gap && !s->gap && !s->optional && !s->first && !s->last) {
            if (merged++)
                mp_buf_addc(&forms, '\n');
            mp_buf_addstr(&forms, mp_words_forms(x->p->words, s->class));
        } else {
            *row_at(rows, kept++) = *r;
        }
    }
    rows->buf.len = kept * sizeof(struct row);
    int bad = forms.failed ? mp_error_memory(x->e) : 0;
    if (!bad && merged)
        bad = add_class(x, rows, mp_buf_str(&forms));
    mp_buf_free(&forms);
    return bad;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many bytes are plain letters, wildcards and, if `bars`, what parts alternatives: such words
 * need no folding. */
static size_t plain(const char *s, const char *end, bool bars)
{
    const char *p = s;
    while (p < end && ((*p >= 'a' && *p <= 'z') || *p == '*' || (bars && *p == '|')))
        p++;
    return (size_t)(p - s);
}

/* One written word: hyphens, slashes, and the border of digits and letters part it as in a text. */
static int parse_word(struct parser *x, struct mp_str word, struct rows *out)
{
    if (plain(word.p, word.p + word.n, false) == word.n)
        return add_class(x, out, word);
    struct mp_buf folded = {0}, whole = {0};
    struct row apart = {0};
    struct rows one = {0};
    bool exact = word.n > 1 && word.p[0] == '=';
    mp_tokens_fold(&folded, (struct mp_str){word.p + exact, word.n - exact});
    struct mp_str f = mp_buf_str(&folded);
    int bad = folded.failed ? mp_error_memory(x->e) : 0;
    size_t pieces = 0;
    for (size_t i = 0; !bad && i < f.n;) {
        size_t start = i;
        bool digits = is_digit(f.p[i]);
        while (i < f.n && (digits ? (is_digit(f.p[i]) || strchr(".,:/-", f.p[i]))
                                  : (!is_digit(f.p[i]) && f.p[i] != '-' && f.p[i] != '/')))
            i++;
        struct mp_buf form = {0};
        if (exact)
            mp_buf_addc(&form, '=');
        mp_buf_add(&form, f.p + start, i - start);
        one.buf.len = 0;
        if (i == start)
            bad = fail(x, "a word begins with a sign");
        else
            bad = form.failed ? mp_error_memory(x->e) : add_class(x, &one, mp_buf_str(&form));
        mp_buf_add(&whole, f.p + start, i - start);
        mp_buf_free(&form);
        if (!bad)
            bad = join(x, &apart, row_at(&one, 0));
        pieces++;
        if (!bad && i < f.n && (f.p[i] == '-' || f.p[i] == '/'))
            i++;
    }
    if (!bad && pieces == 0)
        bad = fail(x, "a word is empty");
    if (!bad)
        bad = add_row(x, out, &apart);
    bool hyphen = memchr(f.p, '-', f.n) && !is_digit(f.p[0]);
    if (!bad && pieces > 1 && hyphen)
        bad = whole.failed ? mp_error_memory(x->e) : add_class(x, out, mp_buf_str(&whole));
    mp_buf_free(&folded);
    mp_buf_free(&whole);
    mp_buf_free(&one.buf);
    return bad;
}

/* Lines of `forms` with `before` and `behind` put around each; "" is left out. */
static void decorate(struct mp_buf *out, struct mp_str before, struct mp_str forms,
                     const char *behind)
{
    for (size_t i = 0, start = 0; i <= forms.n; i++)
        if (i == forms.n || forms.p[i] == '\n') {
            if (i > start) {
                if (out->len)
                    mp_buf_addc(out, '\n');
                mp_buf_addstr(out, before);
                mp_buf_add(out, forms.p + start, i - start);
                mp_buf_adds(out, behind);
            }
            start = i + 1;
        }
}

/* All forms of a verb in one word, with its prefix. */
static void verb_forms(struct mp_buf *out, struct mp_str prefix, const struct mp_verb *v)
{
    decorate(out, prefix, v->present, "");
    decorate(out, prefix, v->past, "");
    decorate(out, prefix, v->participles, "");
    decorate(out, prefix, v->participles, "e");
    decorate(out, prefix, v->infinitive, "");
    decorate(out, prefix, v->infinitive, "d");
    decorate(out, prefix, v->infinitive, "de");
}

/* loopt ... weg; weg (is|te|zou) gelopen or lopen. */
static int separated_verb(struct parser *x, struct mp_str prefix, const struct mp_verb *v,
                          struct rows *out)
{
    struct mp_words *w = x->p->words;
    struct mp_buf loose = {0}, finite = {0};
    struct row r = {.n = 2}, q = {.n = 2};
    decorate(&finite, MP_STR(""), v->present, "");
    decorate(&finite, MP_STR(""), v->past, "");
    decorate(&loose, MP_STR(""), v->participles, "");
    decorate(&loose, MP_STR(""), v->infinitive, "");
    int bad = loose.failed || finite.failed ||
                      mp_words_class(w, mp_buf_str(&finite), &r.steps[0].class) < 0 ||
                      mp_words_class(w, prefix, &r.steps[1].class) < 0 ||
                      mp_words_class(w, mp_buf_str(&loose), &q.steps[1].class) < 0
                  ? mp_error_memory(x->e)
                  : 0;
    mp_buf_free(&loose);
    mp_buf_free(&finite);
    r.steps[1].gap = MP_GAP_LONG;
    q.steps[0].class = r.steps[1].class;
    q.steps[1].gap = 2;
    return bad || add_row(x, out, &r) < 0 ? -1 : add_row(x, out, &q);
}

static int parse_verb(struct parser *x, struct mp_str name, struct rows *out)
{
    const char *plus = memchr(name.p, '+', name.n);
    struct mp_str prefix = {name.p, plus ? (size_t)(plus - name.p) : 0};
    struct mp_str base = plus ? (struct mp_str){plus + 1, name.n - prefix.n - 1} : name;
    size_t at = mp_map_find(&x->p->verbs, base);
    if (at == MP_MAP_NONE)
        return mp_yaml_fail(x->at, x->e, "no verb '%.*s': add it to verbs.yaml", (int)base.n,
                            base.p);
    const struct mp_verb *v = &x->p->verb_at[x->p->verbs.entries[at].value - 1];
    struct mp_buf forms = {0};
    verb_forms(&forms, prefix, v);
    int bad = forms.failed ? mp_error_memory(x->e) : add_class(x, out, mp_buf_str(&forms));
    mp_buf_free(&forms);
    return bad || !plus ? bad : separated_verb(x, prefix, v, out);
}

static int parse_item(struct parser *x, const struct mp_yaml *item, struct rows *out)
{
    struct mp_str s = item->text;
    if (s.n > 2 && s.p[0] == '/' && s.p[s.n - 1] == '/')
        return add_class(x, out, s);
    struct parser inner = {x->p, item, x->e, s.p, s.p + s.n, x->depth + 1};
    return parse_sequence(&inner, out);
}

/* Compiles the items of a list. */
static int read_list(struct parser *x, struct mp_str name, struct rows *out)
{
    for (size_t i = 0; i < x->p->n_lists; i++) {
        struct mp_yaml *list = x->p->list_at[i];
        if (!mp_str_eq(x->p->list_names[i], name))
            continue;
        for (size_t j = 0; j < mp_yaml_count(list); j++)
            if (parse_item(x, mp_yaml_item(list, j), out) < 0)
                return -1;
    }
    return merge_words(x, out);
}

/* <name>: the rows of a list, compiled once. */
static int parse_list(struct parser *x, struct mp_str name, struct rows *out)
{
    size_t at = mp_map_find(&x->p->lists, name);
    if (at == MP_MAP_NONE)
        return mp_yaml_fail(x->at, x->e, "no list <%.*s>: add it under lists", (int)name.n, name.p);
    struct rows fresh = {0};
    size_t made = x->p->lists.entries[at].value;
    if (!made) {
        if (read_list(x, name, &fresh) < 0 ||
            !mp_room(&x->p->list_rows, x->p->n_list_rows, &x->p->cap_list_rows,
                     sizeof *x->p->list_rows)) {
            mp_buf_free(&fresh.buf);
            return x->e->code == MP_RULES ? -1 : mp_error_memory(x->e);
        }
        x->p->list_rows[x->p->n_list_rows] = fresh.buf;
        x->p->lists.entries[at].value = made = ++x->p->n_list_rows;
    }
    struct rows rows = {x->p->list_rows[made - 1]};
    for (size_t i = 0; i < row_count(&rows); i++)
        if (add_row(x, out, row_at(&rows, i)) < 0)
            return -1;
    return 0;
}

/* Text up to the sign that closes it, which is passed over. */
static int until(struct parser *x, char close, struct mp_str *out)
{
    const char *stop = memchr(x->s, close, (size_t)(x->end - x->s));
    if (!stop)
        return fail(x, "a bracket is not closed");
    *out = (struct mp_str){x->s, (size_t)(stop - x->s)};
    x->s = stop + 1;
    return 0;
}

/* ( a | b c ): the rows of all. */
static int parse_group(struct parser *x, struct rows *out)
{
    size_t n = plain(x->s + 1, x->end, true);
    if (x->s + 1 + n < x->end && x->s[1 + n] == ')') {
        struct mp_buf forms = {0};
        mp_buf_add(&forms, x->s + 1, n);
        for (size_t i = 0; i < forms.len; i++)
            if (forms.data[i] == '|')
                forms.data[i] = '\n';
        int bad = forms.failed ? mp_error_memory(x->e) : add_class(x, out, mp_buf_str(&forms));
        mp_buf_free(&forms);
        x->s += n + 2;
        return bad;
    }
    do {
        x->s++;
        if (parse_sequence(x, out) < 0)
            return -1;
    } while (x->s < x->end && *x->s == '|');
    if (x->s == x->end || *x->s != ')')
        return fail(x, "a bracket is not closed");
    x->s++;
    return merge_words(x, out);
}

static bool ends_word(char c)
{
    return c == ' ' || c == '|' || c == ')' || c == '(' || c == '?' || c == '<';
}

/* /expression/ over one word */
static int parse_expression(struct parser *x, struct rows *out)
{
    const char *start = x->s++;
    while (x->s < x->end && *x->s != '/')
        x->s += *x->s == '\\' && x->s + 1 < x->end ? 2 : 1;
    if (x->s == x->end)
        return fail(x, "an expression is not closed");
    x->s++;
    return add_class(x, out, (struct mp_str){start, (size_t)(x->s - start)});
}

static int parse_atom(struct parser *x, struct rows *out)
{
    struct mp_str name;
    if (*x->s == '(')
        return parse_group(x, out);
    if (*x->s == '<') {
        x->s++;
        return until(x, '>', &name) < 0 ? -1 : parse_list(x, name, out);
    }
    if (*x->s == '/')
        return parse_expression(x, out);
    bool verb = *x->s == '@';
    const char *start = x->s += verb;
    while (x->s < x->end && !ends_word(*x->s))
        x->s++;
    /* "open-(a|b)": the hyphen belongs to the pair */
    if (x->s < x->end && (*x->s == '(' || *x->s == '<') && x->s > start && x->s[-1] == '-')
        x->s--;
    name = (struct mp_str){start, (size_t)(x->s - start)};
    if (name.n == 0)
        return fail(x, "a sign stands where a word should be");
    return verb ? parse_verb(x, name, out) : parse_word(x, name, out);
}

/* .. ... ..N */
static int parse_gap(struct parser *x, uint8_t *gap)
{
    unsigned dots = 0, n = 0;
    for (; x->s < x->end && *x->s == '.'; x->s++)
        dots++;
    bool number = x->s < x->end && is_digit(*x->s);
    for (; x->s < x->end && is_digit(*x->s) && n <= MP_GAP_MAX; x->s++)
        n = n * 10 + (unsigned)(*x->s - '0');
    if (dots < 2 || dots > 3 || (number && dots != 2) || n > MP_GAP_MAX)
        return fail(x, "a gap is written .. or ... or ..5");
    *gap = (uint8_t)(number ? n : dots == 2 ? MP_GAP_SHORT : MP_GAP_LONG);
    return 0;
}

/* Every row of `left` followed by every row of `right`; `right` may be missing where `maybe`. */
static int multiply(struct parser *x, struct rows *left, const struct rows *right, bool maybe)
{
    struct rows all = {0};
    int bad = 0;
    /* one word that may be missing is a mark on the step, not two rows */
    bool one = maybe && row_count(right) == 1 && row_at(right, 0)->n == 1;
    for (size_t i = 0; !bad && i < row_count(left); i++) {
        struct row base = *row_at(left, i);
        if (one && base.gap == 0 && base.n) {
            struct row marked = *row_at(right, 0);
            marked.steps[0].optional = true;
            bad = join(x, &base, &marked);
            if (!bad)
                bad = add_row(x, &all, &base);
            continue;
        }
        if (maybe)
            bad = add_row(x, &all, &base);
        for (size_t j = 0; !bad && j < row_count(right); j++) {
            struct row r = base;
            bad = join(x, &r, row_at(right, j));
            if (!bad)
                bad = add_row(x, &all, &r);
        }
    }
    mp_buf_free(&left->buf);
    *left = all;
    return bad;
}

/* Every form of a with every form of b behind it, in one word. */
static int add_joined(struct parser *x, const struct row *a, const struct row *b, struct rows *out)
{
    struct mp_str first = mp_words_forms(x->p->words, a->steps[0].class);
    struct mp_buf forms = {0};
    for (size_t i = 0, start = 0; i <= first.n; i++)
        if (i == first.n || first.p[i] == '\n') {
            struct mp_str form = {first.p + start, i - start};
            if (form.n && form.p[form.n - 1] != '*' && form.p[0] != '/')
                decorate(&forms, form, mp_words_forms(x->p->words, b->steps[0].class), "");
            start = i + 1;
        }
    int bad = forms.failed ? mp_error_memory(x->e) : 0;
    if (!bad && forms.len)
        bad = add_class(x, out, mp_buf_str(&forms));
    mp_buf_free(&forms);
    return bad;
}

/* (a|b)-c: the two apart, with a hyphen, or in one word. */
static int parse_compound(struct parser *x, struct rows *left)
{
    struct rows right = {0}, both = {0};
    x->s++;
    if (x->s == x->end || *x->s == ' ')
        return fail(x, "something is missing behind a hyphen");
    int bad = parse_atom(x, &right);
    for (size_t i = 0; !bad && i < row_count(left); i++)
        for (size_t j = 0; !bad && j < row_count(&right); j++) {
            struct row r = *row_at(left, i);
            if (r.n == 1 && row_at(&right, j)->n == 1)
                bad = add_joined(x, &r, row_at(&right, j), &both);
            if (!bad)
                bad = join(x, &r, row_at(&right, j));
            if (!bad)
                bad = add_row(x, &both, &r);
        }
    mp_buf_free(&left->buf);
    mp_buf_free(&right.buf);
    *left = both;
    return bad;
}

static int parse_piece(struct parser *x, struct rows *all)
{
    if (*x->s == '.') {
        uint8_t gap = 0;
        if (parse_gap(x, &gap) < 0)
            return -1;
        for (size_t i = 0; i < row_count(all); i++)
            row_at(all, i)->gap = gap;
        return 0;
    }
    if (*x->s == '^' || *x->s == '$') {
        bool first = *x->s++ == '^';
        for (size_t i = 0; i < row_count(all); i++) {
            struct row *r = row_at(all, i);
            if (first)
                r->first = true;
            else if (r->n)
                r->steps[r->n - 1].last = true;
        }
        return 0;
    }
    struct rows atom = {0};
    int bad = parse_atom(x, &atom);
    while (!bad && x->s < x->end && *x->s == '-')
        bad = parse_compound(x, &atom);
    bool maybe = !bad && x->s < x->end && *x->s == '?';
    if (maybe)
        x->s++;
    if (!bad && x->s < x->end && !strchr(" |)", *x->s))
        bad = fail(x, "a blank is missing between two words");
    if (!bad)
        bad = multiply(x, all, &atom, maybe);
    mp_buf_free(&atom.buf);
    return bad;
}

static int parse_sequence(struct parser *x, struct rows *out)
{
    struct rows all = {0};
    struct row none = {0};
    int bad = x->depth >= DEPTH_MAX ? fail(x, "is nested too deep") : add_row(x, &all, &none);
    x->depth++;
    while (!bad && x->s < x->end && *x->s != '|' && *x->s != ')') {
        if (*x->s == ' ')
            x->s++;
        else
            bad = parse_piece(x, &all);
    }
    x->depth--;
    for (size_t i = 0; !bad && i < row_count(&all); i++)
        bad = add_row(x, out, row_at(&all, i));
    mp_buf_free(&all.buf);
    return bad;
}

/* How often a form occurs, roughly: frequent words stand in order of frequency (Zipf 1949: the
 * n-th has about an n-th of the first one's share). */
static unsigned frequency(const struct mp_patterns *p, struct mp_str form)
{
    if (form.p[0] == '/')
        return 3000;
    bool part = form.p[0] == '*' || form.p[form.n - 1] == '*';
    if (form.p[0] == '=')
        form.p++, form.n--;
    size_t rank = mp_map_find(&p->common, form);
    return rank != MP_MAP_NONE ? (unsigned)(20000 / (rank + 5)) : part ? 3 : 1;
}

/* How bad a class is as the place where a pattern is looked up: how often its words occur. */
static unsigned weight(const struct mp_patterns *p, uint32_t class)
{
    struct mp_str forms = mp_words_forms(p->words, class);
    unsigned sum = 0;
    for (size_t i = 0, start = 0; i <= forms.n; i++)
        if (i == forms.n || forms.p[i] == '\n') {
            if (i > start)
                sum += frequency(p, (struct mp_str){forms.p + start, i - start});
            start = i + 1;
        }
    return sum;
}

static unsigned weight_of(struct mp_patterns *p, uint32_t class)
{
    while (p->weights.len / sizeof(unsigned) <= class) {
        unsigned w = weight(p, (uint32_t)(p->weights.len / sizeof(unsigned)));
        mp_buf_add(&p->weights, &w, sizeof w);
        if (p->weights.failed)
            return 0;
    }
    return ((unsigned *)(void *)p->weights.data)[class];
}

static int add_variant(struct parser *x, uint32_t part, const struct row *r)
{
    struct mp_patterns *p = x->p;
    struct mp_variant v = {.part = part, .step = (uint32_t)p->n_steps, .n = r->n};
    unsigned best = UINT32_MAX;
    for (uint8_t i = 0; i < r->n; i++) {
        if (!mp_room(&p->steps, p->n_steps, &p->cap_steps, sizeof *p->steps))
            return mp_error_memory(x->e);
        p->steps[p->n_steps++] = r->steps[i];
        if (mp_words_use(p->words, r->steps[i].class, x->e) < 0) {
            if (x->e->code == MP_RULES)
                mp_error_at(x->e, x->at->file, x->at->line, x->at->col);
            return -1;
        }
        unsigned w = weight_of(p, r->steps[i].class);
        if (!r->steps[i].optional && w < best) {
            best = w;
            v.anchor = i;
        }
    }
    unsigned rarest = UINT32_MAX;
    v.probe.need = r->steps[v.anchor].class;
    for (uint8_t i = 0; i < r->n; i++) {
        unsigned w = weight_of(p, r->steps[i].class);
        if (i != v.anchor && !r->steps[i].optional && w < rarest) {
            rarest = w;
            v.probe.need = r->steps[i].class;
        }
    }
    if (p->weights.failed)
        return mp_error_memory(x->e);
    if (best == UINT32_MAX)
        return fail(x, "has no word that must be there");
    const struct mp_step *anchor = &p->steps[v.step + v.anchor];
    if (v.anchor > 0 && !anchor[-1].optional && anchor->gap == 0)
        v.probe.before = anchor[-1].class + 1;
    if (v.anchor + 1 < v.n && !anchor[1].optional && anchor[1].gap == 0)
        v.probe.behind = anchor[1].class + 1;
    if (!mp_room(&p->variants, p->n_variants, &p->cap_variants, sizeof *p->variants))
        return mp_error_memory(x->e);
    p->variants[p->n_variants++] = v;
    return 0;
}

static int compile_part(struct parser *x, struct mp_str text, uint32_t *part)
{
    size_t at = mp_map_put(&x->p->parts, text);
    if (at == MP_MAP_NONE)
        return mp_error_memory(x->e);
    *part = (uint32_t)at;
    if (x->p->parts.entries[at].value)
        return 0;
    x->p->parts.entries[at].value = 1;
    struct rows rows = {0};
    x->s = text.p;
    x->end = text.p + text.n;
    int bad = parse_sequence(x, &rows);
    if (!bad && x->s < x->end)
        bad = fail(x, "a bracket is closed that was not opened");
    for (size_t i = 0; !bad && i < row_count(&rows); i++)
        bad = row_at(&rows, i)->n ? add_variant(x, *part, row_at(&rows, i))
                                  : fail(x, "may be nothing at all");
    mp_buf_free(&rows.buf);
    return bad;
}

int mp_pattern_compile(struct mp_patterns *p, const struct mp_yaml *text, struct mp_pattern *out,
                       struct mp_error *e)
{
    struct parser x = {.p = p, .at = text, .e = e};
    *out = (struct mp_pattern){0};
    if (mp_yaml_is_text(text, e) < 0)
        return -1;
    struct mp_str s = text->text;
    for (size_t i = 0, start = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != '&')
            continue;
        struct mp_str part = mp_str_trim((struct mp_str){s.p + start, i - start});
        if (part.n == 0)
            return fail(&x, "something is missing beside &");
        if (out->n == MP_PATTERN_PARTS)
            return fail(&x, "has too many parts");
        if (compile_part(&x, part, &out->parts[out->n++]) < 0)
            return -1;
        start = i + 1;
    }
    return 0;
}

int mp_patterns_list(struct mp_patterns *p, struct mp_str name, struct mp_yaml *items,
                     struct mp_error *e)
{
    if (mp_map_put(&p->lists, name) == MP_MAP_NONE)
        return mp_error_memory(e);
    size_t cap = p->cap_lists;
    if (!mp_room(&p->list_at, p->n_lists, &cap, sizeof *p->list_at) ||
        !mp_room(&p->list_names, p->n_lists, &p->cap_lists, sizeof *p->list_names))
        return mp_error_memory(e);
    p->list_names[p->n_lists] = name;
    p->list_at[p->n_lists++] = items;
    for (size_t i = 0; i < mp_yaml_count(items); i++)
        if (mp_yaml_is_text(mp_yaml_item(items, i), e) < 0)
            return -1;
    return 0;
}

/* Blank-separated words as lines. */
static struct mp_str as_lines(struct mp_arena *a, struct mp_str s)
{
    struct mp_str copy = mp_arena_str(a, mp_str_trim(s));
    for (size_t i = 0; copy.p && i < copy.n; i++)
        if (copy.p[i] == ' ')
            ((char *)(uintptr_t)copy.p)[i] = '\n';
    return copy;
}

int mp_patterns_verb(struct mp_patterns *p, const struct mp_yaml *infinitive,
                     const struct mp_yaml *forms, struct mp_error *e)
{
    if (mp_yaml_is_text(forms, e) < 0)
        return -1;
    struct mp_str rest = forms->text, third[3];
    for (int i = 0; i < 3; i++) {
        const char *bar = memchr(rest.p, '|', rest.n);
        if ((i < 2) != (bar != NULL))
            return mp_yaml_fail(forms, e, "a verb's forms are: present | past | participles");
        third[i] = (struct mp_str){rest.p, bar ? (size_t)(bar - rest.p) : rest.n};
        rest.p += third[i].n + (bar != NULL);
        rest.n -= third[i].n + (bar != NULL);
    }
    size_t at = mp_map_put(&p->verbs, infinitive->text);
    if (at == MP_MAP_NONE || !mp_room(&p->verb_at, p->n_verbs, &p->cap_verbs, sizeof *p->verb_at))
        return mp_error_memory(e);
    struct mp_verb *v = &p->verb_at[p->n_verbs];
    *v = (struct mp_verb){.infinitive = infinitive->text,
                          .present = as_lines(&p->arena, third[0]),
                          .past = as_lines(&p->arena, third[1]),
                          .participles = as_lines(&p->arena, third[2])};
    if (!v->present.p || !v->past.p || !v->participles.p)
        return mp_error_memory(e);
    p->verbs.entries[at].value = ++p->n_verbs;
    return 0;
}

int mp_patterns_class(struct mp_patterns *p, const struct mp_yaml *at, const char *list,
                      uint32_t *class, struct mp_error *e)
{
    struct parser x = {.p = p, .at = at, .e = e};
    struct rows rows = {0};
    int bad = parse_list(&x, mp_str_of(list), &rows);
    size_t i = 0;
    while (!bad && i < row_count(&rows) && row_at(&rows, i)->n != 1)
        i++;
    if (!bad && i == row_count(&rows))
        bad = mp_yaml_fail(at, e, "the list %s has no single words", list);
    if (!bad) {
        *class = row_at(&rows, i)->steps[0].class;
        bad = mp_words_use(p->words, *class, e);
    }
    mp_buf_free(&rows.buf);
    return bad;
}

void mp_patterns_free(struct mp_patterns *p)
{
    mp_map_free(&p->lists);
    mp_map_free(&p->verbs);
    mp_map_free(&p->parts);
    mp_map_free(&p->common);
    mp_arena_free(&p->arena);
    mp_buf_free(&p->weights);
    for (size_t i = 0; i < p->n_list_rows; i++)
        mp_buf_free(&p->list_rows[i]);
    free(p->list_rows);
    free(p->list_at);
    free(p->list_names);
    free(p->verb_at);
    free(p->steps);
    free(p->variants);
    *p = (struct mp_patterns){0};
}
