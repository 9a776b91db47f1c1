/* What is to be done for one record, by when and by whom. */
#include "rules/actions.h"
#include "io/json.h"

enum { OPEN = 1, CLOSED = 2 };
enum { LONGEST = 3660 }; /* days of a term */

enum anchor { MISSING_SINCE, REPORTED_AT, RETURNED_AT, ANCHORS };

static const char *const anchors[] = {"missing_since", "reported_at", "returned_at"};

struct term {
    int32_t n;  /* days or hours */
    char unit;  /* d or h; 0: there is no such term */
    int64_t in; /* minutes, summer time left out of account */
};

struct mp_action {
    struct mp_str id;
    unsigned phases;
    struct mp_when when, unless, done, planned;
    enum anchor from[ANCHORS];
    size_t n_from;
    struct term after, every, not_before, until;
    size_t team;             /* place in the list of teams, or its length: none */
    struct mp_str head, end; /* JSON before the due time, and behind the hours */
};

struct loader {
    struct mp_actions *a;
    const struct mp_rules *r;
    struct mp_yaml *owners;
    struct mp_buf text; /* scratch */
    struct mp_error *e;
};

/* What stands in the scratch buffer, kept. */
static int keep(struct loader *l, struct mp_str *out)
{
    *out = mp_arena_str(l->r->arena, mp_buf_str(&l->text));
    l->text.len = 0;
    return out->p && !l->text.failed ? 0 : mp_error_memory(l->e);
}

static int read_owners(struct loader *l, struct mp_yaml *root)
{
    struct mp_str name;
    l->owners = mp_yaml_get(root, "owners");
    if (!l->owners || l->owners->kind != MP_YAML_MAP)
        return mp_yaml_fail(l->owners ? l->owners : root, l->e,
                            "'owners' must be a map of codes to names");
    for (size_t i = 0; i < l->owners->n; i++)
        if (mp_rules_text(l->r, l->owners, l->owners->keys[i]->text.p, &name, l->e) < 0)
            return -1;
    return 0;
}

static int read_teams(struct loader *l, struct mp_yaml *root)
{
    struct mp_actions *a = l->a;
    if (mp_rules_list(root, "forward", &a->n_teams, l->e) < 0)
        return -1;
    struct mp_yaml *list = mp_yaml_get(root, "forward");
    if (a->n_teams > MP_ACTIONS_MAX)
        return mp_yaml_fail(list, l->e, "more than %d teams", MP_ACTIONS_MAX);
    a->teams = mp_arena_alloc(l->r->arena, (a->n_teams + 1) * sizeof *a->teams);
    if (!a->teams)
        return mp_error_memory(l->e);
    for (size_t i = 0; i < a->n_teams; i++) {
        if (mp_yaml_is_text(list->items[i], l->e) < 0)
            return -1;
        mp_json_add_str(&l->text, list->items[i]->text);
        if (keep(l, &a->teams[i]) < 0)
            return -1;
    }
    return 0;
}

static int read_phases(struct loader *l, struct mp_yaml *map, struct mp_action *act)
{
    struct mp_yaml *y = mp_yaml_get(map, "phase");
    if (mp_yaml_count(y) == 0)
        return mp_yaml_fail(y ? y : map, l->e, "'phase' must be open, closed, or a list of both");
    for (size_t i = 0; i < mp_yaml_count(y); i++) {
        struct mp_yaml *item = mp_yaml_item(y, i);
        if (mp_yaml_is_text(item, l->e) < 0)
            return -1;
        unsigned phase = mp_str_is(item->text, "open")     ? OPEN
                         : mp_str_is(item->text, "closed") ? CLOSED
                                                           : 0;
        if (!phase)
            return mp_yaml_fail(item, l->e, "'%s' is neither open nor closed", item->text.p);
        act->phases |= phase;
    }
    return 0;
}

