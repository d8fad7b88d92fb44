"""Makes attribution.json and patching.json: what PyTorch finds, in float64, for the questions that `explain why` and interventions answer.

A plain re-statement of GPT-2's equations in which every intermediate can be replaced, checked against Hugging Face's
model; gradients are autograd's.

Needs: torch, transformers, safetensors.   Usage: python make_attribution.py
"""
import json, math, os
import torch
from safetensors.torch import load_file
from transformers import GPT2LMHeadModel

HERE = os.path.dirname(os.path.abspath(__file__))
torch.set_default_dtype(torch.float64)

class GPT2:
    def __init__(self, folder):
        self.c = json.load(open(f"{folder}/config.json"))
        self.w = {k.removeprefix("transformer."): v.double() for k, v in load_file(f"{folder}/model.safetensors").items()}
        self.L, self.H, self.D = self.c["n_layer"], self.c["n_head"], self.c["n_embd"]
        self.d = self.D // self.H
        self.unembed = self.w.get("lm_head.weight", self.w["wte.weight"])

    def run(self, ids, hook=lambda name, x: x):
        """Logits [T, V]; `hook` is given every intermediate and returns the one to go on with."""
        w, T = self.w, len(ids)
        x = hook("hook_embed", w["wte.weight"][ids]) + hook("hook_pos_embed", w["wpe.weight"][:T])
        for l in range(self.L):
            b = f"blocks.{l}."
            x = hook(b + "hook_resid_pre", x)
            a = self.norm(x, f"h.{l}.ln_1", b + "ln1.", hook)
            qkv = a @ w[f"h.{l}.attn.c_attn.weight"] + w[f"h.{l}.attn.c_attn.bias"]
            q, k, v = (t.view(T, self.H, self.d) for t in qkv.split(self.D, dim=-1))
            q, k, v = hook(b + "attn.hook_q", q), hook(b + "attn.hook_k", k), hook(b + "attn.hook_v", v)
            s = hook(b + "attn.hook_attn_scores_unmasked", torch.einsum("qhd,khd->hqk", q, k) / math.sqrt(self.d))
            s = s.masked_fill(torch.triu(torch.ones(T, T, dtype=bool), 1), -math.inf)
            p = hook(b + "attn.hook_pattern", hook(b + "attn.hook_attn_scores", s).softmax(-1))
            z = hook(b + "attn.hook_z", torch.einsum("hqk,khd->qhd", p, v))
            W_O = w[f"h.{l}.attn.c_proj.weight"].view(self.H, self.d, self.D)
            r = hook(b + "attn.hook_result", torch.einsum("qhd,hde->qhe", z, W_O))
            bias = hook(f"bias.{l}", w[f"h.{l}.attn.c_proj.bias"].expand(T, -1))
            x = hook(b + "hook_resid_mid", x + hook(b + "hook_attn_out", r.sum(1) + bias))
            m = self.norm(x, f"h.{l}.ln_2", b + "ln2.", hook)
            h = hook(b + "mlp.hook_pre", m @ w[f"h.{l}.mlp.c_fc.weight"] + w[f"h.{l}.mlp.c_fc.bias"])
            act = torch.nn.functional.gelu(h, approximate="tanh")
            act = hook(b + "mlp.hook_post", act)
            o = act @ w[f"h.{l}.mlp.c_proj.weight"] + w[f"h.{l}.mlp.c_proj.bias"]
            x = hook(b + "hook_resid_post", x + hook(b + "hook_mlp_out", o))
        return hook("logits", self.norm(x, "ln_f", "ln_final.", hook) @ self.unembed.T)

    def norm(self, x, name, site, hook):
        c = x - x.mean(-1, keepdim=True)
        s = hook(site + "hook_scale", ((c * c).mean(-1, keepdim=True) + self.c.get("layer_norm_epsilon", 1e-5)).sqrt())
        n = hook(site + "hook_normalized", c / s)
        bias = hook(site + "bias", self.w[name + ".bias"].expand(len(x), -1))
        return hook(site + "hook_out", n * self.w[name + ".weight"] + bias)

