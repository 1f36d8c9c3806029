"""The small picture that all files show, and how a case is written down."""
import base64
import io
import struct
import warnings
import zlib

import numpy as np
from PIL import Image

warnings.simplefilter("ignore")
H, W = 6, 7
Y, X = np.mgrid[:H, :W]
RGB = np.stack([(X * 37 + Y * 11) % 256, (X * 5 + Y * 53) % 256, (X * 91 + Y * 29) % 256], -1).astype("uint8")
ALPHA = ((X * 40) % 256).astype("uint8")
VALUES16 = ((X * 9001 + Y * 7919) % 65536).astype("uint16")
color = Image.fromarray(RGB)
grey = color.convert("L")
bits = grey.point(lambda v: 255 * (v > 90)).convert("1")
rgba, la = color.copy(), grey.copy()
rgba.putalpha(Image.fromarray(ALPHA))
la.putalpha(Image.fromarray(ALPHA))
palette = color.quantize(16)


def turned(orientation):
    exif = Image.Exif()
    exif[274] = orientation
    return exif


def encode(image, format, **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def case(kind, data):
    """What `Image.open(file).convert("RGB")` makes of a file: its mode, size and pixels, or the error's name."""
    entry = {"kind": kind, "file": base64.b64encode(data).decode()}
    try:
        opened = Image.open(io.BytesIO(data))
        entry["mode"] = opened.mode
        rgb = opened.convert("RGB")
    except Exception as error:  # noqa: BLE001, whatever Pillow refuses with
        entry.pop("mode", None)
        return {**entry, "refused": type(error).__name__}
    entry["size"] = list(rgb.size)
    entry["rgb"] = base64.b64encode(rgb.tobytes()).decode()
    if entry["mode"].startswith("I;16") or (entry["mode"], opened.format) == ("I", "PPM"):
        # Pillow cuts 16-bit grey off at 255; Thaw takes the high byte, as Pillow itself does with 16-bit colour.
        entry["high_bytes"] = base64.b64encode((np.asarray(opened) >> 8).astype("uint8").tobytes()).decode()
    return entry


def chunk(name, body, crc=None):
    crc = zlib.crc32(name + body) if crc is None else crc
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc)
