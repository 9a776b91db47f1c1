/* One record out of an episode's reports. */
#include "link/merge.h"
#include "base/utf8.h"
#include "io/json.h"
#include "io/members.h"
#include "link/compare.h"
#include "link/write.h"

/* A copy in the arena; `failed` of the scratch buffer tells of memory. */
static struct mp_str keep(struct mp_link_merger *m, struct mp_str s)
{
    struct mp_str copy = mp_arena_str(&m->arena, s);
    m->scratch.failed |= !copy.p;
    return copy;
}

static struct mp_str json_of(struct mp_link_merger *m, yyjson_val *v)
{
    m->scratch.len = 0;
    mp_rec_add_value(&m->scratch, v);
    return keep(m, mp_buf_str(&m->scratch));
}

/* The text of a value in its JSON, or a copy of it where that is written otherwise. */
static struct mp_str text_in(struct mp_link_merger *m, yyjson_val *v, struct mp_str json)
{
    struct mp_str text = mp_rec_text(v);
    if (yyjson_is_str(v) && text.n + 2 == json.n)
        return (struct mp_str){json.p + 1, text.n};
    return yyjson_is_raw(v) ? json : text.p ? keep(m, text) : text;
}

/* What two values are compared by: as the field says, else folded text, else the JSON itself. */
static struct mp_str comparable(struct mp_link_merger *m, const struct mp_link_field *like,
                                struct mp_str text, struct mp_str json)
{
    m->folded.len = 0;
    if (text.p && like)
        mp_link_comparable(like, text, &m->folded);
    else if (text.p)
        mp_utf8_fold(&m->folded, text);
    m->scratch.failed |= m->folded.failed;
    return m->folded.len ? keep(m, mp_buf_str(&m->folded)) : json;
}

/* Equal, or the same day, which one of the two states without a clock. */
static bool same_value(struct mp_str a, struct mp_str b)
{
    struct mp_time x, y;
    if (mp_str_eq(a, b))
        return true;
    /* folding has made the T small */
    if (a.n == b.n || (a.n != 10 && b.n != 10))
        return false;
    return mp_time_read((struct mp_str){a.p, a.n < 10 ? a.n : 10}, &x) &&
           mp_time_read((struct mp_str){b.p, b.n < 10 ? b.n : 10}, &y) && x.day == y.day;
}

static void make_comparable(struct mp_link_merger *m, const struct mp_link_fill *f,
                            struct mp_link_value *v)
{
    if (!v->comparable.p)
        v->comparable = comparable(m, f->like, v->text, v->json);
}

/* Most reports of an absence say the same in the same words. */
static bool say_the_same(struct mp_link_merger *m, const struct mp_link_fill *f,
                         struct mp_link_value *a, struct mp_link_value *b)
{
    if (!mp_str_eq(a->with, b->with))
        return false;
    if (mp_str_eq(a->json, b->json))
        return true;
    make_comparable(m, f, a);
    make_comparable(m, f, b);
    return same_value(a->comparable, b->comparable);
}

static void take(struct mp_link_merger *m, const struct mp_link_fill *f, size_t k,
                 struct mp_link_value new)
{
    struct mp_link_value **at = &m->values[k];
    for (; *at; at = &(*at)->next) {
        if (!say_the_same(m, f, *at, &new))
            continue;
        new.votes += (*at)->votes;
        new.sure += (*at)->sure;
        (*at)->votes = new.votes;
        (*at)->sure = new.sure;
        if (new.comparable.n > (*at)->comparable.n && !f->like) { /* says more precisely when */
            new.next = (*at)->next;
            new.sharper = true;
            **at = new;
        }
        return;
    }
    struct mp_link_value *v = mp_arena_alloc(&m->arena, sizeof *v);
    m->scratch.failed |= !v;
    if (v) {
        *v = new;
        *at = v;
    }
}

/* The value found at `*at`, in front of the list. */
static void put_in_front(struct mp_link_value **list, struct mp_link_value **at)
{
    struct mp_link_value *v = *at;
    *at = v->next;
    v->next = *list;
    *list = v;
}

/* Puts what most reports state in front, of those that are not at odds with their own text: of
 * several the first. */
