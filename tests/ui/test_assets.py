"""The asset step: nothing remote, nothing missing, the same bytes every time."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from vbc.ui.management.commands.build_assets import own_css

MODULES = Path(settings.BASE_DIR) / "node_modules"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("assets")
    call_command("build_assets", output=folder, verbosity=0)
    return folder / "vendor"


def test_style_sheet_asks_no_other_host(built):
    css = (built / "nhsuk" / "nhsuk-frontend.min.css").read_text()
    assert not re.findall(r"https?:|url\(\s*['\"]?//|@import", css)
    assert "Frutiger" not in css
    assert "sourceMappingURL" not in css


def test_every_file_that_the_style_sheet_names_is_there(built):
    css = (built / "nhsuk" / "nhsuk-frontend.min.css").read_text()
    named = set(re.findall(r"url\(['\"]?([^)'\"]+)", css))
    assert len([name for name in named if name.endswith(".ttf")]) == 4
    for name in named:
        assert (built / "nhsuk" / name).is_file(), name


def test_script_starts_itself_and_has_no_map(built):
    script = (built / "nhsuk" / "nhsuk-frontend.min.js").read_text()
    assert "sourceMappingURL" not in script
    assert "\ninitAll();" in script


def test_same_input_makes_the_same_bytes(built, tmp_path):
    call_command("build_assets", output=tmp_path, verbosity=0)

    def digests(root):
        return {
            str(path.relative_to(root)): sha256(path.read_bytes()).hexdigest()
            for path in root.rglob("*")
            if path.is_file()
        }

    assert digests(tmp_path / "vendor") == digests(built)


def test_building_again_replaces_what_was_there(tmp_path):
    left = tmp_path / "vendor" / "old.txt"
    left.parent.mkdir()
    left.write_text("from last year")
    call_command("build_assets", output=tmp_path, verbosity=0)
    assert not left.exists()


def test_missing_packages_are_said_with_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="npm ci"):
        call_command("build_assets", node_modules=tmp_path, output=tmp_path / "out", verbosity=0)
    assert not (tmp_path / "out").exists()


def test_remote_address_in_a_new_release_stops_the_step():
    with pytest.raises(CommandError, match="tracker"):
        own_css("a{background:url(https://tracker.example/pixel.png)}")


def test_our_own_style_sheet_asks_no_other_host():
    css = (Path(settings.BASE_DIR) / "static" / "vbc.css").read_text()
    assert not re.findall(r"https?:|url\(|@import", css)
