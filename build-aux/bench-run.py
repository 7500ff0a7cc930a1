#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the benchmarks of a build folder one after the other and prints only their figures."""

import json
import os
import re
import subprocess
import sys

FIGURE = re.compile(r'[a-z][a-z0-9_]* -?[0-9]+(\.[0-9]+)? \S+')
TIMEOUT_S = 3600
SKIPPED = 77  # as for meson's tests


def benchmarks(build):
    out = subprocess.run(['meson', 'introspect', '--benchmarks', build], check=True,
                         capture_output=True, text=True).stdout
    return json.loads(out)


def run(bench, build):
    """Prints the figures of one benchmark; TRUE if it ended well and had any, or was skipped."""
    print(f'bench: {bench["name"]}', file=sys.stderr)
    try:
        done = subprocess.run(bench['cmd'], env=os.environ | bench['env'], text=True, check=False,
                              cwd=bench['workdir'] or build, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        print(f'bench: {bench["name"]}: no end after {TIMEOUT_S} s', file=sys.stderr)
        return False
    figures = [line for line in done.stdout.splitlines() if FIGURE.fullmatch(line)]
    if done.returncode == SKIPPED and not figures:
        return True
    print('\n'.join(figures), flush=True)
    if done.returncode != 0 or not figures:
        print(f'bench: {bench["name"]}: exit {done.returncode}, {len(figures)} figures',
              file=sys.stderr)
    return done.returncode == 0 and bool(figures)


def main():
    build, *names = sys.argv[1:]
    known = benchmarks(build)
    for name in names:
        if name not in [bench['name'] for bench in known]:
            sys.exit(f'bench: there is no benchmark "{name}"')
    wanted = [bench for bench in known if not names or bench['name'] in names]
    if not wanted:
        sys.exit('bench: there are no benchmarks in tests/perf yet')
    results = [run(bench, build) for bench in wanted]
    sys.exit(0 if all(results) else 1)


if __name__ == '__main__':
    main()