static void vote(struct mp_link_merger *m, size_t k)
{
    struct mp_link_value **best = &m->values[k];
    bool even = false;
    for (struct mp_link_value **at = &(*best)->next; *at; at = &(*at)->next) {
        bool more = (*at)->sure != (*best)->sure ? (*at)->sure > (*best)->sure
                                                 : (*at)->votes > (*best)->votes;
        bool same = (*at)->sure == (*best)->sure && (*at)->votes == (*best)->votes;
        even = !more && (even || same);
        best = more ? at : best;
    }
    m->outvoted[k] = !even;
    if (best != &m->values[k])
        put_in_front(&m->values[k], best);
}

/* What is known beside a value that was voted for: from a report that states it, else from one that
 * states none, else as it came. */
static void follow(struct mp_link_merger *m, size_t k, const struct mp_link_value *chosen)
{
    struct mp_link_value **silent = NULL, **at = &m->values[k];
    while (*at && !((*at)->with.p && mp_str_eq((*at)->with, chosen->text))) {
        silent = silent || (*at)->with.p ? silent : at;
        at = &(*at)->next;
    }
    at = *at ? at : silent;
    if (at && at != &m->values[k])
        put_in_front(&m->values[k], at);
}

static void choose(struct mp_link_merger *m, const struct mp_link_model *model)
{
    for (size_t k = 0; k < model->n_fills; k++)
        if (model->fills[k].most && m->values[k] && m->values[k]->next)
            vote(m, k);
    for (size_t k = 0; k < model->n_fills; k++) {
        size_t with = model->fills[k].follows;
        if (with && m->values[with - 1])
            follow(m, k, m->values[with - 1]);
    }
}

/* Whether the report agrees with the first that knows the key `with`. */
static bool agrees(struct mp_link_merger *m, const struct mp_link_fill *f, size_t k,
                   yyjson_val *root)
{
    yyjson_val *v = f->with.n ? mp_rec_get(root, &f->with) : NULL;
    if (f->with.n == 0 || f->follows)
        return true;
    if (!v)
        return false;
    struct mp_str text = comparable(m, NULL, mp_rec_text(v), mp_rec_text(v));
    if (!m->with[k].p)
        m->with[k] = text;
    return mp_str_eq(m->with[k], text);
}

/* Whether the report differs from its own text in the key that casts doubt. */
static bool is_doubted(const struct mp_link_fill *f, yyjson_val *facts)
{
    yyjson_val *fact = f->doubt.n ? yyjson_obj_getn(facts, f->doubt.p, f->doubt.n) : NULL;
    return yyjson_is_true(yyjson_obj_get(fact, "differs"));
}

/* What the report states in the key that the fill follows. */
static struct mp_str beside(struct mp_link_merger *m, const struct mp_link_fill *f,
                            yyjson_val *root)
{
    struct mp_str text = f->follows ? mp_rec_text(mp_rec_get(root, &f->with)) : (struct mp_str){0};
    return text.p ? keep(m, text) : text;
}

/* An object of a record: fills of one object stand together, so that it is looked up once. */
struct object {
    struct mp_str key;
    yyjson_val *value;
};

/* As mp_rec_get, of a path with one dot at most. */
static yyjson_val *value_at(struct object *o, yyjson_val *root, const struct mp_path *path)
{
    if (path->n == 1)
        return mp_rec_get(root, path);
    if (!o->key.p || !mp_str_eq(o->key, path->keys[0]))
        *o = (struct object){path->keys[0], mp_rec_member(root, path->keys[0])};
    yyjson_val *v = o->value ? mp_rec_member(o->value, path->keys[1]) : NULL;
    return v && !yyjson_is_null(v) ? v : NULL;
}

static void read_values(struct mp_link_merger *m, const struct mp_link_model *model,
                        const struct mp_link_report *one, size_t i, yyjson_val *root)
{
    yyjson_val *facts = yyjson_obj_get(root, "facts_from");
    struct object object = {0};
    for (size_t k = 0; k < model->n_fills; k++) {
        const struct mp_link_fill *f = &model->fills[k];
        bool fits = agrees(m, f, k, root);
        yyjson_val *v = value_at(&object, root, &f->path);
        if (!v || !fits)
            continue;
        struct mp_str leaf = f->path.keys[f->path.n - 1];
        yyjson_val *fact = i > 0 ? yyjson_obj_getn(facts, leaf.p, leaf.n) : NULL;
        struct mp_link_value value = {
            .json = json_of(m, v), .label = mp_link_label(one), .report = i};
        value.text = text_in(m, v, value.json);
        value.facts = fact ? json_of(m, fact) : (struct mp_str){0};
        value.with = beside(m, f, root);
        value.votes = 1;
        value.sure = f->most && !is_doubted(f, facts);
        m->known[k]++;
        take(m, f, k, value);
    }
}

