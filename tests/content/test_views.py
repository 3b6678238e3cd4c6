import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from competencies.models import TrainingRecord
from content.models import ModulePage, ModuleProgress
from content.panels import ContinuePanel
from content.wagtail_hooks import link_trainings
from lms import policy

from .conftest import add_module, signed_in

NOTICE = "Not yet reviewed by people with lived experience"


def url(name: str, page: ModulePage, *arguments: int) -> str:
    return reverse(f"lms_content:{name}", args=[page.pk, *arguments])


def text_of(response) -> str:
    return response.content.decode()


def answer(client: Client, page: ModulePage, number: int, check: str, *places: int):
    return client.post(
        url("section", page, number), {"check": check, "choice": places}, follow=True
    )


def walk_through(client: Client, page: ModulePage) -> None:
    for number in (1, 2, 3):
        client.get(url("section", page, number))
    answer(client, page, 2, "one", 0)
    answer(client, page, 3, "several", 0, 2)


@pytest.fixture
def reader(lena) -> Client:
    return signed_in(lena)


def test_the_door_is_closed_to_strangers(module, client):
    for path in [
        reverse("lms_content:learn"),
        url("module", module),
        url("section", module, 1),
        url("finish", module),
        url("module_print", module),
    ]:
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


def test_what_is_not_open_to_partners_is_not_found(module, pat):
    client = signed_in(pat)
    assert client.get(url("module", module)).status_code == 404
    assert client.post(url("section", module, 1)).status_code == 404
    assert client.post(url("finish", module)).status_code == 404
    assert module.title not in text_of(client.get(reverse("lms_content:learn")))


def test_the_overview_says_what_waits(module, reader):
    page = text_of(reader.get(url("module", module)))
    for words in ["Small steps", "8 min", "Listen first", "Middle", "Start"]:
        assert words in page
    assert "This is work time" in page


def test_every_page_says_that_nobody_reviewed_it_yet(module, reader):
    pages = [url("module", module), url("module_print", module), url("finish", module)]
    pages += [url("section", module, number) for number in (1, 2, 3)]
    assert all(NOTICE in text_of(reader.get(page)) for page in pages)
    module.reviewed_by, module.reviewed_on = "Somebody", "2026-11-20"
    module.save()
    assert not any(NOTICE in text_of(reader.get(page)) for page in pages)


def test_one_goes_on_at_the_first_section_not_opened(module, reader):
    reader.get(url("section", module, 1))
    page = text_of(reader.get(url("module", module)))
    assert "Continue at section 2" in page


def test_a_section_that_is_not_there(module, reader):
    assert reader.get(url("section", module, 4)).status_code == 404
    assert reader.get(url("section", module, 0)).status_code == 404


def test_an_answer_comes_back_with_its_feedback(module, reader):
    page = text_of(answer(reader, module, 2, "one", 1))
    assert "There is time to slow down." in page
    assert "It opens doors." not in page
    page = text_of(answer(reader, module, 2, "one", 0))
    assert "It opens doors." in page


def test_an_answer_stays_until_the_next_visit(module, reader, lena):
    answer(reader, module, 2, "one", 0)
    page = text_of(signed_in(lena).get(url("section", module, 2)))
    assert "It opens doors." in page


def test_one_of_two_good_answers_is_on_the_way(module, reader):
    assert "there is more that fits" in text_of(answer(reader, module, 3, "several", 0))
    assert "that works well" in text_of(answer(reader, module, 3, "several", 0, 2))


@pytest.mark.parametrize(
    "sent", [{}, {"check": "one"}, {"check": "one", "choice": "x"}, {"check": "no"}]
)
def test_without_a_choice_one_is_asked_for_it(module, reader, sent):
    response = reader.post(url("section", module, 2), sent, follow=True)
    assert "Choose one of the answers first." in text_of(response)


def test_the_end_says_what_is_left(module, reader):
    reader.get(url("section", module, 2))
    response = reader.post(url("finish", module))
    page = text_of(response)
    assert "Almost there" in page
    assert f'{url("section", module, 1)}"' in page
    assert f'{url("section", module, 2)}#check-one"' in page
    assert not TrainingRecord.objects.exists()


def test_a_heavy_module_says_that_one_may_pause(module, reader):
    pause = "You can pause, or do this with your supervisor."
    assert pause not in text_of(reader.get(url("section", module, 1)))
    ModulePage.objects.update(is_heavy=True)
    assert pause in text_of(reader.get(url("module", module)))
    assert pause in text_of(reader.get(url("section", module, 1)))
    assert pause in text_of(reader.get(url("module_print", module)))


