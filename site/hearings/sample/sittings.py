"""Three hearings: one closed half a year ago, one being followed up, one announced."""

from .shapes import Deed, Report, Sitting, Talk, Volunteer

_OFFICERS = {"shenyun": "chair", "shaowenmin": "officer", "gongxueqing": "officer", "checker": "clerk"}

CLOSED = Sitting(
    title="{year}年{half}第一次效能听证会",
    about="听取村民对村道亮化、山区看病、垃圾清运和农田水渠的意见。",
    place="石桥镇政府三楼会议室",
    held=190,
    hour=14,
    quotas={"shangtang": 2, "yunling": 1, "shigu": 2, "fenglin": 1},
    invited=1,
    officers={**_OFFICERS, "yejingyi": "officer"},
    reports=(
        Report(
            "road", "shangtang", "道路交通", "塘头到桥头一公里路没有路灯",
            "夜里看不见路，去年有人骑车掉进塘里。", "装路灯，电费村里可以出。", 300, 24, "publicist", "祝财根",
        ),
        Report(
            "doctor", "yunling", "医疗养老", "村里医生一个星期只来一天",
            "老人看病要坐一个小时车到镇上。", "医生多来几天。", 200, 20, "liaison", "蓝秋菊",
        ),
        Report("garbage", "shigu", "环境卫生", "垃圾一个星期才清一次", "夏天臭得开不了窗。", "两三天清一次。", 500, 18),
        Report(
            "ditch", "fenglin", "农田水利", "高岭的水渠塌了三处",
            "下游四十亩田灌不到水，村里自己修过两次又塌。", "用水泥重修。", 90, 15,
        ),
    ),
    people=(
        Volunteer("祝财根", "shangtang", "1101", "路灯什么时候能装"),
        Volunteer("祝月仙", "shangtang", "1102"),
        Volunteer("蓝秋菊", "yunling", "1103", "看病难"),
        Volunteer("石有田", "shigu", "1104", "垃圾清运"),
        Volunteer("石小莲", "shigu", "1105"),
        Volunteer("林木森", "fenglin", "1106", "水渠"),
        Volunteer("司徒国华", "", "1107", represents="镇个体劳动者协会", accepts=True),
    ),
    postings=(
        ("broadcast", "shangtang", "上塘村广播室", "谭秀芝", "publicist"),
        ("poster", "shangtang", "村委会门口公告栏", "谭秀芝", "publicist"),
        ("poster", "yunling", "云岭头小店门口", "蓝水根", "agent"),
        ("poster", "shigu", "石鼓村文化礼堂", "唐怀瑾", "efficiency_office"),
        ("poster", "fenglin", "枫林村公告栏", "方旭", "efficiency_office"),
    ),
    talks=(
        Talk(
            "road",
            (
                ("question", 0, "塘头到桥头一公里，一盏灯也没有，去年还有人骑车掉进塘里。灯什么时候能装？"),
                ("answer", "shaowenmin", "今年的亮化项目有钱，可以先装这一段，太阳能的，不用拉电线。"),
                ("discussion", 1, "以前装过的太阳能灯两年就不亮了，坏了谁管？"),
                ("answer", "shaowenmin", "合同里写五年质保，村里指定一个人管，坏了三天内报修。"),
                ("discussion", 4, "那我们村也想装。"),
            ),
            conclusion="塘头到桥头装十二盏太阳能路灯，厂家质保五年，上塘村指定专人看管，坏了三天内报修。",
            deeds=(
                Deed(
                    "planned", "塘头到桥头安装十二盏太阳能路灯", "jingji", 30, "qizhiqiang", 26,
                    "十二盏灯全部装好并亮灯，验收合格，已移交上塘村看管。",
                ),
            ),
        ),
        Talk(
            "doctor",
            (
                ("question", 2, "村里都是老人，医生一个星期来一天，碰上那天下雨就不来了。能不能多来几天？"),
                ("answer", "gongxueqing", "卫生院只有六个医生，天天驻村办不到，一个星期来两天可以。"),
                ("discussion", 2, "两天也好，要定下来是哪两天，不来要先讲。"),
            ),
            conclusion="从下月起医生每周三、周六到云岭村巡诊，来不了的提前一天在村广播通知。",
            deeds=(
                Deed(
                    "commitment", "安排医生每周三、周六到云岭村巡诊", "wenwei", 45, "yejingyi", 40,
                    "卫生院已排班，从本月起每周三、周六巡诊，第一个月八次全部到位。",
                ),
            ),
        ),
        Talk(
            "garbage",
            (
                ("question", 3, "垃圾一个星期才来清一次，夏天怎么受得了？"),
                ("answer", "gongxueqing", "清运车一天能多跑一趟，今天就可以定：改成一周三次。"),
                ("discussion", 4, "要把日子贴出来，好让大家那天再倒。"),
            ),
            conclusion="石鼓村垃圾改为每周一、三、六清运，时间贴在公告栏。",
            deeds=(Deed("done", "石鼓村垃圾清运由每周一次改为每周一、三、六三次", "shehui"),),
        ),
        Talk(
            "ditch",
            (
                ("question", 5, "水渠塌了三处，四十亩田灌不到水，村里修不动了。"),
                ("answer", "shaowenmin", "重修要三十多万，今年的水利计划已经下达，没有这一项。"),
                ("discussion", 5, "先修塌的三处也行，今年不修明年又要旱。"),
                ("discussion", 0, "钱不够，能不能先用旧管子接过去？"),
                ("answer", "shaowenmin", "能不能接管，要请水利员看过才知道，今天答应不了。"),
            ),
            study=30,
            deeds=(
                Deed(
                    "study", "", "", ended=28, explained=True,
                    result="经水利员现场查看，三处塌方须整段重修，需要资金三十二万元，本年度农田水利计划已下达，今年不能实施。"
                    "已列为明年小型农田水利第一个申报项目；灌溉季节由镇里安排抽水机，保证四十亩田用水。",
                ),
            ),
        ),
        Talk(
            "", (
                ("question", 6, "惠农补贴发了多少、发给谁，能不能让大家看得到？"),
                ("answer", "shenyun", "应该公开。每季度在各村公告栏贴一次，隐去身份证号和卡号。"),
            ),
            title="惠农补贴发放明细看不到", theme="惠农补贴",
            conclusion="从下季度起，各村每季度张贴一次惠农补贴发放明细。",
            deeds=(
                Deed(
                    "planned", "每季度在各村公告栏张贴惠农补贴发放明细", "caizheng", 60, "luyao", 52,
                    "九个村（社区）第一次明细已全部张贴，并在政务公开栏同步公布。",
                ),
            ),
        ),
    ),
    closed=True,
)  # fmt: skip

