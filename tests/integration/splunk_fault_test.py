#!/usr/bin/env python3
"""Spans of the real OpenTelemetry SDK over two connections, through aitf, into a Splunk collector that has bad days.

One request in a hundred each gets 503, 429 with Retry-After, a reset, or no answer in time; one event in a hundred is
refused for good. In the end every accepted span is either indexed by the collector or in the dead letters with the
reason, never both, and the files beside it have each one once. AITF_TEST_SPANS sets the number of spans (100000).
"""
import collections
import json
import os
import pathlib
import subprocess
import sys
import unittest
import urllib.request

SPANS = int(os.environ.get("AITF_TEST_SPANS", "100000"))
SENDERS = 2
TOKEN = "5f0b6d1e-2b1c-4c7e-9a55-6a1f3f2d7c90"
MARKER = "poison-marker"
STUB = pathlib.Path(__file__).parents[1] / "peers" / "hec_stub" / "hec_stub.py"


def send(endpoint, first, count):
    """What a sender process does: makes spans, exports them, prints how many were taken."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
    from opentelemetry.trace import SpanKind

    class CountingExporter(OTLPSpanExporter):
        taken = 0

        def export(self, spans):
            result = super().export(spans)
            CountingExporter.taken += len(spans) if result is SpanExportResult.SUCCESS else 0
            return result

    provider = TracerProvider(resource=Resource.create({"service.name": f"sender-{first}", "host.name": "web-7"}))
    # Long enough for times when the journal is full; the queue holds all, so that the SDK itself drops nothing.
    exporter = CountingExporter(endpoint=endpoint + "/v1/traces", timeout=300)
    provider.add_span_processor(BatchSpanProcessor(exporter, max_queue_size=count + 1, max_export_batch_size=512))
    tracer = provider.get_tracer("splunk-fault-test", "1.0")
    filler = "The quick brown fox jumps over the lazy dog. " * 25
    for number in range(first, first + count):
        prompt = f"Question {number}: {filler}" + (MARKER if number % 100 == 37 else "")
        with tracer.start_as_current_span("chat gpt-4o-mini", kind=SpanKind.CLIENT) as span:
            span.set_attributes({
                "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai",
                "gen_ai.request.model": "gpt-4o-mini", "gen_ai.usage.input_tokens": number,
                "gen_ai.usage.output_tokens": 7, "gen_ai.response.id": f"chatcmpl-{number}",
                "gen_ai.input.messages": json.dumps(
                    [{"role": "user", "parts": [{"type": "text", "content": prompt}]}])})
    provider.force_flush(600_000)
    provider.shutdown()
    print(CountingExporter.taken)


class Stub:
    """with Stub(config) as stub: the collector's stand-in as a process."""

    def __init__(self, config):
        self.config = json.dumps(config)

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, STUB, "--config", self.config, "--until-stdin-closes"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[1]
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(60)

    def ask(self, name):
        with urllib.request.urlopen(f"{self.url}/__stub__/{name}", timeout=60) as answer:
            return answer.read().decode()


def destinations(url):
    return (f"destinations:\n"
            f"- {{name: splunk, type: splunk, url: '{url}', token: '{TOKEN}', timeout: 1s, batch: {{events: 100}}}}\n"
            f"- {{name: files, type: jsonl, path: out}}")


def stub_config():
    return {"tokens": {TOKEN: {}}, "poison": {"marker": MARKER}, "seed": 1, "hang_seconds": 2, "keep_text": False,
            "probability": {"503": 0.01, "429": {"share": 0.01, "retry_after": "1"},
                            "reset": {"share": 0.01, "index": True}, "timeout": 0.01}}


class SplunkFaults(unittest.TestCase):
    def send_all(self, endpoint):
        """Spans that the senders say were taken."""
        share = SPANS // SENDERS
        senders = [subprocess.Popen([sys.executable, __file__, "--send", endpoint, str(n * share), str(share)],
                                    stdout=subprocess.PIPE, text=True) for n in range(SENDERS)]
        return sum(int(sender.communicate(timeout=1200)[0]) for sender in senders)

    def settled(self, aitf, destination):
        return (aitf.metric("aitf_destination_delivered_events_total", destination=destination)
                + aitf.metric("aitf_destination_refused_events_total", destination=destination))

    def read_files(self, folder):
        """All uids, a count each, and those of poisoned events."""
        uids, poisoned = collections.Counter(), set()
        for path in sorted(folder.glob("*.jsonl")):
            with open(path, encoding="utf-8") as lines:
                for line in lines:
                    uid = json.loads(line)["metadata"]["uid"]
                    uids[uid] += 1
                    if MARKER in line:
                        poisoned.add(uid)
        return uids, poisoned

    def read_dead_letters(self, folder):
        letters = {}
        for path in sorted(folder.glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                letter = json.loads(line)
                uid = letter["event"]["metadata"]["uid"]
                self.assertNotIn(uid, letters, "an event was refused twice")
                letters[uid] = letter
        return letters

    def check(self, aitf, stub, accepted):
        files, poisoned = self.read_files(aitf.folder / "out")
        self.assertEqual(sum(files.values()), accepted)
        self.assertEqual(len(files), accepted, "a uid stands twice in the files")

        indexed = {line.partition("\t")[0] for line in stub.ask("uids").splitlines()}
        refused = self.read_dead_letters(aitf.folder / "state" / "dead-letters" / "splunk")
        self.assertEqual(set(refused), poisoned)
        self.assertEqual(len(poisoned), SPANS // 100)
        self.assertEqual(indexed & poisoned, set())
        self.assertEqual(indexed | poisoned, set(files))
        self.assertEqual(len(indexed) + len(refused), accepted)
        for letter in refused.values():
            self.assertEqual(letter["reason"], "invalid_data_format")
            self.assertIn("invalid-event-number", letter["answer"])
            self.assertNotIn(TOKEN, json.dumps(letter))

    def test_every_accepted_span_is_indexed_or_refused_with_a_reason(self):
        from aitf_process import Aitf
        with Stub(stub_config()) as stub:
            with Aitf(destinations(stub.url), extra="journal: {max_size: 512MiB}") as aitf:
                taken = self.send_all(aitf.endpoint)
                accepted = aitf.metric("aitf_spans_accepted_total")
                self.assertEqual((taken, accepted), (SPANS, SPANS))
                for destination in ("splunk", "files"):
                    aitf.wait(lambda name=destination: self.settled(aitf, name) >= accepted, seconds=900)
                self.assertEqual(aitf.metric("aitf_destination_refused_events_total", destination="splunk"),
                                 SPANS // 100)
                self.assertEqual(aitf.stop(), 0)
                self.check(aitf, stub, accepted)
                self.assertNotIn(TOKEN, (aitf.folder / "log").read_text())
            stats = json.loads(stub.ask("stats"))
            print(json.dumps(stats), file=sys.stderr)
            if SPANS >= 100_000:
                self.assertEqual(set(stats["by_fault"]), {"503", "429", "reset", "timeout"})


if __name__ == "__main__":
    if sys.argv[1:2] == ["--send"]:
        send(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(unittest.main())
