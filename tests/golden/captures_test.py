#!/usr/bin/env python3
"""Every field of every event of eight instrumentations' captures against what a person wrote down for the span
(tests/data/otlp/EXPECTED.tsv), and every event against the schema."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
CAPTURES = HERE.parent / "data/otlp"
FOLDERS = [
    "opentelemetry-instrumentation-genai-openai-1.3b0",
    "opentelemetry-instrumentation-genai-anthropic-1.3b0",
    "opentelemetry-instrumentation-genai-langchain-1.3b0",
    "opentelemetry-instrumentation-genai-openai-agents-1.3b0",
    "opentelemetry-instrumentation-genai-llama-index-1.3b0",
    "opentelemetry-instrumentation-openai-v2-2.4b0-latest",
    "vercel-ai-7.0.173",
    "mcp-2.3.0",
]


class Captures(unittest.TestCase):
    def events(self, files):
        out = tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False)
        self.addCleanup(os.unlink, out.name)
        subprocess.run([os.environ["AITF"], "map", *files], stdout=out, stderr=subprocess.DEVNULL, check=True)
        out.close()
        return out.name

    def test_every_expected_field_is_there(self):
        for folder in FOLDERS:
            with self.subTest(folder):
                events = self.events(sorted((CAPTURES / folder).glob("[0-9]*.binpb")))
                check = subprocess.run(
                    [sys.executable, HERE / "check_captures.py", "--expected", CAPTURES / "EXPECTED.tsv", "--folder",
                     folder, "--skip", "also_finding,usage_scope", events], capture_output=True, text=True)
                self.assertEqual(check.returncode, 0, check.stdout + check.stderr)

    def test_every_event_fits_the_schema(self):
        events = self.events(sorted(CAPTURES.glob("*/[0-9]*.binpb")))
        check = subprocess.run([os.environ["AITF"], "validate-events", events], capture_output=True, text=True)
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)


if __name__ == "__main__":
    unittest.main()
