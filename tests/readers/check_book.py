# calibre's Check Book as a command, for install-readers.sh:
#   calibre-debug check_book.py -- FILE...
# Prints for each file a line `passed FILE`, or for each thing that it says of it
# `failed FILE WHERE WHAT`; columns are parted by tabs.
import sys
from calibre.ebooks.oeb.polish.check.main import run_checks
from calibre.ebooks.oeb.polish.container import get_container

for name in sys.argv[1:]:
    said = run_checks(get_container(name, tweak_mode=True))
    for one in said:
        print('failed', name, one.name, one.msg, sep='\t')
    if not said:
        print('passed', name, sep='\t')
