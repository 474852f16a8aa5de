"""Languages and scripts beside English: labels, dashes and styles as their press prints them.

Each text was written, with its turns, before the parser saw it.
"""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case("hebrew qa", """\
ראיון עם הנגר

שאלה: מתי התחלת לעבוד בעץ?

תשובה: כשהייתי בן עשר, אצל סבא שלי.

שאלה: מה הכי קשה במקצוע?

תשובה: לדעת מתי להפסיק.

שאלה: ואתה יודע?

תשובה: לפעמים.
""", (
        ("שאלה", "מתי התחלת לעבוד בעץ?"),
        ("תשובה", "כשהייתי בן עשר, אצל סבא שלי."),
        ("שאלה", "מה הכי קשה במקצוע?"),
        ("תשובה", "לדעת מתי להפסיק."),
        ("שאלה", "ואתה יודע?"),
        ("תשובה", "לפעמים."),
    ), roles="qaqaqa"),
    Case("arabic s j", """\
س: متى بدأت الصيد؟
ج: بدأت وأنا صغير مع والدي.
س: هل تخاف من البحر؟
ج: من لا يخاف منه لا يعرفه.
س: وماذا تقول للشباب؟
ج: تعلموا السباحة أولا.
""", (
        ("س", "متى بدأت الصيد؟"),
        ("ج", "بدأت وأنا صغير مع والدي."),
        ("س", "هل تخاف من البحر؟"),
        ("ج", "من لا يخاف منه لا يعرفه."),
        ("س", "وماذا تقول للشباب؟"),
        ("ج", "تعلموا السباحة أولا."),
    ), roles="qaqaqa"),
    Case("japanese names fullwidth", """\
——本日はよろしくお願いします。まず、お仕事について教えてください。

田村　はい、和紙を作っています。祖父の代からです。

——冬も作るのですか。

田村　冬が一番いいんです。水が冷たいので。

——手は痛くなりませんか。

田村　もう慣れました（笑）。
""", (
        (None, "本日はよろしくお願いします。まず、お仕事について教えてください。"),
        ("田村", "はい、和紙を作っています。祖父の代からです。"),
        (None, "冬も作るのですか。"),
        ("田村", "冬が一番いいんです。水が冷たいので。"),
        (None, "手は痛くなりませんか。"),
        ("田村", "もう慣れました（笑）。"),
    ), roles="qaqaqa"),
    Case("korean q bracket", """\
[인터뷰] 섬의 우체부

Q. 언제부터 이 일을 하셨나요?
A. 스무 살 때부터 했습니다.

Q. 배가 안 뜨는 날은 어떻게 하세요?
A. 기다립니다. 편지도 같이 기다려요.

Q. 가장 기억에 남는 편지는요?
A. 주소 없이 온 편지였어요.
""", (
        ("Q", "언제부터 이 일을 하셨나요?"),
        ("A", "스무 살 때부터 했습니다."),
        ("Q", "배가 안 뜨는 날은 어떻게 하세요?"),
        ("A", "기다립니다. 편지도 같이 기다려요."),
        ("Q", "가장 기억에 남는 편지는요?"),
        ("A", "주소 없이 온 편지였어요."),
    ), roles="qaqaqa"),
    Case("chinese reporter name", """\
记者：您什么时候开始修钟的？
陈师傅：十六岁，跟我父亲学的。
记者：最难修的是哪一座？
陈师傅：码头那座，里面全是盐。
记者：您还会修多久？
陈师傅：修到看不见为止。
""", (
        ("记者", "您什么时候开始修钟的？"),
        ("陈师傅", "十六岁，跟我父亲学的。"),
        ("记者", "最难修的是哪一座？"),
        ("陈师傅", "码头那座，里面全是盐。"),
        ("记者", "您还会修多久？"),
        ("陈师傅", "修到看不见为止。"),
    ), roles="qaqaqa"),
    Case("interpreter bilingual", """\
INTERVIEWER: When did you leave the village?

INTERPRETER: ¿Cuándo se fue del pueblo?

WITNESS: Me fui en el invierno, con mi hermana.

INTERPRETER: I left in the winter, with my sister.

INTERVIEWER: Did you walk?

INTERPRETER: ¿Fueron a pie?

WITNESS: Sí, tres días.

INTERPRETER: Yes, three days.
""", (
        ("INTERVIEWER", "When did you leave the village?"),
        ("INTERPRETER", "¿Cuándo se fue del pueblo?"),
        ("WITNESS", "Me fui en el invierno, con mi hermana."),
        ("INTERPRETER", "I left in the winter, with my sister."),
        ("INTERVIEWER", "Did you walk?"),
        ("INTERPRETER", "¿Fueron a pie?"),
        ("WITNESS", "Sí, tres días."),
        ("INTERPRETER", "Yes, three days."),
    )),
    Case("polish dash label bold newspaper", """\
**Gazeta Portowa: Kiedy zaczęła pani nurkować?**

**Maja Wilk:** Miałam dwanaście lat. Ojciec dał mi maskę.

**Nie bała się pani?**

Bałam się, ale mu nie powiedziałam.

**A dzisiaj?**

Dzisiaj boję się tylko łodzi.

**Co pani radzi młodym?**

Żeby mówili, kiedy się boją.
""", (
        ("Gazeta Portowa", "Kiedy zaczęła pani nurkować?"),
        ("Maja Wilk", "Miałam dwanaście lat. Ojciec dał mi maskę."),
        (None, "Nie bała się pani?"),
        (None, "Bałam się, ale mu nie powiedziałam."),
        (None, "A dzisiaj?"),
        (None, "Dzisiaj boję się tylko łodzi."),
        (None, "Co pani radzi młodym?"),
        (None, "Żeby mówili, kiedy się boją."),
    ), roles="qaqaqaqa"),
    Case("spanish P R dot bold", """\
**P.** ¿Cuándo empezó a pintar?

**R.** De niña, en las paredes de mi abuela.

**P.** ¿Y qué decía ella?

**R.** Que pintara más arriba.

**P.** ¿Sigue pintando paredes?

**R.** Solo las mías.
""", (
        ("P", "¿Cuándo empezó a pintar?"),
        ("R", "De niña, en las paredes de mi abuela."),
        ("P", "¿Y qué decía ella?"),
        ("R", "Que pintara más arriba."),
        ("P", "¿Sigue pintando paredes?"),
        ("R", "Solo las mías."),
    ), roles="qaqaqa"),
    Case("icelandic style q slash", """\
Fanzine Nr. 9 / Interview: Die Seilbahn

Fz / Wie kam es zu dem Namen?

Seilbahn / Wir haben unter einer geprobt. Man hörte uns bis ins Tal.

Fz / Habt ihr jemals einen Hit gehabt?

Seilbahn / Einen halben. Ich singe ihn nicht mehr.

Fz / Und jetzt?

Seilbahn / Jetzt kommt das zweite Album.
""", (
        ("Fz", "Wie kam es zu dem Namen?"),
        ("Seilbahn", "Wir haben unter einer geprobt. Man hörte uns bis ins Tal."),
        ("Fz", "Habt ihr jemals einen Hit gehabt?"),
        ("Seilbahn", "Einen halben. Ich singe ihn nicht mehr."),
        ("Fz", "Und jetzt?"),
        ("Seilbahn", "Jetzt kommt das zweite Album."),
    )),
    Case("azeri bold questions dash answers", """\
**- Nigar xanım, bağı nə vaxt salmısınız?**

- On il əvvəl. Onda burada yalnız daş idi.

**- Suyu haradan gətirirdiniz?**

- Çaydan, vedrə ilə.

**- Bəs qonşular kömək edirdi?**

- Baxırdılar. Sonra onlar da başladılar.
""", (
        (None, "Nigar xanım, bağı nə vaxt salmısınız?"),
        (None, "On il əvvəl. Onda burada yalnız daş idi."),
        (None, "Suyu haradan gətirirdiniz?"),
        (None, "Çaydan, vedrə ilə."),
        (None, "Bəs qonşular kömək edirdi?"),
        (None, "Baxırdılar. Sonra onlar da başladılar."),
    ), roles="qaqaqa"),
    Case("french magazine question in italics wrapped", """\
Le gardien du phare

_Vous vivez ici depuis vingt ans. Comment
avez-vous choisi ce métier ?_

Je ne l'ai pas choisi. Mon oncle était malade et il
fallait quelqu'un pour la nuit. Je suis resté.

_Et l'hiver ?_

L'hiver, je lis. Vous seriez surpris de ce qu'on peut
lire quand personne ne sonne à la porte.

_Vous arrive-t-il de regretter ?_

Seulement le pain frais. Le reste, je peux m'en
passer sans y penser.
""", (
        (None, "Vous vivez ici depuis vingt ans. Comment avez-vous choisi ce métier ?"),
        (None, "Je ne l'ai pas choisi. Mon oncle était malade et il fallait quelqu'un pour la nuit. Je suis resté."),
        (None, "Et l'hiver ?"),
        (None, "L'hiver, je lis. Vous seriez surpris de ce qu'on peut lire quand personne ne sonne à la porte."),
        (None, "Vous arrive-t-il de regretter ?"),
        (None, "Seulement le pain frais. Le reste, je peux m'en passer sans y penser."),
    ), roles="qaqaqa"),
    Case("russian initials bold dash", """\
**А.К. —** Когда вы впервые вышли на сцену?

**Н.Р. —** В шесть лет. Я играла гриб.

**А.К. —** Вам понравилось?

**Н.Р. —** Мне понравилась тишина перед первым словом.

**А.К. —** А сейчас?

**Н.Р. —** И сейчас.
""", (
        ("А.К.", "Когда вы впервые вышли на сцену?"),
        ("Н.Р.", "В шесть лет. Я играла гриб."),
        ("А.К.", "Вам понравилось?"),
        ("Н.Р.", "Мне понравилась тишина перед первым словом."),
        ("А.К.", "А сейчас?"),
        ("Н.Р.", "И сейчас."),
    ), roles="qaqaqa"),
    Case("turkish outlet question mark bullets", """\
* Kemanı ilk ne zaman elinize aldınız?

Dört yaşındaydım. Dedem bana küçük bir keman yaptı.

* Hâlâ duruyor mu?

Duruyor, ama telleri yok. Onu duvara astım.

* Bugün gençlere ne söylersiniz?

Sabırlı olun derim. Ben hâlâ öğreniyorum.
""", (
        (None, "Kemanı ilk ne zaman elinize aldınız?"),
        (None, "Dört yaşındaydım. Dedem bana küçük bir keman yaptı."),
        (None, "Hâlâ duruyor mu?"),
        (None, "Duruyor, ama telleri yok. Onu duvara astım."),
        (None, "Bugün gençlere ne söylersiniz?"),
        (None, "Sabırlı olun derim. Ben hâlâ öğreniyorum."),
    ), roles="qaqaqa"),
    Case("persian names colon", """\
خبرنگار: از چه زمانی ساز می‌سازید؟

استاد کریمی: از پانزده سالگی. پدرم مرا به کارگاه برد.

خبرنگار: سخت‌ترین مرحله کدام است؟

استاد کریمی: انتخاب چوب. بقیه‌اش صبر است.

خبرنگار: شاگرد هم دارید؟

استاد کریمی: دو نفر، هر دو بهتر از من.
""", (
        ("خبرنگار", "از چه زمانی ساز می‌سازید؟"),
        ("استاد کریمی", "از پانزده سالگی. پدرم مرا به کارگاه برد."),
        ("خبرنگار", "سخت‌ترین مرحله کدام است؟"),
        ("استاد کریمی", "انتخاب چوب. بقیه‌اش صبر است."),
        ("خبرنگار", "شاگرد هم دارید؟"),
        ("استاد کریمی", "دو نفر، هر دو بهتر از من."),
    )),
    Case("german radio surname colon bold no blank", "<html><body><article><p><strong>Weber:</strong> Frau Lindt, Sie haben die Fähre gekauft. Warum?<br/><strong>Lindt:</strong> Weil niemand sonst sie wollte. Ich fahre gern.<br/><strong>Weber:</strong> Und was sagt das Dorf?<br/><strong>Lindt:</strong> Das Dorf steigt ein.<br/><strong>Weber:</strong> Was kostet eine Fahrt?<br/><strong>Lindt:</strong> Für Sie heute nichts.</p></article></body></html>", (
        ("Weber", "Frau Lindt, Sie haben die Fähre gekauft. Warum?"),
        ("Lindt", "Weil niemand sonst sie wollte. Ich fahre gern."),
        ("Weber", "Und was sagt das Dorf?"),
        ("Lindt", "Das Dorf steigt ein."),
        ("Weber", "Was kostet eine Fahrt?"),
        ("Lindt", "Für Sie heute nichts."),
    ), roles="qaqaqa", path="a.html"),
    Case("italian D R", """\
D. Quando ha cominciato a suonare?

R. Da bambino, con una fisarmonica rotta.

D. E chi l'ha aggiustata?

R. Nessuno. Ho imparato a suonarla così.

D. La suona ancora?

R. Solo quando piove.
""", (
        ("D", "Quando ha cominciato a suonare?"),
        ("R", "Da bambino, con una fisarmonica rotta."),
        ("D", "E chi l'ha aggiustata?"),
        ("R", "Nessuno. Ho imparato a suonarla così."),
        ("D", "La suona ancora?"),
        ("R", "Solo quando piove."),
    ), roles="qaqaqa"),
    Case("german zeit style colon only bold label caps", "<html><body><article><h1>Der Mann am Wehr</h1><p><b>DIE WOCHE:</b> Herr Kolb, Sie schlafen am Wehr. Warum?</p><p><b>Kolb:</b> Weil ich das Wasser hören will.</p><p><b>DIE WOCHE:</b> Hören Sie einen Unterschied?</p><p><b>Kolb:</b> Jede Nacht. Sie würden ihn auch hören.</p><p><b>DIE WOCHE:</b> Und wenn es still ist?</p><p><b>Kolb</b> (lacht)<b>:</b> Dann wache ich auf.</p></article></body></html>", (
        ("DIE WOCHE", "Herr Kolb, Sie schlafen am Wehr. Warum?"),
        ("Kolb", "Weil ich das Wasser hören will."),
        ("DIE WOCHE", "Hören Sie einen Unterschied?"),
        ("Kolb", "Jede Nacht. Sie würden ihn auch hören."),
        ("DIE WOCHE", "Und wenn es still ist?"),
        ("Kolb", "(lacht): Dann wache ich auf."),
    ), roles="qaqaqa", path="a.html"),
    Case("russian bold question with dash answers em", """\
**— Марина Львовна, с чего начался театр?**

— С подвала. Мы вынесли уголь и внесли стулья.

**— Сколько было стульев?**

— Двенадцать. На премьеру пришли тринадцать человек, и я стояла.

**— Вы помните тот спектакль?**

— Я помню только тишину.
""", (
        (None, "Марина Львовна, с чего начался театр?"),
        (None, "С подвала. Мы вынесли уголь и внесли стулья."),
        (None, "Сколько было стульев?"),
        (None, "Двенадцать. На премьеру пришли тринадцать человек, и я стояла."),
        (None, "Вы помните тот спектакль?"),
        (None, "Я помню только тишину."),
    ), roles="qaqaqa"),
    Case("chinese bold q a mixed", """\
**Q：你为什么离开城市？**

A：因为我想听见河水。城里听不见。

**Q：村里人怎么看你？**

A：他们觉得我很快就会走。

**Q：你会走吗？**

A：河还没说完。
""", (
        ("Q", "你为什么离开城市？"),
        ("A", "因为我想听见河水。城里听不见。"),
        ("Q", "村里人怎么看你？"),
        ("A", "他们觉得我很快就会走。"),
        ("Q", "你会走吗？"),
        ("A", "河还没说完。"),
    ), roles="qaqaqa"),
    Case("greek names", """\
Δημοσιογράφος: Πότε ξεκινήσατε να φτιάχνετε βάρκες;

Νίκος Βαλής: Από παιδί, δίπλα στον πατέρα μου.

Δημοσιογράφος: Φοβηθήκατε ποτέ τη θάλασσα;

Νίκος Βαλής: Κάθε μέρα. Γι' αυτό ζω ακόμα.

Δημοσιογράφος: Τι λέτε στους νέους;

Νίκος Βαλής: Να μάθουν να περιμένουν.
""", (
        ("Δημοσιογράφος", "Πότε ξεκινήσατε να φτιάχνετε βάρκες;"),
        ("Νίκος Βαλής", "Από παιδί, δίπλα στον πατέρα μου."),
        ("Δημοσιογράφος", "Φοβηθήκατε ποτέ τη θάλασσα;"),
        ("Νίκος Βαλής", "Κάθε μέρα. Γι' αυτό ζω ακόμα."),
        ("Δημοσιογράφος", "Τι λέτε στους νέους;"),
        ("Νίκος Βαλής", "Να μάθουν να περιμένουν."),
    ), roles="qaqaqa"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_world_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == case.turns
    if case.roles:
        assert roles(interview) == case.roles
