/* Conditions over a record, written in YAML. */
#include "io/condition.h"
#include "base/glob.h"
#include "base/utf8.h"
#include <math.h>
#include <stdlib.h>

enum kind { ALL, ANY, NOT, IS, BELOW, AT_LEAST, KNOWN, SIGNAL };

struct mp_condition {
    enum kind kind;
    size_t n;
    const struct mp_condition **parts; /* ALL, ANY, NOT */
    struct mp_str text;                /* the path as written */
    struct mp_path path;
    struct mp_str item;    /* IS: key of a list's maps */
    struct mp_str *values; /* IS, SIGNAL: folded patterns of the value, of the quote */
    size_t n_codes, n_statuses;
    struct mp_str *codes, *statuses; /* SIGNAL */
    double number;
    bool known;
    /* once it is bound to a lookup */
    size_t place; /* of path */
    struct mp_code_set set;
    unsigned status_bits;
};

const char *mp_truth_name(enum mp_truth t)
{
    return t == MP_UNDECIDED ? "null" : t == MP_TRUE ? "true" : "false";
}

static int read_texts(struct mp_arena *a, struct mp_yaml *y, bool fold, struct mp_str **out,
                      size_t *n, struct mp_error *e)
{
    *n = mp_yaml_count(y);
    *out = mp_arena_alloc(a, (*n + 1) * sizeof **out);
    if (!*out)
        return mp_error_memory(e);
    for (size_t i = 0; i < *n; i++) {
        struct mp_yaml *item = mp_yaml_item(y, i);
        if (mp_yaml_is_text(item, e) < 0)
            return -1;
        (*out)[i] = item->text;
        if (!fold)
            continue;
        struct mp_buf b = {0};
        mp_utf8_fold(&b, item->text);
        (*out)[i] = mp_arena_str(a, mp_buf_str(&b));
        bool good = (*out)[i].p && !b.failed;
        mp_buf_free(&b);
        if (!good)
            return mp_error_memory(e);
    }
    return 0;
}

