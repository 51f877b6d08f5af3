"""Pages that answer a question by themselves: those whose title holds all that was asked about.

The rule has to be one that an editor can be told: a guide comes first when its title names the thing.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from search.analysis import cut, normalise
from search.analysis.synonyms import Synonyms

# More would be a list again.
MOST = 3
# Of pages that replaced each other; a ring of them ends too.
LONGEST_CHAIN = 10
# What is asked of everything and stands in few titles: 低保怎么申请 asks about 低保, as does 低保需要什么材料.
ASKED_OF_EVERYTHING = frozenset(
    """
    办 办理 申办 申请 申报 申领 领取 领 咨询 查询 需要 要 带 材料 资料 手续 流程 程序 步骤 条件 标准 时间 几天 多久
    地点 地址 地方 窗口 电话 费用 收费 多少钱 要钱 钱 免费 网上 指南 办事 办事指南 去 找 能 可以 应该 没有 一个 我家
    """.split()  # noqa: SIM905 (a list of words reads better as text)
)


def about(wording: str) -> list[str]:
    """The words that say what a normalised question is about, without what is asked of everything.

    Single characters are part of too many other words to tell anything.
    """
    return [word for word in cut(wording) if len(word) > 1 and word not in ASKED_OF_EVERYTHING]


def answering(question: str, titles: Mapping[Any, str], synonyms: Synonyms) -> set[Any]:
    """The keys of the titles that hold every word that the question is about, in one of its wordings.

    ``question`` as it was typed; ``titles`` as they are written, by key. A question about nothing has no answer.
    """
    wordings = [words for each in synonyms.wordings(normalise(question).text) if (words := about(each.text))]
    if not wordings:
        return set()
    held = {key: normalise(title).text for key, title in titles.items()}
    return {key for key, title in held.items() if any(all(word in title for word in words) for words in wordings)}


def first(
    keys: list[Any], answers: Iterable[Any], after: Mapping[Any, Any], ended: Container[Any] = ()
) -> tuple[list[Any], list[Any]]:
    """The best MOST answers, and all other keys, both in their order.

    ``after``: what replaced a page answers in its stead, if it is among the keys. What has ``ended`` answers nothing.
    """
    among, best = set(keys), set()
    for key in answers:
        for _ in range(LONGEST_CHAIN):
            if after.get(key) not in among:
                break
            key = after[key]  # noqa: PLW2901 (follows the chain)
        best.add(key)
    chosen = [key for key in keys if key in best and key not in ended][:MOST]
    return chosen, [key for key in keys if key not in set(chosen)]
