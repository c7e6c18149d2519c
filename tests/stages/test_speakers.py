"""Who speaks: names and titles, pronouns and dropped subjects, pairs, bodies. The sentences are invented."""

from __future__ import annotations

import pytest

import mithaq

NAMED = {
    "someone called by a name": ("وقال شاهد عيان يدعى سامر الطويل إن النار انطفأت.", "سامر الطويل"),
    "a particle of a foreign name": ("قال وزير الصيد الهولندي هانك فان دورن إن الموسم بدأ.", "هانك فان دورن"),
    "a name with a hyphen": ("أكد وزير الصيد الفرنسي جان-ماري لوبران أن الموسم بدأ.", "جان-ماري لوبران"),
    "a coach from abroad": ("قال مدرب الفريق، الإيطالي ماركو بلانكي، إن المباراة صعبة.", "ماركو بلانكي"),
    "an office in the city": ("قال محافظ المدينة سامر الطويل إن الطريق مفتوح.", "سامر الطويل"),
    "name behind a title": ("أكد وزير الصيد مراد الحلبي أن الموسم بدأ.", "مراد الحلبي"),
    "name before a title": ("قالت سلوى النجار، رئيسة الهيئة، إن الموسم بدأ.", "سلوى النجار"),
    "a field of the office": (
        "أكد وكيل المتحف للشؤون الفنية وخدمة الزوار الدكتور سامر الطويل أن المعرض مفتوح.",
        "سامر الطويل",
    ),
    "a place of the office": (
        "أوضح مدير عام الآثار بمنطقة الساحل نبيل بن سعيد العمران أن الحفر توقف.",
        "نبيل بن سعيد العمران",
    ),
    "an outlet inside": ('قال المدير العام ورئيس تحرير "المرفأ" الأستاذ علي البحري إن العدد صدر.', "علي البحري"),
    "a name after a comma": ("قال رئيس بلدية المرسى، هيثم فلفول، إن الشاطئ نظيف.", "هيثم فلفول"),
    "a family name like a nisba": ("قال الدكتور سامر المصري إن البحث انتهى.", "سامر المصري"),
    "a family name like an office": ("أكد أمين المكتبة صالح بن سعيد القاضي أن الكتب وصلت.", "صالح بن سعيد القاضي"),
    "a first name like a nisba": ("قال الأمير تركي بن سعيد إن السباق بدأ.", "تركي بن سعيد"),
    "a name with God": ("أعلن محافظ المصرف المركزي ولي الله كريمي، أن السعر ثابت.", "ولي الله كريمي"),
    "a university named after a king": (
        "قال مدير جامعة الملك فيصل المكلف الدكتور أسامة درويش إن القبول بدأ.",
        "أسامة درويش",
    ),
    "beyond the office that he serves": (
        "أكد نائب وزير الصيد المبعوث الخاص للرئيس الكيني إلى الشرق الأوسط سامر الطويل أن الحل قريب.",
        "سامر الطويل",
    ),
    "a party for the sake of something": (
        "اعتبر الأمين العام للمؤتمر من أجل الجمهورية عماد الطويل أن الوضع صعب.",
        "عماد الطويل",
    ),
    "an unlisted name before its title": ("ذكر هيليل نوير، المدير التنفيذي للمنظمة، أن الخطوة صعبة.", "هيليل نوير"),
    "a diplomat named after all": ("قال الدبلوماسي الكيني، جومو موانغي، إن الحل قريب.", "جومو موانغي"),
    "offices behind a courtesy and a name": (
        "قال صاحب السمو الأمير خالد بن سعيد ولي العهد نائب رئيس مجلس الوزراء إن الموسم بدأ.",
        "خالد بن سعيد",
    ),
    "a courtesy inside a name": ("أكد سليم الحاج قاسم مدير اللجنة أن المؤتمر قريب.", "سليم الحاج قاسم"),
    "a sportsman": ("قال العداء سامر الطويل إن السباق صعب.", "سامر الطويل"),
    "a quality behind a title": ("أكد وزير الصيد جاهزية الميناء.", "وزير الصيد"),
    "a mother": ("صرحت والدة الطويل بأن القضية صعبة.", "والدة الطويل"),
    "an object behind a title": ("دعا وزير الصيد الجانب الياباني إلى الاستثمار.", "وزير الصيد"),
    "an object behind a name": ("دعا النائب أسامة الحلبي الحكومة إلى الحوار.", "أسامة الحلبي"),
    "people after a president": ("دعا الرئيس المواطنين إلى الهدوء.", "الرئيس"),
    "no plural takes a name": ("استنكر قضاة المحكمة فرع الساحل الحادث.", "قضاة المحكمة"),
    "no particle in a name": ("أوضح الأمين العام سيف حسبما نقل التلفزيون أن الأموال عادت.", "سيف"),
    "an acting president": (
        "أعرب رئيس مجلس الصيد بالإنابة مبارك بن بنيه الطويل عن أسفه للحادث.",
        "مبارك بن بنيه الطويل",
    ),
    "a surname like a preposition and its noun": ("قال عضو الجمعية نبيل بفون، إن السد جاهز.", "نبيل بفون"),
    "people who want something": ("طالب خبراء اقتصاديون بوقف القرض.", "خبراء اقتصاديون"),
    "one of the sources": ("أوضح أحد هذه المصادر أن الصورة قديمة.", "أحد هذه المصادر"),
    "rank and courtesy of a listed person": ("قال المشير طنطاوي إن الجيش باق.", "طنطاوي"),
}


