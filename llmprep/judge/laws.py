"""Whether two samples of a random outcome follow one law: a two-sample test on counts, never a tolerance."""

from __future__ import annotations

import math

import torch

Counts = dict[str, int]
FEWEST = 5


def chance_of_one_law(left: Counts, right: Counts) -> float:
    """The p-value of the G-test of homogeneity: small when the two samples hardly come from one law.

    Outcomes seen fewer than `FEWEST` times in both samples together count as one, because the test's law
    holds for outcomes that are seen.
    """
    table = _pooled(left, right)
    totals = [sum(column) for column in zip(*table, strict=True)]
    if len(table) < 2 or 0 in totals:
        return 1.0
    statistic = 0.0
    for row in table:
        for count, total in zip(row, totals, strict=True):
            if count:
                statistic += 2 * count * math.log(count * sum(totals) / (sum(row) * total))
    half_freedom = torch.tensor((len(table) - 1) / 2, dtype=torch.float64)
    return float(
        torch.special.gammaincc(half_freedom, torch.tensor(max(statistic, 0.0) / 2, dtype=torch.float64))
    )


def _pooled(left: Counts, right: Counts) -> list[tuple[int, int]]:
    """One row of two counts per outcome, the rare ones together in one."""
    rows = [(left.get(outcome, 0), right.get(outcome, 0)) for outcome in sorted({*left, *right})]
    rare = [row for row in rows if sum(row) < FEWEST]
    kept = [row for row in rows if sum(row) >= FEWEST]
    if rare:
        kept.append((sum(row[0] for row in rare), sum(row[1] for row in rare)))
    return kept
