"""What is an image of a kind that Thaw does not read, and what is none."""
import gzip

from base import color, encode, rgba

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="red"/></svg>'


def cases():
    """The kind, the name that its refusal must say, and the file."""
    yield "SVG", "SVG", SVG
    yield "SVG with an XML declaration", "SVG", b'<?xml version="1.0"?>\n<!-- drawn -->\n' + SVG
    yield "SVG with a byte order mark", "SVG", b"\xef\xbb\xbf" + SVG
    yield "SVG with white space before it", "SVG", b"\n  " + SVG
    yield "SVG with a document type", "SVG", b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n' + SVG
    yield "SVG, compressed", "gzip", gzip.compress(SVG, mtime=0)
    yield "HTML", "HTML", b"<!DOCTYPE html><html><body>404 not found</body></html>"
    yield "AVIF", "AVIF", encode(color, "AVIF")
    yield "HEIC", "HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40
    yield "JPEG 2000", "JPEG 2000", encode(color, "JPEG2000")
    yield "JPEG 2000, a bare stream", "JPEG 2000", encode(color, "JPEG2000", no_jp2=True)
    yield "JPEG XL", "JPEG XL", b"\xff\x0a" + b"\0" * 40
    yield "JPEG XL in a container", "JPEG XL", b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0" * 40
    yield "ICO", "ICO", encode(color, "ICO", sizes=[(7, 6)])
    yield "CUR", "CUR", b"\0\0\2\0\1\0" + encode(color, "ICO", sizes=[(7, 6)])[6:]
    yield "ICNS", "ICNS", b"icns" + b"\0\0\0\x10" + b"ic07" + b"\0\0\0\x08"
    yield "PSD", "PSD", b"8BPS\0\1" + b"\0" * 6 + b"\0\3\0\0\0\1\0\0\0\1\0\x08\0\3" + b"\0" * 14 + b"\1\2\3"
    yield "DDS", "DDS", encode(rgba, "DDS")
    yield "PCX", "PCX", encode(color, "PCX")
    yield "SGI", "SGI", encode(color, "SGI")
    yield "EPS", "EPS", encode(color, "EPS")
    yield "PDF", "PDF", b"%PDF-1.4\n1 0 obj\n"
    yield "DICOM", "DICOM", b"\0" * 128 + b"DICM" + b"\2\0\0\0UL\4\0" + b"\0" * 20
    yield "FITS", "FITS", b"SIMPLE  =                    T" + b" " * 50
    yield "HDF5", "HDF5", b"\x89HDF\r\n\x1a\n" + b"\0" * 40
    yield "NumPy array", "NumPy", b"\x93NUMPY\1\0v\0{'descr': '|u1'}"
    yield "QOI", "QOI", encode(color, "QOI") if "QOI" in __import__("PIL.Image").Image.SAVE else b"qoif" + b"\0" * 20
    yield "Zip archive", "zip", b"PK\3\4" + b"\0" * 30
    yield "TGA", "unknown", encode(color, "TGA")
    yield "text", "unknown", b"hello"
    yield "zeros", "unknown", b"\0" * 64
    yield "an empty file", "empty", b""
    yield "one byte", "unknown", b"\x89"