@pytest.mark.parametrize(("text", "speaker"), NAMED.values(), ids=NAMED)
def test_names_of_speakers(text: str, speaker: str) -> None:
    assert mithaq.read(text).attributions[0].speaker == speaker


LATER = {
    "surname": ("قال الخبير سامر الطويل إن السد آمن. وأكد الطويل أن الماء كاف.", "سامر الطويل"),
    "courtesy and surname": ("قال الدكتور سامر العربي إن السد آمن. وأكد الدكتور العربي أن الماء كاف.", "سامر العربي"),
    "surname like an office": ("قال سامر بن سعيد المعلم إن السد آمن. وأكد المعلم أن الماء كاف.", "سامر بن سعيد المعلم"),
    "title": ("قال وزير الصيد مراد الحلبي إن الموسم بدأ. وأضاف الوزير أن الأسماك وفيرة.", "مراد الحلبي"),
    "office before its holder": (
        "أكد مدير المتحف أن القاعة مغلقة. وقال مدير المتحف سامر الطويل إن الترميم بدأ.",
        "سامر الطويل",
    ),
    "paraphrase of an office": (
        "قال وزير الخارجية الفرنسي آلان دوبوا إن الحل قريب. وأكد رئيس الدبلوماسية الفرنسية أن بلاده مستعدة.",
        "آلان دوبوا",
    ),
    "the official": ("قال مدير المعهد سامر الطويل إن السد آمن. وأشار المسؤول إلى أن الماء كاف.", "سامر الطويل"),
    "the same source": ("قال مصدر أمني إن الطريق مغلق. وأضاف نفس المصدر أن السير عاد.", "مصدر أمني"),
    "the source itself": ("ذكرت صحيفة المرفأ أن الطريق مغلق. وأضاف المصدر ذاته أن السير عاد.", "صحيفة المرفأ"),
    "highness": (
        "استقبل الأمير خالد بن سعيد أمس السفير سامر الطويل. وأكد سموه أن العلاقات متينة.",
        "خالد بن سعيد",
    ),
    "epithet of a body": (
        "قالت منظمة الصحة العالمية إن الوباء انحسر. وأكدت المنظمة الدولية أن اللقاح متوفر.",
        "منظمة الصحة العالمية",
    ),
    "a document under another name": ("وقعت مذكرة تفاهم حول المياه. وينص الاتفاق على بناء سد.", "مذكرة تفاهم"),
    "a family of one name": (
        "قال الأمير محمد بن سعيد بن خالد إن السباق بدأ. وقال الأمير فهد بن سعيد بن خالد إنه انتهى.",
        "فهد بن سعيد بن خالد",
    ),
    "officials": ("قال مسؤولون كينيون إن السد آمن. وأضاف المسؤولون أن الماء كاف.", "مسؤولون كينيون"),
    "an official": ("قال مسؤول عسكري كيني إن السد آمن. وأضاف المسؤول أن الماء كاف.", "مسؤول عسكري كيني"),
    "observers as sources": ("أشار مراقبون إلى أن الحل قريب. وأكدت المصادر أن اللقاء غدا.", "مراقبون"),
    "a source of several": ("ذكرت مصادر كينية أن الحل قريب. وقال المصدر إن اللقاء غدا.", "مصادر كينية"),
    "separatists, whom no lexicon has": (
        "قال الانفصاليون إن رجلا قتل. وركز الانفصاليون هجماتهم على الميناء، متهمين الجيش بالقصف.",
        "الانفصاليون",
    ),
    "what a person is told to be": (
        "سافر النائب سامر الطويل وهو أكبر نائب ديمقراطي في المجلس. وأكد النائب الديمقراطي أن الحل قريب.",
        "سامر الطويل",
    ),
    "a minister, not the one whom he met": (
        "قال المتحدث زياد الطويل إن الوزير سامر الحلبي التقى نظيره الكيني جومو موانغي. وأضاف أن الوزير أكد أهمية السد.",
        "سامر الحلبي",
    ),
    "counterpart": (
        "التقى وزير الدفاع التركي جودت أيدن نظيره القطري حمد المري. وقال المري إن اللقاء مثمر.",
        "حمد المري",
    ),
}


