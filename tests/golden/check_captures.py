#!/usr/bin/env python3
"""Compares events with EXPECTED.tsv, field by field.

  check_captures.py [--expected FILE]... [--folder NAME] [--seen] [--show N] [--strict] [--json] EVENTS.jsonl...
  check_captures.py --self-test

EVENTS: canonical events, one JSON object a line; `-` is standard input. EXPECTED.tsv lies
beside the captures (default: tests/data/otlp) and is made by looking at them: `a|b` in a cell means that either
is right, an empty cell is not compared. Columns that need a word:
  class_uid          the event that must exist for the span (none for kind internal and not_ai: such an event is extra)
  also_finding       yes: a 7005 event with finding.origin other than aitf must exist too (upstream verdict)
  usage_scope        leaf: counts; aggregate, duplicate: must not be added up; empty: the span has no tokens
  *_sha8             first 8 hex of SHA-256 of the UTF-8 text, unmasked: prompt = last user message that has text (retrieval:
                     the query, embedding: the last text), completion = first answer text (agent: the last), tool arguments and result
  *_messages         messages with any content
Words of its note that count here:
  same_as=ID,..      spans that report one operation: one event for all of them is enough, then it must hold the content of all
  optional=CLASS,..  such an event is neither needed nor wrong
  inherit_X=VALUE    held by an ancestor only; counted apart, never a failure
Exit: 0 all found, 1 something missing or different (--strict: or extra), 2 usage.
"""
import argparse, collections, csv, hashlib, json, os, re, sys

# Where each column is looked for, first to last; one match is enough.
#   a.b            value             @len a          number of items
#   @count D       messages of direction D           @texts D [user]   their text parts, alone and joined
PATHS = {
    "provider": ["model.provider"],
    "request_model": ["model.name"],
    "response_model": ["model.response_model"],
    "usage_scope": ["token_usage.scope"],
    "input_tokens": ["token_usage.input_tokens"],
    "output_tokens": ["token_usage.output_tokens"],
    "cache_read": ["token_usage.cached_tokens"],
    "cache_write": ["token_usage.cache_write_tokens"],
    "reasoning": ["token_usage.reasoning_tokens"],
    "conversation": ["session_id", "conversation_id", "actor.session.uid"],
    "user": ["actor.user.uid", "actor.user.name", "actor.user.email_addr"],
    "agent_name": ["agent_name", "workflow_name", "agent_message.remote_agent"],
    "tool_name": ["tool_name"],
    "mcp_server": ["mcp_server"],
    "finish_reasons": ["finish_reasons", "finish_reason"],
    "error_type": ["error.type", "error.code"],
    "documents": ["@len documents", "results_count"],
    "input_messages": ["@count input"],
    "output_messages": ["@count output"],
    "tool_args_sha8": ["tool_input"],
    "tool_result_sha8": ["tool_output"],
    "prompt_sha8": ["query", "@texts input user", "request_content"],
    "completion_sha8": ["@texts output", "response_content", "@texts any"],
}
CONTENT = ["documents", "tool_args_sha8", "tool_result_sha8", "prompt_sha8", "completion_sha8"]
SILENT = ("internal", "not_ai")
FINISH = {"end_turn": "stop", "stop_sequence": "stop", "completed": "stop", "max_tokens": "length", "tool_call": "tool_calls",
          "tool_use": "tool_calls", "tool-calls": "tool_calls", "content-filter": "content_filter", "safety": "content_filter"}
HERE = os.path.dirname(os.path.abspath(__file__))
DEFAULT = os.path.join(HERE, "..", "data", "otlp", "EXPECTED.tsv")


# ---------------------------------------------------------------- reading events

def get(event, path):
    for key in path.split("."):
        event = event.get(key) if isinstance(event, dict) else None
    return event


