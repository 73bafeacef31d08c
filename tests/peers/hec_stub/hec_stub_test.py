"""What the stub must do, row by row of what is known of the collector: paths, authentication, envelopes, encodings."""

import gzip
import json
import unittest
import zlib

from stub_case import BLOCKED, GOOD, LIMITED, QUERY, StubCase, event


class Paths(StubCase):
    def test_all_event_paths_are_the_same(self):
        for path in ("", "/event", "/event/1.0", "/1.0"):
            self.assertEqual(self.post(event(path), path="/services/collector" + path), (200, 0, None))
        self.assertEqual([e["uid"] for e in self.events()], ["", "/event", "/event/1.0", "/1.0"])

    def test_options_need_no_token_and_name_the_methods(self):
        for path, allow in (("/services/collector", "POST,OPTIONS"), ("/services/collector/raw", "POST,OPTIONS"),
                            ("/services/collector/health", "GET,HEAD,OPTIONS")):
            answer, body = self.request("OPTIONS", path, token=None)
            self.assertEqual((answer.status, answer.getheader("Allow"), body), (200, allow, b""))

    def test_an_unknown_path_is_404_with_json(self):
        answer, body = self.request("POST", "/services/elsewhere", b"{}")
        self.assertEqual(answer.status, 404)
        self.assertEqual(json.loads(body)["code"], 404)

    def test_get_on_an_event_path_is_405_with_the_body_that_says_404(self):
        for path in ("/services/collector/event", "/services/collector/raw"):
            answer, body = self.request("GET", path)
            self.assertEqual(answer.status, 405)
            self.assertEqual(json.loads(body),
                             {"text": "The requested URL was not found on this server.", "code": 404})

    def test_raw_takes_lines_with_the_metadata_of_the_query(self):
        answer = self.post(b"one\n\ntwo\n", path="/services/collector/raw?host=h&source=s&sourcetype=t&index=i")
        self.assertEqual(answer, (200, 0, None))
        self.assertEqual([(e["envelope"], e["host"], e["source"], e["sourcetype"], e["index"]) for e in self.events()],
                         [("one", "h", "s", "t", "i"), ("two", "h", "s", "t", "i")])

    def test_blank_raw_is_no_data(self):
        self.assertEqual(self.post(b" \n ", path="/services/collector/raw/1.0"), (400, 5, None))

    def test_acknowledgement_is_off(self):
        self.assertEqual(self.post(b'{"acks":[0]}', path="/services/collector/ack"), (400, 14, None))
        self.assertEqual(self.post(b'{"acks":[0]}', path="/services/collector/ack", token="wrong"), (403, 4, None))


class Authentication(StubCase):
    def test_header_forms(self):
        for header, expected in ((None, (401, 2)), ("", (401, 2)), (f"Bearer {GOOD}", (401, 3)),
                                 ("Splunk wrong", (403, 4)), (f"Splunk {BLOCKED}", (403, 1)),
                                 ("Basic !", (401, 3)), (f"Splunk {GOOD}", (200, 0)),
                                 (f"splunk {GOOD}", (200, 0))):
            with self.subTest(header=header):
                headers = {} if header is None else {"Authorization": header}
                status, code, number = self.post(event("a"), token=None, headers=headers)
                self.assertEqual((status, code), expected)
                self.assertIsNone(number)

    def test_basic_takes_the_token_as_password_of_any_user(self):
        self.assertEqual(self.post(event("a"), token=None, basic=("anyone", GOOD))[:2], (200, 0))
        self.assertEqual(self.post(event("a"), token=None, basic=("anyone", "wrong"))[:2], (403, 4))

    def test_a_query_token_is_judged_before_its_permission(self):
        path = "/services/collector?token="
        self.assertEqual(self.post(event("a"), path=path + "wrong", token=None)[:2], (403, 4))
        self.assertEqual(self.post(event("a"), path=path + GOOD, token=None)[:2], (400, 16))
        self.assertEqual(self.post(event("a"), path=path + QUERY, token=None)[:2], (200, 0))

    def test_a_query_token_wins_over_the_header(self):
        self.assertEqual(self.post(event("a"), path="/services/collector?token=wrong")[:2], (403, 4))
        self.assertEqual(self.post(event("a"), path=f"/services/collector?token={GOOD}")[:2], (400, 16))


