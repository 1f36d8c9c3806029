"""BMP: every depth, compression and header."""
import struct

import numpy as np

from base import ALPHA, H, RGB, W, X, Y, bits, color, encode, grey, palette, rgba

INDICES = ((X + 3 * Y) % 16).astype("uint8")
COLORS = bytes((i * 37 + c * 50) % 256 for i in range(16) for c in (0, 1, 2, 9))


def padded(row):
    return row + b"\0" * (-len(row) % 4)


def rows(values, depth, top_down=False):
    out = []
    for row in values if top_down else values[::-1]:
        text = "".join(format(int(v), f"0{depth}b") for v in row)
        text += "0" * (-len(text) % 8)
        out.append(padded(int(text, 2).to_bytes(len(text) // 8, "big")))
    return b"".join(out)


def bmp(data, depth, compression=0, colors=b"", masks=b"", width=W, height=H, used=None, header=40, planes=1, extra=b""):
    count = len(colors) // 4 if used is None else used
    info = struct.pack("<IiiHHIIiiII", header, width, height, planes, depth, compression, len(data), 0, 0, count, 0) + extra
    start = 14 + len(info) + len(masks) + len(colors)
    return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + info + masks + colors + data


def core(data, depth, colors=b"", width=W, height=H):
    """OS/2's header of 12 bytes, with colours of three."""
    start = 26 + len(colors)
    return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + struct.pack("<IHHHH", 12, width, height, 1, depth) + colors + data


def rle8(values):
    out = b""
    for row in values[::-1]:
        for v in row[:3]:
            out += bytes([1, v])
        out += bytes([0, 4, *row[3:7]]) + b"\0\0"
    return out + b"\0\1"


def rle4(values):
    out = b""
    for row in values[::-1]:
        out += bytes([4, row[0] << 4 | row[1]])
        out += bytes([0, 3, row[4] << 4 | row[5], row[6] << 4]) + b"\0\0"
    return out + b"\0\1"


def words(values):
    return b"".join(padded(row.astype("<u2").tobytes()) for row in values[::-1])


def longs(values):
    return values[::-1].astype("<u4").tobytes()


def cases():
    r, g, b = (RGB[..., c].astype("uint32") for c in range(3))
    a = ALPHA.astype("uint32")
    five = (r >> 3) << 10 | (g >> 3) << 5 | b >> 3
    six = (r >> 3) << 11 | (g >> 2) << 5 | b >> 3
    argb = a << 24 | r << 16 | g << 8 | b
    masks = lambda *m: struct.pack(f"<{len(m)}I", *m)
    v3 = masks(0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    yield "BMP of 24 bits", encode(color, "BMP")
    yield "BMP of 8 bits", encode(palette, "BMP")
    yield "BMP, grey", encode(grey, "BMP")
    yield "BMP of 1 bit by Pillow", encode(bits, "BMP")
    yield "BMP of 32 bits by Pillow", encode(rgba, "BMP")
    for depth in (1, 2, 4, 8):
        values = INDICES % 2 ** min(depth, 4)
        yield f"BMP of {depth} bits", bmp(rows(values, depth), depth, colors=COLORS[: 4 * 2 ** min(depth, 4)])
        yield f"BMP of {depth} bits, top down", bmp(rows(values, depth, True), depth, colors=COLORS[: 4 * 2 ** min(depth, 4)], height=-H)
        yield f"BMP of {depth} bits of OS/2", core(rows(values, depth), depth, bytes((i * 37 + c * 50) % 256 for i in range(2**depth) for c in range(3)))
    yield "BMP of 1 bit, black and white", bmp(rows(INDICES % 2, 1), 1, colors=bytes([0, 0, 0, 0, 255, 255, 255, 0]))
    yield "BMP of 1 bit, white and black", bmp(rows(INDICES % 2, 1), 1, colors=bytes([255, 255, 255, 0, 0, 0, 0, 0]))
    yield "BMP of 8 bits without a palette's length", bmp(rows(INDICES, 8), 8, colors=bytes(range(256)) * 4, used=0)
    yield "BMP of 8 bits whose palette is too short", bmp(rows(INDICES, 8), 8, colors=COLORS[:16])
    yield "BMP of 4 bits of grey", bmp(rows(INDICES, 4), 4, colors=bytes(v for i in range(16) for v in (i * 17, i * 17, i * 17, 0)))
    yield "BMP of 16 bits", bmp(words(five), 16)
    yield "BMP of 16 bits, 5-6-5", bmp(words(six), 16, 3, masks=masks(0xF800, 0x7E0, 0x1F))
    yield "BMP of 16 bits, 5-5-5 by its masks", bmp(words(five), 16, 3, masks=masks(0x7C00, 0x3E0, 0x1F))
    yield "BMP of 16 bits, 4-4-4 by its masks", bmp(words(five), 16, 3, masks=masks(0xF00, 0xF0, 0xF))
    yield "BMP of 24 bits, top down", bmp(b"".join(padded(row[:, ::-1].tobytes()) for row in RGB), 24, height=-H)
    yield "BMP of 24 bits of OS/2", core(b"".join(padded(row[:, ::-1].tobytes()) for row in RGB[::-1]), 24)
    yield "BMP of 32 bits", bmp(longs(argb), 32)
    yield "BMP of 32 bits with unused bytes", bmp(longs(argb & 0xFFFFFF), 32)
    yield "BMP of 32 bits, BGRA by its masks", bmp(longs(argb), 32, 3, masks=masks(0xFF0000, 0xFF00, 0xFF))
    yield "BMP of 32 bits, RGBX by its masks", bmp(longs(r << 24 | g << 16 | b << 8), 32, 3, masks=masks(0xFF000000, 0xFF0000, 0xFF00))
    yield "BMP of 32 bits, XBGR by its masks", bmp(longs(b << 16 | g << 8 | r), 32, 3, masks=masks(0xFF, 0xFF00, 0xFF0000))
    yield "BMP of 32 bits with a header of 56 bytes", bmp(longs(argb), 32, 3, header=56, extra=v3)
    yield "BMP of 32 bits with a header of 108 bytes", bmp(longs(argb), 32, 3, header=108, extra=v3 + b"\0" * 52)
    yield "BMP of 32 bits with a header of 124 bytes", bmp(longs(argb), 32, 3, header=124, extra=v3 + b"\0" * 68)
    yield "BMP of 32 bits, ABGR by a header of 124 bytes", bmp(longs(a << 24 | b << 16 | g << 8 | r), 32, 3, header=124, extra=masks(0xFF, 0xFF00, 0xFF0000, 0xFF000000) + b"\0" * 68)
    yield "BMP of 24 bits with a header of 124 bytes", bmp(b"".join(padded(row[:, ::-1].tobytes()) for row in RGB[::-1]), 24, header=124, extra=b"\0" * 84)
    yield "BMP of 8 bits with a header of 64 bytes", bmp(rows(INDICES, 8), 8, colors=COLORS, header=64, extra=b"\0" * 24)
    yield "BMP of 8 bits, run-length", bmp(rle8(INDICES), 8, 1, colors=COLORS)
    yield "BMP of 8 bits, run-length, skipping", bmp(bytes([2, 5, 0, 2, 1, 1, 3, 7, 0, 0, 7, 2, 0, 1]), 8, 1, colors=COLORS)
    yield "BMP of 4 bits, run-length", bmp(rle4(INDICES), 4, 2, colors=COLORS)
    yield "BMP of 8 bits, run-length, ending early", bmp(rle8(INDICES)[:20], 8, 1, colors=COLORS)
    yield "BMP of a JPEG", bmp(encode(color, "JPEG"), 0, 4)
    yield "BMP of 3 bits", bmp(rows(INDICES % 8, 8), 3, colors=COLORS)
    yield "BMP of an unknown compression", bmp(rows(INDICES, 8), 8, 9, colors=COLORS)
    yield "BMP of no width", bmp(rows(INDICES, 8), 8, colors=COLORS, width=0)
    yield "BMP of no height", bmp(rows(INDICES, 8), 8, colors=COLORS, height=0)
    yield "BMP cut in its pixels", encode(color, "BMP")[:-30]
    yield "BMP cut in its header", encode(color, "BMP")[:30]
    yield "BMP of two bytes", b"BM"
    yield "BMP with bytes after its end", encode(color, "BMP") + b"garbage"
    yield "BMP of a wrong header", bmp(rows(INDICES, 8), 8, colors=COLORS, header=41)
    yield "DIB, which has no file header", encode(color, "DIB")