static size_t digits(struct mp_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

/* Whether s is a number by the grammar of JSON (RFC 8259, section 6); strtod alone takes more. */
static bool is_number(struct mp_str s)
{
    size_t at = s.n > 0 && s.p[0] == '-';
    size_t n = digits(s, at);
    if (n == 0 || (n > 1 && s.p[at] == '0'))
        return false;
    at += n;
    if (at < s.n && s.p[at] == '.') {
        n = digits(s, at + 1);
        at += n > 0 ? n + 1 : 0;
    }
    if (at < s.n && (s.p[at] | 0x20) == 'e') {
        size_t sign = at + 1 < s.n && (s.p[at + 1] == '+' || s.p[at + 1] == '-');
        n = digits(s, at + 1 + sign);
        at += n > 0 ? n + 1 + sign : 0;
    }
    return at == s.n;
}

bool mp_condition_number(struct mp_str s, double *out)
{
    char room[64];
    if (s.n >= sizeof room || !is_number(s))
        return false;
    if (s.n <= 15 && digits(s, 0) == s.n) { /* ages and counts: exact, and quicker */
        *out = 0;
        for (size_t i = 0; i < s.n; i++)
            *out = *out * 10 + (s.p[i] - '0');
        return true;
    }
    memcpy(room, s.p, s.n);
    room[s.n] = '\0';
    *out = strtod(room, NULL);
    return isfinite(*out);
}

static int read_number(struct mp_yaml *y, double *out, struct mp_error *e)
{
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    return mp_condition_number(y->text, out) ? 0
                                             : mp_yaml_fail(y, e, "'%s' is no number", y->text.p);
}

static int read_field(struct mp_arena *a, struct mp_yaml *y, struct mp_condition *c,
                      struct mp_error *e)
{
    if (mp_yaml_check(y, "field item is below at_least known", e) < 0 ||
        mp_yaml_text(y, "field", true, &c->text, e) < 0 ||
        mp_yaml_text(y, "item", false, &c->item, e) < 0)
        return -1;
    if (!mp_path_of(&c->path, c->text))
        return mp_yaml_fail(mp_yaml_get(y, "field"), e, "'%s' is no path", c->text.p);
    if (y->n - (c->item.p != NULL) != 2)
        return mp_yaml_fail(y, e, "beside 'field' must stand one of: is below at_least known");
    struct mp_yaml *v;
    if (c->item.p && !mp_yaml_get(y, "is"))
        return mp_yaml_fail(mp_yaml_get(y, "item"), e, "'item' goes with 'is' only");
    if ((v = mp_yaml_get(y, "is"))) {
        c->kind = IS;
        return read_texts(a, v, true, &c->values, &c->n, e);
    }
    if ((v = mp_yaml_get(y, "known"))) {
        c->kind = KNOWN;
        return mp_yaml_bool(y, "known", &c->known, e);
    }
    c->kind = mp_yaml_get(y, "below") ? BELOW : AT_LEAST;
    v = mp_yaml_get(y, c->kind == BELOW ? "below" : "at_least");
    return read_number(v, &c->number, e);
}

const char mp_condition_statuses[] = "present suspected past absent other";

static int check_statuses(struct mp_yaml *y, const struct mp_condition *c, struct mp_error *e)
{
    for (size_t i = 0; i < c->n_statuses; i++)
        if (!mp_str_in(mp_condition_statuses, c->statuses[i]))
            return mp_yaml_fail(mp_yaml_item(y, i), e, "'%s' is none of: %s", c->statuses[i].p,
                                mp_condition_statuses);
    return 0;
}

static int read_signal(struct mp_arena *a, struct mp_yaml *y, struct mp_condition *c,
                       struct mp_error *e)
{
    c->kind = SIGNAL;
    c->text = MP_STR("signals");
    (void)mp_path_of(&c->path, c->text);
    if (mp_yaml_check(y, "signal status quote", e) < 0 ||
        read_texts(a, mp_yaml_get(y, "signal"), false, &c->codes, &c->n_codes, e) < 0 ||
        read_texts(a, mp_yaml_get(y, "status"), false, &c->statuses, &c->n_statuses, e) < 0 ||
        check_statuses(mp_yaml_get(y, "status"), c, e) < 0)
        return -1;
    if (c->n_codes == 0)
        return mp_yaml_fail(y, e, "behind 'signal' must stand a code or a list of codes");
    return read_texts(a, mp_yaml_get(y, "quote"), true, &c->values, &c->n, e);
}

static int read_parts(struct mp_arena *a, struct mp_yaml *y, struct mp_condition *c,
                      struct mp_error *e)
{
    struct mp_yaml *parts = y->items[0];
    const char *name = y->keys[0]->text.p;
    c->kind = strcmp(name, "all") == 0 ? ALL : strcmp(name, "any") == 0 ? ANY : NOT;
    if (y->n != 1)
        return mp_yaml_fail(y->keys[1], e, "'%s' must stand alone in its map", name);
    if (c->kind == NOT ? parts->kind != MP_YAML_MAP : parts->kind != MP_YAML_LIST)
        return mp_yaml_fail(parts, e, "behind '%s' must stand %s", name,
                            c->kind == NOT ? "one condition" : "a list of conditions");
    c->n = mp_yaml_count(parts);
    if (c->n == 0)
        return mp_yaml_fail(parts, e, "behind '%s' must stand a condition", name);
    c->parts = mp_arena_alloc(a, (c->n + 1) * sizeof *c->parts);
    if (!c->parts)
        return mp_error_memory(e);
    for (size_t i = 0; i < c->n; i++)
        if (mp_condition_read(a, mp_yaml_item(parts, i), &c->parts[i], e) < 0)
            return -1;
    return 0;
}

/* Recursion is bounded by the depth that mp_yaml_load allows. */
int mp_condition_read(struct mp_arena *a, struct mp_yaml *y, const struct mp_condition **out,
                      struct mp_error *e)
{
    struct mp_condition *c = mp_arena_alloc(a, sizeof *c);
    if (!c)
        return mp_error_memory(e);
    *out = c;
    if (mp_yaml_get(y, "field"))
        return read_field(a, y, c, e);
    if (mp_yaml_get(y, "signal"))
        return read_signal(a, y, c, e);
    if (mp_yaml_get(y, "all") || mp_yaml_get(y, "any") || mp_yaml_get(y, "not"))
        return read_parts(a, y, c, e);
    return mp_yaml_fail(y, e, "a condition has one of: field, signal, all, any, not");
}

static bool bind_signal(struct mp_condition *c, struct mp_lookup *l)
{
    c->place = mp_lookup_add_signals(l);
    for (size_t i = 0; i < c->n_codes; i++)
        if (!mp_codes_add(&l->codes, c->codes[i], &c->set))
            return false;
    for (size_t i = 0; i < c->n_statuses; i++) {
        unsigned bit = mp_codes_status(&l->codes, c->statuses[i]);
        c->status_bits |= bit;
        if (!bit)
            return false;
    }
    return c->place != MP_LOOKUP_NONE;
}

static bool bind(struct mp_condition *c, struct mp_lookup *l)
{
    if (c->kind == SIGNAL)
        return bind_signal(c, l);
    c->place = mp_lookup_add(l, &c->path);
    return c->place != MP_LOOKUP_NONE;
}

bool mp_condition_bind(const struct mp_condition *c, struct mp_lookup *l, uint64_t *places)
{
    if (c->parts) {
        for (size_t i = 0; i < c->n; i++)
            if (!mp_condition_bind(c->parts[i], l, places))
                return false;
        return true;
    }
    /* conditions are made by mp_condition_read alone, so none of them is truly const */
    if (!bind((struct mp_condition *)(uintptr_t)c, l))
        return false;
    *places |= UINT64_C(1) << c->place;
    return true;
}

/* `up`: more signals must not make it less true; else not more. */
static bool goes(const struct mp_condition *c, const char *keys, bool up)
{
    if (c->parts) {
        bool all = true;
        for (size_t i = 0; i < c->n; i++)
            all &= goes(c->parts[i], keys, c->kind == NOT ? !up : up);
        return all;
    }
    if (c->kind == SIGNAL)
        return up;
    return !mp_str_in(keys, c->path.keys[0]) || c->kind == (up ? AT_LEAST : BELOW) ||
           (c->kind == KNOWN && c->known == up);
}

bool mp_condition_grows(const struct mp_condition *c, const char *keys)
{
    return goes(c, keys, true);
}

/* Where an evaluation looks. */
struct view {
    yyjson_val *root;
    const struct mp_lookup *lookup; /* else the root is searched anew each time */
    unsigned without;               /* statuses that do not count; with a lookup only */
};

static yyjson_val *value_of(const struct mp_condition *c, const struct view *view)
{
    return view->lookup ? view->lookup->values[c->place] : mp_rec_get(view->root, &c->path);
}

/* False where it was noted before, or there is no room. */
static bool note(struct mp_str *list, size_t *n, struct mp_str what)
{
    for (size_t i = 0; i < *n; i++)
        if (mp_str_eq(list[i], what))
            return false;
    if (*n == MP_TRACE_MAX)
        return false;
    list[(*n)++] = what;
    return true;
}

static void note_field(struct mp_trace *trace, const struct mp_condition *c,
                       const struct view *view)
{
    if (note(trace->fields, &trace->n_fields, c->text))
        trace->values[trace->n_fields - 1] = value_of(c, view);
}

static bool any_glob(const struct mp_condition *c, struct mp_str folded)
{
    for (size_t i = 0; i < c->n; i++)
        if (mp_glob(c->values[i], folded))
            return true;
    return false;
}

static enum mp_truth is_one_of(struct mp_str text, const struct mp_condition *c,
                               const struct view *view, struct mp_trace *trace)
{
    text = mp_str_trim(text);
    char room[64]; /* most values are short and plain: no memory is asked for */
    if (text.n <= sizeof room && mp_utf8_ascii_run(text.p, text.n) == text.n) {
        for (size_t i = 0; i < text.n; i++)
            room[i] = (char)(text.p[i] >= 'A' && text.p[i] <= 'Z' ? text.p[i] + 32 : text.p[i]);
        return any_glob(c, (struct mp_str){room, text.n}) ? MP_TRUE : MP_FALSE;
    }
    struct mp_buf folded = {0};
    mp_utf8_fold(&folded, text);
    enum mp_truth truth = folded.failed                      ? MP_UNDECIDED
                          : any_glob(c, mp_buf_str(&folded)) ? MP_TRUE
                                                             : MP_FALSE;
    if (trace)
        trace->failed |= folded.failed;
    if (folded.failed && view->lookup && view->lookup->failed)
        *view->lookup->failed = true;
    mp_buf_free(&folded);
    return truth;
}

/* Text to compare; booleans under their JSON names. */
static struct mp_str comparable(yyjson_val *v)
{
    if (yyjson_is_bool(v))
        return yyjson_is_true(v) ? MP_STR("true") : MP_STR("false");
    return mp_rec_text(v);
}

/* Of a list, any of its items. */
static enum mp_truth is_any(yyjson_val *list, const struct mp_condition *c, const struct view *view,
                            struct mp_trace *trace)
{
    enum mp_truth truth = MP_FALSE;
    yyjson_arr_iter all = yyjson_arr_iter_with(list);
    for (yyjson_val *v; truth != MP_TRUE && (v = yyjson_arr_iter_next(&all));) {
        struct mp_str s = comparable(c->item.p ? mp_rec_member(v, c->item) : v);
        enum mp_truth t = s.p ? is_one_of(s, c, view, trace) : MP_FALSE;
        truth = t == MP_FALSE ? truth : t;
    }
    return truth;
}

/* Of a number that is known from least to most only: where both say the same. */
static enum mp_truth compare_range(const struct mp_condition *c, const struct mp_range *r)
{
    bool least = (c->kind == BELOW) == ((double)r->least < c->number);
    bool most = (c->kind == BELOW) == ((double)r->most < c->number);
    return least != most ? MP_UNDECIDED : least ? MP_TRUE : MP_FALSE;
}

static enum mp_truth eval_field(const struct mp_condition *c, const struct view *view,
                                struct mp_trace *trace)
{
    yyjson_val *value = value_of(c, view);
    if (view->lookup && (view->lookup->ranged >> c->place & 1) &&
        (c->kind == BELOW || c->kind == AT_LEAST))
        return compare_range(c, &view->lookup->ranges[c->place]);
    if (c->kind == KNOWN)
        return (value != NULL) == c->known ? MP_TRUE : MP_FALSE;
    if (c->kind == IS && yyjson_is_arr(value))
        return is_any(value, c, view, trace);
    struct mp_str s = comparable(value);
    if (!s.p)
        return MP_UNDECIDED;
    if (c->kind == IS)
        return is_one_of(s, c, view, trace);
    double v;
    if (!mp_condition_number(s, &v))
        return MP_UNDECIDED;
    return (c->kind == BELOW) == (v < c->number) ? MP_TRUE : MP_FALSE;
}

static bool has(const struct mp_str *list, size_t n, struct mp_str s)
{
    for (size_t i = 0; i < n; i++)
        if (mp_str_eq(list[i], s))
            return true;
    return false;
}

static void note_signal(struct mp_trace *trace, yyjson_val *signal)
{
    for (size_t i = 0; i < trace->n_signals; i++)
        if (trace->signals[i] == signal)
            return;
    if (trace->n_signals < MP_TRACE_MAX)
        trace->signals[trace->n_signals++] = signal;
}

static bool is_left_out(struct mp_str status, const struct view *view)
{
    for (size_t i = 0; view->without && i < view->lookup->codes.n_statuses; i++)
        if ((view->without >> i & 1) && mp_str_eq(view->lookup->codes.statuses[i], status))
            return true;
    return false;
}

static bool is_match(const struct mp_condition *c, const struct view *view, yyjson_val *s,
                     struct mp_trace *trace)
{
    struct mp_str status = mp_rec_text(yyjson_obj_get(s, "status"));
    if (!has(c->codes, c->n_codes, mp_rec_text(yyjson_obj_get(s, "code"))) ||
        (c->n_statuses > 0 && !has(c->statuses, c->n_statuses, status)) ||
        is_left_out(status, view))
        return false;
    struct mp_str quote = mp_rec_text(yyjson_obj_get(s, "quote"));
    return c->n == 0 || (quote.p && is_one_of(quote, c, view, trace) == MP_TRUE);
}

static enum mp_truth eval_signal(const struct mp_condition *c, const struct view *view,
                                 struct mp_trace *trace)
{
    yyjson_val *signals = value_of(c, view);
    if (!yyjson_is_arr(signals))
        return MP_UNDECIDED;
    if (view->lookup) {
        const struct mp_codes *codes = &view->lookup->codes;
        bool any = mp_codes_any(codes, &c->set, c->status_bits, view->without);
        if (!any || (!trace && c->n == 0))
            return any ? MP_TRUE : MP_FALSE;
    }
    enum mp_truth truth = MP_FALSE;
    yyjson_arr_iter all = yyjson_arr_iter_with(signals);
    for (yyjson_val *s; (s = yyjson_arr_iter_next(&all));) {
        if (!is_match(c, view, s, trace))
            continue;
        truth = MP_TRUE;
        if (trace)
            note_signal(trace, s);
    }
    return truth;
}

static enum mp_truth eval(const struct mp_condition *c, const struct view *view,
                          struct mp_trace *trace);

static enum mp_truth eval_parts(const struct mp_condition *c, const struct view *view,
                                struct mp_trace *trace)
{
    enum mp_truth decided = c->kind == ALL ? MP_FALSE : MP_TRUE;
    enum mp_truth truth = c->kind == ALL ? MP_TRUE : MP_FALSE;
    uint64_t places = trace ? trace->missing_places : 0;
    for (size_t i = 0; i < c->n; i++) {
        size_t fields = trace ? trace->n_fields : 0, signals = trace ? trace->n_signals : 0;
        enum mp_truth t = eval(c->parts[i], view, trace);
        if (trace && t != MP_TRUE) { /* what it found is no reason */
            trace->n_fields = fields;
            trace->n_signals = signals;
        }
        if (t == decided)
            truth = decided;
        else if (t == MP_UNDECIDED && truth != decided)
            truth = MP_UNDECIDED;
    }
    if (trace && truth != MP_UNDECIDED) /* what it misses would change nothing */
        trace->missing_places = places;
    return truth;
}

static void note_missing(struct mp_trace *trace, const struct mp_condition *c,
                         const struct view *view)
{
    (void)note(trace->missing, &trace->n_missing, c->text);
    if (view->lookup)
        trace->missing_places |= UINT64_C(1) << c->place;
}

static enum mp_truth eval_not(const struct mp_condition *c, const struct view *view,
                              struct mp_trace *trace)
{
    struct mp_trace inner;
    inner.n_missing = inner.n_fields = inner.n_signals = 0;
    inner.missing_places = 0;
    inner.failed = false;
    enum mp_truth truth = eval(c->parts[0], view, &inner);
    for (size_t i = 0; trace && i < inner.n_missing; i++)
        (void)note(trace->missing, &trace->n_missing, inner.missing[i]);
    if (trace) {
        trace->missing_places |= inner.missing_places;
        trace->failed |= inner.failed;
    }
    return truth == MP_UNDECIDED ? truth : truth == MP_TRUE ? MP_FALSE : MP_TRUE;
}

static enum mp_truth eval(const struct mp_condition *c, const struct view *view,
                          struct mp_trace *trace)
{
    if (c->kind == NOT)
        return eval_not(c, view, trace);
    if (c->parts)
        return eval_parts(c, view, trace);
    enum mp_truth truth =
        c->kind == SIGNAL ? eval_signal(c, view, trace) : eval_field(c, view, trace);
    if (trace && truth == MP_UNDECIDED)
        note_missing(trace, c, view);
    if (trace && truth == MP_TRUE && c->kind != SIGNAL)
        note_field(trace, c, view);
    return truth;
}

enum mp_truth mp_condition_eval(const struct mp_condition *c, yyjson_val *root,
                                struct mp_trace *trace)
{
    return eval(c, &(struct view){.root = root}, trace);
}

enum mp_truth mp_condition_eval_in(const struct mp_condition *c, const struct mp_lookup *l,
                                   struct mp_trace *trace)
{
    return eval(c, &(struct view){.lookup = l}, trace);
}

enum mp_truth mp_condition_eval_without(const struct mp_condition *c, const struct mp_lookup *l,
                                        unsigned statuses)
{
    return eval(c, &(struct view){.lookup = l, .without = statuses}, NULL);
}
