"""What an HTTP Event Collector makes of a request body: which objects it indexes, and the answer.

A body is read as a stream. Objects before the first bad one are indexed; the bad one and all after it are not.
The answer names the bad one by its number from 0, except for a wrong index, where the number is one too high.
"""

import json
import re
import zlib
from dataclasses import dataclass, field

ENVELOPE_KEYS = frozenset({"time", "host", "source", "sourcetype", "index", "event", "fields"})
PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?\Z")
BLANK = re.compile(r"[ \t\r\n]*")

TEXTS = {
    0: "Success", 1: "Token disabled", 2: "Token is required", 3: "Invalid authorization", 4: "Invalid token",
    5: "No data", 6: "Invalid data format", 7: "Incorrect index", 8: "Internal server error", 9: "Server is busy",
    10: "Data channel is missing", 11: "Invalid data channel", 12: "Event field is required",
    13: "Event field cannot be blank", 14: "ACK is disabled", 15: "Error in handling indexed fields",
    16: "Query string authorization is not enabled", 17: "HEC is healthy",
    18: "HEC is unhealthy, queues are full", 19: "HEC is unhealthy, ack service unavailable",
    20: "HEC is unhealthy, queues are full, ack service unavailable", 21: "Invalid token", 22: "Token disabled",
    23: "Server is shutting down", 24: "Success, queue is approaching capacity",
    25: "Success, ACK is approaching capacity", 26: "Queue is at capacity", 27: "ACK channel is at capacity",
    28: "Data channel is missing, sticky sessions are needed behind a load balancer",
}
STATUS = {0: 200, 1: 403, 2: 401, 3: 401, 4: 403, 8: 500, 9: 503, 17: 200, 18: 503, 19: 503, 20: 503, 23: 503,
          24: 200, 25: 200, 26: 429, 27: 429}


def status_of(code):
    """The HTTP status that goes with a code; 400 for all that are not in the table."""
    return STATUS.get(code, 400)


def answer_body(code, number=None):
    body = {"text": TEXTS.get(code, "Unknown"), "code": code}
    if number is not None:
        body["invalid-event-number"] = number
    return body


class NumberText(str):
    """A JSON number with a fraction or an exponent, as it was written."""


def _no_constant(name):
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_float=NumberText, parse_constant=_no_constant)


@dataclass
class Indexed:
    """One object that was taken."""
    time: str | None
    host: str | None
    source: str | None
    sourcetype: str | None
    index: str | None
    uid: str | None
    text: str  # the whole envelope as sent; for raw, the line
    fields: dict | None = None


@dataclass
class Verdict:
    code: int = 0
    number: int | None = None  # as the answer spells it
    indexed: list = field(default_factory=list)
    skipped: int = 0  # only `fields`: answered with success, stored nowhere
    lost: bool = False  # an unknown key: it and all after it vanish behind a success


@dataclass
class Poison:
    """Events that are refused whatever the sender does: by a text in them, or by a share of all uids."""
    marker: str | None = None
    rate: float = 0.0
    seed: int = 0
    code: int = 6
    with_number: bool = True

    def hits(self, text, uid):
        if self.marker is not None and self.marker in text:
            return True
        return self.rate > 0 and zlib.crc32(f"{self.seed}:{uid or text}".encode()) < self.rate * 2**32


