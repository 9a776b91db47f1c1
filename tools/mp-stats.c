/*
 * mp-stats - counts reports, episodes and persons in tables.
 *
 * Reads every record once and keeps only cells; the rows follow when the input has ended - or the
 * cells as they are, to be joined with those of others.
 */
#include "cli/app.h"
#include "cli/schemas.h"
#include "count/conditions.h"
#include "count/publish.h"
#include "count/state.h"
#include <inttypes.h>
#include <stdio.h>

#define DEFAULT_SET "weekly"

enum { DEFAULT_MIN = 5, DEFAULT_EFFORT = 300, MOST_EFFORT = 1000000, MOST_MIN = 100 };

struct stats {
    struct mp_opt_list by, sets, figure_sets;
    const char *dimensions, *unit, *lang, *zeros;
    int64_t min_cell, round, effort; /* below 0: not given */
    bool unsafe;
    struct mp_guard_rules guard;
    struct mp_time as_of;
    struct mp_arena arena;
    struct mp_case k;
    struct mp_rules rules;
    struct mp_dims dims;
    struct mp_crosstabs set;
    struct mp_tally tally;
    struct mp_skim skim;
    struct mp_publication rows;
    bool partial, merge;
    const char *key_file;
    struct mp_person_key key;
    struct mp_state_frame frame;
    struct mp_state_reader states;
};

/* ---- disclosure control ---- */

/* Tables that must not come out under control are counted, but not written. */
static bool is_told(const struct stats *s, const struct mp_crosstab *table)
{
    return s->unsafe || mp_guard_may(table);
}

static int check_internal(const struct stats *s, struct mp_error *e)
{
    for (size_t i = 0; i < s->set.n; i++)
        if (s->partial || is_told(s, &s->set.items[i]))
            return 0;
    return mp_error_set(e, MP_USAGE, "all tables are for internal use only: see --unsafe");
}

static void say_internal(struct mp_app *app, const struct mp_crosstab *table)
{
    struct mp_error e;
    mp_error_set(&e, MP_INTERNAL, "table %s is for internal use only: left out, see --unsafe",
                 table->name.p);
    mp_app_say(app, &e);
}

static int read_control(struct mp_app *app, struct stats *s)
{
    struct mp_error e;
    int bad = 0;
    bool hide_zeros = s->zeros && strcmp(s->zeros, "hide") == 0;
    s->guard =
        (struct mp_guard_rules){.unsafe = s->unsafe,
                                .min = s->min_cell < 0 ? DEFAULT_MIN : (uint64_t)s->min_cell,
                                .round = s->round < 0 ? 0 : (uint64_t)s->round,
                                .hide_zeros = hide_zeros,
                                .effort = s->effort < 0 ? DEFAULT_EFFORT : (uint64_t)s->effort};
    if (s->unsafe && (s->min_cell >= 0 || s->round >= 0 || s->zeros))
        bad = mp_error_set(&e, MP_USAGE,
                           "--unsafe goes with none of --min-cell, --round and --zeros");
    else if (s->effort >= 0 && (s->effort == 0 || s->effort > MOST_EFFORT))
        bad = mp_error_set(&e, MP_USAGE, "--effort: must be 1 to %d", MOST_EFFORT);
    else if (s->round >= 0 && s->zeros)
        bad = mp_error_set(&e, MP_USAGE, "--round and --zeros do not go together");
    else if (s->partial && (s->min_cell >= 0 || s->round >= 0 || s->zeros))
        bad = mp_error_set(&e, MP_USAGE,
                           "--partial writes all counts: --min-cell, --round and --zeros go with "
                           "the run that writes rows");
    else if (s->round >= 0 && s->round < 5)
        bad = mp_error_set(&e, MP_USAGE,
                           "--round: must be 5 or more, or a count of 1 could be told from others");
    else if (s->min_cell >= 0 && (s->min_cell < 2 || s->min_cell > MOST_MIN))
        bad = mp_error_set(&e, MP_USAGE, "--min-cell: must be 2 to %d", MOST_MIN);
    else if (s->min_cell == 2 && !hide_zeros && s->round < 0)
        bad = mp_error_set(&e, MP_USAGE,
                           "--min-cell: 2 hides nothing where zeros are shown, for "
                           "what is hidden is 1: give 3, or --zeros hide");
    return bad ? mp_app_fail(app, &e) : 0;
}

