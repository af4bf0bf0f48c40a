"""The arithmetic of LLMs: parameters, FLOPs, KV cache, training memory."""
