"""The root of all errors: what went wrong, what to do, and whether trying again can help."""

from __future__ import annotations

import errno


class AppError(Exception):
    """An error that a person can read: `message` says what is wrong, `hint` what to do."""

    exit_code = 1
    retryable = False

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UserError(AppError):
    """Something the person can put right: a wrong file, a missing field, an unknown name."""

    exit_code = 2


class Gone(UserError):
    """What was to be read was removed meanwhile; a list that shows it is out of date."""


class Stuck(UserError):
    """An act that cannot be undone, or done again, as things are; it can be passed over."""

    def __init__(self, message: str, hint: str = "", act_id: int = 0) -> None:
        super().__init__(message, hint)
        self.act_id = act_id


class WorldError(AppError):
    """The disk, the network or the machine is in the way."""

    exit_code = 3
    retryable = True


class AdapterFailure(AppError):
    """A destination refused, failed or did not answer; the subclasses in `sdk` say which."""

    exit_code = 4


class Cancelled(AppError):
    """The person stopped the work; nothing of it was kept."""

    exit_code = 130

    def __init__(self, message: str = "Cancelled; nothing was changed.", hint: str = "") -> None:
        super().__init__(message, hint)


def world_error(error: OSError, path: object = "") -> AppError:
    """Say an operating system's error about `path` in one sentence."""
    where = str(error.filename or path or "the file")
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return WorldError(f"The disk is full: {where}.", "Free some space and try again.")
        case errno.ENOENT:
            return UserError(f"There is no file {where}.", "Check the path.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return UserError(f"{where} may not be read or written.", "Check its permissions.")
        case errno.ENAMETOOLONG:
            return UserError(f"The name {where[:80]}… is too long.", "Choose a shorter one.")
        case errno.EISDIR:
            return UserError(f"{where} is a folder, not a file.", "Name the file itself.")
    reason = error.strerror or str(error)
    return WorldError(f"The system refused {where}: {reason}.", "Try again.")
