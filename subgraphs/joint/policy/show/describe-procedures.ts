/** Procedures of a pack in words: which steps there are, who takes them, and what state they lead to. */
import type { DueSpec, ProcedureSpec, SchemeFile, StateSpec, StepTest } from "../pack/scheme-file";
import type { Section } from "./section";

/** Two sections for each procedure that has steps, its steps and its states; the states alone for one without. */
export function describeProcedures({ procedures }: SchemeFile): readonly Section[] {
  return procedures.flatMap((one) => [describeSteps(one), describeStates(one)]);
}

function heading(
  { name, label, lists }: ProcedureSpec,
  what: { zh: string; en: string },
): Section["heading"] {
  return {
    zh: `程序“${label.zh}”的${what.zh}`,
    en: `${what.en} of the procedure ${name} (${label.en}) for ${lists.join(", ")}`,
  };
}

function describeSteps(procedure: ProcedureSpec): Section {
  return {
    heading: heading(procedure, { zh: "步骤", en: "Steps" }),
    paragraphs: [],
    columns: ["步骤 step", "由谁 by", "之前须有 after", "可在何状态 in the states", "文书 form", "期限 due"],
    rows: procedure.steps.map(
      ({ step, by = [], ascending, after, in: states = [], again, optional, form = "", due }) => [
        `${step}${again ? "（可再次 again）" : ""}${optional ? "（可以不做 may be left out）" : ""}`,
        by.join(ascending ? " → " : ", "),
        after.map(describeStep).join(", "),
        states.join(", "),
        form,
        dueOf(due),
      ],
    ),
  };
}

function describeStates(procedure: ProcedureSpec): Section {
  const { departments, entryNeeds, restart, route, stateAs } = procedure;
  const notes = [
    "自上而下，第一个符合的即为现状。 Read from the top: the first that holds is the state.",
    ...(departments ? [`记录部门 steps recorded by ${departments.join(", ")}`] : []),
    ...(entryNeeds.length > 0 ? [`列入须先有 an entry needs ${entryNeeds.join(", ")}`] : []),
    ...(restart ? [`重新开始 begun anew by ${restart}`] : []),
    ...(route
      ? [`由谁负责 who is responsible: ${route === "PROVIDER" ? "信息提供单位 the provider" : route.value}`]
      : []),
    ...(stateAs ? [`表中称为 in tables: ${stateAs}`] : []),
  ];
  return {
    heading: heading(procedure, { zh: "状态", en: "States" }),
    paragraphs: notes,
    columns: ["状态 state", "条件 when", "效果 effect", "期限 due"],
    rows: procedure.states.map((state) => [
      state.state,
      conditionsOf(state).join("; ") || "其余情形 otherwise",
      effectsOf(state).join("; "),
      dueOf(state.due),
    ]),
  };
}

function describeStep(test: StepTest): string {
  if (typeof test === "string") return test;
  return [test.step, test.by && `由 by ${test.by}`, test.outcome && `结果 outcome ${test.outcome}`]
    .filter(Boolean)
    .join(" ");
}

function conditionsOf({ when }: StateSpec): string[] {
  const { entry, ground, started, has, hasAny, hasNot, application, values } = when;
  const steps = (tests: readonly StepTest[]) => tests.map(describeStep).join(", ");
  return [
    ...(entry ? [`列入记录 entry: ${entry.join(", ")}`] : []),
    ...(ground === undefined
      ? []
      : [ground ? "有列入情形 a ground is found" : "没有列入情形 no ground is found"]),
    ...(started === undefined ? [] : [started ? "已有步骤 a step was taken" : "尚无步骤 no step was taken"]),
    ...(has ? [`已有 taken: ${steps(has)}`] : []),
    ...(hasAny ? [`已有其一 one of these taken: ${steps(hasAny)}`] : []),
    ...(hasNot ? [`尚无 not taken: ${steps(hasNot)}`] : []),
    ...(application ? [`申请 application: ${application.join(", ")}`] : []),
    ...Object.entries(values ?? {}).map(([name, value]) => `${name} = ${String(value)}`),
  ];
}

function effectsOf({ proposes, grants, closes, idle, hidden }: StateSpec): string[] {
  return [
    ...(grants ? ["在列 on the list"] : []),
    ...(proposes === "NEVER" ? [] : ["拟列入 proposed for the list"]),
    ...(closes ? ["办结 closes the round"] : []),
    ...(idle ? ["没有待办 nothing is pending"] : []),
    ...(hidden ? ["不显示 not shown"] : []),
  ];
}

function dueOf(due: DueSpec | undefined): string {
  if (due === undefined) return "";
  if (due === "RENEWAL") return "申请延续的期限 by the day of renewal";
  if (due === "EXPIRY") return "期满之日 by the day on which the term ends";
  if ("on" in due) return `不晚于 by ${due.on}`;
  if ("days" in due) return `${due.after} 后${due.days}日内 within ${due.days} days after ${due.after}`;
  if ("workingDays" in due)
    return `${due.after} 后${due.workingDays}个工作日内 within ${due.workingDays} working days after ${due.after}`;
  return `${due.after} 的次月${due.dayOfNextMonth}日前 by day ${due.dayOfNextMonth} of the month after ${due.after}`;
}
