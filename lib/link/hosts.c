/* Hosts that are named with several youths. */
#include "link/hosts.h"
#include "io/json.h"
#include <stdlib.h>

enum kind { ADDRESS, PHONE, PLATE, HANDLE, LODGING, PERSON, BESIDE, N_KINDS };

enum {
    CROWD = 1000,    /* different values of one key that are compared with one another */
    YEARS_APART = 1, /* two ages of one person, as others guess them */
    COUNTED = 100,   /* youths of hosts that are put together; beyond, the largest list tells */
    LONGEST = 200    /* bytes of a value; what is longer is none of ours */
};

static const char *const names[] = {"address", "phone", "plate", "handle", "lodging", "person"};

/* A host as one report names it. BESIDE: a person by the first name and what is named beside it. */
struct mp_link_named {
    const struct mp_link_report *report;
    struct mp_str value, key; /* what has not the same key cannot agree */
    struct mp_str beside;     /* BESIDE: the value of the other; else n 0 */
    uint8_t kind;
};

/* ---- what reports name ---- */

/* Up to the town of an address, up to the second name of a person. */
static struct mp_str key_of(enum kind kind, struct mp_str value)
{
    char end = kind == PERSON ? ' ' : kind == ADDRESS || kind == LODGING ? ',' : '\0';
    const char *p = end ? memchr(value.p, end, value.n) : NULL;
    return (struct mp_str){value.p, p ? (size_t)(p - value.p) : value.n};
}

static bool keep(struct mp_link_reports *r, struct mp_link_named named)
{
    if (!mp_store_room(r->store, &r->named, r->n_named, &r->cap_named, sizeof *r->named))
        return false;
    r->named[r->n_named++] = named;
    return named.value.p && named.key.p;
}

/* A person with a first name and what else the report names, from place `first` on: "milan", and
 * the address at which he lives. */
static bool keep_beside(struct mp_link_reports *r, size_t first)
{
    size_t end = r->n_named;
    for (size_t i = first; i < end; i++)
        for (size_t k = first; r->named[i].kind == PERSON && k < end; k++) {
            struct mp_link_named one = r->named[i];
            const struct mp_link_named *other = &r->named[k];
            if (other->kind > HANDLE)
                continue;
            r->scratch.len = 0;
            mp_buf_addstr(&r->scratch, one.key);
            mp_buf_addc(&r->scratch, '\x1f');
            mp_buf_addstr(&r->scratch, other->key);
            one.kind = BESIDE;
            one.beside = other->value;
            one.key = mp_arena_str(&r->arena, mp_buf_str(&r->scratch));
            if (r->scratch.failed || !keep(r, one))
                return false;
        }
    return true;
}

bool mp_link_hosts_keep(struct mp_link_reports *r, const struct mp_link_report *one,
                        yyjson_val *root)
{
    yyjson_val *hosts = yyjson_obj_get(root, "hosts");
    yyjson_arr_iter all = yyjson_arr_iter_with(hosts);
    size_t first = r->n_named;
    if (!hosts || one->whole || r->model->persons)
        return true;
    for (yyjson_val *v; (v = yyjson_arr_iter_next(&all));) {
        struct mp_str kind = mp_rec_text(yyjson_obj_get(v, "kind"));
        struct mp_str value = mp_rec_text(yyjson_obj_get(v, "value"));
        size_t k = 0;
        while (k < BESIDE && !(kind.p && mp_str_is(kind, names[k])))
            k++;
        if (k == BESIDE || value.n == 0 || value.n > LONGEST)
            continue;
        struct mp_link_named named = {.report = one, .kind = (uint8_t)k};
        named.value = mp_arena_str(&r->arena, value);
        named.key = named.value.p ? key_of((enum kind)k, named.value) : (struct mp_str){0};
        if (!keep(r, named))
            return false;
    }
    return keep_beside(r, first);
}

/* ---- who is one ---- */

/* What is said of a person: "milan", "milan k 29", "milan van der klis". */
struct person {
    struct mp_str family; /* its last word; n 0: not known */
    int age, year;        /* year of the report; 0: not known */
};

