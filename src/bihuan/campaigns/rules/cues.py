"""Words of plans that call for an indicator: said by towns, counties and ministries in much the same way since 2012."""
# ruff: noqa: E501 -- a table is read by column

from typing import Final

# pattern → keys of the catalogue. A sentence is read without spaces; commas and full stops inside it stay.
# fmt: off
CUES: Final[tuple[tuple[str, str], ...]] = (
    # -- the campaign itself
    (r"(?:现在|即日|\d月|日)起至|为期|起止时间",                "campaign.days_active"),
    (r"根据.{0,80}(?:通知|方案|意见|要求|精神)|按照.{0,40}(?:通知|方案|意见)", "campaign.basis"),
    (r"全[镇县市区乡省]\w{0,2}范围|全覆盖|不留死角|不留盲区|横向到边", "campaign.villages_covered campaign.firms_covered"),
    (r"(?:贯彻|传达|学习|领会).{0,40}(?:精神|思想|部署|要求|指示|论述)|把握.{0,20}部署", "study.units"),
    (r"(?:吸取|汲取).{0,30}教训|事故教训",                       "alike.firms_checked alike.units_answered"),
    (r"意识|思维|观念",                                          "awareness.itself awareness.trained"),
    (r"培训|警示教育|宣传教育|宣讲",                             "awareness.trained"),
    (r"落实.{0,10}责任和.{0,10}措施|责任.{0,4}措施.{0,6}(?:到位|落实)", "duties.evidenced"),
    (r"大检查|大排查|拉网式|地毯式|全面排查|摸底排查",           "search.yield_trend search.firms"),
    (r"(?:稳定|平稳)可控|形势.{0,6}(?:稳定|平稳|好转)",          "situation.larger_accidents situation.months_without_death"),
    # -- goals
    (r"事故总量|压降.{0,4}事故|减少事故|遏制.{0,6}事故",         "accidents.over_last_year"),
    (r"体系建设|体系.{0,10}建设",                                "systems.in_place"),
    (r"强化.{0,10}责任落实|压紧压实|工作落实(?!相对|.{0,4}薄弱|不力|不到位)",                   "tasks.on_time"),
    (r"整改.{0,6}重大.{0,4}隐患|重大.{0,6}隐患.{0,10}(?:清零|整改|治理到位|销号)", "majors.closed"),
    (r"惩治|典型违法|查处.{0,6}违法|严厉查处",                   "violations.decided violations.by_category"),
    (r"关闭.{0,4}(?:一批)?.{0,20}(?:企业|单位|场所)|依法关闭|关停",             "closures.verified closures.count"),
    (r"黑名单|曝光|失信",                                        "blacklist.published"),
    (r"取缔|无证无照|非法违法企业|非法生产",                     "bans.verified bans.dealt_with"),
    (r"双下降|死亡人数|起数.{0,6}人数",                          "accidents.decline deaths.decline"),
    (r"杜绝.{0,4}(?:重特大|重大|特大)|(?:控制|遏制).{0,2}(?:较大|重特大)|一般事故(?!隐患)", "accidents.gravest accidents.larger_to_ceiling accidents.general_over_last_year"),
    (r"(?:平安|祥和).{0,6}(?:节|年)|春节|元旦|国庆|节日期间",    "festival.quiet_days"),
    # -- responsibility
    (r"党政同责|一岗双责|失职追责|责任清单",                     "leaders.listed"),
    (r"第一责任人|组织领导|主要(?:负责|领导).{0,20}(?:亲自|负总责)", "principals.chaired"),
    (r"带队|亲自组织",                                           "principals.led_enough principals.led_visits"),
    (r"(?:重点|突出|难点|共性).{0,4}问题.{0,10}|研究解决",       "problems.on_time"),
    (r"管行业|管业务|管生产经营|三管三必须|三个必须",            "firms.one_lead"),
    (r"重点行业.{0,20}(?:监管|监督|检查)",                       "key_sectors.inspected"),
    (r"隐患排查治理|排查治理|治理隐患|消除隐患|整改到位|限期整改", "hazards.on_time"),
    (r"行业.{0,8}形势.{0,6}(?:稳定|平稳)",                       "sectors.quiet"),
    (r"全员.{0,8}责任制|岗位责任",                               "firms.all_staff"),
    (r"主体责任",                                                "firms.assessed"),
    (r"五到位",                                                  "firms.five_in_place firms.five_sampled"),
    # -- hazards
    (r"双重预防|风险分级|风险辨识|风险清单|风险管控|四色图",     "risks.registers risks.reviewed"),
    (r"自查.{0,2}(?:自改|自纠|自报)|自查自",                     "self_reports.firms hazards.self_found"),
    (r"(?:企业|单位|场所|经营户).{0,12}自查(?!.{0,12}(?:签字|把关))|自查.{0,6}(?:并|后|结果).{0,4}(?:上?报|报送)", "self_reports.firms"),
    (r"分层分级|分级治理|分级分类|一般.{0,6}隐患.{0,6}重大.{0,4}隐患", "hazards.graded_in_time majors.cited"),
    (r"挂牌督办|挂牌",                                           "majors.listed majors.listed_in_time"),
    (r"上级.{0,14}(?:清单|交办|反馈|检查)|交办",                 "superior.accepted_in_time"),
    (r"举一反三",                                                "alike.items_completed alike.found"),
    (r"(?:抓好|落实).{0,4}整改|整改落实|问题整改",               "superior.closed superior.recognised"),
    (r"不能立即整改|五落实|责任、措施、资金|责任.措施.资金.时限", "hazards.arranged"),
    (r"闭环|闭合|销号|复查|回访",                                "hazards.reviewed hazards.overdue hazards.repeat_of_closed hazards.days_to_close"),
    (r"(?:评定|判定)标准",                                       "majors.criterion_valid"),
    (r"重点(?:行业)?领域.{0,30}(?:隐患(?!多|大|突出)|排查|整治)|等(?:重点)?行业领域", "fields.searched fields.rectified"),
    # -- inspection
    (r"高压态势|严打|严惩|严治|零容忍|从严执法",                 "visits.with_measure violations.filed"),
    (r"岁末年初|季节性|特点规律|汛期|高温|冬春|寒潮",            "visits.seasonal"),
    (r"易发多发|薄弱",                                           "visits.weak"),
    (r"风险高|高风险|隐患多|风险较?大",                          "visits.top_risk visits.top_risk_share"),
    (r"关键部位|重点部位|重点环节|关键环节",                     "visits.key_parts"),
    (r"联合检查|集中检查|联合执法|联合督查|交叉检查",            "visits.joint visits.departments visits.rounds"),
    (r"(?:打击|查处).{0,20}违法|非法违法行为|移送|通报.{0,6}线索", "violations.dealt_with transfers.answered"),
    (r"(?:依法|严厉|从严)(?:予以|给予)?(?:查处|处罚)|从重处罚|立案查处|行政处罚",   "violations.dealt_with"),
    # -- key periods
    (r"(?<!等)保障措施|有效做法|应急值守",                              "safeguards.activated"),
    (r"分片|挂钩|包保|包片|包干|包联|干部包[村组户企]",                           "areas.led areas.visits"),
    (r"驻点|驻厂",                                               "stationing.sheets"),
    (r"带班|值班|值守",                                          "shifts.confirmed shifts.answered"),
    (r"危险作业|动火|特殊作业|受限空间|有限空间作业",            "works.reported works.permits_valid works.upgraded"),
    (r"重点时段.{0,20}(?:稳定|平稳)|敏感时期|日报",              "periods.returns periods.incidents"),
    # -- resumption
    (r"复工|复产",                                               "resumption.known resumption.visited"),
    (r"复[工产].{0,8}方案",                                      "resumption.plans"),
    (r"自查.{0,12}签字|签字确认|把关并签字",                     "resumption.signed"),
    (r"有资质|技术服务机构|第三方.{0,6}机构",                    "resumption.body_valid"),
    (r"审核.{0,12}方案|应急处置方案",                            "resumption.opinions"),
    (r"确认书|安全条件确认",                                     "resumption.confirmed resumption.refuted"),
    (r"方可.{0,8}(?:开工|复工|复产|生产)|后.{0,6}上报.{0,12}部门", "resumption.after_receipt resumption.before_receipt"),
    (r"不安全不生产|严禁.{0,8}(?:开工|复工|生产)|擅自.{0,4}复",  "resumption.refused_mended resumption.illegal_stopped"),
    # -- requirements
    (r"领导小组(?!办公室)|指挥部(?!办公室)|任组长|为组长",       "group.posts"),
    (r"(?:建立|成立).{0,8}(?:机构|专班|工作组|小组)",            "units.with_body"),
    (r"分管(?:负责|领导)|亲自负责|明确专人|专人负责",            "units.with_leader units.leader_acted"),
    (r"(?:制定|制订|细化|报送)(?!.{0,12}(?:复[工产]|应急|整改|施工|治理方案)).{0,14}(?:方案|计划|细则)", "plans.accepted plans.on_time"),
    (r"(?<![通汇])报(?!送)(?!.{0,6}(?:复[工产]|应急|整改|治理|施工)).{0,6}(?:工作|行动|实施)方案|将.{0,6}(?:工作|行动|实施)方案(?:上?报|提交)", "plans.accepted plans.on_time"),
    (r"履行.{0,12}职[责能]|各司其职",                            "tasks.done"),
    (r"合力|协作|配合(?!单位|部门|企业)|协同|联动",                                "tasks.helped transfers.on_time"),
    (r"(?<!检)查隐患|抓整改|促整改",                                    "hazards.per_visit hazards.closed"),
    (r"下沉|一线|深入基层",                                      "officers.on_site"),
    (r"抓督查|跟踪督[办促查]|督促整改|督促落实",                 "supervision.closed"),
    (r"纵深|回头看|持续推进|巩固",                               "visits.second_round hazards.repeat_of_found"),
    (r"延期|延长至|延续",                                        "extension.document extension.records"),
    (r"调度|例会|会商",                                          "scheduling.weeks"),
    (r"调度|报送|报告|上报|周报|月报|半月报|报表",               "returns.on_time"),
    (r"严格督促|落细落实|跟踪问效|盯办",                         "issues.on_time"),
    (r"监督检查|督导|督查",                                      "supervision.units"),
    (r"专项督查|明察暗访|明查暗访|暗访|督查组",                  "supervision.rounds supervision.covert"),
    (r"通报|约谈",                                               "bulletins.criticised bulletins.corrected"),
    (r"问责|(?<!失职)追责|追究|倒查",                                     "accountability.concluded"),
)
# fmt: on

GATE: Final = """resumption.plans resumption.signed resumption.body_valid resumption.opinions resumption.confirmed
resumption.after_receipt resumption.illegal_stopped"""
# A general figure is not offered beside a special one that the same words call for: a clause on resumption plans asks for
# no sub-plans of villages, 双下降 is more than a total.
YIELDS: Final[dict[str, frozenset[str]]] = {
    one: frozenset(special.split())
    for general, special in (
        ("accidents.over_last_year", "accidents.decline accidents.gravest"),
        ("situation.larger_accidents situation.months_without_death", "sectors.quiet periods.returns"),
        ("tasks.done", "firms.one_lead"),
        ("hazards.on_time", "fields.searched"),
        ("hazards.per_visit hazards.closed", "supervision.closed"),
        ("search.yield_trend search.firms", "extension.document"),
        ("supervision.units", "supervision.closed supervision.rounds"),
        ("returns.on_time", "resumption.after_receipt"),
        ("resumption.known resumption.visited", GATE),
    )
    for one in general.split()
}