class Envelopes(StubCase):
    def check(self, body, code, number=None, indexed=()):
        """The answer to `body`, and the uids of what is indexed all the same."""
        status = 200 if code == 0 else 400
        self.assertEqual(self.post(body), (status, code, number), body)
        self.assertEqual(self.uids(), list(indexed), body)
        self.reset()

    def test_empty_events(self):
        for value in ("null", '""', '" \\n"', "{}", "[]"):
            self.check(f'{{"event":{value}}}', 13, 0)
        self.check('{"host":"h"}', 12, 0)

    def test_events_that_are_not_objects(self):
        for value in ("0", "false", '"text"', "[null]", '{"a":null}'):
            self.check(f'{{"event":{value}}}', 0, indexed=[None])

    def test_fields_alone_are_skipped_in_silence(self):
        self.check('{"fields":{"a":1}}' + event("x"), 0, indexed=["x"])
        self.check('{"fields":{"a":1}}', 0)

    def test_times(self):
        for text in ("1", "1732604863.241", '"1732604863.241"', "1732604863241", "0"):
            self.check(event("x", time=text), 0, indexed=["x"])
        for text in ("1.75248e9", "1e9", '"1.7e9"', '"2026-01-01T00:00:00Z"', "true", "null", "[1]", '""', "-1"):
            self.check(event("x", time=text), 15, 0)

    def test_time_is_kept_as_text(self):
        self.post(event("x", time="1767311999.9990"))
        self.assertEqual(self.events()[0]["time"], "1767311999.9990")

    def test_names_are_texts_and_have_defaults(self):
        self.check(event("x", host="1"), 6, 0)
        self.check(event("x", sourcetype='{"a":1}'), 6, 0)
        self.post(event("x", host='"h"'), token=LIMITED)
        got = self.events()[0]
        self.assertEqual((got["host"], got["source"], got["sourcetype"], got["index"]), ("h", "s0", None, "a"))

    def test_fields_are_flat(self):
        self.check(event("x", fields='{"a":"t","b":1,"c":true,"d":["x",2]}'), 0, indexed=["x"])
        self.check(event("x", fields='{"a":{"b":1}}'), 15, 0)
        self.check(event("x", fields='{"a":[[1]]}'), 15, 0)
        self.check(event("x", fields='["a"]'), 6, 0)

    def test_a_wrong_index_is_named_one_too_high(self):
        body = event("x", index='"a"') + event("y", index='"nope"') + event("z", index='"a"')
        self.assertEqual(self.post(body, token=LIMITED), (400, 7, 2))
        self.assertEqual(self.uids(), ["x"])
        self.reset()
        self.assertEqual(self.post(event("x", index='"nope"')), (200, 0, None), "no list of indexes: any name")

    def test_an_unknown_key_loses_all_from_there_behind_a_success(self):
        self.check('{"event":"x","level":"info"}', 5)
        self.check(event("a") + '{"event":"x","level":"info"}' + event("b"), 0, indexed=["a"])

    def test_objects_before_the_first_bad_one_are_indexed(self):
        good = event("a") + event("b")
        self.check(good + '{"event":null}' + event("c"), 13, 2, ["a", "b"])
        self.check(good + "{broken" + event("c"), 6, 2, ["a", "b"])
        self.check(good + '{"event":"cut', 6, 2, ["a", "b"])
        self.check(good + "17" + event("c"), 6, 2, ["a", "b"])
        self.check(good + event("n", time="NaN"), 6, 2, ["a", "b"])
        self.check('{"host":"h"}{"event":null}', 12, 0)

    def test_separators(self):
        for separator in ("", "\n", " \r\n\t"):
            self.check(separator.join([event("a"), event("b")]), 0, indexed=["a", "b"])
        self.check(event("a") + "," + event("b"), 6, 1, ["a"])

    def test_an_array_of_envelopes(self):
        self.check(f"[{event('a')}, {event('b')}]", 0, indexed=["a", "b"])
        self.check(f"[{event('a')}, {{\"event\":null}}]", 13, 1, ["a"])
        self.check(f"[{event('a')}", 6, 1, ["a"])
        self.check("[]", 5)

    def test_no_data(self):
        for body in ("", " \n"):
            self.check(body, 5)

    def test_a_byte_order_mark_is_a_wrong_format(self):
        self.check("\ufeff" + event("a"), 6, 0)


class Encodings(StubCase):
    config = {"body_limit": 5000, "event_limit": 2000}

    def post_encoded(self, body, encoding):
        answer, text = self.request("POST", "/services/collector", body, headers={"Content-Encoding": encoding})
        return answer.status, answer.getheader("Content-Type"), text

    def test_gzip_is_taken(self):
        self.assertEqual(self.post_encoded(gzip.compress(event("a").encode()), "gzip")[0], 200)
        self.assertEqual(self.uids(), ["a"])

    def test_other_encodings_are_415_with_html(self):
        for encoding in ("deflate", "br"):
            status, kind, text = self.post_encoded(zlib.compress(event("a").encode()), encoding)
            self.assertEqual((status, kind), (415, "text/html"))
            self.assertTrue(text.startswith(b"<html>"))

    def test_broken_gzip_is_400_with_html(self):
        whole = gzip.compress(event("a").encode())
        for body in (b"not gzip", whole[:-9]):
            self.assertEqual(self.post_encoded(body, "gzip")[:2], (400, "text/html"))
        self.assertEqual(self.uids(), [])

    def test_a_body_over_the_limit_is_413_with_html(self):
        large = event("a", host='"' + "h" * 6000 + '"').encode()
        for body, encoding in ((large, "identity"), (gzip.compress(large), "gzip")):
            self.assertEqual(self.post_encoded(body, encoding)[:2], (413, "text/html"))

    def test_an_event_over_its_limit_is_a_wrong_format_and_names_it(self):
        large = event("b", host='"' + "h" * 2000 + '"')
        self.assertEqual(self.post(event("a") + large + event("c")), (400, 6, 1))
        self.assertEqual(self.uids(), ["a"])

    def test_a_chunked_body_is_read(self):
        chunks = iter([event("a").encode(), event("b").encode()])
        answer, _ = self.request("POST", "/services/collector", chunks)
        self.assertEqual((answer.status, self.uids()), (200, ["a", "b"]))


class Health(StubCase):
    def health(self, token=None, method="GET"):
        answer, body = self.request(method, "/services/collector/health/1.0", token=token)
        return answer.status, json.loads(body)["code"] if body else None

    def test_health_needs_no_token(self):
        self.assertEqual(self.health(), (200, 17))
        self.assertEqual(self.health(method="HEAD"), (200, None))
        self.assertEqual(self.health(method="POST")[0], 405)

    def test_health_with_a_wrong_token(self):
        self.assertEqual(self.health("wrong"), (400, 21))
        self.assertEqual(self.health(BLOCKED), (400, 22))

    def test_states_of_ill_health(self):
        for code in (18, 19, 20, 23):
            self.control("health", {"code": code})
            self.assertEqual(self.health(), (503, code))


if __name__ == "__main__":
    unittest.main()
