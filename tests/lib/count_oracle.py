"""What mp-stats must print for a set of tables, worked out anew: every cell is the list of records that are in it,
and every measure is computed from these records alone, in exact fractions."""
import bisect
import collections
import datetime
import fractions
import itertools
import math

from count_record import age, as_list, first_moment, get, holds, moment, possible, text, whole, with_times, word
from count_streams import MEASURES, STATUSES, plain

UNKNOWN = "unknown"
HALF = fractions.Fraction(1, 2)


# ---- dimensions ----

def quantity(of, record):
    """The least and the most that it can be, and the middle."""
    if "number" in of:
        if of["number"].startswith("time."):
            return get(record, of["number"] + "?")
        n = whole(get(record, of["number"]))
    else:
        span = of.get("hours") or of.get("days")
        a, b = first_moment(record, span["from"]), first_moment(record, span["to"])
        if "hours" in of or not a or not b:
            return possible(a, b)
        n = (b.day - a.day).days
    return (n, n, n) if n is not None and n >= 0 else None


def band(dim, least, most_):
    """None where more than one is possible."""
    below = [b["below"] for b in dim["bands"][:-1]]
    a, b = bisect.bisect_right(below, least), bisect.bisect_right(below, most_)
    return [dim["bands"][a]["name"]] if a == b else []


def statuses(record, code):
    found = record.get("signals")
    return {one.get("status") for one in found if isinstance(one, dict) and one.get("code") == code
            } if isinstance(found, list) else set()


def classes(dim, record):
    truths = [(c["name"], holds(c["when"], record)) for c in dim["classes"]]
    true = [name for name, truth in truths if truth]
    if not true and "otherwise" in dim and all(truth is False for _, truth in truths):
        return [dim["otherwise"]]
    return true if dim.get("several") else true[:1]


def known_texts(found):
    found = [plain(w) for w in map(word, found) if w is not None]
    return list(dict.fromkeys(w for w in found if w and w != UNKNOWN))


def stands(dim, value):
    """The values in a field."""
    if not dim.get("several") or not isinstance(value, list):
        return [value]
    for key, wanted in dim.get("only", {}).items():
        value = [v for v in value if text(get(v, key)) == wanted]
    return [get(v, dim["item"]) for v in value] if "item" in dim else value


