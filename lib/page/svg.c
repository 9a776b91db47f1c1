/* A figure as an SVG element. */
#include "page/svg.h"

void mp_svg_open(struct mp_buf *b, const struct mp_figure *f, double height, unsigned id)
{
    mp_buf_addf(b,
                "<svg role=\"img\" viewBox=\"0 0 %d %.0f\" aria-labelledby=\"ft%u\" "
                "aria-describedby=\"fd%u\">\n<title id=\"ft%u\">",
                MP_SVG_WIDTH, height, id, id, id);
    mp_escape(b, MP_IN_HTML, f->title);
    mp_buf_addf(b, "</title>\n<desc id=\"fd%u\">", id);
    mp_escape(b, MP_IN_HTML, f->description);
    mp_buf_adds(b, "</desc>\n");
}

void mp_svg_text(struct mp_buf *b, double x, double y, const char *class, struct mp_str text)
{
    if (text.n == 0)
        return;
    mp_buf_addf(b, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, class);
    mp_escape(b, MP_IN_HTML, text);
    mp_buf_adds(b, "</text>\n");
}

double mp_svg_width(struct mp_str text, double letter)
{
    return (double)mp_width(text) * letter;
}

bool mp_svg_hidden(const struct mp_bar *bar)
{
    return bar->cell.kind == MP_CELL_HIDDEN || bar->cell.kind == MP_CELL_CONFLICT;
}

void mp_svg_bar(struct mp_buf *b, double x, double y, double width, double height,
                const struct mp_bar *bar)
{
    mp_buf_addf(b,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"><title>",
                x, y, width, height,
                mp_svg_hidden(bar) ? "hidden"
                : bar->soft        ? "bar soft"
                                   : "bar");
    mp_escape(b, MP_IN_HTML, bar->label);
    mp_buf_adds(b, ": ");
    mp_escape(b, MP_IN_HTML, bar->cell.text);
    mp_buf_adds(b, "</title></rect>\n");
}

void mp_page_svg(struct mp_buf *b, const struct mp_figure *f, unsigned id)
{
    if (f->kind == MP_FIGURE_BARS)
        mp_svg_bars(b, f, id);
    else
        mp_svg_weeks(b, f, id);
    mp_buf_adds(b, "</svg>\n");
}
