/* What mp-dedupe writes. */
#include "link/write.h"
#include "io/json.h"
#include "link/hosts.h"
#include "link/lessons.h"
#include "link/weigh.h"

static void add_time(struct mp_buf *b, const char *key, struct mp_time t)
{
    char room[32];
    struct mp_buf text = {.data = room, .cap = sizeof room};
    mp_time_add(&text, t);
    mp_json_add_field(b, key, t.known ? mp_buf_str(&text) : (struct mp_str){0});
}

/* Four digits; 1 only where it is certain. */
static void add_probability(struct mp_buf *b, double bits)
{
    double p = mp_link_probability(bits);
    mp_json_add_key(b, "probability");
    if (p >= 1)
        mp_buf_addc(b, '1');
    else
        mp_buf_addf(b, "%.4f", p < 0.9999 ? p : 0.9999);
}

static void add_why(struct mp_buf *b, const struct mp_link_report *one)
{
    struct mp_buf text = {0};
    mp_buf_adds(&text, one->rule ? one->rule : "only-report");
    if (*one->reason) {
        mp_buf_adds(&text, "; ");
        mp_buf_adds(&text, one->reason);
    }
    b->failed |= text.failed;
    mp_json_add_field(b, "why", mp_buf_str(&text));
    mp_buf_free(&text);
}

static const char *role(const struct mp_link_report *one)
{
    static const char *const names[] = {"first", "duplicate", "update", "return", "transfer"};
    return names[one->role];
}

static void add_member(struct mp_buf *b, yyjson_val *root, const char *key)
{
    yyjson_val *v = yyjson_obj_get(root, key);
    mp_json_add_key(b, key);
    if (v)
        mp_rec_add_value(b, v);
    else
        mp_buf_adds(b, "null");
}

void mp_link_add_report(struct mp_buf *b, const struct mp_link_report *one, yyjson_val *root)
{
    mp_buf_addc(b, '{');
    add_member(b, root, "id");
    add_member(b, root, "document");
    mp_json_add_field(b, "role", mp_str_of(role(one)));
    add_member(b, root, "source");
    add_member(b, root, "reported_at");
    add_member(b, root, "narrative");
    add_probability(b, one->bits);
    add_why(b, one);
    mp_buf_addc(b, '}');
}

/* The value is not negative where it is known. */
static void add_number(struct mp_buf *b, const char *key, bool known, int64_t value)
{
    mp_json_add_key(b, key);
    if (known)
        mp_buf_addu(b, (uint64_t)value);
    else
        mp_buf_adds(b, "null");
}

/* Hours from departure to return to a tenth, where both have a clock. */
static void add_hours(struct mp_buf *b, const struct mp_link_episode *e)
{
    bool clocks = e->missing_since.known && e->missing_since.minute >= 0 && e->returned_at.known &&
                  e->returned_at.minute >= 0;
    int64_t minutes = clocks ? mp_time_elapsed(e->missing_since, e->returned_at) : -1;
    int64_t tenths = (minutes + 3) / 6;
    add_number(b, "hours", minutes >= 0, tenths / 10);
    if (minutes >= 0 && tenths % 10)
        mp_buf_addf(b, ".%d", (int)(tenths % 10));
}

/* Earlier episodes that began at most so many days before this one. */
static void add_windows(struct mp_buf *b, const struct mp_link_model *model,
                        const struct mp_link_episode *e)
{
    mp_json_add_key(b, "within");
    mp_buf_addc(b, '{');
    for (size_t i = 0; i < model->n_windows; i++) {
        uint64_t n = 0;
        const struct mp_link_episode *p = e->before;
        for (; p && p->begin.known && e->begin.day - p->begin.day <= model->windows[i];
             p = p->before)
            n++;
        mp_buf_adds(b, i ? ",\"" : "\"");
        mp_buf_addu(b, (uint64_t)model->windows[i]);
        mp_buf_adds(b, "d\":");
        if (e->begin.known)
            mp_buf_addu(b, n);
        else
            mp_buf_adds(b, "null");
    }
    mp_buf_addc(b, '}');
}

static void add_previous(struct mp_buf *b, const struct mp_link_model *model,
                         const struct mp_link_episode *e)
{
    const struct mp_link_episode *last = e->before;
    bool known = last && last->returned_at.known && e->begin.known;
    int64_t days = known ? e->begin.day - last->returned_at.day : -1;
    mp_json_add_key(b, "previous");
    mp_buf_adds(b, "{\"episodes\":");
    mp_buf_addu(b, e->number - 1);
    add_number(b, "days_since_return", days >= 0, days);
    add_windows(b, model, e);
    mp_json_add_key(b, "last");
    if (last) {
        mp_buf_addc(b, '{');
        add_time(b, "missing_since", last->missing_since);
        add_time(b, "returned_at", last->returned_at);
        add_hours(b, last);
        mp_buf_addstr(b, last->lessons);
        mp_buf_addc(b, '}');
    } else {
        mp_buf_adds(b, "null");
    }
    if (model->lessons.n)
        mp_link_add_earlier(b, &model->lessons, e);
    mp_buf_addc(b, '}');
}

