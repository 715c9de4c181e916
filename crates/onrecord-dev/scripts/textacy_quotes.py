"""Finds direct quotations with textacy for `onrecord-dev bench quotes`: reads JSON lines with a "text" each from standard input.

    python textacy_quotes.py PIPELINE < articles.jsonl

Prints one JSON object a line for each article, {"quotes": [{"content", "cue", "speaker"}]} with spans in code points, or
{"error": "..."} where textacy gives up; then one with the seconds of processor time that the articles took, without
those to import and load, and the versions.
"""

import json
import sys
import time

import spacy
import textacy
from textacy import extract


def span(tokens):
    """From the first to the last of some tokens; none of none."""
    tokens = list(tokens)
    return [[tokens[0].idx, tokens[-1].idx + len(tokens[-1])]] if tokens else []


def quotes(nlp, text):
    try:
        found = list(extract.direct_quotations(nlp(text)))
    except ValueError as error:
        return {"error": str(error)}
    return {
        "quotes": [
            {"content": span(quote.content), "cue": span(quote.cue), "speaker": span(quote.speaker)}
            for quote in found
        ]
    }


def main():
    nlp = spacy.load(sys.argv[1])
    texts = [json.loads(line)["text"] for line in sys.stdin]
    nlp("The minister said no.")
    begin = time.process_time()
    answers = [quotes(nlp, text) for text in texts]
    seconds = time.process_time() - begin
    for answer in answers:
        print(json.dumps(answer))
    print(json.dumps({"seconds": seconds, "textacy": textacy.__version__, "spacy": spacy.__version__}))


if __name__ == "__main__":
    main()
