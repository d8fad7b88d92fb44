"""Unpacks the numbers a page carries, as its script does, and holds them against the trace beside it.

Usage: unpack_page.py FOLDER, with page.html and trace.safetensors in it. Prints how many numbers were alike.
"""

import json
import math
import pathlib
import re
import struct
import sys
import zlib

from make_decimals import written

folder = pathlib.Path(sys.argv[1])
page = (folder / "page.html").read_text()
characters = [chr(code) for code in range(0x21, 0x7F) if chr(code) not in "<>&"]
values = {character: value for value, character in enumerate(characters)}


def packed(name):
    match = re.search(rf'id="{name}" data-bytes="(\d+)">([^<]*)<', page)
    bits, count, data = 0, 0, bytearray()
    for low, high in zip(match[2][::2], match[2][1::2]):
        bits |= (values[low] + 91 * values[high]) << count
        count += 13
        while count >= 8 and len(data) < int(match[1]):
            data.append(bits & 255)
            bits >>= 8
            count -= 8
    return bytes(data)


def trace():
    data = (folder / "trace.safetensors").read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            yield name, entry["shape"], struct.unpack(f"<{(end - start) // 4}f", data[start:end])


def planes(data, start, count, size):
    return b"".join(bytes(data[start + plane * count + i] for plane in range(size)) for i in range(count))


def begin(name, position, row, width):
    """Where a strip begins: its neurons are such a part of them that the one which the text names is drawn."""
    if name.endswith("hook_pre"):
        marked = row.index(max(row))
    elif name.endswith("hook_post"):
        shape, neurons = recorded["facts.neurons.index"]
        layer = int(name.split(".")[1])
        marked = int(neurons[(layer * shape[1] + position) * shape[2]])
    else:
        return 0
    return 0 if marked < width else min(len(row) - width, marked // width * width)


recorded = {name: (shape, numbers) for name, shape, numbers in trace()}
carried = zlib.decompress(packed("page-numbers"), -15)
length = struct.unpack("<I", carried[:4])[0]
data = carried[4 + length :]
alike = 0
for entry in json.loads(carried[4 : 4 + length]):
    shape, numbers = recorded[entry["name"]]
    count = 1
    for size in entry["shape"]:
        count *= size
    name, start = entry["name"], entry["start"]
    positions = shape[1] if name.endswith("hook_pattern") else shape[0]
    if name == "logits":
        expected = numbers[-shape[-1] :]
    elif name.endswith("hook_pattern"):
        rows = [numbers[(h * positions + q) * positions :][: q + 1] for h in range(shape[0]) for q in range(positions)]
        expected = [share for row in rows for share in row]
    elif entry["type"] == "i8":
        width = entry["shape"][-1]
        rows = [numbers[row * shape[-1] :][: shape[-1]] for row in range(shape[0])]
        expected = [x for place, row in enumerate(rows) for x in row[begin(name, place, row, width) :][:width]]
    else:
        expected = numbers
    assert len(expected) == count, name
    if entry["type"] == "f32":
        shown = struct.unpack(f"<{count}f", planes(data, start, count, 4))
        assert tuple(expected) == shown, name
    elif entry["type"] == "i16":
        steps = struct.unpack(f"<{count}h", planes(data, start, count, 2))
        digits, smallest = entry["digits"], entry["smallest"]
        isCut = name.endswith("hook_pattern")
        for value, step in zip(expected, steps):
            small = abs(step) - smallest
            if small < 0:
                number = step / 10**digits
            else:
                number = math.copysign(float(f"{10 + small % 90}e-{2 + small // 90}"), step)
            # Patterns are cut, to be rounded to fewer digits; values are rounded to what is shown.
            for fewer in range(digits) if isCut else [digits]:
                assert written(number, fewer) == written(value, fewer), (name, value, step, fewer)
    else:
        scales = struct.unpack(f"<{entry['scales']}f", planes(data, start, entry["scales"], 4))
        shares = struct.unpack(f"<{count}b", data[start + 4 * entry["scales"] :][:count])
        width = count // entry["scales"]
        for i, (value, share) in enumerate(zip(expected, shares)):
            size = scales[i // width]
            assert abs(share / entry["steps"] * size - value) <= size / entry["steps"] * 0.501, (name, i)
    alike += count
print(f"{alike} numbers alike")
