"""The order falls out of a rule: backward if one has been earned, else forward; the bubble is measured."""


def gpipe(stages, micro_batches):
    one = [kind + str(k) for kind in "FB" for k in range(micro_batches)]
    return [list(one) for _ in range(stages)]


def one_f_one_b(stages, micro_batches):
    return [_stage(stages - stage, micro_batches) for stage in range(stages)]


def _stage(in_flight, m):
    done_f = done_b = 0
    order = []
    while done_b < m:
        if done_f - done_b < in_flight and done_f < m:
            order.append(f"F{done_f}")
            done_f += 1
        else:
            order.append(f"B{done_b}")
            done_b += 1
    return order


def bubble_fraction(stages, micro_batches):
    """Run GPipe's schedule with one tick for each forward and backward."""
    schedules = gpipe(stages, micro_batches)
    position, finished, tick = [0] * stages, {}, 0
    while any(p < 2 * micro_batches for p in position):
        starting = []
        for s in range(stages):
            if position[s] == 2 * micro_batches:
                continue
            step = schedules[s][position[s]]
            before = (step, s - 1) if step[0] == "F" else (step, s + 1)
            if (
                not 0 <= before[1] < stages
                or finished.get(before, tick + 1) <= tick
            ):
                starting.append((step, s))
        tick += 1
        for step, s in starting:
            finished[step, s] = tick
            position[s] += 1
    return 1 - 2 * micro_batches / tick


def peak_activations(schedule):
    sets, held = [set()], set()
    for step in schedule:
        held = held | {step[1:]} if step[0] == "F" else held - {step[1:]}
        sets.append(held)
    return max(map(len, sets))
