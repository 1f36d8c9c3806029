"""Writes card-pixels.json: what the Python of the model card makes of small files of many kinds, as the sha256 of the model's input.

The programs beside this are the card's own; a test holds that. Needs pillow, numpy and onnxruntime. Run in this folder:
python make_card_pixels.py
"""
import base64
import hashlib
import importlib.util
import io
import json

import numpy as np
import PIL
from PIL import Image, ImageCms

PROGRAMS = ("nearest", "bilinear", "bilinear-range", "bicubic-crop", "bilinear-pad")
Y, X = np.mgrid[:12, :320]
RGB = np.stack([(X * 3 + Y * 11) % 256, (X * 5 + Y * 23) % 256, (X * 7 + Y * 29) % 256], -1).astype("uint8")
color = Image.fromarray(RGB)
grey16 = Image.fromarray((100 + (X * 12 + Y * 5) % 3996).astype("uint16"))
exif = Image.Exif()
exif[274] = 6
rgba = color.copy()
rgba.putalpha(Image.fromarray((X % 256).astype("uint8")))


def programs(name):
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), f"card-{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def encode(image, format, **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FILES = {
    "PNG of 320 x 12": encode(color, "PNG"),
    "PNG of 12 x 320": encode(color.transpose(Image.Transpose.ROTATE_90), "PNG"),
    "PNG of 96 x 96": encode(color.resize((96, 96)), "PNG"),
    "PNG of 2 x 300": encode(color.resize((2, 300)), "PNG"),
    "PNG with alpha": encode(rgba, "PNG"),
    "PNG of a palette": encode(color.quantize(16), "PNG"),
    "JPEG": encode(color, "JPEG", quality=60),
    "JPEG with a profile": encode(color, "JPEG", quality=60, icc_profile=profile),
    "JPEG in inks": encode(color.convert("CMYK"), "JPEG", quality=60),
    "JPEG in grey": encode(color.convert("L"), "JPEG", quality=60),
    "JPEG with an orientation": encode(color, "JPEG", quality=60, exif=exif),
    "TIFF that is turned": encode(color.resize((40, 30)), "TIFF", compression="tiff_lzw", tiffinfo={274: 6}),
    "TIFF in inks": encode(color.resize((40, 30)).convert("CMYK"), "TIFF", compression="tiff_lzw"),
    "WebP": encode(color, "WEBP", lossless=True),
    "16-bit grey PNG": encode(grey16, "PNG"),
    "16-bit grey TIFF": encode(grey16.crop((0, 0, 60, 12)), "TIFF"),
    "floating-point TIFF": encode(Image.fromarray(((X + Y) * 20.0 - 300).astype("float32")[:, :60]), "TIFF"),
}
cases = []
loaded = {name: programs(name) for name in PROGRAMS}
for kind, data in FILES.items():
    digests = {name: hashlib.sha256(module.prepare(io.BytesIO(data)).tobytes()).hexdigest()[:16] for name, module in loaded.items()}
    cases.append({"kind": kind, "file": base64.b64encode(data).decode(), **digests})
with open("card-pixels.json", "w") as file:
    lines = ",\n".join(json.dumps(case) for case in cases)
    file.write(f'{{"source": "Pillow {PIL.__version__}", "cases": [\n{lines}\n]}}\n')
