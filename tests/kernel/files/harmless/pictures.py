"""Pictures as people and their enemies hand them in, made here."""

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

NAME, DEVICE, PLACE, FILE = "诸葛青云志", "iPhoneOfLanxi77", "GPS34.7466N113.6253E", "DSC_0420_lanxi.JPG"
MARKS = (NAME, DEVICE, PLACE, FILE)
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{NAME}</dc:creator><p>{PLACE}</p></x:xmpmeta>'.encode()


def drawing(size=(48, 32), mode="RGB"):
    if mode != "RGB":
        return Image.new(mode, size)
    return Image.frombytes(mode, size, bytes(v % 256 for y in range(size[1]) for x in range(size[0]) for v in (x * 5, y * 7, 90)))


def exif():
    told = Image.Exif()
    told[0x010F], told[0x0110], told[0x013B], told[0x010E] = "Apple", DEVICE, NAME.encode(), FILE
    told[0x0112] = 6  # lies on its side
    gps = told.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4], gps[0x1D] = "N", (34.0, 44.0, 47.76), "E", (113.0, 37.0, 31.08), "2016:06:13"
    gps[0x1B] = PLACE.encode()
    return told


def saved(picture, kind, **more):
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def jpeg(**more):
    return saved(drawing(), "JPEG", quality=80, **more)


def photo(size=(48, 32)):
    """With all that a camera writes, and a profile and a comment besides."""
    profile = b"\0" * 128 + DEVICE.encode()
    return saved(drawing(size), "JPEG", exif=exif(), comment=FILE.encode(), xmp=XMP, icc_profile=profile)


def png(**more):
    return saved(drawing(), "PNG", **more)


def told_png():
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", NAME.encode("utf-8").decode("latin-1"))
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    told.add_text("Device", DEVICE, zip=True)
    return saved(drawing(), "PNG", pnginfo=told, exif=exif())


def webp():
    return saved(drawing(), "WEBP", exif=exif().tobytes(), xmp=XMP)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width, height, colour=2, rows=b"", before=b""):
    head = struct.pack(">IIBBBBB", width, height, 8 if colour else 1, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def flood_jpeg():
    """A small JPEG whose head says 65,500 by 65,500."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65500, 65500)
    return bytes(data)
