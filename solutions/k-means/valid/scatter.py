import torch


def init_centers(x, k):
    index = torch.randperm(len(x))[:1]
    while len(index) < k:
        d = (x[:, None, :] - x[index][None]).pow(2).sum(2).min(1)[0]
        law = torch.distributions.Categorical(probs=d / d.sum())
        index = torch.cat([index, law.sample((1,))])
    return x[index]


def kmeans(x, centers, max_iterations=20):
    previous = None
    done = 0
    while True:
        d = torch.cdist(x, centers, compute_mode="donot_use_mm_for_euclid_dist")
        value, labels = d.min(dim=1)
        settled = previous is not None and bool((labels == previous).all())
        if settled or done == max_iterations:
            return labels, centers, value.pow(2).sum()
        sums = torch.zeros_like(centers).index_add_(0, labels, x)
        counts = torch.bincount(labels, minlength=len(centers))[:, None]
        moved = sums / counts.to(x.dtype)
        centers = torch.where(counts == 0, centers, moved)
        previous, done = labels, done + 1
