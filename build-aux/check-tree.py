#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of the tree: what stands at the top, licences, sorted lists, plain text."""

import os
import re

import checklib

TOP = {'src', 'data', 'po', 'tests', 'build-aux', 'docs', 'meson.build',
       'org.heze.JiapeiSchool.desktop', 'README.md', 'LICENSE'}
LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'
LICENSED = ('.c', '.h', '.py', '.css', '.svg')
LARGEST_BYTES = 2 * 1024 * 1024

# Folders of people's machines have no place in a program that runs on others.
PERSONAL = re.compile(r'(?<![\w.])(?:/home/[a-z]\w*/|/root/[\w.]|/Users/\w+|[A-Z]:\\Users\\\w)')


def check_licence(path, text):
    if not (path.endswith(LICENSED) or checklib.is_script(path)):
        return
    lines = text.splitlines()[:1 if path.endswith(('.c', '.h')) else 3]
    if not any(LICENCE in line for line in lines):
        yield f'{path}: no licence line'


def check_text(path, text):
    if path.startswith('tests/') and '/data/' in path:
        return
    if '\udcff' > max(text, default=' ') >= '\udc80':
        yield f'{path}: not UTF-8'
    if '\r' in text:
        yield f'{path}: has carriage returns'
    if text and (not text.endswith('\n') or text.endswith('\n\n')):
        yield f'{path}: does not end with one newline'
    for number, line in enumerate(text.splitlines(), 1):
        if line != line.rstrip():
            yield f'{path}:{number}: trailing blanks'
        if '\t' in line and not path.endswith('.po'):
            yield f'{path}:{number}: tab'


def check_places(path, text, own):
    for number, line in enumerate(text.splitlines(), 1):
        if PERSONAL.search(line) or (own and own in line):
            yield f'{path}:{number}: path of one machine'


def check_lists(path, text):
    """Files of a folder are listed one per line, sorted."""
    for match in re.finditer(r'\bfiles\(([^()]*)\)', re.sub(r'#[^\n]*', '', text)):
        names = re.findall(r"'([^']+)'", match.group(1))
        if names != sorted(names):
            wrong = next(a for a, b in zip(names, sorted(names)) if a != b)
            yield f'{path}: files () is not sorted, see {wrong}'
        if any(line.count("'") > 2 for line in match.group(1).splitlines()):
            yield f'{path}: files () lists more than one file per line'


def check_listed(tree, path):
    """Every source is built: its name stands in the meson file of its folder or one above."""
    folder = os.path.dirname(path)
    while folder:
        text = tree.get(f'{folder}/meson.build') or ''
        relative = os.path.relpath(path, folder)
        if f"'{relative}'" in text or f"'{os.path.basename(path)}'" in text:
            return
        stem = os.path.basename(path)[:-2]
        if path.startswith('tests/') and re.search(rf"'(?:{stem}|{stem.partition('-')[2]})'", text):
            return
        folder = os.path.dirname(folder)
    yield f'{path}: no meson.build lists it'


def check(tree):
    problems = []
    own = str(checklib.ROOT) if tree.on_disk and str(checklib.ROOT).count('/') > 1 else None
    for path in sorted(tree):
        top = path.partition('/')[0]
        if top not in TOP and not top.startswith('.'):
            problems.append(f'{path}: {top} has no place at the top level')
        if tree.on_disk and os.path.getsize(checklib.ROOT / path) > LARGEST_BYTES:
            problems.append(f'{path}: larger than {LARGEST_BYTES} bytes')
        text = tree[path]
        if text is None:
            continue
        problems += check_licence(path, text)
        problems += check_text(path, text)
        problems += check_places(path, text, own)
        if path.endswith('meson.build'):
            problems += check_lists(path, text)
        if path.endswith('.c') and path.startswith(('src/', 'tests/')):
            problems += check_listed(tree, path)
    return problems


C = f'/* {LICENCE} */\n'

GOOD = [
    {'src/a/jp-a.c': C, 'src/a/x/jp-b.c': C,
     'src/a/meson.build': "files(\n  'jp-a.c',\n  'x/jp-b.c',\n)\n"},
    {'tests/a/test-b.c': C, 'tests/a/meson.build': "foreach name : [\n  'b',\n]\n"},
    {'.ci/run': f'#!/bin/bash\n# {LICENCE}\n', '.gitignore': '/_build*/\n'},
]

BAD = [
    ({'notes.txt': 'x\n'}, 'no place at the top level'),
    ({'src/a/jp-a.h': '#pragma once\n'}, 'no licence line'),
    ({'build-aux/run': '#!/bin/bash\n'}, 'no licence line'),
    ({'po/a.md': 'caf\udce9\n'}, 'not UTF-8'),
    ({'docs/a.md': 'a \n'}, 'trailing blanks'),
    ({'docs/a.md': 'a\tb\n'}, 'tab'),
    ({'docs/a.md': 'a\r\n'}, 'carriage returns'),
    ({'docs/a.md': 'a'}, 'does not end with one newline'),
    ({'docs/a.md': 'see /home/' + 'me/a\n'}, 'path of one machine'),
    ({'src/a/meson.build': "files(\n  'b.c',\n  'a.c',\n)\n"}, 'not sorted, see b.c'),
    ({'src/a/meson.build': "files('a.c', 'b.c')\n"}, 'more than one file per line'),
    ({'src/a/jp-a.c': C, 'src/a/meson.build': "files(\n  'jp-b.c',\n)\n"}, 'no meson.build lists'),
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