class _Bad(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


class _UnknownKey(Exception):
    """The parser stops here without a word."""


def _values(text):
    """Yields (value, its text) of concatenated JSON values, or of one array of them; _Bad at what is no JSON."""
    at = BLANK.match(text).end()
    array = text.startswith("[", at)
    if array:
        at = BLANK.match(text, at + 1).end()
        if text.startswith("]", at):
            return
    while at < len(text):
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise _Bad(6) from error
        yield value, text[at:end]
        at = BLANK.match(text, end).end()
        if array:
            if text.startswith("]", at):
                return
            if not text.startswith(",", at):
                raise _Bad(6)
            at = BLANK.match(text, at + 1).end()
    if array:
        raise _Bad(6)


def _time_text(envelope):
    if "time" not in envelope:
        return None
    value = envelope["time"]
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise _Bad(15)
    text = str(value)
    if not PLAIN_NUMBER.match(text):
        raise _Bad(15)
    return text


def _check_event(envelope):
    """True when there is an event; False when `fields` stands alone."""
    if "event" not in envelope:
        if "fields" in envelope:
            return False
        raise _Bad(12)
    event = envelope["event"]
    if event is None or event == {} or event == [] or (isinstance(event, str) and not event.strip()):
        raise _Bad(13)
    return True


def _check_fields(envelope):
    if "fields" not in envelope:
        return None
    fields = envelope["fields"]
    if not isinstance(fields, dict):
        raise _Bad(6)
    for value in fields.values():
        items = value if isinstance(value, list) else [value]
        if any(isinstance(item, (dict, list)) for item in items):
            raise _Bad(15)
    return fields


def _uid(event):
    metadata = event.get("metadata") if isinstance(event, dict) else None
    uid = metadata.get("uid") if isinstance(metadata, dict) else None
    return uid if isinstance(uid, str) else None


def _text_member(envelope, key, default):
    value = envelope.get(key, default)
    if value is not None and not isinstance(value, str):
        raise _Bad(6)
    return value


class Rules:
    """Judges bodies. Immutable after construction; used by many threads."""

    def __init__(self, event_limit=5_242_880, poison=None):
        self.event_limit = event_limit
        self.poison = poison or Poison()

    def judge_events(self, body, token):
        """The verdict on the body of an event request, given the token's settings."""
        verdict = Verdict()
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            text = body.decode("utf-8", "replace")
        if not text.strip(" \t\r\n"):
            return Verdict(code=5)
        number = 0
        try:
            for value, written in _values(text):
                self._take(value, written, token, verdict)
                number += 1
        except _Bad as bad:
            verdict.code = bad.code
            verdict.number = number + 1 if bad.code == 7 else number
            if bad.code == self.poison.code and not self.poison.with_number:
                verdict.number = None
        except _UnknownKey:
            verdict.lost = True
        if verdict.code == 0 and not verdict.indexed and not verdict.skipped:
            verdict.code = 5
        return verdict

    def _take(self, envelope, written, token, verdict):
        if not isinstance(envelope, dict):
            raise _Bad(6)
        if not ENVELOPE_KEYS.issuperset(envelope):
            raise _UnknownKey
        if len(written) * 4 > self.event_limit and len(written.encode()) > self.event_limit:
            raise _Bad(6)
        has_event = _check_event(envelope)
        time = _time_text(envelope)
        fields = _check_fields(envelope)
        index = _text_member(envelope, "index", token.index)
        if "index" in envelope and token.indexes and index not in token.indexes:
            raise _Bad(7)
        indexed = Indexed(time, _text_member(envelope, "host", token.host),
                          _text_member(envelope, "source", token.source),
                          _text_member(envelope, "sourcetype", token.sourcetype), index,
                          _uid(envelope.get("event")), written, fields)
        if self.poison.hits(written, indexed.uid):
            raise _Bad(self.poison.code)
        if has_event:
            verdict.indexed.append(indexed)
        else:
            verdict.skipped += 1

    def judge_raw(self, body, token, query):
        """The verdict on a raw body: a line is an event, all share the query's metadata."""
        text = body.decode("utf-8", "replace")
        lines = [line for line in text.splitlines() if line.strip()]
        if not lines:
            return Verdict(code=5)
        index = query.get("index", token.index)
        if "index" in query and token.indexes and index not in token.indexes:
            return Verdict(code=7, number=1)
        about = (query.get("host", token.host), query.get("source", token.source),
                 query.get("sourcetype", token.sourcetype), index)
        return Verdict(indexed=[Indexed(None, *about, None, line) for line in lines])
