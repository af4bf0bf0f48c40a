"""Constrained decoding by a finite automaton (Willard and Louf 2023, §3)."""

import torch
from torch import Tensor

State = int | None  # None: finished, eos has been read


class Constraint:
    """Keeps generation inside the language of an automaton over characters.

    The automaton reads characters and the model writes tokens, so a token is
    read character by character.
    """

    def __init__(
        self,
        transitions: dict[int, dict[str, int]],
        accepting: set[int],
        vocabulary: list[str],
        eos: int,
    ) -> None:
        self.transitions = transitions
        self.accepting = accepting
        self.vocabulary = vocabulary
        self.eos = eos

    def allowed(self, state: State) -> list[int]:
        """The ids that may come next, in order."""
        return [
            token
            for token in range(len(self.vocabulary))
            if self._may_follow(state, token)
        ]

    def mask(self, logits: Tensor, states: list[State]) -> Tensor:
        """−∞ wherever a token is not allowed. Logits (B, V) -> (B, V)."""
        keep = torch.zeros_like(logits, dtype=torch.bool)
        for row, state in enumerate(states):
            ids = self.allowed(state)
            if not ids:  # a softmax over nothing but −∞ would be NaN
                raise ValueError(f"no token can follow state {state}")
            keep[row, ids] = True
        return logits.masked_fill(~keep, -torch.inf)

    def advance(self, states: list[State], tokens: Tensor) -> list[State]:
        """The states after one token (B,) each."""
        following: list[State] = []
        for state, token in zip(states, tokens.tolist(), strict=True):
            if not self._may_follow(state, token):
                raise ValueError(f"token {token} cannot follow state {state}")
            following.append(self._read(state, token))
        return following

    def _may_follow(self, state: State, token: int) -> bool:
        if token == self.eos:
            return state is None or state in self.accepting
        if self.vocabulary[token] == "":  # could be repeated for ever
            return False
        return self._read(state, token) is not None

    def _read(self, state: State, token: int) -> State:
        """The state after all characters of a token, None if it gets stuck."""
        if token == self.eos:
            return None
        for character in self.vocabulary[token]:
            if state is None:
                return None
            state = self.transitions.get(state, {}).get(character)
        return state
