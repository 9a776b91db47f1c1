#!/usr/bin/env python3
"""formats.py LANGUAGE NAME...: holds the numbers of all formats of a page against one another.

For each NAME the files NAME.txt, NAME.md, NAME.html and NAME.csv in the current folder are the same
rows, the CSV in words. Markdown is what the others are compared with, table by table and cell by
cell: text and HTML must have the same heads, labels and numbers, and every number must stand in the
CSV, under the words of its place, and of every hidden one why it is. The last line is "N passed, N failed".
"""

import csv
import html
import re
import sys
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

WORDS = {
    "nl": {"table": "Tabel", "figure": "Figuur", "total": "totaal", "group": ".", "decimal": ",",
           "unit": "eenheid", "count": "aantal", "nothing": "niet bereikt", "computed": "Uit deze gegevens",
           "name": "cijfer", "published": "Gepubliceerd"},
    "en": {"table": "Table", "figure": "Figure", "total": "total", "group": ",", "decimal": ".",
           "unit": "unit", "count": "number", "nothing": "not reached", "computed": "From these data",
           "name": "figure", "published": "Published"},
}
HIDDEN = "x"
SIGNS = {"-", HIDDEN, "?"}
passed, failures = 0, []


def check(good, *what):
    global passed
    if good:
        passed += 1
    elif len(failures) < 40:
        failures.append(": ".join(str(w) for w in what)[:300])
    return good


def squeeze(text):
    return " ".join(text.split())


class Table:
    def __init__(self, caption):
        self.caption, self.heads, self.labels, self.rows = caption, [], 0, []


# Markdown


def plain(markdown):
    text = re.sub(r"(?<!\\)\[\^\d+\]", "", markdown).replace("<!-- -->", "")
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)).strip()


def split_row(line):
    return [plain(c) for c in re.split(r"(?<!\\)\|", line.rstrip("\n"))[1:-1]]


def read_markdown(name, words):
    """Tables and figures by number, headlines, and by name what a published figure is beside."""
    tables, figures, headlines, now = {}, {}, [], None
    beside, of = {}, None
    for line in open(name + ".md", encoding="utf-8"):
        m = re.match(r"### (%s|%s) (\d+)\. (.*)" % (words["table"], words["figure"]), line)
        if m:
            now = Table(plain(m[3]))
            (tables if m[1] == words["table"] else figures)[int(m[2])] = now
        elif line.startswith("### ") and re.match(r"[A-Z]{2}\d\w*: ", line[4:]):
            now, of = None, line[4:].split(":")[0]
            beside[of] = []
        elif line.startswith("#"):
            now = of = None
        elif of and re.match(r"- (%s|%s)\b" % (words["computed"], words["published"]), line):
            beside[of].append(squeeze(plain(line[2:])))
        elif line.startswith("- **") and not line.startswith("- **!") and not tables:
            headlines.append(plain(line[4:].split("**")[0]))
        elif line.startswith("| -"):
            now.labels = [c.endswith(":") for c in split_row(line) + [":"]].index(True)
        elif line.startswith("|") and now:
            (now.rows.append if now.heads else now.heads.extend)(split_row(line))
    return tables, figures, headlines, beside


# Text


def tokens(line):
    """Texts that two blanks part, with where each begins and ends."""
    return [(m.group(), m.start(), m.end()) for m in re.finditer(r"\S+(?: \S+)*", line)]


def without_refs(text):
    return squeeze(re.sub(r"\[\d+(,\d+)*\]", "", text))


def read_part(lines, labels):
    """Heads, labels and numbers of lines with a rule among them."""
    rule = next(i for i, l in enumerate(lines) if re.match(r"  [─-]{3,}$", l))
    first = lines[rule + 1]
    fields = tokens(first)
    starts = [s for _, s, _ in fields[:labels]]
    ends = [e for _, _, e in fields[labels:]]
    heads = [""] * (labels + len(ends))
    for line in lines[:rule]:
        for text, start, end in tokens(line):
            if end in ends:
                heads[labels + ends.index(end)] += " " + text
            elif start in starts:
                heads[starts.index(start)] += " " + text
            else:
                return None
    rows = []
    for line in lines[rule + 1 :]:
        fields = tokens(line)
        if fields[-1][2] == ends[-1] and len(fields) == labels + len(ends):
            rows.append([text for text, _, _ in fields])
        else:  # labels that go on
            for text, start, _ in fields:
                if start not in starts:
                    return None
                rows[-1][starts.index(start)] += " " + text
    return [without_refs(h) for h in heads], rows


