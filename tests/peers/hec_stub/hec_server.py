"""The collector's HTTP side: paths, authentication, encodings, answers, and the faults played on top."""

import base64
import json
import socket
import struct
import threading
import time
import zlib
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from hec_control import Control
from hec_faults import HTML, Faults
from hec_rules import Rules, Verdict, answer_body, status_of
from hec_store import Store

BASE = "/services/collector"
EVENT_PATHS = {BASE, BASE + "/event", BASE + "/event/1.0", BASE + "/1.0"}
RAW_PATHS = {BASE + "/raw", BASE + "/raw/1.0"}
ACK_PATHS = {BASE + "/ack", BASE + "/ack/1.0"}
HEALTH_PATHS = {BASE + "/health", BASE + "/health/1.0"}
NOT_FOUND = {"text": "The requested URL was not found on this server.", "code": 404}


@dataclass
class Token:
    """What the collector knows of one token. No `indexes`: any index may be named."""
    disabled: bool = False
    indexes: list = field(default_factory=list)
    index: str | None = "main"
    host: str | None = None
    source: str | None = None
    sourcetype: str | None = None
    allowQueryStringAuth: bool = False


class Refused(Exception):
    """Ends a request early, with a code of the collector or with an HTML page."""

    def __init__(self, code=None, status=None, page=None):
        super().__init__(code or page)
        self.code, self.page = code, page
        self.status = status if status is not None else status_of(code)


