import heapq
from collections import defaultdict


def train_bpe(word_counts, num_merges, min_frequency=1):
    words = [list(word) for word in word_counts]
    weight = list(word_counts.values())
    counts, where = defaultdict(int), defaultdict(set)

    def book(index, sign):
        for pair in zip(words[index], words[index][1:]):
            counts[pair] += sign * weight[index]
            where[pair].add(index)
            touched.add(pair)

    touched = set()
    for index in range(len(words)):
        book(index, +1)
    heap = [(-counts[pair], pair) for pair in touched]
    heapq.heapify(heap)
    merges = []
    while heap and len(merges) < num_merges:
        count, pair = heapq.heappop(heap)
        if -count != counts[pair] or count == 0:
            continue  # out of date
        if -count < min_frequency:
            break
        merges.append(pair)
        touched = set()
        for index in sorted(where.pop(pair)):
            book(index, -1)
            words[index] = joined(words[index], pair)
            book(index, +1)
        for changed in touched:
            heapq.heappush(heap, (-counts[changed], changed))
    return merges


def joined(symbols, pair):
    result = []
    for symbol in symbols:
        if result and (result[-1], symbol) == pair:
            result[-1] += symbol
        else:
            result.append(symbol)
    return result
