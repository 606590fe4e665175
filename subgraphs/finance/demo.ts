/** What the financial supervision authority knows about the demo cast. */
import { cast } from "../shared/demo-cast";
import type { FactInput } from "../shared/validate-fact";

const lender = "示例银行宁波分行";

export const demo: readonly FactInput[] = [
  {
    type: "LoanApplication",
    creditCode: cast.beilunChemical,
    documentNumber: "NB-01/5",
    amount: "10000000.00",
    on: "2013-09-01",
    lender: "示例银行",
  },
  {
    type: "CreditLine",
    creditCode: cast.modelMachinery,
    documentNumber: "授信2025-0107",
    amount: "30000000.00",
    lender,
    validFrom: "2025-07-01",
    validUntil: "2028-07-01",
  },
  {
    type: "InsurancePolicy",
    creditCode: cast.modelMachinery,
    documentNumber: "工伤2026-0001",
    kind: "WORK_INJURY",
    industryRate: "1.1",
    currentRate: "0.88",
    floorRate: "0.55",
    validFrom: "2026-01-01",
    validUntil: "2027-01-01",
  },
  {
    type: "LoanApplication",
    creditCode: cast.modelMachinery,
    documentNumber: "贷申2026-0311",
    amount: "8000000.00",
    on: "2026-10-12",
    lender,
  },
  {
    type: "LoanDefault",
    creditCode: cast.overdueTrader,
    documentNumber: "贷逾2026-0029",
    amount: "2400000.00",
    daysPastDue: 97,
    occurredOn: "2026-08-31",
  },
  {
    type: "LoanApplication",
    creditCode: cast.hazardousHaulier,
    documentNumber: "贷申2026-0299",
    amount: "1500000.00",
    on: "2026-09-20",
    lender,
  },
];
