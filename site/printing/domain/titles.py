"""Title lines: broken where a phrase ends, and as even as that allows (GB/T 9704, 7.3.1).

回行时，要做到词意完整，排列对称，长短适宜. WeasyPrint has no `text-wrap: balance`, and would not know words.
"""

import itertools
import unicodedata

# No line begins with these ...
_CLOSES = set("，。、；：！？）》】〕」』”’%％")
# ... or ends with these, or with a word that belongs to the next.
_OPENS = set("（《【〔「『“‘")
_LEANS_ON_NEXT = {"关于", "印发", "转发", "对", "和", "与", "及", "在", "向", "为", "第", "以", "将", "开展", "做好"}
_LEANS_ON_PREVIOUS = {"的", "了", "等", "通知", "公告", "决定", "意见", "通告", "函", "报告", "请示", "批复", "会"}
_FIGURES = "〇一二三四五六七八九十百"
_UNITS = "年月日号"
# A word of the dictionary that lies across a break is at most this long.
_LONGEST_WORD = 4
# Up to so many words, every way to break is tried.
_MOST_WORDS = 60


def width(text: str) -> float:
    """Width in Han characters: Latin letters and digits count half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def break_title(title: str, per_line: float) -> list[str]:
    """The title in lines of at most ``per_line`` Han characters, no word cut, as even as phrases allow.

    A title that fits is one line. A single word longer than a line stays whole: it is broken when it is set.
    """
    title = " ".join(title.split())
    if width(title) <= per_line:
        return [title]
    words = _words(title)
    lines = -(-int(width(title) * 2) // int(per_line * 2))
    target = width(title) / lines
    # Best way to set the words up to each place, by the sum of what each line costs.
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        options = []
        for start in range(max(0, end - _MOST_WORDS), end):
            length = width("".join(words[start:end]).strip())
            if length > per_line and end - start > 1:
                continue
            options.append((best[start][0] + _cost(words, start, end, length, target), start))
        best.append(min(options))
    breaks, end = [], len(words)
    while end:
        breaks.append(end)
        end = best[end][1]
    edges = [0, *reversed(breaks)]
    return ["".join(words[start:end]).strip() for start, end in itertools.pairwise(edges)]


def _cost(words: list[str], start: int, end: int, length: float, target: float) -> float:
    cost = (length - target) ** 2 + 30
    if start and words[start] in _LEANS_ON_PREVIOUS:
        cost += 60
    if end < len(words) and words[end - 1] in _LEANS_ON_NEXT:
        cost += 40
    before, after = "".join(words[:end]), "".join(words[end:])
    if after and before.count("《") > before.count("》"):
        cost += 100
    if after and _lies_across(before, after):
        cost += 40
    return cost


def _lies_across(before: str, after: str) -> bool:
    """Whether a word of the dictionary ends the one and begins the other: 自来水管 | 网 cuts 管网."""
    import rjieba

    return any(
        rjieba.has_word(before[-left:] + after[:right])
        for left in range(1, _LONGEST_WORD)
        for right in range(1, _LONGEST_WORD + 1 - left)
        if left <= len(before) and right <= len(after)
    )


def _words(title: str) -> list[str]:
    """Words that stay whole, with punctuation joined to the word it belongs to."""
    import rjieba  # its dictionary takes 30 MB

    words: list[str] = []
    for word in rjieba.cut(title):
        if words and (word[0] in _CLOSES or words[-1][-1] in _OPENS or _is_figure(words[-1], word)):
            words[-1] += word
        else:
            words.append(word)
    return words


def _is_figure(before: str, word: str) -> bool:
    """Digits stay with the unit that follows: 2026年, 17号, 二〇二六年."""
    if before[-1] in _FIGURES and word[0] in _FIGURES + _UNITS:
        return True
    return before[-1].isascii() and before[-1].isdigit() and not word[0].isspace()
