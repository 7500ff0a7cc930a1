#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every C file is as clang-format 14 and .clang-format want it; build-aux/format makes it so."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import checklib

BATCH = 40


def dry_run(paths, folder):
    done = subprocess.run(['clang-format', '--dry-run', '-Werror', *paths], cwd=folder,
                          capture_output=True, text=True, check=False)
    wrong = {}
    for path, line in re.findall(r'^(\S+?):(\d+):\d+: error: ', done.stderr, re.M):
        wrong.setdefault(path, line)
    if done.returncode and not wrong:
        return [done.stderr.strip().splitlines()[-1]]
    return [f'{path}:{line}: not formatted: run build-aux/format' for path, line in wrong.items()]


def check(tree):
    if shutil.which('clang-format') is None:
        return ['clang-format is not installed: run build-aux/deps']
    paths = [path for path in tree.matching('.c', '.h') if not checklib.TABLES.search(path)]
    if not tree.on_disk:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(checklib.ROOT / '.clang-format', folder)
            for path in paths:
                (Path(folder) / path).write_text(tree[path])
            return dry_run(paths, folder)
    problems = []
    for start in range(0, len(paths), BATCH):
        problems += dry_run(paths[start:start + BATCH], checklib.ROOT)
    return problems


GOOD = [{'a.c': 'static int\nf (void)\n{\n  return 1;\n}\n'}]
BAD = [({'a.c': 'static int f(void){return 1;}\n'}, 'not formatted')]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
