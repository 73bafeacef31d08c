"""The real program in a folder of its own, on free ports, for tests that talk to it from outside."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Aitf:
    """with Aitf(destinations='…yaml…') as aitf: aitf.endpoint, aitf.metric(...), aitf.events()"""

    def __init__(self, destinations="", extra="", env=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="aitf-test-"))
        self.port, self.admin_port = free_port(), free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.admin = f"http://127.0.0.1:{self.admin_port}"
        (self.folder / "aitf.yaml").write_text(
            f"receive: {{otlp_http: {{listen: '127.0.0.1:{self.port}'}}}}\n"
            f"admin: {{listen: '127.0.0.1:{self.admin_port}'}}\nstate_dir: state\n{extra}\n{destinations}\n")
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("SPLUNK_")} | (env or {})

    def __enter__(self):
        self.log = open(self.folder / "log", "w+")
        self.process = subprocess.Popen([os.environ["AITF"], "run", "--config", "aitf.yaml"], cwd=self.folder,
                                        stderr=self.log, env=self.env)
        self.wait(lambda: self.get("/readyz")[0] == 200)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.log.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def get(self, path):
        try:
            with urllib.request.urlopen(self.admin + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def post(self, body, content_type="application/json", path="/v1/traces", headers=None):
        request = urllib.request.Request(self.endpoint + path, data=body,
                                         headers={"Content-Type": content_type, **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read(), error.headers

    def metric(self, name, **labels):
        """The sum of a metric's rows that have these labels."""
        total = 0.0
        for line in self.get("/metrics")[1].splitlines():
            if match := re.match(r"(\w+)(?:\{(.*)\})? (\S+)$", line):
                row = dict(re.findall(r'(\w+)="([^"]*)"', match[2] or ""))
                if match[1] == name and labels.items() <= row.items():
                    total += float(match[3])
        return total

    def wait(self, what, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, "aitf ended:\n" + (self.folder / "log").read_text()
            try:
                if what():
                    return
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.02)
        raise AssertionError("waited in vain; log:\n" + (self.folder / "log").read_text()[-4000:])

    def events(self, path="aitf-out/events.jsonl"):
        return [json.loads(line) for line in (self.folder / path).read_text(encoding="utf-8").splitlines()]
