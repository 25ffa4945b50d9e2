"""Projects written as each DAW writes them, all of one song, so that readers can be compared.

The structure is that of the DAWs' own files: the nesting, the attributes, the line forms and the
event numbers; what no reader looks at is left out or kept short.
"""

# ruff: noqa: E501, W291 (lines as the DAWs write them)
from __future__ import annotations

import gzip
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr


@dataclass(frozen=True)
class Song:
    """What every project here says; marker places are beats (quarter notes)."""

    tempo_bpm: float = 92.5
    upper: int = 6
    lower: int = 8
    markers: tuple[tuple[str, float], ...] = (("Intro", 0.0), ("Chorus & Köln", 37.0))
    tracks: tuple[str, ...] = ("Drums", "Bass “low”", "リード")
    plugins: tuple[str, ...] = ("Pro-Q 3", "Serum")
    present: str = "Samples/Imported/kick 01.wav"
    missing: str = "Samples/Imported/lost & gone.wav"

    def seconds(self, beat: float) -> float:
        return beat * 60 / self.tempo_bpm


SONG = Song()


def lay_sample(folder: Path, song: Song = SONG) -> None:
    path = folder / song.present
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"RIFF")


# Ableton Live


def als_xml(song: Song = SONG, version: int = 12, creator: str = "", main: str = "") -> str:
    """A Live set's XML, as Live 8 to 12 write it; `main` overrides the main track's envelopes."""
    creators = {8: "8.4.2", 9: "9.7.7", 10: "10.1.43", 11: "11.3.13", 12: "12.1d1"}
    master = "MainTrack" if version >= 12 else "MasterTrack"
    chain = "MasterChain" if version < 9 else "DeviceChain"
    creator = creator or f"Ableton Live {creators[version]}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Ableton MajorVersion="{4 if version < 10 else 5}" MinorVersion="{version}.0_{version}117" SchemaChangeCount="3" Creator="{creator}" Revision="c1e99e07">
\t<LiveSet>
\t\t<NextPointeeId Value="22182" />
\t\t<Tracks>
{"".join(_als_track(name, song, version, number) for number, name in enumerate(song.tracks))}
\t\t</Tracks>
\t\t<{master}>
\t\t\t<Name><EffectiveName Value="Main" /></Name>
{_als_envelopes(song, version, main)}
\t\t\t<{chain}>
\t\t\t\t<Mixer>
\t\t\t\t\t<Volume><Manual Value="1" /></Volume>
{_als_tempo(song, version)}
\t\t\t\t</Mixer>
\t\t\t</{chain}>
\t\t</{master}>
\t\t<Scenes><Scene Id="0"><Name Value="" /><Tempo Value="33" /></Scene></Scenes>
\t\t<Locators>
\t\t\t<Locators>
{"".join(_als_locator(n, *marker) for n, marker in enumerate(reversed(song.markers)))}
\t\t\t</Locators>
\t\t</Locators>
\t</LiveSet>
</Ableton>
"""


def _als_tempo(song: Song, version: int) -> str:
    number = 99 * (song.lower.bit_length() - 1) + song.upper - 1
    if version < 10:
        event = '<ArrangerAutomation><Events><{0}Event Time="-63072000" Value="{1}" /></Events></ArrangerAutomation>'
        tempo, signature = event.format("Float", song.tempo_bpm), event.format("Enum", number)
    else:
        tempo = signature = ""
    manual = "" if version < 9 else f'<Manual Value="{song.tempo_bpm}" />'
    return f"""<Tempo><LomId Value="0" />{tempo}{manual}
<MidiControllerRange><Min Value="60" /><Max Value="200" /></MidiControllerRange>
<AutomationTarget Id="8"><LockEnvelope Value="0" /></AutomationTarget></Tempo>
<TimeSignature>{signature}{manual and f'<Manual Value="{number}" />'}<AutomationTarget Id="10" /></TimeSignature>"""


def _als_envelopes(song: Song, version: int, main: str) -> str:
    if version < 10:
        return ""
    event = main or f'<FloatEvent Id="0" Time="-63072000" Value="{song.tempo_bpm}" />'
    return f"""<AutomationEnvelopes><Envelopes>
