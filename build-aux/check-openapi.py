#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/openapi.yaml has every request that the platform answers, no other, and no dangling reference.

Whether it is OpenAPI at all, a validator tells if one is installed, for instance by
`npm install --global @redocly/cli`. Last accepted by @redocly/cli 2.77.0 (rules of the
specification) and @apidevtools/swagger-cli 4.0.4.
"""

import os
import re
import shutil
import subprocess

import checklib

DOCUMENT = 'docs/openapi.yaml'
VALIDATORS = (
    ['redocly', 'lint', '--extends=spec', '--format=github-actions', DOCUMENT],
    ['swagger-cli', 'validate', DOCUMENT],
    ['openapi-spec-validator', DOCUMENT],
)
QUIET = {'REDOCLY_TELEMETRY': 'off', 'REDOCLY_SUPPRESS_UPDATE_NOTICE': 'true', 'NO_COLOR': '1'}
VALIDATOR_TIMEOUT_S = 120
METHODS = 'GET|HEAD|POST|PUT|PATCH|DELETE'

# { .method = "GET", .path = "/v1/hello", … } and { "GET", "/v1/hello", … }
ROUTE = re.compile(rf'"({METHODS})"\s*,\s*(?:\.path\s*=\s*)?"(/[^"]*)"')


def registered(tree):
    """(method, path) of each route: (file, line)."""
    routes = {}
    for path in tree.matching('.c', under='src/platform/'):
        text = checklib.without_comments(tree[path])
        if not re.search(r'\bjp_http_router_add \(', text):
            continue
        for match in ROUTE.finditer(text):
            routes.setdefault(match.groups(), (path, checklib.line_of(text, match.start())))
    return routes


def described(text):
    """(method, path) of each operation: line. Two blanks indent a path, four a method."""
    operations, inside, path = {}, False, None
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r'\S', line) and not line.startswith('#'):
            inside = line.startswith('paths:')
        if not inside:
            continue
        found = re.fullmatch(r'  (/\S*):', line)
        path = found.group(1) if found else path
        found = re.fullmatch(rf'    ({METHODS.lower()}):', line)
        if found:
            operations[found.group(1).upper(), path] = number
    return operations


def dangling(text):
    """References to components that are not there: (line, reference)."""
    defined, section, inside = set(), None, False
    for line in text.splitlines():
        if re.match(r'\S', line) and not line.startswith('#'):
            inside = line.startswith('components:')
        found = re.fullmatch(r'(  |    )([\w-]+):.*', line) if inside else None
        if found and len(found.group(1)) == 2:
            section = found.group(2)
        elif found:
            defined.add(f'#/components/{section}/{found.group(2)}')
    for match in re.finditer(r"\$ref: '([^']*)'", text):
        if match.group(1) not in defined:
            yield checklib.line_of(text, match.start()), match.group(1)


def refused():
    """What the first validator that is installed says, if it does not accept the document."""
    for command in VALIDATORS:
        if not shutil.which(command[0]):
            continue
        done = subprocess.run(command, env=os.environ | QUIET, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False, timeout=VALIDATOR_TIMEOUT_S)
        if done.returncode != 0:
            return [f'{DOCUMENT}: {command[0]} refuses it'] + done.stdout.splitlines()
        return []
    return []


def check(tree):
    text = tree.get(DOCUMENT)
    if text is None:
        return [f'{DOCUMENT}: is missing']
    routes, operations = registered(tree), described(text)
    problems = []
    for (method, path), (file, line) in sorted(routes.items()):
        if (method, path) not in operations:
            problems.append(f'{file}:{line}: {method} {path} is not in {DOCUMENT}')
    for (method, path), line in sorted(operations.items()):
        if (method, path) not in routes:
            problems.append(f'{DOCUMENT}:{line}: no route answers {method} {path}')
    problems += [f'{DOCUMENT}:{line}: {reference} is not defined'
                 for line, reference in dangling(text)]
    return problems + (refused() if tree.on_disk else [])


ROUTES = """static const Entry entries[] = {
  { .method = "GET", .path = "/v1/hello", .handler = hello },
  { "POST", "/v1/a/{b}",
    put },
};
void f (void) { jp_http_router_add (router, &route); /* "GET", "/v1/old" */ }
"""

PATHS = """paths:
  /v1/hello:
    get:
      parameters:
        - $ref: '#/components/parameters/Limit'
  /v1/a/{b}:
    post:
      summary: Puts.
components:
  parameters:
    Limit:
      name: limit
"""

A = {'src/platform/jp-a.c': ROUTES, DOCUMENT: PATHS,
     'src/platform/jp-client.c': 'send ("GET", "/v1/elsewhere");'}

GOOD = [A]

BAD = [
    ({'src/platform/jp-a.c': ROUTES}, 'is missing'),
    (A | {DOCUMENT: PATHS.replace('/v1/hello', '/v1/hallo')}, 'GET /v1/hello is not in'),
    (A | {DOCUMENT: PATHS.replace('    post:', '    put:')}, 'POST /v1/a/{b} is not in'),
    (A | {DOCUMENT: PATHS.replace('/v1/hello', '/v1/hallo')}, 'no route answers GET /v1/hallo'),
    (A | {DOCUMENT: PATHS.replace('parameters/Limit', 'parameters/Limits')}, 'is not defined'),
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
