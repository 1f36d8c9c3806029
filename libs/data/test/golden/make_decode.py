"""Writes decode.json: small image files of many kinds (base64) and the RGB that Pillow's convert('RGB') reads from them.

Needs pillow and numpy. Run in this folder: python make_decode.py
"""
import base64
import io
import json
import struct
import zlib

import numpy as np
import PIL
from PIL import Image

H, W = 6, 7
Y, X = np.mgrid[:H, :W]
RGB = np.stack([(X * 37 + Y * 11) % 256, (X * 5 + Y * 53) % 256, (X * 91 + Y * 29) % 256], -1).astype("uint8")
ALPHA = Image.fromarray(((X * 40) % 256).astype("uint8"))
color = Image.fromarray(RGB)
grey = color.convert("L")
rgba, la = color.copy(), grey.copy()
rgba.putalpha(ALPHA)
la.putalpha(ALPHA)
turned = Image.Exif()
turned[274] = 6
cases = []


def add(kind, data):
    rgb = Image.open(io.BytesIO(data)).convert("RGB")
    cases.append({"kind": kind, "file": base64.b64encode(data).decode(), "rgb": np.asarray(rgb).ravel().tolist()})


def save(kind, img, format, **options):
    out = io.BytesIO()
    img.save(out, format, **options)
    add(kind, out.getvalue())


def png16():
    """16-bit RGB, which Pillow reads (by its high bytes) but does not write."""
    values = ((X * 4000 + Y * 5000)[..., None] + np.array([0, 700, 21000])) % 65536
    raw = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", W, H, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


save("RGB PNG", color, "PNG")
save("grey PNG", grey, "PNG")
save("RGBA PNG, alpha dropped", rgba, "PNG")
save("grey PNG with alpha", la, "PNG")
save("palette PNG", color.quantize(16), "PNG")
save("palette PNG with a transparent entry", color.quantize(16), "PNG", transparency=3)
save("RGB PNG with a transparent colour", color, "PNG", transparency=(0, 0, 0))
save("1-bit PNG", grey.point(lambda v: 255 * (v > 90)).convert("1"), "PNG")
add("16-bit RGB PNG", png16())
save("RGB JPEG", color, "JPEG", quality=90)
save("RGB JPEG with colour at half resolution", color, "JPEG", quality=70, subsampling=2)
save("progressive JPEG", color, "JPEG", progressive=True)
save("grey JPEG", grey, "JPEG")
save("CMYK JPEG", color.convert("CMYK"), "JPEG")
save("JPEG with EXIF orientation, not turned", color, "JPEG", exif=turned)
save("RGB TIFF", color, "TIFF")
save("CMYK TIFF", color.convert("CMYK"), "TIFF")
save("GIF", color.quantize(16), "GIF")
save("lossless WebP", color, "WEBP", lossless=True)
save("BMP of 24 bits", color, "BMP")
save("BMP of 8 bits", color.quantize(16), "BMP")
save("grey BMP", grey, "BMP")
save("BMP of 32 bits", rgba, "BMP")
save("colour PPM", color, "PPM")
save("grey PGM", grey, "PPM")
with open("decode.json", "w") as file:
    lines = ",\n".join(json.dumps(case) for case in cases)
    file.write(f'{{"source": "Pillow {PIL.__version__}", "cases": [\n{lines}\n]}}\n')
