"""The exchange desk: keys, a package out, taken in by the province, its receipt back."""

import io
import shutil
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.application import keys, offices, packages, sent_packages, submissions, weighing
from desktop.application.children import NewChild, register
from desktop.application.records import open_record
from desktop.domain.children import Measurement, Sex
from desktop.domain.periods import Period
from desktop.exchange.package import sealing
from desktop.ui.places import Place
from desktop.ui.screens.exchange.keys import TrustDialog
from desktop.ui.screens.exchange.screen import taken_words
from desktop.ui.style.signs import Sign
from tests.ui.conftest import opened, settle
from tests.ui.offices import TODAY

STICK = "usb"


@pytest.fixture
def province(tmp_path):
    path = tmp_path / "so-y-te.sotramdb"
    offices.create_office(path, level="province", unit="15", today=TODAY, as_of=Period.of_year(2024).last)
    return path


@pytest.fixture
def window(qtbot, styled, record, tmp_path):
    (tmp_path / STICK).mkdir()
    made = opened(qtbot, record, package_folder=str(tmp_path / STICK))
    yield made
    made.session.jobs.close()


@pytest.fixture
def screen(qtbot, window):
    made = window.show_place(Place.EXCHANGE)
    settle(qtbot, window)
    return made


def key_of(path):
    with open_record(path) as record:
        return keys.own_key(record, on=TODAY)


def trust_each_other(screen, province, window):
    with open_record(province) as above:
        own = key_of(window.session.path)
        keys.trust(above, data=own.public.encode(), role="child", fingerprint=own.fingerprint, on=TODAY)
    theirs = key_of(province)
    screen.keys.trust(theirs.public.encode(), fingerprint=theirs.fingerprint)


def test_without_a_partner_the_desk_says_what_comes_first(screen):
    assert screen.view.no_partner.isVisible()
    assert not screen.view.write.isVisible()


def test_our_digits_stand_in_six_groups_of_five(window, screen):
    digits = screen.keys.own_digits.text().split()
    assert [len(group) for group in digits] == [5] * 6
    assert " ".join(digits) == key_of(window.session.path).fingerprint


def test_our_key_file_is_what_the_partner_can_read(window, screen, tmp_path):
    from desktop.exchange.package.keys import read_key_file

    out = tmp_path / "khoa.sotramkey"
    screen.keys.save_key(out)
    assert read_key_file(out.read_bytes()).name == window.session.office.name


def test_wrong_digits_cannot_be_confirmed(qtbot, styled, province):
    theirs = key_of(province)
    dialog = TrustDialog(None, theirs.name, theirs.fingerprint, may_skip=True)
    qtbot.addWidget(dialog)
    dialog.digits.setText("00000")
    assert not dialog.confirm.isEnabled()
    assert dialog.said.text() == "Dãy số này không khớp với tệp. Không tin khóa này."
    dialog.digits.setText(theirs.fingerprint.replace(" ", "-"))
    assert dialog.confirm.isEnabled()