def place(site):
    """The intermediate at which a site is set, and its part."""
    p = site.split(".")
    if site == "embed": return "hook_embed", None
    if site == "pos_embed": return "hook_pos_embed", None
    if site == "ln_final.bias": return "ln_final.bias", None
    if p[0] == "blocks" and p[2:] == ["attn"]: return f"blocks.{p[1]}.hook_attn_out", None
    if p[0] == "blocks" and p[2:] == ["mlp"]: return f"blocks.{p[1]}.hook_mlp_out", None
    if p[2:3] == ["attn"] and p[3:] == ["bias"]: return f"bias.{p[1]}", None
    if p[3:4] == ["head"]: return f"blocks.{p[1]}.attn.hook_z", int(p[4])
    if p[3:4] == ["neuron"]: return f"blocks.{p[1]}.mlp.hook_post", int(p[4])
    return site, None

def intervene(model, ids, interventions):
    """A hook that sets what is to be set; means are those of the unchanged run."""
    record = {}
    model.run(ids, lambda name, x: record.setdefault(name, x))
    def hook(name, x):
        for i in interventions:
            target, part = place(i["site"])
            if target != name: continue
            axis = 1 if any(s in name for s in ("pattern", "attn_scores")) else 0
            new = torch.zeros_like(x) if i["kind"] == "zero" else record[name].mean(axis, keepdim=True).expand_as(x)
            mask = torch.zeros(x.shape, dtype=bool)
            rows = mask if i["position"] is None else mask.narrow(axis, i["position"], 1)
            if part is None: rows[:] = True
            else: rows[:, part] = True
            x = torch.where(mask, new, x)
        return x
    return hook

def why(model, ids, position, token, against, interventions=()):
    ids = torch.tensor(ids)
    change = intervene(model, ids, interventions)
    record, start = {}, {}
    def hook(name, x):
        x = change(name, x)
        if name == "blocks.0.hook_resid_pre":
            x = x.detach().requires_grad_(); start["x"] = x
        record[name] = x
        return x
    logits = model.run(ids, hook)[position]
    difference = logits[token] - (logits[against] if against is not None else 0)
    if difference.requires_grad: difference.backward()
    gradient = start["x"].grad if start["x"].grad is not None else torch.zeros_like(start["x"])
    direction = model.unembed[token] - (model.unembed[against] if against is not None else 0)
    gain, scale = model.w["ln_f.weight"], record["ln_final.hook_scale"][position]
    def term(v): return float(((v - v.mean()) / scale * gain) @ direction)
    at = lambda name: record[name][position].detach()
    terms = {"embed": term(at("hook_embed")), "pos_embed": term(at("hook_pos_embed"))}
    for l in range(model.L):
        for h in range(model.H): terms[f"blocks.{l}.attn.head.{h}"] = term(at(f"blocks.{l}.attn.hook_result")[h])
        terms[f"blocks.{l}.attn.bias"] = term(at(f"bias.{l}"))
        terms[f"blocks.{l}.mlp"] = term(at(f"blocks.{l}.hook_mlp_out"))
    terms["ln_final.bias"] = float(at("ln_final.bias") @ direction)
    return {"difference": float(difference), "probability": float(logits.softmax(-1)[token]), "logit": float(logits[token]),
            "terms": terms, "inputs": (gradient * start["x"]).sum(-1).tolist()}

def patching(model, a, b, token, against):
    """TransformerLens's patching: B is run with one part of A's run in its place; the logit difference at the end."""
    a, b, record = torch.tensor(a), torch.tensor(b), {}
    difference = lambda logits: float(logits[-1, token] - logits[-1, against])
    clean = difference(model.run(a, lambda name, x: record.setdefault(name, x)))
    def patched(name, index):
        def hook(n, x):
            if n == name:
                x = x.clone(); x[index] = record[n][index]
            return x
        return difference(model.run(b, hook))
    grids = {part: [[patched(f"blocks.{l}.{name}", t) for t in range(len(b))] for l in range(model.L)]
             for part, name in [("resid_pre", "hook_resid_pre"), ("attn_out", "hook_attn_out"), ("mlp_out", "hook_mlp_out")]}
    grids["z"] = [[patched(f"blocks.{l}.attn.hook_z", (slice(None), h)) for h in range(model.H)] for l in range(model.L)]
    return {"a": a.tolist(), "b": b.tolist(), "token": token, "against": against, "clean": clean,
            "corrupted": difference(model.run(b)), "grids": grids}

