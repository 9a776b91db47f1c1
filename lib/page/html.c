/* A page as one static HTML document: its head, what stands above and below the sections. */
#include "page/html.h"
#include "base/sha256.h"

/* An appendix is cut first: what it holds stands in part in the sections. */
static const struct mp_html_limit limits[] = {
    {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX},
    {500, 60, 200, 30, 20, 100, 40},
    {200, 60, 60, 20, 15, 80, 20},
    {100, 60, 30, 12, 10, 60, 15},
    {100, 60, 10, 6, 8, 40, 10},
    {60, 40, 4, 3, 6, 30, 8},
    {30, 20, 4, 2, 5, 20, 6},
    {15, 8, 4, 2, 3, 12, 4},
    {4, 2, 4, 1, 1, 8, 2}};

enum { CONTENTS_MIN = 4 }; /* sections from which on a reader wants to be led */

void mp_html_put(struct mp_html *w, const char *markup)
{
    mp_buf_adds(w->b, markup);
}

void mp_html_text(struct mp_html *w, struct mp_str s)
{
    mp_escape(w->b, MP_IN_HTML, s);
}

void mp_html_element(struct mp_html *w, const char *open, struct mp_str s, const char *close)
{
    mp_html_put(w, open);
    mp_html_text(w, s);
    mp_html_put(w, close);
}

void mp_html_refs(struct mp_html *w, const struct mp_refs *refs)
{
    if (refs->n == 0)
        return;
    mp_html_put(w, "<sup>");
    for (size_t i = 0; i < refs->n; i++)
        mp_buf_addf(w->b, "%s<a href=\"#n%u\">%u</a>", i ? " " : "", refs->note[i], refs->note[i]);
    mp_html_put(w, "</sup>");
}

void mp_html_left_out(struct mp_html *w, struct mp_str words, size_t n)
{
    const char *at = memmem(words.p, words.n, "{n}", 3);
    size_t before = at ? (size_t)(at - words.p) : words.n, after = at ? before + 3 : words.n;
    mp_html_element(w, "<p class=\"cut\">", (struct mp_str){words.p, before}, "");
    mp_buf_addu(w->b, n);
    mp_html_element(w, "", (struct mp_str){words.p + after, words.n - after}, "</p>\n");
}

static void head(struct mp_html *w)
{
    mp_html_element(w, "<!DOCTYPE html>\n<html lang=\"", w->page->language, "\">\n<head>\n");
    mp_html_put(w, "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
                   "content=\"default-src 'none'; style-src 'sha256-");
    mp_sha256_add_base64(w->b, mp_str_of(mp_page_style));
    mp_html_put(w, "'; base-uri 'none'; form-action 'none'\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n"
                   "<meta name=\"robots\" content=\"noindex\">\n");
    mp_html_element(w, "<title>", w->page->title, "</title>\n<style>");
    mp_html_put(w, mp_page_style);
    mp_html_put(w, "</style>\n</head>\n");
}

static void opening(struct mp_html *w)
{
    const struct mp_page *p = w->page;
    mp_html_put(w, "<body>\n");
    if (p->skip.n > 0)
        mp_html_element(w, "<a class=\"skip\" href=\"#main\">", p->skip, "</a>\n");
    mp_html_element(w, "<header>\n<h1>", p->title, "</h1>\n");
    if (p->period.n > 0)
        mp_html_element(w, "<p class=\"period\">", p->period, "</p>\n");
    mp_html_put(w, "</header>\n<main id=\"main\">\n");
    for (size_t i = 0; i < p->n_notices; i++)
        mp_html_element(w,
                        p->notices[i].warning ? "<p class=\"note warning\">" : "<p class=\"note\">",
                        p->notices[i].text, "</p>\n");
}

static void headlines(struct mp_html *w)
{
    const struct mp_page *p = w->page;
    if (p->n_headlines == 0)
        return;
    mp_html_element(w, "<section>\n<h2>", p->headlines_heading,
                    "</h2>\n<dl class=\"headlines\">\n");
    for (size_t i = 0; i < p->n_headlines; i++) {
        const struct mp_headline *h = p->headlines + i;
        mp_html_element(w, "<div><dt>", h->label, "");
        mp_html_refs(w, &h->refs);
        mp_html_element(w, "</dt><dd class=\"number\">", h->cell.text, "</dd>");
        if (h->definition.n > 0)
            mp_html_element(w, "<dd>", h->definition, "</dd>");
        mp_html_put(w, "</div>\n");
    }
    mp_html_put(w, "</dl>\n</section>\n");
}

static void contents(struct mp_html *w)
{
    const struct mp_page *p = w->page;
    if (p->n_sections < CONTENTS_MIN || p->contents_heading.n == 0)
        return;
    mp_html_element(w, "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">",
                    p->contents_heading, "</h2>\n<ul>\n");
    for (size_t i = 0; i < p->n_sections; i++) {
        mp_buf_addf(w->b, "<li><a href=\"#s%zu\">", i + 1);
        mp_html_element(w, "", p->sections[i].heading, "</a></li>\n");
    }
    mp_html_put(w, "</ul>\n</nav>\n");
}

static void notes(struct mp_html *w)
{
    const struct mp_page *p = w->page;
    if (p->n_notes > 0)
        mp_html_element(w, "<section>\n<h2>", p->notes_heading, "</h2>\n<ol class=\"notes\">\n");
    for (size_t i = 0; i < p->n_notes; i++) {
        mp_buf_addf(w->b, "<li id=\"n%zu\">", i + 1);
        mp_html_element(w, "<b>", p->notes[i].term, "</b> ");
        mp_html_element(w, "", p->notes[i].text, "</li>\n");
    }
    if (p->n_notes > 0)
        mp_html_put(w, "</ol>\n</section>\n");
}

static void legend(struct mp_html *w)
{
    const struct mp_page *p = w->page;
    if (p->n_legend > 0)
        mp_html_element(w, "<section>\n<h2>", p->legend_heading, "</h2>\n<ul class=\"legend\">\n");
    for (size_t i = 0; i < p->n_legend; i++)
        mp_html_element(w, "<li>", p->legend[i], "</li>\n");
    if (p->n_legend > 0)
        mp_html_put(w, "</ul>\n</section>\n");
}

static void document(struct mp_html *w)
{
    head(w);
    opening(w);
    headlines(w);
    contents(w);
    mp_html_sections(w);
    notes(w);
    mp_html_sheets(w);
    legend(w);
    mp_html_put(w, "</main>\n</body>\n</html>\n");
}

void mp_page_html(struct mp_buf *b, const struct mp_page *page)
{
    size_t start = b->len;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        b->len = start;
        document(&(struct mp_html){b, page, limits + i, 0});
        if (b->failed || b->len - start <= MP_PAGE_BYTES_MAX)
            return;
    }
}
