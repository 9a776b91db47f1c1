#!/usr/bin/env python3
"""Looks at pages in a browser: look.py [--axe FILE] PAGE... | --is-there

Prints one line for each thing that is wrong, PAGE first; exit status 1 if there was any, 2 if the browser could not
be used; --is-there looks for the browser alone. Every page is read with its own policy in force, then laid out narrow,
wide and for print, in light and dark, measured by measure.js and, where the file is given, searched by axe-core.
"""
import os
import sys

sys.dont_write_bytecode = True  # before devtools is read
import devtools  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PRINT = 703  # CSS pixels of A4 between margins of 12 mm
# Width in CSS pixels, medium, colour scheme, and which of axe-core's rules: all once, then those whose outcome colours
# and layout can change.
VIEWS = [(1280, "", "light", ""),
         (1280, "", "dark", "runOnly: ['color-contrast']"),
         (360, "", "light", None),
         (360, "", "dark", "runOnly: ['color-contrast', 'scrollable-region-focusable', 'target-size']"),
         (PRINT, "print", "light", "runOnly: ['color-contrast']")]
AXE = """axe.run(document, {preload: false, resultTypes: ['violations'], %s}).then((r) => r.violations.flatMap(
    (v) => v.nodes.slice(0, 3).map((n) => `axe ${v.id}: ${v.help}: ${n.target.join(' ')}`)))"""


def complaints(browser):
    """What the browser said about the page, and what the page asked for beside itself."""
    for event in browser.events:
        params = event["params"]
        if event["method"] == "Log.entryAdded":
            yield "console: " + params["entry"]["text"]
        elif event["method"] == "Runtime.consoleAPICalled":
            yield "console: " + " ".join(str(a.get("value")) for a in params["args"])
        elif event["method"] == "Runtime.exceptionThrown":
            yield "console: " + params["exceptionDetails"]["text"]
        elif event["method"] == "Network.requestWillBeSent" and params.get("type") != "Document":
            yield "request: " + params["request"]["url"][:100]


def look(browser, page, axe):
    browser.show(*VIEWS[0][:3])
    browser.open(page)
    for text in complaints(browser):
        yield text
    if os.path.getsize(page) > 200_000:
        yield f"{os.path.getsize(page)} bytes"
    if axe:
        browser.evaluate(axe)
    with open(os.path.join(HERE, "measure.js"), encoding="utf-8") as f:
        measure = f.read()
    seen = set()
    for width, media, scheme, rules in VIEWS:
        browser.show(width, media, scheme)
        found = browser.evaluate(measure)
        if axe and rules is not None:
            found += browser.evaluate(AXE % rules)
        for text in found:
            if text not in seen:
                seen.add(text)
                yield f"{width} {media or 'screen'} {scheme}: {text}"


def main(arguments):
    axe = None
    if arguments[:1] == ["--axe"]:
        with open(arguments[1], encoding="utf-8") as f:
            axe = f.read() + "\n;0"
        arguments = arguments[2:]
    path = devtools.find()
    if arguments == ["--is-there"]:
        return 0 if path else 2
    if not path or not arguments:
        print("look.py: no browser" if arguments else __doc__, file=sys.stderr)
        return 2
    found = 0
    try:
        with devtools.Browser(path, seconds=100) as browser:
            for page in arguments:
                for text in look(browser, page, axe):
                    print(f"{os.path.basename(page)}: {text}")
                    found = 1
    except devtools.Failed as e:
        print(f"look.py: {e}", file=sys.stderr)
        return 2
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
