import { findLostProtections } from "../../gateway/protections";

const current = `
  type Query @authenticated { open: Int secret: Int @requiresScopes(scopes: [["tax:read"]]) old: Int @policy(policies: [["a"]]) }
  scalar Money @authenticated
  interface Fact { amount: Int @authenticated }
  type Evidence { lent: Int @inaccessible shown(secretly: Int @inaccessible): Int }
  enum Level { OPEN CLOSED @inaccessible }`;

test("a supergraph that protects as much, or more, has lost nothing", () => {
  expect(findLostProtections({ current, next: current })).toEqual([]);
  const next = current.replace("open: Int", "open: Int @authenticated");
  expect(findLostProtections({ current, next })).toEqual([]);
});

test.each([
  ["a type's", "type Query @authenticated", "type Query", ["Query"]],
  ["a field's", '@requiresScopes(scopes: [["tax:read"]])', "", ["Query.secret"]],
  ["a scope", '"tax:read"', '"any:read"', ["Query.secret"]],
  ["a scalar's", "scalar Money @authenticated", "scalar Money", ["Money"]],
  ["an interface field's", "amount: Int @authenticated", "amount: Int", ["Fact.amount"]],
  ["a hidden field's", "lent: Int @inaccessible", "lent: Int", ["Evidence.lent"]],
  ["a hidden argument's", "secretly: Int @inaccessible", "secretly: Int", ["Evidence.shown(secretly:)"]],
  ["a hidden value's", "CLOSED @inaccessible", "CLOSED", ["Level.CLOSED"]],
])("%s protection that is gone is named (64)", (_name, from, to, lost) => {
  expect(findLostProtections({ current, next: current.replace(from, to) })).toEqual(lost);
});

test("a field that is gone needs no protection", () => {
  const next = current.replace('old: Int @policy(policies: [["a"]])', "");
  expect(findLostProtections({ current, next })).toEqual([]);
});

test("a protection under another name is the same protection", () => {
  const link = (names: string) =>
    `schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", ${names}) { query: Query }`;
  const next =
    current.replaceAll("@authenticated", "@guarded") +
    link('import: [{ name: "@authenticated", as: "@guarded" }]');
  expect(findLostProtections({ current, next })).toEqual([]);
  expect(findLostProtections({ current, next: next.replace("amount: Int @guarded", "amount: Int") })).toEqual(
    ["Fact.amount"],
  );
});
