"""Write the pages of the rules, docs/rules/*.md, from the data; `--check` only compares."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from indieartist.domain.preflight import Rule, RuleBook, Setting, parse_rulebook

ROOT = Path(__file__).resolve().parents[1]
TABLES, PAGES = ROOT / "resources" / "rules", ROOT / "docs" / "rules"
MADE = "<!-- Made by scripts/rules_pages.py from resources/rules; change it there. -->\n"


def main() -> int:
    """Write every page, or say which differ from the data."""
    wanted = build_pages()
    if "--check" in sys.argv:
        there = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")}
        wrong = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
        print("\n".join(wrong) or "The pages are those of the data.")
        return bool(wrong)
    PAGES.mkdir(exist_ok=True)
    for path in PAGES.glob("*.md"):
        path.unlink()
    for name, text in wanted.items():
        (PAGES / name).write_text(text, "utf-8")
    return 0


def build_pages() -> dict[str, str]:
    """Each page's text by its file name."""
    names = ("rules", "sources", "destinations", "words")
    book = parse_rulebook(
        *(tomllib.loads((TABLES / f"{n}.toml").read_text("utf-8")) for n in names)
    )
    pages = {f"{rule.id}.md": _page(book, rule) for rule in book.rules}
    return {"README.md": _index(book), **pages}


def _index(book: RuleBook) -> str:
    rows = [
        f"| [{rule.id}]({rule.id}.md) | {rule.title} | {rule.severity.label} | "
        f"{'yes' if rule.check else 'not yet'} |"
        for rule in book.rules
    ]
    head = ["| rule | what it asks | severity | checked |", "|---|---|---|---|"]
    places = [f"| `{place.key}` | {place.title} | {place.group} |" for place in _places(book)]
    return "\n".join(
        [
            "# The rules",
            "",
            MADE,
            "What gets a release rejected, rule by rule, with the page where each was read.",
            "`indieartist check R1 --for spotify` runs them,",
            "`indieartist rules TI-05` tells of one.",
            "",
            *head,
            *rows,
            "",
            "## Destinations",
            "",
            "| `--for` | destination | group |",
            "|---|---|---|",
            *places,
            "",
            "## Your own",
            "",
            "Put a file `Rules/destinations.toml` into the library's folder. A table of a known",
            "destination changes what it names; a new one may begin `like` another:",
            "",
            "    [my-label-copy]",
            '    title = "Our distributor"',
            '    like = "distrokid"',
            "    [my-label-copy.rules.AW-01]",
            "    options = { min_px = 4000 }",
            "    [my-label-copy.rules.DT-02]",
            '    severity = "off"',
            "",
            "Sources of your own go into `Rules/sources.toml`, each with a `title` and a `url`.",
            "",
        ]
    )


def _page(book: RuleBook, rule: Rule) -> str:
    state = f"Checked by the program ({rule.check})." if rule.check else f"Needs {rule.needs}."
    lines = [
        f"# {rule.id}: {rule.title}",
        "",
        MADE,
        rule.why,
        "",
        f"- Severity: {rule.severity.label}",
    ]
    lines += [f"- {state}", f"- Read on {rule.checked_on.isoformat()}"]
    lines += [f"- Figures: {_figures(rule.options)}"] if rule.options else []
    lines += ["", "## Sources", ""]
    lines += [f"- [{source.title}]({source.url})" for source in rule.sources]
    other = [_difference(place.title, rule, place.settings.get(rule.id)) for place in _places(book)]
    told = [line for line in other if line]
    lines += ["", "## Where it differs", "", *told] if told else []
    return "\n".join([*lines, ""])


def _places(book: RuleBook) -> list[Any]:
    return [place for key, place in book.destinations.items() if key != "any"]


def _difference(title: str, rule: Rule, setting: Setting | None) -> str:
    """What a destination asks otherwise; nothing where it asks the same."""
    if setting is None:
        return f"- {title}: does not ask for it"
    parts = [setting.severity.label] if setting.severity != rule.severity else []
    parts += [_figures(setting.options)] if setting.options != rule.options else []
    parts += [setting.note] if setting.note else []
    return f"- {title}: {'; '.join(parts)}" if parts else ""


def _figures(options: Any) -> str:
    return ", ".join(f"{name} = {value}" for name, value in options.items())


if __name__ == "__main__":
    sys.exit(main())
