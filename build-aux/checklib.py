# SPDX-License-Identifier: GPL-3.0-or-later
"""What the check-*.py scripts share: the list of files, a reader of C, reports and self-tests.

Each check is one function `check (tree) -> list of problems`. A tree maps a path below the project
to its text, so that a self-test can plant a bad file without touching the disk.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

TEXT_SUFFIXES = {
    '.build', '.c', '.css', '.desktop', '.h', '.in', '.json', '.md', '.po', '.py', '.sh', '.sql',
    '.supp', '.svg', '.ui', '.xml', '.yaml', '.yml',
}

# X-macro tables: they mean nothing without the macro of whoever includes them.
TABLES = re.compile(r'/records/[^/]+-fields\.h$')

CONTROL = re.compile(r'(if|else|for|while|do|switch)\b')


class Tree(dict):
    """Paths below the project and their texts; `on_disk` is False in self-tests."""

    on_disk = True

    def matching(self, *suffixes, under=''):
        return [path for path in sorted(self) if path.startswith(under) and path.endswith(suffixes)]


def listed_files():
    """Files that git knows or would add; without git, everything outside of build folders."""
    try:
        out = subprocess.run(['git', 'ls-files', '-z', '-co', '--exclude-standard'], cwd=ROOT,
                             check=True, capture_output=True).stdout.decode()
        names = [name for name in out.split('\0') if name]
    except (OSError, subprocess.CalledProcessError):
        names = []
        for folder, folders, files in os.walk(ROOT):
            folders[:] = [f for f in folders if not f.startswith(('_build', '.git', '__pycache__'))]
            names += [os.path.relpath(os.path.join(folder, f), ROOT) for f in files]
    return sorted(name for name in names if (ROOT / name).is_file())


def is_script(path):
    """Scripts without a suffix live in two folders only."""
    return '.' not in os.path.basename(path) and path.startswith(('build-aux/', '.ci/'))


def read_tree():
    tree = Tree()
    for name in listed_files():
        if Path(name).suffix in TEXT_SUFFIXES or is_script(name):
            tree[name] = (ROOT / name).read_text(encoding='utf-8', errors='surrogateescape')
        else:
            tree[name] = None
    return tree


C_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(text):
    return re.sub(r'[^\n]', ' ', text)


def without_comments(text, strings=True):
    """The same C text, lines and columns kept, comments (and the insides of strings) blanked."""
    def replace(match):
        token = match.group()
        if token[0] == '/':
            return blank(token)
        if strings:
            return token
        return token[0] + blank(token[1:-1]) + token[-1]
    return C_TOKEN.sub(replace, text)


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


class Function:
    """A function definition in GNU style: its name stands in the first column."""

    def __init__(self, name, head, params, line, first, last):
        self.name = name          # without anything around it
        self.static = bool(re.search(r'\bstatic\b', head))
        self.returns = head.strip()
        self.params = params      # list of texts, without `void`
        self.head_line = line     # where the return type begins
        self.first = first        # line after the opening brace
        self.last = last          # line before the closing brace

    @property
    def body_lines(self):
        return max(0, self.last - self.first + 1)


DEFINITION = re.compile(r'^([A-Za-z_]\w*) \(', re.M)


def split_params(text):
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        if char in '([':
            depth += 1
        elif char in ')]':
            depth -= 1
        elif char == ',' and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    parts = [' '.join(part.split()) for part in parts]
    return [part for part in parts if part and part != 'void']


def closing(text, offset, pair):
    """Offset of the bracket that closes the one at @offset, or -1."""
    depth = 0
    for index in range(offset, len(text)):
        if text[index] == pair[0]:
            depth += 1
        elif text[index] == pair[1]:
            depth -= 1
            if depth == 0:
                return index
    return -1


def functions(text):
    """All function definitions of a C text."""
    code = without_comments(text, strings=False)
    code = re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', lambda m: blank(m.group()), code, flags=re.M)
    found = []
    for match in DEFINITION.finditer(code):
        end = closing(code, match.end() - 1, '()')
        if end < 0 or not re.match(r'\s*(?:G_GNUC_\w+\s*)*\n\{', code[end + 1:end + 200]):
            continue
        brace = code.index('{', end)
        last = code.find('\n}', brace)
        if last < 0:
            continue
        before = code[:match.start()].rstrip('\n')
        head_start = max(before.rfind('\n\n'), before.rfind(';'), before.rfind('}')) + 1
        head = before[head_start:]
        found.append(Function(match.group(1), head, split_params(code[match.end():end]),
                              line_of(code, head_start + len(head) - len(head.lstrip())),
                              line_of(code, brace) + 1, line_of(code, last)))
    return found


def layer_of(path):
    """The layer that a file of src/ or tests/ belongs to, or None."""
    match = re.match(r'(?:src|tests)/(\w+)/', path)
    return match.group(1) if match else None


def in_test(files, check):
    tree = Tree(files)
    tree.on_disk = False
    return check(tree)


def self_test(name, check, good, bad):
    """Runs @check on trees that must pass and trees that must not.

    @bad is a list of (tree, words that one of the problems must contain).
    """
    failures = []
    for files in good:
        problems = in_test(files, check)
        if problems:
            failures.append(f'good input refused: {problems[0]}')
    for files, words in bad:
        problems = in_test(files, check)
        if not any(words in problem for problem in problems):
            failures.append(f'bad input passed: expected "{words}", got {problems}')
    for failure in failures:
        print(f'{name}: self-test: {failure}')
    return 1 if failures else 0


def run(check, good, bad):
    """The main function of every check: nothing, --self-test, or both at once with --all."""
    name = Path(sys.argv[0]).stem
    status = 0
    if '--self-test' in sys.argv or '--all' in sys.argv:
        status |= self_test(name, check, good, bad)
    if '--self-test' not in sys.argv:
        problems = check(read_tree())
        for problem in problems:
            print(problem)
        status |= 1 if problems else 0
    sys.exit(status)
