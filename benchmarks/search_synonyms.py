"""What synonyms do to ranking: titles with the long form asked by the short one, and the other way round.

    PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.dev python benchmarks/search_synonyms.py LAWS.jsonl.gz

MRR@10 without synonyms and by the weight that a hit by a synonym has (search.backends.matching.SYNONYM_WEIGHT).
The questions are made of the titles that hold the long form; "lay" asks for the word alone, without the rest.
"""

import sys

import django

django.setup()

from search import evaluation  # noqa: E402
from search.analysis.synonyms import NONE, Synonyms  # noqa: E402
from search.backends import matching  # noqa: E402
from search.management.commands import search_eval  # noqa: E402

WORDS = """
低保=最低生活保障 社保=社会保险 消法=消费者权益保护 环评=环境影响评价 交规=道路交通安全 城管=城市管理 计生=计划生育
危化品=危险化学品 驾照=机动车驾驶证 知产=知识产权 爱卫=爱国卫生 人防=人民防空 水保=水土保持 野保=野生动物保护
义教=义务教育 职教=职业教育 劳动仲裁=劳动人事争议 法援=法律援助 物业费=物业管理 反诈=反电信网络诈骗 个税=个人所得税
村委会=村民委员会 居委会=居民委员会 农机=农业机械 非遗=非物质文化遗产 食安=食品安全 科普=科学技术普及 安监=安全生产
台胞=台湾同胞
"""
WEIGHTS = (1.0, 0.9, 0.8, 0.7, 0.6)
# Titles of one word, so that 物业管理 does not decide alone.
TITLES = 6

Asked = list[tuple[str, set[str]]]


def sets(rows: list[dict[str, str]], pairs: dict[str, str]) -> dict[str, Asked]:
    """The three sets of questions with the ids of their answers."""
    short, long, lay = [], [], []
    for word, full in pairs.items():
        holders = [row for row in rows if full in row["title"]]
        for row in holders[:TITLES]:
            short.append((row["title"].replace(full, word).replace("中华人民共和国", ""), {row["id"]}))
            long.append((row["title"], {row["id"]}))
        lay += [(form.format(word), {row["id"] for row in holders}) for form in ("{}有什么规定", "怎么申请{}", "{}")]
    return {"short form of a title": short, "long form of a title": long, "lay": lay}


def mrr(searched: evaluation.Collection, asked: Asked, synonyms: Synonyms) -> float:
    searched.synonyms = synonyms
    return sum(evaluation.reciprocal_rank(searched.best(text), gold) for text, gold in asked) / len(asked)


def main(laws: str) -> None:
    pairs = dict(pair.split("=") for pair in WORDS.split())
    synonyms = Synonyms({a: (b,) for word, full in pairs.items() for a, b in ((word, full), (full, word))})
    asked = sets(list(search_eval.rows(laws)), pairs)
    print("questions", "number", "none", *WEIGHTS, sep="\t")
    with evaluation.collection("whoosh") as searched:
        searched.add(search_eval.rows(laws), evaluation.whole)
        for name, questions in asked.items():
            row = [mrr(searched, questions, NONE)]
            for weight in WEIGHTS:
                matching.SYNONYM_WEIGHT = weight
                row.append(mrr(searched, questions, synonyms))
            print(name, len(questions), *(f"{value:.3f}" for value in row), sep="\t", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
