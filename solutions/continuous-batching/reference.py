"""Continuous batching: who runs is decided in every step (Yu et al., 2022).

Preemption by recomputation as in PagedAttention, §4.5 (Kwon et al., 2023).
"""

from collections import deque
from dataclasses import dataclass


class Scheduler:
    """Decides in every step which requests run, under three limits."""

    def __init__(self, max_sequences: int, max_tokens: int, kv_tokens: int):
        self.max_sequences = max_sequences
        self.max_tokens = max_tokens
        self.kv_tokens = kv_tokens
        self.waiting: deque[_Request] = deque()
        self.running: list[_Request] = []  # in the order of admission

    def add(self, name: str, prompt: int, new: int) -> None:
        """Queue a request that has `prompt` tokens and generates `new` more.

        Raises:
            ValueError: if it might never fit, not even alone.
        """
        if prompt + new - 1 > min(self.max_tokens, self.kv_tokens):
            raise ValueError(f"request {name} can outgrow the server")
        self.waiting.append(_Request(name, prompt, new))

    def step(self) -> list[tuple[str, int]]:
        """One pass through the model: (name, tokens processed) of everyone."""
        self._make_room()
        self._admit()
        batch = [(request.name, request.work) for request in self.running]
        for request in self.running:
            request.cached = request.known
            request.known += 1
            request.left -= 1
        self.running = [request for request in self.running if request.left]
        return batch

    def _make_room(self) -> None:
        # after this step everyone who runs has cached all that is known now
        while sum(request.known for request in self.running) > self.kv_tokens:
            last = self.running.pop()
            last.cached = 0
            self.waiting.appendleft(last)

    def _admit(self) -> None:
        work = sum(request.work for request in self.running)
        caches = sum(request.known for request in self.running)
        while self.waiting and len(self.running) < self.max_sequences:
            work += self.waiting[0].work
            caches += self.waiting[0].known
            if work > self.max_tokens or caches > self.kv_tokens:
                break
            self.running.append(self.waiting.popleft())


@dataclass
class _Request:
    name: str
    known: int  # tokens of the prompt and those generated
    left: int  # tokens still to generate
    cached: int = 0

    @property
    def work(self) -> int:
        """Tokens to process: one in a decode, all of them in a prefill."""
        return self.known - self.cached
