"""Writes family-attribution.json: what transformers and autograd find, in float64, of a prompt of each tiny model of another family:
gradient x input, the answer without each head and each MLP, and what the embedding and each MLP say directly.

Needs torch and transformers.   Usage: python make_family_attribution.py ARCHITECTURES_DIR   (the folders of Tests/Fixtures/architectures,
each with its model.safetensors, config.json, tokenizer.json and a cases.json that has the ids of prompts)
"""
import json, os, sys
import torch
from transformers import AutoModelForCausalLM

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDERS = ["llama", "llama-tied-scaled", "mistral", "qwen2", "qwen3", "gemma2", "gpt-neox", "smollm2"]


def parts(model):
    """The embedding, the blocks, the last norm, and of a block: its attention's output matrix, its MLP, the norm after the MLP."""
    base = getattr(model, "model", None) or model.gpt_neox
    if hasattr(base, "embed_in"):
        return base.embed_in, base.layers, base.final_layer_norm, lambda b: (b.attention.dense, b.mlp, None)
    return base.embed_tokens, base.layers, base.norm, lambda b: (b.self_attn.o_proj, b.mlp, getattr(b, "post_feedforward_layernorm", None))


def reference(folder):
    cases = json.load(open(f"{folder}/cases.json"))
    ids = (cases["prompts"] if isinstance(cases, dict) else cases)[1]["ids"]
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float64, attn_implementation="eager").eval()
    embedding, blocks, final, of = parts(model)
    head_width = getattr(model.config, "head_dim", None) or model.config.hidden_size // model.config.num_attention_heads

    def run(**inputs):
        return model(**inputs).logits[0, -1]

    tokens = torch.tensor([ids])
    with torch.no_grad():
        logits = run(input_ids=tokens)
    token, against = (int(i) for i in logits.topk(2).indices)
    difference = lambda x: x[token] - x[against]

    vectors = embedding(tokens).detach().requires_grad_()
    grad, = torch.autograd.grad(difference(run(inputs_embeds=vectors)), vectors)
    inputs = (grad * vectors).sum(-1)[0]

    effects = {}
    for layer, block in enumerate(blocks):
        output, mlp, after = of(block)
        for head in range(model.config.num_attention_heads):
            def without(module, args, head=head):
                z = args[0].clone()
                z[..., head * head_width:(head + 1) * head_width] = 0
                return (z, *args[1:])
            handle = output.register_forward_pre_hook(without)
            with torch.no_grad():
                changed = run(input_ids=tokens)
            handle.remove()
            effects[f"blocks.{layer}.attn.head.{head}"] = changed
        handle = (after or mlp).register_forward_hook(lambda m, a, out: torch.zeros_like(out))
        with torch.no_grad():
            changed = run(input_ids=tokens)
        handle.remove()
        effects[f"blocks.{layer}.mlp"] = changed
    effects = {k: {"difference": float(difference(v)), "probability": float(v.softmax(-1)[token])} for k, v in effects.items()}

    # Direct terms: the last norm is linear but for its scale, which is taken as it was.
    seen = {}
    handles = [final.register_forward_pre_hook(lambda m, a: seen.__setitem__("stream", a[0][0, -1]))]
    for layer, block in enumerate(blocks):
        _, mlp, after = of(block)
        handles.append((after or mlp).register_forward_hook(
            lambda m, a, out, layer=layer: seen.__setitem__(f"blocks.{layer}.mlp", out[0, -1])))
    with torch.no_grad():
        run(input_ids=tokens)
    for handle in handles:
        handle.remove()
    capped = getattr(model.config, "final_logit_softcapping", None)
    terms = {}
    if not capped:
        stream = seen.pop("stream")
        column = model.get_output_embeddings().weight[token] - model.get_output_embeddings().weight[against]
        is_layer_norm = isinstance(final, torch.nn.LayerNorm)
        centred = lambda x: x - x.mean() if is_layer_norm else x
        epsilon = getattr(final, "eps", None) or getattr(final, "variance_epsilon")
        scale = (centred(stream).pow(2).mean() + epsilon).sqrt()
        say = lambda x: float((centred(x) * final.weight / scale) @ column)
        terms = {k: say(v) for k, v in seen.items()} | {"embed": say(embedding(tokens)[0, -1])}
    return {"folder": os.path.basename(folder), "ids": ids, "token": token, "against": against,
            "difference": float(difference(logits)), "inputs": inputs.tolist(), "effects": effects, "terms": terms}


if __name__ == "__main__":
    torch.set_grad_enabled(True)
    found = [reference(os.path.join(sys.argv[1], f)) for f in FOLDERS]
    with open(f"{HERE}/family-attribution.json", "w") as file:
        json.dump(found, file, indent=0)
        file.write("\n")
