#!/bin/sh
# Recreates KebenTest-Regular.otf from Debian's package fonts-noto-cjk and chars.txt, checks its
# widths, and compares it with the SHA-256 sum in README.md. Needs apt-get, dpkg, python3 with venv
# and pip; changes nothing on the machine.
#   make.sh [FOLDER]      FOLDER: write there instead of here
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-$here}"
out=$(cd "${1:-$here}" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cd "$tmp"
apt-get download -qq -o APT::Sandbox::User=root fonts-noto-cjk=1:20220127+repack1-1
dpkg -x ./*.deb root
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check fonttools==4.68.0
venv/bin/python - root/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc "$here" "$out" <<'PY'
import hashlib, sys
from pathlib import Path
from fontTools import subset
from fontTools.ttLib import TTFont

ttc, here, out = map(Path, sys.argv[1:])
groups = dict(line.split('\t') for line in (here / 'chars.txt').read_text('utf-8').splitlines())
ascii = ''.join(map(chr, range(0x20, 0x7F)))
text = ascii + ''.join(groups.values())

font = TTFont(ttc, fontNumber=7, recalcTimestamp=False, recalcBBoxes=False)
assert font['name'].getDebugName(6) == 'NotoSansMonoCJKsc-Regular'
options = subset.Options(
    layout_features=['locl', 'vert', 'halt', 'vhal', 'ccmp', 'calt', 'kern'], hinting=False,
    notdef_outline=True, name_IDs=['*'], name_languages=['*'], harfbuzz_repacker=False,
)
missing = {c for c in text if ord(c) not in font.getBestCmap()}
assert not missing, missing
cut = subset.Subsetter(options)
cut.populate(text=text)
cut.subset(font)

NAMES = {1: 'KebenTest', 3: '2.004;KebenTest-Regular', 4: 'KebenTest', 6: 'KebenTest-Regular'}
for record in font['name'].names:
    record.string = NAMES.get(record.nameID, record.toUnicode())
font['name'].setName("Cut from Noto Sans Mono CJK SC 2.004 for keben's tests", 10, 3, 1, 0x409)
cff = font['CFF '].cff
cff.fontNames = ['KebenTest-Regular']
cff[0].FamilyName, cff[0].FullName = 'KebenTest', 'KebenTest Regular'
path = out / 'KebenTest-Regular.otf'
font.save(path)

font = TTFont(path)
widths, cmap = font['hmtx'], font.getBestCmap()
def all_are(em, chars):
    wrong = {c: widths[cmap[ord(c)]][0] for c in chars if widths[cmap[ord(c)]][0] != em * font['head'].unitsPerEm}
    assert not wrong, wrong
all_are(0.5, ascii)
all_are(1, groups['han'] + '‘’“”·。，、；：！？…（）《》「」『』\u3000')

digest = hashlib.sha256(path.read_bytes()).hexdigest()
print(f'{font["maxp"].numGlyphs} glyphs, {path.stat().st_size} bytes, sha256 {digest}')
sys.exit(None if digest in (here / 'README.md').read_text('utf-8') else 'differs from README.md')
PY
