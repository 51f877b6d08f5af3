"""Names of the sample township. All invented: no real office, no real person.

People: key (username where there is an account), name, gender, extension of the landline ("" for none), roles.
"""

PHONE = "8812 {}"

OFFICE = (
    "dangzheng",
    "党政办公室",
    "党政办",
    "综合协调、公文处理、政务公开、效能建设、督查督办。",
    "0101",
    "镇政府一楼 103 室",
)
CENTRES = [
    (
        "jingji",
        "经济发展服务中心",
        "经发中心",
        "农业农村、林业水利、财政金融、项目建设、惠农补贴。",
        "0201",
        "镇政府二楼 201 室",
    ),
    (
        "shehui",
        "社会事业服务中心",
        "社事中心",
        "民政社保、文教卫健、残疾人和退役军人服务。",
        "0301",
        "镇政府一楼 108 室",
    ),
    ("pingan", "平安建设服务中心", "平安中心", "综治调解、信访接待、应急和安全生产。", "0401", "镇政府三楼 302 室"),
]
HALL = (
    "shouliting",
    "便民服务受理室",
    "受理室",
    "集中受理镇村各类申请，一次告知、限时办结。",
    "0110",
    "镇政府一楼大厅",
)
TEAMS = [
    ("jingji", "nongye", "农业农村服务队", "农技推广、农村改革、宅基地和土地承包。", "0211"),
    ("jingji", "linshui", "林业水利服务队", "林木采伐、防汛抗旱、人畜饮水。", "0212"),
    ("jingji", "caizheng", "财政金融服务队", "惠农补贴发放、村级财务指导。", "0213"),
    ("shehui", "minzheng", "民政社保服务队", "低保、临时救助、残疾人证、城乡居民养老和医疗保险。", "0311"),
    ("shehui", "wenwei", "文教卫健服务队", "文化体育、学前教育、计生和公共卫生。", "0312"),
    ("pingan", "zongzhi", "综治调解服务队", "矛盾纠纷调解、信访接待、流动人口登记。", "0411"),
    ("pingan", "yingji", "应急安全服务队", "防灾减灾、安全生产、消防。", "0412"),
]
AREAS = [("hedong", "河东片"), ("hexi", "河西片"), ("shannan", "山南片")]
# area, key, name, kind, extension, population, households, km, natural villages
VILLAGES = [
    ("hedong", "shequ", "石桥社区", "community", "0600", 3862, 1327, "0.4", ("老街", "新市口", "渡口")),
    ("hedong", "shangtang", "上塘村", "village", "0601", 1874, 512, "2.6", ("塘头", "桥头", "祠堂边")),
    ("hedong", "xiatang", "下塘村", "village", "0602", 1533, 447, "3.8", ("下塘", "沙洲")),
    ("hedong", "liuan", "柳岸村", "village", "0603", 1216, 365, "5.1", ("柳岸", "磨坊", "新屋")),
    ("hexi", "shigu", "石鼓村", "village", "0604", 2051, 588, "4.2", ("石鼓", "里坑", "外坑")),
    ("hexi", "zhuwu", "竹坞村", "village", "0605", 968, 291, "7.9", ("上坞", "下坞")),
    ("hexi", "fenglin", "枫林村", "village", "0606", 1345, 402, "6.7", ("枫林", "高岭")),
    ("shannan", "yunling", "云岭村", "village", "0607", 643, 208, "18.5", ("云岭头", "半山", "茅坪")),
    ("shannan", "chaxi", "茶溪村", "village", "0608", 1127, 336, "12.3", ("茶溪", "龙潭背")),
]

