# SPDX-License-Identifier: GPL-3.0-or-later
# What run, test, bench and fuzz share; sourced, never run.

export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
unset LANGUAGE

# modules FOLDER: tells the programs of a build folder where their modules are.
modules() {
  export JP_MODULEDIR=$PWD/$1/src/documents:$PWD/$1/src/sync
}

# say WORDS: progress for people, so that standard output stays clean.
say() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
}

# quietly LOG COMMAND …: runs a command and shows its end only if it fails.
quietly() {
  local log=$1
  shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 60 "$log" >&2
    say "failed: $* (all of it: $log)"
    return 1
  fi
}

# configure FOLDER OPTION …: sets a build folder up, once per set of options.
configure() {
  local folder=$1
  shift
  local wanted="$*"
  mkdir -p "$folder"
  if [ -f "$folder/build.ninja" ] && [ "$(cat "$folder/.options" 2>/dev/null)" = "$wanted" ]; then
    return 0
  fi
  say "configuring $folder"
  if [ -f "$folder/build.ninja" ]; then
    quietly "$folder/configure.log" meson setup --wipe "$folder" "$@" || return 1
  else
    quietly "$folder/configure.log" meson setup "$folder" "$@" || return 1
  fi
  printf '%s' "$wanted" >"$folder/.options"
}

# compile FOLDER [TARGET …]
compile() {
  local folder=$1
  shift
  say "building $folder"
  quietly "$folder/compile.log" ninja -C "$folder" "$@"
}

# with_display COMMAND …: on the display that is there, or on one made for the command.
with_display() {
  if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${JP_HEADLESS:-}" ]; then
    "$@"
  else
    headless "$@"
  fi
}

# headless COMMAND …: on a display of its own, drawn by cairo, with a session bus of its own.
headless() {
  env -u WAYLAND_DISPLAY GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y=none \
    NO_AT_BRIDGE=1 xvfb-run -a -s '-screen 0 1366x768x24 -nolisten tcp' \
    dbus-run-session -- "$@"
}
