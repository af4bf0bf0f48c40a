import bisect


def hnsw_search(distance, layers, entry, ef, k):
    known = {}

    def away(node):
        if node not in known:
            known[node] = distance(node)
        return known[node]

    def search(layer, start, size):
        best = [(away(start), start)]
        seen, expanded = {start}, set()
        while True:
            waiting = [node for _, node in best if node not in expanded]
            if not waiting:
                return [node for _, node in best]
            node = waiting[0]
            expanded.add(node)
            for neighbour in layer[node]:
                if neighbour not in seen:
                    seen.add(neighbour)
                    bisect.insort(best, (away(neighbour), neighbour))
                    del best[size:]

    for layer in layers[:0:-1]:
        entry = search(layer, entry, 1)[0]
    return search(layers[0], entry, ef)[:k]
