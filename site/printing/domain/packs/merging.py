"""Several PDF files become one, with a bookmark for each, written as they are read.

pypdf's own writer keeps every object of every file in memory (140 MB for 300 notices) and drops the tags that screen
readers use. Here the objects of one part are renumbered and written before the next part is opened; tags, bookmarks and
links within a part are kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedWriter
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

# The first numbers are given to what belongs to the whole.
CATALOG, PAGES, OUTLINES, TAGS, PARENTS, DESTINATIONS, INFO, METADATA = range(1, 9)
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><dc:title><rdf:Alt>'
    '<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{claim}</rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="w"?>'
)


@dataclass(frozen=True)
class Part:
    """A PDF file, what its bookmark says, and how often it is wanted."""

    file: Path
    title: str
    copies: int = 1


def merge(parts: Iterable[Part], target: Path, title: str, both_sides: bool = False) -> int:
    """Write the parts into `target`, one after the other; returns the number of pages.

    ``both_sides``: each copy begins on an odd page, so that two papers never share a sheet that is printed on both
    sides. Raises OSError, and what pypdf raises for a part that is no PDF.
    """
    with target.open("wb") as file:
        whole = _Whole(file)
        for part in parts:
            whole.add(part, both_sides)
        whole.close(title)
    return len(whole.pages)


class _Placed(IndirectObject):
    """A reference in the numbers of the whole: not to be renumbered."""

    def __init__(self, number: int) -> None:
        super().__init__(number, 0, None)


class _Whole:
    """The file that is being written, and what is only known at its end."""

    def __init__(self, file: BufferedWriter) -> None:
        self.file = file
        self.places: dict[int, int] = {}
        self.last = METADATA
        self.pages = ArrayObject()
        self.bookmarks: list[tuple[int, DictionaryObject]] = []
        self.tags = ArrayObject()
        self.parents = ArrayObject()
        self.next_parent = 0
        self.destinations = ArrayObject()
        self.tagged = True
        self.box: PdfObject = ArrayObject()
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def new(self) -> int:
        self.last += 1
        return self.last

    def put(self, number: int, thing: PdfObject) -> None:
        self.places[number] = self.file.tell()
        self.file.write(b"%d 0 obj\n" % number)
        thing.write_to_stream(self.file)
        self.file.write(b"\nendobj\n")

    def add_page(self, page: DictionaryObject, number: int) -> None:
        page[NameObject("/Parent")] = _Placed(PAGES)
        self.pages.append(_Placed(number))
        self.box = page["/MediaBox"]
        self.put(number, page)

    def begin_sheet(self) -> None:
        """Fill up with an empty page where the next one would come onto a back."""
        if len(self.pages) % 2:
            empty = {"/Type": NameObject("/Page"), "/MediaBox": self.box, "/Resources": DictionaryObject()}
            self.add_page(_dictionary(empty), self.new())

    def add(self, part: Part, both_sides: bool) -> None:
        """Write one file, all its copies."""
        with part.file.open("rb") as source:
            copy = _Copy(self, PdfReader(source))
            for number in range(part.copies):
                if both_sides:
                    self.begin_sheet()
                if number == 0:
                    first = copy.number_pages()
                    copy.write(part.title, first)
                else:
                    copy.repeat()

    def close(self, title: str) -> None:
        """Write what belongs to the whole: pages, bookmarks, tags, title, and where everything stands."""
        for place, (number, bookmark) in enumerate(self.bookmarks):
            if place:
                bookmark[NameObject("/Prev")] = _Placed(self.bookmarks[place - 1][0])
            if place + 1 < len(self.bookmarks):
                bookmark[NameObject("/Next")] = _Placed(self.bookmarks[place + 1][0])
            self.put(number, bookmark)
        ends = {"/First": _Placed(self.bookmarks[0][0]), "/Last": _Placed(self.bookmarks[-1][0])}
        self.put(OUTLINES, _dictionary({**ends, "/Count": NumberObject(len(self.bookmarks))}))
        self.put(PAGES, _dictionary({"/Type": NameObject("/Pages"), "/Kids": self.pages, "/Count": len(self.pages)}))
        self.put(PARENTS, _dictionary({"/Nums": self.parents}))
        tree = {"/Type": NameObject("/StructTreeRoot"), "/K": self.tags, "/ParentTree": _Placed(PARENTS)}
        self.put(TAGS, _dictionary({**tree, "/ParentTreeNextKey": self.next_parent}))
        self.put(DESTINATIONS, _dictionary({"/Names": self.destinations}))
        self.put(INFO, _dictionary({"/Title": TextStringObject(title)}))
        claim = "<pdfuaid:part>1</pdfuaid:part>" if self.tagged else ""
        metadata = DecodedStreamObject()
        metadata.set_data(_XMP.format(title=escape(title), claim=claim).encode())
        metadata.update(_dictionary({"/Type": NameObject("/Metadata"), "/Subtype": NameObject("/XML")}))
        self.put(METADATA, metadata)
        catalog = {
            "/Type": NameObject("/Catalog"),
            "/Pages": _Placed(PAGES),
            "/Outlines": _Placed(OUTLINES),
            "/PageMode": NameObject("/UseOutlines"),
            "/Names": _dictionary({"/Dests": _Placed(DESTINATIONS)}),
            "/StructTreeRoot": _Placed(TAGS),
            "/MarkInfo": _dictionary({"/Marked": BooleanObject(self.tagged)}),
            "/Lang": TextStringObject("zh-CN"),
            "/ViewerPreferences": _dictionary({"/DisplayDocTitle": BooleanObject(True)}),
            "/Metadata": _Placed(METADATA),
        }
        self.put(CATALOG, _dictionary(catalog))
        table = self.file.tell()
        self.file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (self.last + 1))
        for number in range(1, self.last + 1):
            self.file.write(b"%010d 00000 n \n" % self.places[number])
        self.file.write(b"trailer\n")
        trailer = {"/Size": self.last + 1, "/Root": _Placed(CATALOG), "/Info": _Placed(INFO)}
        _dictionary(trailer).write_to_stream(self.file)
        self.file.write(b"\nstartxref\n%d\n%%%%EOF\n" % table)


class _Copy:
    """One part on its way into the whole: its numbers there, and what waits to be written."""

    def __init__(self, whole: _Whole, reader: PdfReader) -> None:
        self.whole = whole
        self.reader = reader
        self.pages = list(reader.pages)
        self.root = reader.root_object
        self.numbers: dict[int, int] = {}
        self.waiting: list[int] = []
        self.names: dict[str, str] = {}

    def number_pages(self) -> int:
        """Give the pages their numbers, so that all else can point to them; returns the first."""
        for page in self.pages:
            self.numbers[_reference(page)] = self.whole.new()
        return self.numbers[_reference(self.pages[0])]

    def write(self, title: str, first: int) -> None:
        """Write everything that the pages, the tags, the bookmarks and the links of this part consist of."""
        whole = self.whole
        for name, destination in _pairs(self.root.get("/Names", {}).get("/Dests")):
            # Two parts may have a place of the same name. Numbers of one length keep the order that readers ask for.
            self.names[str(name)] = f"{len(whole.destinations) // 2:08}"
            whole.destinations.extend([TextStringObject(self.names[str(name)]), self.moved(destination)])
        tree = self.root.get("/StructTreeRoot")
        whole.tagged = whole.tagged and tree is not None
        for page in self.pages:
            self.renumber_parents(page)
            self.move_entries(page)
            whole.add_page(page, self.numbers[_reference(page)])
        if tree is not None:
            self.write_tags(tree)
        self.write_bookmark(title, first)
        while self.waiting:
            old = self.waiting.pop()
            thing: Any = self.reader.get_object(old)
            whole.put(self.numbers[old], self.moved(thing))

    def repeat(self) -> None:
        """Another copy: the same contents on pages of their own, read out once only."""
        for page in self.pages:
            again = DictionaryObject(page)
            for once in ("/StructParents", "/Annots"):
                again.pop(once, None)
            self.whole.add_page(again, self.whole.new())

    def renumber_parents(self, page: DictionaryObject) -> None:
        """Pages and links say at which place of the list of tags they stand; the list goes on from part to part."""
        shift = self.whole.next_parent
        links = [link.get_object() for link in page.get("/Annots", ArrayObject()).get_object()]
        for thing, key in [(page, "/StructParents"), *((link, "/StructParent") for link in links)]:
            if key in thing:
                thing[NameObject(key)] = NumberObject(thing[key] + shift)

    def write_tags(self, tree: DictionaryObject) -> None:
        kids = tree.get("/K", ArrayObject())
        for kid in kids if isinstance(kids, ArrayObject) else [tree.raw_get("/K")]:
            kid.get_object()[NameObject("/P")] = _Placed(TAGS)
            self.whole.tags.append(self.moved(kid))
        shift = highest = self.whole.next_parent
        for place, parents in _pairs(tree.get("/ParentTree"), "/Nums"):
            highest = max(highest, place + shift + 1)
            entry = parents
            if not isinstance(parents, IndirectObject):
                entry = _Placed(self.whole.new())
                self.whole.put(entry.idnum, self.moved(parents))
            self.whole.parents.extend([NumberObject(place + shift), self.moved(entry)])
        self.whole.next_parent = highest

    def write_bookmark(self, title: str, first: int) -> None:
        number = self.whole.new()
        bookmark = _dictionary({"/Title": TextStringObject(title), "/Parent": _Placed(OUTLINES)})
        bookmark[NameObject("/Dest")] = ArrayObject([_Placed(first), NameObject("/Fit")])
        own = self.root.get("/Outlines", DictionaryObject())
        below = list(_siblings(own))
        if below:
            for one in below:
                one[NameObject("/Parent")] = _Placed(number)
            bookmark[NameObject("/First")] = self.moved(own.raw_get("/First"))
            bookmark[NameObject("/Last")] = self.moved(own.raw_get("/Last"))
            # Closed: the list of papers is what people look for first.
            bookmark[NameObject("/Count")] = NumberObject(-len(below))
        self.whole.bookmarks.append((number, bookmark))

    def moved(self, thing: Any) -> Any:
        """The same in the numbers of the whole; what it points to is put on the waiting list."""
        if isinstance(thing, _Placed):
            return thing
        if isinstance(thing, IndirectObject):
            if thing.idnum not in self.numbers:
                self.numbers[thing.idnum] = self.whole.new()
                self.waiting.append(thing.idnum)
            return _Placed(self.numbers[thing.idnum])
        if isinstance(thing, DictionaryObject):
            self.move_entries(thing)
            return thing
        if isinstance(thing, ArrayObject):
            return ArrayObject(self.moved(one) for one in thing)
        return NullObject() if thing is None else thing

    def move_entries(self, thing: DictionaryObject) -> None:
        for key in list(thing):
            value = thing.raw_get(key)
            if key in {"/Dest", "/D"} and isinstance(value, str) and str(value) in self.names:
                thing[NameObject(key)] = TextStringObject(self.names[str(value)])
            elif key == "/Parent" and thing.get("/Type") == "/Page":
                thing[NameObject(key)] = _Placed(PAGES)
            else:
                thing[NameObject(key)] = self.moved(value)


def _dictionary(entries: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject(
        {NameObject(key): NumberObject(value) if type(value) is int else value for key, value in entries.items()}
    )


def _reference(page: Any) -> int:
    return int(page.indirect_reference.idnum)


def _pairs(node: Any, key: str = "/Names") -> Iterator[tuple[Any, Any]]:
    """Names or numbers of a tree, each with what belongs to it, not resolved."""
    if node is None:
        return
    node = node.get_object()
    entries = node.get(key, ArrayObject())
    for place in range(0, len(entries) - 1, 2):
        yield entries[place], list.__getitem__(entries, place + 1)
    for kid in node.get("/Kids", ()):
        yield from _pairs(kid, key)


def _siblings(outlines: DictionaryObject) -> Iterator[DictionaryObject]:
    one: Any = outlines.get("/First")
    while one is not None:
        one = one.get_object()
        yield one
        one = one.get("/Next")