/* An object with one more member, `report`, unless it has that. */
static void add_item(struct mp_buf *b, yyjson_val *item, struct mp_str label)
{
    if (b->len)
        mp_buf_addc(b, ',');
    mp_rec_add_value(b, item);
    if (!yyjson_is_obj(item) || yyjson_obj_get(item, "report") || b->failed)
        return;
    b->len--;
    if (yyjson_obj_size(item) > 0)
        mp_buf_addc(b, ',');
    mp_buf_adds(b, "\"report\":");
    mp_json_add_str(b, label);
    mp_buf_addc(b, '}');
}

/* The items of a list, each with the report that it is from. */
static void read_list(const struct mp_link_report *one, yyjson_val *list, struct mp_buf *items,
                      bool *any)
{
    yyjson_arr_iter all = yyjson_arr_iter_with(list);
    *any |= yyjson_is_arr(list);
    for (yyjson_val *v; (v = yyjson_arr_iter_next(&all));)
        add_item(items, v, mp_link_label(one));
}

int mp_link_merge(struct mp_link_merger *m, const struct mp_link_model *model,
                  const struct mp_link_episode *episode, struct mp_error *e)
{
    mp_arena_reset(&m->arena);
    memset(m->values, 0, sizeof m->values);
    memset(m->known, 0, sizeof m->known);
    memset(m->with, 0, sizeof m->with);
    memset(m->outvoted, 0, sizeof m->outvoted);
    m->signals.len = m->hosts.len = m->reports.len = 0;
    m->any_signals = m->any_hosts = false;
    for (size_t i = 0; i < episode->n; i++) {
        const struct mp_link_report *one = episode->reports[i];
        struct mp_rec rec = mp_link_record(one);
        if (mp_rec_parse(i ? &m->other : &m->first, &rec, e) < 0)
            return -1;
        if (i == 0)
            m->root = rec.root;
        read_values(m, model, one, i, rec.root);
        read_list(one, yyjson_obj_get(rec.root, "signals"), &m->signals, &m->any_signals);
        read_list(one, yyjson_obj_get(rec.root, "hosts"), &m->hosts, &m->any_hosts);
        if (i)
            mp_buf_addc(&m->reports, ',');
        mp_link_add_report(&m->reports, one, rec.root);
    }
    choose(m, model);
    if (m->scratch.failed || m->signals.failed || m->hosts.failed || m->reports.failed)
        return mp_error_memory(e);
    return 0;
}

/* The keys of a record in their order (all that the schema knows but link). */
static const struct mp_str order[] = {MP_KEY("schema"),
                                      MP_KEY("id"),
                                      MP_KEY("document"),
                                      MP_KEY("kind"),
                                      MP_KEY("source"),
                                      MP_KEY("reported_at"),
                                      MP_KEY("person"),
                                      MP_KEY("place"),
                                      MP_KEY("missing_since"),
                                      MP_KEY("returned_at"),
                                      MP_KEY("first_action_at"),
                                      MP_KEY("interview_at"),
                                      MP_KEY("police_category"),
                                      MP_KEY("traffic_light"),
                                      MP_KEY("narrative"),
                                      MP_KEY("signals"),
                                      MP_KEY("hosts"),
                                      MP_KEY("facts_from"),
                                      MP_KEY("rest")};
enum { N_ORDER = sizeof order / sizeof *order };

static void add_key(struct mp_buf *b, struct mp_str key)
{
    if (b->len && b->data[b->len - 1] != '{')
        mp_buf_addc(b, ',');
    mp_json_add_str(b, key);
    mp_buf_addc(b, ':');
}

static struct mp_str text_of(yyjson_val *key)
{
    return (struct mp_str){yyjson_get_str(key), yyjson_get_len(key)};
}

