#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with text for people is offered to the translators."""

import re

import checklib

POTFILES = 'po/POTFILES.in'
MARKED_C = re.compile(r'(?<![\w.>])(?:_|N_|C_|NC_|NP_|ngettext|g_dngettext|gettext|g_dpgettext2?)\s*\(')
MARKED_XML = re.compile(r'translatable\s*=\s*"(?:yes|true)"')


def has_strings(path, text):
    if path.endswith(('.c', '.h')):
        code = checklib.without_comments(text)
        code = re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', lambda m: checklib.blank(m.group()), code,
                      flags=re.M)
        # A call that only passes variables on has no text of its own.
        return any('"' in code[match.end():checklib.closing(code, match.end() - 1, '()')]
                   for match in MARKED_C.finditer(code))
    if path.endswith('.ui'):
        return MARKED_XML.search(text) is not None
    if path.endswith('.gschema.xml'):
        return 'gettext-domain' in text
    return path.endswith(('.metainfo.xml.in', '.desktop'))


def check(tree):
    problems = []
    entries = [line for line in (tree.get(POTFILES) or '').splitlines()
               if line and not line.startswith('#')]
    if entries != sorted(entries):
        wrong = next(a for a, b in zip(entries, sorted(entries)) if a != b)
        problems.append(f'{POTFILES}: not sorted, see {wrong}')
    for entry in sorted(set(entries)):
        if entries.count(entry) > 1:
            problems.append(f'{POTFILES}: {entry} is listed twice')
        if entry not in tree:
            problems.append(f'{POTFILES}: {entry} does not exist')
        elif not has_strings(entry, tree[entry]):
            problems.append(f'{POTFILES}: {entry} has no text to translate')
    for path in sorted(tree):
        if path.startswith(('src/', 'data/')) or '/' not in path:
            if tree[path] is not None and has_strings(path, tree[path]) and path not in entries:
                problems.append(f'{POTFILES}: {path} is missing')
    return problems


A = {'src/app/jp-a.c': 'x = _("Save");', 'src/app/jp-a.ui': '<p translatable="yes">Save</p>',
     'src/app/jp-b.c': '/* _("no") */ gdk_x (); a = PREFIX_ (1); b = _(c);',
     'src/app/jp-c.h': '#define _(x) gettext (x)\n'}

GOOD = [A | {POTFILES: '# Sorted.\nsrc/app/jp-a.c\nsrc/app/jp-a.ui\n'}]

BAD = [
    (A | {POTFILES: 'src/app/jp-a.c\n'}, 'src/app/jp-a.ui is missing'),
    (A | {POTFILES: 'src/app/jp-a.ui\nsrc/app/jp-a.c\n'}, 'not sorted'),
    (A | {POTFILES: 'src/app/jp-a.c\nsrc/app/jp-a.c\n'}, 'listed twice'),
    (A | {POTFILES: 'src/app/jp-z.c\n'}, 'does not exist'),
    (A | {POTFILES: 'src/app/jp-b.c\n'}, 'no text'),
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