FOLLOWED = Sitting(
    title="{year}年{half}效能听证会（饮水和道路专场）",
    about="听取村民对夏季停水、村道坑洼和集市占道的意见。",
    place="石桥镇政府三楼会议室",
    held=29,
    hour=9,
    quotas={"liuan": 2, "zhuwu": 2, "shequ": 1},
    invited=1,
    officers={**_OFFICERS, "tanghuaijin": "officer"},
    reports=(
        Report(
            "water", "liuan", "饮水用电", "新屋自然村夏天天天停水",
            "七八月份一天只来两个小时的水，要半夜起来接。", "多打一口井，或者接镇上的水。", 160, 22, raised_by="吴长根",
        ),
        Report(
            "holes", "zhuwu", "道路交通", "上坞到下坞的路坑坑洼洼", "下雨天全是水坑，三轮车翻过两次。", "先把坑填了。",
            291, 19, raised_by="谢水清",
        ),
        Report(
            "market", "shequ", "其他", "赶集日摊位占了半条街",
            "消防车都开不进去，店家也有意见。", "划一块地方专门摆摊。", 1300, 16,
        ),
    ),
    people=(
        Volunteer("吴长根", "liuan", "2101", "停水"),
        Volunteer("吴水英", "liuan", "2102"),
        Volunteer("谢水清", "zhuwu", "2103", "修路"),
        Volunteer("谢招娣", "zhuwu", "2104"),
        Volunteer("钱建英", "shequ", "2105", "摊位占道"),
        Volunteer("上官明", "", "2106", represents="镇商会", accepts=True),
    ),
    postings=(
        ("broadcast", "liuan", "柳岸村广播室", "路遥", "efficiency_office"),
        ("poster", "liuan", "柳岸村委会公告栏", "路遥", "efficiency_office"),
        ("poster", "zhuwu", "上坞祠堂门口", "白山", "efficiency_office"),
        ("poster", "shequ", "新市口公告栏", "叶婧怡", "efficiency_office"),
    ),
    talks=(
        Talk(
            "water",
            (
                ("question", 0, "新屋三十多户，七八月份半夜起来接水，年年说年年没有办法。今年到底怎么办？"),
                ("answer", "tanghuaijin", "水源不够，打算在后山建一座五十吨的蓄水池，再加一台水泵。"),
                ("discussion", 1, "水泵的电费谁出？以前就是为电费停掉的。"),
                ("answer", "shaowenmin", "电费算在村饮水管护经费里，不另外向各户收。"),
            ),
            conclusion="在新屋后山建五十吨蓄水池并加装水泵，电费在村饮水管护经费中列支，不向农户另外收费。",
            deeds=(
                Deed(
                    "commitment", "在新屋后山建五十吨蓄水池并加装水泵", "linshui", 45, "tanghuaijin",
                    moved=(30, "水泵厂家交货推迟一个月，蓄水池主体已经完工。"),
                ),
            ),
        ),
        Talk(
            "holes",
            (
                ("question", 2, "路上的坑有一百多个，三轮车翻过两次，能不能先把坑填了？"),
                ("answer", "shaowenmin", "整条重修要等明年，先把坑填平，两个星期可以做完。"),
                ("discussion", 3, "不要用泥土填，一下雨又没了。"),
            ),
            conclusion="两个星期内用沥青冷补料把上坞到下坞的坑填平。",
            deeds=(Deed("planned", "用沥青冷补料填平上坞到下坞村道的坑洼", "jingji", 14, "qizhiqiang"),),
        ),
        Talk(
            "market",
            (
                ("question", 4, "赶集日半条街都是摊，消防车开不进来，出了事谁负责？"),
                ("answer", "gongxueqing", "可以把摊位移到渡口的空地，那里能摆六十个。"),
                ("discussion", 5, "渡口太偏，摆摊的没有生意，店家也少了人气。"),
                ("discussion", 4, "留出中间的消防通道，两边还是可以摆。"),
            ),
            against=(5,),
            study=60,
        ),
        Talk(
            "", (
                ("question", 3, "我们走一个多小时到镇上，正好碰到中午没有人。中午能不能留一个人？"),
                ("answer", "shenyun", "今天就定：受理室综合窗口中午轮流值班，从明天开始。"),
            ),
            title="受理室中午没有人", theme="办事服务", village="zhuwu",
            conclusion="受理室综合窗口工作日中午安排一人值班。",
            deeds=(Deed("done", "受理室综合窗口工作日中午安排一人值班", "shouliting"),),
        ),
    ),
)  # fmt: skip