/* The value chosen for member `leaf` (p NULL: the key itself) of a top-level key, or NULL. */
static const struct mp_link_value *chosen(const struct mp_link_merger *m,
                                          const struct mp_link_model *model, struct mp_str key,
                                          struct mp_str leaf)
{
    for (size_t k = 0; k < model->n_fills; k++) {
        const struct mp_path *path = &model->fills[k].path;
        if (mp_str_eq(path->keys[0], key) && path->n == (leaf.p ? 2u : 1u) &&
            (!leaf.p || mp_str_eq(path->keys[1], leaf)))
            return m->values[k];
    }
    return NULL;
}

/* What facts_from says about a member whose value came from another report, or NULL. */
static const struct mp_link_value *fact(const struct mp_link_merger *m,
                                        const struct mp_link_model *model, struct mp_str leaf)
{
    for (size_t k = 0; k < model->n_fills; k++) {
        const struct mp_path *path = &model->fills[k].path;
        const struct mp_link_value *v = m->values[k];
        if (v && v->report > 0 && v->facts.p && mp_str_eq(path->keys[path->n - 1], leaf))
            return v;
    }
    return NULL;
}

/* The JSON that stands for a member, or p NULL: as in the first report. */
static struct mp_str replaced(const struct mp_link_merger *m, const struct mp_link_model *model,
                              struct mp_str key, struct mp_str leaf)
{
    bool facts = mp_str_is(key, "facts_from");
    const struct mp_link_value *v = facts ? fact(m, model, leaf) : chosen(m, model, key, leaf);
    if (!v)
        return (struct mp_str){0};
    return facts ? v->facts : v->json;
}

/* Members that the first report's object does not have. */
static void add_missing(const struct mp_link_merger *m, const struct mp_link_model *model,
                        struct mp_str key, yyjson_val *object, struct mp_buf *b)
{
    bool facts = mp_str_is(key, "facts_from");
    for (size_t k = 0; k < model->n_fills; k++) {
        const struct mp_path *path = &model->fills[k].path;
        struct mp_str leaf = path->keys[path->n - 1];
        if (!facts && (path->n != 2 || !mp_str_eq(path->keys[0], key)))
            continue;
        struct mp_str json = replaced(m, model, key, leaf);
        if (!json.p || (object && yyjson_obj_getn(object, leaf.p, leaf.n)))
            continue;
        add_key(b, leaf);
        mp_buf_addstr(b, json);
    }
}

/* An object member by member; nothing if neither the first report has it nor another. */
static void add_object(struct mp_link_merger *m, const struct mp_link_model *model,
                       struct mp_str key, yyjson_val *object, struct mp_buf *b)
{
    struct mp_buf *o = &m->scratch;
    o->len = 0;
    mp_buf_addc(o, '{');
    yyjson_obj_iter all = yyjson_obj_iter_with(object);
    for (yyjson_val *k; (k = yyjson_obj_iter_next(&all));) {
        struct mp_str json = replaced(m, model, key, text_of(k));
        add_key(o, text_of(k));
        if (json.p)
            mp_buf_addstr(o, json);
        else
            mp_rec_add_value(o, yyjson_obj_iter_get_val(k));
    }
    add_missing(m, model, key, object, o);
    mp_buf_addc(o, '}');
    b->failed |= o->failed;
    if (!object && o->len == 2)
        return;
    add_key(b, key);
    mp_buf_addstr(b, mp_buf_str(o));
}

static bool is_object_key(const struct mp_link_model *model, struct mp_str key)
{
    for (size_t k = 0; k < model->n_fills; k++)
        if (model->fills[k].path.n == 2 && mp_str_eq(model->fills[k].path.keys[0], key))
            return true;
    return mp_str_is(key, "facts_from");
}

static void add_list(struct mp_buf *b, struct mp_str key, const struct mp_buf *items)
{
    add_key(b, key);
    mp_buf_addc(b, '[');
    mp_buf_addstr(b, mp_buf_str(items));
    mp_buf_addc(b, ']');
}

