"""Faults on demand: a script (one fault for each coming event request) and shares by chance, from a seed.

A fault is an object:
  {"do": "answer", "status": 503, "code": 9, "number": 0, "retry_after": "1", "index": false}
      answers instead of the rules; `body` (text) and `content_type` replace the HEC body;
      `index` true: the objects are taken all the same
  {"do": "login_page"} 200 with HTML      {"do": "redirect"} 303 to a login page
  {"do": "bad_gateway"} 502 with HTML     {"do": "gateway_timeout"} 504 with HTML
  {"do": "close"}      reads the body, closes without an answer
  {"do": "close_half"} reads half of the body, closes
  {"do": "reset"}      reads the body, resets the connection
  {"do": "hang", "seconds": 5}  reads the body, answers nothing, closes after that time
  {"do": "slow", "seconds": 1}  the ordinary answer, later
  {"do": "truncated"}  half of the ordinary answer, closes
  {"do": "none"}       the ordinary answer
`index` may stand in close, reset and hang too: taken, but the sender does not learn it.
By chance, {"503": 0.01, "429": 0.01, "reset": 0.01, "timeout": 0.01}: a name below, or a fault's `do`, with its share,
or with an object {"share": 0.01, …} that adds to the fault.
"""

import random
import threading
from collections import deque

HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"

NAMED = {
    "503": {"do": "answer", "status": 503, "code": 9},
    "429": {"do": "answer", "status": 429, "code": 26, "retry_after": "1"},
    "500": {"do": "answer", "status": 500, "code": 8},
    "timeout": {"do": "hang", "index": True},
}
PAGES = {"login_page": (200, "Log in"), "bad_gateway": (502, "Bad Gateway"), "redirect": (303, "See Other"),
         "gateway_timeout": (504, "Gateway Timeout")}
KINDS = {"answer", "close", "close_half", "reset", "hang", "slow", "truncated", "none", *PAGES}


def complete(fault):
    """The fault in full: a page becomes an answer. ValueError when it is none of the above."""
    do = fault.get("do", "answer")
    if do not in KINDS:
        raise ValueError(f"unknown fault {do!r}")
    if do not in PAGES:
        return {"do": do, **fault}
    status, title = PAGES[do]
    page = {"name": do, "status": status, "body": HTML.format(title), "content_type": "text/html"}
    if do == "redirect":
        page["location"] = "/en-US/account/login"
    return {**page, **fault, "do": "answer"}


def _by_chance(name, share):
    extra = dict(share) if isinstance(share, dict) else {"share": share}
    part = float(extra.pop("share"))
    return part, complete({"name": name, **NAMED.get(name, {"do": name}), **extra})


class Faults:
    """Decides what befalls the next event request. Thread safe."""

    def __init__(self, probability=None, seed=0):
        self._lock = threading.Lock()
        self._script = deque()
        self.set_probability(probability or {}, seed)

    def set_probability(self, probability, seed=0):
        shares = [_by_chance(name, share) for name, share in probability.items()]
        with self._lock:
            self._shares = shares
            self._random = random.Random(seed)

    def extend(self, faults):
        completed = [complete(fault) for fault in faults]
        with self._lock:
            self._script.extend(completed)

    def clear(self):
        with self._lock:
            self._script.clear()
            self._shares = []

    def next(self):
        """The fault for one request, or None."""
        with self._lock:
            if self._script:
                fault = self._script.popleft()
                return None if fault["do"] == "none" else fault
            if not self._shares:
                return None
            left = self._random.random()
            for share, fault in self._shares:
                left -= share
                if left < 0:
                    return fault
            return None
