import torch


def sequence_log_probability(logits, labels, mask, average=False):
    results = []
    for row in range(logits.shape[0]):
        places = [t for t in range(1, logits.shape[1]) if mask[row, t]]
        total = logits.new_zeros(())
        for t in places:
            total = (
                total + torch.log_softmax(logits[row, t - 1], 0)[labels[row, t]]
            )
        results.append(total / len(places) if average and places else total)
    return torch.stack(results)
