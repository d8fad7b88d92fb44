"""Records a trace with plain Hugging Face hooks, to be opened here with `explain render FILE`.

GPT-2, Llama (SmolLM2, ...), Mistral, Qwen2, Qwen3, Gemma 2 and GPT-NeoX (Pythia), on whatever hardware they need:

    pip install torch transformers safetensors
    python record_with_hugging_face.py HuggingFaceTB/SmolLM2-135M "The capital of Italy is" trace.safetensors

MODEL is a name on the hub, or a folder. Everything is recorded where the model computes it; what a model computes within one call is
worked out from what goes in and comes out: norms' scales, scores, what each head writes.
"""

import json
import math
import os
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

# What the parts of a block are called in each family: attention, its output matrix, MLP, gate, up, down, the norms before.
LLAMA = dict(attn="self_attn", o="o_proj", mlp="mlp", gate="gate_proj", up="up_proj", down="down_proj", ln1="input_layernorm",
             ln2="post_attention_layernorm")
PARTS = {
    "gpt2": dict(attn="attn", o="c_proj", mlp="mlp", gate=None, up="c_fc", down="c_proj", ln1="ln_1", ln2="ln_2"),
    "gpt_neox": dict(attn="attention", o="dense", mlp="mlp", gate=None, up="dense_h_to_4h", down="dense_4h_to_h",
                     ln1="input_layernorm", ln2="post_attention_layernorm"),
    "gemma2": LLAMA | dict(ln2="pre_feedforward_layernorm", ln1_post="post_attention_layernorm", ln2_post="post_feedforward_layernorm"),
    **{family: LLAMA for family in ("llama", "mistral", "qwen2", "qwen3")},
}


