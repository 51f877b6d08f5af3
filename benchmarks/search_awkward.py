"""The most that anything typed into the search box costs, over a collection of laws as pages of the site.

    BIANMIN_VAR=… PYTHONPATH=.:site python benchmarks/search_awkward.py [SEED]

Takes the database that benchmarks/search_page.py left in BIANMIN_VAR, with an index of the engine in BIANMIN_SEARCH and
the table of spellings (manage.py update_index). Asks the page and the titles offered while typing whatever people and
robots type, and questions made to be costly: of the commonest words, pairs and characters of the collection, of
characters that sound like many others, of the rarest words. Each is asked five times; prints status, CPU milliseconds
(least, median), bytes, and at the end the worst. Exits 1 where an answer is no page, holds what was typed unescaped, or
takes more than 300 ms at the median.
"""

import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from http import HTTPStatus

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Page  # noqa: E402

from search import suggesting  # noqa: E402
from search.analysis import cut, normalise, pairs  # noqa: E402
from search.models import Synonym  # noqa: E402
from search.typing_views import LONGEST as LONGEST_TYPED  # noqa: E402

TIMES = 5
MOST_MS = 300.0
PLAIN = {
    "nothing": "",
    "one character": "低",
    "one letter": "a",
    "ten thousand characters": "低保" * 5000,
    "ten thousand letters": "a" * 10_000,
    "ten thousand words": "law " * 2500,
    "punctuation": "，。！？、；：“”‘’（）《》…—" * 9,
    "query syntax": '* ? ~2 ^3 "low AND (income OR NOT) [a TO z] {x} title:x -y +z \\ /re/' * 3,
    "AND OR NOT": "AND OR NOT",
    "brackets": "([{" * 60,
    "emoji": "😀👨\u200d👩\u200d👧🏽🇨🇳" * 20,
    "bidi": "\u202e低保\u202c\u2066申请\u2069\u200f",
    "control": "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029低保",
    "NUL": "低\x00保",
    "joined": "e" + "\u0301" * 199,
    "growing": "ﷺ" * 200,
    "half widths": "ｶﾞ" * 100,
    "SQL": "' OR 1=1; DROP TABLE wagtailcore_page; --",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;",
    "templates": "{{ query }}{% now 'Y' %}%s%(query)s${7*7}",
    "one character 200 times": "宅" * 200,
    "two characters 100 times": "宅基" * 100,
    "particles": "的了是在和" * 40,
    "pinyin": "zhongguorenmin" * 14,
    "pinyin in parts": "zhong guo ren min " * 11,
    "apostrophes": "xi'an'" * 33,
    "initials": "zg" * 24,
    "two letters": "zh",
    "letters": "qwertyuiopasdfghjklzxcvbnm" * 7,
    "digits": "0123456789" * 20,
    "numbers of documents": "国发〔2014〕17号" * 16,
    "nearly a number": "国发〔" * 50,
    "years and numbers": "国发 2014 " * 20,
    "letters before a number": "国" * 190 + "〔2014〕17号",
    "a number's blanks": "国发" + " " * 190 + "2014 1",
    "synonyms": "低保、农保、五保 " * 20,
    "synonyms without a blank": "低保农保五保" * 33,
}


def made(seed: int) -> dict[str, str]:
    """The costly questions, of the collection itself."""
    chance = random.Random(seed)  # noqa: S311 (a draw that can be repeated)
    characters: Counter[str] = Counter()
    words: Counter[str] = Counter()
    twos: Counter[str] = Counter()
    for number, text in enumerate(suggesting._public_texts()):
        if number % 8 == 0:
            normalised = normalise(text).text
            words.update(cut(normalised))
            twos.update(pairs(normalised))
            characters.update(re.findall(r"[一-鿿]", normalised))
    common = [word for word, _ in words.most_common(400)]
    rare = [word for word, times in words.items() if times == 1 and len(word) > 1]
    han = [character for character, _ in characters.most_common(2000)]
    alike = suggesting._current()
    loud = sorted(han, key=lambda c: -sum(len(alike.alike[s]) for s in alike.sounds.get(c, ()))) if alike else han
    return {
        "200 different characters": "".join(chance.sample(han, 200)),
        "the 200 commonest characters": "".join(han[:200]),
        "the commonest words": "".join(common)[:200],
        "the commonest words apart": " ".join(common)[:200],
        "the commonest pairs": "".join(pair for pair, _ in twos.most_common(100)),
        "the commonest word 100 times": (common[0] * 100)[:200],
        "the rarest words": "".join(chance.sample(rare, 100))[:200],
        "60 characters that many sound like": "".join(loud[:60]),
        "60 such apart": " ".join(loud[:60])[:60],
        "60 of the commonest": "".join(chance.sample(han[:200], 60)),
        "60 rare characters": "".join(han[-60:]),
        "30 common characters": "".join(han[:30]),
        "8 common characters": "".join(han[:8]),
        "the longest sentence": max(re.split(r"[。\n]", next(suggesting._public_texts())), key=len)[:200],
    }


def asked(client: Client, address: str, query: str) -> tuple[float, float, bool, int]:
    """Least and median milliseconds of CPU, whether the answer is as it should be, its bytes."""
    times = []
    for _ in range(TIMES):
        cpu = time.process_time()
        answer = client.get(address, {"q": query})
        times.append((time.process_time() - cpu) * 1000)
    body = answer.content.decode()
    good = answer.status_code == HTTPStatus.OK
    if address == "/search/":  # it has no scripts within it, and no images
        good = good and not re.search("<script>|<img", body)
    return min(times), statistics.median(times), good, len(answer.content)


def main(seed: str = "1") -> int:
    client = Client()
    if not Synonym.objects.exists():
        for row in ("低保、最低生活保障、低保户", "农保、新农保、城乡居民养老保险", "五保、特困、特困供养"):
            Synonym.objects.create(words=row)
    questions = PLAIN | made(int(seed))
    client.get("/search/", {"q": "公告"})
    client.get("/search/suggest/", {"q": "公告"})
    print(f"{settings.SEARCH_ENGINE}, {Page.objects.count()} pages, table of spellings: {suggesting.table().exists()}")
    rows = []
    for name, question in questions.items():
        for address in ("/search/", "/search/suggest/"):
            query = question if address == "/search/" else question[:LONGEST_TYPED]
            least, median, good, size = asked(client, address, query)
            rows.append((median, name, address, good))
            told = f"CPU ms least {least:.0f} p50 {median:.0f}\t{size} bytes{'' if good else ' BAD'}"
            print(f"{name:36}\t{address:17}\t{told}")
    rows.sort(reverse=True)
    print("worst:", *(f"{median:.0f} ms {name} {address}" for median, name, address, _ in rows[:5]), sep="\n  ")
    return int(any(median > MOST_MS or not good for median, _, _, good in rows))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
