"""Writes chat-templates.json: conversations as Hugging Face's apply_chat_template writes them.

Needs transformers and jinja2 (measured with 5.24 and 3.1.6). The templates are written in the forms that published
checkpoints use; the last ones try out whitespace, operators, filters and scopes.

    python make_chat_templates.py
"""

import json
import pathlib

import jinja2
from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast

TEMPLATES = {
"chatml": "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
"chatml with a system prompt of its own": "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
"llama 2": """{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}""",
"zephyr": """{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>\\n' + message['content'] + eos_token }}
{% elif message['role'] == 'system' %}
{{ '<|system|>\\n' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>\\n'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}""",
"gemma": """{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}""",
"mistral": """{%- if messages[0]["role"] == "system" %}
    {%- set system_message = messages[0]["content"] %}
    {%- set loop_messages = messages[1:] %}
{%- else %}
    {%- set loop_messages = messages %}
{%- endif %}
{%- set ns = namespace(index=0) %}
{%- for message in loop_messages %}
    {%- if not (message.role == "tool" or (message.tool_calls is defined and message.tool_calls is not none)) %}
        {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}
            {{- raise_exception("After the optional system message, conversation roles must alternate") }}
        {%- endif %}
        {%- set ns.index = ns.index + 1 %}
    {%- endif %}
{%- endfor %}
{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message["role"] == "user" %}
        {%- if loop.last and system_message is defined %}
            {{- "[INST] " + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
        {%- else %}
            {{- "[INST] " + message["content"] + "[/INST]" }}
        {%- endif %}
    {%- elif message["role"] == "assistant" %}
        {{- " " + message["content"]|trim + eos_token}}
    {%- else %}
        {{- raise_exception("Only user and assistant roles are supported") }}
    {%- endif %}
{%- endfor %}
""",
"llama 3": """{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}""",
"phi": """{% for message in messages %}{% if message['role'] in ['user', 'system'] %}{{ '<|' ~ message.role ~ '|>\n' ~ message.content ~ '<|end|>\n' }}{% else %}{% generation %}{{ '<|assistant|>\n' ~ message.content ~ '<|end|>\n' }}{% endgeneration %}{% endif %}{% endfor %}{{ '<|assistant|>\n' if add_generation_prompt else eos_token }}""",
"plain": """{% for m in messages %}{{ m.role.upper() }}: {{ m.content }}
{% endfor %}{% if add_generation_prompt %}ASSISTANT:{% endif %}""",
"blenderbot": "{% for message in messages %}{% if message['role'] == 'user' %}{{ ' ' }}{% endif %}{{ message['content'] }}{% if not loop.last %}{{ '  ' }}{% endif %}{% endfor %}{{ eos_token }}",
"alpaca": """{#- a comment
 of two lines -#}
{%- if messages[0]['role'] == 'system' -%}
  {{- messages[0]['content'] -}}
  {%- set rest = messages[1:] -%}
{%- else -%}
  Below is an instruction. Write a response.
  {%- set rest = messages -%}
{%- endif -%}
{%- for message in rest %}
  {%- if message['role'] == 'user' %}

### Instruction:
{{ message['content']|trim }}
  {%- else %}

### Response:
{{ message['content']|trim -}}{{ eos_token }}
  {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}

### Response:
{% endif -%}
""",
"vicuna, with else and nested loops": """{% if not messages %}{{ raise_exception('nothing') }}{% endif %}{% for m in messages if m.role != 'system' %}{% if loop.first %}{{ (messages | selectattr('role', 'equalto', 'system') | list | first | default({'content': 'A chat.'})).content }} {% endif %}{{ {'user': 'USER', 'assistant': 'ASSISTANT'}[m.role] }}: {{ m.content.strip() }}{% if m.role == 'assistant' %}</s>{% else %} {% endif %}{% else %}nobody{% endfor %}{% if add_generation_prompt %}ASSISTANT:{% endif %}""",
"whitespace": """  {% if true %}
  a  
  {%- if true -%}   b
  {%+ endif %}
\t{# gone #}
x {% if true %} y {% endif %}
{{ 'out' }}
  {{- ' in ' -}}  
z
{% for m in messages %}
    {% if loop.last %}
last{{ loop.index }}/{{ loop.length }} {{ loop.revindex0 }}
    {% endif %}
{% endfor %}
{% endif +%}

end
""",
"operators": """{{ 1 + 2 * 3 - 4 // 3 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 'a' ~ 1 ~ true ~ none }} {{ not false and (1 < 2 <= 2) or x }} {{ 'a' in 'cat' }} {{ 'z' not in ['a', 'z'] }} {{ 'x' if messages|length > 100 else 'y' }} {{ ('b' if false) }}|{{ undefined_thing }}|{{ undefined_thing is defined }} {{ messages is iterable }} {{ messages[-1].role }} {{ messages[99] is undefined }} {{ "qu\\"ote" 'd' }} {{ [1,2,3][1:]|length }} {{ 'abc'[::-1] }} {{ 'abcdef'[1:-1] }} {{ 3 is odd }} {{ 4 is divisibleby 2 }} {{ 1 == 1.0 }} {{ 0 or 'zero' }} {{ '' and 'no' }}.{{ 1.5 }} {{ True }} {{ none is none }} {{ messages is string }} {{ messages[0] is mapping }} {{ 5 != 4 }} {{ 'b' > 'a' }}""",
"filters and methods": """{{ '  é x '|trim|upper }}{{ ' A b'.lower() }}{{ 'a,b,,c'.split(',')|join('-') }}{{ ' a  b '.split()|join('+') }}{{ 'aXbX'.replace('X', 'yy') }}{{ 'abc'.startswith('ab') }}{{ 'abc'.endswith('bc') }}{{ '..a..'.strip('.') }}{{ '..a..'.rstrip('.') }}{{ 'xa'.lstrip('x') }}{{ messages|map(attribute='role')|join(',') }}{{ messages[0]|tojson }}{{ [1, 'é"\\n', true, none, {'k': []}]|tojson }}{{ missing|default('d') }}{{ ''|default('e', true) }}{{ [3,4]|first }}{{ [3,4]|last }}{{ messages[0].get('role') }}{{ messages[0].get('no', 'none') }}{% for k, v in messages[0].items() %}{{ k }}={{ v }};{% endfor %}{{ 'length'|length }}{% for i in range(3) %}{{ i }}{% endfor %}{{ range(2, 5)|list|length }}{{ 12|string + 'x' }}""",
"scopes": """{% set x = 1 %}{% for m in messages %}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}{% set ns = namespace(n=0, t='') %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{% if ns.n > 1 %}{% set ns.t = ns.t ~ loop.previtem.role %}{% endif %}{% for c in [1, 2] %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}{{ ns.n }}{{ ns.t }}{% if true %}{% set y = 5 %}{% endif %}{{ y }}""",
}
CONVERSATIONS = {
"one question": [{"role":"user","content":"Hello, who are you?"}],
"with a system prompt": [{"role":"system","content":"Be kind."},{"role":"user","content":" Hi\n"}],
"three turns": [{"role":"system","content":"Sé \"bueno\"."},{"role":"user","content":"a"},{"role":"assistant","content":" b "},{"role":"user","content":"東京?"}],
"ended": [{"role":"user","content":"x"},{"role":"assistant","content":"y"}],
}

tokenizer = PreTrainedTokenizerFast(
    tokenizer_object=Tokenizer(models.BPE()), bos_token="<s>", eos_token="</s>"
)
cases = []
for template, source in TEMPLATES.items():
    for name, messages in CONVERSATIONS.items():
        for prompt in [True, False]:
            case = dict(template=template, conversation=name, prompt=prompt)
            try:
                case["text"] = tokenizer.apply_chat_template(
                    messages, chat_template=source, tokenize=False, add_generation_prompt=prompt
                )
            except jinja2.exceptions.TemplateError as error:
                case["refusal"] = str(error)
            cases.append(case)

written = dict(templates=TEMPLATES, conversations=CONVERSATIONS, cases=cases)
file = pathlib.Path(__file__).with_name("chat-templates.json")
file.write_text(json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
