#!/usr/bin/env python3
"""The whole program under load: sends OTLP/HTTP requests over a few connections, takes HEC requests and throws them
away, and reads from /proc what the program used. Its own work is outside the program and not counted."""
import concurrent.futures
import http.client
import http.server
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time

REQUESTS, SPANS, ROUNDS, CONNECTIONS = 40, 250, 8, 4


class Sink(http.server.BaseHTTPRequestHandler):
    """Says yes to every HEC request."""
    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # head and body in one packet; two would wait for each other (Nagle and delayed acknowledgement)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = b'{"text":"Success","code":0}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory_mib(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def send(port, bodies):
    """Sends all bodies over one connection; 503 means wait and send again."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for body in bodies:
        while True:
            connection.request("POST", "/v1/traces", body, {"Content-Type": "application/x-protobuf"})
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                break
            if answer.status != 503:
                raise RuntimeError(f"aitf answered {answer.status}")
            time.sleep(0.05)
    connection.close()


def delivered(admin):
    connection = http.client.HTTPConnection("127.0.0.1", admin, timeout=10)
    connection.request("GET", "/metrics")
    rows = re.findall(r"^aitf_destination_delivered_events_total\{[^}]*\} (\S+)$", connection.getresponse().read().decode(), re.M)
    return int(sum(map(float, rows)))


def wait_ready(port):
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError("aitf is not ready")


def measure(build):
    sink = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    otlp, admin = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([build / "write_workload", folder, str(REQUESTS), str(SPANS)], check=True)
        bodies = [(folder / f"{i}.binpb").read_bytes() for i in range(REQUESTS)]
        (folder / "aitf.yaml").write_text(
            f"receive: {{otlp_http: {{listen: 127.0.0.1:{otlp}}}}}\nadmin: {{listen: 127.0.0.1:{admin}}}\n"
            f"state_dir: {folder}/state\ndestinations:\n  - {{name: splunk, type: splunk, "
            f"url: 'http://127.0.0.1:{sink.server_port}', token: bench}}\n")
        with open(folder / "log", "w") as log:
            aitf = subprocess.Popen([build / "aitf", "run", "--config", "aitf.yaml"], cwd=folder, stderr=log)
        try:
            wait_ready(admin)
            return run(aitf.pid, otlp, admin, bodies)
        finally:
            aitf.send_signal(signal.SIGTERM)
            aitf.wait(timeout=30)
            sink.shutdown()


def run(pid, otlp, admin, bodies):
    total = REQUESTS * SPANS * ROUNDS
    before, started = cpu_seconds(pid), time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
        shares = [pool.submit(send, otlp, bodies * (ROUNDS // CONNECTIONS)) for _ in range(CONNECTIONS)]
        for share in shares:
            share.result()
    while (count := delivered(admin)) < total and time.monotonic() - started < 300:
        time.sleep(0.1)
    if count != total:
        raise RuntimeError(f"{total} spans sent, {count} events delivered")
    return {"spans": total, "wall": time.monotonic() - started, "cpu": cpu_seconds(pid) - before,
            "memory": peak_memory_mib(pid)}