def messages(events, direction, user_only=False):
    """message_index -> text parts, in order."""
    out = collections.defaultdict(list)
    for e in events:
        for p in e.get("messages") or []:
            if direction in ("any", p.get("direction")) and (not user_only or p.get("role", "user") in ("user", "other")):
                out[p.get("direction"), p.get("message_index")].append(p.get("text") if p.get("type", "text") in ("text", "tool_result", "refusal", "data") else None)
    return {k: [t for t in v if t] for k, v in out.items()}


def values(events, path):
    if path.startswith("@len"):
        return [len(e[path[5:]]) for e in events if e.get(path[5:])]
    if path.startswith("@count"):
        found = [i for _, i in messages(events, path[7:])]
        return [len(found), max(i or 0 for i in found) + 1] if found else []
    if path.startswith("@texts"):
        _, direction, *user = path.split()
        return [t for parts in messages(events, direction, bool(user)).values() for t in parts + ["\n".join(parts), "".join(parts)]]
    found = [get(e, path) for e in events]
    return [v for v in found if v not in (None, "", [], {})]


def sha8(text):
    if text.startswith("\x00sha8:"): return text[6:]                 # only --self-test writes this
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def finish(v):
    return {FINISH.get(x, x) for x in (str(i).split(".")[-1].lower() for i in (v if isinstance(v, list) else [v]))}


def matches(column, want, events):
    """(matched, what was found)"""
    found = [v for p in PATHS[column] for v in values(events, p)]
    wanted = want.split("|")
    if column.endswith("sha8"):
        return any(sha8(v) in wanted for v in found if isinstance(v, str)), [v[:60] for v in found if isinstance(v, str)][:3]
    if column == "finish_reasons":
        return any(finish(v) == finish(w.split(",")) for v in found for w in wanted), found
    return any(str(v) in wanted for v in found), found


def read_events(paths):
    by_span, count = collections.defaultdict(list), 0
    for path in paths:
        with (sys.stdin if path == "-" else open(path, encoding="utf-8")) as lines:
            for n, line in enumerate(lines, 1):
                if not line.strip(): continue
                try: e = json.loads(line)
                except ValueError as x: sys.exit(f"{path}:{n}: not JSON: {x}")
                if isinstance(e.get("event"), dict): e = e["event"]   # Splunk envelope
                by_span[get(e, "trace.uid"), get(e, "trace.span.uid")].append(e)
                count += 1
    return by_span, count


# ---------------------------------------------------------------- reading the expectation

def read_expected(paths, folder=None):
    rows = []
    for path in paths:
        with open(path, encoding="utf-8", newline="") as f:
            for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
                if folder and folder != r["folder"]: continue
                words = dict(w.split("=", 1) for w in r["note"].split() if "=" in w)
                r["same"] = [i for i in words.get("same_as", "").split(",") if i]
                r["optional"] = [i for i in words.get("optional", "").split(",") if i]
                r["inherited"] = {k[8:]: v.replace("%20", " ") for k, v in words.items() if k.startswith("inherit_")}
                r["failed"] = words.get("status") == "error"
                rows.append(r)
    return rows


# ---------------------------------------------------------------- comparing

class Report:
    def __init__(self):
        self.cells = collections.defaultdict(lambda: [0, 0])          # (folder, column) -> matched, expected
        self.wrong, self.extra, self.inherited = [], [], [0, 0]

    def cell(self, row, column, ok, want, got=None, quiet=False):
        c = self.cells[row["folder"], column]
        c[0] += bool(ok)
        c[1] += 1
        if not ok and not quiet: self.wrong.append(dict(folder=row["folder"], file=row["file"], span=row["span_id"], name=row["span_name"][:60], column=column, expected=want, got=got))

    def total(self, key=None, column=None):
        picked = [v for (f, c), v in self.cells.items() if key in (None, f) and column in (None, c)]
        return sum(v[0] for v in picked), sum(v[1] for v in picked)


