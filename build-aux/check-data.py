#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktop file, metainfo, schemas, interface files, icons and JSON pass their validators."""

import json
import posixpath
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import checklib

WRONG_VERSION = re.compile(r'<requires lib="(gtk|libadwaita)" version="([^"]+)"')
VERSIONS = {'gtk': '4.8', 'libadwaita': '1.2'}


def run(*command):
    """The first lines that a validator prints when it refuses, or nothing."""
    if shutil.which(command[0]) is None:
        return f'{command[0]} is not installed'
    done = subprocess.run(command, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return None if done.returncode == 0 else '; '.join(lines[:4]) or f'exit {done.returncode}'


def unique(pairs):
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f'member "{name}" occurs twice')
    return dict(pairs)


def check_json(path, text):
    try:
        json.loads(text, object_pairs_hook=unique)
    except ValueError as error:
        yield f'{path}: {error}'


def check_xml(path, text):
    try:
        root = ElementTree.fromstring(text.encode('utf-8', 'surrogateescape'))
    except ElementTree.ParseError as error:
        yield f'{path}: {error}'
        return
    if path.endswith('.ui'):
        seen = dict(WRONG_VERSION.findall(text))
        for library, version in seen.items():
            if version != VERSIONS[library]:
                yield f'{path}: requires {library} {version}, not {VERSIONS[library]}'
        if 'gtk' not in seen:
            yield f'{path}: no <requires lib="gtk" version="4.8"/>'
        if re.search(r'class="Adw', text) and 'libadwaita' not in seen:
            yield f'{path}: no <requires lib="libadwaita" version="1.2"/>'
    if path.endswith('-symbolic.svg'):
        size = (root.get('width'), root.get('height'), root.get('viewBox'))
        if size != ('16', '16', '0 0 16 16'):
            yield f'{path}: a symbolic icon is drawn on 16 × 16, not {size}'
        if re.search(r'<(text|image|filter|style|linearGradient)\b', text):
            yield f'{path}: a symbolic icon has paths only'


def validate_desktop(path, text, folder):
    copy = Path(folder) / Path(path).name
    copy.write_text(text)
    problem = run('desktop-file-validate', str(copy))
    if problem:
        yield f'{path}: {problem}'


def validate_metainfo(path, text, folder):
    copy = Path(folder) / Path(path).name.removesuffix('.in')
    copy.write_text(text)
    for command in (['appstreamcli', 'validate', '--no-net', '--pedantic'],
                    ['appstream-util', 'validate-relax', '--nonet']):
        problem = run(*command, str(copy))
        if problem:
            yield f'{path}: {problem}'


def validate_schema(path, text, folder):
    copy = Path(folder) / Path(path).name
    copy.write_text(text)
    problem = run('glib-compile-schemas', '--strict', '--dry-run', folder)
    if problem:
        yield f'{path}: {problem}'
    copy.unlink()


def drawing_of(tree, name):
    """The SVG that a picture is drawn from when the program is built: jp-tier-16.png, app.png."""
    stem = re.sub(r'(-[0-9]+)?\.png$', '', posixpath.basename(name))
    wanted = {f'{stem}.svg', f'{stem}-symbolic.svg'}
    return [file for file in tree if posixpath.basename(file) in wanted]


def check_resources(tree):
    """What is listed exists; every interface file and every icon of ours is listed somewhere, the
    icon also drawn: one that is not loads the SVG library into every window."""
    listed, drawn = set(), set()
    for path in tree.matching('.gresource.xml'):
        for name in re.findall(r'<file\b[^>]*>([^<]+)</file>', tree[path]):
            # Beside the list, or in the source_dir that a meson file gives it.
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
            files = [file for file in tree if file == beside or file.endswith('/' + name)]
            if name.endswith('.png'):
                files += drawing_of(tree, name)
                drawn.update(files)
            listed.update(files)
            if not files:
                yield f'{path}: {name} does not exist'
    for path in tree.matching('.ui', '.svg', '.css'):
        if path.startswith(('src/app/', 'data/icons/actions/')) and path not in listed:
            yield f'{path}: no gresource.xml lists it'
        elif path.startswith('data/icons/actions/') and path not in drawn:
            yield f'{path}: no gresource.xml lists a picture that is drawn from it'


VALIDATORS = [
    ('.desktop', validate_desktop),
    ('.metainfo.xml.in', validate_metainfo),
    ('.gschema.xml', validate_schema),
]


def check(tree):
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(tree):
            text = tree[path]
            if text is None or (path.startswith('tests/') and ('/data/' in path
                                                               or '/corpora/' in path)):
                continue
            if path.endswith('.json'):
                problems += check_json(path, text)
            if path.endswith(('.ui', '.xml', '.svg', '.xml.in')):
                problems += check_xml(path, text)
            for suffix, validate in VALIDATORS:
                if path.endswith(suffix):
                    problems += validate(path, text, folder)
    problems += check_resources(tree)
    return problems


SYMBOLIC = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"/>'
SCHEMA = '<schemalist><schema id="a.b" path="/a/b/"><key name="c" type="%s"><default>1</default>' \
         '</key></schema></schemalist>'
DESKTOP = '[Desktop Entry]\nType=Application\nName=A\nExec=a\nCategories=%s;\n'

GOOD = [
    {'data/a.json': '{"a": [1]}', 'data/a-symbolic.svg': SYMBOLIC,
     'data/a.gschema.xml': SCHEMA % 'i', 'a.desktop': DESKTOP % 'Office',
     'src/app/a.gresource.xml': '<gresources><file alias="b">x/a.ui</file></gresources>',
     'data/a.gresource.xml': '<gresources><file>a-16.png</file><file>a-symbolic.svg</file>'
                             '</gresources>',
     'src/app/x/a.ui': '<interface><requires lib="gtk" version="4.8"/></interface>'},
]

BAD = [
    ({'data/a.json': '{"a": 1,}'}, 'data/a.json'),
    ({'data/a.json': '{"a": 1, "a": 2}'}, 'occurs twice'),
    ({'src/app/a.ui': '<interface>'}, 'no element found'),
    ({'src/app/a.ui': '<interface/>'}, 'no <requires lib="gtk"'),
    ({'src/app/a.ui': '<interface><requires lib="gtk" version="4.10"/></interface>'}, 'not 4.8'),
    ({'src/app/a.gresource.xml': '<gresources><file>a.ui</file></gresources>'}, 'does not exist'),
    ({'data/a.gresource.xml': '<gresources><file>a-16.png</file></gresources>'}, 'does not exist'),
    ({'data/icons/actions/jp-a-symbolic.svg': SYMBOLIC,
      'data/a.gresource.xml': '<gresources><file>jp-a-symbolic.svg</file></gresources>'},
     'a picture that is drawn'),
    ({'data/icons/actions/a.svg': '<svg/>'}, 'no gresource.xml lists it'),
    ({'data/a-symbolic.svg': SYMBOLIC.replace('"16"', '"24"')}, 'drawn on 16'),
    ({'data/a.gschema.xml': SCHEMA % 'strange'}, 'a.gschema.xml'),
    ({'a.desktop': DESKTOP % 'Nonsense'}, 'a.desktop'),
    ({'data/a.metainfo.xml.in': '<component type="desktop-application"><id>a</id></component>'},
     'a.metainfo.xml.in'),
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
