#!/usr/bin/env python3
"""Holds the shape of the code: which room includes which, file lengths, room names, the public headers' standard."""
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
GENERATED = set((ROOT / "tools/generated.txt").read_text().split())
FORBIDDEN = {"util", "utils", "common", "helpers", "helper", "misc", "shared"}
HEAVY = re.compile(r'#include <(boost/|yaml-cpp/|spdlog/|grpc|curl/|prometheus/|CLI/|openssl/)')


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [pathlib.Path(line) for line in out.splitlines() if (ROOT / line).exists()]


def table():
    rows = {}
    for line in (ROOT / "tests/architecture/rooms.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            room, used = line.split(":")
            rows[room.strip()] = set(used.split())
    return rows


def room_of(path, rooms):
    """The longest room that holds a path below src/."""
    inside = [r for r in rooms if str(path).startswith(f"{r}/")]
    return max(inside, key=len) if inside else None


class Architecture(unittest.TestCase):
    def test_rooms_include_only_what_the_table_allows(self):
        rows = table()
        wrong = []
        for path in tracked("src/*.cpp", "src/*.hpp"):
            if path.name.endswith("_test.cpp"):
                continue
            room = room_of(path.relative_to("src"), rows)
            self.assertIsNotNone(room, f"{path} is in no room of tests/architecture/rooms.txt")
            for included in re.findall(r'^#include "([^"]+)"', (ROOT / path).read_text(), re.M):
                other = room_of(included, rows)
                if other != room and other not in rows[room]:
                    wrong.append(f"{path} includes {included}, but {room} may not use {other}")
        self.assertEqual(wrong, [])

    def test_the_table_has_no_circle(self):
        rows, done = table(), set()
        while ready := [r for r in rows if r not in done and rows[r] <= done]:
            done.update(ready)
        self.assertEqual(done, set(rows))

    def test_the_table_names_every_room(self):
        folders = {str(p.parent.relative_to("src")) for p in tracked("src/*/CMakeLists.txt", "src/*/*/CMakeLists.txt")}
        self.assertEqual(folders, set(table()))

    def test_no_room_is_a_drawer_for_everything(self):
        names = {part for p in tracked() for part in p.parts[:-1]}
        self.assertEqual(names & FORBIDDEN, set())

    def test_files_are_at_most_400_lines(self):
        long = {}
        for path in tracked("*.cpp", "*.hpp", "*.py", "*.sh"):
            lines = (ROOT / path).read_text().count("\n")
            if lines > 400 and str(path) not in GENERATED:
                long[str(path)] = lines
        self.assertEqual(long, {})

    def test_heavy_libraries_stay_out_of_headers(self):
        heavy = [str(p) for p in tracked("src/*.hpp", "include/*.hpp") if HEAVY.search((ROOT / p).read_text())]
        self.assertEqual(heavy, [])

    def test_files_say_what_they_are_for(self):
        """A header's first line after #pragma once is a comment."""
        silent = []
        for path in tracked("src/*.hpp", "include/*.hpp"):
            lines = (ROOT / path).read_text().splitlines()
            if lines[:1] != ["#pragma once"] or not lines[1].startswith("//"):
                if not lines[0].startswith("//"):
                    silent.append(str(path))
        self.assertEqual(silent, [])


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=1))
