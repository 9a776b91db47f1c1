#!/usr/bin/env python3
"""hostile.py CASES: gives mp-report hostile texts in every field, in every format.

A page of hostile texts must have the same signs as the page of the same rows or cases with harmless
ones: the same elements in HTML, the same unescaped signs in Markdown, the same fields in CSV; text
has no control characters and no line too long. CASES: triaged episodes. The last line is
"N passed, N failed".
"""

import csv
import json
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from html.parser import HTMLParser

HARMLESS = "qz"
BAD = [
    "</script><script>alert(1)</script>'\"&<!--",
    "]]><![CDATA[ --> </style></svg></table><img src=x onerror=alert(1)>",
    "\u202e\u2066gnp\u2069\u200e\u200b\ufeff\u061c\U000e0041\u0000\u0001\u001b[2J\u001b]0;t\u0007\x9b31m\r\n\t",
    "=1+1;=2;\"=3,@SUM(A1)\t=4\r\n=5|+6",
    "- a\n\n# b\n> c\n```\n| --- |\n1. d\n* e _f_ **g** ~~h~~ `i` [j](http://k) ![l](m) <n> [^1]: o\n===\n---",
    "1) www.a.nl http://b.nl c@d.nl [^2] \\ \\| | &amp; &#60; {{x}} $y$ <details>",
    "e" + "\u0301" * 90 + "\u65e5\u672c\u8a9e\uff1d1",
    "x" * 30_000,
    "+" + "word " * 3000,
]

passed, failed = 0, 0


def check(good, *what):
    global passed, failed
    if good:
        passed += 1
        return
    failed += 1
    print("\nFAIL " + ": ".join(str(w) for w in what)[:600])


def report(lines, *options):
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    begin = time.monotonic()
    done = subprocess.run(["mp-report", "-q", *options], input=data, capture_output=True, timeout=60)
    took = time.monotonic() - begin
    check(done.returncode in (0, 1) and not done.stderr, options, done.returncode, done.stderr[:300])
    check(took < 10, options, "%.1f seconds" % took)
    return done.stdout.decode()  # UTF-8, or this fails


# What is read of a page


class Tree(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.open = Counter(), []

    def handle_starttag(self, tag, attrs):
        names = [n for n, _ in attrs if n != "class"]
        if tag != "meta":
            self.open.append(tag)
        if tag in ("tspan", "title", "text") or names[:1] == ["role"]:
            return  # a long label has several lines, a wide table a frame
        self.seen[(tag, *names)] += 1

    def handle_startendtag(self, tag, attrs):
        self.seen[tag] += 1

    def handle_endtag(self, tag):
        check(self.open and self.open.pop() == tag, "html: %s is closed and was not the last opened" % tag)

    def handle_comment(self, data):
        self.seen["comment"] += 1

    def handle_decl(self, decl):
        self.seen[decl] += 1

    def unknown_decl(self, data):
        self.seen["declaration"] += 1


def in_html(page):
    tree = Tree()
    tree.feed(page)
    check(not tree.open, "html: not closed", tree.open)
    return tree.seen


def in_markdown(page):
    """What stands unescaped and could begin something: at the start of a line, and within."""
    seen = Counter()
    for line in page.split("\n"):
        line = re.sub(r"@<!-- -->|&(amp|lt|gt);|\\[!-/:-@\[-`{-~]", "e", line)
        line = re.sub(r"(?<=-)-+", "", line)  # below heads as many as they are long
        seen[re.match(r" *([-+*=>#]+ ?|\d+[.)])?", line)[0]] += 1
        seen.update(re.findall(r"[\\`*_\[\]|~<>{}$]|www\.|://", line))
    return seen


def in_csv(page):
    rows = list(csv.reader(page.replace("\r\n", "\n").splitlines(), strict=True))
    check(page.count("\r\n") == len(rows), "csv: a line is no record")
    for row in rows:
        for field in row:
            if re.fullmatch(r"-?[\d.]+(e[-+]?\d+)?", field):
                continue
            for piece in field.split(";"):
                piece = piece.lstrip(" \"\u00a0\ufffd")
                check(piece[:1] not in tuple("=+-@\uff1d"), "csv: a formula", field[:80])
    return [len(r) for r in rows]


def width(line):
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in line
    )