@pytest.mark.parametrize(("text", "speaker"), LATER.values(), ids=LATER)
def test_later_mentions_find_the_fullest_name(text: str, speaker: str) -> None:
    assert mithaq.read(text).attributions[-1].speaker == speaker


def test_two_agencies_are_two() -> None:
    text = "ذكرت وكالة الأنباء الكينية أن الوفد سافر. وذكرت وكالة انترفاكس أن الوفد عاد."
    assert [a.speaker for a in mithaq.read(text).attributions] == ["وكالة الأنباء الكينية", "وكالة انترفاكس"]


DROPPED = {
    "a woman, by the verb before her": (
        "أطلقت سلوى النجار حملتها في الميناء. واستقبلها المدير سامر الطويل. وقالت إن السد آمن.",
        "سلوى النجار",
    ),
    "last speaker": ("قال الوزير مراد الحلبي إن الموسم بدأ. وأضاف أن الأسماك وفيرة.", "مراد الحلبي"),
    "gender": (
        "قالت الوزيرة سلوى النجار إن الموسم بدأ. وأكد الخبير سامر الطويل أن الماء كاف. وأضافت أن القوارب جاهزة.",
        "سلوى النجار",
    ),
    "gender of a body": (
        "قال المدير سامر الطويل إن السد آمن. ورحبت الأمم المتحدة بالقرار. وأضاف أن الماء كاف.",
        "سامر الطويل",
    ),
    "titles of courtesy have no gender": (
        "أكد معالي الوزير مراد الحلبي أن الموسم بدأ. وأضاف أن الأسماك وفيرة.",
        "مراد الحلبي",
    ),
    "main subject of a participle": (
        "أفاد المراسل سامر الطويل بأن المعلومات تؤكد سلامة الركاب، مضيفا أن الطريق مفتوح.",
        "سامر الطويل",
    ),
    "subject of a verb that is no cue": (
        "زار الوزير مراد الحلبي الميناء مع التجار، مؤكدا أن الموسم بدأ.",
        "مراد الحلبي",
    ),
    "subject of the clause before": (
        "قالت الوزيرة سلوى النجار إن الموسم بدأ. والتقى الخبير سامر الطويل التجار وأكد أن الماء كاف.",
        "سامر الطويل",
    ),
    "no verb behind و has its subject before it": (
        "استقبل الوزير مراد الحلبي أمس السفير سامر الطويل وأعلن أن الموسم بدأ.",
        "مراد الحلبي",
    ),
    "collectives": ("قدم الوفد شرحا للوزيرة سلوى النجار وأكدوا أن الموسم بدأ.", "الوفد"),
    "a relative clause": (
        "قالت الوزيرة سلوى النجار إن الخطاب الذي ألقاه سامر الطويل أمس وتوعد فيه بالرد مزعج.",
        "سامر الطويل",
    ),
    "a text is what provides": ("أعلن الوزير مراد الحلبي توقيع اتفاق مع الصيادين وينص على حماية الأسماك.", "اتفاق"),
}


@pytest.mark.parametrize(("text", "speaker"), DROPPED.values(), ids=DROPPED)
def test_dropped_subjects(text: str, speaker: str) -> None:
    assert mithaq.read(text).attributions[-1].speaker == speaker