def read_text(name, words, like):
    """Tables by their number, as far as they are in `like`; figures as pairs of label and number."""
    text = open(name + ".txt", encoding="utf-8").read()
    blocks = [b.split("\n") for b in text.split("\n\n")]
    tables, figures, beside = {}, {}, {}
    for at, block in enumerate(blocks):
        m = re.match(r"([A-Z]{2}\d\w*): ", block[0])
        if m:
            items = re.split(r"\n(?=  [^ ]+(?: [^:\n]*)?: )", "\n".join(block))
            wanted = ("  " + words["computed"], "  " + words["published"])
            beside[m[1]] = [without_refs(i) for i in items if i.startswith(wanted)]
        m = re.match(r"(%s|%s) (\d+)\. " % (words["table"], words["figure"]), block[0])
        if not m:
            continue
        number, caption = int(m[2]), without_refs(" ".join(block))[len(m[0]) :]
        after = at + 1
        if m[1] == words["figure"]:
            bars = []
            while after < len(blocks) and all(l.startswith("  ") for l in blocks[after]):
                bars += [without_refs(re.sub("[█-▏░#|]+$", "", l)) for l in blocks[after]]
                after += 1
            figures[number] = (caption, bars)
        elif number in like:
            table = tables[number] = Table(caption)
            while after < len(blocks) and any(re.match(r"  [─-]{3,}$", l) for l in blocks[after]):
                part = read_part(blocks[after], like[number].labels)
                if not check(part, name, "text: columns that cannot be told", blocks[after][0]):
                    break
                heads, rows = part
                if table.heads:
                    labels = like[number].labels
                    table.heads += heads[labels:]
                    for row, more in zip(table.rows, rows):
                        check(
                        [l.replace(" ", "") for l in row[:labels]]
                        == [l.replace(" ", "") for l in more[:labels]],
                        name, "labels of a part", row, more)
                        row += more[labels:]
                else:
                    table.heads, table.rows = heads, rows
                after += 1
    return tables, figures, beside


# HTML


class Page(HTMLParser):
    """Tables by number, bars of figures by number, headlines."""

    def __init__(self, words):
        super().__init__()
        self.words, self.tables, self.figures, self.headlines = words, {}, {}, []
        self.skip, self.into, self.now, self.row, self.bars = [], None, None, None, None
        self.beside, self.article, self.term = {}, None, ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        kind = attrs.get("class", "")
        if tag in ("sup", "style") or (tag == "span" and "state" in kind):
            self.skip.append(tag)
        elif tag == "article":
            self.article = []
        elif tag == "caption" or (tag in ("h3", "dt", "dd") and self.article is not None):
            self.into = ""
            self.bold = False
        elif tag == "span" and self.article is not None and self.into:
            self.into += "|"
        elif tag == "b":
            self.bold = True
        elif tag == "tr":
            self.row = []
        elif tag in ("th", "td") and self.row is not None:
            self.into = ""
        elif tag == "figcaption" or (tag == "dd" and kind == "number"):
            self.into = ""
        elif tag == "title" and self.bars is not None:
            self.into = ""
        elif tag == "rect" and self.bars is None:
            self.bars = []

    def handle_data(self, data):
        if not self.skip and self.into is not None:
            self.into += data

    def handle_endtag(self, tag):
        if self.skip:
            if tag == self.skip[-1]:
                self.skip.pop()
            return
        if tag == "caption":
            m = re.match(r"%s (\d+)[ .\u00b7]* (.*)" % self.words["table"], squeeze(self.into))
            self.now = Table(m[2] if m else "")
            if m:
                self.tables[int(m[1])] = self.now
        elif tag in ("th", "td") and self.row is not None:
            self.row.append(squeeze(self.into))
        elif tag == "tr":
            if self.now:
                (self.now.rows.append if self.now.heads else self.now.heads.extend)(self.row)
            self.row = None
        elif tag == "table":
            self.now = None
        elif tag == "figcaption":
            m = re.match(r"%s (\d+)" % self.words["figure"], squeeze(self.into))
            self.number = int(m[1]) if m else 0
        elif tag == "title" and self.bars is not None:
            self.bars.append(squeeze(self.into))
        elif tag == "svg":
            self.figures[self.number] = self.bars or []
            self.bars = None
        elif tag == "h3" and self.article is not None:
            self.name = squeeze(self.into.split("|")[-1])
        elif tag == "dt" and self.article is not None:
            self.term = squeeze(self.into)
        elif tag == "dd" and self.article is not None and self.into is not None:
            said, _, part = squeeze(self.into).partition("|")
            if self.bold and self.term in (self.words["computed"], self.words["published"]):
                of = " (%s)" % part if part else ""
                self.article.append("%s%s: %s" % (self.term, of, said.strip()))
        elif tag == "article":
            self.beside[self.name] = self.article
            self.article = None
        elif tag == "dd" and self.into is not None:
            self.headlines.append(squeeze(self.into))
        if tag in ("h3", "dt") or tag in ("caption", "th", "td", "dd", "figcaption", "title"):
            self.into = None


