import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.views.generic.preview import StreamFieldBlockPreview
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.models import Document
from wagtail.rich_text import features

from competencies.models import Completion, PlanItem, TrainingRecord
from competencies.rules import Progress
from content.actions import begin_module, finish_module
from content.blocks import SectionContent
from content.blocks.learning import CheckBlock, VoiceBlock
from content.blocks.media import VideoBlock
from content.models import CurriculumPage, LearningIndexPage, ModulePage, ModuleProgress
from content.models.progress import is_found
from tests.factories import line

from .conftest import add_module

TODAY = datetime.date(2026, 11, 24)


def begin(page, person) -> ModuleProgress:
    return begin_module(page=page, person=person, at=timezone.now(), on=TODAY)


def finish(page, progress) -> None:
    finish_module(page=page, progress=progress, at=timezone.now(), on=TODAY)


def test_progress_is_ones_own_and_nobody_elses(module, cast, lena):
    begin(module, lena)
    seeing = {
        name
        for name, user in cast.items()
        if ModuleProgress.objects.visible_to(user).exists()
    }
    assert seeing == {"lena"}


def test_a_partner_reads_what_is_open_to_partners(module, pat, lena, tia):
    assert not ModulePage.objects.visible_to(pat.user).exists()
    ModulePage.objects.update(is_open_to_partners=True)
    assert ModulePage.objects.visible_to(pat.user).get() == module
    assert ModulePage.objects.visible_to(tia.user).get() == module
    assert ModulePage.objects.visible_to(lena.user).get() == module


def test_a_draft_is_not_there_yet(module, lena):
    module.unpublish()
    assert not ModulePage.objects.visible_to(lena.user).exists()


def test_beginning_puts_the_line_in_progress(module, lena):
    begin(module, lena)
    assert line(lena, "OB-01").progress == Progress.IN_PROGRESS


def test_beginning_again_goes_on(module, lena):
    first = begin(module, lena)
    assert begin(module, lena) == first


def test_finishing_records_what_was_taken(module, lena):
    finish(module, begin(module, lena))
    record = TrainingRecord.objects.get(person=lena)
    assert record.title == "Small steps"
    assert record.objectives == ["Listen first", "Ask gently"]
    assert record.minutes == 8
    assert record.content_hash == module.content_hash()
    assert line(lena, "OB-01").progress == Progress.AWAITING


def test_finishing_twice_records_once(module, lena):
    progress = begin(module, lena)
    finish(module, progress)
    finish(module, progress)
    assert TrainingRecord.objects.filter(person=lena).count() == 1


def test_a_later_edition_opens_nothing_that_is_finished(module, lena):
    progress = begin(module, lena)
    finish(module, progress)
    module.title = "Small steps, second edition"
    module.save_revision().publish()
    finish(module, progress)
    assert Completion.objects.filter(person=lena).count() == 1


def test_an_introduction_completes_nothing(chapter, lena):
    page = add_module(chapter, "module-ob-03", "Before the training")
    finish(page, begin(page, lena))
    item = PlanItem.objects.get(person=lena, topic__code="OB-03")
    assert item.introduced_on == TODAY
    assert not Completion.objects.filter(person=lena).exists()


def test_a_copy_points_at_the_same_training(module):
    other = module.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert other.training == module.training


def test_a_module_is_published_with_a_section():
    field = ModulePage._meta.get_field("sections").formfield()
    with pytest.raises(ValidationError):
        field.clean(field.block.to_python([]))


def test_a_review_has_a_name_and_a_day(module):
    module.reviewed_by = "Somebody"
    with pytest.raises(ValidationError):
        module.save()
    module.reviewed_on = TODAY
    module.save()
    assert module.is_reviewed


def test_the_pages_have_their_places():
    assert LearningIndexPage.allowed_subpage_models() == [CurriculumPage]
    assert CurriculumPage.allowed_subpage_models() == [ModulePage]
    assert ModulePage.allowed_subpage_models() == []


def test_all_good_answers_and_no_other_are_found(module):
    several = module.sections[2].value["content"][0].value
    assert is_found(several, [0, 2])
    assert not is_found(several, [0])
    assert not is_found(several, [0, 1, 2])
    assert not is_found(several, [])


def test_a_question_needs_a_good_answer():
    wrong = {"text": "Hurry", "right": False, "feedback": "Slow down."}
    block = CheckBlock()
    value = block.to_python({"question": "What helps?", "choices": [wrong, wrong]})
    with pytest.raises(StructBlockValidationError):
        block.clean(value)


@pytest.mark.parametrize(
    "block",
    SectionContent().child_blocks.values(),
    ids=lambda block: block.name,
)
def test_a_block_shows_the_editor_what_it_looks_like(block, rf, root):
    assert block.is_previewable
    assert block.get_description()
    request = rf.get("/", {"id": block.definition_prefix})
    request.user = root
    answer = StreamFieldBlockPreview.as_view()(request)
    page = answer.render().content.decode()
    assert '<article class="reader page">' in page
    assert "None" not in page
    assert len(page.split("<article")[1]) > 60


VIDEO = {
    "title": "A visit",
    "file": None,
    "link": "https://example.org/",
    "captions": None,
    "transcript": "Two people talk.",
}


def test_a_video_from_elsewhere_is_a_link_that_one_follows():
    block = VideoBlock()
    shown = block.render(block.clean(block.to_python(VIDEO)))
    assert 'href="https://example.org/"' in shown
    assert "Two people talk." in shown
    for tag in ("<iframe", "<video", "<embed", "<object"):
        assert tag not in shown


@pytest.mark.parametrize("lacks", ["transcript", "link"])
def test_a_video_is_published_with_words_and_a_source(lacks):
    block = VideoBlock()
    value = block.to_python({**VIDEO, lacks: ""})
    with pytest.raises(StructBlockValidationError):
        block.clean(value)
    assert block.clean_deferred(value)["title"] == "A visit"


def test_a_video_of_ones_own_is_played_with_its_captions(db):
    files = [
        Document.objects.create(title=name, file=ContentFile(b"x", name=name))
        for name in ("visit.mp4", "visit.vtt")
    ]
    block = VideoBlock()
    told = {**VIDEO, "link": "", "file": files[0].pk, "captions": files[1].pk}
    shown = block.render(block.clean(block.to_python({**told, "transcript": ""})))
    assert "<video controls" in shown
    assert '<track kind="captions"' in shown


def test_a_voice_is_not_printed_without_consent():
    block = VoiceBlock()
    said = {"words": "My own words.", "who": "A mother", "consent_kept": "Folder 3"}
    without = block.to_python({**said, "consent_on": None})
    assert "My own words." not in block.render(without)
    with pytest.raises(StructBlockValidationError):
        block.clean(without)
    shown = block.render(block.to_python({**said, "consent_on": "2026-11-01"}))
    assert "My own words." in shown
    assert "Folder 3" not in shown


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://a.test/", True),
    ],
)
def test_a_link_that_would_run_a_script_is_no_link(address, is_link):
    """As the editor sends it, with the features of our text block."""
    told = {
        "blocks": [
            {
                "key": "a",
                "type": "unstyled",
                "text": "here",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"key": 0, "offset": 0, "length": 4}],
            }
        ],
        "entityMap": {
            "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}
        },
    }
    converter = ContentstateConverter(features.get_default_features())
    kept = converter.to_database_format(json.dumps(told))
    assert (address in kept) is is_link