static struct person person_of(const struct mp_link_named *named)
{
    struct mp_str rest = {named->value.p + named->key.n, named->value.n - named->key.n};
    struct person p = {.family = {NULL, 0}};
    int month, day;
    if (named->report->reported.known)
        mp_date_civil(named->report->reported.day, &p.year, &month, &day);
    while (rest.n > 0) {
        const char *blank = memrchr(rest.p, ' ', rest.n);
        size_t begin = blank ? (size_t)(blank - rest.p) + 1 : 0;
        struct mp_str word = {rest.p + begin, rest.n - begin};
        bool digits = word.n > 0 && word.n < 4 && word.p[0] >= '0' && word.p[0] <= '9';
        rest.n = blank ? begin - 1 : 0;
        for (size_t i = 0; digits && p.age < 1000 && i < word.n; i++)
            p.age = p.age * 10 + (word.p[i] - '0');
        if (digits)
            continue;
        p.family = word;
        break;
    }
    return p;
}

/* -1: they differ, 0: one of them is not known, 1: they agree. An initial agrees with its name. */
static int families(struct mp_str a, struct mp_str b)
{
    if (a.n == 0 || b.n == 0)
        return 0;
    bool same = a.n == 1 || b.n == 1 ? a.p[0] == b.p[0] : mp_str_eq(a, b);
    return same ? 1 : -1;
}

/* The same, of ages; who was 29 last year is about 30 now. */
static int ages(const struct person *a, const struct person *b)
{
    if (!a->age || !b->age)
        return 0;
    int passed = a->year && b->year ? b->year - a->year : 0;
    return abs(b->age - a->age - passed) <= YEARS_APART ? 1 : -1;
}

/* Whether two of one first name are one: their ages or families agree, and neither differs. */
static bool is_one(const struct mp_link_named *x, const struct mp_link_named *y)
{
    struct person a = person_of(x), b = person_of(y);
    int family = families(a.family, b.family), age = ages(&a, &b);
    return family >= 0 && age >= 0 && family + age > 0;
}

/* Whether two values that are equal up to their towns name the same, or only one names it. */
static bool same_town(struct mp_str a, struct mp_str b)
{
    return !memchr(a.p, ',', a.n) || !memchr(b.p, ',', b.n) || mp_str_eq(a, b);
}

/* Whether two of one kind and key are one host. */
static bool agree(const struct mp_link_named *a, const struct mp_link_named *b)
{
    return a->kind == PERSON   ? is_one(a, b)
           : a->kind == BESIDE ? same_town(a->beside, b->beside)
                               : same_town(a->value, b->value);
}

/* ---- who is named with whom ---- */

static int by_key(const void *a, const void *b)
{
    const struct mp_link_named *x = a, *y = b;
    int d = x->kind - y->kind;
    if (!d)
        d = mp_str_cmp(x->key, y->key);
    if (!d)
        d = mp_str_cmp(x->value, y->value);
    if (!d)
        d = mp_str_cmp(x->beside, y->beside);
    return d ? d : (x->report->rank > y->report->rank) - (x->report->rank < y->report->rank);
}

static int by_person(const void *a, const void *b)
{
    const struct mp_link_episode *const *x = a, *const *y = b;
    return strcmp((*x)->person_id, (*y)->person_id);
}

/* Those of one key: [begin, end) of the sorted. A class are those that say just the same. */
struct run {
    struct mp_link_reports *r;
    struct mp_link_episodes *episodes;
    struct mp_link_named *named;
    size_t begin, end;
    const struct mp_link_episode **met; /* scratch: one for each of the run */
};

/* Ages of different years are not the same. */
static bool same_class(const struct mp_link_named *a, const struct mp_link_named *b)
{
    return mp_str_eq(a->value, b->value) && mp_str_eq(a->beside, b->beside) &&
           (a->kind != PERSON || person_of(a).year == person_of(b).year);
}

static size_t class_end(const struct run *u, size_t i)
{
    size_t end = i + 1;
    while (end < u->end && same_class(&u->named[i], &u->named[end]))
        end++;
    return end;
}

