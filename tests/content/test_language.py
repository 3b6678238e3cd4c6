import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.language import WordList, WordRule, grade, minutes, plain, texts_in

RULES = [
    WordRule(
        "1", ["addict", "addicts"], ["person who uses substances"], "People first."
    ),
    WordRule("2", ["relapse"], ["recurrence"], "Kinder.", ["relapse prevention"]),
    WordRule("3", ["MAT"], ["MOUD"], "It is treatment."),
    WordRule("4", ["rock bottom"], ["help early"], "It works."),
]
WORDS = WordList(RULES)


def found(text: str) -> list[str]:
    return [finding.found for finding in WORDS.check(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("An addict came.", ["addict"]),
        ("Addicts and ADDICT.", ["Addicts", "ADDICT"]),
        ("Addiction, addictive.", []),
        ("He hit rock\nbottom.", ["rock\nbottom"]),
        ("MAT helps; a yoga mat does too.", ["MAT"]),
        ("A relapse-free year.", []),
        ("Her plan for relapse prevention holds.", []),
        ("A relapse, and relapse prevention.", ["relapse"]),
        ("", []),
    ],
)
def test_whole_words_are_found_as_they_are_written(text, words):
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "She said “I am an addict” and meant it.",
        'The court wrote "addict" in its order.',
        "«Once an addict», they said.",
        "Read the Relapse Prevention Workbook.",
        "Read Life of an Addict by somebody.",
        "The National Institute on Relapse says so.",
    ],
)
def test_quotations_and_titles_are_left_alone(text):
    assert found(text) == []


def test_the_first_word_of_a_sentence_is_no_title():
    assert found("Relapse is common.") == ["Relapse"]


def test_a_finding_says_why_and_what_to_say_instead():
    [finding] = WORDS.check("Somebody called him an addict yesterday.")
    assert finding.rule.say == ["person who uses substances"]
    assert finding.rule.why == "People first."
    assert finding.before.endswith("called him an ")
    assert finding.after == " yesterday."


@given(st.text(max_size=200))
def test_what_is_found_stands_in_the_text(text):
    for finding in WORDS.check(text):
        end = finding.start + len(finding.found)
        assert text[finding.start : end] == finding.found


def test_an_empty_list_finds_nothing():
    assert list(WordList([]).check("An addict came.")) == []


def test_five_thousand_words_take_less_than_fifty_milliseconds():
    many = [
        WordRule(str(n), [f"word{n}", f"words {n}"], ["other"], "why")
        for n in range(60)
    ]
    words = WordList([*RULES, *many])
    page = (
        "Nobody here is an addict, and “quoted” Words Stand Beside plain ones. " * 420
    )
    assert len(page.split()) > 5000

    def spent() -> float:
        begun = time.process_time()
        assert len(list(words.check(page))) == 420
        grade(page)
        return time.process_time() - begun

    assert min(spent() for _ in range(5)) < 0.05


def test_short_words_and_sentences_are_easy_to_read():
    easy = "We sit down. She tells me of her day. I hear her out."
    hard = "Interdisciplinary collaboration necessitates organizational accountability."
    assert grade(easy) < 3
    assert grade(hard) > 12
    assert grade("") == 0


def test_minutes_are_counted_from_words_questions_and_pauses():
    assert minutes(["word " * 400], questions=0, pauses=0) == 2
    assert minutes(["word " * 400], questions=4, pauses=1) == 5
    assert minutes([], questions=0, pauses=0) == 0


def test_rich_text_is_read_without_tags_and_quotations_set_apart():
    told = "<p>One &amp; <b>two</b></p><blockquote>addict</blockquote><p>Three</p>"
    assert plain(told) == "One & two\nThree"


def test_what_a_page_says_is_found_in_its_data_and_names_are_not():
    stored = [
        {
            "type": "section",
            "value": {
                "title": "A title",
                "content": [
                    {"type": "text", "value": "<p>Read me</p>"},
                    {"type": "voice", "value": {"words": "Quoted", "who": "M"}},
                    {
                        "type": "words",
                        "value": [
                            {
                                "type": "item",
                                "value": {
                                    "instead_of": "x",
                                    "say": "Say it",
                                    "why": "",
                                },
                            }
                        ],
                    },
                    {
                        "type": "checklist",
                        "value": {
                            "title": "No",
                            "items": [{"type": "item", "value": "An item"}],
                        },
                    },
                ],
            },
        }
    ]
    assert [text for text in texts_in(stored) if text] == [
        "Read me",
        "Say it",
        "An item",
    ]