ANNOUNCED = Sitting(
    title="{year}年{half}效能听证会（出行和养老专场）",
    about="听取村民对过渡口、乘公交和老年食堂的意见。",
    place="石桥社区文化活动中心二楼",
    held=-10,
    hour=14,
    quotas={"xiatang": 2, "chaxi": 2, "shequ": 2},
    invited=2,
    officers=_OFFICERS,
    reports=(
        Report(
            "ferry", "xiatang", "道路交通", "沙洲过河只有一条小渡船", "涨水就停渡，孩子上学要绕八里路。", "修一座便桥。",
            180, 30, raised_by="周水生",
        ),
        Report(
            "bus", "chaxi", "道路交通", "到镇上的公交一天只有一班", "早上去了下午才能回来。", "加一班，赶集日加两班。", 336, 27,
        ),
        Report(
            "canteen", "shequ", "医疗养老", "老年食堂办了三个月就停了", "独居老人吃饭没有着落。", "恢复供餐，自己出一部分钱可以。",
            260, 21, raised_by="钱桂珍",
        ),
    ),
    people=(
        Volunteer("周水生", "xiatang", "3101", "便桥什么时候修"),
        Volunteer("周银花", "xiatang", "3102"),
        Volunteer("周大勇", "xiatang", "3103", "停渡的时候怎么办"),
        Volunteer("诸葛莲", "xiatang", "3104"),
        Volunteer("陈阿六", "chaxi", "3105", "加公交"),
        Volunteer("钱桂珍", "shequ", "3106", "老年食堂"),
        Volunteer("卞小明", "shequ", "3107"),
        Volunteer("汪校长", "", "3108", represents="石桥镇中心小学", accepts=True),
        Volunteer("邹国强", "", "3109", represents="县公交公司石桥站"),
    ),
    postings=(
        ("broadcast", "xiatang", "下塘村广播室", "周大山", "efficiency_office"),
        ("poster", "xiatang", "沙洲渡口", "周大山", "efficiency_office"),
        ("poster", "chaxi", "茶溪村公告栏", "熊飞燕", "efficiency_office"),
        ("poster", "shequ", "老街公告栏", "叶婧怡", "efficiency_office"),
    ),
)  # fmt: skip