/* Where no time of the return is known: by when the absence was over, for a report tells of the
 * return without its time, or the youth went missing again. */
static void add_ended(struct mp_buf *b, const struct mp_link_episode *e)
{
    struct mp_time by = e->after ? e->after->begin : (struct mp_time){0};
    for (size_t i = 0; i < e->n; i++) {
        const struct mp_link_report *one = e->reports[i];
        if (one->role == MP_LINK_AS_RETURN && one->reported.known &&
            (!by.known || mp_time_cmp(one->reported, by) < 0))
            by = one->reported;
    }
    if (!e->returned_at.known && by.known)
        add_time(b, "ended_by", by);
}

static void add_ids(struct mp_buf *b, const struct mp_link_episode *e)
{
    mp_json_add_field(b, "person_id", mp_str_of(e->person_id));
    mp_json_add_field(b, "episode_id", mp_str_of(e->episode_id));
    mp_json_add_key(b, "episode_no");
    mp_buf_addu(b, e->number);
    mp_json_add_key(b, "repeat");
    mp_buf_adds(b, e->before ? "true" : "false");
}

/* An episode is as certain as the report that is least certainly this youth's. */
static double least_probable(const struct mp_link_episode *e)
{
    double bits = e->reports[0]->bits;
    for (size_t i = 1; i < e->n; i++)
        bits = e->reports[i]->bits < bits ? e->reports[i]->bits : bits;
    return bits;
}

int mp_link_add_episode(struct mp_link_merger *m, const struct mp_link_model *model,
                        const struct mp_link_episode *episode, struct mp_buf *b, struct mp_error *e)
{
    if (mp_link_merge(m, model, episode, e) < 0)
        return -1;
    mp_buf_addc(b, '{');
    mp_link_add_merged(m, model, b);
    mp_json_add_key(b, "link");
    mp_buf_addc(b, '{');
    add_ids(b, episode);
    add_probability(b, least_probable(episode));
    mp_buf_adds(b, ",\"reports\":[");
    mp_buf_addstr(b, mp_buf_str(&m->reports));
    mp_buf_addc(b, ']');
    add_previous(b, model, episode);
    add_ended(b, episode);
    mp_json_add_key(b, "conflicts");
    mp_link_add_conflicts(m, model, b);
    mp_json_add_key(b, "taken");
    mp_link_add_taken(m, model, b);
    mp_link_add_shared(b, episode, NULL);
    mp_buf_adds(b, "}}\n");
    return 0;
}

int mp_link_add_annotated(struct mp_link_merger *m, const struct mp_link_model *model,
                          const struct mp_link_report *one, struct mp_buf *b, struct mp_error *e)
{
    struct mp_rec rec = mp_link_record(one);
    if (one->whole) {
        mp_buf_addstr(b, mp_link_line(one));
        mp_buf_addc(b, '\n');
        return 0;
    }
    if (one->bare_n && mp_rec_parse(&m->first, &rec, e) < 0)
        return -1;
    struct mp_buf *link = &m->reports;
    link->len = 0;
    mp_buf_addc(link, '{');
    if (model->persons) {
        mp_json_add_field(link, "person_id", mp_str_of(one->episode->person_id));
    } else {
        add_ids(link, one->episode);
        mp_json_add_field(link, "role", mp_str_of(role(one)));
    }
    add_probability(link, one->bits);
    add_why(link, one);
    if (!model->persons) {
        add_previous(link, model, one->episode);
        add_ended(link, one->episode);
    }
    mp_link_add_shared(link, one->episode, one);
    mp_buf_addc(link, '}');
    if (link->failed)
        return mp_error_memory(e);
    if (one->bare_n)
        mp_rec_add_with(b, &rec, MP_STR("link"), mp_buf_str(link));
    else
        mp_rec_add_behind(b, rec.line, MP_STR("link"), mp_buf_str(link));
    return 0;
}

void mp_link_add_change(struct mp_buf *b, const struct mp_link_change *change)
{
    static const char *const kinds[] = {"added", "merged", "split"};
    static const char *const units[] = {"person", "episode"};
    mp_buf_addc(b, '{');
    mp_json_add_field(b, "kind", mp_str_of(kinds[change->fate]));
    mp_json_add_field(b, "unit", mp_str_of(units[change->unit]));
    mp_json_add_field(b, "old", change->old);
    mp_json_add_field(b, "new", mp_str_of(change->id));
    mp_json_add_field(b, "report", mp_link_label(change->report));
    add_why(b, change->report);
    mp_buf_adds(b, "}\n");
}
