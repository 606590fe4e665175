import { findLostProtections } from "../../gateway/protections";

const current = `
  type Query @authenticated { open: Int secret: Int @requiresScopes(scopes: [["tax:read"]]) old: Int @policy(policies: [["a"]]) }
  scalar Money @authenticated
  interface Fact { amount: Int @authenticated }
  type Enterprise { taxEvidence: Evidence @inaccessible }
  type Evidence @inaccessible { status: Int }`;

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
  [
    "a hidden field's",
    "taxEvidence: Evidence @inaccessible",
    "taxEvidence: Evidence",
    ["Enterprise.taxEvidence"],
  ],
  ["a hidden type's", "type Evidence @inaccessible", "type Evidence", ["Evidence"]],
  ["an interface field's", "amount: Int @authenticated", "amount: Int", ["Fact.amount"]],
])("%s protection that is gone is named (64)", (_name, from, to, lost) => {
  expect(findLostProtections({ current, next: current.replace(from, to) })).toEqual(lost);
});

test("a field that is gone needs no protection", () => {
  const next = current.replace('old: Int @policy(policies: [["a"]])', "");
  expect(findLostProtections({ current, next })).toEqual([]);
});