/* ---- rules ---- */

/* Puts what was read behind the tables that are there. */
static int take(struct stats *s, struct mp_crosstabs *more, int bad, struct mp_error *e)
{
    if (!bad)
        bad = mp_crosstabs_join(&s->set, more, &s->dims, e);
    mp_crosstabs_free(more);
    return bad;
}

static int read_tables(struct stats *s, const char *name, struct mp_buf *path, struct mp_error *e)
{
    struct mp_crosstabs more;
    if (mp_schemas_find(path, "tables", name, e) < 0)
        return -1;
    return take(s, &more, mp_crosstabs_read(path->data, &s->dims, &more, e), e);
}

static int read_figures(struct stats *s, const char *name, struct mp_buf *path, struct mp_error *e)
{
    struct mp_crosstabs more;
    struct mp_figures *figures = mp_arena_alloc(&s->arena, sizeof *figures);
    if (!figures)
        return mp_error_memory(e);
    if (mp_schemas_find(path, "figures", name, e) < 0 ||
        mp_figures_read(&s->rules, path->data, figures, e) < 0)
        return -1;
    struct mp_str label = figures->label;
    label.n = strcspn(label.p, "/");
    return take(s, &more, mp_crosstabs_figures(figures, label, &s->dims, &more, e), e);
}

static int read_set(struct stats *s, struct mp_buf *path, struct mp_error *e)
{
    struct mp_crosstabs more;
    if (s->by.n + s->figure_sets.n + s->sets.n == 0)
        return read_tables(s, DEFAULT_SET, path, e);
    int bad =
        take(s, &more, mp_crosstabs_quick("--by", s->by.items, s->by.n, &s->dims, &more, e), e);
    for (size_t i = 0; !bad && i < s->sets.n; i++)
        bad = read_tables(s, s->sets.items[i], path, e);
    for (size_t i = 0; !bad && i < s->figure_sets.n; i++)
        bad = read_figures(s, s->figure_sets.items[i], path, e);
    return bad;
}

/* What every run needs: the codes of signals, when a youth counts as back, the dimensions. */
static int read_shared(struct stats *s, struct mp_buf *path, struct mp_when *returned,
                       struct mp_yaml **root, struct mp_error *e)
{
    struct mp_str label;
    mp_case_make(&s->k, s->as_of);
    mp_case_judged(&s->k);
    s->rules = (struct mp_rules){.arena = &s->arena, .k = &s->k, .lang = s->lang};
    if (mp_schemas_path(path, NULL, "codes", e) < 0 ||
        mp_rules_codes(&s->rules, path->data, e) < 0 ||
        mp_schemas_path(path, "case", "default", e) < 0 ||
        mp_rules_load(&s->rules, path->data, "case", "returned risk institution_words", root,
                      &label, e) < 0 ||
        mp_rules_when(&s->rules, *root, "returned", true, returned, e) < 0 ||
        mp_schemas_find(path, "tables", s->dimensions, e) < 0)
        return -1;
    return mp_dims_read(&s->rules, path->data, &s->dims, e);
}

static enum mp_count_unit unit_named(const char *name)
{
    enum mp_count_unit u = 0;
    while (strcmp(name, mp_count_unit_names[u]) != 0)
        u++;
    return u;
}

/* What a state hangs on beside its tables. */
static int read_frame(struct mp_app *app, struct stats *s, const struct mp_yaml *root,
                      struct mp_error *e)
{
    s->frame = (struct mp_state_frame){.set = s->set.name,
                                       .version = s->set.version,
                                       .unit = s->unit,
                                       .as_of = s->as_of,
                                       .key = &s->key};
    if (s->key_file && !s->partial && !s->merge)
        return mp_error_set(e, MP_USAGE, "--key goes with --partial or --merge");
    if (s->key_file && mp_person_key_read(&s->key, s->key_file, e) < 0)
        return -1;
    if (s->key.open) {
        struct mp_error w;
        mp_error_set(&w, MP_OPEN_KEY, "the key can be read by others");
        mp_error_at(&w, mp_str_of(s->key_file), 0, 0);
        mp_app_say(app, &w);
    }
    return mp_state_frame_rules(&s->frame, &s->set, mp_yaml_get(root, "returned"), e);
}