# CSV


def read_csv(name, words):
    """Heads, and rows by the title of their table or by the figure they are of."""
    with open(name + ".csv", encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f))
    heads, by_title = rows[0], defaultdict(list)
    check(all(len(r) == len(heads) for r in rows), name, "csv: a line has another number of fields")
    figure = heads.index(words["name"]) if words["name"] in heads else 0
    for r in rows[1:]:
        by_title[r[figure] or r[0]].append(r)
    return heads, by_title


def number(text, words):
    """A number of a page as CSV has it; days are hours, a unit behind it is left out."""
    if text == words["nothing"]:
        return ""
    days = re.match(r"(\d+) d(?: (\d+) [uh])?$", text)
    if days:
        return str(24 * int(days[1]) + int(days[2] or 0))
    m = re.match(r"[-+]?[\d.,]*\d(?:[eE][-+]?\d+)?", text)
    if not m:
        return None
    return m[0].replace(words["group"], "").replace(words["decimal"], ".")


def same(text, raw, words):
    value = number(text, words)
    if not value or not raw:
        return value == raw
    try:
        return Decimal(value) == Decimal(raw)
    except InvalidOperation:
        return False


class Rows:
    """The rows of a CSV, to be found by the words that a page has for them."""

    def __init__(self, name, words):
        self.heads, self.by_title = read_csv(name, words)
        self.words = words
        self.unit = self.heads.index(words["unit"])
        self.dims = slice(1, self.unit)
        self.index = {}
        for title, rows in self.by_title.items():
            of = self.index[title] = defaultdict(list)
            for r in rows:
                of[frozenset(squeeze(v) for v in r[self.dims] if v)].append(r)

    def column(self, r, head):
        """Another column than the number itself: what was observed, the last day."""
        for i in range(self.unit + 4, len(self.heads)):
            if self.heads[i] == head:
                return r[i]
        return None

    def find(self, caption, place, head):
        """Rows of a cell: the title that the caption begins with, the words of its place."""
        found = []
        for title, of in self.index.items():
            if not (caption == title or caption.startswith((title + ",", title + " ("))):
                continue
            rest = re.sub(r" \([^()]*(\([^()]*\))?[^()]*\)$", "", caption[len(title) :])
            extra = frozenset(w for w in [rest.lstrip(", ")] if w)
            for words in (place, place | extra, (place | extra) - {""}):
                found += of.get(words, [])
                if head:
                    found += of.get(words | {head}, [])
        return found

    def is_of(self, r, caption, head):
        """Whether unit and measure of a row are those that head and caption name."""
        unit, measure = r[self.unit], r[self.unit + 1]
        if measure == self.words["count"]:
            return head == unit or caption.endswith("(%s)" % unit)
        only = len({o[self.unit + 1] for rows in self.by_title.values() for o in rows if o[0] == r[0]}) == 1
        return unit in head + caption and (measure in head + caption or only)

    def has(self, table, row, column):
        """Whether the number in this cell stands in a row of its place; of a hidden one, why it is hidden."""
        cell, head = row[column], table.heads[column]
        labels = [l for l in row[: table.labels] if l and l != self.words["total"]]
        for place in (frozenset(labels), frozenset(labels[:-1])):  # the last may be no dimension
            for r in self.find(table.caption, place, head if head != self.words["total"] else ""):
                if cell == HIDDEN:
                    if self.is_of(r, table.caption, head) and not r[self.unit + 2] and r[self.unit + 3]:
                        return True
                    continue
                other = self.column(r, head)
                if other is not None and same(cell, other, self.words):
                    return True
                if self.is_of(r, table.caption, head) and same(cell, r[self.unit + 2], self.words):
                    return True
        return False


