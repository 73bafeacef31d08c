"""What the stub plays on demand, what it keeps, and that it starts as a program."""

import http.client
import json
import subprocess
import sys
import threading
import unittest
from pathlib import Path

from stub_case import GOOD, StubCase, event


class Script(StubCase):
    def answer(self, body="e"):
        answer, text = self.request("POST", "/services/collector", event(body))
        return answer, text

    def test_answers_with_codes_in_turn(self):
        self.control("faults", [{"status": 503, "code": 9, "number": 0}, {"do": "none"},
                                {"status": 429, "code": 26, "retry_after": "7"},
                                {"status": 200, "code": 24, "index": True}])
        first, text = self.answer("a")
        self.assertEqual((first.status, json.loads(text)["invalid-event-number"]), (503, 0))
        self.assertEqual(self.answer("b")[0].status, 200)
        third, _ = self.answer("c")
        self.assertEqual((third.status, third.getheader("Retry-After")), (429, "7"))
        self.assertEqual(json.loads(self.answer("d")[1])["code"], 24)
        self.assertEqual(self.uids(), ["b", "d"])

    def test_pages_that_are_no_collector(self):
        self.control("faults", [{"do": "login_page"}, {"do": "redirect"}, {"do": "bad_gateway"},
                                {"do": "gateway_timeout"}])
        for status, location in ((200, None), (303, "/en-US/account/login"), (502, None), (504, None)):
            answer, text = self.answer()
            self.assertEqual((answer.status, answer.getheader("Location")), (status, location))
            self.assertTrue(text.startswith(b"<html>"))
        self.assertEqual(self.uids(), [])

    def test_connections_that_end_early(self):
        for fault, expected in (({"do": "close"}, http.client.RemoteDisconnected),
                                ({"do": "reset", "index": True}, ConnectionResetError),
                                ({"do": "close_half"}, (ConnectionError, http.client.HTTPException)),
                                ({"do": "truncated"}, http.client.IncompleteRead),
                                ({"do": "hang", "seconds": 0.01}, http.client.RemoteDisconnected)):
            with self.subTest(fault=fault):
                self.control("faults", [fault])
                with self.assertRaises(expected):
                    self.answer(fault["do"])
                self.connection.close()
        self.assertEqual(self.uids(), ["reset", "truncated"])

    def test_a_hang_outlasts_the_client(self):
        self.control("faults", [{"do": "hang", "index": True}])
        hasty = self.connect(timeout=0.05)
        hasty.request("POST", "/services/collector", event("a"), {"Authorization": f"Splunk {GOOD}"})
        with self.assertRaises(TimeoutError):
            hasty.getresponse()
        hasty.close()
        self.assertEqual(self.uids(), ["a"])

    def test_a_slow_answer_comes(self):
        self.control("faults", [{"do": "slow", "seconds": 0.01}])
        self.assertEqual(self.answer()[0].status, 200)

    def test_an_unknown_fault_is_refused(self):
        answer, _ = self.request("POST", "/__stub__/faults", '[{"do":"explode"}]', token=None)
        self.assertEqual(answer.status, 400)


class Chance(StubCase):
    config = {"probability": {"503": 0.25, "429": {"share": 0.25, "retry_after": "3"}}, "seed": 7}

    def test_shares_hold_and_a_seed_repeats_them(self):
        rounds = []
        for _ in range(2):
            self.control("reset", {})
            self.control("faults", self.config)
            rounds.append([self.post(event(str(n)))[0] for n in range(200)])
        self.assertEqual(rounds[0], rounds[1])
        for status, least, most in ((200, 70, 130), (503, 30, 70), (429, 30, 70)):
            self.assertTrue(least <= rounds[0].count(status) <= most, (status, rounds[0].count(status)))
        self.assertEqual(self.stats()["by_fault"],
                         {"503": rounds[0].count(503), "429": rounds[0].count(429)})
        self.assertEqual(self.stats()["indexed"], rounds[0].count(200))


