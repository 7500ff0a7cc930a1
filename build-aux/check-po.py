#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""zh_CN is complete, fresh, and set in Chinese punctuation."""

import re
import subprocess
import tempfile
from pathlib import Path

import checklib

PO = 'po/zh_CN.po'
POTFILES = 'po/POTFILES.in'

# What meson's preset "glib" and po/meson.build pass.
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3',
            'g_dpgettext2:2c,3', 'NP_:1,2']
FLAGS = ['N_:1:pass-c-format', 'C_:2:pass-c-format', 'NC_:2:pass-c-format',
         'g_dngettext:2:pass-c-format', 'g_strdup_printf:1:c-format',
         'g_string_printf:2:c-format', 'g_string_append_printf:2:c-format',
         'g_error_new:3:c-format', 'g_set_error:4:c-format', 'NP_:1:c-format', 'NP_:2:c-format']

HAN = '\u3400-\u9fff'
ASCII_MARK = re.compile(rf'[{HAN}”》）][,;:!?]|[{HAN}]\(|\)[{HAN}]|[{HAN}]\.(?:\s|$)|\.\.\.')
QUOTED = re.compile('“[^”]*”')  # what is to be typed stands as it is typed
LONGEST_LIST = 15


def run(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def write_tree(tree, folder):
    for path in (tree.get(POTFILES) or '').splitlines():
        if path in tree:
            copy = Path(folder) / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(tree[path])
    for path in (POTFILES, PO):
        copy = Path(folder) / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(tree.get(path) or '')


def extract(folder):
    """A fresh template of all strings."""
    command = ['xgettext', f'--files-from={POTFILES}', '--from-code=UTF-8', '--output=fresh.pot',
               '--force-po', '--add-comments', '--package-name=jiapei-school']
    command += [f'--keyword={keyword}' for keyword in KEYWORDS]
    command += [f'--flag={flag}' for flag in FLAGS]
    code, _, errors = run(*command, cwd=folder)
    return [f'xgettext: {line}' for line in errors.splitlines()] if code else []


def messages(text):
    """(msgctxt, msgid, [msgstr …]) of a po file as msgcat prints it; obsolete ones left out."""
    found, fields, current = [], {}, None
    for line in text.splitlines() + ['']:
        if not line.strip():
            if 'msgid' in fields:
                values = [value for key, value in fields.items() if key.startswith('msgstr')]
                found.append((fields.get('msgctxt'), fields['msgid'], values))
            fields, current = {}, None
        elif match := re.match(r'(msg\w+(?:\[\d\])?) "(.*)"$', line):
            current = match.group(1)
            fields[current] = match.group(2)
        elif (match := re.match(r'"(.*)"$', line)) and current:
            fields[current] += match.group(1)
    return found


def listed(folder, what, option):
    """One problem per message of the merged file that msgattrib selects with @option."""
    _, out, _ = run('msgattrib', '--no-wrap', option, 'merged.po', cwd=folder)
    out = re.sub(r'^#~ ', '', out, flags=re.M)
    names = [msgid for _, msgid, _ in messages(out) if msgid]
    problems = [f'{PO}: {what}: "{name}"' for name in names[:LONGEST_LIST]]
    if len(names) > LONGEST_LIST:
        problems.append(f'{PO}: {what}: … {len(names)} in all')
    return problems


def check_punctuation(folder):
    _, out, _ = run('msgcat', '--no-wrap', PO, cwd=folder)
    for _, msgid, translations in messages(out):
        for text in translations:
            if msgid.endswith(';'):
                continue  # a list of keywords in a desktop file
            if msgid and (match := ASCII_MARK.search(QUOTED.sub('“”', text))):
                yield f'{PO}: "{text}": "{match.group()}" should be Chinese punctuation'


def check(tree):
    if PO not in tree:
        return []
    with tempfile.TemporaryDirectory() as folder:
        write_tree(tree, folder)
        code, _, errors = run('msgfmt', '--check', '--output-file=/dev/null', PO, cwd=folder)
        problems = [line for line in errors.splitlines()] if code else []
        if problems:
            return problems
        problems += extract(folder)
        run('msgmerge', '--quiet', '--no-fuzzy-matching', '--output-file=merged.po', PO,
            'fresh.pot', cwd=folder)
        problems += listed(folder, 'not translated', '--untranslated')
        problems += listed(folder, 'fuzzy', '--only-fuzzy')
        problems += listed(folder, 'no longer used', '--only-obsolete')
        problems += check_punctuation(folder)
    return problems


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
SOURCE = {POTFILES: 'src/app/jp-a.c\n', 'src/app/jp-a.c': 'x = C_("button", "Save");\n'}
SAVE = 'msgctxt "button"\nmsgid "Save"\nmsgstr "%s"\n'

GOOD = [SOURCE | {PO: HEAD + SAVE % '保存(Ctrl)'.replace('(', '（').replace(')', '）')}]

BAD = [
    (SOURCE | {PO: HEAD}, 'not translated: "Save"'),
    (SOURCE | {PO: HEAD + '#, fuzzy\n' + SAVE % '保存'}, 'fuzzy: "Save"'),
    (SOURCE | {PO: HEAD + SAVE % '保存' + '\nmsgid "Old"\nmsgstr "旧"\n'}, 'no longer used: "Old"'),
    (SOURCE | {PO: HEAD + SAVE % '保存,好'}, 'Chinese punctuation'),
    (SOURCE | {PO: HEAD + SAVE % '保存(一)'}, 'Chinese punctuation'),
    (SOURCE | {PO: HEAD + 'msgid "a\n'}, 'zh_CN.po'),
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
