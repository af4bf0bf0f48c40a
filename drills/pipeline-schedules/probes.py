"""Hidden tests of the schedules: more micro-batches than stages, as many, fewer, and one of either."""

from llmprep.judge.probes import Tools, probe

SIZES = [(4, 8), (3, 3), (5, 2), (1, 4), (4, 1), (2, 3), (1, 1)]


@probe(en="GPipe", zh="GPipe")
def all_forwards_first(impl, t: Tools):
    return [impl.gpipe(p, m) for p, m in [*SIZES, (t.integer(2, 7), t.integer(2, 13))]]


@probe(en="1F1B, more micro-batches than stages", zh="1F1B，micro-batch 比 stage 多")
def many_micro_batches(impl, t: Tools):
    return [impl.one_f_one_b(p, m) for p, m in [(4, 8), (2, 3), (3, 12), (5, 6)]]


@probe(en="1F1B, few micro-batches", zh="1F1B，micro-batch 很少")
def few_micro_batches(impl, t: Tools):
    return [impl.one_f_one_b(p, m) for p, m in [(4, 4), (4, 3), (5, 2), (4, 1)]]


@probe(en="1F1B, a single stage", zh="1F1B，只有一个 stage")
def single_stage(impl, t: Tools):
    return [impl.one_f_one_b(1, m) for m in (1, 4)]


@probe(en="Bubble fraction", zh="气泡占比")
def bubble(impl, t: Tools):
    return [float(impl.bubble_fraction(p, m)) for p, m in [*SIZES, (8, 64), (16, 20)]]


@probe(en="Peak of activations", zh="激活的峰值")
def peak(impl, t: Tools):
    schedules = [
        ["F0", "F1", "F2", "F3", "B0", "B1", "B2", "B3"],
        ["F0", "F1", "B0", "F2", "B1", "F3", "B2", "B3"],
        ["F0", "B0", "F1", "B1"],
        ["F0", "B0", "F1", "F2", "F3", "B3", "F10", "B10", "F11", "B2", "B1", "B11"],
        ["F0", "F1", "F2", "B0", "B1", "F3", "B2", "B3"],
        [],
    ]
    return [impl.peak_activations(schedule) for schedule in schedules]
