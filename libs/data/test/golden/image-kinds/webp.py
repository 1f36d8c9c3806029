"""WebP: lossy, lossless, with alpha, animated."""
import numpy as np
from PIL import Image, ImageCms

from base import RGB, color, encode, grey, rgba, turned

TALL = Image.fromarray(np.tile(RGB, (3, 3, 1)))


def cases():
    whole = encode(color, "WEBP", lossless=True)
    yield "WebP, lossless", whole
    for quality in (1, 50, 80, 100):
        yield f"WebP of quality {quality}", encode(TALL, "WEBP", quality=quality)
    yield "WebP, grey", encode(grey, "WEBP")
    yield "WebP with alpha, lossless", encode(rgba, "WEBP", lossless=True)
    yield "WebP with alpha, exact", encode(rgba, "WEBP", lossless=True, exact=True)
    yield "WebP with alpha", encode(rgba, "WEBP", quality=80)
    yield "WebP with alpha of low quality", encode(rgba, "WEBP", quality=80, alpha_quality=10)
    frames = [color.rotate(180), color.rotate(90)]
    yield "WebP, animated", encode(color, "WEBP", save_all=True, append_images=frames, lossless=True)
    yield "WebP, animated, lossy", encode(TALL, "WEBP", save_all=True, append_images=[TALL.rotate(180)], quality=80)
    yield "WebP, animated, with alpha", encode(rgba, "WEBP", save_all=True, append_images=[rgba.rotate(180)], lossless=True)
    yield "WebP, animated, with a background", encode(rgba, "WEBP", save_all=True, append_images=[rgba.rotate(180)], lossless=True, background=(9, 99, 199, 255))
    yield "WebP with EXIF orientation", encode(color, "WEBP", lossless=True, exif=turned(6))
    yield "WebP with an ICC profile", encode(color, "WEBP", lossless=True, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    yield "WebP cut in its pixels", whole[: len(whole) * 2 // 3]
    yield "WebP of quality 80, cut", encode(TALL, "WEBP", quality=80)[:-60]
    yield "WebP cut in its header", whole[:18]
    yield "WebP with bytes after its end", whole + b"garbage"
    yield "WebP of one pixel", encode(color.crop((0, 0, 1, 1)), "WEBP", lossless=True)
