"""`python -m indieartist`: the command line."""

from indieartist.app import command_line

if __name__ == "__main__":
    command_line()
