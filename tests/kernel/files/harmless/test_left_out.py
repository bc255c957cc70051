"""Each thing that is left out, one by one: what a PDF, a DOCX or an XLSX may know of its maker or do by itself. Written down a second time, on purpose."""

import base64
import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from qingdan.engine.refusals import Refused
from qingdan.kernel.files.harmless.cleaning import clean

from . import pdfs
from .office import S, field, rels, sheet, word
from .pictures import DEVICE, jpeg, photo
from .test_content import inside
from .test_corpus_c5 import witnesses

# ---- PDF

ANYWHERE = ("Metadata", "PieceInfo", "LastModified", "AA", "JS", "PA", "OpenAction", "AF", "XFA", "CreatorInfo", "OPI", "Ref", "RichMediaContent", "RichMediaSettings",
            "Names", "StructParents", "StructParent", "Alternates", "Author", "Creator", "Producer", "Company", "SourceModified", "CreationDate", "ModDate")  # fmt: skip
OF_A_PAGE = ("AA", "Metadata", "PieceInfo", "LastModified", "Thumb", "B", "PresSteps", "VP", "AF")
OF_A_NOTE = ("AA", "PA", "NM", "M", "CreationDate", "RC", "AF", "Measure", "Lock", "ExData", "T", "Subj")
OF_THE_WHOLE = ("Names", "OpenAction", "AA", "AcroForm", "Outlines", "URI", "PieceInfo", "StructTreeRoot", "Threads", "Legal", "SpiderInfo", "Perms", "XX")


def left(change):
    data = pdfs.made(change)
    assert DEVICE in witnesses(data), "planted"
    return witnesses(clean(data).data)


def anywhere(key):
    def change(pdf, page):
        page.Resources = Dictionary(ExtGState=Dictionary(G=pdf.make_indirect(Dictionary(Type=Name.ExtGState, Deep=Array([Dictionary({f"/{key}": String(DEVICE)})])))))

    return change


def in_a_page(key):
    def change(pdf, page):
        del page.obj["/Type"]
        page.obj[f"/{key}"] = String(DEVICE)
        page.Resources = Dictionary(Font=page.obj)

    return change


def in_a_note(key):
    def change(pdf, page):
        note = pdf.make_indirect(Dictionary({"/Rect": Array([0, 0, 9, 9]), "/Subtype": Name.Text, f"/{key}": String(DEVICE)}))
        page.Annots, page.Resources = Array([note]), Dictionary(Font=note)

    return change


@pytest.mark.parametrize("key", ANYWHERE)
def test_a_key_anywhere_in_a_pdf(key):
    assert left(anywhere(key)) == set()


@pytest.mark.parametrize("key", OF_A_PAGE)
def test_a_key_of_a_page_even_of_one_that_passes_for_a_table_of_fonts(key):
    assert left(in_a_page(key)) == set()


@pytest.mark.parametrize("key", OF_A_NOTE)
def test_a_key_of_a_note_even_of_one_that_passes_for_a_table_of_fonts(key):
    assert left(in_a_note(key)) == set()


@pytest.mark.parametrize("where", [anywhere, in_a_page, in_a_note])
def test_what_is_not_named_stays_so_that_these_tests_are_alive(where):
    assert left(where("Contents" if where is in_a_note else "Other")) == {DEVICE}


@pytest.mark.parametrize("key", OF_THE_WHOLE)
def test_a_key_of_the_whole_pdf(key):
    assert left(lambda pdf, page: pdf.Root.__setitem__(f"/{key}", pdf.make_indirect(Dictionary(X=String(DEVICE))))) == set()


@pytest.mark.parametrize("pack", [["ASCIIHexDecode"], ["ASCII85Decode"], ["FlateDecode"], ["ASCII85Decode", "FlateDecode"]])
def test_a_picture_packed_in_a_pdf_in_any_way_tells_nothing(pack):
    ways = {"ASCIIHexDecode": lambda d: d.hex().encode() + b">", "ASCII85Decode": lambda d: base64.a85encode(d) + b"~>", "FlateDecode": zlib.compress}
    data = photo()
    for name in reversed(pack):
        data = ways[name](data)

    def change(pdf, page):
        page.Resources = Dictionary(XObject=Dictionary(P=pdfs.picture(pdf, data, Filter=Array([*[Name(f"/{n}") for n in pack], Name.DCTDecode]))))

    assert witnesses(clean(pdfs.made(change)).data) == set()


