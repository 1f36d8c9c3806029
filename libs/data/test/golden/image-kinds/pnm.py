"""The Netpbm family: plain and raw, bits, grey and colour, every maximum, comments."""
import numpy as np
from PIL import Image

from base import H, RGB, VALUES16, W, X, Y, bits, color, encode, grey, rgba

GREY = ((X * 37 + Y * 11) % 256).astype("uint8")


def pnm(kind, values, top=255, head=None):
    height, width = values.shape[:2]
    start = head or f"{kind}\n{width} {height}\n" + ("" if kind in ("P1", "P4") else f"{top}\n")
    if kind in ("P1", "P2", "P3"):
        return start.encode() + "\n".join(" ".join(map(str, row.ravel())) for row in values).encode() + b"\n"
    if kind == "P4":
        return start.encode() + np.packbits(values, axis=1).tobytes()
    return start.encode() + values.astype(">u2" if top > 255 else "uint8").tobytes()


def cases():
    ones = ((X + Y) % 2).astype("uint8")
    yield "PBM, plain", pnm("P1", ones)
    yield "PBM, plain, without spaces", b"P1\n7 2\n10101010101010\n"
    yield "PBM, raw", pnm("P4", ones)
    yield "PBM by Pillow", encode(bits, "PPM")
    for top in (1, 2, 15, 100, 254, 255, 256, 1000, 4095, 65534, 65535):
        scaled = (VALUES16.astype("uint32") * top // 65535).astype("uint32")
        colors = np.stack([scaled, scaled[::-1], scaled[:, ::-1]], -1)
        yield f"PGM, plain, up to {top}", pnm("P2", scaled, top)
        yield f"PGM, raw, up to {top}", pnm("P5", scaled, top)
        yield f"PPM, plain, up to {top}", pnm("P3", colors, top)
        yield f"PPM, raw, up to {top}", pnm("P6", colors, top)
    yield "PGM, raw, a value above its maximum", pnm("P5", GREY, 100)
    yield "PPM, raw, a value above its maximum", pnm("P6", RGB, 100)
    yield "PGM, plain, a value above its maximum", pnm("P2", GREY, 100)
    for top in (0, 65536):
        yield f"PGM, raw, up to {top}", pnm("P5", GREY, top) if top < 256 else b"P5\n2 2\n65536\n" + b"\0" * 16
    body = RGB.tobytes()
    yield "PPM with a comment", b"P6\n# made by hand\n7 6\n255\n" + body
    yield "PPM with a comment in a line", b"P6 7 # wide\n6\n# all\n255\n" + body
    yield "PPM with a comment after its maximum", b"P6\n7 6\n255 # end\n" + body
    yield "PPM with tabs and carriage returns", b"P6\t7\r\n6\r\n255\n" + body
    yield "PPM with a comment at a number's end", b"P6\n7#w\n6\n255\n" + body
    yield "PPM whose pixels begin with a #", b"P6\n7 6\n255\n#" + body[1:]
    yield "PPM whose pixels begin with white space", b"P6\n7 6\n255\n \n\t" + body[3:]
    yield "PPM, plain, with comments", b"P3\n# c\n2 1 # c\n255\n1 2 3 # four\n4 5 6\n"
    yield "PPM, plain, in one line", b"P3 2 2 255 1 2 3 4 5 6 7 8 9 10 11 12"
    yield "PPM, plain, too few values", b"P3\n2 2\n255\n1 2 3 4 5 6\n"
    yield "PPM, plain, too many values", b"P3\n1 1\n255\n1 2 3 4 5 6\n"
    yield "PPM, plain, no number", b"P3\n1 1\n255\n1 two 3\n"
    yield "PPM, plain, a number below 0", b"P3\n1 1\n255\n1 -2 3\n"
    yield "PPM, plain, a number of many digits", b"P3\n1 1\n255\n1 00000000000002 3\n"
    yield "PBM, plain, a 2", b"P1\n2 1\n1 2\n"
    yield "PBM, plain, with comments", b"P1\n# c\n3 1\n1 # c\n0 1\n"
    yield "PBM, plain, too few values", b"P1\n3 2\n1 0 1\n"
    yield "PPM cut in its pixels", b"P6\n7 6\n255\n" + body[:50]
    yield "PPM cut in its header", b"P6\n7 6"
    yield "PPM of its signature alone", b"P6\n"
    yield "PPM of no width", b"P6\n0 6\n255\n" + body
    yield "PPM without a height", b"P6\n7 x\n255\n" + body
    yield "PPM with bytes after its end", b"P6\n7 6\n255\n" + body + b"garbage"
    yield "PGM by Pillow", encode(grey, "PPM")
    yield "PPM by Pillow", encode(color, "PPM")
    yield "PGM of 16 bits by Pillow", encode(Image.fromarray(VALUES16), "PPM")
    yield "PAM, RGB", b"P7\nWIDTH 7\nHEIGHT 6\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n" + body
    yield "PAM, RGBA", b"P7\nWIDTH 7\nHEIGHT 6\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n" + np.asarray(rgba).tobytes()
    yield "PFM, grey", b"Pf\n7 6\n-1.0\n" + (X * 60 - 50.5).astype("<f4").tobytes()
    yield "PFM, grey, big-endian", b"Pf\n7 6\n1.0\n" + (X * 60 - 50.5).astype(">f4").tobytes()
    yield "PFM, colour", b"PF\n7 6\n-1.0\n" + RGB.astype("<f4").tobytes()
