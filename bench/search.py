"""How long a search takes in the content there is, and in 50,000 questions more."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from bench.start import MANY, generated_content
from llmprep.content.catalogue import Catalogue

QUERIES = (
    "注意力 缩放",
    "为什么除以",
    "kv cache",
    "quantization",
    "头",
    "question 17 bank",
    "生成 第",
    "gradient clipping norm",
)
GOAL_MILLISECONDS = 100


def run(runs: int) -> None:
    """Print the median and the slowest query."""
    with tempfile.TemporaryDirectory() as folder:
        print("compiling the generated questions once …")
        started = time.perf_counter()
        many = Catalogue.open(generated_content(Path(folder), MANY))
        print(f"compiled in {time.perf_counter() - started:.0f} s")
        for name, catalogue in (("as it is", Catalogue.open()), (f"with {MANY:,} more", many)):
            times = []
            for query in QUERIES:
                for _ in range(max(runs, 3)):
                    started = time.perf_counter()
                    catalogue.search(query, limit=10)
                    times.append((time.perf_counter() - started) * 1000)
            verdict = "ok" if max(times) < GOAL_MILLISECONDS else f"over {GOAL_MILLISECONDS} ms"
            print(
                f"{name:24} median {statistics.median(times):7.2f} ms, slowest {max(times):7.2f} ms  {verdict}"
            )