/* The youths of all that agree with item i, each once, by id; how many. */
static size_t meet(const struct run *u, size_t i, bool crowd)
{
    size_t n = 0, kept = 0;
    for (size_t k = u->begin, end; k < u->end; k = end) {
        end = class_end(u, k);
        bool mine = same_class(&u->named[i], &u->named[k]);
        if ((crowd && !mine) || !agree(&u->named[i], &u->named[k]))
            continue;
        for (size_t j = k; j < end; j++)
            u->met[n++] = u->named[j].report->episode;
    }
    if (n)
        qsort(u->met, n, sizeof *u->met, by_person);
    for (size_t k = 0; k < n; k++)
        if (!kept || strcmp(u->met[kept - 1]->person_id, u->met[k]->person_id))
            u->met[kept++] = u->met[k];
    return kept;
}

static bool comes_before(const struct mp_link_shared *a, const struct mp_link_shared *b)
{
    int d = a->kind - b->kind;
    if (!d)
        d = mp_str_cmp(a->value, b->value);
    return d ? d < 0 : a->report->rank <= b->report->rank;
}

/* Tells the episode of the report that it names a host with n youths. */
static bool share(const struct run *u, const struct mp_link_named *named,
                  const struct mp_link_episode *const *persons, size_t n)
{
    struct mp_link_shared *new = mp_arena_alloc(&u->episodes->arena, sizeof *new);
    if (!new)
        return false;
    *new = (struct mp_link_shared){.report = named->report,
                                   .value = named->value,
                                   .persons = persons,
                                   .n = (uint32_t)n,
                                   .kind = named->kind == BESIDE ? PERSON : named->kind};
    struct mp_link_episode *e = named->report->episode;
    bool on = e->shared_last && comes_before(e->shared_last, new); /* mostly they come in order */
    struct mp_link_shared **at = on ? &e->shared_last->next : &e->shared;
    while (*at && comes_before(*at, new))
        at = &(*at)->next;
    new->next = *at;
    *at = e->shared_last = new;
    return true;
}

static bool share_class(const struct run *u, size_t begin, size_t end, bool crowd)
{
    size_t n = meet(u, begin, crowd), size = n * sizeof *u->met;
    if (n < 2)
        return true;
    const struct mp_link_episode **persons = mp_arena_alloc(&u->episodes->arena, size);
    if (!persons)
        return false;
    memcpy(persons, u->met, size);
    for (size_t i = begin; i < end; i++)
        if (!share(u, &u->named[i], persons, n))
            return false;
    return true;
}

static bool share_run(const struct run *u)
{
    size_t classes = 0;
    bool several = false;
    for (size_t i = u->begin; i < u->end; i++)
        several |= u->named[i].report->person != u->named[u->begin].report->person;
    if (!several)
        return true;
    for (size_t i = u->begin; i < u->end; i = class_end(u, i))
        classes++;
    for (size_t i = u->begin, end; i < u->end; i = end) {
        end = class_end(u, i);
        mp_store_breathe(u->r->store);
        if (!share_class(u, i, end, classes > CROWD))
            return false;
    }
    return true;
}

/* Those of reports that a newer version has replaced are gone. */
static size_t drop_gone(struct mp_link_reports *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_named; i++)
        if (r->named[i].report->episode)
            r->named[n++] = r->named[i];
    return n;
}

int mp_link_hosts(struct mp_link_reports *r, struct mp_link_episodes *episodes, struct mp_error *e)
{
    size_t n = drop_gone(r);
    if (n == 0)
        return 0;
    struct run u = {.r = r, .episodes = episodes, .named = r->named};
    u.met = mp_store_new(r->store, n * sizeof *u.met);
    if (!u.met)
        return mp_error_memory(e);
    bool fine = true;
    qsort(u.named, n, sizeof *u.named, by_key);
    for (u.begin = 0; fine && u.begin < n; u.begin = u.end) {
        const struct mp_link_named *first = &u.named[u.begin];
        for (u.end = u.begin + 1; u.end < n && u.named[u.end].kind == first->kind &&
                                  mp_str_eq(u.named[u.end].key, first->key);)
            u.end++;
        fine = share_run(&u);
    }
    mp_store_drop(r->store, (void *)u.met);
    return fine ? 0 : mp_error_memory(e);
}