def in_text(page):
    for line in page.split("\n"):
        check(not re.search(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", line), "text: a control", line)
        check(width(line) <= 80, "text: a line of more than 80 columns", line)
    return 0  # lines are as many as there are words


def in_ascii(page):
    check(re.fullmatch(r"[\n -~]*", page), "ascii: another character")
    return in_text(page)


FORMATS = {
    "html": (in_html, ["-f", "html"]),
    "markdown": (in_markdown, ["-f", "markdown"]),
    "csv": (in_csv, ["-f", "csv"]),
    "words": (in_csv, ["-f", "csv", "-l", "en"]),
    "text": (in_text, ["-f", "text"]),
    "ascii": (in_ascii, ["--ascii"]),
}


# What is given


def rows_with(bad):
    """One row and more of each kind, with `bad` wherever a page takes a text from."""
    counted = {"unit": "episodes", "measure": "count", "suppressed": None, "unsafe": True}
    some = [
        {"table": "week_setting", "by": {"week": w, **by}, "value": v, **counted}
        for w in ("2018-W05", "2018-W06")
        for by, v in (({}, 9), ({"setting": bad}, 4), ({"setting": "open"}, 5))
    ]
    some += [
        {"table": bad, "by": {bad: bad}, "value": 3, **counted},
        {"table": bad, "by": {"sex": bad, "setting": "a"}, "value": 3, **counted},
        {"table": "own", "by": {"sex": "f", bad: "b", "cause": bad}, "value": 3, **counted},
        {"table": "units", "by": {"sex": bad}, "value": 3, **counted, "unit": bad},
        {"table": "measures", "by": {"sex": bad}, "value": 3.5, **counted, "measure": bad},
        {"table": "hidden", "by": {"sex": bad}, "value": None, **counted, "suppressed": bad, "reason": bad},
        {"table": "run_institution", "by": {"day": "2018-01-02", "institution": bad}, "value": 3, **counted,
         "unit": "persons", "measure": "run", "until": bad, "departures": 4},
        {"table": "alarm_unit", "by": {"week": "2018-W05", "unit": bad}, "value": 3.5, **counted,
         "measure": "ears_c2", "observed": 9, "expected": 1.5},
        {"table": "sources", "by": {"file": bad, "profile": bad}, "value": 3, **counted, "unit": "reports"},
    ]
    figure = {"table": "figures", "by": {}, "value": 3, **counted, "figure": bad, "published": 4}
    for key in ("label", "definition", "period", "published_unit", "bound", "published_source", "caveat"):
        figure[key] = bad
    some += [figure, {**figure, "by": {"setting": bad}},
             {**figure, "unit": None, "measure": None, "value": None, "not_countable": bad}]
    return some


KEPT = {"schema", "as_of", "due", "category", "kind", "status", "code", "missing_since", "returned_at",
        "reported_at", "last_missing", "date"}


def texts_with(value, bad, key=""):
    """The same with `bad` before every text that no rule reads."""
    if isinstance(value, dict):
        return {k: texts_with(v, bad, k) for k, v in value.items()}
    if isinstance(value, list):
        return [texts_with(v, bad, key) for v in value]
    return bad + value if isinstance(value, str) and key not in KEPT else value


def pages(name, make, formats, *options):
    want = {f: FORMATS[f][0](report(make(HARMLESS), *options, *FORMATS[f][1])) for f in formats}
    for bad in BAD:
        lines = make(bad)
        for f in formats:
            read, how = FORMATS[f]
            page = report(lines, *options, *how)
            got = read(page)
            same = got == want[f]
            more = (got - want[f], want[f] - got) if isinstance(got, Counter) else ""
            check(same, name, f, bad[:40].encode("unicode_escape").decode(), "other signs", more)
            if f == "html":
                check(len(page.encode()) <= 200_000, name, "the page is too large")


def main():
    # the readers see what breaks out
    for read, good, bad in ((in_html, "<p>a</p>", "<p><b>a</b></p>"), (in_markdown, "| a\\|b |", "| a|b |"),
                            (in_markdown, "a\n\\- b", "a\n- b"), (in_csv, "a,b\r\n", "a,b,c\r\n")):
        check(read(good) != read(bad), "a reader that sees nothing", bad)

    pages("rows", rows_with, list(FORMATS))
    cases = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    check(len(cases) > 4 and sum(len(c["triage"]["actions"]) > 2 for c in cases if "triage" in c) > 1, "too few cases")
    def called(bad):
        some = [texts_with(case, bad) for case in cases]
        for case in some:
            case.setdefault("link", {})["person_id"] = "P"
        return some

    pages("worklist", called, ["html", "markdown", "csv", "text"], "--worklist", "--redact", "full")
    pages("case", called, ["html", "markdown", "ascii"], "--case", "P", "--redact", "full")
    pages("care", called, ["markdown", "csv"], "--worklist")
    pages("title", lambda bad: rows_with(HARMLESS)[:6], ["html"], "--title", BAD[0])

    # what is no text of Unicode is turned down as a line, and nothing of it is shown
    raw = '{"table":"t","by":{"sex":"\\ud800%s"},"unit":"reports","measure":"count","value":1,"suppressed":null}\n'
    done = subprocess.run(["mp-report", "-f", "html"], input=(raw % "<b>").encode(), capture_output=True)
    check(done.returncode == 1 and b"\xed\xa0" not in done.stdout and b"[not-json]" in done.stderr, "a lone surrogate")

    # ten megabytes in one text
    huge = "a\u0301<|" * 2_000_000
    row = {"table": "t", "by": {"sex": huge}, "unit": "reports", "measure": "count", "value": 1, "suppressed": None}
    for f in FORMATS:
        page = report([row], *FORMATS[f][1])
        check(len(page) < (10_000_000 if FORMATS[f][0] == in_csv else 200_000), f, "ten megabytes", len(page))
    case = next(c for c in called("") if c.get("signals") and c["triage"]["reasons"])
    case["signals"][0]["quote"] = huge[:5_000_000]
    case["triage"]["reasons"][0]["quotes"] = [huge[:5_000_000]]
    for options in (["--worklist"], ["--worklist", "--redact", "full", "-f", "csv"], ["--case", "P", "-f", "html"]):
        check(len(report([case], *options)) < 200_000, options, "ten megabytes")


main()
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
