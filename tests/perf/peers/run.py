#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares our sync with PouchDB 9 and express-pouchdb 4.2: same machine, same run, as many rows.

Usage: run.py OUR-PROGRAM FOLDER. The peer is installed from npm into FOLDER, once. Ours works over
HTTPS and waits for the disk at every commit; the peer works over HTTP and does not. 20,000 rows,
100,000 with JP_BENCH_FULL=1. Ends with 77 where node or the peer cannot be had.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
SKIPPED = 77
TIMEOUT_S = 1500


def skip(reason):
    print(f'peers: {reason}: peer_pull_ratio and peer_edit_ratio are skipped', file=sys.stderr)
    sys.exit(SKIPPED)


def install(folder):
    """The peer and our scripts for it, in a folder of the build."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in HERE.glob('*.mjs'):
        shutil.copy(path, folder)
    wanted = (HERE / 'package.json').read_text(encoding='utf-8')
    stamp = folder / 'installed.json'
    if stamp.exists() and stamp.read_text(encoding='utf-8') == wanted:
        return
    shutil.copy(HERE / 'package.json', folder)
    done = subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error'],
                          cwd=folder, check=False, stdout=sys.stderr, timeout=TIMEOUT_S)
    if done.returncode != 0:
        skip('npm could not install the peer')
    stamp.write_text(wanted, encoding='utf-8')


def measure_peer(folder, count):
    with tempfile.TemporaryDirectory() as databases:
        out = subprocess.run(['node', str(folder / 'pouch.mjs'), databases, str(count)], check=True,
                             capture_output=True, text=True, timeout=TIMEOUT_S).stdout
    return json.loads(out.splitlines()[-1])


def measure_ours(program, count):
    out = subprocess.run([program, str(count)], check=True, capture_output=True, text=True,
                         timeout=TIMEOUT_S).stdout
    lines = [line.split() for line in out.splitlines() if not line.startswith('#')]
    return {name: float(value) for name, value, _unit in lines}


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    count = 100000 if os.environ.get('JP_BENCH_FULL') == '1' else 20000
    if shutil.which('node') is None or shutil.which('npm') is None:
        skip('node or npm is missing')
    install(folder)
    peer = measure_peer(folder, count)
    ours = measure_ours(program, count)
    print(f'peer_pull_ratio {ours["pull_rate"] / peer["pull_rate"]:.3f} ratio')
    print(f'peer_pull_rate_ours {ours["pull_rate"]:.3f} rows/s')
    print(f'peer_pull_rate_pouchdb {peer["pull_rate"]:.3f} rows/s')
    print(f'peer_edit_ratio {peer["edit_ms"] / ours["edit_ms"]:.3f} ratio')
    print(f'peer_edit_ms_ours {ours["edit_ms"]:.3f} ms')
    print(f'peer_edit_ms_pouchdb {peer["edit_ms"]:.3f} ms')


if __name__ == '__main__':
    main()
