"""quantulum3's figures for `onrecord-dev bench figures`: reads JSON lines {id, text} from standard input.

    pip install quantulum3
    python quantulum_answers.py < gold.jsonl

Writes {id, quantities: [{value, unit, normalized_unit, change, referred_concepts}]} a line, and at the end {seconds} of
processor time, import counted. It tells no change and no concept: these are "=" and "-", as the gold writes none.
"""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

from quantulum3 import parser  # noqa: E402


def quantity(found):
    name = found.unit.name
    name = "-" if name == "dimensionless" else name
    low = found.value
    if found.uncertainty:
        low, high = found.value - found.uncertainty, found.value + found.uncertainty
        value = f"{low:g}-{high:g}"
    else:
        value = repr(low)
    return {"value": value, "unit": name, "normalized_unit": name, "change": "=", "referred_concepts": "-"}


def main():
    for line in sys.stdin:
        item = json.loads(line)
        try:
            found = parser.parse(item["text"])
        except Exception:  # a sentence that it cannot read has no figures
            found = []
        print(json.dumps({"id": item["id"], "quantities": [quantity(one) for one in found]}))
    print(json.dumps({"seconds": time.process_time()}))


if __name__ == "__main__":
    main()
