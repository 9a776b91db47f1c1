/* Patterns into rows of word classes: a small parser, and every way through the alternatives. */
#include "text/pattern_rows.h"
#include "text/fold.h"
#include "base/room.h"
#include "text/tokens.h"
#include <stdlib.h>

enum {
    DEPTH_MAX = 6,
    ALTERNATIVES = 256 /* of a group that are looked at for twins */
};

int mp_pattern_fail(struct mp_pattern_parser *x, const char *what)
{
    return mp_yaml_fail(x->at, x->e, "pattern '%.*s': %s", (int)x->at->text.n, x->at->text.p, what);
}

struct mp_rows mp_rows_take(struct mp_pattern_parser *x)
{
    struct mp_rows rows = {0};
    if (x->p->n_spare)
        rows.buf = x->p->spare[--x->p->n_spare];
    return rows;
}

void mp_rows_give(struct mp_pattern_parser *x, struct mp_rows *rows)
{
    if (x->p->n_spare < MP_PATTERN_SPARE && rows->buf.cap && !rows->buf.failed) {
        rows->buf.len = 0;
        x->p->spare[x->p->n_spare++] = rows->buf;
    } else {
        mp_buf_free(&rows->buf);
    }
}

int mp_pattern_add_row(struct mp_pattern_parser *x, struct mp_rows *out, const struct mp_row *r)
{
    if (mp_row_count(out) >= MP_PATTERN_VARIANTS)
        return mp_pattern_fail(x, "stands for too many rows of words: write it as several");
    mp_buf_add(&out->buf, r, sizeof *r);
    return out->buf.failed ? mp_error_memory(x->e) : 0;
}

