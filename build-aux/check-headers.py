#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each header of src/ compiles alone. Needs a configured build folder for the flags.

What compiled once is remembered in the build folder by the digest of all it includes, so that
only changed headers cost time.
"""

import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import tempfile
from pathlib import Path

import checklib


def build_folder():
    for name in [os.environ.get('JP_BUILD', ''), '_build', '_build-test']:
        folder = checklib.ROOT / name
        if name and (folder / 'compile_commands.json').exists():
            return folder
    return None


def flags_by_layer(folder):
    """The compiler arguments of each layer, without input and output; a module of the layer has fewer."""
    flags = {}
    for entry in json.loads((folder / 'compile_commands.json').read_text()):
        path = os.path.relpath(os.path.join(entry['directory'], entry['file']), checklib.ROOT)
        layer = checklib.layer_of(path)
        if not path.startswith('src/'):
            continue
        words = shlex.split(entry['command'])
        words = [word for word in words if not word.endswith('ccache')]
        kept, skip = [], False
        for word in words[1:]:
            if skip or word in ('-o', '-MF', '-MQ'):
                skip = not skip
            elif word not in ('-c', '-MD', entry['file']) and not word.startswith('-fsanitize'):
                kept.append(word)
        flags[layer] = max(flags.get(layer, []), [words[0], *kept], key=len)
    return flags


def digest(tree, path, flags):
    """Digest of a header, of all project headers it reaches, and of the flags."""
    hasher = hashlib.sha256(' '.join(flags).encode())
    by_name = {os.path.basename(other): other for other in tree.matching('.h', under='src/')}
    waiting, seen = [path], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        hasher.update(tree[current].encode('utf-8', 'surrogateescape'))
        for name in re.findall(r'#\s*include "([^"]+)"', tree[current]):
            other = by_name.get(os.path.basename(name))
            if other:
                waiting.append(other)
    return hasher.hexdigest()


def compile_alone(text_or_path, flags, folder):
    """What the compiler says of a source that only includes the header, or nothing."""
    done = subprocess.run([*flags, '-fsyntax-only', '-Wno-unused-function', '-x', 'c', '-'],
                          cwd=folder, input=f'#include "{text_or_path}"\n', capture_output=True,
                          text=True, check=False)
    lines = [line for line in done.stderr.splitlines() if 'error' in line or 'warning' in line]
    return None if done.returncode == 0 else '; '.join(lines[:3])


def check_built(tree, folder):
    flags = flags_by_layer(folder)
    memory = folder / 'check-headers.json'
    known = set(json.loads(memory.read_text())) if memory.exists() else set()
    jobs = {}
    for path in tree.matching('.h', under='src/'):
        layer = checklib.layer_of(path)
        if layer in flags and not checklib.TABLES.search(path):
            jobs[path] = (flags[layer], digest(tree, path, flags[layer]))
    stale = {path: job for path, job in jobs.items() if job[1] not in known}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = dict(zip(stale, pool.map(
            lambda path: compile_alone(checklib.ROOT / path, stale[path][0], folder), stale)))
    good = [job[1] for path, job in jobs.items() if not said.get(path)]
    memory.write_text(json.dumps(sorted(good)))
    return [f'{path}: does not compile alone: {words}' for path, words in said.items() if words]


def check(tree):
    if tree.on_disk:
        folder = build_folder()
        return check_built(tree, folder) if folder else []
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for path in tree.matching('.h'):
            (Path(folder) / 'a.h').write_text(tree[path])
            words = compile_alone('a.h', ['cc', f'-I{folder}'], folder)
            if words:
                problems.append(f'{path}: does not compile alone: {words}')
    return problems


GOOD = [{'src/base/jp-a.h': '#pragma once\n#include <stddef.h>\nsize_t a;\n'}]
BAD = [({'src/base/jp-a.h': '#pragma once\nsize_t a;\n'}, 'does not compile alone')]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