def compare_tables(name, kind, want, got, shown_only):
    check(set(want) == set(got), name, kind, "tables", set(want) ^ set(got))
    for n, table in want.items():
        other = got.get(n)
        if not other:
            continue
        heads = table.heads
        check([squeeze(h) for h in heads] == other.heads, name, kind, n, "heads", heads, other.heads)
        check(without_state(table.caption) == without_state(other.caption), name, kind, n, table.caption, other.caption)
        rows = table.rows
        if shown_only and len(other.rows) < len(rows):
            rows = [r for r in rows if r in other.rows]
        check(len(rows) == len(other.rows), name, kind, n, "rows", len(rows), len(other.rows))
        for row, it in zip(rows, other.rows):
            row = [squeeze(c) for c in row]
            it = [squeeze(c) for c in it]
            for a, b in zip(row, it):
                check(a.replace(" ", "") == b.replace(" ", ""), name, kind, n, row, it)


def without_state(caption):
    return squeeze(caption.split(" – ")[0])


def compare_figures(name, figures, text, page):
    check(set(figures) == set(text), name, "figures of the text", set(figures) ^ set(text))
    check(set(figures) == set(page.figures), name, "figures of the HTML", set(figures) ^ set(page.figures))
    for n, f in figures.items():
        bars = [(r[f.labels - 1], r[f.labels]) for r in f.rows]
        lines = text.get(n, ("", []))[1]
        joined = squeeze(" ".join(lines))
        at = 0
        for label, value in bars:  # in order, each behind the one before
            if value == "":
                continue
            m = re.compile(r"(?<!\S)%s(?!\S)" % re.escape(value)).search(joined, at)
            check(m and label.split(" ")[0] in joined[at : m.end()], name, "text", "figure", n, label, value)
            at = m.end() if m else at
        drawn = ["%s: %s" % b for b in bars if b[1] == HIDDEN or re.match(r"\d", b[1])]
        missing = [b for b in page.figures.get(n, []) if not any(b.endswith(d) for d in drawn)]
        check(not missing, name, "html", "figure", n, missing[:3])


def compare_published(name, beside, text, page, rows):
    """What is computed beside a published figure: the same lines, and in a row of its name."""
    check(beside == text, name, "text", "published", [(n, beside[n], text.get(n)) for n in beside if beside[n] != text.get(n)][:1])
    check(beside == page, name, "html", "published", [(n, beside[n], page.get(n)) for n in beside if beside[n] != page.get(n)][:1])
    if not beside:
        return
    column = rows.heads.index(rows.words["name"])
    values = defaultdict(set)
    for of in rows.by_title.values():
        for r in of:
            values[r[column]].add(r[rows.unit + 2])
    for n, lines in beside.items():
        for line in lines:
            if line.startswith(rows.words["computed"]):
                said = re.sub(r"^[^:]*: ", "", line)
                good = said.split(" ")[0] in SIGNS or any(same(said, v, rows.words) for v in values[n])
                check(good or said.startswith(rows.words["nothing"]), name, "csv", n, line, values[n])


def compare(name, words):
    tables, figures, headlines, beside = read_markdown(name, words)
    check(tables or beside, name, "nothing to compare")
    text, text_figures, text_beside = read_text(name, words, tables)
    compare_tables(name, "text", tables, text, False)
    page = Page(words)
    page.feed(open(name + ".html", encoding="utf-8").read())
    compare_tables(name, "html", tables, page.tables, True)
    compare_figures(name, figures, text_figures, page)
    check(headlines == page.headlines, name, "headlines", headlines, page.headlines)
    rows = Rows(name, words)
    compare_published(name, beside, text_beside, page.beside, rows)
    for n, table in tables.items():
        table.caption = without_state(table.caption)
        for row in table.rows:
            for column in range(table.labels, len(row)):
                if row[column] == HIDDEN or row[column] not in SIGNS:
                    check(rows.has(table, row, column), name, "csv", n, table.caption, table.heads[column], row)


for given in sys.argv[2:]:
    compare(given, WORDS[sys.argv[1]])
for failure in failures:
    print("\nFAIL " + failure)
print("%d passed, %d failed" % (passed, len(failures)))
sys.exit(bool(failures))
