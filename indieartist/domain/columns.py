"""The columns of a catalogue kept as a table, and which is which by its heading or its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indieartist.domain.codes import find_iswc
from indieartist.domain.credits import ROLES
from indieartist.domain.identifiers import find_gtin, find_isrc
from indieartist.domain.names import same_name

_MOSTLY = 0.7
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a table can say: its label, and headings in the languages people use."""

    label: str
    headings: tuple[str, ...]


def _column(label: str, headings: str) -> Column:
    return Column(label, tuple(same_name(heading) for heading in (label, *headings.split("|"))))


COLUMNS: dict[str, Column] = {
    "release_title": _column(
        "Release title",
        "release|album|album title|release name|product title|albumtitel|veröffentlichung"
        "|titre album"
        "|titre de l'album|título del álbum|álbum|título do álbum|titolo album|disco|produkttitel"
        "|アルバム|アルバム名|collection|ep",
    ),
    "release_artist": _column(
        "Release artist",
        "album artist|release artists|primary artist album|albumartist|display artist"
        "|album-interpret|albuminterpret|artiste album|artista del álbum|artista do álbum"
        "|artista album|アルバムアーティスト",
    ),
    "label": _column(
        "Label",
        "record label|label name|imprint|plattenlabel|maison de disques|sello|sello discográfico"
        "|gravadora|selo|etichetta|レーベル|marque",
    ),
    "catalogue_number": _column(
        "Catalogue number",
        "catalog number|catalog no|catalogue no|cat no|cat number|cat #|cat. no.|catalognumber"
        "|catno"
        "|katalognummer|katalog-nr|bestellnummer|référence catalogue|numéro de catalogue|referencia"
        "|número de catálogo|numero di catalogo|numero catalogo|品番|カタログ番号",
    ),
    "gtin": _column(
        "UPC or EAN",
        "upc|ean|barcode|gtin|upc/ean|ean/upc|upc code|upc-ean|strichcode|code-barres|code barre"
        "|código de barras|codice a barre|バーコード|jan",
    ),
    "release_on": _column(
        "Release date",
        "date|release day|street date|sales start date|erscheinungsdatum|veröffentlichungsdatum|vö"
        "|vö-datum|date de sortie|fecha de lanzamiento|fecha|data de lançamento|lançamento"
        "|data di uscita|data uscita|発売日|リリース日|digital release date",
    ),
    "original_release_on": _column(
        "Original release date",
        "original date|originaldate|first released|erstveröffentlichung|date de sortie originale"
        "|fecha original|data original|data originale",
    ),
    "p_line": _column("P line", "℗|(p)|p-line|pline|produced|℗ line|phonographic copyright"),
    "c_line": _column("C line", "©|(c)|c-line|cline|copyright|copyright line"),
    "description": _column("Description", "notes|beschreibung|descripción|descrição|descrizione"),
    "position": _column(
        "Track number",
        "track|track no|track #|tracknumber|no|nr|#|pos|number|titelnummer|nummer|titel-nr|piste"
        "|numéro|n°|nº|número|número de pista|faixa|numero traccia|traccia|曲順|トラック番号",
    ),
    "title": _column(
        "Track title",
        "title|song|song title|track name|name|titel|songtitel|titre|titre du morceau|morceau"
        "|chanson"
        "|título|canción|tema|nombre|título da faixa|música|nome|titolo|brano|曲名|タイトル|låt",
    ),
    "version": _column(
        "Version",
        "mix|mix name|version title|track version|subtitle|untertitel|fassung|versión|versão"
        "|versione|mix version|バージョン",
    ),
    "artist": _column(
        "Artist",
        "artists|track artist|primary artist|artist name|interpret|künstler|künstler:in|band"
        "|artiste"
        "|interprète|artista|intérprete|アーティスト|performer name|artist(s)",
    ),
    "isrc": _column("ISRC", "isrc code|isrc-code|isrc no|code isrc|código isrc|codice isrc"),
    "iswc": _column("ISWC", "iswc code|iswc-code|iswc no|work code|código iswc|codice iswc"),
    "explicit": _column(
        "Advisory", "explicit|parental advisory|explicit content|explizit|explicite|explícito"
    ),
    "language": _column(
        "Language", "lang|language of lyrics|sprache|langue|idioma|língua|lingua|言語|språk"
    ),
    "genre": _column("Genre", "main genre|primary genre|stil|style|género|gênero|genere|ジャンル"),
    "lyrics": _column("Lyrics", "text|songtext|paroles|letra|testo|歌詞"),
    "composer": _column(
        "Composer",
        "composers|written by|writer|writers|songwriter|songwriters|komponist|komponisten"
        "|compositeur"
        "|compositor|compositores|compositore|autor|autore|作曲|作曲者",
    ),
    "lyricist": _column(
        "Lyricist",
        "lyrics by|author|texter|textdichter|parolier|auteur|letrista|paroliere|作詞|作詞者",
    ),
    "producer": _column(
        "Producer",
        "producers|produced by|produzent|producteur|productor|produtor|produttore|プロデューサー",
    ),
    "featured": _column("Featured artist", "feat|featuring|feat.|featured|gast|invité|invitado"),
    "remixer": _column("Remixer", "remix by|remixed by|remixador"),
    "mixer": _column("Mixing engineer", "mixed by|mixing|mix engineer|mischung|mixé par"),
    "mastering": _column("Mastering engineer", "mastered by|mastering|masterisé par"),
    "arranger": _column("Arranger", "arranged by|arrangeur|arreglista|arranjador|arrangiatore"),
}
RELEASE_COLUMNS = (
    "release_title", "release_artist", "label", "catalogue_number", "gtin", "release_on",
    "original_release_on", "p_line", "c_line", "description",
)  # fmt: skip
PEOPLE = tuple(role for role in ROLES if role in COLUMNS)


def guess_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Which column of a table is which, by its place; each is guessed once, others are left out.

    Where no heading says so, a column of ISRCs or of UPCs is known by its values. A table of
    titles without a release title and without ISRCs is one of releases.
    """
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        key = _by_heading(heading)
        if key and key not in found.values():
            found[place] = key
    for place in range(len(headings)):
        key = _by_values([row[place] for row in rows[:_LOOKED_AT]])
        if key and key not in found.values() and place not in found:
            found[place] = key
    return _of_releases(found)


def _by_heading(heading: str) -> str | None:
    name = same_name(heading)
    return next((key for key, column in COLUMNS.items() if name in column.headings), None)


def _by_values(values: Sequence[str]) -> str | None:
    said = [value for value in values if value]
    for key, is_one in (("isrc", find_isrc), ("iswc", find_iswc), ("gtin", find_gtin)):
        if said and sum(is_one(value) is not None for value in said) >= _MOSTLY * len(said):
            return key
    return None


def _of_releases(found: dict[int, str]) -> dict[int, str]:
    keys = set(found.values())
    if "release_title" in keys or keys & {"isrc", "position"} or "title" not in keys:
        return found
    if not keys & {"gtin", "catalogue_number", "release_on"}:
        return found
    moved = {"title": "release_title", "artist": "release_artist"}
    free = {old: new for old, new in moved.items() if new not in keys}
    return {place: free.get(key, key) for place, key in found.items()}
