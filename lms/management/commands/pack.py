import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms import actions
from lms.conf import conf
from lms.models import Pack
from lms.rules import Fault


class Command(BaseCommand):
    help = "Checks, loads and writes a state pack: everything that one state decides."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("example", help="Print an empty pack with comments.")
        for act, told in [
            ("validate", "Say what there is to mend, with line numbers."),
            ("load", "Load a pack, whole or not at all. Safe to repeat."),
        ]:
            acts.add_parser(act, help=told).add_argument("path", type=Path)
        export = acts.add_parser("export", help="Write the pack as it stands here.")
        export.add_argument("path", type=Path)
        export.add_argument("--pack", help="its key, where several are loaded")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["act"])(options)
        except actions.PackHasFaults as error:
            self.refuse(options["path"], error.faults)

    def example(self, options: dict[str, Any]) -> None:
        self.stdout.write(conf.example_pack.read_text(encoding="utf-8"), ending="")

    def validate(self, options: dict[str, Any]) -> None:
        path = options["path"]
        file = actions.read_state_pack(actions.text_of(path))
        for each in file.left_out:
            self.stderr.write(f"{path}, line {each.line}: left out. {each.says}")
        self.refuse(path, file.faults)
        told = ", ".join(f"{len(rows)} {key}" for key, rows in file.entries.items())
        self.stdout.write(f"{file.header['title']}: nothing to mend. {told}.")

    def load(self, options: dict[str, Any]) -> None:
        changes = actions.load_pack(text=actions.text_of(options["path"]))
        for sentence in changes or ["nothing to change"]:
            self.stdout.write(sentence)

    def export(self, options: dict[str, Any]) -> None:
        path = options["path"]
        text = actions.export_pack(pack=self.chosen(options["pack"]))
        self.refuse(path, actions.read_state_pack(text).faults)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            message = f"{path} is there already, and stays. Choose another name."
            raise CommandError(message) from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"Written to {path}.")

    def chosen(self, key: str | None) -> Pack:
        packs = Pack.objects.filter(key=key) if key else Pack.objects.all()
        if len(packs) == 1:
            return packs[0]
        known = ", ".join(Pack.objects.values_list("key", flat=True))
        raise CommandError(
            f"Choose one with --pack: {known}." if known else "No pack is loaded yet."
        )

    def refuse(self, path: Path, faults: list[Fault]) -> None:
        if not faults:
            return
        for fault in faults:
            self.stderr.write(f"{path}, line {fault.line}: {fault.says}")
        self.stderr.write(f"Nothing was done. Places to mend: {len(faults)}.")
        sys.exit(1)
