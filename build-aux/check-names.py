#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A name tells where a thing lives, and everything public says what it does."""

import posixpath
import re

import checklib

# What a file of tests/ is called tells what it is; anything else is a helper of its folder.
TEST_KINDS = {
    'test-': r'\bg_test_run\b',
    'fuzz-': r'\bLLVMFuzzerTestOneInput\b',
}

TYPEDEF = re.compile(r'^typedef [^;{()]*?\b(Jp\w+);|^\} (Jp\w+);', re.M)

STRUCTURE = re.compile(r'^typedef (?:enum|struct)\s*\{[^{}]*\} (\w+);', re.M)

DOC_COMMENT = re.compile(r'/\*\*\n \* ([\w:.-]+?):(?=[ \n])(.*?)\*/', re.S)


def snake(name):
    """JpHttpServer → jp_http_server."""
    return re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', name).lower()


def prefixes(tree, path):
    """What a public function of @path may begin with.

    That is the name of the file; the name of a type that the header of the file declares, such as
    the one implementation of an interface; and, if the file is one concern of a class that has a
    file of its own (jp-editor-actions.c beside jp-editor.c), the name of that class.
    """
    folder, base = posixpath.split(path)
    stem = base[:-2]
    allowed = [stem]
    while '-' in stem:
        stem = stem.rpartition('-')[0]
        if f'{folder}/{stem}.c' in tree or f'{folder}/{stem}.h' in tree:
            allowed.append(stem)
    header = tree.get(path[:-1] + 'h') or ''
    declared = re.findall(r'\bG_DECLARE_\w+ \(\s*\w+,\s*(\w+)', header)
    declared += [snake(one or other) for one, other in TYPEDEF.findall(header)]
    return [name.replace('-', '_') for name in allowed] + declared


def doc_blocks(text):
    """Name: (line after the comment, its text) of every documentation comment."""
    return {match.group(1): (checklib.line_of(text, match.end()) + 1, match.group(2))
            for match in DOC_COMMENT.finditer(text)}


def parameter_name(param):
    match = re.search(r'\(\*\s*(\w+)\)|(\w+)(?:\[[^\]]*\])*$', param)
    return match and (match.group(1) or match.group(2))


def check_documentation(path, function, docs):
    place = f'{path}:{function.head_line}: {function.name}'
    if function.name not in docs:
        yield f'{place} has no documentation comment'
        return
    line, text = docs[function.name]
    if line != function.head_line:
        yield f'{place}: the documentation comment does not stand directly above it'
    documented = re.findall(r'^ \* @(\w+):', text, re.M)
    names = [parameter_name(param) for param in function.params if param != '...']
    for name in names:
        if name not in documented:
            yield f'{place}: the comment does not say what @{name} is'
    for name in documented:
        if name not in names:
            yield f'{place}: the comment describes @{name}, which is no parameter'
    if function.returns.split() != ['void'] and '\n * Returns:' not in text:
        yield f'{place}: the comment does not say what it returns'


def check_functions(tree, path):
    text = tree[path]
    docs = doc_blocks(text)
    allowed = prefixes(tree, path)
    for function in checklib.functions(text):
        if function.static or function.name == 'main':
            continue
        name = function.name.lstrip('_')
        if not any(name == prefix or name.startswith(prefix + '_') for prefix in allowed):
            yield (f'{path}:{function.head_line}: {function.name} does not begin with '
                   f'the name of its file ({allowed[0]})')
        yield from check_documentation(path, function, docs)


def check_types(path, text):
    """A type that others see has a comment directly above it."""
    for match in STRUCTURE.finditer(text):
        if not text[:match.start()].endswith('*/\n'):
            yield (f'{path}:{checklib.line_of(text, match.start())}: '
                   f'{match.group(1)} has no comment above it')


def check_class(path, text):
    """Properties and signals are documented as `JpType:name:` and `JpType::name:`."""
    code = checklib.without_comments(text)
    for match in re.finditer(r'\b(g_param_spec_\w+|g_signal_new) \(\s*"([^"]+)"', code):
        colons = '::' if match.group(1) == 'g_signal_new' else ':'
        if not re.search(rf'^\s*\* Jp\w+{colons}{match.group(2)}:', text, re.M):
            kind = 'signal' if colons == '::' else 'property'
            yield (f'{path}:{checklib.line_of(code, match.start())}: '
                   f'{kind} "{match.group(2)}" has no documentation comment')


def check_source(tree, path):
    base = posixpath.basename(path)
    if not re.fullmatch(r'jp-[a-z0-9-]+\.[ch]|main\.c|\w*-main\.c', base):
        yield f'{path}: sources are called jp-….c and jp-….h'
    text = tree[path]
    if re.search(r'^\s*#\s*(define|undef)\s+G_LOG_DOMAIN', text, re.M):
        yield f'{path}: the log domain comes from the meson file of the layer'
    if path.endswith('.c'):
        yield from check_functions(tree, path)
        yield from check_class(path, text)
    else:
        yield from check_types(path, text)


def check_log_domain(tree, path):
    layer = checklib.layer_of(path)
    text = re.sub(r'#[^\n]*', '', tree[path])
    targets = len(re.findall(r'\b(?:static_library|executable)\s*\(', text))
    domains = re.findall(r'-DG_LOG_DOMAIN="([^"]*)"', text)
    for domain in domains:
        if domain != f'jp-{layer}':
            yield f'{path}: log domain "{domain}" should be "jp-{layer}"'
    if path == f'src/{layer}/meson.build' and targets and not domains:
        yield f'{path}: no log domain is set'


