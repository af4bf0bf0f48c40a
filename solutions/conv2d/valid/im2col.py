import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    columns = F.unfold(
        x,
        tuple(weight.shape[2:]),
        dilation=dilation,
        padding=padding,
        stride=stride,
    )  # (B, C_in·k_H·k_W, H′·W′)
    y = weight.flatten(1) @ columns
    two = [
        v if isinstance(v, tuple) else (v, v)
        for v in (stride, padding, dilation)
    ]
    size = [
        (
            x.shape[2 + i]
            + 2 * two[1][i]
            - two[2][i] * (weight.shape[2 + i] - 1)
            - 1
        )
        // two[0][i]
        + 1
        for i in (0, 1)
    ]
    if bias is not None:
        y = y + bias[:, None]
    return y.unflatten(2, size)
