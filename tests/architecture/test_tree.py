"""What the repository holds, and what it must not."""

import re
import tomllib

from tests.architecture.source import ROOT, tracked

ADRS = sorted(file.name for file in tracked("docs/adr/*.md"))
# Taken apart, so that this file isn't the one that is found.
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "un" + "pkg", "js" + "delivr",
              "google" + "apis", "//cdn" + ".", "g" + "static"]  # fmt: skip
# Invented places, this machine, two that name a format, and the licence's own.
PLACES = re.compile(
    r"(?:.*\.)?example\.(?:org|com|net)|127\.0\.0\.1|localhost|testserver|www\.w3\.org|\[?::1\]?"
)
HOST = re.compile(r"https?://([^/\s\"'`<>)\]}:|\\]+)")
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^ \\;]+)")


def texts():
    """Every text file of the repository with its words."""
    for file in tracked():
        try:
            yield str(file), (ROOT / file).read_text()
        except UnicodeDecodeError:
            continue


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / f"requirements/{name}.txt").read_text().splitlines()
    return {found["name"]: found["version"] for line in lines if (found := PINNED.match(line))}


def test_no_registry_is_named():
    assert {f"{file}: {word}" for file, text in texts() for word in REGISTRIES if word in text} == set()


def test_no_page_or_doc_leads_to_a_third_party():
    """Neither a browser nor a reader is sent to a place we don't know (product.md section 9)."""
    hosts = {(file, host) for file, text in texts() if file != "LICENSE" for host in HOST.findall(text)}
    elsewhere = {f"{file}: {host}" for file, host in hosts if host.strip(".,") and not computed(host)}
    assert elsewhere == set()


def computed(host: str) -> bool:
    """Whether a host is invented, this machine, or worked out when the code runs."""
    host = host.rsplit("@", 1)[-1]
    return "." not in host or host[0] in "{$%[(" or PLACES.fullmatch(host.rstrip(".,;…")) is not None


def test_requirements_are_pinned_with_hashes_and_name_no_index():
    for name in ("app", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text()
        blocks = re.split(r"\n(?=\S)", text)
        pinned = [block for block in blocks if PINNED.match(block)]
        assert [block.split()[0] for block in pinned if "--hash=sha256:" not in block] == []
        assert [
            line
            for line in text.splitlines()
            if re.match(r"\s*(-i|-f|--index|--extra|--find|--trusted)", line)
        ] == []
        assert len(pinned) == len(pins(name)) > 20


def test_developers_run_what_the_application_runs():
    app, dev = pins("app"), pins("dev")
    assert {name: version for name, version in app.items() if dev.get(name) != version} == {}


def test_there_is_no_lock_file_with_addresses():
    assert tracked("uv.lock", "poetry.lock", "package-lock.json", "yarn.lock", "*.egg-info/*") == []


def test_decisions_are_numbered_without_gaps():
    numbers = [int(name[:4]) for name in ADRS]
    assert numbers == list(range(1, len(ADRS) + 1))
    assert [name for name in ADRS if not re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md", name)] == []


def test_every_decision_says_what_why_and_what_else():
    for name in ADRS:
        text = (ROOT / "docs/adr" / name).read_text()
        assert text.startswith(f"# {int(name[:4])}. "), name
        assert {"## Context", "## Decision", "## Consequences"} <= set(text.splitlines()), name


def test_the_licence_is_the_one_the_package_names():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == "Apache-2.0"
    assert "Apache License\n" in (ROOT / "LICENSE").read_text()


def test_there_are_few_recipes():
    recipes = re.findall(r"^[a-z]+(?: [*+]?\w+)*:", (ROOT / "justfile").read_text(), re.MULTILINE)
    assert 0 < len(recipes) <= 12


def test_every_link_between_pages_leads_somewhere():
    """Relative links in Markdown; pictures made by a test are listed in .gitignore or present."""
    broken = set()
    for file in tracked("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / file).read_text()):
            if not (ROOT / file.parent / target).exists():
                broken.add(f"{file}: {target}")
    assert broken == set()
