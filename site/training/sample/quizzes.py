"""Quizzes of the sample township: about duties and notices, hearings and floods, and safe computers."""

from __future__ import annotations

from typing import Any

from suite.autosave.answers import Sent
from suite.roles.domain import group
from training.domain.lifecycle import quiz_tries, quizzes
from training.enums import QuestionKind
from training.models import Answer, Attempt, Question, Quiz

NOTICE = (
    ("single", "来人问的事不归您管，按首问负责制应当怎么做？", ("问清楚，带到或转给负责的人，并告知联系方式", "请他自己去别处问", "请他改天再来"), (0,), "第一个被问到的人负责到底：自己管的办好，不归自己管的带到、转到、说清。"),
    ("multiple", "一次性告知单上应当写明哪些？", ("还缺的全部材料", "承诺时限", "收费标准和依据（不收费的写明不收费）", "投诉电话", "承办人的家庭住址"), (0, 1, 2, 3), "该告知的一次写全；个人住址是隐私，不写。"),
    ("truth", "材料不齐时，可以先告知一部分，补齐以后再告知其余的。", (), (1,), "必须一次书面告知全部需要补正的内容。"),
    ("single", "行政许可申请材料不齐全，不能当场告知的，应当在几日内一次告知申请人？", ("五日", "七日", "十日", "十五日"), (0,), "《行政许可法》第三十二条：当场或者在五日内一次告知；逾期不告知的，自收到申请材料之日起即为受理。"),
    ("truth", "承诺时限可以长于法定时限。", (), (1,), "承诺时限只能等于或短于法定时限。"),
    ("single", "办事收费必须有什么？", ("法律法规或国家规定的依据", "领导口头同意", "当事人自愿", "以上都可以"), (0,), "没有依据的一律不收费；收费的要公布标准和依据。"),
    ("multiple", "权责清单应当写清哪些？", ("职权名称", "设定依据", "责任单位", "追责情形"), (0, 1, 2, 3), "权力从哪里来、由谁行使、做错了怎么追责，都要写清。"),
    ("text", "公民认为行政行为侵犯其合法权益，一般可以在知道之日起多少日内申请行政复议？", ("60日", "六十日", "60天", "60"), (), "《行政复议法》第二十条：六十日；法律规定超过六十日的除外。"),
)  # fmt: skip
FLOOD = (
    ("single", "效能听证会的公告与开会那天之间至少要隔几个整日？", ("七", "三", "五", "十"), (0,), "网页和张贴以晚的一天算起，中间至少七个整日。"),
    ("truth", "听证中没有达成一致的，也要当场宣布结论。", (), (1,), "没有一致意见就不下结论，交镇里研究后答复。"),
    ("multiple", "听证代表怎样产生？", ("自愿报名，人多时公开抽签", "邀请", "由听证官指定自己的亲友"), (0, 1), "自愿报名和邀请两种方式，名额可以分到村。"),
    ("single", "国家防汛应急响应分为几级？", ("四级", "三级", "五级"), (0,), "由高到低为一级、二级、三级、四级。"),
    ("truth", "防汛应急响应中，四级最高。", (), (1,), "一级最高，四级最低。"),
    ("single", "暴雨红色预警信号表示3小时内降雨量将达到多少毫米以上？", ("100毫米", "50毫米", "30毫米"), (0,), "3小时50毫米以上是橙色，100毫米以上是红色。"),
    ("multiple", "转移群众时要做到哪些？", ("老人、孕妇、孩子和行动不便的人优先", "逐户敲门、逐户登记", "到安置点清点人数", "雨一停就让群众自行返回"), (0, 1, 2), "没有解除通知不得返回，防止返家途中出事。"),
    ("text", "全国统一的水上遇险求救电话是多少？", ("12395",), (), "12395，水上遇险报警电话。"),
)  # fmt: skip
SAFETY = (
    ("truth", "工作急的时候，可以用个人微信传涉密文件。", (), (1,), "涉密不上网，上网不涉密，任何时候都一样。"),
    ("single", "收到不认识的人发来的邮件附件，应当怎么办？", ("不打开，报告系统管理员", "先打开看看", "转发给同事看"), (0,), "木马常装成“通知”“工资表”。"),
    ("multiple", "好的密码有哪些特点？", ("够长", "不同系统用不同的密码", "不写在显示器边上", "用生日，好记"), (0, 1, 2), "生日、姓名拼音最容易被猜中。"),
    ("single", "我国网络安全等级保护分为几级？", ("五级", "三级", "四级"), (0,), "从第一级到第五级，数字越大要求越高。"),
    ("truth", "离开座位时应当锁屏。", (), (0,), "人离锁屏，防止别人用您的账号。"),
    ("text", "把这句话补完整：涉密不上网，上网不（　　）。", ("涉密",), (), "上网不涉密。"),
)  # fmt: skip


def build(township: Any) -> None:
    """Two quizzes that cadres answer now, one that is being written."""
    notice = _quiz(township, "首问负责和一次性告知", "窗口和承办人员必会", NOTICE, 20, drawn=6, minutes=15)
    flood = _quiz(township, "效能听证和防汛常识", "汛期前人人过关", FLOOD, -3, tries=0, explained="last")
    safety = _quiz(township, "网络安全小测", "密码、邮件、保密", SAFETY, 40)
    officer = township.user("efficiency_office")
    for quiz in (notice, flood):
        quizzes.open_quiz(quiz, officer)
    for key, wrong in (("window_clerk", 0), ("case_handler", 1), ("helanying", 0), ("luyao", 4)):
        _take(township, notice, key, wrong)
    for key, wrong in (("cadre", 5), ("qizhiqiang", 1)):
        _take(township, flood, key, wrong)
    quiz_tries.begin(flood, township.user("tanghuaijin"))
    township.keep_all(Question.objects.filter(quiz_version__quiz__in=[notice, flood, safety]))
    township.keep_all(Answer.objects.filter(attempt__quiz__in=[notice, flood]))


def _quiz(township: Any, title: str, about: str, questions: Any, due: int, **rules: Any) -> Quiz:
    officer = township.user("efficiency_office")
    made = Quiz(title=title, about=about, due_on=township.day(due), **rules)
    made = quizzes.write_quiz(made, {"roles": [group("cadre")], "units": [], "people": []}, officer)
    quizzes.replace_questions(made, [_question(*one) for one in questions], officer)
    return made


def _question(kind: str, text: str, options: tuple[str, ...], right: tuple[int, ...], why: str) -> dict[str, Any]:
    is_text = kind == QuestionKind.TEXT
    return {
        "kind": kind,
        "text": text,
        "options": [] if is_text else list(options),
        "right": list(right),
        "accepted": list(options) if is_text else [],
        "explanation": why,
        "fixed": "以上都可以" in options,
    }


def _take(township: Any, quiz: Quiz, key: str, wrong: int) -> Attempt:
    """Take a quiz; the first so many answers are wrong, of a short text one that nobody foresaw."""
    user = township.user(key)
    attempt = quiz_tries.begin(quiz, user)
    given = {}
    for one in attempt.answers.select_related("question"):
        fails = one.place <= wrong
        if one.question.kind == QuestionKind.TEXT:
            given[one.place] = ["忘了，问值班室" if fails else one.question.accepted[0]]
        else:
            shown = [place for place, number in enumerate(one.order) if (number in one.question.right) != fails]
            given[one.place] = [str(place) for place in (shown or [0])]
    return quiz_tries.finish(attempt, given, Sent(attempt.version, "", 0), user, incomplete=True)