static int read_rules(struct mp_app *app, struct stats *s)
{
    struct mp_error e;
    struct mp_buf path = {0};
    struct mp_when returned = {0};
    struct mp_yaml *root;
    int bad =
        read_shared(s, &path, &returned, &root, &e) < 0 || read_set(s, &path, &e) < 0 ? -1 : 0;
    mp_buf_free(&path);
    if (!bad && s->unit && !mp_crosstabs_restrict(&s->set, unit_named(s->unit)))
        bad = mp_error_set(&e, MP_USAGE, "no table of this set counts %s", s->unit);
    if (!bad)
        bad = check_internal(s, &e);
    bool controlled = !s->unsafe && s->round < 0;
    if (!bad && (controlled || s->partial || s->merge))
        bad = mp_conditions_count(&s->set, &s->dims, &e);
    if (!bad)
        bad = read_frame(app, s, root, &e);
    if (!bad)
        bad = mp_tally_begin(&s->tally, &s->set, &s->dims, &e);
    s->tally.returned = returned;
    s->tally.key = s->key;
    s->tally.every_person = !s->unsafe || s->partial || s->merge;
    if (!bad && !s->merge && mp_tally_skim(&s->tally, &s->skim))
        app->skim = &s->skim;
    return bad ? mp_app_fail(app, &e) : 0;
}

/* ---- records ---- */

static int on_record(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct stats *s = ctx;
    struct mp_error e;
    int counted = mp_tally_add(&s->tally, rec->root, &e);
    if (counted < 0 && mp_code_info[e.code].level == MP_FATAL)
        return mp_app_fail(app, &e);
    if (counted < 0)
        return mp_app_reject(app, &e, rec->line, rec->record, rec->offset, 0);
    app->counts.joined += counted == 1;
    app->counts.dropped += counted == 0;
    return 0;
}

/* ---- states ---- */

static int on_state(struct mp_app *app, struct mp_rec *rec, void *ctx)
{
    struct stats *s = ctx;
    struct mp_error e;
    if (mp_state_read(&s->states, rec, &e) == 0) {
        app->counts.joined++;
        return 0;
    }
    if (mp_code_info[e.code].level == MP_FATAL)
        return mp_app_fail(app, &e);
    return mp_app_reject(app, &e, rec->line, rec->record, rec->offset, 0);
}

static int read_states(struct mp_app *app, struct stats *s)
{
    struct mp_error e;
    size_t at = 0;
    mp_state_read_begin(&s->states, &s->tally, &s->frame);
    if (mp_app_each_record(app, MP_STATE_SCHEMA, on_state, s) < 0)
        return -1;
    if (mp_state_read_check(&s->states, &e) < 0)
        return mp_app_fail(app, &e);
    while (mp_state_read_twice(&s->states, &at, &e))
        mp_app_say(app, &e);
    return 0;
}

static int write_state(struct mp_app *app, struct stats *s)
{
    struct mp_error e;
    struct mp_state_writer w;
    int more = mp_state_write_begin(&w, &s->tally, &s->frame, &e) < 0 ? -1 : 1;
    bool stopped = false;
    while (more > 0 && !stopped && (more = mp_state_write(&w, &app->out.buf, &e)) > 0) {
        app->counts.written++;
        stopped = mp_app_check(app) < 0;
    }
    mp_state_write_end(&w);
    return more < 0 ? mp_app_fail(app, &e) : stopped ? -1 : 0;
}

/* ---- rows ---- */

/* Which units all records give, as bits; says what is left out. */
static int units_given(struct mp_app *app, const struct stats *s, unsigned *units)
{
    struct mp_error e;
    char names[64] = "";
    uint64_t lacking = 0;
    *units = 0;
    for (enum mp_count_unit u = 0; u < MP_N_UNITS; u++) {
        bool asked = false;
        for (size_t i = 0; i < s->set.n; i++)
            asked |= mp_crosstab_has(&s->set.items[i], u);
        if (mp_tally_gives(&s->tally, u)) {
            *units |= 1u << u;
        } else if (asked) {
            lacking = s->tally.lacking[u];
            size_t n = strlen(names);
            snprintf(names + n, sizeof names - n, "%s%s", n ? " or " : "", mp_count_unit_names[u]);
        }
    }
    if (lacking == 0)
        return 0;
    mp_error_set(&e,
                 s->unit                      ? MP_NO_UNIT
                 : lacking < s->tally.records ? MP_MIXED_UNITS
                                              : MP_UNITS_LEFT_OUT,
                 "no %s: %" PRIu64 " of %" PRIu64 " records do not tell them", names, lacking,
                 s->tally.records);
    if (s->unit)
        return mp_app_fail(app, &e);
    mp_app_say(app, &e);
    return 0;
}

