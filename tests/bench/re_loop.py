"""The peer of the text reading: the lexicon's patterns as Python expressions, one loop over them.

Usage: re_loop.py EXPRESSIONS TEXTS.jsonl N [ROUNDS]

Reads one expression a line (expressions.c) and the first N texts (`narrative` or `text`), which are
made small and lose their diacritics before the clock runs. Prints the same figures as read_text.
"""
import json
import re
import sys
import time
import unicodedata


def small(text):
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in apart if not unicodedata.combining(c))


def read_texts(path, most):
    texts = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record.get("narrative", record.get("text"))
            if isinstance(text, str):
                texts.append(text)
            if len(texts) == most:
                break
    return texts


def main():
    sys.setrecursionlimit(10000)
    start = time.perf_counter()
    with open(sys.argv[1], encoding="utf-8") as lines:
        finders = [re.compile(line.rstrip("\n")).finditer for line in lines]
    load = time.perf_counter() - start
    texts = read_texts(sys.argv[2], int(sys.argv[3]))
    size = sum(len(text.encode()) for text in texts)
    folded = [small(text) for text in texts]
    took = []
    for _ in range(int(sys.argv[4]) if len(sys.argv) > 4 else 1):
        hits = 0
        start = time.perf_counter()
        for text in folded:
            for find in finders:
                for _hit in find(text):
                    hits += 1
        took.append(time.perf_counter() - start)
    median = sorted(took)[len(took) // 2]
    print("texts=%d mb=%.3f mb_s=%.5f us_text=%.0f load_ms=%.0f hits=%d expressions=%d" % (
        len(texts), size / 1e6, size / 1e6 / median, median * 1e6 / len(texts), load * 1e3, hits,
        len(finders)))


if __name__ == "__main__":
    main()
