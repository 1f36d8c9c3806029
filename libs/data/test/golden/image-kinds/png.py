"""PNG: every depth and type of colour, transparency, interlacing, and chunks around the pixels."""
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms

from base import ALPHA, H, RGB, VALUES16, W, bits, chunk, color, encode, grey, la, palette, rgba, turned

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def packed(values, depth):
    """Rows of samples [rows, samples] as a PNG's rows without filters."""
    if depth == 16:
        return b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    rows = []
    for row in values:
        text = "".join(format(int(v), f"0{depth}b") for v in row)
        text += "0" * (-len(text) % 8)
        rows.append(b"\0" + int(text, 2).to_bytes(len(text) // 8, "big"))
    return b"".join(rows)


def png(values, depth, kind, before=b"", interlaced=False, after=b"", idat=None):
    """A PNG by hand: `values` [height, width] or [height, width, channels], `kind` its type of colour."""
    height, width = values.shape[:2]
    flat = lambda part: part.reshape(part.shape[0], -1)
    if interlaced:
        parts = [values[y::dy, x::dx] for x, y, dx, dy in PASSES]
        raw = b"".join(packed(flat(part), depth) for part in parts if part.size)
    else:
        raw = packed(flat(values), depth)
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced))
    body = chunk(b"IDAT", zlib.compress(raw)) if idat is None else idat(zlib.compress(raw))
    return SIGNATURE + chunk(b"IHDR", header) + before + body + after + chunk(b"IEND", b"")


