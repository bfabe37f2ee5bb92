"""Writes numpy-indexing.txt: what NumPy reads and writes for random indices of every form.

Each line: shape | index | index arrays | shape of what is read | its elements | the array after a
write. The array counts from 0; written are 100, 101, ... or, where an element is selected twice, -1.
An index array is i (integers) or b (booleans), its shape and its elements.
"""

import random

import numpy as np

random.seed(5)


def shape_text(shape):
    return ",".join(map(str, shape))


def values_text(values):
    return " ".join(str(int(v)) for v in values.ravel())


def slice_item(n):
    bounds = [None] + list(range(-n - 2, n + 3))
    item = slice(random.choice(bounds), random.choice(bounds), random.choice([None, 1, 1, 2, -1, -2]))
    text = [("" if b is None else str(b)) for b in (item.start, item.stop)]
    return item, ":".join(text) + ("" if item.step is None else ":%d" % item.step)


def case():
    rank = random.randint(1, 4)
    shape = [random.choice([1, 2, 3, 4]) for _ in range(rank)]
    array = np.arange(np.prod(shape)).reshape(shape)
    index, text, arrays = [], [], []
    index_shape = [random.randint(1, 3) for _ in range(random.randint(0, 2))]
    masks, axis, ellipsis = 0, 0, False
    while axis < rank:
        kind = random.choice(["fixed", "slice", "all", "take", "mask", "null", "ellipsis", "stop"])
        if kind == "fixed":
            i = random.randrange(-shape[axis], shape[axis])
            index.append(i)
            text.append(str(i))
            axis += 1
        elif kind in ("slice", "all"):
            item, t = slice_item(shape[axis]) if kind == "slice" else (slice(None), ":")
            index.append(item)
            text.append(t)
            axis += 1
        elif kind == "take":
            dims = index_shape[random.randint(0, len(index_shape)):]
            dims = [random.choice([1, d]) for d in dims]
            item = np.random.RandomState(random.randrange(1 << 30)).randint(
                -shape[axis], shape[axis], dims)
            index.append(item)
            text.append("{}")
            arrays.append("i:%s:%s" % (shape_text(dims), values_text(item)))
            axis += 1
        elif kind == "mask" and masks == 0:
            n = random.randint(0, min(2, rank - axis))
            dims = shape[axis:axis + n]
            item = np.random.RandomState(random.randrange(1 << 30)).randint(0, 2, dims) > 0
            index.append(np.asarray(item))
            text.append("{}")
            arrays.append("b:%s:%s" % (shape_text(dims), values_text(np.asarray(item))))
            axis += n
            masks = 1
        elif kind == "null":
            index.append(None)
            text.append("null")
        elif kind == "ellipsis" and not ellipsis:
            index.append(Ellipsis)
            text.append("...")
            ellipsis = True
            axis += random.randint(0, rank - axis)
        elif kind == "stop" and index:
            break
    try:
        read = array[tuple(index)]
    except IndexError:  # index arrays that cannot be broadcast
        return None
    written = array.copy()
    if len(np.unique(read)) == read.size:
        written[tuple(index)] = np.arange(100, 100 + read.size).reshape(read.shape)
    else:
        written[tuple(index)] = -1
    return "|".join([shape_text(shape), ",".join(text), ";".join(arrays), shape_text(read.shape),
                     values_text(read), values_text(written)])


with open("numpy-indexing.txt", "w") as out:
    count = 0
    while count < 250:
        line = case()
        if line:
            out.write(line + "\n")
            count += 1
