/** Words of which the names of a synthetic city are made. No enterprise of this city exists. */

/** District code of GB/T 2260 and name. */
export const DISTRICTS: readonly (readonly [code: string, name: string])[] = [
  ["330203", "海曙区"],
  ["330205", "江北区"],
  ["330206", "北仑区"],
  ["330211", "镇海区"],
  ["330212", "鄞州区"],
  ["330213", "奉化区"],
  ["330225", "象山县"],
  ["330226", "宁海县"],
  ["330281", "余姚市"],
  ["330282", "慈溪市"],
];

/** First and second halves of a trade name. */
export const TRADE_NAME_STARTS = [
  ..."甬海江明东华恒鼎瑞盛宏远天润永嘉金博正德凯联信达兴隆昌泰顺祥和源丰茂力帆捷航",
];
export const TRADE_NAME_ENDS = [
  ..."宇峰涛洋川岳林森晟辉煌耀阳光辰星云翔鹏腾飞驰通达安宁康健诚实业创新锐志成功利",
];

/** What an enterprise does, with the sector and industry it is filed under. */
export interface Trade {
  readonly word: string;
  readonly sector: "INDUSTRY" | "CONSTRUCTION" | "ROAD_TRANSPORT" | "LIFT_MAINTENANCE" | "SERVICES";
  readonly industry: string;
}

export const INDUSTRY_TRADES: readonly Trade[] = [
  { word: "化工", sector: "INDUSTRY", industry: "HAZARDOUS_CHEMICALS" },
  { word: "新材料", sector: "INDUSTRY", industry: "HAZARDOUS_CHEMICALS" },
  { word: "机械制造", sector: "INDUSTRY", industry: "MACHINERY" },
  { word: "模具", sector: "INDUSTRY", industry: "MACHINERY" },
  { word: "电器", sector: "INDUSTRY", industry: "INDUSTRY_AND_TRADE" },
  { word: "纺织", sector: "INDUSTRY", industry: "INDUSTRY_AND_TRADE" },
  { word: "食品", sector: "INDUSTRY", industry: "INDUSTRY_AND_TRADE" },
  { word: "建材矿业", sector: "INDUSTRY", industry: "MINING" },
  { word: "热电", sector: "INDUSTRY", industry: "POWER" },
  { word: "燃气", sector: "INDUSTRY", industry: "TOWN_GAS" },
];
export const CONSTRUCTION_TRADES: readonly Trade[] = [
  { word: "建设", sector: "CONSTRUCTION", industry: "CONSTRUCTION" },
  { word: "建筑安装", sector: "CONSTRUCTION", industry: "CONSTRUCTION" },
  { word: "市政工程", sector: "CONSTRUCTION", industry: "CONSTRUCTION" },
];
export const LIFT_TRADES: readonly Trade[] = [
  { word: "电梯", sector: "LIFT_MAINTENANCE", industry: "MACHINERY" },
];
export const TRANSPORT_TRADES: readonly Trade[] = [
  { word: "运输", sector: "ROAD_TRANSPORT", industry: "TRANSPORT" },
  { word: "物流", sector: "ROAD_TRANSPORT", industry: "TRANSPORT" },
  { word: "客运", sector: "ROAD_TRANSPORT", industry: "TRANSPORT" },
];
export const SERVICE_TRADES: readonly Trade[] = [
  { word: "贸易", sector: "SERVICES", industry: "INDUSTRY_AND_TRADE" },
  { word: "科技", sector: "SERVICES", industry: "INDUSTRY_AND_TRADE" },
  { word: "餐饮管理", sector: "SERVICES", industry: "INDUSTRY_AND_TRADE" },
  { word: "旅游", sector: "SERVICES", industry: "TOURISM" },
  { word: "水务", sector: "SERVICES", industry: "WATER_WORKS" },
  { word: "咨询服务", sector: "SERVICES", industry: "INDUSTRY_AND_TRADE" },
];

export const STREETS = ["中山", "明州", "长江", "富春江", "人民", "钱湖", "环城", "通途", "新碶", "骆驼"];
export const SURNAMES = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
export const GIVEN_NAMES = ["某某", "某"];
export const LENDERS = ["示例商业银行", "示例农村商业银行", "示例城市银行", "示例股份制银行"];
