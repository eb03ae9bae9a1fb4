#!/usr/bin/env bash
# Whole processes side by side on the same novel: keben, and Typst, pandoc and XeLaTeX as far as
# they are installed. Prints medians of wall time and the largest memory, and ratios to keben.
#
#   bash tests/bench/compare.sh [RUNS] [CHARACTERS]
#
# Typst is taken as the command `typst`, or as the Python package of that name. It needs Noto
# Serif CJK SC; the one in fonts/ is named to it, and to XeLaTeX through fontconfig if need be.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-5} chars=${2:-820000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --example novel
cargo build --release
keben=${CARGO_TARGET_DIR:-target}/release/keben
"${CARGO_TARGET_DIR:-target}/release/examples/novel" "$work" "$chars"
fonts=$PWD/fonts

# time NAME OUTPUT COMMAND…: one row; the first run does not count.
time_it() {
    local name=$1 output=$2
    shift 2
    local times=() memory=0
    for run in $(seq 0 "$runs"); do
        /usr/bin/time -o "$work/time" -f '%e %M' "$@" > "$work/said" 2>&1 || { cat "$work/said"; return; }
        read -r wall kib < "$work/time"
        [ "$run" = 0 ] && continue
        times+=("$wall")
        if [ "$kib" -gt "$memory" ]; then memory=$kib; fi
    done
    local median
    median=$(printf '%s\n' "${times[@]}" | sort -n | sed -n "$((runs / 2 + 1))p")
    local ratio
    case $output in *.pdf) base=${base_pdf:=$median} ;; *) base=${base_epub:=$median} ;; esac
    ratio=$(awk -v a="$median" -v b="$base" 'BEGIN { if (b > 0) printf "%.1f×", a / b; else printf "-" }')
    case $name in keben*) ratio=- ;; esac
    printf '%-22s %7s s  %6s MiB  %8s KiB  %5s\n' "$name" "$median" $((memory / 1024)) \
        "$(($(stat -c %s "$output") / 1024))" "$ratio"
}

echo "$(nproc) cores, $chars characters, median of $runs runs"
build=("$keben" build -q --out "$work/out" "$work")
time_it "keben, PDF" "$work/out/novel.pdf" "${build[@]}" --format pdf
time_it "keben, EPUB" "$work/out/novel.epub" "${build[@]}" --format epub
time_it "keben, both" "$work/out/novel.epub" "${build[@]}"
technical=("$keben" build -q --out "$work/out" "$work/technical")
time_it "keben, technical, PDF" "$work/out/technical.pdf" "${technical[@]}" --format pdf
if command -v typst > /dev/null; then
    time_it "Typst" "$work/t.pdf" typst compile --font-path "$fonts" "$work/novel.typ" "$work/t.pdf"
elif python3 -c 'import typst' 2> /dev/null; then
    time_it "Typst (Python)" "$work/t.pdf" python3 -c "import typst
typst.compile('$work/novel.typ', output='$work/t.pdf', font_paths=['$fonts'])"
fi
if command -v pandoc > /dev/null; then
    cat "$work"/c*.md > "$work/all.md"
    time_it "pandoc, EPUB" "$work/p.epub" pandoc -M title=小说 "$work/all.md" -o "$work/p.epub"
fi
if command -v xelatex > /dev/null; then
    time_it "XeLaTeX, one pass" "$work/novel.pdf" \
        xelatex -interaction=batchmode -output-directory "$work" "$work/novel.tex"
fi