PEOPLE = [
    # leaders 班子成员
    ("head", "陆承堃", "male", "0001", ("head",)),
    ("leader", "顾明远", "male", "0002", ("leader",)),
    ("shenyun", "沈赟", "female", "0003", ("leader",)),
    ("shaowenmin", "邵文旻", "male", "0004", ("leader",)),
    ("gongxueqing", "龚雪晴", "female", "0005", ("leader",)),
    ("leading_group", "尉迟岚", "female", "0006", ("leader", "leading_group")),
    # office
    ("approver", "欧阳静", "female", "0102", ("approver", "cadre")),
    ("editor", "褚晓彤", "female", "0103", ("editor", "cadre")),
    ("checker", "闵思远", "male", "0104", ("checker", "cadre")),
    ("efficiency_office", "柏建民", "male", "0105", ("efficiency_office", "cadre")),
    ("system_admin", "翟宇辰", "male", "0106", ("system_admin",)),
    ("security_admin", "冯玉洁", "female", "0107", ("security_admin",)),
    ("audit_admin", "苗春生", "male", "0108", ("audit_admin",)),
    # hall
    ("hall_director", "钟玉梅", "female", "0111", ("hall_director", "cadre")),
    ("window_clerk", "柳依依", "female", "0112", ("window_clerk", "cadre")),
    # centres and teams
    ("qizhiqiang", "祁志强", "male", "0202", ("cadre",)),
    ("helanying", "贺兰英", "female", "0302", ("cadre",)),
    ("shizhenbang", "石振邦", "male", "0402", ("cadre",)),
    ("cadre", "方旭", "male", "0221", ("cadre",)),
    ("tanghuaijin", "唐怀瑾", "male", "0222", ("cadre",)),
    ("luyao", "路遥", "female", "0223", ("cadre",)),
    ("case_handler", "康大勇", "male", "0321", ("case_handler", "cadre")),
    ("yejingyi", "叶婧怡", "female", "0322", ("cadre",)),
    ("baishan", "白山", "male", "0421", ("cadre",)),
    ("xiongfeiyan", "熊飞燕", "female", "0422", ("cadre",)),
    # villages
    ("liaison", "田野", "male", "0323", ("liaison", "cadre")),
    ("publicist", "谭秀芝", "female", "0601", ("publicist",)),
    ("agent", "蓝水根", "male", "0607", ("agent",)),
    ("supervisor", "鲁守田", "male", "", ("supervisor",)),
    ("wujiahui", "伍佳慧", "female", "", ("supervisor",)),
    # no account
    ("qianyoufu", "钱有福", "male", "0600", ()),
    ("zhugeliang", "诸葛宏", "male", "0601", ()),
    ("zhoudashan", "周大山", "male", "0602", ()),
    ("wuguixiang", "吴桂香", "female", "0603", ()),
    ("shijinbao", "石金宝", "male", "0604", ()),
    ("xiezhulin", "谢竹林", "male", "0605", ()),
    ("linhongye", "林红叶", "female", "0606", ()),
    ("lanqingyun", "蓝青云", "male", "0607", ()),
    ("chenchazhen", "陈茶珍", "female", "0608", ()),
    # left last year
    ("tuguodong", "涂国栋", "male", "", ()),
    ("xusongnian", "许松年", "male", "", ()),
]

# unit key, post, duties, established number, exclusive
POSTS = [
    ("township", "党委书记", "主持党委全面工作。", 1, False),
    ("township", "党委副书记、镇长", "主持政府全面工作。", 1, False),
    ("township", "党委副书记", "党务、效能建设和政务公开。", 1, False),
    ("township", "副镇长（经济发展）", "农业农村、财政和项目建设。", 1, False),
    ("township", "副镇长（社会事业）", "民政社保、教育卫生。", 1, False),
    ("township", "纪委书记", "纪检监察，效能建设领导小组。", 1, False),
    ("dangzheng", "主任", "综合协调，文件审签。", 1, False),
    ("dangzheng", "政务公开专员", "起草公告和信息，维护政务公开栏。", 1, False),
    ("dangzheng", "文字综合岗", "公文核稿，会议材料。", 1, False),
    ("dangzheng", "效能办主任", "听证、月承诺、考评和投诉。", 1, False),
    ("dangzheng", "系统管理员", "账号和系统设置。", 1, False),
    ("dangzheng", "安全保密员", "授权管理和保密审查。", 1, False),
    ("dangzheng", "安全审计员", "审计日志检查。", 1, False),
    ("shouliting", "主任", "受理室日常管理、催到催办。", 1, True),
    ("shouliting", "综合窗口", "受理、告知、送达。", 2, False),
    ("jingji", "主任", "中心全面工作。", 1, False),
    ("shehui", "主任", "中心全面工作。", 1, False),
    ("pingan", "主任", "中心全面工作。", 1, False),
    ("nongye", "队长", "农技推广和宅基地审批。", 1, False),
    ("linshui", "队长", "防汛抗旱、林木采伐。", 1, False),
    ("caizheng", "队长", "惠农补贴和村级财务。", 1, False),
    ("minzheng", "队长", "低保、临时救助审核。", 1, False),
    ("minzheng", "队员", "社保经办。", 3, False),
    ("wenwei", "队长", "文化、教育和卫生。", 1, False),
    ("zongzhi", "队长", "调解和信访接待。", 1, False),
    ("yingji", "队长", "应急和安全检查。", 1, False),
    ("shequ", "党总支书记", "社区全面工作。", 1, False),
    *((village, "党支部书记", "村级全面工作。", 1, False) for village in
      ("shangtang", "xiatang", "liuan", "shigu", "zhuwu", "fenglin", "yunling", "chaxi")),
    ("shangtang", "宣传员", "村务公开栏张贴，收集意见。", 1, False),
    ("yunling", "全程代办员", "替村民跑腿，全程代办。", 1, False),
]  # fmt: skip

