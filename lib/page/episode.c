/* What a worklist and the sheet of a case both say of an episode. */
#include "page/episode.h"

enum { LIST_MAX = 40, REASONS_MAX = 64 };

static struct mp_str str_at(const struct mp_episode *ep, const char *path)
{
    return mp_rec_str(ep->root, path);
}

yyjson_val *mp_episode_list(yyjson_val *root, const char *path)
{
    struct mp_path p;
    yyjson_val *list = mp_path_of(&p, mp_str_of(path)) ? mp_rec_get(root, &p) : NULL;
    return yyjson_is_arr(list) ? list : NULL;
}

static int64_t number_at(yyjson_val *root, const char *path, int64_t otherwise)
{
    struct mp_str text = mp_rec_str(root, path);
    int64_t n;
    return text.p && mp_rec_int_of(text, &n) ? n : otherwise;
}

static bool is_true(yyjson_val *value)
{
    return yyjson_is_true(value);
}

bool mp_episode_read(struct mp_episode *ep, yyjson_val *root)
{
    ep->root = root;
    if (!yyjson_is_obj(mp_rec_member(root, MP_STR("triage"))))
        return false;
    mp_case_read(ep->k, root);
    if (ep->k->is_open == MP_TRUE && !ep->k->returned.known && mp_when_holds(ep->returned, ep->k))
        mp_case_returned(ep->k);
    ep->open = ep->k->is_open == MP_TRUE;
    return true;
}

static struct mp_str full_name(struct mp_episode *ep)
{
    struct mp_buf b = {0};
    mp_say_join(&b, " ", mp_say_value(ep->s, str_at(ep, "person.given_name")));
    mp_say_join(&b, " ", mp_say_value(ep->s, str_at(ep, "person.name_prefix")));
    mp_say_join(&b, " ", mp_say_value(ep->s, str_at(ep, "person.family_name")));
    return mp_say_keep(ep->s, &b);
}

struct mp_str mp_episode_name(struct mp_episode *ep)
{
    struct mp_say *s = ep->s;
    if (s->level == MP_DETAIL_STATISTICS)
        return mp_say_get(s, "sheet.youth");
    struct mp_str name = s->level == MP_DETAIL_FULL ? full_name(ep) : MP_STR("");
    struct mp_str client = str_at(ep, "person.client_id"), id = str_at(ep, "link.person_id");
    if (name.n > 0)
        return name;
    if (client.n > 0)
        return mp_say_with(s, "sheet.client", "id", mp_say_value(s, client));
    if (id.n > 0)
        return mp_say_with(s, "sheet.person", "id", mp_say_value(s, id));
    return mp_say_with(s, "sheet.report", "id", mp_say_value(s, str_at(ep, "id")));
}

struct mp_str mp_episode_age(struct mp_episode *ep)
{
    int64_t n = number_at(ep->root, "person.age", -1);
    if (n < 0)
        return MP_STR("");
    if (ep->s->level != MP_DETAIL_STATISTICS)
        return mp_say_value(ep->s, str_at(ep, "person.age"));
    const char *band = n < 12   ? "<12"
                       : n < 14 ? "12-13"
                       : n < 16 ? "14-15"
                       : n < 18 ? "16-17"
                                : "18+";
    return mp_say_named(ep->s, "age_band", mp_str_of(band));
}

struct mp_str mp_episode_who(struct mp_episode *ep)
{
    struct mp_say *s = ep->s;
    struct mp_buf b = {0};
    mp_say_join(&b, ", ", mp_say_named(s, "sex", str_at(ep, "person.sex")));
    struct mp_str age = mp_episode_age(ep);
    if (age.n > 0)
        mp_say_join(&b, ", ", mp_say_with(s, "sheet.years", "n", age));
    if (s->level != MP_DETAIL_STATISTICS)
        mp_say_join(&b, ", ", mp_say_value(s, str_at(ep, "place.institution")));
    struct mp_str setting = mp_say_named(s, "setting", str_at(ep, "place.setting"));
    if (setting.n > 0)
        mp_say_join(&b, ", ", mp_say_with(s, "sheet.setting", "setting", setting));
    return mp_say_keep(s, &b);
}

struct mp_str mp_episode_times(struct mp_episode *ep)
{
    struct mp_say *s = ep->s;
    const struct mp_case *k = ep->k;
    struct mp_words *w = &s->b->words;
    const struct mp_span *span = &k->spans[MP_GIVEN_MISSING_HOURS];
    struct mp_str since = mp_say_moment(s, k->missing), until = mp_say_moment(s, k->returned);
    if (since.n == 0)
        since = mp_say_get(s, "page.unknown");
    struct mp_str hours =
        span->known ? mp_say_hours(s, (span->least + span->most) / 120) : MP_STR("");
    const struct mp_fill fills[] = {{"since", since}, {"until", until}, {"hours", hours}};
    const char *path = ep->open       ? (hours.n ? "sheet.since_for" : "sheet.since")
                       : until.n == 0 ? "sheet.back"
                       : hours.n      ? "sheet.from_to_for"
                                      : "sheet.from_to";
    return mp_words_fill(w, path, fills, 3);
}

