"""Unpacks what a page carries, as its worker does, and writes the files into a folder: unpack_living.py PAGE FOLDER"""

import gzip
import pathlib
import re
import sys
import zlib

ALPHABET = [chr(code) for code in range(0x21, 0x7F) if chr(code) not in "<>&"]
VALUES = {sign: value for value, sign in enumerate(ALPHABET)}


def unpacked(text, count):
    """Two characters are 13 bits, the lowest first."""
    result, waiting, bits = bytearray(), 0, 0
    for low, high in zip(text[::2], text[1::2]):
        waiting |= (VALUES[low] + 91 * VALUES[high]) << bits
        bits += 13
        while bits >= 8:
            result.append(waiting & 255)
            waiting >>= 8
            bits -= 8
    return bytes(result[:count])


page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
folder = pathlib.Path(sys.argv[2])
pattern = r'<script type="application/octet-stream" class="carried" data-name="([^"]*)" data-form="([^"]*)" data-bytes="(\d+)">([^<]*)</script>'
slices = {}
for name, form, count, text in re.findall(pattern, page):
    data = unpacked(text, int(count))
    assert len(data) == int(count), name
    packing, place, width = form.split(" ")
    if packing == "gzip":
        data = gzip.decompress(data)
    if packing == "deflate-raw":
        data = zlib.decompress(data, wbits=-15)
    slices.setdefault(name, []).append((int(place), int(width), data))
for name, parts in slices.items():
    whole = bytearray(sum(len(data) for _, _, data in parts))
    for place, width, data in parts:
        whole[place::width] = data
    (folder / name).write_bytes(whole)