<AutomationEnvelope Id="0"><EnvelopeTarget><PointeeId Value="10" /></EnvelopeTarget>
<Automation><Events><EnumEvent Id="0" Time="-63072000" Value="201" /></Events></Automation></AutomationEnvelope>
<AutomationEnvelope Id="1"><EnvelopeTarget><PointeeId Value="8" /></EnvelopeTarget>
<Automation><Events>{event}</Events></Automation></AutomationEnvelope>
</Envelopes></AutomationEnvelopes>"""


def _als_track(name: str, song: Song, version: int, number: int) -> str:
    devices = (_als_plugin(song.plugins[number], number) if number < len(song.plugins) else "") + (
        '<Eq8 Id="5"><Name Value="not a track" /></Eq8>'
    )
    samples = "".join(_als_sample(place, version) for place in (song.present, song.missing))
    return f"""<AudioTrack Id="{number}">
<Name><EffectiveName Value={quoteattr(name)} /><UserName Value="" /></Name>
<DeviceChain><DeviceChain><Devices>{devices}</Devices></DeviceChain>
<MainSequencer><ClipSlotList><ClipSlot Id="0"><ClipSlot><Value><AudioClip Id="0" Time="0">
<Name Value="a clip" />{samples}</AudioClip></Value></ClipSlot></ClipSlot></ClipSlotList></MainSequencer>
</DeviceChain></AudioTrack>
"""


def _als_plugin(name: str, number: int) -> str:
    decoy = '<Preset><VstPreset Id="1"><Name Value="Decoy" /><Buffer>00FF00FF</Buffer></VstPreset></Preset>'
    kind = ("Vst3PluginInfo", "VstPluginInfo")[number % 2]
    said = ("Name", "PlugName")[number % 2]
    return f"""<PluginDevice Id="{number}"><PluginDesc><{kind} Id="0">{decoy}
<{said} Value={quoteattr(name)} /></{kind}></PluginDesc></PluginDevice>"""


def _als_sample(place: str, version: int) -> str:
    *folders, name = place.split("/")
    if version >= 11:
        where = f"""<RelativePathType Value="3" /><RelativePath Value={quoteattr(place)} />
<Path Value={quoteattr("/Users/mara/Night Bus Project/" + place)} /><Type Value="1" />"""
    else:
        steps = "".join(
            f'<RelativePathElement Id="{n}" Dir={quoteattr(folder)} />'
            for n, folder in enumerate(folders)
        )
        hint = '<RelativePathElement Id="0" Dir="Users" /><RelativePathElement Id="1" Dir="mara" />'
        where = f"""<HasRelativePath Value="true" /><RelativePathType Value="3" />
