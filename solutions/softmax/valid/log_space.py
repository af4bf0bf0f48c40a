def softmax(x, dim=-1):
    largest = x.max(dim=dim, keepdim=True)[0].detach()
    log_sum = (x - largest).exp().sum(dim=dim, keepdim=True).log()
    return (x - largest - log_sum).exp()
