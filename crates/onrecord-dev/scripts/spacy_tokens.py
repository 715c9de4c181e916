"""Writes how spaCy's tokenizer cuts random strings, one JSON object a line, for `onrecord-dev parity`.

    python spacy_tokens.py PIPELINE OUT.jsonl [--count 1000000] [--seed 1]

The strings are made of what tokenizers trip over: special cases, affixes, units, quotes, addresses, white space of
all kinds, combining marks, and code points from all of Unicode.
"""

import argparse
import json
import random

import spacy

PIECES = [
    "http://", "https://", "www.", ".com", ".org", "example", "@", "mailto:", "ftp://", ":8080", "/path?q=1#x",
    "192.168.0.1", "10.0.0.1", "172.16.4.4", "8.8.8.8", "256.1.1.1", "$", "US$", "C$", "£", "€", "¥", "%", "km²", "km/h",
    "°C", "°F.", "mph", "kg", "m", "GB", "K", "M", "'s", "’s", "'S", "n't", "n’t", "'ll", "’ve", "'re", "gonna", "cannot",
    "U.S.", "a.m.", "p.m.", "e.g.", "Mr.", "No.", "Jan.", "10am", "9p.m.", ":)", ":-(", "xD", "<3", "(*_*)", "¯\\(ツ)/¯",
    "--", "---", "—", "–", "...", "…", "..", ".", ",", ";", ":", "!", "?", "'", '"', "“", "”", "‘", "’", "``", "''", "(",
    ")", "[", "]", "{", "}", "<", ">", "=", "+", "*", "^", "/", "\\", "|", "~", "_", "#", "&", "-", "«", "»", "„", "¿", "¡",
    "1", "23", "456", "7,890", "3.14", "1/2", "²", "½", "Ⅷ", "٣", "a", "B", "word", "Word", "WORD", "wOrD", "x-ray",
    "state-of-the-art", "and/or", "ß", "é", "Ñ", "İ", "ı", "Σ", "ς", "ё", "Я", "漢字", "かな", "カナ", "한국", "عربي", "עברית",
    "हिन्दी", "ไทย", "\u0301", "\u200b", "\u200d", "\ufeff", "🙂", "🇺🇸", "👩‍👩‍👧", "©", "®", "™", "\u00ad", "ǅ",
    " ", " ", " ", " ", " ", "  ", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028", "\x1c", "\x1f", "\x85",
    "\x0b", "\x00", "\x7f",
]


def character(rng):
    """One code point, of a small or a large part of Unicode."""
    top = rng.choice([0x80, 0x80, 0x250, 0x600, 0x3000, 0x10000, 0x30000, 0x110000])
    while True:
        code = rng.randrange(top)
        if not 0xD800 <= code < 0xE000:
            return chr(code)


def text(rng, specials):
    """One random string."""
    parts = []
    for _ in range(rng.randint(1, 12)):
        kind = rng.random()
        if kind < 0.55:
            parts.append(rng.choice(PIECES))
        elif kind < 0.7:
            parts.append(rng.choice(specials))
        elif kind < 0.85:
            parts.append("".join(rng.choice("abcdeiorstnlmXYZ0123456789.,'-:/") for _ in range(rng.randint(1, 8))))
        else:
            parts.append("".join(character(rng) for _ in range(rng.randint(1, 4))))
    return "".join(parts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pipeline")
    parser.add_argument("out")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    nlp = spacy.load(args.pipeline, exclude=["tok2vec", "tagger", "parser", "ner", "lemmatizer", "attribute_ruler",
                                             "senter", "morphologizer"])
    rng = random.Random(args.seed)
    specials = sorted(nlp.tokenizer.rules)
    done = 0
    with open(args.out, "w", encoding="utf8") as out:
        while done < args.count:
            with nlp.memory_zone():
                for _ in range(min(2000, args.count - done)):
                    string = text(rng, specials)
                    tokens = [[t.idx, len(t)] for t in nlp.tokenizer(string)]
                    out.write(json.dumps({"name": done, "text": string, "tokens": tokens}) + "\n")
                    done += 1
    print(f"{done} strings")


if __name__ == "__main__":
    main()