<RelativePath>{steps}</RelativePath><Name Value={quoteattr(name)} /><Type Value="1" />
<Data>43003A005C00</Data><SearchHint><PathHint>{hint}{steps}</PathHint></SearchHint>"""
    original = '<SourceContext><SourceContext><OriginalFileRef><FileRef><Name Value="ignored.wav" /></FileRef></OriginalFileRef></SourceContext></SourceContext>'
    return f"<SampleRef><FileRef>{where}</FileRef>{original}</SampleRef>"


def _als_locator(number: int, name: str, beat: float) -> str:
    return f'<Locator Id="{number}"><LomId Value="0" /><Time Value="{beat}" /><Name Value={quoteattr(name)} /><Annotation Value="" /></Locator>\n'


def write_als(folder: Path, song: Song = SONG, version: int = 12) -> Path:
    (folder / "Ableton Project Info").mkdir(exist_ok=True)
    path = folder / f"Night Bus {version}.als"
    path.write_bytes(gzip.compress(als_xml(song, version).encode(), mtime=0))
    return path


# Reaper


def rpp_text(song: Song = SONG, points: str = "") -> str:
    markers = [
        f'  MARKER {n} {song.seconds(beat):.8f} "{name}" 0 0 1 B {{AAAA}} 0'
        for n, (name, beat) in enumerate(song.markers, 1)
    ]
    tracks = "\n".join(_rpp_track(name, song, n) for n, name in enumerate(song.tracks))
    region = '  MARKER 9 40 "Verse 1" 1 0 1 R {BBBB} 0\n  MARKER 9 60.5 "" 1'
    return f"""<REAPER_PROJECT 0.1 "7.22/macOS-arm64" 1729000000
  RIPPLE 0
  RENDER_FILE "Bounces/Night Bus.wav"
  SAMPLERATE 48000 0 0
  <RENDER_CFG
    ZXZhdxgAAQ==
  >
  <METRONOME 6 2
    VOL 0.25 0.125
    SAMPLES "" "" "" ""
  >
  TITLE "Night Bus"
  AUTHOR 'Mara "MV" Vale'
  TEMPO {song.tempo_bpm} {song.upper} {song.lower} 0
  <TEMPOENVEX
    EGUID {{C41F9C13}}
    ACT 0 -1
{points}  >
{chr(10).join(markers)}
{region}
  <PROJBAY
  >
{tracks}
>
"""


def _rpp_track(name: str, song: Song, number: int) -> str:
    quoted = f"`{name}`" if '"' in name and "'" in name else f'"{name}"'
    plugin = song.plugins[number] if number < len(song.plugins) else ""
    chain = (
        f"""    <FXCHAIN
      SHOW 0
      <VST "VST3{"i" if number else ""}: {plugin}" plugin.vst3 0 "" 1919247213<72C4DB717A4D> ""
        bWNlcu9e7f4EAAAAAQAAAAAAAAACAAAA
        AAAQAAAA
      >
      <JS loser/3BandEQ ""
        0.000000 200.000000 - - - -
      >
      WAK 0
    >
"""
        if plugin
        else ""
    )
    return f"""  <TRACK {{010F6508-D16E-{number}}}
    NAME {quoted}
    PEAKCOL 16576
    MUTESOLO 0 0 0
{chain}    <ITEM
      POSITION 0
      NAME "an item"
      <SOURCE WAVE
        FILE "{song.present}"
      >
      <SOURCE SECTION
        LENGTH 4
        <SOURCE FLAC
          FILE "{song.missing}" 1
        >
      >
      <SOURCE MIDI
        HASDATA 1 960 QN
        E 0 90 3c 0a
      >
    >
  >"""


def write_rpp(folder: Path, song: Song = SONG, points: str = "") -> Path:
    path = folder / "Night Bus.rpp"
    path.write_text(rpp_text(song, points), encoding="utf-8", newline="\r\n")
    return path


# DAWproject


def dawproject_xml(song: Song = SONG, seconds: bool = False, points: str = "") -> str:
    def marker(name: str, beat: float) -> str:
        time = song.seconds(beat) if seconds else beat
        return f'<Marker time="{time}" name={quoteattr(name)} color="#3fb45c"/>'

    tracks = "".join(
        f"""<Track contentType="audio" loaded="true" id="t{n}" name={quoteattr(name)}>
