import torch


class Constraint:
    """All states are walked once at the start."""

    def __init__(self, transitions, accepting, vocabulary, eos):
        states = set(transitions) | set(accepting)
        for moves in transitions.values():
            states |= set(moves.values())
        self.eos = eos
        self.table = {None: {eos: None}}
        for state in states:
            self.table[state] = {}
            for token, text in enumerate(vocabulary):
                if token == eos or not text:
                    continue
                here, stuck = state, False
                for character in text:
                    moves = transitions.get(here, {})
                    if character not in moves:
                        stuck = True
                        break
                    here = moves[character]
                if not stuck:
                    self.table[state][token] = here
            if state in accepting:
                self.table[state][eos] = None

    def allowed(self, state):
        return sorted(self.table.get(state, {}))

    def mask(self, logits, states):
        bias = torch.full_like(logits, float("-inf"))
        for row, state in enumerate(states):
            if not self.table.get(state):
                raise ValueError("dead end")
            bias[row, self.allowed(state)] = 0.0
        return logits + bias

    def advance(self, states, tokens):
        rows = zip(states, tokens.tolist(), strict=True)
        try:
            return [self.table[state][token] for state, token in rows]
        except KeyError as error:
            raise ValueError("not allowed") from error
