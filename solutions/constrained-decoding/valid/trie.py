import torch


class Constraint:
    """The vocabulary as a trie, walked together with the automaton."""

    def __init__(self, transitions, accepting, vocabulary, eos):
        self.moves, self.accepting, self.eos = transitions, accepting, eos
        self.vocabulary = vocabulary
        self.root = {}
        for token, text in enumerate(vocabulary):
            if token != eos and text:
                node = self.root
                for character in text:
                    node = node.setdefault(character, {})
                node.setdefault("", []).append(token)

    def allowed(self, state):
        if state is None:
            return [self.eos]
        found = [self.eos] if state in self.accepting else []
        self.walk(self.root, state, found)
        return sorted(found)

    def walk(self, node, state, found):
        found += node.get("", [])
        for character, following in self.moves.get(state, {}).items():
            if character in node:
                self.walk(node[character], following, found)

    def mask(self, logits, states):
        rows = []
        for row, state in zip(logits, states, strict=True):
            ids = self.allowed(state)
            if len(ids) == 0:
                raise ValueError("nothing is allowed here")
            index = torch.tensor(ids)
            nothing = torch.full_like(row, -torch.inf)
            rows.append(nothing.index_copy(0, index, row[index]))
        return torch.stack(rows)

    def advance(self, states, tokens):
        result = []
        for state, token in zip(states, tokens, strict=True):
            token = int(token)
            if token not in self.allowed(state):
                raise ValueError((state, token))
            if token != self.eos:
                for character in self.vocabulary[token]:
                    state = self.moves[state][character]
            else:
                state = None
            result.append(state)
        return result