static void say_gap(struct mp_app *app, const struct mp_listing *l)
{
    struct mp_error e;
    struct mp_buf from = {0}, to = {0};
    mp_dim_add_value(&from, l->time, l->gap_from);
    mp_dim_add_value(&to, l->time, l->gap_to);
    if (mp_buf_cstr(&from) && mp_buf_cstr(&to)) {
        mp_error_set(&e, MP_LONG_GAP, "table %s: nothing between %s and %s", l->table->name.p,
                     from.data, to.data);
        mp_app_say(app, &e);
    }
    mp_buf_free(&from);
    mp_buf_free(&to);
}

/* What the condition of a table asks for in vain. */
static void say_missing(struct mp_app *app, const struct stats *s, const struct mp_crosstab *table)
{
    struct mp_error e;
    uint64_t left = s->tally.records > 0 ? table->where.places & ~s->tally.told : 0;
    for (; left; left &= left - 1) {
        struct mp_str path = mp_case_path(&s->k, (size_t)__builtin_ctzll(left));
        mp_error_set(&e, MP_NEVER_DECIDED,
                     "table %s: no record tells '%.*s', which its 'where' asks for", table->name.p,
                     (int)path.n, path.p);
        mp_app_say(app, &e);
    }
}

/* A table with too many cells to guard them. */
static void say_coarse(struct mp_app *app, const struct stats *s, size_t table)
{
    struct mp_error e;
    if (!mp_guard_is_coarse(&s->rows.guard, table))
        return;
    mp_error_set(
        &e, MP_TOO_FINE,
        "table %s: too many cells to guard: only totals over one of its dimensions or more "
        "are written",
        s->set.items[table].name.p);
    mp_app_say(app, &e);
}

static void say_left_out(struct mp_app *app, const struct mp_listing *l)
{
    struct mp_error e;
    if (l->gap)
        say_gap(app, l);
    if (l->left_out == 0)
        return;
    mp_error_set(&e, MP_EMPTY_LEFT_OUT,
                 "table %s: %" PRIu64 " cells with 0 are left out; the totals have every %s",
                 l->table->name.p, l->left_out, mp_period_names[l->time->period]);
    mp_app_say(app, &e);
}

/* Open cases that have no duration, where a table asks for it. */
static void say_endless(struct mp_app *app, const struct mp_tally *tally)
{
    struct mp_error e;
    if (tally->endless == 0 || !mp_tally_asks_duration(tally))
        return;
    mp_error_set(&e, MP_ENDLESS, "open cases without a duration: %" PRIu64, tally->endless);
    mp_app_say(app, &e);
}

/* How many rows are hidden, by reason. */
static void say_hidden(struct mp_app *app, const struct mp_publication *p)
{
    struct mp_error e;
    struct mp_buf b = {0};
    uint64_t hidden = p->withheld;
    for (size_t why = MP_SHOWN + 1; why < MP_N_HIDDEN; why++) {
        hidden += p->hidden[why];
        if (p->hidden[why])
            mp_buf_addf(&b, "%s%s %" PRIu64, b.len ? ", " : "", mp_hidden_names[why],
                        p->hidden[why]);
    }
    if (p->withheld)
        mp_buf_addf(&b, "%salarms that are not written %" PRIu64, b.len ? ", " : "", p->withheld);
    if (hidden && mp_buf_cstr(&b)) {
        mp_error_set(&e, MP_CELLS_HIDDEN, "%" PRIu64 " of %" PRIu64 " rows are hidden: %s", hidden,
                     p->rows + p->withheld, b.data);
        mp_app_say(app, &e);
    }
    mp_buf_free(&b);
}

