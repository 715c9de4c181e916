"""Writes src/unicode/tables.rs: how Python sees characters.

    python unicode_tables.py > ../src/unicode/tables.rs

Run it with the Python that spaCy runs on; its version of Unicode decides.
"""

import unicodedata

CLASSES = [
    ("ALPHA", "letters (general category L), as `str.isalpha`", str.isalpha),
    ("DIGIT", "characters for which `str.isdigit` holds", str.isdigit),
    ("DECIMAL", "decimal digits (general category Nd)", str.isdecimal),
    ("NUMERIC", "numeric characters that are no letters, as `str.isnumeric`",
     lambda c: c.isnumeric() and not c.isalpha()),
]


def ranges(holds):
    """First and last code point of each run for which a class holds."""
    start = None
    for code in range(0x110001):
        here = code < 0x110000 and not 0xD800 <= code < 0xE000 and holds(chr(code))
        if here and start is None:
            start = code
        if not here and start is not None:
            yield start, code - 1
            start = None


print(f"//! Ranges of code points in Unicode {unicodedata.unidata_version}, the version that CPython 3.11 and so spaCy know.")
print("//!\n//! Made by `scripts/unicode_tables.py`; never edited by hand.")
for name, doc, holds in CLASSES:
    print(f"\n/// The {doc}.\n#[rustfmt::skip]\npub(crate) static {name}: &[(u32, u32)] = &[")
    line = "   "
    for first, last in ranges(holds):
        item = f" ({first:#x}, {last:#x}),"
        if len(line) + len(item) > 108:
            print(line)
            line = "   "
        line += item
    print(line + "\n];")
