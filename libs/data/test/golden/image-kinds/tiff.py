"""TIFF: types of values, kinds of colour, compression, orientation, tiles, planes, byte order."""
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms

from base import ALPHA, H, RGB, VALUES16, W, X, Y, bits, color, encode, grey, la, palette, rgba

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 16: 8}
CODES = {1: "B", 2: "B", 3: "H", 4: "I", 16: "Q"}


def tiff(values, photometric, tags=None, order="<", big=False, data=None, strips=None, format=1):
    """An uncompressed TIFF by hand. `values` [height, width] or [height, width, channels]; `tags` id: (type, values) more or instead."""
    height, width = values.shape[:2]
    channels = 1 if values.ndim == 2 else values.shape[2]
    body = values.astype(values.dtype.newbyteorder(order)).tobytes() if data is None else data
    strips = strips or [body]
    entries = {
        256: (4, [width]),
        257: (4, [height]),
        258: (3, [values.dtype.itemsize * 8] * channels),
        259: (3, [1]),
        262: (3, [photometric]),
        273: (4, [0] * len(strips)),
        277: (3, [channels]),
        278: (4, [height]),
        279: (4, [len(strip) for strip in strips]),
        339: (3, [format] * channels),
        **(tags or {}),
    }
    offset = 273 if entries[273] else 324
    entries = dict(sorted((k, v) for k, v in entries.items() if v))
    count, pointer, entry_size = ("Q", "Q", 20) if big else ("H", "I", 12)
    slot = 8 if big else 4
    head = 16 if big else 8
    at = head + sum(len(strip) + len(strip) % 2 for strip in strips)
    extra_at = at + struct.calcsize(count) + len(entries) * entry_size + slot
    ends, position = [], head
    for strip in strips:
        ends.append(position)
        position += len(strip) + len(strip) % 2
    entries[offset] = (4, ends)
    directory, extra = struct.pack(order + count, len(entries)), b""
    for tag, (kind, numbers) in entries.items():
        packed = struct.pack(f"{order}{len(numbers)}{CODES[kind]}", *numbers)
        directory += struct.pack(f"{order}HH{'Q' if big else 'I'}", tag, kind, len(numbers))
        if len(packed) <= slot:
            directory += packed.ljust(slot, b"\0")
        else:
            directory += struct.pack(order + pointer, extra_at + len(extra))
            extra += packed + b"\0" * (len(packed) % 2)
    directory += struct.pack(order + pointer, 0)
    mark = b"II" if order == "<" else b"MM"
    head = mark + (struct.pack(order + "HHHQ", 43, 8, 0, at) if big else struct.pack(order + "HI", 42, at))
    return head + b"".join(strip + b"\0" * (len(strip) % 2) for strip in strips) + directory + extra


def tiles(values, side=16):
    padded = np.zeros((side, side, *values.shape[2:]), values.dtype)
    padded[: values.shape[0], : values.shape[1]] = values
    return padded.tobytes()


def packbits_rows(values):
    return np.packbits(values, axis=1).tobytes()


