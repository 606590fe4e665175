/** Reads the test cases of the TCK: inputs and expected results. Dates become FEEL dates, as feelin holds them. */
import { evaluate } from "feelin";

export interface TckCase {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly results: readonly { readonly decision: string; readonly expected: unknown }[];
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

export function readCases(xml: string): TckCase[] {
  const root = parseXml(xml);
  return childrenOf(root, "testCase").map((test) => ({
    id: test.attributes["id"] ?? "",
    inputs: Object.fromEntries(
      childrenOf(test, "inputNode").map((node) => [node.attributes["name"], readValue(node)]),
    ),
    results: childrenOf(test, "resultNode").map((node) => ({
      decision: node.attributes["name"] ?? "",
      expected: readValue(childrenOf(node, "expected")[0] ?? node),
    })),
  }));
}

/** Numbers are the same within the eighth digit, as the TCK's runners compare them. */
export function sameValue(actual: unknown, expected: unknown): boolean {
  if (typeof actual === "number" && typeof expected === "number") {
    return Math.abs(actual - expected) <= 1e-8 * Math.max(1, Math.abs(expected));
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((one, at) => sameValue(actual[at], one))
    );
  }
  if (isPlain(expected) && isPlain(actual)) {
    const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
    return [...names].every((name) => sameValue(actual[name] ?? null, expected[name] ?? null));
  }
  return JSON.stringify(actual ?? null) === JSON.stringify(expected ?? null);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function readValue(node: Element): unknown {
  const [list] = childrenOf(node, "list");
  if (list) return childrenOf(list, "item").map(readValue);
  const components = childrenOf(node, "component");
  if (components.length > 0) {
    return Object.fromEntries(components.map((one) => [one.attributes["name"], readValue(one)]));
  }
  const [value] = childrenOf(node, "value");
  if (!value || value.attributes["xsi:nil"] === "true" || node.attributes["xsi:nil"] === "true") return null;
  const type = value.attributes["xsi:type"] ?? "";
  if (type.endsWith(":boolean")) return value.text === "true";
  if (/:(decimal|double|integer)$/.test(type)) return Number(value.text);
  return type.endsWith(":date") ? evaluate(`date("${value.text}")`).value : value.text;
}

function childrenOf(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name);
}

// The TCK's files are plain: elements, attributes and text. No need for more of XML than that.
function parseXml(xml: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const body = xml.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, "");
  for (const [, closing, tag, attributes, single, text] of body.matchAll(
    /<(\/?)([\w:.-]+)([^>]*?)(\/?)>|([^<]+)/g,
  )) {
    const parent = open.at(-1)!;
    if (text !== undefined) parent.text += decode(text);
    else if (closing) open.pop();
    else {
      const element = {
        name: tag!.replace(/^.*:/, ""),
        attributes: readAttributes(attributes!),
        children: [],
        text: "",
      };
      parent.children.push(element);
      if (!single) open.push(element);
    }
  }
  return root.children[0]!;
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(pairs.map(([, name, double, single]) => [name, decode(double ?? single ?? "")]));
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (_, entity: string) => {
    if (!entity.startsWith("#")) return ENTITIES[entity] ?? "";
    return String.fromCodePoint(entity[1] === "x" ? parseInt(entity.slice(2), 16) : Number(entity.slice(1)));
  });
}