# person, unit, post, years ago it began (first of January), kind
APPOINTMENTS = [
    ("head", "township", "党委书记", 2, "full"),
    ("leader", "township", "党委副书记、镇长", 1, "full"),
    ("shenyun", "township", "党委副书记", 3, "full"),
    ("shaowenmin", "township", "副镇长（经济发展）", 2, "full"),
    ("gongxueqing", "township", "副镇长（社会事业）", 2, "full"),
    ("leading_group", "township", "纪委书记", 1, "full"),
    ("approver", "dangzheng", "主任", 2, "full"),
    ("editor", "dangzheng", "政务公开专员", 1, "full"),
    ("checker", "dangzheng", "文字综合岗", 2, "full"),
    ("efficiency_office", "dangzheng", "效能办主任", 3, "full"),
    ("system_admin", "dangzheng", "系统管理员", 1, "full"),
    ("security_admin", "dangzheng", "安全保密员", 1, "full"),
    ("audit_admin", "dangzheng", "安全审计员", 1, "concurrent"),
    ("hall_director", "shouliting", "主任", 2, "full"),
    ("window_clerk", "shouliting", "综合窗口", 1, "full"),
    ("case_handler", "shouliting", "综合窗口", 1, "concurrent"),
    ("qizhiqiang", "jingji", "主任", 3, "full"),
    ("shizhenbang", "pingan", "主任", 2, "full"),
    ("cadre", "nongye", "队长", 1, "full"),
    ("tanghuaijin", "linshui", "队长", 2, "full"),
    ("luyao", "caizheng", "队长", 2, "full"),
    ("case_handler", "minzheng", "队长", 3, "full"),
    ("yejingyi", "wenwei", "队长", 2, "full"),
    ("yejingyi", "minzheng", "队员", 1, "concurrent"),
    ("liaison", "minzheng", "队员", 1, "seconded"),
    ("baishan", "zongzhi", "队长", 2, "full"),
    ("xiongfeiyan", "yingji", "队长", 1, "full"),
    ("qianyoufu", "shequ", "党总支书记", 4, "full"),
    ("zhugeliang", "shangtang", "党支部书记", 4, "full"),
    ("zhoudashan", "xiatang", "党支部书记", 4, "full"),
    ("wuguixiang", "liuan", "党支部书记", 2, "full"),
    ("shijinbao", "shigu", "党支部书记", 4, "full"),
    ("xiezhulin", "zhuwu", "党支部书记", 4, "full"),
    ("linhongye", "fenglin", "党支部书记", 2, "full"),
    ("lanqingyun", "yunling", "党支部书记", 4, "full"),
    ("chenchazhen", "chaxi", "党支部书记", 4, "full"),
    ("publicist", "shangtang", "宣传员", 3, "full"),
    ("agent", "yunling", "全程代办员", 3, "full"),
]

# person, unit, years ago
IN_CHARGE = [
    ("head", "township", 2),
    ("shenyun", "dangzheng", 2),
    ("shenyun", "shouliting", 2),
    ("shaowenmin", "jingji", 2),
    ("gongxueqing", "shehui", 2),
    ("leader", "pingan", 1),
]
STATIONED = [
    ("yejingyi", "shequ", 1),
    ("liaison", "shangtang", 1),
    ("luyao", "liuan", 1),
    ("tanghuaijin", "shigu", 2),
    ("baishan", "zhuwu", 1),
    ("cadre", "fenglin", 1),
    ("liaison", "yunling", 1),
    ("xiongfeiyan", "chaxi", 1),
]
LINKED = [
    ("head", "yunling"),
    ("leader", "shequ"),
    ("shenyun", "shangtang"),
    ("shaowenmin", "shigu"),
    ("shaowenmin", "zhuwu"),
    ("gongxueqing", "liuan"),
    ("gongxueqing", "fenglin"),
    ("leading_group", "xiatang"),
    ("leading_group", "chaxi"),
]
