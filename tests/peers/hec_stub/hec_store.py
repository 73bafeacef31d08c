"""What the stub has taken, in order, and what it was asked. Thread safe."""

import json
import threading
from collections import Counter


class Store:
    def __init__(self, keep_text=True):
        self._lock = threading.Lock()
        self._keep_text = keep_text
        self.clear()

    def clear(self):
        with self._lock:
            self._events = []
            self._arrivals = Counter()
            self._anonymous = 0
            self._requests = []
            self._statuses = Counter()
            self._codes = Counter()
            self._faults = Counter()
            self._skipped = 0

    def index(self, verdict, request):
        """Takes the verdict's objects, as arrivals of request number `request`."""
        with self._lock:
            self._skipped += verdict.skipped
            for one in verdict.indexed:
                if one.uid is None:
                    self._anonymous += 1
                else:
                    self._arrivals[one.uid] += 1
                arrival = 1 if one.uid is None else self._arrivals[one.uid]
                if not self._keep_text:
                    one.text = None
                self._events.append((one, arrival, request))

    def open_request(self, about):
        """Notes a request; yields its number."""
        with self._lock:
            self._requests.append(about)
            return len(self._requests) - 1

    def close_request(self, number, status, code, fault):
        with self._lock:
            # A reset by the control endpoint may have emptied the list meanwhile.
            if number < len(self._requests):
                self._requests[number].update(status=status, code=code, fault=fault)
            self._statuses[str(status)] += 1
            if code is not None:
                self._codes[str(code)] += 1
            if fault is not None:
                self._faults[fault] += 1

    def stats(self):
        with self._lock:
            distinct = len(self._arrivals)
            return {"requests": len(self._requests), "indexed": len(self._events), "distinct_uids": distinct,
                    "doubles": len(self._events) - distinct - self._anonymous, "without_uid": self._anonymous,
                    "skipped": self._skipped, "by_status": dict(self._statuses), "by_code": dict(self._codes),
                    "by_fault": dict(self._faults)}

    def requests(self):
        with self._lock:
            return [dict(request) for request in self._requests]

    def uid_lines(self):
        """`uid<TAB>arrivals`, in order of the first arrival."""
        with self._lock:
            arrivals = list(self._arrivals.items())
        return "".join(f"{uid}\t{count}\n" for uid, count in arrivals)

    def event_lines(self):
        """A JSON line for each arrival, in order: its metadata, and `envelope`, the text as sent."""
        with self._lock:
            events = list(self._events)
            totals = dict(self._arrivals)
        lines = []
        for number, (one, arrival, request) in enumerate(events):
            lines.append(json.dumps({
                "number": number, "request": request, "uid": one.uid, "arrival": arrival,
                "arrivals": totals.get(one.uid, 1), "time": one.time, "host": one.host, "source": one.source,
                "sourcetype": one.sourcetype, "index": one.index, "fields": one.fields, "envelope": one.text}))
        return "".join(line + "\n" for line in lines)
