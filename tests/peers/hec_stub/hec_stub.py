#!/usr/bin/env python3
"""A stand-in for the Splunk HTTP Event Collector, for tests. Standard library only.

It is written from what is known of the real one (answers, limits, partial success), not from any sender.
  hec_stub.py [--port 0] [--config FILE|JSON] [--until-stdin-closes]
prints `listening http://127.0.0.1:PORT` (and with TLS `certificate PATH` before it) and serves until it is told to end.
What it has taken is asked over HTTP: see hec_control.py; faults: see hec_faults.py.

Configuration, all optional:
  {"tokens": {"<token>": {"disabled": false, "indexes": [], "index": "main", "host": null, "source": null,
                          "sourcetype": null, "allowQueryStringAuth": false}},
   "body_limit": 838860800, "event_limit": 5242880,
   "poison": {"marker": null, "rate": 0.0, "seed": 0, "code": 6, "with_number": true},
   "faults": [], "probability": {}, "seed": 0,
   "close_after": 0, "idle_seconds": 7200, "hang_seconds": 5, "keep_text": true,
   "tls": {"names": ["localhost"], "addresses": ["127.0.0.1"]}}
Not played: indexer acknowledgement (the ack path answers code 14), cookies, client certificates.
"""

import argparse
import json
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hec_faults import Faults  # noqa: E402
from hec_rules import Poison, Rules  # noqa: E402
from hec_server import Collector, Token  # noqa: E402
from hec_store import Store  # noqa: E402

DEFAULT_TOKEN = "00000000-0000-0000-0000-000000000001"
SERVER_KEYS = ("body_limit", "close_after", "idle_seconds", "hang_seconds")
OTHER_KEYS = {"tokens", "event_limit", "poison", "faults", "probability", "seed", "keep_text", "tls"}


def make_certificate(directory, names=("localhost",), addresses=("127.0.0.1",)):
    """A self-signed certificate for those names and addresses; yields the paths of certificate and key."""
    certificate, key = Path(directory) / "certificate.pem", Path(directory) / "key.pem"
    alternatives = ",".join([f"DNS:{name}" for name in names] + [f"IP:{address}" for address in addresses])
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", f"/CN={names[0] if names else 'stub'}", "-addext",
         f"subjectAltName={alternatives}", "-out", certificate, "-keyout", key],
        check=True, capture_output=True)
    return certificate, key


def make_collector(config, port=0, directory=None):
    """A collector bound to the loopback address, not serving yet, and the path of its certificate (None without TLS)."""
    unknown = set(config) - set(SERVER_KEYS) - OTHER_KEYS
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
    tokens = {text: Token(**about) for text, about in config.get("tokens", {DEFAULT_TOKEN: {}}).items()}
    faults = Faults(config.get("probability"), config.get("seed", 0))
    faults.extend(config.get("faults", []))
    tls, certificate = None, None
    if "tls" in config:
        certificate, key = make_certificate(directory or tempfile.mkdtemp(prefix="hec_stub."), **config["tls"])
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
    collector = Collector(
        ("127.0.0.1", port), tokens=tokens, faults=faults, tls=tls, store=Store(config.get("keep_text", True)),
        rules=Rules(config.get("event_limit", 5_242_880), Poison(**config.get("poison", {}))),
        **{key: config[key] for key in SERVER_KEYS if key in config})
    return collector, certificate


def read_config(text):
    if not text.lstrip().startswith("{"):
        text = Path(text).read_text(encoding="utf-8")
    return json.loads(text)


def serve(collector, until_stdin_closes):
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=collector.shutdown).start())
    if until_stdin_closes:
        def watch():
            sys.stdin.read()
            collector.shutdown()
        threading.Thread(target=watch, daemon=True).start()
    try:
        collector.serve_forever(poll_interval=0.05)
    except KeyboardInterrupt:
        pass
    collector.stopping.set()
    collector.server_close()


def main():
    parser = argparse.ArgumentParser(description="A stand-in for the Splunk HTTP Event Collector.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--config", default="{}", help="a file, or the JSON itself")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the process that started it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hec_stub.") as directory:
        collector, certificate = make_collector(read_config(options.config), options.port, directory)
        if certificate:
            print(f"certificate {certificate}", flush=True)
        scheme = "https" if certificate else "http"
        print(f"listening {scheme}://127.0.0.1:{collector.server_address[1]}", flush=True)
        serve(collector, options.until_stdin_closes)


if __name__ == "__main__":
    main()
