"""Opens any song by its content and hands out its samples; every bad file is one clear sentence."""

from __future__ import annotations

import stat
from collections.abc import Generator, Iterable, Iterator, Sized
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from indieartist.audio.promise import check_complete, clock, ends_early, flac_frames
from indieartist.audio.reader import DamagedError, Reader
from indieartist.audio.sniff import EXPORT_HINT, id3_bytes, identify, shown
from indieartist.domain.measurement import AudioInfo
from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError, WorldError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indieartist.audio.reader import Samples

_Block = TypeVar("_Block", bound=Sized)

BLOCK_FRAMES = 65_536
SLOWEST_HZ, FASTEST_HZ = 8_000, 768_000
MOST_CHANNELS = 64
LOUDEST_SAMPLE = 1e6  # +120 dBFS: beyond it a float file holds numbers, not sound
_LOSSY_SLACK_FRAMES = 4096  # coders differ by a packet or two about where a song ends
_REPORTS = 40


def probe(path: Path, report: Report = silent) -> AudioInfo:
    """What the file is and how long it really is.

    The header's length is believed where its last frame can be read, else the frames are counted.
    Raises UserError for what is not a whole song, WorldError where the disk is in the way.
    """
    with open_reader(path) as reader:
        if (
            reader.form.exact
            and reader.form.promised
            and _can_read(reader, reader.form.promised - 1)
        ):
            return audio_info(reader, reader.form.promised)
    with open_reader(path) as reader:
        frames = sum(len(block) for block in read_blocks(reader, path, report=report))
        return audio_info(reader, frames)


def stream(path: Path, *, block_frames: int = BLOCK_FRAMES) -> Iterator[NDArray[np.float32]]:
    """The song in blocks of shape (frames, channels), full scale 1.0; raises as `probe` does."""
    with open_reader(path) as reader:
        for block in read_blocks(reader, path, block_frames):
            yield to_float(block)


def stream_integers(path: Path, *, block_frames: int = BLOCK_FRAMES) -> Iterator[NDArray[np.int32]]:
    """The song's own integers with their highest bit at full scale; UserError where it has none."""
    import numpy as np

    with open_reader(path) as reader:
        if not reader.form.integers:
            raise UserError(f"{shown(path)} does not hold whole-number samples.", EXPORT_HINT)
        for block in read_blocks(reader, path, block_frames):
            yield block.astype(np.int32, copy=False)


def read_audio(
    path: Path, start: int = 0, frames: int | None = None
) -> tuple[NDArray[np.float32], int]:
    """Samples of shape (n, channels) from frame `start` on, and the rate in Hz.

    `frames` None reads to the end; past the end there are fewer frames, or none.
    """
    import numpy as np

    with open_reader(path) as reader:
        pieces = [np.empty((0, reader.form.channels), np.float32)]
        try:
            reader.seek(start)
            while frames is None or frames > 0:
                block = reader.read(min(BLOCK_FRAMES, frames or BLOCK_FRAMES))
                if not len(block):
                    break
                pieces.append(to_float(block))
                frames = None if frames is None else frames - len(block)
        except DamagedError as error:
            raise _damaged(reader, path, start + sum(map(len, pieces)), error) from error
        return np.concatenate(pieces), reader.form.sample_rate_hz


@contextmanager
def open_reader(path: Path) -> Iterator[Reader]:
    """The decoder of a file that is whole as far as its header tells; raises as `probe` does."""
    with closing(_open(path)) as file:
        name = shown(path)
        with closing(_reader(file, name)) as reader:
            _check_form(reader, name)
            yield reader


def read_blocks(
    reader: Reader,
    path: Path,
    block_frames: int = BLOCK_FRAMES,
    report: Report = silent,
    *,
    span: tuple[int, int | None] = (0, None),
) -> Generator[Samples]:
    """All blocks of a fresh reader; its samples, its length and the decoder's word are checked.

    `span`: the frame at which the reader stands, and that at which to stop before the song's end.
    """
    blocks = _checked_blocks(reader, path, block_frames, span)
    return reported(blocks, reader.form.promised, report)


