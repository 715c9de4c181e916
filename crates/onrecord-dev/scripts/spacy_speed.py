"""Measures spaCy for `onrecord-dev bench language`, a round for every line on standard input.

    python spacy_speed.py PIPELINE TEXTS.jsonl LIMIT

Prints a JSON object after loading and after each round: tokens, seconds of processor time of the whole pipeline in
batches and of the tokenizer alone with a warm cache, seconds to import and load, and the peak memory in kilobytes.
"""

import itertools
import json
import resource
import sys
import time

started = time.process_time()
import spacy  # noqa: E402  (the import is part of what is measured)


def main():
    nlp = spacy.load(sys.argv[1])
    loaded = time.process_time() - started
    with open(sys.argv[2], encoding="utf8") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, int(sys.argv[3]))]
    nlp("The minister said no.")
    say({"load": loaded})
    for _ in sys.stdin:
        begin = time.process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
        whole = time.process_time() - begin
        begin = time.process_time()
        for text in texts:
            nlp.tokenizer(text)
        tokenizer = time.process_time() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        say({"tokens": tokens, "whole": whole, "tokenizer": tokenizer, "load": loaded, "peak_kb": peak})


def say(measured):
    print(json.dumps(measured), flush=True)


if __name__ == "__main__":
    main()
