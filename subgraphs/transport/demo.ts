/** What the transport authority knows about the demo cast. */
import { cast } from "../shared/demo-cast";
import type { FactInput } from "../shared/validate-fact";

const bureau = "宁波市交通运输局（示例）";

export const demo: readonly FactInput[] = [
  {
    type: "OperatorLicence",
    creditCode: cast.hazardousHaulier,
    documentNumber: "浙交运管许可甬字330206000001",
    authority: bureau,
    kind: "危险货物运输",
    validFrom: "2023-07-01",
    validUntil: "2027-07-01",
    disclosure: "PUBLIC",
  },
  { type: "FleetProfile", creditCode: cast.hazardousHaulier, vehicles: 48, hazardousGoodsVehicles: 31 },
  {
    type: "TrafficViolation",
    creditCode: cast.hazardousHaulier,
    documentNumber: "甬公交〔2026〕10001",
    kind: "超载运输危险货物",
    points: 6,
    occurredOn: "2026-05-08",
  },
  {
    type: "TrafficCreditEntry",
    creditCode: cast.hazardousHaulier,
    documentNumber: "甬交信〔2026〕0051",
    points: -60,
    reason: "violations",
    occurredOn: "2026-05-10",
  },
  {
    type: "TrafficCreditEntry",
    creditCode: cast.hazardousHaulier,
    documentNumber: "甬交信〔2026〕0064",
    points: 5,
    reason: "good conduct",
    occurredOn: "2026-06-10",
  },
];
