"""Which Chinese there is and which is wanting: one catalogue for each app of ours, one for all libraries.

Ours: ``<app>/locale``. Libraries': ``config/locale`` (LOCALE_PATHS) holds what they lack and what we say
better; it also holds the words of our scripts, because it is the only one that Wagtail's JavaScript
catalogue joins.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from django.apps import AppConfig, apps
from django.conf import settings

from .compile import read_catalogue
from .extract import messages
from .placeholders import disagreement

LOCALE = "zh_Hans"
# wagtail-modeladmin filters with Django's admin, which is not installed: its catalogue is not loaded.
BORROWED = ("contrib/admin/filters.py",)
HEADER = f"""msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def po_path(folder: Path, domain: str = "django") -> Path:
    """Where the app in ``folder`` keeps its Chinese."""
    return folder / "locale" / LOCALE / "LC_MESSAGES" / f"{domain}.po"


def our_apps() -> list[AppConfig]:
    """The installed apps of the product itself, in the order of the settings."""
    ours = {*settings.FEATURE_APPS, *settings.KERNEL_APPS}
    return [config for config in apps.get_app_configs() if config.name in ours]


def project_folder() -> Path:
    """The folder whose catalogue speaks for the libraries: the one in LOCALE_PATHS."""
    return Path(settings.LOCALE_PATHS[0]).parent


def load(po: Path) -> Catalog:
    """The catalogue in ``po``, empty when there is no such file."""
    return read_catalogue(po) if po.exists() else Catalog(locale=LOCALE)


def library_folders() -> list[Path]:
    """Django itself and every installed app that is not ours."""
    ours = our_apps()
    return [Path(django.__path__[0]), *(Path(app.path) for app in apps.get_app_configs() if app not in ours)]


def library_messages(domain: str = "django") -> Catalog:
    """Every msgid the installed libraries can show. Their scripts are bundled, so for ``djangojs`` their own
    English catalogue is asked instead of the source."""
    wanted = Catalog()
    if domain == "django":
        for file in BORROWED:
            _merge(wanted, messages(Path(django.__path__[0], file)))
    for folder in library_folders():
        english = folder / "locale" / "en" / "LC_MESSAGES" / "djangojs.po"
        _merge(wanted, messages(folder) if domain == "django" else load(english))
    return wanted


def library_chinese(domain: str = "django") -> Catalog:
    """What the installed libraries bring in Chinese; what they mark as uncertain does not count."""
    chinese = Catalog(locale=LOCALE)
    for folder in library_folders():
        home = folder / "conf" if folder.name == "django" else folder
        _merge(chinese, (message for message in load(po_path(home, domain)) if is_translated(message)))
    return chinese


def wanted(folder: Path, domain: str = "django") -> Catalog:
    """The msgids the catalogue in ``folder`` must hold, with the translation it has now.

    An app's: all the app asks for. The project's: what libraries ask for and nobody translates, what the
    settings ask for, the words of our scripts, and every library's msgid that we say in our own words.
    """
    present = load(po_path(folder, domain))
    if folder != project_folder():
        asked = messages(folder) if domain == "django" else Catalog()
    else:
        theirs, shipped = library_messages(domain), library_chinese(domain)
        asked = messages(folder, domain)
        if domain == "djangojs":
            for app in our_apps():
                _merge(asked, messages(Path(app.path), domain))
        _merge(asked, (m for m in theirs if _same(present, m) or not _same(shipped, m)))
    result = Catalog(locale=LOCALE)
    for message in asked:
        if message.id:
            kept = _same(present, message)
            string = kept.string if kept else ""
            result.add(message.id, string, flags=set(kept.flags) if kept else (), context=message.context)
    return result


def update(folder: Path, domain: str = "django") -> bool:
    """Rewrite the catalogue in ``folder``: translations kept, new msgids added empty, unused ones dropped.

    Returns whether the file changed. The text depends on nothing but msgids and translations.
    """
    catalogue, po = wanted(folder, domain), po_path(folder, domain)
    text = as_text(catalogue)
    if not len(catalogue) or (po.exists() and po.read_text(encoding="utf-8") == text):
        return False
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(text, encoding="utf-8")
    return True


def as_text(catalogue: Catalog) -> str:
    """A catalogue as the product keeps it: sorted, without dates and line numbers."""
    body = BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER + body.getvalue().decode()


def problems(folder: Path, domain: str = "django") -> Iterator[str]:
    """One line for each msgid that is missing, empty, fuzzy, unused, or whose placeholders differ."""
    po = po_path(folder, domain)
    present, asked = load(po), wanted(folder, domain)
    where = po.relative_to(settings.BASE_DIR) if po.is_relative_to(settings.BASE_DIR) else po
    for message in asked:
        if not message.id:
            continue
        there = _same(present, message)
        if there is None:
            yield f"{where}: missing: {message.id!r}"
        elif not is_translated(there):
            yield f"{where}: {'fuzzy' if there.fuzzy else 'empty'}: {message.id!r}"
        elif difference := disagreement(there):
            yield f"{where}: {difference}: {message.id!r}"
    for message in present:
        if message.id and _same(asked, message) is None:
            yield f"{where}: used nowhere: {message.id!r}"


def conflicts() -> Iterator[str]:
    """One line for each msgid that two catalogues put into different Chinese.

    Django shows one of the two everywhere, so an app would rename a button of Wagtail's or be renamed by it. The
    mend: another msgid or a context (``pgettext``) where the meaning differs, the same Chinese where it does not.
    """
    said: dict[tuple[str, str | None], dict[str, list[str]]] = {}
    project = load(po_path(project_folder()))
    libraries = [message for message in library_chinese() if _same(project, message) is None]
    named = [(app.label, load(po_path(Path(app.path)))) for app in our_apps()]
    everything: list[tuple[str, Iterable[Message]]] = [*named, ("config", project), ("libraries", libraries)]
    for name, catalogue in everything:
        for message in catalogue:
            if is_translated(message):
                msgid, chinese = (
                    text if isinstance(text, str) else text[0] for text in (message.id, message.string or "")
                )
                said.setdefault((msgid, message.context), {}).setdefault(chinese, []).append(name)
    for (msgid, _context), translations in said.items():
        if len(translations) > 1:
            ways = "; ".join(f"{chinese} ({', '.join(names)})" for chinese, names in translations.items())
            yield f"{msgid!r} has more than one translation: {ways}"


def is_translated(message: Message) -> bool:
    """Whether every form of the message has a text that is not marked as uncertain."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(message.id) and not message.fuzzy and all(forms) and bool(forms)


def _same(catalogue: Catalog, message: Message) -> Message | None:
    return catalogue.get(message.id, message.context)


def _merge(catalogue: Catalog, more: Iterable[Message]) -> None:
    for message in more:
        if message.id and _same(catalogue, message) is None:
            catalogue.add(message.id, message.string, flags=message.flags, context=message.context)
