#!/usr/bin/env python3
"""Starts aitf as it comes, sends it traces captured from real AI applications, and prints what it made of them."""
import collections
import json
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
CAPTURES = sorted((ROOT / "tests/data/otlp").glob("*/*.binpb"))
CLASSES = {7001: "Model Inference", 7002: "Agent Activity", 7003: "Tool Execution", 7004: "Data Retrieval"}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fetch(url, body=None, content_type="application/x-protobuf", time_out=30):
    request = urllib.request.Request(url, data=body, headers={"Content-Type": content_type} if body is not None else {})
    with urllib.request.urlopen(request, timeout=time_out) as answer:
        return answer.read().decode("utf-8", "replace")


def wait_until(what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if what():
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.05)
    sys.exit("demo: aitf did not get ready in time; its log is build/demo/aitf.log")


def metrics(admin):
    """name -> {labels: value}"""
    found = collections.defaultdict(dict)
    for line in fetch(f"{admin}/metrics").splitlines():
        if match := re.match(r"(aitf_\w+?)(?:\{(.*)\})? (\S+)$", line):
            labels = dict(re.findall(r'(\w+)="([^"]*)"', match[2] or ""))
            found[match[1]][tuple(sorted(labels.items()))] = float(match[3])
    return found


def by_label(rows, label):
    sums = collections.Counter()
    for labels, value in rows.items():
        sums[dict(labels)[label]] += int(value)
    return sums


def telling(event):
    """The worst comes first, of equals the one with the longest text."""
    return event["severity_id"], len(text_of(event))


def text_of(event):
    return event.get("request_content") or event.get("tool_input") or event.get("query") or ""


def short(event):
    lines = [f"  {event['class_name']} | {event['message']} | {event['status']} | severity {event['severity']}"]
    usage = event.get("token_usage", {})
    facts = {"model": event.get("model", {}).get("model_id"), "agent": event.get("agent_name"),
             "tokens": usage.get("total_tokens"), "ms": event.get("duration"),
             "error": event.get("error", {}).get("category"), "service": event.get("service", {}).get("name")}
    lines.append("    " + ", ".join(f"{k}={v}" for k, v in facts.items() if v is not None))
    if text := text_of(event):
        lines.append("    " + " ".join(text.split())[:110])
    return "\n".join(lines)


def show(admin, events_file):
    m = metrics(admin)
    total = int(m["aitf_spans_received_total"][()])
    ignored = by_label(m["aitf_spans_ignored_total"], "reason")
    print(f"\nspans received: {total}, by convention")
    for name, count in by_label(m["aitf_operations_total"], "convention").most_common():
        print(f"  {count:6d}  {'none that is known' if name == 'other' else name}")
    print("events, by class")
    for uid, count in sorted(by_label(m["aitf_events_total"], "class_uid").items()):
        print(f"  {count:6d}  {uid} {CLASSES.get(int(uid), '')}")
    print("spans that make no event: " + (", ".join(f"{n} {why}" for why, n in ignored.items()) or "none"))
    events = [json.loads(line) for line in events_file.read_text(encoding="utf-8").splitlines()]
    print("\nthree of them, in short")
    for uid in (7001, 7003, 7004):
        print(short(max((e for e in events if e["class_uid"] == uid), key=telling)))
    print(f"\noutput: {len(events)} events as JSON lines in {events_file.relative_to(ROOT)}")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    folder = ROOT / "build/demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    otlp, admin = free_port(), free_port()
    (folder / "aitf.yaml").write_text(f"receive: {{otlp_http: {{listen: 127.0.0.1:{otlp}}}}}\n"
                                      f"admin: {{listen: 127.0.0.1:{admin}}}\nstate_dir: {folder}/state\n")
    print(f"demo: starting aitf, sending {len(CAPTURES)} requests captured from real AI applications")
    with open(folder / "aitf.log", "w") as log:
        aitf = subprocess.Popen([program, "run", "--config", "aitf.yaml"], cwd=folder, stderr=log)
    try:
        wait_until(lambda: fetch(f"http://127.0.0.1:{admin}/readyz"))
        for capture in CAPTURES:
            fetch(f"http://127.0.0.1:{otlp}/v1/traces", capture.read_bytes())
        url = f"http://127.0.0.1:{admin}"
        wait_until(lambda: sum(metrics(url)["aitf_events_total"].values()) ==
                   sum(metrics(url)["aitf_destination_delivered_events_total"].values()))
        show(url, folder / "aitf-out/events.jsonl")
    finally:
        aitf.send_signal(signal.SIGTERM)
        code = aitf.wait(timeout=30)
    if code != 0:
        sys.exit(f"demo: aitf ended with {code}; its log is build/demo/aitf.log")
    print("next: `build/release/aitf run` listens on 127.0.0.1:4318; `build/release/aitf --help` shows the rest")


if __name__ == "__main__":
    main()