struct mp_str mp_episode_urgency(struct mp_episode *ep)
{
    struct mp_say *s = ep->s;
    struct mp_buf b = {0};
    struct mp_str category = mp_say_named(s, "category", str_at(ep, "triage.category"));
    struct mp_str light = mp_say_named(s, "institution_light", str_at(ep, "traffic_light"));
    struct mp_str score = str_at(ep, "triage.score");
    mp_say_join(&b, ", ", category.n ? category : mp_say_get(s, "sheet.undecided"));
    if (light.n > 0)
        mp_say_join(&b, ", ", mp_say_with(s, "sheet.light", "light", light));
    if (score.n > 0)
        mp_say_join(&b, ", ", mp_say_with(s, "sheet.score", "n", mp_say_value(s, score)));
    return mp_say_keep(s, &b);
}

void mp_episode_doubts(struct mp_episode *ep, struct mp_buf *lines)
{
    struct mp_say *s = ep->s;
    struct mp_path path;
    mp_path_of(&path, MP_STR("triage.mismatch"));
    if (is_true(mp_rec_get(ep->root, &path)))
        mp_say_line(
            lines,
            mp_say_with(s, "sheet.rated_lower", "category",
                        mp_say_named(s, "police_category", str_at(ep, "triage.registered"))),
            MP_STR(""), true);
    yyjson_val *undecided = mp_episode_list(ep->root, "triage.undecided"), *what;
    struct mp_buf b = {0};
    size_t i, n;
    if (undecided) {
        yyjson_arr_foreach(undecided, i, n, what)
        {
            struct mp_str name = mp_rec_text(what);
            if (i < LIST_MAX && name.n > 0)
                mp_say_join(&b, ", ",
                            mp_say_rule(s, mp_words_name(&s->b->words, "kinds", name, "name")));
        }
    }
    struct mp_str all = mp_say_keep(s, &b);
    if (all.n > 0)
        mp_say_line(lines, mp_say_with(s, "sheet.depends", "what", all), MP_STR(""), false);
}

struct mp_str mp_episode_source(struct mp_episode *ep, struct mp_str said_by, struct mp_str report)
{
    struct mp_say *s = ep->s;
    struct mp_buf b = {0};
    if (s->level == MP_DETAIL_STATISTICS)
        return MP_STR("");
    struct mp_str by = mp_say_written(s, said_by);
    if (by.n > 0)
        mp_say_join(&b, "; ", mp_say_with(s, "sheet.said_by", "who", by));
    mp_say_join(&b, "; ", mp_say_value(s, report));
    struct mp_str all = mp_say_keep(s, &b);
    return all.n > 0 ? mp_say_with(s, "sheet.source", "source", all) : all;
}

/* The signal with this quote and one of the reason's codes; NULL if there is none. */
static yyjson_val *signal_of(struct mp_episode *ep, yyjson_val *reason, struct mp_str quote)
{
    yyjson_val *all = mp_episode_list(ep->root, "signals"), *signal, *code;
    yyjson_val *codes = mp_episode_list(reason, "signals");
    size_t i, n, k, m;
    if (!all || !codes)
        return NULL;
    yyjson_arr_foreach(all, i, n, signal)
    {
        if (!mp_str_eq(mp_rec_str(signal, "quote"), quote))
            continue;
        yyjson_arr_foreach(codes, k, m, code)
        {
            if (mp_str_eq(mp_rec_str(code, "code"), mp_rec_str(signal, "code")))
                return signal;
        }
    }
    return NULL;
}

/* The quotes of a reason, each once, with who said it and where it stands. */
static struct mp_str quotes_of(struct mp_episode *ep, yyjson_val *reason, size_t max)
{
    yyjson_val *quotes = mp_episode_list(reason, "quotes"), *quote, *before;
    struct mp_buf b = {0};
    size_t i, n, shown = 0;
    if (!quotes || ep->s->level == MP_DETAIL_STATISTICS)
        return MP_STR("");
    yyjson_arr_foreach(quotes, i, n, quote)
    {
        struct mp_str text = mp_rec_text(quote);
        bool again = false;
        for (size_t k = i > LIST_MAX ? i - LIST_MAX : 0; k < i && !again; k++)
            again = (before = yyjson_arr_get(quotes, k)) && mp_str_eq(mp_rec_text(before), text);
        if (text.n == 0 || again || shown == max)
            continue;
        shown++;
        yyjson_val *signal = signal_of(ep, reason, text);
        mp_say_join(&b, "; ", mp_say_quote(ep->s, text));
        mp_say_join(
            &b, " ",
            mp_episode_source(ep, mp_rec_str(signal, "said_by"), mp_rec_str(signal, "report")));
    }
    return mp_say_keep(ep->s, &b);
}

