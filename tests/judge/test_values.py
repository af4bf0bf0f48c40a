"""`canonical`: whatever a candidate returns becomes something bounded that can be compared."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import torch

from llmprep.judge.values import MAX_BYTES, MAX_ELEMENTS, canonical, is_odd


class Liar(torch.Tensor):
    """A tensor that answers every question about itself in its own favour."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return "always equal"

    def __eq__(self, other):
        return True

    __hash__ = torch.Tensor.__hash__


def test_plain_values_stay_what_they_are():
    value = {"a": [1, 2.5, True, None, "text"], 3: (1, 2)}
    assert canonical(value) == {"a": [1, 2.5, True, None, "text"], "3": [1, 2]}


def test_it_changes_nothing_the_second_time():
    once = canonical({"a": [torch.ones(2), 1, b"x"], "b": object()})
    assert str(canonical(once)) == str(once)


def test_tensors_are_copied_so_that_later_changes_do_not_count():
    buffer = torch.ones(3)
    seen = canonical([buffer, buffer[:2]])
    buffer.zero_()
    assert torch.equal(seen[0], torch.ones(3))
    assert torch.equal(seen[1], torch.ones(2))


@pytest.mark.parametrize(
    "tensor",
    [
        torch.randn(3, 2).t(),
        torch.randn(2, 3, requires_grad=True),
        torch.empty(0, 4),
        torch.tensor(3),
        torch.randn(2, 3, dtype=torch.bfloat16),
        torch.tensor([float("nan"), float("inf")]),
        torch.randn(2, dtype=torch.complex64),
        torch.randn(2, dtype=torch.complex64).conj(),
        torch.tensor([True, False]),
        torch.ones(1).expand(4),
    ],
)
def test_dense_tensors_keep_value_shape_and_dtype(tensor):
    seen = canonical(tensor)
    assert (seen.shape, seen.dtype) == (tensor.shape, tensor.dtype)
    assert torch.equal(torch.nan_to_num(seen), torch.nan_to_num(tensor.detach()))
    assert not seen.requires_grad


def test_a_subclass_does_not_answer_for_itself():
    seen = canonical(torch.ones(2, 3).as_subclass(Liar))
    assert type(seen) is torch.Tensor
    assert torch.equal(seen, torch.ones(2, 3))


def test_numbers_of_numpy_and_fractions_are_numbers():
    assert canonical([np.float32(0.5), np.int64(3), Fraction(1, 4)]) == [0.5, 3, 0.25]
    assert canonical({np.int64(3): 1}) == {"3": 1}


def test_an_expanded_bomb_is_not_copied():
    assert is_odd(canonical(torch.ones(1).expand(10**9)))


def test_many_tensors_share_one_allowance():
    half = torch.zeros(1).expand(MAX_BYTES // 8)
    seen = canonical([half] * 5)
    assert [is_odd(element) for element in seen] == [False, False, True, True, True]


def test_a_list_that_contains_itself_ends():
    cyclic: list[object] = []
    cyclic += [cyclic, cyclic]
    assert canonical(cyclic) == [{"$odd": "something that contains itself"}] * 2


def test_a_tree_that_doubles_at_every_level_ends():
    tree: object = 1
    for _ in range(20):
        tree = [tree, tree]
    assert canonical(tree) == {"$odd": f"more than {MAX_ELEMENTS} values"}


def test_deep_nesting_ends():
    deep: object = 1
    for _ in range(5000):
        deep = [deep]
    assert "nested too deeply" in str(canonical(deep))


@pytest.mark.parametrize(
    "value",
    [
        object(),
        {1, 2},
        1 + 2j,
        10**30,
        "x" * 200_000,
        [0] * (MAX_ELEMENTS + 1),
        torch.ones(2, 2).to_sparse(),
        torch.ones(2, device="meta"),
        {"1": 0, 1: 0},
        (element for element in ()),
    ],
)
def test_what_cannot_be_compared_is_odd(value):
    assert is_odd(canonical(value))


def test_bytes_can_be_compared():
    assert canonical(b"ab") == canonical(bytearray(b"ab")) != canonical(b"ba")


def test_dtypes_are_named():
    assert canonical(torch.bfloat16) == "torch.bfloat16"
