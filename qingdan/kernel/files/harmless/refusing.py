"""What every refusal of a file has in common, and the limits; no more than that is known of a file that is refused."""

from __future__ import annotations

from qingdan.engine.refusals import Refused

WHAT = "不能接受这个文件"
TAKEN = "JPEG、PNG、WebP 图片，PDF，DOCX，XLSX，纯文本"
LIMIT = 20 * 1024 * 1024  # of what comes in, and of what goes out
MAX_PARTS = 2000  # parts of an archive
MAX_PART = 20 * 1024 * 1024  # one of them, unpacked
MAX_PARTS_SUM = 60 * 1024 * 1024
MAX_PIXELS = 120_000_000  # of a photo, which is decoded at a part of its size
MAX_PIXEL_BYTES = 100_000_000  # of a picture that is decoded whole
PHOTO = 24_000_000  # pixels of a photo that is kept
MAX_SIDE = 40_000
MAX_STREAM = 128 * 1024 * 1024  # one stream of a PDF, unpacked
MAX_STREAMS_SUM = 512 * 1024 * 1024
MAX_OBJECTS = 200_000
MAX_DEPTH = 200


def refused(why: str, todo: str = f"可以上传：{TAKEN}") -> Refused:
    return Refused(WHAT, why, todo)


def damaged(what: str = "文件") -> Refused:
    return refused(f"{what}已经损坏或者不完整，打不开", "请重新导出、重新拍照或者截图后再上传")


def too_big_inside() -> Refused:
    return refused("展开后大得不合理，为安全起见没有打开", "请分成几个文件，或者另存为 PDF 后再上传")
