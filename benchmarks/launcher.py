"""Runs one command from a process that is itself small, and prints what the command cost as JSON.

A new process counts the memory of the one that started it until it runs its own program, so a
large benchmark would measure itself. Standard library only; run with `python -I -S`.
"""

import json
import os
import sys
import time


def main() -> int:
    """Run the command after the two words for where its streams go; return its exit code."""
    out_path, err_path, *command = sys.argv[1:]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    streams = [(os.POSIX_SPAWN_OPEN, 1, out_path, flags, 0o644)]
    streams += [(os.POSIX_SPAWN_OPEN, 2, err_path, flags, 0o644)]
    started = time.perf_counter()
    process_id = os.posix_spawnp(command[0], command, os.environ, file_actions=streams)
    _, status, usage = os.wait4(process_id, 0)
    seconds = time.perf_counter() - started
    cost = [usage.ru_utime + usage.ru_stime, seconds, usage.ru_maxrss * 1024]
    print(json.dumps(cost))
    return os.waitstatus_to_exitcode(status) & 0xFF


if __name__ == "__main__":
    sys.exit(main())