<Channel audioChannels="2" role="regular" id="c{n}"><Devices>{_device(song, n)}</Devices>
<Volume max="2.0" min="0.0" unit="linear" value="1.0" id="v{n}" name="Volume"/></Channel></Track>"""
        for n, name in enumerate(song.tracks)
    )
    automation = (
        f'<TempoAutomation unit="bpm" id="ta"><Target parameter="tempo"/>{points}</TempoAutomation>'
        if points
        else ""
    )
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Project version="1.0">
    <Application name="Bitwig Studio" version="5.0"/>
    <Transport>
        <Tempo max="666.0" min="20.0" unit="bpm" value="{song.tempo_bpm}" id="tempo" name="Tempo"/>
        <TimeSignature denominator="{song.lower}" numerator="{song.upper}" id="sig"/>
    </Transport>
    <Structure>{tracks}</Structure>
    <Arrangement id="a"><Lanes timeUnit="beats" id="l">
        <Lanes track="t0" id="l0"><Clips id="cl0"><Clip time="0.0" duration="8.0" playStart="0.0">
        <Audio channels="1" duration="0.41" sampleRate="48000" id="au0"><File path="{song.present}"/></Audio></Clip>
        <Clip time="8.0" duration="8.0"><Audio channels="1" duration="0.41" sampleRate="48000" id="au1">
        <File path={quoteattr(song.missing)} external="true"/></Audio></Clip></Clips></Lanes></Lanes>
        <Markers{' timeUnit="seconds"' if seconds else ""} id="m">{"".join(marker(*m) for m in song.markers)}</Markers>
        {automation}
    </Arrangement>
    <Scenes/>
</Project>
"""


def _device(song: Song, number: int) -> str:
    if number >= len(song.plugins):
        return '<BuiltinDevice deviceName="Amp" deviceRole="audioFX" id="b"/>'
    return f"""<Vst3Plugin deviceID="5653" deviceName={quoteattr(song.plugins[number])} deviceRole="audioFX" loaded="true" id="d{number}" name="a preset">
<Parameters/><Enabled value="true" id="e{number}" name="On/Off"/><State path="plugins/x.vstpreset"/></Vst3Plugin>"""


METADATA = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<MetaData><Title>Night Bus</Title><Artist>Mara &amp; Tom</Artist><Composer>Mara Vale</Composer>
<Year>2026</Year><Genre></Genre></MetaData>
"""


def write_dawproject(
    folder: Path, song: Song = SONG, seconds: bool = False, points: str = ""
) -> Path:
    path = folder / "Night Bus.dawproject"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("metadata.xml", METADATA)
        packed.writestr("project.xml", dawproject_xml(song, seconds, points))
        packed.writestr(song.present, b"RIFF")
    return path


# FL Studio


def flp_event(number: int, value: int | bytes | str, version: str = "21.0.3.3517") -> bytes:
    if isinstance(value, int):
        return bytes([number]) + value.to_bytes(
            1 if number < 64 else 2 if number < 128 else 4, "little"
        )
    if isinstance(value, str):
        wide = tuple(map(int, version.split(".")[:2])) >= (11, 5)
        value = (
            value.encode("utf-16-le") + b"\0\0"
            if wide
            else value.encode("cp1252", "replace") + b"\0"
        )
    size, length = len(value), b""
    while size > 127:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([number]) + length + bytes([size]) + value


def flp_bytes(song: Song = SONG, version: str = "21.0.3.3517") -> bytes:
    def event(number: int, value: int | bytes | str) -> bytes:
        return flp_event(number, value, version)

    ppq = 96
    parts = [
        event(199, version.encode() + b"\0"),
        event(28, 1),
        event(156, round(song.tempo_bpm * 1000)),
        event(17, song.upper),
        event(18, song.lower),
        bytes([172]) + (b"\1" if int(version.partition(".")[0]) >= 25 else b"\1\0\0\0"),
        event(194, "Night Bus"),
        event(206, "Downtempo"),
        event(207, "Mara Vale"),
    ]
    for number, name in enumerate(song.tracks):
        plugin = song.plugins[number] if number < len(song.plugins) else ""
        parts += [event(64, number), event(21, 2), event(201, "Fruity Wrapper" if plugin else "")]
        parts += [event(212, bytes(52)), event(203, name), event(213, _flp_wrapped(plugin))]
        parts += [event(219, bytes(24))]
    parts += [
        event(64, 7),
        event(21, 4),
        event(201, ""),
        event(203, song.tracks[0]),
        event(196, song.present),
    ]
    parts += [event(64, 8), event(21, 4), event(196, song.missing), event(203, song.tracks[1])]
    parts += [
        event(64, 9),
        event(196, "%FLStudioFactoryData%\\Data\\Patches\\Packs\\kick.wav"),
        event(203, song.tracks[2]),
    ]
    parts += [event(99, 0), event(241, "Arrangement")]
    parts += [event(148, 0x08000000), event(33, 6), event(34, 8)]
    for name, beat in song.markers:
        parts += [event(148, round(beat * ppq)), event(205, name)]
    parts += [event(238, bytes(66)), event(236, bytes(12)), event(201, "Fruity Limiter")]
    parts += [event(203, "a slot"), event(98, 0)]
    stream = b"".join(parts)
    return struct.pack("<4sLhHH4sL", b"FLhd", 6, 0, 10, ppq, b"FLdt", len(stream)) + stream


def _flp_wrapped(name: str) -> bytes:
    if not name:
        return bytes(12)
    said = name.encode()
    return struct.pack("<LLQ", 10, 56, 4) + b"Xfer" + struct.pack("<LQ", 54, len(said)) + said


def write_flp(folder: Path, song: Song = SONG, version: str = "21.0.3.3517") -> Path:
    path = folder / f"Night Bus {version}.flp"
    path.write_bytes(flp_bytes(song, version))
    return path


# Pro Tools


def protools_text(song: Song = SONG) -> str:
    here, gone = song.present.rpartition("/"), song.missing.rpartition("/")
    tracks = "\n\n\n".join(
        f"""TRACK NAME:\t{name}{" (Stereo)" if n else ""}