class Recording:
    """A run of a model, with every tensor under TransformerLens's name."""

    def __init__(self, model, tokens):
        self.model, self.config, self.found = model, model.config, {}
        if self.config.model_type not in PARTS:
            sys.exit(f"{self.config.model_type} is not known here; known are {', '.join(PARTS)}")
        self.names = PARTS[self.config.model_type]
        base = model.base_model
        self.blocks = getattr(base, "h", None) or base.layers
        self.final = next(getattr(base, n) for n in ("ln_f", "norm", "final_layer_norm") if hasattr(base, n))
        self.heads = self.config.num_attention_heads
        self.key_heads = getattr(self.config, "num_key_value_heads", None) or self.heads
        self.width = getattr(self.config, "head_dim", None) or self.config.hidden_size // self.heads
        self.hooks = []
        self.attach(base)
        with torch.no_grad():
            result = model(tokens, output_attentions=True, use_cache=False)
        for hook in self.hooks:
            hook.remove()
        self.put("logits", result.logits)
        self.put("probabilities", result.logits.softmax(-1))
        for layer, pattern in enumerate(result.attentions):
            self.put(f"blocks.{layer}.attn.hook_pattern", pattern)
            self.finish(layer)

    def put(self, name, value):
        self.found[name] = value.detach()[0]

    def see(self, module, name=None, before=None):
        """Records what comes out of a module, and what goes in."""
        if before:
            self.hooks.append(module.register_forward_pre_hook(
                lambda m, args, kwargs: self.put(before, args[0] if args else kwargs["hidden_states"]), with_kwargs=True))
        if name:
            self.hooks.append(module.register_forward_hook(
                lambda m, args, out: self.put(name, out[0] if isinstance(out, tuple) else out)))

    def attach(self, base):
        n, c = self.names, self.config
        first = self.blocks[0]
        self.hooks.append(first.register_forward_pre_hook(lambda m, args: self.put("blocks.0.hook_resid_pre", args[0])))
        if c.model_type == "gpt2":
            self.see(base.wte, "hook_embed")
            self.see(base.wpe, "hook_pos_embed")
        elif c.model_type == "gemma2":  # scaled by the square root of the width before the first block
            self.hooks.append(first.register_forward_pre_hook(lambda m, args: self.put("hook_embed", args[0])))
        else:
            self.see(model_embedding(base), "hook_embed")
        self.norm(self.final, "ln_final")
        if getattr(c, "final_logit_softcapping", None):
            self.see(self.model.get_output_embeddings(), "unembed.hook_out")
        for layer, block in enumerate(self.blocks):
            name = f"blocks.{layer}"
            attention, mlp = getattr(block, n["attn"]), getattr(block, n["mlp"])
            self.hooks.append(block.register_forward_pre_hook(
                lambda m, args, name=name: self.put(f"{name}.hook_resid_pre", args[0])))
            self.see(block, f"{name}.hook_resid_post")
            self.norm(getattr(block, n["ln1"]), f"{name}.ln1")
            self.norm(getattr(block, n["ln2"]), f"{name}.ln2")
            after = "ln1_post" in n
            if after:
                self.norm(getattr(block, n["ln1_post"]), f"{name}.ln1_post")
                self.norm(getattr(block, n["ln2_post"]), f"{name}.ln2_post")
            self.see(attention, f"{name}.attn.hook_out" if after else f"{name}.hook_attn_out")
            self.see(mlp, f"{name}.mlp.hook_out" if after else f"{name}.hook_mlp_out")
            self.see(getattr(attention, n["o"]), before=f"{name}.attn.hook_z")
            for letter in "qkv":
                if hasattr(attention, f"{letter}_proj"):
                    self.see(getattr(attention, f"{letter}_proj"), f"{name}.attn.hook_{letter}")
                if hasattr(attention, f"{letter}_norm"):
                    self.norm(getattr(attention, f"{letter}_norm"), f"{name}.attn.{letter}_norm", f"{name}.attn.hook_{letter}_normed")
            fused = getattr(attention, "c_attn", None) or getattr(attention, "query_key_value", None)
            if fused is not None:
                self.see(fused, f"{name}.fused")
            self.see(getattr(mlp, n["gate"] or n["up"]), f"{name}.mlp.hook_pre")
            if n["gate"]:
                self.see(mlp.up_proj, f"{name}.mlp.hook_pre_linear")
            self.see(getattr(mlp, n["down"]), before=f"{name}.mlp.hook_post")
        self.watch_rotation()

    def norm(self, module, name, out=None):
        """A norm's scale, what it makes of its input before the gain, and what comes out."""
        centres = isinstance(module, torch.nn.LayerNorm)
        epsilon = getattr(module, "eps", None) or getattr(module, "variance_epsilon")

        def seen(module, args, result):
            x = args[0].float()
            x = x - x.mean(-1, keepdim=True) if centres else x
            scale = (x.pow(2).mean(-1, keepdim=True) + epsilon).sqrt()
            self.put(f"{name}.hook_scale", scale)
            self.put(f"{name}.hook_normalized", x / scale)
            self.put(out or f"{name}.hook_out", result)

        self.hooks.append(module.register_forward_hook(seen))
        self.found[f"{name}.w"] = module.weight.detach() + (1 if self.config.model_type == "gemma2" else 0)
        if getattr(module, "bias", None) is not None:
            self.found[f"{name}.b"] = module.bias.detach()

    def watch_rotation(self):
        """Queries and keys are turned by a function of the model's file: it is called once a layer."""
        home = sys.modules[type(self.model).__module__]
        turn = getattr(home, "apply_rotary_pos_emb", None)
        if turn is None:
            return
        layers = iter(range(len(self.blocks)))

        def turned(q, k, *rest, **named):
            layer, result = next(layers), turn(q, k, *rest, **named)
            for letter, value in zip("qk", result):
                self.put(f"blocks.{layer}.attn.hook_rot_{letter}", value.transpose(1, 2))
            return result

        home.apply_rotary_pos_emb = turned
        self.hooks.append(type("Hook", (), {"remove": lambda self: setattr(home, "apply_rotary_pos_emb", turn)})())

    def finish(self, layer):
        """What follows from what was seen: heads apart, scores, what each head writes, the stream between."""
        name, found, c = f"blocks.{layer}", self.found, self.config
        attn = f"{name}.attn"
        fused = found.pop(f"{name}.fused", None)
        if fused is not None:
            by_head = c.model_type == "gpt_neox"
            parts = fused.view(len(fused), self.heads, 3, self.width).unbind(2) if by_head else fused.chunk(3, -1)
            found |= {f"{attn}.hook_{letter}": part.contiguous() for letter, part in zip("qkv", parts)}
        for letter, heads in zip("qkvz", (self.heads, self.key_heads, self.key_heads, self.heads)):
            for part in (f"hook_{letter}", f"hook_{letter}_normed"):
                if f"{attn}.{part}" in found:
                    value = found[f"{attn}.{part}"]
                    found[f"{attn}.{part}"] = value.reshape(len(value), heads, self.width)
        q = found.get(f"{attn}.hook_rot_q", found[f"{attn}.hook_q"])
        k = found.get(f"{attn}.hook_rot_k", found[f"{attn}.hook_k"]).repeat_interleave(self.heads // self.key_heads, dim=1)
        scores = torch.einsum("qhd,khd->hqk", q.float(), k.float()) / divisor(c, self.width, layer)
        cap = getattr(c, "attn_logit_softcapping", None)
        scores = cap * torch.tanh(scores / cap) if cap else scores
        found[f"{attn}.hook_attn_scores_unmasked"] = scores
        place = torch.arange(scores.shape[-1], device=scores.device)
        back = place[:, None] - place[None, :]
        window = windows(c)[layer]
        hidden = (back < 0) | (back >= window if window else False)
        found[f"{attn}.hook_attn_scores"] = scores.masked_fill(hidden, -math.inf)
        output = getattr(getattr(self.blocks[layer], self.names["attn"]), self.names["o"])
        rows = output.weight if c.model_type == "gpt2" else output.weight.T
        found[f"{attn}.hook_result"] = torch.einsum("qhd,hde->qhe", found[f"{attn}.hook_z"], rows.view(self.heads, self.width, -1))
        if output.bias is not None:
            found[f"{attn}.b_O"] = output.bias.detach()
        if "ln1_post" in self.names:
            found[f"{name}.hook_attn_out"] = found[f"{name}.ln1_post.hook_out"]
            found[f"{name}.hook_mlp_out"] = found[f"{name}.ln2_post.hook_out"]
        if not (c.model_type == "gpt_neox" and c.use_parallel_residual):
            found[f"{name}.hook_resid_mid"] = found[f"{name}.hook_resid_pre"] + found[f"{name}.hook_attn_out"]


def model_embedding(base):
    return base.embed_in if hasattr(base, "embed_in") else base.embed_tokens


def divisor(config, width, layer):
    if config.model_type == "gpt2":
        root = math.sqrt(width) if config.scale_attn_weights else 1
        return root * (layer + 1 if config.scale_attn_by_inverse_layer_idx else 1)
    return math.sqrt(getattr(config, "query_pre_attn_scalar", None) or width)


def windows(config):
    """How far back each layer looks; None where it looks at everything."""
    count = config.num_hidden_layers
    window = getattr(config, "sliding_window", None)
    kinds = getattr(config, "layer_types", None)
    if kinds:
        return [window if kind == "sliding_attention" else None for kind in kinds]
    return [window if config.model_type == "mistral" else None] * count


def describe(model, name):
    """What a page must know of the model's sizes and equations."""
    c = model.config
    width = getattr(c, "head_dim", None) or c.hidden_size // c.num_attention_heads
    names = PARTS[c.model_type]
    base = model.base_model
    block = (getattr(base, "h", None) or base.layers)[0]
    attention, mlp = getattr(block, names["attn"]), getattr(block, names["mlp"])
    biased = lambda module: module is not None and getattr(module, "bias", None) is not None
    fused = getattr(attention, "c_attn", None) or getattr(attention, "query_key_value", None)
    biases = [f"b_{x.upper()}" for x in "qkv" if biased(fused) or biased(getattr(attention, f"{x}_proj", None))]
    biases += ["b_O"] * biased(getattr(attention, names["o"])) + ["b_in"] * biased(getattr(mlp, names["up"]))
    biases += ["b_gate"] * biased(getattr(mlp, names["gate"] or "", None)) + ["b_out"] * biased(getattr(mlp, names["down"]))
    said = {
        "model_name": os.path.basename(name.rstrip("/")), "original_architecture": type(model).__name__,
        "n_layers": c.num_hidden_layers, "n_heads": c.num_attention_heads, "d_model": c.hidden_size, "d_head": width,
        "d_mlp": getattr(mlp, names["up"]).weight.shape[1 if c.model_type == "gpt2" else 0],
        "d_vocab": c.vocab_size, "n_ctx": c.max_position_embeddings,
        "n_key_value_heads": getattr(c, "num_key_value_heads", None),
        "eps": next(getattr(c, e) for e in ("rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon") if hasattr(c, e)),
        "act_fn": next(getattr(c, a) for a in ("hidden_activation", "hidden_act", "activation_function") if getattr(c, a, None)),
        "normalization_type": "LN" if c.model_type in ("gpt2", "gpt_neox") else "RMS",
        "use_normalization_before_and_after": "ln1_post" in names, "gated_mlp": names["gate"] is not None,
        "parallel_attn_mlp": bool(getattr(c, "use_parallel_residual", False)),
        "positional_embedding_type": "standard" if c.model_type == "gpt2" else "rotary",
        "attn_scale": divisor(c, width, 0) if divisor(c, width, 0) != math.sqrt(width) else None,
        "scale_attn_by_inverse_layer_idx": getattr(c, "scale_attn_by_inverse_layer_idx", None),
        "attn_scores_soft_cap": getattr(c, "attn_logit_softcapping", None),
        "output_logits_soft_cap": getattr(c, "final_logit_softcapping", None),
        "embedding_scale": math.sqrt(c.hidden_size) if c.model_type == "gemma2" else None,
        "tied": bool(c.tie_word_embeddings), "biases": biases,
    }
    turns = getattr(c, "rope_parameters", None)
    if turns and c.model_type != "gpt2":
        share = turns.get("partial_rotary_factor", 1) if c.model_type == "gpt_neox" else 1
        said |= {"rotary_dim": int(width * share), "rotary_base": turns["rope_theta"]}
        if turns.get("rope_type") == "llama3":
            said["rotary_scaling"] = {"factor": turns["factor"], "low": turns["low_freq_factor"], "high": turns["high_freq_factor"],
                                      "original": turns["original_max_position_embeddings"]}
        elif turns.get("rope_type") == "linear":
            said["rotary_scaling"] = {"factor": turns["factor"]}
        elif turns.get("rope_type", "default") != "default":
            sys.exit(f"rope_type {turns['rope_type']} has no name in a trace")
    if any(windows(c)):
        said |= {"window_size": c.sliding_window, "attn_types": ["local" if w else "global" for w in windows(c)]}
    return {key: value for key, value in said.items() if value is not None}


def facts(model, found, tokens):
    """What a page shows beside the activations: the logit lens, neighbours in W_E, the likeliest tokens' columns of W_U, neurons."""
    c, base = model.config, model.base_model
    final = next(getattr(base, n) for n in ("ln_f", "norm", "final_layer_norm") if hasattr(base, n))
    embed, unembed = model.get_input_embeddings().weight, model.get_output_embeddings().weight
    cap = getattr(c, "final_logit_softcapping", None)
    read = lambda x: (lambda y: cap * torch.tanh(y / cap) if cap else y)(final(x.to(embed.dtype)) @ unembed.T)
    streams = [found["blocks.0.hook_resid_pre"]] + [found[f"blocks.{n}.hook_resid_post"] for n in range(c.num_hidden_layers)]
    lens = torch.stack([read(stream).softmax(-1) for stream in streams]).topk(5)
    directions = torch.nn.functional.normalize(embed, dim=-1)
    cosines = directions[tokens] @ directions.T
    near = cosines.scatter(1, tokens[:, None], -2).topk(6)
    likeliest = found["logits"].topk(2).indices
    told = {
        "facts.lens.token_id": lens.indices, "facts.lens.probability": lens.values, "facts.neighbours.token_id": near.indices,
        "facts.neighbours.cosine": near.values, "facts.neighbours.embed": embed[near.indices],
        "facts.unembed.token_id": likeliest, "facts.unembed.W_U": unembed[likeliest],
    }
    # Behind a norm, or where logits are capped, a neuron's effect is not its own.
    return told if cap or "ln1_post" in PARTS[c.model_type] else told | neurons(model, found, final, unembed)


def neurons(model, found, final, unembed):
    """The neurons that add most to each position's vector, and their direct effect on the logits: through the final norm, with the
    scale it had on this run, and W_U."""
    names, base = PARTS[model.config.model_type], model.base_model
    scale, layers = found["ln_final.hook_scale"][..., None], []
    for layer, block in enumerate(getattr(base, "h", None) or base.layers):
        weight = getattr(getattr(block, names["mlp"]), names["down"]).weight
        rows = weight if model.config.model_type == "gpt2" else weight.T
        post = found[f"blocks.{layer}.mlp.hook_post"]
        strongest = (post.abs() * rows.norm(dim=-1)).topk(5).indices
        distinct, place = strongest.unique(return_inverse=True)
        picked = rows[distinct]
        picked = picked - picked.mean(-1, keepdim=True) if isinstance(final, torch.nn.LayerNorm) else picked
        added = (picked * final.weight) @ unembed.T
        raised, lowered = added.topk(3), (-added).topk(3)
        activation = post.gather(1, strongest)[..., None]
        promoted = torch.where(activation < 0, lowered.indices[place], raised.indices[place])
        logit = activation.abs() / scale * torch.where(activation < 0, lowered.values[place], raised.values[place])
        layers.append((strongest, rows.norm(dim=-1)[strongest], promoted, logit))
    parts = ("index", "length", "direct.token_id", "direct.logit")
    return {f"facts.neurons.{name}": torch.stack(part) for name, part in zip(parts, zip(*layers))}


def record(name, prompt):
    """Runs the prompt and returns the tensors and the metadata of a trace."""
    tokenizer = AutoTokenizer.from_pretrained(name)
    model = AutoModelForCausalLM.from_pretrained(name, attn_implementation="eager", dtype=torch.float32).eval()
    ids = tokenizer(prompt).input_ids
    tokens = torch.tensor([ids], device=model.device)
    found = Recording(model, tokens).found
    with torch.no_grad():
        found |= facts(model, found, tokens[0])
    text = lambda id: tokenizer.decode([id])
    metadata = {
        "format": "explain-trace/1", "prompt": prompt, "token_ids": json.dumps(ids),
        "tokens": json.dumps(tokenizer.convert_ids_to_tokens(ids), ensure_ascii=False),
        "model": json.dumps(describe(model, name)),
        "vocabulary": json.dumps([text(id) for id in range(model.config.vocab_size)], ensure_ascii=False),
    }
    return {name: value.detach().float().contiguous().cpu().clone() for name, value in found.items()}, metadata


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    name, prompt, output = sys.argv[1:]
    tensors, metadata = record(name, prompt)
    save_file(tensors, output, metadata=metadata)


if __name__ == "__main__":
    main()
