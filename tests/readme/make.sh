#!/usr/bin/env bash
# Makes the README's pictures from the bundled book: two facing pages (poppler) and a page of the EPUB in
# a browser (Chromium). Needs pdftoppm, chromium, unzip and ImageMagick's montage.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo run -q --release -- build manuscript -q --out "$work"
pdftoppm -r 96 -gray -f 10 -l 11 -png "$work"/*.pdf "$work/page"
montage "$work"/page-*.png -tile 2x1 -geometry +2+6 -background '#999' -depth 4 tests/readme/spread.png
unzip -q "$work"/*.epub -d "$work/epub"
chromium --headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --user-data-dir="$work/profile" \
  --window-size=480,820 --screenshot="$work/reader.png" "file://$work/epub/OEBPS/text/c-02-valley.xhtml"
montage "$work/reader.png" -geometry +6+6 -background '#999' -colors 32 tests/readme/reader.png