PAIRS = {
    "states, by their fullest names": (
        "وقعت كينيا وماليزيا اتفاقا. ورحب الجانبان بالاتفاق بين جمهورية كينيا وماليزيا.",
        "جمهورية كينيا وماليزيا",
    ),
    "told by nisbas": (
        "أكد الجانبان أهمية الحوار. وشدد الجانبان الكيني والماليزي على السلام.",
        "الجانبان الكيني والماليزي",
    ),
    "two ministers": (
        "اجتمع وزير الصيد مراد الحلبي ووزير النقل سامر الطويل. وأكد الوزيران أن الموسم بدأ.",
        "وزير الصيد مراد الحلبي ووزير النقل سامر الطويل",
    ),
    "a verb of two": ("قال سامر الطويل إن كينيا وماليزيا أكدتا أهمية الحوار.", "كينيا وماليزيا"),
    "nobody named": ("تطرق الجانبان إلى المياه وأكدا على الحوار.", "الجانبان"),
}


@pytest.mark.parametrize(("text", "speaker"), PAIRS.values(), ids=PAIRS)
def test_pairs(text: str, speaker: str) -> None:
    assert mithaq.read(text).attributions[-1].speaker == speaker


def test_we_is_the_state_of_who_speaks() -> None:
    text = 'قال وزير الخارجية الكيني جون موانغي إن كينيا صديقة. وأضاف "نحن ندين الهجوم بشدة".'
    record = mithaq.read(text)
    assert record.attributions[-1].cue.text == "ندين"
    assert record.attributions[-1].speaker == "كينيا"


STATES = {
    "nationality of an ambassador": ("قال السفير الألماني بتونس كارل مولر إن الدعم مستمر.", "DEU"),
    "state that an ambassador serves": ("قال سفير تونس في روما سامر الطويل إن الزيارة ناجحة.", "TUN"),
    "representative to a body": ("قالت سفيرة الاتحاد الأوروبي بتونس لاورا بينيتي إن التعاون قائم.", "EUU"),
    "a company of the list": ("قال المدير التنفيذي لشركة تويوتا كين ساتو إن المصنع جاهز.", "JPN"),
    "a palace": ("أعلن قصر قرطاج أن الزيارة مؤجلة.", "TUN"),
    "a delegation": ("أكد رئيس الوفد الإيراني سامر الطويل أن النص جاهز.", "IRN"),
}


@pytest.mark.parametrize(("text", "state"), STATES.values(), ids=STATES)
def test_states_of_speakers(text: str, state: str) -> None:
    record = mithaq.read(text)
    states = {e.id: e.state for e in record.entities}
    assert states[record.attributions[0].entity or ""] == state


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        ("أشاد وزير الري سالم النجار بالخطة. وطالب الحكومة برفع السعر.", "طالب", "سالم النجار"),
        ("أشاد وزير الري سالم النجار بالخطة. وطالب الاتحاد برفع السعر.", "طالب", "الاتحاد"),
        ("أعرب سالم النجار وزير الري عن قلقه. ودعا الطرفين إلى التهدئة.", "دعا", "سالم النجار"),
        ("وعلق وزير الري سالم النجار على الاتفاق، واصفا القرار بأنه «تاريخي».", "واصفا", "سالم النجار"),
        ("أكدت موسكو سقوط طائرة، واتهمت كييف بقصف المدينة.", "اتهمت", "موسكو"),
        ("أكدت موسكو سقوط طائرة، واتهمت كييف جارتها بقصف المدينة.", "اتهمت", "كييف"),
    ],
)
def test_object_behind_verb_is_no_speaker(text: str, cue: str, speaker: str) -> None:
    """Gender, case and the need of an object tell whom a verb addresses from who speaks."""
    found = {a.cue.text: a.speaker for a in mithaq.read(text).attributions}
    assert found[cue] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [("أكد السفير التزام بلاده بالاتفاق.", "السفير"), ("جددت الوزارة التزام دولة قطر بالوساطة.", "الوزارة")],
)
def test_masdar_that_begins_like_the_article(text: str, speaker: str) -> None:
    """التزام has no article, so it is what is confirmed and no adjective of who confirms it."""
    assert mithaq.read(text).attributions[0].speaker == speaker
