"""Records a trace with TransformerLens, to be opened here with `explain render FILE`.

Any model that TransformerLens runs and that has GPT-2's hook points will do, on whatever hardware it needs:

    pip install transformer_lens safetensors
    python record_with_transformer_lens.py gpt2 "The king and the queen" trace.safetensors

MODEL is a name that TransformerLens knows, or a folder with a GPT-2 checkpoint in the Hugging Face layout.
"""

import json
import os
import sys

import torch
from safetensors.torch import save_file
from transformer_lens import HookedTransformer

RECORDED = (
    "hook_embed", "hook_pos_embed", "hook_resid_pre", "hook_resid_mid", "hook_resid_post", "hook_attn_out",
    "hook_mlp_out", "hook_scale", "hook_normalized", "hook_q", "hook_k", "hook_v", "hook_z", "hook_attn_scores",
    "hook_pattern", "hook_result", "hook_pre", "hook_post",
)


def open_model(name):
    """Opens a model with its weights as they were trained, so that the numbers are those of the checkpoint."""
    if not os.path.isdir(name):
        return HookedTransformer.from_pretrained_no_processing(name)
    from transformers import GPT2LMHeadModel, GPT2TokenizerFast

    return HookedTransformer.from_pretrained_no_processing(
        "gpt2", hf_model=GPT2LMHeadModel.from_pretrained(name), tokenizer=GPT2TokenizerFast.from_pretrained(name))


def record(model, prompt):
    """Runs the prompt and returns the tensors and the metadata of a trace."""
    model.set_use_attn_result(True)
    tokens = model.to_tokens(prompt, prepend_bos=False)
    with torch.no_grad():
        logits, cache = model.run_with_cache(tokens)
    tensors = {name: value for name, value in cache.items() if name.endswith(RECORDED)}
    tensors["logits"] = logits
    tensors["probabilities"] = logits.softmax(-1)
    for name, value in model.named_parameters():
        if name.endswith(("ln1.w", "ln1.b", "ln2.w", "ln2.b", "ln_final.w", "ln_final.b", "attn.b_O")):
            tensors[name] = value
    sizes = model.cfg
    description = {
        "model_name": sizes.model_name, "n_layers": sizes.n_layers, "n_heads": sizes.n_heads,
        "d_model": sizes.d_model, "d_head": sizes.d_head, "d_mlp": sizes.d_mlp, "d_vocab": sizes.d_vocab,
        "n_ctx": sizes.n_ctx, "eps": sizes.eps, "act_fn": sizes.act_fn,
    }
    metadata = {
        "format": "explain-trace/1",
        "prompt": prompt,
        "token_ids": json.dumps(tokens[0].tolist()),
        "tokens": json.dumps(model.to_str_tokens(tokens[0], prepend_bos=False), ensure_ascii=False),
        "model": json.dumps(description),
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
