#!/usr/bin/env python3
"""Golden events: twelve captures mapped by the real program and compared, event by event, with what was read by eye and
pinned. AITF_UPDATE_GOLDEN=1 rewrites the pinned files; read the difference before it is committed."""
import json
import os
import pathlib
import subprocess
import unittest

HERE = pathlib.Path(__file__).resolve().parent
CAPTURES = HERE.parent / "data/otlp"
CASES = [
    "opentelemetry-instrumentation-genai-openai-1.3b0/03",
    "opentelemetry-instrumentation-genai-openai-1.3b0/05",
    "opentelemetry-instrumentation-genai-openai-1.3b0/07",
    "opentelemetry-instrumentation-genai-anthropic-1.3b0/01",
    "opentelemetry-instrumentation-genai-anthropic-1.3b0/03",
    "opentelemetry-instrumentation-genai-langchain-1.3b0/04",
    "opentelemetry-instrumentation-genai-openai-agents-1.3b0/02",
    "opentelemetry-instrumentation-genai-llama-index-1.3b0/01",
    "opentelemetry-instrumentation-openai-v2-2.4b0-latest/02",
    "vercel-ai-7.0.173/02",
    "mcp-2.3.0/01",
    "mcp-2.3.0/02",
]


def events_of(capture):
    """The events as the program writes them, without its version, which changes with every release."""
    out = subprocess.run([os.environ["AITF"], "map", capture], capture_output=True, text=True, check=True,
                         env={**os.environ, "SOURCE_DATE_EPOCH": "1795600000"}).stdout
    events = [json.loads(line) for line in out.splitlines()]
    for event in events:
        event["metadata"]["product"]["version"] = "0.0.0"
    return events


class Golden(unittest.TestCase):
    maxDiff = 4000

    def test_events_of_the_captures_are_the_pinned_ones(self):
        for case in CASES:
            with self.subTest(case):
                pinned = HERE / (case.replace("/", "-") + ".json")
                events = events_of(CAPTURES / (case + ".binpb"))
                self.assertGreater(len(events), 0)
                text = json.dumps(events, indent=1, ensure_ascii=False) + "\n"
                if os.environ.get("AITF_UPDATE_GOLDEN"):
                    pinned.write_text(text, encoding="utf-8")
                self.assertEqual(text, pinned.read_text(encoding="utf-8"))

    def test_protobuf_and_json_give_equal_events(self):
        for capture in sorted(CAPTURES.glob("*/*.binpb")):
            with self.subTest(capture.parent.name + "/" + capture.stem):
                self.assertEqual(events_of(capture), events_of(capture.with_suffix(".json")))


if __name__ == "__main__":
    unittest.main()
