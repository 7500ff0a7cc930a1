#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws a symbolic icon once, at build time, as GTK's own icons are: a window whose icons are all
drawn already needs no SVG library, which would take 6 MiB and 8 ms of every start.

    encode-icon.py ENCODER ICON.svg SIZE OUT.png
"""

import os
import shutil
import subprocess
import sys
import tempfile


def main():
    encoder, icon, size, out = sys.argv[1:]
    name = os.path.splitext(os.path.basename(icon))[0]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([encoder, icon, f'{size}x{size}', '-o', folder], check=True)
        shutil.copyfile(os.path.join(folder, f'{name}.symbolic.png'), out)


if __name__ == '__main__':
    main()
