"""Safety sectors (R10.5) and safety features of an enterprise, with the words that lists and standards use."""

from enum import StrEnum
from typing import Final


class Sector(StrEnum):
    """A safety sector (R10.5): which department and which criteria look at a place."""

    HAZARDOUS_CHEMICALS = "hazardous_chemicals"
    CHEMICAL = "chemical"
    PHARMACEUTICAL = "pharmaceutical"
    FIREWORKS = "fireworks"
    METALLURGY = "metallurgy"
    NONFERROUS = "nonferrous"
    BUILDING_MATERIALS = "building_materials"
    MACHINERY = "machinery"
    LIGHT_INDUSTRY = "light_industry"
    TEXTILE = "textile"
    TOBACCO = "tobacco"
    COMMERCE = "commerce"
    MINING = "mining"
    CONSTRUCTION = "construction"
    ROAD_TRANSPORT = "road_transport"
    WATER_TRANSPORT = "water_transport"
    FIRE_CROWDED = "fire_crowded"
    SPECIAL_EQUIPMENT = "special_equipment"
    GAS = "gas"
    CIVIL_EXPLOSIVES = "civil_explosives"
    FARM_MACHINERY = "farm_machinery"
    FISHERY = "fishery"
    OTHER = "other"


SECTOR_NAMES: Final[dict[Sector, str]] = {
    Sector.HAZARDOUS_CHEMICALS: "危险化学品",
    Sector.CHEMICAL: "化工",
    Sector.PHARMACEUTICAL: "医药",
    Sector.FIREWORKS: "烟花爆竹",
    Sector.METALLURGY: "冶金",
    Sector.NONFERROUS: "有色",
    Sector.BUILDING_MATERIALS: "建材",
    Sector.MACHINERY: "机械",
    Sector.LIGHT_INDUSTRY: "轻工",
    Sector.TEXTILE: "纺织",
    Sector.TOBACCO: "烟草",
    Sector.COMMERCE: "商贸",
    Sector.MINING: "矿山",
    Sector.CONSTRUCTION: "建筑施工",
    Sector.ROAD_TRANSPORT: "道路运输",
    Sector.WATER_TRANSPORT: "水上交通",
    Sector.FIRE_CROWDED: "消防（人员密集场所）",
    Sector.SPECIAL_EQUIPMENT: "特种设备",
    Sector.GAS: "燃气",
    Sector.CIVIL_EXPLOSIVES: "民爆",
    Sector.FARM_MACHINERY: "农机",
    Sector.FISHERY: "渔业",
    Sector.OTHER: "其他",
}

# 工贸 is the word of the criteria and of many ledgers for these eight.
INDUSTRY_AND_TRADE: Final[frozenset[Sector]] = frozenset(
    {
        Sector.METALLURGY,
        Sector.NONFERROUS,
        Sector.BUILDING_MATERIALS,
        Sector.MACHINERY,
        Sector.LIGHT_INDUSTRY,
        Sector.TEXTILE,
        Sector.TOBACCO,
        Sector.COMMERCE,
    }
)

# Standards of these sectors bind every enterprise, whatever its own sector is.
CROSS_CUTTING: Final[frozenset[Sector]] = frozenset({Sector.FIRE_CROWDED, Sector.SPECIAL_EQUIPMENT})

EVERY_SECTOR: Final[frozenset[Sector]] = frozenset(Sector)

