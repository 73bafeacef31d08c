#!/usr/bin/env python3
"""Writes the seeds of the OTLP and inflate fuzz targets to tests/fuzz/corpus. Run it after changing a seed."""

import gzip
import pathlib
import struct

CORPUS = pathlib.Path(__file__).parent / "corpus"
TRACE = bytes(range(1, 17))
SPAN = bytes(range(1, 9))


def varint(value):
    out = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        out.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(out)


def field(tag, content):
    return varint(tag << 3 | 2) + varint(len(content)) + content


def number(tag, value):
    return varint(tag << 3) + varint(value & (1 << 64) - 1)


def fixed(tag, value):
    return varint(tag << 3 | 1) + struct.pack("<Q", value)


def text(value):
    return field(1, value.encode())


def attribute(key, value):
    return field(1, key.encode()) + field(2, value)


def span(*fields):
    return field(1, TRACE) + field(2, SPAN) + field(5, b"chat gpt-4") + b"".join(fields)


def request(*spans, resource=b"", scope=b""):
    body = field(1, field(1, attribute("service.name", text("shop")))) + resource
    return field(1, body + field(2, field(1, field(1, b"lib")) + scope + b"".join(field(2, s) for s in spans)))


def nested(depth, value=None):
    value = value or text("deep")
    for i in range(depth):
        value = field(5, field(1, value)) if i % 2 else field(6, field(1, attribute("k", value)))
    return value


def protobuf_seeds():
    values = [text("hello"), number(2, 1), number(3, -5), b"\x21" + struct.pack("<d", 1.5), nested(3), field(7, b"\0\xff"), b""]
    full = span(
        field(3, b"k=v"), field(4, SPAN), number(6, 3), fixed(7, 10**18), fixed(8, 10**18 + 1),
        *[field(9, attribute(f"key.{i}", value)) for i, value in enumerate(values)],
        number(10, 1), field(11, fixed(1, 5) + field(2, b"event") + field(3, attribute("a", text("b")))),
        field(13, field(1, TRACE) + field(2, SPAN)), field(15, field(2, b"boom") + number(3, 2)), number(16, 257))
    seeds = {
        "empty": b"",
        "full": request(full),
        "many": request(*[span(field(9, attribute("k", text(str(i))))) for i in range(20)]),
        "truncated": request(full)[:-20],
        "broken_span": request(span(), span(b"\x4a\x7f\x01"), span()),
        "hex_id": request(field(1, TRACE.hex().encode()) + field(2, SPAN)),
        "zero_ids": request(field(1, bytes(16)) + field(2, bytes(8)), field(1, TRACE) + field(2, bytes(8)), b""),
        "bad_utf8": request(span(field(9, attribute("k", field(1, b"ab\xff\xfe"))))),
        "deep": request(span(field(9, attribute("k", nested(200))))),
        "duplicates": request(span(*[field(9, attribute("k", text(str(i)))) for i in range(8)])),
        "late_resource": field(1, field(2, field(2, span())) + field(1, field(1, attribute("a", text("b"))))),
        "group": b"\x0b\x0c",
        "long_number": b"\x0a" + b"\xff" * 11,
        "huge_length": b"\x0a\xff\xff\xff\xff\x0f",
        "tag_zero": b"\x00\x00",
    }
    return seeds


IDS = '"traceId":"%s","spanId":"%s"' % (TRACE.hex(), SPAN.hex())


def json_request(*spans):
    return '{"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"lib"},"spans":[%s]}]}]}' % ",".join(
        "{%s%s}" % (IDS, s) for s in spans)


def json_attribute(value):
    return ',"attributes":[{"key":"k","value":%s}]' % value


def json_seeds():
    deep = '{"stringValue":"x"}'
    for _ in range(200):
        deep = '{"arrayValue":{"values":[%s]}}' % deep
    full = (',"parentSpanId":"0102030405060708","name":"chat","kind":"SPAN_KIND_CLIENT","startTimeUnixNano":"1700000000000000000",'
            '"endTimeUnixNano":1.7e18,"droppedAttributesCount":-1,"events":[{"timeUnixNano":5,"name":"e","attributes":[]}],'
            '"links":[{%s}],"status":{"code":2,"message":"boom"},"attributes":[{"key":"a","value":{"intValue":"9007199254740993"}},'
            '{"key":"b","value":{"kvlistValue":{"values":[{"key":"c","value":{"bytesValue":"AP8="}}]}}},'
            '{"key":"d","value":{"doubleValue":3.14}},{"key":"e","value":{"boolValue":true}},{"key":"f","value":null}]' % IDS)
    seeds = {
        "empty": "{}",
        "full": json_request(full),
        "many": json_request(*[json_attribute('{"intValue":%d}' % i) for i in range(20)]),
        "truncated": json_request(full)[:-30],
        "wrong_types": json_request(',"name":5', ',"attributes":{}', json_attribute('"plain"'), json_attribute('{"intValue":"x"}')),
        "lone_surrogate": json_request(json_attribute(r'{"stringValue":"\ud800 \udc00 \ud83d\ude00"}')),
        "escapes": json_request(json_attribute(r'{"stringValue":"\"\\\/\b\f\n\r\t\u00e9"}')),
        "bad_escape": json_request(json_attribute(r'{"stringValue":"\x \u12"}')),
        "deep": json_request(json_attribute(deep)),
        "brackets": '{"resourceSpans":' + "[" * 300,
        "unbalanced": '{"resourceSpans":[{]}}]',
        "trailing": "{} {}",
        "snake_case": json_request(full).replace("Spans", "_spans").replace("traceId", "trace_id"),
        "numbers": json_request(json_attribute('{"doubleValue":1e999}'), json_attribute('{"doubleValue":"NaN"}')),
        "byte_order_mark": "\ufeff{}",
    }
    return {name: seed.encode() for name, seed in seeds.items()} | {
        "bad_utf8": json_request(json_attribute('{"stringValue":"ab#"}')).encode().replace(b"#", b"\xff\xfe")}


def gzip_seeds():
    body = gzip.compress(protobuf_seeds()["many"], mtime=0)
    with_name = bytearray(gzip.compress(b"named", mtime=0))
    with_name[3] = 8
    return {
        "one": body,
        "two": body + gzip.compress(b"", mtime=0) + body,
        "stored": gzip.compress(bytes(range(256)), 0, mtime=0),
        "named": bytes(with_name[:10]) + b"name\0" + bytes(with_name[10:]),
        "bomb": gzip.compress(bytes(4 << 20), 9, mtime=0),
        "cut": body[:-5],
        "trailing": body + b"garbage",
        "wrong_checksum": body[:-8] + bytes(8),
        "no_gzip": b"plain",
    }


def main():
    for target, seeds in {"otlp_protobuf": protobuf_seeds(), "otlp_json": json_seeds(), "inflate": gzip_seeds()}.items():
        folder = CORPUS / target
        folder.mkdir(parents=True, exist_ok=True)
        for name, seed in seeds.items():
            (folder / name).write_bytes(seed)


if __name__ == "__main__":
    main()
