#!/bin/sh
# Recreates the fonts and licence texts of this folder from Debian's packages and compares the fonts
# with the SHA-256 sums in README.md. Needs apt-get, dpkg, python3 with venv and pip; changes nothing
# on the machine.
#   make.sh [FOLDER]      FOLDER: write there instead of here
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-$here}"
out=$(cd "${1:-$here}" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cd "$tmp"
apt-get download -qq -o APT::Sandbox::User=root fonts-noto-cjk=1:20220127+repack1-1 \
  fonts-lxgw-wenkai=1.250+repack-1 fonts-noto-core=20201225-1 fonts-noto-mono=20201225-1
for deb in ./*.deb; do dpkg -x "$deb" unpacked; done
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check fonttools==4.68.0
venv/bin/python - "$tmp/unpacked/usr/share" "$out" "$here/README.md" <<'PY'
import hashlib, re, shutil, sys
from pathlib import Path
from fontTools.ttLib import TTCollection, TTFont

share, out, readme = map(Path, sys.argv[1:])
otf, ttf, doc = share / 'fonts/opentype/noto', share / 'fonts/truetype', share / 'doc'
(out / 'LICENSES').mkdir(exist_ok=True)

# The SC face of each collection, whole. Nothing is decompiled, so every table is copied as it is;
# only head.checkSumAdjustment belongs to the new file.
def raw(font, tag):
    data = font.reader[tag]
    return data[:8] + data[12:] if tag == 'head' else data

SC = 2
for family in 'NotoSerifCJK', 'NotoSansCJK':
    for style in 'Regular', 'Bold':
        path = out / f'{family}sc-{style}.otf'
        face = TTCollection(otf / f'{family}-{style}.ttc', lazy=True).fonts[SC]
        face.recalcBBoxes = face.recalcTimestamp = False
        face.save(path, reorderTables=True)
        new = TTFont(path, lazy=True)
        tags = sorted(face.reader.keys())
        assert tags == sorted(new.reader.keys()) and all(raw(face, t) == raw(new, t) for t in tags), path
        assert face.sfntVersion == new.sfntVersion and new['maxp'].numGlyphs == 65535
        assert new['name'].getDebugName(6) == path.stem

STYLES = 'Regular', 'Italic', 'Bold', 'BoldItalic'
whole = [ttf / 'lxgw-wenkai/LXGWWenKai-Regular.ttf']
whole += [ttf / f'noto/{f}-{s}.ttf' for f in ('NotoSerif', 'NotoSans') for s in STYLES]
whole += [ttf / f'noto/NotoSansMono-{s}.ttf' for s in ('Regular', 'Bold')]
for path in whole:
    shutil.copyfile(path, out / path.name)

# Licence texts: the notices in the fonts' own name tables, the copyright lines of the package,
# then the licence as the package quotes it.
def copyright_field(package):
    text = (doc / package / 'copyright').read_text('utf-8')
    stanza = re.search(r'^Files: \*\n((?:.+\n)+)', text, re.M)[1]
    field = lambda name: [l.strip() for l in
        re.search(rf'^{name}:(.*(?:\n .*)*)', stanza + f'\n{name}:', re.M)[1].split('\n') if l.strip()]
    return field('Copyright') + field('Comment')

def licence_text():
    text = (doc / 'fonts-noto-cjk/copyright').read_text('utf-8')
    body = re.search(r'^License: SIL-1\.1\n((?: .*\n)+)', text.split('License: GPL-3+\n', 1)[1], re.M)[1]
    return '\n'.join('' if l == ' .' else l[1:] for l in body.split('\n'))

for name, package, files in (
    ('NotoCJK', 'fonts-noto-cjk', 'NotoSansCJKsc-* NotoSerifCJKsc-*'),
    ('Noto', 'fonts-noto-core', 'NotoSans-* NotoSerif-* NotoSansMono-*'),
    ('LXGWWenKai', 'fonts-lxgw-wenkai', 'LXGWWenKai-*'),
):
    notices = {}
    for path in sorted(p for glob in files.split() for p in out.glob(glob)):
        names = TTFont(path, lazy=True)['name']
        for id in 0, 7, 13:
            lines = '\n'.join(names.getDebugName(id).splitlines())
            notices.setdefault((id, lines), []).append(names.getDebugName(1))
    parts = [f'The notices in the name tables of {files.replace(" ", ", ")}:']
    for (id, lines), families in sorted(notices.items()):
        parts.append('\n'.join([' / '.join(dict.fromkeys(families)) + ':'] + ['  ' + l for l in lines.split('\n')]))
    parts.append('\n'.join([f"The copyright file of Debian's package {package}:"]
                           + ['  ' + l for l in copyright_field(package)]))
    (out / f'LICENSES/{name}-OFL-1.1.txt').write_text('\n\n'.join(parts) + '\n\n' + licence_text(), 'utf-8')

sums = dict(re.findall(r'^\| `([^`]+)` .*`([0-9a-f]{64})`', readme.read_text('utf-8'), re.M))
fonts = sorted(p for p in out.iterdir() if p.suffix in ('.otf', '.ttf'))
bad = [p.name for p in fonts if hashlib.sha256(p.read_bytes()).hexdigest() != sums.get(p.name)]
bad += sorted(set(sums) - {p.name for p in fonts})
sys.exit('differs from README.md: ' + ' '.join(bad) if bad else print(len(fonts), 'fonts as in README.md'))
PY
