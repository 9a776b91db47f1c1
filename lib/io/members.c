/* Where the members of a JSON object stand in its text. */
#include "io/members.h"
#include "base/utf8.h"
#include "io/json_text.h"

const struct mp_str mp_record_keys[] = {
    [MP_KEY_SCHEMA] = MP_KEY("schema"),
    [MP_KEY_ID] = MP_KEY("id"),
    [MP_KEY_DOCUMENT] = MP_KEY("document"),
    [MP_KEY_KIND] = MP_KEY("kind"),
    [MP_KEY_SOURCE] = MP_KEY("source"),
    [MP_KEY_REPORTED_AT] = MP_KEY("reported_at"),
    [MP_KEY_PERSON] = MP_KEY("person"),
    [MP_KEY_PLACE] = MP_KEY("place"),
    [MP_KEY_MISSING_SINCE] = MP_KEY("missing_since"),
    [MP_KEY_RETURNED_AT] = MP_KEY("returned_at"),
    [MP_KEY_FIRST_ACTION_AT] = MP_KEY("first_action_at"),
    [MP_KEY_INTERVIEW_AT] = MP_KEY("interview_at"),
    [MP_KEY_POLICE_CATEGORY] = MP_KEY("police_category"),
    [MP_KEY_TRAFFIC_LIGHT] = MP_KEY("traffic_light"),
    [MP_KEY_NARRATIVE] = MP_KEY("narrative"),
    [MP_KEY_SIGNALS] = MP_KEY("signals"),
    [MP_KEY_HOSTS] = MP_KEY("hosts"),
    [MP_KEY_FACTS_FROM] = MP_KEY("facts_from"),
    [MP_KEY_REST] = MP_KEY("rest"),
    [MP_KEY_LINK] = MP_KEY("link"),
    [MP_KEY_TRIAGE] = MP_KEY("triage"),
    {NULL, 0},
};
const struct mp_str mp_person_keys[] = {
    [MP_KEY_GIVEN_NAME] = MP_KEY("given_name"),
    [MP_KEY_NAME_PREFIX] = MP_KEY("name_prefix"),
    [MP_KEY_FAMILY_NAME] = MP_KEY("family_name"),
    [MP_KEY_BIRTH_DATE] = MP_KEY("birth_date"),
    [MP_KEY_SEX] = MP_KEY("sex"),
    [MP_KEY_AGE] = MP_KEY("age"),
    [MP_KEY_CLIENT_ID] = MP_KEY("client_id"),
    {NULL, 0},
};

/* ---- strings ---- */

static uint32_t hex4(const char *p)
{
    uint32_t c = 0;
    for (size_t i = 0; i < 4; i++)
        c = c << 4 | (((unsigned)p[i] & 15) + (p[i] > '9' ? 9 : 0));
    return c;
}

/* Writes what the escape at p stands for; behind it. Surrogates come in pairs. */
static const char *add_escape(const char *p, struct mp_buf *b)
{
    static const char meant[] = {
        ['b'] = '\b', ['t'] = '\t', ['n'] = '\n', ['f'] = '\f', ['r'] = '\r'};
    unsigned char c = (unsigned char)p[1];
    if (c != 'u') {
        mp_buf_addc(b, c < sizeof meant && meant[c] ? meant[c] : (char)c);
        return p + 2;
    }
    uint32_t point = hex4(p + 2);
    if (point >> 10 != 0xd800 >> 10) {
        mp_utf8_add(b, point);
        return p + 6;
    }
    mp_utf8_add(b, 0x10000 + ((point & 0x3ff) << 10) + (hex4(p + 8) & 0x3ff));
    return p + 12;
}

/* What stands between the quotes of a string. */
static struct mp_str unescaped(struct mp_str s, struct mp_buf *room)
{
    const char *p = s.p, *end = s.p + s.n, *escape = s.n ? memchr(p, '\\', s.n) : NULL;
    if (!escape)
        return s;
    room->len = 0;
    mp_buf_reserve(room, s.n);
    for (; escape; escape = memchr(p, '\\', (size_t)(end - p))) {
        mp_buf_add(room, p, (size_t)(escape - p));
        p = add_escape(escape, room);
    }
    mp_buf_add(room, p, (size_t)(end - p));
    return mp_buf_str(room);
}

struct mp_str mp_members_text(struct mp_str json, struct mp_buf *room)
{
    if (json.n && json.p[0] == '"')
        return unescaped((struct mp_str){json.p + 1, json.n - 2}, room);
    bool number = json.n && (json.p[0] == '-' || (json.p[0] >= '0' && json.p[0] <= '9'));
    return number ? json : (struct mp_str){0};
}

/* ---- members ---- */

enum { NONE = MP_MEMBERS_MAX };

/* Keys mostly come in their order: those behind the last one are looked at first. */
static inline size_t number_of(struct mp_str key, const struct mp_str *order, size_t first)
{
    for (size_t i = first; order[i].p; i++)
        if (mp_str_eq(order[i], key))
            return i;
    for (size_t i = 0; i < first; i++)
        if (mp_str_eq(order[i], key))
            return i;
    return NONE;
}

/* An escaped key is the same key. */
static size_t number_of_escaped(struct mp_str key, const struct mp_str *order)
{
    struct mp_buf room = {0};
    size_t number = number_of(unescaped(key, &room), order, 0);
    mp_buf_free(&room);
    return number;
}

static void note(struct mp_members *m, size_t number, const char *begin, struct mp_str value)
{
    m->at[number] = (struct mp_member){begin, value, m->n};
    m->known[m->n_known++] = (uint8_t)number;
    m->present |= UINT32_C(1) << number;
}

void mp_members_find(struct mp_members *m, struct mp_str text, const struct mp_str *order)
{
    const char *p = text.p ? mp_json_skip_blanks(text.p) : "";
    if (*p != '{') {
        text = MP_STR("{}");
        p = text.p;
    }
    const char *end = text.p + text.n;
    size_t next = 0;
    m->text = text;
    m->order = order;
    m->inside = p + 1;
    m->n = m->n_known = m->present = 0;
    for (p = mp_json_skip_blanks(p + 1); *p != '}'; m->n++) {
        const char *begin = p, *behind = mp_json_skip_string(begin + 1, end);
        struct mp_str key = {begin + 1, (size_t)(behind - begin) - 2};
        const char *value = mp_json_skip_blanks(mp_json_skip_blanks(behind) + 1);
        p = mp_json_skip_value(value, end);
        size_t number = number_of(key, order, next);
        if (number == NONE && memchr(key.p, '\\', key.n))
            number = number_of_escaped(key, order);
        if (number != NONE && !(m->present >> number & 1)) {
            note(m, number, begin, (struct mp_str){value, (size_t)(p - value)});
            next = number + 1;
        }
        p = mp_json_skip_blanks(p);
        if (*p == ',')
            p = mp_json_skip_blanks(p + 1);
    }
}
