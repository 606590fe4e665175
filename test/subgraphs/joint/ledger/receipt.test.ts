import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import canonicalize from "canonicalize";
import { compactVerify, importJWK } from "jose";
import type { PublishedKey } from "../../../../subgraphs/joint/ledger/published-keys";
import {
  canonicalText,
  contentOf,
  type ReceiptContent,
} from "../../../../subgraphs/joint/ledger/receipt-content";
import { jwsOf } from "../../../../subgraphs/joint/ledger/receipt-jws";
import { openSigningKey, type SigningKey } from "../../../../subgraphs/joint/ledger/signing-key";
import { verifyReceipt } from "../../../../subgraphs/joint/ledger/verify-receipt";
import { judgement } from "../example-decision";

const decidedAt = "2026-11-23T01:00:00.000Z";
const content = contentOf(judgement, { id: "019aaf00-0000-7000-8000-000000000001", decidedAt });
const text = canonicalText(content);

let folder: string;
let key: SigningKey;
let published: PublishedKey;
let jws: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hub-receipt-"));
  key = await openSigningKey(folder);
  published = publish();
  jws = jwsOf(key.kid, text, (await key.sign([text]))[0]!);
});
afterAll(() => {
  key.close();
  rmSync(folder, { recursive: true });
});

function publish(changes: Partial<PublishedKey> = {}): PublishedKey {
  const jwk = key.publicJwk as PublishedKey;
  return { ...jwk, validFrom: "2026-01-01T00:00:00.000Z", validUntil: null, revokedAt: null, ...changes };
}

const verify = (file: string, keys: readonly PublishedKey[] = [published]) => verifyReceipt(file, { keys });
const base64url = (plain: string) => Buffer.from(plain).toString("base64url");
const withPayload = (payload: string) => {
  const [header, , signature] = jws.split(".");
  return [header, base64url(payload), signature].join(".");
};
const asFile = (decision: string) => {
  const [header, , signature] = jws.split(".");
  return `{"decision":${decision},"jws":"${header}..${signature}"}`;
};
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, item]) => [name, reversed(item)]),
  );
};

test("the text that is signed is the RFC 8785 form of the decision", () => {
  expect(text).toBe(canonicalize(JSON.parse(text)));
});

test("a receipt is a JWS that any library verifies", async () => {
  const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key.publicJwk, "EdDSA"));
  expect(protectedHeader).toEqual({ alg: "EdDSA", kid: key.kid, typ: "hub-receipt" });
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual(content);
});

test("a receipt verifies with the published keys and gives its decision back", async () => {
  expect(await verify(jws)).toEqual({ valid: true, content, kid: key.kid });
  expect(await verify(`\n ${jws}\n`)).toMatchObject({ valid: true });
  expect(await verify(asFile(text))).toMatchObject({ valid: true });
  expect(await verify(JSON.stringify({ jws }))).toMatchObject({ valid: true });
});

test("the order of keys and white space may differ from what was signed", async () => {
  const other = JSON.stringify(reversed(content), null, 4);
  expect(other).not.toBe(text);
  expect(await verify(withPayload(other))).toMatchObject({ valid: true });
  expect(await verify(asFile(other))).toMatchObject({ valid: true });
});

test("no single character of a receipt can be changed", async () => {
  for (let index = 0; index < jws.length; index += 7) {
    const changed = jws[index] === "A" ? "B" : "A";
    const file = jws.slice(0, index) + changed + jws.slice(index + 1);
    expect(await verify(file)).toMatchObject({ valid: file === jws });
  }
  const last = jws.at(-1) === "g" ? "h" : "g";
  expect(await verify(jws.slice(0, -1) + last)).toMatchObject({ valid: false });
});