SECTOR_WORDS: Final[dict[str, frozenset[Sector]]] = {
    **{name: frozenset({sector}) for sector, name in SECTOR_NAMES.items()},
    "危化": frozenset({Sector.HAZARDOUS_CHEMICALS}),
    "危化品": frozenset({Sector.HAZARDOUS_CHEMICALS}),
    "制药": frozenset({Sector.PHARMACEUTICAL}),
    "有色金属": frozenset({Sector.NONFERROUS}),
    "机械制造": frozenset({Sector.MACHINERY}),
    "矿山开采": frozenset({Sector.MINING}),
    "非煤矿山": frozenset({Sector.MINING}),
    "建筑": frozenset({Sector.CONSTRUCTION}),
    "建设": frozenset({Sector.CONSTRUCTION}),
    "交通运输": frozenset({Sector.ROAD_TRANSPORT}),
    "道路交通": frozenset({Sector.ROAD_TRANSPORT}),
    "水上": frozenset({Sector.WATER_TRANSPORT}),
    "消防": frozenset({Sector.FIRE_CROWDED}),
    "消防/人员密集": frozenset({Sector.FIRE_CROWDED}),
    "人员密集场所": frozenset({Sector.FIRE_CROWDED}),
    "城镇燃气": frozenset({Sector.GAS}),
    "民用爆炸物品": frozenset({Sector.CIVIL_EXPLOSIVES}),
    "农业机械": frozenset({Sector.FARM_MACHINERY}),
    "渔业船舶": frozenset({Sector.FISHERY}),
    "化工和危险化学品": frozenset({Sector.CHEMICAL, Sector.HAZARDOUS_CHEMICALS}),
    "工贸": INDUSTRY_AND_TRADE,
    "通用": EVERY_SECTOR,
}


def sectors_of(word: str) -> frozenset[Sector]:
    """Return the sectors that a list's or a standard's word means; empty when the word is not known."""
    return SECTOR_WORDS.get(word.strip(), frozenset())


class Feature(StrEnum):
    """A safety feature: a fact of an enterprise or place that decides which criteria can apply to it."""

    DUST_EXPLOSIVE = "dust_explosive"
    METAL_DUST = "metal_dust"
    WOOD_DUST = "wood_dust"
    AMMONIA_REFRIGERATION = "ammonia_refrigeration"
    CONFINED_SPACE = "confined_space"
    MAJOR_HAZARD_SOURCE = "major_hazard_source"
    MOLTEN_METAL = "molten_metal"
    METAL_SMELTING = "metal_smelting"
    DEEP_WELL_CASTING = "deep_well_casting"
    ELECTRIC_FURNACE = "electric_furnace"
    COAL_GAS = "coal_gas"
    GAS_BURNER = "gas_burner"
    GAS_KILN = "gas_kiln"
    GLASS_KILN = "glass_kiln"
    COAL_MILL = "coal_mill"
    SILO = "silo"
    SPRAYING = "spraying"
    SOLVENT_CLEANING = "solvent_cleaning"
    HEAT_SETTING = "heat_setting"
    HYDROSULFITE = "hydrosulfite"
    FOOD_PROCESSING = "food_processing"
    LIQUOR = "liquor"
    GRAIN_STORAGE = "grain_storage"
    PHOSPHINE_FUMIGATION = "phosphine_fumigation"
    CO2_EXPANDED_TOBACCO = "co2_expanded_tobacco"
    LITHIUM_BATTERY_STORAGE = "lithium_battery_storage"
    CONTRACTED_OUT = "contracted_out"
    SPECIAL_OPERATION = "special_operation"
    SPECIAL_WORK = "special_work"
    CHEMICAL_PRODUCTION = "chemical_production"
    CHEMICAL_TRADE = "chemical_trade"
    CHEMICAL_USE = "chemical_use"
    CHEMICAL_STORAGE = "chemical_storage"
    CHEMICAL_TANK_FARM = "chemical_tank_farm"
    CHEMICAL_FILLING = "chemical_filling"
    CHEMICAL_PIPELINE = "chemical_pipeline"
    KEY_PROCESS = "key_process"
    KEY_CHEMICAL = "key_chemical"
    HIGH_RISK_PROCESS = "high_risk_process"
    FINE_CHEMICAL = "fine_chemical"
    LIQUEFIED_HYDROCARBON = "liquefied_hydrocarbon"
    LIQUID_CHLORINE = "liquid_chlorine"
    EXPLOSIVE_CHEMICAL = "explosive_chemical"
    AMMONIUM_NITRATE = "ammonium_nitrate"
    TOXIC_GAS = "toxic_gas"
    HIGHLY_TOXIC_GAS = "highly_toxic_gas"
    COMBUSTIBLE_TOXIC_GAS = "combustible_toxic_gas"
    EXPLOSIVE_AREA = "explosive_area"
    OIL_TANK = "oil_tank"
    OVERHEAD_LINE = "overhead_line"
    FIREWORKS_PRODUCTION = "fireworks_production"
    FIREWORKS_WHOLESALE = "fireworks_wholesale"
    FIREWORKS_RETAIL = "fireworks_retail"
    CONSTRUCTION_SITE = "construction_site"
    DANGEROUS_SUBPROJECT = "dangerous_subproject"
    FOUNDATION_PIT = "foundation_pit"
    FORMWORK = "formwork"
    SCAFFOLD = "scaffold"
    HOISTING_MACHINERY = "hoisting_machinery"
    WORK_AT_HEIGHT = "work_at_height"
    TEMPORARY_POWER = "temporary_power"
    DEMOLITION = "demolition"
    TUNNELLING = "tunnelling"
    CROWDED_PLACE = "crowded_place"
    UNDERGROUND_CROWDED_PLACE = "underground_crowded_place"
    UNDERGROUND_BUILDING = "underground_building"
    ENTERTAINMENT = "entertainment"
    HOTEL = "hotel"
    SHOP = "shop"
    MIXED_LIVING = "mixed_living"
    YOUNG_AND_OLD = "young_and_old"
    HIGH_RISE = "high_rise"
    SANDWICH_PANEL = "sandwich_panel"
    FLAMMABLE_PLACE = "flammable_place"
    FUEL_STATION = "fuel_station"
    GAS_DISTRIBUTION = "gas_distribution"
    BOILER = "boiler"
    PRESSURE_VESSEL = "pressure_vessel"
    PRESSURE_PIPE = "pressure_pipe"
    GAS_CYLINDER = "gas_cylinder"
    CYLINDER_FILLING = "cylinder_filling"
    MOBILE_PRESSURE_VESSEL = "mobile_pressure_vessel"
    OXYGEN_CHAMBER = "oxygen_chamber"
    LIFT = "lift"
    CRANE = "crane"
    PASSENGER_ROPEWAY = "passenger_ropeway"
    AMUSEMENT_RIDE = "amusement_ride"
    SITE_VEHICLE = "site_vehicle"