def is_own_finding(e):
    """Made by the product's own detection: judged elsewhere."""
    return e.get("class_uid") == 7005 and get(e, "finding.origin") == "aitf"


def check(rows, by_span):
    report, by_id = Report(), {r["span_id"]: r for r in rows}
    here = {r["span_id"]: [e for e in by_span.get((r["trace_id"], r["span_id"]), []) if not is_own_finding(e)] for r in rows}
    activity = {r["span_id"]: [e for e in here[r["span_id"]] if str(e.get("class_uid")) in r["class_uid"].split("|") and e.get("record_kind") != "content"
                               and (e.get("record_kind") != "derived" or r["kind"] == "finding")] for r in rows}
    for r in rows:
        sid, group = r["span_id"], [r] + [by_id[i] for i in r["same"] if i in by_id]
        check_extra(report, r, here[sid], activity[sid])
        if r["also_finding"]:
            ok = any(e.get("class_uid") == 7005 for g in group for e in here[g["span_id"]])
            report.cell(r, "also_finding", ok, "a 7005 event")
        if r["kind"] in SILENT: continue
        if activity[sid]:
            report.cell(r, "class_uid", True, r["class_uid"])
            compare(report, r, activity[sid] + [e for e in here[sid] if e.get("record_kind") == "content"], group, activity)
            continue
        others = [e for g in group for e in here[g["span_id"]] if e.get("record_kind") != "derived" or e.get("class_uid") == 7005]
        if any(activity[g["span_id"]] for g in group) or (r["kind"] == "finding" and any(e.get("class_uid") == 7005 for e in others)):
            for column in CONTENT:
                if r[column]: report.cell(r, column, *first_two(matches(column, r[column], others), r[column]))
        elif r["class_uid"] not in r["optional"] and r is leader(group):
            report.cell(r, "class_uid", False, r["class_uid"], [e.get("class_uid") for e in here[sid]])
            for column in PATHS:                                     # its fields are missing too; one line says so
                if r[column]: report.cell(r, column, False, r[column], quiet=True)
    return report


def leader(group):
    """One row of a group answers for a missing event: the first by span id."""
    return min((g for g in group if g["kind"] not in SILENT), key=lambda g: g["span_id"])


def first_two(result, want):
    return result[0], want, result[1]


def compare(report, r, events, group, activity):
    for column in PATHS:
        if not r[column] or column == "usage_scope": continue
        report.cell(r, column, *first_two(matches(column, r[column], events), r[column]))
    if r["usage_scope"]:
        if len(group) > 1 and any(g["usage_scope"] == "leaf" for g in group):        # which span of one call is counted is free; one must be
            scopes = [s for g in group for s in values(activity[g["span_id"]], "token_usage.scope")]
            report.cell(r, "usage_scope", scopes.count("leaf") == 1, "one leaf in the group", scopes)
        else: report.cell(r, "usage_scope", *first_two(matches("usage_scope", r["usage_scope"], events), r["usage_scope"]))
    if r["failed"]: report.cell(r, "status", any(e.get("status_id") == 2 for e in events) or r["kind"] == "finding", "status_id 2", [e.get("status_id") for e in events])
    for column, want in r["inherited"].items():
        report.inherited[0] += matches(column, want, events)[0]
        report.inherited[1] += 1


def check_extra(report, r, events, activity):
    if r["kind"] in SILENT:
        allowed = set(r["optional"]) | ({"7005"} if r["also_finding"] else set())
        bad = [e for e in events if str(e.get("class_uid")) not in allowed]
    else:
        whole = lambda e: e.get("record_kind", "span") == "span"
        bad = [e for e in activity if whole(e)][1:] + [e for e in events if whole(e) and e not in activity and str(e.get("class_uid")) not in r["optional"] + ["7005"]]
    for e in bad: report.extra.append(dict(folder=r["folder"], file=r["file"], span=r["span_id"], name=r["span_name"][:60], kind=r["kind"], class_uid=e.get("class_uid")))