def cases():
    grey8 = np.asarray(grey)
    pal = [(i * 37 + c * 50) % 256 * 257 for c in range(3) for i in range(256)]
    ramp = (X * 9 + Y * 5).astype("uint8")
    inks = np.asarray(color.convert("CMYK"))
    for kind in ("raw", "tiff_lzw", "tiff_deflate", "tiff_adobe_deflate", "packbits", "jpeg", "zstd", "lzma"):
        for name, image in (("RGB", color), ("grey", grey)):
            try:
                yield f"TIFF, {name}, compression {kind}", encode(image, "TIFF", compression=kind)
            except Exception:  # noqa: BLE001, a kind that cannot hold this colour
                pass
    for kind in ("raw", "group3", "group4", "tiff_ccitt", "packbits", "tiff_lzw"):
        yield f"TIFF of 1 bit, compression {kind}", encode(bits, "TIFF", compression=kind)
    yield "TIFF, RGB, LZW with a predictor", encode(color, "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
    yield "TIFF, RGBA", encode(rgba, "TIFF")
    yield "TIFF, RGBA, deflate", encode(rgba, "TIFF", compression="tiff_deflate")
    yield "TIFF, grey with alpha", encode(la, "TIFF")
    yield "TIFF, palette", encode(palette, "TIFF")
    yield "TIFF in CMYK", encode(color.convert("CMYK"), "TIFF")
    yield "TIFF in CMYK, LZW", encode(color.convert("CMYK"), "TIFF", compression="tiff_lzw")
    yield "TIFF in CMYK, JPEG", encode(color.convert("CMYK"), "TIFF", compression="jpeg")
    yield "TIFF in YCbCr", encode(color.convert("YCbCr"), "TIFF")
    yield "TIFF in LAB", encode(ImageCms.profileToProfile(color, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"), "TIFF")
    for orientation in range(1, 9):
        yield f"TIFF of orientation {orientation}", encode(color, "TIFF", tiffinfo={274: orientation})
    yield "TIFF of orientation 6, LZW", encode(color, "TIFF", compression="tiff_lzw", tiffinfo={274: 6})
    yield "TIFF of orientation 6, grey of 16 bits", encode(Image.fromarray(VALUES16), "TIFF", tiffinfo={274: 6})
    yield "TIFF of orientation 3 in CMYK", encode(color.convert("CMYK"), "TIFF", tiffinfo={274: 3})
    yield "TIFF of orientation 9", encode(color, "TIFF", tiffinfo={274: 9})
    yield "TIFF of several pages", encode(color, "TIFF", save_all=True, append_images=[color.rotate(180), grey.resize((3, 3))])
    yield "TIFF by Pillow, grey of 16 bits", encode(Image.fromarray(VALUES16), "TIFF")
    yield "TIFF by Pillow, 12 bits in 16", encode(Image.fromarray(VALUES16 >> 4), "TIFF")
    yield "TIFF by Pillow, int32", encode(Image.fromarray(X.astype("int32") * 60 - 50), "TIFF")
    yield "TIFF by Pillow, float32", encode(Image.fromarray((X * 60 - 50.5).astype("float32")), "TIFF")
    yield "TIFF by Pillow, float32 of 0 to 1", encode(Image.fromarray((X / 6).astype("float32")), "TIFF")
    yield "TIFF by Pillow with an ICC profile", encode(color, "TIFF", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for order, end in (("<", "little"), (">", "big")):
        for big in (False, True):
            name = f"{end}-endian{', BigTIFF' if big else ''}"
            yield f"TIFF, RGB, {name}", tiff(RGB, 2, order=order, big=big)
            yield f"TIFF, grey of 16 bits, {name}", tiff(VALUES16, 1, order=order, big=big)
        yield f"TIFF, RGB of 16 bits, {end}-endian", tiff(np.stack([VALUES16, VALUES16 // 3, 65535 - VALUES16], -1), 2, order=order)
        for kind, code in (("int8", 2), ("int16", 2), ("uint32", 1), ("int32", 2), ("float32", 3), ("float64", 3)):
            values = (X * 60 - 50 + Y).astype(kind) if code != 1 else (X * 60 + Y).astype(kind)
            yield f"TIFF, grey of {kind}, {end}-endian", tiff(values, 1, order=order, format=code)
    yield "TIFF, grey of float16", tiff((X * 60 - 50 + Y).astype("float16"), 1, format=3)
    yield "TIFF, grey of uint64", tiff((X * 60 + Y).astype("uint64"), 1)
    yield "TIFF, RGB of float32", tiff(np.stack([X * 60.0, Y * 40.0, X * Y * 1.0], -1).astype("float32"), 2, format=3)
    yield "TIFF, RGB of int16", tiff(np.stack([X * 60, Y * 40, X * Y], -1).astype("int16"), 2, format=2)
    yield "TIFF, RGB of uint32", tiff(np.stack([X * 60, Y * 40, X * Y], -1).astype("uint32"), 2)
    yield "TIFF, RGBA of 16 bits", tiff(np.stack([VALUES16, VALUES16 // 3, 65535 - VALUES16, VALUES16], -1), 2, {338: (3, [2])})
    yield "TIFF, grey with alpha of 16 bits", tiff(np.stack([VALUES16, VALUES16 // 3], -1), 1, {338: (3, [2])})
    yield "TIFF in CMYK of 16 bits", tiff(np.stack([VALUES16, VALUES16 // 3, 65535 - VALUES16, VALUES16 // 5], -1), 5)
    yield "TIFF in CMYK by hand", tiff(inks, 5)
    yield "TIFF, grey, white is 0", tiff(grey8, 0)
    yield "TIFF, grey of 16 bits, white is 0", tiff(VALUES16, 0)
    yield "TIFF of 1 bit, white is 0", tiff(np.packbits(grey8 > 90, axis=1), 0, {256: (4, [W]), 258: (3, [1])})
    yield "TIFF of 1 bit, black is 0", tiff(np.packbits(grey8 > 90, axis=1), 1, {256: (4, [W]), 258: (3, [1])})
    four = (grey8 >> 4).astype("uint8")
    halves = np.pad(four, ((0, 0), (0, 1)))
    nibbles = (halves[:, ::2] << 4 | halves[:, 1::2]).astype("uint8")
    two = np.pad(grey8 >> 6, ((0, 0), (0, 1)))
    quarters = (two[:, ::4] << 6 | two[:, 1::4] << 4 | two[:, 2::4] << 2 | two[:, 3::4]).astype("uint8")
    for photometric, name in ((1, "grey"), (0, "grey, white is 0")):
        yield f"TIFF of 4 bits, {name}", tiff(nibbles, photometric, {256: (4, [W]), 258: (3, [4])})
        yield f"TIFF of 2 bits, {name}", tiff(quarters, photometric, {256: (4, [W]), 258: (3, [2])})
    yield "TIFF of 8 bits, palette", tiff(ramp, 3, {320: (3, pal)})
    yield "TIFF of 4 bits, palette", tiff(nibbles, 3, {256: (4, [W]), 258: (3, [4]), 320: (3, [v for c in range(3) for v in pal[256 * c : 256 * c + 16]])})
    yield "TIFF of 1 bit, palette", tiff(np.packbits(grey8 > 90, axis=1), 3, {256: (4, [W]), 258: (3, [1]), 320: (3, [0, 65535, 9000, 0, 30000, 65535])})
    yield "TIFF of 8 bits, palette of 8-bit values", tiff(ramp, 3, {320: (3, [v // 257 for v in pal])})
    yield "TIFF of 12 bits", tiff(grey8, 1, {258: (3, [12])}, data=b"\x12\x34\x56" * 40)
    lab = np.stack([grey8, (X * 20 - 60).astype("int8").view("uint8"), (Y * 20 - 50).astype("int8").view("uint8")], -1)
    yield "TIFF in CIELAB", tiff(lab, 8)
    yield "TIFF in ICCLAB", tiff(lab, 9)
    yield "TIFF in YCbCr by hand", tiff(np.asarray(color.convert("YCbCr")), 6, {530: (3, [1, 1])})
    yield "TIFF in LogLuv by its tag", tiff(VALUES16, 32844)
    yield "TIFF of RGB, spare channels", tiff(np.concatenate([RGB, RGB[..., :2]], -1), 2, {338: (3, [0, 0])})
    yield "TIFF of RGB and an unspecified channel", tiff(np.concatenate([RGB, ALPHA[..., None]], -1), 2, {338: (3, [0])})
    yield "TIFF of RGB and alpha that is multiplied in", tiff(np.concatenate([RGB // 2, ALPHA[..., None]], -1), 2, {338: (3, [1])})
    yield "TIFF of RGB, planes apart", tiff(RGB, 2, {284: (3, [2])}, strips=[RGB[..., c].tobytes() for c in range(3)])
    yield "TIFF of several strips", tiff(RGB, 2, {278: (4, [2])}, strips=[RGB[i : i + 2].tobytes() for i in range(0, H, 2)])
    tiled = {273: None, 278: None, 279: None, 322: (3, [16]), 323: (3, [16]), 325: (4, [16 * 16 * 3]), 324: (4, [0])}
    yield "TIFF of tiles", tiff(RGB, 2, tiled, strips=[tiles(RGB)])
    yield "TIFF of tiles, grey", tiff(grey8, 1, {**tiled, 325: (4, [16 * 16])}, strips=[tiles(grey8)])
    yield "TIFF, deflate by hand", tiff(RGB, 2, {259: (3, [8])}, strips=[zlib.compress(RGB.tobytes())])
    yield "TIFF, bits from the low end", tiff(np.packbits(grey8 > 90, axis=1), 1, {256: (4, [W]), 258: (3, [1]), 266: (3, [2])})
    yield "TIFF of an unknown compression", tiff(RGB, 2, {259: (3, [777])})
    yield "TIFF without strips", tiff(RGB, 2, {279: None})
    yield "TIFF cut in its pixels", encode(color, "TIFF")[:-60]
    whole = tiff(RGB, 2)
    yield "TIFF cut in its directory", whole[:-20]
    yield "TIFF whose strip ends early", tiff(RGB, 2, {279: (4, [40])})
    yield "TIFF whose strip lies beyond the file", whole[:8] + whole[-200:]
    yield "TIFF of eight bytes", whole[:8]
    yield "TIFF with bytes after its end", whole + b"garbage"
    yield "TIFF of one pixel", encode(color.crop((0, 0, 1, 1)), "TIFF")
