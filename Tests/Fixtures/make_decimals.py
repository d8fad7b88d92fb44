"""Writes decimals.json: numbers, digits, and how a page writes them, by Python's decimal arithmetic.

Usage: make_decimals.py > decimals.json. Swift's Decimal and the page's script are both held to it.
"""

import json
import random
import struct
from decimal import ROUND_HALF_UP, Decimal


def written(value, digits):
    exact = Decimal(abs(value))
    sign = "−" if value < 0 else ""
    if exact >= Decimal(10) ** 15:
        place = exact.adjusted() - digits
        rounded = exact.quantize(Decimal((0, (1,), place)), ROUND_HALF_UP)
        text = str(rounded.as_tuple().digits[0]) + "." * (digits > 0)
        text += "".join(map(str, rounded.as_tuple().digits[1 : digits + 1]))
        return f"{sign}{text}e{rounded.adjusted()}"
    rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if rounded == 0 and exact != 0:
        first = exact.quantize(Decimal(1).scaleb(exact.adjusted()), ROUND_HALF_UP)
        if -first.adjusted() > digits + 1:
            return f"{sign}{first.as_tuple().digits[0]}e−{-first.adjusted()}"
        rounded = first.quantize(Decimal(1).scaleb(first.adjusted()))
    return f"{sign}{rounded:f}" if rounded != 0 else f"{rounded:f}"


def single(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def main():
    chance = random.Random(1)
    # Ties, to either side; what rounds up into another digit; the ends of the plain form and of the range of numbers.
    values = [n / 8 for n in range(-20, 21)] + [n / 32 for n in range(1, 32, 2)] + [n / 1024 for n in (1, 3, 5, 11)]
    values += [0.05, 0.005, 0.0005, 0.00005, 0.0049999, 0.0095, 0.00096, 0.000949, 0.995, 9.995, 0.9995, 99.5, 1e-7, 2.5e-9]
    values += [0.0, -0.0, 5e-324, 2.2250738585072014e-308, 1e14, 999999999999999.9, 1e15, 1.125e15, 9.995e20, 1.7976931348623157e308]
    values += [single(chance.gauss(0, 1) * 10 ** chance.uniform(-9, 3)) for _ in range(120)]
    values += [chance.uniform(0, 1) ** 6 for _ in range(80)]
    rows = [[value, digits, written(value, digits)] for value in values for digits in range(5)]
    print("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]")


if __name__ == "__main__":
    main()
