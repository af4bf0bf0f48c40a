"""What the steps of a calculation are called."""

from __future__ import annotations

from llmprep.content.items import Language

_STEPS: dict[str, tuple[str, str]] = {
    "attention": ("Attention, one layer", "注意力，每层"),
    "latent-attention": ("Latent attention (MLA), one layer", "MLA 注意力，每层"),
    "ffn": ("Feed-forward, one layer", "FFN，每层"),
    "experts": ("Experts and router, one layer", "专家与路由，每层"),
    "norms": ("Norms, one layer", "归一化，每层"),
    "cross-attention": ("Cross-attention and its norm, one layer", "交叉注意力及其归一化，每层"),
    "embeddings": ("Embeddings and output projection", "embedding 与输出投影"),
    "total": ("All parameters", "参数总量"),
    "active": ("Parameters used per token", "每个 token 激活的参数"),
    "matrices": ("Matrix elements in all blocks", "所有层的矩阵元素"),
    "pair": ("One query with one key, all layers", "一对 query–key，所有层"),
    "prefill": ("Prefill", "prefill"),
    "decode": ("One decoding step", "解码一步"),
    "training": ("Training (6ND)", "训练（6ND）"),
    "days": ("Training time", "训练时间"),
    "cost": ("Cost", "费用"),
    "optimal-parameters": ("Compute-optimal parameters", "算力最优的参数量"),
    "optimal-tokens": ("Compute-optimal tokens", "算力最优的 token 数"),
    "kv-cache": ("KV cache", "KV cache"),
    "window-cache": ("KV cache with a rolling window", "KV cache（滚动窗口）"),
    "bytes-read": ("Read per step: weights and cache", "每步读取：权重与 cache"),
    "intensity": ("Arithmetic intensity", "计算强度"),
    "ridge": ("Ridge of the GPU", "GPU 的拐点"),
    "tokens-per-second": ("Tokens per second, at best", "每秒 token 数上限"),
    "attainable": ("Attainable", "可达到的算力"),
    "share": ("Parameters on one GPU", "每张卡的参数"),
    "weights": ("Weights, bf16", "权重，bf16"),
    "gradients": ("Gradients, bf16", "梯度，bf16"),
    "optimizer": ("Adam: master weights, m, v in fp32", "Adam：fp32 主权重、m、v"),
    "activations": ("Activations", "激活"),
    "memory": ("Memory of one GPU", "每张卡的显存"),
    "data-parallel": ("Data parallelism, sent per step", "数据并行，每步发送"),
    "tensor-parallel": ("Tensor parallelism, sent per step", "张量并行，每步发送"),
    "pipeline-parallel": ("Pipeline, over one boundary per step", "流水线并行，每步过一个边界"),
    "bubble": ("Pipeline bubble", "流水线气泡"),
    "expert-parallel": ("Expert parallelism, sent per step", "专家并行，每步发送"),
    "lora": ("LoRA parameters", "LoRA 参数量"),
    "lora-share": ("Share of all parameters", "占总参数量"),
}
_BOUND: dict[str, tuple[str, str]] = {
    "memory": ("Below the ridge: memory bandwidth is the limit.", "低于拐点：瓶颈在显存带宽。"),
    "compute": ("Above the ridge: computation is the limit.", "高于拐点：瓶颈在算力。"),
}


def step_name(name: str, language: Language) -> str:
    """What a step is called on the screen."""
    if name.startswith("lora-") and name not in _STEPS:
        matrix = name.removeprefix("lora-")
        return f"LoRA, W_{matrix}" if language == "en" else f"LoRA，W_{matrix}"
    return _STEPS[name][language == "zh"]


def bound(by: str, language: Language) -> str:
    """Which side of the roofline a computation is on."""
    return _BOUND[by][language == "zh"]
