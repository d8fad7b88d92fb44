"""Records a trace with TransformerLens, to be opened here with `explain render FILE`.

Any model that TransformerLens runs will do, on whatever hardware it needs; what it does not record, the page leaves out:

    pip install "transformer_lens>=4" safetensors
    python record_with_transformer_lens.py gpt2 "The capital of Italy is" trace.safetensors

MODEL is a name that TransformerLens knows, or a folder in the Hugging Face layout: of GPT-2, Llama (SmolLM2, ...), Mistral, Qwen2,
Qwen3, Gemma 2 or GPT-NeoX (Pythia). What a bridge has no hook for (GPT-NeoX's rotated queries and keys, logits before a cap) is left out.
"""

import json
import os
import sys

import torch
from safetensors.torch import save_file
from transformer_lens.model_bridge import TransformerBridge

RECORDED = (
    "hook_rot_q", "hook_rot_k", "hook_q_normed", "hook_k_normed", "hook_pre_linear", "attn.hook_out", "mlp.hook_out",
    "ln1_post.hook_out", "ln2_post.hook_out", "hook_embed", "hook_pos_embed", "hook_resid_pre", "hook_resid_mid", "hook_resid_post", "hook_attn_out",
    "hook_mlp_out", "hook_scale", "hook_normalized", "hook_q", "hook_k", "hook_v", "hook_z", "hook_attn_scores",
    "hook_pattern", "hook_result", "hook_pre", "hook_post", "ln1.hook_out", "ln2.hook_out", "ln_final.hook_out",
)


def open_model(name):
    """Opens a model with its weights as they were trained, so that the numbers are those of the checkpoint."""
    if not os.path.isdir(name):
        return TransformerBridge.boot_transformers(name)
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(name)
    return TransformerBridge.boot_transformers(name, hf_model=model, tokenizer=AutoTokenizer.from_pretrained(name))


def facts(model, cache, tokens, logits):
    """What a page shows beside the activations: the logit lens, neighbours in W_E, the likeliest tokens' columns of W_U."""
    streams = [cache["blocks.0.hook_resid_pre"]]
    streams += [cache[f"blocks.{layer}.hook_resid_post"] for layer in range(model.cfg.n_layers)]
    cap = getattr(model.cfg, "output_logits_soft_cap", None) or -1
    capped = lambda x: cap * torch.tanh(x / cap) if cap > 0 else x
    lens = torch.stack([capped(model.unembed(model.ln_final(stream)))[0].softmax(-1) for stream in streams]).topk(5)
    directions = torch.nn.functional.normalize(model.W_E, dim=-1)
    cosines = directions[tokens[0]] @ directions.T
    near = cosines.scatter(1, tokens[0][:, None], -2).topk(6)
    likeliest = logits[0].topk(2).indices
    # Behind a norm, or where logits are capped, a neuron's effect is not its own.
    alone = cap <= 0 and model.original_model.config.model_type != "gemma2"
    return (neurons(model, cache) if alone else {}) | {
        "facts.lens.token_id": lens.indices, "facts.lens.probability": lens.values,
        "facts.neighbours.token_id": near.indices, "facts.neighbours.cosine": near.values,
        "facts.neighbours.embed": model.W_E[near.indices],
        "facts.unembed.token_id": likeliest, "facts.unembed.W_U": model.W_U.T[likeliest],
    }


def neurons(model, cache):
    """The neurons that add most to each position's vector, and their direct effect on the logits: through the final norm,
    with the scale it had on this run, and W_U."""
    scale = cache["ln_final.hook_scale"][0][:, None]
    layers = []
    for layer, rows in enumerate(model.W_out):
        post = cache[f"blocks.{layer}.mlp.hook_post"][0]
        strongest = (post.abs() * rows.norm(dim=-1)).topk(5).indices
        # Each neuron meets W_U once: a negative activation promotes what the opposite of its row does.
        distinct, place = strongest.unique(return_inverse=True)
        added = through_final_norm(model, rows[distinct]) @ model.W_U
        raised, lowered = added.topk(3), (-added).topk(3)
        activation = post.gather(1, strongest)[..., None]
        promoted = torch.where(activation < 0, lowered.indices[place], raised.indices[place])
        logit = activation.abs() / scale * torch.where(activation < 0, lowered.values[place], raised.values[place])
        layers.append((strongest, rows.norm(dim=-1)[strongest], promoted, logit))
    names = ("index", "length", "direct.token_id", "direct.logit")
    return {f"facts.neurons.{name}": torch.stack(part) for name, part in zip(names, zip(*layers))}


def through_final_norm(model, rows):
    """What the final norm makes of something that is added to the stream, but for its scale: centred, times the gain."""
    if "RMS" not in str(model.cfg.normalization_type):
        rows = rows - rows.mean(dim=-1, keepdim=True)
    norm = model.ln_final
    return rows * (norm.w if hasattr(norm, "w") else norm.weight)


DESCRIBED = (
    "n_layers", "n_heads", "d_model", "d_head", "d_mlp", "d_vocab", "n_ctx", "eps", "act_fn", "original_architecture",
    "normalization_type", "use_normalization_before_and_after", "positional_embedding_type",
    "n_key_value_heads", "attn_scale", "attn_scores_soft_cap", "output_logits_soft_cap", "gated_mlp", "parallel_attn_mlp",
)