test.each<[string, (decision: string) => string]>([
  ["another outcome", (decision) => decision.replace('"BARRED"', '"NORMAL"')],
  ["a letter as an escape", (decision) => decision.replace("BARRED", "B\\u0041RRED")],
  ["another Unicode form", (decision) => decision.replace("tax rebate", "tax re\u0301bate")],
  ["a key twice", (decision) => decision.replace("{", '{"outcome":"BARRED",')],
  ["a decision that is no object", () => "[]"],
  ["a decision cut short", (decision) => decision.slice(0, -1)],
])("%s does not verify", async (_, change) => {
  expect(await verify(withPayload(change(text)))).toMatchObject({ valid: false });
  expect(await verify(asFile(change(text)))).toMatchObject({ valid: false });
});

test("a number in another form does not verify, though it is the same number", async () => {
  const signature = (await key.sign(['{"points":10}']))[0]!;
  const reason = async (payload: string) => {
    const [header] = jws.split(".");
    const verification = await verify([header, base64url(payload), signature].join("."));
    return verification.valid ? undefined : verification.reason;
  };
  for (const payload of ['{"points":10.0}', '{"points":1e1}', '{"points":1E+1}'])
    expect(await reason(payload)).toMatch(/canonical form/);
  expect(await reason('{ "points" : 10 }')).not.toMatch(/canonical form|signature/);
});

test("the signature of another decision does not verify", async () => {
  const other: ReceiptContent = { ...content, id: randomUUID() };
  const signature = (await key.sign([canonicalText(other)]))[0]!;
  expect(await verify(jwsOf(key.kid, text, signature))).toMatchObject({ valid: false });
});

test("an open decision beside the JWS of another one is refused", async () => {
  const other = text.replace('"BARRED"', '"NORMAL"');
  expect(await verify(`{"decision":${other},"jws":"${jws}"}`)).toMatchObject({ valid: false });
});

test("a retired key stands for its time only, a revoked one for none", async () => {
  const day = (number: number) => `2026-11-${number}T00:00:00.000Z`;
  expect(await verify(jws, [publish({ validUntil: day(24) })])).toMatchObject({ valid: true });
  expect(await verify(jws, [publish({ validUntil: day(23) })])).toMatchObject({ valid: false });
  expect(await verify(jws, [publish({ validFrom: day(24) })])).toMatchObject({ valid: false });
  const revoked = await verify(jws, [publish({ revokedAt: day(30) })]);
  expect(revoked).toMatchObject({ valid: false, reason: expect.stringContaining("revoked") });
});

test("a key that was not published, another algorithm or another kind of text is refused", async () => {
  const header = (changes: object) =>
    base64url(JSON.stringify({ alg: "EdDSA", kid: key.kid, typ: "hub-receipt", ...changes }));
  const [, payload, signature] = jws.split(".");
  expect(await verify(jws, [])).toMatchObject({ valid: false });
  for (const changes of [{ alg: "none" }, { alg: "HS256" }, { typ: "JWT" }, { kid: "x" }, { kid: undefined }])
    expect(await verify([header(changes), payload, signature].join("."))).toMatchObject({ valid: false });
  for (const nonsense of ["", "a.b", "a.b.c.d", "{}", '{"jws":1}', "{", "null", "..", "…"])
    expect(await verify(nonsense)).toMatchObject({ valid: false });
});

test("the private key is readable by its owner alone, and made once", async () => {
  expect(statSync(join(folder, "receipt-key.pem")).mode & 0o777).toBe(0o600);
  const opened = await Promise.all([openSigningKey(folder), openSigningKey(folder)]);
  expect(opened.map(({ kid }) => kid)).toEqual([key.kid, key.kid]);
});

test("many contents are signed in their order, on the other thread as on this one", async () => {
  const contents = Array.from({ length: 100 }, (_, index) => `{"index":${index}}`);
  const onTheSpot = await Promise.all(contents.map(async (content) => (await key.sign([content]))[0]));
  expect(await key.sign(contents)).toEqual(onTheSpot);
});

test("two processes that start at once end up with one key", async () => {
  const fresh = mkdtempSync(join(tmpdir(), "hub-receipt-"));
  const [one, other] = await Promise.all([openSigningKey(fresh), openSigningKey(fresh)]);
  expect(one.kid).toBe(other.kid);
  rmSync(fresh, { recursive: true });
});