static int write_rows(struct mp_app *app, struct stats *s, unsigned units)
{
    struct mp_error e;
    say_endless(app, &s->tally);
    if (mp_tally_finish(&s->tally, &e) < 0 ||
        mp_publication_begin(&s->rows, &s->tally, &s->guard, units, &e) < 0)
        return mp_app_fail(app, &e);
    for (size_t i = 0; i < s->rows.n; i++) {
        if (!is_told(s, &s->set.items[i])) {
            say_internal(app, &s->set.items[i]);
            continue;
        }
        say_missing(app, s, &s->set.items[i]);
        say_coarse(app, s, i);
        say_left_out(app, &s->rows.lists[i]);
    }
    while (mp_publication_next(&s->rows, &app->out.buf)) {
        app->counts.written++;
        if (mp_app_check(app) < 0)
            return -1;
    }
    say_hidden(app, &s->rows);
    return 0;
}

static void run(struct mp_app *app, struct stats *s)
{
    unsigned units;
    if (read_control(app, s) < 0 || read_rules(app, s) < 0 || mp_app_open(app) < 0 ||
        (s->merge ? read_states(app, s) : mp_app_each_record(app, MP_SCHEMA, on_record, s)) < 0)
        return;
    if (s->partial)
        write_state(app, s);
    else if (units_given(app, s, &units) == 0)
        write_rows(app, s, units);
}

int main(int argc, char **argv)
{
    struct stats s = {
        .dimensions = "dimensions", .lang = "nl", .min_cell = -1, .round = -1, .effort = -1};
    const struct mp_opt options[] = {
        {'b', "by", "DIM[,DIM...]", MP_OPT_LIST, &s.by, NULL,
         "one table by these dimensions (may be given again for another)"},
        {'t', "tables", "NAME|FILE", MP_OPT_LIST, &s.sets, NULL,
         "a set of tables: of schemas/tables, or a file (default weekly)"},
        {'f', "figures", "NAME|FILE", MP_OPT_LIST, &s.figure_sets, NULL,
         "published figures beside the same from the input: of schemas/figures, or a file"},
        {'l', "lang", "LANGUAGE", MP_OPT_CHOICE, &s.lang, "nl en",
         "language of the figures' texts: nl (default) or en"},
        {'d', "dimensions", "FILE", MP_OPT_TEXT, &s.dimensions, NULL,
         "what tables can be broken down by (default: of schemas/tables)"},
        {'u', "unit", "UNIT", MP_OPT_CHOICE, &s.unit, "reports episodes persons",
         "count only reports, episodes or persons"},
        {0, "as-of", "DATE", MP_OPT_DATE, &s.as_of, NULL,
         "count open cases up to this moment (default: when mp-triage judged them)"},
        {0, "min-cell", "N", MP_OPT_COUNT, &s.min_cell, NULL,
         "hide counts below N, of units or of persons, and what gives them away (default 5)"},
        {0, "round", "N", MP_OPT_COUNT, &s.round, NULL,
         "in place of hiding, round counts to the nearest multiple of N"},
        {0, "zeros", "WHAT", MP_OPT_CHOICE, &s.zeros, "show hide",
         "hide: 0 is a small count like any other (default show)"},
        {0, "effort", "N", MP_OPT_COUNT, &s.effort, NULL,
         "see to it that hidden cells stay hidden by looking at up to N million cells (default "
         "300)"},
        {0, "unsafe", NULL, MP_OPT_FLAG, &s.unsafe, NULL,
         "no disclosure control: for internal use only"},
        {0, "partial", NULL, MP_OPT_FLAG, &s.partial, NULL,
         "write a state that --merge joins with others, no rows"},
        {0, "merge", NULL, MP_OPT_FLAG, &s.merge, NULL,
         "read states that --partial wrote with these options, no records"},
        {0, "key", "FILE", MP_OPT_TEXT, &s.key_file, NULL,
         "hash persons in states with the secret bytes of FILE"},
    };
    struct mp_app app = {.name = "mp-stats",
                         .about = "counts reports, episodes and persons in tables",
                         .usage = "[OPTION]... [FILE]...",
                         .options = options,
                         .n_options = sizeof options / sizeof *options,
                         .scope = MP_IN_STATS,
                         .written_name = "rows"};
    int status = mp_app_start(&app, argc, argv);
    if (status == MP_APP_GO) {
        app.written_name = s.partial ? "lines" : "rows";
        run(&app, &s);
        status = mp_app_end(&app);
    }
    mp_publication_end(&s.rows);
    mp_state_read_end(&s.states);
    mp_tally_free(&s.tally);
    mp_crosstabs_free(&s.set);
    mp_dims_free(&s.dims);
    mp_arena_free(&s.arena);
    return status;
}
