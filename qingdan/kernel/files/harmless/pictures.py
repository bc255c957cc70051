"""Pictures, drawn anew by Pillow: gone is what a camera wrote beside them (EXIF, GPS, XMP, comments, profiles, previews) and what was hung on behind.

The size is read from the head and judged before anything is decoded. A photo is turned as its camera said; one of more than
24 million pixels is decoded at a half or a quarter of its size.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from qingdan.engine.refusals import Refused

from .refusing import MAX_PIXEL_BYTES, MAX_PIXELS, MAX_SIDE, PHOTO, damaged, refused

FORMATS = ("JPEG", "PNG", "WEBP")
IN_OFFICE = (*FORMATS, "GIF", "BMP")
BYTES = {"1": 1, "L": 1, "P": 1, "LA": 2, "I;16": 2, "RGB": 3}  # a pixel; 4 for every other mode
QUALITY = 92
PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")


def clean(data: bytes) -> tuple[str, bytes]:
    """(kind, picture): a photo stays JPEG, a PNG stays PNG, WebP becomes whichever of the two holds it. Raises Refused."""
    try:
        with _opened(data, FORMATS) as picture:
            see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
            to = "JPEG" if picture.format in ("JPEG", "MPO") or (picture.format == "WEBP" and not see_through) else "PNG"
            return to.lower(), _drawn(picture, to)
    except Refused:
        raise
    except Exception:  # whatever a decoder says of what it could not read; its words may quote the file
        raise damaged("图片") from None


def clean_as(data: bytes, to: str) -> bytes:
    """A picture inside an Office file, in the format (JPEG, PNG, GIF, BMP) that its name promises there. Raises Refused."""
    try:
        with _opened(data, IN_OFFICE) as picture:
            return _drawn(picture, to)
    except Refused:
        raise
    except Exception:
        raise damaged("文件里的图片") from None


def _opened(data: bytes, formats: tuple[str, ...]) -> Image.Image:
    """The head is read, nothing decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged here
            picture = Image.open(io.BytesIO(data), formats=formats)
    except Image.DecompressionBombError:
        raise _flood() from None
    width, height = picture.size
    if not _bearable(picture, width, height):
        raise _flood()
    return picture


def _bearable(picture: Image.Image, width: int, height: int) -> bool:
    if width > MAX_SIDE or height > MAX_SIDE:
        return False
    if _is_photo(picture):
        return width * height <= MAX_PIXELS
    return width * height * BYTES.get(picture.mode, 4) <= MAX_PIXEL_BYTES


def _is_photo(picture: Image.Image) -> bool:
    """A JPEG can be decoded at a part of its size; one in several passes is held whole all the same."""
    return picture.format in ("JPEG", "MPO") and not picture.info.get("progressive") and picture.mode in ("RGB", "L")


def _flood() -> Refused:
    return refused("图片的像素太多，为安全起见没有打开", "请缩小图片，或者截图后再上传")


def _drawn(picture: Image.Image, to: str) -> bytes:
    if _is_photo(picture):
        _draft(picture)
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    drawn = _in_mode(picture, to)
    drawn.info = {k: v for k, v in drawn.info.items() if k == "transparency" and to in ("PNG", "GIF")}
    out = io.BytesIO()
    drawn.save(out, to, **({"quality": QUALITY} if to == "JPEG" else {}))
    return out.getvalue()


def _draft(picture: Image.Image) -> None:
    width, height = picture.size
    part = next(p for p in (1, 2, 4, 8) if width * height <= PHOTO * p * p)
    if part > 1:
        picture.draft(None, (width // part, height // part))


def _in_mode(picture: Image.Image, to: str) -> Image.Image:
    if to == "JPEG":
        return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    if to == "PNG":
        return picture if picture.mode in PNG_MODES else picture.convert("RGBA" if picture.mode == "PA" else "RGB")
    if to == "BMP":
        return picture if picture.mode in ("1", "L", "P", "RGB") else picture.convert("RGB")
    return picture
