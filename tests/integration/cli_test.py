#!/usr/bin/env python3
"""The commands as a person uses them: what stands on which stream, and the exit codes."""
import gzip
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

CAPTURES = pathlib.Path(__file__).resolve().parents[1] / "data/otlp"
OPENAI = CAPTURES / "opentelemetry-instrumentation-genai-openai-1.3b0"
ENV = {k: v for k, v in os.environ.items() if not k.startswith("SPLUNK_")}


class Cli(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def aitf(self, *arguments, stdin=None, env=None):
        return subprocess.run([os.environ["AITF"], *map(str, arguments)], cwd=self.folder, input=stdin,
                              capture_output=True, timeout=60, env={**ENV, **(env or {})})

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def test_map_writes_events_to_standard_output_and_counts_to_standard_error(self):
        done = self.aitf("map", OPENAI / "03.binpb")
        events = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr.decode().splitlines()[-1], "map: 4 spans read, 3 events written, 1 ignored, 0 rejected")
        self.assertEqual([e["class_uid"] for e in events], [7001] * 3)

    def test_map_takes_standard_input_gzip_and_json_lines(self):
        expected = self.aitf("map", OPENAI / "03.binpb", env={"SOURCE_DATE_EPOCH": "1795600000"}).stdout
        one_line = json.dumps(json.loads((OPENAI / "03.json").read_text()))
        for stdin, name in [((OPENAI / "03.binpb").read_bytes(), "-"), ((OPENAI / "03.json").read_bytes(), "-"),
                            (None, self.write("a.json.gz", gzip.compress((OPENAI / "03.json").read_bytes()))),
                            (None, self.write("a.jsonl", one_line + "\n"))]:
            with self.subTest(str(name)):
                done = self.aitf("map", name, stdin=stdin, env={"SOURCE_DATE_EPOCH": "1795600000"})
                self.assertEqual((done.returncode, done.stdout), (0, expected), done.stderr)

    def test_map_goes_on_after_a_bad_file_and_ends_with_1(self):
        bad = self.write("bad.json", '{"resourceSpans": 7}')
        done = self.aitf("map", bad, OPENAI / "03.binpb")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stdout.splitlines()), 3)
        self.assertIn(b"bad.json", done.stderr)

    def test_names_of_spans_cannot_steer_the_terminal(self):
        request = json.loads((OPENAI / "03.json").read_text())
        request["resourceSpans"][0]["scopeSpans"][0]["spans"][0].update(traceId="abcd", name="\x1b[2Jx\nforged line")
        done = self.aitf("map", self.write("r.json", json.dumps(request)))
        self.assertIn(b"span '?[2Jx?forged line'", done.stderr)
        self.assertNotIn(b"\x1b", done.stderr)

    def test_output_that_cannot_be_written_ends_with_3(self):
        for arguments in (["version"], ["validate"], ["config", "example"], ["map", OPENAI / "03.binpb"]):
            with self.subTest(arguments[0]), open("/dev/full", "wb") as full:
                done = subprocess.run([os.environ["AITF"], *map(str, arguments)], cwd=self.folder, env=ENV, stdout=full,
                                      stderr=subprocess.PIPE, timeout=60)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertIn(b"standard output", done.stderr)

    def test_closed_standard_streams_are_no_room_for_files(self):
        done = subprocess.run(["sh", "-c", f'"{os.environ["AITF"]}" ingest "{OPENAI}/03.binpb" <&- >&- 2>&-'],
                              cwd=self.folder, env={**ENV, "XDG_STATE_HOME": str(self.folder)}, timeout=60)
        self.assertEqual(done.returncode, 0)
        lines = (self.folder / "aitf-out/events.jsonl").read_text().splitlines()
        self.assertEqual([json.loads(line)["class_uid"] for line in lines], [7001] * 3)

    def test_map_tells_rejected_spans_and_still_ends_with_0(self):
        request = json.loads((OPENAI / "03.json").read_text())
        request["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["traceId"] = "abcd"
        done = self.aitf("map", self.write("r.json", json.dumps(request)))
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"1 rejected", done.stderr.splitlines()[-1])
        self.assertIn(b"r.json", done.stderr.splitlines()[0])

    def test_an_epoch_that_is_none_is_refused(self):
        for epoch in ("abc", "-5", "1e30", "99999999999999999999"):
            done = self.aitf("map", OPENAI / "03.binpb", env={"SOURCE_DATE_EPOCH": epoch})
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertIn(b"SOURCE_DATE_EPOCH", done.stderr)

    def test_a_missing_file_is_said_with_its_name(self):
        done = self.aitf("map", "nowhere.binpb")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"nowhere.binpb", done.stderr)

    def test_validate_events_finds_what_is_wrong(self):
        events = self.aitf("map", OPENAI / "03.binpb").stdout
        good = self.aitf("validate-events", "-", stdin=events)
        self.assertEqual((good.returncode, good.stdout), (0, b""))
        self.assertIn(b"3 events, 0 errors, 0 warnings", good.stderr)
        first = json.loads(events.splitlines()[0])
        first["severity_id"] = "high"
        for text in (json.dumps(first), json.dumps(first, indent=2)):
            bad = self.aitf("validate-events", self.write("bad.json", text))
            self.assertEqual(bad.returncode, 1)
            self.assertIn(b"severity_id", bad.stdout)

    def test_the_example_configuration_is_good(self):
        example = self.aitf("config", "example")
        self.assertEqual(example.returncode, 0)
        path = self.write("aitf.yaml", example.stdout)
        done = self.aitf("validate", "--config", path)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_wrong_key_is_named_with_its_place_and_a_hint(self):
        path = self.write("aitf.yaml", "receive:\n  otlp_http:\n    listn: 127.0.0.1:1\n")
        done = self.aitf("validate", "--config", path)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"aitf.yaml:3:5: receive.otlp_http.listn", done.stderr)
        self.assertIn(b"did you mean `listen`", done.stderr)

    def test_a_hec_url_without_token_is_a_configuration_error(self):
        done = self.aitf("validate", env={"SPLUNK_HEC_URL": "https://splunk.example.com:8088"})
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"SPLUNK_HEC_TOKEN", done.stderr)

    def test_the_mission_variables_alone_make_a_destination(self):
        done = self.aitf("validate", env={"SPLUNK_HEC_URL": "https://s.example.com:8088/services/collector",
                                          "SPLUNK_HEC_TOKEN": "11111111-2222", "SPLUNK_INDEX": "aitf_ai_telemetry",
                                          "SPLUNK_VERIFY_SSL": "true"})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"delivers to splunk", done.stdout)
        self.assertNotIn(b"11111111-2222", done.stdout + done.stderr)

    def test_ingest_delivers_to_the_embedded_default(self):
        done = self.aitf("ingest", OPENAI / "03.binpb", env={"XDG_STATE_HOME": str(self.folder)})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len((self.folder / "aitf-out/events.jsonl").read_text().splitlines()), 3)

    def test_wrong_usage_is_2_and_help_is_0(self):
        self.assertEqual(self.aitf("mpa").returncode, 2)
        self.assertIn(b"mpa", self.aitf("mpa").stderr)
        for arguments in ([], ["config"], ["config", "exampel"], ["map"]):
            self.assertEqual(self.aitf(*arguments).returncode, 2)
        for arguments in (["--help"], ["run", "--help"], ["map", "--help"]):
            done = self.aitf(*arguments)
            self.assertEqual(done.returncode, 0)
            self.assertIn(b"aitf run" if "map" not in arguments else b"aitf map", done.stdout)


if __name__ == "__main__":
    unittest.main()
