"""Word files for tests: made with python-docx, or by hand as Word and WPS write what python-docx cannot."""

import io
import zipfile

import docx
from PIL import Image

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Default Extension="emf" ContentType="image/x-emf"/><Default Extension="bmp" ContentType="image/bmp"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OUTSIDE = ' TargetMode="External"'
_MAIN = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'


def saved(document):
    """The bytes of a python-docx document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def written(*paragraphs, title=""):
    """A file of plain paragraphs."""
    document = docx.Document()
    if title:
        document.add_paragraph(title, style="Title")
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def by_hand(body, parts=None, relations=(), prolog="", compress=zipfile.ZIP_DEFLATED):
    """A file around the XML of a body. ``relations``: (id, kind, target, whether outside)."""
    links = "".join(
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"{_OUTSIDE if outside else ""}/>'
        for identifier, kind, target, outside in relations
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr("_rels/.rels", _RELATIONS % _MAIN)
        file.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
            f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        )
        file.writestr("word/_rels/document.xml.rels", _RELATIONS % links)
        for name, content in (parts or {}).items():
            file.writestr(name, content)
    return out.getvalue()


def p(text, properties="", run=""):
    """One paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def with_picture(content, description="", name="a.png"):
    """A file of a paragraph 会场。 and a picture."""
    body = p("会场。") + inline("rId5", description=description)
    return by_hand(body, {f"word/media/{name}": content}, [("rId5", "image", f"media/{name}", False)])


def image(kind="PNG", size=(60, 40)):
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind)
    return out.getvalue()


def inline(relation, attribute="embed", description=""):
    """A paragraph with a picture."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{description}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:{attribute}="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