# ---------------------------------------------------------------- printing

def percent(pair):
    return f"{pair[0]:6d}/{pair[1]:<6d} {100 * pair[0] / pair[1] if pair[1] else 100:6.1f} %"


def print_report(report, rows, events, show):
    print(f"{'folder':58s} {'spans':>5s}  fields found          missing events  extra")
    for f in sorted({r["folder"] for r in rows}):
        m, e = report.total(f, "class_uid")
        print(f"{f:58s} {sum(r['folder'] == f for r in rows):5d} {percent(report.total(f))} {e - m:10d} {sum(x['folder'] == f for x in report.extra):9d}")
    print("\ncolumn")
    for c in ["class_uid", "also_finding", "status"] + list(PATHS):
        if report.total(column=c)[1]: print(f"  {c:18s} {percent(report.total(column=c))}")
    for x in report.wrong[:show]: print(f"  - {x['folder']}/{x['file']} {x['span']} {x['name']!r}: {x['column']} expected {x['expected']!r} got {x['got']!r}")
    if len(report.wrong) > show: print(f"  … {len(report.wrong) - show} more (--show N)")
    for x in report.extra[:show]: print(f"  + {x['folder']}/{x['file']} {x['span']} {x['name']!r}: extra {x['class_uid']} on {x['kind']}")
    m, e = report.total(column="class_uid")
    print(f"\ntotal {percent(report.total())}; {events} events read, {e - m} missing, {len(report.extra)} extra; inherited values {report.inherited[0]}/{report.inherited[1]} (not counted)")


# ---------------------------------------------------------------- self-test

def put(event, path, v):
    *keys, last = path.split(".")
    for k in keys: event = event.setdefault(k, {})
    event[last] = v


def event_from(r):
    """The event that a perfect mapper would make, first alternative everywhere."""
    e = dict(class_uid=int(r["class_uid"].split("|")[0]), record_kind="span", status_id=2 if r["failed"] else 1, trace=dict(uid=r["trace_id"], span=dict(uid=r["span_id"])))
    part = lambda d, i, **k: e.setdefault("messages", []).append(dict(direction=d, message_index=i, role="user" if d == "input" else "assistant", type="text", **k))
    for column in PATHS:
        v = r[column].split("|")[0]
        if not v: continue
        if column == "documents": e["documents"] = [{"id": str(i)} for i in range(int(v))]
        elif column.endswith("_messages"):
            for i in range(int(v)): part(column[:-9], i)
        elif column == "finish_reasons": e["finish_reasons"] = v.split(",")
        elif column == "prompt_sha8" and r["kind"] != "retrieval": part("input", 0, text="\x00sha8:" + v)
        elif column == "completion_sha8": part("output", 0, text="\x00sha8:" + v)
        else: put(e, PATHS[column][0], "\x00sha8:" + v if column.endswith("sha8") else int(v) if v.isdigit() and "tokens" in PATHS[column][0] else v)
    return e