def test_the_whole_round_from_the_district_to_the_province_and_back(qtbot, window, screen, province, tmp_path):
    trust_each_other(screen, province, window)
    assert screen.keys.model.rowCount() == 1
    assert screen.status.pending > 0
    screen.view.finished_only.setChecked(False)
    qtbot.mouseClick(screen.view.write, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert [step.words.text() for step in screen.view.steps][2] == "Ghi, đọc lại và so từng byte"
    sent = list((tmp_path / STICK / "SoTram").glob("*.sotram"))
    assert len(sent) == 1
    assert screen.view.sent_model.rowCount() == 1
    with open_record(province) as above:
        taken = packages.take_package(above, file=sent[0], today=TODAY)
    assert taken.result == "accepted"
    screen.look_for_places()
    settle(qtbot, window)
    receipts = [one for one in screen.view.incoming_model.rows if one.is_receipt]
    assert [one.acceptable for one in receipts] == [True]
    screen.choose_incoming(receipts[0])
    qtbot.mouseClick(screen.view.take, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.status.acknowledged == 1
    assert screen.status.pending == 0
    window.show_facts()
    settle(qtbot, window)
    assert window.status.partner.words.text() == "Sở Y tế tỉnh Yên Bái đã nhận đủ"


def test_a_province_takes_a_package_in_only_after_it_was_looked_at(qtbot, styled, record, province, tmp_path):
    theirs, ours = key_of(province), key_of(record)
    with open_record(record) as district, open_record(province) as above:
        keys.trust(district, data=theirs.public.encode(), role="parent", fingerprint=theirs.fingerprint, on=TODAY)
        keys.trust(above, data=ours.public.encode(), role="child", fingerprint=ours.fingerprint, on=TODAY)
        sent = packages.export_package(district, partner="15", folder=tmp_path, today=TODAY)
    window = opened(qtbot, province)
    screen = window.show_place(Place.EXCHANGE)
    screen.open_file(sent.file)
    settle(qtbot, window)
    assert screen.incoming.acceptable
    assert "42 biểu" in screen.incoming.said
    qtbot.mouseClick(screen.view.take, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.took.result == "accepted"
    assert screen.took.receipt.exists()
    window.show_place(Place.ENTRY)
    assert window.screens[Place.ENTRY].model.rowCount() > 100
    window.session.jobs.close()


def test_a_form_that_the_province_returned_is_told_when_its_package_is_taken(qtbot, window, screen, province, tmp_path):
    trust_each_other(screen, province, window)
    year = Period.of_year(2024)
    with open_record(window.session.path) as district:
        code = offices.communes_of(district, on=year.last)[0].code
        submissions.complete(district, unit=code, form="commune", period=year, reason="đã hỏi trạm")
        sent = packages.export_package(district, partner="15", folder=tmp_path, today=TODAY)
    with open_record(province) as above:
        packages.take_package(above, file=sent.file, today=TODAY)
        (row, *_rest) = [one for one in submissions.rows(above, period=year) if "return" in one.may]
        submissions.give_back(above, unit=row.commune.code, form=row.form, period=year, reason="xem lại cột 5")
        lacking = sent_packages.unreceived(above, partner="137")
        assert [row.commune.uid in one.units for one in lacking if one.period == "2024"] == [True]
        back = packages.export_package(above, partner="137", folder=tmp_path, today=TODAY)
    screen.open_file(back.file)
    settle(qtbot, window)
    qtbot.mouseClick(screen.view.take, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "đã trả lại biểu" in taken_words(screen.took)
    assert "xem lại cột 5" in taken_words(screen.took)


def test_a_file_that_is_no_package_is_refused_in_words(qtbot, window, screen, tmp_path):
    wrong = tmp_path / "137-15-000009-20250114.sotram"
    wrong.write_bytes(b"nothing of the kind")
    screen.open_file(wrong)
    settle(qtbot, window)
    assert not screen.view.take.isEnabled()
    assert screen.view.detail.text()
    assert screen.incoming.sign is Sign.ERROR


def test_nothing_to_send_is_said_and_makes_no_file(qtbot, busy_window, tmp_path):
    window = busy_window
    screen = window.show_place(Place.EXCHANGE)
    settle(qtbot, window)
    screen.view.finished_only.setChecked(True)
    folder = tmp_path / "leer"
    folder.mkdir()
    screen.choose_folder(folder)
    before = screen.status.pending
    screen.write()
    settle(qtbot, window)
    assert before > 0
    made = list((folder / "SoTram").glob("*.sotram"))
    assert len(made) <= 1
    shutil.rmtree(folder)


def test_everything_can_be_sent_again_to_an_office_that_begins_anew(qtbot, busy_window):
    screen = busy_window.show_place(Place.EXCHANGE)
    settle(qtbot, busy_window)
    screen.view.finished_only.setChecked(False)
    screen.write()
    settle(qtbot, busy_window)
    few = screen.status.sent
    screen.view.whole.setChecked(True)
    assert screen.view.write.isEnabled()
    screen.write()
    settle(qtbot, busy_window)
    assert screen.status.sent == few + 1
    assert screen.view.sent_model.rows[0].rows > screen.view.sent_model.rows[1].rows
    assert not screen.view.whole.isChecked()


def test_an_open_package_is_written_for_an_office_without_a_key(qtbot, window, tmp_path):
    from desktop.ui.screens.exchange.open_package import write_open_package

    screen = window.show_place(Place.EXCHANGE)
    settle(qtbot, window)
    said = []
    window.session.said.connect(lambda text, _tone: said.append(text))
    folder = tmp_path / STICK
    year = Period.of_year(2024)
    window.session.write(
        lambda record: submissions.complete(record, unit="04456", form="commune", period=year, reason="trạm chưa có số")
    )
    write_open_package(window, window.session, "15", folder)
    settle(qtbot, window)
    assert [file.suffix for file in folder.iterdir()] == [".zip"]
    assert "không niêm phong" in said[-1]

    assert [one.sequence for one in sent_packages.sent_packages(window.session.record, partner="15")] == [1]
    assert sent_packages.unreceived(window.session.record, partner="15")
    assert not sent_packages.has_key(window.session.record, partner="15")
    assert screen.view.no_partner.isHidden()


KIN = NewChild(
    "",
    "Giàng Thị Kín",
    Sex.FEMALE,
    date(2022, 3, 14),
    "bản Mỏ Vàng",
    "Mông",
    "Lý Thị Mờ",
    "012345678901",
    "gần suối Lạnh",
)
SECRETS = (KIN.name, "2022-03-14", KIN.village, KIN.mother, KIN.personal_id, KIN.note)


@pytest.mark.parametrize(
    ("detail", "rows"),
    [("totals", []), ("unnamed", ["rows/unnamed_visit.ndjson"]), ("full", ["rows/child.ndjson"])],
)
def test_what_leaves_of_children_is_chosen_and_said(qtbot, window, screen, province, tmp_path, detail, rows):
    with open_record(window.session.path) as district:
        commune = offices.communes_of(district, on=TODAY)[0].uid
        (uid,) = register(district, new=[replace(KIN, unit=commune)]).uids
        weighing.measure(district, measurements=[Measurement(uid, date(2024, 6, 1), None, 9800, 812)])
    trust_each_other(screen, province, window)
    screen.view.finished_only.setChecked(False)
    choice = screen.view.detail_choice
    assert choice.detail == "totals"
    choice.choose(detail)
    assert choice.says.text().startswith("Gửi đi:")
    if detail != "totals":
        assert not screen.view.write.isEnabled()
        choice.reason.setText("Công văn số 12/SYT-NVY")
    qtbot.mouseClick(screen.view.write, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    (sent,) = (tmp_path / STICK / "SoTram").glob("*.sotram")
    with open_record(province) as above:
        seals = tuple(one.private.seal_identity for one in keys.identities(above))
    with zipfile.ZipFile(io.BytesIO(sealing.unseal(sent.read_bytes(), seals))) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    told = [name for name in entries if "child" in name or "visit" in name]
    assert told == rows or (detail == "full" and rows[0] in told)
    told_all = b"".join(entries.values())
    assert {secret.encode() in told_all for secret in SECRETS} == {detail == "full"}
    assert not any(secret.encode() in told_all for secret in ("14/03/2022", "20220314", "giang thi kin"))
    assert sent.name.isascii()
    assert not any(secret.encode() in sent.read_bytes() for secret in SECRETS)
    assert choice.detail == "totals"
