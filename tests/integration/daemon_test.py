#!/usr/bin/env python3
"""The daemon from outside: health that turns red with the cause, partial success, a full journal, stopping."""
import http.server
import json
import os
import pathlib
import socket
import shutil
import signal
import subprocess
import threading
import unittest

from aitf_process import Aitf

TRACE = "8a90a5079c83528ceb907da71517eee6"


def span(number, trace_id=TRACE, **more):
    return {"traceId": trace_id, "spanId": f"{number + 1:016x}", "name": f"chat {number}",
            "startTimeUnixNano": "1795584141337919257", "endTimeUnixNano": "1795584141343432198",
            "attributes": [{"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
                           {"key": "gen_ai.request.model", "value": {"stringValue": "gpt-4o"}}], **more}


def request(*spans):
    return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": list(spans)}]}]}).encode()


class Hec(http.server.BaseHTTPRequestHandler):
    """Answers every HEC request with what the test last said."""
    protocol_version = "HTTP/1.1"
    status, body = 503, b'{"text":"Server is busy","code":9}'

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(Hec.status)
        self.send_header("Content-Length", str(len(Hec.body)))
        self.end_headers()
        self.wfile.write(Hec.body)

    def log_message(self, *_):
        pass


class Daemon(unittest.TestCase):
    def test_a_bad_span_costs_only_itself_and_the_sender_is_told(self):
        with Aitf() as aitf:
            status, body, headers = aitf.post(request(span(0), span(1, trace_id="00" * 16), span(2)))
            answer = json.loads(body)
            self.assertEqual((status, headers["Content-Type"]), (200, "application/json"))
            self.assertEqual(answer["partialSuccess"]["rejectedSpans"], "1")
            self.assertIn("chat 1", answer["partialSuccess"]["errorMessage"])
            aitf.wait(lambda: aitf.metric("aitf_destination_delivered_events_total") == 2)
            self.assertEqual(aitf.metric("aitf_spans_rejected_total"), 1)

    def test_a_body_that_is_no_otlp_is_told_where_it_breaks(self):
        with Aitf() as aitf:
            status, body, _ = aitf.post(b'{"resourceSpans":[')
            self.assertEqual((status, json.loads(body)["code"]), (400, 3))
            self.assertEqual(aitf.post(request(span(0)))[0], 200)

    def test_a_hangup_signal_costs_nothing(self):
        with Aitf() as aitf:
            aitf.process.send_signal(signal.SIGHUP)
            aitf.wait(lambda: "SIGHUP changes nothing" in (aitf.folder / "log").read_text())
            self.assertEqual(aitf.post(request(span(0)))[0], 200)
            self.assertEqual(aitf.stop(), 0)
            self.assertEqual(len(aitf.events()), 1)

    def test_events_come_back_after_someone_removed_the_folder(self):
        with Aitf() as aitf:
            aitf.post(request(span(0)))
            aitf.wait(lambda: aitf.metric("aitf_destination_delivered_events_total") == 1)
            shutil.rmtree(aitf.folder / "aitf-out")
            aitf.post(request(span(1)))
            aitf.wait(lambda: aitf.metric("aitf_destination_delivered_events_total") == 2)
            self.assertEqual([e["trace"]["span"]["uid"] for e in aitf.events()], [f"{2:016x}"])

    def test_a_lone_event_does_not_wait_for_company(self):
        with Aitf() as aitf:
            self.assertEqual(aitf.post(request(span(0)))[0], 200)
            aitf.wait(lambda: (aitf.folder / "aitf-out/events.jsonl").exists() and len(aitf.events()) == 1)

    def test_a_dead_destination_turns_readiness_red_with_the_cause_and_nothing_is_lost(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hec)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Hec.status, Hec.body = 403, b'{"text":"Token disabled","code":1}'
        with Aitf(f"destinations: [{{type: splunk, url: 'http://127.0.0.1:{server.server_port}', token: s3cr3t-t0ken}}]") as aitf:
            aitf.post(request(span(0)))
            aitf.wait(lambda: aitf.get("/readyz")[0] == 503)
            causes = json.loads(aitf.get("/readyz")[1])["causes"]
            self.assertIn("token", causes["destination splunk"].lower())
            self.assertEqual(aitf.get("/healthz")[0], 200)
            for place in (json.dumps(causes), aitf.get("/metrics")[1], (aitf.folder / "log").read_text(),
                          pathlib.Path(f"/proc/{aitf.process.pid}/cmdline").read_text()):
                self.assertNotIn("s3cr3t-t0ken", place)

    def test_a_full_journal_is_503_with_retry_after_and_drains_by_itself(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hec)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Hec.status, Hec.body = 503, b'{"text":"Server is busy","code":9}'
        text = "x" * 20_000
        big = {"attributes": span(0)["attributes"] + [
            {"key": "gen_ai.input.messages", "value": {"stringValue": json.dumps(
                [{"role": "user", "parts": [{"type": "text", "content": text}]}])}}]}
        with Aitf(f"destinations: [{{type: splunk, url: 'http://127.0.0.1:{server.server_port}', token: t}}]",
                  extra="journal: {max_size: 1MiB}") as aitf:
            accepted = 0
            for number in range(100):
                status, _, headers = aitf.post(request(span(number, **big)))
                if status == 503:
                    break
                accepted += 1
            self.assertEqual(status, 503)
            self.assertGreaterEqual(int(headers["Retry-After"]), 1)
            Hec.status, Hec.body = 200, b'{"text":"Success","code":0}'
            aitf.wait(lambda: aitf.metric("aitf_destination_delivered_events_total") == accepted)
            self.assertEqual(aitf.post(request(span(number, **big)))[0], 200)

    def test_a_sender_that_never_ends_its_request_costs_no_acknowledged_event(self):
        with Aitf("destinations: [{type: jsonl, batch: {age: 60s}}]") as aitf:
            with socket.create_connection(("127.0.0.1", aitf.port)) as half:
                half.sendall(b"POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
                self.assertEqual(aitf.post(request(span(0)))[0], 200)
                self.assertEqual(aitf.stop(), 0)
            self.assertEqual(len(aitf.events()), 1)

    def test_two_do_not_share_a_port_and_the_second_says_why(self):
        with Aitf() as first:
            second = Aitf()
            (second.folder / "aitf.yaml").write_text((first.folder / "aitf.yaml").read_text())
            done = subprocess.run([os.environ["AITF"], "run", "--config", "aitf.yaml"], cwd=second.folder,
                                  capture_output=True, text=True, timeout=30, env=second.env)
            self.assertEqual(done.returncode, 3)
            self.assertIn("listen", done.stderr)
            self.assertIn("in use", done.stderr)

    def test_a_stop_under_way_loses_nothing_that_was_acknowledged(self):
        with Aitf() as aitf:
            for number in range(200):
                self.assertEqual(aitf.post(request(span(number)))[0], 200)
            self.assertEqual(aitf.stop(), 0)
            self.assertEqual(len({e["metadata"]["uid"] for e in aitf.events()}), 200)


if __name__ == "__main__":
    unittest.main()
