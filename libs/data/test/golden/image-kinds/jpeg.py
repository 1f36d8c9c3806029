"""JPEG: kinds of coding and of colour, and headers that strict readers stumble over."""
import struct

import numpy as np
from PIL import Image, ImageCms

from base import RGB, case, color, encode, grey, turned

# Larger than one block, so that restarts, cuts and subsampling show.
TALL = Image.fromarray(np.tile(RGB, (3, 3, 1)))
INKS = color.convert("CMYK")


def segment(marker, body):
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def insert(data, at, extra):
    return data[:at] + extra + data[at:]


def segment_at(data, marker):
    """Where the segment of a marker begins, and its length."""
    at = 2
    while data[at + 1] != marker:
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return at, 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]


def without(data, marker):
    at, length = segment_at(data, marker)
    return data[:at] + data[at + length :]


def patched(data, at, values):
    return data[:at] + bytes(values) + data[at + len(values) :]


def cases():
    plain = encode(color, "JPEG", quality=90)
    tall = encode(TALL, "JPEG", quality=90)
    inks = encode(INKS, "JPEG", quality=90)
    jfif = segment_at(plain, 0xE0)[0]
    scan = segment_at(tall, 0xDA)[0]
    adobe = segment_at(inks, 0xEE)[0]
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    yield "JPEG, RGB", plain
    for quality in (1, 25, 75, 100):
        yield f"JPEG of quality {quality}", encode(TALL, "JPEG", quality=quality)
    for name, subsampling in (("4:4:4", 0), ("4:2:2", 1), ("4:2:0", 2)):
        yield f"JPEG {name}", encode(TALL, "JPEG", quality=80, subsampling=subsampling)
        yield f"JPEG {name}, progressive", encode(TALL, "JPEG", quality=80, subsampling=subsampling, progressive=True)
    frame = segment_at(tall, 0xC0)[0]
    for factors in (0x41, 0x14, 0x42, 0x12, 0x44):
        # The same scan cannot be read with other factors; of one block a component it can.
        one = encode(color.resize((8, 8)), "JPEG", subsampling=0)
        at = segment_at(one, 0xC0)[0]
        yield f"JPEG of sampling factors {factors >> 4} x {factors & 15}, which its scan does not hold", patched(one, at + 11, [factors])
    yield "JPEG, grey", encode(grey, "JPEG")
    yield "JPEG, grey and progressive", encode(grey, "JPEG", progressive=True)
    yield "JPEG, RGB without YCbCr", encode(color, "JPEG", keep_rgb=True)
    yield "JPEG with restart markers", encode(TALL, "JPEG", restart_marker_blocks=1)
    yield "JPEG with a restart marker a row", encode(TALL, "JPEG", restart_marker_rows=1)
    yield "JPEG with optimised tables", encode(TALL, "JPEG", optimize=True)
    yield "JPEG in CMYK", inks
    yield "JPEG in CMYK, progressive", encode(INKS, "JPEG", progressive=True)
    yield "JPEG in CMYK without Adobe's marker", without(inks, 0xEE)
    yield "JPEG in YCCK", patched(inks, adobe + 15, [2])
    yield "JPEG in CMYK with Adobe's transform 1", patched(inks, adobe + 15, [1])
    yield "JPEG whose Adobe marker says RGB", insert(plain, 2, segment(0xEE, b"Adobe\0d\0\0\0\0\0"))
    yield "JPEG without JFIF whose Adobe marker says RGB", insert(without(plain, 0xE0), 2, segment(0xEE, b"Adobe\0d\0\0\0\0\0"))
    yield "JPEG whose Adobe marker says YCbCr", insert(plain, 2, segment(0xEE, b"Adobe\0d\0\0\0\0\1"))
    yield "JPEG without JFIF", without(plain, 0xE0)
    for major, minor in ((0, 0), (1, 0), (1, 2), (2, 1), (9, 99)):
        yield f"JPEG of JFIF {major}.{minor:02}", patched(plain, jfif + 9, [major, minor])
    yield "JPEG with an ICC profile", encode(color, "JPEG", icc_profile=srgb)
    yield "JPEG with an ICC profile of Lab", encode(color, "JPEG", icc_profile=lab)
    yield "JPEG with a broken ICC profile", encode(color, "JPEG", icc_profile=b"no profile")
    yield "JPEG in CMYK with a profile of RGB", encode(INKS, "JPEG", icc_profile=srgb)
    yield "JPEG, grey, with a profile of RGB", encode(grey, "JPEG", icc_profile=srgb)
    for orientation in (2, 3, 6, 8):
        yield f"JPEG with EXIF orientation {orientation}", encode(color, "JPEG", exif=turned(orientation))
    yield "JPEG with broken EXIF", insert(plain, 2, segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"))
    yield "JPEG with a comment", encode(color, "JPEG", comment="a comment")
    yield "JPEG with an empty application segment", insert(plain, 2, segment(0xE5, b""))
    yield "JPEG with fill bytes before a marker", insert(plain, segment_at(plain, 0xDB)[0], b"\xff\xff\xff")
    yield "JPEG with stray bytes between header segments", insert(tall, segment_at(tall, 0xDB)[0], b"\0\1\2")
    yield "JPEG with stray bytes before the scan", insert(tall, scan, b"\0\0\0")
    yield "JPEG with stray bytes before the frame", insert(tall, frame, b"\7" * 20)
    yield "JPEG with stray bytes before its end", tall[:-2] + b"\0" * 65 + tall[-2:]
    yield "JPEG with bytes after its end", tall + b"\0" * 50 + b"MotionPhoto"
    yield "JPEG with another JPEG behind it", tall + plain
    yield "JPEG without an end marker", tall[:-2]
    yield "JPEG cut in its scan", tall[: scan + (len(tall) - scan) // 2]
    yield "JPEG cut in its header", plain[: len(plain) // 4]
    yield "JPEG of three bytes", plain[:3]
    yield "JPEG with a newline before it", b"\n" + plain
    yield "JPEG without Huffman tables", without_all(tall, 0xC4)
    yield "JPEG without quantisation tables", without_all(tall, 0xDB)
    yield "JPEG of 12 bits", patched(plain, segment_at(plain, 0xC0)[0] + 4, [12])
    yield "JPEG of no height", patched(plain, segment_at(plain, 0xC0)[0] + 5, [0, 0])
    yield "JPEG of no width", patched(plain, segment_at(plain, 0xC0)[0] + 7, [0, 0])
    yield "JPEG, lossless by its frame", patched(plain, segment_at(plain, 0xC0)[0] + 1, [0xC3])
    yield "JPEG, arithmetic coding by its frame", patched(plain, segment_at(plain, 0xC0)[0] + 1, [0xC9])
    yield "JPEG of more rows than it holds", patched(tall, frame + 5, [0, 40])
    yield "JPEG of fewer rows than it holds", patched(tall, frame + 5, [0, 9])
    yield "JPEG with a zeroed scan", tall[: scan + 30] + b"\0" * (len(tall) - scan - 32) + tall[-2:]
    yield "JPEG of several pictures (MPO)", encode(color, "MPO", save_all=True, append_images=[TALL])
    yield "JPEG of one pixel", encode(color.crop((0, 0, 1, 1)), "JPEG")
    yield "JPEG one pixel high", encode(TALL.crop((0, 0, 21, 1)), "JPEG")
    yield "JPEG one pixel wide, 4:2:0", encode(TALL.crop((0, 0, 1, 18)), "JPEG", subsampling=2)


def without_all(data, marker):
    while True:
        try:
            data = without(data, marker)
        except IndexError:
            return data
        except struct.error:
            return data
