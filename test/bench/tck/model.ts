/** A DMN model as the TCK has them: decisions that rest on inputs, on each other and on functions. */
import { evaluate } from "feelin";
import { readTypes, type NamedType } from "../../../subgraphs/joint/policy/dmn/declared-types";
import { parseDmn, type DrgElement, type TableElement } from "../../../subgraphs/joint/policy/dmn/parse-dmn";
import { decideByTable } from "./table-decision";

/** The reason why a case is outside the profile. */
export class Outside extends Error {}

export interface Model {
  /** The value of a decision; throws Outside when it rests on something outside the profile. */
  decide(name: string, inputs: Readonly<Record<string, unknown>>): unknown;
}

interface Reference {
  readonly href: string;
}

interface Logic extends TableElement {
  readonly text?: string;
  readonly formalParameter?: readonly { readonly name: string; readonly typeRef?: string }[];
  readonly expression?: Logic;
  readonly body?: Logic;
  readonly calledFunction?: Logic;
  readonly binding?: readonly {
    readonly parameter: { readonly name: string };
    readonly bindingFormula: Logic;
  }[];
  readonly contextEntry?: readonly { readonly variable?: { readonly name: string }; readonly value: Logic }[];
}

type Context = Readonly<Record<string, unknown>>;

/** A function with the names of its parameters, for invocations that pass them by name. */
type NamedFunction = ((...args: unknown[]) => unknown) & { parameters?: readonly string[] };

/** An element of the requirements graph with what it rests on. */
export interface GraphElement extends DrgElement {
  readonly informationRequirement?: readonly {
    readonly requiredInput?: Reference;
    readonly requiredDecision?: Reference;
  }[];
  readonly knowledgeRequirement?: readonly { readonly requiredKnowledge?: Reference }[];
  readonly encapsulatedLogic?: Logic;
}

export async function openModel(xml: string, file: string): Promise<Model> {
  const definitions = await parseDmn(xml, file);
  const elements = new Map((definitions.drgElement ?? []).map((one) => [one.id ?? "", one as GraphElement]));
  // A collection's columns are typed by what it is a collection of.
  const items = (definitions.itemDefinition ?? []).map((one) => ({ ...one, isCollection: false }));
  const types = readTypes(items, () => undefined);
  return {
    decide: (name, inputs) => {
      const decision = [...elements.values()].find(
        (one) => one.name === name && one.$type === "dmn:Decision",
      );
      if (!decision) throw new Outside(`there is no decision '${name}' in the file`);
      return evaluateGraph(elements, types, inputs)(decision);
    },
  };
}

/** One evaluation: every element is asked once. */
function evaluateGraph(
  elements: ReadonlyMap<string, GraphElement>,
  types: ReadonlyMap<string, NamedType>,
  inputs: Context,
): (element: GraphElement) => unknown {
  const values = new Map<GraphElement, unknown>();

  const valueOf = (element: GraphElement): unknown => {
    if (!values.has(element)) values.set(element, evaluateElement(element));
    return values.get(element);
  };

  const evaluateElement = (element: GraphElement): unknown => {
    if (element.$type === "dmn:InputData") return inputs[element.name ?? ""] ?? null;
    if (element.$type === "dmn:BusinessKnowledgeModel") return functionOf(element);
    if (element.$type !== "dmn:Decision") throw new Outside(`${element.$type} is not read`);
    return run(element.decisionLogic as Logic | undefined, element, contextOf(element));
  };

  const contextOf = (element: GraphElement): Context => {
    const information = (element.informationRequirement ?? []).flatMap((one) => [
      one.requiredInput,
      one.requiredDecision,
    ]);
    const knowledge = (element.knowledgeRequirement ?? []).map((one) => one.requiredKnowledge);
    const needed = [...information, ...knowledge].filter((one) => one !== undefined);
    return Object.fromEntries(
      needed.map(({ href }) => {
        const required = elements.get(href.replace(/^.*#/, ""));
        if (!required) throw new Outside(`'${href}' lies in another file`);
        return [required.name, valueOf(required)];
      }),
    );
  };

  const run = (logic: Logic | undefined, element: GraphElement, context: Context): unknown => {
    if (!logic) throw new Outside("a decision without logic");
    if (logic.$type === "dmn:LiteralExpression") return evaluate(logic.text ?? "", context).value ?? null;
    if (logic.$type === "dmn:Invocation") return invoke(logic, element, context);
    if (logic.$type === "dmn:Context") return runContext(logic, element, context);
    if (logic.$type !== "dmn:DecisionTable") throw new Outside(`${logic.$type.slice(4)} is not read`);
    const decision = { ...element, $type: "dmn:Decision", decisionLogic: logic };
    return decideByTable(decision, { types, context, typeOf: (name) => typeNameOf(name, element) });
  };

  const invoke = (logic: Logic, element: GraphElement, context: Context): unknown => {
    const called = context[logic.calledFunction?.text ?? ""] as NamedFunction | undefined;
    if (!called?.parameters)
      throw new Outside(`'${logic.calledFunction?.text}' is not a function of the model`);
    const given = new Map(
      logic.binding?.map(({ parameter, bindingFormula }) => [
        parameter.name,
        run(bindingFormula, element, context),
      ]),
    );
    return called(...called.parameters.map((name) => given.get(name)));
  };

  const runContext = (logic: Logic, element: GraphElement, context: Context): unknown => {
    const entries: Record<string, unknown> = {};
    for (const { variable, value } of logic.contextEntry ?? []) {
      const result = run(value, element, { ...context, ...entries });
      if (!variable) return result;
      entries[variable.name] = result;
    }
    return entries;
  };

  // feelin calls JavaScript functions by position.
  const functionOf = (element: GraphElement): NamedFunction => {
    const logic = element.encapsulatedLogic!;
    const parameters = (logic.formalParameter ?? []).map((one) => one.name);
    const outer = contextOf(element);
    const call = (...args: unknown[]) => {
      const given = Object.fromEntries(parameters.map((name, at) => [name, args[at] ?? null]));
      return run(logic.expression ?? logic.body, element, { ...outer, ...given });
    };
    return Object.assign(call, { parameters });
  };

  const typeNameOf = (name: string, within: GraphElement): string | undefined => {
    const parameter = within.encapsulatedLogic?.formalParameter?.find((one) => one.name === name);
    const element = [...elements.values()].find((one) => one.name === name);
    return parameter?.typeRef ?? element?.variable?.typeRef;
  };

  return valueOf;
}
