"""Writes spaCy's own answers on texts, one JSON object a line, for `onrecord-dev parity`.

    python spacy_answers.py PIPELINE OUT.jsonl TEXTS... [--limit TOKENS] [--each TOKENS] [--exclude COMPONENTS]

PIPELINE is a directory with config.cfg in it, or the name of an installed package. TEXTS are folders, .jsonl files
whose objects have a "text" (and perhaps an "id", "doc" or "name"), CoNLL-U files with "# text = " lines, catalogues of
messages (.mo), or plain text. Of each of them no more than --each tokens are read, of all of them no more than --limit.
Answers can be made again from an earlier file of answers. Components that the runtime leaves out (Spanish's own
lemmatizer) are excluded with --exclude lemmatizer.
"""

import argparse
import gettext
import json
import pathlib

import spacy


def texts(path):
    """The documents of one file, each with a name."""
    path = pathlib.Path(path)
    if path.is_dir():
        for file in sorted(path.iterdir()):
            yield from texts(file)
    elif path.suffix == ".jsonl":
        for number, line in enumerate(path.open(encoding="utf8")):
            row = json.loads(line)
            name = row.get("id") or row.get("doc") or row.get("name") or number
            if "text" in row:
                yield name, row["text"]
    elif path.suffix == ".mo":
        messages = gettext.GNUTranslations(path.open("rb"))._catalog
        yield path.name, "\n".join(message for key, message in messages.items() if key)
    elif path.suffix == ".conllu":
        lines = path.read_text(encoding="utf8").splitlines()
        sentences = [line[len("# text = "):] for line in lines if line.startswith("# text = ")]
        if sentences:
            yield path.name, " ".join(sentences)
    elif path.suffix != ".conll":
        yield path.name, path.read_bytes().decode("utf8")


def answer(name, doc):
    """All that spaCy says of a text, offsets in code points."""
    tokens = [
        [t.idx, len(t), int(bool(t.whitespace_)), t.norm_, t.tag_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_,
         int(bool(t.is_sent_start)), t.ent_iob_ if t.ent_iob_ in ("O", "") else f"{t.ent_iob_}-{t.ent_type_}"]
        for t in doc
    ]
    chunks = [[c.start, c.end] for c in doc.noun_chunks] if doc.lang_ == "en" else None
    return {"name": name, "text": doc.text, "tokens": tokens, "chunks": chunks}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pipeline")
    parser.add_argument("out")
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--limit", type=int, default=10**9)
    parser.add_argument("--each", type=int, default=10**9)
    parser.add_argument("--exclude", default="")
    args = parser.parse_args()
    nlp = spacy.load(args.pipeline, exclude=[name for name in args.exclude.split(",") if name])
    total = 0
    with open(args.out, "w", encoding="utf8") as out:
        for path in args.texts:
            end = min(args.limit, total + args.each)
            for name, text in texts(path):
                if total >= end:
                    break
                with nlp.memory_zone():
                    doc = nlp(text)
                    total += len(doc)
                    out.write(json.dumps(answer(name, doc), ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{total} tokens")


if __name__ == "__main__":
    main()
