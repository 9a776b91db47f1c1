"""What a record says about itself: moments, conditions that hold, and what is worked out."""
import datetime
import fractions
import re
import unicodedata

from count_streams import Raw, plain


# ---- values ----

def get(of, path):
    for key in path.split("."):
        of = of.get(key) if isinstance(of, dict) else None
    return of


def text(value):
    return str(value) if isinstance(value, str) else None  # a Raw is one, too


def word(value):
    return str(value).lower() if isinstance(value, bool) else text(value)


def whole(value):
    return int(value) if isinstance(value, Raw) and re.fullmatch("-?[0-9]{1,18}", value) else None


class Moment:
    """A day, with or without the minutes since midnight by the clock on the wall; `end`: the end of the day before."""

    def __init__(self, day, minute, end=False):
        self.day = day
        self.order = day.toordinal(), -1 if minute is None else minute
        self.alone = minute is None and not end
        self.first = passed(day, minute or 0)
        self.last = passed(day, 1439) if self.alone else self.first


def passed(day, minute):
    """Minutes since some moment long ago; from the one change of the clock to the other it is an hour ahead."""
    here = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=minute)
    summer = [last_sunday(day.year, month, hour) for month, hour in ((3, 2), (10, 3))]
    if summer[0] <= here < summer[1]:
        here -= datetime.timedelta(hours=1)
    return (here - datetime.datetime(1, 1, 1)) // datetime.timedelta(minutes=1)


def last_sunday(year, month, hour):
    last = datetime.datetime(year, month, 31, hour)
    while last.isoweekday() != 7:
        last -= datetime.timedelta(days=1)
    return last


MOMENTS = {}


def moment(value):
    value = text(value)
    if value not in MOMENTS:
        MOMENTS[value] = read_moment(value or "")
    return MOMENTS[value]


def read_moment(value):
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d))?", value, re.ASCII)
    try:
        return found and Moment(datetime.date(*map(int, found.groups()[:3])),
                                int(found[4]) * 60 + int(found[5]) if found[4] else None)
    except ValueError:
        return None


def as_list(value):
    return value if isinstance(value, list) else [value]


def first_moment(of, paths):
    return next(filter(None, (moment(get(of, path)) for path in as_list(paths))), None)


def possible(a, b):
    """The least, the most and the middle of the hours from a to b, as far as their clocks tell."""
    if not a or not b or b.last < a.first:
        return None
    least, most_ = max(0, b.first - a.last), b.last - a.first
    return least // 60, most_ // 60, (least + most_) // 120


def end_of(m):
    """Of a day alone."""
    return m if not m or not m.alone else Moment(m.day + datetime.timedelta(days=1), None, True)


# ---- conditions: True, False, and None for undecided ----

def fold(value):
    parts = unicodedata.normalize("NFD", value.lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


PATTERNS = {}


def fits(value, patterns):
    value = fold(plain(value))
    for pattern in map(str, as_list(patterns)):
        if pattern not in PATTERNS:
            PATTERNS[pattern] = re.compile(".*".join(map(re.escape, fold(pattern).split("*"))), re.DOTALL)
        if PATTERNS[pattern].fullmatch(value):
            return True
    return False


def holds_signal(condition, signals):
    if not isinstance(signals, list):
        return None
    for one in signals:
        one = one if isinstance(one, dict) else {}
        if text(one.get("code")) in as_list(condition["signal"]) and \
                ("status" not in condition or one.get("status") in as_list(condition["status"])) and \
                ("quote" not in condition or "quote" in one and fits(one["quote"], condition["quote"])):
            return True
    return False


def holds_field(condition, value):
    if "known" in condition:
        return (value is not None) == condition["known"]
    if "is" in condition:
        if isinstance(value, list) and "item" in condition:
            value = [get(v, condition["item"]) for v in value]
        said = [w for w in map(word, as_list(value)) if w is not None]
        return any(fits(w, condition["is"]) for w in said) if said or isinstance(value, list) else None
    if isinstance(value, tuple):  # of hours: the least and the most that they can be
        truths = {holds_field(condition, Raw(n)) for n in value[:2]}
        return truths.pop() if len(truths) == 1 else None
    value = word(value)
    if value is None or not re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", value, re.ASCII):
        return None
    number = fractions.Fraction(value)
    return number < condition["below"] if "below" in condition else number >= condition["at_least"]


def holds(condition, record):
    if "signal" in condition:
        return holds_signal(condition, record.get("signals"))
    if "field" in condition:
        compares = condition["field"].endswith("_hours") and ("below" in condition or "at_least" in condition)
        return holds_field(condition, get(record, condition["field"] + ("?" if compares else "")))
    if "not" in condition:
        inner = holds(condition["not"], record)
        return None if inner is None else not inner
    decides = "any" in condition  # this truth alone, whatever the others are
    truths = [holds(c, record) for c in condition["any" if decides else "all"]]
    return decides if decides in truths else None if None in truths else not decides


# ---- what is worked out ----

AGE = {"born": "person.birth_date", "at": ["missing_since", "reported_at"], "age": "person.age"}


def age(dim, record):
    born, at = moment(get(record, dim["born"])), first_moment(record, dim["at"])
    if born and at:
        years = at.day.year - born.day.year - ((at.day.month, at.day.day) < (born.day.month, born.day.day))
    else:
        years = whole(get(record, dim["age"])) if "age" in dim else None
    return years if years is not None and years >= 0 else None


def is_open(record, now, is_return):
    missing, returned, begin = (moment(record.get(k)) for k in ("missing_since", "returned_at", "reported_at"))
    begin = missing or begin
    if now and begin and begin.order >= now.order:
        return None, None
    if missing and returned and returned.day < missing.day:
        returned = None
    back = returned or moment(get(record, "link.ended_by"))
    if not back or (is_return and not returned):
        return not is_return, returned
    return bool(now and back.order >= now.order), returned


def with_times(record, as_of, given_up):
    """The record with `time`; given_up: a condition that says it is over though no return is known."""
    now = end_of(moment(as_of) if as_of else moment(get(record, "triage.as_of")))
    open_, returned = is_open(record, now, text(record.get("kind")) == "returned")
    for again in (False, True):
        years = age(AGE, record)
        record = dict(record, time={} if years is None else {"age": Raw(years), "age?": (years, years, years)})
        if open_ is None:
            return record
        missing, reported = moment(record.get("missing_since")), moment(record.get("reported_at"))
        ends = {"missing": (missing, now if open_ else returned), "report": (missing, reported),
                "action": (reported, moment(record.get("first_action_at"))), "open": (open_ and missing, now),
                "returned": (not open_ and returned, now),
                "interview": (not open_ and returned, moment(record.get("interview_at")))}
        spans = {key: possible(a, b) for key, (a, b) in ends.items()}
        record["time"].update({key + "_hours?": span for key, span in spans.items()})
        record["time"].update({key + "_hours": Raw(span[0]) for key, span in spans.items() if span})
        record["time"]["open"] = str(open_).lower()
        if again or not open_ or returned or holds(given_up, record) is not True:
            return record
        open_ = False
    return record