PERIODS = {"day": lambda d: (d.toordinal(), d.isoformat()),
           "week": lambda d: ((d.toordinal() - 1) // 7, "%04d-W%02d" % d.isocalendar()[:2]),
           "month": lambda d: (d.year * 12 + d.month, "%04d-%02d" % (d.year, d.month)),
           "quarter": lambda d: (d.year * 4 + (d.month + 2) // 3, "%04d-Q%d" % (d.year, (d.month + 2) // 3)),
           "year": lambda d: (d.year, "%04d" % d.year)}


def known_values(dim, name, record):
    """Those of a record, or of a report where the dimension is read from each."""
    if dim is None:  # a code of signals
        found = statuses(record, name)
        return [s for s in STATUSES if s in found][:1]
    if "period" in dim:
        at = first_moment(record, dim["at"])
        return [PERIODS[dim["period"]](at.day)] if at else []
    if "classes" in dim:
        return classes(dim, record)
    if "codes" in dim:
        asked = set(as_list(dim["status"])) if "status" in dim else None
        found = {code: statuses(record, code) for code in dim["codes"]}
        has = {one["code"] for one in record.get("signals") or [] if isinstance(one, dict) and "code" in one
               } if isinstance(record.get("signals"), list) else set()
        return [c for c in dim["codes"] if (c in has if asked is None else found[c] & asked)]
    if "born" in dim:
        years = age(dim, record)
        return [] if years is None else band(dim, years, years)
    if "field" in dim:
        return known_texts(stands(dim, get(record, dim["field"])))
    amount_ = quantity(dim, record)
    return band(dim, *amount_[:2]) if amount_ else []


def rank(dim, value):
    """Total, listed values, others by their bytes, periods in time, unknown."""
    if value is None:
        return 0, 0, b""
    if value == UNKNOWN:
        return 3, 0, b""
    if isinstance(value, tuple):
        return 1, value[0], b""
    listed = list(STATUSES) if dim is None else [b["name"] for b in dim.get("bands", dim.get("classes", []))] + \
        [word(v) for v in dim.get("values", dim.get("codes", []))] + [dim.get("otherwise")]
    return (1, listed.index(value), b"") if value in listed else (2, 0, value.encode())


# ---- cells ----

class Entry:
    """A record as it is counted."""

    def __init__(self, record, as_of, given_up):
        link = record.get("link") if isinstance(record.get("link"), dict) else {}
        reports = link.get("reports")
        self.reports = reports if isinstance(reports, list) and reports else None
        self.person = text(link.get("person_id")) if self.reports else None
        self.record = with_times(record, as_of, given_up)


class Table:
    def __init__(self, table, dims, entries):
        self.table, self.dims = table, dims
        self.by = [(name, dims.get(name)) for name in table["by"]]
        self.each = any(dim and dim.get("each_report") for _, dim in self.by)
        self.cells = collections.defaultdict(dict)  # of each: entries, with how many of their reports
        self.left = collections.defaultdict(set)
        self.counted = [e for e in entries if "where" not in table or holds(table["where"], e.record)]
        for entry in self.counted:
            self.count(entry)

    def count(self, entry):
        fixed = [None if dim and dim.get("each_report") else known_values(dim, name, entry.record) or [UNKNOWN]
                 for name, dim in self.by]
        parts = entry.reports or [entry.record]
        for part in parts if self.each else [None]:
            values = [v or known_values(dim, name, part) or [UNKNOWN] for v, (name, dim) in zip(fixed, self.by)]
            for key in itertools.product(*([None] + v for v in values)):
                self.cells[key][entry] = self.cells[key].get(entry, 0) + (1 if self.each else len(parts))

    def time(self):
        return next((i for i, (_, dim) in enumerate(self.by) if dim and "period" in dim), None)

    def add_empty_periods(self):
        """Every period between two that are there, but for long gaps, wherever anything is told at any time."""
        at = self.time()
        if at is None:
            return
        dim = self.by[at][1]
        there = sorted({key[at] for key in self.cells if isinstance(key[at], tuple)})
        self.stretches = [[p] for p in there[:1]]
        for a, b in zip(there, there[1:]):
            if b[0] - a[0] - 1 <= dim["longest_gap"]:
                self.stretches[-1] += sorted(between(dim["period"], a, b) - {a}) + [b]
            else:
                self.stretches.append([b])
        for key in [k for k in self.cells if k[at] is None]:
            for period in itertools.chain(*self.stretches):
                self.cells.setdefault(key[:at] + (period,) + key[at + 1:], {})

    def stretch(self, period):
        """The periods without a long gap in which it lies."""
        return next(s for s in self.stretches if period in s)

    def keys(self):
        self.cells.setdefault((None,) * len(self.by), {})
        self.add_empty_periods()
        return sorted(self.cells, key=lambda key: [rank(dim, v) for (_, dim), v in zip(self.by, key)])

    def departures(self, at):
        """Of each place: days and persons."""
        if not self.left:
            for key, cell in self.cells.items():
                if isinstance(key[at], tuple):
                    self.left[key[:at] + key[at + 1:]] |= {(key[at][0], e.person) for e in cell}
        return self.left

    def total(self, key, name):
        at = self.table["by"].index(name)
        return key[:at] + (None,) + key[at + 1:]


def between(period, a, b):
    """By their names: from a day of the one to the other, day by day would be long."""
    if period in ("day", "week"):
        step = 7 if period == "week" else 1
        first = datetime.date.fromordinal(a[0] * step + step // 7)
        days = [first + datetime.timedelta(days=step * i) for i in range(b[0] - a[0])]
    else:
        months = {"month": 1, "quarter": 3, "year": 12}[period]
        first = {"month": a[0] - 1, "quarter": (a[0] - 1) * 3, "year": a[0] * 12}[period]
        days = [datetime.date((first + i) // 12, (first + i) % 12 + 1, 1)
                for i in range(0, (b[0] - a[0]) * months, months)]
    return {PERIODS[period](day) for day in days}


# ---- measures ----

def rounded(share, decimals):
    n = int(share * 10 ** decimals + HALF)
    return "%d.%0*d" % (n // 10 ** decimals, decimals, n % 10 ** decimals)


def percent(a, b):
    return rounded(fractions.Fraction(100 * a, b), 1) if b else None


def amount(cell, unit):
    if unit == "reports":
        return sum(cell.values())
    return len(cell) if unit == "episodes" else len({e.person for e in cell})


def lasting(table, cell, part):
    """The first time at which no more than `part` still lasts, by Kaplan and Meier."""
    of = table.get("of", {"number": "time.missing_hours"})
    default = of == {"number": "time.missing_hours"}
    spans = [(quantity(of, e.record), default and e.record["time"].get("open") == "true") for e in cell]
    spans = [(amount_[2], goes_on) for amount_, goes_on in spans if amount_ and amount_[2] < 2 ** 31]
    still = fractions.Fraction(1)
    for time in sorted({t for t, goes_on in spans if not goes_on}):
        at_risk = sum(t >= time for t, _ in spans)
        still *= 1 - fractions.Fraction(spans.count((time, False)), at_risk)
        if still <= part:
            return str(time)
    return None


def most(amounts, top):
    """The sum of the largest ones: so many, or percent of their number."""
    amounts = sorted(amounts, reverse=True)
    top = str(top)
    n = -(-len(amounts) * int(top[:-1]) // 100) if top.endswith("%") else int(top)
    return sum(amounts[:n])


def concentration(t, key, cell):
    over = t.table["over"]
    if over == "person":
        return percent(most(collections.Counter(e.person for e in cell).values(), t.table["top"]), len(cell))
    at = t.table["by"].index(over)
    parts = [len(t.cells[k]) for k in t.cells
             if k[at] not in (None, UNKNOWN) and t.total(k, over) == key and t.cells[k]]
    return percent(most(parts, t.table["top"]), len(cell))


def alarm(t, key, unit):
    """EARS C2: how many standard deviations above the mean of some periods before; a row where it is an alarm."""
    at, p = t.time(), {"baseline": 7, "lag": 2, "threshold": 3, "least_deviation": 0.2, **t.table.get("alarm", {})}
    if not isinstance(key[at], tuple) or not t.cells[key]:
        return False
    stretch = t.stretch(key[at])
    before = stretch[:stretch.index(key[at])]
    first = len(before) - p["lag"] - p["baseline"]
    if first < 0:
        return False
    past = [amount(t.cells.get(key[:at] + (period,) + key[at + 1:], {}), unit)
            for period in before[first:first + p["baseline"]]]
    mean = sum(past) / len(past)
    spread = max(math.sqrt(sum((n - mean) ** 2 for n in past) / (len(past) - 1)), p["least_deviation"])
    n = amount(t.cells[key], unit)
    if not spread or n <= mean + p["threshold"] * spread:
        return False
    return rounded(fractions.Fraction((n - mean) / spread), 2), {"observed": str(n), "expected": "%.2f" % mean}


def run(t, key):
    """Some persons who left one place within days of each other; in the cell of the first day."""
    at, within = t.time(), t.table["run"]["within"]
    if not isinstance(key[at], tuple) or any(v in (None, UNKNOWN) for v in key):
        return False
    left = t.departures(at)[key[:at] + key[at + 1:]]
    windows = [{d for d in left if day <= d[0] <= day + within} for day in {day for day, _ in left}]
    hits = [w for w in windows if len({person for _, person in w}) >= t.table["run"]["persons"]]
    found = next((w for w in hits if min(w)[0] == key[at][0]), None)
    if not found or any(min(w)[0] < key[at][0] and w & found for w in hits):
        return False
    while any(w & found and not w <= found for w in hits):
        found = set().union(found, *(w for w in hits if w & found))
    return str(len({person for _, person in found})), {
        "until": datetime.date.fromordinal(max(found)[0]).isoformat(), "departures": str(len(found))}


class Measures:
    def __init__(self, entries):
        days = [m.day.toordinal() for m in (moment(e.record.get("missing_since")) for e in entries) if m]
        self.days = max(days) - min(days) + 1 if days else 0

    def of(self, what, unit, t, key):
        """The number as text, None where there is none, False where the table has no such row; further keys with it."""
        cell, over = t.cells[key], t.table.get("over", t.table["by"][-1] if t.table["by"] else None)
        n, each = amount(cell, unit), collections.Counter(e.person for e in cell)
        if what in ("ears_c2", "run"):
            return alarm(t, key, unit) if what == "ears_c2" else run(t, key)
        if len(each) < t.table.get("least_persons", 0):
            return False
        if what == "count":
            return str(n)
        if what == "share":
            total = t.total(key, over)
            return False if total == key else percent(n, amount(t.cells.get(total, {}), unit))
        if what == "rate_week":
            return rounded(fractions.Fraction(7 * n, self.days), 2) if self.days else None
        if what == "coverage":
            hit = {e: k for e, k in cell.items() if holds(t.table["when"], e.record)}
            return percent(amount(hit, unit), n)
        if what in ("median", "quartile_1", "quartile_3"):
            return lasting(t.table, cell, {"q": HALF, "1": HALF + HALF / 2, "3": HALF / 2}[
                what[-1] if what != "median" else "q"])
        if what == "repeat_share_excess":
            return percent(n - len(each), n)
        if what == "repeat_share_repeaters":
            return percent(sum(k for k in each.values() if k > 1), n)
        if what.startswith("persons_"):
            return str(sum(k >= int(what[8:]) for k in each.values()))
        return False if over != "person" and t.total(key, over) != key else concentration(t, key, cell)


def needs_persons(what, table):
    return "least_persons" in table or what.startswith(("repeat_", "persons_")) or (
        what == "concentration" and table["over"] == "person")


def told(entries):
    """The units that every record tells."""
    units = {"reports"}
    if all(e.reports for e in entries):
        units.add("episodes")
        if all(e.person for e in entries):
            units.add("persons")
    return units


def rows(records, dims, tables, as_of=None, given_up=None):
    """All rows: (table, [(dimension, value), ...], unit, measure, number as text or None, further keys)."""
    entries = [Entry(r, as_of, given_up) for r in records]
    units, numbers = told(entries), Measures(entries)
    for table in tables:
        t = Table(table, dims, entries)
        for key in t.keys():
            by = [(name, v[1] if isinstance(v, tuple) else v) for name, v in zip(table["by"], key) if v is not None]
            for unit in table["units"]:
                for what in as_list(table["measure"]):
                    if unit not in units or unit not in MEASURES[what] or (
                            "persons" not in units and needs_persons(what, table)):
                        continue
                    number = numbers.of(what, unit, t, key)
                    if number is not False:
                        number, more = number if isinstance(number, tuple) else (number, {})
                        more = dict(more, figure=table["figure"]) if "figure" in table else more
                        yield table["table"], by, unit, what, number, more
