import torch


def init_centers(x, k):
    N = x.shape[0]
    picked = [int(torch.randint(0, N, ()))]
    best = ((x - x[picked[0]]) ** 2).sum(1)
    for _ in range(k - 1):
        threshold = torch.rand(()).item() * best.sum().item()
        total, choice = 0.0, None
        for n in range(N):
            total += best[n].item()
            if best[n] > 0:
                choice = n
                if total > threshold:
                    break
        picked.append(choice)
        best = torch.minimum(best, ((x - x[choice]) ** 2).sum(1))
    return x[picked]


def assign(x, centers):
    return torch.tensor(
        [int(((p - centers) ** 2).sum(1).sqrt().argmin()) for p in x]
    )


def kmeans(x, centers, max_iterations=20):
    centers = centers.clone()
    labels = assign(x, centers)
    for _ in range(max_iterations):
        old = labels
        for j in range(len(centers)):
            if (labels == j).sum() > 0:
                centers[j] = x[labels == j].mean(0)
        labels = assign(x, centers)
        if (old == labels).all():
            break
    inertia = sum(((p - centers[j]) ** 2).sum() for p, j in zip(x, labels))
    return labels, centers, inertia
