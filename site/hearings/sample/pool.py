"""Themes, and the topics that wait, were answered, or were put together."""

from .shapes import Report

THEMES = ("道路交通", "饮水用电", "环境卫生", "农田水利", "惠农补贴", "医疗养老", "办事服务", "其他")

WAITING = (
    Report(
        "lamp", "shangtang", "道路交通", "祠堂边到小学的路没有路灯",
        "冬天放学天就黑了，孩子要走这段路，去年有个老人在这里摔断了腿。", "装几盏路灯，哪怕只亮到晚上九点。", 120, 6, "liaison", "祝阿娣",
    ),
    Report(
        "signal", "yunling", "其他", "茅坪自然村手机没有信号",
        "茅坪二十几户，打电话要走到山梁上，老人有急病叫不到人。", "请移动公司来装个基站。", 63, 12, "liaison", "蓝土生",
    ),
    Report(
        "dogs", "shequ", "环境卫生", "老街有流浪狗咬人",
        "上个月咬伤了两个小孩，晚上不敢出门。", "组织收容，办狗证。", 400, 3,
    ),
    Report(
        "pharmacy", "fenglin", "医疗养老", "村卫生室没有常用药",
        "高血压的药每次都要到镇上拿，来回车费比药还贵。", "卫生室备十来种常用药。", 210, 9,
    ),
)  # fmt: skip
# What was put together with one that waits.
SIMILAR = (
    (
        Report(
            "lamp2", "shangtang", "道路交通", "学生放学走夜路，没有灯",
            "祠堂边那条路，家长都在说。", "装路灯。", 40, 4, "publicist", "祝根发",
        ),
        "lamp",
    ),
)  # fmt: skip
# Answered without a hearing: the answer, the unit, after how many days.
ANSWERED = (
    (
        Report(
            "card", "xiatang", "惠农补贴", "耕地地力补贴没有到账",
            "别家上个月都收到了，我家三亩二分地没有。", "查一查是不是卡号错了。", 1, 34, raised_by="周来宝",
        ),
        "经查，是社保卡换卡后新卡号没有登记。已经更正，补发的款将在本月内打到新卡上，请到时查收。以后换卡请到受理室综合窗口登记一次。",
        "caizheng", 5,
    ),
    (
        Report(
            "noon", "zhuwu", "办事服务", "赶集日窗口排队太久",
            "赶集那天来办养老认证，排了一个上午。", "赶集日多开一个窗口。", 80, 25, raised_by="谢金凤",
        ),
        "从下个赶集日起，受理室综合窗口开两个，上午八点开门；养老待遇资格认证也可以由村代办员上门用手机办，不用跑镇里。",
        "shouliting", 8,
    ),
)  # fmt: skip