def describe(model):
    """What the configuration says of the model's sizes and equations, and which biases it has: one of zeros adds nothing."""
    config = model.cfg
    said = {name: getattr(config, name, None) for name in DESCRIBED}
    said["original_architecture"] = None
    biases = [name for name in ("b_Q", "b_K", "b_V", "b_O", "b_in", "b_out", "b_U") if has(model, name)]
    return {
        "model_name": os.path.basename(config.model_name), "biases": biases,
        **{name: value for name, value in said.items() if isinstance(value, (bool, int, float, str))},
        **{name: value for name, value in equations(model.original_model.config).items() if value is not None},
    }


def equations(config):
    """What Hugging Face's configuration says of rotations, windows and the like, under the names of a trace."""
    said = {"original_architecture": (config.architectures or [None])[0], "tied": bool(config.tie_word_embeddings)}
    turns = getattr(config, "rope_parameters", None)
    if turns and "rope_theta" in turns and config.model_type != "gpt2":
        width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        share = turns.get("partial_rotary_factor", 1) if config.model_type == "gpt_neox" else 1
        said |= {"rotary_dim": int(width * share), "rotary_base": turns["rope_theta"]}
        kind = turns.get("rope_type", "default")
        if kind == "llama3":
            said["rotary_scaling"] = {"factor": turns["factor"], "low": turns["low_freq_factor"], "high": turns["high_freq_factor"],
                                      "original": turns["original_max_position_embeddings"]}
        elif kind == "linear":
            said["rotary_scaling"] = {"factor": turns["factor"]}
        elif kind != "default":
            sys.exit(f"rope_type {kind} has no name in a trace")
    window, kinds = getattr(config, "sliding_window", None), getattr(config, "layer_types", None)
    if kinds is None and config.model_type == "mistral":
        kinds = ["sliding_attention"] * config.num_hidden_layers
    if window and kinds and "sliding_attention" in kinds:
        said |= {"window_size": window, "attn_types": ["local" if kind == "sliding_attention" else "global" for kind in kinds]}
    if config.model_type == "gemma2":
        said |= {"embedding_scale": config.hidden_size ** 0.5, "attn_scale": config.query_pre_attn_scalar ** 0.5,
                 "use_normalization_before_and_after": True}
    return said


def has(model, name):
    bias = getattr(model, name, None)
    return bias is not None and bool(torch.as_tensor(bias).any())


def record(model, prompt):
    """Runs the prompt and returns the tensors and the metadata of a trace."""
    model.set_use_attn_result(True)
    tokens = model.tokenizer(prompt, return_tensors="pt").input_ids.to(model.W_E.device)  # with what the tokenizer puts before a text
    with torch.no_grad():
        logits, cache = model.run_with_cache(tokens)
        found = facts(model, cache, tokens, logits)
    tensors = found | {name: value for name, value in cache.items() if name.endswith(RECORDED)}
    for name, value in tensors.items():  # norms of queries and keys have their heads first there
        if name.endswith(("hook_q_normed", "hook_k_normed")) or "q_norm.hook" in name or "k_norm.hook" in name:
            positions = tokens.shape[1]
            if value.dim() == 4 and value.shape[1] != positions and value.shape[2] == positions:
                tensors[name] = value.transpose(1, 2)
    tensors["logits"] = logits
    tensors["probabilities"] = logits.softmax(-1)
    norms = {"ln_final": model.ln_final}
    for layer, block in enumerate(model.blocks):
        if has(model, "b_O"):
            tensors[f"blocks.{layer}.attn.b_O"] = model.b_O[layer]
        norms |= {f"blocks.{layer}.{norm}": getattr(block, norm, None) for norm in ("ln1", "ln2", "ln1_post", "ln2_post")}
        norms |= {f"blocks.{layer}.attn.{norm}": getattr(block.attn, norm, None) for norm in ("q_norm", "k_norm")}
    # Gemma stores a gain less 1.
    offset = 1 if model.original_model.config.model_type == "gemma2" else 0
    for name, norm in norms.items():
        for part, other in (("w", "weight"), ("b", "bias")):
            value = getattr(norm, part, None)
            value = value if isinstance(value, torch.Tensor) else getattr(norm, other, None)
            if isinstance(value, torch.Tensor):
                tensors[f"{name}.{part}"] = value + (offset if part == "w" else 0)
    metadata = {
        "format": "explain-trace/1",
        "prompt": prompt,
        "token_ids": json.dumps(tokens[0].tolist()),
        "tokens": json.dumps(model.to_str_tokens(tokens[0], prepend_bos=False), ensure_ascii=False),
        "model": json.dumps(describe(model)),
        "vocabulary": json.dumps([model.tokenizer.decode([i]) for i in range(model.cfg.d_vocab)], ensure_ascii=False),
    }
    return {name: value.detach().float().contiguous().cpu().clone() for name, value in tensors.items()}, metadata


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    name, prompt, output = sys.argv[1:]
    tensors, metadata = record(open_model(name), prompt)
    save_file(tensors, output, metadata=metadata)


if __name__ == "__main__":
    main()
