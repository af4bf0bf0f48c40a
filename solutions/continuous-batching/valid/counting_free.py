class Scheduler:
    def __init__(self, max_sequences, max_tokens, kv_tokens):
        self.max_sequences, self.max_tokens = max_sequences, max_tokens
        self.capacity = self.free = kv_tokens
        self.queue, self.active = [], []

    def add(self, name, prompt, new):
        if (
            max(
                prompt + new - 1 - self.max_tokens,
                prompt + new - 1 - self.capacity,
            )
            > 0
        ):
            raise ValueError("too large")
        self.queue.append([name, prompt, 0, new])

    def step(self):
        while len(self.active) > self.free:
            victim = self.active.pop()
            self.free += victim[1] + victim[2] - 1
            self.queue = [victim, *self.queue]
        self.free -= len(self.active)
        budget = self.max_tokens - len(self.active)
        batch = [[request[0], 1] for request in self.active]
        while self.queue and len(self.active) < self.max_sequences:
            name, prompt, generated, _ = self.queue[0]
            if prompt + generated > min(budget, self.free):
                break
            budget -= prompt + generated
            self.free -= prompt + generated
            self.active.append(self.queue.pop(0))
            batch.append([name, prompt + generated])
        for request in list(self.active):
            request[2] += 1
            if request[2] == request[3]:
                self.active.remove(request)
                self.free += request[1] + request[2] - 1
        return [tuple(entry) for entry in batch]