class KeepAlive(StubCase):
    config = {"close_after": 2}

    def test_a_connection_ends_after_its_requests(self):
        first, _ = self.request("POST", "/services/collector", event("a"))
        self.assertIsNone(first.getheader("Connection"))
        second, _ = self.request("POST", "/services/collector", event("b"))
        self.assertEqual(second.getheader("Connection"), "close")


class PoisonByMarker(StubCase):
    config = {"poison": {"marker": "poison-marker"}}

    def test_the_first_poisoned_event_is_named(self):
        body = event("a") + event("b", host='"poison-marker"') + event("c") + event("d", host='"poison-marker"')
        self.assertEqual(self.post(body), (400, 6, 1))
        self.assertEqual(self.uids(), ["a"])


class PoisonByShare(StubCase):
    config = {"poison": {"rate": 0.5, "seed": 3, "with_number": False}}

    def test_it_depends_on_the_uid_alone(self):
        first = [self.post(event(str(n))) for n in range(64)]
        self.assertEqual(first, [self.post(event(str(n))) for n in range(64)])
        self.assertEqual(set(first), {(200, 0, None), (400, 6, None)})


class Record(StubCase):
    def test_arrivals_are_kept_in_order_and_doubles_counted(self):
        self.post(event("a") + event("b"))
        self.post(event("b", time="17.5") + '{"event":"no uid"}')
        self.assertEqual([(e["number"], e["request"], e["uid"], e["arrival"], e["arrivals"]) for e in self.events()],
                         [(0, 0, "a", 1, 1), (1, 0, "b", 1, 2), (2, 1, "b", 2, 2), (3, 1, None, 1, 1)])
        self.assertEqual(self.ask("uids"), "a\t1\nb\t2\n")
        stats = self.stats()
        self.assertEqual([stats[key] for key in ("requests", "indexed", "distinct_uids", "doubles", "without_uid")],
                         [2, 4, 2, 1, 1])
        self.assertEqual(stats["by_status"], {"200": 2})

    def test_requests_are_described_without_the_token(self):
        self.post(event("a"), headers={"X-Splunk-Request-Channel": "c", "__splunk_app_name": "n"})
        text = self.ask("requests")
        self.assertNotIn(GOOD, text)
        self.assertEqual([(r["channel"], r["app"], r["status"], r["code"]) for r in json.loads(text)],
                         [("c", "n", 200, 0)])

    def test_many_connections_at_once_lose_nothing(self):
        def send(part):
            connection = self.connect()
            for n in range(20):
                connection.request("POST", "/services/collector", event(f"{part}.{n}"),
                                   {"Authorization": f"Splunk {GOOD}"})
                connection.getresponse().read()
            connection.close()
        threads = [threading.Thread(target=send, args=(part,)) for part in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.stats()["distinct_uids"], 160)


class Tls(StubCase):
    config = {"tls": {"names": ["localhost"], "addresses": ["127.0.0.1"]}}

    def test_a_client_that_trusts_the_certificate_is_served(self):
        self.assertEqual(self.post(event("a")), (200, 0, None))


class Program(unittest.TestCase):
    def test_it_says_where_it_listens_and_ends_with_its_input(self):
        script = Path(__file__).with_name("hec_stub.py")
        config = json.dumps({"tokens": {GOOD: {}}})
        with subprocess.Popen([sys.executable, script, "--config", config, "--until-stdin-closes"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as stub:
            line = stub.stdout.readline()
            self.assertRegex(line, r"^listening http://127\.0\.0\.1:\d+\n$")
            connection = http.client.HTTPConnection("127.0.0.1", int(line.rsplit(":", 1)[1]), timeout=30)
            connection.request("POST", "/services/collector", event("a"), {"Authorization": f"Splunk {GOOD}"})
            self.assertEqual(connection.getresponse().status, 200)
            connection.close()
            stub.stdin.close()
            self.assertEqual(stub.wait(30), 0)


if __name__ == "__main__":
    unittest.main()
