import numpy as np


def calibration_error(probabilities, labels, bins=10):
    p, y = probabilities.detach().numpy(), labels.numpy()
    top = p.max(axis=1).astype(np.float64)
    right = p.argmax(axis=1) == y
    place = np.digitize(top, np.arange(1, bins) / bins, right=True)
    gaps = [
        (abs(right[place == m].mean() - top[place == m].mean()), m)
        for m in np.unique(place)
    ]
    weights = [np.mean(place == m) for _, m in gaps]
    return [
        float(sum(w * g for w, (g, _) in zip(weights, gaps, strict=True))),
        float(max(gaps)[0]),
    ]
