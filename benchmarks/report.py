#!/usr/bin/env python3
"""report.py BUILD: each stage on one core beside a plain copy and a bare protobuf walk, then the whole program over
loopback: OTLP/HTTP in, HEC out, in spans a CPU second of the program, beside the same work without any network."""
import json
import pathlib
import subprocess
import sys

import end_to_end

STAGES = [("decode", "OTLP protobuf -> spans"), ("normalise", "spans -> operations"),
          ("decode_and_normalise", "both"), ("map", "operations -> events"), ("json", "events -> JSON"),
          ("whole_pipeline", "OTLP -> JSON, all of these")]


def stages(build):
    out = subprocess.run([build / "stages_bench", "--benchmark_format=json", "--benchmark_repetitions=5",
                          "--benchmark_report_aggregates_only=true"], capture_output=True, text=True, check=True).stdout
    rows = {r["run_name"]: r for r in json.loads(out)["benchmarks"] if r["aggregate_name"] == "median"}
    return {name: (r["bytes_per_second"], r["items_per_second"]) for name, r in rows.items()}


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = int(open("/proc/meminfo").readline().split()[1]) // 1048576
    return f"{model}, {memory} GiB, Linux {open('/proc/sys/kernel/osrelease').read().strip()}"


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    print(f"machine: {machine()}")
    found = stages(build)
    copy, walk = found["baseline_memcpy"], found["baseline_walk"]
    print("\none core, chat spans with 1-2 KB prompts   MB/s (of the stage's bytes)   spans/s   of a bare walk")
    print(f"  {'baseline: memcpy':40s} {copy[0] / 1e6:10.0f} {copy[1]:14.0f}")
    print(f"  {'baseline: walk over protobuf fields':40s} {walk[0] / 1e6:10.0f} {walk[1]:14.0f}")
    for name, title in STAGES:
        byte_rate, span_rate = found[name]
        print(f"  {title:40s} {byte_rate / 1e6:10.0f} {span_rate:14.0f} {span_rate / walk[1]:10.1%}")
    rate = end_to_end.measure(build)
    alone = found["whole_pipeline"][1]
    print("\nwhole program, OTLP/HTTP in -> Splunk HEC (gzip) out over loopback, content included")
    print(f"  {rate['spans']} spans in {rate['wall']:.1f} s; the program used {rate['cpu']:.2f} s of CPU, "
          f"{rate['memory']} MiB at most")
    print(f"  {rate['spans'] / rate['cpu']:.0f} spans a CPU second, {rate['spans'] / rate['cpu'] / alone:.1%} of the "
          f"pipeline alone ({alone:.0f})")


if __name__ == "__main__":
    main()
