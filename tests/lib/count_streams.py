"""Random records, dimensions and tables for mp-stats, as like to what it may meet as can be, and worse."""
import datetime
import json
import re

STATUSES = "present", "suspected", "past", "absent", "other"
CODES = "intellectual_disability", "mental_health", "sexual_exploitation", "coercion", "pull_partner", "harboured"
LISTED = {"setting": ["closed", "open", "reception", "home"], "sex": ["f", "m", "x"],
          "category": ["urgent", "other"], "role": ["first", "duplicate", "update", "return", "transfer"]}
# as moments: last and first days of ISO weeks 53, leap days, both changes of the clock, year ends
DAYS = ["2015-12-31", "2016-01-03", "2016-01-04", "2016-02-29", "2017-12-31", "2018-01-01", "2018-03-24",
        "2018-03-25", "2018-03-26", "2018-10-27", "2018-10-28", "2018-12-30", "2018-12-31", "2020-02-29",
        "2020-12-28", "2021-01-03", "2021-02-28"]
CLOCKS = ["00:00", "00:01", "01:30", "01:59", "03:00", "03:30", "12:00", "22:15", "23:59"]
NO_MOMENT = ["", "unknown", "2018-02-30", "2018-1-1", "2019-02-29", "2018-05-05T24:00", "2018-05-05 10:00",
             "2018-05-05T10:00:00", "0000-01-01", "20180505", " 2018-05-05"]
NO_TEXT = ["", " ", "unknown", "Unknown", "\u0001", "\U0001f600 z", "\u2028", "\ufb01",
           " closed ", "\tf", "é", "Zoë \"Z\"", "a,b\\c", "\u00a0home\u00a0", "true"]


class Raw(str):
    """A number, as it is written."""


def dump(value):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{%s}" % ",".join(json.dumps(k) + ":" + dump(v) for k, v in value.items())
    if isinstance(value, list):
        return "[%s]" % ",".join(map(dump, value))
    return json.dumps(value, ensure_ascii=False)


def number(chance, most):
    n = chance.randrange(most)
    return chance.choice([Raw(n)] * 12 + [Raw("%d.0" % n), Raw("%de1" % n), Raw(-n), Raw(10 ** 17 + n), Raw(10 ** 30),
                                            Raw("-0"), str(n), "", None, "unknown"])


def day_near(chance, base):
    return (base + datetime.timedelta(days=int(chance.expovariate(1 / 25)))).isoformat()


def moment(chance, base, known=0.85):
    if chance.random() > known:
        return chance.choice(NO_MOMENT + [None, None, None, Raw("20180505"), True, {"day": "2018-05-05"}])
    day = chance.choice(DAYS) if chance.random() < 0.2 else day_near(chance, base)
    if chance.random() < 0.25:
        return day if chance.random() < 0.98 else chance.choice(["0001-01-01", "9998-12-31"])
    if chance.random() < 0.4:
        return day + "T" + chance.choice(CLOCKS)
    minute = chance.randrange(1440)
    if day[5:] == "03-25" and 120 <= minute < 180:  # there is no such time
        minute += 60
    return "%sT%02d:%02d" % (day, minute // 60, minute % 60)


def text(chance, values, known=0.85):
    if chance.random() < known:
        return chance.choice(values)
    return chance.choice(NO_TEXT + [None, None, Raw("7"), Raw("1.50"), True, False, [], {"a": "closed"}])


def scatter(chance, record, drop=0.12):
    """Without some of its keys."""
    return {k: v for k, v in record.items() if chance.random() > drop}


def signals(chance):
    if chance.random() < 0.15:
        return chance.choice([None, "none", {}, Raw("3")])
    found = []
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 5])):
        one = {"code": chance.choice(CODES), "status": chance.choice(STATUSES), "quote": chance.choice(
            ["weg", "WEG van huis", "vriend", "Zoë"])}
        found.append(chance.choice([one] * 14 + ["weg", None, {"code": one["code"]}, {"status": "present"},
                                                 {"code": one["code"], "status": "maybe"}]))
    return found


def a_report(chance, base, role):
    return scatter(chance, {"id": str(chance.randrange(99)), "role": text(chance, [role], 0.95),
                            "source": scatter(chance, {"file": text(chance, ["a.csv", "b.csv", "c.csv"]),
                                                       "unit": text(chance, ["1300", "1500"])}),
                            "reported_at": moment(chance, base)}, 0.05)


