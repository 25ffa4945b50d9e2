"""The golden corpus: for each rule releases it must refuse, and near misses it must let pass."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from domain.preflight_cases import (
    CREW,
    PAGES,
    check,
    covered,
    crediting,
    delivered,
    mix,
    seeing,
    single,
    songs,
    sounding,
    track,
    with_track,
)

from indieartist.domain.attachments import AtmosFacts, Attachment, AttachmentKind, ClipFacts
from indieartist.domain.measurement import Source
from indieartist.domain.preflight import Carried, Finding, Known, Names
from indieartist.domain.release import Artwork, Credit, Release


@dataclass(frozen=True)
class Golden:
    """What one rule must see in `wrong`, and must not see in `right`."""

    rule: str
    wrong: tuple[Release, ...]
    right: tuple[Release, ...]
    at: str = "any"
    known: Known = field(default_factory=Known)

    def find(self, release: Release) -> tuple[Finding, ...]:
        return check(release, self.at, known=self.known).of([self.rule])


def artist(name: str, *more: str) -> Release:
    return single(credits=tuple(Credit(n, "artist") for n in (name, *more)))


def lyrics(text: str, **facts: str) -> Release:
    return with_track(lyrics=text, **facts)


def pair(one: dict[str, object], other: dict[str, object]) -> Release:
    tracks = track(1, "Night Bus", **one), track(2, "Day Train", **other)
    return songs("", tracks=tracks)


FRIENDS = (Credit("Bo", "featured"),)
LONG_LYRIC = "\n".join(["Riding home again"] * 20)
FOUR = ("Ana", "Bo", "Cy", "Di")

CLAIMS = (
    ("Night", "Bus", "maravale.com"),
    ("@nightbus",),
    ("write", "ana@nightbus.org"),
    ("only", "9.99", "€"),
    ("$10",),
    ("+49", "30", "123", "4567"),
    ("Out", "now"),
    ("OUT", "NOW", "ON", "SPOTIFY"),
)

CLIP = ClipFacts("mp4", 1080, 1920, 6000, has_sound=False)
ATMOS = AtmosFacts("wav", 48_000, 6, 24, 200_000, has_adm=True, beds=6, integrated_lufs=-18.2)


def clipped(**facts: object) -> Release:
    """The clean single with a Canvas of other facts."""
    clip = replace(CLIP, **facts)
    file = Attachment(1, AttachmentKind.CANVAS, "loop.mp4", "c", ".mp4", 900, clip=clip)
    return single(attachments=(file,))


def immersive(**facts: object) -> Release:
    """The clean single with an Atmos master of other facts."""
    atmos = replace(ATMOS, **({"true_peak_dbtp": -1.4} | facts))
    file = Attachment(1, AttachmentKind.ATMOS, "a.wav", "a", ".wav", 900, 1, atmos=atmos)
    return single(attachments=(file,))


GOLDEN = (
    Golden(
        "AP-01",
        (with_track(approved_mix_id=None), with_track(mixes=(), approved_mix_id=None)),
        (single(), with_track(mixes=(mix(7), mix(1)))),
    ),
    Golden(
        "ID-01",
        tuple(with_track(isrc=t) for t in ("", "GBAYE26O0001", "XXAYE2600001", "gb-aye-26-00001")),
        (with_track(isrc="QZES12600001"), with_track(isrc="ISRC12600001")),
    ),
    Golden(
        "ID-02",
        (
            pair({"isrc": "GBAYE2600001"}, {"isrc": "GBAYE2600001"}),
            pair({"mixes": (mix(1, "same"),)}, {"mixes": (mix(2, "same"),)}),
        ),
        (
            pair({}, {}),
            pair(
                {"isrc": "GBAYE2600001", "mixes": (mix(1, "same"),)},
                {"isrc": "GBAYE2600001", "mixes": (mix(2, "same"),)},
            ),
        ),
    ),
    Golden(
        "ID-03",
        tuple(single(gtin=t) for t in ("", "123456789012", "036000291453", "36000291452")),
        (single(gtin="036000291452"), single(gtin="4006381333931")),
    ),
    Golden(
        "ID-04",
        (
            single(gtin="4006381333931"),
            with_track(isrc="GBAYE2600009"),
            with_track(isrc=""),
            pair({}, {}),
        ),
        (single(), single(gtin="0036000291452"), with_track(isrc="GB-AYE-26-00001")),
        known=delivered(single()),
    ),
    Golden(
        "ID-05",
        (single(), single(gtin="0036000291452")),
        (single(gtin="4006381333931"), single(gtin="")),
        known=delivered(single()),
    ),
    Golden(
        "ID-05",
        (),
        (single(),),
        at="distrokid",
        known=delivered(single()),
    ),
    Golden(
        "ID-06",
        (
            single(links=()),
            single(links=(PAGES[1], ("Spotify artist", "https://open.spotify.com/album/1DFixL"))),
        ),
        (single(), single(links=(("x", "spotify:artist:4Z8W4fKeB5YxbusRsdQVPb"), PAGES[1]))),
    ),
    Golden(
        "ID-07",
        tuple(single(catalogue_number=t) for t in ("GB-AYE-26-00001", "036000291452")),
        tuple(single(catalogue_number=t) for t in ("", "ANA-001", "1234567")),
    ),
    Golden(
        "ID-07",
        (single(catalogue_number="ANATORRES-0001"),),
        (single(catalogue_number="ANATORRES-01"), single(catalogue_number="")),
        "jam-coop",
    ),
    Golden(
        "ID-08",
        (
            with_track(iswc="T0345246802"),
            with_track(credits=(Credit("Ana Torres", "composer", ipi="00014107339"),)),
            with_track(credits=(Credit("Ana Torres", "composer", isni="000000012281955Y"),)),
            pair(
                {"iswc": "T0345246801", "credits": (Credit("Ana Torres", "composer"),)},
                {"iswc": "T0345246801", "credits": (Credit("Bo Lind", "composer"),)},
            ),
        ),
        (
            with_track(iswc="T0345246801"),
            with_track(credits=(Credit("Ana Torres", "composer", ipi="00014107338"),)),
            pair({"iswc": "T0345246801"}, {"iswc": "T0345246801"}),
        ),
    ),
    Golden(
        "TI-01",
        (single("NIGHT BUS"), single("night bus"), single("NiGhT bUs")),
        (
            single("DNA"),
            single("Night Bus"),
            single("deadmau5"),
            single("XXVII"),
            single("夜行バス"),
        ),
    ),
    Golden(
        "TI-02",
        (single("Night bus"), single("The Sound Of Rain"), single("Night Bus (live in Rome)")),
        (
            single("The Sound of Rain"),
            single("Turn Up the Night"),
            single("Ode to deadmau5"),
            single("Café del Mar"),
            single("Nachtbus fahren", language="de"),
        ),
    ),
    Golden(
        "TI-03",
        (
            single("El Sonido De La Lluvia", language="es"),
            single("Le Dernier Train Du Soir", language="fr"),
        ),
        (
            single("El Sonido de la Lluvia", language="es"),
            single("Le dernier train de Paris", language="fr"),
            single("O Som da Chuva", language="pt"),
        ),
    ),
    Golden(
        "TI-04",
        (single("Night Bus Part 2"), single("Lines (Volume II)"), single("Lines Vol 3")),
        (single("Night Bus, Pt. 2"), single("The Best Part"), single("Part of Me")),
    ),
    Golden(
        "TI-05",
        tuple(single(f"Night Bus {t}") for t in ("ft. Bo", "featuring Bo", "(Feat. Bo)", "w/ Bo")),
        (
            single("Night Bus (feat. Bo)"),
            single("A Feat of Strength"),
            single("Night Bus (with Bo)"),
        ),
    ),
    Golden(
        "TI-06",
        (with_track(title="Night Bus (feat. Bo)"), with_track(title="Night Bus (with Bo & Cy)")),
        (with_track(title="Night Bus (feat. Bo)", credits=CREW + FRIENDS), crediting(*FRIENDS)),
    ),
    Golden(
        "TI-06",
        (with_track(title="Night Bus (feat. Bo)", credits=CREW + FRIENDS),),
        (crediting(*FRIENDS), single()),
        "bandlab",
    ),
    Golden(
        "TI-07",
        (
            single("Night Bus - Acoustic"),
            single("Night Bus (Original Mix)"),
            single("Night Bus (Live) (Remix)"),
            with_track(version="Album Version"),
            with_track(version="(Live)"),
        ),
        (
            single("Night Bus (Live) [Remix]"),
            single("Night Bus - Day Train"),
            with_track(version="Live at Home"),
        ),
    ),
    Golden(
        "TI-08",
        (single("Ana - Night Bus"), single("Night Bus (prod. Bo)"), single("Night Bus by Ana")),
        (single("Ana"), single("Ana and the Sea"), single("Banana - Split")),
    ),
    Golden(
        "TI-09",
        (
            single("Night Bus (Official Video)"),
            single("Night Bus (Explicit)"),
            single("Night Bus - New Single"),
            with_track(version="Clean"),
        ),
        (single("New Rules"), single("Clean Hands"), single("The Official Secret")),
    ),
    Golden(
        "TI-10",
        (songs("Night Bus", "Night bus"), songs("Night Bus", "Night Bus (feat. Bo)")),
        (
            songs("Night Bus", "Night Bus, Pt. 2"),
            songs("", tracks=(track(1), track(2, version="Live"))),
        ),
    ),
    Golden(
        "TI-11",
        tuple(single(t) for t in ("Track 01", "Single", "", "NightBus_v3", "song.wav", "x" * 900)),
        (single("Intro"), single("The Final"), single("Track of My Tears")),
    ),
    Golden(
        "TI-12",
        (single("Night Bus 🔥"), single("Night Bus ★"), single("Night\u200bBus")),
        (single("Night Bus & Co. (+1)"), single("50° North"), single("می\u200cخواهم")),
    ),
    Golden(
        "TI-13",
        (single("Night Bus/Day Train"), single("Night Bus/ Day Train")),
        (single("Night Bus / Day Train"), single("AC/DC"), single("24/7")),
    ),
    Golden(
        "TI-14",
        (
            single(tracks=(track(title="Day Train"),)),
            single(tracks=(track(version="Live"),)),
        ),
        (
            single(),
            single(version="Live", tracks=(track(version="Live"),)),
            songs("A One", "B Two"),
        ),
    ),
    Golden(
        "TI-15",
        (single("Night Bus - Single"), songs("One", "Two", title="Late Lines (EP)")),
        (single("Single Mother"), single("Night Bus")),
    ),
    Golden(
        "AR-01",
        (artist("Ana & Bo"), artist("Ana x Bo"), artist("Ana feat. Bo"), artist("Ana, Bo")),
        (artist("Simon & Garfunkel"), artist("Ana", "Bo"), artist("Florence + The Machine")),
    ),
    Golden(
        "AR-02",
        (songs("One", "Two", credits=tuple(Credit(n, "artist") for n in FOUR)), artist("V/A")),
        (
            songs("One", "Two", credits=tuple(Credit(n, "artist") for n in FOUR[:3])),
            artist("Various Artists"),
            artist(*FOUR),
        ),
    ),
    Golden(
        "AR-02",
        (crediting(Credit("Various Artists", "artist")),),
        (crediting(Credit("Various Cruelties", "artist")), single()),
    ),
    Golden(
        "AR-03",
        (artist("White Noise"), artist("yoga"), single(credits=())),
        (artist("White Noise Machine Gun"), artist("Yo La Tengo")),
    ),
    Golden(
        "AR-04",
        (crediting(Credit("ana", "featured")), with_track(title="Night Bus (feat. Ana)")),
        (crediting(Credit("Anabel", "featured")), single()),
    ),
    Golden(
        "AR-05",
        tuple(
            artist(name)
            for name in (
                "Ana (guitar)",
                "Ana - Producer",
                "ana.com",
                "Ana (1990-2020)",
                "Bo, ex-Lines",
            )
        ),
        (artist("DJ Ana"), artist("The 1975"), artist("will.i.am"), artist("Ana (of the Sea)")),
    ),
    Golden(
        "AR-06",
        (
            with_track(credits=()),
            with_track(credits=(Credit("Ana Torres", "composer"),)),
            with_track(credits=(Credit("Ana", "writer"),)),
        ),
        (
            with_track(credits=(Credit("Ana Torres", "composer"),), language="zxx"),
            with_track(credits=(Credit("Ana Torres", "writer"),)),
        ),
    ),
    Golden(
        "AR-07",
        (with_track(credits=CREW[:2]), with_track(credits=CREW[1:])),
        (
            single(),
            single(tracks=(track(credits=CREW[:2]),), credits=(*artist("Ana").credits, CREW[2])),
        ),
        "apple-music",
    ),
    Golden(
        "AR-08",
        (
            artist("Sigur Ros"),
            artist("Jon Birgisson"),
            artist("Joón Birgisson"),
            artist("BOY GENIUS"),
        ),
        (
            artist("Sigur Rós"),
            artist("Bo Lund"),
            artist("Jón Birgitsdóttir"),
            artist("boygenius"),
            artist("Jonas Birgisson"),
        ),
        known=Known(
            Names(
                {
                    name: frozenset(range(2, 2 + count))
                    for name, count in (
                        ("Sigur Rós", 4),
                        ("Bo Lind", 3),
                        ("Jón Birgisson", 2),
                        ("boygenius", 1),
                    )
                }
            )
        ),
    ),
    Golden(
        "AU-07",
        (sounding({"frames": 44_100 * 203}), sounding({"frames": 44_100 * 197})),
        (single(), sounding({"frames": 44_100 * 202}), sounding({"frames": 44_100 * 198})),
        known=delivered(single()),
    ),
    Golden(
        "RT-01",
        (songs("One", "Two", title="Late Lines Album"), songs(*"ABCD", title="A Good Single")),
        (songs("One", "Two"), single("Single"), songs(*"ABCD", title="Late Lines EP")),
    ),
    Golden("RT-01", (songs("One", "Two", "Three"),), (songs("One", "Two"), single()), "igroove"),
    Golden("RT-02", (songs(),), (single(), songs(*(f"Song {i}" for i in range(1, 37))))),
    Golden(
        "RT-02",
        (songs(*(f"Song {i}" for i in range(1, 37))),),
        (single(), songs(*(f"Song {i}" for i in range(1, 36)))),
        "distrokid",
    ),
    Golden(
        "LG-01",
        (
            single(language=""),
            with_track(language=""),
            with_track(language="english"),
            with_track(language="zxx", lyrics="Riding home"),
            with_track(version="Instrumental"),
        ),
        (with_track(language="ENG"), with_track(language="zxx", version="Instrumental")),
    ),
    Golden(
        "EX-01",
        (
            with_track(explicit=""),
            lyrics("What the fuck"),
            with_track(title="What the F**k"),
            with_track(explicit="clean", lyrics="Shit happens"),
        ),
        (
            lyrics("Scunthorpe, Essex and Dickens"),
            lyrics("What the fuck", explicit="explicit"),
        ),
    ),
    Golden(
        "CP-01",
        (
            single(p_line=""),
            single(c_line="Ana Torres"),
            single(p_line="℗ 2026 Ana Torres"),
            single(c_line="2027 Ana Torres"),
        ),
        (single(), single(p_line="1999 Ana Torres")),
    ),
    Golden(
        "DT-01",
        (
            single(release_on=None),
            single(release_on=date(2026, 5, 6)),
            single(original_release_on=date(2027, 1, 1)),
        ),
        (single(), single(original_release_on=date(2019, 3, 4))),
    ),
    Golden(
        "DT-02",
        tuple(
            single(release_on=d)
            for d in (date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 27), date(2026, 2, 27))
        ),
        (single(release_on=date(2026, 4, 3)), single(release_on=None)),
    ),
    Golden(
        "AU-01",
        (
            sounding({"lossless": False, "codec": "mp3", "container": "mp3", "bits": None}),
            sounding({"channels": 1}),
            sounding({"sample_rate_hz": 22_050}),
            sounding({"bits": 32, "codec": "float"}),
            sounding({"container": "aiff"}),
        ),
        (
            sounding({"bits": 16}),
            sounding({"sample_rate_hz": 192_000}),
            sounding({"container": "rf64"}),
        ),
    ),
    Golden(
        "AU-01",
        (single(), sounding({"bits": 16, "frames": 44_100 * 1500})),
        (sounding({"bits": 16}), sounding({"bits": 16, "frames": 44_100 * 1400})),
        "symphonic",
    ),
    Golden(
        "AU-02",
        (sounding(silence_head_ms=10_001), sounding(silence_tail_ms=15_000)),
        (sounding(silence_tail_ms=10_000), sounding(silence_head_ms=9_999)),
    ),
    Golden(
        "AU-03",
        (sounding({"frames": 44_100 * 29}), sounding({"frames": 44_100 * 59})),
        (sounding({"frames": 44_100 * 60}), sounding({"frames": 44_100 * 61})),
    ),
    Golden(
        "AU-03",
        (single(genre="Spoken Word", tracks=sounding({"frames": 44_100 * 170}).tracks),),
        (single(genre="Spoken Word"), sounding({"frames": 44_100 * 170})),
        "spotify",
    ),
    Golden(
        "AU-04",
        (
            sounding(true_peak_dbtp=-0.9),
            sounding(true_peak_dbtp=-1.5, integrated_lufs=-9.0),
            sounding(clipped_runs=3),
            sounding(dc_offset=0.02),
            sounding(integrated_lufs=None, true_peak_dbtp=None, correlation=None),
            sounding(correlation=None),
            sounding(balance_db=2.1),
            sounding(balance_db=-6.0),
            sounding(mono_loss_db=3.1),
            sounding(dropouts=1),
        ),
        (
            sounding(true_peak_dbtp=-1.0),
            sounding(true_peak_dbtp=-2.0, integrated_lufs=-9.0),
            sounding(dc_offset=0.001),
            sounding(balance_db=2.0),
            sounding(balance_db=-1.9),
            sounding(mono_loss_db=3.0),
            sounding(mono_loss_db=None, balance_db=None),
            sounding(dropouts=0, digital_black_ms=4000),
        ),
    ),
    Golden(
        "AU-05",
        (
            sounding(bits_used=16),
            sounding(correlation=1.0),
            sounding(source=Source.LOSSY, shelf_hz=16_800),
            sounding({"sample_rate_hz": 96_000}, source=Source.UPSAMPLED, shelf_hz=21_700),
        ),
        (
            sounding(bits_used=24),
            sounding(correlation=0.99),
            sounding(bits_used=None),
            sounding(source=Source.NATIVE, shelf_hz=None),
            sounding({"lossless": False}, source=Source.LOSSY, shelf_hz=16_800),
        ),
    ),
    Golden(
        "AW-01",
        (
            single(artwork=None),
            covered(width_px=2999, height_px=2999),
            covered(width_px=4000),
        ),
        (single(), covered(width_px=5000, height_px=5000)),
    ),
    Golden(
        "AW-01",
        (covered(width_px=3600, height_px=3600), covered(size_bytes=11_000_000)),
        (single(), covered(width_px=1400, height_px=1400)),
        "freshtunes",
    ),
    Golden(
        "AW-02",
        (covered(mode="CMYK"), covered(mode="RGBA", format="PNG"), covered(format="GIF")),
        (single(), covered(format="PNG")),
    ),
    Golden(
        "AW-03",
        (
            *(covered(look=seeing(*words)) for words in CLAIMS),
            covered(look=seeing("Night", codes=("https://maravale.com",))),
        ),
        (
            single(),
            covered(look=seeing("ANA")),
            covered(look=seeing("maravale.com", confidence=40)),
            covered(look=seeing("2026", "ANA-001")),
            single(
                "Out Now", artwork=Artwork("c", 3000, 3000, "RGB", "JPEG", 1, seeing("Out", "now"))
            ),
        ),
    ),
    Golden(
        "AW-04",
        (covered(look=seeing("Nigth", "Bus")), covered(look=seeing("ANNA", "TORREZ"))),
        (
            single(),
            covered(look=seeing("NIGHT", "BÚS", "Torres")),
            covered(look=seeing("Parental", "Advisory")),
            covered(look=seeing("Nigth", confidence=60)),
            covered(look=seeing("Nig", "ht")),
        ),
    ),
    Golden(
        "AW-05",
        (
            covered(look=seeing(detail=0.33)),
            covered(look=seeing(spread=0.0, detail=0.25)),
            covered(look=seeing(padding_px=(0, 500, 0, 500))),
        ),
        (
            single(),
            covered(look=seeing(detail=0.67)),
            covered(look=seeing(padding_px=(0, 40, 0, 0))),
        ),
    ),
    Golden(
        "GN-01",
        (
            single(genre=""),
            single(genre="Wonky Pop"),
            single(genre="Soundtrack"),
            single(genre="pop"),
        ),
        (single(), single(genre="", tracks=(track(genre="Hip-Hop/Rap"),))),
    ),
    Golden(
        "LY-01",
        (
            lyrics("riding home"),
            lyrics("Riding home.\nAgain"),
            lyrics(LONG_LYRIC),
            lyrics("[00:00.00]Riding\n[00:00.00]Home"),
            lyrics("[00:01.00]Riding\n[09:00.00]Home"),
        ),
        (
            lyrics("Riding home\nAgain\n\nRiding…\n(Oh)"),
            lyrics("[ar:Ana]\n[00:01.00]Riding\n[00:04.50]Home"),
            lyrics(""),
        ),
    ),
    Golden(
        "AI-01",
        (single(ai_disclosure=""), single(ai_disclosure=" ")),
        (single(), single(ai_disclosure="artwork")),
    ),
    Golden(
        "CI-01",
        (
            single(content_id=""),
            single("Yesterday (Cover)", content_id="yes"),
            single(content_id="yes", tracks=(track(version="Karaoke"),)),
            replace(sounding({"frames": 44_100 * 20}), content_id="yes"),
            replace(sounding({"frames": 44_100 * 601}), content_id="yes"),
        ),
        (
            single(),
            single("Undercover", content_id="yes"),
            single("Yesterday (Cover)", content_id="shared"),
            replace(sounding({"frames": 44_100 * 21}), content_id="yes"),
        ),
    ),
    Golden(
        "AU-06",
        (
            with_track(mixes=(mix(1, "tagged"),)),
            with_track(mixes=(mix(1, "kept"),)),
        ),
        (
            with_track(mixes=(mix(1, "clean"),)),
            with_track(mixes=(mix(1, "tagged"),), approved_mix_id=None),
        ),
        known=Known(
            carried={
                "tagged": Carried((), ("ID3",)),
                "kept": Carried(("bext", "INFO")),
                "clean": Carried(),
            }
        ),
    ),
    Golden(
        "AU-08",
        (
            immersive(has_adm=False),
            immersive(bits=16),
            immersive(sample_rate_hz=44_100),
            immersive(sample_rate_hz=96_000),
            immersive(duration_ms=202_500),
            immersive(integrated_lufs=-17.9),
            immersive(true_peak_dbtp=-0.8),
        ),
        (
            immersive(),
            immersive(integrated_lufs=-18.04, duration_ms=200_900),
            immersive(objects=12, integrated_lufs=None),
            single(),
        ),
    ),
    Golden(
        "CV-01",
        (
            clipped(container="mov"),
            clipped(duration_ms=2990),
            clipped(duration_ms=8010),
            clipped(width_px=1080, height_px=1080),
            clipped(width_px=1920, height_px=1080),
            clipped(width_px=360, height_px=640),
            clipped(has_sound=True),
        ),
        (
            clipped(),
            clipped(width_px=405, height_px=720, duration_ms=3000),
            clipped(container="jpeg", duration_ms=None),
            clipped(duration_ms=8000),
            single(),
        ),
        at="spotify",
    ),
)