/* `v`: the first report's value, or NULL. */
static void add_member(struct mp_link_merger *m, const struct mp_link_model *model,
                       struct mp_str key, yyjson_val *v, struct mp_buf *b)
{
    const struct mp_link_value *c = chosen(m, model, key, (struct mp_str){0});
    if (mp_str_is(key, "signals") && m->any_signals)
        add_list(b, key, &m->signals);
    else if (mp_str_is(key, "hosts") && m->any_hosts)
        add_list(b, key, &m->hosts);
    else if (is_object_key(model, key) && (!v || yyjson_is_obj(v) || yyjson_is_null(v))) {
        add_object(m, model, key, yyjson_is_obj(v) ? v : NULL, b);
    } else if (c || v) {
        add_key(b, key);
        if (c)
            mp_buf_addstr(b, c->json);
        else
            mp_rec_add_value(b, v);
    }
}

void mp_link_add_merged(struct mp_link_merger *m, const struct mp_link_model *model,
                        struct mp_buf *b)
{
    for (size_t i = 0; i < N_ORDER; i++)
        add_member(m, model, order[i], yyjson_obj_getn(m->root, order[i].p, order[i].n), b);
    yyjson_obj_iter all = yyjson_obj_iter_with(m->root);
    for (yyjson_val *k; (k = yyjson_obj_iter_next(&all));) {
        struct mp_str key = text_of(k);
        bool triage = mp_str_is(key, "triage"); /* of one report, not of the absence */
        m->left_triage |= triage;
        bool known = triage || mp_str_is(key, "link");
        for (size_t i = 0; i < N_ORDER && !known; i++)
            known = mp_str_eq(key, order[i]);
        if (!known)
            add_member(m, model, key, yyjson_obj_iter_get_val(k), b);
    }
}

void mp_link_add_conflicts(const struct mp_link_merger *m, const struct mp_link_model *model,
                           struct mp_buf *b)
{
    bool any = false;
    mp_buf_addc(b, '[');
    for (size_t k = 0; k < model->n_fills; k++) {
        const struct mp_link_value *v = m->values[k];
        if (!v || !v->next || !model->fills[k].conflict)
            continue;
        mp_buf_adds(b, any ? ",{" : "{");
        any = true;
        mp_json_add_field(b, "field", model->fills[k].key);
        mp_buf_adds(b, ",\"values\":[");
        for (; v; v = v->next) {
            mp_buf_adds(b, "{\"value\":");
            mp_buf_addstr(b, v->json);
            mp_json_add_field(b, "report", v->label);
            mp_buf_adds(b, v->next ? "}," : "}");
        }
        mp_buf_adds(b, "]}");
    }
    mp_buf_addc(b, ']');
}

/* Why a field has the value that it has: a code of the man page. */
static const char *why_taken(const struct mp_link_merger *m, const struct mp_link_model *model,
                             size_t k)
{
    const struct mp_link_value *v = m->values[k];
    if (m->known[k] == 1)
        return "only-one";
    if (m->outvoted[k])
        return "most-reports";
    if (v->sharper)
        return "sharper";
    if (model->fills[k].follows && v->with.p)
        return "goes-with";
    return v->report == 0 ? "first-report" : "next-report";
}

void mp_link_add_taken(const struct mp_link_merger *m, const struct mp_link_model *model,
                       struct mp_buf *b)
{
    mp_buf_addc(b, '{');
    for (size_t k = 0, n = 0; k < model->n_fills; k++) {
        const struct mp_link_value *v = m->values[k];
        bool differ = v && v->next && model->fills[k].conflict;
        if (!v || (v->report == 0 && !differ))
            continue;
        if (n++)
            mp_buf_addc(b, ',');
        mp_json_add_str(b, model->fills[k].key);
        mp_buf_adds(b, ":{");
        mp_json_add_field(b, "report", v->label);
        mp_json_add_field(b, "why", mp_str_of(why_taken(m, model, k)));
        mp_buf_addc(b, '}');
    }
    mp_buf_addc(b, '}');
}

void mp_link_merger_free(struct mp_link_merger *m)
{
    mp_rec_reader_free(&m->first);
    mp_rec_reader_free(&m->other);
    mp_arena_free(&m->arena);
    mp_buf_free(&m->scratch);
    mp_buf_free(&m->folded);
    mp_buf_free(&m->signals);
    mp_buf_free(&m->hosts);
    mp_buf_free(&m->reports);
    *m = (struct mp_link_merger){0};
}