def check_test(tree, path):
    folder, base = posixpath.split(path)
    layer = checklib.layer_of(path)
    code = checklib.without_comments(tree[path])
    if not re.fullmatch(r'[a-z0-9-]+\.[ch]', base):
        yield f'{path}: not a name for a file in {folder}'
    for prefix, sign in TEST_KINDS.items():
        if path.endswith('.c') and base.startswith(prefix) and not re.search(sign, code):
            yield f'{path}: is called {prefix}…, but is none'
    if re.search(TEST_KINDS['test-'], code) and not base.startswith(('test-', 'jp-')):
        yield f'{path}: a test program is called test-….c'
    for match in re.finditer(r'\bg_test_add\w*\s*\(\s*"([^"]*)"(\s*,)?', code):
        # Without a comma the rest of the path is pasted on by a macro.
        if match.group(2) and not re.fullmatch(r'(/[a-z0-9-]+){2,}', match.group(1)):
            yield (f'{path}:{checklib.line_of(code, match.start())}: '
                   f'test path "{match.group(1)}" is not /layer/unit/case')
        elif not match.group(1).startswith((f'/{layer}/', '/support/')):
            yield (f'{path}:{checklib.line_of(code, match.start())}: '
                   f'test path "{match.group(1)}" does not begin with /{layer}/')


def check(tree):
    problems = []
    for path in tree.matching('.c', '.h', under='src/'):
        problems += check_source(tree, path)
    for path in tree.matching('meson.build', under='src/'):
        if checklib.layer_of(path):
            problems += check_log_domain(tree, path)
    for path in tree.matching('.c', '.h', under='tests/'):
        if checklib.layer_of(path):
            problems += check_test(tree, path)
    return problems


DOCUMENTED = """/**
 * jp_a_get:
 * @self: an a
 * @handler: (scope call): called back
 *
 * Returns: one
 */
int
jp_a_get (JpA *self, void (*handler) (int))
{
  return 1;
}
"""

PROPERTY = '  g_param_spec_int ("size", NULL, NULL, 0, 1, 0, 0);\n'

GOOD = [
    {'src/base/jp-b.c': DOCUMENTED, 'src/base/jp-b.h': '/* An a. */\ntypedef enum {\n  JP_A_X,\n} JpA;\n'},
    {'src/base/jp-a.c': DOCUMENTED, 'src/base/jp-a-more.c': DOCUMENTED.replace('a_get', 'a_put')},
    {'src/base/jp-b.c': DOCUMENTED, 'src/base/jp-b.h': 'G_DECLARE_FINAL_TYPE (JpA, jp_a, JP, A, X)'},
    {'src/base/jp-a.c': '/**\n * JpA:size:\n */\n' + PROPERTY},
    {'src/base/meson.build': "static_library('jp-base', c_args: ['-DG_LOG_DOMAIN=\"jp-base\"'])"},
    {'tests/base/test-a.c': 'g_test_add_func ("/base/a/one-two", f);\ng_test_run ();'},
    {'src/cli/main.c': 'int\nmain (int argc, char **argv)\n{\n}\n'},
]

BAD = [
    ({'src/base/jp-b.c': DOCUMENTED}, 'does not begin with the name of its file'),
    ({'src/base/jp-a.c': DOCUMENTED[DOCUMENTED.index('int\n'):]}, 'has no documentation comment'),
    ({'src/base/jp-a.c': DOCUMENTED.replace('int\n', 'int a;\n\nint\n', 1)}, 'directly above'),
    ({'src/base/jp-a.c': DOCUMENTED.replace(' * @self: an a\n', '')}, 'what @self is'),
    ({'src/base/jp-a.c': DOCUMENTED.replace('@self', '@me')}, '@me, which is no parameter'),
    ({'src/base/jp-a.c': DOCUMENTED.replace(' * Returns: one\n', '')}, 'what it returns'),
    ({'src/base/jp-a.h': '\ntypedef struct\n{\n  int a;\n} JpA;\n'}, 'JpA has no comment'),
    ({'src/base/jp-a.c': PROPERTY}, 'property "size" has no'),
    ({'src/base/jp-a.c': 'g_signal_new ("done", 0);'}, 'signal "done" has no'),
    ({'src/base/a.c': ''}, 'sources are called'),
    ({'src/base/jp-a.c': '#define G_LOG_DOMAIN "x"\n'}, 'log domain comes from'),
    ({'src/base/meson.build': "static_library('jp-base')"}, 'no log domain'),
    ({'src/base/meson.build': "c_args: ['-DG_LOG_DOMAIN=\"jp-db\"']"}, 'should be "jp-base"'),
    ({'tests/base/a_test.c': ''}, 'not a name for a file'),
    ({'tests/base/a-test.c': 'return g_test_run ();'}, 'is called test-'),
    ({'tests/fuzz/fuzz-a.c': ''}, 'is called fuzz-…, but is none'),
    ({'tests/base/test-a.c': 'g_test_add_func ("/base/A", f);'}, 'is not /layer/unit/case'),
    ({'tests/base/test-a.c': 'g_test_add_func ("/db/a/b", f);'}, 'does not begin with /base/'),
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
