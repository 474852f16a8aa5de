"""`scripts/bench people`: how long `onrecord people propose` thinks about many speakers. 1 is linear, 2 quadratic.

Half the speakers have names of their own, the others share theirs; surnames are shared as unevenly as in life
(the n-th most frequent one is borne by a share of 1/n), and some have thousands of bearers.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from bench._report import environment, exponent, write_section
from onrecord.people import Known, propose

_SOUNDS = ("ba", "dor", "el", "fin", "gra", "hal", "is", "jor", "kem", "lun", "mar", "nov", "os", "per", "rin", "sta")


def main() -> None:
    """Measure, print and write docs/people.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000, help="speakers in the largest collection")
    most = parser.parse_args().most
    sizes = [most // 8, most // 4, most // 2, most]
    propose(made(1_000))  # fills the caches of the lexicons
    seconds, pairs = [], []
    for size in sizes:
        people = made(size)
        start = time.process_time()
        found = propose(people)
        seconds.append(time.process_time() - start)
        pairs.append(len(found))
        print(f"{size:,} speakers: {seconds[-1]:.1f} s, {pairs[-1]:,} pairs", flush=True)
    lines = ["| speakers | CPU seconds | pairs proposed |", "|---:|---:|---:|"]
    lines += [f"| {n:,} | {s:.1f} | {p:,} |" for n, s, p in zip(sizes, seconds, pairs, strict=True)]
    lines += ["", f"Fitted exponent {exponent(sizes, seconds):.2f} (`scripts/bench people`); {environment()}."]
    print(lines[-1])
    write_section(Path("docs/people.md"), "people", lines)


def made(count: int) -> list[Known]:
    """Return `count` speakers of as many interviews, the same ones every time."""
    rng = random.Random(count)
    families = [_word(rng, 3) for _ in range(max(10, count // 10))]
    weights = [1 / (rank + 1) for rank in range(len(families))]
    given = [_word(rng, 2) for _ in range(400)]
    chosen = rng.choices(families, weights, k=count)
    return [
        Known(f"c/{index}#speaker@0", f"{rng.choice(given)} {family}", f"c/{index}", "en")
        for index, family in enumerate(chosen)
    ]


def _word(rng: random.Random, length: int) -> str:
    return "".join(rng.choice(_SOUNDS) for _ in range(length)).capitalize()


if __name__ == "__main__":
    main()
