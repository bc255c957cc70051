"""Files from outside made harmless (P-E5, T13, T33): bytes go in, bytes of a safe kind come out, or a `Refused` in Chinese.

What comes out was written anew by us: pictures are drawn anew, Office files and PDFs are taken apart and put together without what runs, what calls
elsewhere, and what knows of its maker. Nothing here touches a disk. Use `making.harmless`; it does the work in a process of its own.
"""