class Stream:
    """Records about a few youths; `whole`: every record is an episode of a person."""

    def __init__(self, chance):
        self.chance = chance
        self.base = datetime.date(chance.choice([2015, 2017, 2018, 2020]), chance.randrange(1, 13), 1)
        self.persons = [(chance.choice(["p%d" % i, "p%d" % i, Raw(i), "unknown"]), self.birth(),
                         chance.choice("fmx")) for i in range(chance.choice([1, 2, 4, 8, 20]))]
        kind = chance.random()
        self.reports_share = 1 if kind < 0.08 else 0.2 if kind < 0.16 else 0
        self.nobody_share = 0.1 if 0.16 < kind < 0.22 else 0
        self.records = [self.record() for _ in range(chance.choice([0, 1, 2, 5, 10, 15, 20, 25, 30, 40, 80]))]
        if self.records and chance.random() < 0.3:
            self.records += [chance.choice(self.records) for _ in range(3)]

    def birth(self):
        day = self.base - datetime.timedelta(days=self.chance.randrange(8 * 365, 19 * 365))
        if self.chance.random() < 0.2:
            return "%d-02-29" % (day.year // 4 * 4)
        return day.replace(month=self.base.month).isoformat() if day.day < 29 else day.isoformat()

    def link(self, person):
        chance = self.chance
        if chance.random() < self.nobody_share:
            person = chance.choice(["", None, []])
        roles = ["first"] + [chance.choice(LISTED["role"]) for _ in range(chance.choice([0, 0, 1, 2, 4]))]
        reports = [a_report(chance, self.base, role) for role in roles]
        if chance.random() < 0.05:
            reports.append(chance.choice([None, "x", {}, []]))
        return {"person_id": person, "episode_id": "e", "reports": reports,
                "ended_by": moment(chance, self.base, 0.3)}

    def record(self):
        chance = self.chance
        person, birth, sex = chance.choice(self.persons)
        known = chance.random() < 0.9
        record = scatter(chance, {
            "kind": text(chance, ["missing"] * 5 + ["returned", "transfer", "update"]),
            "reported_at": moment(chance, self.base),
            "person": scatter(chance, {"birth_date": birth if known else moment(chance, self.base),
                                       "sex": sex if known else text(chance, ["f", "m"]),
                                       "age": number(chance, 25)}),
            "place": scatter(chance, {"institution": text(chance, ["Kardoes", "Kroon", "zeilen", "Überberg"]),
                                      "setting": text(chance, LISTED["setting"] + ["tent"]),
                                      "since": moment(chance, self.base)}),
            "missing_since": moment(chance, self.base), "returned_at": moment(chance, self.base, 0.7),
            "first_action_at": moment(chance, self.base, 0.5), "interview_at": moment(chance, self.base, 0.5),
            "police_category": text(chance, LISTED["category"]), "signals": signals(chance),
            "triage": scatter(chance, {"category": text(chance, LISTED["category"]),
                                       "mismatch": chance.choice([True, False, None]),
                                       "score": number(chance, 300),
                                       "as_of": moment(chance, self.base, 0.6),
                                       "flags": [{"flag": text(chance, ["a", "b", "c"]),
                                                  "sure": chance.choice(["yes", "no"])} for _ in "abcd"
                                                 if chance.random() < 0.5] + chance.choice([[], [], ["a"]]),
                                       "forward": chance.choice([None, [], ["zeden"], ["zeden", "zeden", "x"],
                                                                 "zeden", [Raw(1), None, "", "x"]])}),
            "rest": scatter(chance, {"note": text(chance, ["Zeer Hoog", "hoog", "laag", "rood"]),
                                     "afhandeling": chance.choice(["afgehandeld", "loopt", None, None])}),
            "time": chance.choice([None, {"open": "true", "missing_hours": Raw(5)}])})
        if chance.random() >= self.reports_share:
            record["link"] = self.link(person)
        elif chance.random() < 0.3:
            record["link"] = chance.choice([None, [], {"reports": []}, {"person_id": person}, "x"])
        if chance.random() < 0.05 and "triage" in record:
            record["returned_at"] = record["triage"]["as_of"] = moment(chance, self.base)
        record = {"schema": "mp/1", "source": {"file": "r.csv", "unit": "1300"}, **record}
        if record.get("returned_at") is None and chance.random() < 0.5:
            record.pop("returned_at", None)
        return record


# ---- conditions ----

TEXTS = {"place.setting": ["closed", "open", "CLOSED", "*e*", "", "7"], "person.sex": ["f", "M", "?", "*"],
         "place.institution": ["kar*", "uberberg", "*", "zeilen"], "kind": ["missing", "*return*"],
         "police_category": ["urgent", "other"], "triage.category": ["urgent"],
         "triage.mismatch": ["true", "false"], "rest.note": ["*hoog", "zeer*", "rood"],
         "triage.forward": ["zeden", "x"], "time.open": ["true", "false"], "nothing.here": ["x"]}
NUMBERS = {"person.age": 25, "time.age": 25, "triage.score": 300, "time.missing_hours": 800, "time.open_hours": 800,
           "time.returned_hours": 800, "time.report_hours": 300, "time.action_hours": 300, "time.interview_hours": 300,
            "rest.note": 3, "nothing.here": 2}
MOMENTS = ["missing_since", "reported_at", "returned_at", "first_action_at", "interview_at", "place.since"]


def some(chance, values, most):
    picked = chance.sample(values, min(len(values), chance.randrange(1, most + 1)))
    return picked[0] if len(picked) == 1 and chance.random() < 0.5 else picked


def condition(chance, depth=0):
    kind = chance.random()
    if depth < 3 and kind < 0.35:
        name = chance.choice(["all", "any", "not"])
        if name == "not":
            return {"not": condition(chance, depth + 1)}
        return {name: [condition(chance, depth + 1) for _ in range(chance.randrange(1, 4))]}
    if kind < 0.4:
        return {"field": "triage.flags", "item": "flag", "is": some(chance, ["a", "B", "*"], 2)}
    if kind < 0.55:
        path = chance.choice(list(TEXTS))
        return {"field": path, "is": some(chance, TEXTS[path], 3)}
    if kind < 0.75:
        path = chance.choice(list(NUMBERS))
        return {"field": path, chance.choice(["below", "at_least"]):
                chance.randrange(chance.choice([30, NUMBERS[path]]))}
    if kind < 0.85:
        return {"field": chance.choice(list(TEXTS) + list(NUMBERS) + MOMENTS), "known": chance.random() < 0.6}
    asked = {"signal": some(chance, CODES, 3)}
    if chance.random() < 0.6:
        asked["status"] = some(chance, STATUSES, 3)
    if chance.random() < 0.2:
        asked["quote"] = some(chance, ["weg", "*weg*", "vriend", "zoe"], 2)
    return asked


# ---- dimensions ----

def bands(chance, most):
    below = sorted(chance.sample(range(1, chance.choice([20, 50, most])), chance.randrange(1, 5)))
    return ([{"name": "<%d" % n, "below": n} for n in below] + [{"name": "%d+" % below[-1]}])


def moments(chance):
    return some(chance, MOMENTS, 3)


def dimensions(chance):
    """By name, as in the file; the names tell what they are for."""
    d = {"age": {"born": "person.birth_date", "at": moments(chance), "bands": bands(chance, 22)},
         "role": {"each_report": True, "field": "role", "values": LISTED["role"]},
         "file": {"each_report": True, "field": "source.file"},
         "report_week": {"each_report": True, "period": "week", "at": "reported_at", "longest_gap": 20},
         "institution": {"field": "place.institution"}, "note": {"field": "rest.note", "values": ["laag", "Hoog"]},
         "mismatch": {"field": "triage.mismatch", "values": [False, True]},
         "forward": {"field": "triage.forward", "several": True},
         "flags": {"field": "triage.flags", "several": True, "item": "flag"},
         "missing": {"number": chance.choice(["time.missing_hours"] * 2 + [n for n in NUMBERS if n.startswith("time")]),
                     "bands": bands(chance, 600)},
         "score": {"number": "triage.score", "bands": bands(chance, 300)},
         "codes": {"codes": chance.sample(CODES, chance.randrange(1, 5))}}
    if chance.random() < 0.5:
        d["flags"]["only"] = {"sure": "yes"}
    if chance.random() < 0.6:
        d["age"]["age"] = "person.age"
    if chance.random() < 0.6:
        d["codes"]["status"] = some(chance, STATUSES, 3)
    for name in ("setting", "sex"):
        values = chance.sample(LISTED[name], chance.randrange(1, len(LISTED[name]) + 1))
        d[name] = {"field": {"setting": "place.setting", "sex": "person.sex"}[name], "values": values}
    for name in ("day", "week", "month", "quarter", "year"):
        d[name] = {"period": name, "at": moments(chance), "longest_gap": chance.choice([0, 1, 3, 9, 40])}
    for name in ("hours", "days"):
        d[name] = {name: {"from": moments(chance), "to": moments(chance)}, "bands": bands(chance, 400)}
    for name in ("classes", "several"):
        d[name] = {"classes": [{"name": "c%d" % i, "when": condition(chance, 2)}
                               for i in range(chance.randrange(1, 5))]}
        if chance.random() < 0.5:
            d[name]["otherwise"] = "none"
    d["several"]["several"] = True
    return d


# ---- tables ----

TIMES = {"day", "week", "month", "quarter", "year", "report_week"}
UNITS = ["reports", "episodes", "persons"]
MEASURES = {"count": UNITS, "share": UNITS, "rate_week": UNITS, "coverage": UNITS[:2], "median": ["episodes"],
            "quartile_1": ["episodes"], "quartile_3": ["episodes"], "repeat_share_excess": ["episodes"],
            "repeat_share_repeaters": ["episodes"], "persons_2": ["persons"], "persons_3": ["persons"],
            "persons_10": ["persons"], "concentration": ["episodes"], "ears_c2": UNITS, "run": ["persons"]}


def measures(chance, units, by):
    needs = {"share": by, "ears_c2": TIMES & set(by), "run": "day" in by and len(by) > 1}
    fit = [m for m in MEASURES if set(MEASURES[m]) & set(units) and needs.get(m, True)]
    picked = ["count"] + [m for m in chance.sample(fit, chance.randrange(0, min(4, len(fit)))) if m != "count"]
    return chance.sample(picked, len(picked))


def a_table(chance, name, dims):
    by = []
    for one in chance.sample(dims, chance.choice([0, 1, 1, 2, 2, 2, 3, 4])):
        if one not in TIMES or not TIMES & set(by):
            by.append(one)
    units = chance.sample(UNITS, chance.randrange(1, 4))
    if chance.random() < 0.06:
        by, units = ["day", chance.choice(["setting", "institution", "sex", "codes", "file"])], ["persons"]
    table = {"table": name, "by": by, "units": units, "measure": measures(chance, units, by)}
    if chance.random() < 0.4:
        table["where"] = condition(chance)
    if chance.random() < 0.1:
        table["least_persons"] = chance.randrange(1, 4)
    if by[:1] == ["day"] and units == ["persons"] and len(by) == 2:
        table["measure"] = ["run"]
    if "run" in table["measure"]:
        table["run"] = {"within": chance.choice([0, 1, 3, 10, 40]), "persons": chance.randrange(2, 4)}
    if "ears_c2" in table["measure"] and chance.random() < 0.7:
        table["alarm"] = {"baseline": chance.randrange(2, 6), "lag": chance.randrange(0, 3),
                          "threshold": chance.choice([1, 2.5]), "least_deviation": chance.choice([0, 0.2, 1])}
    if "coverage" in table["measure"]:
        table["when"] = condition(chance)
    if chance.random() < 0.5 and {"median", "quartile_1", "quartile_3"} & set(table["measure"]):
        span = {"from": moments(chance), "to": moments(chance)}
        table["of"] = chance.choice([{"hours": span}, {"days": span}, {"number": chance.choice(list(NUMBERS))}])
    if "concentration" in table["measure"]:
        table["over"] = chance.choice(by if "share" in table["measure"] else by + ["person"])
        table["top"] = chance.choice([1, 2, 10, "5%", "30%", "100%"])
    elif by and "share" in table["measure"] and chance.random() < 0.6:
        table["over"] = chance.choice(by)
    return table


def tables(chance, dims):
    names = list(dims) + [c for c in CODES if chance.random() < 0.2]
    return [a_table(chance, "t%d" % i, names) for i in range(chance.randrange(1, 7))]


def plain(text_):
    """How a program that trims blanks sees it."""
    return re.sub(r"^[ \t\r\n\u00a0]+|[ \t\r\n\u00a0]+$", "", text_)