def test_the_end_says_what_to_remember_and_what_comes_next_together(module, reader):
    ModulePage.objects.update(key_points="Trust is slow.", next_steps="Talk of trust.")
    walk_through(reader, module)
    assert "Trust is slow." in text_of(reader.get(url("section", module, 3)))
    end = text_of(reader.post(url("finish", module), follow=True))
    printed = text_of(reader.get(url("module_print", module)))
    for page in (end, printed):
        assert "Trust is slow." in page
        assert "Talk of trust." in page


def test_what_a_group_does_together_keeps_nothing(module, reader):
    ModulePage.objects.update(is_done_together=True)
    assert "For a group" in text_of(reader.get(url("module", module)))
    page = text_of(reader.get(url("section", module, 2)))
    assert "What helps first?" in page
    assert "<form" not in page.split("<article")[1]
    answer(reader, module, 2, "one", 0)
    assert reader.post(url("finish", module)).status_code == 404
    assert not ModuleProgress.objects.exists()


def test_the_whole_way(module, reader, lena):
    walk_through(reader, module)
    response = reader.post(url("finish", module), follow=True)
    page = text_of(response)
    assert "Next comes the first visit." in page
    assert "Your supervisor sees that you finished" in page
    assert TrainingRecord.objects.get().person == lena
    reader.post(url("finish", module))
    assert TrainingRecord.objects.count() == 1


def test_after_an_introduction_the_training_itself_comes_next(chapter, lena):
    page = add_module(chapter, "module-ob-03", "Before the training")
    client = signed_in(lena)
    walk_through(client, page)
    shown = text_of(client.post(url("finish", page), follow=True))
    assert "Introduction read. Next: the training itself" in shown
    assert "Your supervisor sees that you finished" not in shown


def test_a_supervisor_reads_for_themselves(module, reader, sam):
    walk_through(reader, module)
    page = text_of(signed_in(sam).get(url("section", module, 2)))
    assert "It opens doors." not in page
    assert ModuleProgress.objects.count() == 2


def test_all_sections_on_one_printed_page(module, reader):
    page = text_of(reader.get(url("module_print", module)))
    for words in ["Opening", "Middle", "Ending", "What did you hear?"]:
        assert words in page


def test_words_in_a_section_are_found(module, reader):
    call_command("update_index", verbosity=0)
    learn = reverse("lms_content:learn")
    assert "Small steps" in text_of(reader.get(learn, {"q": "trust"}))
    assert "Nothing found" in text_of(reader.get(learn, {"q": "zebra"}))


def test_a_partner_finds_only_what_is_open_to_partners(module, pat):
    call_command("update_index", verbosity=0)
    found = signed_in(pat).get(reverse("lms_content:learn"), {"q": "trust"})
    assert "Small steps" not in text_of(found)


def test_wagtails_addresses_lead_to_the_reader(module, reader):
    response = module.serve(None)
    assert response["Location"] == url("module", module)


def test_my_plan_gets_its_links_in_one_query(
    module, lena, rf, django_assert_num_queries
):
    request = rf.get("/")
    request.user = lena.user
    policy.relations_to_program(lena.user)  # kept for the rest of the request
    training = module.training
    with django_assert_num_queries(1):
        links = link_trainings(request, [training])
    assert links == {training.pk: url("module", module)}


def test_home_offers_what_one_is_in_the_middle_of(module, reader, lena, rf):
    request = rf.get("/")
    request.user = lena.user
    assert not ContinuePanel(request).is_shown()
    reader.get(url("section", module, 1))
    assert ContinuePanel(request).get_context_data()["pages"] == [module]
    walk_through(reader, module)
    reader.post(url("finish", module))
    assert not ContinuePanel(request).is_shown()


def test_the_overview_of_all_costs_the_same(
    module, chapter, reader, assert_queries_do_not_grow
):
    def add_rows() -> None:
        for number in range(2, 7):
            add_module(chapter, f"module-ob-0{number}", f"Module {number}")

    assert_queries_do_not_grow(
        lambda: reader.get(reverse("lms_content:learn")), add_rows
    )


def test_the_editor_is_not_for_those_who_learn(module, reader):
    edit = reverse("wagtailadmin_pages:edit", args=[module.pk])
    assert reader.get(edit).status_code == 302
