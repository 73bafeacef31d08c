#!/usr/bin/env python3
"""The real OpenTelemetry Python SDK as client, over http/protobuf: what it exports is what arrives."""
import sys
import unittest

from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.trace import SpanKind, Status, StatusCode

from aitf_process import Aitf


def provider_for(aitf, compression=Compression.NoCompression):
    provider = TracerProvider(resource=Resource.create({"service.name": "support-bot", "deployment.environment.name": "test"}))
    exporter = OTLPSpanExporter(endpoint=aitf.endpoint + "/v1/traces", compression=compression)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=50))
    return provider


def chat(tracer, number, error=False):
    with tracer.start_as_current_span(f"chat gpt-4o-mini", kind=SpanKind.CLIENT) as span:
        span.set_attributes({
            "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o-mini",
            "gen_ai.usage.input_tokens": 100 + number, "gen_ai.usage.output_tokens": 7,
            "gen_ai.response.finish_reasons": ["stop"], "gen_ai.response.id": f"chatcmpl-{number}",
            "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"Grüße %d 東京"}]}]' % number})
        if error:
            span.set_attribute("error.type", "openai.RateLimitError")
            span.set_status(Status(StatusCode.ERROR, "Error code: 429"))


class OtlpSdk(unittest.TestCase):
    def run_with(self, compression):
        with Aitf() as aitf:
            provider = provider_for(aitf, compression)
            tracer = provider.get_tracer("test.instrumentation", "1.0")
            for number in range(50):
                chat(tracer, number, error=number == 7)
            with tracer.start_as_current_span("GET /tickets"):
                pass
            provider.shutdown()
            aitf.wait(lambda: aitf.metric("aitf_destination_delivered_events_total") == 50)
            self.assertEqual(aitf.metric("aitf_spans_received_total"), 51)
            self.assertEqual(aitf.metric("aitf_spans_ignored_total", reason="not_ai"), 1)
            self.assertEqual(aitf.stop(), 0)
            return aitf.events()

    def check(self, events):
        by_response = {e["response_id"]: e for e in events}
        self.assertEqual(set(by_response), {f"chatcmpl-{n}" for n in range(50)})
        self.assertEqual(len({e["metadata"]["uid"] for e in events}), 50)
        for number in range(50):
            event = by_response[f"chatcmpl-{number}"]
            self.assertEqual(event["class_uid"], 7001)
            self.assertEqual(event["token_usage"]["input_tokens"], 100 + number)
            self.assertEqual(event["messages"][0]["text"], f"Grüße {number} 東京")
            self.assertEqual(event["service"], {**event["service"], "name": "support-bot", "environment": "test"})
            self.assertEqual(event["telemetry"]["scope_name"], "test.instrumentation")
            self.assertEqual(event["status_id"], 2 if number == 7 else 1)
        self.assertEqual(by_response["chatcmpl-7"]["error"]["category"], "rate_limit")

    def test_spans_arrive_once_and_whole(self):
        self.check(self.run_with(Compression.NoCompression))

    def test_gzip_makes_no_difference(self):
        self.check(self.run_with(Compression.Gzip))


if __name__ == "__main__":
    sys.exit(unittest.main())