def self_test(paths):
    rows = read_expected(paths)
    def run(events):
        by_span = collections.defaultdict(list)
        for e in events: by_span[e["trace"]["uid"], e["trace"]["span"]["uid"]].append(e)
        return check(rows, by_span)
    def perfect():
        out = [event_from(r) for r in rows if r["kind"] not in SILENT]
        return out + [dict(class_uid=7005, record_kind="derived", finding=dict(origin="source"), trace=dict(uid=r["trace_id"], span=dict(uid=r["span_id"]))) for r in rows if r["also_finding"]]
    assert sha8("abc") == "ba7816bf"
    good = run(perfect())
    assert not good.wrong and not good.extra, (good.wrong[:3], good.extra[:3])
    assert good.total()[0] == good.total()[1] > 1000
    for column in PATHS:                                             # spoil every value of one column: that column, and only it, must fail
        events = perfect()
        for e in events:
            if e["record_kind"] != "span": continue
            for p in PATHS[column]:
                if p.startswith("@"): e.pop("messages", None) if "len" not in p else e.pop("documents", None)
                elif get(e, p) is not None: put(e, p, "spoilt")
        bad = {w["column"] for w in run(events).wrong}
        twins = {"input_messages", "output_messages", "prompt_sha8", "completion_sha8"}
        if any(r[column] for r in rows): assert column in bad and bad <= {column} | (twins if column in twins else set()), (column, bad)
    events = perfect()
    alone = [r for r in rows if r["kind"] == "inference" and not r["same"]][:5]
    gone = {r["span_id"] for r in alone}
    dropped = run([e for e in events if e["trace"]["span"]["uid"] not in gone])
    assert sum(w["column"] == "class_uid" for w in dropped.wrong) == 5
    silent = next(r for r in rows if r["kind"] in SILENT and not r["optional"])
    assert len(run(events + [dict(event_from(alone[0]), trace=dict(uid=silent["trace_id"], span=dict(uid=silent["span_id"])))]).extra) == 1
    assert len(run(events + [event_from(alone[0])]).extra) == 1
    assert any(w["column"] == "also_finding" for w in run([e for e in events if e["record_kind"] == "span"]).wrong)
    pair = next((r for r in rows if r["same"] and r["usage_scope"] == "duplicate"), None)
    if pair: self_test_pair(run, perfect, pair)
    print(f"self-test passed: {len(rows)} spans, {good.total()[1]} fields, 100 % on the perfect set, every spoilt column seen")


def self_test_pair(run, perfect, pair):
    """Two spans of one call: one event is enough, two that both count are wrong."""
    events = perfect()
    merged = [e for e in events if e["trace"]["span"]["uid"] != pair["same"][0]]
    for e in merged:
        if e["trace"]["span"]["uid"] == pair["span_id"] and "token_usage" in e: e["token_usage"]["scope"] = "leaf"
    assert not run(merged).wrong, run(merged).wrong[:3]
    assert {w["column"] for w in run(events).wrong} == {"usage_scope"}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("events", nargs="*")
    p.add_argument("--expected", action="append", help="EXPECTED.tsv (repeatable)")
    p.add_argument("--folder", help="only this capture")
    p.add_argument("--skip", default="", help="columns not compared, with commas between")
    p.add_argument("--seen", action="store_true", help="only spans that some event is about")
    p.add_argument("--show", type=int, default=20, help="differences to print")
    p.add_argument("--strict", action="store_true", help="extra events fail too")
    p.add_argument("--json", action="store_true")
    p.add_argument("--self-test", action="store_true")
    a = p.parse_args()
    if a.self_test: return self_test(a.expected or [DEFAULT])
    if not a.events: p.error("no events given")
    rows = read_expected(a.expected or [DEFAULT], a.folder)
    if not rows: p.error(f"no row for folder {a.folder!r}")
    unknown = set(filter(None, a.skip.split(","))) - set(rows[0])
    if unknown: p.error(f"no such column: {', '.join(sorted(unknown))}")
    for r in rows: r.update({c: "" for c in a.skip.split(",") if c in r})
    by_span, count = read_events(a.events)
    if a.seen: rows = [r for r in rows if (r["trace_id"], r["span_id"]) in by_span]
    report = check(rows, by_span)
    if a.json:
        folders = {f: {c: report.cells[f, c] for (g, c) in report.cells if g == f} for f in sorted({r["folder"] for r in rows})}
        json.dump(dict(total=report.total(), folders=folders, columns={c: report.total(column=c) for c in sorted({c for _, c in report.cells})},
                       inherited=report.inherited, wrong=report.wrong, extra=report.extra, events=count), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else: print_report(report, rows, count, a.show)
    sys.exit(1 if report.wrong or (a.strict and report.extra) else 0)


if __name__ == "__main__":
    main()