static int read_anchors(struct loader *l, struct mp_yaml *map, struct mp_action *act)
{
    struct mp_yaml *y = mp_yaml_get(map, "from");
    if (mp_yaml_count(y) > ANCHORS)
        return mp_yaml_fail(y, l->e, "there are no more than %d times to count from", ANCHORS);
    for (size_t i = 0; i < mp_yaml_count(y); i++) {
        struct mp_yaml *item = mp_yaml_item(y, i);
        unsigned from = 0;
        if (mp_yaml_is_text(item, l->e) < 0)
            return -1;
        while (from < ANCHORS && !mp_str_is(item->text, anchors[from]))
            from++;
        if (from == ANCHORS)
            return mp_yaml_fail(item, l->e, "'%s' is none of: %s %s %s", item->text.p, anchors[0],
                                anchors[1], anchors[2]);
        if (from == RETURNED_AT && (act->phases & OPEN))
            return mp_yaml_fail(item, l->e, "what is open has no return to count from");
        act->from[act->n_from++] = (enum anchor)from;
    }
    return 0;
}

static int read_term(struct loader *l, struct mp_yaml *map, const char *key,
                     const struct mp_action *act, struct term *out)
{
    struct mp_str s = {0};
    if (mp_yaml_text(map, key, false, &s, l->e) < 0)
        return -1;
    if (!s.p)
        return 0;
    struct mp_yaml *at = mp_yaml_get(map, key);
    if (act->n_from == 0)
        return mp_yaml_fail(at, l->e, "'%s' needs 'from': what it counts from", key);
    size_t i = 0;
    for (; i < s.n && i < 6 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        out->n = out->n * 10 + (s.p[i] - '0');
    out->unit = s.n > 0 ? s.p[s.n - 1] : '\0';
    if (i == 0 || i + 1 != s.n || (out->unit != 'h' && out->unit != 'd'))
        return mp_yaml_fail(at, l->e, "'%s' is no term, such as 72h (hours) or 14d (days)", s.p);
    out->in = (int64_t)out->n * (out->unit == 'd' ? MP_MINUTES_A_DAY : 60);
    if (out->in > LONGEST * MP_MINUTES_A_DAY)
        return mp_yaml_fail(at, l->e, "a term goes up to %d days", LONGEST);
    return 0;
}

static int read_terms(struct loader *l, struct mp_yaml *map, struct mp_action *act)
{
    if (read_anchors(l, map, act) < 0 || read_term(l, map, "after", act, &act->after) < 0 ||
        read_term(l, map, "every", act, &act->every) < 0 ||
        read_term(l, map, "not_before", act, &act->not_before) < 0 ||
        read_term(l, map, "until", act, &act->until) < 0)
        return -1;
    if (act->every.unit && act->every.in < MP_MINUTES_A_DAY) /* less leaves a day alone as it is */
        return mp_yaml_fail(mp_yaml_get(map, "every"), l->e, "'every' must be a day or more");
    if (!act->after.unit)
        act->after = act->every;
    return 0;
}

static int read_team(struct loader *l, struct mp_yaml *map, struct mp_action *act)
{
    struct mp_str name = {0};
    struct mp_actions *a = l->a;
    act->team = a->n_teams;
    if (mp_yaml_text(map, "forward", false, &name, l->e) < 0)
        return -1;
    if (!name.p)
        return 0;
    mp_json_add_str(&l->text, name);
    for (size_t i = 0; i < a->n_teams; i++)
        if (mp_str_eq(a->teams[i], mp_buf_str(&l->text)))
            act->team = i;
    l->text.len = 0;
    if (act->team == a->n_teams && !l->text.failed)
        return mp_yaml_fail(mp_yaml_get(map, "forward"), l->e,
                            "'%s' is not in the file's list 'forward'", name.p);
    return l->text.failed ? mp_error_memory(l->e) : 0;
}

static int read_texts(struct loader *l, struct mp_yaml *map, struct mp_action *act)
{
    struct mp_str what, why, code = {0}, owner, source = {0};
    if (mp_rules_text(l->r, map, "what", &what, l->e) < 0 ||
        mp_yaml_text(map, "owner", true, &code, l->e) < 0 ||
        mp_rules_text(l->r, map, "why", &why, l->e) < 0 ||
        mp_yaml_text(map, "source", true, &source, l->e) < 0)
        return -1;
    if (!mp_yaml_get(l->owners, code.p))
        return mp_yaml_fail(mp_yaml_get(map, "owner"), l->e, "'%s' is not among the file's owners",
                            code.p);
    if (mp_rules_text(l->r, l->owners, code.p, &owner, l->e) < 0)
        return -1;
    mp_buf_addc(&l->text, '{');
    mp_json_add_field(&l->text, "action", act->id);
    mp_json_add_field(&l->text, "what", what);
    mp_json_add_key(&l->text, "due");
    size_t split = l->text.len;
    mp_json_add_field(&l->text, "owner", owner);
    mp_json_add_field(&l->text, "why", why);
    mp_json_add_field(&l->text, "source", source);
    mp_buf_addc(&l->text, '}');
    if (keep(l, &act->head) < 0)
        return -1;
    act->end = (struct mp_str){act->head.p + split, act->head.n - split};
    act->head.n = split;
    return 0;
}

static int read_action(struct loader *l, struct mp_yaml *map, struct mp_action *act)
{
    struct mp_actions *a = l->a;
    if (mp_yaml_check(map,
                      "id phase when unless done planned from after every not_before until what "
                      "owner why source forward",
                      l->e) < 0 ||
        mp_yaml_text(map, "id", true, &act->id, l->e) < 0)
        return -1;
    for (size_t i = 0; i < a->n; i++)
        if (mp_str_eq(a->all[i].id, act->id))
            return mp_yaml_fail(mp_yaml_get(map, "id"), l->e, "a second action '%s'", act->id.p);
    if (read_phases(l, map, act) < 0 ||
        mp_rules_when(l->r, map, "when", false, &act->when, l->e) < 0 ||
        mp_rules_when(l->r, map, "unless", false, &act->unless, l->e) < 0 ||
        mp_rules_when(l->r, map, "done", false, &act->done, l->e) < 0 ||
        mp_rules_when(l->r, map, "planned", false, &act->planned, l->e) < 0 ||
        read_terms(l, map, act) < 0 || read_team(l, map, act) < 0)
        return -1;
    return read_texts(l, map, act);
}

static int read_list(struct loader *l, struct mp_yaml *root)
{
    struct mp_actions *a = l->a;
    size_t n;
    if (mp_rules_list(root, "list", &n, l->e) < 0)
        return -1;
    struct mp_yaml *list = mp_yaml_get(root, "list");
    if (n > MP_ACTIONS_MAX)
        return mp_yaml_fail(list, l->e, "more than %d actions", MP_ACTIONS_MAX);
    a->all = mp_arena_alloc(l->r->arena, (n + 1) * sizeof *a->all);
    if (!a->all)
        return mp_error_memory(l->e);
    for (; a->n < n; a->n++)
        if (read_action(l, list->items[a->n], &a->all[a->n]) < 0)
            return -1;
    return 0;
}

int mp_actions_load(struct mp_actions *a, const struct mp_rules *r, const char *path,
                    struct mp_error *e)
{
    struct loader l = {.a = a, .r = r, .e = e};
    struct mp_yaml *root;
    *a = (struct mp_actions){0};
    int result = mp_rules_load(r, path, "actions", "owners forward list", &root, &a->label, e);
    if (result == 0 &&
        (read_owners(&l, root) < 0 || read_teams(&l, root) < 0 || read_list(&l, root) < 0))
        result = -1;
    mp_buf_free(&l.text);
    return result;
}

/* One action of a record. */
struct todo {
    const struct mp_action *act;
    struct mp_time due;
    int64_t in; /* minutes from the moment to the due time */
    bool overdue, planned;
};

/* 0: it has not begun. */
static unsigned phase_of(const struct mp_case *k)
{
    return k->is_open == MP_UNDECIDED ? 0 : k->is_open == MP_TRUE ? OPEN : CLOSED;
}

static struct mp_time from_of(const struct mp_action *act, const struct mp_case *k)
{
    const struct mp_time *times[] = {
        [MISSING_SINCE] = &k->missing, [REPORTED_AT] = &k->reported, [RETURNED_AT] = &k->returned};
    for (size_t i = 0; i < act->n_from; i++)
        if (times[act->from[i]]->known)
            return *times[act->from[i]];
    return (struct mp_time){0};
}

/* Not known without a term or a time that it counts from. */
static struct mp_time plus(struct mp_time t, const struct term *term)
{
    if (!term->unit)
        return (struct mp_time){0};
    return term->unit == 'd' ? mp_time_plus_days(t, term->n) : mp_time_plus_hours(t, term->n);
}

/* Whether a time has come at the moment; a day alone comes with its first minute. */
static bool has_come(struct mp_time t, const struct mp_case *k)
{
    if (t.minute < 0)
        t.minute = 0;
    return t.known && k->now.known && mp_time_cmp(t, k->now) <= 0;
}

/* Where nobody knows when it began, the report tells for how long it is listed. */
static bool is_listed(const struct mp_action *act, struct mp_time from, const struct mp_case *k)
{
    struct mp_time known = from.known ? from : k->reported.known ? k->reported : k->missing;
    return (!act->not_before.unit || has_come(plus(from, &act->not_before), k)) &&
           !has_come(plus(known, &act->until), k);
}

/* The first due time or, of what recurs, the first one that has not come yet: most of what passed
 * is skipped at once. */
static struct mp_time due_of(const struct mp_action *act, struct mp_time from,
                             const struct mp_case *k)
{
    struct mp_time due = plus(from, &act->after);
    if (!act->every.unit || !has_come(due, k))
        return due;
    int64_t times = mp_time_elapsed(due, k->now) / act->every.in;
    struct term skipped = act->every;
    skipped.n = (int32_t)times * act->every.n;
    due = plus(due, &skipped);
    while (has_come(due, k))
        due = plus(due, &act->every);
    return due;
}

static bool find(struct todo *t, const struct mp_action *act, const struct mp_case *k)
{
    struct mp_time from = from_of(act, k);
    if (!is_listed(act, from, k) || mp_when_holds(&act->unless, k) || mp_when_holds(&act->done, k))
        return false;
    *t = (struct todo){.act = act, .due = due_of(act, from, k)};
    t->planned = mp_when_holds(&act->planned, k);
    t->overdue = has_come(t->due, k);
    if (t->due.known && k->now.known)
        t->in = mp_time_elapsed(k->now, t->due);
    return true;
}

static bool is_before(const struct todo *a, const struct todo *b)
{
    if (!a->due.known || !b->due.known)
        return a->due.known;
    return mp_time_elapsed(a->due, b->due) > 0;
}

static void add_todo(struct mp_buf *b, const struct todo *t, bool knows_now)
{
    mp_buf_addstr(b, t->act->head);
    if (t->due.known) {
        mp_buf_addc(b, '"');
        mp_time_add(b, t->due);
        mp_buf_addc(b, '"');
    } else {
        mp_buf_adds(b, "null");
    }
    if (t->due.known && knows_now) {
        int64_t hours = t->in / 60;
        mp_buf_adds(b,
                    t->overdue ? ",\"overdue\":true,\"hours\":" : ",\"overdue\":false,\"hours\":");
        mp_buf_adds(b, hours < 0 ? "-" : "");
        mp_buf_addu(b, (uint64_t)(hours < 0 ? -hours : hours));
    } else {
        mp_buf_adds(b, ",\"overdue\":null,\"hours\":null");
    }
    mp_buf_adds(b, t->planned ? ",\"planned\":true" : "");
    mp_buf_addstr(b, t->act->end);
}

static void add_teams(struct mp_buf *b, const struct mp_actions *a, uint64_t teams)
{
    mp_buf_adds(b, ",\"forward\":[");
    for (uint64_t left = teams; left; left &= left - 1) {
        if (left != teams)
            mp_buf_addc(b, ',');
        mp_buf_addstr(b, a->teams[__builtin_ctzll(left)]);
    }
    mp_buf_addc(b, ']');
}

size_t mp_actions_add(struct mp_buf *b, const struct mp_actions *a, const struct mp_case *k,
                      struct mp_time *first)
{
    struct todo list[MP_ACTIONS_MAX];
    size_t n = 0;
    uint64_t teams = 0;
    unsigned phase = phase_of(k);
    for (size_t i = 0; i < a->n; i++) {
        const struct mp_action *act = &a->all[i];
        struct todo t;
        if (!(act->phases & phase) || (act->when.condition && !mp_when_holds(&act->when, k)))
            continue;
        if (act->team < a->n_teams)
            teams |= UINT64_C(1) << act->team;
        if (!find(&t, act, k))
            continue;
        size_t at = n++; /* behind all that are due no later */
        for (; at > 0 && is_before(&t, &list[at - 1]); at--)
            list[at] = list[at - 1];
        list[at] = t;
    }
    mp_buf_adds(b, ",\"actions\":[");
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            mp_buf_addc(b, ',');
        add_todo(b, &list[i], k->now.known);
    }
    mp_buf_addc(b, ']');
    add_teams(b, a, teams);
    *first = n > 0 ? list[0].due : (struct mp_time){0};
    return n;
}
