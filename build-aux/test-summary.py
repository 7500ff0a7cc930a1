#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what check and meson test wrote into a build folder, one line per suite and one in all.

Each case of a test program counts by itself. A program that died, timed out or did not run all it
had announced counts one failed case for that.
"""

import collections
import json
import os
import re
import subprocess
import sys
from pathlib import Path

GOOD = ('OK', 'EXPECTEDFAIL')


def suites_of(build):
    """(test name, name of its program): suite."""
    out = subprocess.run(['meson', 'introspect', '--tests', build], check=True,
                         capture_output=True, text=True).stdout
    return {(test['name'], os.path.basename(test['cmd'][0])): test['suite'][0].partition(':')[2]
            for test in json.loads(out)}


def suite_of(test, suites):
    """Meson writes "project:suite / name" if there is more than one suite, else only the name."""
    if match := re.match(r'[^:]+:(\S+) / ', test['name']):
        return match.group(1)
    return suites.get((test['name'], os.path.basename(test['command'][0])), 'other')


def count_tap(output):
    """Passed, failed, skipped and announced cases of a TAP stream."""
    passed = failed = skipped = announced = 0
    for line in output.splitlines():
        if match := re.match(r'1\.\.(\d+)', line):
            announced = int(match.group(1))
        elif re.match(r'not ok\b', line):
            failed += 1
        elif re.match(r'ok\b.*# SKIP', line, re.I):
            skipped += 1
        elif re.match(r'ok\b', line):
            passed += 1
    return passed, failed, skipped, announced


def count_test(test):
    """Passed, failed, skipped cases of one entry of meson's log."""
    passed, failed, skipped, announced = count_tap(test.get('stdout') or '')
    good = test['result'] in GOOD
    if passed + failed + skipped == 0:
        if test['result'] == 'SKIP':
            return 0, 0, 1
        return (1, 0, 0) if good else (0, 1, 0)
    complete = announced in (0, passed + failed + skipped)
    if failed == 0 and (not complete or (not good and test['result'] != 'SKIP')):
        failed = 1
    return passed, failed, skipped


def read_check(build, totals):
    log = Path(build) / 'check.log'
    lines = log.read_text().splitlines() if log.exists() else []
    passed = sum(line.startswith('ok ') for line in lines)
    failed = sum(line.startswith('FAIL ') for line in lines)
    totals['check'] = [passed, failed if passed + failed else 1, 0]
    if totals['check'][1]:
        print('\n'.join(line for line in lines if not line.startswith('ok ')))


def read_tests(build, totals):
    log = Path(build) / 'meson-logs' / 'testlog.json'
    if not log.exists():
        totals['meson'] = [0, 1, 0]
        return
    suites = suites_of(build)
    for line in log.read_text(errors='replace').splitlines():
        test = json.loads(line)
        counts = totals[suite_of(test, suites)]
        for index, count in enumerate(count_test(test)):
            counts[index] += count


def self_test():
    def case(result, stdout):
        return count_test({'result': result, 'stdout': stdout})
    assert case('OK', '1..2\nok 1 /a\nok 2 /b # SKIP no display\n') == (1, 0, 1)
    assert case('FAIL', '1..2\nok 1 /a\nnot ok 2 /b\n') == (1, 1, 0)
    assert case('ERROR', '1..3\nok 1 /a\n') == (1, 1, 0)
    assert case('OK', '1..2\nok 1 /a\n') == (1, 1, 0)
    assert case('TIMEOUT', '') == (0, 1, 0)
    assert case('OK', 'fine\n') == (1, 0, 0)


def sentence(passed, failed, skipped):
    return f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else '')


def main():
    self_test()
    totals = collections.defaultdict(lambda: [0, 0, 0])
    read_check(sys.argv[1], totals)
    read_tests(sys.argv[1], totals)
    for suite in sorted(totals):
        print(f'{suite:<10} {sentence(*totals[suite])}')
    total = [sum(column) for column in zip(*totals.values())]
    print(sentence(*total))
    sys.exit(1 if total[1] else 0)


if __name__ == '__main__':
    main()
