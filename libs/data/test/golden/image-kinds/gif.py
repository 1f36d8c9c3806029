"""GIF: palettes, transparency, frames that do not fill the canvas, interlacing, animation."""
import struct

import numpy as np
from PIL import Image

from base import H, W, X, Y, color, encode, grey, palette

INDICES = ((X + 3 * Y) % 8).astype("uint8")


def lzw(values, size):
    """Codes of equal length: a clear code before the table grows."""
    codes, clear, end = [], 1 << size, (1 << size) + 1
    for i, value in enumerate(values):
        if i % ((1 << size) - 2) == 0:
            codes.append(clear)
        codes.append(int(value))
    codes.append(end)
    number, width = 0, size + 1
    for i, code in enumerate(codes):
        number |= code << (i * width)
    data = number.to_bytes((len(codes) * width + 7) // 8, "little")
    blocks = b"".join(bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255))
    return bytes([size]) + blocks + b"\0"


def table(n, seed=0):
    return bytes((i * 37 + c * 50 + seed) % 256 for i in range(n) for c in range(3))


def frame(values, at=(0, 0), local=None, interlaced=False, control=b"", size=3):
    height, width = values.shape
    flags = (0x40 if interlaced else 0) | (0x80 | size - 1 if local else 0)
    rows = [*range(0, height, 8), *range(4, height, 8), *range(2, height, 4), *range(1, height, 2)] if interlaced else range(height)
    head = b"\x2c" + struct.pack("<4HB", *at, width, height, flags)
    return control + head + (local or b"") + lzw(values[list(rows)].ravel(), size)


def control(transparent=None, disposal=0):
    return b"\x21\xf9\x04" + struct.pack("<BHB", disposal << 2 | (transparent is not None), 5, transparent or 0) + b"\0"


def gif(*frames, canvas=(W, H), colors=table(8), background=0, version=b"GIF89a", end=b"\x3b", extension=b""):
    flags = 0x80 | 2 if colors else 0
    return version + struct.pack("<HHBBB", *canvas, flags, background, 0) + (colors or b"") + extension + b"".join(frames) + end


def cases():
    whole = frame(INDICES)
    part = INDICES[1:4, 2:6]
    yield "GIF", gif(whole)
    yield "GIF87a", gif(whole, version=b"GIF87a")
    yield "GIF, interlaced", gif(frame(INDICES, interlaced=True))
    yield "GIF with a local palette", gif(frame(INDICES, local=table(8, 99)))
    yield "GIF with a local palette alone", gif(frame(INDICES, local=table(8, 99)), colors=None)
    yield "GIF without a palette", gif(whole, colors=None)
    yield "GIF with a transparent entry", gif(frame(INDICES, control=control(3)))
    yield "GIF with its background transparent", gif(frame(INDICES, control=control(0)), background=0)
    yield "GIF with a transparent entry that no pixel has", gif(frame(INDICES % 4, control=control(7)))
    yield "GIF with a transparent entry and a local palette", gif(frame(INDICES, local=table(8, 99), control=control(3)))
    yield "GIF with another background", gif(whole, background=5)
    for disposal in (1, 2, 3):
        yield f"GIF whose frame is disposed by {disposal}", gif(frame(INDICES, control=control(2, disposal)))
    yield "GIF whose frame is smaller than its canvas", gif(frame(part, at=(2, 1)))
    yield "GIF whose frame is smaller, with another background", gif(frame(part, at=(2, 1)), background=5)
    yield "GIF whose frame is smaller and transparent", gif(frame(part, at=(2, 1), control=control(4)), background=5)
    yield "GIF whose frame is smaller, with a local palette", gif(frame(part, at=(2, 1), local=table(8, 99)), background=5)
    yield "GIF whose frame is smaller, without a global palette", gif(frame(part, at=(2, 1), local=table(8, 99)), colors=None)
    yield "GIF whose frame is smaller, at the corner", gif(frame(part, at=(0, 0)))
    yield "GIF whose frame is smaller, transparent by its background", gif(frame(part, at=(2, 1), control=control(5)), background=5)
    yield "GIF whose frame is larger than its canvas", gif(frame(INDICES), canvas=(4, 3))
    yield "GIF whose frame reaches out of its canvas", gif(frame(part, at=(5, 4)))
    yield "GIF, animated", gif(whole, frame(INDICES[::-1]), frame(part, at=(1, 1)))
    yield "GIF, animated, transparent", gif(frame(INDICES, control=control(3)), frame(INDICES[::-1], control=control(3)))
    yield "GIF with a comment", gif(whole, extension=b"\x21\xfe\x05hello\0")
    yield "GIF with a loop", gif(whole, extension=b"\x21\xff\x0bNETSCAPE2.0\x03\1\0\0\0")
    yield "GIF with an unknown extension", gif(whole, extension=b"\x21\x42\x03abc\0")
    yield "GIF with a control block far before its frame", gif(whole, extension=control(3) + b"\x21\xfe\x05hello\0")
    yield "GIF with bytes after its end", gif(whole) + b"garbage"
    yield "GIF without its end", gif(whole, end=b"")
    yield "GIF cut in its pixels", gif(whole)[:-12]
    yield "GIF with fewer pixels than it says", gif(whole.replace(lzw(INDICES.ravel(), 3), lzw(INDICES[:3].ravel(), 3)))
    yield "GIF with more pixels than it says", gif(whole.replace(lzw(INDICES.ravel(), 3), lzw(np.tile(INDICES.ravel(), 2), 3)))
    yield "GIF cut in its palette", gif(whole)[:20]
    yield "GIF without a frame", gif()
    yield "GIF of no canvas", gif(whole, canvas=(0, 0))
    yield "GIF of two colours", gif(frame(INDICES % 2, size=2, local=table(4)))
    yield "GIF with a value beyond its palette", gif(frame(INDICES % 8, local=table(4), size=3).replace(b"\x82" + table(4), b"\x81" + table(4)))
    yield "GIF by Pillow", encode(palette, "GIF")
    yield "GIF by Pillow, interlaced off", encode(palette, "GIF", interlace=0)
    yield "GIF by Pillow, grey", encode(grey, "GIF")
    yield "GIF by Pillow, transparent", encode(palette, "GIF", transparency=2)
    yield "GIF by Pillow, of 256 colours", encode(Image.fromarray(np.arange(256, dtype="uint8").reshape(16, 16)), "GIF")
    yield "GIF by Pillow, animated", encode(palette, "GIF", save_all=True, append_images=[color.rotate(180).quantize(16)], disposal=2)
    big = np.random.default_rng(0).integers(0, 256, (24, 24)).astype("uint8")
    yield "GIF by Pillow, whose table fills up", encode(Image.fromarray(np.tile(big, (3, 3)), "L"), "GIF")
