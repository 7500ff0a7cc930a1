#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions, files, nesting and parameter lists stay within what one can hold in the head."""

import re

import checklib

BODY_LINES = 70
FILE_LINES = 1000
TEST_FILE_LINES = 1500
WINDOW_FILE_LINES = 300
NESTING = 3
PARAMETERS = 6


def deepest(lines):
    """Nesting of control statements, read off the indentation that clang-format gives."""
    enclosing, depth, where = [], 0, 0
    for number, line in enumerate(lines):
        text = line.strip()
        if not text or text.startswith('#') or text in '{}':
            continue
        indent = len(line) - len(line.lstrip())
        while enclosing and enclosing[-1] >= indent:
            enclosing.pop()
        if checklib.CONTROL.match(text):
            enclosing.append(indent)
            if len(enclosing) > depth:
                depth, where = len(enclosing), number
    return depth, where


def counted_parameters(params):
    """Parameters before what an asynchronous or fallible function ends with."""
    count = 0
    for param in params:
        if re.search(r'GCancellable \*|GAsyncReadyCallback|GError \*\*', param):
            break
        count += 1
    return count


def is_foreign(function, text):
    """A callback or an implemented method: somebody else decided on its parameters."""
    return function.static and (function.name.endswith('_cb') or re.search(
        rf'->\w+ = {function.name};', text) is not None)


def check_file(path, text):
    lines = text.splitlines()
    limit = TEST_FILE_LINES if path.startswith('tests/') else FILE_LINES
    if path.startswith('src/app/') and re.search(r'/jp-(main-)?window\.c$', path):
        limit = WINDOW_FILE_LINES
    if len(lines) > limit:
        yield f'{path}: {len(lines)} lines, limit {limit}'
    if not path.endswith('.c'):
        return
    code = checklib.without_comments(text, strings=False).splitlines()
    for function in checklib.functions(text):
        place = f'{path}:{function.head_line}: {function.name}'
        if function.body_lines > BODY_LINES and not function.name.endswith('_class_init'):
            yield f'{place}: {function.body_lines} lines, limit {BODY_LINES}'
        depth, where = deepest(code[function.first - 1:function.last])
        if depth > NESTING:
            yield (f'{path}:{function.first + where}: {function.name}: '
                   f'nested {depth} deep, limit {NESTING}')
        count = counted_parameters(function.params)
        if count > PARAMETERS and not is_foreign(function, text):
            yield f'{place}: {count} parameters, limit {PARAMETERS}: pass an options struct'


def check(tree):
    problems = []
    for path in tree.matching('.c', '.h', '.py', '.ui'):
        problems += check_file(path, tree[path])
    return problems


def function_with(body, params='void'):
    return f'static void\nf ({params})\n{{\n{body}}}\n'


SEVEN = 'int a, int b, int c, int d, int e, int f, int g'

NESTED = """  if (a)
    for (;;)
      {
        while (b)
          %s
      }
"""

GOOD = [
    {'src/base/jp-a.c': function_with('  a ();\n' * BODY_LINES)},
    {'src/base/jp-a.c': function_with('  a ();\n' * 90).replace('f (', 'jp_a_class_init (')},
    {'src/base/jp-a.c': function_with(NESTED % 'c ();')},
    {'src/base/jp-a.c': function_with('', 'int a, int b, int c, int d, int e, int f,\n'
                                          '   GCancellable *g, gpointer h, int i')},
    {'src/app/jp-a.c': function_with('', SEVEN) + 'klass->measure = f;\n'},
    {'tests/base/test-a.c': '\n' * TEST_FILE_LINES},
]

BAD = [
    ({'src/base/jp-a.c': function_with('  a ();\n' * (BODY_LINES + 1))}, '71 lines, limit 70'),
    ({'src/base/jp-a.c': '\n' * (FILE_LINES + 1)}, '1001 lines'),
    ({'tests/base/test-a.c': '\n' * (TEST_FILE_LINES + 1)}, '1501 lines'),
    ({'src/app/shell/jp-window.c': '\n' * (WINDOW_FILE_LINES + 1)}, '301 lines'),
    ({'src/base/jp-a.c': function_with(NESTED % 'if (c)\n            d ();')}, 'nested 4 deep'),
    ({'src/base/jp-a.c': function_with('', SEVEN)}, '7 parameters'),
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
