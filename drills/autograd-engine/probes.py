"""Hidden tests of `Value`: operators act on the candidate's own objects (`raw`), not on their wrappers."""

from llmprep.judge.probes import Tools, probe


@probe(en="A new value", zh="新建的值")
def new(impl, t: Tools):
    a = impl.Value(3).raw
    b = a + 1
    return [told(a), told(b), type(a.data).__name__, type(a.grad).__name__, type(b).__name__]


@probe(en="Each operator, numbers on either side", zh="每个运算符，任意一边是普通数")
def operators(impl, t: Tools):
    results = [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a * b,
        lambda a, b: a / b,
        lambda a, b: -a + b,
        lambda a, b: (a + 3) - (b - 4),
        lambda a, b: (2 + a) * (5 - b),
        lambda a, b: (a * 3) - (b / 4),
        lambda a, b: (7 * a) + (6 / b),
    ]
    return [differentiated(impl, t, result) for result in results]


@probe(en="Powers", zh="幂")
def powers(impl, t: Tools):
    return [differentiated(impl, t, lambda a, b, n=n: a**n * b) for n in (2, 3, 0.5, -1, -2.5, 1)]


@probe(en="exp, log, tanh, relu", zh="exp、log、tanh、relu")
def functions(impl, t: Tools):
    results = [
        lambda a, b: a.exp() * b,
        lambda a, b: a.log() * b,
        lambda a, b: (a * 0.7).tanh() * b,
        lambda a, b: (a - b).relu() + (b - a).relu() * 3,
        lambda a, b: (-a).relu() * b + a.relu() * a,
        lambda a, b: ((a * b).exp() + 1).log().tanh() ** 2,
    ]
    zero = impl.Value(0.0).raw
    (zero.relu() * 3 + zero * 5).backward()
    return [told(zero), *(differentiated(impl, t, result) for result in results)]


@probe(en="Values used more than once", zh="多次使用同一个值")
def shared(impl, t: Tools):
    def diamond(a, b):
        c = a * b
        d = c + a
        return c * d + d / c

    # the short way from the result to e is seen long before the other one is finished
    def long_and_short(a, b):
        e = a * b
        f = ((e + 1).tanh() * e).exp()
        return e + f * e + (f + e) * b

    def other_way(a, b):
        e = a * b
        f = ((e + 1).tanh() * e).exp()
        return b * (e + f) + (e * f + e)

    results = [lambda a, b: a + a, lambda a, b: a * a * b, lambda a, b: a / a + b - b]
    return [differentiated(impl, t, f) for f in (*results, diamond, long_and_short, other_way)]


@probe(en="Gradients of inner values", zh="中间值的梯度")
def inner_values(impl, t: Tools):
    a, b = pair(impl, t)
    c = a * b
    d = c.tanh()
    e = d * c + a
    unused = c * 5
    e.backward()
    return [told(value) for value in (a, b, c, d, e, unused)]


@probe(en="backward twice, on one result and on two", zh="两次 backward：同一个结果、不同的结果")
def twice(impl, t: Tools):
    a, b = pair(impl, t)
    c = a * b
    first, second = c.exp() + c, c * c * a
    seen = []
    for result in (first, first, second, c):
        result.backward()
        seen.append([told(value) for value in (a, b, c, first, second)])
    a.grad = 0.0
    second.backward()
    return [seen, told(a), told(b)]


@probe(en="A chain of 5,000 operations", zh="5000 个运算连成的链")
def long_chain(impl, t: Tools):
    a, b = pair(impl, t)
    result = a
    for _ in range(2500):
        result = result * 0.999 + b
    result.backward()
    return [told(result), told(a), told(b)]


@probe(en="Each value doubled 60 times", zh="把值加倍 60 次")
def doubling(impl, t: Tools):
    a, _ = pair(impl, t)
    result = a
    for _ in range(60):
        result = (result + result) * 0.5
    result.backward()
    return [told(result), told(a)]


@probe(en="A neuron learns", zh="训练一个神经元")
def neuron(impl, t: Tools):
    weights = [impl.Value(number).raw for number in t.randn(3).tolist()]
    examples = [(t.randn(3).tolist(), target) for target in (1.0, -0.5, 0.2)]
    losses = []
    for _ in range(4):
        loss = sum(
            (sum(w * x for w, x in zip(weights, inputs, strict=True)).tanh() - target) ** 2
            for inputs, target in examples
        )
        for weight in weights:
            weight.grad = 0.0
        loss.backward()
        losses.append(loss.data)
        for weight in weights:
            weight.data -= 0.2 * weight.grad
    return [losses, [told(weight) for weight in weights]]


def pair(impl, t: Tools):
    """Two values, positive and not equal."""
    a, b = t.rand(2, low=0.6, high=1.9).tolist()
    return impl.Value(a).raw, impl.Value(b + 0.01).raw


def differentiated(impl, t: Tools, function):
    """The result and both derivatives."""
    a, b = pair(impl, t)
    result = function(a, b)
    result.backward()
    return [told(value) for value in (result, a, b)]


def told(value):
    return {"data": value.data, "grad": value.grad}
