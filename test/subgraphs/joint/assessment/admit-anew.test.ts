/** What is begun anew: a failed acceptance is applied for again, a suspended certificate is reinstated. */
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import type { ProposedStep } from "../../../../subgraphs/joint/assessment/admit-steps";
import { creditCode, proposed, recorded, refusals } from "./proposed-steps";

const over =
  (list: string) =>
  (step: string, on: string, own: Partial<ProposedStep> = {}): ProposedStep =>
    proposed("TITLE", step, on, { list, ...own });
const review = (scheme: string, occurredOn: string, unmet: readonly number[]): CaseFact => ({
  type: "CriteriaReview",
  creditCode,
  scheme,
  track: "ASSIST",
  unmet,
  certifiedStaffPercent: 100,
  occurredOn,
});

describe("a safe and honest enterprise", () => {
  const title = over("SAFE_HONEST_ENTERPRISE");
  const scheme = "bd-safe-honest";
  const enrolled: CaseFact = {
    type: "ProgrammeEnrolment",
    creditCode,
    scheme,
    track: "ASSIST",
    startedOn: "2023-03-31",
  };
  const applied = title("ACCEPTANCE_APPLIED", "2023-08-20");
  const failed = [enrolled, recorded(applied), review(scheme, "2023-09-10", [4])];

  test("that failed the acceptance applies again, whatever a later review says", async () => {
    const facts = [...failed, review(scheme, "2023-10-10", [])];
    expect(await refusals([title("ACCEPTED", "2023-10-10")], { facts })).toEqual([
      "ACCEPTED: ACCEPTANCE_FAILED -> ACCEPTANCE_APPLIED",
    ]);
    expect(await refusals([title("ACCEPTED", "2023-09-20")], { facts: failed })).toEqual([
      "ACCEPTED: ACCEPTANCE_FAILED -> ACCEPTANCE_APPLIED",
    ]);
  });

  test("that has applied again is accepted, publicised and approved once more from the beginning", async () => {
    const facts = [...failed, review(scheme, "2023-10-20", [])];
    const again = [
      title("ACCEPTANCE_APPLIED", "2023-10-01"),
      title("ACCEPTED", "2023-10-20"),
      title("PUBLICISED", "2023-11-10"),
      title("APPROVED", "2023-12-10"),
    ];
    expect(await refusals(again, { facts })).toEqual([]);
    expect(await refusals([title("PUBLICISED", "2023-11-10")], { facts })).toEqual([
      "PUBLICISED: ACCEPTANCE_FAILED -> ACCEPTANCE_APPLIED",
    ]);
  });

  test("does not apply twice for the same acceptance, nor for a title that it has", async () => {
    expect(
      await refusals([title("ACCEPTANCE_APPLIED", "2023-08-25")], { facts: [enrolled, recorded(applied)] }),
    ).toEqual(["ACCEPTANCE_APPLIED: ACCEPTANCE_APPLIED -> ACCEPTED"]);
    const titled = [
      applied,
      title("ACCEPTED", "2023-09-20"),
      title("PUBLICISED", "2023-11-10"),
      title("APPROVED", "2023-12-10"),
    ].map(recorded);
    const facts = [enrolled, review(scheme, "2023-09-20", []), ...titled];
    expect(await refusals([title("ACCEPTANCE_APPLIED", "2024-02-01")], { facts })).toEqual([
      "ACCEPTANCE_APPLIED: IN_FORCE -> ",
    ]);
    const accident = {
      type: "Accident",
      creditCode,
      class: "ORDINARY",
      deaths: 1,
      liability: true,
      occurredOn: "2024-01-10",
    };
    expect(
      await refusals([title("ACCEPTANCE_APPLIED", "2024-02-01"), title("ACCEPTED", "2024-03-01")], {
        facts: [...facts, accident as CaseFact],
      }),
    ).toEqual([]);
  });
});

describe("a food firm's certificate", () => {
  const certificate = over("INTEGRITY_SYSTEM_CERTIFICATE");
  const appeal = (step: string, on: string, own: Partial<ProposedStep> = {}) =>
    proposed("OBJECTION", step, on, { list: "INTEGRITY_SYSTEM_CERTIFICATE", ...own });
  const issued = [
    review("fd-food", "2012-03-01", []),
    ...[
      certificate("ACCEPTANCE_APPLIED", "2012-02-01"),
      certificate("ACCEPTED", "2012-03-02"),
      certificate("APPROVED", "2012-04-01"),
    ].map(recorded),
  ];

  test("is suspended and reinstated as often as need be, each in its turn", async () => {
    const way = [
      certificate("SUSPENDED", "2012-08-01"),
      certificate("REINSTATED", "2012-09-01"),
      certificate("SUSPENDED", "2012-10-01"),
      certificate("REINSTATED", "2012-11-01"),
      certificate("REVOKED", "2012-12-01"),
    ];
    expect(await refusals(way, { facts: issued })).toEqual([]);
    expect(await refusals([way[1]!], { facts: issued })).toEqual([
      "REINSTATED: IN_FORCE -> SUSPENDED, REVOKED",
    ]);
    const facts = [...issued, recorded(way[0]!)];
    expect(await refusals([certificate("SUSPENDED", "2012-08-20")], { facts })).toEqual([
      "SUSPENDED: SUSPENDED -> REINSTATED, REVOKED",
    ]);
  });

  test("that was revoked is applied for anew, or reinstated when an appeal was upheld", async () => {
    const facts = [...issued, recorded(certificate("REVOKED", "2012-08-01"))];
    const reinstated = certificate("REINSTATED", "2012-10-01");
    expect(await refusals([reinstated], { facts })).toEqual(["REINSTATED: REVOKED -> ACCEPTANCE_APPLIED"]);
    const upheld = [
      appeal("OBJECTION_FILED", "2012-08-10", { by: "SUBJECT" }),
      appeal("OBJECTION_ANSWERED", "2012-09-01", { outcome: "UPHELD" }),
    ];
    expect(await refusals([...upheld, reinstated], { facts })).toEqual([]);
    const again = [certificate("ACCEPTANCE_APPLIED", "2012-10-01"), certificate("ACCEPTED", "2012-11-01")];
    expect(await refusals(again, { facts })).toEqual([]);
  });

  test("may be appealed about again once an appeal was answered, not before", async () => {
    const filed = appeal("OBJECTION_FILED", "2012-08-10", { by: "SUBJECT" });
    const again = { ...filed, documentNumber: "again", on: "2012-10-10" };
    const facts = [...issued, recorded(filed)];
    expect(await refusals([again], { facts })).toEqual([
      "OBJECTION_FILED: OBJECTION_OPEN -> OBJECTION_ANSWERED",
    ]);
    const answered = appeal("OBJECTION_ANSWERED", "2012-09-01", { outcome: "REJECTED" });
    expect(await refusals([again], { facts: [...facts, recorded(answered)] })).toEqual([]);
  });
});