void mp_episode_reasons(struct mp_episode *ep, struct mp_buf *lines, size_t max, size_t quotes)
{
    struct mp_say *s = ep->s;
    yyjson_val *all = mp_episode_list(ep->root, "triage.reasons"), *reason;
    struct {
        yyjson_val *reason;
        int64_t points;
    } best[REASONS_MAX];
    size_t i, n, found = 0;
    if (!all)
        return;
    yyjson_arr_foreach(all, i, n, reason)
    {
        size_t at = found;
        int64_t points = number_at(reason, "points", 0);
        if (found == REASONS_MAX)
            break;
        for (found++; at > 0 && best[at - 1].points < points; at--)
            best[at] = best[at - 1];
        best[at].reason = reason;
        best[at].points = points;
    }
    for (i = 0; i < found && i < max; i++) {
        struct mp_str why = mp_say_rule(s, mp_rec_str(best[i].reason, "why"));
        if (is_true(mp_rec_member(best[i].reason, MP_STR("suspected"))))
            why = mp_say_with(s, "sheet.suspected", "why", why);
        mp_say_line(lines, why, quotes_of(ep, best[i].reason, quotes), false);
    }
    if (found > max)
        mp_say_line(lines, mp_say_count(s, "sheet.more_reasons", found - max), MP_STR(""), false);
}

/* When an action is due: "due 12 June 2018, 09:30: overdue by 18 days". */
static struct mp_str due_of(struct mp_episode *ep, yyjson_val *action, bool overdue)
{
    struct mp_say *s = ep->s;
    struct mp_time due = mp_rec_time(action, "due");
    int64_t hours = number_at(action, "hours", 0);
    if (!due.known)
        return mp_say_get(s, "sheet.no_due");
    struct mp_str late = overdue ? mp_say_hours(s, -hours) : MP_STR("");
    const struct mp_fill fills[] = {{"due", mp_say_moment(s, due)}, {"hours", late}};
    return mp_words_fill(&s->b->words, overdue ? "sheet.overdue" : "sheet.due", fills, 2);
}

size_t mp_episode_actions(struct mp_episode *ep, struct mp_buf *lines)
{
    struct mp_say *s = ep->s;
    yyjson_val *all = mp_episode_list(ep->root, "triage.actions"), *action;
    size_t i, n, late = 0;
    if (!all)
        return 0;
    yyjson_arr_foreach(all, i, n, action)
    {
        bool overdue = is_true(mp_rec_member(action, MP_STR("overdue")));
        late += overdue;
        if (i >= LIST_MAX || !lines)
            continue;
        struct mp_str what = mp_say_rule(s, mp_rec_str(action, "what"));
        const struct mp_fill fills[] = {{"owner", mp_say_rule(s, mp_rec_str(action, "owner"))},
                                        {"what", what}};
        if (what.n == 0)
            continue;
        mp_say_line(lines, mp_words_fill(&s->b->words, "sheet.action", fills, 2),
                    due_of(ep, action, overdue), overdue);
    }
    return late;
}

void mp_episode_questions(struct mp_episode *ep, struct mp_buf *lines)
{
    yyjson_val *all = mp_episode_list(ep->root, "triage.questions"), *question;
    size_t i, n;
    if (!all)
        return;
    yyjson_arr_foreach(all, i, n, question)
    {
        if (i < LIST_MAX)
            mp_say_line(lines, mp_say_rule(ep->s, mp_rec_text(question)), MP_STR(""), false);
    }
}

struct mp_str mp_episode_number(struct mp_episode *ep, yyjson_val *report)
{
    struct mp_buf b = {0};
    mp_say_join(&b, "-", mp_say_value(ep->s, mp_rec_str(report, "id")));
    mp_say_join(&b, "-", mp_say_value(ep->s, mp_rec_str(report, "document")));
    return mp_say_keep(ep->s, &b);
}

struct mp_str mp_episode_numbers(struct mp_episode *ep)
{
    yyjson_val *all = mp_episode_list(ep->root, "link.reports"), *report;
    struct mp_buf b = {0};
    size_t i, n;
    if (ep->s->level == MP_DETAIL_STATISTICS)
        return MP_STR("");
    if (!all)
        return mp_episode_number(ep, ep->root);
    yyjson_arr_foreach(all, i, n, report)
    {
        if (i < LIST_MAX)
            mp_say_join(&b, ", ", mp_episode_number(ep, report));
    }
    return mp_say_keep(ep->s, &b);
}
