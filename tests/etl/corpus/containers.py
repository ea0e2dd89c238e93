"""Zips and folders, what lies in them, and things that are no plain file."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from tests.etl.corpus.kind import loaded, refused
from tests.etl.corpus.material import FIGURES, OPEN_DATA, SERIES, Material, zipped

STREET_NAME = "2025-01/2025-01-hampshire-street.csv"


@loaded(8, real=True)
def archive_as_downloaded(m: Material) -> Path:
    return m.archive({STREET_NAME: m.street()})


@refused("damaged or cut short", real=True)
def truncated_archive_of_deflated_members(m: Material) -> Path:
    content = zipped({STREET_NAME: m.street(200)})
    return m.write("download.zip", content[: len(content) * 2 // 3])


@refused("damaged or cut short", real=True)
def truncated_archive_of_stored_members(m: Material) -> Path:
    content = zipped({STREET_NAME: m.street(200)}, zipfile.ZIP_STORED)
    return m.write("download.zip", content[: len(content) * 2 // 3])


@refused("damaged", real=True)
def archive_with_flipped_bits(m: Material) -> Path:
    content = bytearray(zipped({STREET_NAME: m.street(200)}))
    content[len(content) // 2] ^= 0xFF
    return m.write("download.zip", bytes(content))


@refused("damaged", real=True)
def archive_that_lies_about_its_packing(m: Material) -> Path:
    content = zipped({STREET_NAME: m.street()})
    at = content.rindex(b"PK\x01\x02")
    return m.write("download.zip", content[: at + 10] + b"\x63\x00" + content[at + 12 :])


@refused("protected by a password", real=True)
def encrypted_archive(m: Material) -> Path:
    content = bytearray(zipped({STREET_NAME: m.street()}))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return m.write("download.zip", bytes(content))


@refused("outside", real=True)
def path_traversal_in_an_archive(m: Material) -> Path:
    return m.archive({STREET_NAME: m.street(), "../../evil-street.csv": m.street()})


@refused("outside", real=True)
def absolute_path_in_an_archive(m: Material) -> Path:
    return m.archive({STREET_NAME: m.street(), "/etc/evil-street.csv": m.street()})


@refused("outside", real=True)
def drive_letter_in_an_archive(m: Material) -> Path:
    return m.archive({STREET_NAME: m.street(), "C:\\evil-street.csv": m.street()})


@refused("also in", real=True)
def archive_with_one_month_twice(m: Material) -> Path:
    return m.archive({STREET_NAME: m.street(), "copy/" + STREET_NAME: m.street()})


@refused("no source recognises")
def archive_in_an_archive(m: Material) -> Path:
    return m.archive({"inner.zip": zipped({"figures.csv": FIGURES})})


@refused("no source recognises")
def empty_archive(m: Material) -> Path:
    return m.archive({})


@refused("no source recognises")
def template_in_an_archive(m: Material) -> Path:
    return m.archive({"figures.csv": FIGURES})


@refused("no record", real=True)
def archive_of_headers_only(m: Material) -> Path:
    return m.archive({STREET_NAME: m.street(1)})


@loaded(8, real=True)
def folder_of_mixed_files(m: Material) -> Path:
    m.write("2025-01-hampshire-street.csv", m.street())
    m.write("2025-01-hampshire-outcomes.csv", "Crime ID,Month,Outcome type\na,2025-01,b\n")
    m.write("notes.pdf", b"%PDF-1.7\n")
    m.write(".hidden", b"\x00\x01")
    m.write("open.csv", "\n".join(m.head(OPEN_DATA)))
    return m.folder


@refused("no source recognises|holds no file")
def empty_folder(m: Material) -> Path:
    return m.folder


@refused("no source recognises|is a folder")
def folder_named_like_a_file(m: Material) -> Path:
    folder = m.folder / "figures.csv"
    folder.mkdir()
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8")
    return folder


@loaded(8, real=True)
def folder_with_a_dangling_link_and_a_loop(m: Material) -> Path:
    m.write("2025-01-hampshire-street.csv", m.street())
    (m.folder / "gone.csv").symlink_to("nowhere.csv")
    (m.folder / "again").symlink_to(".", target_is_directory=True)
    return m.folder


@loaded(8, real=True)
def folder_with_a_pipe(m: Material) -> Path:
    m.write("2025-01-hampshire-street.csv", m.street())
    os.mkfifo(m.folder / "pipe.csv")
    return m.folder


@loaded(3)
def link_to_a_file(m: Material) -> Path:
    link = m.folder / "link.csv"
    link.symlink_to(m.write("figures.csv", FIGURES))
    return link


@refused("does not exist")
def link_to_nowhere(m: Material) -> Path:
    link = m.folder / "link.csv"
    link.symlink_to("nowhere.csv")
    return link


@refused("does not exist")
def link_to_itself(m: Material) -> Path:
    link = m.folder / "link.csv"
    link.symlink_to("link.csv")
    return link


@refused("neither a file nor a folder")
def a_pipe(m: Material) -> Path:
    os.mkfifo(m.folder / "figures.csv")
    return m.folder / "figures.csv"


@refused("neither a file nor a folder")
def a_device(m: Material) -> Path:
    return Path("/dev/zero")


@loaded(3)
def name_with_odd_characters(m: Material) -> Path:
    return m.write("\u202efigures' \"; drop table\n\U0001f4a3 *?[x].csv", FIGURES)


@refused("name .* not text")
def name_that_is_not_text(m: Material) -> Path:
    return m.write(os.fsdecode(b"figures-\xff.csv"), FIGURES)


@loaded(3)
def name_that_we_use_ourselves(m: Material) -> Path:
    return m.write("read", FIGURES)


@loaded(3)
def name_of_our_own_manifest(m: Material) -> Path:
    return m.write("load-own_figures.json", FIGURES + f"{SERIES},2010-03,[x]\n")


@loaded(3)
def the_same_file_twice(m: Material) -> Path:
    m.write("a.csv", FIGURES)
    return m.write("figures.csv", FIGURES)


@refused("does not exist")
def a_name_far_too_long(m: Material) -> Path:
    return m.folder / ("figures" * 100 + ".csv")
