#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No layer includes or links what it may not use; the include paths alone cannot promise that."""

import re
import posixpath

import checklib

# layer: the project layers it may use. Two arrows are ours: the record table of db is generic over
# the description of records in model, and the store keeps operations as canonical wire bytes.
ARROWS = {
    'base': '',
    'model': 'base',
    'wire': 'base model',
    'db': 'base model',
    'store': 'base model wire db',
    'sync': 'base model wire store',
    'documents': 'base model store',
    'platform': 'base model wire db',
    'app': 'base model store sync documents',
    'cli': 'base model store sync documents',
}

ANY = ' '.join(ARROWS)
NO_MODEL = ' '.join(layer for layer in ARROWS if layer != 'model')

# system header: the layers that may include it. A header that no line knows is refused.
HEADERS = [
    (r'glib/gstdio\.h', NO_MODEL),
    (r'glib-unix\.h', 'platform cli'),
    (r'gmodule\.h', 'base sync documents'),
    (r'(glib|glib-object)\.h|glib/[\w-]+\.h|gobject/.*|gio/.*', ANY),
    (r'json-glib/.*', ANY),
    (r'sodium(/.*)?\.h', 'base'),
    (r'sqlite3\.h', 'db'),
    (r'libsecret/.*', 'store'),
    (r'libsoup/.*', 'sync platform'),
    (r'gnutls/.*', 'sync platform'),
    (r'(archive|archive_entry|xlsxwriter)\.h|libxml/.*', 'documents'),
    (r'pango/.*|cairo.*\.h', 'documents app'),
    (r'(gtk|gdk|gsk|graphene)/.*|(adwaita|graphene)\.h', 'app'),
    (r'(ctype|errno|float|inttypes|limits|math|stdarg|stdbool|stddef|stdint|stdlib|string)\.h', ANY),
    (r'time\.h', 'base'),
    (r'(fcntl|locale|signal|stdio|termios|unistd|windows|io)\.h|sys/\w+\.h', NO_MODEL),
]

# What a meson file may name beside the layers themselves.
DEPENDENCIES = {
    'gmodule_dep': 'base',
    'gio_dep': ANY, 'json_glib_dep': ANY, 'm_dep': ANY,
    'icu_dep': 'base', 'sodium_dep': 'base',
    'sqlite_dep': 'db',
    'secret_dep': 'store',
    'soup_dep': 'sync platform',
    'gnutls_dep': 'sync platform',
    'archive_dep': 'documents', 'xml_dep': 'documents', 'xlsxwriter_dep': 'documents',
    'pangocairo_dep': 'documents app',
    'gtk_dep': 'app', 'adwaita_dep': 'app',
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+([<"])([^>"\n]+)[>"]', re.M)


def owner_of_include(tree, path, name):
    """The layer whose header `#include "name"` in @path means, or None."""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    if beside in tree:
        return checklib.layer_of(beside)
    for layer in ARROWS:
        if f'src/{layer}/{name}' in tree:
            return layer
    for other in tree:
        if other.startswith('src/') and other.endswith('/' + name):
            return checklib.layer_of(other)
    return None


def check_include(tree, path, layer, kind, name):
    if kind == '<':
        for pattern, layers in HEADERS:
            if re.fullmatch(pattern, name):
                return None if layer in layers.split() else f'{layer} may not include <{name}>'
        return f'<{name}> is known to no layer: see HEADERS in check-layers.py'
    owner = owner_of_include(tree, path, name)
    if owner is None:
        # Made by the build: config.h, and what a meson file names, such as gresources.
        made = any(f"'{name[:-2]}'" in tree[other] for other in tree.matching('meson.build'))
        return None if made or name == 'config.h' else f'"{name}" belongs to no layer'
    if owner != layer and owner not in ARROWS[layer].split():
        return f'{layer} may not use {owner} ("{name}")'
    return None


def check_links(layer, text):
    for match in re.finditer(r'\b(\w+)_dep\b', re.sub(r'#[^\n]*', '', text)):
        name = match.group(1)
        if name in ARROWS:
            if name != layer and name not in ARROWS[layer].split():
                yield match.start(), f'{layer} may not link {name}'
        elif match.group() not in DEPENDENCIES:
            continue
        elif layer not in DEPENDENCIES[match.group()].split():
            yield match.start(), f'{layer} may not link {match.group()}'


def check(tree):
    problems = []
    for path in tree.matching('.c', '.h', under='src/'):
        layer = checklib.layer_of(path)
        if layer not in ARROWS:
            problems.append(f'{path}: the folder is no layer')
            continue
        code = checklib.without_comments(tree[path])
        for match in INCLUDE.finditer(code):
            problem = check_include(tree, path, layer, *match.groups())
            if problem:
                problems.append(f'{path}:{checklib.line_of(code, match.start())}: {problem}')
    for path in tree.matching('meson.build', under='src/'):
        layer = checklib.layer_of(path)
        if layer in ARROWS:
            problems += [f'{path}:{checklib.line_of(tree[path], offset)}: {problem}'
                         for offset, problem in check_links(layer, tree[path])]
    return problems


GOOD = [{
    'src/base/jp-id.h': '',
    'src/model/jp-a.h': '',
    'src/model/jp-a.c': '#include "config.h"\n#include "jp-a.h"\n#include "jp-id.h"\n#include <gio/gio.h>\n',
    'src/db/jp-db.c': '#include <sqlite3.h>\n#include "jp-a.h"\n',
    'src/db/meson.build': 'dependencies: [base_dep, sqlite_dep]',
}]

BAD = [
    ({'src/store/jp-s.h': '', 'src/model/jp-a.c': '#include "jp-s.h"\n'}, 'model may not use store'),
    ({'src/store/jp-s.c': '#include <sqlite3.h>\n'}, 'may not include <sqlite3.h>'),
    ({'src/cli/jp-c.c': '# include <gtk/gtk.h>\n'}, 'may not include <gtk/gtk.h>'),
    ({'src/app/jp-p.c': '#include <libsoup/soup.h>\n'}, 'may not include <libsoup/soup.h>'),
    ({'src/model/jp-m.c': '#include <unistd.h>\n'}, 'may not include <unistd.h>'),
    ({'src/base/jp-b.c': '#include <zlib.h>\n'}, 'known to no layer'),
    ({'src/base/jp-b.c': '#include "jp-nowhere.h"\n'}, 'belongs to no layer'),
    ({'src/util/jp-u.c': ''}, 'the folder is no layer'),
    ({'src/model/meson.build': 'dependencies: [db_dep]'}, 'model may not link db'),
    ({'src/store/meson.build': 'dependencies: [sqlite_dep]'}, 'store may not link sqlite_dep'),
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
