def hnsw_search(distance, layers, entry, ef, k):
    distances = {entry: distance(entry)}
    level = len(layers) - 1
    while level > 0:
        for node in layers[level][entry]:
            if node not in distances:
                distances[node] = distance(node)
        best = min(layers[level][entry] + [entry], key=lambda n: distances[n])
        if best == entry:
            level -= 1
        entry = best
    candidates, results, seen = [entry], [entry], [entry]
    while len(candidates) > 0:
        candidates.sort(key=lambda n: -distances[n])
        node = candidates.pop()
        if len(results) >= ef and distances[node] > max(
            distances[n] for n in results
        ):
            break
        for other in layers[0][node]:
            if other in seen:
                continue
            seen.append(other)
            if other not in distances:
                distances[other] = distance(other)
            candidates.append(other)
            results.append(other)
            results = sorted(results, key=lambda n: distances[n])[:ef]
    return results[:k]
