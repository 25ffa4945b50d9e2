"""One window for one library and one person: a second start hands its wishes to the first."""

from __future__ import annotations

import getpass
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from indieartist.services.settings import settings_file

_PATIENCE_MS = 2000
_LONGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a start of the program asks of the window: a release to open, files to take in."""

    release_id: int | None = None
    files: list[str] = field(default_factory=list)

    def to_bytes(self) -> bytes:
        """As they go from one start to another: JSON, ended by a line break."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @staticmethod
    def from_bytes(words: bytes) -> Wishes:
        """Read them back; what makes no sense is no wish."""
        try:
            found = json.loads(words)
            release_id, files = found["release_id"], found["files"]
        except (ValueError, TypeError, KeyError):
            return Wishes()
        good = isinstance(files, list) and all(isinstance(name, str) for name in files)
        known = release_id if isinstance(release_id, int) else None
        return Wishes(known, files if good else [])


class Instance(QObject):
    """`first` says whether this start owns the library's window; `asked` carries later wishes.

    The lock lies beside the settings, so it is this person's alone. Qt takes over the lock of an
    owner that was killed, and the socket that it left behind is removed.
    """

    asked = Signal(object)

    def __init__(self, library_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        place = str(library_path.absolute())
        self._name = (
            "indieartist-"
            + hashlib.sha256(f"{getpass.getuser()}\n{place}".encode()).hexdigest()[:24]
        )
        folder = settings_file().parent
        self._lock = QLockFile(str(folder / f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)  # a window may stay open for weeks
        self._server: QLocalServer | None = None
        self._sockets: list[QLocalSocket] = []
        self.first = self._take(folder)

    def _take(self, folder: Path) -> bool:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True  # without a place for the lock every start is the first
        if not self._lock.tryLock(0):
            return self._lock.error() is not QLockFile.LockError.LockFailedError
        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._receive)
        server.listen(self._name)
        self._server = server
        return True

    def hand_over(self, wishes: Wishes) -> bool:
        """Give the wishes to the window that is open; whether it took them."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(wishes.to_bytes())
        taken = socket.waitForBytesWritten(_PATIENCE_MS) and socket.waitForReadyRead(_PATIENCE_MS)
        socket.disconnectFromServer()
        return bool(taken)

    def close(self) -> None:
        """Let another start be the first."""
        for socket in self._sockets:
            socket.disconnected.disconnect()
            socket.abort()
            socket.deleteLater()
        self._sockets.clear()
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self._lock.unlock()

    def _receive(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setParent(self)  # it must outlive neither its slots nor the server's end
            self._sockets.append(socket)
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(self._drop)
        self._read()

    def _read(self) -> None:
        for socket in list(self._sockets):
            if socket.bytesAvailable() > _LONGEST_BYTES:
                socket.abort()
            elif socket.canReadLine():
                wishes = Wishes.from_bytes(bytes(socket.readLine().data()))
                socket.write(b"ok\n")
                socket.flush()
                self.asked.emit(wishes)

    def _drop(self) -> None:
        """Let go of those who have left."""
        gone = QLocalSocket.LocalSocketState.UnconnectedState
        for socket in [each for each in self._sockets if each.state() is gone]:
            self._sockets.remove(socket)
            socket.deleteLater()
