/* Bars as plain text. */
#include "page/plain.h"

/* A bar of `room` columns for the whole axis, in eighths of a column (in halves with ASCII). */
static void add_bar(struct mp_plain *w, double share, size_t room, bool soft)
{
    static const char *const part[] = {"",       "\u258f", "\u258e", "\u258d",
                                       "\u258c", "\u258b", "\u258a", "\u2589"};
    size_t eighths = (size_t)(share * (double)room * 8 + 0.5);
    if (eighths == 0 && share > 0)
        eighths = 1;
    if (soft) {
        mp_plain_repeat(w, "\u2591", ".", (eighths + 7) / 8);
        return;
    }
    if (w->place == MP_IN_ASCII) {
        mp_plain_repeat(w, "", "#", eighths / 8);
        mp_plain_repeat(w, "", "|", eighths % 8 >= 4 || eighths < 4);
        return;
    }
    mp_plain_repeat(w, "\u2588", "", eighths / 8);
    mp_buf_adds(w->b, part[eighths % 8]);
}

struct widths {
    size_t label, number, beside, bar;
    bool alarms;
};

static void widen(struct mp_plain *w, struct mp_str s, size_t *width)
{
    size_t n = mp_plain_width(w, s);
    *width = n > *width ? n : *width;
}

static struct widths measure(struct mp_plain *w, const struct mp_figure *f)
{
    struct widths v = {.number = 1, .alarms = f->alarms.n > 0};
    for (size_t i = 0; i < f->n_bars; i++) {
        widen(w, f->bars[i].label, &v.label);
        widen(w, f->bars[i].cell.text, &v.number);
        widen(w, f->bars[i].beside, &v.beside);
    }
    size_t half = w->columns / 2;
    v.number = v.number < half ? v.number : half;
    v.beside = v.beside < half / 3 ? v.beside : half / 3;
    size_t most = v.number < half / 2 ? half : half / 2;
    v.label = v.label < most ? v.label : most;
    size_t used = v.label + v.number + 3 * MP_PLAIN_GAP + (v.alarms ? MP_PLAIN_GAP : 0) +
                  (v.beside ? v.beside + MP_PLAIN_GAP : 0);
    v.bar = w->columns > used + 4 ? w->columns - used : 4;
    return v;
}

/* A long label goes on below its bar. */
static void draw_bar(struct mp_plain *w, const struct mp_figure *f, const struct mp_bar *bar,
                     const struct widths *v)
{
    struct mp_buf kept = {0};
    mp_escape(&kept, w->place, bar->label);
    w->b->failed |= kept.failed;
    struct mp_str label = mp_buf_str(&kept);
    mp_plain_blanks(w, MP_PLAIN_GAP);
    mp_plain_field(w, mp_plain_piece(&label, v->label), v->label, false);
    mp_plain_blanks(w, MP_PLAIN_GAP);
    mp_plain_field(w, mp_plain_shown(w, bar->cell.text, NULL), v->number, true);
    if (v->beside > 0) {
        mp_plain_blanks(w, MP_PLAIN_GAP);
        mp_plain_field(w, mp_plain_shown(w, bar->beside, NULL), v->beside, true);
    }
    if (v->alarms)
        mp_buf_adds(w->b, bar->alarm ? " !" : "  ");
    mp_plain_blanks(w, MP_PLAIN_GAP);
    if (f->top > 0 && bar->cell.size > 0)
        add_bar(w, bar->cell.size < f->top ? bar->cell.size / f->top : 1, v->bar, bar->soft);
    mp_plain_end(w);
    while (label.n > 0) {
        mp_plain_blanks(w, MP_PLAIN_GAP);
        mp_buf_addstr(w->b, mp_plain_piece(&label, v->label));
        mp_plain_end(w);
    }
    mp_buf_free(&kept);
}

void mp_plain_bars(struct mp_plain *w, const struct mp_figure *f)
{
    struct widths v = measure(w, f);
    for (size_t i = 0; i < f->n_bars && !w->b->failed; i++) {
        const struct mp_bar *bar = f->bars + i;
        bool begins = f->kind == MP_FIGURE_BARS && bar->group.n > 0 &&
                      (i == 0 || !mp_str_eq(bar->group, f->bars[i - 1].group));
        if (begins) {
            if (i > 0)
                mp_buf_addc(w->b, '\n');
            mp_plain_text(w, bar->group, MP_PLAIN_GAP);
        }
        if (bar->mark.n > 0) {
            mp_plain_blanks(w, MP_PLAIN_GAP);
            mp_plain_repeat(w, "\u2504\u2504 ", "-- ", 1);
            mp_plain_field(w, mp_plain_shown(w, bar->mark, NULL), v.label, false);
            mp_plain_end(w);
        }
        draw_bar(w, f, bar, &v);
    }
    mp_buf_addc(w->b, '\n');
    if (f->alarms.n > 0) {
        mp_plain_hanging(w, "!", f->alarms, MP_PLAIN_GAP);
        mp_buf_addc(w->b, '\n');
    }
}
