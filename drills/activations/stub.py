from torch import Tensor


def relu(x: Tensor) -> Tensor:
    """max(0, x); x (...) -> (...)."""
    raise NotImplementedError


def relu_derivative(x: Tensor) -> Tensor:
    """x (...) -> (...), 0 at 0."""
    raise NotImplementedError


def gelu(x: Tensor) -> Tensor:
    """x·Φ(x), exact; x (...) -> (...)."""
    raise NotImplementedError


def gelu_derivative(x: Tensor) -> Tensor:
    """x (...) -> (...)."""
    raise NotImplementedError


def gelu_tanh(x: Tensor) -> Tensor:
    """The approximation of GELU by tanh; x (...) -> (...)."""
    raise NotImplementedError


def gelu_tanh_derivative(x: Tensor) -> Tensor:
    """The derivative of `gelu_tanh` itself; x (...) -> (...)."""
    raise NotImplementedError


def silu(x: Tensor) -> Tensor:
    """x·σ(x); x (...) -> (...)."""
    raise NotImplementedError


def silu_derivative(x: Tensor) -> Tensor:
    """x (...) -> (...)."""
    raise NotImplementedError