def reported(blocks: Iterable[_Block], promised: int | None, report: Report) -> Generator[_Block]:
    """The same blocks, and now and then how far they have come."""
    position, due = 0, 0
    step = max((promised or 0) // _REPORTS, BLOCK_FRAMES)
    for block in blocks:
        position += len(block)
        if position >= due:
            report(min(1.0, position / promised) if promised else 0.0)
            due += step
        yield block
    report(1.0)


def to_float(block: Samples) -> NDArray[np.float32]:
    """Samples as float32, full scale 1.0."""
    import numpy as np

    if block.dtype == np.int32:
        return np.multiply(block, np.float32(2.0**-31), dtype=np.float32)
    return block.astype(np.float32, copy=False)


def audio_info(reader: Reader, frames: int) -> AudioInfo:
    """What is known of the file once its frames are counted."""
    form = reader.form
    return AudioInfo(
        container=form.container,
        codec=form.codec,
        sample_rate_hz=form.sample_rate_hz,
        channels=form.channels,
        bits=form.bits,
        frames=frames,
        lossless=form.lossless,
    )


def _open(path: Path) -> BinaryIO:
    """The file, unbuffered: the decoders keep their own buffers."""
    name = shown(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UserError(f"{name} is not a file.", "Choose an audio file.")
        return path.open("rb", buffering=0)
    except FileNotFoundError as error:
        raise UserError(f"There is no file {name}.", "Check the path.") from error
    except ValueError as error:  # a NUL in the path
        raise UserError(f"{name} is not a possible path.", "Check the path.") from error
    except OSError as error:
        hint = "Check that you may read it, and that its disk is connected."
        raise WorldError(f"{name} cannot be opened: {error.strerror}.", hint) from error


def _reader(file: BinaryIO, name: str) -> Reader:
    try:
        container, start = identify(file, name)
        check_complete(file, container, start, name)
    except OSError as error:
        raise WorldError(f"{name} cannot be read: {error.strerror}.", "Check the disk.") from error
    # libsndfile wants an MP3's first frame at the head or behind the ID3 tag, and a FLAC's length.
    unruly = {
        "mp3": start > id3_bytes(file),
        "flac": not flac_frames(file, start),
    }
    if unruly.get(container, container in {"mp4", "adts"}):
        from indieartist.audio.av_reader import AvReader

        return AvReader(file, container, name)
    from indieartist.audio.soundfile_reader import SoundfileReader
    from indieartist.audio.wav_reader import find_wav_reader

    decoder = SoundfileReader(file, container, name)
    return find_wav_reader(file, decoder) or decoder


def _check_form(reader: Reader, name: str) -> None:
    if not SLOWEST_HZ <= reader.form.sample_rate_hz <= FASTEST_HZ:
        raise UserError(
            f"{name} has a sample rate of {reader.form.sample_rate_hz:,} Hz.",
            "IndieArtist reads 8 to 768 kHz: export the song at 44,100 or 48,000 Hz.",
        )
    if not 1 <= reader.form.channels <= MOST_CHANNELS:
        raise UserError(
            f"{name} has {reader.form.channels} channels.", "Export the song in stereo."
        )


def _can_read(reader: Reader, frame: int) -> bool:
    try:
        reader.seek(frame)
        return len(reader.read(1)) == 1
    except DamagedError:
        return False


def _checked_blocks(
    reader: Reader, path: Path, block_frames: int, span: tuple[int, int | None]
) -> Iterator[Samples]:
    position, stop = span
    try:
        while position != stop and len(block := reader.read(_next(block_frames, position, stop))):
            _check_samples(block, reader, path, position)
            position += len(block)
            yield block
    except DamagedError as error:
        raise _damaged(reader, path, position, error) from error
    if position != stop:
        _check_length(reader, path, position)


def _next(block_frames: int, position: int, stop: int | None) -> int:
    return block_frames if stop is None else min(block_frames, stop - position)


def _check_samples(block: Samples, reader: Reader, path: Path, position: int) -> None:
    """Raise UserError for a float that is not a number, or far beyond any level."""
    if reader.form.integers:
        return
    import numpy as np

    from indieartist.audio.kernels import find_largest

    if find_largest(np.ascontiguousarray(block, np.float32)) <= LOUDEST_SAMPLE:
        return
    at = clock(position / reader.form.sample_rate_hz)
    raise UserError(
        f"{shown(path)} holds samples that are not sound (infinite or no numbers), after {at}.",
        "A plug-in wrote them: find it at that place, then export the song again.",
    )


def _check_length(reader: Reader, path: Path, frames: int) -> None:
    if not frames and not reader.form.promised:
        raise UserError(f"{shown(path)} holds no sound: its length is zero.", EXPORT_HINT)
    slack = 0 if reader.form.lossless else _LOSSY_SLACK_FRAMES
    if reader.form.promised and frames < reader.form.promised - slack:
        rate_hz = reader.form.sample_rate_hz
        raise ends_early(
            shown(path), clock(reader.form.promised / rate_hz), clock(frames / rate_hz)
        )


def _damaged(reader: Reader, path: Path, position: int, error: DamagedError) -> UserError:
    at = clock(position / reader.form.sample_rate_hz)
    promised = (
        f" of {clock(reader.form.promised / reader.form.sample_rate_hz)}"
        if reader.form.promised
        else ""
    )
    return UserError(
        f"{shown(path)} is damaged or cut off after {at}{promised}: {error}.",
        "Copy or download it again, or export the song again.",
    )
