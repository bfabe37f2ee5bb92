"""Writes numpy-prints.json: arrays and what NumPy 1.23.5 prints of them.

python numpy-prints.py > numpy-prints.json

A case's data are repeated to fill its shape; parts of complex numbers alternate. "text" is
str(array), "list" str(array.tolist()) where the array is small.
"""

import json
import random
import sys

import numpy as np

assert np.__version__ == "1.23.5"
np.seterr(all="ignore")
random.seed(20)
rng = np.random.RandomState(20)

FLOATS = ["float16", "float32", "float64", "complex64"]
INTEGERS = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64"]
CUTOFFS = [1e-4, 9.999e-5, 1e-3, 0.1, 1, 999.5, 1000, 1000.25, 1001, 9999.9999, 65504, 99999992,
           1e8, 1e16, 9999999198822400.0, 0.001953125, 0.123456785, 0.0, -0.0]
NON_FINITE = [[np.nan], [np.inf], [-np.inf], [np.nan, np.inf], [np.nan, np.inf, -np.inf]]


def shape():
    kind = rng.randint(12)
    if kind == 0:
        return ()
    if kind <= 4:
        return (rng.randint(1, 25),)
    if kind == 5:
        return tuple(rng.randint(0, 3, rng.randint(1, 4)))
    if kind == 6:
        return random.choice(
            [(1001,), (1200,), (3, 400), (7, 150), (2, 3, 200), (12, 10, 10)])
    return tuple(rng.randint(1, 5, rng.randint(2, 5)))


def real(n, dtype):
    kind = rng.randint(10)
    if kind == 0:
        a = rng.randn(n)
    elif kind == 1:
        a = rng.randn(n) * 10.0 ** rng.randint(-12, 12)
    elif kind == 2:
        a = 10.0 ** rng.uniform(-45, 38, n) * rng.choice([-1, 1], n)
    elif kind == 3:
        a = np.frombuffer(rng.bytes(n * np.dtype(dtype).itemsize), dtype)
    elif kind == 4:
        a = rng.randint(-1000, 1000, n)
    elif kind == 5:
        a = rng.randint(0, 10 ** rng.randint(1, 9), n) / 10.0 ** rng.randint(0, 8)
    elif kind == 6:
        a = rng.choice(CUTOFFS, n)
    elif kind == 7:
        a = rng.uniform(1, 1000, n) * 10.0 ** rng.randint(-5, 6)
    elif kind == 8:
        a = np.nextafter((10.0 ** rng.randint(-5, 17, n)).astype(dtype), dtype(rng.choice([0, 1e4])))
    else:
        a = rng.randint(0, 2**20, n) / 2.0 ** rng.randint(0, 20)
    a = a.astype(dtype)
    if rng.randint(5) == 0:
        some = rng.rand(n) < rng.choice([0.2, 1])
        a[some] = rng.choice(random.choice(NON_FINITE), some.sum())
    return a


def data(n, dtype):
    if dtype == "bool":
        return rng.rand(n) < 0.5
    if dtype == "complex64":
        return (real(n, np.float32) + 1j * real(n, np.float32)).astype(dtype)
    if dtype in FLOATS:
        return real(n, np.dtype(dtype).type)
    if rng.randint(2):
        return np.frombuffer(rng.bytes(n * np.dtype(dtype).itemsize), dtype)
    return rng.randint(0 if dtype[0] == "u" else -9, 101, n).astype(dtype)


def number(x):
    if not np.isfinite(x):
        return str(x)
    return float(str(x)) if x.dtype == np.float32 else x.item()


cases = []
for i in range(400):
    dtype = FLOATS[i % 8 % 4] if i % 8 < 6 else random.choice(INTEGERS + ["bool"])
    sizes = shape()
    count = int(np.prod(sizes, dtype=int))
    period = min(count, rng.choice([1, 7, 11, 24, 60]) if count < 200 else rng.choice([1, 7, 13]))
    base = data(period, dtype)
    array = np.resize(base, sizes) if count else np.zeros(sizes, dtype)
    flat = base.view(np.float32) if dtype == "complex64" else base
    case = {
        "shape": [int(length) for length in sizes],
        "dtype": dtype,
        "data": [number(x) for x in flat],
        "text": str(array),
    }
    if count <= 9:
        case["list"] = str(array.tolist())
    cases.append(case)

about = __doc__.split("\n\n")
print('{"about": %s,\n"cases": [' % json.dumps("What NumPy 1.23.5 prints. " + about[2].strip().replace("\n", " ")))
print(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
print("]}")
