/** All SQL of the ledger. A batch of receipts is one statement, whatever its size. */
import type { Pool } from "pg";
import { HubError } from "../../../schema/errors";
import { isUnavailable } from "../../shared/database";
import { encodeTexts } from "./binary-array";

/** A receipt as it is kept. `content` is the canonical text that `signature` (base64url) signs with the key `kid`. */
export interface KeptReceipt {
  readonly id: string;
  readonly creditCode: string;
  readonly purpose: string;
  readonly scheme: string;
  readonly asOf: string;
  readonly outcome: string;
  readonly decidedAt: string;
  readonly evidenceSha256: string;
  readonly kid: string;
  readonly signature: string;
  readonly content: string;
}

/** The evidence that receipts rest on, kept once for as long as it does not change. */
export interface KeptEvidenceText {
  readonly creditCode: string;
  readonly sha256: string;
  readonly text: string;
}

/** What the ledger asks of its database. */
export interface LedgerStore {
  /** Durable when it resolves: the receipts, and the evidence that is not yet kept. All or nothing. */
  readonly insert: (receipts: readonly KeptReceipt[], evidence: readonly KeptEvidenceText[]) => Promise<void>;
  readonly findReceipt: (id: string) => Promise<KeptReceipt | undefined>;
  /** The receipt that answered the same question (enterprise, purpose, scheme, day) next before or next after this one. */
  readonly findNeighbour: (receipt: KeptReceipt, side: "earlier" | "later") => Promise<string | undefined>;
  readonly findEvidence: (creditCode: string, sha256: string) => Promise<string | undefined>;
}

const INSERT = {
  name: "joint-insert-receipts",
  text: `
    WITH evidence_kept AS (
      INSERT INTO evidence (credit_code, sha256, body)
      SELECT * FROM unnest($12::text[], $13::text[], $14::text[])
      ON CONFLICT DO NOTHING
    )
    INSERT INTO receipt (id, credit_code, purpose, scheme, as_of, outcome, decided_at, evidence_sha256, kid, signature, content)
    SELECT id::uuid, credit_code, purpose, scheme, as_of::date, outcome, decided_at::timestamptz, sha256, kid, signature, content
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                  $10::text[], $11::text[])
        AS r(id, credit_code, purpose, scheme, as_of, outcome, decided_at, sha256, kid, signature, content)`,
};

const COLUMNS = [
  "id",
  "creditCode",
  "purpose",
  "scheme",
  "asOf",
  "outcome",
  "decidedAt",
  "evidenceSha256",
  "kid",
  "signature",
  "content",
] as const satisfies readonly (keyof KeptReceipt)[];

const FIND_RECEIPT = {
  name: "joint-find-receipt",
  text: `
    SELECT id, credit_code AS "creditCode", purpose, scheme, as_of::text AS "asOf", outcome,
           to_char(decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "decidedAt",
           evidence_sha256 AS "evidenceSha256", kid, signature, content
      FROM receipt WHERE id = $1::uuid`,
};

const SAME_QUESTION = "credit_code = $1 AND purpose = $2 AND as_of = $3::date AND scheme = $4";
const FIND_EARLIER = {
  name: "joint-find-earlier",
  text: `SELECT id FROM receipt WHERE ${SAME_QUESTION} AND id < $5::uuid ORDER BY id DESC LIMIT 1`,
};
const FIND_LATER = {
  name: "joint-find-later",
  text: `SELECT id FROM receipt WHERE ${SAME_QUESTION} AND id > $5::uuid ORDER BY id LIMIT 1`,
};
const FIND_EVIDENCE = {
  name: "joint-find-evidence",
  text: "SELECT body FROM evidence WHERE credit_code = $1 AND sha256 = $2",
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The answer of the ledger's database; HubError SERVICE_UNAVAILABLE when it cannot be asked. */
export async function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    throw new HubError("SERVICE_UNAVAILABLE", "The ledger of decisions cannot be reached now; try again.");
  }
}

/** The ledger's store over a pool. A database that cannot be asked is HubError SERVICE_UNAVAILABLE. */
export function createLedgerStore(pool: Pool): LedgerStore {
  async function run<Row extends object>(
    statement: { readonly name: string; readonly text: string },
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    return (await asked(pool.query<Row>({ ...statement, values: [...values] }))).rows;
  }
  return {
    async insert(receipts, evidence) {
      await run(INSERT, [
        ...COLUMNS.map((column) => encodeTexts(receipts.map((receipt) => receipt[column]))),
        encodeTexts(evidence.map(({ creditCode }) => creditCode)),
        encodeTexts(evidence.map(({ sha256 }) => sha256)),
        encodeTexts(evidence.map(({ text }) => text)),
      ]);
    },
    async findReceipt(id) {
      return UUID.test(id) ? (await run<KeptReceipt>(FIND_RECEIPT, [id]))[0] : undefined;
    },
    async findNeighbour({ id, creditCode, purpose, asOf, scheme }, side) {
      const statement = side === "earlier" ? FIND_EARLIER : FIND_LATER;
      return (await run<{ id: string }>(statement, [creditCode, purpose, asOf, scheme, id]))[0]?.id;
    },
    async findEvidence(creditCode, sha256) {
      return (await run<{ body: string }>(FIND_EVIDENCE, [creditCode, sha256]))[0]?.body;
    },
  };
}
