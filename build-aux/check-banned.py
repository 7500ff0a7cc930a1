#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that this project does without, each with the reason and what to use instead.

A line that must break a rule says so on the same line or the one above:
`/* banned-ok: why it is right here */`.
"""

import re

import checklib

LIBRARIES = ('src/base/', 'src/model/', 'src/wire/', 'src/db/', 'src/store/', 'src/sync/',
             'src/documents/')

ALLOWED = 'banned-ok: '


def calls(names):
    """A call of one of @names that is not a member of something."""
    return rf'(?<![\w.>])(?:{names})\s*\('


class Rule:
    def __init__(self, pattern, reason, under=('src/',), outside=(), suffixes=('.c', '.h'),
                 raw=False):
        self.pattern = re.compile(pattern)
        self.reason = reason
        self.under = under        # path prefixes where it holds
        self.outside = outside    # path prefixes where it does not
        self.suffixes = suffixes
        self.raw = raw            # look into strings and comments too

    def applies(self, path):
        return (path.endswith(self.suffixes) and path.startswith(self.under)
                and not path.startswith(self.outside))


RULES = [
    Rule(calls(r'v?sprintf|strcpy|strcat|strncpy|strncat|strtok(?:_r)?|gets'),
         'knows no bounds: use GString, g_strlcpy or g_strsplit'),
    Rule(calls(r'ato(?:i|l|ll|f)|strto(?:l|ll|ul|ull|d|f)|v?sscanf'),
         'hides errors: use the readers of jp-text.h, jp-money.h or g_ascii_string_to_signed'),
    Rule(calls(r'(?:localtime|gmtime)(?:_r)?|mktime|strftime|ctime'),
         'depends on the machine: use JpDate and JpClock'),
    Rule(calls(r'system|popen'), 'runs a shell: use GSubprocess'),
    Rule(calls(r'u?sleep|nanosleep|g_usleep'), 'blocks a thread: use a source or a condition'),
    Rule(r'\bg_slice_\w+', 'use g_new0 and g_free'),
    Rule(r'\bg_(?:object|dataset)_set_q?data(?:_full)?\b',
         'hides a parameter: use a struct or a property'),
    Rule(r'\bg_main_context_iteration\b', 'nests the main loop: complete through a callback'),
    Rule(r'\bg_task_run_in_thread\w*|\bg_thread_pool_\w+',
         'makes threads that nobody owns: use JpWorker'),
    Rule(r'\bg_thread_(?:try_)?new\b|\bpthread_create\b', 'threads belong to JpWorker',
         outside=('src/base/jp-worker.c',)),
    Rule(r'\b(?:GList|GSList) \*', 'use GPtrArray, GArray or GListModel in interfaces',
         suffixes=('.h',)),
    Rule(r'\bgoto\b', 'use early returns and g_auto'),
    Rule(r'\bg_get_(?:real|monotonic)_time\b|\bg_date_time_new_now\w*|\bgettimeofday\b'
         r'|\bclock_gettime\b|(?<![\w.>])time \(', 'time comes from JpClock',
         outside=('src/base/',)),
    Rule(r'\bg_rand(?:om)?_\w+|(?<![\w.>])s?random \(|(?<![\w.>])s?rand \(|\bg_uuid_string_random\b'
         r'|\brandombytes_\w+', 'randomness and ids come from JpIdSource', outside=('src/base/',)),
    Rule(r'\bjson_object_get_(?:string|int|double|boolean|object|array|null)_member\w*'
         r'|\bjson_array_get_(?:string|int|double|boolean|object|array|null)_element'
         r'|\bjson_node_get_(?:string|int|double|boolean)\b'
         r'|\bjson_(?:parser|reader)_\w+|\bjson_from_string\b',
         'does not check what it reads: use the jp_json_ accessors', outside=('src/base/',)),
    Rule(r'(?:printf|_printf|_snprintf|_append_printf) \([^;]*?"\s*(?:SELECT|INSERT|REPLACE|UPDATE|'
         r'DELETE|WHERE|ORDER BY|CREATE|ALTER|DROP|PRAGMA|ATTACH)\b[^"]*%',
         'no SQL by formatting: bind parameters, take names from a constant table',
         # Two take names from the description of records; PRAGMA takes no parameters.
         outside=('src/db/jp-record-table.c', 'src/store/jp-query.c', 'src/db/jp-migrate.c')),
    Rule(r'(?i)synchronous\s*=\s*(?:off|normal|0|1)\b', 'a save must survive a power cut'),
    Rule(r'"accept-certificate"|::accept-certificate|\bg_tls_connection_set_database \(\w+, NULL\)',
         'certificates are checked, always', under=('src/sync/', 'src/app/', 'src/cli/')),
    Rule(r'\bG_DISABLE_(?:ASSERT|CHECKS)\b', 'asserts stay on', under=('',),
         outside=('build-aux/',), suffixes=('.c', '.h', 'meson.build')),
    Rule(calls(r'g_(?:info|message|warning|print|printerr)|printf|fprintf|puts|exit|abort'),
         'a library reports a GError and does not talk', under=LIBRARIES),
    Rule(calls('g_assert'), 'use g_assert_cmp*, which say what they saw', under=('tests/',)),
    Rule(calls('setlocale'), 'the locale is set once, in main',
         outside=('src/app/', 'src/cli/', 'src/platform/')),
    Rule(r'\b(?:TODO|FIXME|XXX|HACK)\b(?![^\n]*#\d)', 'belongs into an issue: name its number',
         under=('',), outside=('build-aux/check-banned.py',),
         suffixes=('.c', '.h', '.py', '.ui', '.build', '.sql', '.md', '.css', '.in'), raw=True),
]


def excused(lines, number):
    return any(ALLOWED in line for line in lines[max(0, number - 2):number])


def check_file(path, text):
    lines = text.splitlines()
    code = checklib.without_comments(text) if path.endswith(('.c', '.h')) else text
    for rule in RULES:
        if not rule.applies(path):
            continue
        where = text if rule.raw else code
        for match in rule.pattern.finditer(where):
            number = checklib.line_of(where, match.start())
            if not excused(lines, number):
                what = ' '.join(match.group().split())[:40]
                yield f'{path}:{number}: {what}: {rule.reason}'


def check_loops(path, text):
    """Only the file with `main` runs a main loop."""
    code = checklib.without_comments(text, strings=False)
    if re.search(r'\bg_main_loop_run\b', code) and not re.search(r'^main \(', code, re.M):
        yield f'{path}: g_main_loop_run: nests the main loop: complete through a callback'


def check(tree):
    problems = []
    for path in sorted(tree):
        if tree[path] is not None:
            problems += check_file(path, tree[path])
            if path.startswith('src/') and path.endswith('.c'):
                problems += check_loops(path, tree[path])
    return problems


def planted(code, path='src/store/jp-a.c'):
    return {path: f'  {code};\n'}


GOOD = [
    planted('g_snprintf (buffer, sizeof buffer, "%d", n)'),
    planted('self->vtable->system (self)'),
    planted('/* atoi (x) is bad */ s = "TODO #12"'),
    planted('g_get_real_time ()', 'src/base/jp-clock.c'),
    planted('json_object_get_string_member (o, "x")', 'src/base/jp-json.c'),
    planted('s = g_strdup_printf ("ORDER BY %s", column) /* banned-ok: constant table */'),
    planted('g_main_context_iteration (NULL, TRUE)', 'tests/store/test-a.c'),
    {'src/cli/main.c': 'int\nmain (void)\n{\n  g_main_loop_run (loop);\n}\n'},
]

BAD = [
    (planted(code, path), words) for code, path, words in [
        ('sprintf (b, "x")', 'src/app/jp-a.c', 'bounds'),
        ('n = atoi (s)', 'src/base/jp-a.c', 'hides errors'),
        ('t = localtime (&n)', 'src/base/jp-a.c', 'machine'),
        ('system ("ls")', 'src/cli/jp-a.c', 'shell'),
        ('g_usleep (1)', 'src/sync/jp-a.c', 'blocks'),
        ('p = g_slice_new (A)', 'src/sync/jp-a.c', 'g_new0'),
        ('g_object_set_data (o, "k", v)', 'src/app/jp-a.c', 'parameter'),
        ('g_main_context_iteration (NULL, TRUE)', 'src/app/jp-a.c', 'main loop'),
        ('g_main_loop_run (loop)', 'src/app/jp-a.c', 'main loop'),
        ('g_task_run_in_thread (t, f)', 'src/store/jp-a.c', 'JpWorker'),
        ('g_thread_new ("x", f, d)', 'src/store/jp-a.c', 'JpWorker'),
        ('GList *jp_a_list (void)', 'src/store/jp-a.h', 'GPtrArray'),
        ('goto out', 'src/store/jp-a.c', 'early returns'),
        ('g_get_monotonic_time ()', 'src/app/jp-a.c', 'JpClock'),
        ('g_random_int ()', 'src/platform/jp-a.c', 'JpIdSource'),
        ('s = json_object_get_string_member (o, "x")', 'src/wire/jp-a.c', 'jp_json_'),
        ('s = g_strdup_printf ("SELECT %s", c)', 'src/store/jp-a.c', 'formatting'),
        ('q = "PRAGMA synchronous = NORMAL"', 'src/db/jp-a.c', 'power cut'),
        ('g_signal_connect (m, "accept-certificate", f, d)', 'src/sync/jp-a.c', 'certificates'),
        ('#define G_DISABLE_ASSERT', 'tests/base/test-a.c', 'asserts stay on'),
        ('g_warning ("x")', 'src/store/jp-a.c', 'GError'),
        ('g_assert (x)', 'tests/base/test-a.c', 'g_assert_cmp'),
        ('setlocale (LC_ALL, "")', 'src/store/jp-a.c', 'main'),
        ('/* TODO: later */', 'src/store/jp-a.c', 'issue'),
    ]
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
