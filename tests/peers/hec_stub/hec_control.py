"""The stub's own paths under /__stub__/: what it has taken, and what shall go wrong. No token needed.

GET  events    a JSON line for each arrival, in order      GET  uids      uid<TAB>arrivals, a line each
GET  stats     counts                                      GET  requests  what each event request looked like
POST faults    a list of faults to play in turn, or {"probability": {…}, "seed": 1}
POST health    {"code": 18}                                POST reset     forgets events, requests and faults
"""

import json


class Control:
    def __init__(self, collector):
        self._collector = collector

    def serve(self, handler):
        body = handler.read_body()
        name = handler.url.path.removeprefix("/__stub__/")
        action = getattr(self, f"_{handler.command.lower()}_{name}", None)
        if action is None:
            return handler.reply_json(404, {"text": f"no {handler.command} {name}"})
        try:
            return action(handler, json.loads(body) if body else None)
        except (ValueError, TypeError, KeyError) as error:
            return handler.reply_json(400, {"text": f"{name}: {error}"})

    def _get_events(self, handler, _):
        handler.reply(200, self._collector.store.event_lines().encode(), "application/jsonl")

    def _get_uids(self, handler, _):
        handler.reply(200, self._collector.store.uid_lines().encode(), "text/plain")

    def _get_stats(self, handler, _):
        handler.reply_json(200, self._collector.store.stats())

    def _get_requests(self, handler, _):
        handler.reply_json(200, self._collector.store.requests())

    def _post_faults(self, handler, wanted):
        if isinstance(wanted, list):
            self._collector.faults.extend(wanted)
        else:
            self._collector.faults.set_probability(wanted["probability"], wanted.get("seed", 0))
        handler.reply_json(200, {"text": "ok"})

    def _post_health(self, handler, wanted):
        self._collector.health_code = int(wanted["code"])
        handler.reply_json(200, {"text": "ok"})

    def _post_reset(self, handler, _):
        self._collector.faults.clear()
        self._collector.store.clear()
        self._collector.health_code = 17
        handler.reply_json(200, {"text": "ok"})
