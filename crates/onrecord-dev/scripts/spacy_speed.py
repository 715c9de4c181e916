"""Measures spaCy for `onrecord-dev bench language`: reads JSON lines with a "text" each from standard input.

    python spacy_speed.py PIPELINE < texts.jsonl

Prints one JSON object: tokens, seconds of processor time of the whole pipeline in batches and of the tokenizer alone
with a warm cache (the best of three rounds), seconds to import and load, and the peak memory in kilobytes.
"""

import json
import resource
import sys
import time

started = time.process_time()
import spacy  # noqa: E402  (the import is part of what is measured)


def main():
    nlp = spacy.load(sys.argv[1])
    loaded = time.process_time() - started
    texts = [json.loads(line)["text"] for line in sys.stdin]
    list(nlp.pipe(texts[:2]))
    tokens = 0
    whole = tokenizer = float("inf")
    for _ in range(3):
        begin = time.process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
        whole = min(whole, time.process_time() - begin)
        begin = time.process_time()
        for text in texts:
            nlp.tokenizer(text)
        tokenizer = min(tokenizer, time.process_time() - begin)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"tokens": tokens, "whole": whole, "tokenizer": tokenizer, "load": loaded, "peak_kb": peak}))


if __name__ == "__main__":
    main()