FEATURE_NAMES: Final[dict[Feature, str]] = {
    Feature.DUST_EXPLOSIVE: "粉尘涉爆",
    Feature.METAL_DUST: "金属粉尘",
    Feature.WOOD_DUST: "木质粉尘",
    Feature.AMMONIA_REFRIGERATION: "液氨制冷",
    Feature.CONFINED_SPACE: "有限空间",
    Feature.MAJOR_HAZARD_SOURCE: "重大危险源",
    Feature.MOLTEN_METAL: "高温熔融金属",
    Feature.METAL_SMELTING: "金属冶炼",
    Feature.DEEP_WELL_CASTING: "深井铸造",
    Feature.ELECTRIC_FURNACE: "电熔炉",
    Feature.COAL_GAS: "煤气",
    Feature.GAS_BURNER: "燃气燃烧装置",
    Feature.GAS_KILN: "燃气窑炉",
    Feature.GLASS_KILN: "玻璃窑炉",
    Feature.COAL_MILL: "煤磨",
    Feature.SILO: "筒型储库",
    Feature.SPRAYING: "喷涂作业",
    Feature.SOLVENT_CLEANING: "可燃溶剂清洗",
    Feature.HEAT_SETTING: "热定型",
    Feature.HYDROSULFITE: "保险粉",
    Feature.FOOD_PROCESSING: "食品加工",
    Feature.LIQUOR: "白酒",
    Feature.GRAIN_STORAGE: "粮食仓储",
    Feature.PHOSPHINE_FUMIGATION: "磷化氢熏蒸",
    Feature.CO2_EXPANDED_TOBACCO: "二氧化碳膨胀烟丝",
    Feature.LITHIUM_BATTERY_STORAGE: "锂电池仓储",
    Feature.CONTRACTED_OUT: "承包承租",
    Feature.SPECIAL_OPERATION: "特种作业",
    Feature.SPECIAL_WORK: "特殊作业",
    Feature.CHEMICAL_PRODUCTION: "危化品生产",
    Feature.CHEMICAL_TRADE: "危化品经营",
    Feature.CHEMICAL_USE: "危化品使用",
    Feature.CHEMICAL_STORAGE: "危化品储存",
    Feature.CHEMICAL_TANK_FARM: "危化品罐区",
    Feature.CHEMICAL_FILLING: "危化品充装",
    Feature.CHEMICAL_PIPELINE: "危化品管道",
    Feature.KEY_PROCESS: "重点监管工艺",
    Feature.KEY_CHEMICAL: "重点监管危化品",
    Feature.HIGH_RISK_PROCESS: "高危工艺",
    Feature.FINE_CHEMICAL: "精细化工",
    Feature.LIQUEFIED_HYDROCARBON: "液化烃",
    Feature.LIQUID_CHLORINE: "液氯",
    Feature.EXPLOSIVE_CHEMICAL: "爆炸性化学品",
    Feature.AMMONIUM_NITRATE: "硝酸铵",
    Feature.TOXIC_GAS: "有毒气体",
    Feature.HIGHLY_TOXIC_GAS: "剧毒气体",
    Feature.COMBUSTIBLE_TOXIC_GAS: "可燃有毒气体",
    Feature.EXPLOSIVE_AREA: "爆炸危险场所",
    Feature.OIL_TANK: "储油罐",
    Feature.OVERHEAD_LINE: "架空线",
    Feature.FIREWORKS_PRODUCTION: "烟花爆竹生产",
    Feature.FIREWORKS_WHOLESALE: "烟花爆竹批发",
    Feature.FIREWORKS_RETAIL: "烟花爆竹零售",
    Feature.CONSTRUCTION_SITE: "在建工程",
    Feature.DANGEROUS_SUBPROJECT: "危大工程",
    Feature.FOUNDATION_PIT: "基坑",
    Feature.FORMWORK: "模板支架",
    Feature.SCAFFOLD: "脚手架",
    Feature.HOISTING_MACHINERY: "建筑起重机械",
    Feature.WORK_AT_HEIGHT: "高处作业",
    Feature.TEMPORARY_POWER: "临时用电",
    Feature.DEMOLITION: "拆除",
    Feature.TUNNELLING: "暗挖隧道",
    Feature.CROWDED_PLACE: "人员密集场所",
    Feature.UNDERGROUND_CROWDED_PLACE: "地下人员密集场所",
    Feature.UNDERGROUND_BUILDING: "地下建筑",
    Feature.ENTERTAINMENT: "公共娱乐场所",
    Feature.HOTEL: "旅馆",
    Feature.SHOP: "商店",
    Feature.MIXED_LIVING: "居住合用",
    Feature.YOUNG_AND_OLD: "老幼场所",
    Feature.HIGH_RISE: "高层建筑",
    Feature.SANDWICH_PANEL: "彩钢板",
    Feature.FLAMMABLE_PLACE: "易燃易爆危险品场所",
    Feature.FUEL_STATION: "加油加气站",
    Feature.GAS_DISTRIBUTION: "燃气配气",
    Feature.BOILER: "锅炉",
    Feature.PRESSURE_VESSEL: "压力容器",
    Feature.PRESSURE_PIPE: "压力管道",
    Feature.GAS_CYLINDER: "气瓶",
    Feature.CYLINDER_FILLING: "气瓶充装",
    Feature.MOBILE_PRESSURE_VESSEL: "移动式压力容器",
    Feature.OXYGEN_CHAMBER: "氧舱",
    Feature.LIFT: "电梯",
    Feature.CRANE: "起重机械",
    Feature.PASSENGER_ROPEWAY: "客运索道",
    Feature.AMUSEMENT_RIDE: "大型游乐设施",
    Feature.SITE_VEHICLE: "场内机动车辆",
}

FEATURE_WORDS: Final[dict[str, Feature]] = {
    **{name: feature for feature, name in FEATURE_NAMES.items()},
    "涉爆粉尘": Feature.DUST_EXPLOSIVE,
    "涉氨制冷": Feature.AMMONIA_REFRIGERATION,
    "受限空间": Feature.CONFINED_SPACE,
    "叉车": Feature.SITE_VEHICLE,
    "行车": Feature.CRANE,
}


def feature_of(word: str) -> Feature | None:
    """Return the feature that a word means, or None when the word is not known."""
    return FEATURE_WORDS.get(word.strip())
