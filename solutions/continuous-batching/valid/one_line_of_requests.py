class Scheduler:
    """One list in the ideal order: those who run, then those who wait."""

    def __init__(self, max_sequences, max_tokens, kv_tokens):
        self.limits = max_sequences, max_tokens, kv_tokens
        self.line = []
        self.n_running = 0

    def add(self, name, prompt, new):
        _, tokens, kv = self.limits
        if prompt + new - 1 > tokens or prompt + new - 1 > kv:
            raise ValueError(name)
        self.line.append(
            {"name": name, "prompt": prompt, "done": 0, "new": new}
        )

    def step(self):
        places, tokens, kv = self.limits
        size = [r["prompt"] + r["done"] for r in self.line]
        n = self.n_running
        while n and sum(size[:n]) > kv:
            n -= 1
        work = [1] * n
        while n < len(size) and n < places:
            if sum(work) + size[n] > tokens or sum(size[: n + 1]) > kv:
                break
            work.append(size[n])
            n += 1
        batch = [(self.line[i]["name"], work[i]) for i in range(n)]
        for request in self.line[:n]:
            request["done"] += 1
        before = len(self.line)
        self.line = [r for r in self.line if r["done"] < r["new"]]
        self.n_running = n - (before - len(self.line))
        return batch
