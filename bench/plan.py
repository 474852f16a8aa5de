"""`scripts/bench plan`: what news cost, and what that gives for Quotebank's 196 million articles, with the arithmetic.

Prices, the share of time that cores are busy, and the length of an article are assumptions, and stand in the table.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from bench._cost import Cost
from bench._report import environment, write_section
from bench.corpus import Runner, measured, varied
from bench.texts import article

ARTICLES = 196e6
CHARACTERS = 5_000
CORES, BUSY = 1_000, 0.8
CORE_HOUR, GB_MONTH = 0.04, 0.023
"""Dollars."""
PART = 1e6
"""Articles in one collection, which is built and released by itself."""
SHARD = 256


def main() -> None:
    """Measure, print and write docs/scale.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000)
    count = parser.parse_args().articles
    with TemporaryDirectory() as folder:
        lines = _page(count, *measured(count, _news, Runner(), Path(folder)))
    print("\n".join(lines))
    write_section(Path("docs/scale.md"), "plan", lines)


def _news(number: int) -> str:
    return varied(number, article(number, CHARACTERS))


def _page(count: int, costs: dict[str, Cost], sizes: dict[str, int]) -> list[str]:
    build, release, verify = (costs[name].cpu / count for name in ("build", "release, from finished shards", "verify"))
    text, raw, shards, dataset = (sizes[name] / count for name in ("text", "raw", "shards", "dataset"))
    return [
        f"Measured on {count:,} invented articles of {text:,.0f} bytes (`scripts/bench plan`); {environment()}.",
        "",
        "| constant | measured |",
        "|---|---:|",
        f"| building, CPU seconds per MB of text | {build / text * 1e6:.2f} |",
        f"| of it the release from finished shards | {release / text * 1e6:.2f} |",
        f"| verifying, CPU seconds per MB of text | {verify / text * 1e6:.2f} |",
        f"| packed Parquet, bytes per byte of text | {raw / text:.2f} |",
        f"| shards, bytes per byte of text | {shards / text:.2f} |",
        f"| dataset, bytes per byte of text | {dataset / text:.2f} |",
        "",
        *_given(build, release, verify, (text, raw, shards, dataset)),
    ]


def _given(build: float, release: float, verify: float, bytes_: tuple[float, float, float, float]) -> list[str]:
    """What constants per article give for all of them."""
    text, raw, shards, dataset = (ARTICLES * size / 1e12 for size in bytes_)
    hours, again = ARTICLES * build / 3600, ARTICLES * verify / 3600
    stored, millions = raw + shards + dataset, f"{ARTICLES / 1e6:.0f} M"
    rows = [
        ("text", f"{millions} × {bytes_[0] / 1e3:.2f} KB", f"{text:.2f} TB"),
        ("building", f"{millions} × {build * 1e3:.1f} ms of CPU", f"{hours:,.0f} core hours"),
        (
            f"on {CORES:,} cores, {BUSY:.0%} busy",
            f"{hours:,.0f} ÷ {CORES:,} ÷ {BUSY}",
            f"{hours / CORES / BUSY:.1f} hours",
        ),
        (
            f"cores at {CORE_HOUR} $ an hour",
            f"{hours:,.0f} ÷ {BUSY} × {CORE_HOUR}",
            f"{hours / BUSY * CORE_HOUR:,.0f} $",
        ),
        ("verifying once more", f"{millions} × {verify * 1e3:.1f} ms of CPU", f"{again:,.0f} core hours"),
        ("stored", f"{raw:.2f} raw + {shards:.2f} shards + {dataset:.2f} dataset", f"{stored:.2f} TB"),
        (
            f"at {GB_MONTH} $ per GB and month",
            f"{stored * 1e3:,.0f} GB × {GB_MONTH}",
            f"{stored * 1e3 * GB_MONTH:,.0f} $",
        ),
        ("shards", f"{millions} ÷ {SHARD}", f"{ARTICLES / SHARD:,.0f} of {bytes_[2] * SHARD / 1e6:.1f} MB"),
        ("one shard", f"{SHARD} × {(build - release) * 1e3:.1f} ms", f"{SHARD * (build - release):.1f} s"),
        (
            "one release, in one process",
            f"{PART / 1e6:.0f} M × {release * 1e3:.1f} ms",
            f"{PART * release / 3600:.1f} hours",
        ),
    ]
    return [
        "| for 196 million articles | arithmetic | gives |",
        "|---|---|---:|",
        *(f"| {what} | {how} | {gives} |" for what, how, gives in rows),
    ]


if __name__ == "__main__":
    main()