/* Puts b behind a. */
static int join(struct mp_pattern_parser *x, struct mp_row *a, const struct mp_row *b)
{
    if (a->n + b->n > MP_PATTERN_LENGTH)
        return mp_pattern_fail(x, "is too long");
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

int mp_pattern_add_class(struct mp_pattern_parser *x, struct mp_rows *out, struct mp_str forms)
{
    struct mp_row r = {.n = 1};
    if (mp_words_class(x->p->words, forms, &r.steps[0].class) < 0)
        return mp_error_memory(x->e);
    return mp_pattern_add_row(x, out, &r);
}

/* Rows of a single plain class become one row of all their forms. */
static int merge_words(struct mp_pattern_parser *x, struct mp_rows *rows)
{
    struct mp_buf classes = {0};
    size_t n = mp_row_count(rows), kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct mp_row *r = mp_row_at(rows, i);
        const struct mp_step *s = r->steps;
        if (r->n == 1 && !r->gap && !s->gap && !s->optional && !s->first && !s->last)
            mp_buf_add(&classes, &s->class, sizeof s->class);
        else
            *mp_row_at(rows, kept++) = *r;
    }
    rows->buf.len = kept * sizeof(struct mp_row);
    size_t merged = MP_COUNT(uint32_t, classes);
    struct mp_row all = {.n = 1};
    int bad = classes.failed || (merged && mp_words_merge(x->p->words, MP_ITEMS(uint32_t, classes),
                                                          merged, &all.steps[0].class) < 0)
                  ? mp_error_memory(x->e)
                  : 0;
    if (!bad && merged)
        bad = mp_pattern_add_row(x, rows, &all);
    mp_buf_free(&classes);
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

/* What is wrong with the wildcards of a word, or NULL. */
static const char *wrong_stars(struct mp_str word)
{
    bool front = word.n > 0 && word.p[0] == '*', behind = word.n > 0 && word.p[word.n - 1] == '*';
    size_t letters = word.n - (size_t)front - (size_t)(behind && word.n > 1);
    for (size_t i = 1; i + 1 < word.n; i++)
        if (word.p[i] == '*')
            return "* stands at the start or end of a word";
    if (letters == 0 || (front && letters < MP_INFIX_MIN))
        return "a word with * has too few letters";
    return NULL;
}

/* One written word: hyphens, slashes, and the border of digits and letters part it as in a text. */
static int parse_word(struct mp_pattern_parser *x, struct mp_str word, struct mp_rows *out)
{
    const char *mistake = wrong_stars(word);
    if (mistake)
        return mp_pattern_fail(x, mistake);
    if (plain(word.p, word.p + word.n, false) == word.n)
        return mp_pattern_add_class(x, out, word);
    struct mp_buf folded = {0}, whole = {0};
    struct mp_row apart = {0};
    struct mp_rows one = mp_rows_take(x);
    bool exact = word.n > 1 && word.p[0] == '=';
    mp_fold_word(&folded, (struct mp_str){word.p + exact, word.n - exact});
    struct mp_str f = mp_buf_str(&folded);
    if (exact)
        mp_buf_addc(&whole, '=');
    int bad = folded.failed ? mp_error_memory(x->e) : 0;
    size_t pieces = 0;
    for (size_t i = 0; !bad && i < f.n;) {
        size_t start = i;
        bool digits = is_digit(f.p[i]);
        while (i < f.n && (digits ? (is_digit(f.p[i]) || (strchr(".,:/-", f.p[i]) && i + 1 < f.n &&
                                                          is_digit(f.p[i + 1])))
                                  : (!is_digit(f.p[i]) && f.p[i] != '-' && f.p[i] != '/')))
            i++;
        struct mp_buf form = {0};
        if (exact)
            mp_buf_addc(&form, '=');
        mp_buf_add(&form, f.p + start, i - start);
        one.buf.len = 0;
        if (i == start)
            bad = mp_pattern_fail(x, "a word begins with a sign");
        else
            bad = form.failed ? mp_error_memory(x->e)
                              : mp_pattern_add_class(x, &one, mp_buf_str(&form));
        mp_buf_add(&whole, f.p + start, i - start);
        mp_buf_free(&form);
        if (!bad)
            bad = join(x, &apart, mp_row_at(&one, 0));
        pieces++;
        if (!bad && i < f.n && (f.p[i] == '-' || f.p[i] == '/'))
            i++;
    }
    if (!bad && pieces == 0)
        bad = mp_pattern_fail(x, "a word is empty");
    if (!bad)
        bad = mp_pattern_add_row(x, out, &apart);
    bool hyphen = memchr(f.p, '-', f.n) && !is_digit(f.p[0]);
    if (!bad && pieces > 1 && hyphen)
        bad =
            whole.failed ? mp_error_memory(x->e) : mp_pattern_add_class(x, out, mp_buf_str(&whole));
    mp_buf_free(&folded);
    mp_buf_free(&whole);
    mp_rows_give(x, &one);
    return bad;
}

/* /expression/ over one word. */
static int add_expression(struct mp_pattern_parser *x, struct mp_str s, struct mp_rows *out)
{
    if (mp_words_try(x->p->words, s, x->e) < 0) {
        mp_error_at(x->e, x->at->file, x->at->line, x->at->col);
        return -1;
    }
    return mp_pattern_add_class(x, out, s);
}

static int parse_item(struct mp_pattern_parser *x, const struct mp_yaml *item, struct mp_rows *out)
{
    struct mp_str s = item->text;
    struct mp_pattern_parser inner = {x->p, item, x->e, s.p, s.p + s.n, x->depth + 1};
    if (s.n > 2 && s.p[0] == '/' && s.p[s.n - 1] == '/')
        return add_expression(&inner, s, out);
    return mp_pattern_parse(&inner, out);
}

/* Compiles the items of a list, each of which it has once. */
static int read_items(struct mp_pattern_parser *x, struct mp_str name, struct mp_map *seen,
                      struct mp_rows *out)
{
    for (size_t i = 0; i < x->p->n_lists; i++) {
        struct mp_yaml *list = x->p->list_at[i];
        if (!mp_str_eq(x->p->list_names[i], name))
            continue;
        for (size_t j = 0; j < mp_yaml_count(list); j++) {
            const struct mp_yaml *item = mp_yaml_item(list, j);
            size_t before = seen->n;
            if (mp_map_put(seen, item->text) == MP_MAP_NONE)
                return mp_error_memory(x->e);
            if (seen->n == before)
                return mp_yaml_fail(item, x->e, "'%s' stands twice in its list", item->text.p);
            if (parse_item(x, item, out) < 0)
                return -1;
        }
    }
    return 0;
}

static int read_list(struct mp_pattern_parser *x, struct mp_str name, struct mp_rows *out)
{
    struct mp_map seen = {0};
    int bad = read_items(x, name, &seen, out);
    mp_map_free(&seen);
    return bad ? bad : merge_words(x, out);
}

/* <name>: the rows of a list, compiled once. */
int mp_pattern_parse_list(struct mp_pattern_parser *x, struct mp_str name, struct mp_rows *out)
{
    size_t at = mp_map_find(&x->p->lists, name);
    if (at == MP_MAP_NONE)
        return mp_yaml_fail(x->at, x->e, "no list <%.*s>: add it under lists", (int)name.n, name.p);
    struct mp_rows fresh = {0};
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
    struct mp_rows rows = {x->p->list_rows[made - 1]};
    for (size_t i = 0; i < mp_row_count(&rows); i++)
        if (mp_pattern_add_row(x, out, mp_row_at(&rows, i)) < 0)
            return -1;
    return 0;
}

/* Text up to the sign that closes it, which is passed over. */
static int until(struct mp_pattern_parser *x, char close, struct mp_str *out)
{
    const char *stop = memchr(x->s, close, (size_t)(x->end - x->s));
    if (!stop)
        return mp_pattern_fail(x, "a bracket is not closed");
    *out = (struct mp_str){x->s, (size_t)(stop - x->s)};
    x->s = stop + 1;
    return 0;
}

/* The end of the alternative that begins at s: the bar or bracket behind it. */
static const char *end_of_alternative(const char *s, const char *end)
{
    int depth = 0;
    for (; s < end; s++) {
        if (*s == '/' && strchr(" (|", s[-1])) { /* an expression */
            const char *close = memchr(s + 1, '/', (size_t)(end - s - 1));
            s = close ? close : s;
        }
        if (depth == 0 && (*s == '|' || *s == ')'))
            return s;
        depth += (*s == '(') - (*s == ')');
    }
    return end;
}

/* Each alternative of the group at x->s stands in it once. */
static int check_alternatives(struct mp_pattern_parser *x)
{
    struct mp_str seen[ALTERNATIVES];
    const char *s = x->s;
    for (size_t n = 0; n < ALTERNATIVES && s < x->end && (n == 0 || *s == '|'); n++) {
        const char *end = end_of_alternative(s + 1, x->end);
        seen[n] = mp_str_trim((struct mp_str){s + 1, (size_t)(end - s - 1)});
        for (size_t i = 0; i < n; i++)
            if (seen[i].n == seen[n].n && mp_str_eq(seen[i], seen[n]))
                return mp_yaml_fail(x->at, x->e, "an alternative stands twice: '%.*s'",
                                    (int)seen[n].n, seen[n].p);
        s = end;
    }
    return 0;
}

/* Alternatives that are plain words: only if one stands twice they make fewer forms. */
static int add_words(struct mp_pattern_parser *x, struct mp_str words, struct mp_rows *out)
{
    struct mp_buf forms = {0};
    size_t n = 1;
    mp_buf_addstr(&forms, words);
    for (char *bar = forms.data;
         bar && (bar = memchr(bar, '|', forms.len - (size_t)(bar - forms.data))); n++)
        *bar = '\n';
    int bad =
        forms.failed ? mp_error_memory(x->e) : mp_pattern_add_class(x, out, mp_buf_str(&forms));
    mp_buf_free(&forms);
    if (bad)
        return bad;
    const struct mp_row *row = mp_row_at(out, mp_row_count(out) - 1);
    return mp_words_forms(x->p->words, row->steps[0].class).n == n ? 0 : check_alternatives(x);
}

/* ( a | b c ): the rows of all. */
static int parse_group(struct mp_pattern_parser *x, struct mp_rows *out)
{
    size_t n = plain(x->s + 1, x->end, true);
    if (x->s + 1 + n < x->end && x->s[1 + n] == ')') {
        if (add_words(x, (struct mp_str){x->s + 1, n}, out) < 0)
            return -1;
        x->s += n + 2;
        return 0;
    }
    if (check_alternatives(x) < 0)
        return -1;
    do {
        const char *start = ++x->s;
        if (mp_pattern_parse(x, out) < 0)
            return -1;
        if (x->s == start)
            return mp_pattern_fail(x, "an alternative is empty");
    } while (x->s < x->end && *x->s == '|');
    if (x->s == x->end || *x->s != ')')
        return mp_pattern_fail(x, "a bracket is not closed");
    x->s++;
    return merge_words(x, out);
}

static bool ends_word(char c)
{
    return c == ' ' || c == '|' || c == ')' || c == '(' || c == '?' || c == '<';
}

/* /expression/ over one word */
static int parse_expression(struct mp_pattern_parser *x, struct mp_rows *out)
{
    const char *start = x->s++;
    while (x->s < x->end && *x->s != '/')
        x->s += *x->s == '\\' && x->s + 1 < x->end ? 2 : 1;
    if (x->s == x->end)
        return mp_pattern_fail(x, "an expression is not closed");
    x->s++;
    return add_expression(x, (struct mp_str){start, (size_t)(x->s - start)}, out);
}

static int parse_atom(struct mp_pattern_parser *x, struct mp_rows *out)
{
    struct mp_str name;
    if (*x->s == '(')
        return parse_group(x, out);
    if (*x->s == '<') {
        x->s++;
        return until(x, '>', &name) < 0 ? -1 : mp_pattern_parse_list(x, name, out);
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
        return mp_pattern_fail(x, "a sign stands where a word should be");
    return verb ? mp_pattern_parse_verb(x, name, out) : parse_word(x, name, out);
}

/* .. ... ..N */
static int parse_gap(struct mp_pattern_parser *x, uint8_t *gap)
{
    unsigned dots = 0, n = 0;
    for (; x->s < x->end && *x->s == '.'; x->s++)
        dots++;
    bool number = x->s < x->end && is_digit(*x->s);
    for (; x->s < x->end && is_digit(*x->s) && n <= MP_GAP_MAX; x->s++)
        n = n * 10 + (unsigned)(*x->s - '0');
    if (dots < 2 || dots > 3 || (number && dots != 2) || n > MP_GAP_MAX)
        return mp_pattern_fail(x, "a gap is written .. or ... or ..5");
    *gap = (uint8_t)(number ? n : dots == 2 ? MP_GAP_SHORT : MP_GAP_LONG);
    return 0;
}

/* Every row of `left` followed by every row of `right`; `right` may be missing where `maybe`. */
static int multiply(struct mp_pattern_parser *x, struct mp_rows *left, const struct mp_rows *right,
                    bool maybe)
{
    struct mp_rows all = mp_rows_take(x);
    int bad = 0;
    /* one word that may be missing is a mark on the step, not two rows */
    bool one = maybe && mp_row_count(right) == 1 && mp_row_at(right, 0)->n == 1;
    for (size_t i = 0; !bad && i < mp_row_count(left); i++) {
        struct mp_row base = *mp_row_at(left, i);
        if (one && base.gap == 0 && base.n) {
            struct mp_row marked = *mp_row_at(right, 0);
            marked.steps[0].optional = true;
            bad = join(x, &base, &marked);
            if (!bad)
                bad = mp_pattern_add_row(x, &all, &base);
            continue;
        }
        if (maybe)
            bad = mp_pattern_add_row(x, &all, &base);
        for (size_t j = 0; !bad && j < mp_row_count(right); j++) {
            struct mp_row r = base;
            bad = join(x, &r, mp_row_at(right, j));
            if (!bad)
                bad = mp_pattern_add_row(x, &all, &r);
        }
    }
    mp_rows_give(x, left);
    *left = all;
    return bad;
}

/* Every form of a with every form of b behind it, in one word. */
static int add_joined(struct mp_pattern_parser *x, const struct mp_row *a, const struct mp_row *b,
                      struct mp_rows *out)
{
    const struct mp_words *w = x->p->words;
    struct mp_word_forms first = mp_words_forms(w, a->steps[0].class),
                         second = mp_words_forms(w, b->steps[0].class);
    struct mp_buf forms = {0};
    for (size_t i = 0; i < first.n; i++) {
        struct mp_str one = mp_words_form(w, first.at[i]);
        if (one.p[one.n - 1] != '*' && one.p[0] != '/')
            for (size_t j = 0; j < second.n; j++)
                mp_pattern_decorate(&forms, one, mp_words_form(w, second.at[j]), MP_STR(""));
    }
    int bad = forms.failed ? mp_error_memory(x->e) : 0;
    if (!bad && forms.len)
        bad = mp_pattern_add_class(x, out, mp_buf_str(&forms));
    mp_buf_free(&forms);
    return bad;
}

/* (a|b)-c: the two apart, with a hyphen, or in one word. */
static int parse_compound(struct mp_pattern_parser *x, struct mp_rows *left)
{
    x->s++;
    if (x->s == x->end || *x->s == ' ')
        return mp_pattern_fail(x, "something is missing behind a hyphen");
    struct mp_rows right = mp_rows_take(x), both = mp_rows_take(x);
    int bad = parse_atom(x, &right);
    for (size_t i = 0; !bad && i < mp_row_count(left); i++)
        for (size_t j = 0; !bad && j < mp_row_count(&right); j++) {
            struct mp_row r = *mp_row_at(left, i);
            if (r.n == 1 && mp_row_at(&right, j)->n == 1)
                bad = add_joined(x, &r, mp_row_at(&right, j), &both);
            if (!bad)
                bad = join(x, &r, mp_row_at(&right, j));
            if (!bad)
                bad = mp_pattern_add_row(x, &both, &r);
        }
    mp_rows_give(x, left);
    mp_rows_give(x, &right);
    *left = both;
    return bad;
}

/* `$`: the last word of each row must end a clause - or, where it is missing, the one before it. */
static int end_rows(struct mp_pattern_parser *x, struct mp_rows *all)
{
    for (size_t i = 0; i < mp_row_count(all); i++) {
        struct mp_row r = *mp_row_at(all, i);
        if (r.n == 0)
            continue;
        mp_row_at(all, i)->steps[r.n - 1].last = true;
        if (!r.steps[r.n - 1].optional)
            continue;
        mp_row_at(all, i)->steps[r.n - 1].optional = false;
        r.n--; /* looked at later in this loop */
        if (mp_pattern_add_row(x, all, &r) < 0)
            return -1;
    }
    return 0;
}

static int parse_piece(struct mp_pattern_parser *x, struct mp_rows *all)
{
    if (*x->s == '.') {
        uint8_t gap = 0;
        if (parse_gap(x, &gap) < 0)
            return -1;
        for (size_t i = 0; i < mp_row_count(all); i++)
            mp_row_at(all, i)->gap = gap;
        return 0;
    }
    if (*x->s == '^') {
        x->s++;
        for (size_t i = 0; i < mp_row_count(all); i++)
            mp_row_at(all, i)->first = true;
        return 0;
    }
    if (*x->s == '$') {
        x->s++;
        return end_rows(x, all);
    }
    struct mp_rows atom = mp_rows_take(x);
    int bad = parse_atom(x, &atom);
    while (!bad && x->s < x->end && *x->s == '-')
        bad = parse_compound(x, &atom);
    bool maybe = !bad && x->s < x->end && *x->s == '?';
    if (maybe)
        x->s++;
    if (!bad && x->s < x->end && !strchr(" |)", *x->s))
        bad = mp_pattern_fail(x, "a blank is missing between two words");
    if (!bad)
        bad = multiply(x, all, &atom, maybe);
    mp_rows_give(x, &atom);
    return bad;
}

int mp_pattern_parse(struct mp_pattern_parser *x, struct mp_rows *out)
{
    struct mp_rows all = mp_rows_take(x);
    struct mp_row none = {0};
    int bad = x->depth >= DEPTH_MAX ? mp_pattern_fail(x, "is nested too deep")
                                    : mp_pattern_add_row(x, &all, &none);
    x->depth++;
    while (!bad && x->s < x->end && *x->s != '|' && *x->s != ')') {
        if (*x->s == ' ')
            x->s++;
        else
            bad = parse_piece(x, &all);
    }
    x->depth--;
    for (size_t i = 0; !bad && i < mp_row_count(&all); i++)
        bad = mp_pattern_add_row(x, out, mp_row_at(&all, i));
    mp_rows_give(x, &all);
    return bad;
}