def sites(model):
    for l in range(model.L):
        for h in range(model.H): yield f"blocks.{l}.attn.head.{h}"
        yield f"blocks.{l}.mlp"

def points(model):
    yield from ["embed", "pos_embed", "hook_embed", "ln_final.bias", "ln_final.hook_out", "ln_final.hook_normalized"]
    for l in range(model.L):
        yield from [f"blocks.{l}.attn", f"blocks.{l}.mlp", f"blocks.{l}.attn.bias", f"blocks.{l}.attn.head.{l % model.H}",
                    f"blocks.{l}.mlp.neuron.{5 + l}"]
    for name in ["hook_resid_pre", "ln1.hook_normalized", "ln1.hook_out", "attn.hook_q", "attn.hook_k", "attn.hook_v",
                 "attn.hook_attn_scores_unmasked", "attn.hook_pattern", "attn.hook_z", "attn.hook_result", "hook_attn_out",
                 "hook_resid_mid", "ln2.hook_normalized", "ln2.hook_out", "mlp.hook_pre", "mlp.hook_post", "hook_mlp_out",
                 "hook_resid_post"]:
        yield f"blocks.{model.L - 1 if model.L < 3 else 1}." + name

def main():
    cases = []
    for name, prompts in [("tiny-gpt2", 3), ("small-gpt2", 1)]:
        folder = f"{HERE}/{name}"
        model = GPT2(folder)
        if name == "tiny-gpt2":
            all_ids = [c["ids"] for c in json.load(open(f"{folder}/cases.json"))][:prompts]
        else:
            all_ids = [[3, 1, 4, 1, 5]]
        hf = GPT2LMHeadModel.from_pretrained(folder).double().eval()
        for ids in all_ids:
            t = torch.tensor(ids)
            error = (model.run(t) - hf(t[None]).logits[0]).abs().max()
            assert error < 1e-9, error
            position = len(ids) - 1 if len(cases) != 1 else len(ids) - 3
            order = model.run(t)[position].argsort(descending=True).tolist()
            token, against = order[0], None if len(cases) == 2 else order[1]
            case = {"model": name, "ids": ids, "position": position, "token": token, "against": against}
            case |= why(model, ids, position, token, against)
            case["effects"] = {}
            for site in sites(model):
                changed = why(model, ids, position, token, against, [{"site": site, "kind": "zero", "position": None}])
                case["effects"][site] = {k: changed[k] for k in ("difference", "probability")}
            case["runs"] = []
            for n, site in enumerate(points(model)):
                for kind in ("zero", "mean"):
                    for place in (None, min(position, 1 + n % 3)):
                        i = {"site": site, "kind": kind, "position": place}
                        # A row of masked scores has no finite mean; a mean of a bias changes nothing.
                        changed = why(model, ids, position, token, against, [i])
                        if not math.isfinite(changed["difference"]): continue
                        case["runs"].append({"interventions": [i], "difference": changed["difference"], "inputs": changed["inputs"]})
            two = [{"site": "blocks.0.attn.head.1", "kind": "zero", "position": None},
                   {"site": "blocks.1.mlp", "kind": "mean", "position": 1}] if model.L > 1 else []
            changed = why(model, ids, position, token, against, two)
            case["runs"].append({"interventions": two, "difference": changed["difference"], "inputs": changed["inputs"]})
            cases.append(case)
    def short(x):
        if isinstance(x, float): return float(f"{x:.8g}")
        if isinstance(x, dict): return {k: short(v) for k, v in x.items()}
        if isinstance(x, list): return [short(v) for v in x]
        return x
    json.dump(short(cases), open(f"{HERE}/attribution.json", "w"), separators=(",", ":"))
    patches = patching(GPT2(f"{HERE}/tiny-gpt2"), [11, 3, 250, 77, 8, 401], [11, 9, 250, 30, 8, 400], 17, 230)
    json.dump(short(patches), open(f"{HERE}/patching.json", "w"), separators=(",", ":"))
    print(len(cases), sum(len(c["runs"]) for c in cases), os.path.getsize(f"{HERE}/attribution.json"))

main()