class Collector(ThreadingHTTPServer):
    """One stub: its tokens, rules, faults and record."""
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address, *, tokens, rules=None, faults=None, store=None, body_limit=838_860_800,
                 close_after=0, idle_seconds=7200.0, hang_seconds=5.0, tls=None):
        self.tokens = tokens
        self.rules = rules or Rules()
        self.faults = faults or Faults()
        self.store = store or Store()
        self.health_code = 17
        self.body_limit, self.close_after = body_limit, close_after
        self.idle_seconds, self.hang_seconds = idle_seconds, hang_seconds
        self.stopping = threading.Event()
        self.control = Control(self)
        super().__init__(address, Handler)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def shutdown_request(self, request):
        """A connection marked by Handler.reset() gets no orderly end."""
        linger = request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8) if request.fileno() >= 0 else b""
        if linger[:4] == struct.pack("i", 1):
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request, client_address):
        """Clients that go away are a stub's daily bread."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    served = 0

    def setup(self):
        self.timeout = self.server.idle_seconds
        super().setup()

    def log_message(self, *args):
        """Silent: the record is asked for over HTTP."""

    def dispatch(self):
        self.url = urlsplit(self.path)
        self.query = dict(parse_qsl(self.url.query, keep_blank_values=True))
        self.served += 1
        if self.server.close_after and self.served >= self.server.close_after:
            self.close_connection = True
        if self.url.path.startswith("/__stub__/"):
            return self.server.control.serve(self)
        if self.url.path in HEALTH_PATHS:
            return self.serve_health()
        if self.url.path in EVENT_PATHS | RAW_PATHS | ACK_PATHS:
            return self.serve_input()
        self.read_body()
        return self.reply_json(404, NOT_FOUND)

    do_GET = do_POST = do_HEAD = do_OPTIONS = do_PUT = do_DELETE = dispatch

    def serve_health(self):
        self.read_body()
        if self.command == "OPTIONS":
            return self.reply(200, b"", allow="GET,HEAD,OPTIONS")
        if self.command not in ("GET", "HEAD"):
            return self.reply_json(405, NOT_FOUND)
        code = self.server.health_code
        if self.headers.get("Authorization"):
            try:
                self.authenticate()
            except Refused as refused:
                code = 22 if refused.code == 1 else 21
        return self.reply_json(status_of(code), answer_body(code))

    def serve_input(self):
        if self.command == "OPTIONS":
            self.read_body()
            return self.reply(200, b"", allow="POST,OPTIONS")
        if self.command != "POST":
            self.read_body()
            return self.reply_json(405, NOT_FOUND)
        if self.url.path in ACK_PATHS:
            return self.serve_ack()
        return self.serve_post()

    def serve_ack(self):
        self.read_body()
        try:
            self.authenticate()
            code = 14
        except Refused as refused:
            code = refused.code
        return self.reply_json(status_of(code), answer_body(code))

    def serve_post(self):
        number = self.server.store.open_request(self.describe())
        fault = self.server.faults.next() or {}
        self.outcome = (0, None)
        try:
            self.judge_and_answer(number, fault)
        finally:
            name = fault.get("name", fault.get("do"))
            self.server.store.close_request(number, *self.outcome, name)

    def describe(self):
        return {"path": self.url.path, "encoding": self.headers.get("Content-Encoding"),
                "channel": self.headers.get("X-Splunk-Request-Channel") or self.query.get("channel"),
                "content_type": self.headers.get("Content-Type"), "app": self.headers.get("__splunk_app_name"),
                "length": int(self.headers.get("Content-Length") or 0)}

    def judge_and_answer(self, number, fault):
        if fault.get("do") == "close_half":
            self.rfile.read(int(self.headers.get("Content-Length") or 0) // 2)
            return self.reset()
        body = self.read_body()
        try:
            token = self.authenticate()
            verdict = self.judge(self.decode(body), token)
        except Refused as refused:
            return self.refuse(refused)
        if not fault or fault["do"] in ("slow", "truncated") or fault.get("index"):
            self.server.store.index(verdict, number)
        return self.play(fault, verdict)

    def authenticate(self):
        """The token's settings; the token in the query wins over the header, even where it is not allowed."""
        if "token" in self.query:
            token = self.find_token(self.query["token"])
            if not token.allowQueryStringAuth:
                raise Refused(16)
            return token
        header = (self.headers.get("Authorization") or "").strip()
        if not header:
            raise Refused(2)
        scheme, _, value = header.partition(" ")
        if scheme.lower() == "splunk" and value.strip():
            return self.find_token(value.strip())
        if scheme.lower() == "basic":
            return self.find_token(self.basic_password(value))
        raise Refused(3)

    def basic_password(self, value):
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except ValueError as error:
            raise Refused(3) from error

    def find_token(self, text):
        token = self.server.tokens.get(text)
        if token is None:
            raise Refused(4)
        if token.disabled:
            raise Refused(1)
        return token

    def decode(self, body):
        if len(body) > self.server.body_limit:
            raise Refused(status=413, page="Content-Length of the request is too large")
        encoding = (self.headers.get("Content-Encoding") or "identity").strip().lower()
        if encoding == "identity":
            return body
        if encoding != "gzip":
            raise Refused(status=415, page="Unsupported Media Type")
        return self.inflate(body)

    def inflate(self, body):
        limit = self.server.body_limit
        inflater = zlib.decompressobj(wbits=31)
        try:
            plain = inflater.decompress(body, limit + 1)
        except zlib.error as error:
            raise Refused(status=400, page="Bad Request") from error
        if len(plain) > limit:
            raise Refused(status=413, page="Content-Length of the request is too large")
        if not inflater.eof:
            raise Refused(status=400, page="Bad Request")
        return plain

    def judge(self, body, token) -> Verdict:
        if self.url.path in RAW_PATHS:
            return self.server.rules.judge_raw(body, token, self.query)
        return self.server.rules.judge_events(body, token)

    def refuse(self, refused):
        if refused.page is not None:
            self.outcome = (refused.status, None)
            return self.reply(refused.status, HTML.format(refused.page).encode(), "text/html")
        self.outcome = (refused.status, refused.code)
        return self.reply_json(refused.status, answer_body(refused.code))

    def play(self, fault, verdict):
        """Answers by the verdict, unless the fault says otherwise."""
        do = fault.get("do")
        if do == "answer":
            return self.answer_by_fault(fault)
        if do == "close":
            self.close_connection = True
            return None
        if do == "reset":
            return self.reset()
        if do == "hang":
            self.server.stopping.wait(float(fault.get("seconds", self.server.hang_seconds)))
            self.close_connection = True
            return None
        if do == "slow":
            time.sleep(float(fault.get("seconds", 1)))
        return self.answer_by_verdict(verdict, truncated=do == "truncated")

    def answer_by_verdict(self, verdict, truncated):
        status = status_of(verdict.code)
        self.outcome = (status, verdict.code)
        body = json.dumps(answer_body(verdict.code, verdict.number)).encode()
        if not truncated:
            return self.reply(status, body, "application/json")
        self.close_connection = True
        return self.reply(status, body[:len(body) // 2], "application/json", length=len(body))

    def answer_by_fault(self, fault):
        status, code = fault.get("status", 200), fault.get("code")
        self.outcome = (status, code)
        if "body" in fault:
            body = fault["body"].encode()
        else:
            body = json.dumps(answer_body(code if code is not None else 0, fault.get("number"))).encode()
        return self.reply(status, body, fault.get("content_type", "application/json"),
                          retry_after=fault.get("retry_after"), location=fault.get("location"))

    def reset(self):
        """Ends the connection by RST as soon as this request is done."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def read_body(self):
        if (self.headers.get("Transfer-Encoding") or "").lower() == "chunked":
            return b"".join(iter(self.read_chunk, b""))
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def read_chunk(self):
        size = int(self.rfile.readline().partition(b";")[0] or b"0", 16)
        chunk = self.rfile.read(size)
        self.rfile.readline()
        return chunk

    def reply_json(self, status, body):
        return self.reply(status, json.dumps(body).encode(), "application/json")

    def reply(self, status, body, content_type=None, *, length=None, **headers):
        """Headers by keyword: retry_after becomes Retry-After; those that are None stay out."""
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            if value is not None:
                self.send_header(name.replace("_", "-").title(), str(value))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()
