"""What is no interview gives no turns: news, novels, recipes, code, logs, poems, letters, lists."""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from tests.stages.layouts import laid, shown

TEXTS = {
    "news": "The harbour of Vell was closed on Tuesday.\n\n\"We had no choice,\" said Ida Frost, who runs it. \"The wall was about to fall.\"\n\n"
    "There is one rule: nobody goes near the water.\n\nUpdate: The wall fell at 10:30 on Wednesday.\n\nPhoto: Leo Marsh\n\nSource: https://example.org/wall\n",
    "news with a question": "Can the town be saved?\n\nFew people think so. The river has taken eleven houses since the spring.\n\nWhat will happen next?\n\n"
    "The council meets on Monday, and it has no plan. The county has sent two engineers, who did not speak to reporters.\n",
    "novel": "“Where have you been?” asked the miller.\n\n“At the river,” said Tom.\n\n“All night?”\n\nTom said nothing. He put his boots by the door.\n\n"
    "“Answer me,” said the miller. “Where?”\n\n“I told you. At the river.”\n\n“And who was with you?”\n\n“Nobody.”\n",
    "novel with dashes": "Мельник поднял голову.\n\n— Где ты был? — спросил он.\n\n— На реке, — ответил Том.\n\n— Всю ночь? — мельник встал.\n\n— Всю ночь.\n\n"
    "Том поставил сапоги у двери и сел. За окном светало, и никто не сказал больше ни слова.\n\n— Ну что ж, — сказал мельник. — Иди спать.\n",
    "novel with dashes in Spanish": "—¿Dónde has estado? —preguntó el molinero.\n\n—En el río —dijo Tomás.\n\n—¿Toda la noche? —el molinero se levantó.\n\n"
    "—Toda la noche.\n\nTomás dejó las botas junto a la puerta y se sentó en silencio.\n\n—Pues vete a dormir —dijo el molinero.\n",
    "recipe": "Plum cake\n\nServes: 6\nPrep time: 20 minutes\nCook time: 45 minutes\n\nIngredients:\n- 300 g flour\n- 1 kg plums\n- 2 eggs\n\nMethod:\n"
    "1. Stone the plums.\n2. Mix the flour and the eggs.\n3. Bake at 180 degrees.\n\nNote: It keeps for three days.\nTip: Serve it warm.\n",
    "recipe in German": "Zwetschgenkuchen\n\nZutaten:\n300 g Mehl\n1 kg Zwetschgen\n\nZubereitung:\nDie Zwetschgen entsteinen.\nDen Teig kneten.\n\nTipp: Warm servieren.\nHinweis: Hält drei Tage.\n",
    "code": "def greet(name):\n    if name:\n        print(name)\n    else:\n        print('nobody')\n\nclass Door:\n    def open(self):\n        return True\n\n"
    "for door in doors:\n    try:\n        door.open()\n    except ValueError:\n        pass\n",
    "yaml": "services:\n  - name: door\n    image: oak\n    port: 80\n  - name: window\n    image: glass\n    port: 81\n  - name: roof\n    image: slate\n    port: 82\n",
    "log": "2021-05-03 10:00:01 INFO: server started on port eighty\n2021-05-03 10:00:02 WARNING: the disk is nearly full\n2021-05-03 10:00:05 INFO: request served in ten ms\n"
    "2021-05-03 10:00:09 ERROR: the disk is full\n2021-05-03 10:00:11 INFO: server stopped\n",
    "cli log with actors": "12:01:44 alice> connect\n12:01:45 server> ok\n12:01:49 alice> put file.txt\n12:01:50 server> stored\n12:02:10 alice> quit\n",
    "yaml config": "server:\n  host: localhost\n  port: 8080\nclient:\n  retry: 3\n  name: Tarn\nlogging:\n  level: info\n",
    "ini chat config": "[ada]\nnick = ada\ncolour = green\n\n[tom]\nnick = tom\ncolour = red\n\n[server]\nport = 6667\n",
    "python dict": "people = {\n    'Ada': 'Who are you?',\n    'Tom': 'I am Tom.',\n}\nprint(people)\n",
    "faq list": "When is the pool open?\n\nThe pool is open from May to September.\n\nCan dogs swim?\n\nDogs may swim on the last day of the season.\n\nWhere is the car park?\n\nThe car park is behind the mill.\n\nHow much is a ticket?\n\nA ticket is four crowns.\n",
    "programme of a festival": "Friday\n18:00 Ada Lind: The Sea in Three Parts\n19:30 Tom Berg: Songs for a Kettle\n21:00 Petra Holm: The Last Ferry\n\nSaturday\n18:00 Leo Marsh: Is the Moon Yours?\n19:30 Ada Lind: The Sea Again\n",
    "cast list": "Cast\n\nAda: Petra Holm\nTom: Leo Marsh\nThe Dog: a dog\nDirector: Ida Frost\nMusic: Rolf Kess\n",
    "minutes without speech": "Present: A. Lind, T. Berg\nApologies: P. Holm\n\n1. Minutes: approved.\n2. Roof: T. Berg to get three quotes.\n3. Cat: stays.\nNext meeting: 4 May\n",
    "timetable": "Tarn 10:05\nMill 10:12\nQuay 10:20\nTarn 11:05\nMill 11:12\nQuay 11:20\n",
    "git log": "commit 4f2a9c1\nAuthor: Ada Lind <ada@tarn.example>\nDate:   Tue Mar 2 10:04:11 2021\n\n    Fix the gate: it opened twice\n\ncommit 9be0c77\nAuthor: Tom Berg <tom@tarn.example>\nDate:   Mon Mar 1 09:00:02 2021\n\n    Open the gate\n",
    "changelog dated": "2021-03-02 Ada: fixed the gate\n2021-03-01 Tom: opened the gate\n2021-02-27 Ada: closed the gate\n2021-02-20 Tom: added a gate\n",
    "novel with dash dialogue in Russian": "— Кто там? — спросил старик и поднял лампу.\n\n— Это я, — ответил мальчик.\n\nВетер хлопнул дверью. Старик долго молчал, глядя на мокрые следы.\n\n— Ты один? — спросил он наконец.\n\n— Один, — сказал мальчик и сел у печи.\n\nЗа окном шёл снег.\n",
    "play in prose": "Ada came in and put down the lamp. \"Who was it?\" asked Tom. \"Nobody,\" she said. \"Then why did you open?\" he asked. \"Because nobody knocked twice.\"\n\nTom laughed. \"You should have asked his name.\"\n",
    "letters page": "Sir: Your report on the lake was too short.\nA. Lind, Tarn\n\nSir: Your report on the lake was too long.\nT. Berg, Mill\n\nMadam: I liked the photograph.\nP. Holm, Quay\n",
    "obituary facts": "Name: Tom Berg\nBorn: 3 May 1931, Tarn\nDied: 2 June 2011, Tarn\nKnown for: The whistle\nSurvived by: Ada, Petra and a dog\n",
    "todo list mentions": "@ada please check the boiler\n@tom call the plumber\n@petra bring the keys\n@ada check it again\n",
    "rules": "There is one rule: do not feed the heron.\n\nThere is a second rule: do not ask why.\n\nThere is no third rule.\n",
    "headline caps": "WHO OWNS THE LAKE?\n\nThe lake at Tarn belongs to nobody, a court has ruled. It was drained in 1988.\n\nWHAT HAPPENS NEXT?\n\nThe county will fill it again, it said on Monday.\n\nWHO WILL PAY?\n\nThe bill goes to the mill.\n",
    "checklist with dashes": "What to bring\n\n- a lamp\n- two ropes\n- bread\n\nWhat to leave\n\n- the dog\n- the radio\n\nWhat to say\n\n- nothing\n",
    "shopping chat bot rules": "if user: greet\nelse: wait\nfor line in lines: say(line)\nwhile True: pass\n",
    "stage directions recipe": "Serves: 4\nTime: 20 minutes\n\nBoil: the water, with salt.\nAdd: the peas.\nStir: until green.\nServe: at once.\n",
    "verse drama quoted": "In the third act the King asks, \"Who is there?\" and the Fool answers: \"Your cold.\" The line was cut in 1911. A critic wrote: it was the best of the evening.\n",
    "match report ticker": "12' Lind: shot over the bar\n31' Berg: yellow card\n45' Half time\n58' Lind: goal, from the left\n77' Berg: off, for Holm\n90' Full time\n",
    "weather by place": "Tarn: sunny, 14 degrees, wind from the west.\nMill: rain in the morning, then dry.\nQuay: fog until noon.\nTarn tomorrow: cloudy, 12 degrees.\n",
    "log with components": "[10:00:01] kernel: usb 1-1 new high-speed device number two\n[10:00:02] sshd: accepted connection from the other host\n[10:00:03] kernel: usb 1-1 device was found\n",
    "poem": "The river\n\nWho goes there, over the bridge,\nwith a lamp in a cold hand?\nIs it you, my brother?\n\nNobody goes there:\nonly the water,\nonly the long night.\n\nWho calls me?\nNobody calls.\n",
    "letter": "Dear Mrs Lind,\n\nThank you for your letter of 3 May. You ask three things:\n\nFirst: when the bridge will open. We do not know.\n\nSecond: who pays. The county does.\n\n"
    "Third: whom to write to. Write to me.\n\nYours sincerely,\n\nTom Berg\n\nPS: The road is closed.\n",
    "e-mail": "From: Ada Lind\nTo: Tom Berg\nSubject: The bridge\nDate: 3 May 2021\n\nDear Tom,\n\nI have read your report. It is clear and short, and I thank you for it.\n\nAda\n\n"
    "From: Tom Berg\nTo: Ada Lind\nSubject: Re: The bridge\nDate: 4 May 2021\n\nThank you, Ada. I will send the rest on Friday.\n",
    "glossary": "Anchor: a heavy hook that holds a ship.\nBuoy: a float that marks a place.\nCapstan: a drum for winding rope.\nDavit: a small crane on a ship.\nEbb: the falling of the tide.\n",
    "list of questions": "Questions for the book club\n\n1. Why does the miller lie?\n2. What does the river stand for?\n3. Who is the stranger?\n4. Would you have stayed?\n",
    "explainer with headings": "# The tide\n\n## What is a tide?\n\nA tide is the rise and fall of the sea. It is caused by the moon.\n\n## Why are there two a day?\n\n"
    "The sea bulges on both sides of the earth. The earth turns once a day under the bulges.\n\n## When is the tide highest?\n\nIt is highest at new moon and at full moon, when the sun helps.\n",
    "sections": "# Report\n\n## Background\n\nThe bridge was built in 1931.\n\n## Findings\n\nThe piers are cracked.\n\n## Costs\n\nNobody knows them.\n\n## Background\n\nThe road is older.\n",
    "bibliography": "Berg, Tom: The mill. Vell 1931.\nFrost, Ida: The harbour. Vell 1940.\nLind, Ada: The bridge. Oslo 1955.\nMarsh, Leo: Slow. Vell 1960.\n",
    "cast": "Director: Ada Lind\nWriter: Tom Berg\nMusic: Leo Marsh\nCamera: Ida Frost\nCast: Ruth Okafor, John Pell\nLength: 90 minutes\n",
    "events": "Monday: The council meets.\nTuesday: The market is open.\nWednesday: The ferry does not run.\nThursday: Nothing happens.\nMonday: The council meets again.\nTuesday: The market is open again.\n",
    "meal plan": "Breakfast: porridge and milk, every day of the week.\nLunch: bread and cheese.\nDinner: soup.\n\nBreakfast: eggs and toast with butter.\nLunch: salad.\nDinner: fish and potatoes.\n",
    "scores": "Vell: 2\nOslo: 1\nBergen: 0\nVell: 3\nOslo: 3\nBergen: 1\n",
    "results": "Green Party: 28.5 % (2017: 21.3 %)\nHarbour Party: 24.1 % (2017: 30.2 %)\nFarmers' Party: 12.0 % (2017: 11.8 %)\n",
    "verses": "3:16 And the water rose.\n3:17 And the people went up to the hill.\n3:18 And nobody was left by the river.\n",
    "times": "10:30 The doors open.\n10:45 The mayor speaks.\n11:15 Coffee.\n11:30 The bridge is opened.\n",
    "captions without voices": "00:00:01 When did it begin?\n\n00:00:03 In the month of May.\n\n00:00:05 And then what?\n\n00:00:08 We went home.\n",
    "bullets": "What you need:\n\n- a boat\n- a rope\n- a lamp\n\nWhat you do not need:\n\n- a map\n- a friend\n- a reason\n",
    "horoscope": "Aries: Stay at home this week and rest.\nTaurus: Money comes from far away.\nGemini: Call your sister, she waits for it.\nCancer: A stranger brings good news.\n",
    "quiz": "1. Which is the longest river?\nA. The Vell\nB. The Oder\nC. The Rhine\n\n2. Which is the highest hill?\nA. The Kopf\nB. The Berg\nC. The Fell\n\n3. Who built the bridge?\nA. The county\nB. The king\nC. Nobody\n",
    "table": "| Year | Ships |\n|---|---|\n| 1931 | 12 |\n| 1932 | 15 |\n| 1933 | 9 |\n",
    "review": "Pros: It is light and it floats.\nCons: It is expensive and it leaks.\nVerdict: Buy another one.\n\nPros: It is cheap.\nCons: It sinks.\nVerdict: Do not buy it.\n",
    "round-up of links": "Read more: The bridge falls\nRead more: The bridge rises\nRead more: The bridge again\nRelated: The ferry\nRelated: The mill\n",
    "bold sections": "**Background**\n\nThe bridge was built in 1931.\n\n**What was found**\n\nThe piers are cracked.\n\n**What it costs**\n\nNobody knows.\n\n**Who pays**\n\nThe county does.\n",
    "minutes": "Present: Ada Lind, Tom Berg\nAbsent: Leo Marsh\n\n1. Bridge\n\nThe council heard a report and thanked the engineer.\n\nDecision: The bridge stays closed.\n\n2. Ferry\n\nDecision: The ferry runs on Sundays.\n",
    "empty": "", "blanks": " \n\n \t \n", "one word": "Hello", "marks only": "***\n---\n:::\n??\n",
    "Chinese news": "注：本文为虚构。\n\n五月三日，桥关闭了。市长说：“我们没有办法。”\n\n来源：河边日报\n\n图：林\n\n记者：苏\n\n编辑：陈\n",
    "German Wikinews style": "Vell, 3. Mai 2021 – Die Brücke ist geschlossen.\n\nThemenportal: Verkehr\n\nQuelle: Tagblatt\n\nQuelle: Hafenfunk\n\nHinweis: Der Artikel ist erfunden.\n",
    "theorem": "Definition: A bridge is a road over water.\n\nTheorem: Every bridge falls.\n\nProof: We wait.\n\nDefinition: A ferry is a bridge that moves.\n\nTheorem: No ferry falls.\n\nProof: It floats.\n",
    "instructions": "Step 1: Open the door.\nStep 2: Close the window.\nStep 3: Wait for an hour.\nWarning: The stove is hot.\nCaution: The floor is wet.\nNote: Do not run.\n",
    "css": "a { color: red; }\nbody { margin: 0; padding: 0; }\nh1 { font-size: 2em; color: blue; }\n",
    "ingredients with amounts": "Flour: 300 g\nSugar: 100 g\nPlums: 1 kg\nEggs: 2\nFlour: 20 g more\nSugar: 5 g more\n",
    "place and text": "LONDON: The ferry company said on Monday that it would stop the service.\n\nPARIS: The mayor of the city opened a bridge.\n\nROME: It rained for the whole week.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_prose_gives_no_turns(name: str) -> None:
    """A text in which nobody takes turns gives none, whatever stands before its colons and dashes."""
    assert shown(laid(TEXTS[name], path="case.txt")) == ()


@pytest.mark.parametrize("name", ["explainer with headings", "sections", "bold sections", "recipe", "table", "bullets"])
def test_prose_in_markdown_gives_no_turns(name: str) -> None:
    """The same holds where headings, bold and lists are read as marks."""
    assert shown(laid(TEXTS[name], path="case.md")) == ()


TRAPS = (
    "Note: The bridge was closed.", "Update: It fell at 10:30.", "https://example.org/a: a page",
    "There is one rule: nobody goes near the water.", "10:45. Then it rained.", "The ratio was 3:1 in the end.", "- a lamp: old",
    "He said: \"I will not go.\" Then he went.", "PS: Write soon.",
)  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_what_looks_like_a_label_inside_an_interview_is_speech(trap: str) -> None:
    """Inside an answer, a line with a colon, a time or a list item stays part of the answer."""
    text = f"Ada Lind: When did it begin?\n\nTom Berg: In the month of May.\n\n{trap}\n\nAda Lind: And then?\n\nTom Berg: We went home.\n"
    found = shown(laid(text))
    assert [label for label, _ in found] == ["Ada Lind", "Tom Berg", "Ada Lind", "Tom Berg"]
    assert found[1][1] == f"In the month of May. / {trap}"


@pytest.mark.parametrize(
    "furniture",
    ["Photo: Leo Marsh", "Chapter 3: The ferry", "See also: the mill.", "Advertisement", "Read more", "(A door.)"],
)
def test_furniture_between_turns_is_neither_label_nor_speech(furniture: str) -> None:
    """Credits, titles of parts, links to other texts and notes between two turns belong to nobody."""
    text = f"Ada Lind: When did it begin?\n\nTom Berg: In the month of May.\n\n{furniture}\n\nAda Lind: And then?\n\nTom Berg: We went home.\n"
    assert shown(laid(text)) == (
        ("Ada Lind", "When did it begin?"), ("Tom Berg", "In the month of May."), ("Ada Lind", "And then?"), ("Tom Berg", "We went home."),
    )  # fmt: skip


def test_quoted_dialogue_inside_an_answer_is_no_turn() -> None:
    """An answer that plays a scene with labels of its own, once, stays one answer."""
    text = (
        'Q: What did he say?\n\nA: It went like this.\n\n"Miller: Where were you?"\n\n"Tom: At the river."\n\nThat was all.\n\n'
        "Q: And you?\n\nA: I laughed.\n"
    )
    assert [label for label, _ in shown(laid(text))] == ["Q", "A", "Q", "A"]


FORMED = (
    ("caps-dot glossary", "WARNING. Do not open the lid.\n\nCAUTION. The pump is hot.\n\nWARNING. Keep children away.\n\nCAUTION. Do you wear gloves? You should.\n\nNOTE. Your pump may differ.\n", "a.txt"),
    ("rules", "RULE. You may not use your hands.\n\nPENALTY. One point to the other side.\n\nRULE. You must not shout.\n\nPENALTY. Two points.\n", "a.txt"),
    ("dictionary", "ABBOT. The head of an abbey.\n\nABBEY. Where monks live.\n\nACRE. A measure of land, about what an ox ploughs in a day.\n\nAISLE. Part of a church.\n", "a.txt"),
    ("faq-details", "<html><body><main><h1>Help</h1><details><summary>How do I reset my password?</summary><p>Click the link in the e-mail.</p></details><details><summary>Where can I see invoices?</summary><p>Open the billing tab.</p></details><details><summary>Can I change plans?</summary><p>Yes, plans can be changed at any time.</p></details></main></body></html>", "a.html"),
    ("bibliography-ru", "Лунин С. П. История мостов. Москва, 1990.\n\nГордеева А. И. Паромы Севера. Ленинград, 1975.\n\nЛунин С. П. Новые мосты. Москва, 1995.\n\nГордеева А. И. Вода и лёд. Ленинград, 1980.\n", "a.txt"),
    ("catalogue csv", "sku,colour,descr\n1,red,A large wool blanket for cold nights\n2,red,A small wool blanket for children\n3,blue,A scarf of thin cotton\n4,blue,A hat that keeps your ears warm\n", "a.csv"),
    ("products json", "[{\"cat\":\"wool\",\"d\":\"A large blanket for cold nights.\"},{\"cat\":\"wool\",\"d\":\"A small blanket for children.\"},{\"cat\":\"cotton\",\"d\":\"A thin scarf for the summer.\"},{\"cat\":\"cotton\",\"d\":\"A hat that keeps your ears warm.\"}]", "a.json"),
    ("questions in essay with one label", "Why do we sleep?\n\nSource: a survey of nine people asked in a queue.\n\nHow long do we sleep?\n\nSource: the same survey, after lunch.\n\nWhere do we sleep?\n\nSource: mostly in beds.\n", "a.txt"),
    ("tip sheet", "What should you pack?\n\nMarta: warm socks and a whistle.\n\nThat is all there is to it, and the rest of the page is about shoes.\n", "a.txt"),
    ("letter", "Dear Ines,\n\nThank you for the apples. We made a cake.\n\nHow is your knee?\n\nBest wishes,\nPetra\n", "a.txt"),
    ("italic story", "_He had gone\ndown to the river_\n\nWhy? Nobody knew.\n\n_She had stayed\nin the house_\n\nWhere was the boat?\n\n_It was gone, and\nso was the rope_\n\nI think you know the rest.\n", "a.txt"),
    ("numbered list Q", "12 A. Berg, Tarn Street\n13 B. Lind, Mill Lane\n14 C. Holm, Mill Lane\n15 A. Moss, Tarn Street\n", "a.txt"),
    ("script characters", "ADA. A baker, fifty.\n\nTOM. Her brother, a sailor.\n\nMRS HOLM. Their landlady.\n\nThe play is set in a kitchen.\n", "a.txt"),
)  # fmt: skip
"""Texts with the form of a layout that nobody speaks in: each rule for labels of that form leaves them alone."""


@pytest.mark.parametrize(("name", "text", "path"), FORMED, ids=[name for name, _, _ in FORMED])
def test_what_has_the_form_of_labels_but_no_voices_gives_no_turns(name: str, text: str, path: str) -> None:
    """Warnings, lists of books, help pages, goods and casts have the form of a layout, and nobody speaks in them."""
    assert shown(laid(text, path=path)) == (), name