/* ---- what is written ---- */

/* The next one that the report names, from `at` on. */
static const struct mp_link_shared *next_of(const struct mp_link_shared *at,
                                            const struct mp_link_report *report)
{
    while (at && report && at->report != report)
        at = at->next;
    return at;
}

static bool is_same(const struct mp_link_shared *a, const struct mp_link_shared *b)
{
    return b && a->kind == b->kind && mp_str_eq(a->value, b->value);
}

/* The first of the youths of hosts `from` up to `to` whose id comes behind `last`; NULL: none. */
static const char *next_person(const struct mp_link_shared *from, const struct mp_link_shared *to,
                               const struct mp_link_report *report, const char *last)
{
    const char *best = NULL;
    for (const struct mp_link_shared *s = from; s != to; s = next_of(s->next, report)) {
        size_t low = 0;
        for (size_t n = s->n, half; n > 0; n -= half) { /* the first behind `last` */
            half = (n + 1) / 2;
            low += strcmp(s->persons[low + half - 1]->person_id, last) <= 0 ? half : 0;
        }
        if (low < s->n && (!best || strcmp(s->persons[low]->person_id, best) < 0))
            best = s->persons[low]->person_id;
    }
    return best;
}

/* Whether all of [from, to) are with the same youths, as hosts that say just the same are. */
static bool is_one_list(const struct mp_link_shared *from, const struct mp_link_shared *to,
                        const struct mp_link_report *report)
{
    const struct mp_link_shared *s = from;
    while (s != to && s->persons == from->persons)
        s = next_of(s->next, report);
    return s == to;
}

static void list_person(struct mp_buf *list, size_t i, const char *id)
{
    if (i >= MP_LINK_HOST_LISTED)
        return;
    mp_buf_addc(list, i ? ',' : '[');
    mp_json_add_str(list, mp_str_of(id));
}

/* Appends one host, which stands in [from, to); how many youths it has. */
static size_t add_host(struct mp_buf *b, const struct mp_link_shared *from,
                       const struct mp_link_shared *to, const struct mp_link_report *report)
{
    struct mp_buf list = {0};
    size_t n = 0;
    if (is_one_list(from, to, report))
        for (; n < from->n && n < MP_LINK_HOST_LISTED; n++)
            list_person(&list, n, from->persons[n]->person_id);
    else
        for (const char *id = ""; n < COUNTED && (id = next_person(from, to, report, id)); n++)
            list_person(&list, n, id);
    for (const struct mp_link_shared *s = from; s != to; s = next_of(s->next, report))
        n = n < s->n ? s->n : n;
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "kind", mp_str_of(names[from->kind]));
    mp_json_add_field(b, "value", from->value);
    mp_buf_addf(b, ",\"youths\":%zu,\"persons\":", n);
    b->failed |= list.failed;
    mp_buf_addstr(b, mp_buf_str(&list));
    mp_buf_adds(b, "]}");
    mp_buf_free(&list);
    return n;
}

void mp_link_add_shared(struct mp_buf *b, const struct mp_link_episode *episode,
                        const struct mp_link_report *report)
{
    struct mp_buf hosts = {0};
    size_t most = 0;
    const struct mp_link_shared *s = next_of(episode->shared, report);
    if (!s)
        return;
    for (const struct mp_link_shared *to; s; s = to) {
        for (to = next_of(s->next, report); is_same(s, to);)
            to = next_of(to->next, report);
        if (hosts.len)
            mp_buf_addc(&hosts, ',');
        size_t n = add_host(&hosts, s, to, report);
        most = n > most ? n : most;
    }
    mp_buf_addf(b, ",\"shared_host\":{\"youths\":%zu,\"hosts\":[", most);
    b->failed |= hosts.failed;
    mp_buf_addstr(b, mp_buf_str(&hosts));
    mp_buf_adds(b, "]}");
    mp_buf_free(&hosts);
}