def test_a_jpeg_2000_in_a_pdf_loses_what_it_tells_and_keeps_its_picture():
    boxes = [(b"jP  ", b"\r\n\x87\n"), (b"ftyp", b"jp2 "), (b"uuid", DEVICE.encode()), (b"xml ", DEVICE.encode()), (b"jp2c", b"picture")]
    data = b"".join((len(told) + 8).to_bytes(4, "big") + kind + told for kind, told in boxes)

    def change(pdf, page):
        page.Resources = Dictionary(XObject=Dictionary(P=pdfs.picture(pdf, data, Filter=Name.JPXDecode)))

    assert left(change) == set()
    with pikepdf.open(io.BytesIO(clean(pdfs.made(change)).data)) as pdf:
        assert pdf.pages[0].Resources.XObject.P.read_raw_bytes().endswith(b"jp2cpicture")


@pytest.mark.parametrize("broken", [b"\0\0\0\x0cjP  \r\n\x87\n\xff\xff\xff\xffuuid", b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x04uuid"])
def test_boxes_that_do_not_end_are_refused(broken):
    with pytest.raises(Refused, match="损坏"):
        clean(pdfs.made(lambda pdf, page: setattr(page, "Resources", Dictionary(XObject=Dictionary(P=pdfs.picture(pdf, broken, Filter=Name.JPXDecode))))))


@pytest.mark.parametrize("broken", [b"MZ", jpeg()[:1] + b"\xd8\xff", jpeg()[:20], b"\xff\xd8" + b"x" * 50])
def test_a_picture_that_is_none_in_a_pdf_is_refused(broken):
    with pytest.raises(Refused, match="损坏"):
        clean(pdfs.made(lambda pdf, page: setattr(page, "Resources", Dictionary(XObject=Dictionary(P=pdfs.picture(pdf, broken, Filter=Name.DCTDecode))))))


@pytest.mark.parametrize("planted", [{"F": String("x")}, {"FFilter": Name.FlateDecode}])
def test_a_stream_that_lies_elsewhere_is_refused(planted):
    with pytest.raises(Refused, match="外部的文件"):
        clean(pdfs.made(lambda pdf, page: setattr(page, "Contents", Stream(pdf, b"", **planted))))


@pytest.mark.parametrize("key", ["EF", "Type"])
def test_a_file_that_hangs_anywhere_is_refused(key):
    spec = Dictionary(EF=Dictionary()) if key == "EF" else Dictionary(Type=Name.Filespec)
    with pytest.raises(Refused, match="夹带"):
        clean(pdfs.made(lambda pdf, page: setattr(page, "Resources", Dictionary(Properties=Dictionary(A=pdf.make_indirect(spec))))))


def test_a_portfolio_is_refused():
    with pytest.raises(Refused, match="夹带"):
        clean(pdfs.made(lambda pdf, page: pdf.Root.__setitem__("/Collection", Dictionary())))


# ---- Office

ELEMENTS = (
    "attachedTemplate", "rsids", "rsid", "docVars", "mailMerge", "dataBinding", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic", "saveThroughXslt",
    "svgBlip", "imgProps", "absPath", "fileSharing", "customWorkbookViews", "customSheetViews", "customProperties", "webPublishing", "webPublishItems", "smartTagPr",
    "documentManagement", "fileRecoveryPr", "oleObjects", "controls", "object", "externalReferences", "docId", "revisionPtr", "fileVersion",
)  # fmt: skip


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_goes_with_all_that_is_in_it(name):
    inside = f'<q:{name} xmlns:q="urn:q" q:val="{DEVICE}"><q:a>{DEVICE}</q:a></q:{name}><w:p/>'
    found = clean(word(inside)).data
    assert witnesses(found) == set() and witnesses(word(inside)) == {DEVICE}


@pytest.mark.parametrize("name", ["author", "initials", "lastModifiedBy", "refreshedBy", "userName", "date", "dateUtc", "refreshedDate", "refreshedDateIso", "rsidR", "rsidRDefault"])
def test_an_attribute_that_names_who_or_when(name):
    assert witnesses(clean(word(f'<w:ins w:{name}="{DEVICE}"><w:r/></w:ins>')).data) == set()


@pytest.mark.parametrize("name", ["id", "embed", "link", "pict", "href", "relid", "dm", "lo", "qs", "cs"])
def test_what_pointed_to_what_is_gone_points_no_more(name):
    gone = {"word/_rels/document.xml.rels": rels(("rIdGone9", "hyperlink", "http://evil.example/", True), ("rIdKept9", "header", "header1.xml", False)),
            "word/header1.xml": "<w/>"}  # fmt: skip
    found = clean(word(f'<w:x r:{name}="rIdGone9"/><w:y r:{name}="rIdKept9"/>', **gone)).data
    text = inside(found, "word/document.xml")
    assert "rIdGone9" not in text and f'r:{name}="rIdKept9"' in text


@pytest.mark.parametrize("element", ["docPr", "cNvPr"])
@pytest.mark.parametrize("name", ["name", "descr", "title"])
def test_the_name_and_path_of_a_picture(element, name):
    assert witnesses(clean(word(f'<w:{element} {name}="C:\\{DEVICE}"/>')).data) == set()


@pytest.mark.parametrize("given", ['<v:imagedata src="http://evil.example/"/>', '<v:fill href="\\\\evil.example\\a"/>', '<v:shape alt="evil.example"/>', '<v:imagedata title="evil.example"/>',
                                   '<w:x background="http://evil.example/"/>'])  # fmt: skip
def test_an_address_or_a_name_in_a_drawing(given):
    assert witnesses(clean(word(given.replace("<v:", '<v:a xmlns:v="urn:v"/><v:').replace("<v:a", "<w:a").replace("<v:", "<w:"))).data) == set()


@pytest.mark.parametrize("name", ["f", "formula", "formula1", "formula2", "definedName", "oldFormula", "calculatedColumnFormula", "totalsRowFormula"])
@pytest.mark.parametrize("calls", ["WEBSERVICE(A1)", "RTD(A1)", "CALL(A1)", "REGISTER.ID(A1)", "EXEC(A1)", "IMAGE(A1)", "HYPERLINK(A1)", "SQL.REQUEST(A1)", "STOCKHISTORY(A1)", "CUBEVALUE(A1)",
                                   "cmd|'x'!A1", "'http://evil.example/[a.xls]S'!A1", "'\\\\evil\\[a]S'!A1", "file:x", "[a.xlsx]S!A1"])  # fmt: skip
def test_a_formula_that_fetches_or_runs_is_refused_wherever_it_stands(name, calls):
    with pytest.raises(Refused, match="公式"):
        clean(sheet(**{"xl/tables/table1.xml": f"<table {S}><{name}>{calls}</{name}></table>"}))


@pytest.mark.parametrize("name", ["instrText", "delInstrText"])
@pytest.mark.parametrize("calls", ["DDE a", "DDEAUTO a", "INCLUDEPICTURE a", "INCLUDETEXT a", "MACROBUTTON a", "LINK a", "DATABASE a", "IMPORT a", "RD a", "EMBED a", "CONTROL a", "AUTOTEXT a",
                                   "x http://evil.example", "x \\\\evil\\a"])  # fmt: skip
def test_a_field_that_fetches_or_runs_is_refused(name, calls):
    with pytest.raises(Refused, match="域"):
        clean(word(field(calls).replace("instrText", name)))


@pytest.mark.parametrize("part", ["docProps/core.xml", "docProps/thumbnail.jpeg", "docMetadata/LabelInfo.xml", "customXml/item1.xml", "customXml/_rels/item1.xml.rels", "_xmlsignatures/sig1.xml",
                                  "word/printerSettings/printerSettings1.bin", "word/fonts/font1.odttf", "word/glossary/document.xml", "word/media/image1.svg", "word/media/hdphoto1.wdp",
                                  "word/people.xml", "word/commentsExtended.xml", "word/commentsIds.xml", "word/commentsExtensible.xml", "word/stylesWithEffects.xml", "word/webSettings.xml",
                                  "xl/calcChain.xml", "xl/persons/person.xml", "xl/threadedComments/threadedComment1.xml", "xl/revisions/userNames.xml", "xl/userNames.xml",
                                  "xl/customProperty1.bin"])  # fmt: skip
def test_a_part_is_left_out(part):
    assert witnesses(clean(word(**{part: DEVICE})).data) == set()


@pytest.mark.parametrize(("part", "why"), [
    ("word/vbaData.xml", "宏"), ("xl/dialogsheets/sheet1.xml", "宏"), ("word/attachedToolbars.bin", "宏"), ("customUI/customUI.xml", "控件"), ("xl/ctrlProps/ctrlProp1.xml", "控件"),
    ("word/webextensions/webextension1.xml", "控件"), ("word/embeddings/a.xlsx", "夹带"), ("word/a.docm", "夹带"), ("word/a.html", "夹带"), ("xl/queryTables/queryTable1.xml", "外部"),
    ("xl/model/item.data", "外部"), ("word/media/image1.wmf", "EMF"), ("word/media/image1.tiff", "EMF"), ("word/media/image1.eps", "EMF"), ("word/ink/ink1.xml", "不能检查"),
])  # fmt: skip
def test_a_part_is_refused(part, why):
    with pytest.raises(Refused, match=why):
        clean(word(**{part: "x"}))


@pytest.mark.parametrize(("data", "why"), [
    (b"MM\0*\0\0", "TIFF"), (b"II*\0\0\0", "TIFF"), (b"ID3\x03\0", "录音"), (b"BM\0\0", "BMP"), (b"PK\x05\x06\0", "压缩包"), (b"\0\0\0\x18ftypavif", "AVIF"), (b"\0\0\0\x18ftypmif1", "HEIC"),
    (b"\0\0\0\x14ftypqt  ", "录像"),
])  # fmt: skip
def test_what_is_not_taken_is_called_by_its_name(data, why):
    with pytest.raises(Refused, match=why):
        clean(data + b"\0" * 50)