COMMENTS:\t
USER DELAY:\t0 Samples
STATE: 
PLUG-INS: \t{song.plugins[n] + " (mono)" if n < len(song.plugins) else ""}
CHANNEL \tEVENT   \tCLIP NAME                     \tSTART TIME    \tEND TIME      \tDURATION      \tSTATE
1       \t1       \tkick 01                       \t   01:00:00:00\t   01:00:05:00\t   00:00:05:00\tUnmuted"""
        for n, name in enumerate(song.tracks)
    )
    markers = "\n".join(
        f"{n}   \t01:00:00:00  \t{round(song.seconds(beat) * 48000)}            \tSamples  \t{name.ljust(33)}\t"
        for n, (name, beat) in enumerate(song.markers, 1)
    )
    return f"""SESSION NAME:\tNight Bus
SAMPLE RATE:\t48000.000000
BIT DEPTH:\t24-bit
SESSION START TIMECODE:\t01:00:00:00
TIMECODE FORMAT:\t25 Frame
# OF AUDIO TRACKS:\t3
# OF AUDIO CLIPS:\t11
# OF AUDIO FILES:\t2


O N L I N E  F I L E S  I N  S E S S I O N
Filename                 \tLocation
{here[2].ljust(25)}\tMacintosh HD:Users:mara:Night Bus:Audio Files:


O F F L I N E  F I L E S  I N  S E S S I O N
Filename                 \tLocation
{gone[2].ljust(25)}\tMacintosh HD:Users:mara:Desktop:


O N L I N E  C L I P S  I N  S E S S I O N
CLIP NAME              \tSource File
kick 01                \t{here[2]}


P L U G - I N S  L I S T I N G
MANUFACTURER            \tPLUG-IN NAME            \tVERSION         \tFORMAT          \tSTEMS                   \tNUMBER OF INSTANCES
FabFilter               \t{song.plugins[0].ljust(24)}\t20.3.0d163      \tAAX Native      \tMono / Mono             \t2 active
                        \t{song.plugins[1].ljust(24)}\t20.3.0d163      \tAAX Native      \tMono / Mono             \t1 active


T R A C K  L I S T I N G
{tracks}


M A R K E R S  L I S T I N G
#   \tLOCATION     \tTIME REFERENCE    \tUNITS    \tNAME                             \tCOMMENTS
{markers}
"""


def write_protools(folder: Path, song: Song = SONG, encoding: str = "utf-8") -> Path:
    path = folder / "Night Bus.txt"
    path.write_text(protools_text(song), encoding=encoding)
    return path
