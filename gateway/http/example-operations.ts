/** The questions that `/graphiql` opens with: one for each thing the hub is for. */

/** An operation with variables that work on the demo cast. */
export interface ExampleOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** 宁波市北仑示例化工有限公司: an accident in 2013, and what followed from it. */
const creditCode = "91330206FAKE000138";
const portfolio = [creditCode, "91330206FAKEX0001H", "91330206FAKEX0003P", "91330206FAKEX00061"];

/** In the order of their tabs. */
export const exampleOperations: readonly ExampleOperation[] = [
  {
    query: `# What followed for this enterprise, on that day, for a loan - and because of which department's fact?
query CreditCheck($creditCode: CreditCode!, $asOf: LocalDate) {
  enterprise(creditCode: $creditCode, asOf: $asOf) {
    creditCode
    asOf
    decision(purpose: LOAN) {
      outcome
      sentence(language: EN)
      reasons { fact { department type documentNumber occurredOn } rule { row text legalBasis } counted whyNot }
      measures { code department since until legalBasis }
      missing { department couldChange }
      reviewOn
    }
    safety { registration { name } accidents { occurredOn class deaths liability status } }
    tax { arrears { amount status } creditGrades { year } }
    finance { loanDefaults { amount status } }
  }
}
`,
    variables: { creditCode, asOf: "2013-12-31" },
  },
  {
    query: `# A portfolio in one request: up to 1,000 credit codes, one verdict each.
query Portfolio($creditCodes: [CreditCode!]!) {
  enterprises(creditCodes: $creditCodes) {
    creditCode
    safety { registration { name } }
    decision(purpose: LOAN) { outcome sentence(language: EN) missing { department } }
  }
}
`,
    variables: { creditCodes: portfolio },
  },
  {
    query: `# Decide, and keep the id: with it the decision can be read again as it was made.
query Decide($creditCode: CreditCode!) {
  enterprise(creditCode: $creditCode) {
    decision(purpose: BID) { id outcome receipt }
  }
}

query Receipt($id: ID!) {
  receipt(id: $id) { creditCode purpose outcome asOf decidedAt scheme { id version sha256 } jws }
}
`,
    variables: { creditCode, id: "" },
  },
  {
    query: `# The law that is applied: packs, versions, and what their sources leave open.
query Schemes {
  schemes {
    id
    title(language: EN)
    jurisdiction
    versions { version effectiveFrom effectiveUntil sha256 historical }
    openParameters { name value note }
  }
}
`,
    variables: {},
  },
  {
    query: `# A clerk records a fact; the next credit check sees it.
mutation RecordAccident($input: AccidentInput!) {
  recordAccident(input: $input) { id recordedAt status }
}
`,
    variables: {
      input: {
        creditCode,
        documentNumber: "DEMO-2026-1",
        authority: "应急管理局",
        occurredOn: "2026-03-01",
        class: "ORDINARY",
        deaths: 1,
        liability: true,
      },
    },
  },
];
