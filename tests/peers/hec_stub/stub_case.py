"""A test case with a running stub and a plain HTTP client."""

import base64
import http.client
import json
import ssl
import sys
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hec_stub import make_collector  # noqa: E402

GOOD, BLOCKED, LIMITED, QUERY = "good-token", "blocked-token", "limited-token", "query-token"
TOKENS = {GOOD: {}, BLOCKED: {"disabled": True}, LIMITED: {"indexes": ["a", "b"], "index": "a", "source": "s0"},
          QUERY: {"allowQueryStringAuth": True}}


def event(uid, **members):
    """An envelope's text; each member is JSON text."""
    parts = [f'"{name}":{text}' for name, text in members.items()]
    return "{" + ",".join([*parts, f'"event":{{"metadata":{{"uid":"{uid}"}}}}']) + "}"


class StubCase(unittest.TestCase):
    config = {}

    def setUp(self):
        self.collector, self.certificate = make_collector({"tokens": TOKENS, "hang_seconds": 60, **self.config})
        self.thread = threading.Thread(target=self.collector.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        self.addCleanup(self.stop)
        self.connection = self.connect()

    def connect(self, timeout=30):
        port = self.collector.server_address[1]
        if self.certificate is None:
            return http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        context = ssl.create_default_context(cafile=self.certificate)
        return http.client.HTTPSConnection("127.0.0.1", port, timeout=timeout, context=context)

    def stop(self):
        self.connection.close()
        self.collector.stopping.set()
        self.collector.shutdown()
        self.thread.join()
        self.collector.server_close()

    def request(self, method, path, body=None, token=GOOD, headers=None):
        headers = dict(headers or {})
        if token is not None:
            headers["Authorization"] = f"Splunk {token}"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        return answer, answer.read()

    def post(self, body, path="/services/collector/event", token=GOOD, headers=None, basic=None):
        """(status, code, invalid-event-number)"""
        headers = dict(headers or {})
        if basic:
            headers["Authorization"] = "Basic " + base64.b64encode(":".join(basic).encode()).decode()
        if isinstance(body, str):
            body = body.encode()
        answer, text = self.request("POST", path, body, token, headers)
        said = json.loads(text)
        return answer.status, said["code"], said.get("invalid-event-number")

    def control(self, name, body):
        answer, text = self.request("POST", f"/__stub__/{name}", json.dumps(body), token=None)
        self.assertEqual(answer.status, 200, text)

    def ask(self, name):
        return self.request("GET", f"/__stub__/{name}", token=None)[1].decode()

    def events(self):
        return [json.loads(line) for line in self.ask("events").splitlines()]

    def uids(self):
        return [one["uid"] for one in self.events()]

    def stats(self):
        return json.loads(self.ask("stats"))

    def reset(self):
        self.control("reset", {})
