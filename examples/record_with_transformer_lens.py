"""Records a trace with TransformerLens, to be opened here with `explain render FILE`.

Any model that TransformerLens runs will do, on whatever hardware it needs; what it does not record, the page leaves out:

    pip install "transformer_lens>=4" safetensors
    python record_with_transformer_lens.py gpt2 "The capital of Italy is" trace.safetensors

MODEL is a name that TransformerLens knows, or a folder with a GPT-2 checkpoint in the Hugging Face layout.
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
    lens = torch.stack([model.unembed(model.ln_final(stream))[0].softmax(-1) for stream in streams]).topk(5)
    directions = torch.nn.functional.normalize(model.W_E, dim=-1)
    cosines = directions[tokens[0]] @ directions.T
    near = cosines.scatter(1, tokens[0][:, None], -2).topk(6)
    likeliest = logits[0].topk(2).indices
    return neurons(model, cache) | {
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
    "normalization_type", "final_rms", "use_normalization_before_and_after", "positional_embedding_type",
    "n_key_value_heads", "attn_scale", "attn_scores_soft_cap", "output_logits_soft_cap", "gated_mlp", "parallel_attn_mlp",
)


def describe(model):
    """What the configuration says of the model's sizes and equations, and which biases it has: one of zeros adds nothing."""
    config = model.cfg
    said = {name: getattr(config, name, None) for name in DESCRIBED}
    biases = [name for name in ("b_Q", "b_K", "b_V", "b_O", "b_in", "b_out", "b_U") if has(model, name)]
    return {
        "model_name": os.path.basename(config.model_name), "biases": biases,
        **{name: value for name, value in said.items() if isinstance(value, (bool, int, float, str))},
    }


def has(model, name):
    bias = getattr(model, name, None)
    return bias is not None and bool(torch.as_tensor(bias).any())


def record(model, prompt):
    """Runs the prompt and returns the tensors and the metadata of a trace."""
    model.set_use_attn_result(True)
    tokens = model.to_tokens(prompt, prepend_bos=False)
    with torch.no_grad():
        logits, cache = model.run_with_cache(tokens)
        found = facts(model, cache, tokens, logits)
    tensors = found | {name: value for name, value in cache.items() if name.endswith(RECORDED)}
    tensors["logits"] = logits
    tensors["probabilities"] = logits.softmax(-1)
    norms = {"ln_final": model.ln_final}
    for layer, block in enumerate(model.blocks):
        if has(model, "b_O"):
            tensors[f"blocks.{layer}.attn.b_O"] = model.b_O[layer]
        norms |= {f"blocks.{layer}.{norm}": getattr(block, norm) for norm in ("ln1", "ln2")}
    for name, norm in norms.items():
        for part in ("w", "b"):
            if isinstance(getattr(norm, part, None), torch.Tensor):
                tensors[f"{name}.{part}"] = getattr(norm, part)
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