def cases():
    ramp = np.arange(H * W).reshape(H, W)
    rgb16 = np.stack([VALUES16, VALUES16 // 3, 65535 - VALUES16], -1)
    plte = lambda n: chunk(b"PLTE", bytes((i * 37 + c * 50) % 256 for i in range(n) for c in range(3)))
    plain = encode(color, "PNG")
    for depth in (1, 2, 4, 8, 16):
        values = VALUES16 if depth == 16 else ramp % 2**depth
        for interlaced in (False, True):
            name = f"{depth}-bit{', interlaced' if interlaced else ''}"
            yield f"PNG, grey of {name}", png(values, depth, 0, interlaced=interlaced)
            if depth < 16:
                yield f"PNG, palette of {name}", png(values, depth, 3, plte(2**depth), interlaced=interlaced)
        yield f"PNG, grey of {depth}-bit with a transparent value", png(values, depth, 0, chunk(b"tRNS", struct.pack(">H", int(values[0, 1]))))
    for depth, values in ((8, RGB), (16, rgb16)):
        alpha = ALPHA if depth == 8 else VALUES16
        for interlaced in (False, True):
            name = f"{depth}-bit{', interlaced' if interlaced else ''}"
            yield f"PNG, RGB of {name}", png(values, depth, 2, interlaced=interlaced)
            yield f"PNG, RGBA of {name}", png(np.concatenate([values, alpha[..., None]], -1), depth, 6, interlaced=interlaced)
            yield f"PNG, grey with alpha of {name}", png(np.stack([values[..., 0], alpha], -1), depth, 4, interlaced=interlaced)
        yield f"PNG, RGB of {depth}-bit with a transparent colour", png(values, depth, 2, chunk(b"tRNS", struct.pack(">HHH", *map(int, values[0, 1]))))
    yield "PNG, palette with transparency", png(ramp % 16, 4, 3, plte(16) + chunk(b"tRNS", bytes([0, 128, 255])))
    yield "PNG, palette shorter than its values", png(ramp % 16, 4, 3, plte(5))
    yield "PNG, palette missing", png(ramp % 16, 4, 3)
    yield "PNG by Pillow, RGB", plain
    yield "PNG by Pillow, grey", encode(grey, "PNG")
    yield "PNG by Pillow, 1 bit", encode(bits, "PNG")
    yield "PNG by Pillow, grey with alpha", encode(la, "PNG")
    yield "PNG by Pillow, RGBA", encode(rgba, "PNG")
    yield "PNG by Pillow, palette", encode(palette, "PNG")
    yield "PNG by Pillow, palette with a transparent entry", encode(palette, "PNG", transparency=3)
    yield "PNG by Pillow, palette with transparent entries", encode(palette, "PNG", transparency=bytes(range(0, 160, 10)))
    yield "PNG by Pillow, RGB with a transparent colour", encode(color, "PNG", transparency=(0, 0, 0))
    yield "PNG by Pillow, 16-bit grey", encode(Image.fromarray(VALUES16), "PNG")
    yield "PNG by Pillow, 12 bits in 16", encode(Image.fromarray(VALUES16 >> 4), "PNG")
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yield "PNG with an ICC profile", encode(color, "PNG", icc_profile=srgb)
    yield "PNG, grey, with an ICC profile of RGB", encode(grey, "PNG", icc_profile=srgb)
    yield "PNG with EXIF orientation", encode(color, "PNG", exif=turned(6))
    extra = lambda *chunks: plain[:33] + b"".join(chunks) + plain[33:]
    yield "PNG with gamma 1.0", extra(chunk(b"gAMA", struct.pack(">I", 100000)))
    yield "PNG with gamma 2.2", extra(chunk(b"gAMA", struct.pack(">I", 45455)))
    yield "PNG with gamma and sRGB", extra(chunk(b"gAMA", struct.pack(">I", 100000)), chunk(b"sRGB", b"\0"))
    yield "PNG with chromaticities", extra(chunk(b"cHRM", struct.pack(">8I", *range(30000, 38000, 1000))))
    yield "PNG with a broken ICC profile", extra(chunk(b"iCCP", b"ICC\0\0" + zlib.compress(b"\0" * 40)))
    yield "PNG with a background", extra(chunk(b"bKGD", struct.pack(">3H", 9, 9, 9)))
    yield "PNG with significant bits", extra(chunk(b"sBIT", bytes([5, 6, 5])))
    yield "PNG with text", extra(chunk(b"tEXt", b"Comment\0hello"))
    yield "PNG with the wrong checksum on text", extra(chunk(b"tEXt", b"Comment\0hello", 1))
    yield "PNG with the wrong checksum on its header", plain[:29] + b"\0\0\0\0" + plain[33:]
    yield "PNG with the wrong checksum on its pixels", png(RGB, 8, 2, idat=lambda z: chunk(b"IDAT", z, 1))
    yield "PNG with pixels in many chunks", png(RGB, 8, 2, idat=lambda z: b"".join(chunk(b"IDAT", z[i : i + 7]) for i in range(0, len(z), 7)))
    yield "PNG with an unknown chunk", extra(chunk(b"abCd", b"x"))
    yield "PNG with an unknown critical chunk", extra(chunk(b"ABCD", b"x"))
    yield "PNG with bytes after its end", plain + b"garbage" * 5
    yield "PNG without its end", plain[:-12]
    yield "PNG cut in its pixels", plain[: 33 + (len(plain) - 45) // 2]
    yield "PNG cut in its header", plain[:20]
    yield "PNG of its signature alone", SIGNATURE
    yield "PNG without pixels", SIGNATURE + plain[8:33] + chunk(b"IEND", b"")
    yield "PNG with fewer rows than it says", png(RGB[:3], 8, 2).replace(struct.pack(">II", W, 3), struct.pack(">II", W, 3), 1)
    yield "PNG with pixels that are no zlib", png(RGB, 8, 2, idat=lambda z: chunk(b"IDAT", b"no zlib at all"))
    yield "PNG of a wrong type of colour", png(RGB, 8, 5)
    yield "PNG of 3 bits", png(ramp % 8, 4, 0)[:24] + b"\3" + png(ramp % 8, 4, 0)[25:]
    yield "PNG, animated", encode(color, "PNG", save_all=True, append_images=[color.rotate(180), color.rotate(90)])
    yield "PNG, animated, its default picture apart", encode(color, "PNG", save_all=True, default_image=True, append_images=[color.rotate(180)])
    yield "PNG, animated, RGBA", encode(rgba, "PNG", save_all=True, append_images=[rgba.rotate(180)])
    yield "PNG of one pixel", encode(color.crop((0, 0, 1, 1)), "PNG")
